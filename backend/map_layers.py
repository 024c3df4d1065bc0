"""The map package of a site as the server and the operator's command use it: polygons by level in a folder, checked on the way in.

The folder (`DATA/maps`, or any that desks are given) is a map package as desktop.services.maps reads it: about.json and one
GeoJSON per level, in WGS-84. An import converts from the datum that the operator names, takes a layer whole or not at all, and
says what is wrong with each feature.
"""

import csv
import io
import json
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from backend.places import LayerError, Places, read_layer
from domain.geo.datum import Datum, to_wgs84
from domain.geo.derive import DeriveError, Seed, derived_cells
from domain.geo.geojson import Fields, Problem, read_areas, write_areas
from domain.geo.polygons import AreaShape, Origin
from domain.ids import AreaCode
from domain.organisation import LEVEL_OF_CODE_LENGTH
from domain.ticket import Point

FOLDER = "maps"
ABOUT = "about.json"
LAYERS = {
    "district": "districts.geojson",
    "town": "towns.geojson",
    "community": "communities.geojson",
    "grid": "grids.geojson",
}
"""File of each level; the plural names are those of the package."""
CODE_LENGTH = "code_length"
ROW = "row"


class LayerReport(Struct, frozen=True):
    """What an import did: areas taken, or what was wrong (then nothing was changed)."""

    taken: int = 0
    problems: tuple[Problem, ...] = ()


def import_layer(
    folder: Path,
    level: str,
    data: bytes,
    datum: Datum,
    *,
    fields: Fields | None = None,
    origin: Origin = Origin.SURVEYED,
) -> LayerReport:
    """Polygons of a GeoJSON file become the layer of a level. Raises OSError where the folder cannot be written."""
    result = read_areas(data, datum, fields=fields, origin=origin)
    return _keep(folder, level, result.areas, list(result.problems))


def derive_layer(folder: Path, level: str, text: str, datum: Datum) -> LayerReport:
    """Cells around points (CSV: code, name, lon, lat) become the layer; each says that it is derived. Raises OSError."""
    problems: list[Problem] = []
    seeds: list[Seed] = []
    for number, row in enumerate(csv.DictReader(io.StringIO(text.removeprefix("﻿"))), start=2):
        try:
            point = Point(*to_wgs84(float(row["lon"]), float(row["lat"]), datum))
            seeds.append(Seed(AreaCode(row["code"].strip()), row["name"].strip(), point))
        except (KeyError, TypeError, ValueError, AttributeError):
            problems.append(Problem(ROW, number, str(row.get("name") or "")))
    if problems:
        return LayerReport(0, tuple(problems))
    try:
        areas = derived_cells(seeds)
    except DeriveError as error:
        return LayerReport(0, (Problem(error.code, detail={"points": error.detail}),))
    return _keep(folder, level, areas, [])


def site_places(data: Path) -> Places | None:
    """The polygons of a data folder; None where it has none. Raises LayerError for a layer that nobody can read."""
    shapes = [shape for file in LAYERS.values() for shape in _layer(data / FOLDER, file)]
    return Places(shapes) if shapes else None


def counts(folder: Path) -> dict[str, int]:
    """Areas by level. Raises LayerError."""
    return {level: len(_layer(folder, file)) for level, file in LAYERS.items()}


def _layer(folder: Path, file: str) -> Sequence[AreaShape]:
    for name in (file, f"{file}.gz"):
        if (folder / name).exists():
            return read_layer(folder / name)
    return ()


def _keep(folder: Path, level: str, areas: Sequence[AreaShape], problems: list[Problem]) -> LayerReport:
    for number, area in enumerate(areas):
        if LEVEL_OF_CODE_LENGTH.get(len(area.code)) != level or not area.code.isdigit():
            problems.append(Problem(CODE_LENGTH, number, area.name, {"code": area.code}))
    if problems or not areas:
        return LayerReport(0, tuple(problems))
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / LAYERS[level], write_areas(tuple(areas)))
    (folder / f"{LAYERS[level]}.gz").unlink(missing_ok=True)
    _write(folder / ABOUT, json.dumps(_about(folder), ensure_ascii=False, indent=1).encode())
    return LayerReport(len(areas))


def _about(folder: Path) -> dict[str, Any]:
    """What stood there, with today's date; layers are always written in WGS-84."""
    try:
        about = json.loads((folder / ABOUT).read_text("utf-8"))
    except FileNotFoundError:
        about = {}
    except ValueError as error:
        raise LayerError(ABOUT, [Problem("json_broken")]) from error
    if about.get("datum", Datum.WGS84) != Datum.WGS84:
        raise LayerError(ABOUT, [Problem("datum_conflict", detail={"file": about.get("datum"), "given": "wgs84"})])
    return {"name": folder.resolve().parent.name, **about, "date": date.today().isoformat(), "datum": Datum.WGS84.value}


def _write(path: Path, data: bytes) -> None:
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)

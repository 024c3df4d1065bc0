"""A map package is a folder: about.json, *.geojson[.gz] layers and components.csv. Read once, off the GUI thread where it matters.

Every file is optional except about.json: without a ground the map draws plain borders and still places markers. A file that
is broken is left out and named in `faults`; it never keeps the window from opening.
"""

import csv
import gzip
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, ValidationError, convert

from domain.components import Component, ComponentError, ComponentState, check_number
from domain.geo.datum import Datum, to_wgs84
from domain.geo.geojson import read_areas
from domain.geo.ground import Ground, GroundError, read_ground
from domain.geo.polygons import AreaShape
from domain.geo.tiling import Tiling
from domain.ids import AreaCode
from domain.ticket import Point

T = TypeVar("T")
log = logging.getLogger(__name__)
AREA_LAYERS = {
    "districts": "districts.geojson",
    "towns": "towns.geojson",
    "communities": "communities.geojson",
    "grids": "grids.geojson",
}


class Fault(Struct, frozen=True):
    """A file that could not be used: its name and a code."""

    file: str
    code: str
    detail: str = ""


class TilesAbout(Struct, frozen=True, kw_only=True):
    """`tiles` of about.json: `file` (an MBTiles file in the folder), or `address` with {z} {x} {y}, or the base address of a WMTS with
    `wmts_layer`. Nothing but `hosts` is ever called. `key`: of the service, never shown. `tiling`, `level_shift`: see domain.geo.tiling;
    `matrix`, `style`, `form`: words of the service's own WMTS. `wall`: walls show the tiles too, without a hand that ticks them."""

    file: str = ""
    address: str = ""
    hosts: tuple[str, ...] = ()
    wmts_layer: str = ""
    matrix_set: str = "w"
    matrix: str = "{z}"
    style: str = "default"
    form: str = "tiles"
    key: str = ""
    tiling: Tiling = Tiling.MERCATOR
    level_shift: int = 0
    wall: bool = False
    zooms: tuple[int, int] = (1, 18)
    datum: Datum

    def __repr__(self) -> str:
        return f"TilesAbout({self.file or self.hosts!r})"


class MapPackage(Struct, frozen=True, kw_only=True):
    name: str = ""
    date: str = ""
    demo: bool = False
    ground: Ground | None = None
    areas: dict[str, tuple[AreaShape, ...]] = {}
    """By layer: districts, towns, communities, grids."""
    components: tuple[Component, ...] = ()
    tiles: TilesAbout | None = None
    folder: Path = Path()
    faults: tuple[Fault, ...] = ()


NO_PACKAGE = MapPackage()


class PackageError(ValueError):
    """The folder is no map package; the message names it."""


def read_package(folder: Path) -> MapPackage:
    """Raises PackageError when there is no readable about.json."""
    about = _about(folder)
    faults: list[Fault] = []
    try:
        datum = Datum(about.get("datum", ""))
    except ValueError as error:
        raise PackageError(f"{folder}: about.json names no known datum") from error
    areas = {
        layer: shapes
        for layer, file in AREA_LAYERS.items()
        if (shapes := _read(folder, file, faults, lambda data: _areas(data, datum)))
    }
    return MapPackage(
        name=str(about.get("name", "")),
        date=str(about.get("date", "")),
        demo=bool(about.get("demo", False)),
        ground=_read(folder, "ground.geojson", faults, lambda data: read_ground(data, datum)),
        areas=areas,
        components=_read(folder, "components.csv", faults, lambda data: _components(data, datum)) or (),
        tiles=_tiles(about, faults),
        folder=folder,
        faults=tuple(faults),
    )


def package_or_fault(folder: Path) -> MapPackage:
    """The package, or one that is empty and says why: a wrong folder in the settings must not keep the hall from its tickets."""
    try:
        return read_package(folder)
    except PackageError as error:
        log.error("map package not usable: %s", error)
        return MapPackage(faults=(Fault(folder.name, "no_package", str(error)),))


def _tiles(about: dict[str, Any], faults: list[Fault]) -> TilesAbout | None:
    if "tiles" not in about:
        return None
    try:
        return convert(about["tiles"], TilesAbout)
    except ValidationError as error:
        faults.append(Fault("about.json", "bad_tiles", str(error)))
        return None


def _about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PackageError(f"{folder}: no readable about.json ({error})") from error
    if not isinstance(about, dict):
        raise PackageError(f"{folder}: about.json is not a table")
    return about


class _LayerFaultError(ValueError):
    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def _read(folder: Path, file: str, faults: list[Fault], make: Callable[[bytes], T]) -> T | None:
    """The file or its .gz; None where it is not there or cannot be used (then told in `faults`)."""
    for name in (file, f"{file}.gz"):
        place = folder / name
        if not place.exists():
            continue
        try:
            data = place.read_bytes()
            return make(gzip.decompress(data) if name.endswith(".gz") else data)
        except (OSError, EOFError) as error:
            faults.append(Fault(name, "unreadable", type(error).__name__))
        except GroundError as error:
            faults.append(Fault(name, error.code, str(error)))
        except _LayerFaultError as error:
            faults.append(Fault(name, error.code, error.detail))
        return None
    return None


def _areas(data: bytes, datum: Datum) -> tuple[AreaShape, ...]:
    result = read_areas(data, datum)
    if not result.ok:
        first = result.problems[0]
        raise _LayerFaultError(first.code, f"{first.feature} {first.name}")
    return result.areas


def _components(data: bytes, datum: Datum) -> tuple[Component, ...]:
    found: list[Component] = []
    try:
        rows = csv.DictReader(data.decode("utf-8-sig").splitlines())
    except UnicodeDecodeError as error:
        raise _LayerFaultError("not_utf8", str(error.start)) from error
    for number, row in enumerate(rows, start=2):
        try:
            point = Point(*to_wgs84(float(row["lon"]), float(row["lat"]), datum))
            found.append(
                Component(
                    id=check_number(row["id"]),
                    kind=row["kind"],
                    point=point,
                    area=AreaCode(row["area"]),
                    place=row["place"],
                    department=row["department"],
                    owner=row["owner"],
                    maintainer=row["maintainer"],
                    state=ComponentState(row["state"]),
                )
            )
        except (KeyError, TypeError, ValueError, ComponentError) as error:
            raise _LayerFaultError("bad_row", f"{number}: {error}") from error
    return tuple(found)

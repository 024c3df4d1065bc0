"""What a map is drawn on: blocks, buildings, water, parks and streets, as values. Reading is tolerant of nothing but classes:
an unknown class is left out and counted, a broken geometry refuses the file (codes of domain.geo.geojson).
"""

import json
from typing import Any

from msgspec import Struct

from domain.geo.datum import Datum, to_wgs84
from domain.geo.polygons import Vertex

CLASSES = ("green", "block", "building", "water", "road_minor", "road_major")
"""From the lowest to the topmost."""

Line = tuple[Vertex, ...]


class GroundError(ValueError):
    """A ground file that cannot be drawn. `code`: json_broken · not_geojson · datum_missing · datum_unknown · bad_geometry."""

    def __init__(self, code: str, feature: int = -1) -> None:
        super().__init__(f"{code} (feature {feature})" if feature >= 0 else code)
        self.code = code
        self.feature = feature


class GroundFeature(Struct, frozen=True, kw_only=True):
    """`polygons`: lists of rings, filled; `lines`: drawn `width_m` wide."""

    kind: str
    name: str = ""
    width_m: float = 0.0
    polygons: tuple[tuple[Line, ...], ...] = ()
    lines: tuple[Line, ...] = ()


class Ground(Struct, frozen=True):
    features: tuple[GroundFeature, ...]
    unknown: int = 0
    """Features of a class that this version does not draw."""


def read_ground(data: bytes, datum: Datum | None = None) -> Ground:
    """Features with property `class`, WGS-84. Raises GroundError."""
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise GroundError("json_broken") from error
    if not isinstance(root, dict) or not isinstance(root.get("features"), list):
        raise GroundError("not_geojson")
    used = _datum(root, datum)
    found: list[GroundFeature] = []
    unknown = 0
    for number, feature in enumerate(root["features"]):
        try:
            properties, geometry = feature["properties"], feature["geometry"]
            kind = properties.get("class")
            if kind not in CLASSES:
                unknown += 1
                continue
            polygons, lines = _parts(geometry["type"], geometry["coordinates"], used)
            found.append(
                GroundFeature(
                    kind=kind,
                    name=str(properties.get("name", "")),
                    width_m=float(properties.get("width_m", 0.0)),
                    polygons=polygons,
                    lines=lines,
                )
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise GroundError("bad_geometry", number) from error
    return Ground(tuple(found), unknown)


def _datum(root: dict[str, Any], given: Datum | None) -> Datum:
    if given is not None:
        return given
    if "datum" not in root:
        raise GroundError("datum_missing")
    try:
        return Datum(root["datum"])
    except ValueError as error:
        raise GroundError("datum_unknown") from error


def _parts(kind: str, coordinates: Any, datum: Datum) -> tuple[tuple[tuple[Line, ...], ...], tuple[Line, ...]]:
    if kind == "Polygon":
        return (tuple(_line(ring, datum) for ring in coordinates),), ()
    if kind == "MultiPolygon":
        return tuple(tuple(_line(ring, datum) for ring in rings) for rings in coordinates), ()
    if kind == "LineString":
        return (), (_line(coordinates, datum),)
    if kind == "MultiLineString":
        return (), tuple(_line(line, datum) for line in coordinates)
    raise ValueError(kind)


def _line(positions: Any, datum: Datum) -> Line:
    return tuple(to_wgs84(float(position[0]), float(position[1]), datum) for position in positions)

"""Areas from GeoJSON, with every fault named by code and feature; and back to GeoJSON. All or nothing is the caller's choice.

A layer says its datum: by the parameter, or by a member `datum` / `crs` in the file; where both speak they must agree, and
without either it is refused (RFC 7946 says WGS-84, Chinese files do not keep to it). Coordinates come out as WGS-84.
Codes of problems: the constants here and in domain.geo.rings. No files: bytes in, values out.
"""

import json
from typing import Any

from msgspec import Struct

from domain.geo import rings
from domain.geo.datum import Datum, to_wgs84
from domain.geo.polygons import AreaShape, Bounds, Origin, Polygon, Ring
from domain.ids import AreaCode

JSON_BROKEN = "json_broken"
TOO_BIG = "too_big"
NOT_GEOJSON = "not_geojson"
EMPTY = "empty"
DATUM_MISSING = "datum_missing"
DATUM_UNKNOWN = "datum_unknown"
DATUM_CONFLICT = "datum_conflict"
GEOMETRY_MISSING = "geometry_missing"
GEOMETRY_UNSUPPORTED = "geometry_unsupported"
BAD_POSITION = "bad_position"
CODE_MISSING = "code_missing"
CODE_TWICE = "code_twice"
OUTSIDE_SITE = "outside_site"

MAX_BYTES = 64 * 1024 * 1024
_CRS = {
    "CRS84": Datum.WGS84,
    "4326": Datum.WGS84,
    "4490": Datum.CGCS2000,
    "4479": Datum.CGCS2000,
}


class Problem(Struct, frozen=True):
    """One fault. `feature` counts from 0, -1 = the whole file; `name` is the feature's, to find it again."""

    code: str
    feature: int = -1
    name: str = ""
    detail: dict[str, Any] = {}


class Import(Struct, frozen=True):
    """What a file gave: the sound areas, and what was wrong with the others."""

    areas: tuple[AreaShape, ...]
    problems: tuple[Problem, ...] = ()
    datum: Datum | None = None

    @property
    def ok(self) -> bool:
        return bool(self.areas) and not self.problems


class Fields(Struct, frozen=True):
    """Which properties of a feature hold its code and its name; the first that is there counts."""

    code: tuple[str, ...] = ("code", "adcode", "gb")
    name: tuple[str, ...] = ("name", "NAME", "fullname")


class _FaultError(Exception):
    def __init__(self, code: str, detail: dict[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail or {}


def read_areas(
    data: bytes,
    datum: Datum | None = None,
    *,
    fields: Fields | None = None,
    site: Bounds | None = None,
    origin: Origin = Origin.SURVEYED,
) -> Import:
    """Polygons of a FeatureCollection (or one Feature). `site` = WGS-84 box that every area must touch, if given."""
    try:
        root = _root(data)
        used = _datum(root, datum)
        features = _features(root)
    except _FaultError as fault:
        return Import((), (Problem(fault.code, detail=fault.detail),))
    areas: list[AreaShape] = []
    problems: list[Problem] = []
    codes: set[str] = set()
    for number, feature in enumerate(features):
        name = ""
        try:
            code, name = _named(feature, fields or Fields())
            polygons = _polygons(feature, used)
            if site is not None:
                _check_site(polygons, site)
            if code in codes:
                raise _FaultError(CODE_TWICE, {"code": code})
            codes.add(code)
            areas.append(AreaShape(code=AreaCode(code), name=name, polygons=polygons, origin=_origin(feature, origin)))
        except _FaultError as fault:
            problems.append(Problem(fault.code, number, name, fault.detail))
    return Import(tuple(areas), tuple(problems), used)


def write_areas(areas: tuple[AreaShape, ...], *, note: str = "") -> bytes:
    """A FeatureCollection in WGS-84 that `read_areas` takes without being told a datum."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": area.code, "name": area.name, "origin": area.origin.value},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[polygon.outer, *polygon.holes] for polygon in area.polygons],
            },
        }
        for area in areas
    ]
    root = {"type": "FeatureCollection", "datum": Datum.WGS84.value, "note": note, "features": features}
    return json.dumps(root, ensure_ascii=False, separators=(",", ":")).encode()


def _root(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_BYTES:
        raise _FaultError(TOO_BIG, {"bytes": len(data), "most": MAX_BYTES})
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _FaultError(JSON_BROKEN, {"reason": "not_utf8", "at": error.start}) from error
    except json.JSONDecodeError as error:
        raise _FaultError(JSON_BROKEN, {"reason": "syntax", "line": error.lineno, "column": error.colno}) from error
    except RecursionError as error:
        raise _FaultError(JSON_BROKEN, {"reason": "too_deep"}) from error
    if not isinstance(root, dict):
        raise _FaultError(NOT_GEOJSON, {"type": type(root).__name__})
    return root


def _datum(root: dict[str, Any], given: Datum | None) -> Datum:
    said = _said_datum(root)
    if said is not None and given is not None and said != given:
        raise _FaultError(DATUM_CONFLICT, {"file": said.value, "given": given.value})
    used = given or said
    if used is None:
        raise _FaultError(DATUM_MISSING)
    return used


def _said_datum(root: dict[str, Any]) -> Datum | None:
    word = root.get("datum")
    if word is not None:
        try:
            return Datum(str(word).lower().replace("-", "").replace("_", ""))
        except ValueError as error:
            raise _FaultError(DATUM_UNKNOWN, {"datum": str(word)[:40]}) from error
    crs = root.get("crs")
    if not isinstance(crs, dict):
        return None
    properties = crs.get("properties")
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    known = _CRS.get(name.rsplit(":", 1)[-1])
    if known is None:
        raise _FaultError(DATUM_UNKNOWN, {"datum": name[:40]})
    return known


def _features(root: dict[str, Any]) -> list[Any]:
    kind = root.get("type")
    if kind == "Feature":
        return [root]
    features = root.get("features")
    if kind != "FeatureCollection" or not isinstance(features, list):
        raise _FaultError(NOT_GEOJSON, {"type": str(kind)[:40]})
    if not features:
        raise _FaultError(EMPTY)
    return features


def _named(feature: Any, fields: Fields) -> tuple[str, str]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _FaultError(NOT_GEOJSON, {"type": "feature"})
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        properties = {}
    code = next((str(properties[key]) for key in fields.code if properties.get(key) not in (None, "")), "")
    name = next((str(properties[key]) for key in fields.name if properties.get(key) not in (None, "")), code)
    if not code:
        raise _FaultError(CODE_MISSING, {"fields": list(fields.code)})
    return code, name


def _origin(feature: dict[str, Any], given: Origin) -> Origin:
    """What the feature says of itself, so that a written layer keeps saying that it is derived or invented."""
    properties = feature.get("properties")
    word = properties.get("origin") if isinstance(properties, dict) else None
    return Origin(word) if word in tuple(Origin) else given


def _polygons(feature: dict[str, Any], datum: Datum) -> tuple[Polygon, ...]:
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        raise _FaultError(GEOMETRY_MISSING)
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _FaultError(GEOMETRY_UNSUPPORTED, {"type": str(kind)[:40]})
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(parts, list) or not parts:
        raise _FaultError(EMPTY)
    return tuple(_polygon(part, datum) for part in parts)


def _polygon(part: Any, datum: Datum) -> Polygon:
    if not isinstance(part, list) or not part:
        raise _FaultError(EMPTY)
    outer, *holes = (_ring(ring, datum) for ring in part)
    for hole in holes:
        if rings.hole_outside(outer, hole):
            raise _FaultError(rings.HOLE_OUTSIDE, {"lon": hole[0][0], "lat": hole[0][1]})
    return Polygon(outer, tuple(holes))


def _ring(positions: Any, datum: Datum) -> Ring:
    if not isinstance(positions, list) or not positions:
        raise _FaultError(EMPTY)
    ring = tuple(_position(position) for position in positions)
    problem = rings.ring_problem(ring)
    if problem is not None:
        raise _FaultError(*problem)
    if rings.looks_swapped(ring, china=datum is not Datum.WGS84):
        raise _FaultError(rings.SWAPPED, {"lon": ring[0][0], "lat": ring[0][1]})
    return tuple(to_wgs84(lon, lat, datum) for lon, lat in ring)


def _position(position: Any) -> tuple[float, float]:
    if not isinstance(position, list) or len(position) < 2:
        raise _FaultError(BAD_POSITION, {"position": str(position)[:40]})
    lon, lat = position[0], position[1]
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in (lon, lat)):
        raise _FaultError(BAD_POSITION, {"position": str(position)[:40]})
    try:
        return float(lon), float(lat)
    except OverflowError as error:
        raise _FaultError(rings.OUT_OF_RANGE, {}) from error


def _check_site(polygons: tuple[Polygon, ...], site: Bounds) -> None:
    """Every area must touch the site's box; one that does so only the other way round was written latitude first."""
    west, south, east, north = site
    places = [place for polygon in polygons for place in polygon.outer]
    if any(west <= lon <= east and south <= lat <= north for lon, lat in places):
        return
    swapped = any(west <= lat <= east and south <= lon <= north for lon, lat in places)
    raise _FaultError(rings.SWAPPED if swapped else OUTSIDE_SITE, {"lon": places[0][0], "lat": places[0][1]})

"""The three datums of Chinese maps, and explicit conversion between them. Nothing guesses a datum: it is always a parameter.

WGS-84: GPS. CGCS2000 (EPSG:4490): the national frame, used by 天地图; equal to WGS-84 within centimetres in degrees, so its
conversion is the identity, named all the same. GCJ-02: the offset datum of Chinese web maps, some 500 m away.
The GCJ-02 offset is the publicly known approximation of the Krasovsky-ellipsoid formula. BD-09 is not supported.
"""

from enum import StrEnum
from math import cos, pi, sin, sqrt

_AXIS_M = 6378245.0
_ECCENTRICITY_2 = 0.00669342162296594323
_INVERSE_STEPS = 12
_INVERSE_CLOSE = 1e-11
"""Degrees; a micrometre on the ground."""
OFFSET_BOX = (72.004, 0.8293, 137.8347, 55.8271)
"""West, south, east, north of the box in which GCJ-02 is offset; outside it equals WGS-84."""


class Datum(StrEnum):
    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    CGCS2000 = "cgcs2000"


LonLat = tuple[float, float]


def in_offset_box(lon: float, lat: float) -> bool:
    """Whether GCJ-02 differs from WGS-84 here."""
    west, south, east, north = OFFSET_BOX
    return west <= lon <= east and south <= lat <= north


def convert(lon: float, lat: float, source: Datum, target: Datum) -> LonLat:
    """The same place in another datum. Exact within 1 mm there and back, except within 1 km of the edge of OFFSET_BOX."""
    if (source is Datum.GCJ02) == (target is Datum.GCJ02):
        return lon, lat
    return _wgs84_of(lon, lat) if source is Datum.GCJ02 else _gcj02_of(lon, lat)


def to_wgs84(lon: float, lat: float, source: Datum) -> LonLat:
    return convert(lon, lat, source, Datum.WGS84)


def _gcj02_of(lon: float, lat: float) -> LonLat:
    if not in_offset_box(lon, lat):
        return lon, lat
    east, north = _offset(lon, lat)
    return lon + east, lat + north


def _wgs84_of(lon: float, lat: float) -> LonLat:
    """Fixed-point inverse: the offset changes by less than 1 % over its own length, so a few steps are exact."""
    at_lon, at_lat = lon, lat
    for _ in range(_INVERSE_STEPS):
        east, north = _offset(at_lon, at_lat)
        next_lon, next_lat = lon - east, lat - north
        close = abs(next_lon - at_lon) + abs(next_lat - at_lat) < _INVERSE_CLOSE
        at_lon, at_lat = next_lon, next_lat
        if close:
            break
    # A place outside the box was never offset, so its GCJ-02 point is itself.
    return (at_lon, at_lat) if in_offset_box(at_lon, at_lat) else (lon, lat)


def _offset(lon: float, lat: float) -> LonLat:
    x, y = lon - 105.0, lat - 35.0
    root = sqrt(abs(x))
    common = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north_m += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north_m += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east_m += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east_m += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    radians = lat / 180.0 * pi
    shrink = 1 - _ECCENTRICITY_2 * sin(radians) ** 2
    north = north_m * 180.0 / ((_AXIS_M * (1 - _ECCENTRICITY_2)) / (shrink * sqrt(shrink)) * pi)
    east = east_m * 180.0 / (_AXIS_M / sqrt(shrink) * cos(radians) * pi)
    return east, north

"""How a tile service cuts the world into tiles: squares of Web Mercator, or squares of degrees. Pure arithmetic.

Level z has 2^z columns from 180° west in both. In Web Mercator (XYZ, MBTiles, Tianditu's `_w`) it has as many rows. In degrees (WMTS
in EPSG:4326 or CGCS2000 EPSG:4490, Tianditu's `_c`) it has half as many, from 90° north: level 1 is two tiles side by side, as
Tianditu counts; services that call this level 0 are one behind.
"""

from enum import StrEnum
from math import floor, ldexp


class Tiling(StrEnum):
    MERCATOR = "mercator"
    DEGREES = "degrees"


def degrees_across(level: int) -> float:
    """Width and height of a tile of squares of degrees."""
    return ldexp(360.0, -level)


def tiles_of_degrees(level: int, west: float, south: float, east: float, north: float) -> tuple[range, range]:
    """Columns and rows of the tiles that touch a box of degrees."""
    size = degrees_across(level)
    columns = range(max(0, floor((west + 180) / size)), min(2**level - 1, floor((east + 180) / size)) + 1)
    last = 2 ** (level - 1) - 1 if level else 0
    return columns, range(max(0, floor((90 - north) / size)), min(last, floor((90 - south) / size)) + 1)


def corner_of_degrees(level: int, column: int, row: int) -> tuple[float, float]:
    """West and north of a tile."""
    size = degrees_across(level)
    return column * size - 180, 90 - row * size

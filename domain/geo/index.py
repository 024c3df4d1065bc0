"""Which area is a point in? A grid over all areas finds the candidates; edges sorted into strips of latitude decide.

The answer is one area, outside, or ambiguous with all of them. It never chooses between two.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from math import sqrt

from msgspec import Struct

from domain.geo.polygons import INSIDE, ON_EDGE, OUTSIDE, AreaShape, Bounds, Edge, Ring, bounds_of, side_of_edges
from domain.ids import AreaCode
from domain.ticket import Point


class PlacementKind(StrEnum):
    AREA = "area"
    OUTSIDE = "outside"
    AMBIGUOUS = "ambiguous"


class Placement(Struct, frozen=True):
    """Where a point is: exactly one area, none, or several (an overlap, or a common edge)."""

    areas: tuple[AreaCode, ...] = ()

    @property
    def kind(self) -> PlacementKind:
        if not self.areas:
            return PlacementKind.OUTSIDE
        return PlacementKind.AREA if len(self.areas) == 1 else PlacementKind.AMBIGUOUS

    @property
    def area(self) -> AreaCode | None:
        """The one area, or None where that is not certain."""
        return self.areas[0] if len(self.areas) == 1 else None


class _Strips:
    """A ring with its edges sorted into strips of latitude, so that a look-up reads a few edges instead of all."""

    def __init__(self, ring: Ring) -> None:
        self.bounds = bounds_of(ring)
        self._south = self.bounds[1]
        count = max(1, len(ring) // 6)
        self._height = (self.bounds[3] - self._south) / count or 1.0
        self._edges: list[list[Edge]] = [[] for _ in range(count + 1)]
        for (x1, y1), (x2, y2) in pairwise(ring):
            first, last = self._strip(min(y1, y2)), self._strip(max(y1, y2))
            for strip in range(first, last + 1):
                self._edges[strip].append((x1, y1, x2, y2))

    def _strip(self, lat: float) -> int:
        return min(len(self._edges) - 1, int((lat - self._south) / self._height))

    def side(self, lon: float, lat: float) -> int:
        """The same answer as polygons.side_of_ring."""
        west, south, east, north = self.bounds
        if not (west <= lon <= east and south <= lat <= north):
            return OUTSIDE
        return side_of_edges(self._edges[self._strip(lat)], lon, lat)


class _Prepared:
    def __init__(self, shape: AreaShape) -> None:
        self.code = shape.code
        self._polygons = [
            (_Strips(polygon.outer), [_Strips(hole) for hole in polygon.holes]) for polygon in shape.polygons
        ]

    def outer_bounds(self) -> Iterable[Bounds]:
        return (outer.bounds for outer, _ in self._polygons)

    def contains(self, lon: float, lat: float) -> bool:
        for outer, holes in self._polygons:
            side = outer.side(lon, lat)
            if side == ON_EDGE:
                return True
            if side == INSIDE and not any(hole.side(lon, lat) == INSIDE for hole in holes):
                return True
        return False


class AreaIndex:
    """All areas of ONE level (grids, or communities …): levels nest, so mixing them would make every point ambiguous."""

    def __init__(self, shapes: Iterable[AreaShape]) -> None:
        self._areas = [_Prepared(shape) for shape in shapes]
        self._cells: dict[tuple[int, int], list[_Prepared]] = {}
        boxes = [box for area in self._areas for box in area.outer_bounds()]
        if not boxes:
            self._west = self._south = 0.0
            self._width = self._height = 1.0
            return
        self._west, self._south = min(box[0] for box in boxes), min(box[1] for box in boxes)
        steps = max(1, int(2 * sqrt(len(boxes))))
        self._width = (max(box[2] for box in boxes) - self._west) / steps or 1.0
        self._height = (max(box[3] for box in boxes) - self._south) / steps or 1.0
        for area in self._areas:
            for west, south, east, north in area.outer_bounds():
                (first_column, first_row), (last_column, last_row) = self._cell(west, south), self._cell(east, north)
                for column in range(first_column, last_column + 1):
                    for row in range(first_row, last_row + 1):
                        cell = self._cells.setdefault((column, row), [])
                        if area not in cell:
                            cell.append(area)

    def __len__(self) -> int:
        return len(self._areas)

    def _cell(self, lon: float, lat: float) -> tuple[int, int]:
        return int((lon - self._west) // self._width), int((lat - self._south) // self._height)

    def assign(self, point: Point) -> Placement:
        """One area, outside, or ambiguous: sorted by code."""
        candidates = self._cells.get(self._cell(point.lon, point.lat), ())
        return Placement(tuple(sorted(area.code for area in candidates if area.contains(point.lon, point.lat))))

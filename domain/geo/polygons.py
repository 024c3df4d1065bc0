"""Areas as polygons with holes, and whether a point lies in them. Rings are closed (first point = last), degrees WGS-84.

Closed sets: a point on an edge is in. A common edge of two areas is therefore in both, and whoever assigns says "ambiguous"
rather than choosing (domain.geo.index). No I/O; validity is checked where polygons come in (domain.geo.rings).
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from domain.ids import AreaCode
from domain.ticket import Point

Vertex = tuple[float, float]
Ring = tuple[Vertex, ...]
Edge = tuple[float, float, float, float]
"""From (x1, y1) to (x2, y2)."""
Bounds = tuple[float, float, float, float]
"""West, south, east, north."""

INSIDE, ON_EDGE, OUTSIDE = 1, 0, -1


class Origin(StrEnum):
    """Where the polygon comes from; windows print it for anything but SURVEYED."""

    SURVEYED = "surveyed"
    DERIVED = "derived"
    """Computed from points (domain.geo.derive): an aid for the eye, not a border."""
    DEMO = "demo"
    """Invented for the demonstration."""


class Polygon(Struct, frozen=True):
    outer: Ring
    holes: tuple[Ring, ...] = ()


class AreaShape(Struct, frozen=True, kw_only=True):
    """One area (district, town, community, grid) and where it lies."""

    code: AreaCode
    name: str
    polygons: tuple[Polygon, ...]
    origin: Origin = Origin.SURVEYED

    def bounds(self) -> Bounds:
        return bounds_of(vertex for polygon in self.polygons for vertex in polygon.outer)

    def rings(self) -> Iterator[Ring]:
        for polygon in self.polygons:
            yield polygon.outer
            yield from polygon.holes


def bounds_of(vertices: Iterator[Vertex] | Ring) -> Bounds:
    """Raises ValueError for no vertices."""
    lons, lats = zip(*vertices, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def side_of_ring(ring: Ring, lon: float, lat: float) -> int:
    """INSIDE, ON_EDGE or OUTSIDE of one ring, by crossings of a ray to the east."""
    return side_of_edges(((x1, y1, x2, y2) for (x1, y1), (x2, y2) in pairwise((ring[-1], *ring))), lon, lat)


def side_of_edges(edges: Iterable[Edge], lon: float, lat: float) -> int:
    """Of a ring of which at least those edges are given that reach the latitude."""
    inside = False
    for x1, y1, x2, y2 in edges:
        if (y1 > lat) != (y2 > lat):
            cross = (x2 - x1) * (lat - y1) - (lon - x1) * (y2 - y1)
            if cross == 0.0:
                return ON_EDGE
            if (cross > 0.0) == (y2 > y1):
                inside = not inside
        elif y1 == lat and y2 == lat:
            if min(x1, x2) <= lon <= max(x1, x2):
                return ON_EDGE
        elif (x2 == lon and y2 == lat) or (x1 == lon and y1 == lat):
            return ON_EDGE
    return INSIDE if inside else OUTSIDE


def contains(shape: AreaShape, point: Point) -> bool:
    """Whether the point lies in the area: in an outer ring, in none of its holes; an edge counts as in."""
    return any(_polygon_contains(polygon, point.lon, point.lat) for polygon in shape.polygons)


def _polygon_contains(polygon: Polygon, lon: float, lat: float) -> bool:
    side = side_of_ring(polygon.outer, lon, lat)
    if side != INSIDE:
        return side == ON_EDGE
    return not any(side_of_ring(hole, lon, lat) == INSIDE for hole in polygon.holes)


def ring_area(ring: Ring) -> float:
    """Signed area in square degrees, positive when counter-clockwise."""
    x0, y0 = ring[0]
    twice = 0.0
    x1, y1 = 0.0, 0.0
    for x, y in ring[1:]:
        x2, y2 = x - x0, y - y0
        twice += x1 * y2 - x2 * y1
        x1, y1 = x2, y2
    return twice / 2


def inner_point(shape: AreaShape) -> Point:
    """A point surely inside, for a label: centroid of the largest polygon, or the middle of its widest run at mid height."""
    largest = max(shape.polygons, key=lambda polygon: abs(ring_area(polygon.outer)))
    lon, lat = _centroid(largest.outer)
    if _polygon_contains(largest, lon, lat):
        return Point(lon, lat)
    return _widest_run(largest)


def _centroid(ring: Ring) -> Vertex:
    area = ring_area(ring)
    if area == 0.0:
        return ring[0]
    x0, y0 = ring[0]
    sum_x = sum_y = 0.0
    x1, y1 = 0.0, 0.0
    for x, y in ring[1:]:
        x2, y2 = x - x0, y - y0
        cross = x1 * y2 - x2 * y1
        sum_x += (x1 + x2) * cross
        sum_y += (y1 + y2) * cross
        x1, y1 = x2, y2
    return x0 + sum_x / (6 * area), y0 + sum_y / (6 * area)


def _widest_run(polygon: Polygon) -> Point:
    _, south, _, north = bounds_of(polygon.outer)
    best, found = -1.0, Point(*polygon.outer[0])
    for step in (0.5, 0.37, 0.63, 0.21, 0.79, 0.11, 0.89):
        lat = south + (north - south) * step
        crossings: list[float] = []
        for ring in (polygon.outer, *polygon.holes):
            for (x1, y1), (x2, y2) in pairwise(ring):
                if (y1 > lat) != (y2 > lat):
                    crossings.append(x1 + (lat - y1) / (y2 - y1) * (x2 - x1))
        crossings.sort()
        for west, east in zip(crossings[::2], crossings[1::2], strict=False):
            if east - west > best:
                best, found = east - west, Point((west + east) / 2, lat)
    return found

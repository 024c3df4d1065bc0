"""Is a ring a ring? Checks of one polygon as it comes in: closed, long enough, on the earth, not crossing itself, holes inside.

Touching itself in a point is let pass (real borders do it and area and inside stay defined); crossing is not.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from math import floor, isfinite

from domain.geo.polygons import OUTSIDE, Ring, Vertex, ring_area, side_of_ring

Edge = tuple[Vertex, Vertex]

NOT_FINITE = "not_finite"
OUT_OF_RANGE = "out_of_range"
SWAPPED = "swapped_lon_lat"
RING_OPEN = "ring_open"
RING_SHORT = "ring_short"
RING_FLAT = "ring_flat"
SELF_CROSSING = "self_crossing"
HOLE_OUTSIDE = "hole_outside"
_CHINA = (73.0, 3.0, 136.0, 54.0)


def ring_problem(ring: Ring) -> tuple[str, dict[str, float]] | None:
    """The first thing wrong with a ring as (code, detail), or None. Expects positions as read, not yet converted."""
    return _bad_position(ring) or _bad_form(ring) or _bad_course(ring)


def _bad_position(ring: Ring) -> tuple[str, dict[str, float]] | None:
    for lon, lat in ring:
        if not (isfinite(lon) and isfinite(lat)):
            return NOT_FINITE, {}
        if abs(lat) > 90 or abs(lon) > 180:
            swapped = abs(lat) <= 180 and abs(lon) <= 90
            return SWAPPED if swapped else OUT_OF_RANGE, {"lon": lon, "lat": lat}
    return None


def _bad_form(ring: Ring) -> tuple[str, dict[str, float]] | None:
    if len(ring) >= 2 and ring[0] != ring[-1]:
        return RING_OPEN, {"lon": ring[-1][0], "lat": ring[-1][1]}
    if len(ring) < 4:
        return RING_SHORT, {"points": len(ring)}
    return None


def _bad_course(ring: Ring) -> tuple[str, dict[str, float]] | None:
    crossing = self_crossing(ring)
    if crossing is not None:
        return SELF_CROSSING, {"lon": crossing[0], "lat": crossing[1]}
    return (RING_FLAT, {"lon": ring[0][0], "lat": ring[0][1]}) if ring_area(ring) == 0.0 else None


def looks_swapped(ring: Ring, china: bool) -> bool:
    """Positions that make sense only the other way round. `china`: the layer claims a Chinese datum, so it must lie in China."""
    west, south, east, north = _CHINA
    if not china or any(west <= lon <= east and south <= lat <= north for lon, lat in ring):
        return False
    return all(west <= lat <= east and south <= lon <= north for lon, lat in ring)


def hole_outside(outer: Ring, hole: Ring) -> bool:
    return any(side_of_ring(outer, lon, lat) == OUTSIDE for lon, lat in hole)


def self_crossing(ring: Ring) -> Vertex | None:
    """A place where two edges of the ring cross or run on each other, or None.

    Edges are compared only where they share a cell of a grid; cells are twice the mean edge, and an edge enters only the
    cells it runs through, so that entering takes time in line with the number of edges.
    """
    edges = [(one, other) for one, other in pairwise(ring) if one != other]
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    grid = _Grid(edges)
    last = len(edges) - 1
    for number, edge in enumerate(edges):
        for cell in grid.cells_of(edge):
            for known in cells[cell]:
                neighbours = number - known == 1 or (known == 0 and number == last)
                if _edges_cross(edges[known], edge, neighbours):
                    return edge[0]
            cells[cell].append(number)
    return None


class _Grid:
    def __init__(self, edges: list[Edge]) -> None:
        count = len(edges) or 1
        self._width = 2 * sum(abs(b[0] - a[0]) for a, b in edges) / count or 1.0
        self._height = 2 * sum(abs(b[1] - a[1]) for a, b in edges) / count or 1.0

    def cells_of(self, edge: Edge) -> Iterator[tuple[int, int]]:
        """The cells an edge runs through, column by column (one row more on each side than it can touch by rounding)."""
        (x1, y1), (x2, y2) = edge if edge[0][0] <= edge[1][0] else (edge[1], edge[0])
        first, last = floor(x1 / self._width), floor(x2 / self._width)
        slope = (y2 - y1) / (x2 - x1) if x2 != x1 else 0.0
        low, high = min(y1, y2), max(y1, y2)
        for column in range(first, last + 1):
            if first == last:
                start, end = low, high
            else:
                at1 = y1 + slope * (max(x1, column * self._width) - x1)
                at2 = y1 + slope * (min(x2, (column + 1) * self._width) - x1)
                start, end = max(low, min(at1, at2)), min(high, max(at1, at2))
            margin = self._height * 1e-6
            for row in range(floor((start - margin) / self._height), floor((end + margin) / self._height) + 1):
                yield column, row


def _edges_cross(one: Edge, other: Edge, neighbours: bool) -> bool:
    (a, b), (c, d) = one, other
    side_c, side_d = _turn(a, b, c), _turn(a, b, d)
    side_a, side_b = _turn(c, d, a), _turn(c, d, b)
    if side_a == side_b == side_c == side_d == 0.0:
        return _overlap(a, b, c, d)
    if neighbours:
        return False
    return side_a * side_b < 0 and side_c * side_d < 0


def _turn(a: Vertex, b: Vertex, c: Vertex) -> float:
    value = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    # Only the sign counts; the product of two tiny numbers would be lost.
    return (value > 0.0) - (value < 0.0)


def _overlap(a: Vertex, b: Vertex, c: Vertex, d: Vertex) -> bool:
    """Whether two edges on one line share more than a point."""
    axis = 0 if abs(b[0] - a[0]) >= abs(b[1] - a[1]) else 1
    low = max(min(a[axis], b[axis]), min(c[axis], d[axis]))
    high = min(max(a[axis], b[axis]), max(c[axis], d[axis]))
    return low < high

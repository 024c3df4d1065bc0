"""Polygons for the tests: random stars, and a slow, obviously right point-in-polygon to hold against ours."""

from fractions import Fraction
from itertools import pairwise
from math import cos, pi, sin

from hypothesis import strategies as st

from domain.geo.polygons import AreaShape, Polygon, Ring, Vertex
from domain.ids import AreaCode


def area(code: str, *rings: Ring) -> AreaShape:
    return AreaShape(code=AreaCode(code), name=code, polygons=(Polygon(rings[0], tuple(rings[1:])),))


def box(west: float, south: float, east: float, north: float) -> Ring:
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


@st.composite
def star_rings(draw: st.DrawFn) -> Ring:
    """A ring around a centre, with corners at any distance: never crossing itself, often concave."""
    count = draw(st.integers(3, 24))
    reach = draw(st.lists(st.floats(0.05, 1.0), min_size=count, max_size=count))
    lon, lat = draw(st.floats(-170, 170)), draw(st.floats(-80, 80))
    ring = tuple(
        (lon + r * cos(2 * pi * step / count), lat + r * sin(2 * pi * step / count)) for step, r in enumerate(reach)
    )
    return (*ring, ring[0])


def exact_side(ring: Ring, point: Vertex) -> int:
    """Winding number in exact fractions: 1 in, 0 on an edge, -1 out."""
    x, y = Fraction(point[0]), Fraction(point[1])
    winding = 0
    exact = [(Fraction(a), Fraction(b)) for a, b in ring]
    for (x1, y1), (x2, y2) in pairwise(exact):
        turn = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
        if turn == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
            return 0
        if y1 <= y < y2 and turn > 0:
            winding += 1
        elif y2 <= y < y1 and turn < 0:
            winding -= 1
    return 1 if winding else -1


def crosses_somewhere(ring: Ring) -> bool:
    """Every edge against every other, in whole numbers."""
    edges = [(one, other) for one, other in pairwise(ring) if one != other]
    last = len(edges) - 1
    return any(
        _cross(edges[i], edges[j], j - i == 1 or (i == 0 and j == last))
        for i in range(len(edges))
        for j in range(i + 1, len(edges))
    )


def _cross(one: tuple[Vertex, Vertex], other: tuple[Vertex, Vertex], neighbours: bool) -> bool:
    (a, b), (c, d) = one, other
    turns = [_turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)]
    if turns == [0, 0, 0, 0]:
        low = max(min(a, b), min(c, d))
        return low < min(max(a, b), max(c, d))
    return not neighbours and turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0


def _turn(a: Vertex, b: Vertex, c: Vertex) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

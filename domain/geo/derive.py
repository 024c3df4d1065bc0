"""Cells derived from points where nobody has drawn borders: each cell holds what lies nearest to its point, cut off by the
hull of all points widened by a margin. They are an aid for the eye and say so (Origin.DERIVED); no rule stands on them alone.
"""

from collections.abc import Sequence
from math import hypot

from msgspec import Struct

from domain.geo.measure import Frame
from domain.geo.polygons import AreaShape, Origin, Polygon, Ring, Vertex
from domain.ids import AreaCode
from domain.ticket import Point


class Seed(Struct, frozen=True):
    """A named point to which a cell shall belong."""

    code: AreaCode
    name: str
    point: Point


class DeriveError(ValueError):
    """Points from which no cells can be made. `code`: no_points · same_point."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def derived_cells(seeds: Sequence[Seed], margin_m: float = 800.0) -> list[AreaShape]:
    """One convex cell per seed; together they fill the widened hull without overlap. Raises DeriveError."""
    if not seeds:
        raise DeriveError("no_points")
    frame = Frame(seeds[0].point)
    flat = [frame.meters(seed.point.lon, seed.point.lat) for seed in seeds]
    seen: dict[Vertex, Seed] = {}
    for place, seed in zip(flat, seeds, strict=True):
        if place in seen:
            raise DeriveError("same_point", f"{seen[place].code} {seed.code}")
        seen[place] = seed
    hull = _widened_hull(flat, margin_m)
    shapes = []
    for place, seed in zip(flat, seeds, strict=True):
        ring: Ring = tuple(frame.degrees(*vertex) for vertex in _cell(place, flat, hull))
        shapes.append(
            AreaShape(code=seed.code, name=seed.name, polygons=(Polygon((*ring, ring[0])),), origin=Origin.DERIVED)
        )
    return shapes


def _cell(place: Vertex, others: Sequence[Vertex], hull: list[Vertex]) -> list[Vertex]:
    """The hull cut by the middle line to every other point; far ones cannot cut any more and end the walk."""
    x, y = place
    cell = hull
    for other in sorted(others, key=lambda vertex: hypot(vertex[0] - x, vertex[1] - y)):
        away = hypot(other[0] - x, other[1] - y)
        if away == 0.0:
            continue
        if away / 2 > max(hypot(corner[0] - x, corner[1] - y) for corner in cell):
            break
        cell = _cut(cell, place, other)
    return cell


def _cut(cell: list[Vertex], keep: Vertex, other: Vertex) -> list[Vertex]:
    """The part of a convex cell that is nearer to `keep` than to `other`."""
    normal = (other[0] - keep[0], other[1] - keep[1])
    middle = normal[0] * (keep[0] + other[0]) / 2 + normal[1] * (keep[1] + other[1]) / 2
    kept: list[Vertex] = []
    for one, two in zip(cell, cell[1:] + cell[:1], strict=True):
        side1 = normal[0] * one[0] + normal[1] * one[1] - middle
        side2 = normal[0] * two[0] + normal[1] * two[1] - middle
        if side1 <= 0:
            kept.append(one)
        if (side1 < 0 < side2) or (side2 < 0 < side1):
            share = side1 / (side1 - side2)
            kept.append((one[0] + share * (two[0] - one[0]), one[1] + share * (two[1] - one[1])))
    return kept


def _widened_hull(points: Sequence[Vertex], margin_m: float) -> list[Vertex]:
    """Convex hull (monotone chain) of a small octagon around each point: also one point, or points on a line, give an area."""
    corner = margin_m * 0.70710678
    ring: tuple[Vertex, ...] = ((margin_m, 0.0), (corner, corner), (0.0, margin_m), (-corner, corner))
    ring += tuple((-x, -y) for x, y in ring)
    wide = sorted({(x + dx, y + dy) for x, y in points for dx, dy in ring})
    return _half_hull(wide)[:-1] + _half_hull(wide[::-1])[:-1]


def _half_hull(points: list[Vertex]) -> list[Vertex]:
    hull: list[Vertex] = []
    for x, y in points:
        while len(hull) >= 2:
            (x1, y1), (x2, y2) = hull[-2], hull[-1]
            if (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) > 0:
                break
            hull.pop()
        hull.append((x, y))
    return hull

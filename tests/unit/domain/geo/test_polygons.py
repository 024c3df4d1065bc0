"""Inside, outside, on the edge: held against exact fractions; holes, several parts, label points, self-crossing."""

from hypothesis import given
from hypothesis import strategies as st

from domain.geo.index import AreaIndex, PlacementKind
from domain.geo.polygons import (
    INSIDE,
    ON_EDGE,
    OUTSIDE,
    AreaShape,
    Polygon,
    contains,
    inner_point,
    ring_area,
    side_of_ring,
)
from domain.geo.rings import self_crossing
from domain.ticket import Point
from tests.unit.domain.geo.shapes import area, box, crosses_somewhere, exact_side, star_rings

OFFSETS = st.tuples(st.floats(-1.2, 1.2), st.floats(-1.2, 1.2))


def around(ring, offset):
    lon, lat = ring[0]
    return lon + offset[0] - 0.5, lat + offset[1]


@given(star_rings(), OFFSETS)
def test_side_agrees_with_exact_winding(ring, offset):
    place = around(ring, offset)
    exact = exact_side(ring, place)
    assert side_of_ring(ring, *place) in (exact, ON_EDGE)


@given(star_rings(), st.integers(0, 23))
def test_corners_are_on_the_edge(ring, number):
    assert side_of_ring(ring, *ring[number % len(ring)]) == ON_EDGE


@given(star_rings(), OFFSETS)
def test_index_agrees_with_the_plain_test(ring, offset):
    shape = area("a", ring)
    point = Point(*around(ring, offset))
    assert (AreaIndex([shape]).assign(point).kind is PlacementKind.AREA) == contains(shape, point)


@given(star_rings())
def test_a_star_never_crosses_itself(ring):
    assert self_crossing(ring) is None


@given(star_rings())
def test_the_label_point_is_inside(ring):
    shape = area("a", ring)
    assert abs(ring_area(ring)) < 1e-12 or contains(shape, inner_point(shape))


def test_a_hole_is_outside_and_its_edge_is_in():
    shape = area("a", box(0, 0, 10, 10), box(4, 4, 6, 6))
    assert not contains(shape, Point(5, 5))
    assert contains(shape, Point(4, 5))
    assert contains(shape, Point(2, 2))


def test_every_part_of_an_area_counts():
    shape = AreaShape(code="a", name="a", polygons=(Polygon(box(0, 0, 1, 1)), Polygon(box(5, 5, 6, 6))))
    index = AreaIndex([shape])
    assert index.assign(Point(0.5, 0.5)).area == index.assign(Point(5.5, 5.5)).area == "a"
    assert index.assign(Point(3, 3)).kind is PlacementKind.OUTSIDE


def test_an_overlap_and_a_common_edge_are_ambiguous():
    index = AreaIndex([area("a", box(0, 0, 2, 2)), area("b", box(2, 0, 4, 2)), area("c", box(3, 0, 5, 2))])
    assert index.assign(Point(1, 1)).area == "a"
    assert index.assign(Point(2, 1)).areas == ("a", "b")
    assert index.assign(Point(3.5, 1)).areas == ("b", "c")
    assert index.assign(Point(3.5, 1)).area is None


def test_no_areas_means_outside():
    assert AreaIndex([]).assign(Point(0, 0)).kind is PlacementKind.OUTSIDE


def test_a_bow_tie_and_a_doubled_edge_cross():
    assert self_crossing(((0, 0), (2, 2), (2, 0), (0, 2), (0, 0))) is not None
    assert self_crossing(((0, 0), (4, 0), (4, 2), (2, 2), (2, 0), (1, 0), (1, 2), (0, 2), (0, 0))) is not None


def test_touching_itself_in_a_point_is_no_crossing():
    assert self_crossing(((0, 0), (2, 0), (1, 1), (2, 2), (0, 2), (1, 1), (0, 0))) is None


def test_a_horizontal_edge_is_an_edge():
    ring = box(0, 0, 2, 2)
    assert side_of_ring(ring, 1, 0) == side_of_ring(ring, 1, 2) == ON_EDGE
    assert side_of_ring(ring, 3, 0) == side_of_ring(ring, 3, 2) == OUTSIDE
    assert side_of_ring(ring, 1, 1) == INSIDE


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=3, max_size=14, unique=True))
def test_crossing_agrees_with_comparing_all_edges(corners):
    ring = tuple((float(x), float(y)) for x, y in (*corners, corners[0]))
    assert (self_crossing(ring) is not None) == crosses_somewhere(ring)

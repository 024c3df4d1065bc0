"""Cells from points: each holds its own point and what is nearest to it; together no gap, no overlap; and they say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.geo.derive import DeriveError, Seed, derived_cells
from domain.geo.index import AreaIndex
from domain.geo.measure import Frame
from domain.geo.polygons import Origin, contains
from domain.ids import AreaCode
from domain.ticket import Point

FRAME = Frame(Point(114.35, 22.69))
SPOTS = st.lists(st.tuples(st.integers(-40, 40), st.integers(-40, 40)), min_size=1, max_size=30, unique=True)


def seeds(spots):
    return [
        Seed(AreaCode(str(n)), str(n), Point(*FRAME.degrees(x * 100.0, y * 100.0))) for n, (x, y) in enumerate(spots)
    ]


@given(SPOTS)
def test_each_cell_holds_its_point_and_says_it_is_derived(spots):
    points = seeds(spots)
    for seed, cell in zip(points, derived_cells(points), strict=True):
        assert cell.code == seed.code
        assert cell.origin is Origin.DERIVED
        assert contains(cell, seed.point)


@given(SPOTS, st.tuples(st.floats(-3900, 3900), st.floats(-3900, 3900)))
def test_a_place_is_in_the_cell_of_its_nearest_point(spots, place):
    distances = sorted(((x * 100 - place[0]) ** 2 + (y * 100 - place[1]) ** 2) ** 0.5 for x, y in spots)
    near = min(
        range(len(spots)), key=lambda n: (spots[n][0] * 100 - place[0]) ** 2 + (spots[n][1] * 100 - place[1]) ** 2
    )
    found = AreaIndex(derived_cells(seeds(spots))).assign(Point(*FRAME.degrees(*place)))
    if len(distances) > 1 and distances[1] - distances[0] < 0.01:
        return
    assert found.areas in ((), (AreaCode(str(near)),))
    if distances[0] < 700:
        assert found.area == str(near)


def test_no_points_and_equal_points_are_refused():
    with pytest.raises(DeriveError, match="no_points"):
        derived_cells([])
    with pytest.raises(DeriveError, match="same_point"):
        derived_cells(seeds([(1, 1), (1, 1)]))

"""Wilson intervals against published values, and rank ranges that overlap as they should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.statistics import quantile, rank_ranges, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_wilson_matches_newcombe(successes, trials, low, high):
    assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


def test_nothing_tried_nothing_known():
    assert wilson(0, 0) == (0.0, 1.0)


def test_an_impossible_count_is_refused():
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts):
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] <= high <= 1


def test_ranks_that_overlap_share_places():
    assert rank_ranges([(0.9, 0.95), (0.85, 0.92), (0.5, 0.6)]) == [(1, 2), (1, 2), (3, 3)]
    assert rank_ranges([]) == []


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda pair: (min(pair), max(pair))), max_size=12))
def test_a_rank_range_is_a_range_of_places(intervals):
    for low, high in rank_ranges(intervals):
        assert 1 <= low <= high <= len(intervals)


def test_quantile_is_a_value_that_was_there():
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile([1.0, 2.0], 0.9) == 2.0
    assert quantile([], 0.5) is None

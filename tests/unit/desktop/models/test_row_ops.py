"""Runs of row numbers."""

import pytest

from desktop.models.row_ops import merged, runs, runs_descending


@pytest.mark.parametrize(
    ("places", "expected"),
    [([], []), ([4], [(4, 4)]), ([1, 2, 3, 7, 9, 10], [(1, 3), (7, 7), (9, 10)])],
)
def test_runs_are_contiguous_and_complete(places, expected):
    assert list(runs(places)) == expected
    assert runs_descending(places) == expected[::-1]


def test_moved_rows_find_their_places():
    keys, rows = merged([1, 2, 3, 4], ["a", "b", "c", "d"], [0, 2], [(9, "b"), (0, "d")])
    assert keys == [0, 1, 3, 9]
    assert rows == ["d", "a", "c", "b"]

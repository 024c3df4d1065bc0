"""Runs of row numbers."""

import pytest

from desktop.models.row_ops import runs, runs_descending


@pytest.mark.parametrize(
    ("places", "expected"),
    [([], []), ([4], [(4, 4)]), ([1, 2, 3, 7, 9, 10], [(1, 3), (7, 7), (9, 10)])],
)
def test_runs_are_contiguous_and_complete(places, expected):
    assert list(runs(places)) == expected
    assert runs_descending(places) == expected[::-1]

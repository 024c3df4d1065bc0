"""Contiguous runs of row numbers, so that a batch becomes few signals and every signal is exact; and merging moved rows."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any, TypeVar

Row = TypeVar("Row")


def runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(first, last) of every run in ascending, distinct row numbers: 1 2 3 7 → (1, 3), (7, 7)."""
    start = 0
    for end in range(1, len(places) + 1):
        if end == len(places) or places[end] != places[end - 1] + 1:
            yield places[start], places[end - 1]
            start = end


def runs_descending(places: Sequence[int]) -> list[tuple[int, int]]:
    """The same from the back: removing a run does not shift those that follow."""
    return list(runs(places))[::-1]


def merged(
    keys: Sequence[Any], rows: Sequence[Row], still: Sequence[int], moved: Sequence[tuple[Any, Row]]
) -> tuple[list[Any], list[Row]]:
    """Sorted keys and their rows after `moved` (key, row) found new places; `still` are the places of all others."""
    new_keys = [keys[place] for place in still]
    new_rows = [rows[place] for place in still]
    for key, row in sorted(moved, key=itemgetter(0)):
        new_keys.append(key)
        new_rows.append(row)
    # Two sorted runs one after the other: Python's sort only merges them.
    order = sorted(range(len(new_keys)), key=new_keys.__getitem__)
    return [new_keys[place] for place in order], [new_rows[place] for place in order]

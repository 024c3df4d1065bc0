"""Contiguous runs of row numbers, so that a batch becomes few signals and every signal is exact."""

from collections.abc import Iterator, Sequence


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

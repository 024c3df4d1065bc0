"""The frame of a spot check and its draw: which tickets could be drawn, written short, and which a seed draws of them.

The draw is made of SHA-256 alone, so that anybody can repeat it without this program: of all tickets of the frame those are
drawn whose digest of "seed/ticket id" is smallest.
"""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import groupby

from domain.ids import TicketId

LINE_MOST = 3500
"""Characters of a line of a frame: the wire takes texts up to 4,096."""


class FrameError(ValueError):
    """A line that is no part of a frame; the message quotes it."""


def digest(ids: Iterable[TicketId]) -> str:
    """SHA-256 of the sorted ids, one a line: two frames are the same when their digests are."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def draw(ids: Iterable[TicketId], seed: str, size: int) -> tuple[TicketId, ...]:
    """`size` tickets of the frame, in the order of their digests; all of them where there are fewer."""
    ranked = sorted((hashlib.sha256(f"{seed}/{one}".encode()).hexdigest(), one) for one in set(ids))
    return tuple(one for _, one in ranked[:size])


def written(ids: Iterable[TicketId]) -> tuple[str, ...]:
    """A frame in lines: 181009:1-44,46 for the numbers of a day, =X for an id of another form. `read` gives the ids back."""
    by_day: dict[str, list[int]] = {}
    lines = []
    for one in sorted(set(ids)):
        day, _, tail = one.rpartition("-")
        if day and tail.isascii() and tail.isdigit() and f"{int(tail):04d}" == tail and not set(day) & set(":="):
            by_day.setdefault(day, []).append(int(tail))
        else:
            lines.append(f"={one}")
    for day, numbers in sorted(by_day.items()):
        lines += _lines(day, _ranges(sorted(numbers)))
    return tuple(lines)


def read(lines: Sequence[str]) -> tuple[TicketId, ...]:
    """The ids of a written frame, sorted. Raises FrameError."""
    found: set[TicketId] = set()
    for line in lines:
        if line.startswith("="):
            found.add(TicketId(line[1:]))
            continue
        day, colon, rest = line.partition(":")
        if not (day and colon and rest):
            raise FrameError(f"{line[:60]!r} is no line of a frame")
        for part in rest.split(","):
            found.update(TicketId(f"{day}-{number:04d}") for number in _numbers(part, line))
    return tuple(sorted(found))


def _numbers(part: str, line: str) -> range:
    first, _, last = part.partition("-")
    try:
        low, high = int(first), int(last or first)
    except ValueError:
        raise FrameError(f"{line[:60]!r}: {part!r} is no range") from None
    if not 0 <= low <= high < 10**6:
        raise FrameError(f"{line[:60]!r}: {part!r} is no range")
    return range(low, high + 1)


def _ranges(numbers: Sequence[int]) -> list[str]:
    texts = []
    for _, group in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        texts.append(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}")
    return texts


def _lines(day: str, ranges: Sequence[str]) -> list[str]:
    lines, line = [], f"{day}:"
    for text in ranges:
        if len(line) + len(text) + 1 > LINE_MOST:
            lines.append(line)
            line = f"{day}:"
        line += text if line.endswith(":") else f",{text}"
    return [*lines, line]

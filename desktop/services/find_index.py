"""Finds tickets of the whole cache by number, source's number, place, unit or matter: columns of codes and one string of numbers.

In memory, because a scan of 600,000 rows on disk costs more than a person waits: here a word is a look-up per column, and a
number is one search through a string. Holds no personal data: free text and callers are not in the cache. No SQL, no Qt.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from domain.ids import TicketId
from domain.ticket import Ticket
from protocol.snapshot import millis

REBUILD_AT = 20_000
"""Changed tickets are looked at one by one; from here on they are put into the columns."""
STEPPED = 20_000
"""Hits found one after the other before all are compared at once."""
_END = "\n"


class FindWord(Struct, frozen=True):
    """What one typed word may mean: a part of a number, or any of these codes. `areas` are prefixes."""

    text: str
    items: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()


class FindRow(Struct, frozen=True, gc=False):
    """What is looked at of a ticket."""

    id: TicketId
    ref: str
    item: str
    area: str
    unit: str
    reported_ms: int


class Found(Struct, frozen=True):
    """The newest of what was found, and how many there are in all. `ready` False: the index is being made, ask again."""

    ids: tuple[TicketId, ...] = ()
    total: int = 0
    ready: bool = True


class _Column:
    """Codes of all rows as small numbers."""

    def __init__(self, values: Sequence[str]) -> None:
        self.codes: list[str] = []
        known: dict[str, int] = {}
        numbers = np.empty(len(values), np.int32)
        for place, value in enumerate(values):
            number = known.get(value)
            if number is None:
                number = known[value] = len(self.codes)
                self.codes.append(value)
            numbers[place] = number
        self._numbers = numbers

    def any_of(self, wanted: frozenset[str]) -> NDArray[np.bool_]:
        return self._where([code in wanted for code in self.codes])

    def beginning_with(self, prefixes: tuple[str, ...]) -> NDArray[np.bool_]:
        return self._where([code.startswith(prefixes) for code in self.codes])

    def _where(self, chosen: list[bool]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = np.array(chosen, bool)[self._numbers]
        return found


class _Numbers:
    """All numbers in one string of bytes, so that a part of one is found by a single search in C."""

    def __init__(self, numbers: Sequence[str]) -> None:
        encoded = [number.encode() for number in numbers]
        self._text = b"\n".join((*encoded, b""))
        lengths = np.fromiter((len(number) + 1 for number in encoded), np.int64, len(encoded))
        self._ends = np.cumsum(lengths)

    def holding(self, text: str) -> NDArray[np.int64]:
        """Places of the numbers that hold the text. Few are stepped through; many (a whole year) are compared all at once."""
        wanted = text.encode()
        starts: list[int] = []
        start = self._text.find(wanted)
        while start >= 0:
            if len(starts) == STEPPED:
                return self._many(wanted)
            starts.append(start)
            start = self._text.find(wanted, self._text.find(b"\n", start))
        return np.searchsorted(self._ends, np.array(starts, np.int64), side="right")

    def _many(self, wanted: bytes) -> NDArray[np.int64]:
        data = np.frombuffer(self._text, np.uint8)
        room = len(data) - len(wanted) + 1
        hits = data[:room] == wanted[0]
        for place, byte in enumerate(wanted[1:], 1):
            hits &= data[place : place + room] == byte
        return np.searchsorted(self._ends, np.flatnonzero(hits), side="right")


class FindIndex:
    """`rows` once; then `put` and `drop` as the cache changes. Columns stand newest report first."""

    def __init__(self, rows: Iterable[FindRow] = ()) -> None:
        self._fresh: dict[TicketId, FindRow | None] = {}
        """Changed since the columns were made; None = gone."""
        self._make(list(rows))

    def __len__(self) -> int:
        return len(self._rows)

    def put(self, ticket: Ticket) -> None:
        self._fresh[ticket.id] = row_of(ticket)
        if len(self._fresh) >= REBUILD_AT:
            kept = [row for row in self._rows if row.id not in self._fresh]
            self._make(kept + [row for row in self._fresh.values() if row is not None])

    def drop(self, ticket_id: TicketId) -> None:
        self._fresh[ticket_id] = None

    def find(self, words: Sequence[FindWord], limit: int) -> Found:
        """Tickets that every word fits, the newest report first."""
        if not words:
            return Found()
        mask = np.ones(len(self._rows), bool)
        for word in words:
            mask &= self._fitting(word)
        for ticket_id in self._fresh:
            place = self._place.get(ticket_id)
            if place is not None:
                mask[place] = False
        fresh = [row for row in self._fresh.values() if row is not None and all(_fits(row, word) for word in words)]
        places = np.flatnonzero(mask)
        newest = [self._rows[place] for place in places[:limit]]
        both = sorted((*newest, *fresh), key=lambda row: (-row.reported_ms, row.id))
        return Found(tuple(row.id for row in both[:limit]), len(places) + len(fresh))

    def _fitting(self, word: FindWord) -> NDArray[np.bool_]:
        mask = np.zeros(len(self._rows), bool)
        if not len(mask):
            return mask
        if word.items:
            mask |= self._items.any_of(word.items)
        if word.units:
            mask |= self._units.any_of(word.units)
        if word.areas:
            mask |= self._areas.beginning_with(word.areas)
        if word.text:
            mask[self._ids.holding(word.text)] = True
            mask[self._refs.holding(word.text)] = True
        return mask

    def _make(self, rows: list[FindRow]) -> None:
        rows = _newest_first(rows)
        self._rows = rows
        self._fresh.clear()
        self._place = {row.id: place for place, row in enumerate(rows)}
        self._ids = _Numbers([row.id.casefold() for row in rows])
        self._refs = _Numbers([row.ref.casefold() for row in rows])
        self._items = _Column([row.item for row in rows])
        self._areas = _Column([row.area for row in rows])
        self._units = _Column([row.unit for row in rows])


def _newest_first(rows: list[FindRow]) -> list[FindRow]:
    """By time, then by id. Not one list.sort: that would hold up every window for half a second at 600,000 rows."""
    times = np.fromiter((row.reported_ms for row in rows), np.int64, len(rows))
    order = np.argsort(-times, kind="stable")
    ordered = [rows[place] for place in order]
    times = times[order]
    same = np.flatnonzero(times[1:] == times[:-1])
    done = -1
    for start in map(int, same):
        if start < done:
            continue
        end = start + 1
        while end + 1 < len(ordered) and times[end + 1] == times[start]:
            end += 1
        ordered[start : end + 1] = sorted(ordered[start : end + 1], key=lambda row: row.id)
        done = end
    return ordered


def row_of(ticket: Ticket) -> FindRow:
    return FindRow(
        ticket.id,
        ticket.external_ref.replace(_END, " "),
        ticket.item,
        ticket.area,
        ticket.unit or "",
        millis(ticket.reported_at) or 0,
    )


def _fits(row: FindRow, word: FindWord) -> bool:
    return (
        row.item in word.items
        or row.unit in word.units
        or bool(word.areas and row.area.startswith(word.areas))
        or bool(word.text and (word.text in row.id.casefold() or word.text in row.ref.casefold()))
    )

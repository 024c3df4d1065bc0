"""Finds tickets of the whole cache by number, source's number, place, unit or matter: columns of codes and one string of numbers.

In memory, because a scan of 600,000 rows on disk costs more than a person waits: here a word is a look-up per column, and a
number is one search through a string. A ticket takes about 70 bytes: no object is kept for it. Holds no personal data: free text and
callers are not in the cache. No SQL, no Qt.
"""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from domain.ids import TicketId
from domain.ticket import Ticket
from protocol.snapshot import millis

REBUILD_AT = 20_000
"""Changed tickets are looked at one by one; from here on they become columns of their own."""
MOST_BLOCKS = 16
"""Blocks of changed tickets before they are made one."""
STEPPED = 20_000
"""Hits found one after the other before all are compared at once."""
_END = "\n"
T = TypeVar("T", np.int32, np.int64)


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

    def __init__(self) -> None:
        self.codes: list[str] = []
        self._known: dict[str, int] = {}
        self._parts: list[NDArray[np.int32]] = []

    def add(self, values: Sequence[str]) -> None:
        numbers = np.empty(len(values), np.int32)
        for place, value in enumerate(values):
            number = self._known.get(value)
            if number is None:
                number = self._known[value] = len(self.codes)
                self.codes.append(value)
            numbers[place] = number
        self._parts.append(numbers)

    def value(self, place: int) -> str:
        return self.codes[int(self._numbers[place])]

    def any_of(self, wanted: frozenset[str]) -> NDArray[np.bool_]:
        return self._where([code in wanted for code in self.codes])

    def beginning_with(self, prefixes: tuple[str, ...]) -> NDArray[np.bool_]:
        return self._where([code.startswith(prefixes) for code in self.codes])

    @property
    def _numbers(self) -> NDArray[np.int32]:
        return _joined(self._parts)

    def _where(self, chosen: list[bool]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = np.array(chosen, bool)[self._numbers]
        return found


class _Numbers:
    """All numbers in one string of bytes, so that a part of one is found by a single search in C."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._lengths: list[NDArray[np.int32]] = []
        self._text = b""
        self._ends = np.empty(0, np.int64)

    def add(self, numbers: Sequence[str]) -> None:
        encoded = [number.encode() for number in numbers]
        self._pieces.append(b"\n".join((*encoded, b"")))
        self._lengths.append(np.fromiter((len(number) + 1 for number in encoded), np.int32, len(encoded)))

    def close(self) -> None:
        """All has been added."""
        self._text = b"".join(self._pieces)
        self._ends = np.cumsum(np.concatenate(self._lengths)) if self._lengths else self._ends
        self._pieces, self._lengths = [], []

    def value(self, place: int) -> str:
        return self._text[self._ends[place - 1] if place else 0 : self._ends[place] - 1].decode()

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


class _Block:
    """Columns of many tickets in the order in which they came; `hidden` are those that changed since."""

    def __init__(self) -> None:
        self._ids, self._folded, self._refs = _Numbers(), _Numbers(), _Numbers()
        self._items, self._areas, self._units = _Column(), _Column(), _Column()
        self._times: list[NDArray[np.int64]] = []
        self._hashes: list[NDArray[np.int64]] = []
        self._same = True
        """No id has a capital letter: one string serves both for finding and for telling."""

    def add(self, rows: Sequence[FindRow]) -> None:
        folded = [row.id.casefold() for row in rows]
        self._same = self._same and all(row.id == text for row, text in zip(rows, folded, strict=True))
        self._ids.add([row.id for row in rows])
        self._folded.add(folded)
        self._refs.add([row.ref.casefold() for row in rows])
        self._items.add([row.item for row in rows])
        self._areas.add([row.area for row in rows])
        self._units.add([row.unit for row in rows])
        self._times.append(np.fromiter((row.reported_ms for row in rows), np.int64, len(rows)))
        self._hashes.append(np.fromiter((hash(row.id) for row in rows), np.int64, len(rows)))

    def close(self) -> "_Block":
        for numbers in (self._ids, self._refs):
            numbers.close()
        if self._same:
            self._folded = self._ids
        else:
            self._folded.close()
        self.times = _joined(self._times)
        hashes = _joined(self._hashes)
        self._by_hash = np.argsort(hashes).astype(np.int32)
        self._sorted_hashes = hashes[self._by_hash]
        self._hashes = []
        self.hidden = np.zeros(len(self.times), bool)
        return self

    def id(self, place: int) -> TicketId:
        return TicketId(self._ids.value(place))

    def hide(self, ticket_id: TicketId) -> None:
        """It changed, or is gone; an id that is not here is no error."""
        wanted = hash(ticket_id)
        at = int(np.searchsorted(self._sorted_hashes, wanted))
        while at < len(self._sorted_hashes) and self._sorted_hashes[at] == wanted:
            place = int(self._by_hash[at])
            if self.id(place) == ticket_id:
                self.hidden[place] = True
            at += 1

    def fitting(self, words: Sequence[FindWord]) -> NDArray[np.int64]:
        """Places of those that every word fits."""
        mask = ~self.hidden
        for word in words:
            mask &= self._fitting(word)
        return np.flatnonzero(mask)

    def rows(self) -> list[FindRow]:
        """All that are not hidden."""
        return [
            FindRow(
                self.id(place),
                self._refs.value(place),
                self._items.value(place),
                self._areas.value(place),
                self._units.value(place),
                int(self.times[place]),
            )
            for place in map(int, np.flatnonzero(~self.hidden))
        ]

    def _fitting(self, word: FindWord) -> NDArray[np.bool_]:
        mask = np.zeros(len(self.times), bool)
        if not len(mask):
            return mask
        if word.items:
            mask |= self._items.any_of(word.items)
        if word.units:
            mask |= self._units.any_of(word.units)
        if word.areas:
            mask |= self._areas.beginning_with(word.areas)
        if word.text:
            mask[self._folded.holding(word.text)] = True
            mask[self._refs.holding(word.text)] = True
        return mask


class FindIndex:
    """`add` what there is, part by part, then `close`; after that `put` and `drop` as the cache changes."""

    def __init__(self, rows: Sequence[FindRow] = ()) -> None:
        """`rows`: all there is, already closed; () to `add` them."""
        self._fresh: dict[TicketId, FindRow | None] = {}
        """Changed since the blocks were made; None = gone."""
        self._filling = _Block()
        self._blocks: list[_Block] = []
        if rows:
            self.add(rows)
            self.close()

    def add(self, rows: Sequence[FindRow]) -> None:
        self._filling.add(rows)

    def close(self) -> None:
        self._blocks.append(self._filling.close())

    def put(self, ticket: Ticket) -> None:
        self._change(ticket.id, row_of(ticket))
        if len(self._fresh) >= REBUILD_AT:
            later = [row for row in self._fresh.values() if row is not None]
            if len(self._blocks) > MOST_BLOCKS:
                later += [row for block in self._blocks[1:] for row in block.rows()]
                del self._blocks[1:]
            self._fresh.clear()
            self._filling = _Block()
            self.add(later)
            self.close()

    def drop(self, ticket_id: TicketId) -> None:
        self._change(ticket_id, None)

    def find(self, words: Sequence[FindWord], limit: int) -> Found:
        """Tickets that every word fits, the newest report first, then by id."""
        if not words:
            return Found()
        fresh = [row for row in self._fresh.values() if row is not None and all(_fits(row, word) for word in words)]
        found = [(-row.reported_ms, row.id) for row in fresh]
        total = len(fresh)
        for block in self._blocks:
            places = block.fitting(words)
            total += len(places)
            found += [(-int(block.times[place]), block.id(place)) for place in _newest(block.times, places, limit)]
        return Found(tuple(ticket_id for _, ticket_id in sorted(found)[:limit]), total)

    def _change(self, ticket_id: TicketId, row: FindRow | None) -> None:
        if ticket_id not in self._fresh:
            for block in self._blocks:
                block.hide(ticket_id)
        self._fresh[ticket_id] = row


def _joined(parts: "list[NDArray[T]]") -> "NDArray[T]":
    """One array of the parts, which are joined where they lie, once."""
    if len(parts) != 1:
        parts[:] = [np.concatenate(parts) if parts else np.empty(0, np.int64)]
    return parts[0]


def _newest(times: NDArray[np.int64], places: NDArray[np.int64], limit: int) -> list[int]:
    """Those of `places` that may be among the `limit` newest, with all that are as old as the last of them."""
    if len(places) > limit:
        of_places = times[places]
        oldest = np.partition(of_places, len(places) - limit)[len(places) - limit]
        places = places[of_places >= oldest]
    return [int(place) for place in places]


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

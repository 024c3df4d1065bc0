"""All tickets of a window: prepared rows, and beside them columns of numbers, so that "which and how many" is one numpy step.

A ticket keeps its slot while it is in the book; slots of dropped tickets are used again. No Qt, no order, no filter here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from desktop.models.ticket_row import NEVER_MS, RowMaker, TicketRow
from domain.ids import TicketId
from domain.ticket import Ticket
from domain.vocabulary import State
from protocol.snapshot import millis

Mask = npt.NDArray[np.bool_]
STATE_CODE = {state: code for code, state in enumerate(State)}
_START_SIZE = 1024
_SEARCHES_KEPT = 4


_COLUMNS = (
    "open",
    "accepted",
    "kind",
    "state",
    "risk",
    "due",
    "until",
    "check_in_due",
    "suspended_until",
    "closed",
    "source",
    "town",
    "unit",
    "returns",
    "reminders",
    "problem",
    "urgency",
)


class Prepared(NamedTuple):
    """A row, and what it has in each of _COLUMNS: made before the book takes it, so that taking thousands is quick."""

    row: TicketRow
    values: tuple[int, ...]


@dataclass(slots=True)
class BookChange:
    """What a batch did: slots whose row is new or changed, and tickets that are gone with the slot they had."""

    touched: list[int] = field(default_factory=list)
    dropped: list[tuple[int, TicketId]] = field(default_factory=list)


class Codes:
    """Gives each text a small number, so that it fits a column."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def of(self, text: str) -> int:
        return self._codes.setdefault(text, len(self._codes))

    def known(self, text: str) -> int:
        """The code of a text, -1 where no ticket has it."""
        return self._codes.get(text, -1)

    def texts(self) -> list[str]:
        """All texts, at the place of their code."""
        return list(self._codes)


class TicketBook:
    """Rows and columns by slot; `used` tells which slots hold a ticket. Columns are read by ticket_filter."""

    def __init__(self, maker: RowMaker) -> None:
        self._maker = maker
        self._slot: dict[TicketId, int] = {}
        self._free: list[int] = []
        self.rows: list[TicketRow | None] = []
        self.sources, self.towns, self.units = Codes(), Codes(), Codes()
        size = _START_SIZE
        self.used: Mask = np.zeros(size, bool)
        self.open: Mask = np.zeros(size, bool)
        self.accepted: Mask = np.zeros(size, bool)
        self.kind = np.zeros(size, np.int8)
        self.state = np.zeros(size, np.int8)
        self.risk = np.zeros(size, np.int64)
        self.due = np.zeros(size, np.int64)
        self.until = np.zeros(size, np.int64)
        self.check_in_due = np.zeros(size, np.int64)
        self.suspended_until = np.zeros(size, np.int64)
        self.closed = np.zeros(size, np.int64)
        self.source = np.zeros(size, np.int16)
        self.town = np.zeros(size, np.int16)
        self.unit = np.zeros(size, np.int32)
        self.returns = np.zeros(size, np.int16)
        self.reminders = np.zeros(size, np.int16)
        self.problem: Mask = np.zeros(size, bool)
        self.urgency = np.zeros(size, np.int8)
        self._searches: dict[str, Mask] = {}

    def __len__(self) -> int:
        return len(self._slot)

    def __iter__(self) -> Iterator[TicketRow]:
        return (row for row in self.rows if row is not None)

    def get(self, ticket_id: TicketId) -> TicketRow | None:
        slot = self._slot.get(ticket_id)
        return None if slot is None else self.rows[slot]

    def slot_of(self, ticket_id: TicketId) -> int | None:
        return self._slot.get(ticket_id)

    def prepare(self, ticket: Ticket) -> Prepared:
        """What `apply` will need of a ticket; the book shows nothing of it yet."""
        row = self._maker.row(ticket)
        return Prepared(
            row,
            (
                ticket.is_open,
                ticket.accepted_at is not None,
                row.kind,
                STATE_CODE[ticket.state],
                row.risk_ms,
                row.due_ms,
                row.until_ms,
                _check_in_due(ticket),
                millis(ticket.suspended_until) or NEVER_MS,
                millis(ticket.closed_at) or 0,
                self.sources.of(ticket.source.value),
                self.towns.of(ticket.town),
                self.units.of(ticket.unit or ""),
                ticket.returns,
                ticket.reminders,
                ticket.problem,
                row.urgency_rank,
            ),
        )

    def apply(
        self,
        upserted: Iterable[Ticket],
        removed: Iterable[TicketId] = (),
        prepared: Mapping[TicketId, Prepared] | None = None,
    ) -> BookChange:
        """Take a batch of changes; what of it is `prepared` costs little. Removals come first: a ticket in both stays."""
        change = BookChange()
        for ticket_id in removed:
            slot = self._slot.pop(ticket_id, None)
            if slot is not None:
                self.rows[slot] = None
                self.used[slot] = False
                self._free.append(slot)
                change.dropped.append((slot, ticket_id))
        made: list[Prepared] = []
        for ticket in upserted:
            slot = self._slot.get(ticket.id)
            if slot is None:
                slot = self._slot[ticket.id] = self._new_slot()
            known = prepared.get(ticket.id) if prepared else None
            entry = known if known is not None and known.row.ticket is ticket else self.prepare(ticket)
            self.rows[slot] = entry.row
            made.append(entry)
            change.touched.append(slot)
        if made:
            self._write(np.array(change.touched), made)
        return change

    def use(self, maker: RowMaker) -> None:
        """Rows that are made from now on have these names and words."""
        self._maker = maker

    def remake(self, maker: RowMaker) -> BookChange:
        """Make every row anew with other names or words."""
        self.use(maker)
        return self.apply([row.ticket for row in self])

    def search_mask(self, query: str) -> Mask:
        """Slots whose row has every word of `query` (case folded). Kept up to date while the same query is asked for."""
        known = self._searches.get(query)
        if known is None:
            while len(self._searches) >= _SEARCHES_KEPT:
                del self._searches[next(iter(self._searches))]
            known = self._searches[query] = np.zeros_like(self.used)
            for slot, row in enumerate(self.rows):
                known[slot] = row is not None and _has_words(row, query)
        return known

    def _new_slot(self) -> int:
        if self._free:
            return self._free.pop()
        self.rows.append(None)
        slot = len(self.rows) - 1
        if slot >= len(self.used):
            self._grow()
        return slot

    def _grow(self) -> None:
        for name, column in vars(self).items():
            if isinstance(column, np.ndarray):
                setattr(self, name, np.concatenate([column, np.zeros_like(column)]))
        self._searches.clear()

    def _write(self, slots: npt.NDArray[np.intp], made: Sequence[Prepared]) -> None:
        self.used[slots] = True
        for name, values in zip(_COLUMNS, zip(*(entry.values for entry in made), strict=True), strict=True):
            getattr(self, name)[slots] = values
        for query, mask in self._searches.items():
            mask[slots] = [_has_words(entry.row, query) for entry in made]


def _has_words(row: TicketRow, query: str) -> bool:
    return all(word in row.search for word in query.split())


def _check_in_due(ticket: Ticket) -> int:
    late = NEVER_MS
    if len(ticket.parts) < 2:
        return late  # a lead alone is no joint handling
    for part in ticket.parts:
        if not part.checked_in and part.check_in_due_at is not None:
            late = min(late, millis(part.check_in_due_at) or NEVER_MS)
    return late

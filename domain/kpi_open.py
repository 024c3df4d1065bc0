"""The open tickets of one scope: who is in which clock state now, and when the next one changes by itself.

One record per open ticket and nothing about closed ones. Reading costs nothing per ticket; time moves through a heap.
"""

import heapq
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import msgspec

from domain import kpi_judges as judge
from domain.clocks import running_clock
from domain.ids import AreaCode, TicketId
from domain.kpi_parts import KpiRules
from domain.kpi_types import OpenSplit
from domain.kpi_wakes import Wakes
from domain.ticket import Ticket
from domain.vocabulary import ClockState


class _Record:
    """What the book knows of one open ticket; `late` finds its own entry in the heap of the overdue."""

    __slots__ = ("band", "beyond", "late", "place", "state", "suspended", "ticket")

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket
        self.state: ClockState | None = None
        self.suspended = False
        self.beyond = False
        self.place = ""
        self.band = ""
        self.late: tuple[float, TicketId] | None = None


class OpenBook:
    """`place_length` = digits of the area code that overdue tickets are grouped by: 9 town, 12 community."""

    def __init__(self, rules: KpiRules, place_length: int) -> None:
        self._length = place_length
        self._records: dict[TicketId, _Record] = {}
        self._wakes = Wakes(rules)
        self._late: list[tuple[float, TicketId]] = []
        """Overdue and still running: (due, id)."""
        self._late_frozen: list[tuple[float, TicketId]] = []
        """Overdue, judged at the end of its record: (minus the seconds overdue, id)."""
        self._states: Counter[ClockState] = Counter()
        self._suspended = 0
        self._beyond = 0
        self._overdue: Counter[str] = Counter()
        self._bands: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._records)

    @property
    def waiting(self) -> int:
        """Reported and not yet accepted (待受理): not counted as open."""
        return len(self._records) - self._states.total()

    def get(self, ticket_id: TicketId) -> Ticket | None:
        record = self._records.get(ticket_id)
        return record.ticket if record else None

    def tickets(self) -> Iterator[Ticket]:
        """The accepted ones, in no order."""
        return (record.ticket for record in self._records.values() if record.state is not None)

    @property
    def place_length(self) -> int:
        """Digits of the area code that overdue tickets are grouped by."""
        return self._length

    def figures(self) -> dict[str, int]:
        """Every count of the book by a name, without zeros: what a check compares."""
        found = dict(msgspec.structs.asdict(self.split()))
        found["waiting"] = self.waiting
        found |= {f"overdue {code}": count for code, count in self.overdue_areas()}
        found |= {f"age {band}": count for band, count in self.backlog()}
        return {name: count for name, count in found.items() if count}

    def put(self, ticket: Ticket, as_of: datetime) -> None:
        """Add or replace an open ticket, judged at `as_of`."""
        known = self._records.get(ticket.id)
        if known is not None:
            self._count(known, -1)
        record = _Record(ticket)
        if judge.in_house(ticket):
            record.state = judge.open_state(ticket, as_of)
            record.suspended = judge.is_suspended(ticket)
            record.place = ticket.area[: self._length]
            record.band = judge.age_band(ticket, as_of)
            if record.state is ClockState.OVERDUE:
                record.beyond = judge.is_overdue(ticket, as_of)
                record.late = self._mark_late(ticket, as_of)
        self._records[ticket.id] = record
        self._count(record, 1)
        self._wakes.put(ticket, as_of)

    def drop(self, ticket_id: TicketId) -> None:
        self._count(self._records.pop(ticket_id), -1)
        self._wakes.drop(ticket_id)

    def wake(self, now: datetime) -> list[Ticket]:
        """Tickets that something may have happened to by time alone: an instant of theirs lies before `now`."""
        return [self._records[ticket_id].ticket for ticket_id in self._wakes.due(now)]

    def split(self) -> OpenSplit:
        states = self._states
        return OpenSplit(
            total=states.total(),
            ok=states[ClockState.OK],
            at_risk=states[ClockState.AT_RISK],
            overdue=states[ClockState.OVERDUE],
            paused=states[ClockState.PAUSED],
            no_limit=states[ClockState.NONE],
            suspended=self._suspended,
            overdue_business=self._beyond,
        )

    def overdue_areas(self) -> tuple[tuple[AreaCode, int], ...]:
        """Most first; equal counts by code."""
        rows = sorted(self._overdue.items(), key=lambda row: (-row[1], row[0]))
        return tuple((AreaCode(code), count) for code, count in rows if count)

    def oldest_overdue_s(self, now: datetime) -> float | None:
        running = self._first(self._late)
        frozen = self._first(self._late_frozen)
        ages = [] if running is None else [now.timestamp() - running]
        if frozen is not None:
            ages.append(-frozen)
        return max(ages, default=None)

    def backlog(self) -> tuple[tuple[str, int], ...]:
        names = [*(name for name, _ in judge.AGE_BANDS), judge.VERY_OLD]
        return tuple((name, self._bands[name]) for name in names)

    def _count(self, record: _Record, delta: int) -> None:
        if record.state is None:
            return
        self._states[record.state] += delta
        self._bands[record.band] += delta
        if record.suspended:
            self._suspended += delta
        if record.beyond:
            self._beyond += delta
        if record.state is ClockState.OVERDUE:
            self._overdue[record.place] += delta

    def _mark_late(self, ticket: Ticket, as_of: datetime) -> tuple[float, TicketId]:
        clock = running_clock(ticket)
        assert clock is not None  # it is overdue
        due = clock.due_at.timestamp()
        until = ticket.recorded_until
        frozen = until is not None and until < as_of
        heap = self._late_frozen if frozen else self._late
        entry = (due - until.timestamp() if until is not None and frozen else due, ticket.id)
        heapq.heappush(heap, entry)
        return entry

    def _first(self, heap: list[tuple[float, TicketId]]) -> float | None:
        """The first entry that is still its ticket's own; others are thrown away."""
        while heap:
            record = self._records.get(heap[0][1])
            if record is not None and record.late == heap[0]:
                return heap[0][0]
            heapq.heappop(heap)
        return None

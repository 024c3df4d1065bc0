"""Open tickets as columns for the map: kept up to date change by change, states read for all of them in one step.

Tickets without a point have a slot too: they are not on the map, but they count where the map counts (streets, totals).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop.models.ticket_row import ENDED, NEVER_MS, NO_LIMIT, PAUSED, TicketRow
from desktop.widgets.map_canvas.values import SLA_STATES, URGENCIES, TicketColumns
from domain.ids import TicketId
from protocol.snapshot import millis

_STATE = {name: code for code, name in enumerate(SLA_STATES)}
_URGENCY = {name: code for code, name in enumerate(URGENCIES)}
_START = 1024
QUARTER_MS, DAY_QUARTERS = 900_000, 96
ALL, DUE, OVERDUE = "all", "due", "overdue"
FILTERS = (ALL, DUE, OVERDUE)
"""All open tickets · at risk or overdue · overdue."""


@dataclass(frozen=True, slots=True)
class MarkCounts:
    open: int = 0
    unplaced: int = 0
    """Open tickets without a place: they cannot be on the map, and the map says how many."""
    at_risk: int = 0
    overdue: int = 0
    overdue_unplaced: int = 0


class MarkBook:
    """A slot per ticket of the working set. Closed tickets leave the live map at once; looking back shows them as long as they ran."""

    def __init__(self) -> None:
        self._slots: dict[TicketId, int] = {}
        self._free: list[int] = []
        self._ids: list[TicketId | None] = []
        self._towns: list[str] = []
        self._named: tuple[npt.NDArray[np.int64], tuple[str, ...]] | None = None
        """Slots and their ids as last given: a second in which nobody comes or goes makes no new names."""
        self._quarter_of: dict[TicketId, int] = {}
        self._quarters: Counter[int] = Counter()
        self._lon, self._lat = np.zeros(_START), np.zeros(_START)
        self._used = np.zeros(_START, bool)
        self._placed = np.zeros(_START, bool)
        self._accepted = np.zeros(_START, bool)
        """Only these are counted as open (在办), as everywhere; what waits for acceptance is shown all the same."""
        self._kind, self._urgency = np.zeros(_START, np.int8), np.zeros(_START, np.int8)
        self._open = np.zeros(_START, bool)
        self._risk, self._due, self._until = (np.zeros(_START, np.int64) for _ in range(3))
        self._from, self._to, self._taken = (np.zeros(_START, np.int64) for _ in range(3))
        """Reported, ended, accepted; milliseconds."""
        self._late_risk, self._late_due = np.zeros(_START, np.int64), np.zeros(_START, np.int64)
        """Of the business clock, which looking back goes by: the clock of a stage is gone once the next one runs."""

    def reset(self, rows: Iterable[TicketRow]) -> None:
        """Exactly these tickets."""
        for ticket in list(self._quarter_of):
            self.remove(ticket)
        for row in rows:
            self.put(row)

    def put(self, row: TicketRow) -> None:
        """A new or changed ticket."""
        if row.id not in self._quarter_of:
            quarter = self._quarter_of[row.id] = (millis(row.ticket.reported_at) or 0) // QUARTER_MS
            self._quarters[quarter] += 1
        slot = self._slots.get(row.id)
        if slot is None:
            slot = self._slots[row.id] = self._new_slot()
            self._named = None
        point = row.ticket.point
        self._ids[slot], self._towns[slot] = row.id, row.ticket.town
        self._used[slot], self._open[slot] = True, row.kind != ENDED
        self._accepted[slot] = row.ticket.accepted_at is not None
        self._placed[slot] = point is not None
        self._lon[slot], self._lat[slot] = (point.lon, point.lat) if point is not None else (0.0, 0.0)
        self._kind[slot], self._urgency[slot] = row.kind, _URGENCY[row.urgency]
        self._risk[slot], self._due[slot], self._until[slot] = row.risk_ms, row.due_ms, row.until_ms
        ticket, business = row.ticket, row.ticket.business
        ended = None if row.kind != ENDED else (ticket.closed_at or ticket.ended_at or ticket.changed_at)
        self._from[slot] = millis(ticket.reported_at) or 0
        self._to[slot] = NEVER_MS if ended is None else millis(ended) or 0
        self._taken[slot] = millis(ticket.accepted_at) or NEVER_MS
        self._late_risk[slot] = NEVER_MS if business is None else millis(business.risk_at) or 0
        self._late_due[slot] = NEVER_MS if business is None else millis(business.due_at) or 0

    def remove(self, ticket: TicketId) -> None:
        """It left the working set."""
        quarter = self._quarter_of.pop(ticket, None)
        if quarter is not None:
            self._quarters[quarter] -= 1
        self._take_off(ticket)

    def reports(self, start_ms: int) -> tuple[int, ...]:
        """How many tickets were reported in each quarter of an hour of the day that starts then."""
        first = start_ms // QUARTER_MS
        return tuple(self._quarters.get(first + n, 0) for n in range(DAY_QUARTERS))

    def _take_off(self, ticket: TicketId) -> None:
        slot = self._slots.pop(ticket, None)
        if slot is not None:
            self._used[slot] = self._open[slot] = False
            self._ids[slot] = None
            self._named = None
            self._free.append(slot)

    def columns(self, now_ms: int, chosen: str = ALL) -> TicketColumns:
        """The map's tickets at an instant, of one of FILTERS."""
        state = self._states(now_ms)
        shown = self._open & self._placed
        if chosen != ALL:
            shown &= state <= (_STATE["at_risk"] if chosen == DUE else _STATE["overdue"])
        return self._columns(shown, state, ~self._accepted)

    def at(self, then_ms: int) -> TicketColumns:
        """What stood on the map at an instant of the last 24 hours, as far as it is known now: reported and not yet ended, by the
        business limit."""
        shown = self._used & self._placed & (self._from <= then_ms) & (then_ms < self._to)
        state = np.full(len(shown), _STATE["ok"], np.int8)
        state[then_ms > self._late_risk] = _STATE["at_risk"]
        state[then_ms > self._late_due] = _STATE["overdue"]
        state[self._late_due == NEVER_MS] = _STATE["none"]
        return self._columns(shown, state, self._taken > then_ms)

    def _columns(
        self, shown: npt.NDArray[np.bool_], state: npt.NDArray[np.int8], waits: npt.NDArray[np.bool_]
    ) -> TicketColumns:
        slots = np.flatnonzero(shown)
        if self._named is None or not np.array_equal(slots, self._named[0]):
            self._named = (slots, tuple(str(self._ids[slot]) for slot in slots.tolist()))
        waiting = waits[slots].astype(np.int8)
        places = (self._lon[slots], self._lat[slots])
        return TicketColumns(self._named[1], *places, state[slots], self._urgency[slots], waiting)

    def counts(self, now_ms: int) -> MarkCounts:
        counted = self._open & self._accepted
        state = self._states(now_ms)
        overdue, off = counted & (state == _STATE["overdue"]), counted & ~self._placed
        return MarkCounts(
            open=int(counted.sum()),
            unplaced=int(off.sum()),
            at_risk=int((counted & (state == _STATE["at_risk"])).sum()),
            overdue=int(overdue.sum()),
            overdue_unplaced=int((overdue & off).sum()),
        )

    def overdue_by_town(self, now_ms: int) -> dict[str, int]:
        """Overdue tickets by town code, with and without a place."""
        late = self._open & self._accepted & (self._states(now_ms) == _STATE["overdue"])
        return dict(Counter(self._towns[slot] for slot in np.flatnonzero(late).tolist()))

    def _states(self, now_ms: int) -> npt.NDArray[np.int8]:
        at = np.minimum(now_ms, self._until)
        state = np.full(len(at), _STATE["ok"], np.int8)
        state[at > self._risk] = _STATE["at_risk"]
        state[at > self._due] = _STATE["overdue"]
        state[self._kind == PAUSED] = _STATE["paused"]
        state[self._kind == NO_LIMIT] = _STATE["none"]
        return state

    def _new_slot(self) -> int:
        if self._free:
            return self._free.pop()
        self._ids.append(None)
        self._towns.append("")
        slot = len(self._ids) - 1
        if slot >= len(self._used):

            def grow(a: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
                return np.concatenate([a, np.zeros_like(a)])

            for name, column in vars(self).items():
                if isinstance(column, np.ndarray):
                    setattr(self, name, grow(column))
            self._until[slot:] = NEVER_MS
        return slot

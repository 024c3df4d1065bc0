"""One ticket as a row of a table: every value that painting needs, prepared once when the ticket changes.

The remaining time is not in here: it is a function of the row and the instant (`clock_look`), so a second that passes
costs no new row. Words come in as data (`RowWords`), names from the site's reference tables. No Qt, no clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec import Struct

from desktop.models.names import Names
from domain.clocks import running_clock
from domain.ids import TicketId
from domain.ticket import Clock, Ticket
from domain.vocabulary import URGENCY_RANK, State
from protocol.snapshot import millis

NEVER_MS = 2**62
"""Stands for "no such instant" in comparisons."""

RUNNING, PAUSED, NO_LIMIT, ENDED = 0, 1, 2, 3
"""Kinds of clock, in the order in which rows stand in the queue."""

RISK_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class RowWords:
    """Words of a row, in the language of the window."""

    stage: Mapping[State, str]
    waiting: Mapping[State, str]
    """Who has to act when it is not a unit: 待派遣, 受理员, 核查员."""
    urgency: Mapping[str, str]


class TicketRow(Struct, frozen=True, gc=False, kw_only=True):
    """Display values of one ticket. Instants are integer milliseconds UTC of business time."""

    id: TicketId
    ticket: Ticket
    number: str
    urgency: str
    urgency_rank: int
    category: str
    matter: str
    town: str
    place: str
    stage: str
    unit: str
    unit_is_waiting: bool
    """The unit cell names a step, not a unit: painted quieter."""
    parts_in: int
    parts_total: int
    part_late_ms: int
    """From this instant on a participating unit is late (check-in or its own limit); NEVER_MS = none can be."""
    kind: int
    start_ms: int
    risk_ms: int
    due_ms: int
    paused_ms: int
    until_ms: int
    """End of the ticket's record (Ticket.judged_at): its clock is read at no later instant. NEVER_MS for a live ticket."""
    changed_ms: int
    search: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClockLook:
    """A clock at an instant: state ok | at_risk | overdue | paused | none, share used, share beyond, seconds left (signed)."""

    state: str
    used: float
    beyond: float
    remaining_s: float | None


NO_CLOCK = ClockLook("none", 0.0, 0.0, None)


def look_at(start_ms: int, risk_ms: int, due_ms: int, paused_ms: int, now_ms: int) -> ClockLook:
    """Draw a limit without a calendar: linear up to 80 % at risk, linear up to 100 % at due, real time beyond."""
    at_ms = min(now_ms, paused_ms)
    if at_ms <= risk_ms:
        used = RISK_SHARE * (at_ms - start_ms) / max(1, risk_ms - start_ms)
    else:
        used = RISK_SHARE + (1 - RISK_SHARE) * (at_ms - risk_ms) / max(1, due_ms - risk_ms)
    used = min(1.0, max(0.0, used))
    remaining_s = (due_ms - at_ms) / 1000
    if paused_ms != NEVER_MS:
        return ClockLook("paused", used, 0.0, remaining_s)
    if at_ms > due_ms:
        return ClockLook("overdue", 1.0, (at_ms - due_ms) / max(1, due_ms - start_ms), remaining_s)
    return ClockLook("at_risk" if at_ms > risk_ms else "ok", used, 0.0, remaining_s)


def clock_look(row: TicketRow, now_ms: int) -> ClockLook:
    """The running clock of a row at `now_ms`."""
    if row.kind > PAUSED:
        return NO_CLOCK
    return look_at(row.start_ms, row.risk_ms, row.due_ms, row.paused_ms, min(now_ms, row.until_ms))


def look_of(clock: Clock | None, now_ms: int) -> ClockLook:
    """Any clock of a ticket at `now_ms`, for the detail pane."""
    if clock is None:
        return NO_CLOCK
    start_ms, risk_ms, due_ms, paused_ms = _instants(clock)
    return look_at(start_ms, risk_ms, due_ms, paused_ms, now_ms)


def _instants(clock: Clock) -> tuple[int, int, int, int]:
    return (
        millis(clock.started_at) or 0,
        millis(clock.risk_at) or 0,
        millis(clock.due_at) or 0,
        NEVER_MS if clock.paused_at is None else millis(clock.paused_at) or 0,
    )


def _part_late_ms(ticket: Ticket) -> int:
    late = NEVER_MS
    if len(ticket.parts) < 2:
        return late  # a lead alone is no joint handling
    for part in ticket.parts:
        if not part.checked_in and part.check_in_due_at is not None:
            late = min(late, millis(part.check_in_due_at) or NEVER_MS)
        if part.reported_at is None and part.due_at is not None and not part.lead:
            late = min(late, millis(part.due_at) or NEVER_MS)
    return late


def short_number(ticket_id: str) -> str:
    """`181009-0042` → `1009-0042`: the year is in the detail pane."""
    return ticket_id[2:] if len(ticket_id) > 9 and ticket_id[:6].isdigit() else ticket_id


class RowMaker:
    """Makes rows; give it other names or words and make the rows anew when the reference or the language changes."""

    def __init__(self, names: Names, words: RowWords) -> None:
        self._names = names
        self._words = words

    def row(self, ticket: Ticket) -> TicketRow:
        """The row of a ticket. An item or area that is not in the tables shows its code."""
        names, words = self._names, self._words
        category, matter = names.matter(ticket.item, ticket.item_version)
        clock = running_clock(ticket)
        kind = (NO_LIMIT if ticket.is_open else ENDED) if clock is None else (PAUSED if clock.paused_at else RUNNING)
        start_ms, risk_ms, due_ms, paused_ms = _instants(clock) if clock else (0, NEVER_MS, NEVER_MS, NEVER_MS)
        waiting = words.waiting.get(ticket.state, "")
        unit = waiting or (names.unit(ticket.unit) if ticket.unit else "")
        total = len(ticket.parts) if len(ticket.parts) > 1 else 0
        arrived = sum(1 for part in ticket.parts if part.checked_in) if total else 0
        number, place, stage = short_number(ticket.id), names.place(ticket.area), words.stage[ticket.state]
        urgency = ticket.urgency.value
        return TicketRow(
            id=ticket.id,
            ticket=ticket,
            number=number,
            urgency=urgency,
            urgency_rank=URGENCY_RANK[ticket.urgency],
            category=category,
            matter=matter,
            town=names.town(ticket.area),
            place=place,
            stage=stage,
            unit=unit,
            unit_is_waiting=bool(waiting),
            parts_in=arrived,
            parts_total=total,
            part_late_ms=_part_late_ms(ticket) if total else NEVER_MS,
            kind=kind,
            start_ms=start_ms,
            risk_ms=risk_ms,
            due_ms=due_ms,
            paused_ms=paused_ms,
            until_ms=millis(ticket.recorded_until) or NEVER_MS,
            changed_ms=millis(ticket.changed_at) or 0,
            search=f"{ticket.id} {category} {matter} {place} {unit}".casefold(),
            cells=(
                words.urgency[urgency],
                number,
                category,
                matter,
                place,
                stage,
                "",
                unit,
                f"{arrived}/{total}" if total else "",
                "",
            ),
        )

"""An alarm as everybody knows it, and what follows from it: its state, whether it asks for a seat's ear. No clock in here."""

from datetime import datetime, timedelta

from msgspec import Struct, field

from domain.alarms.words import RANK, AlarmState, Severity, ShelveReason, Trigger
from domain.documents import DocumentState
from domain.ids import SeatId, TicketId
from domain.vocabulary import Role

MAX_SHELF = timedelta(hours=4)
UNANSWERED = timedelta(minutes=2)
"""An alarm that its seat has not answered for this long (business time) is everybody's: it must not ring in an empty chair."""
MOST_RINGS = 48
"""Ring instants that an alarm remembers, the latest: enough for four hours of load."""
MOST_STEPS = 40


class Mark(Struct, frozen=True, omit_defaults=True):
    """Who did it, as role and seat, and when. Never an account (screens.md §1.7)."""

    role: Role
    seat: SeatId
    at: datetime


class Shelf(Struct, frozen=True, omit_defaults=True):
    until: datetime
    reason: ShelveReason
    by: Mark


class Alarm(DocumentState, frozen=True, kw_only=True):
    """`source` is what it is about (ticket, camera, area and item, feed): rule and source name the alarm of a day.

    `ring` counts how often it began to ask for attention: raised, come back (also in silence, hidden), got worse, taken from the
    shelf, handed over. An acknowledgement is given for one ring, so that a late one never silences a later ring. `facts`: the figures of its sentence.
    `hits`: how many single occurrences are merged in it.
    """

    rule: str
    rule_version: int
    trigger: Trigger
    severity: Severity
    source: str
    ticket: TicketId | None = None
    camera: str = ""
    facts: dict[str, int | str] = field(default_factory=dict)
    roles: tuple[Role, ...] = ()
    seat: SeatId = SeatId("")
    active: bool = True
    raised_at: datetime
    cleared_at: datetime | None = None
    ring: int = 1
    rang_at: tuple[datetime, ...] = ()
    hits: int = 1
    weight: int = 1
    """The figure last told, see Cause."""
    ack: Mark | None = None
    shelf: Shelf | None = None
    suppressed_by: str = ""
    steps: dict[int, Mark] = field(default_factory=dict)
    """Ticked steps of the action card."""
    notes: int = 0


def key_of(rule: str, source: str) -> str:
    return f"{rule}:{source}"


def state_of(alarm: Alarm) -> AlarmState:
    """A suppressed one that clears is over: it never rang, and the alarm that hid it told of it."""
    if not alarm.active and (alarm.ack is not None or alarm.suppressed_by):
        return AlarmState.ENDED
    if alarm.shelf is not None:
        return AlarmState.SHELVED
    if not alarm.active:
        return AlarmState.CLEARED
    if alarm.ack is not None:
        return AlarmState.ACKED
    return AlarmState.SUPPRESSED if alarm.suppressed_by else AlarmState.UNACKED


def order_key(alarm: Alarm) -> tuple[int, float, str]:
    """Inside a group: severity, then time (the oldest ring first), then name."""
    at = alarm.rang_at[-1] if alarm.rang_at else alarm.raised_at
    return RANK[alarm.severity], at.timestamp(), alarm.id


def newest_first(alarm: Alarm) -> tuple[int, float, str]:
    """On the wall's strip: severity, then the newest first (screens.md §4a)."""
    severity, at, name = order_key(alarm)
    return severity, -at, name


def concerns(alarm: Alarm, role: Role, seat: str) -> bool:
    """Whether it is this seat's to answer: handed to it, meant for its role, or for all. The shift leader answers for every role."""
    if alarm.seat:
        return alarm.seat == seat
    return not alarm.roles or role in alarm.roles or role is Role.SHIFT_LEADER


def calls(alarm: Alarm, role: Role, seat: str, now: datetime) -> bool:
    """Whether it asks for this seat's ear now, whatever the severity. Never once acknowledged, shelved or suppressed."""
    if state_of(alarm) is not AlarmState.UNACKED:
        return False
    last = alarm.rang_at[-1] if alarm.rang_at else alarm.raised_at
    return concerns(alarm, role, seat) or now - last > UNANSWERED

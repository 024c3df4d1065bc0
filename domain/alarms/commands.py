"""What may be asked of an alarm. Who may is in domain.alarms.kind; what becomes of it in domain.alarms.deciding."""

from datetime import datetime

from msgspec import Struct

from domain.alarms.words import Severity, ShelveReason, Trigger
from domain.documents import DocCommand
from domain.ids import SeatId, TicketId
from domain.vocabulary import Role


class Cause(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that a rule found to be so now. `weight` is the figure that makes it worse when it grows (tickets, minutes)."""

    rule: str
    rule_version: int
    trigger: Trigger
    severity: Severity
    source: str
    area: str = ""
    ticket: TicketId | None = None
    camera: str = ""
    roles: tuple[Role, ...] = ()
    facts: dict[str, int | str] = {}
    weight: int = 1


class Raise(DocCommand, frozen=True, kw_only=True, tag="raise"):
    """`hidden_by`: the alarm that hides it from the start."""

    cause: Cause
    hidden_by: str = ""


class Recur(DocCommand, frozen=True, kw_only=True, tag="recur"):
    """The cause came back, or became worse."""

    cause: Cause


class Clear(DocCommand, frozen=True, kw_only=True, tag="clear"):
    """The cause is gone."""


class Acknowledge(DocCommand, frozen=True, kw_only=True, tag="acknowledge"):
    """`ring`: the ring that this seat saw. Given twice, or by two seats, it changes nothing more."""

    ring: int


class Shelve(DocCommand, frozen=True, kw_only=True, tag="shelve"):
    until: datetime
    reason: ShelveReason
    text: str = ""


class Unshelve(DocCommand, frozen=True, kw_only=True, tag="unshelve"):
    """By a person at any time; by the centre when the time is over."""


class HandOver(DocCommand, frozen=True, kw_only=True, tag="hand_over"):
    seat: SeatId


class AddNote(DocCommand, frozen=True, kw_only=True, tag="note"):
    text: str


class Tick(DocCommand, frozen=True, kw_only=True, tag="tick"):
    """A step of the action card is done, or not done after all."""

    step: int
    done: bool = True


class Suppress(DocCommand, frozen=True, kw_only=True, tag="suppress"):
    """`by`: id of the alarm whose rule says that this one tells nothing new."""

    by: str


class Release(DocCommand, frozen=True, kw_only=True, tag="release"):
    pass


Command = Raise | Recur | Clear | Acknowledge | Shelve | Unshelve | HandOver | AddNote | Tick | Suppress | Release

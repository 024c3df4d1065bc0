"""What happened to an alarm. No free text: notes and own reasons are private texts beside the event."""

from datetime import datetime

from domain.alarms.commands import Cause
from domain.alarms.words import ShelveReason
from domain.documents import DocEvent
from domain.ids import SeatId
from domain.vocabulary import Role


class Raised(DocEvent, frozen=True, kw_only=True, tag="raised"):
    """`hidden_by`: it begins suppressed and rings nobody."""

    cause: Cause
    hidden_by: str = ""


class Recurred(DocEvent, frozen=True, kw_only=True, tag="recurred"):
    """`rings`: it asks for attention anew; else it was merged into what is known."""

    cause: Cause
    rings: bool


class Cleared(DocEvent, frozen=True, kw_only=True, tag="cleared"):
    pass


class Acknowledged(DocEvent, frozen=True, kw_only=True, tag="acknowledged"):
    """`first` False: somebody had done so before; nothing changes but the record."""

    role: Role
    seat: SeatId = SeatId("")
    first: bool = True


class Shelved(DocEvent, frozen=True, kw_only=True, tag="shelved"):
    until: datetime
    reason: ShelveReason
    role: Role
    seat: SeatId = SeatId("")


class Unshelved(DocEvent, frozen=True, kw_only=True, tag="unshelved"):
    expired: bool = False


class HandedOver(DocEvent, frozen=True, kw_only=True, tag="handed_over"):
    seat: SeatId


class Noted(DocEvent, frozen=True, kw_only=True, tag="noted"):
    pass


class Ticked(DocEvent, frozen=True, kw_only=True, tag="ticked"):
    step: int
    role: Role
    seat: SeatId = SeatId("")
    done: bool = True


class Suppressed(DocEvent, frozen=True, kw_only=True, tag="suppressed"):
    by: str


class Released(DocEvent, frozen=True, kw_only=True, tag="released"):
    pass


Event = (
    Raised
    | Recurred
    | Cleared
    | Acknowledged
    | Shelved
    | Unshelved
    | HandedOver
    | Noted
    | Ticked
    | Suppressed
    | Released
)

"""What became true: past-tense values, one per versioned command. An event carries every computed instant, so that
`domain.projection` needs no calendar and no catalogue and gives the same ticket on server, mirror and cache.

`parts` is always the full list of participations from now on; where it has a default, empty means unchanged.
"""

from datetime import datetime
from functools import cache

from msgspec import Struct

from domain.ids import AreaCode, ItemCode, TicketId, UnitId
from domain.ticket import Clock, Participation, Placement, Point, Request, StageClock
from domain.vocabulary import (
    CheckResult,
    ClosingFlaw,
    Level,
    Loop,
    Mediation,
    Opinion,
    Source,
    SuperviseReason,
    Urgency,
    Verification,
)


class Base(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type"):
    """Unknown fields are ignored when read, so that an older desk can follow a newer server (protocol N and N-1)."""


class Reported(Base, frozen=True, kw_only=True, tag="reported"):
    source: Source
    external_ref: str
    area: AreaCode
    item: ItemCode
    item_version: int
    nature: str = ""
    channel: str = ""
    urgency: Urgency = Urgency.NORMAL
    loop: Loop = Loop.GRID
    level: Level = Level.TOWN
    point: Point | None = None
    unit: UnitId | None = None
    simulated: bool = False
    recorded_until: datetime | None = None
    stage: StageClock | None = None
    placement: Placement | None = None


class VerificationRequested(Base, frozen=True, kw_only=True, tag="verification_requested"):
    stage: StageClock


class VerificationRecorded(Base, frozen=True, kw_only=True, tag="verification_recorded"):
    result: Verification
    stage: StageClock | None = None


class Filed(Base, frozen=True, kw_only=True, tag="filed"):
    item: ItemCode
    item_version: int
    urgency: Urgency
    business: Clock | None
    stage: StageClock | None


class Refused(Base, frozen=True, kw_only=True, tag="refused"):
    referred_to: str = ""
    no_item: bool = False


class Merged(Base, frozen=True, kw_only=True, tag="merged"):
    into: TicketId


class Dispatched(Base, frozen=True, kw_only=True, tag="dispatched"):
    """Also redispatch (`again`) and redirect (`redirected`). `parts` is the full list of participations from now on.

    `held` is the interrupted handling clock where the same unit gets the ticket back, else None (it restarts).
    """

    lead: UnitId
    parts: tuple[Participation, ...]
    stage: StageClock | None
    held: StageClock | None = None
    again: bool = False
    redirected: bool = False
    problem: bool = False
    binding: bool = False
    level: Level | None = None
    """Set where this redispatch made it a problem ticket and so moved it up."""


class Withdrawn(Base, frozen=True, kw_only=True, tag="withdrawn"):
    stage: StageClock | None


class Signed(Base, frozen=True, kw_only=True, tag="signed"):
    """`on_behalf` here and below: 代办, the centre recorded what this unit told by phone."""

    stage: StageClock | None
    parts: tuple[Participation, ...] = ()
    on_behalf: UnitId | None = None


class Returned(Base, frozen=True, kw_only=True, tag="returned"):
    stage: StageClock | None
    held: StageClock | None = None
    problem: bool = False
    level: Level | None = None


class ResultReported(Base, frozen=True, kw_only=True, tag="result_reported"):
    resolved_level: Level
    stage: StageClock | None
    held: StageClock | None = None
    parts: tuple[Participation, ...] = ()
    parts_open_reason: str = ""
    on_behalf: UnitId | None = None


class Requested(Base, frozen=True, kw_only=True, tag="requested"):
    """A delay or a suspension was asked for."""

    request: Request


class RequestApproved(Base, frozen=True, kw_only=True, tag="request_approved"):
    """The department agreed to a delay; the dispatcher decides next."""


class DelayGranted(Base, frozen=True, kw_only=True, tag="delay_granted"):
    stage: StageClock | None
    business: Clock | None
    parts: tuple[Participation, ...] = ()


class RequestRefused(Base, frozen=True, kw_only=True, tag="request_refused"):
    pass


class Suspended(Base, frozen=True, kw_only=True, tag="suspended"):
    until: datetime
    stage: StageClock | None
    business: Clock | None


class Resumed(Base, frozen=True, kw_only=True, tag="resumed"):
    by_itself: bool
    stage: StageClock | None
    business: Clock | None
    parts: tuple[Participation, ...] = ()


class PartsChanged(Base, frozen=True, kw_only=True, tag="parts_changed"):
    """Units were added or whistled, checked in, reported, or were judged: `what` names the command, `unit` whose part."""

    what: str
    unit: UnitId | None
    parts: tuple[Participation, ...]
    on_behalf: UnitId | None = None


class Escalated(Base, frozen=True, kw_only=True, tag="escalated"):
    level: Level
    by_itself: bool
    stage: StageClock | None
    parts: tuple[Participation, ...] = ()


class CheckRequested(Base, frozen=True, kw_only=True, tag="check_requested"):
    stage: StageClock | None


class CheckRecorded(Base, frozen=True, kw_only=True, tag="check_recorded"):
    result: CheckResult
    stage: StageClock | None
    held: StageClock | None = None
    parts: tuple[Participation, ...] = ()


class Closed(Base, frozen=True, kw_only=True, tag="closed"):
    on_time: bool | None
    resolved_level: Level
    parts: tuple[Participation, ...] = ()
    mediation: Mediation | None = None
    """Of a dispute; None of every other matter, and of what was closed before the field was there."""


class ClosingRejected(Base, frozen=True, kw_only=True, tag="closing_rejected"):
    flaw: ClosingFlaw
    stage: StageClock | None
    parts: tuple[Participation, ...] = ()


class Reopened(Base, frozen=True, kw_only=True, tag="reopened"):
    stage: StageClock | None
    parts: tuple[Participation, ...] = ()


class ForceClosed(Base, frozen=True, kw_only=True, tag="force_closed"):
    pass


class Voided(Base, frozen=True, kw_only=True, tag="voided"):
    pass


class UrgencyRaised(Base, frozen=True, kw_only=True, tag="urgency_raised"):
    urgency: Urgency


class Relocated(Base, frozen=True, kw_only=True, tag="relocated"):
    area: AreaCode


class ParentSet(Base, frozen=True, kw_only=True, tag="parent_set"):
    parent: TicketId | None


class Reminded(Base, frozen=True, kw_only=True, tag="reminded"):
    pass


class Supervised(Base, frozen=True, kw_only=True, tag="supervised"):
    reason: SuperviseReason


class SupervisionSettled(Base, frozen=True, kw_only=True, tag="supervision_settled"):
    pass


class CalledBack(Base, frozen=True, kw_only=True, tag="called_back"):
    reached: bool
    solved: bool | None = None
    opinion: Opinion | None = None


class Appealed(Base, frozen=True, kw_only=True, tag="appealed"):
    pass


class AppealReviewed(Base, frozen=True, kw_only=True, tag="appeal_reviewed"):
    reviewer: str
    grant: bool
    granted: bool | None = None


class Commented(Base, frozen=True, kw_only=True, tag="commented"):
    """Raises no version; its text is a private field."""


class Recalculated(Base, frozen=True, kw_only=True, tag="recalculated"):
    stage: StageClock | None
    business: Clock | None
    held: StageClock | None = None
    parts: tuple[Participation, ...] = ()


TicketEvent = (
    Reported
    | VerificationRequested
    | VerificationRecorded
    | Filed
    | Refused
    | Merged
    | Dispatched
    | Withdrawn
    | Signed
    | Returned
    | ResultReported
    | Requested
    | RequestApproved
    | DelayGranted
    | RequestRefused
    | Suspended
    | Resumed
    | PartsChanged
    | Escalated
    | CheckRequested
    | CheckRecorded
    | Closed
    | ClosingRejected
    | Reopened
    | ForceClosed
    | Voided
    | UrgencyRaised
    | Relocated
    | ParentSet
    | Reminded
    | Supervised
    | SupervisionSettled
    | CalledBack
    | Appealed
    | AppealReviewed
    | Commented
    | Recalculated
)


def name_of(event: Base) -> str:
    """Wire name of an event, for example `result_reported`."""
    return _tag_of(type(event))


@cache
def _tag_of(kind: type[Base]) -> str:
    tag = kind.__struct_config__.tag
    assert isinstance(tag, str)
    return tag

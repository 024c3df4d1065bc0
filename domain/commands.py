"""What somebody wants: imperative values. A command never says who sends it; the actor comes from the session.

`text` is free text of a person. It may hold personal data, so it never enters an event body: `decide` hands it on as a
private field of the event. Every versioned command becomes exactly one event on its ticket.
"""

from datetime import datetime
from functools import cache

from msgspec import Struct

from domain.ids import AreaCode, ItemCode, TicketId, UnitId
from domain.ticket import Limit, Point
from domain.vocabulary import (
    CheckResult,
    ClosingFlaw,
    Level,
    Loop,
    Opinion,
    Source,
    SuperviseReason,
    Urgency,
    Verification,
)


class Base(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="do", forbid_unknown_fields=True):
    """Unknown fields are refused, so that they can change nothing (S22)."""


class Report(Base, frozen=True, kw_only=True, tag="report"):
    """A matter arrives. `source` + `external_ref` is the idempotency key: the same pair is the same ticket."""

    source: Source
    external_ref: str
    area: AreaCode
    item: ItemCode
    nature: str = ""
    channel: str = ""
    """The channel in the source's own words (@坪山, 12319 …)."""
    urgency: Urgency | None = None
    loop: Loop = Loop.GRID
    point: Point | None = None
    unit: UnitId | None = None
    text: str = ""
    caller: str = ""
    """Who called. This, the number and the door are private fields: never in an event, masked for masked sessions."""
    phone: str = ""
    address: str = ""
    simulated: bool = False
    recorded_until: datetime | None = None
    """Last instant that the record covers (replays): the ticket is never judged against a later moment."""


class RequestVerification(Base, frozen=True, kw_only=True, tag="request_verification"):
    text: str = ""


class RecordVerification(Base, frozen=True, kw_only=True, tag="record_verification"):
    result: Verification
    text: str = ""


class File(Base, frozen=True, kw_only=True, tag="file"):
    item: ItemCode | None = None
    urgency: Urgency | None = None
    text: str = ""


class Refuse(Base, frozen=True, kw_only=True, tag="refuse"):
    text: str
    referred_to: str = ""
    no_item: bool = False
    """The list has no item for it: the editor of the list gets it as a proposal."""


class Merge(Base, frozen=True, kw_only=True, tag="merge"):
    into: TicketId
    text: str = ""


class Dispatch(Base, frozen=True, kw_only=True, tag="dispatch"):
    lead: UnitId
    co_units: tuple[UnitId, ...] = ()
    text: str = ""


class Withdraw(Base, frozen=True, kw_only=True, tag="withdraw"):
    """Take a dispatch back within 10 s, before the unit has signed."""


class Redirect(Base, frozen=True, kw_only=True, tag="redirect"):
    lead: UnitId
    text: str


class Sign(Base, frozen=True, kw_only=True, tag="sign"):
    pass


class Return(Base, frozen=True, kw_only=True, tag="return"):
    text: str


class ReportResult(Base, frozen=True, kw_only=True, tag="report_result"):
    resolved_level: Level
    text: str = ""
    parts_open_reason: str = ""


class RequestDelay(Base, frozen=True, kw_only=True, tag="request_delay"):
    extra: Limit
    text: str


class ApproveDelay(Base, frozen=True, kw_only=True, tag="approve_delay"):
    """First the department, then the dispatcher; the second approval moves the limits."""


class RefuseDelay(Base, frozen=True, kw_only=True, tag="refuse_delay"):
    text: str


class RequestSuspend(Base, frozen=True, kw_only=True, tag="request_suspend"):
    until: datetime
    text: str


class ApproveSuspend(Base, frozen=True, kw_only=True, tag="approve_suspend"):
    pass


class RefuseSuspend(Base, frozen=True, kw_only=True, tag="refuse_suspend"):
    text: str


class Resume(Base, frozen=True, kw_only=True, tag="resume"):
    text: str = ""


class AddCoUnits(Base, frozen=True, kw_only=True, tag="add_co_units"):
    units: tuple[UnitId, ...]
    text: str = ""


class Whistle(Base, frozen=True, kw_only=True, tag="whistle"):
    """吹哨: call a unit one level up; it must check in within its limit."""

    unit: UnitId
    text: str


class CheckIn(Base, frozen=True, kw_only=True, tag="check_in"):
    unit: UnitId


class ReportPart(Base, frozen=True, kw_only=True, tag="report_part"):
    unit: UnitId
    text: str = ""


class ActFor(Base, frozen=True, kw_only=True, tag="act_for"):
    """代办: a dispatcher records what a unit did and told by phone. `act` is the wire name of the unit's own command.

    `text` says who told it and how; it is required, because the unit itself leaves no trace here.
    """

    unit: UnitId
    act: str  # "sign" | "report_result" | "check_in" | "report_part"
    text: str
    resolved_level: Level | None = None
    parts_open_reason: str = ""


class JudgePart(Base, frozen=True, kw_only=True, tag="judge_part"):
    unit: UnitId
    accepted: bool
    text: str = ""


class Escalate(Base, frozen=True, kw_only=True, tag="escalate"):
    text: str = ""


class RequestCheck(Base, frozen=True, kw_only=True, tag="request_check"):
    pass


class RecordCheck(Base, frozen=True, kw_only=True, tag="record_check"):
    result: CheckResult
    text: str = ""


class Close(Base, frozen=True, kw_only=True, tag="close"):
    """`settled`: of a dispute (`catalogue.Item.is_dispute`), whether mediation settled it; None = not stated."""

    text: str = ""
    settled: bool | None = None


class RejectClosing(Base, frozen=True, kw_only=True, tag="reject_closing"):
    flaw: ClosingFlaw
    text: str = ""


class Reopen(Base, frozen=True, kw_only=True, tag="reopen"):
    text: str


class ForceClose(Base, frozen=True, kw_only=True, tag="force_close"):
    text: str


class Void(Base, frozen=True, kw_only=True, tag="void"):
    text: str


class RaiseUrgency(Base, frozen=True, kw_only=True, tag="raise_urgency"):
    urgency: Urgency
    text: str


class Relocate(Base, frozen=True, kw_only=True, tag="relocate"):
    """The place turns out to lie in another area: the ticket moves, and with it who sees it."""

    area: AreaCode
    text: str = ""


class SetParent(Base, frozen=True, kw_only=True, tag="set_parent"):
    parent: TicketId | None
    text: str = ""


class Remind(Base, frozen=True, kw_only=True, tag="remind"):
    text: str = ""


class Supervise(Base, frozen=True, kw_only=True, tag="supervise"):
    reason: SuperviseReason
    text: str


class SettleSupervision(Base, frozen=True, kw_only=True, tag="settle_supervision"):
    text: str


class RecordCallBack(Base, frozen=True, kw_only=True, tag="record_call_back"):
    reached: bool
    solved: bool | None = None
    opinion: Opinion | None = None
    text: str = ""


class FileAppeal(Base, frozen=True, kw_only=True, tag="appeal"):
    text: str


class ReviewAppeal(Base, frozen=True, kw_only=True, tag="review_appeal"):
    grant: bool
    text: str


class Comment(Base, frozen=True, kw_only=True, tag="comment"):
    """Needs no version and raises none: an entity of its own."""

    text: str


class Recalculate(Base, frozen=True, kw_only=True, tag="recalculate"):
    """The calendar changed: limits of an open ticket are computed anew (system only)."""


Command = (
    Report
    | RequestVerification
    | RecordVerification
    | File
    | Refuse
    | Merge
    | Dispatch
    | Withdraw
    | Redirect
    | Sign
    | Return
    | ReportResult
    | RequestDelay
    | ApproveDelay
    | RefuseDelay
    | RequestSuspend
    | ApproveSuspend
    | RefuseSuspend
    | Resume
    | AddCoUnits
    | Whistle
    | CheckIn
    | ReportPart
    | ActFor
    | JudgePart
    | Escalate
    | RequestCheck
    | RecordCheck
    | Close
    | RejectClosing
    | Reopen
    | ForceClose
    | Void
    | RaiseUrgency
    | Relocate
    | SetParent
    | Remind
    | Supervise
    | SettleSupervision
    | RecordCallBack
    | FileAppeal
    | ReviewAppeal
    | Comment
    | Recalculate
)

COMMAND_TYPES: tuple[type[Base], ...] = Command.__args__


def name_of(command: Base | type[Base]) -> str:
    """Wire name of a command, for example `request_check`."""
    return _tag_of(command if isinstance(command, type) else type(command))


@cache
def _tag_of(kind: type[Base]) -> str:
    tag = kind.__struct_config__.tag
    assert isinstance(tag, str)
    return tag


UNVERSIONED = frozenset({"report", "comment"})
"""Commands that need no expected_version: they create, or touch, an entity of their own."""

OFFLINE_ALLOWED = frozenset(
    {"comment", "dispatch", "return", "sign", "report_result", "remind", "check_in", "report_part", "withdraw"}
)
"""domain.md §3: what may be queued while the line is down. Everything else is refused at the desk with a reason."""

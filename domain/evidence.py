"""Photos of a ticket (证据照片): before and after the work, each a document of its own that belongs to the ticket.

A photo is added, and may be withdrawn with a reason; it is never deleted or exchanged. The same picture stands once with a ticket.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from msgspec.structs import replace

from domain.actor import Actor, key_of
from domain.documents import (
    BlobRef,
    DocCommand,
    DocContext,
    DocDecision,
    DocEvent,
    DocKind,
    DocumentState,
    refuse,
)
from domain.ids import SeatId, TicketId, UnitId
from domain.lifecycle.core import Rejection
from domain.vocabulary import Role

NAME = "evidence"
_CLOCK_SLACK = timedelta(minutes=5)
"""A camera's clock may be ahead by this; a picture from later than that is a wrong date."""


class Moment(StrEnum):
    """Which side of the work a picture shows. Pairs of BEFORE and AFTER stand side by side."""

    BEFORE = "before"
    AFTER = "after"
    SITE = "site"


class EvidenceCode(StrEnum):
    NO_TICKET = "no_ticket"  # there is no such ticket for this session
    NOT_A_PICTURE = "not_a_picture"  # a paper is no photo
    BAD_TIME = "bad_time"  # taken without a zone, or in the future
    WITHDRAWN_ALREADY = "withdrawn_already"
    NOT_YOURS = "not_yours"  # only who added it, or the shift leader, withdraws it
    REASON_REQUIRED = "reason_required"


class Attach(DocCommand, frozen=True, kw_only=True, tag="attach"):
    ticket: TicketId
    moment: Moment
    photo: BlobRef
    taken_at: datetime | None = None
    text: str = ""


class WithdrawPhoto(DocCommand, frozen=True, kw_only=True, tag="withdraw_photo"):
    text: str


class Attached(DocEvent, frozen=True, kw_only=True, tag="attached"):
    ticket: TicketId
    moment: Moment
    photo: BlobRef
    area: str
    units: tuple[str, ...] = ()
    taken_at: datetime | None = None
    seat: SeatId = SeatId("")
    unit: UnitId | None = None


class PhotoWithdrawn(DocEvent, frozen=True, kw_only=True, tag="photo_withdrawn"):
    pass


class Evidence(DocumentState, frozen=True, kw_only=True):
    """`area` and `units` are the ticket's when the photo came; who sees the ticket today sees it too (DocKind.ticket_of)."""

    ticket: TicketId
    moment: Moment
    photo: BlobRef
    added_at: datetime
    taken_at: datetime | None = None
    seat: SeatId = SeatId("")
    unit: UnitId | None = None
    withdrawn: bool = False


Command = Attach | WithdrawPhoto
EvidenceEvent = Attached | PhotoWithdrawn


def prefix_of(ticket: TicketId) -> str:
    """How the ids of all photos of a ticket begin: they are found by it."""
    return f"ZP-{ticket}-"


def decide(command: Command, evidence: Evidence | None, ctx: DocContext) -> DocDecision | Rejection:
    if isinstance(command, WithdrawPhoto):
        assert evidence is not None
        return _withdraw(command, evidence, ctx)
    ticket = ctx.ticket(command.ticket)
    if ticket is None:
        return refuse(EvidenceCode.NO_TICKET, ticket=command.ticket)
    if not command.photo.media_type.startswith("image/"):
        return refuse(EvidenceCode.NOT_A_PICTURE, media_type=command.photo.media_type)
    taken = command.taken_at
    if taken is not None and (taken.tzinfo is None or taken > ctx.now + _CLOCK_SLACK):
        return refuse(EvidenceCode.BAD_TIME)
    key = key_of(ticket)
    event = Attached(
        ticket=ticket.id,
        moment=command.moment,
        photo=command.photo,
        area=key.area,
        units=key.units,
        taken_at=taken,
        seat=ctx.actor.seat,
        unit=ctx.actor.unit,
    )
    return DocDecision(event, _private(command.text))


def _withdraw(command: WithdrawPhoto, evidence: Evidence, ctx: DocContext) -> DocDecision | Rejection:
    if evidence.withdrawn:
        return refuse(EvidenceCode.WITHDRAWN_ALREADY)
    if not may_withdraw(evidence, ctx.actor):
        return refuse(EvidenceCode.NOT_YOURS)
    if not command.text.strip():
        return refuse(EvidenceCode.REASON_REQUIRED)
    return DocDecision(PhotoWithdrawn(), _private(command.text))


def may_withdraw(evidence: Evidence, actor: Actor) -> bool:
    """Who brought the photo, and the shift leader."""
    own = (evidence.seat, evidence.unit) == (actor.seat, actor.unit)
    return own or actor.role is Role.SHIFT_LEADER


def _private(text: str) -> dict[str, str]:
    return {"text": text.strip()} if text.strip() else {}


def apply(evidence: Evidence | None, doc_id: str, version: int, event: EvidenceEvent, at: datetime) -> Evidence:
    if isinstance(event, Attached):
        return Evidence(
            id=doc_id,
            version=version,
            changed_at=at,
            area=event.area,
            units=event.units,
            is_open=False,  # desks forget it after a day and ask for it with its ticket
            ticket=event.ticket,
            moment=event.moment,
            photo=event.photo,
            added_at=at,
            taken_at=event.taken_at,
            seat=event.seat,
            unit=event.unit,
        )
    assert evidence is not None
    return replace(evidence, version=version, changed_at=at, withdrawn=True)


def _new_id(command: Any, _n: int, _day: date) -> str:
    return f"{prefix_of(command.ticket)}{command.photo.sha256[:16]}"


_WHO = frozenset(
    {
        Role.COLLECTOR,
        Role.REGISTRAR,
        Role.DISPATCHER,
        Role.COORDINATOR,
        Role.HANDLER,
        Role.CHECKER,
        Role.SHIFT_LEADER,
        Role.SOURCE,
    }
)

EVIDENCE = DocKind(
    name=NAME,
    commands=Command,
    events=EvidenceEvent,
    state=Evidence,
    decide=decide,
    apply=apply,
    new_id=_new_id,
    roles={"attach": _WHO, "withdraw_photo": _WHO - {Role.SOURCE}},
    creates=frozenset({"attach"}),
    offline_allowed=frozenset({"attach"}),
    blobs=lambda evidence: (evidence.photo,),
    ticket_of=lambda evidence: evidence.ticket,
)
__all__ = ["EVIDENCE", "Attach", "Evidence", "EvidenceCode", "Moment", "WithdrawPhoto", "may_withdraw", "prefix_of"]

"""The toy kind of document that docs/documents.md explains: a notice on the board that people tick off. For tests only."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import field
from msgspec.structs import replace

from domain.documents import (
    BlobRef,
    DocCommand,
    DocContext,
    DocDecision,
    DocEvent,
    DocKind,
    DocumentState,
    numbered,
    refuse,
)
from domain.ids import TicketId
from domain.lifecycle.core import Rejection
from domain.vocabulary import Role


class NoticeCode(StrEnum):
    TAKEN_DOWN = "taken_down"  # it no longer hangs
    TICKED_ALREADY = "ticked_already"  # [seat]
    UNKNOWN_AREA = "unknown_area"  # [area]


class Post(DocCommand, frozen=True, kw_only=True, tag="post"):
    area: str = ""
    units: tuple[str, ...] = ()
    ticket: TicketId | None = None
    text: str = ""


class Tick(DocCommand, frozen=True, kw_only=True, tag="tick"):
    """Seen by this seat."""


class Move(DocCommand, frozen=True, kw_only=True, tag="move"):
    area: str
    units: tuple[str, ...] = ()


class Attach(DocCommand, frozen=True, kw_only=True, tag="attach"):
    file: BlobRef


class TakeDown(DocCommand, frozen=True, kw_only=True, tag="take_down"):
    text: str = ""


class Posted(DocEvent, frozen=True, kw_only=True, tag="posted"):
    area: str = ""
    units: tuple[str, ...] = ()
    ticket: TicketId | None = None


class Ticked(DocEvent, frozen=True, kw_only=True, tag="ticked"):
    seat: str
    seconds: float
    """Business seconds since it was posted: computed by `decide`, so that no fold needs a clock."""


class Moved(DocEvent, frozen=True, kw_only=True, tag="moved"):
    area: str
    units: tuple[str, ...] = ()


class Attached(DocEvent, frozen=True, kw_only=True, tag="attached"):
    file: BlobRef


class TakenDown(DocEvent, frozen=True, kw_only=True, tag="taken_down"):
    pass


class Notice(DocumentState, frozen=True, kw_only=True):
    posted_at: datetime
    ticket: TicketId | None = None
    ticks: dict[str, float] = field(default_factory=dict)
    files: tuple[BlobRef, ...] = ()


Command = Post | Tick | Move | Attach | TakeDown
Event = Posted | Ticked | Moved | Attached | TakenDown


def decide(command: Command, notice: Notice | None, ctx: DocContext) -> DocDecision | Rejection:
    if isinstance(command, Post):
        if command.area and command.area not in ctx.rules.areas:
            return refuse(NoticeCode.UNKNOWN_AREA, area=command.area)
        event = Posted(area=command.area, units=command.units, ticket=command.ticket)
        return DocDecision(event, {"text": command.text} if command.text else {})
    assert notice is not None  # domain.documents.decide has looked
    if not notice.is_open:
        return refuse(NoticeCode.TAKEN_DOWN)
    if isinstance(command, Tick):
        seat = ctx.actor.seat
        if seat in notice.ticks:
            return refuse(NoticeCode.TICKED_ALREADY, seat=seat)
        return DocDecision(Ticked(seat=seat, seconds=(ctx.now - notice.posted_at).total_seconds()))
    if isinstance(command, Move):
        return DocDecision(Moved(area=command.area, units=command.units))
    if isinstance(command, Attach):
        return DocDecision(Attached(file=command.file))
    return DocDecision(TakenDown(), {"text": command.text} if command.text else {})


def apply(notice: Notice | None, doc_id: str, version: int, event: Event, at: datetime) -> Notice:
    if isinstance(event, Posted):
        return Notice(
            id=doc_id,
            version=version,
            area=event.area,
            units=event.units,
            changed_at=at,
            posted_at=at,
            ticket=event.ticket,
        )
    assert notice is not None
    changes: dict[str, Any] = {}
    if isinstance(event, Ticked):
        changes["ticks"] = {**notice.ticks, event.seat: event.seconds}
    elif isinstance(event, Moved):
        changes |= {"area": event.area, "units": event.units}
    elif isinstance(event, Attached):
        changes["files"] = (*notice.files, event.file)
    else:
        changes["is_open"] = False
    return replace(notice, version=version, changed_at=at, **changes)


_DESK = frozenset({Role.DISPATCHER, Role.SHIFT_LEADER, Role.SYSTEM})
NOTICE = DocKind(
    name="notice",
    commands=Command,
    events=Event,
    state=Notice,
    decide=decide,
    apply=apply,
    new_id=numbered("NB"),
    roles={
        "post": _DESK,
        "tick": _DESK | {Role.REGISTRAR, Role.HANDLER},
        "move": frozenset({Role.SHIFT_LEADER}),
        "attach": _DESK,
        "take_down": _DESK,
    },
    creates=frozenset({"post"}),
    offline_allowed=frozenset({"post", "tick"}),
    blobs=lambda notice: notice.files,
    ticket_of=lambda notice: notice.ticket,
)

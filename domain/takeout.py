"""Takeouts 出机记录: who took which list out of the system, in which form and how much of it. Written before the file is.

A record only: it is never changed, and holds nothing of what was taken out. The words of a search are private.
"""

from datetime import datetime
from enum import StrEnum

from domain.documents import DocCommand, DocContext, DocDecision, DocEvent, DocKind, DocumentState, numbered, refuse
from domain.ids import SeatId, UnitId
from domain.lifecycle.core import Rejection
from domain.vocabulary import Role

NAME = "takeout"
ROWS_MOST = 20_000


class Form(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"
    PRINT = "print"


class TakeoutCode(StrEnum):
    NOTHING = "nothing"  # a list without rows
    TOO_MANY = "too_many"  # [most]


class TakeOut(DocCommand, frozen=True, kw_only=True, tag="take_out"):
    """`list_id` names the list (queue.open …), `filters` which filters narrowed it (names, no words of a person)."""

    list_id: str
    form: Form
    rows: int
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    masked: bool = True
    text: str = ""
    """The words that were searched for."""


class TakenOut(DocEvent, frozen=True, kw_only=True, tag="taken_out"):
    list_id: str
    form: Form
    rows: int
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    masked: bool = True
    seat: SeatId = SeatId("")
    role: Role | None = None
    unit: UnitId | None = None


class Takeout(DocumentState, frozen=True, kw_only=True):
    list_id: str
    form: Form
    rows: int
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    masked: bool = True
    seat: SeatId = SeatId("")
    role: Role | None = None
    unit: UnitId | None = None
    at: datetime


def decide(command: TakeOut, _: Takeout | None, ctx: DocContext) -> DocDecision | Rejection:
    if command.rows <= 0:
        return refuse(TakeoutCode.NOTHING)
    if command.rows > ROWS_MOST:
        return refuse(TakeoutCode.TOO_MANY, most=ROWS_MOST)
    event = TakenOut(
        list_id=command.list_id,
        form=command.form,
        rows=command.rows,
        columns=command.columns,
        filters=command.filters,
        masked=command.masked,
        seat=ctx.actor.seat,
        role=ctx.actor.role,
        unit=ctx.actor.unit,
    )
    return DocDecision(event, {"text": command.text.strip()} if command.text.strip() else {})


def apply(_: Takeout | None, doc_id: str, version: int, event: TakenOut, at: datetime) -> Takeout:
    return Takeout(
        id=doc_id,
        version=version,
        changed_at=at,
        is_open=False,
        list_id=event.list_id,
        form=event.form,
        rows=event.rows,
        columns=event.columns,
        filters=event.filters,
        masked=event.masked,
        seat=event.seat,
        role=event.role,
        unit=event.unit,
        at=at,
    )


TAKEOUT = DocKind(
    name=NAME,
    commands=TakeOut,
    events=TakenOut,
    state=Takeout,
    decide=decide,
    apply=apply,
    new_id=numbered("DC"),
    roles={"take_out": frozenset(Role) - {Role.WALL, Role.SYSTEM, Role.SOURCE}},
    creates=frozenset({"take_out"}),
    offline_allowed=frozenset({"take_out"}),
)

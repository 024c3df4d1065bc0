"""What every decision is made of: context in, decision or rejection out, and the few guards that many commands share."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct

from domain import clocks
from domain.actor import Actor
from domain.catalogue import Item
from domain.events import TicketEvent
from domain.ids import AreaCode, UnitId, UserId
from domain.lifecycle.codes import Code
from domain.rules import Rules
from domain.ticket import Clock, Participation, StageClock, Ticket
from domain.vocabulary import ClockState, PartState, PauseReason, Role, Stage


class Rejection(Struct, frozen=True):
    """A refusal is a value, never an exception. `code` is one of `codes.Code`."""

    code: str
    detail: dict[str, Any] = {}


class Decision(Struct, frozen=True):
    """The one event, and the free text that belongs to it but must not stand in it."""

    event: TicketEvent
    private: dict[str, str] = {}


class Ground(Struct, frozen=True):
    """What the site's polygons say of a point: the areas of the finest level that hold it, as the site's table knows them.
    `origin`: of these polygons, "" where they are surveyed."""

    areas: tuple[AreaCode, ...] = ()
    origin: str = ""


class Context(Struct, frozen=True, kw_only=True):
    """Everything a decision may look at besides the ticket. `now` is business time.

    `other` is the ticket that the command names (merge target, parent). The counts are of the ticket decided on:
    `open_children` of it, and `followers` merged into it. `finder` is the user who reported it. `rate` is business seconds
    per real second: a hand's ten seconds to undo are real ones, also while a recorded day is replayed quickly.
    """

    actor: Actor
    now: datetime
    rules: Rules
    other: Ticket | None = None
    open_children: int = 0
    followers: int = 0
    finder: UserId | None = None
    rate: float = 1.0
    ground: Ground | None = None
    """Of a report with a point; None without one, or where the site has no polygons."""


class Offer(Struct, frozen=True, kw_only=True):
    """A command as a screen shows it: ready, or greyed with the code why not."""

    command: str
    ok: bool
    code: str = ""
    detail: dict[str, Any] = {}


Check = Callable[[Ticket, Context], Rejection | None]
"""A guard that needs no arguments of the command, so that it also answers `offers`."""
Make = Callable[[Any, Ticket, Context], Decision | Rejection]


class Step(Struct, frozen=True):
    """How one command is decided: its guard, then the rest."""

    make: Make
    check: Check | None = None


def refuse(code: Code, **detail: Any) -> Rejection:
    return Rejection(str(code), detail)


def private(text: str) -> dict[str, str]:
    """Free text of a person travels beside the event; blank text is none."""
    return {"text": text.strip()} if text.strip() else {}


def without_reason(text: str) -> Rejection | None:
    return None if text.strip() else refuse(Code.REASON_REQUIRED)


# -- units -----------------------------------------------------------------------------------------


def works_for(ctx: Context, unit: UnitId | None) -> bool:
    """Whether the actor's unit is this unit or stands above it. Only handlers are tied to a unit."""
    if ctx.actor.role is not Role.HANDLER:
        return True
    own = {ctx.actor.unit, *ctx.actor.scope.units} - {None}
    return unit is not None and any(above in own for above in ctx.rules.unit_and_above(unit))


def of_unit(ticket: Ticket, ctx: Context) -> Rejection | None:
    """Guard: a handler acts only for the unit that has the ticket."""
    return None if works_for(ctx, ticket.unit) else refuse(Code.NOT_YOUR_UNIT, unit=ticket.unit)


def unknown_unit(units: Iterable[UnitId], ctx: Context) -> Rejection | None:
    for unit in units:
        if unit not in ctx.rules.units:
            return refuse(Code.UNKNOWN_UNIT, unit=unit)
    return None


def part_of(ticket: Ticket, unit: UnitId | None) -> Participation | None:
    return next((part for part in ticket.parts if part.unit == unit), None)


def with_part(parts: tuple[Participation, ...], changed: Participation) -> tuple[Participation, ...]:
    return tuple(changed if part.unit == changed.unit else part for part in parts)


OPEN_PART = frozenset({PartState.ASKED, PartState.SIGNED, PartState.ARRIVED, PartState.RETURNED})


# -- clocks ----------------------------------------------------------------------------------------


def item_or_rejection(ticket: Ticket, ctx: Context) -> Item | Rejection:
    return ctx.rules.item_of(ticket) or refuse(Code.UNKNOWN_ITEM, item=ticket.item, version=ticket.item_version)


def is_overdue(clock: Clock | None, now: datetime) -> bool:
    return clocks.state_of(clock, now) is ClockState.OVERDUE


def paused(stage: StageClock | None, reason: PauseReason, ctx: Context) -> StageClock | None:
    if stage is None:
        return None
    return StageClock(stage.stage, clocks.pause(ctx.rules.calendar, stage.clock, reason, ctx.now))


def resumed(stage: StageClock | None, ctx: Context, at: datetime | None = None) -> StageClock | None:
    if stage is None:
        return None
    return StageClock(stage.stage, clocks.resume(ctx.rules.calendar, stage.clock, at or ctx.now))


def handling_again(ticket: Ticket, item: Item, ctx: Context) -> StageClock | None:
    """The interrupted handling clock runs on; without one it starts."""
    if ticket.held is not None:
        return resumed(ticket.held, ctx)
    return ctx.rules.stage_clock(Stage.HANDLE, ctx.now, item)

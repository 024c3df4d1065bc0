"""What all families of decisions share: guards by unit and state, limits of size, and texts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from domain.actor import Actor
from domain.documents import DocContext, DocDecision, refuse
from domain.ids import UnitId
from domain.inspection.matrix import DESK
from domain.inspection.values import Inspection, Part
from domain.inspection.words import InspectionCode as Code
from domain.inspection.words import InspectionState
from domain.lifecycle.core import Rejection
from domain.vocabulary import PartState

MOST_ITEMS = 200
MOST_PHOTOS = 12
MOST_NAME = 60
MOST_TEXT = 2000
MOST_LIMIT_DAYS = 365
MOST_METRES = 100_000.0
MOST_AGO = timedelta(hours=24)
"""What was done without a line counts from when it was done, if it comes within this."""

Check = Callable[[Inspection, DocContext], Rejection | None]
"""A guard that needs no arguments of the command: it also answers what is offered."""
Make = Callable[[Any, Inspection, DocContext], DocDecision | Rejection]


class Step(Struct, frozen=True):
    make: Make
    check: Check | None = None


def private(**texts: str) -> dict[str, str]:
    """Free texts travel beside the event; blank ones are none."""
    return {name: text.strip() for name, text in texts.items() if text.strip()}


def too_long(most: int, **texts: str) -> Rejection | None:
    for name, text in texts.items():
        if len(text) > most:
            return refuse(Code.TOO_LONG, field=name, most=most)
    return None


def without_reason(text: str) -> Rejection | None:
    return too_long(MOST_TEXT, text=text) or (None if text.strip() else refuse(Code.REASON_REQUIRED))


# -- who --------------------------------------------------------------------------------------------


def by_desk(actor: Actor) -> bool:
    return actor.role in DESK


def acts_for(ctx: DocContext, unit: UnitId | str) -> bool:
    """Whether the actor's unit is this unit or stands above it; a desk acts for every unit."""
    if by_desk(ctx.actor):
        return True
    own = {ctx.actor.unit, *ctx.actor.scope.units} - {None}
    return any(above in own for above in ctx.rules.unit_and_above(UnitId(unit)))


def not_for(ctx: DocContext, unit: UnitId) -> Rejection | None:
    return None if acts_for(ctx, unit) else refuse(Code.NOT_YOUR_UNIT, unit=unit)


def part_or_refusal(inspection: Inspection, unit: UnitId) -> Part | Rejection:
    return inspection.part(unit) or refuse(Code.NOT_A_PART, unit=unit)


def any_own_part(inspection: Inspection, ctx: DocContext, fits: Callable[[Part], Rejection | None]) -> Rejection | None:
    """Fine if it fits one of the parts that the actor may act for, else why it fits none."""
    own = [part for part in inspection.parts if acts_for(ctx, part.unit)]
    if not own:
        return refuse(Code.NOT_A_PART, unit=ctx.actor.unit)
    answers = [fits(part) for part in own]
    return None if None in answers else answers[0]


# -- parts ------------------------------------------------------------------------------------------


def with_part(parts: tuple[Part, ...], changed: Part) -> tuple[Part, ...]:
    return tuple(changed if part.unit == changed.unit else part for part in parts)


def done_at(told: datetime | None, inspection: Inspection, ctx: DocContext) -> datetime | Rejection:
    """The instant by which an act on site is judged. The log keeps beside it when the server heard of it."""
    if told is None:
        return ctx.now
    asked_at = inspection.reached.get(InspectionState.ISSUED, ctx.now)
    if not max(asked_at, ctx.now - MOST_AGO) <= told <= ctx.now:
        return refuse(Code.BAD_TIME, hours=MOST_AGO / timedelta(hours=1))
    return told


def part_after(inspection: Inspection, part: Part, at: datetime, open_left: int) -> Part:
    """Reported as soon as the unit is there and nothing of its list is open. A part that was scored stays as it is."""
    if part.score is not None or part.arrived_at is None or open_left or part.state is PartState.REPORTED:
        return part
    return replace(part, state=PartState.REPORTED, reported_at=max(at, part.arrived_at))


def state_of_findings(inspection: Inspection, open_left: int) -> InspectionState:
    """Under way while a cell is open. A list that was ended with cells open stays ended."""
    if inspection.state is InspectionState.FINDINGS_IN:
        return inspection.state
    return InspectionState.UNDER_WAY if open_left else InspectionState.FINDINGS_IN

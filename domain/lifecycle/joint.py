"""Joint handling 协办: co-units, whistle 吹哨, check-in 报到, parts reported and judged, and each unit's own score (domain.md §5)."""

from collections.abc import Callable

from msgspec.structs import replace

from domain import commands, events
from domain.ids import UnitId
from domain.lifecycle.codes import Code
from domain.lifecycle.core import (
    OPEN_PART,
    Context,
    Decision,
    Rejection,
    Step,
    item_or_rejection,
    of_unit,
    part_of,
    private,
    refuse,
    unknown_unit,
    with_part,
    without_reason,
    works_for,
)
from domain.lifecycle.dispatching import co_part
from domain.rules import ScoreWeights
from domain.ticket import Participation, Ticket
from domain.vocabulary import PartState, Role

PartGuard = Callable[[Participation], Rejection | None]


def score(part: Participation, weights: ScoreWeights) -> float:
    """Points of 100 for one unit's part. A point that cannot be earned (no limit) is left out of the whole."""
    checked_in_at = part.signed_at if part.lead else part.arrived_at or part.signed_at
    done = part.state is PartState.ACCEPTED
    points = [(weights.complete, done), (weights.accepted_first, done and part.returns == 0)]
    if part.check_in_due_at is not None:
        points.append((weights.check_in, checked_in_at is not None and checked_in_at <= part.check_in_due_at))
    if part.due_at is not None:
        points.append((weights.on_time, part.reported_at is not None and part.reported_at <= part.due_at))
    possible = sum(weight for weight, _ in points)
    return 100 * sum(weight for weight, earned in points if earned) / possible if possible else 0.0


def settled(parts: tuple[Participation, ...], ctx: Context) -> tuple[Participation, ...]:
    """Every part at closing: what was reported and not judged is accepted with the whole; all are scored."""

    def final(part: Participation) -> Participation:
        if part.state is PartState.REPORTED:
            part = replace(part, state=PartState.ACCEPTED, accepted_at=ctx.now)
        return replace(part, score=score(part, ctx.rules.weights))

    return tuple(final(part) for part in parts)


# -- asking units ----------------------------------------------------------------------------------


def _add_co_units(command: commands.AddCoUnits, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    if not command.units:
        return refuse(Code.NO_UNITS)
    wrong = unknown_unit(command.units, ctx)
    if wrong:
        return wrong
    parts = list(ticket.parts)
    for unit in command.units:
        if any(part.unit == unit for part in parts):
            return refuse(Code.ALREADY_PART, unit=unit)
        parts.append(co_part(unit, item, ctx))
    return Decision(events.PartsChanged(what="add_co_units", unit=None, parts=tuple(parts)), private(command.text))


def _whistler_kind(ticket: Ticket, ctx: Context) -> str:
    """From where the whistle is blown: the grid for a collector, else the actor's own or the lead unit's kind."""
    if ctx.actor.role is Role.COLLECTOR:
        return "grid"
    own = ctx.actor.unit if ctx.actor.role is Role.HANDLER else ticket.unit
    unit = ctx.rules.units.get(own) if own is not None else None
    return unit.kind if unit else ""


def _may_whistle(ticket: Ticket, ctx: Context) -> Rejection | None:
    if ctx.actor.role is Role.HANDLER and part_of(ticket, ctx.actor.unit) is None:
        return refuse(Code.NOT_YOUR_UNIT, unit=ticket.unit)
    kind = _whistler_kind(ticket, ctx)
    return None if ctx.rules.whistle_up.get(kind) else refuse(Code.WHISTLE_NOT_UP, kind=kind)


def _whistle(command: commands.Whistle, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    wrong = without_reason(command.text) or unknown_unit((command.unit,), ctx)
    if wrong:
        return wrong
    kind = ctx.rules.units[command.unit].kind
    if kind not in ctx.rules.whistle_up.get(_whistler_kind(ticket, ctx), frozenset()):
        return refuse(Code.WHISTLE_NOT_UP, kind=kind)
    if part_of(ticket, command.unit) is not None:
        return refuse(Code.ALREADY_PART, unit=command.unit)
    parts = (*ticket.parts, co_part(command.unit, item, ctx, whistled=True))
    return Decision(events.PartsChanged(what="whistle", unit=command.unit, parts=parts), private(command.text))


# -- the parts themselves --------------------------------------------------------------------------


def _can_check_in(part: Participation) -> Rejection | None:
    return None if part.arrived_at is None else refuse(Code.ALREADY_CHECKED_IN)


def _can_report(part: Participation) -> Rejection | None:
    if part.whistled and part.arrived_at is None:
        return refuse(Code.CHECK_IN_FIRST)
    if part.state is PartState.ASKED:
        return refuse(Code.SIGN_FIRST)
    return None if part.state in OPEN_PART else refuse(Code.PART_REPORTED)


def _can_judge(part: Participation) -> Rejection | None:
    return None if part.state is PartState.REPORTED else refuse(Code.PART_NOT_REPORTED)


def _find(ticket: Ticket, unit: UnitId, guard: PartGuard) -> Participation | Rejection:
    part = part_of(ticket, unit)
    if part is None:
        return refuse(Code.NOT_A_PART, unit=unit)
    if part.lead:
        return refuse(Code.LEAD_PART)
    return guard(part) or part


def _any_part(ticket: Ticket, parts: list[Participation], guard: PartGuard, ctx: Context) -> Rejection | None:
    """For offers: fine if the command would fit at least one of the parts, else why it fits none."""
    if not parts:
        own = part_of(ticket, ctx.actor.unit)
        return refuse(Code.LEAD_PART) if own is not None and own.lead else refuse(Code.NOT_A_PART, unit=ctx.actor.unit)
    answers = [guard(part) for part in parts]
    return None if None in answers else answers[0]


def _own_parts(ticket: Ticket, ctx: Context) -> list[Participation]:
    return [part for part in ticket.parts if not part.lead and works_for(ctx, part.unit)]


def _may_check_in(ticket: Ticket, ctx: Context) -> Rejection | None:
    return _any_part(ticket, _own_parts(ticket, ctx), _can_check_in, ctx)


def _may_report_part(ticket: Ticket, ctx: Context) -> Rejection | None:
    return _any_part(ticket, _own_parts(ticket, ctx), _can_report, ctx)


def _may_judge_part(ticket: Ticket, ctx: Context) -> Rejection | None:
    """The lead judges its co-units, never itself."""
    wrong = of_unit(ticket, ctx)
    return wrong or _any_part(ticket, [part for part in ticket.parts if not part.lead], _can_judge, ctx)


def _check_in(command: commands.CheckIn, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    part = _find(ticket, command.unit, _can_check_in)
    if isinstance(part, Rejection):
        return part
    if not works_for(ctx, command.unit):
        return refuse(Code.NOT_YOUR_UNIT, unit=command.unit)
    # A unit that was asked to do its part again, or reported from afar, stays where it is.
    early = part.state in (PartState.ASKED, PartState.SIGNED)
    arrived = replace(part, arrived_at=ctx.now, state=PartState.ARRIVED if early else part.state)
    event = events.PartsChanged(what="check_in", unit=part.unit, parts=with_part(ticket.parts, arrived))
    return Decision(event)


def _report_part(command: commands.ReportPart, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    part = _find(ticket, command.unit, _can_report)
    if isinstance(part, Rejection):
        return part
    if not works_for(ctx, command.unit):
        return refuse(Code.NOT_YOUR_UNIT, unit=command.unit)
    reported = replace(part, state=PartState.REPORTED, reported_at=ctx.now)
    event = events.PartsChanged(what="report_part", unit=part.unit, parts=with_part(ticket.parts, reported))
    return Decision(event, private(command.text))


def _judge_part(command: commands.JudgePart, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    part = _find(ticket, command.unit, _can_judge)
    if isinstance(part, Rejection):
        return part
    if command.accepted:
        part = replace(part, state=PartState.ACCEPTED, accepted_at=ctx.now)
        part = replace(part, score=score(part, ctx.rules.weights))
    else:
        wrong = without_reason(command.text)
        if wrong:
            return wrong
        part = replace(part, state=PartState.RETURNED, returns=part.returns + 1, reported_at=None)
    event = events.PartsChanged(what="judge_part", unit=part.unit, parts=with_part(ticket.parts, part))
    return Decision(event, private(command.text))


STEPS: dict[type[commands.Base], Step] = {
    commands.AddCoUnits: Step(_add_co_units),
    commands.Whistle: Step(_whistle, _may_whistle),
    commands.CheckIn: Step(_check_in, _may_check_in),
    commands.ReportPart: Step(_report_part, _may_report_part),
    commands.JudgePart: Step(_judge_part, _may_judge_part),
}

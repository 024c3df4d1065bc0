"""Getting a case to the unit that can do it: dispatch, withdraw, redirect, sign, return, void; hops and problem tickets."""

from msgspec.structs import replace

from domain import commands, events
from domain.catalogue import Item
from domain.ids import UnitId
from domain.lifecycle.codes import Code
from domain.lifecycle.core import (
    Context,
    Decision,
    Rejection,
    Step,
    handling_again,
    item_or_rejection,
    of_unit,
    part_of,
    paused,
    private,
    refuse,
    unknown_unit,
    with_part,
    without_reason,
)
from domain.ticket import Participation, StageClock, Ticket
from domain.vocabulary import LEVEL_ORDER, Level, PartState, PauseReason, Role, Stage, State


def level_above(level: Level) -> Level | None:
    """One level up; None at the top (district) and outside the order (enforcement)."""
    if level not in LEVEL_ORDER or level is LEVEL_ORDER[-1]:
        return None
    return LEVEL_ORDER[LEVEL_ORDER.index(level) + 1]


def _may_dispatch(ticket: Ticket, ctx: Context) -> Rejection | None:
    if ticket.problem and ctx.actor.role not in (Role.SHIFT_LEADER, Role.SOURCE):
        return refuse(Code.PROBLEM_TICKET)
    return None


def _dispatch(command: commands.Dispatch, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    wrong = unknown_unit((command.lead, *command.co_units), ctx) or _twice((command.lead, *command.co_units))
    if wrong:
        return wrong
    # An untouched co-unit that is not named again drops out; one that was whistled or has begun stays.
    kept = [
        part
        for part in ticket.parts
        if not part.lead
        and part.unit != command.lead
        and (part.whistled or part.state is not PartState.ASKED or part.unit in command.co_units)
    ]
    known = {part.unit for part in kept}
    new = [co_part(unit, item, ctx) for unit in command.co_units if unit not in known]
    return _sent(ticket, command.lead, (*kept, *new), item, ctx, command.text, redirected=False)


def _redirect(command: commands.Redirect, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    wrong = without_reason(command.text) or unknown_unit((command.lead,), ctx)
    if wrong:
        return wrong
    if command.lead == ticket.unit:
        return refuse(Code.SAME_UNIT, unit=command.lead)
    others = tuple(part for part in ticket.parts if not part.lead and part.unit != command.lead)
    return _sent(ticket, command.lead, others, item, ctx, command.text, redirected=True)


def _twice(units: tuple[UnitId, ...]) -> Rejection | None:
    for index, unit in enumerate(units):
        if unit in units[:index]:
            return refuse(Code.ALREADY_PART, unit=unit)
    return None


def _sent(
    ticket: Ticket,
    lead: UnitId,
    co_parts: tuple[Participation, ...],
    item: Item,
    ctx: Context,
    text: str,
    *,
    redirected: bool,
) -> Decision:
    # Withdrawing clears dispatched_at, so that the dispatch after it is no second hop.
    again = not redirected and ticket.dispatched_at is not None
    hops = ticket.redispatches + (again or redirected)
    becomes_problem = not ticket.problem and hops >= ctx.rules.hops_to_problem
    stage = ctx.rules.stage_clock(Stage.SIGN, ctx.now)
    same_unit = lead == ticket.unit and ticket.held is not None
    event = events.Dispatched(
        lead=lead,
        parts=(_lead_part(ticket, lead, stage, item, ctx), *co_parts),
        stage=stage,
        held=ticket.held if same_unit else None,
        again=again,
        redirected=redirected,
        problem=ticket.problem or becomes_problem,
        binding=ticket.problem or becomes_problem,
        level=level_above(ticket.level) if becomes_problem else None,
    )
    return Decision(event, private(text))


def _lead_part(ticket: Ticket, lead: UnitId, stage: StageClock | None, item: Item, ctx: Context) -> Participation:
    before = part_of(ticket, lead)
    return Participation(
        unit=lead,
        lead=True,
        asked_at=ctx.now,
        check_in_due_at=stage.clock.due_at if stage else None,
        due_at=ctx.rules.part_due_at(item, ctx.now),
        returns=before.returns if before else 0,
    )


def co_part(unit: UnitId, item: Item, ctx: Context, *, whistled: bool = False) -> Participation:
    """A part for a unit that is asked now. A whistled unit has its own, shorter limit to check in."""
    limit = ctx.rules.whistle_limit if whistled else ctx.rules.stage_limits[Stage.SIGN]
    return Participation(
        unit=unit,
        whistled=whistled,
        asked_at=ctx.now,
        check_in_due_at=ctx.rules.calendar.add(ctx.now, limit),
        due_at=ctx.rules.part_due_at(item, ctx.now),
    )


def _may_withdraw(ticket: Ticket, ctx: Context) -> Rejection | None:
    since = ticket.dispatched_at
    if since is None or ctx.now - since > ctx.rules.undo * max(ctx.rate, 1.0):
        return refuse(Code.UNDO_EXPIRED, seconds=ctx.rules.undo.total_seconds())
    if any(part.signed_at is not None and part.signed_at >= since for part in ticket.parts):
        return refuse(Code.ALREADY_SIGNED)
    return None


def _withdraw(command: commands.Withdraw, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    # Undo gives no fresh quarter of an hour: the first dispatch clock runs from filing on.
    first = ticket.returns == 0 and ticket.redispatches == 0 and ticket.filed_at is not None
    begin = ticket.filed_at if first and ticket.filed_at is not None else ctx.now
    return Decision(events.Withdrawn(stage=ctx.rules.stage_clock(Stage.DISPATCH, begin)))


def _own_part_to_sign(ticket: Ticket, ctx: Context) -> Participation | None:
    """The co-unit's part that this handler has not signed yet."""
    part = part_of(ticket, ctx.actor.unit) if ctx.actor.role is Role.HANDLER else None
    return part if part is not None and not part.lead and part.state is PartState.ASKED else None


def _may_sign(ticket: Ticket, ctx: Context) -> Rejection | None:
    if _own_part_to_sign(ticket, ctx) is not None:
        return None
    if part_of(ticket, ctx.actor.unit) is None:
        wrong = of_unit(ticket, ctx)
        if wrong:
            return wrong
    return None if ticket.state is State.DISPATCHED and _is_lead(ticket, ctx) else refuse(Code.ALREADY_SIGNED)


def _is_lead(ticket: Ticket, ctx: Context) -> bool:
    part = part_of(ticket, ctx.actor.unit)
    return part.lead if part is not None else of_unit(ticket, ctx) is None


def _sign(command: commands.Sign, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    own = _own_part_to_sign(ticket, ctx)
    if own is not None:
        signed = replace(own, state=PartState.SIGNED, signed_at=ctx.now)
        return Decision(events.PartsChanged(what="sign", unit=own.unit, parts=with_part(ticket.parts, signed)))
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    stage = handling_again(ticket, item, ctx)
    parts = ticket.parts
    lead = ticket.lead
    if lead is not None:
        due_at = stage.clock.due_at if stage else None
        parts = with_part(parts, replace(lead, state=PartState.SIGNED, signed_at=ctx.now, due_at=due_at))
    return Decision(events.Signed(stage=stage, parts=parts))


def _may_return(ticket: Ticket, ctx: Context) -> Rejection | None:
    """首接负责: once a problem ticket is dispatched, its lead is binding."""
    return of_unit(ticket, ctx) or (refuse(Code.LEAD_BINDING) if ticket.problem else None)


def _return(command: commands.Return, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    wrong = without_reason(command.text)
    if wrong:
        return wrong
    in_hand = ticket.state is State.HANDLING
    problem = ticket.returns + 1 >= ctx.rules.hops_to_problem
    event = events.Returned(
        stage=ctx.rules.stage_clock(Stage.DISPATCH, ctx.now),
        held=paused(ticket.stage, PauseReason.RETURNED, ctx) if in_hand else ticket.held,
        problem=problem,
        level=level_above(ticket.level) if problem else None,
    )
    return Decision(event, private(command.text))


def _void(command: commands.Void, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    return without_reason(command.text) or Decision(events.Voided(), private(command.text))


STEPS: dict[type[commands.Base], Step] = {
    commands.Dispatch: Step(_dispatch, _may_dispatch),
    commands.Withdraw: Step(_withdraw, _may_withdraw),
    commands.Redirect: Step(_redirect, _may_dispatch),
    commands.Sign: Step(_sign, _may_sign),
    commands.Return: Step(_return, _may_return),
    commands.Void: Step(_void),
}

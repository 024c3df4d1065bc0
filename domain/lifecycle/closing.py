"""From the result to the end: check 核查, close, reject a closing, reopen, force close."""

from msgspec.structs import replace

from domain import commands, events
from domain.catalogue import Item
from domain.lifecycle.codes import Code
from domain.lifecycle.core import (
    Context,
    Decision,
    Rejection,
    Step,
    handling_again,
    item_or_rejection,
    private,
    refuse,
    with_part,
    without_reason,
)
from domain.lifecycle.joint import settled
from domain.ticket import Participation, StageClock, Ticket
from domain.vocabulary import CheckResult, Mediation, Opinion, PartState, Role, Stage, State


def _lead_again(ticket: Ticket, stage: StageClock | None) -> tuple[Participation, ...]:
    """The lead has to do it once more: its part is open again and no longer accepted first time.

    What a co-unit had left undone at the closing is open again too: it is scored when it is done, or at the next closing.
    """
    lead = ticket.lead
    parts = tuple(part if part.state is PartState.ACCEPTED else replace(part, score=None) for part in ticket.parts)
    if lead is None:
        return parts
    again = replace(
        lead,
        state=PartState.RETURNED,
        returns=lead.returns + 1,
        due_at=stage.clock.due_at if stage else None,
        reported_at=None,
        accepted_at=None,
        score=None,
    )
    return with_part(parts, again)


def _finder_checks(ticket: Ticket, ctx: Context) -> Rejection | None:
    """巡办分离: nobody confirms the end of what he reported himself."""
    if ctx.finder is not None and ctx.finder == ctx.actor.user and ctx.actor.role not in (Role.SOURCE, Role.SYSTEM):
        return refuse(Code.FINDER_IS_CHECKER)
    return None


def _request_check(command: commands.RequestCheck, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    # One half hour from the result to the verdict: the clock that runs since the result goes on.
    running = ticket.stage
    if running is None or running.stage is not Stage.CHECK:
        running = ctx.rules.stage_clock(Stage.CHECK, ctx.now)
    return Decision(events.CheckRequested(stage=running))


def _record_check(command: commands.RecordCheck, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    if command.result is CheckResult.FAIL:
        stage = handling_again(ticket, item, ctx)
        event = events.CheckRecorded(result=command.result, stage=stage, parts=_lead_again(ticket, stage))
    else:
        next_stage = Stage.CLOSE if command.result is CheckResult.PASS else Stage.CHECK
        stage = ctx.rules.stage_clock(next_stage, ctx.now)
        event = events.CheckRecorded(result=command.result, stage=stage, held=ticket.held)
    return Decision(event, private(command.text))


# -- closing ---------------------------------------------------------------------------------------


def _may_close(ticket: Ticket, ctx: Context) -> Rejection | None:
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    if ticket.state is State.HANDLED:
        wrong = _unchecked(item, ticket, ctx)
        if wrong:
            return wrong
    return refuse(Code.OPEN_CHILDREN, count=ctx.open_children) if ctx.open_children else None


def _unchecked(item: Item, ticket: Ticket, ctx: Context) -> Rejection | None:
    """Closing without a check is the check: only where the item allows it, and not by the finder."""
    return refuse(Code.NEEDS_CHECK) if item.needs_check else _finder_checks(ticket, ctx)


def _mediation(settled_by_it: bool | None) -> Mediation:
    if settled_by_it is None:
        return Mediation.UNSTATED
    return Mediation.SETTLED if settled_by_it else Mediation.NOT_SETTLED


def _close(command: commands.Close, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    if command.settled is not None and not item.is_dispute:
        return refuse(Code.NOT_A_DISPUTE)
    business = ticket.business
    event = events.Closed(
        # No limit is never on time, and never late.
        on_time=None if business is None else ctx.now <= business.due_at,
        resolved_level=ticket.resolved_level or ticket.level,
        parts=settled(ticket.parts, ctx),
        mediation=_mediation(command.settled) if item.is_dispute else None,
    )
    return Decision(event, private(command.text))


def _reject_closing(command: commands.RejectClosing, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    stage = handling_again(ticket, item, ctx)
    event = events.ClosingRejected(flaw=command.flaw, stage=stage, parts=_lead_again(ticket, stage))
    return Decision(event, private(command.text))


# -- after closing, and by force -------------------------------------------------------------------


def _may_reopen(ticket: Ticket, ctx: Context) -> Rejection | None:
    """A caller reopens only on the word of the citizen, and once (二次办理)."""
    if ctx.actor.role is not Role.CALLER:
        return None
    if ticket.reopened:
        return refuse(Code.REOPENED_ONCE)
    call = ticket.call_back
    unhappy = call is not None and (call.opinion is Opinion.NOT or call.solved is False)
    return None if unhappy else refuse(Code.NOT_DISSATISFIED)


def _reopen(command: commands.Reopen, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    """The same ticket goes on with a fresh handling clock; the business clock stays what it was."""
    wrong = without_reason(command.text)
    if wrong:
        return wrong
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    stage = ctx.rules.stage_clock(Stage.HANDLE, ctx.now, item)
    return Decision(events.Reopened(stage=stage, parts=_lead_again(ticket, stage)), private(command.text))


def _force_close(command: commands.ForceClose, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    return without_reason(command.text) or Decision(events.ForceClosed(), private(command.text))


STEPS: dict[type[commands.Base], Step] = {
    commands.RequestCheck: Step(_request_check),
    commands.RecordCheck: Step(_record_check, _finder_checks),
    commands.Close: Step(_close, _may_close),
    commands.RejectClosing: Step(_reject_closing),
    commands.Reopen: Step(_reopen, _may_reopen),
    commands.ForceClose: Step(_force_close),
}

"""What stands beside the state: urgency, place, parent, reminders, supervision, comments, a new calendar."""

from msgspec.structs import replace

from domain import clocks, commands, events
from domain.catalogue import Item
from domain.lifecycle.codes import Code
from domain.lifecycle.core import (
    OPEN_PART,
    Context,
    Decision,
    Rejection,
    Step,
    is_overdue,
    item_or_rejection,
    private,
    refuse,
    with_part,
    without_reason,
)
from domain.ticket import Clock, Participation, StageClock, Ticket
from domain.vocabulary import OPEN_STATES, URGENCY_RANK, Stage, SuperviseReason, Urgency


def _may_raise(ticket: Ticket, ctx: Context) -> Rejection | None:
    return refuse(Code.NOT_HIGHER, urgency=ticket.urgency) if ticket.urgency is Urgency.TOP else None


def _raise_urgency(command: commands.RaiseUrgency, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    wrong = without_reason(command.text)
    if wrong:
        return wrong
    if URGENCY_RANK[command.urgency] >= URGENCY_RANK[ticket.urgency]:
        return refuse(Code.NOT_HIGHER, urgency=ticket.urgency)
    return Decision(events.UrgencyRaised(urgency=command.urgency), private(command.text))


def _relocate(command: commands.Relocate, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    if command.area not in ctx.rules.areas:
        return refuse(Code.UNKNOWN_AREA, area=command.area)
    if command.area == ticket.area:
        return refuse(Code.SAME_AREA)
    return Decision(events.Relocated(area=command.area), private(command.text))


def _set_parent(command: commands.SetParent, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    """Two levels only: a parent has no parent, and a ticket with children gets none. So there is never a cycle."""
    if command.parent is None:
        if ticket.parent is None:
            return refuse(Code.NO_PARENT)
        return Decision(events.ParentSet(parent=None), private(command.text))
    parent = ctx.other
    if command.parent == ticket.id:
        return refuse(Code.ITSELF)
    if parent is None or parent.id != command.parent:
        return refuse(Code.UNKNOWN_TICKET, ticket=command.parent)
    if parent.state not in OPEN_STATES:
        return refuse(Code.TARGET_ENDED, state=parent.state)
    if parent.parent is not None:
        return refuse(Code.PARENT_IS_CHILD)
    if ctx.open_children:
        return refuse(Code.OPEN_CHILDREN, count=ctx.open_children)
    return Decision(events.ParentSet(parent=parent.id), private(command.text))


def _remind(command: commands.Remind, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    return Decision(events.Reminded(), private(command.text))


def _supervise(command: commands.Supervise, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    wrong = without_reason(command.text)
    if wrong:
        return wrong
    if any(one.reason is command.reason and one.settled_at is None for one in ticket.supervisions):
        return refuse(Code.ALREADY_SUPERVISED)
    if command.reason is SuperviseReason.OVERDUE and not _late(ticket, ctx):
        return refuse(Code.NOT_OVERDUE)
    return Decision(events.Supervised(reason=command.reason), private(command.text))


def _late(ticket: Ticket, ctx: Context) -> bool:
    """Overdue in its stage or as a whole, or closed late."""
    if not ticket.is_open:
        return ticket.on_time is False
    at = ticket.judged_at(ctx.now)
    return is_overdue(ticket.business, at) or is_overdue(ticket.stage.clock if ticket.stage else None, at)


def _may_settle(ticket: Ticket, ctx: Context) -> Rejection | None:
    unsettled = any(one.settled_at is None for one in ticket.supervisions)
    return None if unsettled else refuse(Code.NO_SUPERVISION)


def _settle(command: commands.SettleSupervision, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    return without_reason(command.text) or Decision(events.SupervisionSettled(), private(command.text))


def _comment(command: commands.Comment, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    return without_reason(command.text) or Decision(events.Commented(), private(command.text))


# -- a new calendar --------------------------------------------------------------------------------


def _recalculate(command: commands.Recalculate, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    """Every limit anew from its start. Pauses need no history: resuming moves the start (domain.clocks.resume)."""
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    stage, held, business = _anew(ticket.stage, ctx), _anew(ticket.held, ctx), ticket.business
    if business is not None:
        fresh = ctx.rules.business_clock(item, ticket.reported_at, business.limit, business.started_at)
        business = _standing(business, fresh, ctx) if fresh else None
    parts = tuple(_part_anew(part, item, ctx) for part in ticket.parts)
    if stage is not None and stage.stage is Stage.HANDLE and ticket.lead is not None:
        parts = with_part(parts, replace(ticket.lead, due_at=stage.clock.due_at))
    return Decision(events.Recalculated(stage=stage, business=business, held=held, parts=parts))


def _part_anew(part: Participation, item: Item, ctx: Context) -> Participation:
    """A unit that still owes its part: its own limits anew from when it was asked. What was reported in time stays in time."""
    if part.state not in OPEN_PART or part.due_at is None:
        return part
    rules = ctx.rules
    due_at = rules.part_due_at(item, part.asked_at)
    for added in part.later:
        due_at = rules.calendar.add(due_at, added) if due_at is not None else None
    if part.checked_in or part.check_in_due_at is None:
        return replace(part, due_at=due_at)
    limit = rules.whistle_limit if part.whistled else rules.stage_limits[Stage.SIGN]
    return replace(part, due_at=due_at, check_in_due_at=rules.calendar.add(part.asked_at, limit))


def _anew(stage: StageClock | None, ctx: Context) -> StageClock | None:
    if stage is None:
        return None
    fresh = clocks.start(ctx.rules.calendar, stage.clock.limit, stage.clock.started_at)
    return StageClock(stage.stage, _standing(stage.clock, fresh, ctx))


def _standing(old: Clock, fresh: Clock, ctx: Context) -> Clock:
    """A clock that stood before stands again, at the same instant."""
    if old.paused_at is None or old.pause_reason is None:
        return fresh
    return clocks.pause(ctx.rules.calendar, fresh, old.pause_reason, old.paused_at)


STEPS: dict[type[commands.Base], Step] = {
    commands.RaiseUrgency: Step(_raise_urgency, _may_raise),
    commands.Relocate: Step(_relocate),
    commands.SetParent: Step(_set_parent),
    commands.Remind: Step(_remind),
    commands.Supervise: Step(_supervise),
    commands.SettleSupervision: Step(_settle, _may_settle),
    commands.Comment: Step(_comment),
    commands.Recalculate: Step(_recalculate),
}

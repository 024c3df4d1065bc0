"""While a unit works: result, delay in two steps, suspension, resuming, escalation."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from domain import clocks, commands, events
from domain.lifecycle.codes import Code
from domain.lifecycle.core import (
    OPEN_PART,
    Context,
    Decision,
    Rejection,
    Step,
    is_overdue,
    item_or_rejection,
    of_unit,
    paused,
    private,
    refuse,
    resumed,
    with_part,
    without_reason,
)
from domain.lifecycle.dispatching import level_above
from domain.ticket import Limit, Participation, Request, StageClock, Ticket
from domain.vocabulary import LimitType, PartState, PauseReason, Role, Stage


def _report_result(command: commands.ReportResult, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    still_open = [part.unit for part in ticket.parts if not part.lead and part.state in OPEN_PART]
    reason = command.parts_open_reason.strip()
    if still_open and not reason:
        return refuse(Code.PARTS_OPEN, units=still_open)
    parts, lead = ticket.parts, ticket.lead
    if lead is not None:
        parts = with_part(parts, replace(lead, state=PartState.REPORTED, reported_at=ctx.now))
    event = events.ResultReported(
        resolved_level=command.resolved_level,
        stage=ctx.rules.stage_clock(Stage.CHECK if item.needs_check else Stage.CLOSE, ctx.now),
        held=paused(ticket.stage, PauseReason.UNDER_CHECK, ctx),
        parts=parts,
        # The words are a person's: the event only says that there are some.
        parts_open_reason="given" if still_open else "",
    )
    texts = private(command.text)
    if still_open:
        texts["parts_open_reason"] = reason
    return Decision(event, texts)


# -- delay: handler → department → dispatcher ------------------------------------------------------


def _overdue_or_spent(ticket: Ticket, ctx: Context) -> Rejection | None:
    if ticket.stage is None:
        return refuse(Code.NO_LIMIT)
    if ticket.delays >= ctx.rules.max_delays:
        return refuse(Code.DELAY_LIMIT, granted=ticket.delays)
    if is_overdue(ticket.stage.clock, ctx.now) or is_overdue(ticket.business, ctx.now):
        return refuse(Code.DELAY_OVERDUE)
    return None


def _no_pending(ticket: Ticket) -> Rejection | None:
    return refuse(Code.REQUEST_PENDING, kind=ticket.request.kind) if ticket.request else None


def _may_request_delay(ticket: Ticket, ctx: Context) -> Rejection | None:
    return of_unit(ticket, ctx) or _no_pending(ticket) or _overdue_or_spent(ticket, ctx)


def _request_delay(command: commands.RequestDelay, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    wrong = without_reason(command.text) or _extra_guard(command.extra, item.limit, ctx)
    if wrong:
        return wrong
    request = Request(kind="delay", by=ticket.unit, asked_at=ctx.now, extra=command.extra)
    return Decision(events.Requested(request=request), private(command.text))


def _extra_guard(extra: Limit, original: Limit | None, ctx: Context) -> Rejection | None:
    if original is None:
        return refuse(Code.NO_LIMIT)
    if not clocks.same_kind(extra, original):
        return refuse(Code.DELAY_TYPE, type=original.type)
    # Written so that a not-a-number is refused too.
    if not 0 < ctx.rules.calendar.total_s(extra) <= ctx.rules.calendar.total_s(original):
        return refuse(Code.DELAY_TOO_LONG, amount=original.amount, type=original.type)
    return None


def _at_department(ticket: Ticket, ctx: Context) -> Rejection | None:
    """The department step: a leader or coordinator of the unit (or over all), or a handler of the department above it.

    A unit with nothing above it is its own department.
    """
    unit = ticket.unit
    above = list(ctx.rules.unit_and_above(unit)) if unit is not None else []
    if ctx.actor.role is Role.HANDLER:
        wrong = of_unit(ticket, ctx)
        if wrong:
            return wrong
        own = {ctx.actor.unit, *ctx.actor.scope.units}
        departments = above[1:] or above
        return None if any(one in own for one in departments) else refuse(Code.ROLE, role=ctx.actor.role)
    if ctx.actor.unit is not None and ctx.actor.unit not in above:
        return refuse(Code.NOT_YOUR_UNIT, unit=unit)
    return None


_DEPARTMENT_ROLES = frozenset({Role.HANDLER, Role.COORDINATOR, Role.LEADER})


def _may_answer_delay(ticket: Ticket, ctx: Context) -> Rejection | None:
    request = ticket.request
    if request is None or request.kind != "delay":
        return refuse(Code.NO_REQUEST)
    if ctx.actor.role is Role.SOURCE:
        return None
    if ctx.actor.role in _DEPARTMENT_ROLES:
        if request.department_approved:
            return refuse(Code.ROLE, role=ctx.actor.role)
        return _at_department(ticket, ctx)
    return None if request.department_approved else refuse(Code.DEPARTMENT_FIRST)


def _may_approve_delay(ticket: Ticket, ctx: Context) -> Rejection | None:
    return _may_answer_delay(ticket, ctx) or _overdue_or_spent(ticket, ctx)


def _approve_delay(command: commands.ApproveDelay, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    request, stage = ticket.request, ticket.stage
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    if request is None or request.extra is None or stage is None:
        return refuse(Code.NO_REQUEST)
    if not request.department_approved:
        return Decision(events.RequestApproved())
    calendar = ctx.rules.calendar
    extended = StageClock(stage.stage, clocks.extend(calendar, stage.clock, request.extra))
    business = ticket.business
    if business is not None:
        limit = clocks.longer(calendar, business.limit, request.extra)
        business = ctx.rules.business_clock(item, ticket.reported_at, limit, business.started_at)
    parts = tuple(_later(part, calendar.total_s(request.extra), request.extra.type, ctx) for part in ticket.parts)
    return Decision(events.DelayGranted(stage=extended, business=business, parts=parts))


def _later(part: Participation, seconds: float, kind: LimitType, ctx: Context) -> Participation:
    """An open part gets the same time more as the whole."""
    if part.due_at is None or part.state not in OPEN_PART:
        return part
    calendar = ctx.rules.calendar
    added = Limit(seconds / calendar.unit_s(kind), kind)
    return replace(part, due_at=calendar.add_seconds(part.due_at, seconds, kind), later=(*part.later, added))


def _refuse_request(
    command: commands.RefuseDelay | commands.RefuseSuspend, ticket: Ticket, ctx: Context
) -> Decision | Rejection:
    return without_reason(command.text) or Decision(events.RequestRefused(), private(command.text))


# -- suspension 挂账 -------------------------------------------------------------------------------


def _may_request_suspend(ticket: Ticket, ctx: Context) -> Rejection | None:
    wrong = of_unit(ticket, ctx) or _no_pending(ticket)
    if wrong:
        return wrong
    return refuse(Code.SUSPEND_ONCE) if ticket.suspensions >= ctx.rules.max_suspensions else None


def _request_suspend(command: commands.RequestSuspend, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    wrong = without_reason(command.text)
    if wrong:
        return wrong
    if command.until.tzinfo is None:
        return refuse(Code.BAD_TIME)
    if command.until <= ctx.now:
        return refuse(Code.SUSPEND_PAST)
    if command.until - ctx.now > ctx.rules.max_suspension:
        return refuse(Code.SUSPEND_TOO_LONG, days=ctx.rules.max_suspension / timedelta(days=1))
    request = Request(kind="suspend", by=ticket.unit, asked_at=ctx.now, until=command.until)
    return Decision(events.Requested(request=request), private(command.text))


def _may_answer_suspend(ticket: Ticket, ctx: Context) -> Rejection | None:
    asked = ticket.request is not None and ticket.request.kind == "suspend"
    return None if asked else refuse(Code.NO_REQUEST)


def _may_approve_suspend(ticket: Ticket, ctx: Context) -> Rejection | None:
    wrong = _may_answer_suspend(ticket, ctx)
    if wrong:
        return wrong
    until = ticket.request.until if ticket.request else None
    return refuse(Code.SUSPEND_PAST) if until is None or until <= ctx.now else None


def _approve_suspend(command: commands.ApproveSuspend, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    request = ticket.request
    if request is None or request.until is None:
        return refuse(Code.NO_REQUEST)
    business = ticket.business
    if business is not None:
        business = clocks.pause(ctx.rules.calendar, business, PauseReason.SUSPENDED, ctx.now)
    stage = paused(ticket.stage, PauseReason.SUSPENDED, ctx)
    return Decision(events.Suspended(until=request.until, stage=stage, business=business))


def _may_resume(ticket: Ticket, ctx: Context) -> Rejection | None:
    until = ticket.suspended_until
    if ctx.actor.role is Role.SYSTEM and until is not None and ctx.now < until:
        return refuse(Code.TOO_EARLY, until=until.isoformat())
    return of_unit(ticket, ctx)


def _resume(command: commands.Resume, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    until = ticket.suspended_until
    # A backend that slept over the end date gives nobody extra time: the clocks run on from the date itself.
    at = ctx.now if until is None else min(ctx.now, until)
    business = clocks.resume(ctx.rules.calendar, ticket.business, at) if ticket.business else None
    parts = tuple(_after_suspension(part, ticket, at, ctx) for part in ticket.parts)
    event = events.Resumed(
        by_itself=ctx.actor.role is Role.SYSTEM,
        stage=resumed(ticket.stage, ctx, at),
        business=business,
        parts=parts,
    )
    return Decision(event, private(command.text))


def _after_suspension(part: Participation, ticket: Ticket, at: datetime, ctx: Context) -> Participation:
    clock = ticket.stage.clock if ticket.stage else None
    if clock is None or clock.paused_at is None:
        return part
    stood = ctx.rules.calendar.elapsed_s(clock.paused_at, at, clock.limit.type)
    return _later(part, stood, clock.limit.type, ctx)


# -- escalation ------------------------------------------------------------------------------------


def _may_escalate(ticket: Ticket, ctx: Context) -> Rejection | None:
    wrong = of_unit(ticket, ctx)
    if wrong:
        return wrong
    if level_above(ticket.level) is None:
        return refuse(Code.TOP_LEVEL, level=ticket.level)
    if ctx.actor.role is Role.SYSTEM:
        clock = ticket.stage.clock if ticket.stage else None
        if not is_overdue(clock, ticket.judged_at(ctx.now)):
            return refuse(Code.NOT_OVERDUE)
    return None


def _escalate(command: commands.Escalate, ticket: Ticket, ctx: Context) -> Decision | Rejection:
    """Ownership moves up one level and the stage clock starts anew; the business clock runs on."""
    level = level_above(ticket.level)
    item = item_or_rejection(ticket, ctx)
    if isinstance(item, Rejection):
        return item
    if level is None:
        return refuse(Code.TOP_LEVEL, level=ticket.level)
    stage = ctx.rules.stage_clock(ticket.stage.stage, ctx.now, item) if ticket.stage else None
    parts: tuple[Participation, ...] = ()
    if stage is not None and stage.stage is Stage.HANDLE and ticket.lead is not None:
        parts = with_part(ticket.parts, replace(ticket.lead, due_at=stage.clock.due_at))
    by_itself = ctx.actor.role is Role.SYSTEM
    return Decision(events.Escalated(level=level, by_itself=by_itself, stage=stage, parts=parts), private(command.text))


STEPS: dict[type[commands.Base], Step] = {
    commands.ReportResult: Step(_report_result, of_unit),
    commands.RequestDelay: Step(_request_delay, _may_request_delay),
    commands.ApproveDelay: Step(_approve_delay, _may_approve_delay),
    commands.RefuseDelay: Step(_refuse_request, _may_answer_delay),
    commands.RequestSuspend: Step(_request_suspend, _may_request_suspend),
    commands.ApproveSuspend: Step(_approve_suspend, _may_approve_suspend),
    commands.RefuseSuspend: Step(_refuse_request, _may_answer_suspend),
    commands.Resume: Step(_resume, _may_resume),
    commands.Escalate: Step(_escalate, _may_escalate),
}

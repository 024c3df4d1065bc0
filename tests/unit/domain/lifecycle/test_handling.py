"""Result, delay in two steps, suspension, resuming, escalation."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from domain import commands
from domain.actor import Scope
from domain.ids import UnitId
from domain.lifecycle import Context, Decision, decide
from domain.ticket import Limit, Ticket
from domain.vocabulary import Level, LimitType, PartState, PauseReason, Role, Stage, State
from tests.unit.domain.builders import (
    BRIGADE,
    DEPARTMENT,
    OFFICE,
    STATION,
    T0,
    TOWN_CENTRE,
    UNCHECKED,
    UNLIMITED,
    WORKDAYS,
    actor,
    at_state,
    code,
    ctx,
    handler,
    joint,
    local,
    running_clocks,
    step,
)

HOUR = timedelta(hours=1)
RESULT = commands.ReportResult(resolved_level=Level.TOWN, text="已清理")
DELAY = commands.RequestDelay(extra=Limit(2, LimitType.URGENT_HOURS), text="等配件")
SUSPEND = commands.RequestSuspend(until=T0 + timedelta(days=30), text="待施工")


def boss(unit: UnitId | None, role: Role = Role.LEADER, now: datetime = T0) -> Context:
    return ctx(actor(role, unit), now)


def delayed(ticket: Ticket, now: datetime) -> Ticket:
    for command, context in (
        (DELAY, handler(now)),
        (commands.ApproveDelay(), boss(TOWN_CENTRE, now=now)),
        (commands.ApproveDelay(), ctx(Role.DISPATCHER, now)),
    ):
        ticket = step(ticket, command, context)
    return ticket


# -- result ----------------------------------------------------------------------------------------


def test_a_result_holds_the_handling_clock_and_starts_the_check_clock() -> None:
    ticket = at_state(State.HANDLED)
    assert ticket.stage is not None
    assert ticket.held is not None
    assert ticket.lead is not None
    assert (ticket.stage.stage, ticket.held.stage) == (Stage.CHECK, Stage.HANDLE)
    assert ticket.held.clock.pause_reason is PauseReason.UNDER_CHECK
    assert (ticket.lead.state, ticket.lead.reported_at) == (PartState.REPORTED, ticket.changed_at)
    assert (ticket.handled_at, ticket.resolved_level) == (ticket.changed_at, Level.TOWN)
    waits = at_state(State.HANDLED, item=UNCHECKED).stage
    assert waits is not None
    assert waits.stage is Stage.CLOSE


def test_the_lead_cannot_report_over_an_open_part_unless_it_says_why() -> None:
    ticket = joint()
    answer = decide(RESULT, ticket, handler())
    assert answer == decide(replace(RESULT, parts_open_reason="  "), ticket, handler())
    assert (answer.code, answer.detail) == ("parts_open", {"units": [BRIGADE]})  # type: ignore[union-attr]
    decision = decide(replace(RESULT, parts_open_reason="协办另报"), ticket, handler())
    assert isinstance(decision, Decision)
    assert decision.private == {"text": "已清理", "parts_open_reason": "协办另报"}
    assert decision.event.parts_open_reason == "given"  # type: ignore[union-attr]


def test_only_the_lead_unit_reports_the_result() -> None:
    assert code(RESULT, joint(), handler(unit=BRIGADE)) == "not_your_unit"


# -- delay -----------------------------------------------------------------------------------------


def test_a_delay_goes_from_handler_to_department_to_dispatcher() -> None:
    ticket = step(at_state(State.HANDLING), DELAY, handler())
    assert code(commands.ApproveDelay(), ticket, ctx(Role.DISPATCHER)) == "department_first"
    ticket = step(ticket, commands.ApproveDelay(), boss(TOWN_CENTRE))
    assert ticket.request is not None
    assert ticket.request.department_approved
    assert ticket.delays == 0
    assert code(commands.ApproveDelay(), ticket, boss(TOWN_CENTRE)) == "role"
    granted = step(ticket, commands.ApproveDelay(), ctx(Role.DISPATCHER))
    assert (granted.delays, granted.request) == (1, None)


def test_a_granted_delay_moves_stage_business_and_part() -> None:
    before = at_state(State.HANDLING)
    after = delayed(before, T0 + HOUR)
    for old, new in zip(running_clocks(before), running_clocks(after), strict=True):
        assert new.due_at - old.due_at == timedelta(hours=2)
        assert new.limit.amount == 10
    assert after.lead is not None
    assert after.stage is not None
    assert after.lead.due_at == after.stage.clock.due_at


def test_the_department_is_above_the_unit_or_the_unit_itself_at_the_top() -> None:
    office = step(at_state(State.FILED), commands.Dispatch(lead=OFFICE), ctx(Role.DISPATCHER))
    office = step(step(office, commands.Sign(), handler(unit=OFFICE)), DELAY, handler(unit=OFFICE))
    approve = commands.ApproveDelay()
    assert code(approve, office, handler(unit=OFFICE)) == "role"  # not his own wish
    assert code(approve, office, ctx(actor(Role.HANDLER, DEPARTMENT))) == ""
    assert code(approve, office, ctx(actor(Role.HANDLER, STATION))) == "not_your_unit"
    assert code(approve, office, boss(STATION)) == "not_your_unit"
    assert code(approve, office, boss(None, Role.COORDINATOR)) == ""
    top = step(at_state(State.HANDLING), DELAY, handler())
    assert code(approve, top, handler()) == ""


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        (Limit(8, LimitType.URGENT_HOURS), ""),
        (Limit(8.5, LimitType.URGENT_HOURS), "delay_too_long"),
        (Limit(1, LimitType.CALENDAR_DAYS), "delay_too_long"),
        (Limit(0, LimitType.URGENT_HOURS), "delay_too_long"),
        (Limit(-1, LimitType.URGENT_HOURS), "delay_too_long"),
        (Limit(float("nan"), LimitType.URGENT_HOURS), "delay_too_long"),
        (Limit(1, LimitType.WORKING_HOURS), "delay_type"),
    ],
)
def test_a_delay_adds_at_most_the_original_limit(extra: Limit, why: str) -> None:
    assert code(replace(DELAY, extra=extra), at_state(State.HANDLING), handler()) == why


def test_two_delays_and_no_third() -> None:
    ticket = delayed(delayed(at_state(State.HANDLING), T0 + HOUR), T0 + HOUR)
    assert code(DELAY, ticket, handler(T0 + HOUR)) == "delay_limit"


def test_the_second_delay_is_measured_by_the_original_limit() -> None:
    ticket = delayed(at_state(State.HANDLING), T0 + HOUR)
    assert code(replace(DELAY, extra=Limit(9, LimitType.URGENT_HOURS)), ticket, handler(T0 + HOUR)) == "delay_too_long"


def test_no_delay_once_overdue_neither_asked_nor_granted() -> None:
    ticket = at_state(State.HANDLING)
    late = T0 + 9 * HOUR
    assert code(DELAY, ticket, handler(late)) == "delay_overdue"
    asked = step(ticket, DELAY, handler())
    assert code(commands.ApproveDelay(), asked, boss(None, now=late)) == "delay_overdue"
    assert code(commands.RefuseDelay(text="已超期"), asked, boss(None, now=late)) == ""


def test_refusals_are_kept_and_leave_the_limit() -> None:
    ticket = at_state(State.HANDLING)
    for times in (1, 2):
        ticket = step(step(ticket, DELAY, handler()), commands.RefuseDelay(text="不同意"), boss(TOWN_CENTRE))
        assert (ticket.delay_refusals, ticket.delays, ticket.request) == (times, 0, None)
    asked = step(ticket, DELAY, handler())
    assert code(commands.RefuseDelay(text=""), asked, boss(TOWN_CENTRE)) == "reason_required"


def test_one_wish_at_a_time() -> None:
    ticket = step(at_state(State.HANDLING), DELAY, handler())
    assert code(DELAY, ticket, handler()) == "request_pending"
    assert code(SUSPEND, ticket, handler()) == "request_pending"
    assert code(replace(SUSPEND, text=""), at_state(State.HANDLING), handler()) == "reason_required"
    assert code(commands.ApproveSuspend(), ticket, ctx()) == "no_request"
    assert code(commands.ApproveDelay(), at_state(State.HANDLING), boss(None)) == "no_request"


def test_a_wish_ends_with_the_result_or_the_return() -> None:
    ticket = step(at_state(State.HANDLING), DELAY, handler())
    assert step(ticket, RESULT, handler()).request is None
    assert step(ticket, commands.Return(text="不接"), handler()).request is None


def test_without_a_limit_there_is_nothing_to_delay() -> None:
    assert code(DELAY, at_state(State.HANDLING, item=UNLIMITED), handler()) == "no_limit"


# -- suspension ------------------------------------------------------------------------------------


def suspended(ticket: Ticket, now: datetime, until: datetime) -> Ticket:
    ticket = step(ticket, replace(SUSPEND, until=until), handler(now))
    return step(ticket, commands.ApproveSuspend(), ctx(Role.SHIFT_LEADER, now))


@pytest.mark.parametrize(
    ("until", "why"),
    [
        (T0 + timedelta(days=365), ""),
        (T0 + timedelta(days=365, seconds=1), "suspend_too_long"),
        (T0, "suspend_past"),
        (datetime(2018, 11, 1), "bad_time"),
    ],
)
def test_a_suspension_ends_ahead_and_within_a_year(until: datetime, why: str) -> None:
    assert code(replace(SUSPEND, until=until), at_state(State.HANDLING), handler()) == why


def test_a_suspension_stops_both_clocks_and_resuming_moves_them() -> None:
    start = local(2018, 10, 9, 9)
    ticket = at_state(State.HANDLING, start, item=WORKDAYS)
    at = local(2018, 10, 10, 9)
    still = suspended(ticket, at, local(2018, 11, 10))
    assert still.state is State.SUSPENDED
    assert still.stage is not None
    assert still.business is not None
    assert still.stage.clock.paused_at == still.business.paused_at == at
    assert still.stage.clock.pause_reason is PauseReason.SUSPENDED
    back = step(still, commands.Resume(), ctx(Role.DISPATCHER, local(2018, 10, 11, 9)))
    assert (back.state, back.suspended_until, back.suspensions) == (State.HANDLING, None, 1)
    assert ticket.stage is not None
    assert back.stage is not None
    assert back.lead is not None
    assert ticket.stage.clock.due_at == local(2018, 10, 12, 9, 3)
    assert back.stage.clock.due_at == local(2018, 10, 15, 9, 3)  # one office day later: Monday
    assert back.lead.due_at == back.stage.clock.due_at


def test_it_resumes_by_itself_on_the_day_and_a_sleeping_backend_gives_no_extra_time() -> None:
    until = T0 + timedelta(days=3)
    ticket = suspended(at_state(State.HANDLING), T0 + HOUR, until)
    early, late = ctx(Role.SYSTEM, until - HOUR), ctx(Role.SYSTEM, until + 5 * HOUR)
    assert code(commands.Resume(), ticket, early) == "too_early"
    assert code(commands.Resume(), ticket, ctx(now=until - HOUR)) == ""
    back = step(ticket, commands.Resume(), late)
    assert back.stage == step(ticket, commands.Resume(), ctx(Role.SYSTEM, until)).stage


def test_only_one_suspension() -> None:
    back = step(suspended(at_state(State.HANDLING), T0, T0 + HOUR), commands.Resume(), ctx(now=T0))
    assert code(SUSPEND, back, handler()) == "suspend_once"


def test_an_end_date_that_passed_while_waiting_is_not_approved() -> None:
    ticket = step(at_state(State.HANDLING), replace(SUSPEND, until=T0 + HOUR), handler())
    late = ctx(Role.DISPATCHER, T0 + 2 * HOUR)
    assert code(commands.ApproveSuspend(), ticket, late) == "suspend_past"
    refused = step(ticket, commands.RefuseSuspend(text="过期"), late)
    assert (refused.request, refused.delay_refusals) == (None, 0)


# -- escalation ------------------------------------------------------------------------------------


def test_escalation_moves_up_one_level_and_restarts_the_stage_but_not_the_business_clock() -> None:
    ticket = at_state(State.HANDLING)
    up = step(ticket, commands.Escalate(), ctx(now=T0 + HOUR))
    assert up.stage is not None
    assert up.lead is not None
    assert (up.level, up.state, up.unit) == (Level.DISTRICT, State.HANDLING, TOWN_CENTRE)  # the lower level keeps sight
    assert up.stage.clock.due_at == T0 + 9 * HOUR
    assert up.lead.due_at == up.stage.clock.due_at
    assert up.business == ticket.business
    assert code(commands.Escalate(), up, ctx()) == "top_level"


@pytest.mark.parametrize(
    "state", [State.REPORTED, State.VERIFYING, State.FILED, State.DISPATCHED, State.HANDLING, State.CHECKING]
)
def test_a_passed_stage_limit_escalates_by_itself(state: State) -> None:
    ticket = at_state(state)
    assert ticket.stage is not None
    due_at = ticket.stage.clock.due_at
    assert code(commands.Escalate(), ticket, ctx(Role.SYSTEM, due_at)) == "not_overdue"
    up = step(ticket, commands.Escalate(), ctx(Role.SYSTEM, due_at + timedelta(seconds=1)))
    assert up.stage is not None
    assert (up.level, up.stage.stage) == (Level.DISTRICT, ticket.stage.stage)
    assert up.stage.clock.started_at == up.changed_at


def test_an_old_record_never_escalates_beyond_its_end() -> None:
    ticket = replace(at_state(State.HANDLING), recorded_until=T0 + HOUR)
    assert code(commands.Escalate(), ticket, ctx(Role.SYSTEM, T0 + timedelta(days=900))) == "not_overdue"


def test_a_handler_of_another_unit_does_not_escalate() -> None:
    stranger = ctx(replace(actor(Role.HANDLER, BRIGADE), scope=Scope()))
    assert code(commands.Escalate(), at_state(State.HANDLING), stranger) == "not_your_unit"

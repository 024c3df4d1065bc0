"""Dispatch, withdraw, redirect, sign, return, void; hops, problem tickets, held clocks."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from domain import commands
from domain.actor import Scope
from domain.ids import UnitId
from domain.ticket import Ticket
from domain.vocabulary import Level, PartState, PauseReason, Role, Stage, State
from tests.unit.domain.builders import (
    BRIGADE,
    DEPARTMENT,
    OFFICE,
    STATION,
    T0,
    TOWN_CENTRE,
    UNLIMITED,
    at_state,
    code,
    ctx,
    handler,
    local,
    step,
)

DISPATCHER = ctx(Role.DISPATCHER)
MINUTE = timedelta(minutes=1)


def returned(ticket: Ticket, unit: UnitId = TOWN_CENTRE) -> Ticket:
    return step(ticket, commands.Return(text="不属本单位"), handler(ticket.changed_at + MINUTE, unit))


def dispatched(ticket: Ticket, lead: UnitId = TOWN_CENTRE, role: Role = Role.DISPATCHER) -> Ticket:
    return step(ticket, commands.Dispatch(lead=lead), ctx(role, ticket.changed_at + MINUTE))


def test_dispatch_gives_a_lead_co_units_and_two_office_hours_to_sign() -> None:
    ticket = step(at_state(State.FILED), commands.Dispatch(lead=TOWN_CENTRE, co_units=(BRIGADE,)), DISPATCHER)
    assert (ticket.state, ticket.unit, ticket.dispatched_at) == (State.DISPATCHED, TOWN_CENTRE, T0)
    assert [(part.unit, part.lead) for part in ticket.parts] == [(TOWN_CENTRE, True), (BRIGADE, False)]
    assert ticket.stage is not None
    assert ticket.stage.stage is Stage.SIGN
    assert ticket.stage.clock.due_at == local(2018, 10, 9, 11)
    assert ticket.parts[1].due_at == local(2018, 10, 9, 19)


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (commands.Dispatch(lead=UnitId("X")), "unknown_unit"),
        (commands.Dispatch(lead=BRIGADE, co_units=(UnitId("X"),)), "unknown_unit"),
        (commands.Dispatch(lead=BRIGADE, co_units=(BRIGADE,)), "already_part"),
        (commands.Dispatch(lead=TOWN_CENTRE, co_units=(BRIGADE, BRIGADE)), "already_part"),
    ],
)
def test_dispatch_is_refused(command: commands.Dispatch, why: str) -> None:
    assert code(command, at_state(State.FILED), DISPATCHER) == why


@pytest.mark.parametrize(("seconds", "why"), [(0, ""), (10, ""), (11, "undo_expired")])
def test_a_dispatch_is_taken_back_within_ten_seconds(seconds: int, why: str) -> None:
    ticket = at_state(State.DISPATCHED)
    later = ctx(Role.DISPATCHER, ticket.changed_at + timedelta(seconds=seconds))
    assert code(commands.Withdraw(), ticket, later) == why


def test_nothing_is_taken_back_that_somebody_has_signed() -> None:
    assert code(commands.Withdraw(), at_state(State.HANDLING), ctx(now=T0)) == "already_signed"
    both = step(at_state(State.FILED), commands.Dispatch(lead=TOWN_CENTRE, co_units=(BRIGADE,)), DISPATCHER)
    assert code(commands.Withdraw(), step(both, commands.Sign(), handler(unit=BRIGADE)), DISPATCHER) == "already_signed"


def test_withdrawing_leaves_no_trace_but_the_version() -> None:
    filed = at_state(State.FILED)
    back = step(dispatched(filed), commands.Withdraw(), ctx(Role.DISPATCHER, filed.changed_at + MINUTE))
    assert (back.state, back.unit, back.parts, back.dispatched_at) == (State.FILED, None, (), None)
    assert back.stage == filed.stage  # no fresh quarter of an hour
    assert dispatched(back, BRIGADE).redispatches == 0


def test_withdrawing_a_redispatch_counts_its_hop_once() -> None:
    again = dispatched(returned(at_state(State.HANDLING)))
    assert again.redispatches == 1
    back = step(again, commands.Withdraw(), ctx(Role.DISPATCHER, again.changed_at))
    assert back.unit == TOWN_CENTRE  # its held clock waits for it
    assert back.held is not None
    assert dispatched(back, BRIGADE).redispatches == 1


def test_redirect_needs_another_unit_and_a_reason_and_counts_a_hop() -> None:
    ticket = at_state(State.DISPATCHED)
    assert code(commands.Redirect(lead=TOWN_CENTRE, text="改派"), ticket, DISPATCHER) == "same_unit"
    assert code(commands.Redirect(lead=BRIGADE, text=""), ticket, DISPATCHER) == "reason_required"
    assert code(commands.Redirect(lead=UnitId("X"), text="改派"), ticket, DISPATCHER) == "unknown_unit"
    moved = step(ticket, commands.Redirect(lead=BRIGADE, text="改派"), DISPATCHER)
    assert (moved.unit, moved.redispatches, moved.state) == (BRIGADE, 1, State.DISPATCHED)
    assert [part.unit for part in moved.parts] == [BRIGADE]


def test_signing_starts_the_handling_clock_and_dates_the_lead_part() -> None:
    ticket = at_state(State.HANDLING)
    assert ticket.stage is not None
    assert ticket.lead is not None
    assert ticket.stage.stage is Stage.HANDLE
    assert ticket.stage.clock.due_at == ticket.changed_at + timedelta(hours=8)
    assert ticket.lead.due_at == ticket.stage.clock.due_at
    assert (ticket.lead.state, ticket.signed_at) == (PartState.SIGNED, ticket.changed_at)
    assert at_state(State.HANDLING, item=UNLIMITED).stage is None


def test_only_the_unit_itself_or_the_department_above_signs() -> None:
    ticket = step(at_state(State.FILED), commands.Dispatch(lead=OFFICE), DISPATCHER)
    anybody = handler(unit=STATION).actor
    assert code(commands.Sign(), ticket, ctx(replace(anybody, scope=Scope()))) == "not_your_unit"
    assert code(commands.Sign(), ticket, handler(unit=STATION)) == "scope"
    assert code(commands.Sign(), ticket, handler(unit=OFFICE)) == ""
    above = replace(handler(unit=DEPARTMENT).actor, scope=Scope())
    assert code(commands.Sign(), ticket, ctx(above)) == ""


def test_a_co_unit_signs_its_own_part_before_or_after_the_lead() -> None:
    ticket = step(at_state(State.FILED), commands.Dispatch(lead=TOWN_CENTRE, co_units=(BRIGADE, STATION)), DISPATCHER)
    ticket = step(ticket, commands.Sign(), handler(unit=BRIGADE))
    assert (ticket.state, ticket.parts[1].state) == (State.DISPATCHED, PartState.SIGNED)
    assert code(commands.Sign(), ticket, handler(unit=BRIGADE)) == "already_signed"
    ticket = step(ticket, commands.Sign(), handler())
    assert ticket.state is State.HANDLING
    assert code(commands.Sign(), ticket, handler()) == "already_signed"
    ticket = step(ticket, commands.Sign(), handler(unit=STATION))
    assert [part.state for part in ticket.parts] == [PartState.SIGNED] * 3


def test_on_return_the_handling_clock_stands_and_the_dispatch_clock_runs() -> None:
    ticket = at_state(State.HANDLING)
    back = returned(ticket)
    assert (back.state, back.returns) == (State.FILED, 1)
    assert back.stage is not None
    assert back.held is not None
    assert back.stage.stage is Stage.DISPATCH
    assert (back.held.clock.pause_reason, back.held.clock.paused_at) == (PauseReason.RETURNED, back.changed_at)
    assert code(commands.Return(text=""), ticket, handler()) == "reason_required"


def test_the_same_unit_goes_on_and_another_starts_anew() -> None:
    ticket = at_state(State.HANDLING)
    later = T0 + timedelta(hours=2)
    back = step(ticket, commands.Return(text="缺材料"), handler(ticket.changed_at + timedelta(hours=1)))
    for unit, hours_left in ((TOWN_CENTRE, 7), (BRIGADE, 8)):
        sent = step(back, commands.Dispatch(lead=unit), ctx(Role.DISPATCHER, later))
        signed = step(sent, commands.Sign(), handler(later, unit))
        assert signed.stage is not None
        assert signed.stage.clock.due_at == later + timedelta(hours=hours_left)
        assert signed.held is None


def test_the_business_clock_runs_on_through_returns() -> None:
    ticket = at_state(State.HANDLING)
    assert dispatched(returned(ticket), BRIGADE).business == ticket.business


def test_the_third_return_makes_a_problem_ticket_one_level_up() -> None:
    ticket = at_state(State.DISPATCHED)
    for unit in (BRIGADE, DEPARTMENT):
        ticket = dispatched(returned(ticket, ticket.unit or TOWN_CENTRE), unit)
        assert not ticket.problem
    problem = returned(ticket, DEPARTMENT)
    assert (problem.problem, problem.returns, problem.level) == (True, 3, Level.DISTRICT)
    again = commands.Dispatch(lead=BRIGADE)
    assert code(again, problem, DISPATCHER) == "problem_ticket"
    bound = step(problem, again, ctx(Role.SHIFT_LEADER, problem.changed_at))
    assert code(commands.Return(text="不接"), bound, handler(unit=BRIGADE)) == "lead_binding"
    assert code(commands.Redirect(lead=OFFICE, text="改派"), bound, DISPATCHER) == "problem_ticket"
    assert code(commands.Redirect(lead=OFFICE, text="改派"), bound, ctx(Role.SHIFT_LEADER)) == ""


def test_the_third_redispatch_without_a_lead_makes_a_problem_ticket() -> None:
    ticket = at_state(State.DISPATCHED)
    for unit in (BRIGADE, DEPARTMENT):
        ticket = step(ticket, commands.Redirect(lead=unit, text="改派"), DISPATCHER)
        assert not ticket.problem
    ticket = step(ticket, commands.Redirect(lead=OFFICE, text="改派"), DISPATCHER)
    assert (ticket.problem, ticket.redispatches, ticket.level) == (True, 3, Level.DISTRICT)


def test_on_redispatch_a_co_unit_that_began_stays_and_an_untouched_one_drops_out() -> None:
    ticket = step(at_state(State.FILED), commands.Dispatch(lead=TOWN_CENTRE, co_units=(BRIGADE, STATION)), DISPATCHER)
    ticket = returned(step(ticket, commands.CheckIn(unit=BRIGADE), handler(unit=BRIGADE)))
    ticket = dispatched(ticket, DEPARTMENT)
    assert [part.unit for part in ticket.parts] == [DEPARTMENT, BRIGADE]
    assert ticket.parts[1].arrived_at is not None


def test_void_needs_a_reason() -> None:
    assert code(commands.Void(text=""), at_state(State.FILED), ctx()) == "reason_required"
    assert at_state(State.VOID).end_reason == "void"

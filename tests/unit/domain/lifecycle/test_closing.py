"""Check, close, reject a closing, reopen, force close."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from domain import commands
from domain.ids import UserId
from domain.ticket import Ticket
from domain.vocabulary import CheckResult, ClosingFlaw, Level, Mediation, Opinion, Role, Stage, State
from tests.unit.domain.builders import (
    DISPUTE,
    IMPORTER,
    T0,
    UNCHECKED,
    UNLIMITED,
    actor,
    at_state,
    code,
    ctx,
    handler,
    step,
)

HOUR = timedelta(hours=1)
PASS = commands.RecordCheck(result=CheckResult.PASS)
FAIL = commands.RecordCheck(result=CheckResult.FAIL, text="未清理")
UNSURE = commands.RecordCheck(result=CheckResult.CANNOT_TELL)


def close(ticket: Ticket, hours: float = 1) -> Ticket:
    return step(ticket, commands.Close(), ctx(now=T0 + hours * HOUR))


def test_the_check_is_one_half_hour_from_the_result_to_the_verdict() -> None:
    handled = at_state(State.HANDLED)
    asked = step(handled, commands.RequestCheck(), ctx(Role.CHECKER, handled.changed_at + timedelta(minutes=20)))
    assert (asked.state, asked.stage) == (State.CHECKING, handled.stage)
    unasked = at_state(State.HANDLED, item=UNCHECKED)
    assert unasked.stage is not None
    started = step(unasked, commands.RequestCheck(), ctx(Role.CHECKER, T0 + HOUR)).stage
    assert started is not None
    assert (started.stage, started.clock.due_at) == (Stage.CHECK, T0 + 1.5 * HOUR)


def test_a_passed_check_leads_to_closing() -> None:
    ready = step(at_state(State.CHECKING), PASS, ctx(Role.CHECKER))
    assert ready.stage is not None
    assert (ready.state, ready.stage.stage, ready.check, ready.round) == (
        State.READY_TO_CLOSE,
        Stage.CLOSE,
        CheckResult.PASS,
        1,
    )


def test_a_failed_check_is_another_round_and_the_handling_clock_goes_on() -> None:
    handling = at_state(State.HANDLING)
    checking = at_state(State.CHECKING)
    failed = step(checking, FAIL, ctx(Role.CHECKER, T0 + 3 * HOUR))
    assert handling.stage is not None
    assert checking.handled_at is not None
    assert failed.stage is not None
    assert (failed.state, failed.round, failed.held) == (State.HANDLING, 2, None)
    assert failed.stage.clock.due_at == handling.stage.clock.due_at + (T0 + 3 * HOUR - checking.handled_at)


def test_cannot_tell_goes_back_to_handled_with_a_fresh_half_hour() -> None:
    back = step(at_state(State.CHECKING), UNSURE, ctx(Role.CHECKER, T0 + HOUR))
    assert back.stage is not None
    assert (back.state, back.round, back.stage.clock.due_at) == (State.HANDLED, 1, T0 + 1.5 * HOUR)
    assert back.held is not None


def test_nobody_checks_what_he_reported() -> None:
    collector = actor(Role.COLLECTOR)
    own = ctx(collector, finder=collector.user)
    assert code(PASS, at_state(State.CHECKING), own) == "finder_is_checker"
    assert code(PASS, at_state(State.CHECKING), ctx(collector, finder=UserId("another"))) == ""
    assert code(PASS, at_state(State.CHECKING), ctx(IMPORTER, finder=IMPORTER.user)) == ""
    registrar = actor(Role.REGISTRAR)
    unchecked = at_state(State.HANDLED, item=UNCHECKED)
    assert code(commands.Close(), unchecked, ctx(registrar, finder=registrar.user)) == "finder_is_checker"
    assert code(commands.Close(), at_state(State.READY_TO_CLOSE), ctx(registrar, finder=registrar.user)) == ""


def test_only_an_item_that_needs_no_check_is_closed_from_handled() -> None:
    assert code(commands.Close(), at_state(State.HANDLED), ctx()) == "needs_check"
    closed = close(at_state(State.HANDLED, item=UNCHECKED))
    assert (closed.state, closed.check, closed.closed_at) == (State.CLOSED, None, T0 + HOUR)


def test_a_parent_asks_for_its_children() -> None:
    assert code(commands.Close(), at_state(State.READY_TO_CLOSE), ctx(open_children=2)) == "open_children"


@pytest.mark.parametrize(("seconds", "on_time"), [(-1, True), (0, True), (1, False)])
def test_on_time_is_up_to_and_with_the_business_limit(seconds: int, on_time: bool) -> None:
    ready = at_state(State.READY_TO_CLOSE)
    assert ready.due_at is not None
    closed = step(ready, commands.Close(), ctx(now=ready.due_at + timedelta(seconds=seconds)))
    assert closed.on_time is on_time
    assert (closed.stage, closed.held) == (None, None)
    assert closed.business == ready.business


def test_without_a_limit_it_is_neither_on_time_nor_late() -> None:
    assert close(at_state(State.READY_TO_CLOSE, item=UNLIMITED), 9000).on_time is None


def test_a_rejected_closing_is_another_round_on_the_held_clock() -> None:
    ready = at_state(State.READY_TO_CLOSE)
    back = step(ready, commands.RejectClosing(flaw=ClosingFlaw.TOO_THIN), ctx(now=T0 + HOUR))
    assert back.stage is not None
    assert (back.state, back.round, back.stage.stage, back.held) == (State.HANDLING, 2, Stage.HANDLE, None)
    assert code(commands.RejectClosing(flaw=ClosingFlaw.WRONG), at_state(State.HANDLED), ctx()) == "state"


def test_reopening_keeps_the_first_closing_and_the_business_clock() -> None:
    closed = close(at_state(State.READY_TO_CLOSE))
    again = step(closed, commands.Reopen(text="反弹"), ctx(now=T0 + 48 * HOUR))
    assert again.stage is not None
    assert (again.id, again.state, again.round, again.reopened) == (closed.id, State.HANDLING, 2, 1)
    assert (again.first_closed_at, again.closed_at, again.on_time) == (closed.closed_at, None, None)
    assert (again.business, again.stage.clock.started_at) == (closed.business, T0 + 48 * HOUR)
    assert code(commands.Reopen(text=""), closed, ctx()) == "reason_required"
    walked = again
    for command, who in (
        (commands.ReportResult(resolved_level=Level.TOWN), handler(T0 + 49 * HOUR)),
        (commands.RequestCheck(), ctx(now=T0 + 49 * HOUR)),
        (PASS, ctx(Role.CHECKER, T0 + 49 * HOUR)),
    ):
        walked = step(walked, command, who)
    twice = close(walked, 50)
    assert (twice.first_closed_at, twice.closed_at, twice.on_time) == (closed.closed_at, T0 + 50 * HOUR, False)


def test_a_caller_reopens_only_on_the_word_of_the_citizen_and_once() -> None:
    closed = close(at_state(State.READY_TO_CLOSE))
    caller = ctx(Role.CALLER, T0 + 2 * HOUR)
    reopen = commands.Reopen(text="群众不满意")
    assert code(reopen, closed, caller) == "not_dissatisfied"
    happy = step(closed, commands.RecordCallBack(reached=True, solved=True, opinion=Opinion.VERY), caller)
    assert code(reopen, happy, caller) == "not_dissatisfied"
    for answer in (
        commands.RecordCallBack(reached=True, opinion=Opinion.NOT),
        commands.RecordCallBack(reached=True, solved=False, opinion=Opinion.NO_OPINION),
    ):
        assert code(reopen, step(closed, answer, caller), caller) == ""
        assert code(reopen, replace(step(closed, answer, caller), reopened=1), caller) == "reopened_once"


def test_force_close_needs_a_reason_and_is_no_closing() -> None:
    ticket = at_state(State.SUSPENDED)
    assert code(commands.ForceClose(text=" "), ticket, ctx()) == "reason_required"
    forced = step(ticket, commands.ForceClose(text="无法处置"), ctx())
    assert (forced.state, forced.closed_at, forced.ended_at, forced.on_time) == (State.FORCED_CLOSED, None, T0, None)
    assert (forced.stage, forced.request, forced.suspended_until) == (None, None, None)


@pytest.mark.parametrize(
    ("settled", "outcome"), [(True, Mediation.SETTLED), (False, Mediation.NOT_SETTLED), (None, Mediation.UNSTATED)]
)
def test_a_dispute_is_closed_with_how_it_ended(settled: bool | None, outcome: Mediation) -> None:
    ready = at_state(State.READY_TO_CLOSE, item=DISPUTE)
    assert step(ready, commands.Close(settled=settled), ctx()).mediation is outcome


@pytest.mark.parametrize("settled", [True, False])
def test_what_is_no_dispute_has_no_outcome_of_a_mediation(settled: bool) -> None:
    ready = at_state(State.READY_TO_CLOSE)
    assert code(commands.Close(settled=settled), ready, ctx()) == "not_a_dispute"
    assert close(ready).mediation is None


def test_a_dispute_closed_again_says_how_it_ended_this_time() -> None:
    first = step(at_state(State.READY_TO_CLOSE, item=DISPUTE), commands.Close(settled=False), ctx())
    again = replace(first, state=State.READY_TO_CLOSE)
    assert step(again, commands.Close(settled=True), ctx()).mediation is Mediation.SETTLED

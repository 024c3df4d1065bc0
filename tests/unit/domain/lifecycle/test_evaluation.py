"""Call-back and appeal."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain import commands
from domain.ids import UserId
from domain.lifecycle import Context, Decision, decide
from domain.vocabulary import Opinion, Role, State
from tests.unit.domain.builders import BRIGADE, T0, TOWN_CENTRE, actor, at_state, code, ctx, handler, step

CLOSED = at_state(State.CLOSED)
LATE = step(at_state(State.READY_TO_CLOSE), commands.Close(), ctx(now=T0 + timedelta(days=2)))
CALLER = ctx(Role.CALLER, T0 + timedelta(days=3))
UNREACHED = commands.RecordCallBack(reached=False)
HAPPY = commands.RecordCallBack(reached=True, solved=True, opinion=Opinion.SATISFIED)
APPEAL = commands.FileAppeal(text="因暴雨停工")
GRANT = commands.ReviewAppeal(grant=True, text="属实")


def reviewer(name: str, **more: Any) -> Context:
    return ctx(actor(Role.ASSESSOR, user=UserId(name), **more))


def test_a_call_back_keeps_reached_solved_and_opinion_apart() -> None:
    call = step(CLOSED, HAPPY, CALLER).call_back
    assert call is not None
    assert (call.attempts, call.reached, call.solved, call.opinion) == (1, True, True, Opinion.SATISFIED)
    assert code(commands.RecordCallBack(reached=True), CLOSED, CALLER) == "opinion_required"
    assert code(replace(HAPPY, reached=False), CLOSED, CALLER) == "not_reached"


def test_unreachable_after_three_tries() -> None:
    ticket = CLOSED
    for _ in range(3):
        assert code(UNREACHED, ticket, CALLER) == ""
        ticket = step(ticket, UNREACHED, CALLER)
    assert ticket.call_back is not None
    assert ticket.call_back.attempts == 3
    assert code(HAPPY, ticket, CALLER) == "call_back_done"


def test_reached_once_is_enough() -> None:
    second = step(step(CLOSED, UNREACHED, CALLER), HAPPY, CALLER)
    assert second.call_back is not None
    assert second.call_back.attempts == 2
    assert code(HAPPY, second, CALLER) == "call_back_done"


def test_after_a_second_closing_the_caller_starts_anew() -> None:
    done = step(CLOSED, HAPPY, CALLER)
    closed_again = replace(done, closed_at=CALLER.now + timedelta(days=1))
    assert code(HAPPY, closed_again, CALLER) == ""
    again = step(closed_again, UNREACHED, ctx(Role.CALLER, CALLER.now + timedelta(days=2))).call_back
    assert again is not None
    assert (again.attempts, again.reached) == (1, False)


def test_only_lateness_is_appealed_once_and_by_the_unit() -> None:
    assert code(APPEAL, CLOSED, handler()) == "not_late"
    assert code(replace(APPEAL, text=""), LATE, handler()) == "reason_required"
    assert code(APPEAL, LATE, ctx(actor(Role.HANDLER, BRIGADE))) == "not_your_unit"
    assert code(APPEAL, step(LATE, APPEAL, handler()), handler()) == "appeal_once"


@pytest.mark.parametrize(
    ("first", "second", "granted"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_two_different_people_decide_and_the_lateness_stays_visible(first: bool, second: bool, granted: bool) -> None:
    ticket = step(LATE, APPEAL, handler())
    ticket = step(ticket, replace(GRANT, grant=first), reviewer("a"))
    assert ticket.appeal is not None
    assert ticket.appeal.granted is None
    assert code(GRANT, ticket, reviewer("a", seat="B02")) == "reviewer_twice"
    ticket = step(ticket, replace(GRANT, grant=second), reviewer("b"))
    assert ticket.appeal is not None
    assert (ticket.appeal.granted, ticket.on_time) == (granted, False)
    assert code(GRANT, ticket, reviewer("c")) == "appeal_decided"


def test_a_review_names_no_account_and_needs_reason_appeal_and_distance() -> None:
    ticket = step(LATE, APPEAL, handler())
    answer = decide(GRANT, ticket, reviewer("zhang.san"))
    assert isinstance(answer, Decision)
    assert "zhang" not in repr(answer.event)
    assert code(GRANT, LATE, reviewer("a")) == "no_appeal"
    assert code(replace(GRANT, text=""), ticket, reviewer("a")) == "reason_required"
    assert code(GRANT, ticket, reviewer("a", unit=TOWN_CENTRE)) == "own_unit"

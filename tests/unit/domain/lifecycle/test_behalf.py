"""代办: a dispatcher records what a unit told by phone."""

from datetime import timedelta

import pytest

from domain import commands, events
from domain.ids import UnitId
from domain.lifecycle import Decision, decide
from domain.lifecycle.behalf import open_acts
from domain.vocabulary import Level, PartState, Role, State
from tests.unit.domain.builders import BRIGADE, STATION, T0, TOWN_CENTRE, at_state, code, ctx, handler, joint, step

LATER = T0 + timedelta(minutes=30)
DISPATCHER = ctx(Role.DISPATCHER, LATER)


def act(unit: UnitId, name: str, **more: object) -> commands.ActFor:
    return commands.ActFor(unit=unit, act=name, text="单位来电", **more)  # type: ignore[arg-type]


def test_what_is_recorded_for_a_unit_is_what_the_unit_itself_would_have_made_true() -> None:
    ticket = at_state(State.DISPATCHED)
    by_phone = step(ticket, act(TOWN_CENTRE, "sign"), DISPATCHER)
    by_itself = step(ticket, commands.Sign(), handler(LATER))
    assert by_phone == by_itself
    done = step(by_phone, act(TOWN_CENTRE, "report_result", resolved_level=Level.COMMUNITY), DISPATCHER)
    assert (done.state, done.resolved_level) == (State.HANDLED, Level.COMMUNITY)


def test_the_event_names_the_unit_and_the_words_stay_beside_it() -> None:
    decision = decide(act(TOWN_CENTRE, "sign"), at_state(State.DISPATCHED), DISPATCHER)
    assert isinstance(decision, Decision)
    assert isinstance(decision.event, events.Signed)
    assert decision.event.on_behalf == TOWN_CENTRE
    assert decision.private == {"text": "单位来电"}


def test_a_co_unit_signs_checks_in_and_reports_by_phone() -> None:
    ticket = joint()
    assert {act for unit, act in open_acts(ticket, DISPATCHER) if unit == BRIGADE} == {"sign", "check_in"}
    for name in ("sign", "check_in", "report_part"):
        ticket = step(ticket, act(BRIGADE, name), DISPATCHER)
    part = next(part for part in ticket.parts if part.unit == BRIGADE)
    assert (part.state, part.arrived_at, part.reported_at) == (PartState.REPORTED, LATER, LATER)


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (act(TOWN_CENTRE, "report_result"), "act_not_now"),
        (act(TOWN_CENTRE, "check_in"), "act_not_now"),
        (act(STATION, "sign"), "act_not_now"),
        (act(TOWN_CENTRE, "close"), "act_not_now"),
        (act(UnitId("nobody"), "sign"), "unknown_unit"),
        (commands.ActFor(unit=TOWN_CENTRE, act="sign", text=" "), "reason_required"),
    ],
)
def test_what_the_unit_could_not_do_itself_is_not_recorded_for_it(command: commands.ActFor, why: str) -> None:
    assert code(command, at_state(State.DISPATCHED), DISPATCHER) == why


def test_the_open_part_of_another_unit_needs_its_reason_here_too() -> None:
    assert code(act(TOWN_CENTRE, "report_result"), joint(), DISPATCHER) == "parts_open"
    assert code(act(TOWN_CENTRE, "report_result", parts_open_reason="另行反馈"), joint(), DISPATCHER) == ""


def test_a_unit_does_not_act_for_another() -> None:
    assert code(act(TOWN_CENTRE, "sign"), at_state(State.DISPATCHED), handler()) == "role"

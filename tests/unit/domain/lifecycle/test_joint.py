"""Co-units, whistle, check-in, parts reported and judged, scores."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from domain import commands
from domain.ids import UnitId
from domain.lifecycle.joint import score
from domain.rules import ScoreWeights
from domain.ticket import Participation, Ticket
from domain.vocabulary import CheckResult, Level, PartState, Role, State
from tests.unit.domain.builders import (
    BRIGADE,
    DEPARTMENT,
    OFFICE,
    STATION,
    T0,
    TOWN_CENTRE,
    at_state,
    code,
    ctx,
    handler,
    joint,
    step,
)

HOUR = timedelta(hours=1)
COORDINATOR = ctx(Role.COORDINATOR)


def part(ticket: Ticket, unit: UnitId = BRIGADE) -> Participation:
    return next(one for one in ticket.parts if one.unit == unit)


def whistled() -> Ticket:
    return step(at_state(State.HANDLING), commands.Whistle(unit=BRIGADE, text="请到场"), handler())


def test_co_units_are_added_once_and_known() -> None:
    ticket = joint()
    for units, why in (
        ((), "no_units"),
        ((UnitId("X"),), "unknown_unit"),
        ((BRIGADE,), "already_part"),
        ((STATION, STATION), "already_part"),
    ):
        assert code(commands.AddCoUnits(units=units), ticket, COORDINATOR) == why
    more = step(ticket, commands.AddCoUnits(units=(STATION, DEPARTMENT)), COORDINATOR)
    assert [one.unit for one in more.parts] == [TOWN_CENTRE, BRIGADE, STATION, DEPARTMENT]


def test_a_whistled_unit_has_half_an_hour_to_check_in() -> None:
    ticket = whistled()
    assert part(ticket).whistled
    assert part(ticket).check_in_due_at == T0 + timedelta(minutes=30)
    assert code(commands.ReportPart(unit=BRIGADE), ticket, handler(unit=BRIGADE)) == "check_in_first"
    there = step(ticket, commands.CheckIn(unit=BRIGADE), handler(T0 + HOUR, BRIGADE))
    assert (part(there).state, part(there).arrived_at) == (PartState.ARRIVED, T0 + HOUR)
    assert code(commands.CheckIn(unit=BRIGADE), there, handler(unit=BRIGADE)) == "already_checked_in"


@pytest.mark.parametrize(
    ("by", "lead", "unit", "why"),
    [
        ("collector", TOWN_CENTRE, DEPARTMENT, "whistle_not_up"),  # grid → town only
        ("handler", STATION, TOWN_CENTRE, ""),
        ("handler", STATION, DEPARTMENT, "whistle_not_up"),
        ("handler", TOWN_CENTRE, DEPARTMENT, ""),
        ("handler", TOWN_CENTRE, STATION, "whistle_not_up"),
        ("handler", DEPARTMENT, BRIGADE, "whistle_not_up"),
        ("coordinator", TOWN_CENTRE, BRIGADE, ""),
        ("coordinator", TOWN_CENTRE, UnitId("X"), "unknown_unit"),
        ("coordinator", STATION, STATION, "whistle_not_up"),
    ],
)
def test_the_whistle_calls_one_level_up(by: str, lead: UnitId, unit: UnitId, why: str) -> None:
    ticket = step(at_state(State.FILED), commands.Dispatch(lead=lead), ctx(Role.DISPATCHER))
    who = handler(unit=lead) if by == "handler" else ctx(Role(by))
    assert code(commands.Whistle(unit=unit, text="请到场"), ticket, who) == why


def test_the_whistle_needs_a_reason_and_a_unit_that_takes_part() -> None:
    assert code(commands.Whistle(unit=BRIGADE, text=""), joint(), handler()) == "reason_required"
    assert code(commands.Whistle(unit=BRIGADE, text="请到场"), joint(), handler()) == "already_part"
    stranger = ctx(replace(handler(unit=STATION).actor, scope=ctx().actor.scope))
    assert code(commands.Whistle(unit=BRIGADE, text="请到场"), joint(), stranger) == "not_your_unit"


def test_a_unit_speaks_only_for_its_own_part() -> None:
    ticket = step(joint(), commands.AddCoUnits(units=(STATION,)), COORDINATOR)
    assert code(commands.CheckIn(unit=STATION), ticket, handler(unit=BRIGADE)) == "not_your_unit"
    assert code(commands.CheckIn(unit=TOWN_CENTRE), ticket, handler()) == "lead_part"
    assert code(commands.CheckIn(unit=OFFICE), ticket, COORDINATOR) == "not_a_part"
    assert code(commands.CheckIn(unit=TOWN_CENTRE), ticket, COORDINATOR) == "lead_part"
    assert code(commands.CheckIn(unit=STATION), ticket, COORDINATOR) == ""


def test_a_co_unit_signs_then_reports_then_is_judged_by_the_lead() -> None:
    ticket = joint()
    own = handler(unit=BRIGADE)
    assert code(commands.ReportPart(unit=BRIGADE), ticket, own) == "sign_first"
    assert code(commands.JudgePart(unit=BRIGADE, accepted=True), ticket, handler()) == "part_not_reported"
    ticket = step(step(ticket, commands.Sign(), own), commands.ReportPart(unit=BRIGADE), own)
    assert part(ticket).state is PartState.REPORTED
    assert code(commands.ReportPart(unit=BRIGADE), ticket, own) == "part_reported"
    assert code(commands.JudgePart(unit=BRIGADE, accepted=True), ticket, own) == "not_your_unit"
    assert code(commands.JudgePart(unit=BRIGADE, accepted=False), ticket, handler()) == "reason_required"
    again = step(ticket, commands.JudgePart(unit=BRIGADE, accepted=False, text="不全"), handler())
    assert (part(again).state, part(again).returns, part(again).reported_at) == (PartState.RETURNED, 1, None)
    done = step(
        step(again, commands.ReportPart(unit=BRIGADE), own), commands.JudgePart(unit=BRIGADE, accepted=True), handler()
    )
    assert (part(done).state, part(done).score) == (PartState.ACCEPTED, 80)  # not accepted first time


def test_a_part_may_still_be_reported_after_the_lead_has() -> None:
    ticket = step(joint(), commands.Sign(), handler(unit=BRIGADE))
    result = commands.ReportResult(resolved_level=Level.TOWN, parts_open_reason="协办另报")
    ticket = step(ticket, result, handler())
    assert part(step(ticket, commands.ReportPart(unit=BRIGADE), handler(unit=BRIGADE))).state is PartState.REPORTED


def accepted(**more: object) -> Participation:
    given = {
        "unit": BRIGADE,
        "state": PartState.ACCEPTED,
        "asked_at": T0,
        "check_in_due_at": T0 + HOUR,
        "due_at": T0 + 8 * HOUR,
        "arrived_at": T0 + HOUR,
        "reported_at": T0 + 8 * HOUR,
        **more,
    }
    return Participation(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "points"),
    [
        (accepted(), 100),
        (accepted(arrived_at=T0 + 2 * HOUR), 80),
        (accepted(arrived_at=None), 80),
        (accepted(reported_at=T0 + 9 * HOUR), 70),
        (accepted(returns=1), 80),
        (accepted(state=PartState.REPORTED), 50),
        (accepted(state=PartState.ASKED, arrived_at=None, reported_at=None), 0),
        (accepted(due_at=None), 100),  # a point that cannot be earned is left out: 70 of 70
        (accepted(due_at=None, returns=1), 100 * 50 / 70),
        (accepted(lead=True, arrived_at=None, signed_at=T0), 100),
    ],
)
def test_score_of_a_part(one: Participation, points: float) -> None:
    assert score(one, ScoreWeights()) == pytest.approx(points)


def test_weights_are_data() -> None:
    assert score(accepted(returns=1), ScoreWeights(0, 0, 1, 3)) == 25


def test_closing_accepts_what_was_reported_and_scores_every_unit() -> None:
    ticket = step(joint(), commands.Sign(), handler(unit=BRIGADE))
    ticket = step(ticket, commands.AddCoUnits(units=(STATION,)), COORDINATOR)
    ticket = step(ticket, commands.ReportPart(unit=BRIGADE), handler(unit=BRIGADE))
    ticket = step(ticket, commands.ReportResult(resolved_level=Level.TOWN, parts_open_reason="另报"), handler())
    ticket = step(ticket, commands.RequestCheck(), ctx(Role.CHECKER))
    ticket = step(ticket, commands.RecordCheck(result=CheckResult.PASS), ctx(Role.CHECKER))
    closed = step(ticket, commands.Close(), ctx())
    assert [(one.unit, one.state, one.score) for one in closed.parts] == [
        (TOWN_CENTRE, PartState.ACCEPTED, 100),
        (BRIGADE, PartState.ACCEPTED, 100),
        (STATION, PartState.ASKED, 0),
    ]


def test_a_failed_check_costs_the_lead_its_first_acceptance() -> None:
    failed = step(at_state(State.CHECKING), commands.RecordCheck(result=CheckResult.FAIL), ctx(Role.CHECKER))
    assert failed.lead is not None
    assert (failed.lead.state, failed.lead.returns, failed.lead.reported_at) == (PartState.RETURNED, 1, None)

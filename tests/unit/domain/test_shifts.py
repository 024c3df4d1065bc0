"""Shifts as half-open intervals in a named zone, and the roster: teams, swaps, approval."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.actor import Actor
from domain.documents import DocCommand, DocContext, DocDecision, decide, fold
from domain.ids import SeatId, UserId
from domain.lifecycle.core import Rejection
from domain.shifts.hours import DEFAULT_SHIFTS, ShiftType, after, before, shift_at, shifts_between, sound
from domain.shifts.roster import (
    ID,
    ROSTER,
    ApproveSwap,
    AskSwap,
    RefuseSwap,
    Roster,
    SeatPost,
    SetRoster,
    Slot,
    SwapState,
)
from domain.vocabulary import Role
from tests.unit.domain.builders import RULES, SHANGHAI, local

NOW = local(2018, 10, 9, 9)
CUTS = st.lists(st.integers(0, 95), min_size=1, max_size=6, unique=True).map(sorted)
ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]).map(ZoneInfo)
INSTANTS = st.datetimes(datetime(2018, 1, 1), datetime(2027, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))


def types_from(cuts: list[int]) -> tuple[ShiftType, ...]:
    ends = [*cuts[1:], cuts[0]]
    return tuple(ShiftType(f"s{n}", f"班{n}", a * 15, b * 15) for n, (a, b) in enumerate(zip(cuts, ends, strict=True)))


@given(CUTS, ZONES, INSTANTS)
def test_every_instant_lies_in_exactly_one_shift_also_where_the_clock_is_put_forward(cuts, zone, at) -> None:
    types = types_from(cuts)
    assert sound(types)
    shift = shift_at(types, zone, at)
    assert shift.holds(at)
    later = after(types, zone, shift)
    assert shift.ends_at == later.starts_at
    assert before(types, zone, later) == shift
    found = list(shifts_between(types, zone, at, at + timedelta(days=3)))
    assert sum(one.holds(at + timedelta(hours=30)) for one in found) == 1
    assert all(one.ends_at == two.starts_at for one, two in itertools.pairwise(found))


def test_a_night_shift_goes_over_midnight_and_belongs_to_the_day_on_which_it_begins() -> None:
    shift = shift_at(DEFAULT_SHIFTS, SHANGHAI, local(2018, 10, 10, 3))
    assert (shift.code, shift.day) == ("night", date(2018, 10, 9))
    assert (shift.starts_at, shift.ends_at) == (local(2018, 10, 9, 20), local(2018, 10, 10, 8))
    assert shift_at(DEFAULT_SHIFTS, SHANGHAI, shift.ends_at).code == "day"


@pytest.mark.parametrize(
    "types",
    [
        (),
        (ShiftType("a", "一", 0, 720),),
        (ShiftType("a", "一", 0, 720), ShiftType("b", "二", 700, 0)),
        (ShiftType("a", "一", 5, 725), ShiftType("b", "二", 725, 5)),
        (ShiftType("a", "一", 0, 720), ShiftType("a", "二", 720, 0)),
    ],
    ids=["none", "gap", "overlap", "no quarter", "same code"],
)
def test_shifts_that_do_not_cover_the_day_are_refused(types) -> None:
    assert not sound(types)
    assert (
        code(SetRoster(shifts=types, teams=("甲班",), first_day=date(2018, 10, 1), cycle=(("甲班",),))) == "bad_shifts"
    )


def person(name: str, role: Role = Role.SHIFT_LEADER) -> Actor:
    return Actor(user=UserId(name), role=role, seat=SeatId(name))


def context(who: Actor, now: datetime = NOW) -> DocContext:
    return DocContext(
        actor=who, now=now, rules=RULES, lookup=lambda *_: None, open_of=lambda _: (), ticket=lambda _: None
    )


def code(command: DocCommand, roster: Roster | None = None, who: Actor | None = None, now: datetime = NOW) -> str:
    answer = decide(ROSTER, command, roster, context(who or person("a"), now))
    return answer.code if isinstance(answer, Rejection) else ""


def step(command: DocCommand, roster: Roster | None = None, who: Actor | None = None) -> Roster:
    answer = decide(ROSTER, command, roster, context(who or person("a")))
    assert isinstance(answer, DocDecision), answer
    after_ = fold(ROSTER, roster, ID, roster.version + 1 if roster else 1, answer.event, NOW)
    assert isinstance(after_, Roster)
    return after_


def six_teams() -> Roster:
    """A day or a night every third day."""
    cycle = (("甲班", "乙班"), ("丙班", "丁班"), ("戊班", "己班"))
    teams = tuple(team for day in cycle for team in day)
    return step(SetRoster(teams=teams, first_day=date(2018, 10, 8), cycle=cycle))


def slot(day: int, code: str = "day") -> Slot:
    return Slot(date(2018, 10, day), code)


def test_the_cycle_says_who_is_on_duty_and_nothing_before_its_first_day() -> None:
    roster = six_teams()
    assert [roster.team(slot(day)) for day in (7, 8, 9, 11, 12)] == ["", "甲班", "丙班", "甲班", "丙班"]
    assert roster.team(slot(9, "night")) == "丁班"


def test_a_swap_counts_only_when_somebody_else_has_approved_it() -> None:
    roster = step(AskSwap(one=slot(12), other=slot(14), text="家中有事"), six_teams())
    assert roster.team(slot(12)) == "丙班"
    assert code(ApproveSwap(swap="1"), roster) == "own_swap"
    assert code(AskSwap(one=slot(12), other=slot(17), text="x"), roster) == "swap_open"
    done = step(ApproveSwap(swap="1"), roster, person("b"))
    assert (done.team(slot(12)), done.team(slot(14))) == ("甲班", "丙班")
    assert code(ApproveSwap(swap="1"), done, person("b")) == "settled"


def test_a_second_swap_is_made_of_what_the_first_one_left() -> None:
    roster = step(
        ApproveSwap(swap="1"), step(AskSwap(one=slot(12), other=slot(14), text="x"), six_teams()), person("b")
    )
    roster = step(ApproveSwap(swap="2"), step(AskSwap(one=slot(14), other=slot(20), text="x"), roster), person("b"))
    assert [roster.team(slot(day)) for day in (12, 14, 20)] == ["甲班", "甲班", "丙班"]
    teams = sorted(roster.team(slot(day)) for day in (12, 14, 20))
    assert teams == sorted(six_teams().team(slot(day)) for day in (12, 14, 20))


def test_a_swap_is_refused_with_its_reason() -> None:
    roster = six_teams()
    assert code(AskSwap(one=slot(8), other=slot(14), text="x"), roster) == "past"
    assert code(AskSwap(one=slot(12), other=slot(15), text="x"), roster) == "same_team"
    assert code(AskSwap(one=slot(12), other=Slot(date(2018, 10, 14), "noon"), text="x"), roster) == "unknown_shift"
    assert code(AskSwap(one=slot(12), other=slot(14), text=" "), roster) == "reason_required"
    refused = step(
        RefuseSwap(swap="1", text="人手不够"),
        step(AskSwap(one=slot(12), other=slot(14), text="x"), roster),
        person("b"),
    )
    assert refused.swaps["1"].state is SwapState.REFUSED
    assert refused.team(slot(12)) == "丙班"


def test_a_team_does_not_go_from_one_shift_into_the_next_by_a_swap() -> None:
    roster = six_teams()
    # 乙 has the night of the 14th: the day of the 15th would follow without rest.
    assert roster.team(slot(14, "night")) == "乙班"
    assert code(AskSwap(one=slot(15), other=slot(17, "night"), text="x"), roster) == "no_rest"


def test_teams_and_cycle_must_fit() -> None:
    day = date(2018, 10, 8)
    assert code(SetRoster(teams=(), first_day=day, cycle=(("甲班", "乙班"),))) == "bad_teams"
    assert code(SetRoster(teams=("甲班",), first_day=day, cycle=(("甲班", "乙班"),))) == "bad_teams"
    assert code(SetRoster(teams=("甲班",), first_day=day, cycle=(("甲班",),))) == "bad_cycle"
    assert code(SetRoster(teams=("甲班",), first_day=day, cycle=())) == "too_many"
    assert code(AskSwap(one=slot(12), other=slot(14), text="x"), six_teams(), person("w", Role.WALL)) == "role"


@pytest.mark.parametrize(
    "posts",
    [
        (SeatPost(SeatId("1"), Role.DISPATCHER), SeatPost(SeatId("1"), Role.REGISTRAR)),
        (SeatPost(SeatId(""), Role.DISPATCHER),),
        (SeatPost(SeatId("1"), Role.WALL),),
        tuple(SeatPost(SeatId(str(n)), Role.DISPATCHER) for n in range(61)),
    ],
)
def test_a_seat_stands_once_with_a_role_that_sits_in_the_hall(posts: tuple[SeatPost, ...]) -> None:
    day = date(2018, 10, 1)
    given = SetRoster(teams=("甲班", "乙班"), first_day=day, cycle=(("甲班", "乙班"),), seats=posts)
    assert code(given) == "bad_seats"

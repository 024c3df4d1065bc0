"""Limits as the rules give them: stage clocks, the business limit as a walk, what a pause adds, units upwards."""

from datetime import timedelta

from domain.ids import UnitId
from domain.organisation import Unit
from domain.ticket import Limit
from domain.vocabulary import LimitType, Stage
from tests.unit.domain.builders import DEPARTMENT, ITEMS, OFFICE, RULES, T0, local, rules

URGENT, WORKDAYS, UNLIMITED, UNCHECKED = ITEMS[:4]


def test_stage_limits_of_the_rulebook() -> None:
    minutes = {
        Stage.ACCEPT: 15,
        Stage.VERIFY: 30,
        Stage.DISPATCH: 15,
        Stage.SIGN: 120,
        Stage.CHECK: 30,
        Stage.CLOSE: 30,
    }
    for stage, expected in minutes.items():
        running = RULES.stage_clock(stage, T0)
        assert running is not None
        assert running.clock.due_at - T0 == timedelta(minutes=expected)


def test_handling_takes_the_limit_of_its_item() -> None:
    running = RULES.stage_clock(Stage.HANDLE, T0, URGENT)
    assert running is not None
    assert running.clock.due_at == T0 + timedelta(hours=8)
    assert RULES.stage_clock(Stage.HANDLE, T0, UNLIMITED) is None


def test_the_business_limit_is_all_stages_after_each_other() -> None:
    for item, due_at in (
        (URGENT, local(2018, 10, 9, 20)),  # 9:00 + 15 min + 15 min + 2 office hours + 8 h + 30 min
        (UNCHECKED, local(2018, 10, 9, 19, 30)),
        (WORKDAYS, local(2018, 10, 12, 12)),  # 11:30 + 3 working days + 30 min
    ):
        clock = RULES.business_clock(item, T0)
        assert clock is not None
        assert (clock.started_at, clock.due_at, clock.limit) == (T0, due_at, item.limit)
    assert RULES.business_clock(UNLIMITED, T0) is None
    assert RULES.part_due_at(UNLIMITED, T0) is None


def test_the_business_limit_moves_by_what_was_granted_and_by_the_time_it_stood() -> None:
    longer = RULES.business_clock(URGENT, T0, Limit(10, LimitType.URGENT_HOURS), T0 + timedelta(days=3))
    assert longer is not None
    assert longer.due_at == local(2018, 10, 12, 22)
    assert longer.started_at == T0 + timedelta(days=3)
    assert longer.limit == Limit(10, LimitType.URGENT_HOURS)


def test_units_upwards_end_even_where_the_data_runs_in_a_circle() -> None:
    assert list(RULES.unit_and_above(OFFICE)) == [OFFICE, DEPARTMENT]
    one, two = UnitId("one"), UnitId("two")
    circle = rules(units={one: Unit(one, "一", "company", two), two: Unit(two, "二", "company", one)})
    assert list(circle.unit_and_above(one)) == [one, two]

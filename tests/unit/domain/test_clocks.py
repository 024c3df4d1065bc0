"""Clocks against the real calendar: holidays, make-up days, lunch, unknown years, pauses, states at the borders."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain import clocks
from domain.clocks import OfficeHours, WorkCalendar
from domain.ticket import Limit
from domain.vocabulary import ClockState, LimitType, PauseReason
from tests.unit.domain.builders import T0, local

URGENT, HOURS = LimitType.URGENT_HOURS, LimitType.WORKING_HOURS
DAYS, CALENDAR = LimitType.WORKING_DAYS, LimitType.CALENDAR_DAYS


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return WorkCalendar()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2018, 9, 28), True),
        (date(2018, 9, 29), True),  # Saturday, made up
        (date(2018, 9, 30), True),  # Sunday, made up
        *[(date(2018, 10, day), False) for day in range(1, 8)],
        (date(2018, 10, 8), True),
        (date(2018, 10, 13), False),
        (date(2019, 5, 5), True),  # Sunday, made up for Labour Day
        (date(2020, 1, 31), False),  # lengthened by the epidemic
    ],
)
def test_statutory_days(calendar: WorkCalendar, day: date, works: bool) -> None:
    assert calendar.is_working_day(day) is works


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        # round the clock
        (local(2018, 10, 9, 23), Limit(8, URGENT), local(2018, 10, 10, 7)),
        (local(2018, 9, 30, 12), Limit(3, CALENDAR), local(2018, 10, 3, 12)),
        # office hours: over lunch, over the evening, from outside
        (local(2018, 10, 9, 11), Limit(2, HOURS), local(2018, 10, 9, 14, 30)),
        (local(2018, 10, 9, 17), Limit(2, HOURS), local(2018, 10, 10, 10)),
        (local(2018, 10, 9, 12, 30), Limit(1, HOURS), local(2018, 10, 9, 14, 30)),
        (local(2018, 10, 9, 5), Limit(1, HOURS), local(2018, 10, 9, 9, 30)),
        # ends with the last office second, not with the first of the next day
        (local(2018, 10, 9, 8, 30), Limit(1, DAYS), local(2018, 10, 9, 17, 30)),
        (local(2018, 10, 9, 13, 30), Limit(4, HOURS), local(2018, 10, 9, 17, 30)),
        (local(2018, 10, 9, 10), Limit(2, HOURS), local(2018, 10, 9, 12)),
        # over the weekend that works and the week that does not
        (local(2018, 9, 28, 16), Limit(5, DAYS), local(2018, 10, 10, 16)),
        (local(2018, 9, 30, 17), Limit(1, HOURS), local(2018, 10, 8, 9)),
        (local(2018, 10, 1, 3), Limit(1, DAYS), local(2018, 10, 8, 17, 30)),
        (local(2018, 10, 12, 9), Limit(3, DAYS), local(2018, 10, 17, 9)),
        # over New Year's Day, and the make-up day before it
        (local(2018, 12, 29, 9), Limit(1, DAYS), local(2019, 1, 2, 9)),
        (local(2018, 10, 9, 9, 0, 7), Limit(1, DAYS), local(2018, 10, 10, 9, 0, 7)),
    ],
)
def test_due_at(calendar: WorkCalendar, start: datetime, limit: Limit, due: datetime) -> None:
    assert calendar.add(start, limit) == due
    assert calendar.elapsed_s(start, due, limit.type) == calendar.total_s(limit)


@pytest.mark.parametrize(
    ("end", "seconds", "start"),
    [
        (local(2018, 10, 10, 10), 7200, local(2018, 10, 9, 17)),
        (local(2018, 10, 8, 9), 3600, local(2018, 9, 30, 17)),
        (local(2019, 1, 2, 9), 27000, local(2018, 12, 29, 9)),
        (local(2018, 10, 9, 8, 30), 3600, local(2018, 10, 8, 16, 30)),
    ],
)
def test_walking_backwards(calendar: WorkCalendar, end: datetime, seconds: float, start: datetime) -> None:
    assert calendar.add_seconds(end, -seconds, HOURS) == start


def test_a_year_the_calendar_does_not_know_is_monday_to_friday_and_remembered() -> None:
    calendar = WorkCalendar()
    assert calendar.add(local(2018, 10, 9, 9), Limit(1, DAYS)) == local(2018, 10, 10, 9)
    assert calendar.gap_years == set()
    assert calendar.add(local(2099, 9, 30, 9), Limit(1, DAYS)) == local(2099, 10, 1, 9)  # a Thursday, not yet a holiday
    assert calendar.gap_years == {2099}


def test_overrides_win_over_the_calendar() -> None:
    typhoon = date(2018, 10, 10)
    calendar = WorkCalendar(overrides={typhoon: False, date(2018, 10, 13): True})
    assert calendar.add(local(2018, 10, 9, 17), Limit(1, DAYS)) == local(2018, 10, 11, 17)
    assert calendar.is_working_day(date(2018, 10, 13))


def test_other_zone_and_hours_over_a_change_to_summer_time() -> None:
    calendar = WorkCalendar("Europe/Berlin", OfficeHours(((0, 86400),)), {date(2018, 3, 25): True})
    begin = datetime(2018, 3, 24, 23, tzinfo=UTC)  # Sunday, 00:00 in Berlin; the day has 23 hours
    assert calendar.elapsed_s(begin, begin + timedelta(hours=23), HOURS) == 23 * 3600


def test_without_any_working_day_it_says_so() -> None:
    calendar = WorkCalendar(overrides={date(9998, 1, 1) + timedelta(days=n): False for n in range(365)})
    with pytest.raises(OverflowError, match="no working day left"):
        calendar.add(datetime(9998, 6, 1, tzinfo=UTC), Limit(1, DAYS))


def test_empty_office_hours_are_refused() -> None:
    with pytest.raises(ValueError, match="office hours are empty"):
        WorkCalendar(hours=OfficeHours(()))


def test_states_at_the_borders(calendar: WorkCalendar) -> None:
    clock = clocks.start(calendar, Limit(10, URGENT), T0)
    second = timedelta(seconds=1)
    assert clocks.state_of(None, T0) is ClockState.NONE
    assert clocks.state_of(clock, clock.risk_at) is ClockState.OK  # 80 % is still ok
    assert clocks.state_of(clock, clock.risk_at + second) is ClockState.AT_RISK
    assert clocks.state_of(clock, clock.due_at) is ClockState.AT_RISK  # 100 % is still on time
    assert clocks.state_of(clock, clock.due_at + second) is ClockState.OVERDUE
    assert clocks.state_of(clocks.pause(calendar, clock, PauseReason.SUSPENDED, T0), T0) is ClockState.PAUSED


def test_used_fraction_and_remaining(calendar: WorkCalendar) -> None:
    clock = clocks.start(calendar, Limit(10, URGENT), T0)
    for hours, used in ((-1, 0.0), (0, 0.0), (4, 0.4), (8, 0.8), (9, 0.9), (10, 1.0), (15, 1.5)):
        assert clocks.used_fraction(clock, T0 + timedelta(hours=hours)) == pytest.approx(used)
        assert clocks.remaining_s(clock, T0 + timedelta(hours=hours)) == (10 - hours) * 3600


def test_a_paused_clock_shows_what_is_left_in_its_own_time(calendar: WorkCalendar) -> None:
    clock = clocks.start(calendar, Limit(2, DAYS), local(2018, 9, 28, 8, 30))
    paused = clocks.pause(calendar, clock, PauseReason.RETURNED, local(2018, 9, 28, 17, 30))
    later = local(2018, 10, 5)
    assert clocks.remaining_s(paused, later) == calendar.total_s(Limit(1, DAYS))
    assert clocks.used_fraction(paused, later) == clocks.used_fraction(clock, local(2018, 9, 28, 17, 30))
    assert clocks.pause(calendar, paused, PauseReason.SUSPENDED, later) == paused
    assert clocks.resume(calendar, clock, later) == clock


def test_resuming_moves_the_limit_by_the_own_time_that_it_stood(calendar: WorkCalendar) -> None:
    clock = clocks.start(calendar, Limit(4, HOURS), local(2018, 10, 12, 14))
    paused = clocks.pause(calendar, clock, PauseReason.RETURNED, local(2018, 10, 12, 17))  # Friday
    running = clocks.resume(calendar, paused, local(2018, 10, 15, 9))  # Monday: 30 + 30 min of office time
    assert running.due_at == local(2018, 10, 15, 10)
    assert running.paused_at is None
    assert running.remaining_s is None
    assert calendar.add(running.started_at, running.limit) == running.due_at


def test_an_overdue_clock_stays_overdue_over_a_pause(calendar: WorkCalendar) -> None:
    clock = clocks.start(calendar, Limit(1, URGENT), T0)
    paused = clocks.pause(calendar, clock, PauseReason.SUSPENDED, T0 + timedelta(hours=2))
    assert paused.remaining_s == -3600
    running = clocks.resume(calendar, paused, T0 + timedelta(days=9))
    assert clocks.remaining_s(running, T0 + timedelta(days=9)) == -3600
    assert clocks.state_of(running, T0 + timedelta(days=9)) is ClockState.OVERDUE


def test_extending_adds_own_time_and_keeps_risk_at_80_percent(calendar: WorkCalendar) -> None:
    clock = clocks.start(calendar, Limit(10, URGENT), T0)
    longer = clocks.extend(calendar, clock, Limit(5, URGENT))
    assert longer == clocks.start(calendar, Limit(15, URGENT), T0)
    by_days = clocks.start(calendar, Limit(3, DAYS), local(2018, 9, 29, 9))
    assert clocks.extend(calendar, by_days, Limit(7.5, HOURS)) == clocks.start(
        calendar, Limit(4, DAYS), local(2018, 9, 29, 9)
    )


def test_a_walk_uses_each_limit_in_its_own_time(calendar: WorkCalendar) -> None:
    """Report at 17:00: 30 min round the clock, 2 office hours next morning, 3 working days, 30 min check."""
    legs = (Limit(0.25, URGENT), Limit(0.25, URGENT), Limit(2, HOURS), Limit(3, DAYS), Limit(0.5, URGENT))
    clock = clocks.walk(calendar, local(2018, 10, 9, 17), legs, legs[3])
    assert clock.due_at == local(2018, 10, 15, 11)
    # 80 % of 1800 + 7200 + 81000 + 1800 s = 73,440; of the 3 days 64,440 s are used, from Wed 10:30 on
    assert clock.risk_at == calendar.add_seconds(local(2018, 10, 10, 10, 30), 64440, HOURS)
    assert clock.limit == legs[3]

"""What holds for every instant, limit and pause; office time is counted again by a second, slower way."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import clocks
from domain.clocks import WorkCalendar
from domain.ticket import Limit
from domain.vocabulary import ClockState, LimitType, PauseReason
from tests.examples import examples
from tests.unit.domain.builders import SHANGHAI

CALENDAR = WorkCalendar()
NOT_WORKING_OCTOBER_2018 = {date(2018, 10, day) for day in (1, 2, 3, 4, 5, 6, 7, 13, 14, 20, 21, 27, 28)}
SPANS = ((8 * 60 + 30, 12 * 60), (13 * 60 + 30, 17 * 60 + 30))

instants = st.integers(0, 6 * 365 * 86400).map(lambda s: datetime(2016, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
types = st.sampled_from(LimitType)
seconds = st.integers(1, 60 * 27000)
gaps = st.integers(0, 40 * 86400).map(lambda s: timedelta(seconds=s))
limits = st.builds(Limit, st.integers(1, 240).map(lambda quarters: quarters / 4), types)


@given(instants, limits)
def test_the_limit_is_exactly_used_when_it_is_due(start: datetime, limit: Limit) -> None:
    due = CALENDAR.add(start, limit)
    assert CALENDAR.elapsed_s(start, due, limit.type) == CALENDAR.total_s(limit)
    assert due > start


@given(instants, seconds, types)
def test_back_and_forth_is_the_same_office_time(start: datetime, amount: int, kind: LimitType) -> None:
    earlier = CALENDAR.add_seconds(start, -amount, kind)
    assert earlier < start
    assert CALENDAR.elapsed_s(earlier, start, kind) == amount


@given(instants, seconds, seconds, types)
def test_two_steps_are_one(start: datetime, one: int, two: int, kind: LimitType) -> None:
    at_once = CALENDAR.add_seconds(start, one + two, kind)
    assert CALENDAR.add_seconds(CALENDAR.add_seconds(start, one, kind), two, kind) == at_once


@given(instants, gaps, gaps, types)
def test_elapsed_adds_up_and_never_runs_back(start: datetime, one: timedelta, two: timedelta, kind: LimitType) -> None:
    first = CALENDAR.elapsed_s(start, start + one, kind)
    both = CALENDAR.elapsed_s(start, start + one + two, kind)
    assert 0 <= first <= both <= (one + two).total_seconds()
    assert both == first + CALENDAR.elapsed_s(start + one, start + one + two, kind)
    assert CALENDAR.elapsed_s(start + one, start, kind) == 0


@given(instants, gaps, limits)
def test_a_later_start_is_never_due_earlier(start: datetime, gap: timedelta, limit: Limit) -> None:
    assert CALENDAR.add(start, limit) <= CALENDAR.add(start + gap, limit)


@settings(max_examples=examples(60))
@given(st.integers(0, 31 * 1440 - 1), st.integers(0, 12 * 1440))
def test_october_2018_minute_by_minute(first: int, length: int) -> None:
    """Counts office minutes one by one, from a list of days written by hand."""
    begin = datetime(2018, 10, 1, tzinfo=SHANGHAI) + timedelta(minutes=first)
    length = min(length, 31 * 1440 - first)

    def in_office(wall: datetime) -> bool:
        minute = wall.hour * 60 + wall.minute
        return wall.date() not in NOT_WORKING_OCTOBER_2018 and any(start <= minute < end for start, end in SPANS)

    minutes = sum(in_office(begin + timedelta(minutes=n)) for n in range(length))
    end = begin + timedelta(minutes=length)
    assert CALENDAR.elapsed_s(begin, end, LimitType.WORKING_HOURS) == minutes * 60


@given(instants, limits, st.lists(st.tuples(gaps, gaps), max_size=4))
def test_pauses_add_up(start: datetime, limit: Limit, pauses: list[tuple[timedelta, timedelta]]) -> None:
    """However often it stood: what ran until it is due is the limit."""
    clock, now, ran = clocks.start(CALENDAR, limit, start), start, 0.0
    for runs, stands in pauses:
        ran += CALENDAR.elapsed_s(now, now + runs, limit.type)
        now += runs
        clock = clocks.pause(CALENDAR, clock, PauseReason.SUSPENDED, now)
        assert clock.remaining_s == CALENDAR.total_s(limit) - ran
        now += stands
        clock = clocks.resume(CALENDAR, clock, now)
    left = CALENDAR.elapsed_s(now, clock.due_at, limit.type) - CALENDAR.elapsed_s(clock.due_at, now, limit.type)
    assert ran + left == CALENDAR.total_s(limit)
    assert CALENDAR.elapsed_s(clock.started_at, clock.due_at, limit.type) == CALENDAR.total_s(limit)
    assert clock.started_at <= clock.risk_at <= clock.due_at


@given(instants, limits, st.lists(gaps, min_size=2, max_size=2))
def test_a_clock_only_ever_gets_worse(start: datetime, limit: Limit, looks: list[timedelta]) -> None:
    clock = clocks.start(CALENDAR, limit, start)
    order = (ClockState.OK, ClockState.AT_RISK, ClockState.OVERDUE)
    early, late = sorted(start + look for look in looks)
    assert order.index(clocks.state_of(clock, early)) <= order.index(clocks.state_of(clock, late))
    assert 0 <= clocks.used_fraction(clock, early) <= clocks.used_fraction(clock, late)
    assert clocks.remaining_s(clock, early) >= clocks.remaining_s(clock, late)


@given(instants, limits)
def test_the_borders_are_at_80_and_100_percent(start: datetime, limit: Limit) -> None:
    clock = clocks.start(CALENDAR, limit, start)
    used = CALENDAR.elapsed_s(start, clock.risk_at, limit.type)
    assert abs(used / CALENDAR.total_s(limit) - 0.8) < 1e-9
    assert clocks.state_of(clock, clock.risk_at) is ClockState.OK
    assert clocks.state_of(clock, clock.due_at) is ClockState.AT_RISK
    assert abs(clocks.used_fraction(clock, clock.risk_at) - 0.8) < 1e-9
    assert abs(clocks.used_fraction(clock, clock.due_at) - 1.0) < 1e-9


@given(instants, st.lists(limits, min_size=1, max_size=5))
def test_a_walk_ends_where_its_legs_end(start: datetime, legs: list[Limit]) -> None:
    clock = clocks.walk(CALENDAR, start, legs, legs[0])
    at = start
    for leg in legs:
        at = CALENDAR.add(at, leg)
    assert clock.due_at == at
    assert start < clock.risk_at < clock.due_at


@given(instants, limits, st.integers(1, 16), types)
def test_extending_is_as_if_it_had_been_longer(start: datetime, limit: Limit, quarters: int, kind: LimitType) -> None:
    extra = Limit(quarters / 4, kind)
    if not clocks.same_kind(limit, extra):
        return
    longer = clocks.extend(CALENDAR, clocks.start(CALENDAR, limit, start), extra)
    total = CALENDAR.total_s(limit) + CALENDAR.total_s(extra)
    assert CALENDAR.elapsed_s(start, longer.due_at, limit.type) == total
    assert abs(CALENDAR.elapsed_s(start, longer.risk_at, limit.type) - 0.8 * total) < 1e-4
    assert abs(CALENDAR.total_s(longer.limit) - total) < 1e-6

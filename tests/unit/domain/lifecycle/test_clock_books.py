"""Books kept beside random lives: no clock is negative, what stood is added, every participation is scored exactly once."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import clocks, commands
from domain.clocks import WorkCalendar
from domain.ids import UnitId
from domain.ticket import Clock, Ticket
from domain.vocabulary import Role, State
from tests.examples import examples
from tests.unit.domain.builders import (
    RULES,
    SHANGHAI,
    URGENT,
    WORKDAYS,
    at_state,
    ctx,
    local,
    rules,
    running_clocks,
    step,
)
from tests.unit.domain.walks import life

seeds = st.integers(0, 2**32)
CALENDAR = RULES.calendar
SPANS = ((8 * 3600 + 1800, 12 * 3600), (13 * 3600 + 1800, 17 * 3600 + 1800))


def all_clocks(ticket: Ticket) -> list[Clock]:
    kept = (ticket.stage, ticket.held)
    found = [each.clock for each in kept if each is not None]
    return found if ticket.business is None else [*found, ticket.business]


@settings(max_examples=examples(40))
@given(seeds)
def test_no_clock_is_negative_and_none_is_due_before_it_started(seed: int) -> None:
    for one in life(seed, 60):
        for clock in all_clocks(one.after):
            assert clock.started_at <= clock.risk_at <= clock.due_at
            assert clocks.used_fraction(clock, one.at) >= 0
            assert CALENDAR.elapsed_s(clock.started_at, clock.due_at, clock.limit.type) >= 0
            assert (clock.paused_at is None) is (clock.remaining_s is None) is (clock.pause_reason is None)


@settings(max_examples=examples(25))
@given(seeds)
def test_what_a_ticket_stood_is_added_to_its_business_limit_and_nothing_else(seed: int) -> None:
    """However it was returned, checked and suspended: the limit counted from the report, and the own time that it stood.

    A suspension stands until it is resumed, at most until its end date.
    """
    stood, since = 0.0, None
    for one in life(seed, 80):
        ticket, business = one.after, one.after.business
        if business is None or not ticket.is_open:
            continue
        if isinstance(one.command, commands.ApproveSuspend):
            since = one.at
        elif isinstance(one.command, commands.Resume):
            assert since is not None
            assert one.before is not None
            assert one.before.suspended_until is not None
            stood += CALENDAR.elapsed_s(since, min(one.at, one.before.suspended_until), business.limit.type)
        if ticket.state is not State.SUSPENDED:
            item = RULES.item_of(ticket)
            assert item is not None
            fresh = RULES.business_clock(item, ticket.reported_at, business.limit)
            assert fresh is not None
            assert CALENDAR.elapsed_s(fresh.due_at, business.due_at, business.limit.type) == stood


@settings(max_examples=examples(40))
@given(seeds)
def test_every_participation_is_scored_exactly_once(seed: int) -> None:
    """A score is given once and stays; only what has to be done once more is without one again. At closing every part has one."""
    again = (commands.Reopen, commands.RejectClosing, commands.RecordCheck)
    known: dict[tuple[UnitId, datetime], float] = {}
    for one in life(seed, 80):
        for part in one.after.parts:
            key = (part.unit, part.asked_at)
            if part.score is not None:
                assert known.setdefault(key, part.score) == part.score
            elif key in known:
                assert isinstance(one.command, again)
                del known[key]
        if one.after.state is State.CLOSED:
            assert all(part.score is not None for part in one.after.parts)


# -- a change of the calendar -----------------------------------------------------------------------

HOLIDAYS = {date(2018, 9, 24), *(date(2018, 10, day) for day in range(1, 8))}
MADE_UP = {date(2018, 9, 29), date(2018, 9, 30)}
"""Mid-autumn and National Day 2018: the days off, and the weekend worked for them."""


def second_by_hand(start: datetime, seconds: int, overrides: dict[date, bool]) -> datetime:
    """Counts office seconds day by day, from days written by hand; knows nothing of the product's calendar."""
    day = start.astimezone(SHANGHAI).date()
    left = seconds
    while True:
        works = day in MADE_UP or (day.weekday() < 5 and day not in HOLIDAYS)
        if overrides.get(day, works):
            midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
            for begin, end in SPANS:
                opens, closes = midnight + timedelta(seconds=begin), midnight + timedelta(seconds=end)
                opens = max(opens, start)
                room = max(0, round((closes - opens).total_seconds()))
                if 0 < left <= room:
                    return opens + timedelta(seconds=left)
                left -= room
        day += timedelta(days=1)


days = st.dates(date(2018, 9, 20), date(2018, 10, 25))
overrides = st.dictionaries(days, st.booleans(), max_size=8)
begins = st.integers(0, 20 * 86400).map(lambda s: local(2018, 9, 20) + timedelta(seconds=s))


@settings(max_examples=examples(40))
@given(begins, overrides)
def test_after_a_calendar_change_the_due_time_is_right_to_the_second(
    begin: datetime, changed: dict[date, bool]
) -> None:
    ticket = at_state(State.HANDLING, begin, item=WORKDAYS)
    calendar = WorkCalendar(overrides=changed)
    now = ticket.changed_at + timedelta(minutes=5)
    moved = step(ticket, commands.Recalculate(), ctx(Role.SYSTEM, now, rules=rules(calendar=calendar)))
    stage, business = running_clocks(moved)
    assert stage.due_at == second_by_hand(stage.started_at, 3 * 27000, changed)
    # accept and dispatch run always (15 minutes each); sign and handling in office hours; the check always (30 minutes)
    in_office = begin + timedelta(minutes=30)
    assert business.due_at == second_by_hand(in_office, 2 * 3600 + 3 * 27000, changed) + timedelta(minutes=30)
    assert moved.lead is not None
    assert moved.lead.due_at == stage.due_at


@settings(max_examples=examples(40))
@given(begins, overrides)
def test_what_runs_round_the_clock_is_not_moved_by_the_calendar_but_its_signing_is(
    begin: datetime, changed: dict[date, bool]
) -> None:
    ticket = at_state(State.HANDLING, begin, item=URGENT)
    calendar = WorkCalendar(overrides=changed)
    moved = step(ticket, commands.Recalculate(), ctx(Role.SYSTEM, ticket.changed_at, rules=rules(calendar=calendar)))
    stage, business = running_clocks(moved)
    assert stage == running_clocks(ticket)[0]
    signed_by = second_by_hand(begin + timedelta(minutes=30), 2 * 3600, changed)
    assert business.due_at == signed_by + timedelta(hours=8, minutes=30)


@settings(max_examples=examples(40))
@given(seeds, overrides)
def test_there_and_back_again_every_limit_is_what_it_was(seed: int, changed: dict[date, bool]) -> None:
    """A day off that is taken back leaves no trace on an open ticket that does not stand."""
    other = rules(calendar=WorkCalendar(overrides=changed))
    for one in life(seed, 40):
        ticket = one.after
        paused = any(clock.paused_at is not None for clock in all_clocks(ticket))
        if not ticket.is_open or paused or ticket.suspensions:
            continue
        away = step(ticket, commands.Recalculate(), ctx(Role.SYSTEM, one.at, rules=other))
        back = step(away, commands.Recalculate(), ctx(Role.SYSTEM, one.at))
        assert all_clocks(back) == all_clocks(step(ticket, commands.Recalculate(), ctx(Role.SYSTEM, one.at)))

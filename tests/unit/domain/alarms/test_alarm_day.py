"""A day's alarms: totals, occurrences, and the median of acknowledging."""

from datetime import timedelta
from statistics import median

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.alarms.day import day_of, most_merged
from domain.alarms.values import Alarm, Mark, key_of
from domain.ids import SeatId
from domain.vocabulary import Role
from tests.unit.domain.alarms.cases import Hall, cause
from tests.unit.domain.builders import T0

NOW = T0 + timedelta(hours=8)
KEY = key_of("R-03", "181009-0001")


def _one() -> Alarm:
    hall = Hall()
    hall.wanted[KEY] = cause()
    hall.settle()
    return next(iter(hall.alarms.values()))


ALARM = _one()


def _alarm(minute: int, hits: int, wait_s: int | None) -> Alarm:
    at = T0 + timedelta(minutes=minute)
    ack = None if wait_s is None else Mark(Role.DISPATCHER, SeatId("2"), at + timedelta(seconds=wait_s))
    return replace(ALARM, raised_at=at, rang_at=(at,), hits=hits, ack=ack)


_days = st.lists(st.tuples(st.integers(-60, 400), st.integers(1, 30), st.none() | st.integers(0, 4000)), max_size=20)


@given(_days)
def test_the_day_counts_what_began_in_it_and_takes_the_middle_wait(days):
    alarms = [_alarm(*each) for each in days]
    today = [each for each in days if each[0] >= 0]
    waits = [wait for _, _, wait in today if wait is not None]
    day = day_of(alarms, T0, NOW)
    assert (day.alarms, day.hits, day.answered) == (len(today), sum(each[1] for each in today), len(waits))
    assert day.soon == (timedelta(seconds=median(waits)) if waits else None)


def test_a_hidden_alarm_is_not_counted():
    assert day_of([replace(_alarm(1, 9, 5), suppressed_by="x")], T0, NOW).alarms == 0
    assert most_merged([replace(_alarm(1, 90, 5), suppressed_by="x")], T0, 10) is None


def test_the_wait_runs_from_the_ring_that_was_answered():
    alarm = _alarm(0, 1, 600)
    again = replace(alarm, rang_at=(*alarm.rang_at, T0 + timedelta(seconds=590)))
    assert day_of([again], T0, NOW).soon == timedelta(seconds=10)


@given(_days)
def test_most_merged_is_the_one_with_most_occurrences_or_none_below_the_limit(days):
    alarms = [_alarm(*each) for each in days]
    most = max((each[1] for each in days if each[0] >= 0), default=0)
    found = most_merged(alarms, T0, 10)
    assert (found.hits if found else 0) == (most if most >= 10 else 0)

"""The SLA bar and the time beside it are the domain's to the second, across holidays, make-up days and days the site set itself."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.ticket_row import look_of
from domain import clocks
from domain.clocks import WorkCalendar
from domain.ticket import Limit
from domain.vocabulary import LimitType, PauseReason
from protocol.snapshot import millis
from tests.unit.domain.builders import local

starts = st.integers(0, 40 * 86400).map(lambda s: local(2018, 9, 10) + timedelta(seconds=s))
limits = st.builds(Limit, st.integers(1, 60).map(lambda n: n / 4), st.sampled_from(LimitType))
overrides = st.dictionaries(st.dates(date(2018, 9, 10), date(2018, 11, 10)), st.booleans(), max_size=6)
looks = st.integers(0, 60 * 86400).map(lambda s: timedelta(seconds=s))


@given(starts, limits, overrides, looks, st.booleans())
def test_bar_and_remaining_time_are_those_of_the_domain(
    start: datetime, limit: Limit, changed: dict[date, bool], after: timedelta, stands: bool
) -> None:
    calendar = WorkCalendar(overrides=changed)
    clock = clocks.start(calendar, limit, start)
    now = start + after
    if stands:
        clock = clocks.pause(calendar, clock, PauseReason.SUSPENDED, start + after / 2)
    look = look_of(clock, millis(now) or 0)
    assert look.state == clocks.state_of(clock, now).value
    used = clocks.used_fraction(clock, now)
    # The bar of a clock that stands ends at its limit: nothing runs over.
    assert abs(look.used + look.beyond - (used if clock.paused_at is None else min(1.0, used))) < 1e-5
    if clock.paused_at is None:
        assert abs(look.remaining_s - clocks.remaining_s(clock, now)) < 1

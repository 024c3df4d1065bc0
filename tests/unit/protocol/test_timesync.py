"""Server and business time from the monotonic clock."""

from datetime import UTC, datetime, timedelta

import pytest

from protocol.messages import BusinessClock
from protocol.timesync import TimeSync

AT = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)


def test_nothing_is_known_before_the_first_word() -> None:
    sync = TimeSync()
    assert sync.server_now(5.0) is None
    assert sync.business_now(5.0) is None
    assert sync.wall_error_s(AT, 5.0) is None


def test_the_server_spoke_in_the_middle_of_the_round_trip() -> None:
    sync = TimeSync()
    sync.add(100.0, AT, 100.2)
    assert sync.server_now(110.1) == AT + timedelta(seconds=10)


def test_the_shortest_round_trip_is_believed() -> None:
    sync = TimeSync()
    sync.add(100.0, AT, 100.1)
    sync.add(105.0, AT + timedelta(seconds=9), 109.0)
    assert sync.round_trip_s == pytest.approx(0.1)
    assert sync.server_now(100.05) == AT


def test_old_samples_are_forgotten_so_that_a_drifting_clock_is_followed() -> None:
    sync = TimeSync()
    sync.add(0.0, AT, 0.01)
    for number in range(1, 10):
        sync.add(number * 5.0, AT + timedelta(seconds=number * 6), number * 5.0 + 0.02)
    now = sync.server_now(45.01)
    assert now is not None
    assert abs(now - (AT + timedelta(seconds=54))) < timedelta(milliseconds=1)


@pytest.mark.parametrize(("t0", "t3"), [(5.0, 4.0), (5.0, 60.0)])
def test_impossible_samples_are_dropped(t0: float, t3: float) -> None:
    sync = TimeSync()
    sync.add(t0, AT, t3)
    assert not sync.known


def test_business_time_runs_at_its_rate() -> None:
    sync = TimeSync()
    base = datetime(2018, 10, 9, tzinfo=UTC)
    sync.add(10.0, AT, 10.0)
    sync.set_clock(BusinessClock(base, AT, 20.0))
    assert sync.business_now(13.0) == base + timedelta(minutes=1)


def test_after_sleep_old_samples_say_nothing() -> None:
    sync = TimeSync()
    sync.add(10.0, AT, 10.0)
    sync.restart()
    assert sync.server_now(11.0) is None


def test_the_error_of_the_wall_clock() -> None:
    sync = TimeSync()
    sync.add(10.0, AT, 10.0)
    assert sync.wall_error_s(AT + timedelta(seconds=33), 10.0) == 33

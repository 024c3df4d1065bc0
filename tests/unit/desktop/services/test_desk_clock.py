"""Business time at the desk: from the server while it was heard in this run, standing still from the cache before that."""

from datetime import timedelta

from desktop.services.clock import DeskClock
from protocol.messages import BusinessClock
from tests.unit.desktop.services.service_fakes import NOON, FakeTime


def made() -> tuple[DeskClock, FakeTime]:
    time = FakeTime()
    return DeskClock(time.monotonic, time.wall), time


def heard(clock: DeskClock, time: FakeTime, rate: float = 1.0) -> None:
    server_time = time.wall() + timedelta(hours=1)
    clock.sync.add(time.now, server_time, time.now)
    clock.sync.set_clock(BusinessClock(NOON, server_time, rate))


def test_nothing_known_is_said_so() -> None:
    clock, time = made()
    assert (clock.known, clock.frozen, clock.rate) == (False, True, 1.0)
    assert clock.now_business() == time.wall()


def test_business_time_runs_at_the_rate_of_the_replay() -> None:
    clock, time = made()
    heard(clock, time, rate=60.0)
    time.go(10)
    assert clock.now_business() == NOON + timedelta(minutes=10)
    assert (clock.frozen, clock.rate) == (False, 60.0)


def test_the_wall_clock_of_the_desk_does_not_matter() -> None:
    clock, time = made()
    heard(clock, time)
    time.start += timedelta(days=365)
    time.go(5)
    assert clock.now_business() == NOON + timedelta(seconds=5)
    error_s = clock.wall_error_s()
    assert error_s is not None
    assert round(error_s) == 364 * 86400 + 23 * 3600


def test_the_kept_clock_stands_still() -> None:
    clock, time = made()
    heard(clock, time, rate=60.0)
    stored = clock.stored()
    assert stored is not None
    later, time = made()
    later.restore(stored.encode())
    time.go(7200)
    assert (later.now_business(), later.frozen, later.known, later.rate) == (NOON, True, True, 60.0)
    assert later.stored_age_s() == 7200
    assert later.stored() is None


def test_a_kept_clock_that_cannot_be_read_is_none() -> None:
    clock, _ = made()
    clock.restore(b"\x00garbage")
    assert not clock.known

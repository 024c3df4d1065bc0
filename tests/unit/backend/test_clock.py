"""Server time never runs back and does not follow a clock that is set; business time follows server time."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.clock import ServerClock, business_clock
from protocol.messages import BusinessClock
from tests.unit.backend.house import NOON


class Machine:
    """A machine whose clock and uptime are set by hand."""

    def __init__(self) -> None:
        self.wall = NOON
        self.uptime_s = 100.0

    def clock(self, business: BusinessClock | None = None) -> ServerClock:
        return ServerClock(business, wall=lambda: self.wall, elapsed_s=lambda: self.uptime_s)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_server_time_passes_as_the_machine_runs(machine: Machine) -> None:
    clock = machine.clock()
    machine.uptime_s += 90.5
    assert clock.now_server() == NOON + timedelta(seconds=90.5)


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1), timedelta(days=365), timedelta(days=-365)])
def test_a_clock_that_is_set_moves_nothing_but_is_noticed(machine: Machine, jump: timedelta) -> None:
    clock = machine.clock()
    machine.wall += jump
    machine.uptime_s += 1
    assert clock.now_server() == NOON + timedelta(seconds=1)
    assert clock.wall_drift_s() == pytest.approx(jump.total_seconds() - 1)


def test_server_time_never_runs_back(machine: Machine) -> None:
    clock = machine.clock()
    machine.uptime_s += 10
    late = clock.now_server()
    machine.uptime_s -= 5
    assert clock.now_server() == late


def test_business_time_is_server_time_unless_told(machine: Machine) -> None:
    clock = machine.clock()
    machine.uptime_s += 7
    assert clock.now_business() == clock.now_server()


def test_a_replayed_day_runs_at_its_rate(machine: Machine) -> None:
    day = datetime(2018, 10, 9, 2, 0, tzinfo=UTC)
    clock = machine.clock(business_clock(day, 60.0, NOON))
    machine.uptime_s += 10
    assert clock.now_business() == day + timedelta(minutes=10)


def test_time_is_cut_to_what_the_log_keeps(machine: Machine) -> None:
    clock = machine.clock()
    machine.uptime_s += 0.0017
    assert clock.now_server().microsecond == 1000


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan"), 1e9])
def test_a_rate_that_cannot_be_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="clock rate"):
        business_clock(None, rate, NOON)

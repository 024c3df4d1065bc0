"""What time it is at the server, from the local monotonic clock: nothing here trusts the desk's wall clock.

Order is never decided by time (reliability.md §3); this is for countdowns and for "data as of".
"""

from collections import deque
from datetime import datetime, timedelta

from msgspec import Struct

from protocol.messages import BusinessClock

KEPT_SAMPLES = 8
MAX_ROUND_TRIP_S = 10.0


class Sample(Struct, frozen=True):
    """The server said `server_time` somewhere between t0 and t3 of the local monotonic clock (seconds)."""

    t0: float
    server_time: datetime
    t3: float

    @property
    def round_trip_s(self) -> float:
        return self.t3 - self.t0


class TimeSync:
    """Keeps the last samples and believes the one with the shortest round trip, among equals (to the millisecond) the newest.

    The error is at most half the round trip, and what two clocks drift apart in some seconds.
    """

    def __init__(self) -> None:
        self._samples: deque[Sample] = deque(maxlen=KEPT_SAMPLES)
        self._best: Sample | None = None
        self._clock: BusinessClock | None = None

    @property
    def known(self) -> bool:
        return self._best is not None

    @property
    def clock(self) -> BusinessClock | None:
        return self._clock

    @property
    def round_trip_s(self) -> float | None:
        return None if self._best is None else self._best.round_trip_s

    def add(self, t0: float, server_time: datetime, t3: float) -> None:
        """A question sent at t0 was answered with `server_time`, the answer came at t3. Impossible samples are dropped."""
        if not 0 <= t3 - t0 <= MAX_ROUND_TRIP_S:
            return
        self._samples.append(Sample(t0, server_time, t3))
        self._best = min(reversed(self._samples), key=lambda sample: round(sample.round_trip_s, 3))

    def set_clock(self, clock: BusinessClock) -> None:
        self._clock = clock

    def restart(self) -> None:
        """After sleep, or a new server: old samples say nothing, the monotonic clock may have stood still."""
        self._samples.clear()
        self._best = None

    def server_now(self, now_mono: float) -> datetime | None:
        """Server time (aware UTC) at the monotonic instant `now_mono`; None before the first sample."""
        if self._best is None:
            return None
        middle = (self._best.t0 + self._best.t3) / 2
        return self._best.server_time + timedelta(seconds=now_mono - middle)

    def business_now(self, now_mono: float) -> datetime | None:
        """Business time at `now_mono`; None before the server's first word."""
        server_now = self.server_now(now_mono)
        if server_now is None or self._clock is None:
            return None
        return self._clock.at(server_now)

    def wall_error_s(self, wall_now: datetime, now_mono: float) -> float | None:
        """How far the desk's wall clock runs ahead of the server, seconds. Over 2 s is logged, over 30 s is a banner."""
        server_now = self.server_now(now_mono)
        return None if server_now is None else (wall_now - server_now).total_seconds()

"""The server's two clocks: server time (UTC, never back) and business time (server time, or a replayed day at rate N).

Server time is the wall clock read once at start plus elapsed time, so that setting the machine's clock during a shift
moves nothing. Elapsed time counts sleep where the platform can tell.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from protocol.messages import BusinessClock


def elapsed_s() -> float:
    """Seconds that never run back and, on Linux, include the time a machine slept."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


def wall() -> datetime:
    return datetime.now(UTC)


class ServerClock:
    """Injected everywhere; safe to ask from any thread. All instants are aware UTC, cut to milliseconds as in the log."""

    def __init__(
        self,
        business: BusinessClock | None = None,
        *,
        wall: Callable[[], datetime] = wall,
        elapsed_s: Callable[[], float] = elapsed_s,
    ) -> None:
        self._wall = wall
        self._elapsed_s = elapsed_s
        self._start = wall()
        self._start_s = elapsed_s()
        self._lock = threading.Lock()
        self._last = self._start
        self.business = business or BusinessClock(self._start, self._start, 1.0)

    def now_server(self) -> datetime:
        now = self._start + timedelta(seconds=self._elapsed_s() - self._start_s)
        with self._lock:
            self._last = max(self._last, now)
            return in_millis(self._last)

    def now_business(self) -> datetime:
        return in_millis(self.business.at(self.now_server()))

    def wall_drift_s(self) -> float:
        """How far the machine's clock has moved away from server time since start: above 30 s somebody set it."""
        return (self._wall() - self.now_server()).total_seconds()


def business_clock(base: datetime | None, rate: float, server_now: datetime) -> BusinessClock:
    """Business time from `base` on, at `rate`; from server time when base is None. Raises ValueError for a bad rate."""
    if not 0 < rate <= 100_000:
        raise ValueError(f"clock rate {rate}: want more than 0, at most 100000")
    return BusinessClock(base or server_now, server_now, rate)


def in_millis(at: datetime) -> datetime:
    """Cut to milliseconds: what the log keeps, so that a fold from the log equals a fold from live events."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)

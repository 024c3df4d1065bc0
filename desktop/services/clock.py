"""What time it is: business time for the screens, drawn from the server's word on the local monotonic clock.

The desk's own wall clock is never believed. Before the first connection of a run there is only what the cache kept: the
last known business instant, standing still, because nobody knows what the business clock did since.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct

from protocol.timesync import TimeSync


class StoredClock(Struct, frozen=True):
    """Last known clock of an earlier run. `wall` is the machine's time then: only for the age of what is shown."""

    business: datetime
    rate: float
    wall: datetime


class DeskClock:
    """`monotonic` gives seconds, `wall` aware UTC; both are injected in tests."""

    def __init__(self, monotonic: Callable[[], float], wall: Callable[[], datetime]) -> None:
        self.monotonic = monotonic
        self.wall = wall
        self.sync = TimeSync()
        self._stored: StoredClock | None = None

    @property
    def frozen(self) -> bool:
        """No word from the server in this run: countdowns stand still."""
        return not self._live

    @property
    def known(self) -> bool:
        return self._live or self._stored is not None

    @property
    def rate(self) -> float:
        if self.sync.clock is not None:
            return self.sync.clock.rate
        return self._stored.rate if self._stored else 1.0

    def now_business(self) -> datetime:
        """Aware UTC. Frozen: the last known instant; nothing known at all: the machine's own time."""
        live = self.sync.business_now(self.monotonic())
        if live is not None:
            return live
        return self._stored.business if self._stored else self.wall()

    def business_ago(self, seconds: float) -> datetime:
        """Business instant that many real seconds ago."""
        return self.now_business() - timedelta(seconds=seconds * (0.0 if self.frozen else self.rate))

    def wall_error_s(self) -> float | None:
        """How far the machine's clock runs ahead of the server's, seconds."""
        return self.sync.wall_error_s(self.wall(), self.monotonic())

    def stored_age_s(self) -> float | None:
        """Seconds since the stored clock was written, by the machine's clock; None without one."""
        return None if self._stored is None else max(0.0, (self.wall() - self._stored.wall).total_seconds())

    def restore(self, stored: bytes) -> None:
        """Take over what an earlier run left. Bytes that cannot be read leave the clock unknown."""
        try:
            self._stored = msgspec.json.decode(stored, type=StoredClock)
        except msgspec.DecodeError:
            self._stored = None

    def stored(self) -> str | None:
        """For the cache; None while the clock is frozen (what is there already is as good)."""
        if self.frozen:
            return None
        value = StoredClock(self.now_business(), self.rate, self.wall().astimezone(UTC))
        return msgspec.json.encode(value).decode()

    @property
    def _live(self) -> bool:
        return self.sync.known and self.sync.clock is not None

"""What the link tells about itself, and the clock it lives by."""

import time
from datetime import UTC, datetime
from enum import StrEnum

from msgspec import Struct


class LinkPhase(StrEnum):
    """`stopped`: no further try before somebody does something (log in, install another version)."""

    OFF = "off"
    CONNECTING = "connecting"
    SNAPSHOT = "snapshot"
    CATCHING_UP = "catching_up"
    LIVE = "live"
    WAITING = "waiting"
    STOPPED = "stopped"


CONNECTED = frozenset({LinkPhase.SNAPSHOT, LinkPhase.CATCHING_UP, LinkPhase.LIVE})


class LinkStatus(Struct, frozen=True, kw_only=True):
    """Instants are seconds of the link's monotonic clock. `behind`: changes still to come."""

    phase: LinkPhase = LinkPhase.OFF
    offline_since: float | None = None
    connected_at: float | None = None
    heard_at: float | None = None
    retry_at: float | None = None
    reason: str = ""
    behind: int = 0
    snapshot: tuple[int, int] | None = None

    @property
    def connected(self) -> bool:
        return self.phase in CONNECTED


def monotonic() -> float:
    """Seconds that also pass while the machine sleeps, where the system can say so (reliability.md P11)."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def wall() -> datetime:
    return datetime.now(UTC)


SLEEP_GAP_S = 30.0


class WakeDetector:
    """Compares the wall clock with the monotonic one: where the latter stands still in sleep, only the gap shows it."""

    def __init__(self, mono: float, wall_now: datetime) -> None:
        self._mono = mono
        self._wall = wall_now

    def woke(self, mono: float, wall_now: datetime) -> bool:
        """True once after a sleep (or a jump of the wall clock) of more than 30 s since the last call, or a gap between calls."""
        by_wall = (wall_now - self._wall).total_seconds()
        by_mono = mono - self._mono
        self._mono, self._wall = mono, wall_now
        return by_wall - by_mono > SLEEP_GAP_S or by_mono > SLEEP_GAP_S

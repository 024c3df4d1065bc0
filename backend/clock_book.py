"""Which business clocks have run over a log, what a past moment of business time is looked up by; and whether it is demo data.

Kept beside the log, one entry per clock. Where business time is server time (every real hall) there is one entry for ever;
a replayed day adds one at each start.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from backend.store.errors import RefusedError
from protocol.messages import BusinessClock

NAME = "clocks.json"


class Run(BusinessClock, frozen=True):
    """A clock from its start on; `demo` = where its data came from, "" = real ones."""

    demo: str = ""


def load(folder: Path) -> tuple[Run, ...]:
    """Oldest first; empty where no backend has run. Raises RefusedError for a file nobody can read."""
    path = folder / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[Run, ...])
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.DecodeError) as problem:
        raise RefusedError(
            f"{path}: 业务时钟记录读不了，恢复或移走它 / the record of business clocks cannot be read, "
            f"restore it or move it away: {problem}"
        ) from problem


def add(folder: Path, clock: BusinessClock, demo: str = "") -> tuple[Run, ...]:
    """With the clock that starts now; the file appears whole or not at all. Raises RefusedError."""
    known = load(folder)
    if known and _is_server_time(clock) and _is_server_time(known[-1]) and demo == known[-1].demo:
        return known
    clocks = (*known, Run(clock.base, clock.server_time, clock.rate, demo))
    path = folder / NAME
    whole = path.with_name(path.name + ".new")
    try:
        whole.write_bytes(msgspec.json.encode(clocks))
        whole.replace(path)
    except OSError as problem:
        raise RefusedError(f"{path}: 写不了 / cannot be written: {problem.strerror}") from problem
    return clocks


def server_time_of(clocks: Sequence[BusinessClock], at: datetime) -> datetime | None:
    """The server's instant at which business time was `at`; None = no clock ever stood there.

    Where several did (a replayed day was started again), the latest.
    """
    if clocks and all(map(_is_server_time, clocks)):
        return at  # also before the first entry: such a log is older than this record
    ends: datetime | None = None
    for clock in reversed(clocks):
        if clock.base <= at:
            server = clock.server_time + (at - clock.base) / clock.rate
            return server if ends is None else min(server, ends)
        ends = clock.server_time
    return None


def demo_of(runs: Sequence[Run]) -> str:
    """Source of the demo data that is in the log; "" = none is."""
    return next((run.demo for run in reversed(runs) if run.demo), "")


def _is_server_time(clock: BusinessClock) -> bool:
    return clock.rate == 1.0 and clock.base == clock.server_time

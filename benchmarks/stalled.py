"""I20: what a reader that stands still costs the others: p95 from sent to applied at healthy desks, beside stalled ones and without.

python -m benchmarks.stalled [--quick]
Both sides in one run, in turns: the same backend process, the same desks, the same feed of about a megabyte a second. A
stalled reader says hello and then never reads, until the backend drops it (it says so) within the round.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from backend.auth import issue_token
from benchmarks import sync_parts
from benchmarks.store_sides import ITEM, TOWNS
from domain import commands
from domain.ids import AreaCode
from domain.vocabulary import Source
from protocol.messages import Cursor
from tests.faults.cluster import FEEDER, leader
from tests.faults.light import LightDesk
from tests.faults.wire import Wire, submit_of, wire

DESKS = 20
STALLED = 5
RATE = 100
TEXT = "现场情况" * 830
"""With its copies on the wire about ten kilobytes an event."""
MOST_CHANGE = 1.2


class TimedDesk(LightDesk):
    """Knows when it had applied what."""

    applied: list[tuple[int, float]]

    @property
    def cursor(self) -> Cursor | None:
        return self._cursor

    @cursor.setter
    def cursor(self, value: Cursor | None) -> None:
        self._cursor = value
        if value is None:
            self.applied = []
        else:
            self.applied.append((value.seq, time.perf_counter()))


class Feed:
    """Reports at a steady pace; `sent` maps the number of a command to the moment it left."""

    def __init__(self, line: Wire) -> None:
        self._line = line
        self.sent: dict[int, float] = {}

    async def run(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        due = time.perf_counter()
        while (now := time.perf_counter()) < end:
            n = len(self.sent) + 1
            command = commands.Report(
                source=Source.PATROL, external_ref=f"stalled-{n}", area=AreaCode(TOWNS[0]), item=ITEM, nature=TEXT
            )
            self.sent[n] = now
            await self._line.send(submit_of(n, command))
            due += 1 / RATE
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await self._line.answered(len(self.sent), 60)

    def seqs(self, first: int) -> dict[int, float]:
        """seq → when it left, of what was sent from command `first` on."""
        return {
            outcome.seq: self.sent[outcome.n]
            for outcome in self._line.outcomes
            if outcome.n >= first and outcome.seq is not None
        }


async def stand_still(url: str, token: str) -> None:
    """Says hello and reads no more, until cancelled. That the backend drops it, it does not even hear."""
    async with wire(url, token) as line:
        line.socket.transport.pause_reading()
        await asyncio.Event().wait()


@asynccontextmanager
async def stalled(url: str, tokens: list[str]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(stand_still(url, token)) for token in tokens]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def p95_ms(desks: list[TimedDesk], seqs: dict[int, float]) -> float:
    """Over every desk and event: from sent to applied there. Raises AssertionError where an event did not come."""
    took = []
    for desk in desks:
        applied = iter(desk.applied)
        seq, at = next(applied)
        for wanted in sorted(seqs):
            while seq < wanted:
                seq, at = next(applied)
            took.append((at - seqs[wanted]) * 1000)
    return statistics.quantiles(took, n=20)[18]


async def measure(folder: Path, rounds: int, seconds: float) -> tuple[list[float], list[float]]:
    """(alone, beside stalled readers): p95 in ms, one per round."""
    folder.mkdir(mode=0o700)
    server = await asyncio.to_thread(sync_parts.Server, folder)
    url = f"ws://127.0.0.1:{server.port}"
    alone: list[float] = []
    beside: list[float] = []
    tokens = [issue_token(folder, leader(f"u{number}", masked=False)) for number in range(DESKS + STALLED)]
    desks = [TimedDesk(number, server.port, tokens[number]) for number in range(DESKS)]
    tasks = [asyncio.create_task(desk.run()) for desk in desks]
    try:
        async with wire(url, issue_token(folder, FEEDER), stream=False) as line:
            while not all(desk.live_since for desk in desks):
                await asyncio.sleep(0.05)
            feed = Feed(line)
            await feed.run(1)
            for _ in range(rounds):
                for side in (alone, beside):
                    first = len(feed.sent) + 1
                    async with stalled(url, tokens[DESKS:] if side is beside else []):
                        await feed.run(seconds)
                    seqs = feed.seqs(first)
                    while not all(desk.applied[-1][0] >= max(seqs) for desk in desks):
                        await asyncio.sleep(0.05)
                    side.append(p95_ms(desks, seqs))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.to_thread(server.stop)
    return alone, beside


def main() -> None:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="two short rounds")
    options = parser.parse_args()
    rounds, seconds = (2, 4.0) if options.quick else (5, 10.0)
    with tempfile.TemporaryDirectory(prefix="liandong-bench-") as name:
        alone, beside = asyncio.run(measure(Path(name) / "node", rounds, seconds))
    ratios = sorted(b / a for a, b in zip(alone, beside, strict=True))
    ratio = statistics.median(ratios)
    word = "ok" if ratio < MOST_CHANGE else "short"
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {DESKS} desks, {STALLED} stalled, {RATE} events/s")
    print(
        f"I20 p95 beside stalled readers ratio={ratio:.2f} goal<{MOST_CHANGE} {word}  spread {ratios[0]:.2f}..{ratios[-1]:.2f}"
        f"  {statistics.median(beside):.1f} against {statistics.median(alone):.1f} ms"
    )


if __name__ == "__main__":
    main()

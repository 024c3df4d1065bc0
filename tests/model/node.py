"""A backend in memory: the real store, command service, hub, catch-up, snapshots and connections, on injected time.

Two nodes share one log as two processes would: what one commits reaches the other by the tail only.
"""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from backend.catch_up import CatchUp
from backend.clock import ServerClock
from backend.connection import ClientConnection, Parts
from backend.frames import Position
from backend.handlers import CommandService
from backend.hub import LEVEL_S, Hub
from backend.lane import LaneLimits
from backend.limits import ServerLimits
from backend.presence import PresenceBoard
from backend.reference import Site, demo_site
from backend.resume import DearRules
from backend.snapshots import SnapshotCache
from backend.store.records import Head, LogRecord
from backend.store.store import Store
from domain.actor import Actor
from protocol.cursors import short_hash
from protocol.server_session import Bucket
from tests.model.line import Line


@cache
def site() -> Site:
    return demo_site()


class Time:
    """One clock for all, moved by the test; what was to be called later is called then."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._later: list[tuple[float, int, Callable[[], Any]]] = []
        self._count = itertools.count()

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, callback: Callable[[], Any]) -> None:
        heapq.heappush(self._later, (self.now + delay, next(self._count), callback))

    def run_due(self) -> bool:
        ran = False
        while self._later and self._later[0][0] <= self.now:
            heapq.heappop(self._later)[2]()
            ran = True
        return ran

    def forget(self) -> None:
        """A killed process calls nothing any more."""
        self._later.clear()


class Node:
    """`wall` is what the machine believes when the process starts."""

    def __init__(
        self,
        folder: Path,
        name: str,
        time: Time,
        actors: dict[str, Actor],
        wall: Callable[[], datetime],
        *,
        shared: bool,
        lane: LaneLimits,
    ) -> None:
        self.name = name
        self.lines: list[Line] = []
        self.alarms: list[str] = []
        self.counts: list[str] = []
        self._time = Time()
        self._world = time
        self._time.now = time.now
        clock = ServerClock(wall=wall, elapsed_s=lambda: time.now)
        self.store = Store.open(folder, now=clock.now_server(), business_now=clock.now_business)
        head = self.store.head
        self.hub = Hub(self._time, Position(head.seq, short_hash(head.hash)), clock.now_business, first_version=1)
        self._shared = shared
        self.service = CommandService(self.store, site().rules, clock, [self._committed])
        self.service.start()
        self._leveled = time.now
        limits = ServerLimits(lane=lane, commands_burst=1000, commands_per_s=1000.0, dear=DearRules(max_events=25))

        async def authenticate(token: str) -> Actor | None:
            return actors.get(token)

        self._parts = Parts(
            store=self.store,
            hub=self.hub,
            catch_up=CatchUp(self.store, lambda: time.now, page=4),
            snapshots=SnapshotCache(self.store, folder / f"snapshots-{name}", lambda: time.now),
            presence=PresenceBoard(self.hub),
            submit=self.service.submit,
            authenticate=authenticate,
            queries={},
            blobs=None,
            clock=clock,
            monotonic=lambda: time.now,
            limits=limits,
            alarm=lambda code, detail: self.alarms.append(f"{code} {detail}"),
            server_name=name,
            enter=lambda connection: Bucket(1e6, 1_000_000, time.now),
            count=self.counts.append,
        )

    def accept(self) -> Line:
        line = Line()
        line.connection = ClientConnection(line.websocket, self._parts)  # type: ignore[arg-type]
        line.task = asyncio.create_task(line.connection.run(), name="connection")
        self.lines.append(line)
        return line

    def run_due(self) -> bool:
        self._time.now = self._world.now
        return self._time.run_due()

    def tick(self) -> None:
        """As the server's timer does, about twice a second."""
        self.lines = [line for line in self.lines if line.task is not None and not line.task.done()]
        for line in self.lines:
            line.connection.tick(self._world.now)
        if self._world.now - self._leveled >= LEVEL_S:
            self._leveled = self._world.now
            self.hub.level()
        self._parts.snapshots.sweep()

    def _committed(self, records: Sequence[LogRecord]) -> None:
        """Own commits go out at once where nothing of another node is missing before them; else by the next look."""
        if not self._shared or records[0].seq == self.hub.head.seq + 1:
            self.hub.publish(records)

    async def follow(self) -> None:
        """A look into the shared log (backend.store.pg_tail does it where the log is a PostgreSQL)."""
        if not self._shared:
            return
        start = self.hub.head.seq
        found = await self.store.read_events(start, 10_000)
        # What this node published while it read is not published again.
        fresh = [record for record in found if record.seq > self.hub.head.seq]
        if fresh:
            self.hub.publish(fresh)
            self.store.advance(Head(fresh[-1].seq, fresh[-1].hash, fresh[-1].server_time))

    def end_sessions(self, token: str) -> list[Awaitable[None]]:
        return [line.connection.end(4403, "rights") for line in self.lines if line.connection._token == token]

    async def kill(self) -> None:
        """At once: nothing is flushed, nothing said. Only files that the process held open are closed."""
        self._time.forget()
        for line in self.lines:
            line.server_died()
            tasks = [*line.connection._tasks, *([line.task] if line.task else [])]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        task = self.service._task
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await self._parts.snapshots.close()
        await asyncio.to_thread(self.store.close)


def later(start: datetime, time: Time) -> Callable[[], datetime]:
    """A wall clock that began at `start` when `time` stood at 1000."""
    return lambda: start + timedelta(seconds=time.now - 1000.0)

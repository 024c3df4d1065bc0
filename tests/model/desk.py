"""A desk in memory: the real services (mirror, cache file, outbox, commander, sync) and session; the test is its socket."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from desktop.services.app_state import Services
from desktop.services.cache_file import CacheFile
from desktop.services.identity import login_dir
from desktop.services.link_status import LinkPhase
from desktop.services.outbox_file import OutboxFile
from desktop.services.values import PageQuery
from domain.actor import Actor
from protocol.messages import Cursor, Outcome
from protocol.session import ClientSession
from protocol.session_events import Failed
from protocol.snapshot import SCHEMA_VERSION
from tests.model.line import Closed, Frame, Line
from tests.model.node import Time

SERVER = "sim://hall"


class Desk:
    """`services` is None while the desk is off. It outlives kills and connections; its files do too."""

    def __init__(self, folder: Path, token: str, actor: Actor, time: Time) -> None:
        self.token = token
        self.user = actor.user
        self.clock_error = timedelta(0)
        self.reachable = True
        self.given = 0
        self.told: list[Outcome] = []
        self.run_from = 0
        """Where in `told` the present run began: an overlay does not outlive a kill."""
        self.received: list[tuple[Frame, Line]] = []
        self.line: Line | None = None
        self.services: Services | None = None
        self.shown: Cursor | None = None
        """Newest cursor that the screen of this run has shown."""
        self.went_back: list[str] = []
        self.damaged = False
        """Its cache file was destroyed, and need not be readable until the next start."""
        self._time = time
        self._folder = folder
        self._session: ClientSession | None = None
        self._worker: asyncio.Task[None] | None = None

    # -- life ------------------------------------------------------------------------------------------

    async def start(self, wall: Callable[[], datetime]) -> None:
        services = Services(
            self._folder,
            SERVER,
            self.token,
            monotonic=lambda: self._time.now,
            wall=lambda: wall() + self.clock_error,
            random=lambda: 0.0,
        )
        services.on.outcome.append(self.told.append)
        services.on.changes.append(lambda changes: self._show(services.mirror.cursor))
        self.damaged = False
        self.run_from = len(self.told)
        self.shown = None
        actor = services._identities.actor_of(SERVER, self.token)
        if actor is not None:
            await services._open_login(actor)
        self._worker = asyncio.create_task(services.commander.run(), name="commander")
        self.services = services

    def _show(self, cursor: Cursor | None) -> None:
        """I7, at each change of the screen."""
        shown = self.shown
        if cursor is None:
            return
        same = shown is not None and (shown.epoch, shown.scope_hash) == (cursor.epoch, cursor.scope_hash)
        if same and shown is not None and cursor.seq < shown.seq:
            self.went_back.append(f"from {shown.seq} back to {cursor.seq}")
        self.shown = cursor

    async def kill(self) -> None:
        """No goodbye: what is not on disk is gone. The files are closed as the kernel would."""
        services, self.services = self.services, None
        assert services is not None
        self._drop_line()
        assert self._worker is not None
        self._worker.cancel()
        tasks = [self._worker, *services._tasks._tasks]
        cache, outbox = services._cache, services._outbox
        if cache is not None and cache._flush is not None:
            tasks.append(cache._flush)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for part in (cache, outbox):
            if part is not None:
                await asyncio.wrap_future(part._pool.submit(part._close))
                part._pool.shutdown()
        await services._tasks.stop()

    async def damage_cache(self) -> None:
        if self.services is None or self.services._cache is None:
            return
        await self.services._cache.flush()
        self.damaged = True
        self.cache_path.write_bytes(bytes(self.cache_path.stat().st_size))
        self.cache_path.with_name(self.cache_path.name + "-wal").write_bytes(b"")
        await self.services.page(PageQuery(), 0, 10_000)
        await self.services.count(PageQuery())

    async def rest(self) -> None:
        """Until everything that was clicked is on disk, and everything that may go out has been handed over."""
        if self.services is not None:
            await self.services.commander.settled()
            async with self.services.commander._pumping:
                pass

    # -- the line ----------------------------------------------------------------------------------------

    def connect(self, line: Line) -> None:
        assert self.services is not None
        link = self.services.link
        link._generation += 1
        self._session = link._session = ClientSession(
            app="model",
            schema=SCHEMA_VERSION,
            device_id="d",
            token=self.token,
            cursor=None if link._drop_cursor else self.services.cursor(),
            topics=self.services.topic_versions(),
            generation=link._generation,
            now=self._time.now,
        )
        self.line = line

    def send_out(self) -> bool:
        """What the session has to say goes on its way."""
        if self._session is None or self.line is None:
            return False
        frames = self._session.data_to_send()
        if not self.line.lost:
            self.line.up.extend(frames)
        return bool(frames)

    async def take(self, count: int) -> bool:
        """Reads up to `count` frames of the line."""
        read = False
        while count and self.line is not None and self.line.down:
            count -= 1
            read = True
            await self._take_one(self.line.down.popleft())
        return read

    async def _take_one(self, frame: Frame | Closed) -> None:
        session, line = self._session, self.line
        assert self.services is not None
        assert session is not None
        assert line is not None
        if isinstance(frame, Closed):
            [failed] = session.closed(frame.code or None, frame.reason)
            assert isinstance(failed, Failed)
            await self.lose(failed)
            return
        self.received.append((frame, line))
        failed_now = await self.services.link._take(session, frame)
        if failed_now is not None:
            await self.lose(failed_now)

    async def lose(self, failed: Failed | None = None) -> None:
        """The line is gone, or the desk gives it up."""
        if self._session is None or self.services is None:
            return
        session, self._session = self._session, None
        if failed is None:
            closed = session.closed(None)
            failed = next((each for each in closed if isinstance(each, Failed)), None)
        link = self.services.link
        link._session = None
        link._drop_cursor = failed is not None and failed.drop_cursor
        self._drop_line()
        link._set(phase=LinkPhase.WAITING, offline_since=self._time.now, retry_at=None, snapshot=None)
        if failed is not None:
            await self.services.on_event(session, failed)

    async def tick(self) -> None:
        """About once a second: limits pass, what waited is tried."""
        if self.services is None:
            return
        if self._session is not None:
            for event in self._session.tick(self._time.now):
                if isinstance(event, Failed):
                    await self.lose(event)
                    return
        if self.line is not None and self.line.lost:
            await self.lose()
        if self.services.link._reconnect.is_set():
            # Somebody in the desk wants a new connection (the cache was lost, another login).
            self.services.link._reconnect.clear()
            await self.lose()
        await self.services.commander.pump()

    def _drop_line(self) -> None:
        if self.line is not None:
            self.line.cut()
        self.line = None

    # -- what is on disk -----------------------------------------------------------------------------------

    @property
    def _login(self) -> Path:
        return login_dir(self._folder, SERVER, self.user)

    @property
    def cache_path(self) -> Path:
        return self._login / "cache.sqlite"

    def cache_file(self) -> CacheFile | None:
        """Only while the desk is off."""
        return CacheFile(self.cache_path) if self.cache_path.exists() and not self.damaged else None

    def outbox_file(self) -> OutboxFile | None:
        path = self._login / "outbox.sqlite"
        return OutboxFile(path, self.user, SERVER) if path.exists() else None

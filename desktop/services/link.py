"""The socket: connects, drives one ClientSession after the other, sends with a time limit, ends with abort.

Three tasks per connection: one reads and hands events on in order, one lets time pass, one sends. Who handles events is
given (`LinkHandler`); nothing in here knows tickets. Large frames are decoded off the event loop, and after 30 ms of work in
one turn the loop gets its turn, so that a long catch-up never stalls a window.

The library is read when the line is first opened (20 ms): the first window stands before.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from msgspec.structs import replace

from desktop.services.link_status import LinkPhase, LinkStatus, WakeDetector
from protocol.backoff import Backoff
from protocol.codec import MAX_FRAME
from protocol.messages import SEND_TIMEOUT_S, Ack, ClientMessage, Close, Cursor
from protocol.session import ClientSession
from protocol.session_events import (
    Again,
    CaughtUp,
    ClientEvent,
    DeltaApplied,
    Failed,
    HeartbeatArrived,
    SnapshotChunk,
    SnapshotComplete,
    Welcomed,
)
from protocol.snapshot import SCHEMA_VERSION

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

CONNECT_TIMEOUT_S = 10.0
TICK_S = 1.0
SLICE_S = 0.030
LARGE_FRAME = 64 * 1024
BUSY_ACK_S = 4.0
BAD_FRAMES_MAX = 3
log = logging.getLogger(__name__)


class LinkHandler(Protocol):
    """What the link asks and tells. Events of one session come one by one, each awaited before the next frame is read."""

    def cursor(self) -> Cursor | None: ...
    def topic_versions(self) -> dict[str, int]: ...
    async def on_event(self, session: ClientSession, event: ClientEvent) -> str:
        """Gives "", or the code of a reason why this session cannot go on."""
        ...

    async def on_snapshot_refused(self, error: OSError) -> None:
        """The disk did not take the snapshot's bytes."""
        ...

    def on_link_changed(self, status: LinkStatus) -> None: ...


class Link:
    """`run` goes on until cancelled. `monotonic` gives seconds, `wall` aware UTC, `random` [0, 1)."""

    def __init__(
        self,
        url: str,
        token: str,
        device_id: str,
        handler: LinkHandler,
        *,
        app: str,
        monotonic: Callable[[], float],
        wall: Callable[[], datetime],
        random: Callable[[], float],
    ) -> None:
        self._url = url
        self._token = token
        self._device_id = device_id
        self._handler = handler
        self._app = app
        self._monotonic = monotonic
        self._wall = wall
        self._backoff = Backoff(random)
        self._session: ClientSession | None = None
        self._generation = 0
        self._bad_frames = 0
        self._again_at_once = 0
        self._was_live = False
        self._drop_cursor = False
        self._wake_sender = asyncio.Event()
        self._kicked = asyncio.Event()
        self._reconnect = asyncio.Event()
        self._waiting_since: float | None = None
        self._heard_at = 0.0
        self._acked_busy_at = 0.0
        self._on_disk_seq = 0
        self.status = LinkStatus(offline_since=monotonic())

    # -- what others ask ------------------------------------------------------------------------

    def send(self, message: ClientMessage) -> bool:
        """Queue a message for the session that is up. False where there is none."""
        if self._session is None or not self._session.welcomed:
            return False
        self._session.send(message)
        self._wake_sender.set()
        return True

    def confirm(self, cursor: Cursor) -> None:
        """Rows up to `cursor` are on disk. Of an earlier session's cursor nothing is said."""
        session = self._session
        position = session.position if session else None
        if session is None or position is None or position.epoch != cursor.epoch or cursor.seq > position.seq:
            return
        self._on_disk_seq = cursor.seq
        session.applied(cursor)

    def reconnect(self) -> None:
        """Drop the connection and come back at once, for example because the cache was lost."""
        self._reconnect.set()
        self._kicked.set()

    def log_in(self, token: str) -> None:
        """Try again with another token."""
        self._token = token
        self.reconnect()

    # -- the life of the link -------------------------------------------------------------------

    async def run(self) -> None:
        while True:
            self._reconnect.clear()
            self._kicked.clear()
            self._set(phase=LinkPhase.CONNECTING, retry_at=None)
            failed = await self._one_session()
            log.info("link lost: %s (%s), again %s", failed.reason, failed.code, failed.again)
            self._drop_cursor = failed.drop_cursor
            wait_s = self._wait_for(failed)
            now = self._monotonic()
            since = self.status.offline_since if self.status.offline_since is not None else now
            self._set(
                phase=LinkPhase.STOPPED if wait_s is None else LinkPhase.WAITING,
                offline_since=since,
                retry_at=None if wait_s is None else now + wait_s,
                reason=_reason(failed),
                snapshot=None,
            )
            await self._pause(wait_s)

    async def _one_session(self) -> Failed:
        from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

        self._generation += 1
        self._session = None
        try:
            socket = await self._open()
        except (OSError, TimeoutError, InvalidHandshake, InvalidURI, ConnectionClosed) as error:
            log.info("cannot connect: %s", error)
            return self._failure("refused", Again.JITTER)
        session = ClientSession(
            app=self._app,
            schema=SCHEMA_VERSION,
            device_id=self._device_id,
            token=self._token,
            cursor=None if self._drop_cursor else self._handler.cursor(),
            topics=self._handler.topic_versions(),
            generation=self._generation,
            now=self._monotonic(),
        )
        self._session = session
        try:
            return await self._drive(socket, session)
        finally:
            self._session = None
            # close() may wait for ever for a peer that has stalled.
            socket.transport.abort()

    async def _open(self) -> "ClientConnection":
        from websockets.asyncio.client import connect

        async with asyncio.timeout(CONNECT_TIMEOUT_S):
            return await connect(
                self._url,
                compression=None,
                max_size=MAX_FRAME,
                proxy=None,
                open_timeout=CONNECT_TIMEOUT_S,
                ping_interval=20,
                # For proxies on the way. On a thin line the pong waits behind a whole snapshot: that is no dead server,
                # and the session itself finds out who is silent.
                ping_timeout=None,
                close_timeout=1,
            )

    async def _drive(self, socket: "ClientConnection", session: ClientSession) -> Failed:
        self._wake_sender = asyncio.Event()
        self._wake_sender.set()
        self._waiting_since = self._monotonic()
        work = (
            self._read(socket, session),
            self._tick(session),
            self._write(socket, session),
            self._wait_reconnect(),
        )
        tasks = [asyncio.create_task(each) for each in work]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        first = next(task for task in tasks if task in done)
        if (error := first.exception()) is not None:
            # A fault of our own must not end the desk; it is logged in full, and the server sends everything anew.
            log.error("session %s died of a fault", session.generation, exc_info=error)
            failed = self._failure("fault", Again.JITTER, drop_cursor=True)
        else:
            failed = first.result()
        await self._handler.on_event(session, failed)
        return failed

    async def _read(self, socket: "ClientConnection", session: ClientSession) -> Failed:
        from websockets.exceptions import ConnectionClosed

        slice_from = self._monotonic()
        while True:
            self._waiting_since = self._monotonic()
            try:
                frame = await socket.recv()
            except ConnectionClosed as error:
                close = error.rcvd
                events = session.closed(close.code if close else None, close.reason if close else "")
                return next(e for e in events if isinstance(e, Failed))
            self._waiting_since = None
            failed = await self._take(session, frame)
            if failed is not None:
                return failed
            self._wake_sender.set()
            if self._monotonic() - slice_from > SLICE_S:
                await asyncio.sleep(0)
                slice_from = self._monotonic()

    async def _take(self, session: ClientSession, frame: str | bytes) -> Failed | None:
        """One frame: decoded, off the loop if large, and its events handed on."""
        now = self._heard_at = self._monotonic()
        try:
            large = len(frame) > LARGE_FRAME
            events = await asyncio.to_thread(session.receive, frame, now) if large else session.receive(frame, now)
        except OSError as error:
            await self._handler.on_snapshot_refused(error)
            return self._failure("storage", Again.JITTER)
        for event in events:
            if isinstance(event, Failed):
                return event
            self._follow(session, event, now)
            refused = await self._handler.on_event(session, event)
            if refused:
                return self._failure(refused, Again.JITTER)
        return None

    async def _tick(self, session: ClientSession) -> Failed:
        wake = WakeDetector(self._monotonic(), self._wall())
        while True:
            await asyncio.sleep(TICK_S)
            now = self._monotonic()
            if wake.woke(now, self._wall()):
                return self._failure("slept", Again.AT_ONCE)
            if self._may_tick(now):
                for event in session.tick(now):
                    if isinstance(event, Failed):
                        return event
            elif session.welcomed and now - self._acked_busy_at > BUSY_ACK_S:
                # Busy with a large frame: silence is then ours, not the server's, and it must hear from us.
                self._acked_busy_at = now
                session.send(Ack(seq=self._on_disk_seq, t0=now))
            self._wake_sender.set()

    def _may_tick(self, now: float) -> bool:
        """Not while a frame is being worked on, and not before what lies in the socket was read: the silence may be ours."""
        if self._waiting_since is None:
            return False
        return now - self._waiting_since >= TICK_S / 2 or now - self._heard_at < TICK_S

    async def _write(self, socket: "ClientConnection", session: ClientSession) -> Failed:
        from websockets.exceptions import ConnectionClosed

        while True:
            await self._wake_sender.wait()
            self._wake_sender.clear()
            for frame in session.data_to_send():
                try:
                    async with asyncio.timeout(SEND_TIMEOUT_S):
                        await socket.send(frame)
                except TimeoutError:
                    return self._failure("send_timeout", Again.JITTER)
                except ConnectionClosed:
                    # The reader hears the same, with the reason.
                    await asyncio.Event().wait()

    async def _wait_reconnect(self) -> Failed:
        await self._reconnect.wait()
        return self._failure("asked", Again.AT_ONCE)

    # -- state ----------------------------------------------------------------------------------

    def _follow(self, session: ClientSession, event: ClientEvent, now: float) -> None:
        """Keep the status true after an event. Nobody is told of what did not change."""
        behind = max(0, session.head - session.position.seq) if session.position else 0
        if isinstance(event, Welcomed):
            phase = LinkPhase.CATCHING_UP if event.welcome.resume else LinkPhase.SNAPSHOT
            self._set(
                phase=phase,
                offline_since=None,
                reason="",
                connected_at=now,
                heard_at=now,
                behind=behind,
                snapshot=None,
            )
        elif isinstance(event, SnapshotChunk):
            self._set(heard_at=now, snapshot=(event.index + 1, event.chunks))
        elif isinstance(event, SnapshotComplete):
            self._set(phase=LinkPhase.CATCHING_UP, heard_at=now, snapshot=None, behind=behind)
        elif isinstance(event, CaughtUp):
            self._backoff.reset()
            self._bad_frames = self._again_at_once = 0
            self._was_live = True
            self._set(phase=LinkPhase.LIVE, heard_at=now, behind=0)
        elif isinstance(event, DeltaApplied | HeartbeatArrived):
            self._set(heard_at=now, behind=0 if self.status.phase is LinkPhase.LIVE else behind)
        else:
            self._set(heard_at=now)

    def _set(self, **changes: Any) -> None:
        self.status = replace(self.status, **changes)
        self._handler.on_link_changed(self.status)

    def _failure(self, reason: str, again: Again, *, drop_cursor: bool = False) -> Failed:
        return Failed(
            generation=self._generation, code=0, reason=reason, reconnect=True, again=again, drop_cursor=drop_cursor
        )

    def _wait_for(self, failed: Failed) -> float | None:
        """Seconds until the next try; None = none before somebody does something."""
        first_loss, self._was_live = self._was_live, False
        if failed.again is Again.AFTER_LOGIN:
            return None
        if failed.again is Again.NEVER:
            self._bad_frames += failed.code == Close.BAD_FRAME
            if failed.code != Close.BAD_FRAME or self._bad_frames >= BAD_FRAMES_MAX:
                return None
        if failed.again is Again.AT_ONCE:
            self._again_at_once += 1
            if self._again_at_once <= 2:
                return 0.0
        return failed.wait_s + self._backoff.next_s(soft=first_loss or failed.again is Again.SOFT)

    async def _pause(self, wait_s: float | None) -> None:
        """Wait, but not through a wake-up of the machine, and not when somebody asks for a new try."""
        wake = WakeDetector(self._monotonic(), self._wall())
        until = None if wait_s is None else self._monotonic() + wait_s
        while not self._kicked.is_set():
            left = TICK_S if until is None else min(TICK_S, until - self._monotonic())
            if left <= 0:
                return
            try:
                async with asyncio.timeout(left):
                    await self._kicked.wait()
            except TimeoutError:
                if until is not None and wake.woke(self._monotonic(), self._wall()):
                    return


def _reason(failed: Failed) -> str:
    """A code for the screen: login · version · bad_frame · else what the session said."""
    names = {Close.LOGIN: "login", Close.VERSION: "version", Close.BAD_FRAME: "bad_frame"}
    return names.get(failed.code, failed.reason)

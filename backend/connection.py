"""One client of the stream, from its hello to its end: login, resume or snapshot, catch-up, then live by the hub.

What it may say is judged by protocol.server_session; what it gets is built by hub, catch_up and snapshots.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar

from msgspec import Struct
from websockets.exceptions import ConnectionClosed

from backend.answers import Answers
from backend.answers import QueryError as QueryError
from backend.answers import QueryHandler as QueryHandler
from backend.catch_up import CatchUp
from backend.frames import text_frame
from backend.hub import Hub
from backend.lane import Lane, StreamConnection
from backend.limits import ServerLimits
from backend.outcomes import Asked
from backend.presence import PresenceBoard
from backend.resume import Alarm, reset_reason
from backend.snapshots import SnapshotCache
from backend.stream_store import StreamStore
from domain.actor import Actor, Scope, key_of
from domain.ids import TicketId
from protocol.codec import encode_bytes
from protocol.cursors import scope_hash
from protocol.messages import (
    PROTOCOL_MAX,
    BlobGet,
    BlobPut,
    BusinessClock,
    Close,
    Cursor,
    Heartbeat,
    Hello,
    Message,
    Outcome,
    Query,
    Viewing,
    Welcome,
)
from protocol.server_session import (
    AckArrived,
    BlobArrived,
    Bucket,
    Closing,
    FrameRefused,
    HeartbeatDue,
    HelloArrived,
    QueryArrived,
    ServerEvent,
    ServerSession,
    SubmitArrived,
    ViewingArrived,
)

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class StoreSlowError(Exception):
    """The store did not answer in time: not the client's fault, and no reason to hold its connection."""


class Clock(Protocol):
    """backend.clock.ServerClock."""

    business: BusinessClock

    def now_server(self) -> datetime: ...


class Parts(Struct, frozen=True, kw_only=True):
    """What all connections of a server share."""

    store: StreamStore
    hub: Hub
    catch_up: CatchUp
    snapshots: SnapshotCache
    presence: PresenceBoard
    submit: Callable[[Actor, Asked], Awaitable[Outcome]]
    authenticate: Callable[[str], Awaitable[Actor | None]]
    queries: Mapping[str, QueryHandler]
    blobs: Callable[[Actor, BlobPut | BlobGet], Awaitable[bytes]] | None
    clock: Clock
    monotonic: Callable[[], float]
    limits: ServerLimits
    alarm: Alarm
    server_name: str
    enter: Callable[["ClientConnection"], Bucket | None]
    """Registers a logged-in connection; None = this user has too many."""
    count: Callable[[str], None]
    """Counts what happened, for the operator."""


class ClientConnection:
    """Made after the handshake; `run` returns when the connection is over."""

    def __init__(self, websocket: StreamConnection, parts: Parts) -> None:
        now = parts.monotonic()
        self.actor: Actor | None = None
        self.scope = Scope()
        self.scope_hash = ""
        self.lane = Lane(websocket, parts.limits.lane, self._on_slow)
        self.acked = 0
        self.websocket = websocket
        self._parts = parts
        self._session = ServerSession(parts.limits.session, now)
        self._commands: Bucket | None = None
        self._token = ""
        self._checked_at = now
        self._position = 0
        self._in_flight = 0
        self._answers = Answers(parts.limits, self._send, self._spawn)
        self._viewing: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Future[Any]] = set()

    # -- life -------------------------------------------------------------------------------------

    async def run(self) -> None:
        parts = self._parts
        try:
            while True:
                frame = await self.websocket.recv()
                await self._handle(self._session.receive(frame, parts.monotonic()))
        except ConnectionClosed:
            pass
        finally:
            parts.hub.remove(self)
            parts.presence.leave(self)
            for task in self._tasks:
                task.cancel()

    def tick(self, now: float) -> None:
        """Once a second from the server: heartbeats, silence, and whether the token still holds."""
        for event in self._session.tick(now):
            if isinstance(event, HeartbeatDue):
                self._heartbeat(None)
            elif isinstance(event, Closing):
                self._spawn(self.end(event.code, event.reason))
        if self.actor is not None and now - self._checked_at >= self._parts.limits.recheck_s:
            self._checked_at = now
            self._spawn(self._recheck())

    def recheck(self) -> None:
        """Some token was ended: look now whether it was this one's."""
        if self.actor is not None:
            self._checked_at = self._parts.monotonic()
            self._spawn(self._recheck())

    async def end(self, code: int, reason: str) -> None:
        """Close with a code, but never wait long for a peer that may be gone; 0 = abort at once."""
        self._parts.hub.remove(self)
        self._parts.count(f"closed_{code}" if code else reason)
        if code:
            closing = asyncio.ensure_future(self.websocket.close(code, reason))
            await asyncio.wait([closing], timeout=self._parts.limits.close_timeout_s)
        self.lane.cut()

    # -- what the client says -----------------------------------------------------------------------

    async def _handle(self, events: list[ServerEvent]) -> None:
        for frame in self._session.data_to_send():
            self.lane.push(text_frame(frame.encode()))
        for event in events:
            if isinstance(event, AckArrived):
                await self._on_ack(event.ack.seq)
            elif isinstance(event, HeartbeatDue):
                self._heartbeat(event.t0)
            elif isinstance(event, SubmitArrived):
                self._on_submit(event.submit)
            elif isinstance(event, QueryArrived):
                self._on_query(event.query)
            elif isinstance(event, BlobArrived):
                self._on_blob(event.blob)
            elif isinstance(event, ViewingArrived):
                self._on_viewing(event.viewing)
            elif isinstance(event, HelloArrived):
                await self._on_hello(event.hello)
            elif isinstance(event, FrameRefused):
                self._parts.count("refused_frames")
                log.warning("frame refused from %s: %s", self._name(), event.code)
            else:
                await self.end(event.code, event.reason)

    async def _on_hello(self, hello: Hello) -> None:
        try:
            await self._log_in(hello)
        except StoreSlowError:
            await self.end(Close.RATE, f"wait={self._parts.limits.store_wait_s}")

    async def _log_in(self, hello: Hello) -> None:
        parts = self._parts
        actor = await self._within(parts.limits.store_timeout_s, parts.authenticate(hello.token))
        if actor is None:
            await self.end(Close.LOGIN, "token")
            return
        self.actor, self.scope, self.scope_hash = actor, actor.scope, scope_hash(actor.scope)
        self._token = hello.token
        self._commands = parts.enter(self)
        if self._commands is None:
            await self.end(Close.RATE, "wait=30")
            return
        if actor.import_right:
            self._session.allow(parts.limits.import_session)
        size = parts.snapshots.last_size(self.scope_hash)
        asking = reset_reason(parts.store, hello.cursor, self.scope_hash, size, parts.limits.dear, parts.alarm)
        reason = await self._within(parts.limits.store_timeout_s, asking)
        cursor = None if reason else hello.cursor
        parts.count(f"reset_{reason}" if reason else "resumed")
        self._send(self._welcome(actor, hello, cursor, reason))
        if hello.stream:  # a feeder only submits and asks
            self._spawn(self._stream(cursor, _shown(hello.cursor, reason), hello.topics if cursor else {}))

    def _welcome(self, actor: Actor, hello: Hello, cursor: Cursor | None, reason: str) -> Welcome:
        parts = self._parts
        return Welcome(
            proto=min(PROTOCOL_MAX, hello.proto[1]),
            epoch=parts.store.epoch,
            head=max(parts.hub.head.seq, cursor.seq if cursor else 0),
            scope_hash=self.scope_hash,
            actor=actor,
            server=parts.server_name,
            t0=hello.t0,
            server_time=parts.clock.now_server(),
            clock=parts.clock.business,
            limits=parts.limits.announced(),
            resume=not reason,
            reset_reason=reason,
        )

    async def _on_ack(self, seq: int) -> None:
        if seq > max(self._parts.hub.head.seq, self._position):
            self._parts.alarm("position", {"acked": seq, "head": self._parts.hub.head.seq})
            await self.end(Close.POSITION, "position")
        self.acked = seq

    def _on_submit(self, submit: Asked) -> None:
        limits, actor = self._parts.limits, self.actor
        assert actor is not None
        assert self._commands is not None
        most = limits.import_in_flight if actor.import_right else limits.commands_in_flight
        if self._in_flight >= most or not self._commands.take(self._parts.monotonic()):
            wait_s = round(self._commands.wait_s(), 3)
            self._send(_retry(submit, "busy", {"retry_s": wait_s}))
            return
        self._in_flight += 1
        # The service gives a future: a task of its own for each command would cost as much as deciding it.
        answer = asyncio.ensure_future(self._parts.submit(actor, submit))
        self._tasks.add(answer)
        answer.add_done_callback(partial(self._on_outcome, submit))

    def _on_outcome(self, submit: Asked, answer: asyncio.Future[Outcome]) -> None:
        self._in_flight -= 1
        self._tasks.discard(answer)
        if answer.cancelled():
            return
        error = answer.exception()
        if error is not None:
            log.error("serving %s failed", self._name(), exc_info=error)
            self._send(_retry(submit, "unavailable", {}))
        else:
            self._send(answer.result())

    def _on_query(self, query: Query) -> None:
        handler, actor = self._parts.queries.get(query.what), self.actor
        assert actor is not None
        self._answers.start(query.id, partial(handler, actor, query.args) if handler else None)

    def _on_blob(self, blob: BlobPut | BlobGet) -> None:
        handler, actor = self._parts.blobs, self.actor
        assert actor is not None
        self._answers.start(blob.id, partial(handler, actor, blob) if handler else None)

    def _on_viewing(self, viewing: Viewing) -> None:
        if self._viewing is not None:
            self._viewing.cancel()
            self._viewing = None
        if viewing.ticket_id is None:
            self._parts.presence.leave(self)
        else:
            self._viewing = self._spawn(self._view(viewing.ticket_id))

    async def _view(self, ticket_id: TicketId) -> None:
        ticket = await self._within(self._parts.limits.store_timeout_s, self._parts.store.ticket(ticket_id))
        if ticket is None or not self.scope.covers(ticket):
            self._parts.presence.leave(self)
            return
        assert self.actor is not None
        self._parts.presence.view(self, self.actor.seat, ticket_id, key_of(ticket))

    # -- what the client gets -----------------------------------------------------------------------

    async def _stream(self, cursor: Cursor | None, shown: int, known_topics: Mapping[str, int]) -> None:
        """Snapshot if need be, not older than `shown`, then the log, then live exactly where the log was left: no gap, no event
        twice.
        """
        hub = self._parts.hub
        try:
            self._position = cursor.seq if cursor else await self._send_snapshot(shown)
            # No await may stand between the last look at the hub's head and add().
            while self._position < hub.head.seq:
                reading = self._parts.catch_up.page(self.scope, self.scope_hash, self._position)
                page = await self._within(self._parts.limits.store_timeout_s, reading)
                if page.to_seq == self._position:
                    raise RuntimeError(f"the log ends at {self._position}, the hub stands at {hub.head.seq}")
                for frame in page.frames:
                    await self.lane.pull(frame)
                self._position = page.to_seq
            hub.add(self, self._position, known_topics)
        except TimeoutError:
            self._on_slow()
            self.lane.cut()
        except StoreSlowError:
            await self.end(Close.RATE, f"wait={self._parts.limits.store_wait_s}")
        except ConnectionError:
            pass  # the line went; `run` notices by itself

    async def _send_snapshot(self, at_least: int) -> int:
        """Seq of the snapshot's cursor."""
        making = self._parts.snapshots.borrow(self.scope, self.scope_hash, at_least)
        borrowed = await self._within(self._parts.limits.snapshot_timeout_s, making)
        try:
            begin = borrowed.snapshot.begin
            self._send(begin)
            for index in range(begin.chunks):
                await self.lane.pull(borrowed.snapshot.frame(index))
            return begin.cursor.seq
        finally:
            borrowed.give_back()

    def _heartbeat(self, t0: float | None) -> None:
        clock = self._parts.clock
        beat = Heartbeat(head=self._parts.hub.head.seq, server_time=clock.now_server(), clock=clock.business, t0=t0)
        self.lane.put("", text_frame(encode_bytes(beat)))

    def _send(self, message: Message) -> None:
        self.lane.push(text_frame(encode_bytes(message)))

    # -- inside -----------------------------------------------------------------------------------

    async def _within(self, timeout_s: float, work: Awaitable[Answer]) -> Answer:
        try:
            async with asyncio.timeout(timeout_s):
                return await work
        except TimeoutError:
            self._parts.count("store_slow")
            raise StoreSlowError from None

    async def _recheck(self) -> None:
        actor = await self._within(self._parts.limits.store_timeout_s, self._parts.authenticate(self._token))
        if actor is None:
            await self.end(Close.LOGIN, "token")
        elif actor != self.actor:
            await self.end(Close.SCOPE_CHANGED, "rights")

    def _on_slow(self) -> None:
        self._parts.hub.remove(self)
        self._parts.count("slow")
        log.warning("client %s reads too slowly, cut; it will resume", self._name())

    def _name(self) -> str:
        return f"{self.actor.user if self.actor else '?'}@{self.websocket.remote_address}"

    def _spawn(self, work: Coroutine[Any, Any, None], on_error: Callable[[], None] | None = None) -> asyncio.Task[None]:
        """A task of this connection. An error in it is a fault of the program: logged, and answered where it can be."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)

        def done(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            if task.cancelled():
                return
            error = task.exception()
            if error is None:
                return
            log.error("serving %s failed", self._name(), exc_info=error)
            if on_error is not None:
                on_error()
            else:
                self.lane.cut()

        task.add_done_callback(done)
        return task


def _shown(cursor: Cursor | None, reason: str) -> int:
    """Up to which seq a client that is sent a snapshot shows this log and scope already: it must not be taken back (I7)."""
    return cursor.seq if cursor is not None and reason in ("dear", "low_watermark") else 0


def _retry(submit: Asked, status: str, detail: dict[str, Any]) -> Outcome:
    return Outcome(outbox_id=submit.outbox_id, n=submit.n, status=status, code=status, detail=detail)

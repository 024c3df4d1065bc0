"""A log in memory, a server around it, and a small desk: what the flow tests need without waiting for disk or rules."""

import asyncio
import contextlib
import hashlib
import io
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from backend.connection import QueryError
from backend.frames import Position
from backend.hub import Hub
from backend.limits import ServerLimits
from backend.server import StreamServer
from backend.store.records import LogRecord
from domain import events
from domain.actor import Actor, ActorRef, Scope, key_of
from domain.documents import TICKET
from domain.ids import AreaCode, ItemCode, SeatId, TicketId, UnitId, UserId
from domain.projection import apply
from domain.ticket import Participation, Ticket
from domain.vocabulary import Level, Role, Source, Urgency
from protocol import snapshot as wire
from protocol.client_session import ClientSession
from protocol.cursors import scope_hash, short_hash
from protocol.messages import BusinessClock, ClientMessage, Cursor, Delta, Outcome, Submit
from protocol.session_events import (
    CaughtUp,
    ClientEvent,
    DeltaApplied,
    Failed,
    ResetBegun,
    SnapshotComplete,
)
from tests.patience import WAIT_S

START = datetime(2026, 9, 1, 0, 30, tzinfo=UTC)
TOWN_A, TOWN_B = AreaCode("440310001"), AreaCode("440310002")
SYSTEM = ActorRef(Role.SYSTEM)
_decoder = msgspec.json.Decoder(events.TicketEvent)


async def until(condition: Callable[[], Any], what: str = "condition") -> None:
    """Wait for it; the tests never sleep for a guessed time."""
    end = asyncio.get_running_loop().time() + WAIT_S
    while not condition():
        if asyncio.get_running_loop().time() > end:
            raise AssertionError(f"{what} did not come true in {WAIT_S} s")
        await asyncio.sleep(0.005)


class Clock:
    business = BusinessClock(START, START, 1.0)

    def now_server(self) -> datetime:
        return datetime.now(UTC)

    def now_business(self) -> datetime:
        return START


class Head(msgspec.Struct, frozen=True):
    seq: int
    hash: bytes


class Made(msgspec.Struct, frozen=True):
    tickets: int
    cursor: Cursor


class MemoryStore:
    """Keeps every record; `commit` appends and tells the sinks, as the command service does after its commit."""

    def __init__(self, epoch: str = "e" * 32) -> None:
        self.epoch = epoch
        self.low_watermark = 0
        self.records: list[LogRecord] = []
        self.state: dict[TicketId, Ticket] = {}
        self.sinks: list[Callable[[list[LogRecord]], None]] = []
        self.snapshots_made = 0
        self.pages_read = 0
        self.during_snapshot: Callable[[], None] = lambda: None
        self.answers = asyncio.Event()
        self.answers.set()

    @property
    def head(self) -> Head:
        return Head(len(self.records), self.records[-1].hash if self.records else b"genesis!" * 4)

    async def h_at(self, seq: int) -> str | None:
        await self.answers.wait()
        if seq == 0:
            return short_hash(b"genesis!" * 4)
        return short_hash(self.records[seq - 1].hash) if seq <= len(self.records) else None

    async def read_events(self, after_seq: int, limit: int) -> list[LogRecord]:
        self.pages_read += 1
        await asyncio.sleep(0)
        return self.records[after_seq : after_seq + limit]

    async def ticket(self, ticket_id: TicketId) -> Ticket | None:
        return self.state.get(ticket_id)

    async def make_snapshot(self, scope: Scope, path: Path) -> Made:
        self.snapshots_made += 1
        tickets = [ticket for ticket in self.state.values() if scope.covers(ticket)]
        cursor = Cursor(self.epoch, self.head.seq, short_hash(self.head.hash), scope_hash(scope))
        self.during_snapshot()
        await asyncio.to_thread(write_snapshot, path, tickets, cursor)
        return Made(len(tickets), cursor)

    def commit(self, *changes: tuple[str, events.TicketEvent], private: dict[str, str] | None = None) -> None:
        """Append one event for each (ticket id, event), as one transaction."""
        made = [self._record(TicketId(ticket_id), event, private or {}) for ticket_id, event in changes]
        for sink in self.sinks:
            sink(made)

    def _record(self, ticket_id: TicketId, event: events.TicketEvent, private: dict[str, str]) -> LogRecord:
        seq = len(self.records) + 1
        before = self.state.get(ticket_id)
        at = START + timedelta(seconds=seq)
        version = before.version + 1 if before else 1
        after = apply(before, ticket_id, version, event, at)
        body = msgspec.json.encode(event)
        record = LogRecord(
            seq=seq,
            epoch=self.epoch,
            type=events.name_of(event),
            entity_id=ticket_id,
            entity_version=version,
            actor=SYSTEM,
            user="u",
            occurred_at=at,
            server_time=at,
            body=body,
            private=private,
            scope_before=key_of(before) if before else None,
            scope_after=key_of(after),
            hash=hashlib.sha256(self.head.hash + body + bytes([seq % 251])).digest(),
            before=before,
            after=after,
        )
        self.records.append(record)
        self.state[ticket_id] = after
        return record

    def digest(self, scope: Scope) -> str:
        return digest(ticket for ticket in self.state.values() if scope.covers(ticket))


def reported(area: str = TOWN_A, nature: str = "占道经营") -> events.Reported:
    return events.Reported(
        source=Source.PATROL,
        external_ref="",
        area=AreaCode(area),
        item=ItemCode("01-01"),
        item_version=1,
        nature=nature,
        urgency=Urgency.NORMAL,
        level=Level.TOWN,
    )


def relocated(area: str) -> events.Relocated:
    return events.Relocated(area=AreaCode(area))


def dispatched(*units: str) -> events.Dispatched:
    parts = tuple(Participation(unit=UnitId(unit), lead=not index, asked_at=START) for index, unit in enumerate(units))
    return events.Dispatched(lead=UnitId(units[0]), parts=parts, stage=None)


def write_snapshot(path: Path, tickets: list[Ticket], cursor: Cursor) -> None:
    path.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as file:
        for ddl in wire.TABLES_DDL:
            file.execute(ddl)
        marks = ",".join(f":{name}" for name in wire.COLUMNS)
        file.executemany(
            f"INSERT INTO ticket ({','.join(wire.COLUMNS)}) VALUES ({marks})",
            [wire.row_of(ticket) for ticket in tickets],
        )
        file.execute("INSERT INTO meta VALUES (?, ?)", (wire.META_CURSOR, msgspec.json.encode(cursor).decode()))
        file.commit()


def read_snapshot(path: Path) -> tuple[dict[TicketId, Ticket], Cursor]:
    with contextlib.closing(sqlite3.connect(path)) as file:
        tickets = [wire.ticket_of(body) for (body,) in file.execute("SELECT body FROM ticket")]
        [(text,)] = file.execute("SELECT value FROM meta WHERE key = ?", (wire.META_CURSOR,)).fetchall()
    return {ticket.id: ticket for ticket in tickets}, msgspec.json.decode(text, type=Cursor)


def digest(tickets: Iterable[Ticket]) -> str:
    rows = sorted(wire.body_of(ticket) for ticket in tickets)
    return hashlib.sha256(b"".join(rows)).hexdigest()


class Site:
    """A running server with its log. `token` = the user's name; users are added with `actor`."""

    def __init__(self, store: MemoryStore, folder: Path, limits: ServerLimits) -> None:
        self.store = store
        self.actors: dict[str, Actor] = {}
        self.alarms: list[tuple[str, dict[str, object]]] = []
        self.submitted: list[tuple[Actor, Submit]] = []
        self.slow_query = asyncio.Event()
        clock = Clock()
        head = Position(store.head.seq, short_hash(store.head.hash))
        self.hub = Hub(asyncio.get_running_loop(), head, clock.now_business, first_version=1)
        self.server = StreamServer(
            store=store,
            hub=self.hub,
            submit=self._submit,
            authenticate=self._authenticate,
            queries={"echo": self._echo, "slow": self._slow, "broken": self._broken, "refused": self._refused},
            clock=clock,
            snapshot_folder=folder,
            alarm=lambda code, detail: self.alarms.append((code, detail)),
            limits=limits,
            origins=("http://hall.example",),
        )
        store.sinks[:] = [self.hub.publish, self.server.presence.follow]

    def actor(self, user: str, **scope: Any) -> Actor:
        actor = Actor(user=UserId(user), role=Role.DISPATCHER, seat=SeatId(user), scope=Scope(**scope))
        self.actors[user] = actor
        return actor

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.server.port}"

    async def _authenticate(self, token: str) -> Actor | None:
        return self.actors.get(token)

    async def _submit(self, actor: Actor, submit: Submit) -> Outcome:
        self.submitted.append((actor, submit))
        if submit.outbox_id == "crash":
            raise RuntimeError("a fault of the program")
        return Outcome(outbox_id=submit.outbox_id, n=submit.n, status="applied", seq=self.store.head.seq)

    async def _echo(self, actor: Actor, args: dict[str, Any]) -> bytes:
        return msgspec.json.encode({"user": actor.user, **args})

    async def _slow(self, actor: Actor, args: dict[str, Any]) -> bytes:
        await self.slow_query.wait()
        return b"1"

    async def _broken(self, actor: Actor, args: dict[str, Any]) -> bytes:
        raise RuntimeError("a fault of the program")

    async def _refused(self, actor: Actor, args: dict[str, Any]) -> bytes:
        raise QueryError("not_in_scope")


@contextlib.asynccontextmanager
async def site(
    folder: Path, store: MemoryStore | None = None, limits: ServerLimits | None = None, port: int = 0
) -> AsyncIterator[Site]:
    made = Site(store or MemoryStore(), folder / "snapshots", limits or ServerLimits())
    await made.server.start("127.0.0.1", port)
    try:
        yield made
    finally:
        await made.server.stop()


class Desk:
    """A client that keeps what a cache keeps: rows and cursor. It survives its connections; `session` is the present one."""

    def __init__(self, url: str, token: str, folder: Path) -> None:
        self.url = url
        self.token = token
        self.tickets: dict[TicketId, Ticket] = {}
        self.cursor: Cursor | None = None
        self.topics: dict[str, tuple[int, Any]] = {}
        self.events: list[ClientEvent] = []
        self.deltas: list[Delta] = []
        self.raw: list[str | bytes] = []
        self.failed: Failed | None = None
        self.session: ClientSession | None = None
        self._folder = folder
        self._generation = 0
        self.socket: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None

    async def connect(self, **options: Any) -> "Desk":
        """One connection, read in the background until it ends."""
        loop = asyncio.get_running_loop()
        self._generation += 1
        self.socket = await connect(self.url, compression=None, max_size=2**21, proxy=None, **options)
        self.failed = None
        self.session = ClientSession(
            app="test",
            schema=wire.SCHEMA_VERSION,
            device_id="d",
            token=self.token,
            cursor=self.cursor,
            topics={name: version for name, (version, _) in self.topics.items()},
            generation=self._generation,
            now=loop.time(),
        )
        await self.flush()
        self._task = asyncio.create_task(self._read(self.socket, self.session))
        return self

    @property
    def live(self) -> bool:
        return any(isinstance(event, CaughtUp) and event.generation == self._generation for event in self.events)

    @property
    def digest(self) -> str:
        return digest(self.tickets.values())

    def seen(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    async def say(self, message: ClientMessage) -> None:
        assert self.session is not None
        self.session.send(message)
        await self.flush()

    async def cut(self) -> None:
        """The line goes, without a word."""
        if self.socket is not None:
            self.socket.transport.abort()
        if self._task is not None:
            await self._task

    async def at(self, seq: int) -> None:
        await until(lambda: self.cursor is not None and self.cursor.seq >= seq, f"{self.token} at {seq}")

    async def flush(self) -> None:
        assert self.session is not None
        assert self.socket is not None
        for frame in self.session.data_to_send():
            await self.socket.send(frame)

    async def _read(self, socket: ClientConnection, session: ClientSession) -> None:
        loop = asyncio.get_running_loop()
        sink = io.BytesIO()
        with contextlib.suppress(ConnectionClosed):
            while True:
                frame = await socket.recv()
                self.raw.append(frame)
                for event in session.receive(frame, loop.time()):
                    self.events.append(event)
                    if isinstance(event, ResetBegun):
                        sink = io.BytesIO()
                        session.snapshot_to(sink)
                    elif isinstance(event, SnapshotComplete):
                        self._take_snapshot(sink.getvalue(), event)
                        session.applied(event.cursor)
                    elif isinstance(event, DeltaApplied):
                        self._fold(event)
                        session.applied(event.cursor)
                    elif isinstance(event, Failed):
                        self.failed = event
                        socket.transport.abort()
                    elif hasattr(event, "latest"):
                        latest = event.latest
                        self.topics[latest.topic] = (latest.version, msgspec.json.decode(latest.body))
                await self.flush()
        if self.failed is None:
            closing = socket.protocol.close_rcvd
            [failed] = session.closed(closing.code if closing else None, closing.reason if closing else "")
            assert isinstance(failed, Failed)
            self.failed = failed

    def _take_snapshot(self, data: bytes, complete: SnapshotComplete) -> None:
        path = self._folder / f"{self.token}.sqlite"
        path.write_bytes(data)
        self.tickets, inside = read_snapshot(path)
        assert inside == complete.cursor
        assert len(self.tickets) == complete.tickets
        self.cursor = complete.cursor
        self.topics.clear()

    def _fold(self, applied: DeltaApplied) -> None:
        assert self.cursor is not None
        assert applied.delta.from_seq == self.cursor.seq, "a hole in the stream"
        self.deltas.append(applied.delta)
        for event in applied.delta.events:
            if event.entity != TICKET:
                continue  # alarms that the centre raised by itself
            ticket_id = TicketId(event.id)
            if event.kind == "leave":
                del self.tickets[ticket_id]
            elif event.kind == "enter":
                assert ticket_id not in self.tickets
                self.tickets[ticket_id] = msgspec.json.decode(event.body, type=Ticket)
            else:
                old = self.tickets.get(ticket_id)
                assert event.v == (old.version + 1 if old else 1), "an event is missing or came twice"
                self.tickets[ticket_id] = apply(old, ticket_id, event.v, _decoder.decode(event.body), event.at)
        self.cursor = applied.cursor

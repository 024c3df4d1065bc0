"""A server of a few lines on the loopback, whose every frame a test decides. It checks nothing and remembers what it got."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import zstandard
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from domain.actor import Actor
from domain.events import TicketEvent
from domain.ids import UserId
from domain.ticket import Ticket
from domain.vocabulary import Role
from protocol.codec import decode_client, encode, encode_chunk
from protocol.messages import (
    BusinessClock,
    ClientMessage,
    Cursor,
    Delta,
    Event,
    Heartbeat,
    Hello,
    Limits,
    Message,
    SnapshotBegin,
    Welcome,
)
from tests.patience import WHOLE_S
from tests.unit.desktop.services.service_fakes import NOON, snapshot_file

ACTOR = Actor(user=UserId("zhang"), role=Role.DISPATCHER)


def business_clock() -> BusinessClock:
    return BusinessClock(NOON, datetime.now(UTC), 1.0)


class Peer:
    """One desk that came in."""

    def __init__(self, socket: ServerConnection, hello: Hello) -> None:
        self.socket = socket
        self.hello = hello
        self.inbox: asyncio.Queue[ClientMessage] = asyncio.Queue()

    async def send(self, message: Message) -> None:
        await self.socket.send(encode(message))

    async def welcome(
        self, head: int, *, resume: bool, epoch: str = "e1", actor: Actor = ACTOR, limits: Limits | None = None
    ) -> None:
        await self.send(
            Welcome(
                proto=1,
                epoch=epoch,
                head=head,
                scope_hash="s1",
                actor=actor,
                server="fake",
                t0=self.hello.t0,
                server_time=datetime.now(UTC),
                clock=business_clock(),
                limits=limits or Limits(),
                resume=resume,
                reset_reason="" if resume else "first",
            )
        )

    async def snapshot(self, folder: Path, tickets: list[Ticket], at: Cursor) -> None:
        raw = snapshot_file(folder / "server.sqlite", tickets, at).read_bytes()
        packed = zstandard.compress(raw)
        parts = [packed[i : i + 9000] for i in range(0, len(packed), 9000)]
        digest = hashlib.sha256(packed).hexdigest()
        begin = SnapshotBegin(
            cursor=at, chunks=len(parts), size=len(packed), raw_size=len(raw), tickets=len(tickets), sha256=digest
        )
        await self.send(begin)
        for index, part in enumerate(parts):
            await self.socket.send(encode_chunk(index, part))

    async def delta(self, from_seq: int, *events: Event, to: int | None = None) -> None:
        to_seq = to if to is not None else from_seq + len(events)
        await self.send(Delta(from_seq=from_seq, to_seq=to_seq, h=f"{to_seq:016x}", events=events))

    async def heartbeat(self, head: int) -> None:
        await self.send(Heartbeat(head=head, server_time=datetime.now(UTC), clock=business_clock()))

    async def next(self, kind: type[Message]) -> Message:
        """The next message of this kind; others are skipped."""
        while True:
            message = await self.inbox.get()
            if isinstance(message, kind):
                return message


def event(seq: int, ticket: Ticket, body: TicketEvent, v: int | None = None) -> Event:
    raw = msgspec.Raw(msgspec.json.encode(body))
    return Event(seq=seq, id=ticket.id, v=v or ticket.version + 1, at=NOON, st=NOON, body=raw)


class FakeServer:
    """`peers` gets every desk after its hello. `refuse(code)` closes the next ones with that code instead."""

    def __init__(self) -> None:
        self.peers: asyncio.Queue[Peer] = asyncio.Queue()
        self.refusal: int | None = None
        self.hellos = 0

    async def accept(self, socket: ServerConnection) -> None:
        hello = decode_client(await socket.recv())
        assert isinstance(hello, Hello)
        self.hellos += 1
        if self.refusal is not None:
            await socket.close(self.refusal)
            return
        peer = Peer(socket, hello)
        self.peers.put_nowait(peer)
        with suppress(ConnectionClosed):
            while True:
                peer.inbox.put_nowait(decode_client(await socket.recv()))


async def with_server(work: Callable[[FakeServer, str], Awaitable[None]]) -> None:
    server = FakeServer()
    async with serve(server.accept, "127.0.0.1", 0, compression=None) as listening:
        port = next(iter(listening.sockets)).getsockname()[1]
        async with asyncio.timeout(WHOLE_S):
            await work(server, f"ws://127.0.0.1:{port}")

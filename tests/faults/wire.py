"""A bare client of a real backend: says hello, sends submits as they are, keeps every frame that comes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from domain import commands
from domain.ticket import Ticket
from protocol.codec import decode_server, encode
from protocol.messages import Cursor, Hello, Outcome, Reply, Submit, Welcome
from protocol.snapshot import SCHEMA_VERSION
from tests.faults.cluster import until

CREATED = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)


class Wire:
    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.frames: list[str | bytes] = []
        self.outcomes: list[Outcome] = []
        self.replies: list[Reply] = []
        self.welcome: Welcome | None = None
        self.reading = asyncio.create_task(self._read())

    @property
    def open(self) -> bool:
        return not self.reading.done()

    async def send(self, *submits: Submit) -> None:
        for submit in submits:
            await self.socket.send(encode(submit))

    async def answered(self, count: int, timeout_s: float = 10) -> list[Outcome]:
        await until(lambda: len(self.outcomes) >= count or not self.open, f"{count} answers", timeout_s)
        return self.outcomes

    async def _read(self) -> None:
        with suppress(ConnectionClosed):
            while True:
                frame = await self.socket.recv()
                self.frames.append(frame)
                if isinstance(frame, bytes):
                    continue
                message = decode_server(frame)
                if isinstance(message, Outcome):
                    self.outcomes.append(message)
                elif isinstance(message, Reply):
                    self.replies.append(message)
                elif isinstance(message, Welcome):
                    self.welcome = message


@asynccontextmanager
async def wire(
    url: str, token: str, *, stream: bool = True, cursor: Cursor | None = None, **options: Any
) -> AsyncIterator[Wire]:
    socket = await connect(url, compression=None, proxy=None, max_size=2**22, **options)
    made = Wire(socket)
    hello = Hello(app="fault", schema=SCHEMA_VERSION, device_id="d", token=token, cursor=cursor, stream=stream, t0=0.0)
    try:
        await socket.send(encode(hello))
        await until(lambda: made.welcome is not None or not made.open, "welcome")
        yield made
    finally:
        socket.transport.abort()
        await asyncio.wait([made.reading])


def submit_of(n: int, command: commands.Command, ticket: Ticket | None = None, outbox_id: str = "a" * 32) -> Submit:
    versioned = ticket is not None and commands.name_of(command) not in commands.UNVERSIONED
    return Submit(
        outbox_id=outbox_id,
        n=n,
        ticket_id=ticket.id if ticket else None,
        expected_version=ticket.version if ticket and versioned else None,
        command=command,
        created_at=CREATED,
    )

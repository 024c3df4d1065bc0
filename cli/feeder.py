"""A session that only submits: the port through which `replay` and `simulate` feed a running backend over its websocket."""

import asyncio
import itertools
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TypeVar

import msgspec
from msgspec import Raw
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from backend.simulator.plan import Step
from cli.errors import OperatorError
from domain import commands
from domain.documents import DocCommand
from domain.ids import TicketId
from domain.ticket import Ticket
from protocol import codec
from protocol.documents import encode_json
from protocol.messages import (
    HEARTBEAT_S,
    HELLO_TIMEOUT_S,
    SEND_TIMEOUT_S,
    Ack,
    Act,
    Hello,
    Outcome,
    Query,
    Reply,
    Submit,
    Welcome,
)
from protocol.snapshot import SCHEMA_VERSION

WINDOW = 400
"""Commands in flight at most; the backend commits whatever waits in one group."""
ANSWER_TIMEOUT_S = 60.0
BUSY = "busy"
BUSY_PAUSE_S = 0.02
RETRY_PAUSE_S = 0.5
ISSUE_TOKEN = "issue one with `liandong backend token --user U --role source --import --data DIR`"
ISSUE_ROLE = "issue one with `liandong backend token --user U --role ROLE --data DIR`, of a role that may do this"
RETRY = (BUSY, "unavailable", "storage_full")
T = TypeVar("T")
_tickets = msgspec.json.Decoder(list[Ticket])


class Feeder:
    """Async context manager. Raises OperatorError when the backend cannot be reached, refuses the token or its rights, or goes away.

    `imports` False: a session that states no past times, for which any role will do.
    """

    def __init__(self, url: str, token: str, *, imports: bool = True) -> None:
        self._imports = imports
        self._url = url
        self._token = token
        self._issue = ISSUE_TOKEN if imports else ISSUE_ROLE
        self._outbox_id = secrets.token_hex(16)
        self._numbers = itertools.count(1)
        self._outcomes: dict[int, asyncio.Future[Outcome]] = {}
        self._replies: dict[int, asyncio.Future[Reply]] = {}
        self._room = asyncio.Semaphore(WINDOW)
        self._tasks: list[asyncio.Task[None]] = []
        self._socket: ClientConnection | None = None
        self.welcome: Welcome | None = None
        self.refused_reports: dict[str, str] = {}

    async def __aenter__(self) -> "Feeder":
        if not self._token:
            raise OperatorError(f"没有给令牌 / no token was given: --token or LIANDONG_TOKEN; {self._issue}")
        try:
            self._socket = await connect(
                self._url, compression=None, proxy=None, open_timeout=HELLO_TIMEOUT_S, max_size=1024 * 1024
            )
            hello = Hello(
                app="liandong-feed",
                schema=SCHEMA_VERSION,
                device_id=self._outbox_id,
                token=self._token,
                stream=False,
                t0=time.monotonic(),
            )
            await self._send(hello)
            first = codec.decode_server(await asyncio.wait_for(self._socket.recv(), HELLO_TIMEOUT_S))
        except (OSError, TimeoutError, InvalidHandshake, InvalidURI) as error:
            raise OperatorError(
                f"连不上后端 / no backend at {self._url} ({error}): start one with `liandong backend --data DIR --port N`"
            ) from error
        except ConnectionClosed as error:
            raise OperatorError(_why_closed(error, self._issue)) from error
        if not isinstance(first, Welcome):
            raise OperatorError(f"{self._url} 不是联动后端 / did not answer like a Liandong backend")
        if self._imports and not first.actor.import_right:
            # Without it the backend takes what one person types, and closes the line on a feed as on a flood.
            raise OperatorError(f"令牌没有导入权 / the token lacks the import right: {ISSUE_TOKEN}")
        self.welcome = first
        self._tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._beat())]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._socket is not None:
            self._socket.transport.abort()

    async def send(self, step: Step, ticket_id: TicketId | None, version: int | None) -> Outcome:
        """One step; retries while the backend says busy. Raises OperatorError when the line is lost."""
        outcome = await self._submit(step.command, ticket_id, version, step.at)
        if isinstance(step.command, commands.Report) and outcome.status != "applied":
            self.refused_reports[step.command.external_ref] = outcome.code or outcome.status
        return outcome

    async def ticket(self, ticket_id: TicketId) -> Ticket | None:
        reply = await self.ask("tickets", {"ids": [ticket_id]})
        while reply.error == BUSY:
            await asyncio.sleep(BUSY_PAUSE_S)
            reply = await self.ask("tickets", {"ids": [ticket_id]})
        if reply.error:
            raise OperatorError(f"后端拒答 / the backend refused to show a ticket: {reply.error}")
        found = _tickets.decode(reply.body)
        return found[0] if found else None

    async def ask(self, what: str, args: Mapping[str, Any]) -> Reply:
        number = next(self._numbers)
        async with self._room:
            return await self._answer(self._replies, number, Query(id=number, what=what, args=dict(args)))

    async def act(self, command: commands.Base, ticket_id: TicketId, version: int) -> Outcome:
        """A command as of now."""
        return await self._submit(command, ticket_id, version, None)

    async def act_on_document(self, kind: str, command: DocCommand, doc_id: str | None, version: int | None) -> Outcome:
        """A command on a document, as of now; retries while the backend cannot take it."""
        number = next(self._numbers)
        act = Act(
            outbox_id=self._outbox_id,
            n=number,
            kind=kind,
            doc_id=None if doc_id is None else TicketId(doc_id),
            expected_version=version,
            body=Raw(encode_json(command)),
            created_at=datetime.now(UTC),
        )
        return await self._final(number, act)

    async def _submit(
        self, command: commands.Base, ticket_id: TicketId | None, version: int | None, at: datetime | None
    ) -> Outcome:
        number = next(self._numbers)
        message = Submit(
            outbox_id=self._outbox_id,
            n=number,
            ticket_id=ticket_id,
            expected_version=version,
            command=command,  # type: ignore[arg-type]
            created_at=datetime.now(UTC),
            occurred_at=at,
        )
        return await self._final(number, message)

    async def _final(self, number: int, message: Submit | Act) -> Outcome:
        """The final outcome; waits and sends the same command again while the backend cannot take it now."""
        while True:
            async with self._room:
                outcome = await self._answer(self._outcomes, number, message)
            if outcome.status not in RETRY:
                return outcome
            await asyncio.sleep(RETRY_PAUSE_S)

    async def _answer(self, waiting: dict[int, asyncio.Future[T]], number: int, message: Submit | Act | Query) -> T:
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        waiting[number] = future
        try:
            await self._send(message)
            return await asyncio.wait_for(future, ANSWER_TIMEOUT_S)
        except TimeoutError as error:
            raise OperatorError(
                f"{self._url}: 后端没有回应 / the backend did not answer in {ANSWER_TIMEOUT_S:.0f} s"
            ) from error
        except ConnectionClosed as error:
            raise OperatorError(_why_closed(error, self._issue)) from error
        finally:
            waiting.pop(number, None)

    async def _send(self, message: Hello | Submit | Act | Query | Ack) -> None:
        assert self._socket is not None
        await asyncio.wait_for(self._socket.send(codec.encode(message)), SEND_TIMEOUT_S)

    async def _read(self) -> None:
        assert self._socket is not None
        try:
            async for frame in self._socket:
                message = codec.decode_server(frame)
                if isinstance(message, Outcome):
                    _settle(self._outcomes.get(message.n), message)
                elif isinstance(message, Reply):
                    _settle(self._replies.get(message.id), message)
        except ConnectionClosed as error:
            self._fail(OperatorError(_why_closed(error, self._issue)))
        else:
            self._fail(
                OperatorError(
                    f"{self._url}: 后端已断开 / the backend closed the line; feed the file again, nothing is doubled"
                )
            )

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            await self._send(Ack(seq=0, t0=time.monotonic()))

    def _fail(self, error: OperatorError) -> None:
        waiting: list[asyncio.Future[Outcome] | asyncio.Future[Reply]] = [
            *self._outcomes.values(),
            *self._replies.values(),
        ]
        for future in waiting:
            if not future.done():
                future.set_exception(error)


def _settle(future: "asyncio.Future[T] | None", value: T) -> None:
    if future is not None and not future.done():
        future.set_result(value)


def _why_closed(error: ConnectionClosed, issue: str = ISSUE_TOKEN) -> str:
    code = error.rcvd.code if error.rcvd else None
    if code == 4401:
        return f"令牌无效 / the backend refused the token: {issue}"
    if code == 4406:
        return "版本不合 / the backend speaks another protocol version: update one of the two"
    if code == 4429:
        return (
            "后端限流 / the backend limits this user (too many frames or sessions, or its store is slow): "
            "wait a minute and feed the file again, nothing is doubled"
        )
    return f"后端断开 / the backend closed the line (code {code}); feed the file again, nothing is doubled"

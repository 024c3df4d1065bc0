"""Questions of one session: few at a time, each answered in bounded time, whatever becomes of it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from msgspec import Raw

from backend.limits import ServerLimits
from domain.actor import Actor
from protocol.codec import MAX_FRAME
from protocol.messages import Reply

QueryHandler = Callable[[Actor, dict[str, Any]], Awaitable[bytes]]
"""Answers a question with JSON. Checks the actor's scope itself; raises QueryError."""


class QueryError(Exception):
    """A question that is refused; `code` travels, the text is for the log."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(text or code)
        self.code = code


class Answers:
    """`spawn(work, on_error)` starts a task of the connection."""

    def __init__(
        self,
        limits: ServerLimits,
        send: Callable[[Reply], None],
        spawn: Callable[[Coroutine[Any, Any, None], Callable[[], None]], object],
    ) -> None:
        self._limits = limits
        self._send = send
        self._spawn = spawn
        self._asking = 0

    def start(self, number: int, work: Callable[[], Awaitable[bytes]] | None) -> None:
        """Answer question `number` by `work`; None = nobody here knows."""
        if work is None:
            self._send(Reply(id=number, error="unknown_query"))
        elif self._asking >= self._limits.queries_in_flight:
            self._send(Reply(id=number, error="busy"))
        else:
            self._asking += 1
            self._spawn(self._ask(number, work), lambda: self._send(Reply(id=number, error="internal")))

    async def _ask(self, number: int, work: Callable[[], Awaitable[bytes]]) -> None:
        try:
            async with asyncio.timeout(self._limits.query_timeout_s):
                body = await work()
            reply = Reply(id=number, body=Raw(body))
            if len(body) > MAX_FRAME // 2:
                reply = Reply(id=number, error="too_large")
        except QueryError as error:
            reply = Reply(id=number, error=error.code)
        except TimeoutError:
            reply = Reply(id=number, error="timeout")
        finally:
            self._asking -= 1
        self._send(reply)

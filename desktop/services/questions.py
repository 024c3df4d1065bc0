"""Questions beside the stream: each gets its answer, an error of the server, or `offline` or `timeout`. None waits for ever."""

import asyncio
from collections.abc import Callable
from typing import Any

from desktop.services.values import Answer
from protocol.messages import ClientMessage, Query, Reply

TIMEOUT_S = 10.0
MOST_OPEN = 100


class Questions:
    """`send` gives False where no session is up."""

    def __init__(self, send: Callable[[ClientMessage], bool]) -> None:
        self._send = send
        self._next_id = 1
        self._open: dict[int, asyncio.Future[Answer]] = {}

    async def ask(self, what: str, args: dict[str, Any], timeout_s: float = TIMEOUT_S) -> Answer:
        return await self.ask_by(lambda number: Query(id=number, what=what, args=args), timeout_s)

    async def ask_by(self, make: Callable[[int], ClientMessage], timeout_s: float = TIMEOUT_S) -> Answer:
        """A question of any message that is answered by a Reply; `make` puts the number in."""
        if len(self._open) >= MOST_OPEN:
            return Answer(error="busy")
        number, self._next_id = self._next_id, self._next_id + 1
        if not self._send(make(number)):
            return Answer(error="offline")
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._open[number] = future
        try:
            async with asyncio.timeout(timeout_s):
                return await future
        except TimeoutError:
            return Answer(error="timeout")
        finally:
            del self._open[number]

    def answered(self, reply: Reply) -> None:
        future = self._open.get(reply.id)
        if future is not None and not future.done():
            future.set_result(Answer(None if reply.error else bytes(reply.body), reply.error))

    def line_lost(self) -> None:
        for future in self._open.values():
            if not future.done():
                future.set_result(Answer(error="offline"))

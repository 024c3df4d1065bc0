"""Nodes without sockets on one PostgreSQL log: store, command service and tail, as backend.app wires them."""

import asyncio
import itertools
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec import Raw

from backend.clock import ServerClock
from backend.handlers import CommandService
from backend.store.pg_store import PgStore
from backend.store.pg_tail import PAGE, Tail
from backend.store.records import LogRecord
from domain import commands
from domain.actor import Actor
from domain.documents import DocCommand
from domain.ids import TicketId
from protocol.documents import KindBook, encode_json
from protocol.messages import Act, Outcome, Submit
from tests.flow.fakes import until
from tests.unit.backend.house import NOON, REGISTRAR, SHIFT_LEADER, TOWN_A, item, site
from tests.unit.domain.notices import NOTICE

_references = itertools.count(1)
__all__ = ["REGISTRAR", "SHIFT_LEADER", "Node", "nodes", "until"]


class Node:
    """`records` is what the sinks were given."""

    def __init__(self, url: str, folder: Path, *, page: int = PAGE) -> None:
        folder.mkdir(exist_ok=True)
        self.clock = ServerClock()
        self.store = PgStore.open(url, folder)
        self.records: list[LogRecord] = []
        self.tail = Tail(self.store, [self._take], page=page)
        kinds = KindBook([NOTICE])
        self.service = CommandService(self.store, site().rules, self.clock, [self.tail.take], kinds=kinds)
        self.outbox = secrets.token_hex(16)
        self._numbers = itertools.count(1)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, *, hints: bool = True) -> None:
        self.following = asyncio.create_task(self.tail.run())
        self.writing = self.service.start()
        self._tasks.append(self.following)
        if hints:
            self._tasks.append(asyncio.create_task(self.tail.listen()))

    async def stop(self) -> None:
        await self.service.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.to_thread(self.store.close)

    def message(self, command: commands.Command, ticket: TicketId | None = None, version: int | None = None) -> Submit:
        number = next(self._numbers)
        return Submit(
            outbox_id=self.outbox,
            n=number,
            ticket_id=ticket,
            expected_version=version,
            command=command,
            created_at=NOON,
        )

    async def do(
        self,
        command: commands.Command,
        ticket: TicketId | None = None,
        version: int | None = None,
        actor: Actor = SHIFT_LEADER,
    ) -> Outcome:
        return await self.service.submit(actor, self.message(command, ticket, version))

    async def act(self, command: DocCommand, doc_id: str | None = None, version: int | None = None) -> Outcome:
        act = Act(
            outbox_id=self.outbox,
            n=next(self._numbers),
            kind=NOTICE.name,
            doc_id=doc_id,
            expected_version=version,
            body=Raw(encode_json(command)),
            created_at=NOON,
        )
        return await self.service.submit(SHIFT_LEADER, act)

    async def report(self, text: str = "") -> TicketId:
        outcome = await self.do(report(text))
        assert outcome.status == "applied", outcome
        assert outcome.ticket_id is not None
        return outcome.ticket_id

    @property
    def seqs(self) -> list[int]:
        return [record.seq for record in self.records]

    async def at(self, seq: int) -> None:
        await until(lambda: self.tail.position >= seq, f"tail at {seq}")

    def _take(self, records: Sequence[LogRecord]) -> None:
        self.records += records


def report(text: str = "") -> commands.Report:
    source = next(iter(commands.Source))
    reference = f"p{next(_references)}"
    return commands.Report(source=source, external_ref=reference, area=TOWN_A, item=item(needs_check=False), text=text)


@asynccontextmanager
async def nodes(
    url: str, folder: Path, count: int, *, hints: bool = True, page: int = PAGE
) -> AsyncIterator[list[Node]]:
    made: list[Node] = []
    try:
        for number in range(count):
            made.append(await asyncio.to_thread(Node, url, folder / f"node{number}", page=page))
            made[-1].start(hints=hints)
        yield made
    finally:
        for node in made:
            await node.stop()

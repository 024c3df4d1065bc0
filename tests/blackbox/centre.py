"""A centre of one or two backend nodes on one log, and bare clients of it that keep what a desk keeps."""

import asyncio
import itertools
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from backend.app import Backend
from backend.config import BackendConfig
from backend.reference import demo_site
from backend.store.pg_engine import is_postgres
from domain import commands
from domain.actor import Actor, Scope
from domain.ids import AreaCode, SeatId, TicketId, UnitId, UserId
from domain.ticket import Ticket
from domain.vocabulary import Role, Source
from protocol.messages import Outcome, Query, Reply, Submit
from protocol.session_events import OutcomeArrived, ReplyArrived, ResetBegun
from tests.flow.fakes import Desk, until
from tests.patience import WHOLE_S
from tests.unit.backend.house import TOWN_A, TOWN_B, UNIT_A, UNIT_B, item

_site = demo_site()
_clients = itertools.count(1)
_references = itertools.count(1)
__all__ = ["TOWN_A", "TOWN_B", "UNIT_A", "UNIT_B", "Centre", "Client", "Place", "centre", "leader", "report", "until"]


class Place(Struct, frozen=True):
    """Where the log is and how many nodes share it."""

    database: str
    nodes: int


def leader(name: str = "leader", **scope: Any) -> Actor:
    return Actor(user=UserId(name), role=Role.SHIFT_LEADER, seat=SeatId(name), scope=Scope(**scope))


def report(area: str = TOWN_A, text: str = "") -> commands.Report:
    reference = f"b{next(_references)}"
    return commands.Report(
        source=Source.PATROL, external_ref=reference, area=AreaCode(area), item=item(needs_check=False), text=text
    )


class Client(Desk):
    """A desk's line with an outbox of its own."""

    def __init__(self, url: str, token: str, folder: Path) -> None:
        super().__init__(url, token, folder)
        self.name = ""
        self.outbox = secrets.token_hex(16)
        self._numbers = itertools.count(1)
        self._questions = itertools.count(1)

    def message(self, command: commands.Command, ticket: Ticket | None = None, **more: Any) -> Submit:
        fields: dict[str, Any] = {
            "outbox_id": self.outbox,
            "n": more.pop("n", None) or next(self._numbers),
            "ticket_id": ticket.id if ticket else None,
            "expected_version": ticket.version if ticket else None,
            "created_at": datetime(2026, 9, 1, tzinfo=UTC),
            **more,
        }
        return Submit(command=command, **fields)

    def told(self, message: Submit) -> list[Outcome]:
        """Every answer that came back to this id, in order."""
        outcomes = [event.outcome for event in self.seen(OutcomeArrived)]
        return [outcome for outcome in outcomes if (outcome.outbox_id, outcome.n) == (message.outbox_id, message.n)]

    async def send(self, message: Submit) -> Outcome:
        """The next answer to this command."""
        before = len(self.told(message))
        await self.say(message)
        await until(lambda: len(self.told(message)) > before, f"outcome of {message.n}")
        return self.told(message)[before]

    async def give(self, command: commands.Command, ticket: Ticket | None = None, **more: Any) -> Outcome:
        return await self.send(self.message(command, ticket, **more))

    async def apply(self, command: commands.Command, ticket: Ticket | None = None) -> Ticket:
        """Gives a command that must succeed, and waits until its effect has come back on the stream."""
        outcome = await self.give(command, ticket)
        assert outcome.status == "applied", outcome
        assert outcome.seq is not None
        assert outcome.ticket_id is not None
        await self.at(outcome.seq)
        return self.tickets[outcome.ticket_id]

    async def ask(self, what: str, args: Mapping[str, Any]) -> Reply:
        number = next(self._questions)
        await self.say(Query(id=number, what=what, args=dict(args)))
        found = lambda: [event.reply for event in self.seen(ReplyArrived) if event.reply.id == number]  # noqa: E731
        await until(found, f"reply to {what}")
        reply: Reply = found()[0]
        return reply

    @property
    def resets(self) -> list[str]:
        return [event.reason for event in self.seen(ResetBegun)]

    def go_to(self, url: str) -> None:
        """The next connection goes to another node."""
        self.url = url


class Centre:
    """Nodes are backends in this process; a client does not see the difference."""

    def __init__(self, place: Place, folder: Path) -> None:
        self._place = place
        self._folder = folder
        self._clients: list[Client] = []
        self.nodes: list[Backend] = []

    async def start(self) -> None:
        for number in range(self._place.nodes):
            self.nodes.append(await self.new_node(number))

    async def new_node(self, number: int) -> Backend:
        data = self._folder / f"node{number}"
        # Without alarms, which the centre raises by itself: these tests count every entry of the log.
        node = Backend(BackendConfig(data=data, port=0, database=self._place.database), _site, kinds=())
        try:
            await node.start()
        except BaseException:
            await node.stop()
            raise
        return node

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def stop(self) -> None:
        for client in self._clients:
            await client.cut()
        nodes, self.nodes = self.nodes, []
        for node in nodes:
            await node.stop()

    def url(self, node: int) -> str:
        """Of a node by number, counted round and round: a test speaks of two and gets one where there is one."""
        return self.nodes[node % len(self.nodes)].url

    async def client(self, actor: Actor | None = None, node: int = 0) -> Client:
        """A live client."""
        actor = actor or leader(f"leader{next(_clients)}")
        issuer = self.nodes[0]  # a token of one node is good at all of them
        token = await asyncio.to_thread(issuer.tokens.issue, actor, datetime.now(UTC))
        made = Client(self.url(node), token, self._folder)
        made.name = actor.seat
        self._clients.append(made)
        await made.connect()
        await until(lambda: made.live, "first contact")
        return made

    async def level(self, *clients: Client) -> None:
        """Every client comes to hold the same rows at the same position."""
        seq = max(client.cursor.seq for client in clients if client.cursor)
        for client in clients:
            await client.at(seq)


@asynccontextmanager
async def _running(place: Place, folder: Path) -> AsyncIterator[Centre]:
    made = Centre(place, folder)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(made.stop)
        async with asyncio.timeout(WHOLE_S):
            await made.start()
            yield made


def centre(place: Place, folder: Path, work: Callable[[Centre], Coroutine[Any, Any, None]]) -> None:
    """Runs `work` on a started centre."""

    async def run() -> None:
        async with _running(place, folder) as made:
            await work(made)

    asyncio.run(run())


def tickets_of(reply: Reply) -> dict[TicketId, Ticket]:
    return {ticket.id: ticket for ticket in msgspec.json.decode(reply.body, type=list[Ticket])}


def unit_scope(unit: UnitId) -> dict[str, Any]:
    return {"units": (unit,)}


def shared(place: Place) -> bool:
    return is_postgres(place.database)

"""The desk's services and the real backend on the loopback: sync, commands, a cut line, a restart, a start without a line."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from backend.app import Backend
from backend.config import BackendConfig
from backend.reference import demo_site
from desktop.services.app_state import Services
from desktop.services.values import Fresh, PageQuery, PendingView, Refusal
from domain import commands
from domain.actor import Actor
from domain.ids import SeatId, TicketId, UserId
from domain.ticket import Ticket
from domain.vocabulary import Role, Source, State
from protocol.messages import Outcome, Submit
from tests.flow.fakes import until
from tests.patience import WHOLE_S

LEADER = Actor(user=UserId("leader"), role=Role.SHIFT_LEADER, seat=SeatId("A01"))
SOURCE = Actor(user=UserId("intake"), role=Role.SOURCE, import_right=True)
SITE = demo_site()
AREA = next(area for area in SITE.reference.areas if area.level == "community")
ITEM = next(item for item in SITE.reference.items if item.limit is not None)
UNIT = SITE.reference.units[0]


class House:
    """A backend that can be stopped and started again on the same port."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = 0
        self._count = 0

    async def start(self) -> None:
        self.backend = Backend(BackendConfig(data=self.data, port=self.port), SITE)
        await self.backend.start()
        self.port = self.backend.port

    async def give(self, command: commands.Command, ticket: Ticket | None = None, actor: Actor = SOURCE) -> Outcome:
        self._count += 1
        submit = Submit(
            outbox_id="f" * 32,
            n=self._count,
            ticket_id=ticket.id if ticket else None,
            expected_version=ticket.version if ticket else None,
            command=command,
            created_at=datetime.now(UTC),
        )
        outcome = await self.backend.service.submit(actor, submit)
        assert outcome.status == "applied", outcome
        return outcome

    async def report(self, count: int) -> list[TicketId]:
        made = []
        for _ in range(count):
            outcome = await self.give(
                commands.Report(
                    source=Source.HOTLINE_12345, external_ref=f"r{self._count}", area=AREA.code, item=ITEM.code
                )
            )
            assert outcome.ticket_id is not None
            made.append(outcome.ticket_id)
        return made


@asynccontextmanager
async def house(tmp_path: Path) -> AsyncIterator[tuple[House, str]]:
    tmp_path.joinpath("backend").mkdir()
    made = House(tmp_path / "backend")
    await made.start()
    token = made.backend.tokens.issue(LEADER, datetime.now(UTC))
    try:
        async with asyncio.timeout(WHOLE_S):
            yield made, token
    finally:
        await made.backend.stop()


@asynccontextmanager
async def desk(tmp_path: Path, made: House, token: str) -> AsyncIterator[Services]:
    services = Services(tmp_path / "desk", f"ws://127.0.0.1:{made.port}", token, random=lambda: 0.0)
    await services.start()
    try:
        yield services
    finally:
        await services.stop()


def live(services: Services) -> Callable[[], bool]:
    return lambda: services.freshness.of().state is Fresh.LIVE


async def same(services: Services, made: House) -> None:
    """The desk comes to hold exactly what the server holds, in memory and on disk (I8)."""
    head = made.backend.store.head.seq
    await until(lambda: services.mirror.seq >= head, "catching up")
    known = await made.backend.store.tickets(list(services.mirror.tickets))
    assert services.mirror.tickets == known
    assert services.mirror.dirty == {}
    assert services._cache is not None
    await services._cache.flush()  # the disk follows a moment later, on a thread
    assert await services.count(PageQuery()) == len(known)


def test_a_desk_follows_the_backend_and_gives_commands(tmp_path: Path) -> None:
    async def work() -> None:
        async with house(tmp_path) as (made, token), desk(tmp_path, made, token) as services:
            await until(live(services), "first sync")
            ids = await made.report(20)
            await until(lambda: set(services.mirror.tickets) == set(ids), "reports")
            assert services.actor == LEADER
            outcomes: list[Outcome] = []
            services.on.outcome.append(outcomes.append)
            given = services.commander.submit(commands.File(), services.mirror.tickets[ids[0]])
            assert not isinstance(given, Refusal)
            await until(lambda: services.commander.pending == PendingView(), "echo")
            assert [outcome.status for outcome in outcomes] == ["applied"]
            assert services.mirror.tickets[ids[0]].state is State.FILED
            await until(lambda: services.topics.get("reference") is not None, "reference")
            await same(services, made)

    asyncio.run(work())


def test_two_who_dispatch_the_same_ticket_get_one_success_and_one_conflict(tmp_path: Path) -> None:
    async def work() -> None:
        async with house(tmp_path) as (made, token), desk(tmp_path, made, token) as services:
            (ticket_id,) = await made.report(1)
            await until(lambda: ticket_id in services.mirror.tickets, "report")
            await made.give(commands.File(), services.mirror.tickets[ticket_id])
            await until(lambda: services.mirror.tickets[ticket_id].state is State.FILED, "filed")
            stale = services.mirror.tickets[ticket_id]
            await made.give(commands.Dispatch(lead=UNIT.id), stale, LEADER)
            services.commander.submit(commands.Dispatch(lead=UNIT.id), stale)
            services.commander.submit(commands.Comment(text="已联系"), stale)
            await until(lambda: services.commander.pending.queued == 0, "outcomes")
            (failed,) = services.commander.pending.tray
            assert (failed.command, failed.state) == ("dispatch", "conflict")
            await same(services, made)

    asyncio.run(work())


def test_a_restart_of_the_backend_loses_nothing(tmp_path: Path) -> None:
    async def work() -> None:
        async with house(tmp_path) as (made, token), desk(tmp_path, made, token) as services:
            ids = await made.report(5)
            await until(lambda: len(services.mirror.tickets) == 5, "reports")
            await made.give(commands.File(), services.mirror.tickets[ids[1]])
            await until(lambda: services.mirror.tickets[ids[1]].state is State.FILED, "filed")
            await made.backend.stop()
            await until(lambda: services.freshness.of().state is Fresh.OFFLINE, "loss")
            ticket = services.mirror.tickets[ids[1]]
            assert services.commander.submit(commands.Void(text="误报"), ticket) == Refusal("offline_refused")
            services.commander.submit(commands.Dispatch(lead=UNIT.id), ticket)
            await until(lambda: services.commander.pending.entries[ids[1]].state == "queued", "stored")
            await made.start()
            await made.report(5)
            await until(live(services), "resume")
            await until(lambda: services.commander.pending == PendingView(), "sent and seen")
            assert services.mirror.tickets[ids[1]].state is State.DISPATCHED
            await until(lambda: len(services.mirror.tickets) == 10, "the rest")
            await same(services, made)

    asyncio.run(work())


def test_a_start_without_the_backend_shows_the_last_known_day_and_then_catches_up(tmp_path: Path) -> None:
    async def work() -> None:
        async with house(tmp_path) as (made, token):
            ids = await made.report(8)
            async with desk(tmp_path, made, token) as services:
                await until(lambda: set(services.mirror.tickets) == set(ids), "reports")
                await until(lambda: services.topics.get("reference") is not None, "reference")
            await made.backend.stop()
            async with desk(tmp_path, made, token) as services:
                assert set(services.mirror.tickets) == set(ids)
                assert services.topics.get("reference") is not None
                assert services.freshness.of().state is Fresh.OFFLINE
                assert services.freshness.of("reference").state is Fresh.OFFLINE
                seq = services.mirror.seq
                told = services.on.changes
                resets: list[bool] = []
                told.append(lambda changes: resets.append(changes.reset))
                await made.start()
                ids += await made.report(3)
                await until(lambda: set(services.mirror.tickets) == set(ids), "catching up")
                assert not any(resets), "a resume, no second snapshot"
                assert services.mirror.seq > seq
                await same(services, made)

    asyncio.run(work())

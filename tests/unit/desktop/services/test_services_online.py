"""The services against a server whose every frame the test decides: sync, loss, commands, identity."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest

from desktop.services.app_state import Services
from desktop.services.values import ChangeSet, Fresh, PageQuery, PendingView, Refusal
from domain.commands import Close as CloseTicket
from domain.commands import Dispatch, Sign
from domain.events import Dispatched, Reminded, Signed, VerificationRequested
from domain.ids import UnitId, UserId
from domain.vocabulary import State
from protocol.messages import Close, Event, Outcome, Query, Reply, Submit
from tests.unit.desktop.services.fake_server import ACTOR, FakeServer, Peer, event, with_server
from tests.unit.desktop.services.service_fakes import NOON, cursor, ticket


class Desk(Services):
    """Services that remember what they told."""

    def __init__(self, data_dir: Path, url: str, token: str = "t") -> None:
        super().__init__(data_dir, url, token, random=lambda: 0.0)
        self.told: list[ChangeSet] = []
        self.views: list[PendingView] = []
        self.outcomes: list[Outcome] = []
        self.moved = asyncio.Event()
        self.on.changes.append(self.told.append)
        self.on.pending.append(lambda: self.views.append(self.commander.pending))
        self.on.outcome.append(self.outcomes.append)
        for kind in ("changes", "pending", "outcome", "freshness", "notice", "tick", "topic"):
            getattr(self.on, kind).append(self._moved)

    def _moved(self, *_: object) -> None:
        self.moved.set()

    async def page_all(self) -> None:
        """Read the cache to the last row, so that damage shows."""
        await self.page(PageQuery(), 0, 10_000)
        await self.count(PageQuery())

    async def until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self.moved.clear()
            await self.moved.wait()


Work = Callable[[FakeServer, Desk], Awaitable[None]]


def run(tmp_path: Path, work: Work) -> None:
    async def body(server: FakeServer, url: str) -> None:
        desk = Desk(tmp_path / "data", url)
        await desk.start()
        try:
            await work(server, desk)
        finally:
            await desk.stop()

    asyncio.run(with_server(body))


async def synced(server: FakeServer, desk: Desk, tmp_path: Path, seq: int = 10, count: int = 3) -> Peer:
    """A desk live at `seq` with tickets 1..count."""
    peer = await server.peers.get()
    await peer.welcome(seq, resume=False)
    await peer.snapshot(tmp_path, [ticket(n) for n in range(1, count + 1)], cursor(seq))
    await desk.until(lambda: desk.freshness.of().state is Fresh.LIVE)
    return peer


def test_first_sync_brings_the_snapshot_and_then_deltas(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        assert desk.freshness.of().state is Fresh.NEVER
        peer = await synced(server, desk, tmp_path)
        await peer.delta(10, event(11, ticket(2), Reminded()))
        await desk.until(lambda: desk.mirror.seq == 11)
        assert desk.mirror.tickets[ticket(2).id].version == 2
        assert [t.id for t in desk.told[-1].upserted] == [ticket(2).id]

    run(tmp_path, work)


def test_after_a_cut_the_desk_resumes_where_it_stood(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await synced(server, desk, tmp_path)
        await peer.delta(10, event(11, ticket(2), Reminded()))
        await desk.until(lambda: desk.mirror.seq == 11)
        peer.socket.transport.abort()
        peer = await server.peers.get()
        assert peer.hello.cursor == cursor(11)
        await peer.welcome(12, resume=True)
        await desk.until(lambda: desk.freshness.of().behind == 1)
        await peer.delta(11, event(12, ticket(3), Reminded()))
        await desk.until(lambda: desk.freshness.of().state is Fresh.LIVE)
        assert desk.mirror.tickets[ticket(3).id].version == 2

    run(tmp_path, work)


def test_a_start_without_a_line_shows_the_last_known_state(tmp_path: Path) -> None:
    async def first(server: FakeServer, url: str) -> None:
        desk = Desk(tmp_path / "data", url)
        await desk.start()
        await synced(server, desk, tmp_path)
        await desk.stop()
        server.refusal = Close.RESTART
        again = Desk(tmp_path / "data", url)
        await again.start()
        assert len(again.mirror.tickets) == 3
        freshness = again.freshness.of()
        assert freshness.state is Fresh.OFFLINE
        assert freshness.as_of is not None
        assert abs((freshness.as_of - NOON).total_seconds()) < 60
        assert again.clock.frozen
        assert again.actor == ACTOR
        await again.stop()

    asyncio.run(with_server(first))


def test_what_the_desk_cannot_fold_is_asked_for(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await synced(server, desk, tmp_path)
        unknown = msgspec.Raw(b'{"type":"from_the_future"}')
        await peer.delta(10, Event(seq=11, id=ticket(2).id, v=2, at=NOON, st=NOON, body=unknown))
        query = await peer.next(Query)
        assert isinstance(query, Query)
        assert (query.what, query.args) == ("tickets", {"ids": [ticket(2).id]})
        new = ticket(2, version=2, state=State.FILED)
        await peer.send(Reply(id=query.id, body=msgspec.Raw(msgspec.json.encode([new]))))
        await desk.until(lambda: desk.mirror.tickets[new.id] == new)
        assert desk.mirror.dirty == {}

    run(tmp_path, work)


def test_a_ticket_that_leaves_is_gone_and_its_unsent_commands_are_in_the_tray(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await synced(server, desk, tmp_path)
        mine = ticket(2)
        desk.commander.submit(Sign(), mine)
        desk.commander.submit(Sign(), mine)
        await peer.next(Submit)
        await desk.until(lambda: desk.commander.pending.entries[mine.id].state == "queued")
        await peer.delta(10, Event(seq=11, kind="leave", id=mine.id, v=2, at=NOON, st=NOON))
        await desk.until(lambda: mine.id not in desk.mirror.tickets and bool(desk.commander.pending.tray))
        assert desk.told[-1].moved_out == (mine.id,)
        assert [p.code for p in desk.commander.pending.tray] == ["moved_out"]

    run(tmp_path, work)


def test_the_overlay_stays_until_the_stream_shows_the_effect(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await synced(server, desk, tmp_path)
        mine = ticket(2)
        desk.commander.submit(Sign(), mine)
        submit = await peer.next(Submit)
        assert isinstance(submit, Submit)
        assert (submit.ticket_id, submit.expected_version) == (mine.id, 1)
        await peer.send(Outcome(outbox_id=submit.outbox_id, n=submit.n, status="applied", seq=11, version=2))
        await desk.until(lambda: bool(desk.outcomes))
        shown = desk.commander.pending.of(mine.id)
        assert shown is not None
        assert shown.state == "applied"
        await peer.delta(10, event(11, mine, Signed(stage=None)))
        await desk.until(lambda: desk.commander.pending.of(mine.id) is None)
        assert desk.mirror.tickets[mine.id].version == 2

    run(tmp_path, work)


def test_a_second_command_counts_on_the_first(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await synced(server, desk, tmp_path)
        mine = ticket(2)
        desk.commander.submit(Dispatch(lead=UnitId("u1")), mine)
        desk.commander.submit(Sign(), mine)
        first = await peer.next(Submit)
        assert isinstance(first, Submit)
        await peer.send(Outcome(outbox_id=first.outbox_id, n=first.n, status="applied", seq=11, version=2))
        second = await peer.next(Submit)
        assert isinstance(second, Submit)
        assert (second.n, second.expected_version) == (first.n + 1, 2)

    run(tmp_path, work)


def test_undo_of_a_dispatch_already_seen_withdraws_it(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await synced(server, desk, tmp_path)
        mine = ticket(2)
        given = desk.commander.submit(Dispatch(lead=UnitId("u1")), mine)
        assert not isinstance(given, Refusal)
        first = await peer.next(Submit)
        assert isinstance(first, Submit)
        await peer.delta(10, event(11, mine, Dispatched(lead=UnitId("u1"), parts=(), stage=None)))
        await peer.send(Outcome(outbox_id=first.outbox_id, n=first.n, status="applied", seq=11, version=2))
        await desk.until(lambda: bool(desk.outcomes) and desk.commander.pending.of(mine.id) is None)
        undo = desk.commander.undoable(mine.id)
        assert undo is not None
        assert not isinstance(desk.commander.undo(undo.id), Refusal)
        second = await peer.next(Submit)
        assert isinstance(second, Submit)
        assert (type(second.command).__name__, second.expected_version) == ("Withdraw", 2)

    run(tmp_path, work)


def test_offline_a_dispatch_waits_and_a_closing_is_refused(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await synced(server, desk, tmp_path)
        server.refusal = Close.RESTART
        peer.socket.transport.abort()
        await desk.until(lambda: desk.freshness.of().state is Fresh.OFFLINE)
        mine = ticket(2)
        assert desk.commander.submit(CloseTicket(), mine) == Refusal("offline_refused")
        given = desk.commander.submit(Dispatch(lead=UnitId("u1")), mine)
        await desk.until(lambda: desk.commander.pending.entries[mine.id].state == "queued")
        server.refusal = None
        peer = await server.peers.get()
        await peer.welcome(10, resume=True)
        submit = await peer.next(Submit)
        assert isinstance(submit, Submit)
        assert submit.n == desk.commander.pending.entries[mine.id].n
        assert desk.commander.pending.entries[mine.id].id == given

    run(tmp_path, work)


def test_undo_offline_takes_the_dispatch_out_of_the_queue(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await synced(server, desk, tmp_path)
        server.refusal = Close.RESTART
        peer.socket.transport.abort()
        await desk.until(lambda: desk.freshness.of().state is Fresh.OFFLINE)
        given = desk.commander.submit(Dispatch(lead=UnitId("u1")), ticket(2))
        assert not isinstance(given, Refusal)
        await desk.until(lambda: desk.commander.pending.queued == 1)
        desk.commander.undo(given)
        await desk.until(lambda: desk.commander.pending == PendingView())

    run(tmp_path, work)


def test_a_conflict_lands_in_the_tray_and_is_given_again_on_the_new_version(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await synced(server, desk, tmp_path)
        mine = ticket(2)
        desk.commander.submit(Sign(), mine)
        first = await peer.next(Submit)
        assert isinstance(first, Submit)
        conflict = Outcome(
            outbox_id=first.outbox_id, n=first.n, status="conflict", code="version", detail={"current_version": 2}
        )
        await peer.send(conflict)
        await desk.until(lambda: bool(desk.commander.pending.tray))
        (tray,) = desk.commander.pending.tray
        assert (tray.state, tray.detail) == ("conflict", {"current_version": 2})
        await peer.delta(10, event(11, mine, VerificationRequested(stage=mine.stage)))  # type: ignore[arg-type]
        await desk.until(lambda: desk.mirror.seq == 11)
        desk.commander.retry(tray.id)
        second = await peer.next(Submit)
        assert isinstance(second, Submit)
        assert (second.n > first.n, second.expected_version) == (True, 2)
        assert desk.commander.pending.tray == ()

    run(tmp_path, work)


def test_login_needed_keeps_the_queue_and_stops_trying(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await synced(server, desk, tmp_path)
        server.refusal = Close.LOGIN
        peer.socket.transport.abort()
        await desk.until(lambda: any(n.code == "login_needed" for n in desk.notices))
        desk.commander.submit(Sign(), ticket(2))
        await desk.until(lambda: desk.commander.pending.queued == 1)
        server.refusal = None
        desk.log_in("t2")
        peer = await server.peers.get()
        assert peer.hello.token == "t2"
        await peer.welcome(10, resume=True)
        assert isinstance(await peer.next(Submit), Submit)

    run(tmp_path, work)


def test_another_login_gets_neither_rows_nor_commands_of_the_first(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        await synced(server, desk, tmp_path)
        server.refusal = Close.LOGIN
        desk.link.reconnect()
        await desk.until(lambda: any(n.code == "login_needed" for n in desk.notices))
        desk.commander.submit(Sign(), ticket(2))
        await desk.until(lambda: desk.commander.pending.queued == 1)
        server.refusal = None
        desk.log_in("li's token")
        li = msgspec.structs.replace(ACTOR, user=UserId("li"))
        peer = await server.peers.get()
        await peer.welcome(10, resume=True, actor=li)
        peer = await server.peers.get()
        assert peer.hello.cursor is None
        assert desk.mirror.tickets == {}
        assert desk.commander.pending == PendingView()

    run(tmp_path, work)


@pytest.mark.parametrize("fault", ["digest", "cut"])
def test_a_broken_snapshot_leaves_the_old_rows_and_is_fetched_again(tmp_path: Path, fault: str) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await synced(server, desk, tmp_path)
        peer.socket.transport.abort()
        peer = await server.peers.get()
        await peer.welcome(20, resume=False, epoch="e2")
        if fault == "digest":
            good = peer.send
            peer.send = lambda m: good(msgspec.structs.replace(m, sha256="0" * 64))  # type: ignore[method-assign]
            await peer.snapshot(tmp_path, [ticket(9)], cursor(20, epoch="e2"))
        else:
            await peer.delta(0, to=3)
        peer = await server.peers.get()
        assert set(desk.mirror.tickets) == {ticket(n).id for n in (1, 2, 3)}
        await peer.welcome(20, resume=False, epoch="e2")
        await peer.snapshot(tmp_path, [ticket(9)], cursor(20, epoch="e2"))
        await desk.until(lambda: set(desk.mirror.tickets) == {ticket(9).id})

    run(tmp_path, work)

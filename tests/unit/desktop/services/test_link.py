"""The link: silence, sleep, refusals and stalls end in a new try at the right time, and never in a hang."""

import asyncio
from datetime import timedelta
from pathlib import Path

from desktop.services.link_status import LinkPhase, WakeDetector
from desktop.services.values import Fresh
from protocol.messages import Ack, Close, Limits, Query
from tests.unit.desktop.services.fake_server import FakeServer
from tests.unit.desktop.services.service_fakes import NOON, FakeTime, cursor, ticket
from tests.unit.desktop.services.test_services_online import Desk, run, synced

LIMITS = Limits(heartbeat_s=1, silence_s=14)


def test_a_gap_between_wall_and_monotonic_time_is_a_wake_up() -> None:
    time = FakeTime()
    wake = WakeDetector(time.now, time.wall())
    time.go(5)
    assert not wake.woke(time.now, time.wall())
    time.start = time.start.replace(hour=9)
    assert wake.woke(time.now, time.wall())
    assert not wake.woke(time.now, time.wall())


def test_a_gap_between_two_looks_is_a_wake_up() -> None:
    time = FakeTime()
    wake = WakeDetector(time.now, time.wall())
    time.go(31)
    assert wake.woke(time.now, time.wall())


def test_f35_a_machine_that_slept_seeks_the_server_at_once_and_goes_on_where_it_stood(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        await synced(server, desk, tmp_path)
        wall = desk.link._wall
        desk.link._wall = lambda: wall() + timedelta(minutes=10)
        second = await server.peers.get()
        assert second.hello.cursor == cursor(10)

    run(tmp_path, work)


def later(desk: Desk, seconds: float) -> None:
    """Seconds pass for the link at once; fewer than a sleep of the machine."""
    before = desk.link._monotonic
    desk.link._monotonic = lambda: before() + seconds


def test_a_silent_server_is_left_and_sought_again(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        first = await server.peers.get()
        await first.welcome(0, resume=False, limits=LIMITS)
        await first.snapshot(tmp_path, [ticket(1)], cursor(0))
        await desk.until(lambda: desk.freshness.of().state is Fresh.LIVE)
        later(desk, LIMITS.silence_s + 1)
        second = await server.peers.get()
        assert second.hello.cursor == cursor(0)
        assert desk.link.status.reason in ("silent", "")

    run(tmp_path, work)


def test_heartbeats_keep_a_quiet_line_live_and_are_answered(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await server.peers.get()
        await peer.welcome(7, resume=False, limits=LIMITS)
        await peer.snapshot(tmp_path, [ticket(1)], cursor(7))
        await desk.until(lambda: desk.freshness.of().state is Fresh.LIVE)
        for _ in range(3):  # together longer than a silence may last
            later(desk, LIMITS.silence_s * 0.6)
            jumped_at = desk.link._monotonic()
            await peer.heartbeat(7)
            await desk.until(lambda at=jumped_at: desk.link._heard_at >= at)
            ack = await peer.next(Ack)
            assert isinstance(ack, Ack)
            assert ack.seq == 7
        assert server.hellos == 1
        assert abs((desk.clock.now_business() - NOON).total_seconds()) < 30

    run(tmp_path, work)


def test_three_bad_frames_stop_the_tries(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        server.refusal = Close.BAD_FRAME
        await desk.until(lambda: desk.link.status.phase is LinkPhase.STOPPED)
        assert server.hellos == 3
        assert desk.link.status.reason == "bad_frame"

    run(tmp_path, work)


def test_another_version_stops_at_once_and_says_so(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        server.refusal = Close.VERSION
        await desk.until(lambda: desk.link.status.phase is LinkPhase.STOPPED)
        assert server.hellos == 1
        assert [notice.code for notice in desk.notices] == ["version_unsupported"]

    run(tmp_path, work)


def test_a_mistrusted_position_starts_over_with_a_snapshot(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await synced(server, desk, tmp_path)
        await peer.socket.close(Close.POSITION)
        peer = await server.peers.get()
        assert peer.hello.cursor is None
        assert len(desk.mirror.tickets) == 3

    run(tmp_path, work)


def test_a_gap_in_the_stream_is_never_applied(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        peer = await synced(server, desk, tmp_path)
        await peer.delta(11, to=13)
        peer = await server.peers.get()
        assert peer.hello.cursor == cursor(10)

    run(tmp_path, work)


def test_questions_end_with_the_line(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        assert (await desk.ask("record", {})).error == "offline"
        peer = await synced(server, desk, tmp_path)
        question = asyncio.create_task(desk.ask("record", {"id": "x"}))
        await peer.next(Query)
        server.refusal = Close.RESTART
        peer.socket.transport.abort()
        assert (await question).error == "offline"
        assert desk.freshness.of().state in (Fresh.OFFLINE, Fresh.LIVE)

    run(tmp_path, work)


def test_a_lost_cache_is_filled_again_while_the_rows_stay(tmp_path: Path) -> None:
    async def work(server: FakeServer, desk: Desk) -> None:
        await synced(server, desk, tmp_path)
        (path,) = (tmp_path / "data").rglob("cache.sqlite")
        path.write_bytes(b"\0" * path.stat().st_size)
        path.with_name("cache.sqlite-wal").write_bytes(b"")
        await desk.page_all()
        peer = await server.peers.get()
        assert peer.hello.cursor is None
        assert len(desk.mirror.tickets) == 3
        await peer.welcome(12, resume=False)
        await peer.snapshot(tmp_path, [ticket(4)], cursor(12))
        await desk.until(lambda: set(desk.mirror.tickets) == {ticket(4).id})

    run(tmp_path, work)

"""The stream over bad lines: cut anywhere, stalled, silent, thin, and a server that comes back."""

import asyncio
import contextlib
import random
import socket as sockets
from pathlib import Path
from typing import Any

import msgspec
import pytest
from websockets.exceptions import WebSocketException

from backend.lane import LaneLimits
from backend.limits import ServerLimits
from domain.actor import Scope
from domain.commands import Sign
from protocol.messages import Submit
from protocol.server_session import SessionRules
from protocol.session_events import Failed, ResetBegun, SnapshotComplete, Welcomed
from tests.faults.proxy import FaultProxy
from tests.flow.fakes import START, Desk, MemoryStore, Site, digest, dispatched, relocated, reported, site, until
from tests.patience import WAIT_S

ALL = Scope()


def noise(size: int, seed: int = 1) -> str:
    """Text that does not compress."""
    return random.Random(seed).randbytes(size // 2).hex()


async def try_connect(desk: Desk, **options: Any) -> None:
    """The line may be cut in the middle of the handshake."""
    with contextlib.suppress(OSError, WebSocketException, TimeoutError):
        await desk.connect(**options)


def filled(count: int, text: str = "") -> MemoryStore:
    store = MemoryStore()
    store.commit(*((f"t{n}", reported(nature=text and noise(len(text), n))) for n in range(count)))
    return store


def points(last: int, count: int) -> list[int]:
    """`count` byte positions up to `last`, always the same, every part of the frames among them."""
    return sorted({*range(1, 40), *random.Random(7).sample(range(1, last), count)})


@pytest.mark.parametrize("direction", ["down", "up"])
def test_cut_at_any_byte_of_the_first_contact(tmp_path: Path, direction: str) -> None:
    """Handshake, hello, welcome, snapshot, the deltas behind it: the next connection always ends with equal rows."""

    async def work() -> None:
        async with (
            site(tmp_path, filled(60, "x" * 100), ServerLimits(per_user=100)) as place,
            FaultProxy(place.server.port) as proxy,
        ):
            place.actor("u")
            for number, cut_after in enumerate(points({"down": 9000, "up": 420}[direction], 60)):
                proxy.set(direction, cut_after=cut_after)
                desk = Desk(proxy.url, "u", tmp_path)
                connecting = asyncio.create_task(try_connect(desk))
                place.store.commit((f"x{number}", reported()), ("t1", dispatched(f"u{number}")))
                await connecting
                if desk.session is not None:
                    await until(lambda desk=desk: desk.failed or desk.live)
                await desk.cut()
                proxy.heal()
                await desk.connect()
                await desk.at(place.store.head.seq)
                assert desk.digest == place.store.digest(ALL), f"cut after byte {cut_after}"
                await desk.cut()
            assert place.alarms == []

    asyncio.run(work())


def test_cut_at_any_byte_of_a_catch_up(tmp_path: Path) -> None:
    async def work() -> None:
        async with (
            site(tmp_path, filled(20), ServerLimits(per_user=100)) as place,
            FaultProxy(place.server.port) as proxy,
        ):
            place.actor("u")
            desk = await Desk(proxy.url, "u", tmp_path).connect()
            await until(lambda: desk.live)
            for number, cut_after in enumerate(points(5000, 60)):
                await desk.cut()
                changes = [(f"x{number}-{n}", reported(nature=noise(200, n))) for n in range(8)]
                place.store.commit(*changes, ("t1", relocated(f"44031000{number % 9}")))
                proxy.set("down", cut_after=cut_after)
                await try_connect(desk)
                await until(lambda: desk.failed or desk.live)
                proxy.heal()
                await desk.cut()
                await desk.connect()
                await desk.at(place.store.head.seq)
                assert desk.digest == place.store.digest(ALL), f"cut after byte {cut_after}"
            assert place.store.snapshots_made == 1, "a cut catch-up must go on, not start anew"

    asyncio.run(work())


def test_cut_in_the_middle_of_a_snapshot_leaves_the_old_rows(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path, filled(300, "x" * 2000)) as place, FaultProxy(place.server.port) as proxy:
            place.actor("u")
            desk = await Desk(proxy.url, "u", tmp_path).connect()
            await until(lambda: desk.live)
            old = desk.digest
            await desk.cut()
            place.store.epoch = "f" * 32
            proxy.set("down", cut_after=200_000)
            await desk.connect()
            await until(lambda: desk.failed)
            assert desk.seen(ResetBegun)[-1].reason == "epoch"
            assert len(desk.seen(SnapshotComplete)) == 1
            assert desk.digest == old
            proxy.heal()
            place.store.commit(("new", reported()))
            await desk.connect()
            await until(lambda: desk.live)
            assert desk.digest == place.store.digest(ALL)

    asyncio.run(work())


def test_a_client_that_stops_reading_is_cut_and_the_others_do_not_notice(tmp_path: Path) -> None:
    async def work() -> None:
        limits = ServerLimits(lane=LaneLimits(max_bytes=1024 * 1024))
        async with site(tmp_path, filled(5), limits) as place:
            for user in ("stalled", "fine"):
                place.actor(user, masked=False)
            stalled = await Desk(place.url, "stalled", tmp_path).connect()
            fine = await Desk(place.url, "fine", tmp_path).connect()
            await until(lambda: stalled.live and fine.live)
            lanes = [client.lane for client in place.hub.clients()]
            assert stalled.socket is not None
            stalled.socket.transport.pause_reading()
            number = 0
            while not place.server.counters["slow"]:
                place.store.commit(
                    *((f"x{number}-{n}", reported()) for n in range(20)), private={"text": noise(2000, number)}
                )
                number += 1
                await fine.at(place.store.head.seq)
                assert all(lane.queued_bytes <= 1024 * 1024 for lane in lanes)
                assert number < 1000, "never cut"
            assert place.server.counters["slow"] == 1
            await until(lambda: place.server.connections == 1)
            assert fine.failed is None
            assert fine.digest == place.store.digest(ALL)
            stalled.socket.transport.resume_reading()
            await until(lambda: stalled.failed)
            await stalled.connect()
            await stalled.at(place.store.head.seq)
            assert stalled.seen(Welcomed)[-1].welcome.resume
            assert stalled.digest == place.store.digest(ALL)

    asyncio.run(work())


def test_too_many_small_events_waiting_are_over_the_cap_too(tmp_path: Path) -> None:
    async def work() -> None:
        limits = ServerLimits(lane=LaneLimits(max_events=500, max_bytes=2**40), send_buffer=4096)
        async with site(tmp_path, filled(5), limits) as place:
            place.actor("u", masked=False)
            desk = Desk(place.url, "u", tmp_path)
            await desk.connect(sock=thin_socket(place))
            await until(lambda: desk.live)
            assert desk.socket is not None
            desk.socket.transport.pause_reading()
            for number in range(200):
                place.store.commit(*((f"x{number}-{n}", reported(nature=noise(200))) for n in range(20)))
                place.hub.flush()
                if place.server.counters["slow"]:
                    break
            assert place.server.counters["slow"] == 1
            assert number > 20, "cut before 500 events were waiting"
            await desk.cut()

    asyncio.run(work())


def thin_socket(place: Site) -> sockets.socket:
    """A connected socket whose kernel keeps next to nothing."""
    raw = sockets.socket()
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    raw.connect(("127.0.0.1", place.server.port))
    return raw


def test_a_client_that_stops_reading_its_snapshot_is_cut_after_the_send_timeout(tmp_path: Path) -> None:
    async def work() -> None:
        limits = ServerLimits(lane=LaneLimits(send_timeout_s=0.3), send_buffer=4096)
        async with site(tmp_path, filled(400, "x" * 4000), limits) as place:
            for user in ("stalled", "fine"):
                place.actor(user)
            stalled = Desk(place.url, "stalled", tmp_path)
            await stalled.connect(sock=thin_socket(place))
            assert stalled.socket is not None
            stalled.socket.transport.pause_reading()
            await until(lambda: place.server.counters["slow"] == 1)
            # For who comes now: how quick this machine is matters no more.
            place.server._parts = msgspec.structs.replace(place.server._parts, limits=ServerLimits())
            fine = await Desk(place.url, "fine", tmp_path).connect()
            await until(lambda: fine.live)
            assert fine.digest == place.store.digest(ALL)
            await stalled.cut()

    asyncio.run(work())
    assert list((tmp_path / "snapshots").iterdir()) == []


def test_a_silent_client_is_dropped(tmp_path: Path) -> None:
    async def work() -> None:
        limits = ServerLimits(session=SessionRules(heartbeat_s=0.1, silence_s=0.4))
        async with site(tmp_path, limits=limits) as place:
            place.actor("u")
            desk = await Desk(place.url, "u", tmp_path).connect()
            await until(lambda: place.server.counters["silent"] == 1)
            await until(lambda: place.server.connections == 0)
            await until(lambda: desk.failed)
            assert desk.failed is not None
            assert desk.failed.reconnect

    asyncio.run(work())


def test_a_thin_line_in_slices_is_no_reason_to_be_dropped(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path, filled(200, "x" * 1000)) as place, FaultProxy(place.server.port) as proxy:
            place.actor("u")
            proxy.set("down", bytes_per_s=100_000, slice_bytes=1400)
            desk = await Desk(proxy.url, "u", tmp_path).connect()
            await until(lambda: desk.live)
            place.store.commit(("t1", dispatched("u1")))
            await desk.at(place.store.head.seq)
            assert desk.digest == place.store.digest(ALL)
            assert desk.failed is None

    asyncio.run(work())


def test_a_server_that_comes_back_is_resumed_by_everybody(tmp_path: Path) -> None:
    async def work() -> None:
        store = filled(50)
        limits = ServerLimits(per_address=200)
        async with site(tmp_path, store, limits) as first:
            port = first.server.port
            users = [first.actor(f"u{n}").user for n in range(40)]
            desks = [Desk(first.url, user, tmp_path) for user in users]
            await asyncio.gather(*(desk.connect() for desk in desks))
            await until(lambda: all(desk.live for desk in desks))
        await until(lambda: all(desk.failed for desk in desks))
        store.sinks.clear()
        store.commit(("t1", dispatched("u1")), ("new", reported()))
        async with site(tmp_path, store, limits, port) as second:
            for user in users:
                second.actor(user)
            await asyncio.gather(*(desk.connect() for desk in desks))
            await until(lambda: all(desk.live for desk in desks))
            assert second.server.counters["resumed"] == 40
            assert {desk.digest for desk in desks} == {digest(store.state.values())}

    asyncio.run(work())


def test_a_store_that_does_not_answer_sends_clients_away_for_a_while(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path, filled(3), ServerLimits(store_timeout_s=0.1)) as place:
            place.actor("u")
            desk = await Desk(place.url, "u", tmp_path).connect()
            await until(lambda: desk.live)
            await desk.cut()
            place.store.commit(("t1", dispatched("u1")))
            place.store.answers.clear()
            await desk.connect()
            await until(lambda: desk.failed)
            assert desk.failed is not None
            assert (desk.failed.code, desk.failed.wait_s) == (4429, 5.0)
            place.store.answers.set()
            await desk.connect()
            await desk.at(4)
            assert desk.digest == place.store.digest(ALL)

    asyncio.run(work())


BAD_FRAMES = {
    "unmasked": b"\x81\x02{}",
    "reserved bit": b"\xc1\x82\0\0\0\0{}",
    "unknown opcode": b"\x83\x82\0\0\0\0{}",
    "bad UTF-8": b"\x81\x82\0\0\0\0\xff\xfe",
    "2^62 bytes announced": b"\x81\xff" + (2**62).to_bytes(8) + b"\0\0\0\0",
    "65,537 bytes announced": b"\x81\xff" + (65_537).to_bytes(8) + b"\0\0\0\0",
    "stray continuation": b"\x80\x82\0\0\0\0{}",
    "fragmented ping": b"\x09\x80\0\0\0\0",
    "long ping": b"\x89\xfe\x00\x7e\0\0\0\0" + bytes(126),
    "close with half a code": b"\x88\x81\0\0\0\0\x03",
}


@pytest.mark.parametrize("frame", BAD_FRAMES.values(), ids=BAD_FRAMES.keys())
def test_malformed_frames_close_their_connection_only(tmp_path: Path, frame: bytes) -> None:
    async def work() -> None:
        async with site(tmp_path) as place:
            place.actor("u")
            good = await Desk(place.url, "u", tmp_path).connect()
            await until(lambda: good.live)
            reader, writer = await raw_websocket(place.server.port)
            writer.write(frame)
            async with asyncio.timeout(WAIT_S):
                answer = await reader.read()
            assert answer[:1] in (b"\x88", b""), "a close frame or nothing"
            writer.close()
            place.store.commit(("t", reported()))
            await good.at(1)
            await until(lambda: place.server.connections == 1)

    asyncio.run(work())


async def raw_websocket(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    head = await reader.readuntil(b"\r\n\r\n")
    assert b" 101 " in head
    return reader, writer


@pytest.mark.parametrize(
    "start", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET / HTTP/1.1\r\nX: " + b"a" * 9000 + b"\r\n\r\n"]
)
def test_half_a_handshake_does_not_stay(tmp_path: Path, start: bytes) -> None:
    async def work() -> None:
        async with site(tmp_path, limits=ServerLimits(session=SessionRules(hello_s=0.5))) as place:
            reader, writer = await asyncio.open_connection("127.0.0.1", place.server.port)
            writer.write(start)
            async with asyncio.timeout(WAIT_S):
                answer = await reader.read()
            assert b" 101 " not in answer
            writer.close()

    asyncio.run(work())


def test_a_dead_sessions_frames_are_never_applied(tmp_path: Path) -> None:
    """The old line still delivers after the new one is up: its session is dead and says nothing."""

    async def work() -> None:
        async with site(tmp_path, filled(3)) as place:
            place.actor("u")
            desk = await Desk(place.url, "u", tmp_path).connect()
            await until(lambda: desk.live)
            old = desk.session
            assert old is not None
            [failed] = old.closed(None)
            assert isinstance(failed, Failed)
            place.store.commit(("t1", dispatched("u1")))
            await until(lambda: any('"delta"' in frame for frame in desk.raw if isinstance(frame, str)))
            assert desk.cursor is not None
            assert desk.cursor.seq == 3
            await desk.connect()
            await desk.at(4)
            assert desk.digest == place.store.digest(ALL)

    asyncio.run(work())


def test_answers_reach_a_client_that_is_still_getting_its_snapshot(tmp_path: Path) -> None:
    async def work() -> None:
        async with site(tmp_path, filled(300, "x" * 2000)) as place, FaultProxy(place.server.port) as proxy:
            place.actor("u")
            proxy.set("down", bytes_per_s=300_000)
            desk = await Desk(proxy.url, "u", tmp_path).connect()
            await until(lambda: desk.seen(ResetBegun))
            await desk.say(Submit(outbox_id="o", n=1, command=Sign(), created_at=START))
            await until(lambda: place.submitted)
            await until(lambda: desk.live)
            assert any(hasattr(event, "outcome") for event in desk.events)
            assert desk.digest == place.store.digest(ALL)

    asyncio.run(work())

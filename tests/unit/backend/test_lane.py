"""One client's way out: order, caps, gauges, and nothing behind a close frame."""

import asyncio
from typing import Any

import pytest
from websockets.protocol import State

from backend.lane import Lane, LaneLimits


class Transport:
    """Takes `room` bytes at once, keeps the rest, like a socket whose reader is slow."""

    def __init__(self) -> None:
        self.room = 1 << 30
        self.sent = b""
        self.kept = b""
        self.aborted = False

    def write(self, data: bytes) -> None:
        assert not self.aborted
        all_of_it = self.kept + data
        self.kept = b""
        self.sent, self.kept = self.sent + all_of_it[: self.room], all_of_it[self.room :]
        self.room -= min(self.room, len(all_of_it))

    def get_write_buffer_size(self) -> int:
        return len(self.kept)

    def abort(self) -> None:
        self.aborted = True
        self.kept = b""


class Connection:
    class Protocol:
        state = State.OPEN

    def __init__(self) -> None:
        self.transport = Transport()
        self.protocol = self.Protocol()
        self.paused = False
        self.on_writable: Any = None
        self.drained = asyncio.Event()

    async def drain(self) -> None:
        if self.paused:
            await self.drained.wait()

    def stall(self) -> None:
        self.transport.room = 0
        self.paused = True

    def read_on(self, room: int = 1 << 30) -> None:
        """The client reads again: the kernel takes what was kept, and the transport says so."""
        self.transport.room = room
        self.transport.write(b"")
        self.paused = bool(self.transport.kept)
        if not self.paused:
            self.on_writable()


class Bench:
    def __init__(self, **limits: Any) -> None:
        self.connection = Connection()
        self.slow = 0
        self.lane = Lane(self.connection, LaneLimits(**limits), self._count)  # type: ignore[arg-type]

    def _count(self) -> None:
        self.slow += 1

    @property
    def sent(self) -> bytes:
        return self.connection.transport.sent


def test_a_client_that_reads_gets_everything_at_once() -> None:
    bench = Bench(max_events=10, max_bytes=100)
    for number in range(1000):
        bench.lane.push(b"%03d" % number, 5)
    assert len(bench.sent) == 3000
    assert (bench.slow, bench.lane.queued_bytes) == (0, 0)


def test_what_waits_goes_out_in_order_and_gauges_last_and_newest() -> None:
    bench = Bench()
    bench.connection.stall()
    bench.lane.push(b"a", 1)
    bench.lane.put("kpi", b"old")
    bench.lane.push(b"b", 1)
    bench.lane.put("kpi", b"new")
    bench.lane.put("hb", b"beat")
    assert bench.sent == b""
    bench.connection.read_on()
    assert bench.sent == b"abnewbeat"
    bench.lane.push(b"c", 1)
    assert bench.sent == b"abnewbeatc"


def test_several_gauges_go_out_in_one_write_and_wait_one_by_one() -> None:
    bench, writes = Bench(), []
    bench.lane._write = writes.append
    bench.lane.put_all({"kpi": b"k", "presence": b"p"})
    bench.lane.put_all({})
    assert writes == [b"kp"]
    bench.connection.stall()
    bench.lane.put_all({"kpi": b"old", "presence": b"p"})
    bench.lane.put_all({"kpi": b"new"})
    bench.connection.paused = False
    bench.connection.on_writable()
    assert writes == [b"kp", b"new", b"p"]


def test_over_the_cap_of_bytes_everything_is_dropped_by_abort() -> None:
    bench = Bench(max_bytes=1000)
    bench.connection.stall()
    for _ in range(10):
        bench.lane.push(bytes(100), 1)
    assert (bench.slow, bench.lane.queued_bytes) == (0, 1000)
    bench.lane.push(b"x", 1)
    assert (bench.slow, bench.lane.queued_bytes) == (1, 0)
    assert bench.connection.transport.aborted
    for _ in range(100):
        bench.lane.push(bytes(1000), 1)
        bench.lane.put("kpi", b"k")
    assert (bench.slow, bench.lane.queued_bytes) == (1, 0)


def test_over_the_cap_of_events_too() -> None:
    bench = Bench(max_events=50)
    bench.connection.stall()
    bench.lane.push(b"x", 50)
    assert bench.slow == 0
    bench.lane.push(b"x", 1)
    assert bench.slow == 1


def test_what_the_transport_keeps_counts_towards_the_caps() -> None:
    bench = Bench(max_events=50)
    bench.connection.transport.room = 5
    bench.lane.push(bytes(10), 30)
    bench.lane.push(bytes(10), 20)
    assert (bench.slow, bench.lane.queued_bytes) == (0, 15)
    bench.lane.push(b"x", 1)
    assert bench.slow == 1


def test_events_that_were_read_are_no_longer_counted() -> None:
    bench = Bench(max_events=50)
    for _ in range(100):
        bench.connection.transport.room = 5
        bench.lane.push(bytes(10), 40)
        bench.connection.read_on()
    assert bench.slow == 0


def test_a_reader_that_is_always_a_little_behind_is_not_slow() -> None:
    """The buffer never gets empty, but what was in it goes out: only what really waits may count."""
    bench = Bench(max_events=50)
    for _ in range(200):
        bench.connection.transport.room = 10
        bench.lane.push(bytes(10), 20)
    assert bench.slow == 0
    bench.connection.transport.room = 5
    for _ in range(200):
        bench.connection.transport.room += 10
        bench.lane.push(bytes(10), 20)
    assert bench.slow == 0


def test_nothing_is_written_behind_a_close_frame() -> None:
    bench = Bench()
    bench.connection.protocol.state = State.CLOSING  # type: ignore[misc]
    bench.lane.push(b"x", 1)
    bench.lane.put("kpi", b"k")
    assert bench.sent == b""


def test_pull_waits_for_the_client_and_gives_up_in_time() -> None:
    async def work() -> None:
        bench = Bench(send_timeout_s=0.05, max_bytes=10)
        await bench.lane.pull(bytes(1000))
        assert bench.slow == 0, "pulled frames do not count"
        bench.connection.stall()
        with pytest.raises(TimeoutError):
            await bench.lane.pull(b"x")
        bench.lane.cut()
        with pytest.raises(ConnectionError):
            await bench.lane.pull(b"x")

    asyncio.run(work())

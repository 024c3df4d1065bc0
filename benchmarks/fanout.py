"""P1, P1b: how many deliveries of a ticket event one second of server CPU buys, against websockets.broadcast of the same bytes
and, where `--socketio PYTHON` names an interpreter that has python-socketio and aiohttp, against its emit of the same objects:

python -m venv build/socketio && build/socketio/bin/pip install -r benchmarks/socketio.txt
python -m benchmarks.fanout --socketio build/socketio/bin/python

`ours`: the real server (login, scope filter, encode, seq, slow-client policy), sixteen events waiting at each tick, joined.
`single`: the same with joining off, one event a tick. `broadcast`: websockets.broadcast, one event a frame, encoded beforehand.
`bare`, `bare_single`: a loop of socket.send with the bytes of `ours` and `single` ready: what the kernel alone takes, so that
nothing which gives each client its own send can be quicker. Printed as the most that P1 and P1b could come to.
All send as fast as they can: ticks stand back to back, where the product's are 33 ms apart and join more in a flood.
Each server is a process of its own on one core, all clients are one cheap reading process on another. Rounds are
interleaved, the first is dropped, ratios are taken per round. A delivery counts when the client has read it.
"""

import argparse
import asyncio
import json
import os
import platform
import resource
import select
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from websockets.asyncio.server import ServerConnection, broadcast, serve

from backend.frames import EventEncoder, Position, delta_frames, scope_test
from backend.hub import Hub
from backend.limits import ServerLimits
from backend.server import StreamServer
from backend.store.records import LogRecord
from domain.actor import Actor, ActorRef, Scope, ScopeKey
from domain.ids import UserId
from domain.vocabulary import Role
from protocol.codec import encode, encode_delta
from protocol.cursors import scope_hash, short_hash
from protocol.messages import BusinessClock, Cursor, Hello, Outcome, Submit
from protocol.server_session import SessionRules

VARIANTS = ("broadcast", "ours", "single", "bare", "bare_single")
SOCKETIO = "socketio"
SOCKETIO_SCRIPT = Path(__file__).with_name("fanout_socketio.py")
SOCKETIO_SHARE = 10
"""It is so slow that a tenth of the events is enough to measure it."""
PER_TICK = 16
"""Events waiting at each tick of `ours`: what 485 events a second leave for a tick of 33 ms."""
HEAD = 1
AT = datetime(2026, 9, 1, tzinfo=UTC)
END = b"bench-end-"
READ_BYTES = 256 * 1024
GOALS = {
    "P1": ("ours", "broadcast", 15.0),
    "P1 socketio": ("ours", SOCKETIO, 60.0),
    "P1b": ("single", "broadcast", 1.7),
    "P1 most": ("bare", "broadcast", None),
    "P1b most": ("bare_single", "broadcast", None),
}
"""goal → our variant, the one it is measured against, and how many times as many deliveries it must buy (None: no goal)."""
LIMITS = ServerLimits(
    per_address=10_000,
    per_user=10_000,
    before_login=10_000,
    ping_s=None,
    session=SessionRules(heartbeat_s=3600, silence_s=7200),
)
"""Changed for the bench: all clients are one address and one user, and silent, since the reader only reads."""


def record(seq: int) -> LogRecord:
    """An event whose delta is about 600 bytes: a dispatch with its two clocks."""
    body = {
        "type": "dispatched",
        "lead": "u-017",
        "parts": [{"unit": "u-017", "lead": True, "asked_at": AT, "due_at": AT}],
        "stage": {
            "stage": "sign",
            "clock": {
                "limit": {"amount": 2, "type": "working_hours"},
                "started_at": AT,
                "risk_at": AT,
                "due_at": AT,
            },
        },
    }
    key = ScopeKey("440310001002", ("u-017",))
    return LogRecord(
        seq=seq,
        epoch="e" * 32,
        type="dispatched",
        entity_id=f"260901-{seq % 10_000:04}",
        entity_version=4,
        actor=ActorRef(Role.DISPATCHER),
        user="u",
        cmd=("0" * 32, seq),
        occurred_at=AT,
        server_time=AT,
        body=msgspec.json.encode(body),
        scope_before=key,
        scope_after=key,
        hash=seq.to_bytes(8) * 4,
    )


# -- servers --------------------------------------------------------------------------------------


class _Head(msgspec.Struct):
    seq: int
    hash: bytes


class _Store:
    """A log that nobody reads: every client is at its head when it comes."""

    epoch = "e" * 32
    low_watermark = 0

    def __init__(self) -> None:
        self.head = _Head(HEAD, record(HEAD).hash)

    async def h_at(self, seq: int) -> str | None:
        return short_hash(record(seq).hash)

    async def read_events(self, after_seq: int, limit: int) -> list[LogRecord]:
        raise NotImplementedError

    async def make_snapshot(self, scope: Scope, path: Path) -> Any:
        raise NotImplementedError

    async def ticket(self, ticket_id: str) -> None:
        raise NotImplementedError


class _Clock:
    business = BusinessClock(AT, AT, 1.0)

    def now_server(self) -> datetime:
        return AT


class Ours:
    def __init__(self, per_tick: int) -> None:
        self._per_tick = per_tick
        self._seq = HEAD
        self._store = _Store()
        self._folder = tempfile.TemporaryDirectory(prefix="fanout-")
        position = Position(HEAD, short_hash(self._store.head.hash))
        self.hub = Hub(asyncio.get_running_loop(), position, lambda: AT, 1, tick_s=0.0)

    async def start(self) -> int:
        async def authenticate(token: str) -> Actor | None:
            return Actor(user=UserId("u"), role=Role.DISPATCHER)

        async def submit(actor: Actor, submit: Submit) -> Outcome:
            raise NotImplementedError

        server = StreamServer(
            store=self._store,  # type: ignore[arg-type]
            hub=self.hub,
            submit=submit,
            authenticate=authenticate,
            queries={},
            clock=_Clock(),
            snapshot_folder=Path(self._folder.name),
            alarm=lambda code, detail: None,
            limits=LIMITS,
        )
        await server.start("127.0.0.1", 0)
        return server.port

    def prepare(self, count: int) -> list[list[LogRecord]]:
        """What the command service would hand over after its commits."""
        records = [record(self._seq + number + 1) for number in range(count)]
        self._seq += count
        return [records[start : start + self._per_tick] for start in range(0, count, self._per_tick)]

    async def send(self, ticks: list[list[LogRecord]]) -> None:
        for records in ticks:
            self.hub.publish(records)
            await asyncio.sleep(0)
            await asyncio.sleep(0)  # the hub's timer runs in the turn after the one that set it

    def end(self, number: int) -> None:
        self.hub.publish_latest("end", None, b'"' + END + str(number).encode() + b'."')


class Broadcast:
    def __init__(self) -> None:
        self._clients: set[ServerConnection] = set()
        self._seq = HEAD
        self._encoder = EventEncoder()
        self._covers = scope_test(Scope())

    async def start(self) -> int:
        async def handle(client: ServerConnection) -> None:
            await client.recv()
            self._clients.add(client)
            await client.wait_closed()

        server = await serve(handle, "127.0.0.1", 0, compression=None, backlog=1024, ping_interval=None)
        port: int = server.sockets[0].getsockname()[1]
        self._server = server
        return port

    def prepare(self, count: int) -> list[bytes]:
        frames = []
        for _ in range(count):
            [event] = EventEncoder().visible([record(self._seq + 1)], self._covers, mask=True)
            frames.append(encode_delta(self._seq, self._seq + 1, event.h, [event.data]))
            self._seq += 1
        return frames

    async def send(self, frames: list[bytes]) -> None:
        for frame in frames:
            broadcast(self._clients, frame, text=True)
            await asyncio.sleep(0)

    def end(self, number: int) -> None:
        broadcast(self._clients, END + str(number).encode() + b".", text=True)


class Bare(Broadcast):
    """No transport, no lane, no hub: finished frames of `per_send` events into the sockets."""

    def __init__(self, per_send: int) -> None:
        super().__init__()
        self._per_send = per_send

    def prepare(self, count: int) -> list[bytes]:
        frames = []
        for start in range(self._seq, self._seq + count, self._per_send):
            records = [record(start + number + 1) for number in range(self._per_send)]
            events = EventEncoder().visible(records, self._covers, mask=True)
            frames += delta_frames(start, Position(events[-1].seq, events[-1].h), events)
        self._seq += count
        return frames

    async def send(self, frames: list[bytes]) -> None:
        numbers = [client.transport.get_extra_info("socket").fileno() for client in self._clients]
        sends = [socket.socket(fileno=os.dup(number)) for number in numbers]
        for frame in frames:
            for line in sends:
                _send_whole(line, frame)
        for line in sends:
            line.close()


def _send_whole(line: socket.socket, frame: bytes) -> None:
    while frame:
        try:
            frame = frame[line.send(frame) :]
        except BlockingIOError:
            select.select([], [line], [])


def _server(variant: str) -> Ours | Broadcast:
    if variant == "broadcast":
        return Broadcast()
    per_send = 1 if variant.endswith("single") else PER_TICK
    return Bare(per_send) if variant.startswith("bare") else Ours(per_send)


async def serve_variant(variant: str) -> None:
    """A server process: `N EVENTS` on stdin sends one round, and prints its CPU seconds when the reader confirmed it."""
    server = _server(variant)
    say(port=await server.start())
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        number, count = map(int, line.split())
        ready: Any = server.prepare(count)
        cpu, began = time.process_time(), time.perf_counter()
        await server.send(ready)
        server.end(number)
        # The reader has everything: what the kernel would not take at once has been sent by the loop meanwhile.
        await loop.run_in_executor(None, sys.stdin.readline)
        say(cpu=time.process_time() - cpu, wall=time.perf_counter() - began)


# -- the reading side -----------------------------------------------------------------------------


def read_process() -> None:
    """`connect PORT N PATH HELLO` opens N sockets · `wait PORT NUMBER` returns when all of them have read the end of a round."""
    groups: dict[int, list[socket.socket]] = {}
    for line in sys.stdin:
        what, port, rest = line.split(" ", 2)
        if what == "connect":
            count, path, hello = rest.split(" ", 2)
            groups[int(port)] = [_open(int(port), path, hello.strip().encode()) for _ in range(int(count))]
            say(connected=int(count))
        else:
            cpu = time.process_time()
            read = _read_until(groups[int(port)], END + rest.strip().encode() + b".")
            say(bytes=read, cpu=time.process_time() - cpu)


def _open(port: int, path: str, hello: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port))
    line.sendall(
        b"GET " + path.encode() + b" HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    head = b""
    while b"\r\n\r\n" not in head:
        head += line.recv(4096)
    size = bytes([0x80 | 126]) + len(hello).to_bytes(2) if len(hello) > 125 else bytes([0x80 | len(hello)])
    line.sendall(b"\x81" + size + bytes(4) + hello)
    line.setblocking(False)
    return line


def _read_until(lines: list[socket.socket], mark: bytes) -> int:
    poll = select.epoll()
    by_number = {line.fileno(): line for line in lines}
    tails = dict.fromkeys(by_number, b"")
    for number in by_number:
        poll.register(number, select.EPOLLIN)
    read, deadline = 0, time.monotonic() + 120
    room = bytearray(READ_BYTES)  # one for all: to allocate a fresh one costs more than to read
    while by_number:
        if time.monotonic() > deadline:
            raise SystemExit(f"{len(by_number)} clients did not get everything")
        for number, _ in poll.poll(1):
            size = by_number[number].recv_into(room)
            if not size:
                raise SystemExit("the server closed a client")
            read += size
            tail = tails[number] + room[max(0, size - 64) : size]
            tails[number] = tail[-64:]
            if mark in tail:
                poll.unregister(number)
                del by_number[number]
    poll.close()
    return read


# -- the driver -----------------------------------------------------------------------------------


def say(**values: Any) -> None:
    print(json.dumps(values), flush=True)


class Child:
    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    @classmethod
    def of_ours(cls, core: int, *arguments: str) -> "Child":
        return cls([sys.executable, "-m", "benchmarks.fanout", *arguments, "--core", str(core)])

    def tell(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"a process of the benchmark ended early (code {self.process.wait(5)})")
        heard: dict[str, Any] = json.loads(line)
        return heard

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def hello_text() -> str:
    cursor = Cursor("e" * 32, HEAD, short_hash(record(HEAD).hash), scope_hash(Scope()))
    return encode(Hello(app="bench", schema=1, device_id="d", token="t", cursor=cursor, t0=0.0))


def socketio_server(python: Path, core: int, clients: int, events: int, folder: Path) -> Child:
    frames = folder / f"frames-{clients}"
    frames.write_bytes(b"\n".join(Broadcast().prepare(events)))
    return Child([str(python), str(SOCKETIO_SCRIPT), str(core), str(clients), str(frames)])


def measure(clients: int, events: int, rounds: int, socketio: Path | None = None) -> dict[str, list[float]]:
    """Deliveries per server CPU second, by variant, one figure per round; the first round is left out."""
    with tempfile.TemporaryDirectory(prefix="fanout-") as folder:
        return _measure(clients, events, rounds, socketio, Path(folder))


def _measure(clients: int, events: int, rounds: int, socketio: Path | None, folder: Path) -> dict[str, list[float]]:
    cores = sorted(os.sched_getaffinity(0))
    servers = {variant: Child.of_ours(cores[0], "--serve", variant) for variant in VARIANTS}
    counts = dict.fromkeys(VARIANTS, events)
    if socketio is not None:
        counts[SOCKETIO] = max(1, events // SOCKETIO_SHARE)
        servers[SOCKETIO] = socketio_server(socketio, cores[0], clients, counts[SOCKETIO], folder)
    reader = Child.of_ours(cores[-1], "--read")
    figures: dict[str, list[float]] = {variant: [] for variant in servers}
    try:
        ports = {variant: server.hear()["port"] for variant, server in servers.items()}
        for variant, port in ports.items():
            opening = "/socket.io/?EIO=4&transport=websocket 40" if variant == SOCKETIO else f"/ {hello_text()}"
            reader.tell(f"connect {port} {clients} {opening}")
            reader.hear()
        number = 0
        for round_ in range(rounds + 1):
            for variant, server in servers.items():
                number += 1
                count = counts[variant]
                reader.tell(f"wait {ports[variant]} {number}")
                server.tell(f"{number} {count}")
                read = reader.hear()
                server.tell("read")
                sent = server.hear()
                if round_:
                    figures[variant].append(clients * count / sent["cpu"])
                    print(
                        f"  n={clients} round {round_} {variant:11} {figures[variant][-1] / 1000:8.0f} k/CPU-s"
                        f"  wall {sent['wall']:.2f} s  {read['bytes'] / clients / count:.0f} B/event"
                        f"  reader {read['cpu']:.2f} CPU-s",
                        flush=True,
                    )
    finally:
        for child in (*servers.values(), reader):
            child.stop()
    return figures


def report(results: dict[int, dict[str, list[float]]]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for clients, by_variant in results.items():
        for goal, (variant, against, wanted) in GOALS.items():
            if against not in by_variant:
                print(
                    f"{goal} not run: clients={clients}, name an interpreter that has {against} with --socketio PYTHON"
                )
                continue
            base = by_variant[against]
            ratios = [mine / theirs for mine, theirs in zip(by_variant[variant], base, strict=True)]
            ratio = statistics.median(ratios)
            verdict = "no goal" if wanted is None else f"goal>={wanted:g} {'ok' if ratio >= wanted else 'short'}"
            mine, theirs = statistics.median(by_variant[variant]), statistics.median(base)
            print(
                f"{goal} ratio={ratio:.2f} {verdict}  clients={clients} spread {min(ratios):.2f}..{max(ratios):.2f}"
                f"  {variant} {mine / 1000:.0f} k, {against} {theirs / 1000:.1f} k deliveries per server CPU second"
            )
            figures[f"{goal}@{clients}"] = {
                "ratio": ratio,
                "goal": wanted,
                "ratios": ratios,
                "ours": mine,
                "base": theirs,
            }
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two rounds and fewer events")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument(
        "--socketio", type=Path, metavar="PYTHON", help="interpreter that has python-socketio and aiohttp"
    )
    parser.add_argument("--serve", choices=VARIANTS, help=argparse.SUPPRESS)
    parser.add_argument("--read", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--core", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 8192), most))
    if options.core is not None:
        os.sched_setaffinity(0, {options.core})
    if options.serve:
        asyncio.run(serve_variant(options.serve))
        return
    if options.read:
        read_process()
        return
    rounds, events = (2, 160) if options.quick else (6, 480)
    print(
        f"{platform.platform()} {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    )
    print(f"{rounds} rounds of {events} events, {PER_TICK} events a tick{' (quick)' if options.quick else ''}")
    results = {clients: measure(clients, events, rounds, options.socketio) for clients in (100, 500)}
    figures = report(results)
    if options.json:
        options.json.write_text(json.dumps({"machine": platform.platform(), "figures": figures}, indent=1))


if __name__ == "__main__":
    main()

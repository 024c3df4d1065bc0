"""A TCP proxy that spoils a loopback line on purpose: latency, bandwidth, slices, limits, black holes (also one-way), resets, slow closes.

Toxics are changed while connections live. Directions are seen from the client: `up` to the server, `down` to the client.
Every line ends by itself when the proxy stops; nothing loops without bound.
"""

import asyncio
import random
import socket
import struct
from dataclasses import dataclass, field, replace
from types import TracebackType

CHUNK = 16 * 1024


@dataclass(frozen=True)
class Toxics:
    """What happens to bytes of one direction. All off by default."""

    latency_s: float = 0.0
    jitter_s: float = 0.0
    bytes_per_s: float | None = None
    slice_bytes: int | None = None
    blackhole: bool = False
    """Bytes are read and thrown away: no RST, no FIN, silence."""
    stall: bool = False
    """Bytes are not even read: the sender's buffers fill."""
    cut_after: int | None = None
    """Close both sides after this many bytes of the direction have passed on a connection."""


@dataclass
class Line:
    """One proxied connection and how many bytes it passed."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    passed: dict[str, int] = field(default_factory=lambda: {"up": 0, "down": 0})


class FaultProxy:
    """`async with FaultProxy(port) as proxy:` then connect to `proxy.port`. `toxics` may be changed at any time by `set`."""

    def __init__(self, target_port: int, *, seed: int = 1) -> None:
        self._target = target_port
        self._rng = random.Random(seed)
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.toxics = {"up": Toxics(), "down": Toxics()}
        self.refuse = False
        self.lines: list[Line] = []
        self.accepted = 0
        self.recorded: list[bytes] | None = None
        """Set to a list, it gets every piece that is handed down to the client."""
        self.port = 0

    async def __aenter__(self) -> "FaultProxy":
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    @property
    def target(self) -> int:
        return self._target

    def retarget(self, port: int) -> None:
        """New connections go to another port (a restarted server); living ones stay where they are."""
        self._target = port

    def set(self, direction: str | None = None, **changes: object) -> None:
        """Changes toxics of one direction, or of both."""
        for name in ("up", "down") if direction is None else (direction,):
            self.toxics[name] = replace(self.toxics[name], **changes)  # type: ignore[arg-type]
        self._changed.set()
        self._changed = asyncio.Event()

    def heal(self) -> None:
        """All toxics off, new connections welcome."""
        self.toxics = {"up": Toxics(), "down": Toxics()}
        self.refuse = False
        self._changed.set()
        self._changed = asyncio.Event()

    def cut(self, *, reset: bool = False) -> None:
        """Ends every living line: with RST when `reset`, else by close."""
        for line in self.lines:
            _close(line, reset)
        self.lines.clear()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refuse:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self.accepted += 1
        line = Line(writer, far_writer)
        self.lines.append(line)
        for direction, source, sink in (("up", reader, far_writer), ("down", far_reader, writer)):
            task = asyncio.create_task(self._pump(line, direction, source, sink))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pump(self, line: Line, direction: str, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while True:
                while self.toxics[direction].stall:
                    await self._changed.wait()
                data = await source.read(CHUNK)
                if not data:
                    break
                await self._pass(line, direction, data, sink)
        except (ConnectionError, OSError):
            pass  # one side went away: the other is closed below
        finally:
            _close(line, reset=False)
            if line in self.lines:
                self.lines.remove(line)

    async def _pass(self, line: Line, direction: str, data: bytes, sink: asyncio.StreamWriter) -> None:
        toxic = self.toxics[direction]
        if toxic.blackhole:
            return
        if toxic.latency_s or toxic.jitter_s:
            await asyncio.sleep(max(0.0, toxic.latency_s + self._rng.uniform(-toxic.jitter_s, toxic.jitter_s)))
        step = toxic.slice_bytes or len(data)
        for start in range(0, len(data), step):
            piece = data[start : start + step]
            if toxic.cut_after is not None:
                room = toxic.cut_after - line.passed[direction]
                if room <= len(piece):
                    sink.write(piece[: max(room, 0)])
                    await sink.drain()
                    raise ConnectionResetError("cut here on purpose")
            if toxic.bytes_per_s:
                await asyncio.sleep(len(piece) / toxic.bytes_per_s)
            sink.write(piece)
            if self.recorded is not None and direction == "down":
                self.recorded.append(piece)
            line.passed[direction] += len(piece)
            await sink.drain()


def _close(line: Line, reset: bool) -> None:
    for writer in (line.client, line.server):
        if reset:
            raw = writer.get_extra_info("socket")
            if raw is not None and raw.fileno() != -1:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        elif not writer.is_closing():
            writer.close()

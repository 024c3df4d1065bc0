"""One connection in memory: what the server's connection sees as a websocket, and two queues that a test empties at will.

`up` and `down` hold what is under way. `cut` loses both, as a broken line does. A desk that does not read makes the server's
transport fill up, as a kernel would.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from websockets.exceptions import ConnectionClosedError
from websockets.protocol import State

WRITE_HIGH = 16 * 1024
Frame = str | bytes


class Closed:
    """The server's close frame, behind everything that it sent before."""

    def __init__(self, code: int, reason: str) -> None:
        self.code = code
        self.reason = reason


class Transport:
    def __init__(self, line: "Line") -> None:
        self._line = line
        self._kept = b""

    def write(self, data: bytes) -> None:
        line = self._line
        if line.lost:
            return
        if line.stalled:
            self._kept += data
            line.websocket.paused = len(self._kept) > WRITE_HIGH
            return
        line.down.extend(frames_of(data))

    def release(self) -> None:
        kept, self._kept = self._kept, b""
        self.write(kept)
        self._line.websocket.resume()

    def get_write_buffer_size(self) -> int:
        return len(self._kept)

    def abort(self) -> None:
        self._line.cut()


class Protocol:
    state = State.OPEN


class Websocket:
    """The part of backend.lane.StreamConnection that connection, lane and presence use."""

    remote_address = ("127.0.0.1", 1)

    def __init__(self, line: "Line") -> None:
        self.protocol = Protocol()
        self.transport = Transport(line)
        self.paused = False
        self.on_writable: Callable[[], None] | None = None
        self.on_lost: list[Callable[[], None]] = []
        self.waiting = False
        self._line = line
        self._inbox: deque[Frame] = deque()
        self._wake = asyncio.Event()
        self._writable = asyncio.Event()

    async def recv(self) -> Frame:
        while not self._inbox:
            if self._line.lost or self.protocol.state is not State.OPEN:
                raise ConnectionClosedError(None, None)
            self._wake.clear()
            self.waiting = True
            await self._wake.wait()
            self.waiting = False
        return self._inbox.popleft()

    async def close(self, code: int = 1000, reason: str = "") -> None:
        if self.protocol.state is State.OPEN and not self._line.lost:
            self._line.down.append(Closed(code, reason))
        self.end()

    async def drain(self) -> None:
        while self.paused and not self._line.lost:
            self._writable.clear()
            await self._writable.wait()
        if self._line.lost:
            raise ConnectionResetError("the line is gone")

    def arrive(self, frame: Frame) -> None:
        self._inbox.append(frame)
        self._wake.set()

    def resume(self) -> None:
        if self.paused:
            self.paused = False
            self._writable.set()
            if self.on_writable is not None:
                self.on_writable()

    def end(self) -> None:
        self.protocol.state = State.CLOSED
        self._wake.set()
        self._writable.set()


class Line:
    """`up`: on the way to the server; `down`: to the desk. `held`: frames move only when told to one by one."""

    def __init__(self) -> None:
        self.up: deque[Frame] = deque()
        self.down: deque[Frame | Closed] = deque()
        self.lost = False
        self.held = False
        self.stalled = False
        self.websocket = Websocket(self)
        self.task: asyncio.Task[None] | None = None
        self.connection: Any = None

    @property
    def at_rest(self) -> bool:
        """The server's reader waits for the next frame, or is over."""
        return self.task is None or self.task.done() or (self.websocket.waiting and not self.websocket._inbox)

    def cut(self) -> None:
        self.lost = True
        self.up.clear()
        # What the server said before it closed may still arrive; a broken line loses it.
        self.down.clear()
        self.websocket.end()

    def server_died(self) -> None:
        """The process is gone: what is in the kernel's buffers still arrives."""
        self.up.clear()
        if not self.lost:
            self.down.append(Closed(0, "reset"))
        self.websocket.end()

    def read_again(self) -> None:
        self.stalled = False
        if not self.lost:
            self.websocket.transport.release()


def frames_of(data: bytes) -> list[Frame]:
    """Payloads of whole, unmasked websocket frames, as the server writes them."""
    found: list[Frame] = []
    place = 0
    while place < len(data):
        opcode, size = data[place] & 0x0F, data[place + 1]
        place += 2
        if size >= 126:
            width = 2 if size == 126 else 8
            size = int.from_bytes(data[place : place + width])
            place += width
        payload = data[place : place + size]
        assert len(payload) == size, "half a frame was written"
        found.append(payload.decode() if opcode == 1 else payload)
        place += size
    return found

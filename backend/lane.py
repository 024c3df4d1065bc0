"""All that goes out to one client: whole frames, bounded, and never waiting for a slow one.

websockets' own ping timeout does not remove a client that stops reading, and its close() may hang on it for ever
(reliability.md P7, P8). So what waits is counted here, and a client over the cap is cut by abort; it resumes from its cursor.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from websockets.asyncio.server import ServerConnection
from websockets.protocol import State

from protocol.messages import QUEUE_MAX_BYTES, QUEUE_MAX_EVENTS, SEND_TIMEOUT_S

JOIN_BYTES = 256 * 1024
"""A backlog is handed to the transport in pieces of about this size."""


class StreamConnection(ServerConnection):
    """The library's connection, telling when it is made, lost and writable again."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.on_writable: Callable[[], None] | None = None
        self.on_lost: list[Callable[[], None]] = []

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.on_writable is not None:
            self.on_writable()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        for callback in self.on_lost:
            callback()


class LaneLimits(Struct, frozen=True, kw_only=True):
    max_bytes: int = QUEUE_MAX_BYTES
    max_events: int = QUEUE_MAX_EVENTS
    send_timeout_s: float = SEND_TIMEOUT_S


class Lane:
    """Frames are bytes of whole websocket messages (backend.frames), so they may stand between any two of the library's."""

    def __init__(self, connection: StreamConnection, limits: LaneLimits, on_slow: Callable[[], None]) -> None:
        self._connection = connection
        self._protocol = connection.protocol
        self._transport = connection.transport
        # Looked up once: these two run for every delivery.
        self._write = connection.transport.write
        self._unsent = connection.transport.get_write_buffer_size
        self._limits = limits
        self._on_slow = on_slow
        self._backlog: deque[tuple[bytes, int]] = deque()
        self._backlog_bytes = self._backlog_events = 0
        # What the transport still holds of the frames written since it was last empty: (end offset, events).
        self._held: deque[tuple[int, int]] = deque()
        self._held_end = self._held_events = 0
        self._latest: dict[str, bytes] = {}
        self._cut = False
        connection.on_writable = self._drain

    @property
    def queued_bytes(self) -> int:
        return self._unsent() + self._backlog_bytes

    @property
    def open(self) -> bool:
        # Behind a close frame nothing may follow: the transport would raise in the middle of a tick.
        return self._protocol.state is State.OPEN and not self._cut

    def push(self, frames: bytes, events: int = 0) -> None:
        """Log events and answers: in order, counted, all or none."""
        if self._backlog or self._connection.paused:
            if self._cut:
                return
            self._backlog.append((frames, events))
            self._backlog_bytes += len(frames)
            self._backlog_events += events
        elif self._protocol.state is State.OPEN:
            # The transport tries the socket at once and keeps only what the kernel did not take.
            self._write(frames)
            if not self._unsent():
                return
            self._hold(len(frames), events)
        waiting = self._backlog_events + self._held_events
        if waiting > self._limits.max_events or self.queued_bytes > self._limits.max_bytes:
            self._drop()

    def put(self, key: str, frame: bytes) -> None:
        """A gauge: while the client cannot take it, a newer one replaces it."""
        if self._connection.paused or self._latest:
            self._latest[key] = frame
        elif self.open:
            self._write(frame)

    def put_all(self, frames: Mapping[str, bytes]) -> None:
        """Several gauges by their keys, in one write where the client can take them."""
        if self._connection.paused or self._latest:
            self._latest.update(frames)
        elif frames and self.open:
            self._write(b"".join(frames.values()))

    async def pull(self, frame: bytes) -> None:
        """Catch-up and snapshot: write one frame and wait until the client has taken it. Does not count towards the cap.

        Raises TimeoutError after `send_timeout_s`, ConnectionError when the line is gone.
        """
        if not self.open:
            raise ConnectionResetError("the line is gone")
        self._write(frame)
        async with asyncio.timeout(self._limits.send_timeout_s):
            await self._connection.drain()
        # A fast reader never pauses us: let the others have their turn all the same.
        await asyncio.sleep(0)

    def cut(self) -> None:
        """Abort without waiting. What is queued is lost; the client resumes from its cursor."""
        self._cut = True
        self._backlog.clear()
        self._held.clear()
        self._backlog_bytes = self._backlog_events = self._held_events = 0
        self._latest.clear()
        self._transport.abort()

    def _drop(self) -> None:
        # A close frame could only stand behind the megabyte that the client does not read: the abort is the message.
        if not self._cut:
            self.cut()
            self._on_slow()

    def _hold(self, size: int, events: int) -> None:
        """The transport kept some of a frame: count its events until the last byte of it is with the kernel."""
        self._held_end += size
        self._held.append((self._held_end, events))
        self._held_events += events
        self._release()

    def _release(self) -> None:
        left = self._unsent()
        while self._held and self._held[0][0] <= self._held_end - left:
            self._held_events -= self._held.popleft()[1]

    def _drain(self) -> None:
        """The transport is writable again: hand over what waited, gauges last."""
        self._release()
        while self._backlog and not self._connection.paused and self.open:
            parts, size, events = [], 0, 0
            while self._backlog and size < JOIN_BYTES:
                frames, count = self._backlog.popleft()
                parts.append(frames)
                size += len(frames)
                events += count
            self._backlog_bytes -= size
            self._backlog_events -= events
            self._write(b"".join(parts))
            self._hold(size, events)
        while self._latest and not self._connection.paused and self.open:
            self._write(self._latest.pop(next(iter(self._latest))))

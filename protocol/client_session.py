"""The desk's end of one connection, without socket, loop or clock: frames in, events out, frames to send.

One object per connection; after `Failed` it is dead and gives nothing more. Every event carries the session's generation,
so that what a dead session still has on its way to the cache can be told from the living one (reliability.md P12).
`now` is always seconds of one monotonic clock; where the system has one that runs through sleep, use that one (P11).
"""

from collections.abc import Mapping
from enum import StrEnum

from protocol.codec import ProtocolError, decode_chunk, decode_server, encode
from protocol.messages import (
    BEHIND_S,
    PROTOCOL_MAX,
    PROTOCOL_MIN,
    Ack,
    ClientMessage,
    Close,
    Cursor,
    Delta,
    Heartbeat,
    Hello,
    Latest,
    Limits,
    Outcome,
    ServerMessage,
    SnapshotBegin,
    Welcome,
)
from protocol.session_events import (
    Again,
    CaughtUp,
    ClientEvent,
    DeltaApplied,
    Failed,
    HeartbeatArrived,
    LatestArrived,
    OutcomeArrived,
    ReplyArrived,
    ResetBegun,
    SnapshotChunk,
    SnapshotComplete,
    Welcomed,
)
from protocol.snapshot_stream import MAX_RAW_SIZE, Sink, SnapshotAssembly

PREPARE_S = 60.0
"""How long a server may take to make a snapshot, heartbeats going on meanwhile."""
CHUNK_WAIT_S = 30.0
SLEPT_S = 30.0
"""A gap this long between two ticks means that the machine slept: the socket only looks alive."""


class Phase(StrEnum):
    HELLO = "hello"
    RESETTING = "resetting"
    CATCHING_UP = "catching_up"
    LIVE = "live"
    FAILED = "failed"


AGAIN_OF_CLOSE = {
    Close.RESTART: Again.SOFT,
    Close.BAD_FRAME: Again.NEVER,
    Close.LOGIN: Again.AFTER_LOGIN,
    Close.SCOPE_CHANGED: Again.AT_ONCE,
    Close.VERSION: Again.NEVER,
    Close.SLOW: Again.JITTER,
    Close.POSITION: Again.JITTER,
    Close.RATE: Again.AFTER_WAIT,
}
"""Any other way to lose the line: jitter."""

WAIT_PREFIX = "wait="
"""Reason text of a 4429 close: wait=30, in seconds."""
DEFAULT_WAIT_S = 10.0


class ClientSession:
    """Frames in by `receive`, time in by `tick` (once a second is enough), frames out by `data_to_send`."""

    def __init__(
        self,
        *,
        app: str,
        schema: int,
        device_id: str,
        token: str,
        cursor: Cursor | None,
        topics: Mapping[str, int],
        generation: int,
        now: float,
        max_raw_size: int = MAX_RAW_SIZE,
    ) -> None:
        self.generation = generation
        self.phase = Phase.HELLO
        self.limits = Limits()
        self._max_raw_size = max_raw_size
        self._position = cursor
        self._on_disk = cursor
        self._head = 0
        self._reset_reason = ""
        self._begin: SnapshotBegin | None = None
        self._assembly: SnapshotAssembly | None = None
        self._heard_at = self._streamed_at = self._ticked_at = self._acked_at = now
        hello = Hello(
            app=app, schema=schema, device_id=device_id, token=token, cursor=cursor, topics=dict(topics), t0=now
        )
        self._out: list[str] = [encode(hello)]
        self._held: list[str] = []

    # -- what the caller asks and tells -----------------------------------------------------------

    @property
    def position(self) -> Cursor | None:
        """How far frames have arrived. What is on disk may be older."""
        return self._position

    @property
    def welcomed(self) -> bool:
        return self.phase not in (Phase.HELLO, Phase.FAILED)

    @property
    def head(self) -> int:
        """The server's last seq as far as it is known."""
        return self._head

    def send(self, message: ClientMessage) -> None:
        """Queue a submit, query or viewing. Held back until the welcome."""
        (self._out if self.welcomed else self._held).append(encode(message))

    def data_to_send(self) -> list[str]:
        """Text frames to send now, in order."""
        frames, self._out = self._out, []
        return frames

    def snapshot_to(self, sink: Sink) -> None:
        """Where the snapshot of `ResetBegun` goes. Raises ProtocolError for sizes that cannot be."""
        if self._begin is None:
            raise RuntimeError("no snapshot was announced")
        self._assembly = SnapshotAssembly(self._begin, sink, self._max_raw_size)

    def applied(self, cursor: Cursor) -> None:
        """Rows up to `cursor` are on disk. The next heartbeat tells the server."""
        if self._position is None or cursor.epoch != self._position.epoch or cursor.seq > self._position.seq:
            raise ValueError(f"cursor {cursor.seq} was never received in this session")
        self._on_disk = cursor

    def closed(self, code: int | None, reason: str = "") -> list[ClientEvent]:
        """The socket is gone: close code of the peer, or None where there was none."""
        code = code or 0
        again = AGAIN_OF_CLOSE.get(code, Again.JITTER)
        wait_s = _wait_of(reason) if again is Again.AFTER_WAIT else 0.0
        return self._fail(code, reason or "lost", again, wait_s, drop_cursor=code == Close.POSITION)

    def tick(self, now: float) -> list[ClientEvent]:
        """Let time pass: heartbeat to send, or a peer that has gone silent."""
        if self.phase is Phase.FAILED:
            return []
        since_tick, self._ticked_at = now - self._ticked_at, now
        if since_tick > SLEPT_S:
            return self._fail(0, "slept", Again.AT_ONCE)
        if now - self._heard_at > self.limits.silence_s:
            return self._fail(0, "silent", Again.JITTER)
        if self._stalled_for(now):
            return self._fail(0, "behind", Again.JITTER)
        if self.welcomed and now - self._acked_at >= self.limits.heartbeat_s:
            self._acked_at = now
            self._out.append(encode(Ack(seq=self._on_disk.seq if self._on_disk else 0, t0=now)))
        return []

    def receive(self, frame: str | bytes, now: float) -> list[ClientEvent]:
        """One frame of the server. A dead session gives nothing, whatever still arrives."""
        if self.phase is Phase.FAILED:
            return []
        self._heard_at = now
        try:
            if isinstance(frame, bytes):
                return self._on_chunk(frame, now)
            return self._on_message(decode_server(frame), now)
        except ProtocolError as error:
            return self._fail(Close.BAD_FRAME, f"{error.code}: {error}", Again.JITTER)

    # -- inside -----------------------------------------------------------------------------------

    def _on_message(self, message: ServerMessage, now: float) -> list[ClientEvent]:
        generation = self.generation
        if isinstance(message, Welcome):
            return self._on_welcome(message, now)
        if self.phase is Phase.HELLO:
            raise ProtocolError("order", "first frame is no welcome")
        if isinstance(message, Delta):
            return self._on_delta(message, now)
        if isinstance(message, SnapshotBegin):
            return self._on_snapshot(message, now)
        if isinstance(message, Heartbeat):
            self._head = max(self._head, message.head)
            return [HeartbeatArrived(generation=generation, heartbeat=message, t0=message.t0, t3=now)]
        if isinstance(message, Latest):
            return [LatestArrived(generation=generation, latest=message)]
        if isinstance(message, Outcome):
            return [OutcomeArrived(generation=generation, outcome=message)]
        return [ReplyArrived(generation=generation, reply=message)]

    def _on_welcome(self, welcome: Welcome, now: float) -> list[ClientEvent]:
        if self.phase is not Phase.HELLO:
            raise ProtocolError("order", "second welcome")
        if not PROTOCOL_MIN <= welcome.proto <= PROTOCOL_MAX:
            return self._fail(Close.VERSION, f"server speaks {welcome.proto}", Again.NEVER)
        if not 0 < welcome.limits.heartbeat_s < welcome.limits.silence_s:
            raise ProtocolError("bad_shape", "heartbeat and silence limits do not fit")
        self.limits = welcome.limits
        self._head = welcome.head
        self._streamed_at = self._acked_at = now
        if welcome.resume:
            self._check_resume(welcome)
            self.phase = Phase.CATCHING_UP
        else:
            self._position = self._on_disk = None
            self._reset_reason = welcome.reset_reason
            self.phase = Phase.RESETTING
        self._out += self._held
        self._held = []
        events: list[ClientEvent] = [Welcomed(generation=self.generation, welcome=welcome, t0=welcome.t0, t3=now)]
        return [*events, *self._caught_up()]

    def _check_resume(self, welcome: Welcome) -> None:
        position = self._position
        if position is None or (position.epoch, position.scope_hash) != (welcome.epoch, welcome.scope_hash):
            raise ProtocolError("order", "resume of a cursor that is not ours")
        if position.seq > welcome.head:
            raise ProtocolError("order", "resume beyond the head of the server")

    def _on_snapshot(self, begin: SnapshotBegin, now: float) -> list[ClientEvent]:
        if self.phase is not Phase.RESETTING or self._begin is not None:
            raise ProtocolError("order", "snapshot that nobody announced")
        self._begin = begin
        self._streamed_at = now
        return [ResetBegun(generation=self.generation, reason=self._reset_reason, begin=begin)]

    def _on_chunk(self, frame: bytes, now: float) -> list[ClientEvent]:
        begin = self._begin
        if self.phase is not Phase.RESETTING or begin is None:
            raise ProtocolError("order", "chunk without a snapshot")
        if self._assembly is None:
            raise RuntimeError("snapshot_to was not called after ResetBegun")
        index, data = decode_chunk(frame)
        self._assembly.feed(index, data)
        self._streamed_at = now
        events: list[ClientEvent] = [SnapshotChunk(generation=self.generation, index=index, chunks=begin.chunks)]
        if not self._assembly.complete:
            return events
        self._assembly.finish()
        self._begin = self._assembly = None
        self._position = begin.cursor
        self.phase = Phase.CATCHING_UP
        events.append(SnapshotComplete(generation=self.generation, cursor=begin.cursor, tickets=begin.tickets))
        return [*events, *self._caught_up()]

    def _on_delta(self, delta: Delta, now: float) -> list[ClientEvent]:
        position = self._position
        if position is None:
            raise ProtocolError("order", "delta before the snapshot is whole")
        _check_delta(delta)
        if delta.to_seq <= position.seq:
            return []
        if delta.from_seq != position.seq:
            return self._fail(0, f"gap: delta from {delta.from_seq}, cursor {position.seq}", Again.JITTER)
        self._streamed_at = now
        self._position = Cursor(position.epoch, delta.to_seq, delta.h, position.scope_hash)
        self._head = max(self._head, delta.to_seq)
        events: list[ClientEvent] = [
            DeltaApplied(generation=self.generation, delta=delta, cursor=self._position),
        ]
        return [*events, *self._caught_up()]

    def _caught_up(self) -> list[ClientEvent]:
        if self.phase is not Phase.CATCHING_UP or self._position is None or self._position.seq < self._head:
            return []
        self.phase = Phase.LIVE
        return [CaughtUp(generation=self.generation)]

    def _stalled_for(self, now: float) -> bool:
        """The server knows more than it sends: either our stream is dead, or it forgot us."""
        quiet_s = now - self._streamed_at
        if self.phase is Phase.RESETTING:
            return quiet_s > (PREPARE_S if self._begin is None else CHUNK_WAIT_S)
        if self._position is None or self._position.seq >= self._head:
            self._streamed_at = now
            return False
        return quiet_s > BEHIND_S

    def _fail(
        self, code: int, reason: str, again: Again, wait_s: float = 0.0, *, drop_cursor: bool = False
    ) -> list[ClientEvent]:
        if self.phase is Phase.FAILED:
            return []
        self.phase = Phase.FAILED
        self._out = []
        self._held = []
        self._assembly = None
        return [
            Failed(
                generation=self.generation,
                code=code,
                reason=reason,
                reconnect=again not in (Again.NEVER, Again.AFTER_LOGIN),
                again=again,
                wait_s=wait_s,
                drop_cursor=drop_cursor,
            )
        ]


def _check_delta(delta: Delta) -> None:
    last = delta.from_seq
    for event in delta.events:
        if not last < event.seq <= delta.to_seq:
            raise ProtocolError("order", f"event {event.seq} outside its delta")
        last = event.seq
    if delta.to_seq < delta.from_seq:
        raise ProtocolError("order", "delta runs backwards")


def _wait_of(reason: str) -> float:
    digits = reason.removeprefix(WAIT_PREFIX)
    return float(digits) if reason.startswith(WAIT_PREFIX) and digits.isdecimal() else DEFAULT_WAIT_S

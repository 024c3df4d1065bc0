"""The server's end of one connection, without socket, loop or clock: who may say what, how often, and when it is silence.

It knows nothing of tickets or rights: the server reads its events, answers them, and streams.
"""

from typing import Any

from msgspec import Struct

from protocol.codec import ProtocolError, decode_client, encode
from protocol.messages import (
    HEARTBEAT_S,
    HELLO_TIMEOUT_S,
    MAX_INBOUND,
    PROTOCOL_MAX,
    PROTOCOL_MIN,
    SILENCE_S,
    Ack,
    Act,
    BlobGet,
    BlobPut,
    Close,
    Hello,
    Outcome,
    Query,
    Reply,
    Submit,
    Viewing,
)


class SessionRules(Struct, frozen=True, kw_only=True):
    """Limits of one connection (S31)."""

    hello_s: float = HELLO_TIMEOUT_S
    heartbeat_s: float = HEARTBEAT_S
    silence_s: float = SILENCE_S
    max_inbound: int = MAX_INBOUND
    bad_frames: int = 3
    frames_per_s: float = 100.0
    frames_burst: int = 200


class Bucket:
    """Token bucket: `rate` a second, at most `burst` at once."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._level = burst
        self._at = now

    def take(self, now: float) -> bool:
        self._level = min(self._burst, self._level + (now - self._at) * self._rate)
        self._at = now
        if self._level < 1:
            return False
        self._level -= 1
        return True

    def wait_s(self) -> float:
        """Seconds until one more fits."""
        return max(0.0, (1 - self._level) / self._rate)


class HelloArrived(Struct, frozen=True):
    hello: Hello


class AckArrived(Struct, frozen=True):
    ack: Ack


class SubmitArrived(Struct, frozen=True):
    submit: Submit | Act


class QueryArrived(Struct, frozen=True):
    query: Query


class BlobArrived(Struct, frozen=True):
    blob: BlobPut | BlobGet


class ViewingArrived(Struct, frozen=True):
    viewing: Viewing


class HeartbeatDue(Struct, frozen=True):
    """Send a heartbeat now; `t0` is to be echoed."""

    t0: float | None


class FrameRefused(Struct, frozen=True):
    """For the log; where an answer was possible it is in `data_to_send`."""

    code: str
    text: str


class Closing(Struct, frozen=True):
    """End the connection with this close code; 0 = abort at once, the peer is gone."""

    code: int
    reason: str


ServerEvent = (
    HelloArrived
    | AckArrived
    | SubmitArrived
    | QueryArrived
    | BlobArrived
    | ViewingArrived
    | HeartbeatDue
    | FrameRefused
    | Closing
)


class ServerSession:
    """After a `Closing` the session is dead and gives nothing more."""

    def __init__(self, rules: SessionRules, now: float) -> None:
        self._rules = rules
        self._opened_at = self._heard_at = self._beat_at = now
        self._frames = Bucket(rules.frames_per_s, rules.frames_burst, now)
        self._bad = 0
        self._greeted = False
        self._dead = False
        self._out: list[str] = []

    @property
    def greeted(self) -> bool:
        return self._greeted

    def data_to_send(self) -> list[str]:
        frames, self._out = self._out, []
        return frames

    def allow(self, rules: SessionRules) -> None:
        """Other limits after login: a machine that feeds recorded days may send more."""
        self._rules = rules
        self._frames = Bucket(rules.frames_per_s, rules.frames_burst, self._heard_at)

    def receive(self, frame: str | bytes, now: float) -> list[ServerEvent]:
        if self._dead:
            return []
        self._heard_at = now
        if not self._frames.take(now):
            return self._close(Close.RATE, "wait=10")
        try:
            message = decode_client(frame, self._rules.max_inbound)
        except ProtocolError as error:
            return self._refuse(error)
        if isinstance(message, Hello):
            return self._on_hello(message)
        if not self._greeted:
            return self._close(Close.BAD_FRAME, "hello first")
        if isinstance(message, Ack):
            self._beat_at = now
            return [AckArrived(message), HeartbeatDue(message.t0)]
        if isinstance(message, Submit | Act):
            return [SubmitArrived(message)]
        if isinstance(message, Query):
            return [QueryArrived(message)]
        if isinstance(message, BlobPut | BlobGet):
            return [BlobArrived(message)]
        return [ViewingArrived(message)]

    def tick(self, now: float) -> list[ServerEvent]:
        if self._dead:
            return []
        if not self._greeted:
            late = now - self._opened_at > self._rules.hello_s
            return self._close(Close.BAD_FRAME, "no hello in time") if late else []
        if now - self._heard_at > self._rules.silence_s:
            return self._close(0, "silent")
        if now - self._beat_at >= self._rules.heartbeat_s:
            self._beat_at = now
            return [HeartbeatDue(None)]
        return []

    def _on_hello(self, hello: Hello) -> list[ServerEvent]:
        if self._greeted:
            return self._close(Close.BAD_FRAME, "second hello")
        lowest, highest = hello.proto
        if lowest > PROTOCOL_MAX or highest < PROTOCOL_MIN:
            return self._close(Close.VERSION, f"versions={PROTOCOL_MIN}-{PROTOCOL_MAX}")
        self._greeted = True
        return [HelloArrived(hello)]

    def _refuse(self, error: ProtocolError) -> list[ServerEvent]:
        refused = FrameRefused(error.code, str(error))
        if not self._greeted:
            return [refused, *self._close(Close.BAD_FRAME, error.code)]
        if error.ref is not None:
            # Final for this command, so that it does not come back for ever; the frame rate bounds how often.
            self._out.append(_answer(error))
            return [refused]
        self._bad += 1
        if self._bad >= self._rules.bad_frames:
            return [refused, *self._close(Close.BAD_FRAME, error.code)]
        return [refused]

    def _close(self, code: int, reason: str) -> list[Any]:
        self._dead = True
        return [Closing(code, reason)]


def _answer(error: ProtocolError) -> str:
    assert error.ref is not None
    if error.ref[0] == "submit":
        _, outbox_id, number = error.ref
        return encode(Outcome(outbox_id=outbox_id, n=number, status="rejected", code="bad_frame"))
    return encode(Reply(id=error.ref[1], error="bad_frame"))

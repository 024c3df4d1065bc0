"""What a ClientSession tells its caller. Every event carries the session's generation (reliability.md P12)."""

from enum import StrEnum

from msgspec import Struct

from protocol.messages import Cursor, Delta, Heartbeat, Latest, Outcome, Reply, SnapshotBegin, Welcome


class Again(StrEnum):
    """When to connect again after `Failed`."""

    AT_ONCE = "at_once"
    JITTER = "jitter"
    """After Backoff.next_s()."""
    SOFT = "soft"
    """After Backoff.next_s(soft=True): everybody was cut at once."""
    AFTER_WAIT = "after_wait"
    """After `wait_s` and jitter."""
    AFTER_LOGIN = "after_login"
    NEVER = "never"
    """Not before somebody changed something: wrong version, or our own frames are bad."""


class SessionEvent(Struct, frozen=True, kw_only=True):
    generation: int


class Welcomed(SessionEvent, frozen=True, kw_only=True):
    welcome: Welcome
    t0: float
    t3: float
    """When the hello went out and the welcome came in: a sample for TimeSync with welcome.server_time."""


class ResetBegun(SessionEvent, frozen=True, kw_only=True):
    """A whole snapshot follows. The caller opens a file and gives it to `snapshot_to` before the next frame."""

    reason: str
    begin: SnapshotBegin


class SnapshotChunk(SessionEvent, frozen=True, kw_only=True):
    """Progress only; the bytes are in the sink already."""

    index: int
    chunks: int


class SnapshotComplete(SessionEvent, frozen=True, kw_only=True):
    """The file is whole and its digest right: swap it in, then `applied(cursor)`."""

    cursor: Cursor
    tickets: int


class DeltaApplied(SessionEvent, frozen=True, kw_only=True):
    """The delta fits exactly behind the last one. Write its rows and `cursor` in one transaction, then `applied(cursor)`."""

    delta: Delta
    cursor: Cursor


class CaughtUp(SessionEvent, frozen=True, kw_only=True):
    """Everything up to the head named in the welcome has arrived: from here on the session is live."""


class LatestArrived(SessionEvent, frozen=True, kw_only=True):
    latest: Latest


class OutcomeArrived(SessionEvent, frozen=True, kw_only=True):
    outcome: Outcome


class ReplyArrived(SessionEvent, frozen=True, kw_only=True):
    reply: Reply


class HeartbeatArrived(SessionEvent, frozen=True, kw_only=True):
    """With `t0` a sample for TimeSync: (t0, heartbeat.server_time, t3)."""

    heartbeat: Heartbeat
    t0: float | None
    t3: float


class Failed(SessionEvent, frozen=True, kw_only=True):
    """The session is over. Abort the socket without waiting; `code` is a close code, 0 where the line just went."""

    code: int
    reason: str
    reconnect: bool
    again: Again
    wait_s: float = 0.0
    drop_cursor: bool = False
    """Say hello without a cursor next time: the position is not to be trusted."""


ClientEvent = (
    Welcomed
    | ResetBegun
    | SnapshotChunk
    | SnapshotComplete
    | DeltaApplied
    | CaughtUp
    | LatestArrived
    | OutcomeArrived
    | ReplyArrived
    | HeartbeatArrived
    | Failed
)

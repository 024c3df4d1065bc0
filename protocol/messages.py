"""Every message of the wire, protocol version 1. Text frames are JSON in UTF-8; snapshot chunks are binary (protocol.snapshot).

docs/protocol.md shows each with an example. The rules of the stream are reliability.md §3: a cursor is (epoch, seq, h,
scope_hash), a delta says "you now know everything of your scope in (from, to]", and a resume is complete or refused.
"""

from datetime import datetime
from typing import Any

from msgspec import Raw, Struct

from domain.actor import Actor, ActorRef
from domain.commands import Command
from domain.ids import TicketId

PROTOCOL_MIN = 1
PROTOCOL_MAX = 1
HEARTBEAT_S = 5.0
SILENCE_S = 12.0
"""No frame for this long = stale: badge, abort, reconnect."""
BEHIND_S = 10.0
HELLO_TIMEOUT_S = 5.0
SEND_TIMEOUT_S = 5.0
MAX_INBOUND = 64 * 1024
MAX_OUTBOUND = 256 * 1024
QUEUE_MAX_BYTES = 1024 * 1024
QUEUE_MAX_EVENTS = 2000
BLOB_MAX = 8 * 1024 * 1024
BLOB_CHUNK = 44 * 1024
"""Bytes in one BlobPut: in base64 they just fit into MAX_INBOUND."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json"
MEDIA_TYPES = frozenset({"image/jpeg", "image/png", "application/pdf", WORD, JSON})


class Close:
    """Close codes and what a client does with them (reliability.md §3)."""

    RESTART = 1012
    BAD_FRAME = 4400
    LOGIN = 4401
    SCOPE_CHANGED = 4403
    VERSION = 4406
    SLOW = 4408
    POSITION = 4409
    RATE = 4429


class Message(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="t"):
    """Unknown fields are ignored, so that N and N-1 understand each other."""


class Cursor(Struct, frozen=True):
    """Where a cache stands. One value, written in the same transaction as the rows."""

    epoch: str
    seq: int
    h: str
    """First 8 bytes, in hex, of the hash of event `seq`: a fork at equal seq is seen."""
    scope_hash: str


class BusinessClock(Struct, frozen=True):
    """Business time = base + (server time - server_time) x rate. Rate 1 and base = server_time outside a replay.

    `base` and `server_time` are aware UTC.
    """

    base: datetime
    server_time: datetime
    rate: float

    def at(self, server_now: datetime) -> datetime:
        return self.base + (server_now - self.server_time) * self.rate


class Limits(Struct, frozen=True):
    max_inbound: int = MAX_INBOUND
    heartbeat_s: float = HEARTBEAT_S
    silence_s: float = SILENCE_S


# -- client to server ---------------------------------------------------------------------------


class Hello(Message, frozen=True, kw_only=True, tag="hello", omit_defaults=False):
    """First frame, within 5 s. `topics` = the version of each latest-value topic that the cache already holds.

    Nothing is left out, here and in Welcome: the default of `proto` is another one in the next release.
    """

    proto: tuple[int, int] = (PROTOCOL_MIN, PROTOCOL_MAX)
    app: str
    schema: int
    device_id: str
    token: str
    cursor: Cursor | None = None
    topics: dict[str, int] = {}
    stream: bool = True
    """False = commands and queries only (feeders): no snapshot, no deltas, no topics."""
    t0: float
    """Client's monotonic seconds, echoed in the welcome: round trip without trusting its clock."""


class Ack(Message, frozen=True, kw_only=True, tag="ack"):
    """Client heartbeat: everything up to `seq` is applied and on disk."""

    seq: int
    t0: float


class Submit(Message, frozen=True, kw_only=True, tag="submit"):
    """One command from the outbox. (outbox_id, n) was stored durably before the first send."""

    outbox_id: str
    n: int
    ticket_id: TicketId | None = None
    expected_version: int | None = None
    command: Command
    created_at: datetime
    occurred_at: datetime | None = None
    """Only from a session with the import right."""
    settled_below: int = 0


class Act(Message, frozen=True, kw_only=True, tag="act"):
    """One command on a document from the outbox; the same numbers and the same promise as Submit.

    `doc_id` None = the command makes one. The outcome's `ticket_id` is the document's id.
    """

    outbox_id: str
    n: int
    kind: str
    doc_id: str | None = None
    expected_version: int | None = None
    body: Raw
    """The kind's command as a JSON object, tagged by `do`."""
    created_at: datetime
    occurred_at: datetime | None = None
    """Only from a session with the import right."""
    settled_below: int = 0


class Query(Message, frozen=True, kw_only=True, tag="query"):
    """A question beside the stream. `what`: record (timeline of a ticket) · tickets (ids → tickets) · behind (KPI drill-down) ·
    document_record · documents."""

    id: int
    what: str
    args: dict[str, Any] = {}


class Viewing(Message, frozen=True, kw_only=True, tag="viewing"):
    """Which ticket this seat has open (presence); None = none."""

    ticket_id: TicketId | None = None


class BlobPut(Message, frozen=True, kw_only=True, tag="blob_put"):
    """A part of a file, in order from offset 0, each answered by a reply {offset, done} before the next is sent.

    The reply's offset is what the server has; where it differs, go on from there. Only a finished file can be referred to.
    """

    id: int
    sha256: str
    size: int
    media_type: str
    offset: int
    data: bytes


class BlobGet(Message, frozen=True, kw_only=True, tag="blob_get"):
    """Asks for a part of a file; the reply's body is a BlobPart. Seen by who sees a document, or its ticket, that refers to it."""

    id: int
    sha256: str
    offset: int = 0


# -- server to client ---------------------------------------------------------------------------


class Welcome(Message, frozen=True, kw_only=True, tag="welcome", omit_defaults=False):
    proto: int
    epoch: str
    head: int
    scope_hash: str
    actor: Actor
    server: str
    t0: float
    server_time: datetime
    clock: BusinessClock
    limits: Limits = Limits()
    resume: bool
    reset_reason: str = ""
    """Why there is no resume: first · epoch · low_watermark · ahead · fork · scope · dear."""


class SnapshotBegin(Message, frozen=True, kw_only=True, tag="snapshot"):
    """A SQLite file of the scope follows in `chunks` binary frames, zstd-compressed as a whole. Sizes in bytes."""

    cursor: Cursor
    chunks: int
    size: int
    raw_size: int
    tickets: int
    sha256: str


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of the log as this session may see it.

    `kind`: event (fold `body` onto the ticket) · enter (`body` is the full ticket, it came into the scope) · leave (drop it).
    `entity`: ticket, or the kind of a document, for which the same holds.
    """

    seq: int
    kind: str = "event"
    entity: str = "ticket"
    id: str
    v: int
    """entity_version after the event; the fold is checked against it."""
    at: datetime
    """occurred_at, business time."""
    st: datetime
    """server_time of the log, never runs back."""
    actor: ActorRef | None = None
    cmd: tuple[str, int] | None = None
    body: Raw = Raw(b"null")
    private: dict[str, str] = {}


class Delta(Message, frozen=True, kw_only=True, tag="delta"):
    """Everything of the session's scope in (from_seq, to_seq]. Cut on transaction borders."""

    from_seq: int
    to_seq: int
    h: str
    events: tuple[Event, ...] = ()


class BlobProgress(Struct, frozen=True):
    """Body of the reply to a BlobPut."""

    offset: int
    done: bool


class BlobPart(Struct, frozen=True):
    """Body of the reply to a BlobGet. The whole file is checked against its sha256 by the asker."""

    size: int
    media_type: str
    offset: int
    data: bytes


class Latest(Message, frozen=True, kw_only=True, tag="latest"):
    """Latest value of a topic (reference · kpi.overview · kpi.board · presence …); an older one may be skipped."""

    topic: str
    version: int
    as_of: datetime
    body: Raw


class Outcome(Message, frozen=True, kw_only=True, tag="outcome"):
    """What became of a command; `ticket_id` is the document's id where it was an Act. `status`: applied · conflict · rejected · expired are final; busy · storage_full · unavailable mean retry."""

    outbox_id: str
    n: int
    status: str
    ticket_id: TicketId | None = None
    seq: int | None = None
    version: int | None = None
    code: str = ""
    detail: dict[str, Any] = {}


class Reply(Message, frozen=True, kw_only=True, tag="reply"):
    id: int
    body: Raw = Raw(b"null")
    error: str = ""


class Heartbeat(Message, frozen=True, kw_only=True, tag="hb"):
    head: int
    server_time: datetime
    clock: BusinessClock
    t0: float | None = None
    """t0 of the last Ack, echoed."""


ClientMessage = Hello | Ack | Submit | Act | Query | Viewing | BlobPut | BlobGet
ServerMessage = Welcome | SnapshotBegin | Delta | Latest | Outcome | Reply | Heartbeat

"""The snapshot and cache file: one SQLite file per scope, with the cursor inside. Server makes it, workstation renames it over its cache.

Only texts and pure functions live here; who opens the file uses its own driver. Instants are integer milliseconds UTC.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec

from domain.documents import DocumentState
from domain.ticket import Ticket
from domain.vocabulary import URGENCY_RANK

SCHEMA_VERSION = 2
"""`PRAGMA user_version` of the file. A cache with another one is rebuilt."""

META_DDL = "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"
TICKET_DDL = """
CREATE TABLE ticket (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL, is_open INTEGER NOT NULL, urgency INTEGER NOT NULL,
  town TEXT NOT NULL, area TEXT NOT NULL, item TEXT NOT NULL, source TEXT NOT NULL, unit TEXT, level TEXT NOT NULL,
  reported_at INTEGER NOT NULL, accepted_at INTEGER, due_at INTEGER, stage_due_at INTEGER, closed_at INTEGER,
  changed_at INTEGER NOT NULL, on_time INTEGER, body BLOB NOT NULL
) STRICT
"""
TOPIC_DDL = """
CREATE TABLE topic (name TEXT PRIMARY KEY, version INTEGER NOT NULL, as_of INTEGER NOT NULL, body BLOB NOT NULL) STRICT
"""
DOCUMENT_DDL = """
CREATE TABLE document (
  kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, area TEXT NOT NULL, is_open INTEGER NOT NULL,
  changed_at INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, id)
) STRICT
"""
TABLES_DDL = (META_DDL, TICKET_DDL, DOCUMENT_DDL, TOPIC_DDL)
META_CURSOR = "cursor"
"""Key in the table meta whose value is the JSON of messages.Cursor: where the rows of this file stand."""
INDEX_DDL = (
    "CREATE INDEX ticket_open ON ticket (is_open, stage_due_at)",
    "CREATE INDEX ticket_changed ON ticket (changed_at)",
    "CREATE INDEX ticket_reported ON ticket (reported_at)",
    "CREATE INDEX document_open ON document (is_open, changed_at)",
)
"""Made after the rows are in: late indexes are three times quicker."""

COLUMNS = (
    "id", "version", "state", "is_open", "urgency", "town", "area", "item", "source", "unit", "level",
    "reported_at", "accepted_at", "due_at", "stage_due_at", "closed_at", "changed_at", "on_time", "body",
)  # fmt: skip
DOCUMENT_COLUMNS = ("kind", "id", "version", "area", "is_open", "changed_at", "body")

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Ticket)


def millis(at: datetime | None) -> int | None:
    """Aware instant → integer milliseconds UTC."""
    return None if at is None else round(at.timestamp() * 1000)


def instant(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def body_of(ticket: Ticket) -> bytes:
    return _encoder.encode(ticket)


def ticket_of(body: bytes) -> Ticket:
    """Raises msgspec.ValidationError for bytes that are no ticket."""
    return _decoder.decode(body)


def row_tuple(ticket: Ticket) -> tuple[Any, ...]:
    """The ticket as a row of the table `ticket`, columns as in COLUMNS."""
    stage_due = ticket.stage.clock.due_at if ticket.stage else None
    return (
        ticket.id,
        ticket.version,
        ticket.state.value,
        int(ticket.is_open),
        URGENCY_RANK[ticket.urgency],
        ticket.town,
        ticket.area,
        ticket.item,
        ticket.source.value,
        ticket.unit,
        ticket.level.value,
        millis(ticket.reported_at),
        millis(ticket.accepted_at),
        millis(ticket.due_at),
        millis(stage_due),
        millis(ticket.closed_at),
        millis(ticket.changed_at),
        None if ticket.on_time is None else int(ticket.on_time),
        body_of(ticket),
    )


def row_of(ticket: Ticket) -> dict[str, Any]:
    """The same by the names of the columns."""
    return dict(zip(COLUMNS, row_tuple(ticket), strict=True))


def document_row(kind: str, state: DocumentState) -> tuple[Any, ...]:
    """The document as a row of the table `document`, columns as in DOCUMENT_COLUMNS."""
    body = _encoder.encode(state)
    return (kind, state.id, state.version, state.area, int(state.is_open), millis(state.changed_at), body)

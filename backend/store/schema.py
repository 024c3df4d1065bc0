"""Tables of the server's log as SQLAlchemy Core, portable to PostgreSQL: integers for times (milliseconds UTC), bytes for blobs.

What lives here: names and types of columns. What must not: statements, connections, rules.
The `ticket` table has the columns of `protocol.snapshot`, so that a snapshot is one INSERT .. SELECT.
"""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

from protocol.snapshot import COLUMNS

SCHEMA_VERSION = 2
APPLICATION_ID = 0x4C44_4C47
"""`PRAGMA application_id`, "LDLG": a foreign SQLite file is refused instead of being written to."""

metadata = MetaData()
_INT = BigInteger().with_variant(Integer, "sqlite")  # SQLite's STRICT tables know INTEGER, PostgreSQL needs 8 bytes
_STRICT: dict[str, Any] = {"sqlite_strict": True}
_CLUSTERED: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}

log_meta = Table(
    "log_meta",
    metadata,
    Column("id", _INT, primary_key=True, autoincrement=False),
    Column("epoch", Text, nullable=False),
    Column("genesis", LargeBinary, nullable=False),
    Column("created_at", _INT, nullable=False),
    Column("low_watermark", _INT, nullable=False),
    **_STRICT,
)
epoch_change = Table(
    "epoch_change",
    metadata,
    Column("seq", _INT, primary_key=True, autoincrement=False),
    Column("epoch", Text, nullable=False),
    Column("at", _INT, nullable=False),
    Column("reason", Text, nullable=False),
    **_STRICT,
)
"""One row per epoch: it starts after event `seq`. `reason` says what was lost when an operator accepted a loss."""

head = Table(
    "head",
    metadata,
    Column("id", _INT, primary_key=True, autoincrement=False),
    Column("seq", _INT, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("server_time", _INT, nullable=False),
    **_STRICT,
)
event = Table(
    "event",
    metadata,
    Column("seq", _INT, primary_key=True, autoincrement=False),
    Column("epoch", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("entity_version", _INT, nullable=False),
    Column("scope_before", Text),
    Column("scope_after", Text),
    Column("actor", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("cmd_outbox", Text),
    Column("cmd_n", _INT),
    Column("occurred_at", _INT, nullable=False),
    Column("server_time", _INT, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("fields", Text, nullable=False),
    Column("snapshot", LargeBinary),
    Column("tx_end", _INT, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("event_entity", "entity_id"),
    **_STRICT,
)
"""Everything before `hash` is what the hash chain covers. `fields` names the private fields, never their values."""

_NOT_NULL = frozenset(COLUMNS) - {"unit", "accepted_at", "due_at", "stage_due_at", "closed_at", "on_time"}
_TEXT = frozenset({"id", "state", "town", "area", "item", "source", "unit", "level"})


def _ticket_column(name: str) -> Column[Any]:
    kind = LargeBinary() if name == "body" else Text() if name in _TEXT else _INT
    return Column(name, kind, primary_key=name == "id", nullable=name not in _NOT_NULL)


ticket = Table("ticket", metadata, *map(_ticket_column, COLUMNS), **_STRICT)
ticket_unit = Table(
    "ticket_unit",
    metadata,
    Column("unit", Text, primary_key=True),
    Column("ticket_id", Text, primary_key=True),
    **_CLUSTERED,
)
"""Which units take part in which ticket, lead and co-units: the unit half of a scope, for SQL."""

family = Table(
    "family",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("elder", Text, primary_key=True),
    Column("ticket_id", Text, primary_key=True),
    **_CLUSTERED,
)
"""Which tickets stand under (`parent`) or were merged into (`merged`) another one, the elder."""

document = Table(
    "document",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("version", _INT, nullable=False),
    Column("area", Text, nullable=False),
    Column("is_open", _INT, nullable=False),
    Column("changed_at", _INT, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("document_kind_open", "kind", "is_open"),
    **_STRICT,
)
"""Every document, whatever its kind (protocol.snapshot.DOCUMENT_COLUMNS). Area "" = district-wide."""

document_unit = Table(
    "document_unit",
    metadata,
    Column("unit", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    **_CLUSTERED,
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", _INT, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("stored_at", _INT, nullable=False),
    Column("body", LargeBinary, nullable=False),
    **_STRICT,
)
"""Files that documents refer to: photos, signed papers. `stored_at` = the last upload; what nothing refers to is pruned."""

blob_owner = Table(
    "blob_owner",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    **_CLUSTERED,
)
"""Who has uploaded a file: a new reference to it needs that, so that a digest alone opens nothing."""

blob_ref = Table(
    "blob_ref",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ticket_id", Text),
    **_CLUSTERED,
)
"""Which document refers to which file, and the ticket that the document belongs to: who sees either may read the file."""

private = Table(
    "private",
    metadata,
    Column("version", _INT, primary_key=True, autoincrement=False),
    Column("field", Text, primary_key=True),
    Column("entity_id", Text, nullable=False),
    Column("value", Text, nullable=False),
    **_CLUSTERED,
)
"""Free text and personal data, apart from the chain. `version` = seq of the event that brought the value."""

cmd = Table(
    "cmd",
    metadata,
    Column("outbox_id", Text, primary_key=True),
    Column("n", _INT, primary_key=True, autoincrement=False),
    Column("user", Text, nullable=False),
    Column("request_hash", LargeBinary, nullable=False),
    Column("outcome", LargeBinary, nullable=False),
    **_CLUSTERED,
)
outbox_seen = Table(
    "outbox_seen",
    metadata,
    Column("outbox_id", Text, primary_key=True),
    Column("pruned_below", _INT, nullable=False),
    Column("mark_below", _INT, nullable=False),
    Column("marked_at", _INT, nullable=False),
    **_CLUSTERED,
)
"""Pruning without clocks of clients: `mark_below` becomes `pruned_below` when the mark is 30 days old."""

external = Table(
    "external",
    metadata,
    Column("key", Text, primary_key=True),
    Column("ticket_id", Text, nullable=False),
    **_CLUSTERED,
)
"""source + external_ref → ticket: the idempotency key of `report`."""

number = Table(
    "number",
    metadata,
    Column("day", Text, primary_key=True),
    Column("last", _INT, nullable=False),
    **_CLUSTERED,
)

"""Makes the snapshot file of one scope (protocol.snapshot): rows and cursor from one read transaction of the log."""

from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, MetaData, insert, select

from backend.store import documents, reads, schema
from backend.store.engine import snapshot_engine
from domain.actor import Scope
from protocol import snapshot as wire
from protocol.cursors import scope_hash, short_hash
from protocol.messages import Cursor

_LOG = "log"
_head = schema.head.to_metadata(MetaData(), schema=_LOG)
_meta = schema.log_meta.to_metadata(MetaData(), schema=_LOG)
_ticket = schema.ticket.to_metadata(MetaData(), schema=_LOG)
_ticket_unit = schema.ticket_unit.to_metadata(MetaData(), schema=_LOG)
_document = schema.document.to_metadata(MetaData(), schema=_LOG)
_document_unit = schema.document_unit.to_metadata(MetaData(), schema=_LOG)


class SnapshotInfo(Struct, frozen=True):
    path: Path
    tickets: int
    cursor: Cursor


def make(log: Path, scope: Scope, path: Path, changed_since: datetime | None) -> SnapshotInfo:
    """Writes a fresh file at `path` (an old one is replaced). `changed_since` leaves out what ended and rested before it."""
    path.unlink(missing_ok=True)
    engine = snapshot_engine(path, log)
    with engine.connect() as connection:
        with connection.begin():
            # The first read of the log fixes what all later reads in this transaction see: head and rows belong together.
            head = connection.execute(select(*_head.c["seq", "hash"])).one()
            epoch = connection.scalar(select(_meta.c.epoch)) or ""
            cursor = Cursor(epoch, head.seq, short_hash(head.hash), scope_hash(scope))
            for ddl in wire.TABLES_DDL:
                connection.exec_driver_sql(ddl)
            query = select(*(_ticket.c[name] for name in wire.COLUMNS)).order_by(_ticket.c.id)
            condition = reads.covered_by(scope, _ticket, _ticket_unit)
            if condition is not None:
                query = query.where(condition)
            if changed_since is not None:
                query = query.where(reads.kept_since(_ticket, changed_since))
            count = connection.execute(insert(schema.ticket).from_select(wire.COLUMNS, query)).rowcount
            _copy_documents(connection, scope, changed_since)
            connection.exec_driver_sql(
                "INSERT INTO meta (key, value) VALUES (?, ?)",
                (wire.META_CURSOR, msgspec.json.encode(cursor).decode()),
            )
        with connection.begin():
            for ddl in wire.INDEX_DDL:
                connection.exec_driver_sql(ddl)
            connection.exec_driver_sql(f"PRAGMA user_version = {wire.SCHEMA_VERSION}")
    engine.dispose()
    return SnapshotInfo(path, count, cursor)


def _copy_documents(connection: Connection, scope: Scope, changed_since: datetime | None) -> None:
    query = select(*(_document.c[name] for name in wire.DOCUMENT_COLUMNS)).order_by(_document.c.kind, _document.c.id)
    condition = documents.covered_by(scope, _document, _document_unit)
    if condition is not None:
        query = query.where(condition)
    if changed_since is not None:
        query = query.where(reads.kept_since(_document, changed_since))
    connection.execute(insert(schema.document).from_select(wire.DOCUMENT_COLUMNS, query))

"""The snapshot file of one scope from PostgreSQL: rows stream out of one REPEATABLE READ transaction, which also reads the
head, into a fresh SQLite file. The counterpart of backend.store.snapshot, with the same tables and the same cursor.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, Table, select

from backend.store import documents, reads, schema
from backend.store.snapshot import SnapshotInfo
from domain.actor import Scope
from protocol import snapshot as wire
from protocol.cursors import scope_hash, short_hash
from protocol.messages import Cursor

ROWS = 2000
"""Fetched at a time: some megabytes in memory, whatever the size of the scope."""


def make(connection: Connection, scope: Scope, path: Path, changed_since: datetime | None) -> SnapshotInfo:
    """Writes a fresh file at `path` (an old one is replaced). The transaction of `connection` must see one moment only."""
    path.unlink(missing_ok=True)
    head = reads.head(connection)
    epoch, _, _ = reads.meta(connection)
    cursor = Cursor(epoch, head.seq, short_hash(head.hash), scope_hash(scope))
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "temp_store=MEMORY"):
            file.execute(f"PRAGMA {pragma}")
        file.execute("BEGIN")
        for ddl in wire.TABLES_DDL:
            file.execute(ddl)
        ticket, document = schema.ticket, schema.document
        inside = reads.covered_by(scope, ticket, schema.ticket_unit)
        count = _copy(connection, file, _query(ticket, wire.COLUMNS, inside, changed_since), "ticket")
        inside = documents.covered_by(scope, document, schema.document_unit)
        _copy(connection, file, _query(document, wire.DOCUMENT_COLUMNS, inside, changed_since), "document")
        value = msgspec.json.encode(cursor).decode()
        file.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (wire.META_CURSOR, value))
        for ddl in wire.INDEX_DDL:
            file.execute(ddl)
        file.execute(f"PRAGMA user_version = {wire.SCHEMA_VERSION}")
        file.execute("COMMIT")
    return SnapshotInfo(path, count, cursor)


def _query(table: Table, columns: tuple[str, ...], inside: Any, changed_since: datetime | None) -> Select[Any]:
    query = select(*(table.c[name] for name in columns)).order_by(*table.primary_key.columns)
    if inside is not None:
        query = query.where(inside)
    if changed_since is not None:
        query = query.where(reads.kept_since(table, changed_since))
    return query


def _copy(connection: Connection, file: sqlite3.Connection, query: Select[Any], table: str) -> int:
    """Number of rows copied."""
    places = ", ".join("?" * len(query.selected_columns))
    statement = f"INSERT INTO {table} VALUES ({places})"  # noqa: S608 - a name of ours
    count = 0
    streamed = connection.execution_options(yield_per=ROWS).execute(query)
    for rows in streamed.partitions(ROWS):
        file.executemany(statement, rows)
        count += len(rows)
    return count

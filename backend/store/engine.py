"""SQLite connections of the server: one that writes and checkpoints, others that only read.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL when one connection checkpoints while another commits. Therefore exactly one
connection ever writes and checkpoints, and all others are opened read-only with automatic checkpoints off.
The driver's implicit BEGIN is off; SQLAlchemy's "begin" event says BEGIN IMMEDIATE (writer) or BEGIN (readers).
"""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from backend.store.errors import RefusedError

BUSY_MS = 2000
CACHE_KIB = 64 * 1024
CHECKPOINT_PAGES = 4000
WAL_LIMIT_BYTES = 64 * 1024 * 1024


def writer_engine(path: Path) -> Engine:
    """Makes the file if there is none, for its owner only. WAL, synchronous=FULL: a commit is on disk before it is acknowledged."""

    def connect() -> sqlite3.Connection:
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = _open(f"{path.absolute().as_uri()}?mode=rwc")
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"wal_autocheckpoint={CHECKPOINT_PAGES}",
            f"journal_size_limit={WAL_LIMIT_BYTES}",
            f"cache_size=-{CACHE_KIB}",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return _engine(connect, "BEGIN IMMEDIATE", pool_size=1)


def reader_engine(path: Path, *, readers: int) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = _open(f"{path.absolute().as_uri()}?mode=ro")
        for pragma in ("wal_autocheckpoint=0", "query_only=1", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return _engine(connect, "BEGIN", pool_size=readers)


def snapshot_engine(target: Path, log: Path) -> Engine:
    """A fresh file as the main database, with the log attached read-only as `log`. Neither waits for the disk: the file
    is worthless unless complete, and its receiver checks a digest.
    """

    def connect() -> sqlite3.Connection:
        connection = _open(f"{target.absolute().as_uri()}?mode=rwc")
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "wal_autocheckpoint=0", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("ATTACH DATABASE ? AS log", (f"{log.absolute().as_uri()}?mode=ro",))
        return connection

    return _engine(connect, "BEGIN", pool_size=0)


def small_engine(path: Path) -> Engine:
    """For the token file: rollback journal (no WAL, hence no WAL race), so that two processes may write in turn."""

    def connect() -> sqlite3.Connection:
        connection = _open(f"{path.absolute().as_uri()}?mode=rwc")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    return _engine(connect, "BEGIN", pool_size=0)


def refuse_foreign_file(path: Path) -> None:
    """Raises RefusedError when something is there that is no SQLite file; a missing or empty file is fine."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except FileNotFoundError:
        return
    if start and start != b"SQLite format 3\x00":
        raise RefusedError(
            f"{path} 不是数据库文件，请移走它或换一个目录 (is not a database: move it away or choose another folder)"
        )


def _open(uri: str) -> sqlite3.Connection:
    # Connections wander between pool threads, one at a time; SQLAlchemy hands each to one user only.
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_MS / 1000, check_same_thread=False)


def _engine(connect: Callable[[], sqlite3.Connection], begin: str, *, pool_size: int) -> Engine:
    pool: dict[str, Any] = {"poolclass": NullPool}
    if pool_size:
        pool = {"poolclass": QueuePool, "pool_size": pool_size, "max_overflow": 4, "pool_reset_on_return": "rollback"}
    engine = create_engine("sqlite://", creator=connect, **pool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Straight to the driver: this runs once per commit.
        connection.connection.cursor().execute(begin)

    return engine

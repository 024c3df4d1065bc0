"""One SQLite file with one connection, used from one thread: how cache and outbox open theirs, and what an error means.

All writes and all checkpoints go over this one connection: SQLite before 3.51.3 may corrupt a WAL file that two connections
write and checkpoint (reliability.md P5). Transactions are begun here by hand, because the driver's implicit ones wait for
the first write and then fail with "busy" instead of waiting. The driver itself and nothing above it: the windows stand before a
library for many databases is loaded.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Row = tuple[Any, ...]

CORRUPT_CODES = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
STORAGE_CODES = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
    }
)
FOREIGN_WORDS = ("no such table", "no such column", "malformed", "decode", "unsupported file format")
"""What SQLite says with its general code only."""
SIDE_FILES = ("-wal", "-shm", "-journal")
KEPT_BAD_FILES = 3


class StorageError(OSError):
    """The disk refuses: full, read-only, or failing. `code`: storage_full · read_only · io_error."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class CorruptFile(Exception):  # noqa: N818 - it names what the file is
    """The file is damaged, foreign, or of another version; the text says which."""


def translated(error: sqlite3.Error | UnicodeDecodeError) -> Exception:
    """Our exception for a driver error: damage, a refusing disk, or, where it is neither, the error itself."""
    if isinstance(error, UnicodeDecodeError):
        # The driver stumbles over bytes of a damaged file, even in SQLite's own message about them.
        return CorruptFile(str(error))
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    text = str(error)
    if code == sqlite3.SQLITE_IOERR_SHORT_READ or primary in CORRUPT_CODES:
        return CorruptFile(text)
    if primary == sqlite3.SQLITE_FULL:
        return StorageError("storage_full", text)
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return StorageError("read_only", text)
    if primary in STORAGE_CODES:
        return StorageError("io_error", text)
    # A schema that lacks our tables or columns is a foreign or damaged file, not a fault of the program.
    if any(words in text for words in FOREIGN_WORDS):
        return CorruptFile(text)
    return error


class SqliteFile:
    """Opened at once. Raises StorageError and CorruptFile from every method; other driver errors pass through."""

    def __init__(self, path: Path, *, durable: bool, read_only: bool = False) -> None:
        self.path = path
        # immutable: a read-only directory has no room for the -shm file that WAL mode wants.
        name = f"{path.absolute().as_uri()}?mode=ro&immutable=1" if read_only else str(path)
        try:
            self._connection = sqlite3.connect(name, uri=read_only, isolation_level=None, check_same_thread=False)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise translated(error) from error
        try:
            if not read_only:
                # NORMAL may lose the last commits at a power cut, never more: right for a cache, wrong for an outbox.
                self.run("PRAGMA journal_mode = WAL")
                self.run(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                self.run("PRAGMA busy_timeout = 5000")
                # What leaves the scope must leave the disk: SQLite otherwise keeps deleted bytes in free space (I17).
                self.run("PRAGMA secure_delete = ON")
            self.run("PRAGMA cache_size = -8192")
        except BaseException:
            self.close()
            raise

    def run(self, sql: str, parameters: Row | list[Row] = ()) -> sqlite3.Cursor:
        """One statement, or one statement over a list of tuples (executemany)."""
        try:
            if isinstance(parameters, list):
                return self._connection.executemany(sql, parameters)
            return self._connection.execute(sql, parameters)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise translated(error) from error

    def rows(self, sql: str, parameters: Row = ()) -> list[Row]:
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise translated(error) from error

    def each(self, sql: str, parameters: Row = ()) -> Iterator[Row]:
        """The same one after the other: of thousands of rows none is held but the one at hand."""
        try:
            yield from self._connection.execute(sql, parameters)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise translated(error) from error

    def value(self, sql: str, parameters: Row = ()) -> Any:
        rows = self.rows(sql, parameters)
        return rows[0][0] if rows else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            # A full disk may have rolled back by itself; asking twice would hide the first error.
            if self._connection.in_transaction:
                self.run("ROLLBACK")
            raise

    def truncate_wal(self) -> None:
        self.run("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def close(self) -> None:
        self._connection.close()


def remove_with_side_files(path: Path) -> None:
    """Side files go first: a WAL left beside another main file would be replayed into it."""
    for suffix in SIDE_FILES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def quarantine(path: Path, now: datetime | None = None) -> Path:
    """Put a damaged file aside as NAME.bad-TIMESTAMP, side files too. Returns the new name; keeps the newest three."""
    stamp = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%S%f")
    bad = path.with_name(f"{path.name}.bad-{stamp}")
    for suffix in ("", *SIDE_FILES):
        old = path.with_name(path.name + suffix)
        if old.exists():
            os.replace(old, bad.with_name(bad.name + suffix))
    kept = sorted(entry for entry in path.parent.glob(f"{path.name}.bad-*") if not entry.name.endswith(SIDE_FILES))
    for old in kept[:-KEPT_BAD_FILES]:
        remove_with_side_files(old)
    return bad


def fsync_path(path: Path) -> None:
    """Flush a file, or a directory so that a rename in it is durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Which driver error means what: retry, or stop before the disk lies again."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from backend.store.errors import FatalError, RetryableError, StoreError, translated


def driver_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as the driver says it")
    error.sqlite_errorcode = code
    return error


def word_for(code: int, folder: Path) -> StoreError:
    bare = translated(driver_error(code), folder)
    wrapped = translated(OperationalError("", {}, driver_error(code)), folder)
    assert (type(bare), str(bare)) == (type(wrapped), str(wrapped))
    return bare


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (sqlite3.SQLITE_FULL, "storage_full"),
        (sqlite3.SQLITE_BUSY, "busy"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "busy"),
        (sqlite3.SQLITE_LOCKED, "busy"),
        (sqlite3.SQLITE_IOERR_WRITE, "unavailable"),
        (sqlite3.SQLITE_READONLY, "unavailable"),
        (sqlite3.SQLITE_CANTOPEN, "unavailable"),
    ],
)
def test_what_passes_is_tried_again(tmp_path: Path, code: int, outcome: str) -> None:
    word = word_for(code, tmp_path)
    assert isinstance(word, RetryableError)
    assert word.code == outcome


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_DIR_FSYNC,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    ],
)
def test_what_may_have_lost_or_mangled_data_stops_the_backend(tmp_path: Path, code: int) -> None:
    assert isinstance(word_for(code, tmp_path), FatalError)

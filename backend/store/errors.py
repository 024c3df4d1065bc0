"""What can go wrong with the disk, in the three kinds that matter: try later, refuse to start, stop now."""

import shutil
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

LOW_SPACE_BYTES = 1024 * 1024


class StoreError(Exception):
    """Base of everything the store says in words."""


class RetryableError(StoreError):
    """The transaction was rolled back whole; the same command may be sent again. `code` goes out as the outcome."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class FatalError(StoreError):
    """The disk did not keep its promise (fsync failed, file damaged): stop, so that a restart can recover."""


class RefusedError(StoreError):
    """The data cannot be served as it stands; the message tells the operator what to do."""


DRIVER_ERRORS = (DBAPIError, sqlite3.Error)
"""What a statement can raise: wrapped by SQLAlchemy, or bare from a prepared statement."""


def translated(problem: Exception, folder: Path) -> StoreError:
    """The store's word for one of DRIVER_ERRORS."""
    origin = problem.orig if isinstance(problem, DBAPIError) else problem
    code = getattr(origin, "sqlite_errorcode", None)
    if not isinstance(origin, sqlite3.Error) or code is None:
        return FatalError(f"数据库出错 (database error): {origin}")
    if code in (sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC):
        return FatalError("磁盘未能落盘，停止服务以便重启恢复 (fsync failed: stopping, a restart recovers)")
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return RetryableError("storage_full", "磁盘已满 (the disk is full)")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return RetryableError("busy", "数据库正忙 (the database is locked by another process)")
        case sqlite3.SQLITE_IOERR if shutil.disk_usage(folder).free < LOW_SPACE_BYTES:
            return RetryableError("storage_full", "磁盘已满 (the disk is full)")
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return RetryableError("unavailable", f"暂时无法写入 (cannot write now): {origin}")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return FatalError(
                f"数据库文件已损坏，请从备份恢复 (the database file is damaged: restore a backup): {origin}"
            )
    return FatalError(f"数据库出错 (database error): {origin}")

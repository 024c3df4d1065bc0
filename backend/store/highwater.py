"""The high-water file beside the database: up to where this log has once been acknowledged.

A database restored from an old backup, or a lost tail, shows as a head below this mark. The file is replaced whole and
fsynced, at most once a second, only after the commit it speaks of.
"""

import os
from pathlib import Path

import msgspec
from msgspec import Struct

from backend.store.errors import RefusedError

NAME = "high-water.json"


class Mark(Struct, frozen=True):
    epoch: str
    seq: int
    hash: str


def read(folder: Path) -> Mark | None:
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=Mark)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise RefusedError(
            f"水位文件 {folder / NAME} 无法读取，请核对日志后用 --accept-loss 重新开始 "
            f"(the high-water file cannot be read: run `backend verify`, then start with --accept-loss): {problem}"
        ) from problem


def write(folder: Path, mark: Mark) -> None:
    """Raises OSError when the disk does not take it."""
    temporary = folder / (NAME + ".new")
    with temporary.open("wb") as file:
        file.write(msgspec.json.encode(mark))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / NAME)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

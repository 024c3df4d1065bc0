"""What a person is typing, kept so that a crash costs at most the last keystrokes. One small file a name, in the login's own folder.

A draft may hold a caller's name and number: only its owner's account may read the file, and it goes when the form is done.
"""

import asyncio
import logging
import os
from pathlib import Path

from desktop.services.sqlite_file import fsync_path

log = logging.getLogger(__name__)
MOST_BYTES = 256 * 1024


class Drafts:
    """`folder` is the login's. Writes of one name never overtake each other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "drafts"
        self._lock = asyncio.Lock()

    async def keep(self, name: str, data: bytes) -> bool:
        """Empty data forgets the draft. False where the disk refuses: what is on the screen stays there."""
        if len(data) > MOST_BYTES:
            return False
        async with self._lock:
            try:
                await asyncio.to_thread(_write, self._path(name), data)
            except OSError as error:
                log.warning("draft %s not kept: %s", name, error)
                return False
        return True

    async def read(self, name: str) -> bytes:
        async with self._lock:
            try:
                return await asyncio.to_thread(self._path(name).read_bytes)
            except FileNotFoundError:
                return b""
            except OSError as error:
                log.warning("draft %s not readable: %s", name, error)
                return b""

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: kill -9 at any point leaves the old draft or the new one."""
    if not data:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
    fsync_path(path.parent)

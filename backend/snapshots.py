"""Snapshot files ready to be sent: one per scope, made once for all who ask within a short time, then deleted.

The store writes the SQLite file (rows and cursor of one read transaction); here it is compressed, hashed and cut.
"""

import asyncio
import hashlib
import itertools
import os
from collections.abc import Callable
from pathlib import Path

import zstandard
from msgspec import Struct

from backend.frames import chunk_frame
from backend.stream_store import StreamStore
from domain.actor import Scope
from protocol.messages import Cursor, SnapshotBegin
from protocol.snapshot_stream import CHUNK_BYTES

KEPT_S = 15.0
LEVEL = 1
"""zstd level: 1 is three times as fast as the disk that reads it back, and within 15 % of level 3 in size."""
MAKERS = 2
READ_BYTES = 1024 * 1024


class Packed(Struct, frozen=True):
    size: int
    raw_size: int
    sha256: str


class Snapshot:
    """A compressed file on disk. Use it inside `async with cache.borrow(...)`: it is deleted when old and unused."""

    def __init__(self, path: Path, cursor: Cursor, tickets: int, packed: Packed) -> None:
        self.begin = SnapshotBegin(
            cursor=cursor,
            chunks=-(-packed.size // CHUNK_BYTES),
            size=packed.size,
            raw_size=packed.raw_size,
            tickets=tickets,
            sha256=packed.sha256,
        )
        self._path = path
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))

    def frame(self, index: int) -> bytes:
        """Chunk `index` as a finished frame. The file was just written: this comes from memory, not from the disk."""
        os.lseek(self._file, index * CHUNK_BYTES, os.SEEK_SET)
        return chunk_frame(index, os.read(self._file, CHUNK_BYTES))

    def delete(self) -> None:
        os.close(self._file)
        self._path.unlink(missing_ok=True)


class _Entry:
    def __init__(self, task: asyncio.Task[Snapshot], made_at: float) -> None:
        self.task = task
        self.made_at = made_at
        self.users = 0


class SnapshotCache:
    """`folder` is emptied at start: what lies there belongs to a server that was killed."""

    def __init__(self, store: StreamStore, folder: Path, clock: Callable[[], float], kept_s: float = KEPT_S) -> None:
        self._store = store
        self._folder = folder
        self._clock = clock
        self._kept_s = kept_s
        self._entries: dict[str, _Entry] = {}
        self._sizes: dict[str, int] = {}
        self._makers = asyncio.Semaphore(MAKERS)
        self._number = itertools.count()
        folder.mkdir(parents=True, exist_ok=True)
        for left_over in folder.glob("snapshot-*"):
            left_over.unlink()

    def last_size(self, scope_hash: str) -> int | None:
        """Compressed bytes of the scope's last snapshot, where one was made since the start."""
        return self._sizes.get(scope_hash)

    async def borrow(self, scope: Scope, scope_hash: str) -> "Borrowed":
        """A snapshot not older than `kept_s`, made now if need be. The borrower catches up from its cursor."""
        self.sweep()
        entry = self._entries.get(scope_hash)
        if entry is None:
            task = asyncio.create_task(self._make(scope, scope_hash))
            entry = self._entries[scope_hash] = _Entry(task, self._clock())
        entry.users += 1
        try:
            # One client that leaves while it waits must not take the file away from the others.
            snapshot = await asyncio.shield(entry.task)
        except BaseException:
            entry.users -= 1
            if entry.task.done():
                self._entries.pop(scope_hash, None)
            raise
        return Borrowed(snapshot, entry)

    def sweep(self) -> None:
        """Delete what is old and unused. Call from time to time."""
        now = self._clock()
        for scope_hash, entry in tuple(self._entries.items()):
            if entry.task.done() and not entry.users and now - entry.made_at > self._kept_s:
                del self._entries[scope_hash]
                entry.task.result().delete()

    async def close(self) -> None:
        """Delete all files. Nobody borrows any more."""
        entries, self._entries = self._entries, {}
        tasks = [entry.task for entry in entries.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for task in tasks:
            if not task.cancelled() and task.exception() is None:
                task.result().delete()

    async def _make(self, scope: Scope, scope_hash: str) -> Snapshot:
        stem = f"snapshot-{os.getpid()}-{next(self._number)}"
        raw, packed_path = self._folder / f"{stem}.sqlite", self._folder / f"{stem}.zst"
        async with self._makers:
            try:
                made = await self._store.make_snapshot(scope, raw)
                packed = await asyncio.to_thread(_pack, raw, packed_path)
            except BaseException:
                packed_path.unlink(missing_ok=True)
                raise
            finally:
                raw.unlink(missing_ok=True)
        self._sizes[scope_hash] = packed.size
        return Snapshot(packed_path, made.cursor, made.tickets, packed)


class Borrowed:
    """Hold it while sending."""

    def __init__(self, snapshot: Snapshot, entry: _Entry) -> None:
        self.snapshot = snapshot
        self._entry = entry

    def give_back(self) -> None:
        self._entry.users -= 1


def _pack(raw: Path, packed: Path) -> Packed:
    digest, size, raw_size = hashlib.sha256(), 0, 0
    compressor = zstandard.ZstdCompressor(level=LEVEL).compressobj()
    with raw.open("rb") as source, packed.open("wb") as target:
        while True:
            block = source.read(READ_BYTES)
            raw_size += len(block)
            out = compressor.compress(block) if block else compressor.flush()
            digest.update(out)
            size += target.write(out)
            if not block:
                return Packed(size, raw_size, digest.hexdigest())

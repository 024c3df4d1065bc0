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
THREADS = 2
"""Of one compression: somebody waits for it."""
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
    """A snapshot in the making, or made at `made_at`, and how many hold it."""

    def __init__(self) -> None:
        self.task: asyncio.Task[Snapshot] | None = None
        self.made_at = float("inf")
        self.users = 0
        self.retired = False

    def release_if_unused(self) -> None:
        task = self.task
        if self.retired and not self.users and task is not None and task.done():
            self.task = None
            if not task.cancelled() and task.exception() is None:
                task.result().delete()


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

    async def borrow(self, scope: Scope, scope_hash: str, at_least: int = 0) -> "Borrowed":
        """A snapshot not older than `kept_s` and not before seq `at_least`, made now if need be. The borrower catches up from it."""
        self.sweep()
        borrowed = await self._borrow(scope, scope_hash)
        while borrowed.snapshot.begin.cursor.seq < at_least:
            borrowed.give_back()
            self._retire(scope_hash, borrowed.entry)
            borrowed = await self._borrow(scope, scope_hash)
        return borrowed

    async def _borrow(self, scope: Scope, scope_hash: str) -> "Borrowed":
        entry = self._entries.get(scope_hash)
        if entry is None:
            entry = self._entries[scope_hash] = _Entry()
            entry.task = asyncio.create_task(self._make(entry, scope, scope_hash))
        task = entry.task
        assert task is not None
        entry.users += 1
        try:
            # One client that leaves while it waits must not take the file away from the others.
            snapshot = await asyncio.shield(task)
        except BaseException:
            entry.users -= 1
            if task.done():
                self._retire(scope_hash, entry)
            raise
        return Borrowed(snapshot, entry)

    def sweep(self) -> None:
        """Let go of what is old: deleted at once, or when the last borrower gives it back. Call from time to time."""
        now = self._clock()
        for scope_hash, entry in tuple(self._entries.items()):
            if now - entry.made_at > self._kept_s:
                self._retire(scope_hash, entry)

    async def close(self) -> None:
        """Delete all files. Nobody borrows any more."""
        entries = tuple(self._entries.items())
        tasks = [entry.task for _, entry in entries if entry.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for scope_hash, entry in entries:
            self._retire(scope_hash, entry)

    def _retire(self, scope_hash: str, entry: _Entry) -> None:
        if self._entries.get(scope_hash) is entry:
            del self._entries[scope_hash]
        entry.retired = True
        entry.release_if_unused()

    async def _make(self, entry: _Entry, scope: Scope, scope_hash: str) -> Snapshot:
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
        entry.made_at = self._clock()
        return Snapshot(packed_path, made.cursor, made.tickets, packed)


class Borrowed:
    """Hold it while sending."""

    def __init__(self, snapshot: Snapshot, entry: _Entry) -> None:
        self.snapshot = snapshot
        self.entry = entry

    def give_back(self) -> None:
        self.entry.users -= 1
        self.entry.release_if_unused()


def _pack(raw: Path, packed: Path) -> Packed:
    digest, size, raw_size = hashlib.sha256(), 0, 0
    compressor = zstandard.ZstdCompressor(level=LEVEL, threads=THREADS).compressobj()
    with raw.open("rb") as source, packed.open("wb") as target:
        while True:
            block = source.read(READ_BYTES)
            raw_size += len(block)
            out = compressor.compress(block) if block else compressor.flush()
            digest.update(out)
            size += target.write(out)
            if not block:
                return Packed(size, raw_size, digest.hexdigest())

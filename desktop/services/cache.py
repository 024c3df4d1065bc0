"""The workstation's cache as the event loop sees it: nothing here waits for the disk, one thread does.

`put` only remembers; the thread writes everything that waits as one batch with its cursor in one transaction. A refusing
disk (full, read-only) leaves the batch in memory and is tried again; a damaged file is put aside, an empty one made, and
the owner is told to ask the server for a snapshot. Nothing in here raises into a window, and the outbox is elsewhere.
"""

import asyncio
import logging
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from desktop.services.cache_file import Batch, CacheFile, Loaded
from desktop.services.find_index import FindIndex, FindWord, Found
from desktop.services.snapshot_file import SnapshotFile
from desktop.services.sqlite_file import CorruptFile, StorageError, quarantine, remove_with_side_files
from desktop.services.values import DocKey, Notice, PageQuery
from domain.documents import DocumentState
from domain.ids import TicketId
from domain.ticket import Ticket
from protocol.documents import KindBook
from protocol.messages import Cursor

T = TypeVar("T")
RETRY_S = 5.0
INDEX_SLICE = 10_000
"""Rows read at once for the index: about 50 ms, in which a batch of the stream waits."""
FILE_NAME = "cache.sqlite"
log = logging.getLogger(__name__)


def _add_slice(index: FindIndex, after: int, file: CacheFile) -> int:
    """The next rows of the file go into the index; the last one's number, 0 at the end."""
    rows, last = file.find_rows(after, INDEX_SLICE)
    index.add(rows)
    return last


class Rebuilt(Exception):  # noqa: N818 - news, not an error of the caller
    """The cache was damaged and is empty now."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(reason)
        self.file = file


class Cache:
    """`on_notice` hears of trouble, `on_written` of each cursor that is on disk; both are called on the event loop.

    notice codes: cache_rebuilt {file, reason} (the cache is empty now) · cache_read_only {reason} · cache_writable.
    `read_only`: what comes is not kept for the next start (or not yet).
    """

    def __init__(
        self,
        directory: Path,
        on_notice: Callable[[Notice], None],
        on_written: Callable[[Cursor], None],
        kinds: KindBook | None = None,
    ) -> None:
        self._path = directory / FILE_NAME
        self._kinds = kinds or KindBook()
        self._on_notice = on_notice
        self._on_written = on_written
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="cache")
        self._file: CacheFile | None = None  # on the thread only, as is the next
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._waiting = Batch()
        self._flush: asyncio.Task[None] | None = None
        self._retry: asyncio.TimerHandle | None = None
        self._index: FindIndex | None = None
        self._unindexed: list[Batch] | None = None
        """What was put while the index is being made; None while nobody makes it."""
        self.read_only = False

    async def open(self) -> Loaded:
        """Open the file, or make one; gives what the desk starts from. A damaged file becomes an empty cache."""
        try:
            return await self._run(self._open)
        except Rebuilt as news:
            self._say_rebuilt(news)
            return Loaded()
        except (StorageError, OSError) as error:
            loaded = await self._run(self._open_read_only)
            self._say_read_only(error)
            return loaded

    def put(self, batch: Batch) -> None:
        """Hand over changes; they are on disk when `on_written` says so. Without waiting."""
        self._waiting.take(batch)
        if self._index is not None:
            self._index_batch(batch)
        elif self._unindexed is not None:
            kept = Batch()
            kept.take(batch)
            self._unindexed.append(kept)
        if self._retry is None:
            self._start_flush()

    async def flush(self) -> None:
        """Wait until what was put is written, or refused by the disk."""
        while self._flush is not None and not self._flush.done():
            await asyncio.shield(self._flush)

    async def tickets(self, ids: Iterable[TicketId]) -> dict[TicketId, Ticket]:
        """Those of `ids` that the cache has, what still waits for the disk included."""
        wanted = set(ids)
        waiting = {i: self._waiting.rows[i] for i in wanted & self._waiting.rows.keys()}
        rest = wanted - waiting.keys()
        found: dict[TicketId, Ticket] = await self._read(lambda file: file.tickets(rest), {}) if rest else {}
        return found | {i: ticket for i, ticket in waiting.items() if ticket is not None}

    async def documents(self, keys: Iterable[DocKey]) -> dict[DocKey, DocumentState]:
        """The same for documents."""
        wanted = set(keys)
        waiting = {key: self._waiting.documents[key] for key in wanted & self._waiting.documents.keys()}
        rest = wanted - waiting.keys()
        found: dict[DocKey, DocumentState] = await self._read(lambda file: file.documents(rest), {}) if rest else {}
        return found | {key: state for key, state in waiting.items() if state is not None}

    async def document_page(self, kind: str, offset: int, limit: int) -> list[DocumentState]:
        """Documents of a kind, also those older than the working set, the newest change first."""
        return await self._read(lambda file: file.document_page(kind, offset, limit), [])

    async def page(self, query: PageQuery, offset: int, limit: int) -> list[Ticket]:
        """`limit` tickets of the whole cache, in the query's order. An unreadable cache gives none, and a notice."""
        return await self._read(lambda file: file.page(query, offset, limit), [])

    async def count(self, query: PageQuery) -> int:
        return await self._read(lambda file: file.count(query), 0)

    async def prune(self, before: datetime) -> int:
        """Let go of what ended and rested before that instant; gives how many tickets."""
        gone = await self._read(lambda file: file.prune(before), 0)
        if gone:
            self._forget_index()
        return gone

    async def find(self, words: Sequence[FindWord], limit: int) -> Found:
        """Tickets of the whole cache, the newest first. Not ready: the index is being made (by the first who asks)."""
        if self._index is None:
            if self._unindexed is not None:
                return Found(ready=False)
            await self._make_index()
        return Found(ready=False) if self._index is None else self._index.find(words, limit)

    async def _make_index(self) -> None:
        """Slice by slice on the cache's thread, so that what the stream brings is written in between."""
        self._unindexed = [Batch()]
        self._unindexed[0].take(self._waiting)
        mine = self._unindexed
        index, after = FindIndex(), 0
        while True:
            after = await self._read(partial(_add_slice, index, after), 0)
            if self._unindexed is not mine:
                return  # another file took the place: whoever asks next begins anew
            if not after:
                break
        await asyncio.to_thread(index.close)
        if self._unindexed is not mine:
            return
        self._index = index
        later, self._unindexed = self._unindexed or [], None
        for batch in later:
            self._index_batch(batch)

    def _index_batch(self, batch: Batch) -> None:
        assert self._index is not None
        for ticket_id, ticket in batch.rows.items():
            if ticket is None:
                self._index.drop(ticket_id)
            else:
                self._index.put(ticket)

    def _forget_index(self) -> None:
        """The rows are others now."""
        self._index = self._unindexed = None

    # -- snapshot -------------------------------------------------------------------------------

    async def snapshot_begin(self) -> SnapshotFile:
        """Where the next snapshot is to be written. Raises StorageError; the next try goes to a scratch file."""
        try:
            return await self._run(self._snapshot_begin)
        except StorageError as error:
            await self.snapshot_refused(error)
            raise

    async def snapshot_finish(
        self, file: SnapshotFile, cursor: Cursor, held: Mapping[TicketId, Ticket] | None = None
    ) -> Loaded:
        """Put the complete file in the cache's place; what equals a ticket that is `held` comes as that object.

        Raises StorageError, CorruptFile; then the old rows stay."""
        await self.flush()
        try:
            loaded = await self._run(self._snapshot_finish, file, cursor, held)
        except StorageError as error:
            await self.snapshot_refused(error)
            raise
        # Whatever still waited stands before the snapshot's cursor.
        self._waiting = Batch()
        self._forget_index()
        return loaded

    async def snapshot_refused(self, error: OSError) -> None:
        """The disk refused a snapshot: the next one goes where there may be room. The old file keeps what it has."""
        await self._run(self._open_scratch)
        self._say_read_only(error)

    async def snapshot_abort(self, file: SnapshotFile) -> None:
        await self._run(file.discard)

    async def close(self) -> None:
        await self.flush()
        if self._retry is not None:
            self._retry.cancel()
        await self._run(self._close)
        self._pool.shutdown()

    # -- on the event loop ----------------------------------------------------------------------

    async def _run(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.wrap_future(self._pool.submit(work, *args))

    async def _read(self, work: Callable[[CacheFile], T], empty: T) -> T:
        try:
            return await self._run(self._use, work)
        except Rebuilt as news:
            self._waiting = Batch()
            self._say_rebuilt(news)
        except StorageError as error:
            self._say_read_only(error)
        return empty

    def _start_flush(self) -> None:
        self._retry = None
        if self._flush is None or self._flush.done():
            self._flush = asyncio.get_running_loop().create_task(self._flush_waiting())

    async def _flush_waiting(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, Batch()
            try:
                await self._run(self._use, lambda file, batch=batch: file.write(batch))
            except Rebuilt as news:
                self._waiting = Batch()
                self._say_rebuilt(news)
                return
            except StorageError as error:
                # What came meanwhile goes over it, and all of it is tried again later.
                batch.take(self._waiting)
                self._waiting = batch
                self._retry = asyncio.get_running_loop().call_later(RETRY_S, self._start_flush)
                self._say_read_only(error)
                return
            self._say_writable()
            if batch.cursor is not None:
                self._on_written(batch.cursor)

    def _say_rebuilt(self, news: Rebuilt) -> None:
        self._forget_index()
        log.warning("cache damaged, put aside as %s: %s", news.file, news)
        self._on_notice(Notice("cache_rebuilt", {"file": news.file, "reason": str(news)}))

    def _say_read_only(self, error: OSError) -> None:
        if not self.read_only:
            self.read_only = True
            log.warning("cache not writable: %s", error)
            reason = error.code if isinstance(error, StorageError) else "read_only"
            self._on_notice(Notice("cache_read_only", {"reason": reason}))

    def _say_writable(self) -> None:
        if self.read_only and self._scratch is None:
            self.read_only = False
            self._on_notice(Notice("cache_writable"))

    # -- on the cache's thread ------------------------------------------------------------------

    def _opened(self) -> CacheFile:
        if self._file is None:
            raise StorageError("closed", "the cache is closed")
        return self._file

    def _use(self, work: Callable[[CacheFile], T]) -> T:
        try:
            return work(self._opened())
        except CorruptFile as error:
            raise self._rebuilt(error) from error

    def _open(self) -> Loaded:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        remove_with_side_files(self._new_path())
        try:
            self._file = CacheFile(self._path, kinds=self._kinds)
            return self._file.load()
        except CorruptFile as error:
            raise self._rebuilt(error) from error

    def _open_read_only(self) -> Loaded:
        """The directory refuses: show what can be read of it, keep what comes in a private scratch file of this run."""
        loaded = Loaded()
        try:
            old = CacheFile(self._path, read_only=True, kinds=self._kinds)
            loaded = old.load()
            old.close()
        except (StorageError, CorruptFile) as unreadable:
            log.warning("cache not readable either: %s", unreadable)
        self._open_scratch()
        # Without a cursor the server sends a snapshot: the scratch file is empty.
        return msgspec.structs.replace(loaded, cursor=None, dirty=frozenset())

    def _open_scratch(self) -> None:
        self._close_file()
        self._scratch = tempfile.TemporaryDirectory(prefix="liandong-")
        self._path = Path(self._scratch.name) / FILE_NAME
        self._file = CacheFile(self._path, kinds=self._kinds)

    def _rebuilt(self, error: CorruptFile) -> Rebuilt:
        self._close_file()
        try:
            name = quarantine(self._path).name
            self._file = CacheFile(self._path, kinds=self._kinds)
        except OSError as refused:
            log.warning("the damaged cache cannot be replaced: %s", refused)
            name = self._path.name
            self._open_scratch()
        return Rebuilt(name, str(error))

    def _new_path(self) -> Path:
        return self._path.with_name(self._path.name + ".new")

    def _snapshot_begin(self) -> SnapshotFile:
        try:
            return SnapshotFile(self._new_path())
        except OSError as error:
            raise StorageError("read_only", str(error)) from error

    def _snapshot_finish(
        self, file: SnapshotFile, cursor: Cursor, held: Mapping[TicketId, Ticket] | None = None
    ) -> Loaded:
        try:
            file.close()
            self._file = self._opened().replaced_by(file.path, cursor)
            return self._file.load(held)
        except StorageError:
            raise
        except OSError as error:
            raise StorageError("storage_full", str(error)) from error
        finally:
            remove_with_side_files(file.path)

    def _close_file(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _close(self) -> None:
        self._close_file()
        if self._scratch is not None:
            self._scratch.cleanup()

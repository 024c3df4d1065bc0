"""The one object that holds the log's file: a writer thread with the only writing connection, readers beside it.

Lives here: opening, threads, transactions, errors in words. Does not: SQL (reads, writes), rules, deciding.
"""

import asyncio
import secrets
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Connection, insert, update

from backend.store import highwater, reads, schema
from backend.store.engine import reader_engine, refuse_foreign_file, writer_engine
from backend.store.errors import DRIVER_ERRORS, FatalError, RefusedError, translated
from backend.store.highwater import Mark
from backend.store.records import Head, LogRecord, genesis_hash
from backend.store.snapshot import SnapshotInfo, make
from backend.store.writes import Writer
from domain.actor import Scope
from domain.ids import TicketId
from domain.ticket import Ticket
from protocol.cursors import short_hash
from protocol.snapshot import millis

T = TypeVar("T")
FILE_NAME = "log.sqlite"
READERS = 3
RETENTION = timedelta(days=400)
"""A workstation keeps what is open and what changed within this span of business time."""
_LOSS = (
    "数据库比已确认的水位旧：水位 {mark}，数据库 {head}。已确认的记录可能丢失。请恢复较新的备份，或用 --accept-loss 接受损失并开始新的纪元 "
    "(the database is older than what was acknowledged: restore a newer backup, or start with --accept-loss)"
)


class Store:
    """An open log. Sync properties are what the loop thread last knew; everything that reads or writes is awaited."""

    def __init__(self, path: Path, *, business_now: Callable[[], datetime] | None = None) -> None:
        self.path = path
        self.failed: FatalError | None = None
        self._business_now = business_now
        self._writer_pool = ThreadPoolExecutor(1, thread_name_prefix="log-writer")
        self._reader_pool = ThreadPoolExecutor(READERS, thread_name_prefix="log-reader")
        self._engine = writer_engine(path)
        self._reader_engine = reader_engine(path, readers=READERS)
        self._writing = self._engine.connect()
        self.writer = Writer(self._engine.dialect)
        self.epoch = ""
        self.low_watermark = 0
        self._head = Head(0, b"", datetime.fromtimestamp(0, UTC))
        self._marked = 0

    @classmethod
    def open(
        cls,
        target: Path | str,
        *,
        accept_loss: bool = False,
        now: datetime | None = None,
        business_now: Callable[[], datetime] | None = None,
    ) -> Self:
        """Opens or makes the log. `target` is its folder, its file, or a `sqlite:///` URL. Blocks; call it before serving.

        Raises RefusedError, in words, when the file is not ours, damaged, or older than what was once acknowledged.
        """
        path = log_file(target)
        refuse_foreign_file(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            store = cls(path, business_now=business_now)
            with store._writing.begin():
                _create(store._writing, now or datetime.now(UTC))
            with store._writing.begin():
                store._load(store._writing)
            store._compare_with_mark(accept_loss, now or datetime.now(UTC))
        except DRIVER_ERRORS as problem:
            raise RefusedError(str(translated(problem, path.parent))) from problem
        return store

    @property
    def folder(self) -> Path:
        return self.path.parent

    @property
    def head(self) -> Head:
        return self._head

    def advance(self, head: Head) -> None:
        """The group of `head` is committed: from now on readers of the loop thread see it."""
        self._head = head

    async def run_write(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in the writer thread in one transaction, committed and fsynced when this returns.

        Raises RetryableError (rolled back, send again) or FatalError (the store is failed from then on).
        """
        return await asyncio.get_running_loop().run_in_executor(self._writer_pool, self._write, work)

    async def run_read(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` on a reading connection in one transaction, in a reader thread."""
        return await asyncio.get_running_loop().run_in_executor(self._reader_pool, self._read, work)

    async def read_events(self, after_seq: int, limit: int) -> list[LogRecord]:
        """Events with seq > after_seq in order; `before` and `after` are as LogRecord says for records read back."""
        return await self.run_read(lambda connection: reads.events_after(connection, after_seq, limit))

    async def h_at(self, seq: int) -> str | None:
        """`h` of a cursor at `seq`; None when the log has no such event."""
        found = await self.run_read(lambda connection: reads.hash_at(connection, seq))
        return None if found is None else short_hash(found)

    async def ticket(self, ticket_id: TicketId) -> Ticket | None:
        return (await self.tickets([ticket_id])).get(ticket_id)

    async def tickets(self, ids: Iterable[TicketId]) -> dict[TicketId, Ticket]:
        wanted = list(ids)
        return await self.run_read(lambda connection: reads.tickets(connection, wanted))

    async def record(self, ticket_id: TicketId) -> list[LogRecord]:
        """The timeline of a ticket, oldest first, with unmasked private values."""
        return await self.run_read(lambda connection: reads.events_of(connection, ticket_id))

    async def make_snapshot(self, scope: Scope, path: Path) -> SnapshotInfo:
        """A snapshot file of the scope at `path`, with its cursor inside. Holds what RETENTION says."""
        since = self._business_now() - RETENTION if self._business_now else None
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reader_pool, self._snapshot, scope, path, since)

    @contextmanager
    def scan(self, scope: Scope, *, only_open: bool = False) -> Iterator[tuple[int, Iterator[Ticket]]]:
        """(seq, tickets of the scope as of that seq), read a page at a time. Blocks: use it in a thread."""
        try:
            with self._reader_engine.connect() as connection, connection.begin():
                seq = reads.head(connection).seq
                yield seq, reads.scan(connection, scope, only_open=only_open)
        except DRIVER_ERRORS as problem:
            raise translated(problem, self.folder) from problem

    def iter_tickets(self, scope: Scope) -> Iterator[Ticket]:
        """All tickets of the scope as of one moment. Blocks: use it in a thread."""
        with self.scan(scope) as (_, tickets):
            yield from tickets

    def sync_mark(self) -> None:
        """Writes the high-water file if the head moved. Blocks for an fsync; raises OSError when the disk does not take it."""
        head = self._head
        if head.seq != self._marked:
            highwater.write(self.folder, Mark(self.epoch, head.seq, head.hash.hex()))
            self._marked = head.seq

    def close(self) -> None:
        """Waits for running work, then closes readers first: the writer is the last, so it makes the last checkpoint."""
        self._writer_pool.shutdown()
        self._reader_pool.shutdown()
        self._reader_engine.dispose()
        self._writing.close()
        self._engine.dispose()

    def _write(self, work: Callable[[Connection], T]) -> T:
        if self.failed:
            raise self.failed
        try:
            with self._writing.begin():
                return work(self._writing)
        except DRIVER_ERRORS as problem:
            word = translated(problem, self.folder)
            if isinstance(word, FatalError):
                self.failed = word
            raise word from problem

    def _read(self, work: Callable[[Connection], T]) -> T:
        try:
            with self._reader_engine.connect() as connection, connection.begin():
                return work(connection)
        except DRIVER_ERRORS as problem:
            raise translated(problem, self.folder) from problem

    def _snapshot(self, scope: Scope, path: Path, since: datetime | None) -> SnapshotInfo:
        try:
            return make(self.path, scope, path, since)
        except DRIVER_ERRORS as problem:
            raise translated(problem, self.folder) from problem

    def _load(self, connection: Connection) -> None:
        self.epoch, _, self.low_watermark = reads.meta(connection)
        self._head = reads.head(connection)

    def _compare_with_mark(self, accept_loss: bool, now: datetime) -> None:
        try:
            mark = highwater.read(self.folder)
            with self._writing.begin():
                known = None if mark is None else reads.hash_at(self._writing, mark.seq)
            if mark is None or (known is not None and known.hex() == mark.hash):
                return
            text = _LOSS.format(mark=mark.seq, head=self._head.seq)
        except RefusedError as unreadable:
            text = str(unreadable)
        if not accept_loss:
            raise RefusedError(text)
        with self._writing.begin():
            _new_epoch(self._writing, self._head.seq, now, text)
            self._load(self._writing)
        self._marked = -1
        self.sync_mark()


def log_file(target: Path | str) -> Path:
    """The SQLite file that `target` names. Raises RefusedError for a database that this version cannot use."""
    if isinstance(target, str) and "://" in target:
        if not target.startswith("sqlite:///"):
            raise RefusedError(
                f"目前只支持 sqlite:/// 数据库 (only sqlite:/// databases are supported so far): {target.split(':')[0]}"
            )
        target = target.removeprefix("sqlite:///")
    path = Path(target)
    return path / FILE_NAME if path.is_dir() or not path.suffix else path


def _create(connection: Connection, now: datetime) -> None:
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if (application, version) == (schema.APPLICATION_ID, schema.SCHEMA_VERSION):
        return
    if application == schema.APPLICATION_ID:
        raise RefusedError(
            f"数据库是第 {version} 版，本程序需要第 {schema.SCHEMA_VERSION} 版 (database version {version} is not ours)"
        )
    if tables:
        raise RefusedError("这个 SQLite 文件属于别的程序，请换一个目录 (this SQLite file belongs to another program)")
    epoch = secrets.token_hex(16)
    genesis = genesis_hash(epoch)
    at = millis(now)
    schema.metadata.create_all(connection)
    meta = {"id": 1, "epoch": epoch, "genesis": genesis, "created_at": at, "low_watermark": 0}
    connection.execute(insert(schema.log_meta).values(**meta))
    connection.execute(insert(schema.head).values(id=1, seq=0, hash=genesis, server_time=0))
    connection.execute(insert(schema.epoch_change).values(seq=0, epoch=epoch, at=at, reason="created"))
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")


def _new_epoch(connection: Connection, seq: int, now: datetime, reason: str) -> None:
    epoch = secrets.token_hex(16)
    change = schema.epoch_change
    connection.execute(change.delete().where(change.c.seq == seq))
    connection.execute(insert(change).values(seq=seq, epoch=epoch, at=millis(now), reason=reason))
    connection.execute(update(schema.log_meta).values(epoch=epoch))

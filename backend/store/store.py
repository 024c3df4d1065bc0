"""The one object that holds the log's file: a writer thread with the only writing connection, readers beside it.

Lives here: opening, threads, transactions, errors in words. Does not: SQL (reads, writes), rules, deciding.
"""

import asyncio
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Self, TypeVar

from sqlalchemy import Connection, insert, update

from backend.store import reads, schema
from backend.store.base import LogStore
from backend.store.engine import reader_engine, refuse_foreign_file, writer_engine
from backend.store.errors import DRIVER_ERRORS, FatalError, RefusedError, translated
from backend.store.records import Head, genesis_hash
from backend.store.snapshot import SnapshotInfo, make
from backend.store.writes import Writer
from domain.actor import Scope
from domain.ticket import Ticket
from protocol.snapshot import millis

T = TypeVar("T")
FILE_NAME = "log.sqlite"
READERS = 3


class Store(LogStore):
    """The log in a SQLite file of this process alone."""

    shared: ClassVar[bool] = False

    def __init__(self, path: Path, *, business_now: Callable[[], datetime] | None = None) -> None:
        super().__init__(path.parent, business_now)
        self.path = path
        self._writer_pool = ThreadPoolExecutor(1, thread_name_prefix="log-writer")
        self._reader_pool = ThreadPoolExecutor(READERS, thread_name_prefix="log-reader")
        self._engine = writer_engine(path)
        self._reader_engine = reader_engine(path, readers=READERS)
        self._writing = self._engine.connect()
        self.writer = Writer(self._engine.dialect)

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

    async def make_snapshot(self, scope: Scope, path: Path) -> SnapshotInfo:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reader_pool, self._snapshot, scope, path, self._since())

    @contextmanager
    def scan(self, scope: Scope, *, only_open: bool = False) -> Iterator[tuple[int, Iterator[Ticket]]]:
        """(seq, tickets of the scope as of that seq), read a page at a time. Blocks: use it in a thread."""
        try:
            with self._reader_engine.connect() as connection, connection.begin():
                seq = reads.head(connection).seq
                yield seq, reads.scan(connection, scope, only_open=only_open)
        except DRIVER_ERRORS as problem:
            raise translated(problem, self.folder) from problem

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

    def _hash_at(self, seq: int) -> bytes | None:
        with self._writing.begin():
            return reads.hash_at(self._writing, seq)

    def _begin_epoch(self, reason: str, now: datetime) -> None:
        with self._writing.begin():
            new_epoch(self._writing, self._head.seq, now, reason)
            self._load(self._writing)


def log_file(target: Path | str) -> Path:
    """The SQLite file that `target` names. Raises RefusedError for a database that this version cannot use."""
    if isinstance(target, str) and "://" in target:
        if not target.startswith("sqlite:///"):
            raise RefusedError(
                f"只支持 sqlite:/// 和 postgresql:// 数据库 (only sqlite:/// and postgresql:// are supported): {target.split(':')[0]}"
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
    if (application, version) == (schema.APPLICATION_ID, 1):
        # Version 2 only added tables (documents and their files): the missing ones are made, the others stay as they are.
        schema.metadata.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")
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


def new_epoch(connection: Connection, seq: int, now: datetime, reason: str) -> None:
    epoch = secrets.token_hex(16)
    change = schema.epoch_change
    connection.execute(change.delete().where(change.c.seq == seq))
    connection.execute(insert(change).values(seq=seq, epoch=epoch, at=millis(now), reason=reason))
    connection.execute(update(schema.log_meta).values(epoch=epoch))

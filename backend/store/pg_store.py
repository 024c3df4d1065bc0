"""The log in a PostgreSQL database that any number of backend nodes share. Same functions, same records as with SQLite.

Lives here: opening, connections, transactions, errors in words. Does not: SQL (reads, pg_reads, pg_writes), rules, deciding.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Self, TypeVar

from sqlalchemy import Connection

from backend.store import pg_check, pg_snapshot, reads
from backend.store.base import LogStore
from backend.store.errors import FatalError, RefusedError, RetryableError, StoreError
from backend.store.highwater import Mark
from backend.store.pg_engine import BULK, READER, WRITER, Database, DatabaseUrl, parse_url
from backend.store.pg_errors import PG_ERRORS, connect_sentence, is_lost, pg_translated
from backend.store.pg_writes import PgWriter
from backend.store.records import Head
from backend.store.snapshot import SnapshotInfo
from backend.store.store import new_epoch
from backend.store.verify import Report, verify
from backend.store.writes import HeadMovedError
from domain.actor import Scope
from domain.documents import DocKind
from domain.ticket import Ticket

log = logging.getLogger(__name__)
T = TypeVar("T")
READERS = 4
PAGE = 2000
START_OVER_MAX = 8
"""Attempts of one transaction whose keys other nodes take; each finds more of what the others wrote."""


class PgStore(LogStore):
    """`folder` is this node's own: its high-water file, not the log."""

    shared: ClassVar[bool] = True

    def __init__(self, url: DatabaseUrl, folder: Path, business_now: Callable[[], datetime] | None) -> None:
        super().__init__(folder, business_now)
        self.url = url
        self._writing = Database(url, "writer", WRITER, pool=1, snapshot=False)
        self._reading = Database(url, "reader", READER, pool=READERS, snapshot=True)
        self._bulk = Database(url, "bulk", BULK, pool=0, snapshot=True)

    @classmethod
    def open(
        cls,
        database: str,
        folder: Path,
        *,
        accept_loss: bool = False,
        now: datetime | None = None,
        business_now: Callable[[], datetime] | None = None,
    ) -> Self:
        """Opens or makes the log. Blocks; call it before serving.

        Raises RefusedError, in words, when the database cannot be reached, would lose data, is not ours, or is older than
        what this node once acknowledged.
        """
        now = now or datetime.now(UTC)
        store = cls(parse_url(database), folder, business_now)
        try:
            store._first_contact(now)
            store._compare_with_mark(accept_loss, now)
        except BaseException:
            store.close()
            raise
        store.writer = PgWriter(store._writing.dialect, store.epoch)
        return store

    def advance(self, head: Head) -> None:
        # Own commits and the tail both report here, in whatever order they come back to the loop.
        if head.seq > self._head.seq:
            self._head = head

    async def run_write(self, work: Callable[[Connection], T]) -> T:
        """As LogStore says. Where another node took a key first, `work` runs again: it must keep no trace of a failed run."""
        for _ in range(START_OVER_MAX):
            if self.failed:
                raise self.failed
            try:
                return await asyncio.wrap_future(self._writing.submit(work))
            except HeadMovedError:
                continue
            except FatalError as problem:
                self.failed = problem
                raise
            except PG_ERRORS as problem:
                word = pg_translated(problem)
                if isinstance(word, HeadMovedError):
                    log.info("another node was quicker: %s", type(problem).__name__)
                    continue
                if isinstance(word, FatalError):
                    self.failed = word
                raise word from problem
        raise RetryableError("busy", "其他节点总是更快 (other nodes are always quicker)")

    async def run_read(self, work: Callable[[Connection], T]) -> T:
        try:
            try:
                return await asyncio.wrap_future(self._reading.submit(work))
            except PG_ERRORS as problem:
                if not is_lost(problem):
                    raise
                # A pooled connection may have died since its last use; asking twice changes nothing.
                return await asyncio.wrap_future(self._reading.submit(work))
        except PG_ERRORS as problem:
            raise _for_reader(problem) from problem

    async def make_snapshot(self, scope: Scope, path: Path) -> SnapshotInfo:
        since = self._since()
        making = self._bulk.submit(lambda connection: pg_snapshot.make(connection, scope, path, since))
        try:
            return await asyncio.wrap_future(making)
        except PG_ERRORS as problem:
            raise _for_reader(problem) from problem

    @contextmanager
    def scan(self, scope: Scope, *, only_open: bool = False) -> Iterator[tuple[int, Iterator[Ticket]]]:
        def begin(connection: Connection) -> tuple[int, Iterator[Ticket]]:
            return reads.head(connection).seq, reads.scan(connection, scope, only_open=only_open)

        try:
            with self._bulk.pages(begin, PAGE) as found:
                yield found
        except PG_ERRORS as problem:
            raise _for_reader(problem) from problem

    def close(self) -> None:
        for database in (self._bulk, self._reading, self._writing):
            database.close()

    # -- start ---------------------------------------------------------------------------------------

    def _first_contact(self, now: datetime) -> None:
        """Self-check, tables, and where the log stands."""
        try:
            found = self._writing.call(pg_check.facts)
        except PG_ERRORS as problem:
            raise RefusedError(connect_sentence(problem, self.url.shown)) from problem
        pg_check.check(found, datetime.now(UTC))
        self._now_and_here(lambda connection: pg_check.prepare(connection, now))
        self._now_and_here(self._load)

    def _begin_epoch(self, reason: str, now: datetime) -> None:
        def begin(connection: Connection) -> None:
            if not pg_check.no_other_node(connection):
                raise RefusedError(
                    "还有别的节点连着这个数据库，接受损失之前请先停止它们 "
                    "(other nodes use this database: stop them before you accept a loss)"
                )
            new_epoch(connection, self._head.seq, now, reason)
            self._load(connection)

        self._now_and_here(begin)

    def _hash_at(self, seq: int) -> bytes | None:
        return self._now_and_here(lambda connection: reads.hash_at(connection, seq))

    def _now_and_here(self, work: Callable[[Connection], T]) -> T:
        try:
            return self._writing.call(work)
        except PG_ERRORS as problem:
            raise RefusedError(str(pg_translated(problem))) from problem


def _for_reader(problem: Exception) -> StoreError:
    word = pg_translated(problem)
    return RetryableError("busy", "started over") if isinstance(word, HeadMovedError) else word


def verify_database(
    database: str, marks: Sequence[Mark] = (), *, rows: bool = False, kinds: Sequence[DocKind] = ()
) -> Report:
    """As verify.verify_file, also while nodes run on it. Raises StoreError in words when it cannot be read."""
    url = parse_url(database)
    reading = Database(url, "bulk", BULK, pool=0, snapshot=True)
    try:
        return reading.call(lambda connection: verify(connection, marks, rows=rows, kinds=kinds))
    except PG_ERRORS as problem:
        raise RefusedError(connect_sentence(problem, url.shown)) from problem
    finally:
        reading.close()

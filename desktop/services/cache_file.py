"""The cache on disk: the scope's tickets, the latest topics, and the cursor, in the file layout of protocol.snapshot.

Every method blocks and belongs to the cache's own thread (desktop.services.cache). Disposable: a damaged file is put aside
and an empty one made; the server fills it again. The outbox is elsewhere and is never touched from here.
"""

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from desktop.services.cache_rows import (
    DROP_DOCUMENT,
    DROP_ROW,
    PUT_DOCUMENT,
    PUT_META,
    PUT_ROW,
    PUT_TOPIC,
    Row,
    count_statement,
    document_page_statement,
    documents_statement,
    ids_statement,
    page_statement,
)
from desktop.services.find_index import FindRow
from desktop.services.sqlite_file import (
    SIDE_FILES,
    CorruptFile,
    SqliteFile,
    StorageError,
    fsync_path,
)
from desktop.services.values import DocKey, PageQuery
from domain.documents import DocumentState
from domain.ids import TicketId
from domain.ticket import Ticket
from protocol.documents import KindBook
from protocol.messages import Cursor
from protocol.snapshot import (
    INDEX_DDL,
    META_CURSOR,
    SCHEMA_VERSION,
    TABLES_DDL,
    document_row,
    instant,
    millis,
    row_tuple,
    ticket_of,
)

META_DIRTY = "dirty"
META_DIRTY_DOCUMENTS = "dirty_documents"
META_KINDS = "kinds"
"""Kinds of documents that the desk knew when the file was filled: events of others went by unseen."""
META_CLOCK = "clock"
WORKING_SET_MS = 24 * 3600 * 1000
T = TypeVar("T")
log = logging.getLogger(__name__)
TABLES = {"meta", "ticket", "document", "topic"}


class TopicRow(Struct, frozen=True):
    name: str
    version: int
    as_of: datetime
    body: bytes


class Loaded(Struct, frozen=True, kw_only=True):
    """What a desk starts from: working set, topics, and where they stand. `cursor` None = the cache is empty."""

    cursor: Cursor | None = None
    tickets: tuple[Ticket, ...] = ()
    documents: tuple[tuple[str, DocumentState], ...] = ()
    """(kind, state)"""
    topics: tuple[TopicRow, ...] = ()
    dirty: frozenset[TicketId] = frozenset()
    dirty_documents: frozenset[DocKey] = frozenset()
    clock: bytes = b""
    newest: datetime | None = None


class Batch:
    """Changes on their way to the disk, the later over the earlier. A row of None is a ticket that left."""

    def __init__(self) -> None:
        self.rows: dict[TicketId, Ticket | None] = {}
        self.documents: dict[DocKey, DocumentState | None] = {}
        self.topics: dict[str, TopicRow] = {}
        self.meta: dict[str, str] = {}
        self.cursor: Cursor | None = None

    def __bool__(self) -> bool:
        return bool(self.rows or self.documents or self.topics or self.meta or self.cursor)

    def take(self, later: "Batch") -> None:
        self.rows.update(later.rows)
        self.documents.update(later.documents)
        self.topics.update(later.topics)
        self.meta.update(later.meta)
        self.cursor = later.cursor or self.cursor


class CacheFile:
    """One open cache. Raises CorruptFile and StorageError (sqlite_file) from every method."""

    def __init__(self, path: Path, *, read_only: bool = False, kinds: KindBook | None = None) -> None:
        self.path = path
        self._kinds = kinds or KindBook()
        self._read_only = read_only
        fresh = not path.exists() or path.stat().st_size == 0
        self._file = SqliteFile(path, durable=False, read_only=read_only)
        try:
            if fresh:
                self._create()
            self._check()
            self.cursor = self._stored_cursor()
        except BaseException:
            self._file.close()
            raise

    def load(self, held: Mapping[TicketId, Ticket] | None = None) -> Loaded:
        """A ticket equal to one that is `held` is given as that very object: who has it needs nothing made anew."""
        held = held or {}
        meta: dict[str, str] = {key: value for key, value in self._file.rows("SELECT key, value FROM meta")}
        newest = self._file.value("SELECT max(changed_at) FROM ticket")
        known = set(_json(meta.get(META_KINDS, "[]"), list[str]))
        return Loaded(
            # Filled without a kind that this release knows: shown as it is, and the server sends a snapshot.
            cursor=self.cursor if known >= {bound.name for bound in self._kinds} else None,
            documents=self._working_documents(newest),
            dirty_documents=frozenset(_json(meta.get(META_DIRTY_DOCUMENTS, "[]"), list[DocKey])),
            tickets=tuple(_as_held(held, ticket) for ticket in self._working_tickets(newest)),
            topics=self.topics(),
            dirty=frozenset(_json(meta.get(META_DIRTY, "[]"), list[TicketId])),
            clock=meta.get(META_CLOCK, "").encode(),
            newest=None if newest is None else instant(newest),
        )

    def topics(self) -> tuple[TopicRow, ...]:
        rows = self._file.rows("SELECT name, version, as_of, body FROM topic")
        return tuple(TopicRow(name, version, instant(as_of), bytes(body)) for name, version, as_of, body in rows)

    def write(self, batch: Batch) -> None:
        """Rows, topics and cursor in one transaction (I6).

        A file without a cursor (new, or rebuilt a moment ago) takes no rows: it is filled by a snapshot only, or it would
        claim to know what it never saw. A cursor never falls (I7).
        """
        if batch.cursor is not None and not self._follows(batch.cursor):
            log.info("rows at %s dropped, the cache stands at %s", batch.cursor, self.cursor)
            batch.rows, batch.documents, batch.cursor = {}, {}, None
            batch.meta.pop(META_DIRTY, None)
            batch.meta.pop(META_DIRTY_DOCUMENTS, None)
        puts = [row_tuple(ticket) for ticket in batch.rows.values() if ticket is not None]
        drops = [(ticket_id,) for ticket_id, ticket in batch.rows.items() if ticket is None]
        meta = dict(batch.meta)
        if batch.cursor is not None:
            meta[META_CURSOR] = msgspec.json.encode(batch.cursor).decode()
        with self._file.transaction():
            self.put_rows(puts)
            if drops:
                self._file.run(DROP_ROW, drops)
            dropped = self._write_documents(batch.documents)
            if batch.topics:
                topics = [(t.name, t.version, millis(t.as_of), t.body) for t in batch.topics.values()]
                self._file.run(PUT_TOPIC, topics)
            if meta:
                self._file.run(PUT_META, list(meta.items()))
        self.cursor = batch.cursor or self.cursor
        if drops or dropped:
            # The old page images in the WAL still hold what left the scope.
            self._file.truncate_wal()

    def prune(self, before: datetime) -> int:
        """Drop what ended and rested before that instant; gives how many tickets. The next change of one asks for it anew."""
        limit = millis(before)
        count = int(self._file.value("SELECT count(*) FROM ticket WHERE is_open = 0 AND changed_at < ?", (limit,)))
        documents = self._file.value("SELECT count(*) FROM document WHERE is_open = 0 AND changed_at < ?", (limit,))
        if count or documents:
            with self._file.transaction():
                self._file.run("DELETE FROM ticket WHERE is_open = 0 AND changed_at < ?", [(limit,)])
                self._file.run("DELETE FROM document WHERE is_open = 0 AND changed_at < ?", [(limit,)])
            self._file.truncate_wal()
        return count

    def put_rows(self, rows: list[Row]) -> None:
        """The hot path: tuples in the order of COLUMNS, straight to the driver's executemany."""
        if rows:
            self._file.run(PUT_ROW, rows)

    def tickets(self, ids: Iterable[TicketId]) -> dict[TicketId, Ticket]:
        found: dict[TicketId, Ticket] = {}
        wanted = list(ids)
        for start in range(0, len(wanted), 500):
            rows = self._file.rows(*ids_statement(wanted[start : start + 500]))
            found |= {TicketId(ticket_id): _ticket(body) for ticket_id, body in rows}
        return found

    def find_rows(self, after: int, limit: int) -> tuple[list[FindRow], int]:
        """(what is looked at of the next rows, the last row's number; 0 at the end): a slice at a time, so that writes get between."""
        rows = self._file.rows(
            "SELECT rowid, id, item, area, unit, reported_at, body FROM ticket WHERE rowid > ? ORDER BY rowid LIMIT ?",
            (after, limit),
        )
        found = [FindRow(TicketId(row[1]), _ref(row[6]), row[2], row[3], row[4] or "", row[5]) for row in rows]
        return found, rows[-1][0] if len(rows) == limit else 0

    def documents(self, keys: Iterable[DocKey]) -> dict[DocKey, DocumentState]:
        found: dict[DocKey, DocumentState] = {}
        wanted = list(keys)
        for start in range(0, len(wanted), 200):
            rows = self._file.rows(*documents_statement(wanted[start : start + 200]))
            found |= {(kind, state.id): state for kind, state in self._states(rows)}
        return found

    def document_page(self, kind: str, offset: int, limit: int) -> list[DocumentState]:
        rows = self._file.rows(*document_page_statement(kind, offset, limit))
        return [state for _, state in self._states(rows)]

    def page(self, query: PageQuery, offset: int, limit: int) -> list[Ticket]:
        rows = self._file.rows(*page_statement(query, offset, limit))
        return [_ticket(row[0]) for row in rows]

    def count(self, query: PageQuery) -> int:
        return int(self._file.value(*count_statement(query)))

    def replaced_by(self, new: Path, cursor: Cursor) -> "CacheFile":
        """Put a checked snapshot file in this one's place and open it. kill -9 at any point leaves the old or the new.

        Raises CorruptFile where `new` is no snapshot at `cursor`; then this file stays open and in place.
        """
        carried = Batch()
        carried.topics = {topic.name: topic for topic in self.topics()}
        clock = self._file.value("SELECT value FROM meta WHERE key = ?", (META_CLOCK,))
        if clock is not None:
            carried.meta[META_CLOCK] = clock
        _prepare(new, carried, cursor, self._kinds)
        fsync_path(new)
        self._swap(new)
        return CacheFile(self.path, kinds=self._kinds)

    def close(self) -> None:
        self._file.close()

    def _swap(self, new: Path) -> None:
        # Closing the only connection checkpoints and removes the WAL: none may lie beside the new file.
        self._file.truncate_wal()
        self._file.close()
        for suffix in SIDE_FILES:
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        try:
            os.replace(new, self.path)
            fsync_path(self.path.parent)
        except OSError as error:
            # The old file is still the cache, so it goes on being it.
            self._file = SqliteFile(self.path, durable=False)
            raise StorageError("io_error", str(error)) from error

    def _create(self) -> None:
        with self._file.transaction():
            for ddl in (*TABLES_DDL, *INDEX_DDL):
                self._file.run(ddl)
            self._file.run(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _write_documents(self, changed: dict[DocKey, DocumentState | None]) -> bool:
        """True where one was deleted."""
        puts = [document_row(kind, state) for (kind, _), state in changed.items() if state is not None]
        drops = [key for key, state in changed.items() if state is None]
        if puts:
            self._file.run(PUT_DOCUMENT, puts)
        if drops:
            self._file.run(DROP_DOCUMENT, list(drops))
        return bool(drops)

    def _working_tickets(self, newest_ms: int | None) -> Iterator[Ticket]:
        """Open ones, and those changed in the day before the newest change there is."""
        for row in self._file.each("SELECT id, version, body FROM ticket WHERE is_open = 1"):
            yield _checked(*row)
        if newest_ms is not None:
            closed = (
                "SELECT id, version, body FROM ticket INDEXED BY ticket_changed WHERE changed_at >= ? AND is_open = 0"
            )
            for row in self._file.each(closed, (newest_ms - WORKING_SET_MS,)):
                yield _checked(*row)

    def _working_documents(self, newest_ms: int | None) -> tuple[tuple[str, DocumentState], ...]:
        """Open ones, and those changed in the day before the newest change there is."""
        newest = self._file.value("SELECT max(changed_at) FROM document")
        limit = max(newest or 0, newest_ms or 0) - WORKING_SET_MS
        rows = self._file.rows(
            "SELECT kind, id, version, body FROM document WHERE is_open = 1 OR changed_at >= ?", (limit,)
        )
        return tuple(self._states(rows))

    def _states(self, rows: Iterable[Any]) -> Iterator[tuple[str, DocumentState]]:
        """Of kinds that this release knows; a row must hold its own document."""
        for kind, doc_id, version, body in rows:
            bound = self._kinds.get(kind)
            if bound is None:
                continue
            try:
                state = bound.state(body)
            except (msgspec.DecodeError, ValueError) as error:
                raise CorruptFile(f"row: {error}") from error
            if (state.id, state.version) != (doc_id, version):
                raise CorruptFile(f"row {kind} {doc_id!r} holds another document")
            yield kind, state

    def _stored_cursor(self) -> Cursor | None:
        text = self._file.value("SELECT value FROM meta WHERE key = ?", (META_CURSOR,))
        return None if text is None else _json(text, Cursor)

    def _follows(self, later: Cursor) -> bool:
        return self.cursor is not None and self.cursor.epoch == later.epoch and self.cursor.seq <= later.seq

    def _check(self) -> None:
        version = self._file.value("PRAGMA user_version")
        if version != SCHEMA_VERSION:
            raise CorruptFile(f"layout {version}, want {SCHEMA_VERSION}")
        names = {row[0] for row in self._file.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if not names >= TABLES:
            raise CorruptFile(f"tables {sorted(TABLES - names)} are missing")


def _prepare(new: Path, carried: Batch, cursor: Cursor, kinds: KindBook) -> None:
    """Check the new file and carry over what no snapshot holds: the topics and the last known clock."""
    file = CacheFile(new, kinds=kinds)
    try:
        if file.cursor != cursor:
            raise CorruptFile("the snapshot stands elsewhere than announced")
        own = {topic.name: topic.version for topic in file.topics()}
        carried.topics = {name: t for name, t in carried.topics.items() if own.get(name, -1) < t.version}
        carried.meta[META_KINDS] = msgspec.json.encode(sorted(bound.name for bound in kinds)).decode()
        file.write(carried)
        file._file.truncate_wal()
    finally:
        file.close()
    for suffix in SIDE_FILES:
        new.with_name(new.name + suffix).unlink(missing_ok=True)


def _as_held(held: Mapping[TicketId, Ticket], ticket: Ticket) -> Ticket:
    before = held.get(ticket.id)
    return before if before is not None and before == ticket else ticket


def _json(text: str, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.DecodeError as error:
        raise CorruptFile(f"meta: {error}") from error


def _ticket(body: bytes) -> Ticket:
    try:
        return ticket_of(body)
    except (msgspec.DecodeError, ValueError) as error:
        raise CorruptFile(f"row: {error}") from error


class _Ref(Struct):
    """The one field of a body that is no column."""

    external_ref: str = ""


_refs = msgspec.msgpack.Decoder(_Ref)


def _ref(body: bytes) -> str:
    try:
        return _refs.decode(body).external_ref
    except msgspec.DecodeError as error:
        raise CorruptFile(f"row: {error}") from error


def _checked(ticket_id: str, version: int, body: bytes) -> Ticket:
    """A flipped bit may leave a readable body: at least it must be the row's own ticket."""
    ticket = _ticket(body)
    if (ticket.id, ticket.version) != (ticket_id, version):
        raise CorruptFile(f"row {ticket_id!r} holds another ticket")
    return ticket

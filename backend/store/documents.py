"""SQL of documents and of the files they refer to. Functions take a `Connection`; whoever calls owns the transaction."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Dialect, Table, and_, delete, func, or_, select, tuple_

from backend.store import schema
from backend.store.records import LogRecord
from backend.store.statements import plain, upsert
from domain.actor import Scope
from domain.documents import TICKET, DocumentState
from domain.ids import TicketId
from protocol.documents import KindBook
from protocol.snapshot import document_row

Key = tuple[str, str]
"""(kind, id)"""
KEYS_MAX = 200
PAGE = 1000


class Files(Struct, frozen=True):
    """Digests of the files that a document referred to before and refers to now, and the ticket it belongs to."""

    before: frozenset[str]
    after: frozenset[str]
    ticket_id: TicketId | None


class Reference(Struct, frozen=True):
    """A document that refers to a file."""

    kind: str
    id: str
    ticket_id: TicketId | None


class BlobMeta(Struct, frozen=True):
    size: int
    media_type: str


def documents(connection: Connection, book: KindBook, keys: Iterable[Key]) -> dict[Key, DocumentState]:
    """Those of `keys` that there are, of the kinds this release knows."""
    table = schema.document
    found: dict[Key, DocumentState] = {}
    wanted = list(keys)
    for start in range(0, len(wanted), KEYS_MAX):
        part = wanted[start : start + KEYS_MAX]
        query = select(table.c.kind, table.c.id, table.c.body).where(tuple_(table.c.kind, table.c.id).in_(part))
        for kind, doc_id, body in connection.execute(query):
            bound = book.get(kind)
            if bound is not None:
                found[(kind, doc_id)] = bound.state(body)
    return found


def beginning_with(connection: Connection, book: KindBook, kind: str, prefix: str, most: int) -> list[DocumentState]:
    """Documents of a kind whose id begins with `prefix`, by id. The last character of a prefix is ASCII, so its next one closes
    the range (an index is used, and no wildcard of a stranger)."""
    table = schema.document
    bound = book[kind]
    end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    query = select(table.c.body).where(table.c.kind == kind, table.c.id >= prefix, table.c.id < end)
    return [bound.state(row[0]) for row in connection.execute(query.order_by(table.c.id).limit(most))]


def open_of(connection: Connection, book: KindBook, kind: str) -> list[DocumentState]:
    table = schema.document
    bound = book[kind]
    query = select(table.c.body).where(table.c.kind == kind, table.c.is_open == 1).order_by(table.c.id)
    return [bound.state(row[0]) for row in connection.execute(query)]


def scan(connection: Connection, book: KindBook, *, only_open: bool = False) -> Iterator[tuple[str, DocumentState]]:
    """(kind, document) of every kind this release knows, a page at a time."""
    table = schema.document
    columns = select(table.c.id, table.c.body)
    for bound in book:
        last = ""
        query = columns.where(table.c.kind == bound.name).order_by(table.c.id).limit(PAGE)
        if only_open:
            query = query.where(table.c.is_open == 1)
        while rows := connection.execute(query.where(table.c.id > last)).fetchall():
            for row in rows:
                yield bound.name, bound.state(row.body)
            last = rows[-1].id


def covered_by(scope: Scope, document: Table, document_unit: Table) -> ColumnElement[bool] | None:
    """`domain.documents.covers` as a condition on the table; None = everything."""
    if not scope.areas and not scope.units:
        return None
    inside = [document.c.area == ""]
    inside += [and_(document.c.area >= area, document.c.area < area + ":") for area in scope.areas]
    if scope.units:
        unit = document_unit.c
        named = select(unit.kind).where(
            unit.unit.in_(scope.units), unit.kind == document.c.kind, unit.id == document.c.id
        )
        inside.append(named.exists())
    return or_(*inside)


class DocumentWriter:
    """The prepared statements of one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._document = upsert(schema.document, dialect)
        self._unit = plain(schema.document_unit, dialect)
        self._ref = upsert(schema.blob_ref, dialect)

    def flush(
        self,
        connection: Connection,
        changed: dict[Key, DocumentState],
        files: dict[Key, Files],
        records: Sequence[LogRecord],
    ) -> None:
        """Rows of the changed documents, and with them who may see them and what they refer to."""
        self._document.many(connection, [document_row(kind, state) for (kind, _), state in changed.items()])
        self._flush_units(connection, records)
        for (kind, doc_id), file in files.items():
            table = schema.blob_ref
            if gone := file.before - file.after:
                own = (table.c.kind == kind, table.c.id == doc_id, table.c.sha256.in_(sorted(gone)))
                connection.execute(delete(table).where(*own))
            self._ref.many(connection, [(sha256, kind, doc_id, file.ticket_id) for sha256 in sorted(file.after)])

    def _flush_units(self, connection: Connection, records: Iterable[LogRecord]) -> None:
        before: dict[Key, frozenset[str]] = {}
        after: dict[Key, frozenset[str]] = {}
        for record in records:
            if record.entity == TICKET or record.scope_after is None:
                continue
            key = (record.entity, record.entity_id)
            before.setdefault(key, frozenset(record.scope_before.units if record.scope_before else ()))
            after[key] = frozenset(record.scope_after.units)
        table = schema.document_unit
        new: list[tuple[Any, ...]] = []
        for (kind, doc_id), units in after.items():
            was = before[(kind, doc_id)]
            if gone := was - units:
                own = (table.c.kind == kind, table.c.id == doc_id, table.c.unit.in_(sorted(gone)))
                connection.execute(delete(table).where(*own))
            new += [(unit, kind, doc_id) for unit in sorted(units - was)]
        self._unit.many(connection, new)


# -- files -----------------------------------------------------------------------------------------


def blob_meta(connection: Connection, sha256: str) -> BlobMeta | None:
    table = schema.blob
    row = connection.execute(select(table.c.size, table.c.media_type).where(table.c.sha256 == sha256)).one_or_none()
    return None if row is None else BlobMeta(row.size, row.media_type)


def blob_part(connection: Connection, sha256: str, offset: int, length: int) -> bytes:
    """Bytes from `offset` on; fewer at the end, none behind it."""
    table = schema.blob
    found = connection.scalar(select(func.substr(table.c.body, offset + 1, length)).where(table.c.sha256 == sha256))
    return bytes(found or b"")


def owns_blob(connection: Connection, sha256: str, user: str) -> bool:
    table = schema.blob_owner
    row = connection.execute(select(table.c.user).where(table.c.sha256 == sha256, table.c.user == user))
    return row.first() is not None


def references(connection: Connection, sha256: str) -> list[Reference]:
    table = schema.blob_ref
    rows = connection.execute(select(table).where(table.c.sha256 == sha256))
    return [Reference(row.kind, row.id, None if row.ticket_id is None else TicketId(row.ticket_id)) for row in rows]


def put_blob(connection: Connection, sha256: str, meta: BlobMeta, body: bytes, user: str, now_ms: int) -> None:
    """Stores a checked file. The same bytes again only count as uploaded by this user too."""
    dialect = connection.dialect
    if blob_meta(connection, sha256) is None:
        plain(schema.blob, dialect).many(connection, [(sha256, meta.size, meta.media_type, now_ms, body)])
    else:
        table = schema.blob
        connection.execute(table.update().where(table.c.sha256 == sha256).values(stored_at=now_ms))
    if not owns_blob(connection, sha256, user):
        plain(schema.blob_owner, dialect).many(connection, [(sha256, user)])


def prune_blobs(connection: Connection, before_ms: int) -> int:
    """Deletes files that nothing refers to and that nobody uploaded since. Number of files."""
    table, ref, owner = schema.blob, schema.blob_ref, schema.blob_owner
    unused = select(table.c.sha256).where(
        table.c.stored_at < before_ms, ~select(ref.c.sha256).where(ref.c.sha256 == table.c.sha256).exists()
    )
    gone = [row[0] for row in connection.execute(unused)]
    for start in range(0, len(gone), KEYS_MAX):
        part = gone[start : start + KEYS_MAX]
        connection.execute(delete(owner).where(owner.c.sha256.in_(part)))
        connection.execute(delete(table).where(table.c.sha256.in_(part)))
    return len(gone)

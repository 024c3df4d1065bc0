"""Walks the log and says whether it is what was once written: dense, chained, ending where the head and the mark say.

`verify(log, anchors)` names the first bad seq of any change, cut or swap (I24). With `rows` it also folds every ticket
anew from its events and compares the result with the ticket table.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, func, select

from backend.store import reads, schema
from backend.store.engine import reader_engine, refuse_foreign_file
from backend.store.errors import DRIVER_ERRORS, translated
from backend.store.highwater import Mark
from backend.store.records import chained, decode_event
from domain.documents import TICKET, DocKind, DocumentState, fold
from domain.ids import TicketId
from domain.projection import apply
from domain.ticket import Ticket
from protocol.documents import KindBook
from protocol.snapshot import document_row, instant, row_of

PAGE = 2000


class Report(Struct, frozen=True, kw_only=True):
    """`bad_seq` is the first event that is not what was written; `reason` says in which way."""

    events: int
    head_seq: int
    bad_seq: int | None = None
    reason: str = ""
    bad_ticket: str = ""

    @property
    def ok(self) -> bool:
        return not self.reason


def verify_file(path: Path, marks: Sequence[Mark] = (), *, rows: bool = False, kinds: Sequence[DocKind] = ()) -> Report:
    """Reads the log's file, also while a backend runs on it. Raises StoreError in words when it cannot be read."""
    refuse_foreign_file(path)
    engine = reader_engine(path, readers=1)
    try:
        with engine.connect() as connection, connection.begin():
            return verify(connection, marks, rows=rows, kinds=kinds)
    except DRIVER_ERRORS as problem:
        raise translated(problem, path.parent) from problem
    finally:
        engine.dispose()


def verify(
    connection: Connection, marks: Sequence[Mark] = (), *, rows: bool = False, kinds: Sequence[DocKind] = ()
) -> Report:
    """With `rows` the documents of `kinds` are folded anew as well; rows of other kinds are not judged."""
    epoch, previous, _ = reads.meta(connection)
    head = reads.head(connection)
    change = schema.epoch_change
    epochs = {row.seq: row.epoch for row in connection.execute(select(change.c.seq, change.c.epoch))}
    current = epochs.get(0, epoch)
    anchors = {mark.seq: mark for mark in marks}
    seq = 0

    def bad(reason: str, at: int) -> Report:
        return Report(events=seq, head_seq=head.seq, bad_seq=at, reason=reason)

    for row in _events(connection):
        current = epochs.get(row.seq - 1, current)
        if row.seq != seq + 1:
            return bad("missing", seq + 1)
        if chained(previous, tuple(row[:-1])) != row.hash:
            return bad("changed", row.seq)
        if row.epoch != current:
            return bad("epoch", row.seq)
        if row.seq in anchors and anchors[row.seq].hash != row.hash.hex():
            return bad("rewritten", row.seq)
        seq, previous = row.seq, row.hash
    if head.seq > seq or (head.seq == seq and head.hash != previous):
        return bad("cut", min(seq + 1, head.seq))
    if head.seq < seq:
        return bad("head", head.seq + 1)
    if anchors and max(anchors) > seq:
        return bad("below_high_water", seq + 1)
    if rows and (wrong := _first_wrong_row(connection) or _first_wrong_document(connection, KindBook(kinds))):
        return Report(events=seq, head_seq=head.seq, reason="row", bad_ticket=wrong)
    return Report(events=seq, head_seq=head.seq)


def _events(connection: Connection) -> Iterator[Any]:
    table = schema.event
    last = 0
    while page := connection.execute(
        select(table).where(table.c.seq > last).order_by(table.c.seq).limit(PAGE)
    ).fetchall():
        yield from page
        last = page[-1].seq


def _first_wrong_row(connection: Connection) -> str:
    """Id of the first ticket whose row is not the fold of its events; empty when all are right."""
    event, ticket = schema.event, schema.ticket
    query = select(*event.c["entity_id", "entity_version", "occurred_at", "body"])
    query = query.where(event.c.entity == TICKET).order_by(event.c.entity_id, event.c.seq)
    folded: Ticket | None = None
    count = 0
    for row in connection.execute(query):
        if folded is None or folded.id != row.entity_id:
            if folded is not None and not _is_stored(connection, folded):
                return folded.id
            folded, count = None, count + 1
        folded = apply(
            folded, TicketId(row.entity_id), row.entity_version, decode_event(row.body), instant(row.occurred_at)
        )
    if folded is not None and not _is_stored(connection, folded):
        return folded.id
    if connection.scalar(select(func.count()).select_from(ticket)) != count:
        return "?"
    return ""


def _first_wrong_document(connection: Connection, book: KindBook) -> str:
    """The same for documents: "kind id" of the first one, or "kind ?" where a row has no events."""
    event, document = schema.event, schema.document
    columns = event.c["entity_id", "entity_version", "occurred_at", "body"]
    for bound in book:
        query = select(*columns).where(event.c.entity == bound.name).order_by(event.c.seq)
        folded: dict[str, DocumentState] = {}
        for row in connection.execute(query):
            body, at = bound.event(row.body), instant(row.occurred_at)
            before = folded.get(row.entity_id)
            folded[row.entity_id] = fold(bound.kind, before, row.entity_id, row.entity_version, body, at)
        stored = {
            row.id: tuple(row) for row in connection.execute(select(document).where(document.c.kind == bound.name))
        }
        for doc_id, state in folded.items():
            if stored.pop(doc_id, None) != document_row(bound.name, state):
                return f"{bound.name} {doc_id}"
        if stored:
            return f"{bound.name} ?"
    return ""


def _is_stored(connection: Connection, ticket: Ticket) -> bool:
    table = schema.ticket
    row = connection.execute(select(table).where(table.c.id == ticket.id)).one_or_none()
    return row is not None and dict(row._mapping) == row_of(ticket)

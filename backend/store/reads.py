"""Questions to the log. Functions take a `Connection` and give domain values; whoever calls owns the transaction."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Dialect, Table, and_, bindparam, false, func, or_, select

from backend.store import schema
from backend.store.records import Head, LogRecord, record_of
from backend.store.statements import Prepared
from domain.actor import Scope
from domain.documents import TICKET
from domain.ids import TicketId, UserId
from domain.ticket import Ticket
from protocol.snapshot import instant, ticket_of

IN_MAX = 500
"""Ids per IN query: below every database's limit of bound parameters."""
PAGE = 2000
SEQ, FIELDS = (list(schema.event.c).index(schema.event.c[name]) for name in ("seq", "fields"))
"""Places in a row of the table `event`."""


class Outbox(Struct):
    """What the server knows of one client's outbox."""

    pruned_below: int = 0
    mark_below: int = 0
    marked_at: int = 0
    last_n: int = 0
    """Highest n with a stored outcome: a higher one is certainly new."""


class Stored(Struct, frozen=True):
    user: str
    request_hash: bytes
    outcome: bytes


def head(connection: Connection) -> Head:
    row = connection.execute(select(*schema.head.c["seq", "hash", "server_time"])).one()
    return Head(row.seq, row.hash, instant(row.server_time))


def meta(connection: Connection) -> tuple[str, bytes, int]:
    """(epoch, genesis hash, low watermark)"""
    table = schema.log_meta
    row = connection.execute(select(table.c.epoch, table.c.genesis, table.c.low_watermark)).one()
    return row.epoch, row.genesis, row.low_watermark


def hash_at(connection: Connection, seq: int) -> bytes | None:
    """Hash of event `seq`, the genesis hash for 0, None where there is no such event."""
    if seq == 0:
        return meta(connection)[1]
    found: bytes | None = connection.scalar(select(schema.event.c.hash).where(schema.event.c.seq == seq))
    return found


def tickets(connection: Connection, ids: Iterable[str]) -> dict[TicketId, Ticket]:
    found: dict[TicketId, Ticket] = {}
    table = schema.ticket
    for part in _parts(ids):
        for row in connection.execute(select(table.c.id, table.c.body).where(table.c.id.in_(part))):
            found[TicketId(row.id)] = ticket_of(row.body)
    return found


def externals(connection: Connection, keys: Sequence[str]) -> dict[str, TicketId]:
    """Known external references among `keys`. One by one: in a file of this process that is the short way."""
    query = _external_query(connection.dialect)
    return {row[0]: TicketId(row[1]) for key in keys for row in query.rows(connection, (key,))}


@lru_cache(maxsize=8)
def _external_query(dialect: Dialect) -> Prepared:
    table = schema.external
    return Prepared(select(table).where(table.c.key == bindparam("key")), dialect, ["key"])


def outbox(connection: Connection, outbox_id: str) -> Outbox:
    seen, cmd = schema.outbox_seen, schema.cmd
    row = connection.execute(select(seen).where(seen.c.outbox_id == outbox_id)).one_or_none()
    last = connection.scalar(select(func.max(cmd.c.n)).where(cmd.c.outbox_id == outbox_id)) or 0
    return Outbox(last_n=last) if row is None else Outbox(row.pruned_below, row.mark_below, row.marked_at, last)


def stored(connection: Connection, outbox_id: str, numbers: Iterable[int]) -> dict[int, Stored]:
    """Outcomes given earlier to these commands of one outbox."""
    cmd = schema.cmd
    found: dict[int, Stored] = {}
    for part in _parts(numbers):
        query = select(cmd.c.n, cmd.c.user, cmd.c.request_hash, cmd.c.outcome)
        for row in connection.execute(query.where(cmd.c.outbox_id == outbox_id, cmd.c.n.in_(part))):
            found[row.n] = Stored(row.user, row.request_hash, row.outcome)
    return found


def last_number(connection: Connection, day: str) -> int:
    return connection.scalar(select(schema.number.c.last).where(schema.number.c.day == day)) or 0


def has_family(connection: Connection) -> bool:
    return connection.execute(select(schema.family.c.kind).limit(1)).first() is not None


def younger(connection: Connection, kind: str, elder: str) -> set[TicketId]:
    """Tickets that stand under `elder`, or were merged into it."""
    table = schema.family
    rows = connection.execute(select(table.c.ticket_id).where(table.c.kind == kind, table.c.elder == elder))
    return {TicketId(row.ticket_id) for row in rows}


def finder(connection: Connection, ticket_id: str) -> UserId | None:
    """The user who reported the ticket."""
    table = schema.event
    own = (table.c.entity_id == ticket_id, table.c.entity == TICKET)
    query = select(table.c.user).where(*own).order_by(table.c.seq).limit(1)
    found = connection.scalar(query)
    return None if found is None else UserId(found)


def events_after(connection: Connection, after_seq: int, limit: int) -> list[LogRecord]:
    """The next `limit` events behind `after_seq`: the log is dense."""
    return _records(connection, _page_query(connection.dialect).rows(connection, (after_seq, after_seq + limit)))


@lru_cache(maxsize=8)
def _page_query(dialect: Dialect) -> Prepared:
    table = schema.event
    page = (table.c.seq > bindparam("after"), table.c.seq <= bindparam("last"))
    return Prepared(select(table).where(*page).order_by(table.c.seq), dialect, ["after", "last"])


def events_of(connection: Connection, entity_id: str, entity: str = TICKET) -> list[LogRecord]:
    """The timeline of one ticket, or of a document of the kind `entity`, oldest first."""
    table = schema.event
    own = (table.c.entity_id == entity_id, table.c.entity == entity)
    return _records(connection, connection.execute(select(table).where(*own).order_by(table.c.seq)).fetchall())


def _records(connection: Connection, rows: Sequence[Any]) -> list[LogRecord]:
    """Rows of the table `event`, all columns in order, with the private texts that they name."""
    with_private = [row[SEQ] for row in rows if row[FIELDS]]
    values: dict[int, dict[str, str]] = {}
    table = schema.private
    for part in _parts(with_private):
        for row in connection.execute(select(table).where(table.c.version.in_(part))):
            values.setdefault(row.version, {})[row.field] = row.value
    return [record_of(row, values.get(row[SEQ], {})) for row in rows]


def covered_by(scope: Scope, ticket: Table, ticket_unit: Table) -> ColumnElement[bool] | None:
    """`Scope.covers` as a condition on the ticket table; None = everything."""
    if not scope.areas and not scope.units:
        return None
    # An area code is digits, so its prefix is the half-open range up to the next code of the same length.
    inside = [and_(ticket.c.area >= area, ticket.c.area < area + ":") for area in scope.areas]
    if scope.units:
        taking_part = select(ticket_unit.c.ticket_id).where(ticket_unit.c.unit.in_(scope.units))
        inside.append(ticket.c.id.in_(taking_part))
    return or_(false(), *inside)


def kept_since(ticket: Table, changed_since: datetime) -> ColumnElement[bool]:
    """Retention of a workstation: everything open, and what changed since."""
    return or_(ticket.c.is_open == 1, ticket.c.changed_at >= int(changed_since.timestamp() * 1000))


def scan(connection: Connection, scope: Scope, *, only_open: bool = False) -> Iterator[Ticket]:
    """All tickets of a scope, a page at a time: no process holds all of them as objects."""
    table = schema.ticket
    query = select(table.c.id, table.c.body).order_by(table.c.id).limit(PAGE)
    condition = covered_by(scope, table, schema.ticket_unit)
    if condition is not None:
        query = query.where(condition)
    if only_open:
        query = query.where(table.c.is_open == 1)
    last = ""
    while rows := connection.execute(query.where(table.c.id > last)).fetchall():
        for row in rows:
            yield ticket_of(row.body)
        last = rows[-1].id


def _parts(values: Iterable[Any]) -> Iterator[Sequence[Any]]:
    ordered = list(values)
    for start in range(0, len(ordered), IN_MAX):
        yield ordered[start : start + IN_MAX]

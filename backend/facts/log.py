"""What the table of facts asks of the log: changes since a seq, and tickets as they were at a seq. Statements only."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from backend.store import reads, schema
from backend.store.records import decode_event
from domain.actor import Scope
from domain.ids import TicketId
from domain.projection import apply
from domain.ticket import Ticket
from protocol.snapshot import instant, millis

CHANGES_MAX = 200_000
"""More changed tickets than this: reading everything anew costs no more."""
IN_MAX = 500


class Changes(Struct, frozen=True):
    """Every ticket that changed after a seq, as it is at `seq`, and every open ticket."""

    seq: int
    hash: str
    tickets: list[Ticket]


class Cut(Struct, frozen=True):
    """What the log held at a moment: events up to `seq`; with `occurred`, of these only what had happened by then."""

    seq: int
    occurred: datetime | None = None


def changes_since(connection: Connection, epoch: str, seq: int, hash_hex: str) -> Changes | None:
    """None where the log is not the one that (epoch, seq, hash) came from, or too much has happened."""
    known = reads.hash_at(connection, seq)
    if reads.meta(connection)[0] != epoch or known is None or known.hex() != hash_hex:
        return None
    ids = touched_after(connection, Cut(seq))
    if len(ids) > CHANGES_MAX:
        return None
    head = reads.head(connection)
    found = dict(reads.tickets(connection, ids))
    found.update((ticket.id, ticket) for ticket in reads.scan(connection, Scope(), only_open=True))
    return Changes(head.seq, head.hash.hex(), list(found.values()))


def touched_after(connection: Connection, cut: Cut) -> list[TicketId]:
    """Tickets with an event after the cut."""
    event = schema.event
    query = select(event.c.entity_id).distinct().where(after(cut), event.c.entity == "ticket")
    return [TicketId(row.entity_id) for row in connection.execute(query)]


def cut_at(connection: Connection, at: datetime, server_time: datetime | None) -> Cut:
    """`at` business time, `server_time` when that was; None = no clock stood there, so what was told afterwards counts
    from when it happened (a ticket's history never runs back, so this is a history, too).
    """
    return Cut(reads.head(connection).seq, at) if server_time is None else Cut(seq_at(connection, server_time))


def last_of(connection: Connection, cut: Cut) -> int:
    """The last event that counts at the cut; 0 = none did yet."""
    if cut.occurred is None:
        return cut.seq
    return connection.scalar(select(func.max(schema.event.c.seq)).where(upto(cut))) or 0


def upto(cut: Cut) -> ColumnElement[bool]:
    """As a condition on events."""
    event = schema.event
    happened = true() if cut.occurred is None else event.c.occurred_at <= (millis(cut.occurred) or 0)
    return and_(event.c.seq <= cut.seq, happened)


def after(cut: Cut) -> ColumnElement[bool]:
    """The other events."""
    event = schema.event
    later = event.c.seq > cut.seq
    return later if cut.occurred is None else or_(later, event.c.occurred_at > (millis(cut.occurred) or 0))


def seq_at(connection: Connection, server_time: datetime) -> int:
    """The last event that the server had written by then. The log's clock never runs back, so this is a search by halves."""
    event = schema.event
    limit = millis(server_time) or 0
    low, high = connection.execute(
        select(func.coalesce(func.min(event.c.seq), 1) - 1, func.coalesce(func.max(event.c.seq), 0))
    ).one()
    while low < high:
        middle = (low + high + 1) // 2
        at = connection.scalar(select(event.c.server_time).where(event.c.seq == middle))
        if at is not None and at <= limit:
            low = middle
        else:
            high = middle - 1
    return int(low)


def tickets_at(connection: Connection, ids: Iterable[TicketId], cut: Cut) -> list[Ticket]:
    """These tickets as the log had them at the cut; those that did not exist are left out. At most IN_MAX ids."""
    event = schema.event
    query = (
        select(*event.c["entity_id", "entity_version", "occurred_at", "body"])
        .where(event.c.entity_id.in_(list(ids)), event.c.entity == "ticket", upto(cut))
        .order_by(event.c.seq)
    )
    found: dict[TicketId, Ticket] = {}
    for row in connection.execute(query):
        name = TicketId(row.entity_id)
        found[name] = apply(found.get(name), name, row.entity_version, decode_event(row.body), instant(row.occurred_at))
    return list(found.values())

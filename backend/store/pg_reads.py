"""What a writer on a shared database asks for, with the locks that make the answers hold until its commit.

Order of locks in every transaction: documents as a whole, tickets by id, numbers, and the head row last (pg_writes). Each
statement sees what was committed when it began (READ COMMITTED), so whatever is read behind a lock is current.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import BigInteger, Cast, Connection, Select, Text, and_, cast, column, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, insert

from backend.store import schema
from backend.store.reads import Outbox, Stored
from domain.documents import TICKET
from domain.ids import TicketId
from domain.ticket import Ticket
from protocol.snapshot import instant, ticket_of

DOCUMENTS_KEY = 0x4C44_4C47_0003
"""Advisory lock: acts on documents look at each other in many ways and are rare, so they go one after the other."""
PARENT = "parent"


class Past(Struct, frozen=True):
    """One event of a ticket, as far as folding needs it."""

    seq: int
    version: int
    at: datetime
    body: bytes


def lock_documents(connection: Connection) -> None:
    connection.execute(select(func.pg_advisory_xact_lock(DOCUMENTS_KEY)))


def lock_tickets(connection: Connection, ids: Iterable[str]) -> dict[TicketId, Ticket]:
    """These tickets and those that stand under them, locked in the order of their ids."""
    wanted = _wanted(ids)
    ticket, family = schema.ticket, schema.family
    children = select(family.c.ticket_id).where(family.c.kind == PARENT, family.c.elder.in_(wanted))
    query = select(ticket.c.id, ticket.c.body).where(or_(ticket.c.id.in_(wanted), ticket.c.id.in_(children)))
    rows = connection.execute(query.order_by(ticket.c.id).with_for_update())
    return {TicketId(row[0]): ticket_of(row[1]) for row in rows}


def lock_number(connection: Connection, key: str) -> int:
    """The last number given under this key; nobody else gives one until the commit."""
    table = schema.number
    statement = insert(table).values(day=key, last=0)
    statement = statement.on_conflict_do_update(index_elements=["day"], set_={"last": table.c.last})
    return int(connection.execute(statement.returning(table.c.last)).scalar_one())


def sent_before(
    connection: Connection, commands: Sequence[tuple[str, int]]
) -> tuple[dict[str, Outbox], dict[tuple[str, int], Stored]]:
    """Of these (outbox_id, n): what is known of the outboxes, and outcomes given before."""
    ids = _texts([outbox_id for outbox_id, _ in commands])
    numbers = cast([n for _, n in commands], ARRAY(BigInteger))
    asked = func.unnest(ids, numbers).table_valued(column("o", Text), column("n", BigInteger)).render_derived("asked")
    seen, cmd = schema.outbox_seen, schema.cmd
    query = (
        select(
            asked.c.o,
            asked.c.n,
            *seen.c["pruned_below", "mark_below", "marked_at"],
            *cmd.c["user", "request_hash", "outcome"],
        )
        .select_from(asked)
        .outerjoin(seen, seen.c.outbox_id == asked.c.o)
        .outerjoin(cmd, and_(cmd.c.outbox_id == asked.c.o, cmd.c.n == asked.c.n))
    )
    boxes: dict[str, Outbox] = {}
    stored: dict[tuple[str, int], Stored] = {}
    for outbox_id, n, pruned_below, mark_below, marked_at, user, request_hash, outcome in connection.execute(query):
        boxes[outbox_id] = Outbox(pruned_below or 0, mark_below or 0, marked_at or 0)
        if outcome is not None:
            stored[(outbox_id, n)] = Stored(user, request_hash, outcome)
    return boxes, stored


def events_before(connection: Connection, ids: Iterable[str], last: int) -> dict[str, list[Past]]:
    """The events of these tickets up to `last`, oldest first: what a ticket was at any seq is folded from them."""
    event = schema.event
    wanted = _wanted(ids)
    own = (event.c.entity_id.in_(wanted), event.c.entity == TICKET, event.c.seq <= last)
    query = select(*event.c["seq", "entity_id", "entity_version", "occurred_at", "body"]).where(*own)
    found: dict[str, list[Past]] = {}
    for seq, ticket_id, version, at, body in connection.execute(query.order_by(event.c.seq)):
        found.setdefault(ticket_id, []).append(Past(seq, version, instant(at), body))
    return found


def _wanted(ids: Iterable[str]) -> Select[tuple[str]]:
    """The ids as a query: one statement, whatever their number."""
    return select(func.unnest(_texts(sorted(ids))).table_valued(column("id", Text)).render_derived("wanted").c.id)


def _texts(values: Sequence[str]) -> Cast[Sequence[str]]:
    return cast(list(values), ARRAY(Text))

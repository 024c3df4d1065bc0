"""What a writer on a shared database asks for, with the locks that make the answers hold until its commit.

Order of locks in every transaction: documents as a whole, tickets by id, numbers, and the head row last (pg_writes). Each
statement sees what was committed when it began (READ COMMITTED), so whatever is read behind a lock is current.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    BigInteger,
    Connection,
    Dialect,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    column,
    func,
    null,
    select,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from backend.store import schema
from backend.store.reads import Outbox, Stored
from backend.store.statements import Prepared
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


def lock_tickets(
    connection: Connection, ids: Iterable[str], keys: Sequence[str]
) -> tuple[dict[TicketId, Ticket], dict[str, TicketId]]:
    """These tickets, those that stand under them and those that the external references `keys` mean, locked in the order
    of their ids; and which of the references are known.
    """
    wanted = sorted(ids)
    tickets: dict[TicketId, Ticket] = {}
    known: dict[str, TicketId] = {}
    for row in _statements(connection.dialect).tickets.rows(connection, (wanted, PARENT, wanted, list(keys))):
        ticket_id = TicketId(row[0])
        tickets[ticket_id] = ticket_of(row[1])
        if row[2] is not None:
            known[row[2]] = ticket_id
    return tickets, known


def take_numbers(connection: Connection, key: str, count: int) -> int:
    """The last number given under this key, with `count` more taken; nobody else gives one until the commit."""
    ((last,),) = _statements(connection.dialect).numbers.rows(connection, (key, count, count))
    return int(last) - count


def sent_before(
    connection: Connection, commands: Sequence[tuple[str, int]]
) -> tuple[dict[str, Outbox], dict[tuple[str, int], Stored]]:
    """Of these (outbox_id, n): what is known of the outboxes, and outcomes given before."""
    boxes: dict[str, Outbox] = {}
    stored: dict[tuple[str, int], Stored] = {}
    asked = ([outbox_id for outbox_id, _ in commands], [n for _, n in commands])
    rows = _statements(connection.dialect).sent.rows(connection, asked)
    for outbox_id, n, pruned_below, mark_below, marked_at, user, request_hash, outcome in rows:
        boxes[outbox_id] = Outbox(pruned_below or 0, mark_below or 0, marked_at or 0)
        if outcome is not None:
            stored[(outbox_id, n)] = Stored(user, request_hash, outcome)
    return boxes, stored


class _Statements:
    """Built and compiled once: each of these runs with every commit."""

    def __init__(self, dialect: Dialect) -> None:
        number = schema.number
        self.tickets = Prepared(self._locked(), dialect, ["ids", "kind", "elders", "keys"])
        more = bindparam("more", type_=number.c.last.type)
        taken = insert(number).values(day=bindparam("key"), last=bindparam("count"))
        taken = taken.on_conflict_do_update(index_elements=["day"], set_={"last": number.c.last + more})
        self.numbers = Prepared(taken.returning(number.c.last), dialect, ["key", "count", "more"])
        self.sent = Prepared(self._sent(), dialect, ["boxes", "numbers"])

    def _locked(self) -> Select[Any]:
        ticket, family, external = schema.ticket, schema.family, schema.external
        of_elder = (family.c.kind == bindparam("kind"), family.c.elder.in_(_unnested("elders")))
        known = select(external.c.ticket_id, external.c.key).where(external.c.key.in_(_unnested("keys")))
        no_key = null().label("key")
        mine = union(
            select(_unnested("ids").subquery("given").c.id, no_key),
            select(family.c.ticket_id, no_key).where(*of_elder),
            known,
        ).subquery("mine")
        query = select(ticket.c.id, ticket.c.body, mine.c.key).join_from(mine, ticket, ticket.c.id == mine.c.id)
        return query.order_by(ticket.c.id).with_for_update(of=ticket)

    def _sent(self) -> Select[Any]:
        boxes, numbers = cast(bindparam("boxes"), ARRAY(Text)), cast(bindparam("numbers"), ARRAY(BigInteger))
        columns = (column("o", Text), column("n", BigInteger))
        asked = func.unnest(boxes, numbers).table_valued(*columns).render_derived("asked")
        seen, cmd = schema.outbox_seen, schema.cmd
        found = (*seen.c["pruned_below", "mark_below", "marked_at"], *cmd.c["user", "request_hash", "outcome"])
        return (
            select(asked.c.o, asked.c.n, *found)
            .select_from(asked)
            .outerjoin(seen, seen.c.outbox_id == asked.c.o)
            .outerjoin(cmd, and_(cmd.c.outbox_id == asked.c.o, cmd.c.n == asked.c.n))
        )


@lru_cache(maxsize=8)
def _statements(dialect: Dialect) -> _Statements:
    return _Statements(dialect)


def _unnested(name: str) -> Select[tuple[str]]:
    """A list of texts as a query: one statement, whatever their number."""
    texts = cast(bindparam(name), ARRAY(Text))
    return select(func.unnest(texts).table_valued(column("id", Text)).render_derived(f"given_{name}").c.id)


def events_before(connection: Connection, ids: Iterable[str], last: int) -> dict[str, list[Past]]:
    """The events of these tickets up to `last`, oldest first: what a ticket was at any seq is folded from them."""
    event = schema.event
    own = (event.c.entity_id.in_(_unnested("ids")), event.c.entity == TICKET, event.c.seq <= last)
    query = select(*event.c["seq", "entity_id", "entity_version", "occurred_at", "body"]).where(*own)
    found: dict[str, list[Past]] = {}
    for seq, ticket_id, version, at, body in connection.execute(query.order_by(event.c.seq), {"ids": sorted(ids)}):
        found.setdefault(ticket_id, []).append(Past(seq, version, instant(at), body))
    return found

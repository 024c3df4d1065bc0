"""Everything one write transaction puts down. Functions take a SQLAlchemy `Connection`, so that the same code serves
SQLite in the writer thread and PostgreSQL through `AsyncConnection.run_sync`. Decides nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Dialect, bindparam, delete, update

from backend.store import schema
from backend.store.records import Head, LogRecord, row_of
from backend.store.statements import Prepared, plain, upsert
from domain.ticket import Ticket
from protocol.snapshot import millis
from protocol.snapshot import row_of as ticket_row

Row = tuple[Any, ...]


class HeadMovedError(Exception):
    """Somebody else wrote to the log since this writer read its head: what it knows is out of date."""


@dataclass(slots=True)
class Batch:
    """What one transaction will write. Filled by the decider, flushed once."""

    records: list[LogRecord] = field(default_factory=list)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    commands: list[Row] = field(default_factory=list)
    """(outbox_id, n, user, request_hash, outcome)"""
    externals: list[Row] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    outboxes: dict[str, Row] = field(default_factory=dict)
    """outbox_id → (pruned_below, mark_below, marked_at)"""
    kin: dict[tuple[str, str], tuple[str | None, str | None]] = field(default_factory=dict)
    """(kind, ticket) → (elder before, elder now), see table family"""

    def __bool__(self) -> bool:
        return bool(self.records or self.commands or self.outboxes)


class Writer:
    """The prepared statements of one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._event = plain(schema.event, dialect)
        self._ticket = upsert(schema.ticket, dialect)
        self._cmd = plain(schema.cmd, dialect)
        self._private = plain(schema.private, dialect)
        self._external = plain(schema.external, dialect)
        self._number = upsert(schema.number, dialect)
        self._outbox = upsert(schema.outbox_seen, dialect)
        self._unit = plain(schema.ticket_unit, dialect)
        self._family = plain(schema.family, dialect)
        head = schema.head
        move = update(head).values({name: bindparam(f"new_{name}") for name in ("seq", "hash", "server_time")})
        move = move.where(head.c.id == 1, head.c.seq == bindparam("old_seq"))
        keys = ["new_seq", "new_hash", "new_server_time", "id_1", "old_seq"]
        self._head = Prepared(move, dialect, keys)

    def flush(self, connection: Connection, batch: Batch, head: Head) -> Head:
        """Writes the batch on top of `head` and gives the new head. All rows are made before the first statement runs.

        The head row moves first, so that a writer whose memory is out of date writes nothing: SQLite's BEGIN IMMEDIATE
        holds the only lock anyway. Raises HeadMovedError when the head row is not where `head` says.
        """
        previous, events, private = head.hash, [], []
        for record in batch.records:
            events.append(row_of(record, previous))
            previous = record.hash
            private += [(record.seq, name, record.entity_id, value) for name, value in record.private.items()]
        tickets = [ticket_tuple(ticket) for ticket in batch.tickets.values()]
        moved = self._move_head(connection, head, batch.records[-1]) if batch.records else head
        self._event.many(connection, events)
        self._ticket.many(connection, tickets)
        self._cmd.many(connection, batch.commands)
        self._private.many(connection, private)
        self._external.many(connection, batch.externals)
        self._number.many(connection, list(batch.numbers.items()))
        self._flush_outboxes(connection, batch.outboxes)
        self._flush_units(connection, batch.records)
        self._flush_kin(connection, batch.kin)
        return moved

    def _move_head(self, connection: Connection, head: Head, last: LogRecord) -> Head:
        row = (last.seq, last.hash, millis(last.server_time), 1, head.seq)
        if self._head.count(connection, row) != 1:
            raise HeadMovedError
        return Head(last.seq, last.hash, last.server_time)

    def _flush_outboxes(self, connection: Connection, outboxes: dict[str, Row]) -> None:
        """Marks change about once a month per outbox; then the outcomes below them are no longer needed."""
        self._outbox.many(connection, [(key, *row) for key, row in outboxes.items()])
        table = schema.cmd
        for outbox_id, (pruned_below, _, _) in outboxes.items():
            if pruned_below:
                connection.execute(delete(table).where(table.c.outbox_id == outbox_id, table.c.n < pruned_below))

    def _flush_units(self, connection: Connection, records: Iterable[LogRecord]) -> None:
        """Keeps ticket_unit as the last event of each ticket says."""
        before: dict[str, frozenset[str]] = {}
        after: dict[str, frozenset[str]] = {}
        for record in records:
            if record.scope_before != record.scope_after and record.scope_after is not None:
                old = record.scope_before.units if record.scope_before else ()
                before.setdefault(record.entity_id, frozenset(old))
                after[record.entity_id] = frozenset(record.scope_after.units)
        for ticket_id, units in after.items():
            gone = before[ticket_id] - units
            if gone:
                table = schema.ticket_unit
                connection.execute(delete(table).where(table.c.ticket_id == ticket_id, table.c.unit.in_(sorted(gone))))
        new = [(unit, ticket_id) for ticket_id, units in after.items() for unit in sorted(units - before[ticket_id])]
        self._unit.many(connection, new)

    def _flush_kin(self, connection: Connection, kin: dict[tuple[str, str], tuple[str | None, str | None]]) -> None:
        table = schema.family
        for (kind, ticket), (old, _) in kin.items():
            if old is not None:
                row = (table.c.kind == kind, table.c.elder == old, table.c.ticket_id == ticket)
                connection.execute(delete(table).where(*row))
        self._family.many(connection, [(kind, new, ticket) for (kind, ticket), (_, new) in kin.items() if new])


def ticket_tuple(ticket: Ticket) -> Row:
    """Columns as in protocol.snapshot.COLUMNS, which is the order of its `row_of` (a test holds the two together)."""
    return tuple(ticket_row(ticket).values())

"""Everything one write transaction puts down. Functions take a SQLAlchemy `Connection`, so that the same code serves
SQLite in the writer thread and PostgreSQL through `AsyncConnection.run_sync`. Decides nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Dialect, bindparam, delete, update

from backend.store import schema
from backend.store.documents import DocumentWriter, Files, Key
from backend.store.records import Head, LogRecord, row_of
from backend.store.statements import Prepared, plain, upsert
from domain.documents import TICKET, DocumentState
from domain.ticket import Ticket
from protocol.messages import Outcome
from protocol.snapshot import millis, row_tuple

Row = tuple[Any, ...]
encode_outcome = msgspec.json.Encoder().encode


class HeadMovedError(Exception):
    """Somebody else wrote to the log since this writer read its head: what it knows is out of date."""


@dataclass(slots=True)
class Batch:
    """What one transaction will write. Filled by the decider, flushed once."""

    records: list[LogRecord] = field(default_factory=list)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    commands: list[Row] = field(default_factory=list)
    """(outbox_id, n, user, request_hash, outcome)"""
    outcomes: list[Outcome] = field(default_factory=list)
    """The same outcomes as values, in the same order."""
    shift: int = 0
    """By how much `rebase` moved every seq."""
    externals: list[Row] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    taken: dict[str, tuple[int, int]] = field(default_factory=dict)
    """key → (last number before, last number as the database has it already), where numbers were taken beforehand"""
    outboxes: dict[str, Row] = field(default_factory=dict)
    """outbox_id → (pruned_below, mark_below, marked_at)"""
    kin: dict[tuple[str, str], tuple[str | None, str | None]] = field(default_factory=dict)
    """(kind, ticket) → (elder before, elder now), see table family"""

    documents: dict[Key, DocumentState] = field(default_factory=dict)
    files: dict[Key, Files] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.records or self.commands or self.outboxes)

    def rebase(self, thought: Head, head: Head) -> None:
        """Moves the events, and the outcomes that name them, from behind `thought` to behind `head`."""
        self.shift = head.seq - thought.seq
        for record in self.records:
            record.seq += self.shift
            record.server_time = max(record.server_time, head.server_time)
        if not self.shift:
            return
        for index, outcome in enumerate(self.outcomes):
            if outcome.seq is not None:
                moved = self.outcomes[index] = replace(outcome, seq=outcome.seq + self.shift)
                self.commands[index] = (*self.commands[index][:4], encode_outcome(moved))

    def final(self, outcomes: list[Outcome]) -> list[Outcome]:
        """These outcomes of the group as they were written: with the numbers after `rebase`."""
        if not self.shift:
            return outcomes
        written = {(moved.outbox_id, moved.n): moved for moved in self.outcomes if moved.seq is not None}
        return [
            outcome if outcome.seq is None else written.get((outcome.outbox_id, outcome.n), outcome)
            for outcome in outcomes
        ]


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
        self._documents = DocumentWriter(dialect)
        head = schema.head
        move = update(head).values({name: bindparam(f"new_{name}") for name in ("seq", "hash", "server_time")})
        move = move.where(head.c.id == 1, head.c.seq == bindparam("old_seq"))
        keys = ["new_seq", "new_hash", "new_server_time", "id_1", "old_seq"]
        self._head = Prepared(move, dialect, keys)

    def flush(self, connection: Connection, batch: Batch, head: Head) -> Head:
        """Writes the batch on top of `head` and gives the new head.

        The head row moves first, so that a writer whose memory is out of date writes nothing: SQLite's BEGIN IMMEDIATE
        holds the only lock anyway. Raises HeadMovedError when the head row is not where `head` says.
        """
        events, private = log_rows(batch, head)
        moved = self._move_head(connection, head, batch.records[-1]) if batch.records else head
        self._event.many(connection, events)
        self._private.many(connection, private)
        self._cmd.many(connection, batch.commands)
        self._flush_rows(connection, batch)
        return moved

    def _flush_rows(self, connection: Connection, batch: Batch) -> None:
        """What the events change beside the log: nothing of it knows a seq."""
        self._ticket.many(connection, [row_tuple(ticket) for ticket in batch.tickets.values()])
        self._external.many(connection, batch.externals)
        self._number.many(connection, list(batch.numbers.items()))
        self._flush_beside(connection, batch)

    def _flush_beside(self, connection: Connection, batch: Batch) -> None:
        """What only some commands change."""
        self._flush_outboxes(connection, batch.outboxes)
        self._flush_units(connection, batch.records)
        self._flush_kin(connection, batch.kin)
        if batch.documents:
            self._documents.flush(connection, batch.documents, batch.files, batch.records)

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
            moved = record.scope_before != record.scope_after and record.entity == TICKET
            if moved and record.scope_after is not None:
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


def log_rows(batch: Batch, head: Head) -> tuple[list[Row], list[Row]]:
    """Rows of `event` and `private`; sets the hash of each record."""
    previous, events, private = head.hash, [], []
    for record in batch.records:
        events.append(row_of(record, previous))
        previous = record.hash
        private += [(record.seq, name, record.entity_id, value) for name, value in record.private.items()]
    return events, private

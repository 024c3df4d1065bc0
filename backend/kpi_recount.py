"""`backend recount`: every figure from the log's events one by one, from every ticket, and from the stored facts: all must agree.

Reads the log of one database in one transaction, also while a backend runs on it. Writes nothing.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, func, select

from backend.facts import file
from backend.facts.log import changes_since
from backend.facts.table import FactTable
from backend.kpi_check import Difference, Recount, against_table, against_tally, freeze
from backend.store import reads, schema
from backend.store.offline import reading
from backend.store.records import decode_event
from domain.actor import Scope
from domain.ids import TicketId
from domain.kpi_catalogue import FORMULAS
from domain.kpi_parts import KpiRules
from domain.kpi_tally import DimTable, Tally
from domain.projection import apply
from domain.ticket import Ticket
from protocol.snapshot import instant


class RecountReport(Struct, frozen=True, kw_only=True):
    """`facts` = whether there was a stored table of facts to compare with. `cells` = numbers that were compared."""

    tickets: int
    events: int
    cells: int
    seq: int
    as_of: datetime
    facts: bool
    differences: tuple[Difference, ...]


def recount_log(database: str, data: Path, rules: KpiRules, as_of: datetime | None = None) -> RecountReport:
    """Raises FileNotFoundError where there is no log, StoreError in words when it cannot be read."""
    work = partial(recount, rules=rules, as_of=as_of, facts=data / file.NAME)
    return reading(database, data, work)


def recount(connection: Connection, *, rules: KpiRules, as_of: datetime | None, facts: Path) -> RecountReport:
    """`as_of` = the moment at which open tickets are judged; None = that of the last event."""
    head = reads.head(connection)
    last = connection.scalar(select(func.max(schema.event.c.occurred_at)))
    now = as_of or instant(last or 0)
    counted = Recount(rules, now)
    counted.add(reads.scan(connection, Scope()))
    tally, events = Tally(rules, DimTable({}), FORMULAS), 0
    for before, after in _changes(connection):
        events += 1
        tally.move(before, after, now)
    found = against_tally(counted, freeze(tally, now, head.seq))
    table = stored_table(connection, rules, facts, now)
    if table is not None:
        found += against_table(counted, table)
    return RecountReport(
        tickets=counted.tickets,
        events=events,
        cells=sum(1 for n in counted.cells.values() if n),
        seq=head.seq,
        as_of=now,
        facts=table is not None,
        differences=tuple(found),
    )


def _changes(connection: Connection) -> Iterator[tuple[Ticket | None, Ticket]]:
    """Every change of every ticket, ticket by ticket, so that no more than one is held in memory."""
    event = schema.event
    query = (
        select(*event.c["entity_id", "entity_version", "occurred_at", "body"])
        .where(event.c.entity == "ticket")
        .order_by(event.c.entity_id, event.c.seq)
    )
    ticket: Ticket | None = None
    for row in connection.execute(query):
        before = ticket if ticket is not None and ticket.id == row.entity_id else None
        ticket = _applied(before, row)
        yield before, ticket


def _applied(before: Ticket | None, row: Any) -> Ticket:
    name = TicketId(row.entity_id)
    return apply(before, name, row.entity_version, decode_event(row.body), instant(row.occurred_at))


def stored_table(connection: Connection, rules: KpiRules, path: Path, now: datetime) -> FactTable | None:
    """The stored table of facts brought up to the head, as a starting backend would; None where it would not be used."""
    stored = file.load(path)
    changes = changes_since(connection, stored.epoch, stored.seq, stored.hash) if stored else None
    if stored is None or changes is None:
        return None
    table = FactTable(rules)
    try:
        table.restore(stored.plain, stored.arrays)
    except (ValueError, KeyError):
        return None
    table.load((), now)
    for ticket in changes.tickets:
        table.put(ticket, changes.seq)
    return table

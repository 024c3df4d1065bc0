"""How often each item of the list is used, counted by the database. One pass over the tickets of a scope; asked for by a window, rarely."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, case, func, select

from backend.store import reads, schema
from domain.actor import Scope
from domain.tables.proposals import NO_ITEM, Usage
from domain.vocabulary import State
from protocol.snapshot import millis, ticket_of


def usage(connection: Connection, scope: Scope, since: datetime) -> list[Usage]:
    """Of every item that any ticket of the scope has. `since` = start of the period, by time of report."""
    table = schema.ticket.c
    condition = reads.covered_by(scope, schema.ticket, schema.ticket_unit)
    start = millis(since) or 0
    recent = func.sum(case((table.reported_at >= start, 1), else_=0))
    query = select(table.item, func.count(), recent, func.max(table.reported_at)).group_by(table.item)
    without = _without_item(connection, scope, start)
    if condition is not None:
        query = query.where(condition)
    return [
        Usage(
            item=item,
            total=total,
            recent=int(recent),
            no_item=without.get(item, 0),
            last_at=datetime.fromtimestamp(last / 1000, UTC),
        )
        for item, total, recent, last in connection.execute(query)
    ]


def _without_item(connection: Connection, scope: Scope, start: int) -> Mapping[str, int]:
    """Refused reports are few: those of the period are read one by one."""
    table = schema.ticket.c
    query = select(table.body).where(table.state == State.REFUSED.value, table.reported_at >= start)
    condition = reads.covered_by(scope, schema.ticket, schema.ticket_unit)
    if condition is not None:
        query = query.where(condition)
    found: dict[str, int] = {}
    for (body,) in connection.execute(query):
        ticket = ticket_of(body)
        if ticket.end_reason == NO_ITEM:
            found[ticket.item] = found.get(ticket.item, 0) + 1
    return found

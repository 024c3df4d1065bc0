"""How things stand, for a draft: read from the table of facts in its lane, and the few tickets of the shift from the log.

Nothing here goes through every ticket: the facts know which ones are open, and which moved on the days of the shift.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import numpy as np
from msgspec import Struct

from backend.facts.keeper import FactKeeper, LogSource
from backend.facts.log import IN_MAX, Cut, tickets_at
from backend.facts.table import MARKS, FactTable
from backend.store import reads
from domain import kpi_judges as judge
from domain.ids import TicketId
from domain.kpi_open import OpenBook
from domain.kpi_parts import day_number, days_of
from domain.kpi_types import OpenSplit
from domain.ticket import Ticket
from domain.vocabulary import Urgency

_VERSION = MARKS.index("version")


class Standing(Struct, frozen=True):
    """Everything at event `seq`. `moved` = tickets accepted, closed, ended or called back on the days of the shift."""

    seq: int
    now: datetime
    open: tuple[Ticket, ...]
    moved: tuple[Ticket, ...]
    split: OpenSplit
    waiting: int
    top_open: int


class Seen(Struct, frozen=True):
    seq: int
    now: datetime
    open: tuple[Ticket, ...]
    moved: dict[TicketId, int]
    """Ticket → its version at `seq`; open ones are in `open` already."""


async def standing(keeper: FactKeeper, log: LogSource, start: datetime) -> Standing:
    """As of the last event that the facts know; `start` is where the shift begins."""
    found = await keeper.read(partial(seen, start=start))
    moved = [ticket for ticket in found.open if _touches(ticket, start)]
    ids = list(found.moved)
    for first in range(0, len(ids), IN_MAX):
        part = ids[first : first + IN_MAX]
        moved += await log.run_read(partial(_as_of, ids=part, versions=found.moved, seq=found.seq))
    book = OpenBook(keeper.rules, 9)
    for ticket in found.open:
        book.put(ticket, found.now)
    top = sum(1 for ticket in found.open if ticket.urgency is Urgency.TOP and judge.in_house(ticket))
    return Standing(found.seq, found.now, found.open, tuple(moved), book.split(), book.waiting, top)


def seen(table: FactTable, seq: int, *, start: datetime) -> Seen:
    """In the lane. A day is the coarsest that columns know: what lies outside the shift falls out later."""
    assert table.now is not None
    first = day_number(days_of(table.rules.zone).day(start))
    accepted, closed = table.day(0), table.day(2)
    called = table.columns.of("called")
    since = round((start - timedelta(seconds=1)).timestamp() * 1000)
    rows = np.flatnonzero(
        ((accepted >= first) | (closed >= first) | (called >= since)) & (table.columns.of("open") == 0)
    )
    versions = table.columns.of("marks", _VERSION)[rows].tolist()
    moved = {TicketId(name): version for name, version in zip(table.index.ids(rows), versions, strict=True)}
    return Seen(seq, table.now, tuple(table.open.values()), moved)


def _touches(ticket: Ticket, start: datetime) -> bool:
    call = ticket.call_back.at if ticket.call_back else None
    instants = (ticket.accepted_at, ticket.closed_at, ticket.first_closed_at, ticket.ended_at, call)
    return any(at is not None and at >= start for at in instants)


def _as_of(connection: Any, *, ids: list[TicketId], versions: dict[TicketId, int], seq: int) -> list[Ticket]:
    """These tickets as they were at `seq`: mostly as they are, else folded from the log."""
    found = reads.tickets(connection, ids)
    current = [ticket for name, ticket in found.items() if ticket.version == versions[name]]
    late = [name for name in ids if name not in found or found[name].version != versions[name]]
    return current + (tickets_at(connection, late, Cut(seq)) if late else [])

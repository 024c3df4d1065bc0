"""Figures of a past moment, as they were shown then: tickets untouched since are read from columns, the others are folded.

The cost grows with what has happened since, not with what had happened before.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np
from msgspec import Struct

from backend.facts.answers import Reader
from backend.facts.columns import Array
from backend.facts.engines import engine_of, opened
from backend.facts.keeper import FactKeeper, LogSource
from backend.facts.log import IN_MAX, seq_at, tickets_at, touched_after
from backend.facts.table import FactTable
from domain.actor import Scope
from domain.ids import TicketId
from domain.kpi_engine import KpiEngine, KpiSetup
from domain.ticket import Ticket

FOLDED_MAX = 200_000
"""Tickets that changed since the asked moment: beyond this the answer would keep the machine busy for minutes."""
_ROUNDS = 5


class TooFarError(ValueError):
    """More has happened since than is folded for one question."""


class Past(Struct, frozen=True):
    """The engine as of a past moment, and the last event that it knows."""

    engine: KpiEngine
    seq: int


class History:
    """`server_time` = business instant → server instant: what the log is cut by."""

    def __init__(self, log: LogSource, keeper: FactKeeper, server_time: Callable[[datetime], datetime]) -> None:
        self._log = log
        self._keeper = keeper
        self._server_time = server_time

    async def engine_at(
        self, at: datetime, scope: Scope, setup: KpiSetup, filters: Mapping[str, tuple[str, ...]]
    ) -> Past:
        """Raises TooFarError."""
        cut = await self._log.run_read(partial(_seq_at, at=self._server_time(at)))
        wanted: list[TicketId] = await self._log.run_read(partial(_touched, seq=cut))
        folded: dict[TicketId, Ticket | None] = {}
        for _ in range(_ROUNDS):
            await self._fold(wanted, cut, folded)
            build = partial(_build, at=at, cut=cut, scope=scope, setup=setup, filters=filters, folded=folded)
            built = await self._keeper.read(build)
            if isinstance(built, KpiEngine):
                return Past(built, cut)
            wanted = built
        raise TooFarError("tickets change more quickly than they are folded")

    async def _fold(self, ids: list[TicketId], cut: int, folded: dict[TicketId, Ticket | None]) -> None:
        if len(folded) + len(ids) > FOLDED_MAX:
            raise TooFarError(
                f"{len(folded) + len(ids)} tickets have changed since then, {FOLDED_MAX} are folded at most"
            )
        for start in range(0, len(ids), IN_MAX):
            part = ids[start : start + IN_MAX]
            folded.update(dict.fromkeys(part))
            found = await self._log.run_read(partial(_tickets_at, ids=part, seq=cut))
            folded.update((ticket.id, ticket) for ticket in found)


def _build(
    table: FactTable,
    seq: int,
    *,
    at: datetime,
    cut: int,
    scope: Scope,
    setup: KpiSetup,
    filters: Mapping[str, tuple[str, ...]],
    folded: Mapping[TicketId, Ticket | None],
) -> KpiEngine | list[TicketId]:
    """The engine, or tickets that changed while others were folded and are missing still."""
    late = table.index.ids(np.flatnonzero(table.columns.of("seq") > cut))
    missing = [TicketId(name) for name in late if name not in folded]
    if missing:
        return missing
    rows = [row for name in folded if (row := table.index.find(name)) is not None]
    untouched: Array = np.ones(table.size, bool)
    untouched[rows] = False
    mask = Reader(table, seq, scope, setup).mask(filters)
    if mask is not None:
        untouched &= mask
    then = FactTable(table.rules)
    then.load((ticket for ticket in folded.values() if ticket is not None), at)
    inside = Reader(then, cut, scope, setup).mask(filters)
    joining = [
        ticket
        for ticket in folded.values()
        if ticket is not None and (inside is None or inside[then.index.find(ticket.id)])
    ]
    return engine_of(table, setup, at, untouched, [*opened(table, untouched), *joining])


def _seq_at(connection: Any, *, at: datetime) -> int:
    return seq_at(connection, at)


def _touched(connection: Any, *, seq: int) -> list[TicketId]:
    return touched_after(connection, seq)


def _tickets_at(connection: Any, *, ids: list[TicketId], seq: int) -> list[Ticket]:
    return tickets_at(connection, ids, seq)

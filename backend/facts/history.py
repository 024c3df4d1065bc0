"""Figures of a past moment, as they were shown then: tickets untouched since are read from columns, the others are folded.

The cost grows with what has happened since, not with what had happened before.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import numpy as np
from msgspec import Struct

from backend.facts.answers import Reader
from backend.facts.columns import Array
from backend.facts.engines import engine_of, opened
from backend.facts.keeper import FactKeeper, LogSource
from backend.facts.log import IN_MAX, Cut, cut_at, last_of, tickets_at, touched_after
from backend.facts.past_lists import behind_at
from backend.facts.table import FactTable
from backend.kpi_questions import BehindReply, Question
from domain.actor import Scope
from domain.ids import TicketId
from domain.kpi_engine import KpiEngine, KpiSetup
from domain.ticket import Ticket

FOLDED_MAX = 200_000
"""Tickets that changed since the asked moment: beyond this the answer would keep the machine busy for minutes."""
_ROUNDS = 5


class TooFarError(ValueError):
    """More has happened since than is folded for one question."""


Folded = Mapping[TicketId, Ticket | None]
"""Tickets that changed since, as they were then; None = it was not there yet."""
T = TypeVar("T")


class Missing(Struct, frozen=True):
    """Tickets that must be folded too."""

    ids: list[TicketId]


class Figures(Struct, frozen=True):
    """An engine, and the last event that it knows."""

    engine: KpiEngine
    seq: int


class History:
    """`server_time` = business instant → server instant, what the log is cut by; None = no clock stood there."""

    def __init__(self, log: LogSource, keeper: FactKeeper, server_time: Callable[[datetime], datetime | None]) -> None:
        self._log = log
        self._keeper = keeper
        self._server_time = server_time

    async def engine_at(
        self, at: datetime, scope: Scope, setup: KpiSetup, filters: Mapping[str, tuple[str, ...]]
    ) -> Figures:
        """Raises TooFarError."""

        def build(table: FactTable, cut: int, folded: Folded) -> KpiEngine:
            return _engine(table, at, cut, scope, setup, filters, folded)

        return Figures(*await self._at(at, build))

    async def behind_at(self, at: datetime, scope: Scope, setup: KpiSetup, question: Question) -> BehindReply:
        """The tickets behind a figure as it was shown then. Raises TooFarError."""

        def build(table: FactTable, cut: int, folded: Folded) -> BehindReply:
            return _behind(table, at, cut, scope, setup, question, folded)

        reply, _ = await self._at(at, build)
        return reply

    async def _at(self, at: datetime, build: Callable[[FactTable, int, Folded], T]) -> tuple[T, int]:
        """What `build` makes of the table and the tickets that changed since, as they were then; and the last event of then."""
        cut, last = await self._log.run_read(partial(_cut_at, at=at, server_time=self._server_time(at)))
        wanted: list[TicketId] = await self._log.run_read(partial(_touched, cut=cut))
        folded: dict[TicketId, Ticket | None] = {}
        for _ in range(_ROUNDS):
            await self._fold(wanted, cut, folded)
            built = await self._keeper.read(partial(_complete, cut=cut.seq, last=last, folded=folded, build=build))
            if isinstance(built, Missing):
                wanted = built.ids
                continue
            return built, last
        raise TooFarError("tickets change more quickly than they are folded")

    async def _fold(self, ids: list[TicketId], cut: Cut, folded: dict[TicketId, Ticket | None]) -> None:
        if len(folded) + len(ids) > FOLDED_MAX:
            raise TooFarError(
                f"{len(folded) + len(ids)} tickets have changed since then, {FOLDED_MAX} are folded at most"
            )
        for start in range(0, len(ids), IN_MAX):
            part = ids[start : start + IN_MAX]
            folded.update(dict.fromkeys(part))
            found = await self._log.run_read(partial(_tickets_at, ids=part, cut=cut))
            folded.update((ticket.id, ticket) for ticket in found)


def _complete(
    table: FactTable, _seq: int, *, cut: int, last: int, folded: Folded, build: Callable[[FactTable, int, Folded], T]
) -> T | Missing:
    """What is built, or the tickets that changed while others were folded and are missing still."""
    late = table.index.ids(np.flatnonzero(table.columns.of("seq") > cut))
    missing = [TicketId(name) for name in late if name not in folded]
    return Missing(missing) if missing else build(table, last, folded)


def _untouched(table: FactTable, folded: Folded) -> Array:
    rows = [row for name in folded if (row := table.index.find(name)) is not None]
    untouched: Array = np.ones(table.size, bool)
    untouched[rows] = False
    return untouched


def _of_then(table: FactTable, at: datetime, tickets: Iterable[Ticket | None]) -> FactTable:
    then = FactTable(table.rules)
    then.load((ticket for ticket in tickets if ticket is not None), at)
    return then


def _engine(
    table: FactTable,
    at: datetime,
    cut: int,
    scope: Scope,
    setup: KpiSetup,
    filters: Mapping[str, tuple[str, ...]],
    folded: Folded,
) -> KpiEngine:
    untouched = _untouched(table, folded)
    mask = Reader(table, cut, scope, setup).mask(filters)
    if mask is not None:
        untouched &= mask
    then = _of_then(table, at, folded.values())
    inside = Reader(then, cut, scope, setup).mask(filters)
    joining = [
        ticket
        for ticket in folded.values()
        if ticket is not None and (inside is None or inside[then.index.find(ticket.id)])
    ]
    return engine_of(table, setup, at, untouched, [*opened(table, untouched), *joining])


def _behind(
    table: FactTable, at: datetime, cut: int, scope: Scope, setup: KpiSetup, question: Question, folded: Folded
) -> BehindReply:
    """Ended tickets that nobody touched since are judged as they are; open ones were younger then, and are judged anew."""
    untouched = _untouched(table, folded)
    then = _of_then(table, at, [*opened(table, untouched), *folded.values()])
    settled = untouched & (table.columns.of("open") == 0)
    readers = (Reader(table, cut, scope, setup, settled), Reader(then, cut, scope, setup))
    return behind_at(readers, question, at, cut)


def _cut_at(connection: Any, *, at: datetime, server_time: datetime | None) -> tuple[Cut, int]:
    """The cut, and the last event that counts at it: every answer names that one."""
    cut = cut_at(connection, at, server_time)
    return cut, last_of(connection, cut)


def _touched(connection: Any, *, cut: Cut) -> list[TicketId]:
    return touched_after(connection, cut)


def _tickets_at(connection: Any, *, ids: list[TicketId], cut: Cut) -> list[Ticket]:
    return tickets_at(connection, ids, cut)

"""One live figure by itself: a tally of a few formulas that follows the log and the passing of time, without any screen.

What a single tile costs per event is measured here (benchmarks/kpi.py). The wall's engine is `domain.kpi_engine`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from domain.ids import TicketId
from domain.kpi_parts import ALL, DEFAULT_RULES, Formula, KpiRules
from domain.kpi_tally import DimTable, Tally
from domain.kpi_types import Kpi, Period
from domain.kpi_wakes import Wakes
from domain.ticket import Ticket


class Tile:
    """`load` once, then `apply` each change in order; `advance` moves time."""

    def __init__(
        self, formulas: Sequence[Formula], items: Mapping[str, tuple[str, str]], rules: KpiRules = DEFAULT_RULES
    ) -> None:
        self.tally = Tally(rules, DimTable(items), formulas)
        self._wakes = Wakes(rules)
        self._open: dict[TicketId, Ticket] = {}
        self._now: datetime | None = None

    def load(self, tickets: Iterable[Ticket], now: datetime) -> None:
        self._now = now
        for ticket in tickets:
            self._follow(None, ticket, now)

    def apply(self, before: Ticket | None, after: Ticket, at: datetime) -> None:
        if self._now is None or at > self._now:
            self.advance(at)
        self._follow(before, after, self._now or at)

    def advance(self, now: datetime) -> None:
        then, self._now = self._now or now, now
        for ticket_id in self._wakes.due(now):
            ticket = self._open[ticket_id]
            self.tally.pass_time(ticket, then, now)
            self._wakes.put(ticket, now)

    def figure(self, formula_id: str, period: Period, dim: str = ALL, value: str = "") -> Kpi:
        assert self._now is not None
        return self.tally.figure(formula_id, period, self._now, dim, value)

    def _follow(self, before: Ticket | None, after: Ticket, as_of: datetime) -> None:
        touched = self.tally.move(before, after, as_of)
        if after.is_open:
            self._open[after.id] = after
            if touched:
                self._wakes.put(after, as_of)
        elif self._open.pop(after.id, None) is not None:
            self._wakes.drop(after.id)

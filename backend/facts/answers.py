"""Answers from the table of facts: behind, breakdown, compare, ranking, hotspots. Runs in the keeper's lane; writes nothing."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
from msgspec.structs import replace

from backend.facts import breakdown
from backend.facts.breakdown import Cases, Grouped
from backend.facts.columns import Array
from backend.facts.table import FactTable
from backend.facts.then import as_stood
from backend.kpi_questions import (
    DENOMINATOR_PART,
    BehindReply,
    Breakdown,
    BreakdownReply,
    BreakdownRow,
    CompareReply,
    Comparison,
    Question,
    Ranked,
    RankingReply,
    Spots,
    SpotsReply,
)
from domain.actor import Scope
from domain.ids import TicketId
from domain.kpi_catalogue import BY_ID, COUNTS
from domain.kpi_compare import band_start, bands, previous, same_point, year_ago
from domain.kpi_engine import KpiSetup
from domain.kpi_layout import cohort
from domain.kpi_parts import DENOMINATOR_KIND, EXCLUDED_KIND, NUMERATOR_KIND, Part, day_of_number, days_of
from domain.kpi_scores import scores, spots
from domain.kpi_types import Board, Kpi, Period

Filters = Mapping[str, tuple[str, ...]]
USUAL_PERIODS = 4
_COUNT_IDS = frozenset(formula.id for formula in COUNTS)


class Reader:
    """One session's view of the table: its scope, and the site's setup."""

    def __init__(self, table: FactTable, seq: int, scope: Scope, setup: KpiSetup, only: Array | None = None) -> None:
        """`only` = rows that are read at all."""
        self.table = table
        self.seq = seq
        self.setup = setup
        covered = table.covered(scope)
        self._mask = only if covered is None else covered if only is None else covered & only

    # -- questions --------------------------------------------------------------------------------

    def behind(self, question: Question) -> BehindReply:
        period, found = self._asked(question)
        rows = self._listed(found, question)
        shown = rows[question.offset : question.offset + question.limit]
        return BehindReply(
            kpi=self._kpi(question.kpi, period, self._grouped(found, ())),
            seq=self.seq,
            part=question.part,
            total=len(rows),
            offset=question.offset,
            ids=tuple(map(TicketId, self.table.index.ids(shown))),
        )

    def _asked(self, question: Question) -> tuple[Period, Cases]:
        filters = dict(question.filters)
        if question.area:
            filters["area"] = (question.area,)
        if question.unit:
            filters["unit"] = (question.unit,)
        formula = BY_ID[question.kpi]
        by = cohort(formula, question.by).by if question.cohort else formula.variant(question.by).by
        period = Period(question.start, question.end, by)
        return period, self._cases(question.kpi, period, filters)

    def lists(self, question: Question) -> tuple[Period, dict[Part, list[TicketId]]]:
        """Every list behind a figure, by verdict: what is put together with the lists of another table."""
        period, found = self._asked(question)
        lists = breakdown.lists(self.table, found)
        return period, {part: list(map(TicketId, self.table.index.ids(rows))) for part, rows in lists.items()}

    def breakdown(self, question: Breakdown) -> BreakdownReply:
        period = self._stated(question.kpi, Period(question.start, question.end, question.by))
        found = self._cases(question.kpi, period, question.filters)
        grouped = self._grouped(found, question.dims)
        shown = grouped.order()[question.offset : question.offset + question.limit]
        return BreakdownReply(
            kpi=self._kpi(question.kpi, period, self._grouped(found, ())),
            seq=self.seq,
            dims=question.dims,
            total=len(grouped),
            offset=question.offset,
            rows=tuple(
                BreakdownRow(
                    grouped.values(n), int(grouped.numerator[n]), int(grouped.denominator[n]), grouped.excluded_of(n)
                )
                for n in shown
            ),
        )

    def compare(self, question: Comparison) -> CompareReply:
        period = self._stated(question.kpi, Period(question.start, question.end, question.by))
        first = self.first_day()
        days = Period(band_start(period), period.end, period.by)
        grouped = self._grouped(self._cases(question.kpi, days, question.filters), ("day",))
        counts = {
            date.fromisoformat(grouped.values(n)[0]): (int(grouped.numerator[n]), int(grouped.denominator[n]))
            for n in range(len(grouped))
        }
        return CompareReply(
            seq=self.seq,
            kpi=self.figure(question.kpi, period, question.filters),
            previous=self.against(question.kpi, period, previous(period), question.filters, first),
            year_ago=self.against(question.kpi, period, year_ago(period), question.filters, first),
            days=bands(period, counts, first, rate=question.kpi not in _COUNT_IDS),
        )

    def ranking(self, question: Ranked) -> RankingReply:
        weights = question.weights or dict(self.setup.weights)
        period = Period(question.start, question.end, question.by)
        found: dict[str, dict[str, Kpi]] = {}
        for kpi in weights:
            stated = Period(period.start, period.end, BY_ID[kpi].variant(period.by).by)
            grouped = self._grouped(self._cases(kpi, stated, question.filters), (question.dim,))
            for n in range(len(grouped)):
                (code,) = grouped.values(n)
                if code:
                    found.setdefault(code, {})[kpi] = self._kpi(kpi, stated, grouped, n)
        names = self.setup.unit_names if question.dim == "unit" else self.setup.area_names
        assert self.table.now is not None
        return RankingReply(
            seq=self.seq,
            as_of=self.table.now,
            period=period,
            weights=weights,
            rows=scores(found, weights, names, self.setup.ranked_min),
        )

    def hotspots(self, question: Spots) -> SpotsReply:
        """By acceptance: what came in, against the same length of time before, up to four times. Of a running period the days
        that have begun.
        """
        assert self.table.now is not None
        tomorrow = days_of(self.table.rules.zone).day(self.table.now) + timedelta(days=1)
        running = question.start < tomorrow < question.end
        period = Period(question.start, tomorrow if running else question.end, "accepted")
        first, length = self.first_day(), period.end - period.start
        reach = (period.start - first) // length if first is not None and first < period.start else 0
        periods = min(USUAL_PERIODS, reach)
        past = Period(period.start - periods * length, period.start, "accepted") if periods else None
        assert self.table.now is not None
        return SpotsReply(
            seq=self.seq,
            as_of=self.table.now,
            period=period,
            periods=periods,
            rows=spots(
                self._places(period, question.filters),
                self._places(past, question.filters) if past else {},
                periods,
                self.setup.findings,
                question.repeat_min,
                question.limit,
            ),
        )

    def mask(self, filters: Filters) -> Array | None:
        """Rows of the scope with these values; None = all."""
        found = self._mask
        for name, values in filters.items():
            fits = breakdown.allowed(self.table, self.setup.items, name, values)
            found = fits if found is None else found & fits
        return found

    def figure(self, kpi: str, period: Period, filters: Filters) -> Kpi:
        return self._kpi(kpi, period, self._grouped(self._cases(kpi, period, filters), ()))

    def against(self, kpi: str, period: Period, other: Period, filters: Filters, first: date | None) -> Kpi | None:
        """What `period` is to be compared with: `other`, of a running period as it stood at the same point. None where the
        history does not reach back over all of it, or where nobody knows any more how it stood.
        """
        assert self.table.now is not None
        if first is None or first > other.start:
            return None
        formula = BY_ID[kpi]
        then = same_point(period, other, self.table.now, days_of(self.table.rules.zone))
        stated = self._stated(kpi, other)
        found: Cases | None = self._cases(kpi, stated, filters)
        if then is not None and found is not None:
            found = as_stood(self.table, found, formula, stated.by, then)
        return None if found is None else self._kpi(kpi, stated, self._grouped(found, ()))

    def compared(self, shown: Board, filters: Filters) -> Board:
        """The board with what counters cannot tell of a running period: how the other periods stood at the same point."""
        if shown.compared is None or shown.compared_at is None:
            return shown
        first, found = self.first_day(), []
        for other in shown.compared:
            kpis = []
            for kpi in shown.kpis:
                by = BY_ID[kpi.id].variant(shown.period.by).by
                own = Period(other.start, other.end, by)
                kpis.append(self.against(kpi.id, shown.period, own, filters, first))
            found.append(tuple(kpi for kpi in kpis if kpi is not None))
        return replace(shown, previous=found[0], year_ago=found[1])

    def first_day(self) -> date | None:
        """The first day of acceptance in the scope: no comparison reaches behind it."""
        days = self.table.day(0) if self._mask is None else self.table.day(0)[self._mask]
        days = days[days != 0]
        return day_of_number(int(days.min())) if len(days) else None

    # -- inside -----------------------------------------------------------------------------------

    def _stated(self, kpi: str, period: Period) -> Period:
        return Period(period.start, period.end, cohort(BY_ID[kpi], period.by).by)

    def _cases(self, kpi: str, period: Period, filters: Filters) -> Cases:
        slot = self.table.layout.slot(kpi, period.by)
        return breakdown.cases(self.table, slot, period.start, period.end, self._mask, filters, self.setup.items)

    def _grouped(self, found: Cases, dims: tuple[str, ...]) -> Grouped:
        return breakdown.count(self.table, found, dims, self.setup.items)

    def _kpi(self, kpi: str, period: Period, grouped: Grouped, group: int = 0) -> Kpi:
        assert self.table.now is not None
        return Kpi(
            id=kpi,
            numerator=int(grouped.numerator[group]),
            denominator=int(grouped.denominator[group]),
            excluded=dict(sorted(grouped.excluded_of(group).items())),
            as_of=self.table.now,
            formula=BY_ID[kpi].version,
            period=period,
        )

    def _listed(self, found: Cases, question: Question) -> Array:
        lists = breakdown.lists(self.table, found)
        if question.part == DENOMINATOR_PART:
            both = [breakdown.of_kind(lists, NUMERATOR_KIND), breakdown.of_kind(lists, DENOMINATOR_KIND)]
            return self._sorted(np.concatenate(both))
        if question.part != EXCLUDED_KIND:
            return self._sorted(breakdown.of_kind(lists, question.part))
        # Reason by reason, in the order of their codes.
        parts = sorted(part for part in lists if part.kind == EXCLUDED_KIND and question.reason in ("", part.reason))
        return np.concatenate([np.zeros(0, np.int64), *(self._sorted(lists[part]) for part in parts)])

    def _sorted(self, rows: Array) -> Array:
        """By ticket id."""
        return rows[np.argsort(self.table.index.texts[rows], kind="stable")]

    def _places(self, period: Period, filters: Filters) -> dict[tuple[str, str], int]:
        grouped = self._grouped(self._cases("accepted", period, filters), ("community", "sub_class"))
        return {
            (area, item): int(grouped.numerator[n]) for n in range(len(grouped)) for area, item in [grouped.values(n)]
        }

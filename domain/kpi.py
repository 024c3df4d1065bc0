"""One truth for every figure: classify one ticket, recount many, and the three lists behind a figure. Pure.

The incremental engine (`domain.kpi_engine`) counts the very same cases, so that figure, recount and drill-down agree.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from msgspec import Struct

from domain.ids import TicketId, UnitId
from domain.kpi_parts import (
    DEFAULT_RULES,
    DENOMINATOR_KIND,
    EXCLUDED_KIND,
    NUMERATOR_KIND,
    OUTSIDE,
    Case,
    Formula,
    KpiRules,
    Part,
    days_of,
)
from domain.kpi_types import Kpi, Period
from domain.ticket import Ticket


def cases_in(
    formula: Formula, ticket: Ticket, period: Period, as_of: datetime, rules: KpiRules = DEFAULT_RULES
) -> Iterator[Case]:
    """What of the ticket falls into the period. Joint formulas give one case per participating unit."""
    day = days_of(rules.zone).day
    for case in formula.variant(period.by).cases(ticket, as_of, rules):
        if period.start <= day(case.at) < period.end:
            yield case


def classify(
    formula: Formula,
    ticket: Ticket,
    period: Period,
    as_of: datetime,
    rules: KpiRules = DEFAULT_RULES,
    unit: UnitId | None = None,
) -> Part:
    """What one ticket is to the formula. Of a joint formula: what the part of `unit` is."""
    for case in cases_in(formula, ticket, period, as_of, rules):
        if unit is None or case.unit == unit:
            return case.part
    return OUTSIDE


def stated(formula: Formula, period: Period) -> Period:
    """The period as the formula can take it: its own kind where it has no variant of the asked one."""
    return Period(period.start, period.end, formula.variant(period.by).by)


def result(formula: Formula, period: Period, as_of: datetime, counts: Counter[tuple[str, str]]) -> Kpi:
    """A KPI from the counts of its cases by (kind, reason)."""
    above = {reason: n for (kind, reason), n in counts.items() if kind == NUMERATOR_KIND}
    return Kpi(
        id=formula.id,
        numerator=sum(n * int(reason or 1) for reason, n in above.items()),
        denominator=sum(above.values()) + counts[DENOMINATOR_KIND, ""],
        excluded={reason: n for (kind, reason), n in sorted(counts.items()) if kind == EXCLUDED_KIND and n},
        as_of=as_of,
        formula=formula.version,
        period=period,
    )


def recount(
    formula: Formula, tickets: Iterable[Ticket], period: Period, as_of: datetime, rules: KpiRules = DEFAULT_RULES
) -> Kpi:
    """The KPI by going through every ticket."""
    counts: Counter[tuple[str, str]] = Counter()
    for ticket in tickets:
        for case in cases_in(formula, ticket, period, as_of, rules):
            counts[case.part] += 1
    return result(formula, stated(formula, period), as_of, counts)


class Behind(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The tickets behind a figure. The lists have one entry per case, so they add up to the figure's counts."""

    numerator: tuple[TicketId, ...] = ()
    denominator_only: tuple[TicketId, ...] = ()
    excluded: dict[str, tuple[TicketId, ...]] = {}


def behind(
    formula: Formula,
    tickets: Iterable[Ticket],
    period: Period,
    as_of: datetime,
    rules: KpiRules = DEFAULT_RULES,
    unit: str = "",
) -> Behind:
    """The three lists of a figure, by ticket id; with `unit` only the cases of that unit."""
    lists: dict[Part, list[TicketId]] = {}
    for ticket in tickets:
        for case in cases_in(formula, ticket, period, as_of, rules):
            if not unit or case.unit == unit:
                lists.setdefault(case.part, []).append(ticket.id)
    return Behind(
        numerator=tuple(sorted(one for part, ids in lists.items() if part.kind == NUMERATOR_KIND for one in ids)),
        denominator_only=tuple(sorted(lists.get(Part(DENOMINATOR_KIND), []))),
        excluded={part.reason: tuple(sorted(ids)) for part, ids in lists.items() if part.kind == EXCLUDED_KIND},
    )


def day_period(day: date, by: str) -> Period:
    return Period(day, date.fromordinal(day.toordinal() + 1), by)


def percent(kpi: Kpi, places: int = 2) -> str:
    """The value in per cent, "–" where nothing was due. Rounded half up on the exact fraction, never through a float."""
    if not kpi.denominator:
        return "–"
    scale: int = 10**places
    rounded = (2 * 100 * scale * kpi.numerator + kpi.denominator) // (2 * kpi.denominator)
    whole, rest = divmod(rounded, scale)
    return f"{whole}.{rest:0{places}d}%" if places else f"{whole}%"

"""Puts a report together from one KPI engine, as `domain.kpi_overview` does for a screen. Reads counters only."""

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from domain.kpi_compare import previous
from domain.kpi_counters import KEEP_DAYS
from domain.kpi_engine import DEFAULT_TARGETS, KpiEngine
from domain.kpi_overview import board, overview, ranking
from domain.kpi_types import Kpi, Period
from domain.reports.values import Hot, Line, Report, ReportKind

MOST_UNITS = 30
"""Units named one by one, the busiest; a report of all 120 would be a telephone book."""
MOST_HOT = 10


def report(
    engine: KpiEngine,
    kind: ReportKind,
    period: Period,
    *,
    site: str = "",
    title: str = "",
    unit: str = "",
    filters: Mapping[str, tuple[str, ...]] | None = None,
    seq: int = 0,
    past: bool = False,
    demo: str = "",
    beside: KpiEngine | None = None,
) -> Report:
    """`engine` counts only what the report is about: for a campaign or a unit it was made with the same filters.

    `beside`: the engine of everybody, from which a unit's place is read.
    """
    shown = overview(engine)
    whole = board(engine, period)
    return Report(
        kind=kind,
        title=title,
        unit=unit,
        filters=dict(filters or {}),
        site=site,
        period=period,
        as_of=shown.as_of,
        past=past,
        seq=seq,
        accepted=_count(engine, "accepted", period),
        closed=_count(engine, "closed", period),
        closed_same_day=_count(engine, "closed_same_day", period),
        reopened=_count(engine, "reopened", period),
        ended=_count(engine, "ended", period),
        open=shown.open,
        waiting=shown.waiting,
        overdue_areas=shown.overdue_areas,
        oldest_overdue_s=shown.oldest_overdue_s,
        accepted_before=_count(engine, "accepted", previous(period)),
        closed_before=_count(engine, "closed", previous(period)),
        targets={**DEFAULT_TARGETS, **engine.setup.targets},
        board=whole,
        towns=_lines(engine, "town", period),
        classes=_lines(engine, "class", period),
        units=_lines(engine, "unit", period)[:MOST_UNITS],
        levels=_lines(engine, "level", period),
        sources=whole.sources,
        hot=_hot(engine, period),
        ranked=ranking(beside, period, "unit") if beside is not None else (),
        demo=demo,
    )


def _count(engine: KpiEngine, formula: str, period: Period, dim: str = "all", value: str = "") -> int:
    by = {"accepted": "accepted", "closed": "closed", "closed_same_day": "closed", "reopened": "reopened"}
    return engine.figure(formula, replace(period, by=by.get(formula, "ended")), dim, value).numerator


def _lines(engine: KpiEngine, dim: str, period: Period) -> tuple[Line, ...]:
    """Values with anything accepted, closed or due in the period; the most accepted first."""
    found = []
    for value in engine.values(dim):
        on_time: Kpi = engine.figure("on_time_rate", replace(period, by="due"), dim, value)
        accepted = _count(engine, "accepted", period, dim, value)
        closed = _count(engine, "closed", period, dim, value)
        if accepted or closed or on_time.denominator:
            found.append(Line(code=value, accepted=accepted, closed=closed, on_time=on_time))
    return tuple(sorted(found, key=lambda line: (-line.accepted, -line.closed, line.code)))


def _hot(engine: KpiEngine, period: Period) -> tuple[Hot, ...]:
    """Sub-classes by the days of the period; none where its days are not kept any more (36 days), rather than wrong ones."""
    assert engine.now is not None
    horizon = engine.days.day(engine.now) - timedelta(days=KEEP_DAYS - 1)
    if period.start < horizon:
        return ()
    before = previous(period)
    known = before.start >= horizon
    found = [
        Hot(
            name=name,
            count=_of_days(engine, series, period),
            before=_of_days(engine, series, before) if known else None,
        )
        for name, series in engine.classes()
    ]
    found = [spot for spot in found if spot.count]
    return tuple(sorted(found, key=lambda spot: (-spot.count, spot.name))[:MOST_HOT])


def _of_days(engine: KpiEngine, series: int, period: Period) -> int:
    days = range(period.start.toordinal(), period.end.toordinal())
    return sum(engine.quarters.total(series, date.fromordinal(number)) for number in days)

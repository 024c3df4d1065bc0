"""Puts the figures of one engine together for a screen: the wall's Overview and the desk's Board. Reads counters only."""

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.findings import headline, is_surge
from domain.ids import UnitId
from domain.kpi import day_period
from domain.kpi_catalogue import BY_ID, MEANS, RATES, level_id
from domain.kpi_compare import WEEKS_BACK, previous, same_point, year_ago
from domain.kpi_counters import quantile_h
from domain.kpi_engine import ACCEPTED_SERIES, CLOSED_SERIES, DEFAULT_TARGETS, KpiEngine, KpiError
from domain.kpi_parts import month_of
from domain.kpi_types import Ages, Board, Hotspot, Hourly, Kpi, LevelShare, Overview, Period, RankRow, Rate
from domain.statistics import rank_ranges, wilson
from domain.vocabulary import Level

WALL_RATES = ("closure_rate", "on_time_rate", "satisfaction_rate")
_LEVEL_IDS = frozenset(level_id(level) for level in Level)
BOARD_KPIS = tuple(formula.id for formula in RATES if formula.id not in _LEVEL_IDS)
_FLOOR_STEP = 0.05


def overview(engine: KpiEngine) -> Overview:
    """Everything on the wall, as of the engine's last instant."""
    now = _now(engine)
    today = engine.days.day(now)
    month = Period(*month_of(today))
    accepted, closed = _on(engine, "accepted", today), _on(engine, "closed", today)
    reopened, ended = _on(engine, "reopened", today), _on(engine, "ended", today)
    split, areas = engine.open.split(), engine.open.overdue_areas()
    rates = tuple(_rate(engine, formula_id, month, today) for formula_id in WALL_RATES)
    hotspots = _hotspots(engine, today, now)
    usual = [
        engine.quarters.until(ACCEPTED_SERIES, day, engine.days.second_of_day(now)) for day in _compared(engine, today)
    ]
    return Overview(
        as_of=now,
        day=today,
        findings=headline(split.overdue, areas, rates, hotspots, engine.setup.findings),
        accepted_today=accepted,
        accepted_usual=sum(usual) / len(usual) if usual else None,
        closed_today=closed,
        closed_same_day=_on(engine, "closed_same_day", today),
        reopened_today=reopened,
        ended_today=ended,
        opening=split.total - accepted - reopened + closed + ended,
        open=split,
        waiting=engine.open.waiting,
        overdue_areas=areas,
        oldest_overdue_s=engine.open.oldest_overdue_s(now),
        rates=rates,
        hourly=_hourly(engine, today, now),
        levels=levels(engine, month),
        ranking=ranking(engine, month, engine.setup.ranked_dim),
        hotspots=_shown(hotspots, engine.setup.hotspots),
        last_call_back_at=engine.last_call_back_at,
    )


def board(engine: KpiEngine, period: Period) -> Board:
    """All rates of a period and of those it is compared with. A formula without the period's kind of date uses its own, and says so.

    Of a running period only what does not ripen is compared here; backend.facts.answers knows the rest.
    """
    days = [date.fromordinal(n) for n in range(period.start.toordinal(), period.end.toordinal())]
    compared = previous(period), year_ago(period)
    closed = engine.ages.between(period.start, period.end)
    sources = [
        (value, engine.figure("accepted", period, "source", value).numerator) for value in engine.values("source")
    ]
    return Board(
        as_of=_now(engine),
        period=period,
        kpis=tuple(engine.figure(formula_id, period) for formula_id in BOARD_KPIS),
        previous=_past(engine, period, compared[0]),
        daily=tuple((day, _on(engine, "accepted", day), _on(engine, "closed", day)) for day in days),
        levels=levels(engine, period),
        ranking=ranking(engine, period, engine.setup.ranked_dim),
        units=ranking(engine, period, "unit"),
        sources=tuple(sorted(((name, n) for name, n in sources if n), key=lambda row: (-row[1], row[0]))),
        unit_names={UnitId(code): name for code, name in engine.setup.unit_names.items()},
        ages=Ages(tickets=sum(closed), median_h=quantile_h(closed, 0.5), p90_h=quantile_h(closed, 0.9)),
        backlog=engine.open.backlog(),
        means=tuple(engine.figure(formula.id, period) for formula in MEANS),
        year_ago=_past(engine, period, compared[1]),
        compared=compared,
        compared_at=_points(engine, period, compared),
        first_day=engine.first_day,
    )


def _points(engine: KpiEngine, period: Period, compared: tuple[Period, Period]) -> tuple[datetime, datetime] | None:
    first, second = (same_point(period, other, _now(engine), engine.days) for other in compared)
    return None if first is None or second is None else (first, second)


def _past(engine: KpiEngine, period: Period, other: Period) -> tuple[Kpi, ...]:
    """Figures of a past period as far as counters can tell them; none where the history does not reach back."""
    if engine.first_day is None or engine.first_day > other.start:
        return ()
    then = same_point(period, other, _now(engine), engine.days)
    if then is None:
        return tuple(engine.figure(formula_id, other) for formula_id in BOARD_KPIS)
    reached = Period(other.start, min(other.end, engine.days.day(then) + timedelta(days=1)), other.by)
    return tuple(engine.figure(kpi, reached) for kpi in BOARD_KPIS if not BY_ID[kpi].ripens)


def levels(engine: KpiEngine, period: Period) -> tuple[LevelShare, ...]:
    """Levels that have a target or any closing, in the order of the ladder. Target 0 = none set."""
    rows = []
    for level in Level:
        kpi = engine.figure(level_id(level), period)
        target = engine.setup.level_targets.get(level.value, 0.0)
        if target or kpi.numerator:
            rows.append(LevelShare(level, kpi.numerator, kpi.denominator, target))
    return tuple(rows)


def ranking(engine: KpiEngine, period: Period, dim: str) -> tuple[RankRow, ...]:
    """By on_time_rate, best first; those with too few cases apart at the end, without a place (0)."""
    names = engine.setup.unit_names if dim == "unit" else engine.setup.area_names
    found = [(code, engine.figure("on_time_rate", period, dim, code)) for code in engine.values(dim) if code]
    rows = sorted(((code, kpi) for code, kpi in found if kpi.denominator), key=_best_first)
    ranked = [row for row in rows if row[1].denominator >= engine.setup.ranked_min]
    places = rank_ranges([wilson(kpi.numerator, kpi.denominator) for _, kpi in ranked])
    apart = [row for row in rows if row[1].denominator < engine.setup.ranked_min]
    all_places = [*places, *((0, 0) for _ in apart)]
    return tuple(
        _rank_row(code, names.get(code, code), kpi, place)
        for (code, kpi), place in zip([*ranked, *apart], all_places, strict=True)
    )


def _best_first(row: tuple[str, Kpi]) -> tuple[float, int, str]:
    code, kpi = row
    assert kpi.value is not None
    return -kpi.value, -kpi.denominator, code


def _rank_row(code: str, name: str, kpi: Kpi, place: tuple[int, int]) -> RankRow:
    low, high = wilson(kpi.numerator, kpi.denominator)
    return RankRow(
        code=code,
        name=name,
        numerator=kpi.numerator,
        denominator=kpi.denominator,
        low=low,
        high=high,
        rank_low=place[0],
        rank_high=place[1],
        ranked=place != (0, 0),
    )


def _now(engine: KpiEngine) -> datetime:
    if engine.now is None:
        raise KpiError("load the engine before it is read")
    return engine.now


def _on(engine: KpiEngine, formula_id: str, day: date) -> int:
    return engine.figure(formula_id, day_period(day, "")).numerator


def _rate(engine: KpiEngine, formula_id: str, period: Period, today: date) -> Rate:
    kpi = engine.figure(formula_id, period)
    days = [today - timedelta(days=back) for back in reversed(range(engine.setup.trend_days))]
    trend = tuple((day, engine.figure(formula_id, day_period(day, "")).value) for day in days)
    return Rate(
        kpi=kpi,
        target=engine.setup.targets.get(formula_id, DEFAULT_TARGETS[formula_id]),
        floor=_floor(engine.setup.floors.get(formula_id, 0.0), kpi.value),
        trend=trend,
    )


def _floor(printed: float, value: float | None) -> float:
    """The floor printed on the scale; lowered by whole steps where the value would fall off it."""
    if value is None or value >= printed:
        return printed
    return math.floor(value / _FLOOR_STEP) * _FLOOR_STEP


def _compared(engine: KpiEngine, today: date) -> list[date]:
    """The last four same weekdays that lie within the history."""
    days = [today - timedelta(weeks=back) for back in range(1, WEEKS_BACK + 1)]
    return [day for day in days if engine.first_day is not None and day >= engine.first_day]


def _hourly(engine: KpiEngine, today: date, now: datetime) -> Hourly:
    hour = engine.days.second_of_day(now) // 3600
    past = [engine.quarters.hours(ACCEPTED_SERIES, day) for day in _compared(engine, today)]
    return Hourly(
        accepted=_so_far(engine.quarters.hours(ACCEPTED_SERIES, today), hour),
        closed=_so_far(engine.quarters.hours(CLOSED_SERIES, today), hour),
        band_low=tuple(float(min(counts)) for counts in zip(*past, strict=True)),
        band_high=tuple(float(max(counts)) for counts in zip(*past, strict=True)),
    )


def _so_far(hours: Sequence[int], hour: int) -> tuple[int | None, ...]:
    return tuple(count if at <= hour else None for at, count in enumerate(hours))


def _hotspots(engine: KpiEngine, today: date, now: datetime) -> list[Hotspot]:
    """Every 小类 of today, most first. Without history nothing is called a surge."""
    second, compared = engine.days.second_of_day(now), _compared(engine, today)
    present = engine.quarters.series_on(today)
    found = []
    for name, series in engine.classes():
        count = engine.quarters.total(series, today) if series in present else 0
        if count <= 0:
            continue
        past = sum(engine.quarters.until(series, day, second) for day in compared)
        usual = past / len(compared) if compared else 0.0
        rules = engine.setup.findings
        surge = is_surge(count, round(past), len(compared), rules)
        ratio = count / usual if usual and past >= rules.usual_cases_min else None
        found.append(Hotspot(name=name, count=count, usual=usual, surge=surge, ratio=ratio))
    return sorted(found, key=lambda spot: (-spot.count, spot.name))


def _shown(hotspots: Sequence[Hotspot], limit: int) -> tuple[Hotspot, ...]:
    """The biggest, but a surge always has its row: what is new must not hide behind what is big."""
    chosen = sorted(hotspots, key=lambda spot: not spot.surge)[:limit]
    return tuple(sorted(chosen, key=lambda spot: (-spot.count, spot.name)))

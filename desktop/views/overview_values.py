"""From the overview of the wire to what tiles and charts take. Pure: no clock, no widget, no rule; only naming and units."""

from desktop.models.names import Names
from desktop.views import kpi_words as words
from desktop.widgets.hotspot_list import Hotspot
from desktop.widgets.hourly_chart import HourlySeries
from desktop.widgets.kpi_tile import RateValue
from desktop.widgets.level_meter import LevelShare
from desktop.widgets.ranking import RankRow
from domain.kpi_types import Kpi, Overview, Rate
from domain.kpi_types import RankRow as Ranked


def percent(value: float | None) -> float | None:
    return None if value is None else 100 * value


def rate_value(rate: Rate, period: str) -> RateValue:
    kpi = rate.kpi
    return RateValue(
        value=percent(kpi.value),
        numerator=kpi.numerator,
        denominator=kpi.denominator,
        excluded=words.excluded(kpi),
        formula=words.kpi_formula(kpi.id),
        period=period,
        target=100 * rate.target,
        floor=100 * rate.floor,
        history=tuple(percent(value) for _, value in rate.trend),
    )


def plain_rate(kpi: Kpi, period: str, target: float | None = None, floor: float = 0.0) -> RateValue:
    return RateValue(
        value=percent(kpi.value),
        numerator=kpi.numerator,
        denominator=kpi.denominator,
        excluded=words.excluded(kpi),
        formula=words.kpi_formula(kpi.id),
        period=period,
        target=percent(target),
        floor=100 * floor,
    )


def hourly_series(overview: Overview, now_hour: float | None) -> HourlySeries:
    hourly = overview.hourly
    return HourlySeries(
        accepted=hourly.accepted,
        closed=hourly.closed,
        band_low=hourly.band_low,
        band_high=hourly.band_high,
        now_hour=now_hour,
        accepted_total=overview.accepted_today,
        closed_total=overview.closed_today,
    )


def level_shares(overview: Overview) -> tuple[LevelShare, ...]:
    return tuple(
        LevelShare(
            name=words.level_name(share.level.value),
            n=share.count,
            share=100 * share.count / share.total if share.total else None,
            target=100 * share.target,
        )
        for share in overview.levels
    )


def rank_rows(rows: tuple[Ranked, ...], names: Names) -> tuple[RankRow, ...]:
    """Ranked rows first, in their order; those under 30 cases carry no rank."""
    return tuple(
        RankRow(
            rank_low=row.rank_low if row.ranked else None,
            rank_high=row.rank_high if row.ranked else None,
            name=row.name or names.area(row.code),
            value=100 * row.numerator / row.denominator if row.denominator else None,
            low=100 * row.low,
            high=100 * row.high,
            n=row.denominator,
        )
        for row in rows
    )


def hotspots(overview: Overview) -> tuple[Hotspot, ...]:
    return tuple(
        Hotspot(spot.name, spot.count, spot.count / spot.usual if spot.usual else None, spot.surge)
        for spot in overview.hotspots
    )


def split_counts(overview: Overview) -> dict[str, int]:
    """Open tickets by clock state; those without a limit stand with the ones that are in time of nothing: shown as none."""
    split = overview.open
    counts = {"ok": split.ok, "at_risk": split.at_risk, "overdue": split.overdue, "paused": split.paused}
    if split.no_limit:
        counts["none"] = split.no_limit
    return counts


def days_and_hours(seconds: float) -> str:
    """2 天 4 小时 · 5 小时 · 12 分"""
    minutes = int(seconds // 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return words.tr("{days} 天 {hours} 小时").format(days=days, hours=hours)
    if hours:
        return words.tr("{hours} 小时 {minutes} 分").format(hours=hours, minutes=minutes % 60)
    return words.tr("{minutes} 分").format(minutes=minutes)

"""From the overview of the wire to what tiles and charts take. Pure: no clock, no widget, no rule; only naming and units."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from desktop.models.names import Names
from desktop.views import kpi_words as words
from desktop.views.site_time import SiteTime
from desktop.widgets.hotspot_list import Hotspot
from desktop.widgets.hourly_chart import HourlySeries
from desktop.widgets.kpi_tile import RateValue
from desktop.widgets.level_meter import LevelShare
from desktop.widgets.painting import format_age, format_count
from desktop.widgets.ranking import RankRow
from desktop.widgets.values import Freshness, Run
from domain.kpi_types import Kpi, Overview, Rate
from domain.kpi_types import LevelShare as Level
from domain.kpi_types import RankRow as Ranked

CALL_BACK_SILENCE_H = 24.0
"""Satisfaction stands on call-backs: no new one for this many business hours and its panel is stale by itself."""
NOW_STEP_MIN = 5
ORDER_HOLD_S = 60.0
"""Places of a ranking on the wall change at most this often; the figures in them are always new."""


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


def now_hour(local: datetime) -> float:
    """14.5 for half past two, in steps: the "now" line of a chart need not move with every second."""
    return local.hour + local.minute // NOW_STEP_MIN * NOW_STEP_MIN / 60


def level_shares(levels: Sequence[Level]) -> tuple[LevelShare, ...]:
    return tuple(
        LevelShare(
            name=words.level_name(share.level.value),
            n=share.count,
            share=100 * share.count / share.total if share.total else None,
            target=100 * share.target if share.target else None,
        )
        for share in levels
    )


def with_target(levels: Sequence[Level]) -> tuple[tuple[Level, ...], float | None]:
    """Levels that have a target, and the share of the rest in percent: a wall has room for the ladder only."""
    aimed = tuple(share for share in levels if share.target)
    rest = [share for share in levels if not share.target and share.total]
    return (
        (aimed, sum(100 * share.count / share.total for share in rest) if rest else None)
        if aimed
        else (
            tuple(levels),
            None,
        )
    )


def rank_rows(rows: Sequence[Ranked], names: Names) -> tuple[RankRow, ...]:
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
    """Without four weeks of history there is nothing to be held against; with them, none at this hour is a number, too."""
    known = overview.accepted_usual is not None
    return tuple(
        Hotspot(spot.name, spot.count, spot.ratio, spot.surge, usual_text(spot.usual) if spot.usual or known else "")
        for spot in overview.hotspots
    )


def usual_text(usual: float) -> str:
    """平时 0.3, 平时 0: a usual on too few cases is named, no ratio is made of it."""
    return words.translate("kpi", "平时 {n}").format(n=f"{usual:.1f}" if usual else "0")


def late_parts(overview: Overview) -> tuple[Run, ...]:
    """结案超期 26（本月 23） 环节 24: which part of what is late the rates of this screen count, and which they do not."""
    beyond = overview.open.overdue_business
    closure = next((rate.kpi for rate in overview.rates if rate.kpi.id == "closure_rate"), None)
    runs = [Run(words.translate("kpi", "结案超期 ")), Run(format_count(beyond), strong=True)]
    if closure is not None:
        runs.append(
            Run(words.translate("kpi", "（本月 {n}）").format(n=format_count(closure.denominator - closure.numerator)))
        )
    runs += [
        Run(words.translate("kpi", " 环节 ")),
        Run(format_count(overview.open.overdue - beyond), strong=True),
    ]
    return tuple(runs)


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
        return words.translate("kpi", "{days} 天 {hours} 小时").format(days=days, hours=hours)
    if hours:
        return words.translate("kpi", "{hours} 小时 {minutes} 分").format(hours=hours, minutes=minutes % 60)
    return words.translate("kpi", "{minutes} 分").format(minutes=minutes)


def steady_age(fresh: Freshness) -> Freshness:
    """A panel's age without the seconds that nobody reads, so that a tick repaints it only when its words change."""
    if fresh.state == "live":
        return replace(fresh, age_s=None)
    if fresh.age_s is None:
        return fresh
    step = 60.0 if fresh.age_s >= 60 else 1.0
    return replace(fresh, age_s=fresh.age_s // step * step)


def call_back_freshness(fresh: Freshness, overview: Overview | None, site: SiteTime) -> Freshness:
    """Satisfaction has its own age: call-backs may have stopped while the line is well. Its last value is kept, and marked."""
    last = None if overview is None else overview.last_call_back_at
    if overview is None or last is None or fresh.state not in ("live", "stale", "offline"):
        return fresh
    silent_s = (overview.as_of - last).total_seconds()
    if silent_s <= CALL_BACK_SILENCE_H * 3600:
        return fresh
    since_s = fresh.age_s if fresh.late and fresh.age_s is not None else 0.0
    return steady_age(Freshness(state="stale", as_of=site.stamp(last, overview.as_of), age_s=silent_s + since_s))


def link_detail(link: Freshness) -> str:
    """What stands beside the word of the link on a wall: 延迟 0.8 秒, or when it is tried again."""
    if link.state == "live":
        return "" if link.age_s is None else words.translate("kpi", "延迟 {age}").format(age=format_age(link.age_s))
    return link.detail


class Shown:
    """Remembers what each part last showed: a part is painted anew only when its value has changed."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def changed(self, part: str, value: Any) -> bool:
        if part in self._values and self._values[part] == value:
            return False
        self._values[part] = value
        return True


class SteadyOrder:
    """Keeps the places of a ranking for a minute (screens.md §4a), while every row shows its newest figures."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._codes: tuple[str, ...] = ()
        self._since = 0.0

    def arrange(self, rows: Sequence[Ranked]) -> tuple[Ranked, ...]:
        by_code = {row.code: row for row in rows}
        codes = tuple(by_code)
        held = set(codes) == set(self._codes) and self._now() - self._since < ORDER_HOLD_S
        if not held and codes != self._codes:
            self._codes, self._since = codes, self._now()
        return tuple(by_code[code] for code in self._codes)

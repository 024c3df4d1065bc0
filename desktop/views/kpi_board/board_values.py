"""From a board of the wire to what tiles, rows and charts take. Pure: naming and units, no widget, no clock, no rule."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desktop.models.names import Names
from desktop.views import kpi_words, words
from desktop.views.kpi_board.extras import Compared
from desktop.views.kpi_board.periods import by_word, compare_word, day_text, span_text
from desktop.views.overview_values import percent, rank_rows
from desktop.views.site_time import SiteTime
from desktop.widgets.kpi_tile import RateValue
from desktop.widgets.painting import format_count, format_percent, format_signed
from desktop.widgets.trend_chart import TrendSeries
from desktop.widgets.values import DASH
from desktop.widgets.wording import enumerated, listed
from domain.ids import TicketId
from domain.kpi_judges import age_band, in_house
from domain.kpi_types import Ages, Board, Kpi, LevelShare, Overview, RankRow
from domain.ticket import Ticket

TILES = (
    "closure_rate",
    "closure_rate_accepted",
    "closure_rate_handled",
    "on_time_rate",
    "satisfaction_rate",
    "first_dispatch_right",
    "on_time_handling_rate",
    "joint_check_in_rate",
)
"""The three closure denominators stand side by side, each named; then what a leader asks next."""
TREND_IDS = ("closure_rate", "on_time_rate", "satisfaction_rate")
AGE_MEDIAN, AGE_P90 = "age_median", "age_p90"
MOST_SOURCES = 6
MOST_LABELS = 4
ROUND_TOPS = (1.0, 1.2, 1.6, 2.0, 2.4, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)

Twin = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""A chart as a table: header and rows, as printed."""


@dataclass(frozen=True, slots=True)
class RateRow:
    """One of the further rates as a line."""

    kpi_id: str
    name: str
    value: str
    fraction: str
    change: str
    spoken: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One part of a whole: its number and its share in percent."""

    name: str
    n: int
    share: float | None
    code: str = ""
    """What it stands for; empty for 其他."""


def by_id(kpis: Sequence[Kpi]) -> dict[str, Kpi]:
    return {kpi.id: kpi for kpi in kpis}


def change_text(kpi: Kpi, before: Kpi | None) -> str:
    """+0.31, in percentage points; empty where there is nothing to compare with."""
    if kpi.value is None or before is None or before.value is None:
        return ""
    return format_signed(100 * (kpi.value - before.value))


def compared_kpis(board: Board, compare: str) -> dict[str, Kpi]:
    """The figures that a board is held against; those that are not known are missing."""
    return by_id(board.year_ago if compare == "year_ago" else board.previous)


def compared_text(board: Board, compare: str, site: SiteTime, today: date) -> str:
    """对比 9月1日—9月30日 到 9月9日 10:29 时; or why there is nothing to compare with."""
    translate, which = QCoreApplication.translate, int(compare == "year_ago")
    if board.compared is None:
        return ""
    span = span_text(board.compared[which], today)
    if not compared_kpis(board, compare):
        if board.first_day is None:
            return ""
        return translate("kpi", "{compare}无可比：历史自 {day} 起").format(
            compare=compare_word(compare), day=day_text(board.first_day, today)
        )
    if board.compared_at is None:
        return translate("kpi", "{compare} {span}").format(compare=compare_word(compare), span=span)
    at = site.local(board.compared_at[which])
    return translate("kpi", "{compare} {span} 截至 {at}").format(
        compare=compare_word(compare), span=span, at=f"{day_text(at.date(), today)} {at:%H:%M}"
    )


def tile_value(kpi: Kpi, before: Kpi | None, target: float | None, floor: float, compare: str) -> RateValue:
    change = change_text(kpi, before)
    compared = f"{compare_word(compare)} {change or DASH}"
    return RateValue(
        value=percent(kpi.value),
        numerator=kpi.numerator,
        denominator=kpi.denominator,
        excluded=kpi_words.excluded(kpi),
        formula=kpi_words.kpi_formula(kpi.id),
        period="" if kpi.period is None else by_word(kpi.period.by),
        target=percent(target),
        floor=100 * floor,
        compared=compared,
    )


def printed_floor(target: float | None) -> float:
    """Where the scale of a tile begins, as a fraction: a fixed step well under the target, so that it never moves with the value."""
    return 0.0 if target is None else max(0.0, round((target - 0.1) * 20) / 20)


def rate_rows(board: Board, compare: str) -> tuple[RateRow, ...]:
    """The rates that have no tile, and the means."""
    before = compared_kpis(board, compare)
    rates = [rate_row(kpi, before.get(kpi.id)) for kpi in board.kpis if kpi.id not in TILES]
    return (*rates, *(rate_row(kpi, None, mean=True) for kpi in board.means), *age_rows(board.ages))


def age_rows(ages: Ages | None) -> tuple[RateRow, ...]:
    """Hours from acceptance to closing of what was closed in the period: median, and what nine of ten stay below."""
    if ages is None or ages.median_h is None or ages.p90_h is None:
        return ()
    translate = QCoreApplication.translate
    rows = []
    for row_id, hours in ((AGE_MEDIAN, ages.median_h), (AGE_P90, ages.p90_h)):
        name = translate("kpi", "办结时长中位") if row_id == AGE_MEDIAN else translate("kpi", "办结时长 P90")
        value = translate("kpi", "{h} 时").format(h=f"{hours:,.1f}")
        count = translate("kpi", "{n} 件").format(n=format_count(ages.tickets))
        rows.append(RateRow(row_id, name, value, count, "", listed((f"{name} {value}", count))))
    return tuple(rows)


def rate_row(kpi: Kpi, before: Kpi | None, *, mean: bool = False) -> RateRow:
    value = DASH if kpi.value is None else f"{kpi.value:.2f}" if mean else f"{format_percent(100 * kpi.value)}%"
    fraction = f"{format_count(kpi.numerator)} / {format_count(kpi.denominator)}"
    name, change = kpi_words.kpi_name(kpi.id), change_text(kpi, before)
    template = QCoreApplication.translate("kpi", "{name} {value}，{n} 除以 {m}，{excluded}，变化 {change}")
    spoken = template.format(
        name=name,
        value=value,
        n=kpi.numerator,
        m=kpi.denominator,
        excluded=kpi_words.excluded_sentence(kpi.excluded),
        change=change or DASH,
    )
    return RateRow(kpi.id, name, value, fraction, change, spoken)


def trend_days(overview: Overview, today: date) -> list[str]:
    """Names of the days of `trend_series`, for a reading."""
    rates = [rate for rate in overview.rates if rate.kpi.id in TREND_IDS]
    return [day_text(day, today) for day, _ in rates[0].trend] if rates else []


def trend_series(overview: Overview) -> tuple[tuple[TrendSeries, ...], tuple[str, ...]]:
    """Closure, on-time and satisfaction over the last days, and the days' labels."""
    rates = {rate.kpi.id: rate for rate in overview.rates if rate.kpi.id in TREND_IDS}
    series = tuple(
        TrendSeries(kpi_words.kpi_short(kpi_id), tuple(_tenths(value) for _, value in rates[kpi_id].trend))
        for kpi_id in TREND_IDS
        if kpi_id in rates
    )
    days = [day for day, _ in next(iter(rates.values())).trend] if rates else []
    return series, day_labels(days)


def _tenths(value: float | None) -> float | None:
    return None if value is None else round(100 * value, 1)


def daily_series(board: Board, today: date) -> tuple[tuple[TrendSeries, ...], tuple[str, ...]]:
    """Accepted and closed a day, up to today: days to come are no zeros."""
    known = [(day, accepted, closed) for day, accepted, closed in board.daily if day <= today]
    translate = QCoreApplication.translate
    accepted, closed = tuple(a for _, a, _ in known), tuple(c for _, _, c in known)
    series = (
        TrendSeries(translate("kpi", "受理"), accepted, _last_count(accepted)),
        TrendSeries(translate("kpi", "结案"), closed, _last_count(closed)),
    )
    return series, day_labels([day for day, _, _ in known])


def daily_band(
    board: Board, found: Compared | None, today: date
) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
    """Least and greatest accepted of the last four same weekdays, for the days of `daily_series`."""
    if found is None:
        return (), ()
    known = {one.day: one for one in found.days}
    bands = [known.get(day) for day, _, _ in board.daily if day <= today]
    return tuple(b.low if b else None for b in bands), tuple(b.high if b else None for b in bands)


def count_range(series: Sequence[TrendSeries], band: Sequence[float | None] = ()) -> tuple[float, float]:
    """From zero to a round number above the highest count, so that the middle of the axis is round too."""
    values = [value for line in series for value in line.values if value is not None]
    highest = max((*values, *(value for value in band if value is not None)), default=0.0)
    if highest <= 10:
        return 0.0, max(2.0, 2.0 * math.ceil(highest / 2))
    power = 10.0 ** math.floor(math.log10(highest))
    return 0.0, next(top * power for top in ROUND_TOPS if top * power >= highest)


def _last_count(values: Sequence[int]) -> str:
    return format_count(values[-1] if values else None)


def day_labels(days: Sequence[date]) -> tuple[str, ...]:
    """A label every few days, so that they never touch; all days of a short period."""
    step = max(1, -(-len(days) // MOST_LABELS))
    layout = QCoreApplication.translate("kpi", "M/d")
    dates = (QDate(day.year, day.month, day.day) for day in days)
    return tuple(QLocale().toString(day, layout) if index % step == 0 else "" for index, day in enumerate(dates))


def source_rows(sources: Sequence[tuple[str, int]]) -> tuple[ShareRow, ...]:
    """Sources by volume; what does not fit is 其他, so that the shares still add up."""
    total = sum(n for _, n in sources)
    rows = [(words.source_word(source), n, source) for source, n in sources]
    if len(rows) > MOST_SOURCES:
        rest = sum(n for _, n, _ in rows[MOST_SOURCES - 1 :])
        rows = [*rows[: MOST_SOURCES - 1], (QCoreApplication.translate("kpi", "其他"), rest, "")]
    return tuple(ShareRow(name, n, 100 * n / total if total else None, code) for name, n, code in rows)


def backlog_rows(backlog: Sequence[tuple[str, int]]) -> tuple[ShareRow, ...]:
    """Open tickets by age since acceptance."""
    translate = QCoreApplication.translate
    names = {
        "1d": translate("kpi", "1 天内"),
        "3d": translate("kpi", "1–3 天"),
        "7d": translate("kpi", "3–7 天"),
        "30d": translate("kpi", "7–30 天"),
        "older": translate("kpi", "30 天以上"),
    }
    total = sum(n for _, n in backlog)
    return tuple(ShareRow(names.get(band, band), n, 100 * n / total if total else None, band) for band, n in backlog)


def tickets_of_age(tickets: Iterable[Ticket], band: str, now: datetime) -> tuple[TicketId, ...]:
    """The open tickets of an age band, the oldest first."""
    found = [one for one in tickets if in_house(one) and age_band(one, now) == band]
    return tuple(one.id for one in sorted(found, key=lambda one: (one.accepted_at or now, one.id)))


def tickets_of_hour(tickets: Iterable[Ticket], day: date, hour: int, site: SiteTime) -> tuple[TicketId, ...]:
    """What was accepted in an hour of a day of the site, in the order of acceptance."""
    found = []
    for one in tickets:
        local = None if one.accepted_at is None else site.local(one.accepted_at)
        if local is not None and local.date() == day and local.hour == hour:
            found.append((one.accepted_at, one.id))
    return tuple(one for _, one in sorted(found))


def ranked(rows: Sequence[RankRow]) -> tuple[RankRow, ...]:
    return tuple(row for row in rows if row.ranked)


def apart_text(rows: Sequence[RankRow], names: Names) -> str:
    """不足 30 件另列，不排名：应急局 21/24. Empty when all are ranked."""
    apart = [row for row in rows if not row.ranked]
    if not apart:
        return ""
    listed = enumerated(f"{row.name or names.area(row.code)} {row.numerator}/{row.denominator}" for row in apart)
    return QCoreApplication.translate("kpi", "不足 30 件不排名：{rows}").format(rows=listed)


def ranking_twin(rows: Sequence[RankRow], names: Names) -> Twin:
    translate = QCoreApplication.translate
    header = (
        translate("kpi", "名称"),
        translate("kpi", "名次"),
        translate("kpi", "按期率"),
        translate("kpi", "95% 区间"),
        translate("kpi", "件数"),
    )
    return header, tuple(
        (
            row.name,
            row.rank,
            DASH if row.value is None else f"{format_percent(row.value)}%",
            f"{format_percent(row.low, 1)}–{format_percent(row.high, 1)}",
            format_count(row.n),
        )
        for row in rank_rows(rows, names)
    )


def levels_twin(levels: Sequence[LevelShare]) -> Twin:
    translate = QCoreApplication.translate
    header = (translate("kpi", "层级"), translate("kpi", "办结"), translate("kpi", "占比"), translate("kpi", "目标"))
    return header, tuple(
        (
            kpi_words.level_name(share.level.value),
            format_count(share.count),
            f"{format_percent(100 * share.count / share.total)}%" if share.total else DASH,
            f"{100 * share.target:g}%" if share.target else DASH,
        )
        for share in levels
    )


def shares_twin(title: str, rows: Sequence[ShareRow]) -> Twin:
    translate = QCoreApplication.translate
    header = (title, translate("kpi", "件数"), translate("kpi", "占比"))
    return header, tuple(
        (row.name, format_count(row.n), DASH if row.share is None else f"{format_percent(row.share, 1)}%")
        for row in rows
    )


def targets_of(targets: Mapping[str, float], overview: Overview | None) -> dict[str, float]:
    """Targets as fractions: the site's table, and what the overview carries where the table is silent."""
    found = {} if overview is None else {rate.kpi.id: rate.target for rate in overview.rates}
    return found | dict(targets)


def floors_of(overview: Overview | None, targets: Mapping[str, float]) -> dict[str, float]:
    """Where each tile's scale begins."""
    found = {} if overview is None else {rate.kpi.id: rate.floor for rate in overview.rates}
    return {kpi_id: printed_floor(target) for kpi_id, target in targets.items()} | found

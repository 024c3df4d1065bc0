"""The values of the chart that is zoomed and panned: days, counts and rates, their ranges, ticks and words. Nothing is painted here."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from desktop.widgets.charts.columns import nice_top
from desktop.widgets.charts.plot import Ticks, Twin, Value
from desktop.widgets.painting import format_count, format_percent
from desktop.widgets.values import DASH

MOST_SERIES = 5
FLOOR_STEP = 10
"""A rate axis begins at a whole ten, which is printed."""
DAY_STEPS = (1, 2, 7, 14)
MONTH_STEPS = (1, 3, 6, 12, 24, 60)
MONDAY = 1
"""date.toordinal() modulo 7 of a Monday."""
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ExplorerSeries:
    """One value a day. With `denominators` a rate in %, else a count; a count of None and a rate of 0 cases are gaps."""

    name: str
    numerators: tuple[int | None, ...]
    denominators: tuple[int, ...] = ()

    @property
    def is_rate(self) -> bool:
        return bool(self.denominators)

    def value(self, index: int) -> Value:
        """Percent or count of a day; None = no case, no value."""
        above = self.numerators[index]
        if above is None or not self.is_rate:
            return above
        below = self.denominators[index]
        return 100 * above / below if below else None

    def text(self, index: int) -> str:
        """ "96.20% 152 / 158", "77", or a dash."""
        value = self.value(index)
        if value is None:
            return DASH
        if not self.is_rate:
            return format_count(self.numerators[index])
        return f"{format_percent(value)}% {format_count(self.numerators[index])} / {format_count(self.denominators[index])}"


@dataclass(frozen=True, slots=True)
class Explored:
    """Series over the same days, one a day from `first` on. `target` = its words and its percent. Raises ValueError."""

    first: date = date.min
    series: tuple[ExplorerSeries, ...] = ()
    target: tuple[str, float] | None = None

    def __post_init__(self) -> None:
        if len(self.series) > MOST_SERIES:
            raise ValueError(f"at most {MOST_SERIES} series can be told apart")
        if len({len(s.numerators) for s in self.series} | {len(s.denominators) for s in self.series if s.is_rate}) > 1:
            raise ValueError("series over different days")

    @property
    def count(self) -> int:
        return len(self.series[0].numerators) if self.series else 0

    @property
    def origin(self) -> int:
        """The first day as an ordinal, which is its place on the x axis."""
        return self.first.toordinal()

    def day(self, index: int) -> str:
        return date.fromordinal(self.origin + index).isoformat()

    def of_kind(self, rate: bool) -> tuple[int, ...]:
        """Places of the rates, or of the counts, among the series."""
        return tuple(place for place, series in enumerate(self.series) if series.is_rate == rate)

    def y_range(self, rate: bool) -> tuple[float, float]:
        """Of the whole history, so that a pan never changes what a height means. Counts begin at 0."""
        values = [s.value(i) for s in self.series if s.is_rate == rate for i in range(self.count)]
        known = [value for value in values if value is not None]
        if not rate:
            return 0.0, nice_top(max(known, default=1.0))
        if self.target is not None:
            known.append(self.target[1])
        floor = math.floor(min(known, default=0.0) / FLOOR_STEP) * FLOOR_STEP
        return float(min(floor, 100 - FLOOR_STEP)), 100.0

    def y_ticks(self, rate: bool) -> Ticks:
        low, high = self.y_range(rate)
        unit = "%" if rate else ""
        return tuple((v, f"{v:,g}{unit}") for v in (low, (low + high) / 2, high))

    def texts(self, index: int | None) -> tuple[str, ...]:
        """Name and value of every series on a day; without a day the names."""
        return tuple(s.name if index is None else f"{s.name} {s.text(index)}" for s in self.series)

    def twin(self) -> Twin:
        """The newest day first: a table is read from its top."""
        header = (translate("charts", "日期"), *(s.name for s in self.series))
        rows = tuple((self.day(i), *(s.text(i) for s in self.series)) for i in reversed(range(self.count)))
        return header, rows


def day_ticks(low: float, high: float, most: int) -> list[tuple[int, str]]:
    """Ordinals with their words: days, Mondays, or first days of months, at most `most` and one more."""
    span = max(1.0, high - low)
    first, last = max(1, math.ceil(low)), math.floor(high)
    for step in DAY_STEPS:
        if span / step <= most:
            begin = first + (MONDAY - first) % step
            return [(day, date.fromordinal(day).isoformat()) for day in range(begin, last + 1, step)]
    step = next((months for months in MONTH_STEPS if span / (30 * months) <= most), MONTH_STEPS[-1])
    start = date.fromordinal(first)
    found = []
    # Months are counted from the year 0 so that a step of three always falls on January, April, July, October.
    month = -(-(start.year * 12 + start.month - 1) // step) * step
    while (day := date(month // 12, month % 12 + 1, 1).toordinal()) <= last:
        if day >= first:
            found.append((day, f"{month // 12}-{month % 12 + 1:02d}"))
        month += step
    return found

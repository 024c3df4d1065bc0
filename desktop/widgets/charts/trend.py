"""Rates or counts over days: at most five labelled lines, a usual band, a dashed target with its number, a printed floor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.theme.chart_pens import target_pen
from desktop.theme.theme import Theme
from desktop.widgets.charts.plot import (
    Axes,
    Plot,
    Twin,
    Value,
    lay_out,
    paint_axes,
    paint_band,
    paint_lines,
    paint_reading,
)
from desktop.widgets.painting import draw_text
from desktop.widgets.series_label import paint_series_label, series_label_width
from desktop.widgets.values import DASH

MOST_SERIES = 5
TARGET = -1
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """One line, old to new; `end_text` is printed at its end, default the last value."""

    name: str
    values: tuple[Value, ...]
    end_text: str = ""

    def last(self) -> Value:
        """The newest known value."""
        return next((v for v in reversed(self.values) if v is not None), None)


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines over the same days. `labels` stand below their day, an empty one not; `days` name every day for a reading.

    `band_low`, `band_high` belong to the first line. Without `y_range` counts start at zero and rates at the next round floor below.
    """

    series: tuple[TrendSeries, ...] = ()
    labels: tuple[str, ...] = ()
    unit: str = "%"
    target: Value = None
    y_range: tuple[float, float] | None = None
    band_low: tuple[Value, ...] = ()
    band_high: tuple[Value, ...] = ()
    days: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.series) > MOST_SERIES:
            raise ValueError(f"a trend shows at most {MOST_SERIES} series")

    @property
    def count(self) -> int:
        return max((len(s.values) for s in self.series), default=0)

    def xs(self) -> tuple[float, ...]:
        return tuple(float(n) for n in range(self.count))

    def axes(self) -> Axes:
        last = max(1, self.count - 1)
        low, high = self.y_range or self._span()
        return Axes(
            # A little room at both ends, so that the end dots are whole.
            x_range=(-0.015 * last, 1.02 * last),
            y_range=(low, high),
            x_ticks=tuple((float(i), text) for i, text in enumerate(self.labels) if text),
            y_ticks=tuple((v, f"{v:g}{self.unit}") for v in (low, (low + high) / 2, high)),
        )

    def _span(self) -> tuple[float, float]:
        values = [v for s in self.series for v in s.values if v is not None]
        values += [v for v in (*self.band_low, *self.band_high, self.target) if v is not None]
        if not values:
            return 0.0, 100.0
        low, high = min(values), max(values)
        if self.unit != "%":
            step = 10 ** max(0, math.floor(math.log10(high))) if high > 1 else 1
            return 0.0, float(math.ceil(high / step) * step)
        floor = math.floor((low - 0.5) / 5) * 5
        return float(max(0, floor)), float(min(100, math.ceil((high + 0.1) / 5) * 5))

    def end_text(self, series: TrendSeries) -> str:
        last = series.last()
        return series.end_text or (DASH if last is None else f"{last:g}{self.unit}")

    def target_text(self) -> str:
        return translate("charts", "目标 {target}").format(target=f"{self.target:g}{self.unit}")

    def day(self, index: int) -> str:
        """The name of a day."""
        for names in (self.days, self.labels):
            if index < len(names) and names[index]:
                return names[index]
        return str(index + 1)

    def at(self, index: int) -> tuple[tuple[str, Value], ...]:
        """(name and value in words, value) of each line on a day."""
        found = []
        for series in self.series:
            value = series.values[index] if index < len(series.values) else None
            found.append((f"{series.name} {DASH if value is None else f'{value:,g}{self.unit}'}", value))
        return tuple(found)

    def twin(self) -> Twin:
        header = (translate("charts", "日期"), *(s.name for s in self.series))
        if self.band_low:
            header = (*header, translate("charts", "常量下限"), translate("charts", "常量上限"))
        return header, tuple(
            (
                self.day(index),
                *(_cell(s.values, index) for s in self.series),
                *((_cell(self.band_low, index), _cell(self.band_high, index)) if self.band_low else ()),
            )
            for index in range(self.count)
        )


def plot_of(theme: Theme, rect: QRectF, trend: Trend) -> Plot:
    """Where the days lie in `rect`."""
    texts = [f"{s.name} {trend.end_text(s)}" for s in trend.series]
    texts += [trend.target_text()] if trend.target is not None else []
    widest = max((series_label_width(theme, text) for text in texts), default=0.0)
    return lay_out(theme, rect, trend.axes(), widest + theme.space("s") * 2)


def paint_trend(
    painter: QPainter, rect: QRectF, theme: Theme, trend: Trend, *, dimmed: bool = False, reading: int | None = None
) -> None:
    """`reading` = the day whose values are printed beside a line."""
    plot = plot_of(theme, rect, trend)
    paint_axes(painter, theme, plot)
    paint_band(painter, theme, plot, trend.xs(), trend.band_low, trend.band_high, dimmed)
    paint_lines(painter, theme, plot, trend.xs(), [s.values for s in trend.series], dimmed)
    if trend.target is not None:
        y = plot.y(trend.target)
        painter.setPen(target_pen(theme, dimmed))
        painter.drawLine(QPointF(plot.rect.left(), y), QPointF(plot.rect.right(), y))
    _paint_ends(painter, theme, plot, trend, dimmed)
    if reading is not None and reading < trend.count:
        paint_reading(painter, theme, plot, float(reading), trend.day(reading), trend.at(reading))


def _paint_ends(painter: QPainter, theme: Theme, plot: Plot, trend: Trend, dimmed: bool) -> None:
    """End labels beside their lines, pushed apart so that none covers another, and up again where they would fall off."""
    line, gap, whole = theme.line_px("caption"), theme.space("s"), plot.whole
    ends = [
        (plot.y(plot.axes.y_range[0] if (last := s.last()) is None else last), f"{s.name} {trend.end_text(s)}", i)
        for i, s in enumerate(trend.series)
    ]
    if trend.target is not None:
        ends.append((plot.y(trend.target), trend.target_text(), TARGET))
    ends.sort(key=lambda end: end[0])
    left = plot.rect.right() + gap
    for y, (_, text, index) in zip(_apart([y for y, _, _ in ends], line, whole), ends, strict=True):
        box = QRectF(left, y, whole.right() - left, line)
        if index == TARGET:
            draw_text(painter, box, text, theme.font("caption"), theme.color("text.secondary"))
        else:
            paint_series_label(painter, box, theme, index, text, dimmed)


def _apart(middles: Sequence[float], line: float, whole: QRectF) -> list[float]:
    """Tops of lines of text near their wished middles (sorted), each a line below the one before, all inside."""
    tops: list[float] = []
    for middle in middles:
        tops.append(max(middle - line / 2, whole.top() if not tops else tops[-1] + line))
    limit = whole.bottom() - line
    for index in reversed(range(len(tops))):
        tops[index] = min(tops[index], limit)
        limit = tops[index] - line
    return tops


def _cell(values: Sequence[Value], index: int) -> str:
    value = values[index] if index < len(values) else None
    return DASH if value is None else f"{value:g}"

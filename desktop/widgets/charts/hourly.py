"""Accepted and closed per hour of the day against the usual band, with a dashed "now" line. Fixed range in steps of 50."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.theme.chart_pens import now_pen
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
from desktop.widgets.painting import format_count
from desktop.widgets.series_label import paint_series_label, series_label_width
from desktop.widgets.values import DASH

HOURS = 24
STEP = 50
LABEL_SHARE = 1 / 3
XS = tuple(hour + 0.5 for hour in range(HOURS))
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class HourlySeries:
    """24 values each, None = not known yet. `now_hour` = 14.5 for half past two. Totals are printed at the end."""

    accepted: tuple[Value, ...] = ()
    closed: tuple[Value, ...] = ()
    band_low: tuple[Value, ...] = ()
    band_high: tuple[Value, ...] = ()
    now_hour: float | None = None
    accepted_total: int | None = None
    closed_total: int | None = None

    def names(self) -> tuple[tuple[str, int | None], ...]:
        return (
            (translate("charts", "受理"), self.accepted_total),
            (translate("charts", "结案"), self.closed_total),
        )

    def at(self, hour: int) -> tuple[tuple[str, Value], ...]:
        """(name and value in words, value) of each line in an hour."""
        columns = (self.accepted, self.closed)
        return tuple(
            (f"{name} {_cell(column, hour)}", column[hour] if hour < len(column) else None)
            for (name, _), column in zip(self.names(), columns, strict=True)
        )

    def twin(self) -> Twin:
        header = (
            translate("charts", "时"),
            translate("charts", "受理"),
            translate("charts", "结案"),
            translate("charts", "常量下限"),
            translate("charts", "常量上限"),
        )
        columns = (self.accepted, self.closed, self.band_low, self.band_high)
        return header, tuple((str(hour), *(_cell(column, hour) for column in columns)) for hour in range(HOURS))


def axis_top(values: Sequence[Value]) -> int:
    """The top of a count axis: the next step of 50 above the highest value."""
    highest = max((v for v in values if v is not None), default=0.0)
    return max(STEP, math.ceil(highest / STEP) * STEP)


def top_of(data: HourlySeries) -> int:
    """The least top that shows the whole day."""
    return axis_top([*data.accepted, *data.closed, *data.band_high])


def hour_word(hour: int) -> str:
    return translate("charts", "{h} 时").format(h=hour)


def axes_of(top: int) -> Axes:
    parts = next((n for n in (2, 3, 4, 5) if top % (n * STEP) == 0), 2 if top <= 2 * STEP else 1)
    return Axes(
        x_range=(0.0, float(HOURS)),
        y_range=(0.0, float(top)),
        x_ticks=tuple((h + 0.5, hour_word(h)) for h in (0, 6, 12, 18)),
        y_ticks=tuple((float(v), format_count(v)) for v in (top * k // parts for k in range(parts + 1))),
    )


def plot_of(theme: Theme, rect: QRectF, data: HourlySeries, top: int) -> Plot:
    """Where the hours lie. Long words stand above the plot: beside the line "now" they would lie on the curves."""
    plot = lay_out(theme, rect, axes_of(top), theme.space("s"))
    if _label_width(theme, data) <= LABEL_SHARE * plot.rect.width():
        return plot
    return lay_out(theme, rect, axes_of(top), theme.space("s"), theme.line_px("caption"))


def paint_hourly(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    data: HourlySeries,
    *,
    top: int | None = None,
    dimmed: bool = False,
    reading: int | None = None,
) -> None:
    """`top` of the axis: by default the least that shows the day. `reading` = the hour whose values are printed."""
    plot = plot_of(theme, rect, data, top or top_of(data))
    paint_axes(painter, theme, plot)
    paint_band(painter, theme, plot, XS, data.band_low, data.band_high, dimmed)
    paint_lines(painter, theme, plot, XS, (data.accepted, data.closed), dimmed)
    if data.now_hour is not None:
        x = plot.x(data.now_hour)
        painter.setPen(now_pen(theme))
        painter.drawLine(QPointF(x, plot.rect.top()), QPointF(x, plot.rect.bottom()))
    _paint_labels(painter, theme, plot, data, dimmed)
    if reading is not None and reading < HOURS:
        paint_reading(painter, theme, plot, XS[reading], hour_word(reading), data.at(reading))


def _labels(data: HourlySeries) -> list[str]:
    return [f"{name} {format_count(total)}" for name, total in data.names()]


def _label_width(theme: Theme, data: HourlySeries) -> float:
    return max(series_label_width(theme, label) for label in _labels(data))


def _paint_labels(painter: QPainter, theme: Theme, plot: Plot, data: HourlySeries, dimmed: bool) -> None:
    labels, width, line = _labels(data), _label_width(theme, data), theme.line_px("caption")
    gap, rect = theme.space("s"), plot.rect
    if width > LABEL_SHARE * rect.width():
        for index, label in enumerate(labels):
            box = QRectF(rect.left() + index * (width + gap), plot.whole.top(), width + 1, line)
            paint_series_label(painter, box, theme, index, label, dimmed)
        return
    x = plot.x(data.now_hour) if data.now_hour is not None else rect.left()
    left = x + gap
    if left + width > rect.right():
        left = max(rect.left(), x - gap - width)
    for index, label in enumerate(labels):
        box = QRectF(left, rect.top() + theme.space("xs") + index * line, width + 1, line)
        paint_series_label(painter, box, theme, index, label, dimmed)


def _cell(column: Sequence[Value], hour: int) -> str:
    value = column[hour] if hour < len(column) else None
    return DASH if value is None else f"{value:g}"

"""Accepted and closed per hour of the day against the usual band, with a dashed "now" line. Fixed range in steps of 50."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.theme.chart_pens import now_pen
from desktop.theme.theme import Theme
from desktop.widgets.chart_base import ChartBase
from desktop.widgets.painting import format_count
from desktop.widgets.series_label import paint_series_label, series_label_width
from desktop.widgets.values import DASH
from desktop.widgets.wording import listed

HOURS = 24
STEP = 50
LABEL_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class HourlySeries:
    """24 values each, None = not known yet. `now_hour` = 14.5 for half past two. Totals are printed at the end."""

    accepted: tuple[float | None, ...] = ()
    closed: tuple[float | None, ...] = ()
    band_low: tuple[float | None, ...] = ()
    band_high: tuple[float | None, ...] = ()
    now_hour: float | None = None
    accepted_total: int | None = None
    closed_total: int | None = None


def axis_top(values: Sequence[float | None]) -> int:
    """The top of a count axis: the next step of 50 above the highest value."""
    highest = max((v for v in values if v is not None), default=0.0)
    return max(STEP, math.ceil(highest / STEP) * STEP)


def _tick_values(top: int) -> list[int]:
    parts = next((n for n in (2, 3, 4, 5) if top % (n * STEP) == 0), 2 if top <= 2 * STEP else 1)
    return [top * k // parts for k in range(parts + 1)]


class HourlyChart(ChartBase):
    """The axis grows by itself but shrinks only through `reset_axis` (midnight), so the eye can trust heights."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._data = HourlySeries()
        self._top = STEP
        self._x_range = (0.0, float(HOURS))
        self._apply_axis()

    def set_data(self, data: HourlySeries) -> None:
        """Another day, or another minute of it."""
        self._data = data
        self._top = max(self._top, axis_top([*data.accepted, *data.closed, *data.band_high]))
        self._apply_axis()
        names = ((self.tr("受理"), data.accepted_total), (self.tr("结案"), data.closed_total))
        words = listed(f"{name} {format_count(total)}" for name, total in names)
        self.setAccessibleName(self.tr("每小时受理与结案，{words}").format(words=words))
        self._refresh()

    def reset_axis(self) -> None:
        """A new day begins."""
        self._top = STEP
        self.set_data(self._data)

    def twin(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        header = (self.tr("时"), self.tr("受理"), self.tr("结案"), self.tr("常量下限"), self.tr("常量上限"))
        columns = (self._data.accepted, self._data.closed, self._data.band_low, self._data.band_high)
        rows = tuple((str(hour), *(_cell(column, hour) for column in columns)) for hour in range(HOURS))
        return header, rows

    def _apply_axis(self) -> None:
        self._y_range = (0.0, float(self._top))
        self._y_ticks = tuple((float(v), format_count(v)) for v in _tick_values(self._top))
        self._x_ticks = tuple((h + 0.5, self.tr("{h} 时").format(h=h)) for h in (0, 6, 12, 18))

    def _draw(self) -> None:
        xs = [hour + 0.5 for hour in range(HOURS)]
        self._set_band(xs, self._data.band_low, self._data.band_high)
        self._set_curves(xs, (self._data.accepted, self._data.closed))

    def _paint_front(self, painter: QPainter, plot: QRectF) -> None:
        theme, now = self._theme, self._data.now_hour
        x = self._x_px(now) if now is not None else plot.left()
        if now is not None:
            painter.setPen(now_pen(theme))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        labels = self._labels()
        width = self._label_width()
        if self._above():
            for index, label in enumerate(labels):
                box = QRectF(plot.left() + index * (width + theme.space("s")), 0, width + 1, theme.line_px("caption"))
                paint_series_label(painter, box, theme, index, label, self._dimmed)
            return
        left = x + theme.space("s")
        if left + width > plot.right():
            left = max(plot.left(), x - theme.space("s") - width)
        line = theme.line_px("caption")
        for index, label in enumerate(labels):
            box = QRectF(left, plot.top() + theme.space("xs") + index * line, width + 1, line)
            paint_series_label(painter, box, theme, index, label, self._dimmed)

    def _labels(self) -> tuple[str, str]:
        names = (self.tr("受理"), self.tr("结案"))
        accepted, closed = format_count(self._data.accepted_total), format_count(self._data.closed_total)
        return f"{names[0]} {accepted}", f"{names[1]} {closed}"

    def _label_width(self) -> float:
        return max(series_label_width(self._theme, label) for label in self._labels())

    def _above(self) -> bool:
        """Long words stand above the plot: beside the line "now" they would lie on the curves."""
        return self._label_width() > LABEL_SHARE * super()._plot_rect().width()

    def _plot_rect(self) -> QRectF:
        plot = super()._plot_rect()
        return plot.adjusted(0, self._theme.line_px("caption"), 0, 0) if self._above() else plot


def _cell(column: tuple[float | None, ...], hour: int) -> str:
    value = column[hour] if hour < len(column) else None
    return DASH if value is None else f"{value:g}"

"""Rates or counts over days: at most five labelled lines, a dashed target with its number, a printed floor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.theme.chart_pens import target_pen
from desktop.theme.theme import Theme
from desktop.widgets.chart_base import ChartBase
from desktop.widgets.painting import draw_text
from desktop.widgets.series_label import paint_series_label, series_label_width
from desktop.widgets.values import DASH
from desktop.widgets.wording import listed

MOST_SERIES = 5
TARGET = -1


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """One line, old to new; `end_text` is printed at its end, default the last value."""

    name: str
    values: tuple[float | None, ...]
    end_text: str = ""

    def last(self) -> float | None:
        """The newest known value."""
        return next((v for v in reversed(self.values) if v is not None), None)


class TrendChart(ChartBase):
    """Lines are labelled at their end; the fifth series is 其他 by the caller's grouping."""

    def __init__(self, theme: Theme, unit: str = "%", parent=None) -> None:
        super().__init__(theme, parent)
        self._unit = unit
        self._series: tuple[TrendSeries, ...] = ()
        self._labels: tuple[str, ...] = ()
        self._target: float | None = None
        self._count = 0

    def set_data(
        self,
        series: Sequence[TrendSeries],
        x_labels: Sequence[str],
        target: float | None = None,
        y_range: tuple[float, float] | None = None,
    ) -> None:
        """Lines over the same days. Without `y_range` counts start at zero and rates at the next round floor below."""
        if len(series) > MOST_SERIES:
            raise ValueError(f"a trend shows at most {MOST_SERIES} series")
        self._series, self._labels, self._target = tuple(series), tuple(x_labels), target
        count = max((len(s.values) for s in self._series), default=0)
        last = max(1, count - 1)
        # A little room at both ends, so that the end dots are whole.
        self._x_range = (-0.015 * last, 1.02 * last)
        self._count = count
        self._y_range = y_range or self._span()
        low, high = self._y_range
        self._y_ticks = tuple((v, f"{v:g}{self._unit}") for v in (low, (low + high) / 2, high))
        self._x_ticks = tuple((float(i), text) for i, text in enumerate(self._labels) if text)
        words = listed(f"{s.name} {self._end_text(s)}" for s in self._series)
        goal = "" if target is None else self.tr("，目标 {target}").format(target=f"{target:g}{self._unit}")
        self.setAccessibleName(words + goal)
        self._refresh()

    def twin(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        header = (self.tr("日期"), *(s.name for s in self._series))
        count = max((len(s.values) for s in self._series), default=0)
        rows = []
        for index in range(count):
            label = self._labels[index] if index < len(self._labels) else str(index + 1)
            values = [s.values[index] if index < len(s.values) else None for s in self._series]
            rows.append((label, *(DASH if v is None else f"{v:g}" for v in values)))
        return header, tuple(rows)

    def _end_text(self, series: TrendSeries) -> str:
        last = series.last()
        return series.end_text or (DASH if last is None else f"{last:g}{self._unit}")

    def _target_text(self) -> str:
        return self.tr("目标 {target}").format(target=f"{self._target:g}{self._unit}")

    def _span(self) -> tuple[float, float]:
        values = [v for s in self._series for v in s.values if v is not None]
        values += [self._target] if self._target is not None else []
        if not values:
            return 0.0, 100.0
        low, high = min(values), max(values)
        if self._unit != "%":
            step = 10 ** max(0, math.floor(math.log10(high))) if high > 1 else 1
            return 0.0, float(math.ceil(high / step) * step)
        floor = math.floor((low - 0.5) / 5) * 5
        return float(max(0, floor)), float(min(100, math.ceil((high + 0.1) / 5) * 5))

    def _right_margin(self) -> float:
        texts = [f"{s.name} {self._end_text(s)}" for s in self._series]
        texts += [self._target_text()] if self._target is not None else []
        widest = max((series_label_width(self._theme, text) for text in texts), default=0.0)
        return widest + self._theme.space("s") * 2

    def _draw(self) -> None:
        self._set_curves(range(self._count), [s.values for s in self._series])

    def _paint_front(self, painter: QPainter, plot: QRectF) -> None:
        theme = self._theme
        if self._target is not None:
            y = self._y_px(self._target)
            painter.setPen(target_pen(theme, self._dimmed))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        self._paint_ends(painter, plot)

    def _paint_ends(self, painter: QPainter, plot: QRectF) -> None:
        """End labels beside their lines, pushed apart so that none covers another."""
        theme = self._theme
        line = theme.line_px("caption")
        ends = [
            (
                self._y_px(self._y_range[0] if (last := s.last()) is None else last),
                f"{s.name} {self._end_text(s)}",
                i,
            )
            for i, s in enumerate(self._series)
        ]
        if self._target is not None:
            ends.append((self._y_px(self._target), self._target_text(), TARGET))
        y = -math.inf
        for wish, text, index in sorted(ends, key=lambda end: end[0]):
            y = min(max(wish - line / 2, y + line), self.height() - line)
            box = QRectF(plot.right() + theme.space("s"), y, self.width() - plot.right() - theme.space("s"), line)
            if index == TARGET:
                draw_text(painter, box, text, theme.font("caption"), theme.color("text.secondary"))
            else:
                paint_series_label(painter, box, theme, index, text, self._dimmed)

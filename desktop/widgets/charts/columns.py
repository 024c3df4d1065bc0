"""Counts over time as columns beside each other: axes, a key at the right above the plot, and every number where there is room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from desktop.theme.chart_pens import series_color
from desktop.theme.theme import Theme
from desktop.widgets.charts.plot import Axes, Plot, lay_out, paint_axes
from desktop.widgets.painting import CENTER, draw_text, format_count, text_width

STEPS = 4
FILLED = 0.76
"""Share of its place that a group of columns takes."""


@dataclass(frozen=True, slots=True)
class Columns:
    """`series` = (name, one value per label); values are counts, None = not known."""

    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]

    @property
    def top(self) -> float:
        """End of the axis: a number whose quarters are whole."""
        return nice_top(max((value or 0.0 for _, values in self.series for value in values), default=0.0))


def nice_top(most: float) -> float:
    if most <= STEPS:
        return float(STEPS)
    power = 10 ** math.floor(math.log10(most))
    for factor in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10):
        if factor * power >= most:
            return float(math.ceil(factor * power / STEPS) * STEPS)
    return most


def plot_of(theme: Theme, rect: QRectF, data: Columns) -> Plot:
    """Where the columns stand: label n at n + 0.5."""
    top = data.top
    axes = Axes(
        x_range=(0.0, float(max(1, len(data.labels)))),
        y_range=(0.0, top),
        x_ticks=tuple((place + 0.5, text) for place, text in enumerate(data.labels)),
        y_ticks=tuple((top * step / STEPS, format_count(round(top * step / STEPS))) for step in range(STEPS + 1)),
    )
    return lay_out(theme, rect, axes, 0.0, above=theme.line_px("caption") * 1.4)


def paint_columns(painter: QPainter, rect: QRectF, theme: Theme, data: Columns) -> None:
    """The whole chart in `rect`."""
    plot = plot_of(theme, rect, data)
    paint_axes(painter, theme, plot)
    _paint_key(painter, rect, theme, [name for name, _ in data.series])
    slot = plot.rect.width() / max(1, len(data.labels))
    width = slot * FILLED / max(1, len(data.series))
    font, line = theme.font("caption"), theme.line_px("caption")
    widest = max(
        (text_width(font, format_count(round(value or 0))) for _, vs in data.series for value in vs), default=0
    )
    for index, (_, values) in enumerate(data.series):
        for place, value in enumerate(values):
            if value is None:
                continue
            left = plot.x(place + 0.5) + (index - len(data.series) / 2) * width
            top = plot.y(value)
            bar = QRectF(left, top, width * 0.92, plot.rect.bottom() - top)
            painter.fillRect(bar, series_color(theme, index))
            if widest <= width * 1.15:
                box = QRectF(left - width, top - line, width * 2.92, line)
                draw_text(painter, box, format_count(round(value)), font, theme.color("text.secondary"), CENTER)


def _paint_key(painter: QPainter, rect: QRectF, theme: Theme, names: Sequence[str]) -> None:
    """Which colour is which."""
    font, line, side = theme.font("caption"), theme.line_px("caption"), theme.px("caption") * 0.7
    right = rect.right()
    for index, name in reversed(list(enumerate(names))):
        width = text_width(font, name)
        right -= width
        draw_text(painter, QRectF(right, rect.top(), width + 1, line), name, font, theme.color("text.secondary"))
        right -= side + theme.space("xs")
        mark = QRectF(right, rect.top() + (line - side) / 2, side, side)
        painter.fillRect(mark, series_color(theme, index))
        right -= theme.space("l")

"""What every chart with axes is made of: where the plot lies, its ticks, band, lines, and the reading at one point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop.theme.chart_pens import band_brush, now_pen, series_color, series_pen
from desktop.theme.theme import Theme
from desktop.widgets.painting import CENTER, RIGHT, draw_text, hair_line, text_width
from desktop.widgets.series_label import paint_series_label, series_label_width

T = TypeVar("T")
Value = float | None
Ticks = tuple[tuple[float, str], ...]
Twin = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""A chart as a table: header and rows, as printed."""
SMOOTH_POINTS = 400
"""Beyond it antialiasing of a thick line costs more than it shows."""
BAND_DIMMED = 0.6


@dataclass(frozen=True, slots=True)
class Axes:
    """Ranges and ticks in values."""

    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_ticks: Ticks = ()
    y_ticks: Ticks = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """The area between the axes, `rect` in the painter's coordinates, inside `whole`."""

    axes: Axes
    whole: QRectF
    rect: QRectF

    def x(self, value: float) -> float:
        low, high = self.axes.x_range
        return self.rect.left() + (value - low) / (high - low) * self.rect.width()

    def y(self, value: float) -> float:
        low, high = self.axes.y_range
        return self.rect.bottom() - (value - low) / (high - low) * self.rect.height()

    def nearest(self, x: float, xs: Sequence[float]) -> int | None:
        """Index of the point whose place is nearest to `x`; None without points."""
        return min(range(len(xs)), key=lambda index: abs(self.x(xs[index]) - x), default=None)


def lay_out(theme: Theme, whole: QRectF, axes: Axes, right: float, above: float = 0.0) -> Plot:
    """Room for the tick labels at the left and below, `right` for labels at the ends, `above` for a line over the plot."""
    font = theme.font("caption")
    left = max((text_width(font, text) for _, text in axes.y_ticks), default=0.0) + theme.space("s")
    top = theme.px("caption") * 0.6 + above
    bottom = theme.line_px("caption") * 1.05 if axes.x_ticks else theme.space("xs")
    width, height = max(1.0, whole.width() - left - right), max(1.0, whole.height() - top - bottom)
    rect = QRectF(round(whole.left() + left), round(whole.top() + top), round(width), round(height))
    return Plot(axes, whole, rect)


def paint_axes(painter: QPainter, theme: Theme, plot: Plot) -> None:
    """Grid lines with their numbers, and the words below; a word that would touch its neighbour is left out."""
    font, color, line = theme.font("caption"), theme.color("text.tertiary"), theme.line_px("caption")
    rect, whole = plot.rect, plot.whole
    for value, text in plot.axes.y_ticks:
        y = plot.y(value)
        hair_line(painter, theme, rect.left(), y - theme.pen("hair") / 2, rect.right())
        box = QRectF(whole.left(), y - line / 2, rect.left() - whole.left() - theme.space("s") + 1, line)
        draw_text(painter, box, text, font, color, RIGHT)
    free = whole.left()
    for value, text in plot.axes.x_ticks:
        width = text_width(font, text)
        left = min(max(rect.left(), plot.x(value) - width / 2), whole.right() - width)
        if left < free:
            continue
        draw_text(painter, QRectF(left, rect.bottom(), width + 1, line * 1.05), text, font, color, CENTER)
        free = left + width + theme.space("s")


def paint_band(
    painter: QPainter,
    theme: Theme,
    plot: Plot,
    xs: Sequence[float],
    low: Sequence[Value],
    high: Sequence[Value],
    dimmed: bool = False,
) -> None:
    """The usual range; where there is no history there is none."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(band_brush(theme))
    painter.setOpacity(BAND_DIMMED if dimmed else 1.0)
    edges = [
        None if a is None or b is None else (plot.x(x), plot.y(a), plot.y(b))
        for x, a, b in zip(xs, low, high, strict=False)
    ]
    for run in _runs(edges):
        points = [QPointF(x, top) for x, _, top in run] + [QPointF(x, bottom) for x, bottom, _ in reversed(run)]
        painter.drawPolygon(QPolygonF(points))
    painter.setOpacity(1.0)


def paint_lines(
    painter: QPainter,
    theme: Theme,
    plot: Plot,
    xs: Sequence[float],
    lines: Sequence[Sequence[Value]],
    dimmed: bool = False,
) -> None:
    """One line and its end dot each; a None breaks the line. The first is read first: it lies on top."""
    painter.save()
    half = theme.pen("series")
    painter.setClipRect(plot.rect.adjusted(-2 * half, -2 * half, 2 * half, 2 * half))
    for index in reversed(range(len(lines))):
        values = lines[index]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(values) <= SMOOTH_POINTS)
        points = [None if v is None else QPointF(plot.x(x), plot.y(v)) for x, v in zip(xs, values, strict=False)]
        pen = series_pen(theme, index, dimmed)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for run in _runs(points):
            if len(run) > 1:
                painter.drawPolyline(QPolygonF(run))
            else:
                paint_dot(painter, theme, run[0], index, dimmed, half / 2)
                painter.setPen(pen)
        known = [point for point in points if point is not None]
        if known:
            paint_dot(painter, theme, known[-1], index, dimmed, half * 1.4)
    painter.restore()


def paint_dot(painter: QPainter, theme: Theme, at: QPointF, index: int, dimmed: bool, radius: float) -> None:
    """A dot in the colour of the series."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(series_color(theme, index, dimmed))
    painter.drawEllipse(at, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_reading(
    painter: QPainter,
    theme: Theme,
    plot: Plot,
    x: float,
    title: str,
    entries: Sequence[tuple[str, Value]],
) -> None:
    """The values at one place, beside a vertical line: (words, height of the series' dot there) of each series."""
    at = plot.x(x)
    painter.setPen(now_pen(theme))
    painter.drawLine(QPointF(at, plot.rect.top()), QPointF(at, plot.rect.bottom()))
    for index, (_, value) in enumerate(entries):
        if value is not None:
            paint_dot(painter, theme, QPointF(at, plot.y(value)), index, False, theme.pen("series") * 1.6)
    gap, line, font = theme.space("s"), theme.line_px("caption"), theme.font("caption")
    words = [text for text, _ in entries]
    width = max([text_width(font, title), *(series_label_width(theme, text) for text in words)]) + 2 * gap
    left = at + gap if at + gap + width <= plot.whole.right() else max(plot.whole.left(), at - gap - width)
    box = QRectF(left, plot.rect.top(), width, line * (1 + len(words)) + gap)
    painter.setPen(QPen(theme.color("line.hair"), theme.pen("hair")))
    painter.setBrush(theme.color("surface.raised"))
    painter.drawRoundedRect(box, theme.radius("control"), theme.radius("control"))
    inner = box.adjusted(gap, gap / 2, -gap, 0)
    row = QRectF(inner.left(), inner.top(), inner.width() + 1, line)
    draw_text(painter, row, title, font, theme.color("text.secondary"))
    for index, text in enumerate(words):
        paint_series_label(painter, row.translated(0, line * (index + 1)), theme, index, text)


def _runs(points: Sequence[T | None]) -> Iterator[list[T]]:
    """Neighbours without a gap."""
    run: list[T] = []
    for point in (*points, None):
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []

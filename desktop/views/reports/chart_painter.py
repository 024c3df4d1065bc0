"""Charts of a report: the painters of desktop.widgets.charts at the size of paper. Vectors in PDF and SVG, a 2× PNG in Word."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from desktop.services.reports.paper import Chart
from desktop.theme.theme import Theme
from desktop.widgets.charts.bars import Bar, bars_height, paint_bars
from desktop.widgets.charts.columns import Columns, nice_top, paint_columns
from desktop.widgets.charts.picture import png, svg
from desktop.widgets.painting import draw_text, format_count

PT_PER_PX = 0.68
"""Screen pixels of a chart on paper: text of 12 px becomes 8 pt."""
COLUMNS_PX = 240
WIDTH_PX = 640


def chart_height_pt(chart: Chart, theme: Theme) -> float:
    """What it wants on a page, its title included."""
    return (_height_px(chart, theme) + _title_px(theme)) * PT_PER_PX


def paint_chart(painter: QPainter, rect: QRectF, unit: float, chart: Chart, theme: Theme, empty: str) -> None:
    """Into `rect`, in device pixels; `unit` = device pixels of a point. `empty` stands where there is nothing to paint."""
    scale = unit * PT_PER_PX
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(scale, scale)
    width = rect.width() / scale
    title = QRectF(0, 0, width, theme.line_px("body"))
    draw_text(painter, title, _title(chart), theme.font("body", "title"), theme.color("text.primary"))
    _painter_of(chart, theme, empty)(painter, QRectF(0, _title_px(theme), width, _height_px(chart, theme)))
    painter.restore()


def chart_png(chart: Chart, theme: Theme, empty: str) -> bytes:
    """2× PNG on white, its title above it."""
    return png(QSize(WIDTH_PX, _height_px(chart, theme)), _painter_of(chart, theme, empty), theme, _title(chart))


def chart_svg(chart: Chart, theme: Theme, empty: str) -> bytes:
    """The same as vectors."""
    return svg(QSize(WIDTH_PX, _height_px(chart, theme)), _painter_of(chart, theme, empty), theme, _title(chart))


def _painter_of(chart: Chart, theme: Theme, empty: str) -> Callable[[QPainter, QRectF], None]:
    def paint(painter: QPainter, rect: QRectF) -> None:
        if chart.is_empty:
            draw_text(painter, rect, empty, theme.font("small"), theme.color("text.secondary"))
        elif chart.kind == "bars":
            paint_bars(painter, rect, theme, _bars(chart))
        else:
            series = tuple((one.name, one.values) for one in chart.series)
            paint_columns(painter, rect, theme, Columns(chart.labels, series))

    return paint


def _bars(chart: Chart) -> tuple[Bar, ...]:
    """Rates from 0 to 100 %, counts against the largest."""
    values = chart.series[0].values
    most = 1.0 if chart.percent else nice_top(max((value or 0.0 for value in values), default=0.0))
    return tuple(
        Bar(label, _number(value, chart), None if value is None else value / most)
        for label, value in zip(chart.labels, values, strict=True)
    )


def _title(chart: Chart) -> str:
    """With the target, which every rate names."""
    if chart.target is None:
        return chart.title
    return f"{chart.title} · {chart.target_name} {_number(chart.target, chart)}"


def _number(value: float | None, chart: Chart) -> str:
    if value is None:
        return "–"
    return f"{100 * value:.2f}%" if chart.percent else format_count(round(value))


def _title_px(theme: Theme) -> float:
    return theme.line_px("body") + theme.space("s")


def _height_px(chart: Chart, theme: Theme) -> int:
    if chart.is_empty:
        return math.ceil(theme.line_px("small") * 1.5)
    return bars_height(theme, len(chart.labels)) if chart.kind == "bars" else COLUMNS_PX

"""Charts of a report, painted by ourselves: the same painting goes as vectors into PDF and SVG and as a 2× PNG into Word.

Bars begin at 0, every value stands as a number, the target has a name. Sizes are given in `unit` = device pixels of one point.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QImageWriter, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator

from desktop.services.reports.paper import Chart
from desktop.theme.chart_pens import series_color
from desktop.theme.theme import Theme
from desktop.views.reports.paper_font import paper_font
from desktop.widgets.painting import format_count

TEXT_PT, TITLE_PT, LINE_PT = 8.0, 9.5, 12.0
COLUMNS_PT = 190.0
BAR_ROW_PT = 17.0
STEPS = 4
SHARP = 2.0
PNG_WIDTH_PT = 440.0
PX_PER_PT = 96 / 72
"""A picture in Word at 100 %: doubled by SHARP."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of the light theme, because paper is light."""

    theme: Theme
    unit: float

    def font(self, size_pt: float, bold: bool = False) -> QFont:
        return paper_font(size_pt * self.unit, bold)

    def ink(self, role: str = "text.primary") -> QColor:
        return self.theme.color(role)

    def line(self, role: str, width_pt: float = 0.5) -> QPen:
        return QPen(self.theme.color(role), width_pt * self.unit)


def chart_height_pt(chart: Chart) -> float:
    """What it wants, its title included."""
    if chart.is_empty:
        return TITLE_PT * 2 + LINE_PT
    if chart.kind == "bars":
        return TITLE_PT * 2 + len(chart.labels) * BAR_ROW_PT + LINE_PT * 1.5
    return COLUMNS_PT


def paint_chart(painter: QPainter, rect: QRectF, chart: Chart, look: Look, empty: str) -> None:
    """`empty` stands where there is nothing to paint."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = look.unit
    title = QRectF(rect.left(), rect.top(), rect.width(), TITLE_PT * 1.6 * unit)
    _text(painter, title, chart.title, look.font(TITLE_PT, bold=True), look.ink(), Qt.AlignmentFlag.AlignLeft)
    body = rect.adjusted(0, TITLE_PT * 2 * unit, 0, 0)
    if chart.is_empty:
        _text(painter, body, empty, look.font(TEXT_PT), look.ink("text.secondary"), Qt.AlignmentFlag.AlignLeft)
    elif chart.kind == "bars":
        _bars(painter, body, chart, look)
    else:
        _key(painter, rect, chart, look)
        _columns(painter, body, chart, look)
    painter.restore()


def chart_png(chart: Chart, theme: Theme, empty: str, width_pt: float = PNG_WIDTH_PT) -> bytes:
    """2× PNG on white."""
    look = Look(theme, PX_PER_PT * SHARP)
    size = QSize(round(width_pt * look.unit), math.ceil(chart_height_pt(chart) * look.unit))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(theme.color("surface.panel"))
    painter = QPainter(image)
    paint_chart(painter, QRectF(QPointF(), size.toSizeF()), chart, look, empty)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def chart_svg(chart: Chart, theme: Theme, empty: str, width_pt: float = PNG_WIDTH_PT) -> bytes:
    """The same as vectors."""
    look = Look(theme, PX_PER_PT)
    size = QSize(round(width_pt * look.unit), math.ceil(chart_height_pt(chart) * look.unit))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(chart.title)
    painter = QPainter(generator)
    paint_chart(painter, QRectF(QPointF(), size.toSizeF()), chart, look, empty)
    painter.end()
    return bytes(data.data())


# -- columns over time ------------------------------------------------------------------------------


def _columns(painter: QPainter, rect: QRectF, chart: Chart, look: Look) -> None:
    unit, font = look.unit, look.font(TEXT_PT)
    top = _nice(max(value or 0.0 for one in chart.series for value in one.values))
    left = max(QFontMetricsF(font).horizontalAdvance(_number(top, chart)), 20 * unit) + 4 * unit
    plot = rect.adjusted(left, LINE_PT * 0.8 * unit, 0, -LINE_PT * 1.4 * unit)
    for step in range(STEPS + 1):
        y = plot.bottom() - plot.height() * step / STEPS
        painter.setPen(look.line("chart.axis", 0.8 if not step else 0.3))
        painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
        box = QRectF(rect.left(), y - LINE_PT * unit / 2, left - 4 * unit, LINE_PT * unit)
        mark = _number(top * step / STEPS, chart)
        _text(painter, box, mark, font, look.ink("text.secondary"), Qt.AlignmentFlag.AlignRight)
    slot = plot.width() / len(chart.labels)
    width = min(slot * 0.76 / len(chart.series), 18 * unit)
    room = width >= QFontMetricsF(look.font(TEXT_PT - 1.5)).horizontalAdvance("0000") * 0.8
    for place in range(len(chart.labels)):
        middle = plot.left() + slot * (place + 0.5)
        for index, series in enumerate(chart.series):
            value = series.values[place]
            if value is None:
                continue
            x = middle + (index - len(chart.series) / 2) * width
            height = plot.height() * value / top if top else 0.0
            bar = QRectF(x, plot.bottom() - height, width * 0.92, height)
            painter.fillRect(bar, series_color(look.theme, index))
            if room:
                above = QRectF(x - width, bar.top() - LINE_PT * 0.8 * unit, width * 3, LINE_PT * 0.8 * unit)
                small = look.font(TEXT_PT - 1.5)
                _text(painter, above, _number(value, chart), small, look.ink(), Qt.AlignmentFlag.AlignHCenter)
    _day_labels(painter, plot, chart, look, slot)


def _day_labels(painter: QPainter, plot: QRectF, chart: Chart, look: Look, slot: float) -> None:
    """As many as stand beside each other without touching; the first always."""
    font = look.font(TEXT_PT)
    widest = max(QFontMetricsF(font).horizontalAdvance(text) for text in chart.labels) + 4 * look.unit
    every = max(1, math.ceil(widest / slot))
    for place in range(0, len(chart.labels), every):
        middle = plot.left() + slot * (place + 0.5)
        box = QRectF(middle - widest / 2, plot.bottom() + 2 * look.unit, widest, LINE_PT * look.unit)
        _text(painter, box, chart.labels[place], font, look.ink("text.secondary"), Qt.AlignmentFlag.AlignHCenter)


def _key(painter: QPainter, rect: QRectF, chart: Chart, look: Look) -> None:
    """Which colour is which, at the right of the title."""
    unit, font = look.unit, look.font(TEXT_PT)
    x = rect.right()
    for index, series in reversed(list(enumerate(chart.series))):
        width = QFontMetricsF(font).horizontalAdvance(series.name)
        x -= width
        box = QRectF(x, rect.top(), width + unit, TITLE_PT * 1.6 * unit)
        _text(painter, box, series.name, font, look.ink(), Qt.AlignmentFlag.AlignLeft)
        side = 6 * unit
        x -= side + 3 * unit
        painter.fillRect(QRectF(x, box.center().y() - side / 2, side, side), series_color(look.theme, index))
        x -= 10 * unit


# -- lying bars -------------------------------------------------------------------------------------


def _bars(painter: QPainter, rect: QRectF, chart: Chart, look: Look) -> None:
    unit, font = look.unit, look.font(TEXT_PT)
    values = chart.series[0].values
    metrics = QFontMetricsF(font)
    left = min(max(metrics.horizontalAdvance(text) for text in chart.labels) + 6 * unit, rect.width() * 0.36)
    right = metrics.horizontalAdvance("100.00%") + 8 * unit
    plot = rect.adjusted(left, 0, -right, -LINE_PT * 1.2 * unit)
    most = 1.0 if chart.percent else _nice(max(value or 0.0 for value in values))
    row = BAR_ROW_PT * unit
    for place, (label, value) in enumerate(zip(chart.labels, values, strict=True)):
        line = QRectF(rect.left(), plot.top() + place * row, left - 6 * unit, row)
        text = metrics.elidedText(label, Qt.TextElideMode.ElideRight, line.width())
        _text(painter, line, text, font, look.ink(), Qt.AlignmentFlag.AlignRight)
        width = plot.width() * (value or 0.0) / most
        painter.fillRect(QRectF(plot.left(), line.top() + row * 0.2, width, row * 0.6), series_color(look.theme, 0))
        box = QRectF(plot.left() + width + 4 * unit, line.top(), right, row)
        _text(painter, box, _number(value, chart), font, look.ink(), Qt.AlignmentFlag.AlignLeft)
    painter.setPen(look.line("chart.axis", 0.8))
    painter.drawLine(QLineF(plot.left(), plot.top(), plot.left(), plot.top() + row * len(values)))
    if chart.target is not None:
        x = plot.left() + plot.width() * chart.target / most
        pen = look.line("chart.target", 0.9)
        pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        bottom = plot.top() + row * len(values)
        painter.drawLine(QLineF(x, plot.top(), x, bottom + 2 * unit))
        text = f"{chart.target_name} {_number(chart.target, chart)}"
        box = QRectF(x - 60 * unit, bottom + 2 * unit, 120 * unit, LINE_PT * unit)
        _text(painter, box, text, font, look.ink("text.secondary"), Qt.AlignmentFlag.AlignHCenter)


# -- small things -----------------------------------------------------------------------------------


def _text(painter: QPainter, rect: QRectF, text: str, font: QFont, color: QColor, align: Qt.AlignmentFlag) -> None:
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter), text)


def _number(value: float | None, chart: Chart) -> str:
    if value is None:
        return "–"
    return f"{100 * value:.2f}%" if chart.percent else format_count(round(value))


def _nice(most: float) -> float:
    """The end of the axis: a number whose quarters are whole."""
    if most <= STEPS:
        return float(STEPS)
    power = 10 ** math.floor(math.log10(most))
    for factor in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10):
        if factor * power >= most:
            return float(math.ceil(factor * power / STEPS) * STEPS)
    return most

"""A chart as a picture, PNG or SVG, painted by the very painter that shows it, with its title and what it is about above it.

For PDF give a painter on a QPdfWriter to `paint_titled`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from desktop.theme.theme import Theme
from desktop.widgets.painting import draw_text

SHARP = 2.0
"""Pixels of a PNG per pixel on screen: sharp on paper."""
Paint = Callable[[QPainter, QRectF], None]
"""Paints a chart into a rectangle."""


class PictureError(ValueError):
    """The picture cannot be made; `args[0]` is a code: kind · nothing · encode."""


def picture_size(chart: QSize, theme: Theme, about: Sequence[str]) -> QSize:
    """The chart, its margins, and the lines above it."""
    margin = theme.space("l")
    return QSize(chart.width() + 2 * margin, chart.height() + 2 * margin + _head(theme, about))


def paint_titled(
    painter: QPainter, chart: QSize, paint: Paint, theme: Theme, title: str, about: Sequence[str] = ()
) -> None:
    """Title, what it is about, and the chart, at the painter's origin."""
    margin, size = theme.space("l"), picture_size(chart, theme, about)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRect(QPoint(0, 0), size), theme.color("surface.panel"))
    width, y = size.width() - 2 * margin, float(margin)
    line = theme.line_px("title")
    draw_text(painter, QRectF(margin, y, width, line), title, theme.font("title", "title"), theme.color("text.primary"))
    y += line
    for text in about:
        line = theme.line_px("caption")
        draw_text(painter, QRectF(margin, y, width, line), text, theme.font("caption"), theme.color("text.secondary"))
        y += line
    painter.save()
    paint(painter, QRectF(margin, margin + _head(theme, about), chart.width(), chart.height()))
    painter.restore()


def image(chart: QSize, paint: Paint, theme: Theme, title: str, about: Sequence[str] = ()) -> QImage:
    """The picture as pixels; on the GUI thread where `paint` renders a widget. Raises PictureError."""
    _check(chart)
    pixels = QImage(picture_size(chart, theme, about) * SHARP, QImage.Format.Format_RGB32)
    pixels.setDevicePixelRatio(SHARP)
    painter = QPainter(pixels)
    paint_titled(painter, chart, paint, theme, title, about)
    painter.end()
    return pixels


def encoded(pixels: QImage) -> bytes:
    """As PNG: the slow part, for any thread. Raises PictureError."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(pixels):
        raise PictureError("encode")
    return bytes(data.data())


def png(chart: QSize, paint: Paint, theme: Theme, title: str, about: Sequence[str] = ()) -> bytes:
    """Raises PictureError."""
    return encoded(image(chart, paint, theme, title, about))


def svg(chart: QSize, paint: Paint, theme: Theme, title: str, about: Sequence[str] = ()) -> bytes:
    """Raises PictureError."""
    _check(chart)
    size = picture_size(chart, theme, about)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(0, 0), size))
    generator.setTitle(title)
    generator.setDescription("\n".join(about))
    painter = QPainter(generator)
    paint_titled(painter, chart, paint, theme, title, about)
    painter.end()
    return bytes(data.data())


def _check(chart: QSize) -> None:
    if chart.width() < 2 or chart.height() < 2:
        raise PictureError("nothing")


def _head(theme: Theme, about: Sequence[str]) -> int:
    return theme.line_px("title") + len(about) * theme.line_px("caption") + theme.space("m")

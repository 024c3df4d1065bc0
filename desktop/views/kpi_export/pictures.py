"""A chart as a picture, PNG or SVG, painted by the very painter that shows it, with its title and what it is about above it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.widgets.painting import draw_text

SHARP = 2.0
"""Pixels of a PNG per pixel on screen: sharp on paper."""
KINDS = (".png", ".svg")


class PictureError(ValueError):
    """The picture cannot be made; `args[0]` is a code: kind · nothing · encode."""


def save_picture(path: Path, chart: QWidget, theme: Theme, title: str, about: Sequence[str] = ()) -> None:
    """Writes what `chart` shows now, by the suffix of `path`. Raises PictureError, or OSError when the disk does not take it."""
    if path.suffix.lower() not in KINDS:
        raise PictureError("kind")
    if chart.width() < 2 or chart.height() < 2:
        raise PictureError("nothing")
    data = _svg(chart, theme, title, about) if path.suffix.lower() == ".svg" else _png(chart, theme, title, about)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def picture_size(chart: QWidget, theme: Theme, about: Sequence[str]) -> QSize:
    """The chart, its margins, and the lines above it."""
    margin = theme.space("l")
    return QSize(chart.width() + 2 * margin, chart.height() + 2 * margin + _head(theme, about))


def _png(chart: QWidget, theme: Theme, title: str, about: Sequence[str]) -> bytes:
    size = picture_size(chart, theme, about)
    image = QImage(size * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    painter = QPainter(image)
    _paint(painter, chart, theme, title, about)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise PictureError("encode")
    return bytes(data.data())


def _svg(chart: QWidget, theme: Theme, title: str, about: Sequence[str]) -> bytes:
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
    _paint(painter, chart, theme, title, about)
    painter.end()
    return bytes(data.data())


def _paint(painter: QPainter, chart: QWidget, theme: Theme, title: str, about: Sequence[str]) -> None:
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
    top = margin + _head(theme, about)
    painter.save()
    painter.translate(margin, top)
    chart.render(painter, QPoint(0, 0), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.restore()


def _head(theme: Theme, about: Sequence[str]) -> int:
    return theme.line_px("title") + len(about) * theme.line_px("caption") + theme.space("m")

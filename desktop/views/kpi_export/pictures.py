"""What a widget shows now as a picture file, PNG or SVG. Painted on the GUI thread; encoded and written on any other.

The picture itself is made in desktop.widgets.charts.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.widgets.charts.picture import PictureError, encoded, image, svg

KINDS = ("png", "svg")
Drawn = QImage | bytes
"""Pixels that are still to be encoded, or a whole SVG."""


def draw_picture(kind: str, chart: QWidget, theme: Theme, title: str, about: Sequence[str] = ()) -> Drawn:
    """What `chart` shows now, for `write_picture`. On the GUI thread. Raises PictureError."""
    if kind not in KINDS:
        raise PictureError("kind")

    def paint(painter: QPainter, rect: QRectF) -> None:
        painter.translate(rect.topLeft())
        chart.render(painter, chart.rect().topLeft(), renderFlags=QWidget.RenderFlag.DrawChildren)

    make = svg if kind == "svg" else image
    return make(chart.size(), paint, theme, title, about)


def write_picture(path: Path, drawn: Drawn) -> None:
    """Whole or not at all. Blocks: call it in a thread. Raises PictureError, or OSError when the disk does not take it."""
    data = drawn if isinstance(drawn, bytes) else encoded(drawn)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)

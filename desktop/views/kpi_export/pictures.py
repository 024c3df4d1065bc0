"""What a widget shows now as a picture file, PNG or SVG by the suffix. The picture itself is made in desktop.widgets.charts."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.widgets.charts.picture import PictureError, png, svg

KINDS = (".png", ".svg")


def save_picture(path: Path, chart: QWidget, theme: Theme, title: str, about: Sequence[str] = ()) -> None:
    """Writes what `chart` shows now, by the suffix of `path`. Raises PictureError, or OSError when the disk does not take it."""
    if path.suffix.lower() not in KINDS:
        raise PictureError("kind")

    def paint(painter: QPainter, rect: QRectF) -> None:
        painter.translate(rect.topLeft())
        chart.render(painter, chart.rect().topLeft(), renderFlags=QWidget.RenderFlag.DrawChildren)

    make = svg if path.suffix.lower() == ".svg" else png
    data = make(chart.size(), paint, theme, title, about)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)

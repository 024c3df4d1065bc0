"""A small picture of a view in a box of its own: scaled whole, or the view's icon where there is no picture yet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from desktop.theme.theme import Theme
from desktop.widgets.painting import fill_rounded

SHAPE = 9 / 16


def paint_thumb(painter: QPainter, theme: Theme, box: QRectF, image: QImage | None, icon: str, dpr: float) -> None:
    """`icon` stands for a view that nobody has painted yet."""
    fill_rounded(painter, box, theme.radius("control"), theme.color("surface.control"))
    inner = box.adjusted(1, 1, -1, -1)
    if image is not None:
        size = QSize(round(inner.width() * dpr), round(inner.height() * dpr))
        smooth = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        place = QRectF(0, 0, smooth.width() / dpr, smooth.height() / dpr)
        place.moveCenter(inner.center())
        painter.drawImage(place, smooth)
    else:
        side = min(theme.px("heading"), round(inner.height() * 0.6))
        pixmap = theme.icon_pixmap(icon, "text.tertiary", side, dpr)
        painter.drawPixmap(round(box.center().x() - side / 2), round(box.center().y() - side / 2), pixmap)
    painter.setPen(QPen(theme.color("line.hair"), theme.pen("hair")))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("control"), theme.radius("control"))

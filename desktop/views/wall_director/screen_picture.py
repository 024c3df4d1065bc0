"""The selected screen at the head of the right column: its picture in true proportions, dimmed where it is not of now."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.views.wall_director.thumb import SHAPE, paint_thumb
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import hatch_brush


class ScreenPicture(ThemedWidget):
    """As wide as the column. `icon` stands where there is no picture."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._image: QImage | None = None
        self._icon, self._live = "monitor", True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage | None, icon: str, title: str, *, live: bool) -> None:
        self._image, self._icon, self._live = image, icon, live
        self.setAccessibleName(title)
        self.update()

    def sizeHint(self) -> QSize:
        width = self._theme.space("xl") * 9
        return QSize(width, round(width * SHAPE))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(round(self.width() * SHAPE))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        paint_thumb(painter, theme, box, self._image, self._icon, self.devicePixelRatioF())
        if not self._live:
            painter.fillRect(box, hatch_brush(theme.color("text.tertiary", 0.35), theme.space("m"), theme.pen("hair")))
        painter.end()

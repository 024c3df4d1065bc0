"""A small outlined label such as 演示数据 or 重复 2; never a state and never clickable."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPen

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.painting import CENTER, draw_text, text_width


def tag_size(theme: Theme, text: str, size: str = "caption") -> tuple[float, float]:
    """Width and height of a tag."""
    return text_width(theme.font(size), text) + 2 * theme.space("s"), theme.px(size) * 1.5


def paint_tag(painter: QPainter, theme: Theme, x: float, center_y: float, text: str, size: str = "caption") -> float:
    """Paint a tag with its left edge at x; returns its width."""
    width, height = tag_size(theme, text, size)
    pen = theme.pen("hair")
    box = QRectF(x, center_y - height / 2, width, height).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("line.strong"), pen))
    painter.setBrush(theme.color("surface.app", 0.0))
    painter.drawRoundedRect(box, theme.radius("control"), theme.radius("control"))
    draw_text(painter, box, text, theme.font(size), theme.color("text.secondary"), CENTER)
    return width


class Tag(ThemedWidget):
    """The tag as a widget; empty text takes no room."""

    def __init__(self, theme: Theme, text: str = "", size: str = "caption", parent=None) -> None:
        super().__init__(theme, parent)
        self._text, self._size = "", size
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        set_shown(self, bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width, height = tag_size(self._theme, self._text, self._size)
        return QSize(int(width) + 1, int(height) + 1)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        paint_tag(painter, self._theme, 0, self.height() / 2, self._text, self._size)
        painter.end()

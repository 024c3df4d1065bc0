"""The small key cap beside an action: D, Ctrl K, Enter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import CENTER, draw_text, fill_rounded, text_width


def key_hint_width(theme: Theme, key: str) -> float:
    """Width of the cap of `key`."""
    return max(text_width(theme.font("caption"), key) + 2 * theme.space("xs") + 2, theme.px("caption") * 1.5)


def paint_key_hint(
    painter: QPainter,
    theme: Theme,
    x: float,
    center_y: float,
    key: str,
    ground: str = "surface.control",
    text: str = "text.tertiary",
    ground_alpha: float = 1.0,
) -> float:
    """Paint a key cap with its left edge at x; returns its width."""
    width, height = key_hint_width(theme, key), theme.px("caption") * 1.5
    box = QRectF(x, center_y - height / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill_rounded(painter, box, theme.radius("control") - 1, theme.color(ground, ground_alpha))
    draw_text(painter, box, key, theme.font("caption"), theme.color(text), CENTER)
    return width


class KeyHint(ThemedWidget):
    """A key cap as a widget. Walls have no keys: there it takes no room."""

    def __init__(self, theme: Theme, key: str = "", parent=None) -> None:
        super().__init__(theme, parent)
        self._key = key
        self.set_key(key)

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.setAccessibleName(key)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._theme.is_wall or not self._key:
            return QSize(0, 0)
        return QSize(int(key_hint_width(self._theme, self._key)) + 1, int(self._theme.px("caption") * 1.5) + 1)

    def paintEvent(self, event) -> None:
        if self._theme.is_wall or not self._key:
            return
        painter = QPainter(self)
        paint_key_hint(painter, self._theme, 0, self.height() / 2, self._key)
        painter.end()

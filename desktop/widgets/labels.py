"""Text labels. Every label is PlainText: text from a citizen must never become markup (architecture.md §4.10)."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.painting import draw_text, text_width


class PlainLabel(QLabel):
    """A plain text label that knows its role; with `elide` it shortens instead of clipping and tells all in its tool tip."""

    def __init__(self, theme: Theme, text: str, size: str, role: str, weight: str, elide: bool, parent=None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._theme, self._size, self._role, self._weight, self._elide = theme, size, role, weight, elide
        self.apply_theme(theme)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text; unchanged text costs nothing."""
        if text != self.text():
            self.setText(text)

    def set_role(self, role: str) -> None:
        """Another colour role."""
        self._role = role
        self.apply_theme(self._theme)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFont(theme.font(self._size, self._weight))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(self._role))
        self.setPalette(palette)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        # QLabel measures in whole pixels; a fraction too little would cost a character.
        return QSize(ceil(text_width(self.font(), self.text())) + 1, hint.height()) if self._elide else hint

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self._elide else hint

    def paintEvent(self, event) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        rect = QRectF(self.contentsRect())
        draw_text(painter, rect, self.text(), self.font(), self._theme.color(self._role), self.alignment())
        painter.end()


def plain_label(
    theme: Theme,
    text: str = "",
    size: str = "body",
    role: str = "text.primary",
    weight: str = "body",
    *,
    wrap: bool = False,
    elide: bool = False,
    parent: QWidget | None = None,
) -> PlainLabel:
    """The one way to make a label in this program."""
    label = PlainLabel(theme, text, size, role, weight, elide, parent)
    label.setWordWrap(wrap)
    return label

"""Inputs of forms that need a drawn arrow: QSS takes the platform's arrow away, so we paint ours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox

from desktop.theme.theme import Theme


class ChoiceBox(QComboBox):
    """A combo box with a chevron in the theme's colour; the wheel does not change it unless it has the focus."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.setFont(theme.font("small"))
        self.update()

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._theme.px("body")
        role = "text.secondary" if self.isEnabled() else "text.disabled"
        pixmap = self._theme.icon_pixmap("chevron-down", role, side, self.devicePixelRatioF())
        x = self.width() - side - self._theme.space("s")
        painter.drawPixmap(x, (self.height() - side) // 2, pixmap)
        painter.end()

    def wheelEvent(self, event) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

"""Lines of text below each other, the newest first: as many whole ones as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import draw_text
from desktop.widgets.wording import sentences

LEAST = 2
"""Lines that are always in sight."""


class LineList(ThemedWidget):
    """`empty` where there are none; `most` lines are wished for."""

    def __init__(self, theme: Theme, empty: str, most: int, parent=None) -> None:
        super().__init__(theme, parent)
        self._empty, self._most = empty, most
        self._lines: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_lines(self, lines: Sequence[str]) -> None:
        self._lines = tuple(lines) or (self._empty,)
        self.setAccessibleName(sentences(self._lines))
        self.setToolTip("\n".join(self._lines))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 9, self._height() * self._most)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 5, self._height() * LEAST)

    def _height(self) -> int:
        return self._theme.line_px("small") + self._theme.space("xs")

    def paintEvent(self, event) -> None:
        theme, high = self._theme, self._height()
        painter = QPainter(self)
        for row, line in enumerate(self._lines[: self.height() // high]):
            box = QRectF(0, row * high, self.width(), high)
            draw_text(painter, box, line, theme.font("small"), theme.color("text.secondary"))
        painter.end()

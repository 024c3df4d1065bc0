"""Label and value in two columns, one line each: what is known of the selected screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import draw_text, text_width


class FactTable(ThemedWidget):
    """As high as its lines; the first column as wide as its widest label."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._facts: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """(label, value)"""
        grew = len(facts) != len(self._facts)
        self._facts = tuple(facts)
        self.setAccessibleName(" · ".join(f"{label} {value}" for label, value in self._facts))
        self.setToolTip("\n".join(f"{label}  {value}" for label, value in self._facts))
        if grew:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 9, self._height() * len(self._facts))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 5, self.sizeHint().height())

    def _height(self) -> int:
        return self._theme.line_px("small") + self._theme.space("xs")

    def paintEvent(self, event) -> None:
        theme, font, high = self._theme, self._theme.font("small"), self._height()
        painter = QPainter(self)
        wide = max((text_width(font, label) for label, _ in self._facts), default=0.0) + theme.space("m")
        for row, (label, value) in enumerate(self._facts):
            box = QRectF(0, row * high, self.width(), high)
            draw_text(painter, box, label, font, theme.color("text.secondary"))
            draw_text(painter, box.adjusted(wide, 0, 0, 0), value, font, theme.color("text.primary"))
        painter.end()

"""The line across a window whose figures are old or not whole: 与联动服务断开 6 分钟 · 以下为 14:32 的数."""

from __future__ import annotations

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.widgets.glyph_line import GlyphLine
from desktop.widgets.painting import header_hatch


class LateStrip(GlyphLine):
    """Glyph and words on a hatched ground; takes no room while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, None, "small", "text.primary", parent, one_line=True)

    def set_late(self, state: str, text: str) -> None:
        """`state` of freshness chooses the shape; "" hides the line."""
        self.set_text(text, ("freshness", state))

    def restyle(self) -> None:
        super().restyle()
        side, edge = self._theme.space("l"), self._theme.space("xs")
        self._row.setContentsMargins(side, edge, side, edge)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), header_hatch(self._theme))
        # Words on a hatch are hard to read: a quiet patch behind them.
        gap = self._theme.space("s")
        words = min(self._text.sizeHint().width(), self._text.width())
        quiet = self.rect().adjusted(self._glyph.x() - gap, 0, 0, 0)
        quiet.setRight(self._text.x() + words + gap)
        painter.fillRect(quiet, self._theme.color("surface.app"))
        painter.end()

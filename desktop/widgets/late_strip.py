"""The line across a window whose figures are old or not whole: 与联动服务断开 6 分钟 · 以下为 14:32 的数."""

from __future__ import annotations

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.glyphs import Glyph
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import header_hatch


class LateStrip(ThemedWidget):
    """Glyph and words on a hatched ground; takes no room while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._glyph = Glyph(theme)
        self._text = plain_label(theme, size="small", role="text.primary", elide=True)
        self._said: tuple[str, str] | None = None
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._glyph)
        self._row.addWidget(self._text, 1)
        self.restyle()
        self.set_text("live", "")

    def set_text(self, state: str, text: str) -> None:
        """`state` of freshness chooses the shape; "" hides the line."""
        if (state, text) == self._said:
            return
        self._said = (state, text)
        self._glyph.set_status("freshness", state)
        self._text.set_text(text)
        self.setAccessibleName(text)
        set_shown(self, bool(text))

    def text(self) -> str:
        return self._text.text()

    def restyle(self) -> None:
        theme = self._theme
        self._row.setContentsMargins(theme.space("l"), theme.space("xs"), theme.space("l"), theme.space("xs"))
        self._row.setSpacing(theme.space("s"))

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

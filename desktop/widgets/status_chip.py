"""Glyph and word of one status side by side."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import draw_text, text_width

# Roles that may colour a word in this theme (screens.md §1.5): [contrast] lists them at 4.5 or more.
WORD_ROLES = {
    "dark": ("urgency.top", "sla.overdue", "alarm.critical", "sla.risk"),
    "light": ("urgency.top", "sla.overdue", "alarm.critical"),
}


class StatusChip(ThemedWidget):
    """Status as colour + shape + word. `colored_word` paints the word in the state's colour where contrast allows."""

    def __init__(
        self, theme: Theme, kind: str = "", state: str = "", size: str = "body", colored_word: bool = False, parent=None
    ) -> None:
        super().__init__(theme, parent)
        self._size, self._colored = size, colored_word
        self._kind, self._state, self._text = "", "", ""
        self.set_status(kind, state)

    def set_status(self, kind: str, state: str, text: str | None = None) -> None:
        """Show a status; `text` replaces its word (for example "剩 0:58"). An empty kind shows nothing."""
        self._kind, self._state = kind, state
        self._custom = text
        self._text = text if text is not None else (self._theme.status(kind, state).word if kind else "")
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        self.set_status(self._kind, self._state, self._custom)

    def _weight(self) -> str:
        return "title" if self._word_role() != "text.primary" else "body"

    def _word_role(self) -> str:
        if not (self._colored and self._kind):
            return "text.primary"
        role = self._theme.status(self._kind, self._state).role
        return role if role in WORD_ROLES[self._theme.name] else "text.primary"

    def sizeHint(self) -> QSize:
        theme = self._theme
        width = theme.glyph_px + theme.space("s") + text_width(theme.font(self._size, self._weight()), self._text)
        return QSize(int(width) + 2, theme.line_px(self._size))

    def paintEvent(self, event) -> None:
        if not self._kind:
            return
        theme, side = self._theme, self._theme.glyph_px
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint_status(painter, theme, self._kind, self._state, QRectF(0, box.center().y() - side / 2, side, side))
        font = theme.font(self._size, self._weight())
        draw_text(
            painter, box.adjusted(side + theme.space("s"), 0, 0, 0), self._text, font, theme.color(self._word_role())
        )
        painter.end()

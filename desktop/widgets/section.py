"""The heading of a part of a pane: title, note at the right, hair line below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.key_hint import key_hint_width, paint_key_hint
from desktop.widgets.painting import RIGHT, draw_text, hair_line, text_width


class SectionHeader(ThemedWidget):
    """参与单位 ……… 3 / 4 已报到."""

    def __init__(self, theme: Theme, title: str, note: str = "", parent=None) -> None:
        super().__init__(theme, parent)
        self._title, self._note, self._key = title, note, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Another title."""
        if title != self._title or not self.accessibleName():
            self._title = title
            self._describe()

    def set_note(self, note: str, key: str = "") -> None:
        """Another note; `key`: as printed on the cap before a note that names what a key does."""
        if (note, key) != (self._note, self._key):
            self._note, self._key = note, key
            self._describe()

    def _describe(self) -> None:
        self.setAccessibleName(" ".join(part for part in (self._title, self._key, self._note) if part))
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        wish = text_width(theme.font("body", "title"), self._title) + text_width(theme.font("caption"), self._note)
        return QSize(int(wish) + theme.space("l"), theme.line_px("body") + theme.space("s"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0, 0, 0, -theme.space("xs"))
        used = draw_text(painter, box, self._title, theme.font("body", "title"), theme.color("text.primary"))
        note = box.adjusted(used + theme.space("s"), 0, 0, 0)
        wide = draw_text(painter, note, self._note, theme.font("caption"), theme.color("text.tertiary"), RIGHT)
        if self._key:
            x = note.right() - wide - theme.space("xs") - key_hint_width(theme, self._key)
            paint_key_hint(painter, theme, x, note.center().y(), self._key)
        hair_line(painter, theme, 0, self.height() - theme.pen("hair"), self.width())
        painter.end()

"""One sentence of a part of a panel beside the parts that go on: what failed, or who may. A glyph, and words that wrap."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.glyphs import Glyph
from desktop.widgets.labels import plain_label

TROUBLE = ("alarm", "major")
LOCKED = ("camera", "restricted")
INFO = ("alarm", "info")


class GlyphLine(ThemedWidget):
    """Takes no room while there is nothing to say. `status` as of Glyph, None for words alone. Words wrap, or are cut with `one_line`."""

    def __init__(
        self,
        theme: Theme,
        status: tuple[str, str] | None = TROUBLE,
        size: str = "small",
        role: str = "text.secondary",
        parent: QWidget | None = None,
        *,
        one_line: bool = False,
    ) -> None:
        super().__init__(theme, parent)
        self._glyph, self._size = Glyph(theme), size
        self._said: tuple[str, tuple[str, str] | None] | None = None
        self._text = plain_label(theme, size=size, role=role, wrap=not one_line, elide=one_line)
        top = Qt.AlignmentFlag.AlignTop
        if not one_line:
            self._text.setAlignment(top | Qt.AlignmentFlag.AlignLeft)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignVCenter if one_line else top)
        self._row.addWidget(self._text, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.restyle()
        self.set_text("", status)

    def set_text(self, text: str, status: tuple[str, str] | None = TROUBLE) -> None:
        """`text` "" hides the line; what is said already costs nothing."""
        if (text, status) == self._said:
            return
        self._said = (text, status)
        self._glyph.set_status(*(status or ("", "")))
        set_shown(self._glyph, status is not None)
        self._text.set_text(text)
        self.setAccessibleName(text)
        set_shown(self, bool(text))

    def text(self) -> str:
        return self._text.text()

    def restyle(self) -> None:
        self._glyph.setFixedHeight(self._theme.line_px(self._size))  # beside the first line
        self._row.setContentsMargins(0, self._theme.space("xs"), 0, self._theme.space("xs"))
        self._row.setSpacing(self._theme.space("s"))

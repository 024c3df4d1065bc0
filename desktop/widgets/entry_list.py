"""A short list of two-line entries that arrows walk and Enter opens. Grows with its entries; for panes, not for thousands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import RIGHT, draw_text, hair_line, paint_focus, text_width
from desktop.widgets.wording import listed


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `status` = (kind, state) of a glyph before the title; `side` stands at the right of the title."""

    id: str
    title: str
    text: str = ""
    side: str = ""
    status: tuple[str, str] | None = None
    quiet: bool = False


class EntryList(ThemedWidget):
    """`selected` tells the id under the cursor, `activated` the one of Enter or a double click."""

    selected = Signal(str)
    activated = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._name = name
        self._entries: tuple[Entry, ...] = ()
        self._current = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_entries(())

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """All entries; the cursor stays with its entry."""
        self._entries = tuple(entries)
        # Titles begin at one place, with a glyph before them or not.
        self._marked = any(entry.status is not None for entry in entries)
        if self._current not in self.ids():
            self._current = ""
        self.setAccessibleName(self.tr("{name}，{n} 条").format(name=self._name, n=len(entries)))
        self._describe()
        self.updateGeometry()
        self.update()

    def ids(self) -> tuple[str, ...]:
        return tuple(entry.id for entry in self._entries)

    def entries(self) -> tuple[Entry, ...]:
        return self._entries

    def current(self) -> str:
        """The id under the cursor; "" before there is one."""
        return self._current

    def set_current(self, entry_id: str) -> None:
        """Move the cursor; an id that is not there takes it away."""
        chosen = entry_id if entry_id in self.ids() else ""
        if chosen != self._current:
            self._current = chosen
            self._describe()
            self.update()
            self.selected.emit(chosen)

    def current_rect(self) -> QRectF:
        """Where the cursor stands, to be kept in sight."""
        place = self._place()
        return QRectF(0, place * self._row(), self.width(), self._row()) if place >= 0 else QRectF()

    def _place(self) -> int:
        return next((place for place, entry in enumerate(self._entries) if entry.id == self._current), -1)

    def _describe(self) -> None:
        entry = next((entry for entry in self._entries if entry.id == self._current), None)
        self.setAccessibleDescription("" if entry is None else listed((entry.title, entry.side, entry.text)))

    def _row(self) -> int:
        theme = self._theme
        two = any(entry.text for entry in self._entries)
        return theme.line_px("body") + (theme.line_px("caption") if two else 0) + theme.space("m")

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, self._row() * len(self._entries))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 6, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        for place, entry in enumerate(self._entries):
            box = QRectF(0, place * self._row(), self.width(), self._row())
            if entry.id == self._current:
                painter.fillRect(box, theme.component("table", "selected"))
            self._paint_entry(painter, box, entry)
            hair_line(painter, theme, 0, box.bottom() - theme.pen("hair"), box.width())
        if self.hasFocus() and self._entries:
            paint_focus(painter, theme, QRectF(self.rect()) if not self._current else self.current_rect())
        painter.end()

    def _paint_entry(self, painter: QPainter, box: QRectF, entry: Entry) -> None:
        theme = self._theme
        gap = theme.space("s")
        title = QRectF(box.left() + gap, box.top() + gap, box.width() - 2 * gap, theme.line_px("body"))
        side = theme.glyph_px
        if entry.status is not None:
            glyph = QRectF(title.left(), title.center().y() - side / 2, side, side)
            paint_status(painter, theme, *entry.status, glyph)
        if self._marked:
            title.setLeft(title.left() + side + gap)
        font = theme.font("small", "number")
        draw_text(painter, title, entry.side, font, theme.color("text.secondary"), RIGHT)
        if entry.side:
            title.setRight(title.right() - text_width(font, entry.side) - gap)
        role = "text.tertiary" if entry.quiet else "text.primary"
        draw_text(painter, title, entry.title, theme.font("body"), theme.color(role))
        below = QRectF(box.left() + gap, title.bottom(), box.width() - 2 * gap, theme.line_px("caption"))
        below.setLeft(title.left())
        draw_text(painter, below, entry.text, theme.font("caption"), theme.color("text.secondary"))

    # -- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}
        key = Qt.Key(event.key())
        if key in steps and self._entries:
            place = self._place()
            there = (0 if steps[key] > 0 else len(self._entries) - 1) if place < 0 else place + steps[key]
            self.set_current(self._entries[min(max(there, 0), len(self._entries) - 1)].id)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current:
            self.activated.emit(self._current)
        else:
            event.ignore()

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.update()

    def _at(self, event: QMouseEvent) -> str:
        place = int(event.position().y() // max(1, self._row()))
        return self._entries[place].id if 0 <= place < len(self._entries) else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        self.set_current(self._at(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        chosen = self._at(event)
        if chosen:
            self.activated.emit(chosen)

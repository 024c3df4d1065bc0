"""? : the keys that hold in a window, on a sheet over it. Any key or click closes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.key_hint import paint_key_hint
from desktop.widgets.painting import draw_text, paint_sheet, text_width
from desktop.widgets.wording import listed

COLUMNS = 3
KEY_SHARE = 0.36
"""Of a column stands for the key."""


class KeysSheet(ThemedWidget):
    """A child of the window. Two parts: the keys of this window, and those of every window."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def set_keys(self, own: Sequence[tuple[str, str]], shared: Sequence[tuple[str, str]]) -> None:
        """(key, what it does), in reading order."""
        titles = (self.tr("本窗口的按键"), self.tr("各窗口相同"))
        parts = zip(titles, (own, shared), strict=True)
        self._parts = tuple((title, tuple(keys)) for title, keys in parts if keys)
        self.setAccessibleName(self.tr("本窗口的按键"))
        every = [pair for _, keys in self._parts for pair in keys]
        self.setAccessibleDescription(listed(f"{key} {text}" for key, text in every))

    def keys(self) -> tuple[tuple[str, str], ...]:
        return tuple(pair for _, keys in self._parts for pair in keys)

    def toggle(self) -> None:
        """Show it in the middle of the window, or hide it."""
        if self.isVisible():
            self.hide()
            return
        window = self.parentWidget()
        assert window is not None
        box = QRect(QPoint(0, 0), self.sizeHint().boundedTo(window.size()))
        box.moveCenter(window.rect().center())
        self.setGeometry(box)
        self.show()
        self.raise_()

    def _row(self) -> int:
        return self._theme.row("compact")

    def _needed_width(self) -> int:
        """So wide that no word is cut."""
        theme = self._theme
        words = (text_width(theme.font("small"), text) for _, keys in self._parts for _, text in keys)
        column = (max(words, default=0.0) + theme.space("m")) / (1 - KEY_SHARE)
        return round(COLUMNS * column) + 2 * theme.space("xl")

    def sizeHint(self) -> QSize:
        rows = sum(-(-len(keys) // COLUMNS) + 1.5 for _, keys in self._parts)
        return QSize(
            max(self._theme.space("xl") * 36, self._needed_width()),
            round(self._row() * rows) + 2 * self._theme.space("l"),
        )

    def paintEvent(self, event: QEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        paint_sheet(painter, theme, QRectF(self.rect()))
        top = float(theme.space("l"))
        for title, keys in self._parts:
            top = self._paint_part(painter, top, title, keys)
        painter.end()

    def _paint_part(self, painter: QPainter, top: float, title: str, keys: Sequence[tuple[str, str]]) -> float:
        theme, pad = self._theme, self._theme.space("xl")
        head = QRectF(pad, top, self.width() - 2 * pad, self._row())
        draw_text(painter, head, title, theme.font("title", "title"), theme.color("text.primary"))
        rows = -(-len(keys) // COLUMNS)
        width = (self.width() - 2 * pad) / COLUMNS
        for place, (key, text) in enumerate(keys):
            y = head.bottom() + place % rows * self._row()
            line = QRectF(pad + place // rows * width, y, width, self._row())
            paint_key_hint(painter, theme, line.left(), line.center().y(), key)
            words = line.adjusted(width * KEY_SHARE, 0, -theme.space("s"), 0)
            draw_text(painter, words, text, theme.font("small"), theme.color("text.secondary"))
        return head.bottom() + (rows + 0.5) * self._row()

    def mousePressEvent(self, event: QEvent) -> None:
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.hide()

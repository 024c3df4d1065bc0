"""场景: named arrangements of the wall as cards with their number key. A click stages one; nothing changes before it is applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.key_hint import key_hint_width, paint_key_hint
from desktop.widgets.painting import draw_text, fill_rounded, paint_focus

PER_ROW = 4


@dataclass(frozen=True, slots=True)
class SceneCard:
    """`note`: how many screens; `on`: it hangs on the wall."""

    name: str
    note: str
    on: bool = False


class SceneCards(ThemedWidget):
    """`chosen(name)` by click or Enter, `dropped(name)` by Delete."""

    chosen = Signal(str)
    dropped = Signal(str)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._cards: tuple[SceneCard, ...] = ()
        self._current = 0
        self._empty = self.tr("还没有场景。排好画面，在右侧写名称，回车保存。")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._describe()

    def set_cards(self, cards: Sequence[SceneCard]) -> None:
        self._cards = tuple(cards)
        self._current = min(self._current, max(len(cards) - 1, 0))
        self._describe()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        rows = max(1, -(-len(self._cards) // PER_ROW))
        return QSize(self._theme.space("xl") * 20, rows * (self._height() + self._theme.space("s")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: PER_ROW, Qt.Key.Key_Up: -PER_ROW}.get(
            Qt.Key(event.key())
        )
        if not self._cards:
            super().keyPressEvent(event)
        elif step is not None:
            self._current = min(max(self._current + step, 0), len(self._cards) - 1)
            self._describe()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.chosen.emit(self._cards[self._current].name)
        elif event.key() == Qt.Key.Key_Delete:
            self.dropped.emit(self._cards[self._current].name)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place, card in enumerate(self._cards):
            if self._rect(place).contains(event.position()):
                self._current = place
                self._describe()
                self.chosen.emit(card.name)

    def _describe(self) -> None:
        card = self._cards[self._current] if self._cards else None
        self.setAccessibleName(self.tr("场景 {name}").format(name=card.name) if card else self._empty)
        self.update()

    def _height(self) -> int:
        return self._theme.line_px("body") + self._theme.line_px("caption") + self._theme.space("l")

    def _rect(self, place: int) -> QRectF:
        gap = self._theme.space("s")
        width = (self.width() - gap * (PER_ROW - 1)) / PER_ROW
        row, column = divmod(place, PER_ROW)
        return QRectF(column * (width + gap), row * (self._height() + gap), width, self._height())

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        if not self._cards:
            line = QRectF(0, 0, self.width(), theme.line_px("body"))
            draw_text(painter, line, self._empty, theme.font("small"), theme.color("text.tertiary"))
        for place, card in enumerate(self._cards):
            box = self._rect(place)
            fill_rounded(
                painter, box, theme.radius("panel"), theme.color("surface.selected" if card.on else "surface.panel")
            )
            if self.hasFocus() and place == self._current:
                paint_focus(painter, theme, box, "panel")
            key = f"Ctrl {place + 1}"
            width = key_hint_width(theme, key)
            inner = box.adjusted(theme.space("m"), theme.space("s"), -theme.space("m") - width, -theme.space("s"))
            upper = QRectF(inner.left(), inner.top(), inner.width(), theme.line_px("body"))
            lower = QRectF(inner.left(), upper.bottom(), inner.width(), theme.line_px("caption"))
            draw_text(painter, upper, card.name, theme.font("body", "title"), theme.color("text.primary"))
            draw_text(painter, lower, card.note, theme.font("caption"), theme.color("text.tertiary"))
            paint_key_hint(painter, theme, box.right() - theme.space("m") - width, box.center().y(), key)
        painter.end()

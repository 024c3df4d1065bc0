"""场景: named arrangements of the wall as cards with their number key. A click stages one; nothing changes before it is applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.key_hint import key_hint_width, paint_key_hint
from desktop.widgets.painting import CENTER, draw_text, fill_rounded, paint_focus, text_width

PER_ROW = 4
LEAST_PLAN = 0.5
"""Of a plan's own width: a smaller one shows nothing."""
PLAN_SHAPE = 2.4
"""Width of the place of a plan, in its heights: three screens of 16:9 side by side are wider than high."""


@dataclass(frozen=True, slots=True)
class PlanScreen:
    """`rect`: left, top, width, height on the wall, any unit. `word` "" = the scene leaves this screen alone; `other`: it would change."""

    rect: tuple[float, float, float, float]
    word: str
    other: bool = False


@dataclass(frozen=True, slots=True)
class SceneCard:
    """`note`: how many screens; `more`: its light and what starts it; `on`: it hangs on the wall; `plan`: its screens where they stand."""

    name: str
    note: str
    more: str = ""
    on: bool = False
    plan: tuple[PlanScreen, ...] = ()


class SceneCards(ThemedWidget):
    """`chosen(name)` by click or Enter, `dropped(name)` by Delete, `night_turned(name)` by + or −."""

    chosen = Signal(str)
    dropped = Signal(str)
    night_turned = Signal(str)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._cards: tuple[SceneCard, ...] = ()
        self._current = 0
        self._empty = self.tr("还没有场景。排好画面，在右侧写名称，回车保存。")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._describe()

    def set_cards(self, cards: Sequence[SceneCard], unknown: str = "") -> None:
        """`unknown`: why nobody knows whether there are scenes."""
        self._empty = unknown or self.tr("还没有场景。排好画面，在右侧写名称，回车保存。")
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
        elif event.key() in (Qt.Key.Key_Minus, Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.night_turned.emit(self._cards[self._current].name)
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
        self.setAccessibleDescription(f"{card.note} {card.more}".strip() if card else "")
        self.update()

    def _height(self) -> int:
        return self._theme.line_px("body") + 2 * self._theme.line_px("caption") + self._theme.space("xl")

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
            self._paint_card(painter, card, place)
        painter.end()

    def _paint_card(self, painter: QPainter, card: SceneCard, place: int) -> None:
        theme, box = self._theme, self._rect(place)
        fill_rounded(painter, box, theme.radius("panel"), theme.color("surface.panel"))
        if card.on:
            painter.setPen(QPen(theme.color("accent.base"), theme.pen("focus")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.radius("panel"), theme.radius("panel"))
        if self.hasFocus() and place == self._current:
            paint_focus(painter, theme, box, "panel")
        inner = box.adjusted(theme.space("m"), theme.space("m"), -theme.space("m"), -theme.space("m"))
        gap = theme.space("m")
        # On a narrow card the name comes first: the plan takes what is left, or stays away.
        left = inner.width() - gap - text_width(theme.font("body", "title"), card.name) - self._tag(card)
        wide = min(inner.height() * PLAN_SHAPE, inner.width() * 0.45, left)
        if wide < inner.height() * PLAN_SHAPE * LEAST_PLAN:
            wide = -gap
        plan = QRectF(inner.left(), inner.top(), wide, inner.height())
        if wide > 0:
            self._paint_plan(painter, card, plan)
        x = plan.right() + gap
        upper = QRectF(x, inner.top(), inner.right() - x, theme.line_px("body"))
        lower = QRectF(x, upper.bottom(), upper.width(), theme.line_px("caption"))
        name = upper
        if card.on:
            word, font = self.tr("墙上"), theme.font("caption")
            tag = self._tag(card) - theme.space("s")
            used = min(text_width(theme.font("body", "title"), card.name), upper.width() - self._tag(card))
            name = QRectF(upper.left(), upper.top(), used + 1, upper.height())
            chip = QRectF(name.right() + theme.space("s"), upper.top() + 1, tag, upper.height() - 2)
            fill_rounded(painter, chip, theme.radius("control"), theme.color("surface.control"))
            draw_text(painter, chip, word, font, theme.color("text.primary"), CENTER)
        draw_text(painter, name, card.name, theme.font("body", "title"), theme.color("text.primary"))
        draw_text(painter, lower, card.note, theme.font("caption"), theme.color("text.tertiary"))
        key = f"Ctrl {place + 1}"
        width = key_hint_width(theme, key)
        last = QRectF(x, lower.bottom(), inner.right() - x - width - theme.space("s"), theme.line_px("caption"))
        draw_text(painter, last, card.more, theme.font("caption"), theme.color("text.tertiary"))
        paint_key_hint(painter, theme, inner.right() - width, inner.bottom() - theme.line_px("caption") / 2, key)

    def _tag(self, card: SceneCard) -> float:
        """How wide the mark of a card on the wall is, with the gap before it."""
        space = 2 * self._theme.space("s")
        return text_width(self._theme.font("caption"), self.tr("墙上")) + space if card.on else 0.0

    def _paint_plan(self, painter: QPainter, card: SceneCard, box: QRectF) -> None:
        """To scale; a screen that would change is filled, one that the scene leaves alone is an outline."""
        theme = self._theme
        if not card.plan:
            return
        left, top = min(s.rect[0] for s in card.plan), min(s.rect[1] for s in card.plan)
        width = max(s.rect[0] + s.rect[2] for s in card.plan) - left
        height = max(s.rect[1] + s.rect[3] for s in card.plan) - top
        scale = min(box.width() / width, box.height() / height)
        font, gap = theme.font("caption"), theme.space("xs") / 2
        dy = (box.height() - height * scale) / 2
        for screen in card.plan:
            x, y, w, h = screen.rect
            place = QRectF(box.left() + (x - left) * scale, box.top() + dy + (y - top) * scale, w * scale, h * scale)
            place.adjust(0, 0, -gap, -gap)
            if not screen.word:
                painter.setPen(QPen(theme.color("line.strong"), theme.pen("hair")))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
                continue
            fill_rounded(painter, place, 2, theme.color("accent.quiet" if screen.other else "surface.control"))
            if text_width(font, screen.word) <= place.width():
                role = "text.primary" if screen.other else "text.secondary"
                draw_text(painter, place, screen.word, font, theme.color(role), CENTER)

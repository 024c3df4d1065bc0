"""The steps of an action card: done or open, by whom and when; the arrow keys walk them, Space ticks. Painting only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.key_hint import key_hint_width, paint_key_hint
from desktop.widgets.painting import RIGHT, draw_text, hair_line, paint_focus, text_width
from desktop.widgets.wording import listed


@dataclass(frozen=True, slots=True)
class CardStep:
    """`by`: 14:12 1 席, empty while it is open."""

    text: str
    done: bool
    by: str = ""


class StepList(ThemedWidget):
    """`ticked(n, done)`: what the person wants of step n, counted from 0."""

    ticked = Signal(int, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._steps: tuple[CardStep, ...] = ()
        self._row = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_steps(self, steps: Sequence[CardStep]) -> None:
        """The next open step is the one that Space ticks."""
        if tuple(steps) == self._steps:
            return
        self._steps = tuple(steps)
        self._row = next((n for n, step in enumerate(self._steps) if not step.done), max(0, len(steps) - 1))
        done = sum(step.done for step in self._steps)
        self.setAccessibleName(self.tr("处置步骤，完成 {done} / {total}").format(done=done, total=len(self._steps)))
        self.setAccessibleDescription(listed(f"{step.text} {step.by}".strip() for step in self._steps))
        self.updateGeometry()
        self.update()

    def tick(self) -> None:
        """Space: the marked step, the other way round."""
        if self._steps:
            self.ticked.emit(self._row, not self._steps[self._row].done)

    def _height(self) -> int:
        return self._theme.row("compact")

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, self._height() * len(self._steps))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, step in enumerate(self._steps):
            box = QRectF(0, place * self._height(), self.width(), self._height())
            self._paint_mark(painter, box, step)
            right = self._paint_right(painter, box, place, step)
            text = box.adjusted(theme.px("title") + theme.space("s"), 0, 0, 0)
            text.setRight(right - theme.space("s"))
            role = "text.secondary" if step.done else "text.primary"
            draw_text(painter, text, step.text, theme.font("small"), theme.color(role))
            hair_line(painter, theme, 0, box.bottom() - theme.pen("hair"), box.width())
            if self.hasFocus() and place == self._row:
                paint_focus(painter, theme, box)
        painter.end()

    def _paint_mark(self, painter: QPainter, box: QRectF, step: CardStep) -> None:
        theme = self._theme
        side = float(theme.px("body"))
        spot = QRectF(box.left(), box.center().y() - side / 2, side, side)
        if step.done:
            painter.drawPixmap(
                spot.toRect(), theme.icon_pixmap("check", "sla.ok", round(side), self.devicePixelRatioF())
            )
            return
        painter.setPen(QPen(theme.color("text.tertiary"), theme.pen("hair") * 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(spot.adjusted(side * 0.2, side * 0.2, -side * 0.2, -side * 0.2))

    def _paint_right(self, painter: QPainter, box: QRectF, place: int, step: CardStep) -> float:
        theme = self._theme
        font = theme.font("caption")
        if step.done or place != self._row:
            draw_text(painter, box, step.by, font, theme.color("text.tertiary"), RIGHT)
            return box.right() - text_width(font, step.by)
        word, key = self.tr("勾选"), self.tr("空格")
        draw_text(painter, box, word, font, theme.color("text.tertiary"), RIGHT)
        x = box.right() - text_width(font, word) - theme.space("xs") - key_hint_width(theme, key)
        paint_key_hint(painter, theme, x, box.center().y(), key)
        return x

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._steps:
            self._row = min(max(self._row + step, 0), len(self._steps) - 1)
            self.update()
        elif event.key() == Qt.Key.Key_Space:
            self.tick()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().y() // self._height())
        if 0 <= place < len(self._steps):
            self._row = place
            self.tick()

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.update()

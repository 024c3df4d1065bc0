"""规则 of the wall: what starts each and which scene it brings, with its switch. Arrow keys choose, Space switches, Enter
changes, Delete drops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import RIGHT, draw_text, fill_rounded, hair_line, paint_focus, text_width

LEAST_WHEN, MOST_WHEN = 0.42, 0.64
"""Of a row without its switch and state: what starts a rule; the rest is its scene's."""
MOST = 6
"""Rows in sight; of more the ones around the chosen row."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """`when` in words, `scene` that it brings, `state` in a word; `on`: it may start, `runs`: it lies over the wall now."""

    name: str
    when: str
    scene: str
    state: str
    on: bool = True
    runs: bool = False


class RuleList(ThemedWidget):
    """`switched(name)`, `opened(name)` to change it, `dropped(name)`."""

    switched = Signal(str)
    opened = Signal(str)
    dropped = Signal(str)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._rules: tuple[RuleRow, ...] = ()
        self._none = self.tr("没有规则")
        self._row = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._describe()

    def set_rules(self, rules: Sequence[RuleRow], unknown: str = "") -> None:
        """`unknown`: why nobody knows whether there are rules."""
        self._none = unknown or self.tr("没有规则")
        grew = len(rules) != len(self._rules)
        self._rules = tuple(rules)
        self._row = min(self._row, max(len(rules) - 1, 0))
        if grew:
            self.updateGeometry()
        self._describe()

    @property
    def rules(self) -> tuple[RuleRow, ...]:
        return self._rules

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 9, self._height() * min(max(len(self._rules), 1), MOST))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 5, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if not self._rules:
            super().keyPressEvent(event)
        elif step is not None:
            self._row = min(max(self._row + step, 0), len(self._rules) - 1)
            self._describe()
        elif event.key() == Qt.Key.Key_Space:
            self.switched.emit(self._rules[self._row].name)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self._rules[self._row].name)
        elif event.key() == Qt.Key.Key_Delete:
            self.dropped.emit(self._rules[self._row].name)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._first() + int(event.position().y() // self._height())
        if 0 <= row < len(self._rules):
            self._row = row
            self._describe()
            if event.position().x() <= self._switch().width() + self._theme.space("s"):
                self.switched.emit(self._rules[row].name)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._rules:
            self.opened.emit(self._rules[self._row].name)

    def _widest(self) -> float:
        font = self._theme.font("small")
        return max((text_width(font, rule.when) for rule in self._rules), default=0.0)

    def _first(self) -> int:
        return min(max(self._row - MOST // 2, 0), max(len(self._rules) - MOST, 0))

    def _height(self) -> int:
        return self._theme.row("compact")

    def _switch(self) -> QRectF:
        high = self._theme.px("body")
        return QRectF(0, 0, high * 1.8, high)

    def _describe(self) -> None:
        self.setAccessibleName(self.tr("规则"))
        here = self._rules[self._row] if self._rules else None
        told = f"{here.when} → {here.scene} {here.state}" if here else self._none
        self.setAccessibleDescription(told)
        self.setToolTip("\n".join(f"{rule.when} → {rule.scene}" for rule in self._rules))
        self.update()

    def paintEvent(self, event) -> None:
        theme, high = self._theme, self._height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._rules:
            box = QRectF(0, 0, self.width(), high)
            draw_text(painter, box, self._none, theme.font("small"), theme.color("text.tertiary"))
        first = self._first()
        for line, rule in enumerate(self._rules[first : first + MOST]):
            box = QRectF(0, line * high, self.width(), high)
            self._paint_rule(painter, rule, box)
            if self.hasFocus() and first + line == self._row:
                paint_focus(painter, theme, box.adjusted(0, 1, 0, -1))
        painter.end()

    def _paint_rule(self, painter: QPainter, rule: RuleRow, box: QRectF) -> None:
        theme, font = self._theme, self._theme.font("small")
        switch = self._switch()
        switch.moveTo(box.left(), box.center().y() - switch.height() / 2)
        fill_rounded(painter, switch, switch.height() / 2, theme.color("accent.base" if rule.on else "line.strong"))
        knob = QRectF(0, 0, switch.height() - 4, switch.height() - 4)
        knob.moveCenter(switch.center())
        knob.moveLeft(switch.right() - knob.width() - 2 if rule.on else switch.left() + 2)
        fill_rounded(painter, knob, knob.height() / 2, theme.color("surface.panel"))
        state_role = "accent.base" if rule.runs else "text.tertiary"
        draw_text(painter, box, rule.state, theme.font("caption"), theme.color(state_role), RIGHT)
        words = box.adjusted(switch.width() + theme.space("s"), 0, 0, 0)
        words.setRight(box.right() - text_width(theme.font("caption"), rule.state) - theme.space("s"))
        half = min(max(self._widest() + theme.space("s"), words.width() * LEAST_WHEN), words.width() * MOST_WHEN)
        when = QRectF(words.left(), words.top(), half - theme.space("s"), words.height())
        scene = QRectF(words.left() + half, words.top(), words.width() - half, words.height())
        draw_text(painter, when, rule.when, font, theme.color("text.secondary"))
        draw_text(painter, scene, f"→ {rule.scene}", font, theme.color("text.primary" if rule.on else "text.tertiary"))
        hair_line(painter, theme, box.left(), box.bottom() - 1, box.right())

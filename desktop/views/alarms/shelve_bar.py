"""The inline form of shelving, below its row: how long, why. Never a dialog; Enter shelves, Esc leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.theme.theme import Theme
from desktop.views.alarms import words
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.chip import Chip
from desktop.widgets.inputs import ChoiceBox
from desktop.widgets.labels import plain_label
from domain.alarms.words import ShelveReason


@dataclass(frozen=True, slots=True)
class ShelfChoice:
    """30 分, 1 小时, 到 20:00 交班."""

    text: str
    until: datetime


class ShelveBar(ThemedWidget):
    """`given(until, reason, text)`; `left` when it was closed without."""

    given = Signal(object, str, str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._choices: tuple[ShelfChoice, ...] = ()
        self._chosen = 0
        self._chips: list[Chip] = []
        self._label = plain_label(theme, words.command_word("shelve"), "small", "text.secondary")
        self.reason = ChoiceBox(theme)
        self.reason.setAccessibleName(self.tr("搁置原因"))
        self.text = QLineEdit()
        self.text.setAccessibleName(self.tr("写明原因"))
        self.text.setPlaceholderText(self.tr("写明原因"))
        self._note = plain_label(theme, self.tr("最长 4 小时，严重级不可搁置"), "caption", "text.tertiary", elide=True)
        self._error = plain_label(theme, size="caption", role="urgency.top")
        self.confirm = ActionButton(theme, words.command_word("shelve"), "Enter", "primary")
        self.cancel = ActionButton(theme, self.tr("取消"), "Esc")
        self.confirm.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.left)
        self.reason.currentIndexChanged.connect(self._on_reason_changed)
        row = self._row = QHBoxLayout(self)
        row.addWidget(self._label)
        for part in (plain_label(theme, self.tr("原因"), "small", "text.secondary"), self.reason, self.text):
            row.addWidget(part)
        row.addWidget(self._note, 1)
        row.addWidget(self._error)
        row.addWidget(self.confirm)
        row.addWidget(self.cancel)
        self.setAccessibleName(words.command_word("shelve"))
        self.restyle()

    def open_for(self, choices: Sequence[ShelfChoice]) -> None:
        """A fresh form with the focus on its first choice of time."""
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.deleteLater()
        self._choices, self._chosen = tuple(choices), 0
        self._chips = []
        for number, choice in enumerate(self._choices):
            chip = Chip(self.theme, choice.text, parent=self)
            chip.clicked.connect(self._on_chip_clicked)
            self._chips.append(chip)
            self._row.insertWidget(1 + number, chip)
        self._show_chosen()
        self.reason.clear()
        for reason in ShelveReason:
            self.reason.addItem(words.reason_word(reason), reason.value)
        self.text.clear()
        self.show_error("")
        self._on_reason_changed()
        self._keep_order()

    def take_focus(self) -> None:
        if self._chips:
            self._chips[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, text: str) -> None:
        self._error.set_text(text)
        set_shown(self._error, bool(text))
        set_shown(self._note, not text)

    def submit(self) -> None:
        choice = self._choices[self._chosen]
        self.given.emit(choice.until, str(self.reason.currentData()), self.text.text().strip())

    def chips(self) -> tuple[Chip, ...]:
        return tuple(self._chips)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 20, self._theme.row("relaxed") + self._theme.space("s"))

    def restyle(self) -> None:
        theme = self._theme
        self._row.setContentsMargins(theme.space("xl") * 2, 0, theme.space("l"), 0)
        self._row.setSpacing(theme.space("s"))
        self.text.setFont(theme.font("small"))

    def _keep_order(self) -> None:
        order = [*self._chips, self.reason, self.text, self.confirm, self.cancel]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _show_chosen(self) -> None:
        for number, chip in enumerate(self._chips):
            chip.set_selected(number == self._chosen)

    def _on_chip_clicked(self) -> None:
        self._chosen = next((n for n, chip in enumerate(self._chips) if chip is self.sender()), self._chosen)
        self._show_chosen()

    def _on_reason_changed(self) -> None:
        set_shown(self.text, self.reason.currentData() == ShelveReason.OTHER.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._chips:
            step = 1 if key == Qt.Key.Key_Right else -1
            self._chosen = (self._chosen + step) % len(self._chips)
            self._show_chosen()
            self._chips[self._chosen].setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.text().isdigit() and 0 < int(event.text()) <= len(self._chips):
            self._chosen = int(event.text()) - 1
            self._show_chosen()
        elif event.text().isalpha() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.accept()  # letters belong to the window only while no form is open
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.raised"))
        hair = self._theme.pen("hair")
        painter.fillRect(QRectF(0, self.height() - hair, self.width(), hair), self._theme.color("line.hair"))
        painter.end()

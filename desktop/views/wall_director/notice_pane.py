"""墙面通知: one line over the whole wall for a stretch of time, and what hangs there now. No sound, no box over the views."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.theme.theme import Theme
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget
from desktop.widgets.chip import ChipRow, ChipValue
from desktop.widgets.section import SectionHeader
from domain.wall.values import NOTICE_MOST

MINUTES = (10, 30, 60)
SELECTED = "selected"


class NoticePane(ThemedWidget):
    """`given(text, minutes, only_selected)`; `taken_down`."""

    given = Signal(str, int, bool)
    taken_down = Signal()

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._minutes, self._only, self._number = 10, False, 1
        self.text = QLineEdit()
        self.text.setMaxLength(NOTICE_MOST)
        self.text.setPlaceholderText(self.tr("一行通知，G 到这里，回车上墙；不写电话和证件号"))
        self.text.setAccessibleName(self.tr("墙面通知"))
        self.text.returnPressed.connect(self._on_given)
        self._head = SectionHeader(theme, self.tr("墙面通知"))
        self._hangs = ""
        self._chips = ChipRow(theme)
        self._chips.clicked.connect(self._on_chip)
        self.down = ActionButton(theme, self.tr("撤下通知"), "D")
        self.down.clicked.connect(self.taken_down)
        line = QHBoxLayout()
        line.addWidget(self.text, 1)
        line.addWidget(self.down)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("s"))
        column.addWidget(self._head)
        column.addLayout(line)
        column.addWidget(self._chips)
        column.addStretch(1)
        self._show_chips()

    def hangs(self) -> str:
        """The notice with its end, as printed."""
        return self._hangs

    def set_state(self, hangs: str, number: int, reason: str, unknown: str = "") -> None:
        """`hangs`: the notice on the wall with its end, "" = none; `number` of the selected screen; `reason` why this seat may not;
        `unknown` why nobody knows whether one hangs."""
        self._number = number
        self._hangs = hangs or unknown or self.tr("墙上没有通知")
        self._head.set_note(self._hangs)
        self.down.set_availability(bool(hangs) and not reason, reason or self.tr("墙上没有通知"))
        self._show_chips()

    def _show_chips(self) -> None:
        chips = [
            ChipValue("all", self.tr("全部屏"), selected=not self._only),
            ChipValue(SELECTED, filled(self.tr("仅屏 {number}"), {"number": self._number}), selected=self._only),
        ]
        chips += [
            ChipValue(str(each), filled(self.tr("{n} 分钟"), {"n": each}), selected=each == self._minutes)
            for each in MINUTES
        ]
        self._chips.set_chips(chips)

    def _on_chip(self, chip: str) -> None:
        if chip.isdigit():
            self._minutes = int(chip)
        else:
            self._only = chip == SELECTED
        self._show_chips()

    def _on_given(self) -> None:
        text = self.text.text().strip()
        if text:
            self.text.clear()
            self.given.emit(text, self._minutes, self._only)

"""A grid of action buttons with the reasons of the disabled ones printed below (screens.md §1.6)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from desktop.theme.theme import Theme
from desktop.widgets.action_button import Action, ActionButton
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyph_line import INFO, GlyphLine
from desktop.widgets.wording import enumerated


class ActionRow(ThemedWidget):
    """Buttons by id. Buttons are reused, so a refresh neither moves nor steals the focus."""

    triggered = Signal(str)

    def __init__(self, theme: Theme, columns: int = 4, parent=None) -> None:
        super().__init__(theme, parent)
        self._columns = self._columns_now = columns
        self._buttons: dict[str, ActionButton] = {}
        self._grid = QGridLayout()
        self._reasons = GlyphLine(theme, INFO, "caption", "text.tertiary")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._grid)
        outer.addWidget(self._reasons)
        self._outer = outer
        self.restyle()

    def set_actions(self, actions: Sequence[Action]) -> None:
        """Show these actions in this order; the same ids in the same order only update."""
        if [a.id for a in actions] != list(self._buttons):
            self._rebuild(actions)
        for action in actions:
            self._buttons[action.id].show_action(action)
        if self._room_for() != self._columns_now:
            self._place_buttons()
        closed: dict[str, list[str]] = {}
        for action in actions:
            if not action.enabled and action.reason:
                closed.setdefault(action.reason, []).append(action.text)
        pattern = self.tr("{action}未放开：{reason}")
        reasons = [pattern.format(action=enumerated(words), reason=why) for why, words in closed.items()]
        self._reasons.set_text(self.tr("。").join(reasons) + (self.tr("。") if reasons else ""), INFO)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest button: then they stand one below the other."""
        return QSize(self._widest(), super().minimumSizeHint().height())

    def _widest(self) -> int:
        return max((button.sizeHint().width() for button in self._buttons.values()), default=0)

    def _room_for(self) -> int:
        """How many columns stand side by side without cutting a word."""
        needs = [button.sizeHint().width() for button in self._buttons.values()]
        gap = self._grid.horizontalSpacing()
        for columns in range(self._columns, 1, -1):
            widths = [max(needs[column::columns], default=0) for column in range(columns)]
            if sum(widths) + gap * (columns - 1) <= self.width():
                return columns
        return 1

    def _place_buttons(self) -> None:
        columns = self._columns_now = self._room_for()
        for index, button in enumerate(self._buttons.values()):
            self._grid.removeWidget(button)
            self._grid.addWidget(button, index // columns, index % columns)
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._room_for() != self._columns_now:
            self._place_buttons()

    def buttons(self) -> dict[str, ActionButton]:
        """All buttons by action, in their order: for keys."""
        return dict(self._buttons)

    def button(self, action_id: str) -> ActionButton:
        """The button of an action, for tests and focus."""
        return self._buttons[action_id]

    def restyle(self) -> None:
        self._grid.setSpacing(self._theme.space("s"))
        self._outer.setSpacing(self._theme.space("xs"))

    def _rebuild(self, actions: Sequence[Action]) -> None:
        for button in self._buttons.values():
            self._grid.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for action in actions:
            button = ActionButton(self._theme, action.text, action.key, action.kind, parent=self)
            button.clicked.connect(self._on_button_clicked)
            self._buttons[action.id] = button
        self._place_buttons()

    def _on_button_clicked(self) -> None:
        sender = self.sender()
        for action_id, button in self._buttons.items():
            if button is sender:
                self.triggered.emit(action_id)
                return

"""Action buttons side by side, each as wide as its words, on as many lines as the width asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.action_button import Action, ActionButton
from desktop.widgets.base import ThemedWidget


class ButtonFlow(ThemedWidget):
    """Buttons by id; kept while the ids stay, so that a refresh neither moves them nor steals the focus."""

    triggered = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._buttons: dict[str, ActionButton] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_actions(self, actions: Sequence[Action]) -> None:
        if [action.id for action in actions] != list(self._buttons):
            self._rebuild(actions)
        for action in actions:
            button = self._buttons[action.id]
            if (button.text(), button.key()) != (action.text, action.key):
                button.set_label(action.text, action.key)
            button.set_kind(action.kind)
            button.set_availability(action.enabled, action.reason)
        self._place()

    def button(self, action_id: str) -> ActionButton:
        return self._buttons[action_id]

    def _rebuild(self, actions: Sequence[Action]) -> None:
        focused = next((key for key, button in self._buttons.items() if button.hasFocus()), "")
        for button in self._buttons.values():
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for action in actions:
            button = ActionButton(self._theme, action.text, action.key, action.kind, parent=self)
            button.clicked.connect(self._on_clicked)
            button.show()
            self._buttons[action.id] = button
        if focused in self._buttons:
            self._buttons[focused].setFocus()
        self.updateGeometry()

    def _on_clicked(self) -> None:
        for action_id, button in self._buttons.items():
            if button is self.sender():
                self.triggered.emit(action_id)
                return

    # -- geometry -------------------------------------------------------------------------------------

    def _boxes(self, width: int) -> list[QRect]:
        gap, x, y, line = self._theme.space("s"), 0, 0, 0
        boxes = []
        for button in self._buttons.values():
            size = button.sizeHint()
            if x and x + size.width() > width:
                x, y, line = 0, y + line + gap, 0
            boxes.append(QRect(x, y, size.width(), size.height()))
            x += size.width() + gap
            line = max(line, size.height())
        return boxes

    def _place(self) -> None:
        for button, box in zip(self._buttons.values(), self._boxes(self.width()), strict=True):
            button.setGeometry(box)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((box.bottom() + 1 for box in self._boxes(width)), default=0)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 16, self.heightForWidth(self.width() or self._theme.space("xl") * 16))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, self.heightForWidth(max(1, self.width())))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._place()
        self.updateGeometry()

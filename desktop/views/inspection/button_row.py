"""Action buttons side by side on one line, each as wide as its words; what has no room there stands behind 更多."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.action_button import Action, ActionButton
from desktop.widgets.base import ThemedWidget, tab_after


class ButtonRow(ThemedWidget):
    """Buttons by id; kept while the ids stay, so that a refresh neither moves them nor steals the focus."""

    triggered = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._actions: tuple[Action, ...] = ()
        self._aside: tuple[Action, ...] = ()
        self._rare: frozenset[str] = frozenset()
        self._buttons: dict[str, ActionButton] = {}
        self._more = ActionButton(theme, self.tr("更多"), icon="ellipsis", parent=self)
        self._more.clicked.connect(self._open_menu)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.triggered.connect(self._on_chosen)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_actions(
        self, actions: Sequence[Action], rare: frozenset[str] = frozenset(), aside: Sequence[Action] = ()
    ) -> None:
        """In this order. `rare` = ids that leave the line first; `aside` = what has no button at all, however wide the line is."""
        if [action.id for action in actions] != list(self._buttons):
            self._rebuild(actions)
        self._actions, self._aside, self._rare = tuple(actions), tuple(aside), rare
        for action in actions:
            self._buttons[action.id].show_action(action)
        self._place()

    def button(self, action_id: str) -> ActionButton:
        return self._buttons[action_id]

    def more(self) -> ActionButton:
        return self._more

    def behind(self) -> tuple[Action, ...]:
        """What stands behind 更多 now."""
        shown = self._shown(self.width())
        return (*(action for action in self._actions if action.id not in shown), *self._aside)

    def menu(self) -> QMenu:
        """As it was opened last."""
        return self._menu

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
        tab_after(self._more, self._buttons.values())
        for button in list(self._buttons.values())[-1:]:
            QWidget.setTabOrder(button, self._more)
        if focused in self._buttons:
            self._buttons[focused].setFocus()
        self.updateGeometry()

    def _on_clicked(self) -> None:
        for action_id, button in self._buttons.items():
            if button is self.sender():
                self.triggered.emit(action_id)
                return

    def _open_menu(self) -> None:
        self._menu.clear()
        for action in self.behind():
            entry = self._menu.addAction(f"{action.text}\t{action.key}")
            entry.setData(action.id)
            entry.setEnabled(action.enabled)
            entry.setToolTip(action.reason)
        # Above: the line stands at the foot of its pane.
        self._menu.popup(self._more.mapToGlobal(QPoint(0, -self._menu.sizeHint().height())))

    def _on_chosen(self, entry: QAction) -> None:
        self.triggered.emit(str(entry.data()))

    # -- geometry -------------------------------------------------------------------------------------

    def _shown(self, width: int) -> set[str]:
        """Ids that have room: the rare ones leave first, then those that are closed, then the last ones; the next step stays."""
        shown = {action.id for action in self._actions}
        leaving = sorted(
            (place for place, action in enumerate(self._actions) if action.kind != "primary"),
            key=lambda place: (self._actions[place].id in self._rare, not self._actions[place].enabled, place),
        )
        while leaving and self._needs(shown) > width:
            shown.discard(self._actions[leaving.pop()].id)
        return shown

    def _needs(self, shown: set[str]) -> int:
        widths = [self._buttons[action_id].sizeHint().width() for action_id in shown]
        if self._aside or len(shown) < len(self._actions):
            widths.append(self._more.sizeHint().width())
        return sum(widths) + self._theme.space("s") * max(0, len(widths) - 1)

    def _place(self) -> None:
        shown, x, gap = self._shown(self.width()), 0, self._theme.space("s")
        more = bool(self._aside) or len(shown) < len(self._actions)
        self._more.setHidden(not more)
        for action_id, button in self._buttons.items():
            if action_id not in shown and button.hasFocus():
                self._more.setFocus()
            button.setHidden(action_id not in shown)
        for button in (*(self._buttons[action.id] for action in self._actions if action.id in shown), self._more):
            button.setGeometry(x, 0, button.sizeHint().width(), button.sizeHint().height())
            x += button.width() + gap

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 16, self._more.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As narrow as the next step with 更多 beside it."""
        primary = {action.id for action in self._actions if action.kind == "primary"}
        return QSize(self._needs(primary), self._more.sizeHint().height())

    def restyle(self) -> None:
        self._place()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._place()

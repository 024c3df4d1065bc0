"""The menu of a row: what its keys do, for a hand on the mouse. It offers nothing that is not open now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.views.queue.action_slots import MORE
from desktop.views.words import command_word

Entry = tuple[str, str, Callable[[], None]]
"""(words, key, what it does)"""


class RowMenu(QObject):
    """One menu, filled anew each time: commands change with the ticket."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._menu = QMenu(parent)

    @property
    def menu(self) -> QMenu:
        return self._menu

    def open_at(self, place: QPoint, entries: tuple[Entry, ...], commands: tuple[Entry, ...]) -> None:
        """Above the line what one does with any row, below it the commands that this ticket takes now."""
        self._menu.clear()
        for words, key, act in entries:
            self._add(words, key, act)
        if commands:
            self._menu.addSeparator()
        for command, key, act in commands:
            words = QCoreApplication.translate("queue", "其他操作") if command == MORE else command_word(command)
            self._add(words, key, act)
        self._menu.popup(place)

    def _add(self, words: str, key: str, act: Callable[[], None]) -> None:
        action = self._menu.addAction(f"{words}\t{key}" if key else words)
        action.triggered.connect(lambda _checked=False: act())

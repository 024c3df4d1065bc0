"""Whoever sits here is told that the program erred: in the foot of every desk window, within a second. The log has the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.views.shell import DeskWindow
from desktop.views.words import filled

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class ErrorTeller(QObject):
    """`errors()` counts since the start; `windows()` are those that are open. Looks with every tick of the clock, so that an error
    of any thread, or of a destructor, needs no way of its own to the thread that paints."""

    def __init__(
        self,
        bridge: Bridge,
        windows: Callable[[], Iterable[QWidget]],
        errors: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._windows, self._errors = windows, errors
        bridge.clock_ticked.connect(self._on_tick)

    def _on_tick(self) -> None:
        count = self._errors()
        if not count:
            return
        text = filled(self.tr("本机程序出错 {n} 次（自启动），详见日志"), {"n": count})
        for window in self._windows():
            if isinstance(window, DeskWindow):
                window.status_bar.set_trouble(text)

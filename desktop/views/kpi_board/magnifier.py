"""Opens 放大走势 (Z). pyqtgraph is loaded then and not before: a start of the windows does not pay for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.views.kpi_board.explorer_part import Part

if TYPE_CHECKING:
    from desktop.bridge import Bridge
    from desktop.views.kpi_board.explorer import Explorer


class Magnifier(QObject):
    """`closed`: the keys go back to the board `over`, whose part below `top` is covered."""

    closed = Signal()

    def __init__(self, bridge: Bridge, over: QWidget, top: QWidget, part: Callable[[], Part]) -> None:
        super().__init__(over)
        self._bridge, self._over, self._top, self._part = bridge, over, top, part
        self.explorer: Explorer | None = None

    @property
    def shown(self) -> bool:
        return self.explorer is not None and self.explorer.isVisible()

    def toggle(self, theme: Theme) -> None:
        """Open it, or close it."""
        if self.explorer is None:
            from desktop.views.kpi_board.explorer import Explorer

            self.explorer = Explorer(self._bridge, theme, self._over, self._top, self._part)
            self.explorer.closed.connect(self.closed)
        if self.explorer.isVisible():
            self.explorer.dismiss()
        else:
            self.explorer.open()

    def toggle_twin(self) -> None:
        """Alt T."""
        if self.explorer is not None:
            self.explorer.toggle_twin()

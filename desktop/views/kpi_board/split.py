"""The board at a desk: figures on the left, and beside them the open form and the tickets behind a figure.

Where the screen has no room for both, the side is there only while it is used; the keys go back to where they came from.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.kpi_board.behind_pane import BehindPane
from desktop.views.kpi_board.field import Field
from desktop.views.kpi_board.forms import BoardForms

PANE_WIDTH = 18
ROOMY = 70
"""In xl spaces: the width of the pane, and of a board that has room for it beside four tiles."""


class BoardSplit(QSplitter):
    """`fold` and `size_side` are told the width of the board."""

    def __init__(self, theme: Theme, field: Field, forms: BoardForms, pane: BehindPane) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._field, self._forms, self._pane = field, forms, pane
        self._came_from: QWidget | None = None
        self.area = self._scrolled(field)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(forms.form)
        side.addWidget(pane, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(round(theme.pen("hair")))
        self.addWidget(self.area)
        self.addWidget(self._side)
        self.setStretchFactor(0, 1)
        field.focus_moved.connect(self._on_focus_moved)

    def _scrolled(self, field: Field) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(field)
        field.watch(scroll.viewport())
        field.setAutoFillBackground(False)
        return scroll

    def size_side(self, theme: Theme, width: int) -> None:
        """The width of the side follows the text size."""
        side = PANE_WIDTH * theme.space("xl")
        self._side.setMinimumWidth(side)
        self.setSizes([max(0, width - side), side])

    def open_side(self) -> None:
        self._side.show()

    def open_pane(self) -> None:
        """The side for a figure; the widget that has the keys gets them back when its list is left."""
        self._came_from = self._field.focusWidget()
        self.open_side()

    def fold(self, theme: Theme, width: int) -> None:
        roomy = width >= ROOMY * theme.space("xl")
        self._side.setVisible(roomy or self._pane.figure() is not None or self._forms.opened)

    def give_keys_back(self) -> None:
        target = self._came_from or next(iter(self._field.stops()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_focus_moved(self, widget: QWidget) -> None:
        self.area.ensureWidgetVisible(widget)

"""Rows of the queue as pictures: a row that shows the same as before is one copy of pixels instead of some thirty draw calls.

Measured: a full view of rows painted cell by cell took 15 ms, so that a busy day held up the keyboard. What a row shows decides
(RowDelegate.shown_of), not which event touched it: a reminder that changes no visible word costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from desktop.models.queue_values import Column
from desktop.models.ticket_row import TicketRow
from desktop.views.queue.row_delegate import RowDelegate
from domain.ids import TicketId

KEPT_ROWS = 128
"""About three screens of rows."""


class RowPictures:
    """Pictures by ticket, each with what it shows. `cells` are the columns in sight, from the left edge of the viewport."""

    def __init__(self, delegate: RowDelegate) -> None:
        self._delegate = delegate
        self._kept: dict[TicketId, tuple[tuple[object, ...], QPixmap]] = {}
        self._layout: tuple[object, ...] = ()

    def clear(self) -> None:
        """Fonts, colours or words are others now."""
        self._kept.clear()

    def lay_out(
        self, width: int, height: int, ratio: float, ground: QColor, cells: Sequence[tuple[Column, QRectF]]
    ) -> None:
        """Size and cells of the rows to come; other ones make all pictures void."""
        layout = (
            width,
            height,
            ratio,
            ground.rgba(),
            tuple((column, rect.left(), rect.width()) for column, rect in cells),
        )
        if layout != self._layout:
            self._layout = layout
            self._size, self._ratio, self._ground, self._cells = (width, height), ratio, ground, cells
            self._kept.clear()

    def picture(self, row: TicketRow, now_ms: int, selected: bool, hovered: bool) -> QPixmap:
        """The row as it looks at `now_ms`."""
        shown = (*self._delegate.shown_of(row, now_ms), selected, hovered)
        kept = self._kept.get(row.id)
        if kept is not None and kept[0] == shown:
            return kept[1]
        made = self._paint(row, selected, hovered)
        if len(self._kept) >= KEPT_ROWS:
            self._kept.clear()
        self._kept[row.id] = (shown, made)
        return made

    def _paint(self, row: TicketRow, selected: bool, hovered: bool) -> QPixmap:
        width, height = self._size
        made = QPixmap(round(width * self._ratio), round(height * self._ratio))
        made.setDevicePixelRatio(self._ratio)
        made.fill(self._ground)
        painter = QPainter(made)
        self._delegate.paint_row(painter, self._cells, row, selected, hovered)
        painter.end()
        return made

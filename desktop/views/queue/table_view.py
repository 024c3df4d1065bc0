"""The table of the queue window: opens at the line "now", locks under a hand, repaints only the cells whose text changed.

Keys J K, arrows, Home and N act here; command keys are the window's. No bridge and no ticket rules in here.
"""

from __future__ import annotations

import math
from bisect import bisect_left

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPaintEngine, QPainter
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QHeaderView, QTableView

from desktop.models.queue_values import Column
from desktop.models.ticket_order import CHANGED, MATTER, NUMBER, PLACE, REMAINING, STAGE, UNIT, URGENCY
from desktop.models.ticket_row import TicketRow
from desktop.models.ticket_table import TicketTable
from desktop.theme.theme import Theme
from desktop.views.queue.row_delegate import RowDelegate
from desktop.views.queue.row_pictures import RowPictures
from desktop.views.words import row_words
from desktop.widgets.painting import text_width
from desktop.widgets.table_style import TableHeader, style_table
from domain.ids import TicketId

IDLE_UNLOCK_MS = 5 * 60 * 1000
ROWS_ABOVE_LINE = 3
_WIDTHS = {  # of the profile's body text
    Column.URGENCY: 2.0,
    Column.NUMBER: 6.7,
    Column.CATEGORY: 8.3,
    Column.PLACE: 9.4,
    Column.STAGE: 3.4,
    Column.SLA: 13.2,
    Column.UNIT: 10.6,
    Column.JOINT: 4.8,
    Column.AGE: 4.9,
}
_LEAST_MATTER = 9.0
_GIVEN_UP_FIRST = (Column.AGE, Column.JOINT, Column.CATEGORY, Column.UNIT)
_SORT_OF = {
    Column.URGENCY: URGENCY,
    Column.NUMBER: NUMBER,
    Column.CATEGORY: MATTER,
    Column.MATTER: MATTER,
    Column.PLACE: PLACE,
    Column.STAGE: STAGE,
    Column.SLA: REMAINING,
    Column.UNIT: UNIT,
    Column.AGE: CHANGED,
}


class QueueTableView(QTableView):
    """`ticket_selected` tells the id, or "" for none; `opened` is Enter; `range_changed` the first and last row in sight."""

    ticket_selected = Signal(str)
    opened = Signal(str)
    sort_requested = Signal(str)
    range_changed = Signal(int, int)
    range_stepped = Signal(int)
    """Shift with a step key: +1 down, -1 up, to be marked on the way."""
    menu_requested = Signal(QPoint)
    """The right button or the menu key on the selected row: where on the screen."""

    def __init__(self, theme: Theme, table: TicketTable, delegate: RowDelegate, parent=None) -> None:
        super().__init__(parent)
        self._theme, self._table, self._delegate = theme, table, delegate
        self._pictures = RowPictures(delegate)
        self._shown: dict[TicketId, tuple[object, ...]] = {}
        self._kept: TicketId | None = None
        self._following = True
        self._hover = -1
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_UNLOCK_MS)
        self._idle.timeout.connect(self._on_idle)
        self._fresh_batch: frozenset[TicketId] = frozenset()
        self._fresh_timer = QTimer(self)
        self._fresh_timer.setSingleShot(True)
        self._fresh_timer.timeout.connect(self._on_fresh_over)
        delegate.setParent(self)
        self._set_up(theme, table, delegate)
        self._connect(table)

    def _set_up(self, theme: Theme, table: TicketTable, delegate: RowDelegate) -> None:
        self.setHorizontalHeader(TableHeader(theme, parent=self))
        self.setModel(table)
        self.setItemDelegate(delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("工单"))
        self.apply_theme(theme)

    def _connect(self, table: TicketTable) -> None:
        table.modelReset.connect(self._on_reset)
        table.rowsInserted.connect(self._on_rows_changed)
        table.rowsRemoved.connect(self._on_rows_changed)
        table.rowsMoved.connect(self._on_rows_changed)
        table.layoutChanged.connect(self._on_rows_changed)
        table.synced.connect(self._on_synced)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.verticalScrollBar().actionTriggered.connect(self._on_scrolled_by_hand)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll_value_changed)
        self.horizontalHeader().sectionClicked.connect(self._on_header_clicked)
        self._on_reset()

    def apply_theme(self, theme: Theme) -> None:
        """Fonts, rows and column widths of another theme."""
        self._theme = theme
        self._delegate.apply_theme(theme)
        self._pictures.clear()
        style_table(self, theme)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(theme.space("xl"))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.MATTER, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicatorShown(False)
        self._fit_columns()
        self._fit_line()
        self.viewport().update()

    # -- what the window asks ---------------------------------------------------------------------

    def selected_row(self) -> TicketRow | None:
        """The selected ticket's row."""
        index = self.currentIndex()
        return self._table.ticket_row(index.row()) if index.isValid() else None

    def select_ticket(self, ticket_id: TicketId) -> bool:
        """Select a ticket and bring it into sight; False where it is not shown."""
        place = self._table.position(ticket_id)
        if place is None:
            return False
        first, last = self.visible_rows()
        self._select(place, centered=not first < place < last)
        return True

    def step(self, by: int) -> None:
        """Down or up by rows, over the line "now"."""
        index = self.currentIndex()
        line = self._table.line_position()
        start = index.row() if index.isValid() else (line if line is not None and by > 0 else -1 if by > 0 else 0)
        place = start + by
        if place == line:
            place += by
        if 0 <= place < self._table.rowCount() and self._table.ticket_row(place) is not None:
            self._select(place)

    def go_to_oldest(self) -> None:
        """The longest overdue ticket."""
        if self._table.ticket_count:
            self._hand_at_work()
            self._select(0 if self._table.ticket_row(0) is not None else 1)

    def release(self) -> None:
        """Nothing selected, nothing locked, back to the line "now"."""
        self._idle.stop()
        self._kept = None
        self.selectionModel().clear()
        self._following = True
        self._table.unlock()
        self.show_line()

    def load_new(self) -> None:
        """Let waiting rows in; what was in sight stays in sight."""
        anchor = self._anchor()
        self._table.load_new()
        self._restore(anchor)

    def show_line(self) -> None:
        """Scroll so that a few overdue rows stand above the line."""
        line = self._table.line_position()
        top = 0 if line is None else self.verticalHeader().sectionPosition(max(0, line - ROWS_ABOVE_LINE))
        self.verticalScrollBar().setValue(top)

    def tick(self) -> None:
        """A second passed: repaint the cells in sight whose text or bar changed, and nothing else."""
        first, last = self.visible_rows()
        now_ms = self._table.now_ms
        line = self._table.line_position()
        for place in range(first, last + 1):
            if place == line:
                self.viewport().update(self._row_rect(place))
            row = self._table.ticket_row(place)
            if row is None:
                continue
            shown = self._picture(row, now_ms)
            if self._shown.get(row.id) != shown:
                self._shown[row.id] = shown
                for column in (Column.SLA, Column.JOINT, Column.AGE):
                    self.viewport().update(self.visualRect(self._table.index(place, column)))
        if len(self._shown) > 4 * (last - first + 1) + 64:
            self._shown.clear()

    def visible_rows(self) -> tuple[int, int]:
        """First and last row in sight; (0, -1) for an empty table."""
        count = self._table.rowCount()
        if not count:
            return 0, -1
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        return max(0, first), last if last >= 0 else count - 1

    # -- inside -----------------------------------------------------------------------------------

    def _picture(self, row: TicketRow, now_ms: int) -> tuple[object, ...]:
        text, state, used, beyond = self._delegate.sla_text(row, now_ms)
        width = self.columnWidth(Column.SLA)
        late = now_ms > row.part_late_ms
        return text, state, round(used * width), round(beyond * width), self._delegate.age_text(row, now_ms), late

    def _paint_rows(self, painter: QPainter, touched: QRect) -> None:
        first, last = self.visible_rows()
        self._pictures.lay_out(
            self.viewport().width(),
            self._theme.row("normal"),
            self.devicePixelRatioF(),
            self.palette().base().color(),
            self._cells(),
        )
        now_ms, current = self._table.now_ms, self.currentIndex().row()
        for place in range(first, last + 1):
            top, height = self.rowViewportPosition(place), self.rowHeight(place)
            if top > touched.bottom() or top + height <= touched.top():
                continue
            row = self._table.ticket_row(place)
            if row is None:
                self._delegate.paint_line(painter, QRectF(0, top, self.viewport().width(), height))
            else:
                picture = self._pictures.picture(row, now_ms, place == current, place == self._hover)
                painter.drawPixmap(0, top, picture)

    def _cells(self) -> list[tuple[Column, QRectF]]:
        """The columns in sight, as boxes in a row."""
        height = self._theme.row("normal")
        return [
            (column, QRectF(self.columnViewportPosition(column), 0, self.columnWidth(column), height))
            for column in Column
            if not self.isColumnHidden(column)
        ]

    def _row_rect(self, place: int):
        rect = self.visualRect(self._table.index(place, 0))
        rect.setWidth(self.viewport().width())
        return rect

    def _select(self, place: int, centered: bool = False) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        index = self._table.index(place, 0)
        self.selectionModel().setCurrentIndex(index, flags)
        self._hand_at_work()
        hint = QAbstractItemView.ScrollHint
        self.scrollTo(index, hint.PositionAtCenter if centered else hint.EnsureVisible)
        if centered:
            self._align_top()

    def _align_top(self) -> None:
        """No half row under the header."""
        header, bar = self.verticalHeader(), self.verticalScrollBar()
        first = header.visualIndexAt(0)
        if first >= 0:
            bar.setValue(bar.value() + header.sectionViewportPosition(first))

    def _hand_at_work(self) -> None:
        self._following = False
        self._table.lock()
        self._idle.start()

    def _anchor(self) -> tuple[TicketId, int] | None:
        """A ticket in sight and how far from the top it stands: the selected one, else the first."""
        first, last = self.visible_rows()
        current = self.currentIndex().row()
        places = ([current] if first <= current <= last else []) + list(range(first, last + 1))
        for place in places:
            row = self._table.ticket_row(place)
            if row is not None and not self._table.has_left(row.id):
                return row.id, self.verticalHeader().sectionViewportPosition(place)
        return None

    def _restore(self, anchor: tuple[TicketId, int] | None) -> None:
        place = self._table.position(anchor[0]) if anchor else None
        if anchor is not None and place is not None:
            self.verticalScrollBar().setValue(self.verticalHeader().sectionPosition(place) - anchor[1])

    def _fit_line(self) -> None:
        """The line is lower than a row. Its size moves with it."""
        line = self._table.line_position()
        if line is not None:
            self.verticalHeader().resizeSection(line, self._delegate.line_height())

    def _even_rows(self) -> None:
        """A reset keeps the sizes of places: where the line stood before there may be a row now, and it must not be squeezed."""
        sizes = self.verticalHeader()
        row, count = sizes.defaultSectionSize(), sizes.count()

        def squeezed(place: int) -> bool:
            """Whether one up to this place is lower than a row: what lies below it begins too high."""
            return sizes.sectionPosition(place) + sizes.sectionSize(place) != (place + 1) * row

        while (place := bisect_left(range(count), True, key=squeezed)) < count:
            sizes.resizeSection(place, row)

    def _fit_columns(self) -> None:
        body = self._theme.px("body")
        widths = {column: self._least_width(column, round(share * body)) for column, share in _WIDTHS.items()}
        hidden: set[Column] = set()
        for column in _GIVEN_UP_FIRST:
            needed = sum(width for key, width in widths.items() if key not in hidden)
            if needed + _LEAST_MATTER * body <= self.viewport().width():
                break
            hidden.add(column)
        for column, width in widths.items():
            self.setColumnHidden(column, column in hidden)
            if column not in hidden:
                self.setColumnWidth(column, width)

    def _least_width(self, column: Column, width: int) -> int:
        """`width`, or more where the words of a language need more: the header, and the stages, are never cut."""
        words = [str(self._table.headerData(column, Qt.Orientation.Horizontal) or "")]
        if column is Column.STAGE:
            words += row_words().stage.values()
        font, pad = self._theme.font("small"), 2 * self._theme.space("s")
        return max(width, math.ceil(max(text_width(font, word) for word in words)) + pad)

    # -- slots ------------------------------------------------------------------------------------

    def _on_reset(self) -> None:
        self._shown.clear()
        self._even_rows()
        self._fit_line()
        place = self._table.position(self._kept) if self._kept is not None else None
        if place is not None:
            self._select(place)
            return
        self._kept = None
        self._following = True
        self.show_line()
        self.ticket_selected.emit("")

    def _on_rows_changed(self) -> None:
        if self._following and not self._table.locked:
            self.show_line()

    def _on_synced(self) -> None:
        self.tick()
        self._mark_fresh()
        self.range_changed.emit(*self.visible_rows())

    def _on_fresh_over(self) -> None:
        self._table.settle_fresh(self._fresh_batch)
        self._mark_fresh()

    def _mark_fresh(self) -> None:
        """Give what is new now its full time; what comes meanwhile gets its own."""
        if not self._fresh_timer.isActive():
            self._fresh_batch = self._table.fresh()
            if self._fresh_batch:
                self._fresh_timer.start(self._theme.motion_ms("new_row_mark"))

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        row = self._table.ticket_row(current.row()) if current.isValid() else None
        if row is not None:
            self._kept = row.id
            self._hand_at_work()
        self.ticket_selected.emit(row.id if row is not None else "")

    def _on_scrolled_by_hand(self) -> None:
        self._hand_at_work()

    def _on_scroll_value_changed(self) -> None:
        self.range_changed.emit(*self.visible_rows())

    def _on_idle(self) -> None:
        if self.currentIndex().isValid():
            self._idle.start()
        else:
            self.release()

    def _on_header_clicked(self, column: int) -> None:
        sort = _SORT_OF.get(Column(column))
        if sort is not None:
            self.sort_requested.emit(sort)

    # -- Qt ---------------------------------------------------------------------------------------

    def paintEvent(self, event) -> None:
        painter = QPainter(self.viewport())
        engine = painter.paintEngine()
        if engine is None or engine.type() != QPaintEngine.Type.Raster:
            painter.end()
            super().paintEvent(event)  # a drawing of lines and letters, for print: no pictures in it
            return
        self._paint_rows(painter, event.rect())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        steps = {Qt.Key.Key_J: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Up: -1}
        shifted = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ShiftModifier
        if shifted and event.key() in steps:
            self.range_stepped.emit(steps[Qt.Key(event.key())])
        elif plain and event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
        elif plain and event.key() == Qt.Key.Key_Home:
            self.go_to_oldest()
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row = self.selected_row()
            if row is not None:
                self.opened.emit(row.id)
        elif plain and event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_End):
            self._hand_at_work()
            super().keyPressEvent(event)
        else:
            # No type-ahead search of item views: letters are commands of the window.
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._table.ticket_row(self.rowAt(int(event.position().y())))
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(row.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button selects the row below it first; the menu key takes the selected one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.currentIndex().row() if by_key else self.rowAt(event.pos().y())
        if self._table.ticket_row(place) is None:
            return
        if not by_key:
            self._select(place)
            self.menu_requested.emit(event.globalPos())
            return
        self.menu_requested.emit(self.viewport().mapToGlobal(self._row_rect(place).bottomLeft()))

    def focusInEvent(self, event) -> None:
        # Not QAbstractItemView's own: it would select the first row just because the keyboard arrived.
        QAbstractScrollArea.focusInEvent(self, event)
        self.viewport().update()

    def wheelEvent(self, event) -> None:
        self._hand_at_work()
        super().wheelEvent(event)

    def mouseMoveEvent(self, event) -> None:
        self._set_hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_hover(-1)
        return super().viewportEvent(event)

    def _set_hover(self, place: int) -> None:
        old = self._hover
        if place == old:
            return
        self._hover = place
        self._delegate.set_hover(place)
        for touched in (old, place):
            if touched >= 0:
                self.viewport().update(self._row_rect(touched))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        if self._following:
            self.show_line()
        self.range_changed.emit(*self.visible_rows())

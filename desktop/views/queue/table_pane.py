"""The middle of the queue window: header line, table or what stands in its place, and the command line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.models.ticket_filter import QueueFilter
from desktop.models.ticket_table import TicketTable
from desktop.theme.theme import Theme
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.queue_header import QueueHeader
from desktop.views.queue.row_delegate import RowDelegate
from desktop.views.queue.table_view import QueueTableView
from desktop.views.words import filled
from desktop.widgets.base import ThemedWidget
from desktop.widgets.chip import ChipValue
from desktop.widgets.command_bar import CommandBar
from desktop.widgets.panel_message import PanelMessage
from desktop.widgets.values import Freshness
from protocol.snapshot import instant


def next_step(feed: TicketFeed) -> str:
    """Below "there is none": when the last one was closed, and what would appear."""
    translate = QCoreApplication.translate
    latest = max((row.ticket.closed_at for row in feed.book if row.ticket.closed_at), default=None)
    if latest is None:
        return translate("queue", "有新工单时自动出现")
    words = {"time": feed.site.stamp(latest, feed.now())}
    return filled(translate("queue", "最近一件 {time} 办结，有新工单时自动出现"), words)


class TablePane(ThemedWidget):
    """Says what is empty and why: nothing to show, a filter that hides all, no picture yet."""

    clear_requested = Signal()
    filter_removed = Signal(str)
    """The chip of a filter, in the place of the table."""

    def __init__(self, theme: Theme, table: TicketTable, feed: TicketFeed, parent=None) -> None:
        super().__init__(theme, parent)
        self._table, self._feed = table, feed
        self._freshness = Freshness()
        self._snapshot: tuple[int, int] | None = None
        self._name, self._chosen = "", QueueFilter()
        self._filters: tuple[ChipValue, ...] = ()
        self.header = QueueHeader(theme)
        self._delegate = RowDelegate(theme, table, self._minute, self)
        self.view = QueueTableView(theme, table, self._delegate)
        self._message = PanelMessage(theme)
        self._message.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._message.action_requested.connect(self.clear_requested)
        self._message.chip_removed.connect(self._on_filter_removed)
        self.command_bar = CommandBar(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        column.addWidget(self.command_bar)
        table.lock_changed.connect(self._on_lock_changed)
        table.arrivals_changed.connect(self._on_lock_changed)
        table.synced.connect(self._on_synced)
        self.view.range_changed.connect(self._on_range_changed)

    def set_view_name(self, name: str, chosen: QueueFilter, filters: Sequence[ChipValue] = ()) -> None:
        """Which view is open, for the header and the empty sentence, and what narrows it, each as a chip."""
        self._name, self._chosen, self._filters = name, chosen, tuple(filters)
        self.refresh_header()
        self._show_what_there_is()

    def set_freshness(self, freshness: Freshness, snapshot: tuple[int, int] | None) -> None:
        """Age of the tickets. Late rows keep their values, quieter."""
        late = freshness.late != self._freshness.late
        came = self.is_counted()
        self._freshness, self._snapshot = freshness, snapshot
        if came != self.is_counted():
            self.refresh_header()
        self.header.set_freshness(freshness)
        if late:
            self._delegate.set_dimmed(freshness.late)
            self.view.viewport().update()
        self._show_what_there_is()

    def refresh_header(self) -> None:
        """Count and rows in sight, numbered without the line."""
        first, last = self.view.visible_rows()
        line = self._table.line_position()
        if line is not None:
            # Rows are numbered by ticket: the line between them has no number.
            first -= first > line
            last -= last >= line
        total = self._table.ticket_count if self.is_counted() else None
        self.header.set_title(self._name, total, first + 1, last + 1)

    def message(self) -> str:
        """The sentence in place of the table; empty while the table is shown."""
        return self._message.text() if self._stack.currentWidget() is self._message else ""

    def has_picture(self) -> bool:
        """Whether there is any picture of the tickets, from the server or from the cache."""
        return bool(len(self._feed.book)) or self._freshness.has_values

    def is_counted(self) -> bool:
        """While the first picture is on its way, or asked for, there is no number, not 0."""
        coming = self._snapshot is not None or self._freshness.state == "catching_up"
        return bool(len(self._feed.book)) or (self.has_picture() and not coming)

    def _show_what_there_is(self) -> None:
        if self._table.ticket_count:
            self._show(self.view)
            return
        if self._snapshot is not None and not len(self._feed.book):
            got, total = self._snapshot
            text = filled(self.tr("正在取快照 {percent}%"), {"percent": 100 * got // max(1, total)})
            self._message.set_message(text, progress=got / max(1, total))
        elif not self.has_picture():
            self._message.set_message(
                self.tr("启动以来未接通，本机也没有缓存"),
                self._freshness.detail or self.tr("接通联动服务后显示工单"),
                status=("freshness", "never"),
            )
        elif self._chosen.is_narrowed:
            self._message.set_message(
                filled(self.tr("{view}：筛选后没有工单"), {"view": self._name}),
                self.tr("去掉一项筛选，或全部清除"),
                action=self.tr("清除筛选"),
                chips=self._filters,
            )
        else:
            self._message.set_message(
                filled(self.tr("{view}：此视图没有工单"), {"view": self._name}), next_step(self._feed)
            )
        self._show(self._message)

    def shown_part(self) -> QWidget:
        """The table, or the message in its place; whoever has the keyboard hands it to the other."""
        return self._message if self._stack.currentWidget() is self._message else self.view

    def _show(self, widget: QWidget) -> None:
        """The keyboard stays here when one takes the other's place."""
        if self._stack.currentWidget() is widget:
            return
        had_focus = self._stack.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._stack.setCurrentWidget(widget)
        if had_focus:
            widget.setFocus()

    def _minute(self, at_ms: int) -> str:
        return self._feed.site.minute(instant(at_ms))

    def _on_filter_removed(self, chip_id: str) -> None:
        self.filter_removed.emit(chip_id)
        if self._stack.currentWidget() is self._message:
            # The chip that had the keyboard is gone: the next one has it, or who stands in its place.
            ids = [value.id for value in self._filters]
            heir = self._message.chips.chip(ids[0]) if ids else self._message
            heir.show()  # a new chip is shown by its layout only when the event loop comes round, and what is hidden takes no keyboard
            heir.setFocus()

    def _on_lock_changed(self) -> None:
        self.header.set_lock(self._table.locked, self._table.arrivals, self._table.urgent_arrivals)
        line = self._table.line_position()
        if line is not None:
            self.view.viewport().update()

    def _on_synced(self) -> None:
        self._show_what_there_is()

    def _on_range_changed(self) -> None:
        self.refresh_header()

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.panel"))
        painter.end()

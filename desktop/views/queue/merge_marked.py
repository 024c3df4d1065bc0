"""M over the list: two marked tickets side by side in the detail pane. The comparison itself is desktop.views.queue.merge_control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.theme.theme import Theme
from desktop.views.queue.bulk_control import BulkControl
from desktop.views.queue.detail_pane import DetailPane
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.list_panel import ListPanel
from desktop.views.queue.merge_control import MergeControl
from desktop.views.queue.table_view import QueueTableView
from desktop.views.queue.ticket_desk import TicketDesk
from desktop.views.words import filled

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class MergeMarked(QObject):
    """`left` when it was given or given up."""

    left = Signal()

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        feed: TicketFeed,
        desk: TicketDesk,
        detail: DetailPane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._desk = bridge, desk
        self._control = MergeControl(theme, bridge, feed, desk, self)
        self.pane = self._control.pane
        detail.put_top(self.pane)
        self._control.asked.connect(detail.show_top)
        self._control.left.connect(self.left)

    def close(self) -> bool:
        """Esc; False where nothing was open."""
        was_open = self.pane.isVisible()
        self.pane.close_pane()
        return was_open

    def start(self, bulk: BulkControl, view: QueueTableView, panel: ListPanel) -> None:
        """The two marked rows; with one marked, that one and the row under the cursor."""
        known, row = self._bridge.mirror.tickets, view.selected_row()
        ids = dict.fromkeys(bulk.marks())
        if len(ids) == 1 and row is not None:
            ids[row.id] = None
        found = [known[one] for one in ids if one in known]
        if len(found) != 2:
            panel.say(filled(self.tr("并案一次对照两件，现选中 {n} 件；请用空格选两件"), {"n": len(ids)}))
            return
        own, other = self._control.pair(*found)
        if not view.select_ticket(own.id):
            # Marked in another view, or among the arrivals that a locked list holds back.
            self._desk.show(own.id)
        self._control.ask_into(other)

"""The queue window: left pane, table, detail pane and command line around one table model; keys of screens.md §4b."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ticket_filter import SAVED_VIEWS, VIEW_BY_ID, QueueFilter, facet_counts, view_counts
from desktop.models.ticket_order import CHANGED, REMAINING
from desktop.models.ticket_row import TicketRow
from desktop.models.ticket_table import TicketTable
from desktop.theme.theme import Theme
from desktop.views.copying import ticket_line
from desktop.views.keys import KeyLine
from desktop.views.queue.bulk_control import BulkControl
from desktop.views.queue.camera_part import CameraPart
from desktop.views.queue.command_control import CommandControl
from desktop.views.queue.detail_pane import DetailPane
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.filter_chips import FilterChips
from desktop.views.queue.key_list import key_list
from desktop.views.queue.left_pane import LeftPane
from desktop.views.queue.list_panel import ListPanel
from desktop.views.queue.marks import RowMarks
from desktop.views.queue.merge_marked import MergeMarked
from desktop.views.queue.merge_pane import MergePane
from desktop.views.queue.remembered import kept, shown_again
from desktop.views.queue.row_menu import RowMenu
from desktop.views.queue.row_text import headers, spoken_row
from desktop.views.queue.table_pane import TablePane
from desktop.views.queue.takeout_control import ListOnScreen, TakeoutControl
from desktop.views.queue.ticket_desk import TicketDesk, others_looking
from desktop.views.shell import QUEUE, DeskWindow, WallSource
from desktop.views.words import view_word
from desktop.widgets.panes import Panes
from domain.ids import TicketId
from domain.takeout import Form
from domain.ticket import Ticket
from domain.wall.targets import QUEUE as WALL_QUEUE
from domain.wall.targets import ticket_on_wall
from domain.wall.values import Content
from protocol.reference import PRESENCE_TOPIC

if TYPE_CHECKING:
    from desktop.bridge import Bridge
    from desktop.views.camera_wall.feed import CameraFeed

COUNTS_EVERY_MS = 250
FOLD_BELOW = 1500
"""Window width at which the left pane folds to a chip."""
DETAIL_SHARE, DETAIL_LEAST, DETAIL_MOST = 0.3, 18.5, 26
"""Width of the detail pane: share of the window, least and most in steps of the theme."""


class QueueWindow(DeskWindow):
    """One per screen that wants it; all share one feed. `ticket_requested`: Enter, the ticket in a window of its own;
    `camera_requested`: a camera that sees its place."""

    ticket_requested = Signal(str)
    camera_requested = Signal(str)

    def __init__(self, theme: Theme, bridge: Bridge, feed: TicketFeed, parent: QWidget | None = None) -> None:
        super().__init__(theme, bridge, QUEUE, self.tr("工单队列"), parent)
        self._feed = feed
        self._filter = QueueFilter()
        self._table = TicketTable(feed.book, headers(), spoken_row, self)
        feed.add_table(self._table)
        self._marks = RowMarks(bridge, self)
        self._left = LeftPane(theme)
        self._center = TablePane(theme, self._table, feed)
        self._detail = DetailPane(theme)
        self._desk = TicketDesk(bridge, feed, self._marks, self._detail, self)
        self._cameras = CameraPart(self._desk, self._detail, self)
        self._cameras.camera_chosen.connect(self.camera_requested)
        self._chips = FilterChips(theme, self._center.header, feed, self)
        self._commands = CommandControl(self._center.command_bar, feed, self._desk, self)
        self._list_panel = ListPanel(theme)
        self._bulk = BulkControl(bridge, feed, self._list_panel, self._listed_tickets, self)
        self._merging = MergeMarked(theme, bridge, feed, self._desk, self._detail, self)
        self._takeout = TakeoutControl(theme, bridge, feed, self._list_panel, self._list_on_screen, self)
        self._row_menu = RowMenu(self)
        self._counts = QTimer(self)
        self._counts.setSingleShot(True)
        self._counts.setInterval(COUNTS_EVERY_MS)
        self._counts.timeout.connect(self._refresh_counts)
        self._folded = self._narrow = False
        self._lay_out_panes()
        self._connect_panes()
        self.show_view("open")
        self._on_link_changed()

    def _lay_out_panes(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._center, 1)
        column.addWidget(self._list_panel)
        self._panes = Panes(self.theme, (self._left, middle, self._detail), growing=1, share=self._widths)
        self.set_central(self._panes)

    def _connect_panes(self) -> None:
        self._left.view_selected.connect(self.show_view)
        self._left.facet_changed.connect(self._on_facet_changed)
        view = self._center.view
        view.ticket_selected.connect(self._desk.show)
        view.sort_requested.connect(self._on_sort_requested)
        self._center.clear_requested.connect(self._on_clear_requested)
        self._center.filter_removed.connect(self._chips.remove)
        header = self._center.header
        header.unlock_requested.connect(self.release)
        header.load_requested.connect(view.load_new)
        self._chips.filter_changed.connect(self._on_filter_changed)
        self._chips.sort_requested.connect(self._on_sort_requested)
        self._chips.views_requested.connect(self._on_views_requested)
        self._commands.search_changed.connect(self._on_search_changed)
        self._commands.left.connect(self._on_command_left)
        self._marks.changed.connect(self._show_marks)
        self._bulk.marked_changed.connect(self._show_marks)
        self._center.view.range_stepped.connect(self._on_range_stepped)
        self._list_panel.closed.connect(self._center.view.setFocus)
        self._merging.left.connect(self._on_merge_left)
        self._feed.refreshed.connect(self._schedule_counts)
        self._bridge.clock_ticked.connect(self._schedule_counts)
        self._bridge.freshness_changed.connect(self._on_link_changed)
        self._bridge.clock_ticked.connect(self._on_link_changed)
        self._bridge.topic_changed.connect(self._on_topic_of_seats)
        self.find_requested.connect(self._commands.start_search)
        view.opened.connect(self.ticket_requested)
        view.menu_requested.connect(self._on_menu_requested)
        self._show_marks()
        self._on_topic_of_seats(PRESENCE_TOPIC)

    # -- what others may ask ------------------------------------------------------------------------

    def set_cameras(self, feed: Callable[[], CameraFeed]) -> None:
        """Where cameras come from; asked when the first ticket is selected."""
        self._cameras.set_source(feed)

    @property
    def cameras(self) -> CameraPart:
        return self._cameras

    @property
    def table(self) -> TicketTable:
        return self._table

    @property
    def table_pane(self) -> TablePane:
        return self._center

    @property
    def left_pane(self) -> LeftPane:
        return self._left

    @property
    def detail(self) -> DetailPane:
        return self._detail

    @property
    def desk(self) -> TicketDesk:
        return self._desk

    def own_keys(self) -> tuple[KeyLine, ...]:
        return key_list()

    def search(self, text: str) -> None:
        """Find these words in the view on screen."""
        self._commands.search(text)

    def show_view(self, view_id: str) -> None:
        """Open a saved view with nothing taken out. Raises KeyError for an unknown one."""
        sort = CHANGED if VIEW_BY_ID[view_id].ended else REMAINING
        self._left.forget_order()
        self._apply(QueueFilter(view=view_id), sort)

    def shows(self) -> str:
        return kept(self._filter, self._table.sort_by)

    def show_again(self, text: str) -> None:
        found = shown_again(text)
        if found is not None:
            self._left.forget_order()
            self._apply(*found)

    def show_tickets(self, ticket_ids: frozenset[TicketId], origin: str) -> None:
        """反查: exactly these tickets, with a chip that says from where."""
        self._chips.set_origin(origin)
        self._apply(QueueFilter(ids=ticket_ids), self._table.sort_by)

    def select_ticket(self, ticket_id: TicketId) -> bool:
        """Select a ticket of the current view; False where it is not in it."""
        return self._center.view.select_ticket(ticket_id)

    def release(self) -> None:
        """Let the table live again: nothing selected, back to the line "now"."""
        self._center.view.release()

    def wall_content(self) -> Content:
        """The selected ticket, else what is due."""
        row = self._center.view.selected_row()
        return ticket_on_wall(row.id) if row is not None else Content(WALL_QUEUE)

    def wall_sources(self) -> Sequence[WallSource]:
        return ((self._center.view.viewport(), self._content_at, Qt.KeyboardModifier.NoModifier),)

    def _content_at(self, at: QPoint) -> Content | None:
        index = self._center.view.indexAt(at)
        row = self._table.ticket_row(index.row()) if index.isValid() else None
        return ticket_on_wall(row.id) if row is not None else None

    # -- the whole list ---------------------------------------------------------------------------

    @property
    def list_panel(self) -> ListPanel:
        return self._list_panel

    @property
    def bulk(self) -> BulkControl:
        return self._bulk

    @property
    def merge_pane(self) -> MergePane:
        return self._merging.pane

    @property
    def takeout(self) -> TakeoutControl:
        return self._takeout

    def _show_marks(self) -> None:
        """What becomes of a row's own command wins over its being chosen."""
        self._table.set_marks({**self._bulk.marks(), **self._marks.marks()})

    def _listed_rows(self) -> list[TicketRow]:
        rows = (self._table.ticket_row(place) for place in range(self._table.rowCount()))
        return [row for row in rows if row is not None and not self._table.has_left(row.id)]

    def _listed_tickets(self) -> list[Ticket]:
        return [row.ticket for row in self._listed_rows()]

    def _on_range_stepped(self, step: int) -> None:
        view = self._center.view
        first = view.selected_row()
        view.step(step)
        then = view.selected_row()
        if first is not None and then is not None and first.id != then.id:
            self._bulk.extend(first.id, then.id)

    def _on_merge_left(self) -> None:
        self._bulk.clear()
        self._center.view.setFocus()

    def _list_on_screen(self) -> ListOnScreen:
        chosen = self._filter
        return ListOnScreen(
            view=chosen.view,
            name=view_word(chosen.view),
            filters=self._chips.filters_in_words(),
            query=chosen.query.strip(),
            rows=self._listed_rows(),
        )

    def copied(self) -> str:
        """The marked tickets, a line each, else the selected one."""
        marked = self._bulk.marks()
        rows = [row for row in self._listed_rows() if row.id in marked]
        selected = self._center.view.selected_row()
        return "\n".join(ticket_line(row) for row in rows or ([selected] if selected is not None else []))

    @property
    def row_menu(self) -> RowMenu:
        return self._row_menu

    def _on_menu_requested(self, place: QPoint) -> None:
        row = self._center.view.selected_row()
        if row is None:
            return
        entries = (
            (self.tr("打开"), "Enter", partial(self.ticket_requested.emit, row.id)),
            (self.tr("复制"), "Ctrl C", self.copy_selected),
            (self.tr("送大屏"), "W", self.send_to_wall),
            (self.tr("选中，批量办理"), "Space", partial(self._bulk.toggle, row.id)),
        )
        panel = self._detail.action_panel
        commands = tuple((name, key, partial(self._desk.run, name)) for name, key in panel.open_now())
        self._row_menu.open_at(place, entries, commands)

    def _run_on_list(self, event: QKeyEvent) -> bool:
        """Ctrl B, Ctrl E, Ctrl P, and Space on a row."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_B:
            self._bulk.start()
        elif control and event.key() == Qt.Key.Key_E:
            self._takeout.start()
        elif control and event.key() == Qt.Key.Key_P:
            self._takeout.start(Form.PRINT)
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            row = self._center.view.selected_row()
            if row is not None:
                self._bulk.toggle(row.id)
                self._center.view.step(1)
        else:
            return False
        return True

    # -- filter ---------------------------------------------------------------------------------------

    def _apply(self, chosen: QueueFilter, sort: str) -> None:
        self._filter = chosen
        self.shows_changed.emit()
        self._table.show_view(chosen, self._feed.context(), sort)
        self._chips.show_filter(chosen, sort)
        self._center.set_view_name(view_word(chosen.view), chosen, self._chips.removable())
        self._refresh_counts()
        self._center.view.setFocus()

    def _on_filter_changed(self, chosen: QueueFilter) -> None:
        self._apply(chosen, self._table.sort_by)

    def _on_sort_requested(self, sort: str) -> None:
        self._apply(self._filter, sort)

    def _on_facet_changed(self, facet: str, excluded: frozenset[str]) -> None:
        focus = self.focusWidget()
        self._apply(self._filter.without(facet, excluded), self._table.sort_by)
        if focus is not None:
            focus.setFocus()

    def _on_search_changed(self, query: str) -> None:
        if query == self._filter.query:
            return
        self._filter = replace(self._filter, query=query)
        self._table.show_view(self._filter, self._feed.context())
        self._chips.show_filter(self._filter, self._table.sort_by)
        self._center.set_view_name(view_word(self._filter.view), self._filter, self._chips.removable())

    def _on_clear_requested(self) -> None:
        self.show_view(self._filter.view)

    def _schedule_counts(self) -> None:
        if not self._counts.isActive():
            self._counts.start()

    def _refresh_counts(self) -> None:
        context = self._feed.context()
        known = self._center.is_counted()
        counts = view_counts(self._feed.book, context) if known else {}
        self._left.set_counts(counts, self._filter.view)
        facets = facet_counts(self._feed.book, self._filter.view, context) if known else {}
        self._left.set_facets(facets, self._filter.excluded or {}, self._feed.names)
        self._center.refresh_header()

    # -- slots ------------------------------------------------------------------------------------

    def _on_link_changed(self) -> None:
        known = self._center.is_counted()
        self._center.set_freshness(self.freshness(), self._bridge.freshness.of().snapshot)
        if self._center.is_counted() != known:
            self._schedule_counts()

    def _on_topic_of_seats(self, name: str) -> None:
        if name == PRESENCE_TOPIC:
            self._table.set_seats(others_looking(self._bridge))

    def _on_command_left(self) -> None:
        self._center.view.setFocus()

    def _on_views_requested(self) -> None:
        self._fold(not self._folded)
        self._panes.share_out()

    def _on_escape(self) -> None:
        """The innermost open thing closes: keys sheet, form, search, then selection and lock."""
        if self.keys_sheet.isVisible():
            self.keys_sheet.hide()
        elif self._list_panel.is_open():
            self._list_panel.close_form()
            self._center.view.setFocus()
        elif self._merging.close() or self._bulk.clear():
            self._center.view.setFocus()
        elif self._detail.action_panel.form_is_open():
            self._detail.action_panel.close_form()
            self._center.view.setFocus()
        elif self._filter.query:
            self._commands.clear()
        else:
            self.release()

    def _fold(self, folded: bool) -> None:
        self._folded = folded
        self._left.setHidden(folded)
        self._chips.set_folded(self._narrow)

    # -- Qt ---------------------------------------------------------------------------------------

    def home(self) -> QWidget:
        return self._center.view

    def first_focus(self) -> QWidget:
        return self._center.shown_part()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters of the table that it did not take itself; text fields keep theirs."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
            return
        if event.matches(QKeySequence.StandardKey.Undo):
            if self._bulk.can_undo():
                self._bulk.undo()
            else:
                self._desk.undo()
            return
        if self._run_on_list(event):
            return
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
            return
        text = event.text().upper()
        if text.isdigit() and text != "0":
            self._open_numbered(int(text))
        elif text == "N":
            self._center.view.load_new()
        elif text == "F":
            self._fold(False)
            self._left.focus_facets()
        elif text == "L":
            self._detail.toggle_records()
        elif text == "/":
            self._commands.start_command()
        elif text in ("?", "？"):
            self.toggle_keys()
        elif text == "M" and self._bulk.marks():
            self._merging.start(self._bulk, self._center.view, self._list_panel)
        elif not (text and self._desk.run_key(text)):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._feed.remove_table(self._table)
        self._feed.watch(None, self._desk)
        self._bridge.view_ticket(None)
        super().closeEvent(event)

    def _open_numbered(self, number: int) -> None:
        if number <= len(SAVED_VIEWS):
            self.show_view(SAVED_VIEWS[number - 1].id)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        narrow = self.width() < FOLD_BELOW * self.theme.scale
        if narrow != self._narrow:
            self._narrow = narrow
            self._fold(narrow)
            self._panes.share_out()

    def _widths(self, total: int) -> list[int]:
        """Left as it needs, detail about a third, the rest to the table."""
        unit = self.theme.space("xl")
        left = 0 if self._folded else self._left.sizeHint().width()
        detail = round(max(unit * DETAIL_LEAST, min(unit * DETAIL_MOST, total * DETAIL_SHARE)))
        return [left, total - left - detail, detail]

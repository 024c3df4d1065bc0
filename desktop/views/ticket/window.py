"""The ticket window: pane with clocks, units and actions at the left, the whole story in the middle, photos and neighbours at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.services.values import Answer
from desktop.theme.theme import Theme
from desktop.views.alive import while_alive
from desktop.views.copying import ticket_line
from desktop.views.keys import KeyLine, wall_key
from desktop.views.queue.detail_pane import DetailPane
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.key_list import command_keys
from desktop.views.queue.marks import RowMarks
from desktop.views.queue.merge_control import MergeControl
from desktop.views.queue.merge_pane import MergePane
from desktop.views.queue.ticket_desk import TicketDesk
from desktop.views.shell import TICKET, DeskWindow
from desktop.views.ticket.parts import ClockTable, PairRow, StoryView
from desktop.views.ticket.photo_control import PhotoControl
from desktop.views.ticket.side_pane import SidePane
from desktop.views.ticket.story_pane import StoryPane
from desktop.views.trouble import failure_text
from desktop.views.words import filled
from desktop.widgets.entry_list import EntryList
from desktop.widgets.inline_form import InlineForm
from desktop.widgets.panes import Panes, in_shares
from domain.ids import TicketId
from domain.ticket import Ticket
from domain.wall.targets import ticket_on_wall
from domain.wall.values import Content

if TYPE_CHECKING:
    from desktop.bridge import Bridge
    from desktop.views.camera_wall.feed import CameraFeed

SHARES = (0.3, 0.45, 0.25)
"""Widths until a person moves a border."""
MOST_BEFORE = 50
"""So many steps back are kept."""
_tickets = msgspec.json.Decoder(list[Ticket])


class TicketWindow(DeskWindow):
    """One ticket at a time; `show_ticket` brings another. `ticket_requested` names a neighbour that the queue should show,
    `camera_requested` a camera that sees its place."""

    ticket_requested = Signal(str)
    camera_requested = Signal(str)

    def __init__(self, theme: Theme, bridge: Bridge, feed: TicketFeed, parent: QWidget | None = None) -> None:
        super().__init__(theme, bridge, TICKET, self.tr("工单"), parent)
        self._feed = feed
        self._wanted: TicketId | None = None
        self._before: list[TicketId] = []
        """Tickets that stood here, the latest last: where Alt ← leads."""
        self._body: bytes | None = None
        self._marks = RowMarks(bridge, self)
        self._detail = DetailPane(theme)
        self._detail.hide_record()
        self._desk = TicketDesk(bridge, feed, self._marks, self._detail, self)
        self._photos = PhotoControl(bridge, self)
        self._merging = MergeControl(theme, bridge, feed, self._desk, self)
        self._story_pane = StoryPane(theme, feed, self._photos, self._merging.pane)
        self._side_pane = SidePane(theme, feed, self._photos)
        self._told: datetime | None = None
        self._lay_out_panes()
        self._connect_panes()
        self.setAcceptDrops(True)
        self._show_empty(self.tr("在队列里按 Enter，或按 Ctrl F 查找，打开一张工单。"))

    def _lay_out_panes(self) -> None:
        panes = (self._detail, self._story_pane, self._side_pane)
        self.set_central(Panes(self.theme, panes, share=in_shares(SHARES)))

    def _connect_panes(self) -> None:
        self._desk.record_came.connect(self._on_record_came)
        self._desk.record_missing.connect(self._on_record_missing)
        self._feed.ticket_changed.connect(self._on_ticket_changed)
        self._feed.refreshed.connect(self._refresh_neighbours)
        self._bridge.clock_ticked.connect(self._on_second)
        self._photos.changed.connect(self._on_photos_changed)
        self._merging.asked.connect(self._story_pane.show_top)
        self._merging.left.connect(self.setFocus)
        self._side_pane.left.connect(self.setFocus)
        self._side_pane.ticket_chosen.connect(self.open_ticket)
        self._side_pane.camera_chosen.connect(self.camera_requested)

    # -- what others may ask ------------------------------------------------------------------------

    def set_camera_feed(self, feed: CameraFeed) -> None:
        """Cameras that cover the ticket's place, nearest first, then those that are only near."""
        self._side_pane.set_camera_feed(feed)

    def _show_cameras(self) -> None:
        """Nothing is fetched for a window that nobody sees."""
        self._side_pane.show_cameras(self._desk.ticket if self.isVisible() else None)

    @property
    def detail(self) -> DetailPane:
        return self._detail

    @property
    def desk(self) -> TicketDesk:
        return self._desk

    @property
    def story(self) -> StoryView:
        return self._story_pane.story

    @property
    def clocks(self) -> ClockTable:
        return self._story_pane.clocks

    @property
    def photo_row(self) -> PairRow:
        return self._side_pane.photo_row

    @property
    def form(self) -> InlineForm:
        """The form that asks for a photo."""
        return self._side_pane.form

    @property
    def merge_pane(self) -> MergePane:
        return self._merging.pane

    def wall_content(self) -> Content | None:
        ticket = self._desk.ticket
        return ticket_on_wall(ticket.id) if ticket is not None else None

    def copied(self) -> str:
        row = self._desk.row
        return ticket_line(row) if row is not None else ""

    def neighbours(self) -> tuple[EntryList, EntryList]:
        """(duplicates, related)"""
        return self._side_pane.duplicates, self._side_pane.related

    def photo_note(self) -> str:
        return self._side_pane.said()

    def open_ticket(self, ticket_id: str) -> None:
        """Show a ticket: from the working set, else from this machine's cache, else from the server."""
        if self._wanted is not None and self._wanted != ticket_id:
            self._before = [*self._before[1 - MOST_BEFORE :], self._wanted]
        if ticket_id != self._desk.ticket_id:
            self._body = None
            self._side_pane.say("", False)
        self._wanted = TicketId(ticket_id)
        self.form.close_form()
        self._merging.pane.close_pane()
        if self._feed.row(self._wanted) is not None:
            self._desk.show(ticket_id)
            self._on_shown()
            return
        self._show_empty(filled(self.tr("正在取 {id}"), {"id": ticket_id}))
        self._bridge.cached_then((self._wanted,), self._on_cached)

    def go_back(self) -> None:
        """The ticket that stood here before this one, and says so where there was none."""
        if not self._before:
            self.status_bar.say(self.tr("本窗口之前没有别的工单"))
            return
        before = self._before.pop()
        self._wanted = None
        self.open_ticket(before)

    def show_value(self, ticket: Ticket) -> None:
        """Show a ticket that somebody already has."""
        if ticket.id != self._desk.ticket_id:
            self._body = None
        self._wanted = ticket.id
        self._desk.show_value(ticket)
        self._on_shown()

    def ask_photo(self) -> None:
        """Ctrl I"""
        if self._desk.ticket is not None:
            self._side_pane.ask_photo()

    def ask_withdraw(self) -> None:
        """Ctrl Shift I"""
        if self._desk.ticket is not None:
            self._side_pane.ask_withdraw()

    # -- filling ----------------------------------------------------------------------------------

    @while_alive
    def _on_cached(self, found: dict[TicketId, Ticket]) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        if wanted in found:
            self.show_value(found[wanted])
        else:
            self._bridge.ask_then("tickets", {"ids": [wanted]}, self._on_asked)

    @while_alive
    def _on_asked(self, answer: Answer) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        if answer.error or answer.body is None:
            what = filled(self.tr("本机没有 {id}，服务器也没有答复"), {"id": wanted})
            since = self.site.minute(self._feed.now())
            self._show_empty(failure_text(what, answer.error or "empty", since, self.tr("接通后再打开。")))
            return
        found = [ticket for ticket in _tickets.decode(answer.body) if ticket.id == wanted]
        if found:
            self.show_value(found[0])
        else:
            self._show_empty(filled(self.tr("没有工单 {id}，或不在本席范围内。请核对单号。"), {"id": wanted}))

    def _show_empty(self, sentence: str) -> None:
        self._desk.show("")
        self._detail.clear(sentence)
        self._photos.show(None)
        self._show_cameras()
        self._story_pane.hide()
        self._side_pane.hide()

    def _on_shown(self) -> None:
        ticket = self._desk.ticket
        if ticket is None:
            return
        self.setWindowTitle(filled(self.tr("工单 {id}"), {"id": ticket.id}))
        self.top_bar.set_title(self.windowTitle())
        self._story_pane.show()
        self._side_pane.show()
        self._photos.show(ticket.id)
        self._refresh_story()
        self._refresh_neighbours()
        self._refresh_photos()
        self._show_cameras()

    def _refresh_story(self) -> None:
        ticket = self._desk.ticket
        if ticket is not None:
            self._told = self._feed.now()
            masked = self._bridge.actor is not None and self._bridge.actor.scope.masked
            self._story_pane.show_ticket(ticket, self._body, masked=masked)

    def _refresh_neighbours(self) -> None:
        ticket = self._desk.ticket
        if ticket is not None:
            self._side_pane.show_neighbours(ticket, list(self._bridge.mirror.tickets.values()))

    def _refresh_photos(self) -> None:
        if self._desk.ticket is not None:
            self._side_pane.refresh_photos()

    def _on_photos_changed(self) -> None:
        self._refresh_photos()
        self._refresh_story()

    # -- slots ------------------------------------------------------------------------------------

    def _on_record_came(self, body: bytes) -> None:
        self._body = body
        self._refresh_story()

    def _on_record_missing(self, _note: str) -> None:
        self._refresh_story()

    def _on_ticket_changed(self, ticket_id: str) -> None:
        if ticket_id == self._desk.ticket_id:
            self._refresh_story()

    def _on_second(self) -> None:
        """Running clocks move on; their words change by the minute at most."""
        ticket = self._desk.ticket
        if ticket is None or not ticket.is_open or not self.isVisible():
            return
        if self._told is None or abs(self._feed.now() - self._told) >= timedelta(minutes=1):
            self._refresh_story()

    # -- Qt ---------------------------------------------------------------------------------------

    def own_keys(self) -> tuple[KeyLine, ...]:
        photo = KeyLine("Ctrl I", self.tr("补照片"))
        back = KeyLine("Alt ←", self.tr("回到上一张工单"), False)
        return (back, photo, KeyLine("Ctrl Shift I", self.tr("撤下照片"), False), wall_key(), *command_keys())

    def _leave_innermost(self) -> None:
        """One open thing closes: the one with the keyboard, else the one opened over the others."""
        panel, pane = self._detail.action_panel, self._merging.pane
        opened: list[tuple[QWidget, Callable[[], None]]] = []
        if not pane.isHidden():
            opened.append((pane, pane.close_pane))
        if not self.form.isHidden():
            opened.append((self.form, self.form.close_form))
        if panel.form_is_open():
            opened.append((panel, panel.close_form))
        at = self.focusWidget()
        opened.sort(key=lambda one: at is None or not (one[0] is at or one[0].isAncestorOf(at)))
        for _widget, close in opened[:1]:
            close()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave_innermost()
            return
        if event.matches(QKeySequence.StandardKey.Undo):
            self._desk.undo()
            return
        control = Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_I and event.modifiers() == control:
            self.ask_photo()
            return
        if event.key() == Qt.Key.Key_I and event.modifiers() == control | Qt.KeyboardModifier.ShiftModifier:
            self.ask_withdraw()
            return
        if event.key() == Qt.Key.Key_Left and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.go_back()
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if not (plain and event.text() and self._desk.run_key(event.text().upper())):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.ask_photo()
        if not self.form.isHidden():
            field = self.form.input("file")
            field.setText(event.mimeData().urls()[0].toLocalFile())  # type: ignore[attr-defined] # a line of text
            event.acceptProposedAction()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_story()
        self._show_cameras()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._show_cameras()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._photos.stop()
        self._feed.watch(None, self._desk)
        self._bridge.view_ticket(None)
        super().closeEvent(event)

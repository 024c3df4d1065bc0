"""Find (Ctrl F): any ticket of the cache, closed ones too, by number, source's number, place, unit or matter. The one under the cursor
stands beside the list, with its actions; Enter opens it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.models.ticket_row import RowMaker, clock_look
from desktop.services.find_index import Found
from desktop.theme.theme import Theme
from desktop.views.alive import while_alive
from desktop.views.copying import ticket_line
from desktop.views.find.words import parsed
from desktop.views.queue.detail_pane import DetailPane
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.marks import RowMarks
from desktop.views.queue.ticket_desk import TicketDesk
from desktop.views.shell import FIND, DeskWindow
from desktop.views.words import filled, row_words, source_word, state_word
from desktop.widgets.entry_list import Entry, EntryList
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import format_count
from desktop.widgets.panes import Panes, in_shares
from desktop.widgets.scrolled import scrolled
from desktop.widgets.sla_bar import format_remaining
from domain.ticket import Ticket
from domain.vocabulary import Urgency

if TYPE_CHECKING:
    from desktop.bridge import Bridge

SHOWN = 100
SHARES = (0.57, 0.43)
"""Of the width, until a person moves a border."""
AFTER_MS = 60
AGAIN_MS = 250


class FindWindow(DeskWindow):
    """`ticket_requested` asks for the ticket window."""

    ticket_requested = Signal(str)

    def __init__(self, theme: Theme, bridge: Bridge, feed: TicketFeed, parent: QWidget | None = None) -> None:
        super().__init__(theme, bridge, FIND, self.tr("查找工单"), parent)
        self._feed = feed
        self._asked = ""
        self._since = 0.0
        self._tickets: dict[str, Ticket] = {}
        self._marks = RowMarks(bridge, self)
        self._detail = DetailPane(theme)
        self._desk = TicketDesk(bridge, feed, self._marks, self._detail, self)
        self._line = QLineEdit()
        self._line.setFont(theme.font("title"))
        self._line.setPlaceholderText(self.tr("单号、热线单号、地点、单位、事项，空格隔开为同时满足"))
        self._line.setAccessibleName(self.tr("查找工单"))
        self._note = plain_label(theme, size="small", role="text.secondary", wrap=True)
        self._list = EntryList(theme, self.tr("结果"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self._ask)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._ask)
        self._lay_out_panes()
        self._line.textChanged.connect(self._on_text)
        self._line.installEventFilter(self)
        self._list.activated.connect(self.ticket_requested)
        self._list.selected.connect(self._on_selected)
        self.command_requested.connect(self.focus_line)
        self._say_hint()
        bridge.find_then((), 0, self._on_prepared)

    def _lay_out_panes(self) -> None:
        pad = self.theme.space("l")
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._list)
        inner.addStretch(1)
        self._scroll = scrolled(body)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(pad, pad, pad, 0)
        column.setSpacing(self.theme.space("m"))
        for part in (self._line, self._note, self._scroll):
            column.addWidget(part)
        column.setStretchFactor(self._scroll, 1)
        self.set_central(Panes(self.theme, (left, self._detail), share=in_shares(SHARES)))
        self._line.setFocus()

    # -- what others may ask ------------------------------------------------------------------------

    @property
    def line(self) -> QLineEdit:
        return self._line

    @property
    def results(self) -> EntryList:
        return self._list

    def copied(self) -> str:
        """The ticket under the cursor."""
        found = self._tickets.get(self._list.current())
        return "" if found is None else ticket_line(RowMaker(self._feed.names, row_words()).row(found))

    @property
    def detail(self) -> DetailPane:
        return self._detail

    def note(self) -> str:
        """How many were found and how long it took, or why none."""
        return self._note.text()

    def focus_line(self) -> None:
        self._line.setFocus()
        self._line.selectAll()

    # -- asking -----------------------------------------------------------------------------------

    def _on_text(self, _text: str) -> None:
        self._timer.start()

    def _ask(self) -> None:
        text = self._line.text().strip()
        if not text:
            self._show((), 0)
            self._say_hint()
            return
        words, unknown = parsed(text, self._feed.names)
        if unknown:
            self._show((), 0)
            quoted = self.tr("、").join(f"“{word}”" for word in unknown)
            self._note.set_text(
                filled(
                    self.tr("清单、地点、单位里没有{words}；单号至少输入三位。诉求原文不在本机，不参与查找。"),
                    {"words": quoted},
                )
            )
            return
        self._asked, self._since = text, time.perf_counter()
        self._bridge.find_then(words, SHOWN, self._on_found)

    @while_alive
    def _on_found(self, answer: tuple[Found, list[Ticket]]) -> None:
        found, tickets = answer
        if self._asked != self._line.text().strip():
            return  # a later question is on its way
        if not found.ready:
            self._note.set_text(self.tr("正在准备查找（首次约需几秒）"))
            self._again.start()
            return
        self._show(tuple(tickets), found.total)
        took = round(1000 * (time.perf_counter() - self._since))
        words = {"n": format_count(found.total), "shown": len(tickets), "ms": took}
        if not found.total:
            self._note.set_text(self.tr("本机缓存里没有符合的工单。少输入几个词，或核对单号。"))
        elif found.total > len(tickets):
            self._note.set_text(filled(self.tr("共 {n} 件，显示最近上报的 {shown} 件 · {ms} 毫秒 · 本机缓存"), words))
        else:
            self._note.set_text(filled(self.tr("共 {n} 件，按上报时间 · {ms} 毫秒 · 本机缓存"), words))

    @while_alive
    def _on_prepared(self, _answer: tuple[Found, list[Ticket]]) -> None:
        """The index is made while the hand goes to the keys: what is asked first is answered as quickly as the rest."""

    def _say_hint(self) -> None:
        self._note.set_text(self.tr("本机缓存中的全部工单，断线也能查；已结的也在内。↓ 到结果，Enter 打开。"))

    def _show(self, tickets: tuple[Ticket, ...], _total: int) -> None:
        self._tickets = {ticket.id: ticket for ticket in tickets}
        words = row_words()
        maker = RowMaker(self._feed.names, words)
        now_ms = self._feed.now_ms()
        entries = []
        for ticket in tickets:
            row = maker.row(ticket)
            look = clock_look(row, now_ms)
            running = ticket.is_open and look.state != "none"
            stamp = self._feed.site.stamp(ticket.reported_at, self._feed.now())
            text = " · ".join(
                part for part in (row.place, row.unit, source_word(ticket.source.value), ticket.external_ref) if part
            )
            side = (
                f"{state_word(ticket.state)}  {format_remaining(look.remaining_s, look.state)}"
                if running
                else state_word(ticket.state)
            )
            if running and ticket.urgency is not Urgency.NORMAL:  # a word: the glyph of a line is its clock's
                side = f"{words.urgency[row.urgency]}  {side}"
            status = ("sla", look.state) if running else None
            entries.append(
                Entry(ticket.id, f"{ticket.id}  {row.matter}", f"{stamp} · {text}", side, status, not ticket.is_open)
            )
        self._list.set_entries(entries)
        if not self._list.current():
            self._desk.show("")

    def _on_selected(self, ticket_id: str) -> None:
        rect = self._list.current_rect().toRect()
        self._scroll.ensureVisible(rect.left(), rect.center().y(), 0, rect.height())
        if ticket := self._tickets.get(ticket_id):
            self._desk.show_value(ticket)
        else:
            self._desk.show("")

    # -- Qt ---------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            ids = self._list.ids()
            if event.key() == Qt.Key.Key_Down and ids:
                self._list.setFocus()
                self._list.set_current(ids[0])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and ids:
                self.ticket_requested.emit(ids[0])
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters act on the chosen ticket, as in the queue; the line of words keeps its own."""
        text = event.text().upper()
        if event.key() == Qt.Key.Key_Escape:
            self._detail.action_panel.close_form()
            self.focus_line()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._desk.undo()
        elif event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier) or not (
            text and self._desk.run_key(text)
        ):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._feed.watch(None, self._desk)
        self._bridge.view_ticket(None)
        super().closeEvent(event)

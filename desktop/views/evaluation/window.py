"""The evaluation window (F11): what is to be asked, drawn, looked at again and decided; the ticket with its actions beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.copying import ticket_line
from desktop.views.evaluation import values
from desktop.views.evaluation.feed import EvaluationFeed
from desktop.views.evaluation.hollow_tab import HollowTab
from desktop.views.evaluation.spot_tab import SpotTab
from desktop.views.evaluation.spot_words import spot_refusal
from desktop.views.link_words import not_yet
from desktop.views.queue.detail_pane import DetailPane
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.marks import RowMarks
from desktop.views.queue.ticket_desk import TicketDesk
from desktop.views.shell import EVALUATION, DeskWindow
from desktop.widgets.base import set_shown
from desktop.widgets.chip import ChipRow, ChipValue
from desktop.widgets.entry_list import EntryList
from desktop.widgets.inline_form import InlineForm
from desktop.widgets.labels import plain_label
from desktop.widgets.panes import Panes
from desktop.widgets.scrolled import Column
from desktop.widgets.section import SectionHeader
from domain.evaluation.spot_check import SpotCheck, Verdict
from domain.ids import TicketId
from protocol.messages import Outcome

if TYPE_CHECKING:
    from desktop.bridge import Bridge

CALLS, CHECKS, HOLLOW, APPEALS = "calls", "checks", "hollow", "appeals"
SHARES, SHARES_WITHOUT_CHECK = (0.3, 0.3, 0.4), (0.45, 0.0, 0.55)
"""Of the width, until a person moves a border: the check stands between list and ticket only where checks are listed."""
TABS = (CALLS, CHECKS, HOLLOW, APPEALS)
HOLLOW_EVERY_MS = 30_000


class EvaluationWindow(DeskWindow):
    """Keys 1–4 change the list, arrows walk it, letters act on the ticket; N draws, Y H X judge a drawn ticket, R repeats a draw."""

    ticket_requested = Signal(str)

    def __init__(self, theme: Theme, bridge: Bridge, feed: TicketFeed, parent: QWidget | None = None) -> None:
        super().__init__(theme, bridge, EVALUATION, self.tr("评价"), parent)
        self._feed = feed
        self._tab = CALLS
        self._marks = RowMarks(bridge, self)
        self._detail = DetailPane(theme)
        self._desk = TicketDesk(bridge, feed, self._marks, self._detail, self)
        self._data = EvaluationFeed(bridge, self)
        self._spot = SpotTab(theme, bridge, feed, self._data, self)
        self._hollow = HollowTab(bridge, feed, self)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(HOLLOW_EVERY_MS)
        self._slow.timeout.connect(self.refresh)
        self._make_parts(theme)
        self._lay_out_panes()
        self._connect_panes()
        self.show_tab(CALLS)

    def _make_parts(self, theme: Theme) -> None:
        self._tabs = ChipRow(theme)
        self._summary = plain_label(theme, size="small", role="text.secondary", wrap=True)
        self._list = EntryList(theme, self.tr("评价"))
        self._drawn = self._spot.drawn
        self._head, self._check_head = SectionHeader(theme, ""), SectionHeader(theme, self.tr("抽查"))
        self._words, self._top = QWidget(), QWidget()
        """What there is to say of the chosen entry: beside the drawn tickets of a check, else above the ticket."""
        self._check_slot, self._top_slot = QWidget(), QWidget()
        for slot in (self._check_slot, self._top_slot):
            QVBoxLayout(slot).setContentsMargins(0, 0, 0, 0)
        self._facts = plain_label(theme, size="body", role="text.primary", wrap=True)
        self._note = plain_label(theme, size="small", role="text.secondary", wrap=True)

    def _lay_out_panes(self) -> None:
        spot, words = self._spot, QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        for part in (self._facts, self._note):
            words.addWidget(part)
        left = self._column((self._tabs, self._summary, self._list))
        self._check_pane = self._column((self._check_head, spot.buttons, spot.form, self._check_slot, spot.drawn))
        pad = self.theme.space("l")
        top = QVBoxLayout(self._top)
        top.setContentsMargins(pad, self.theme.space("m"), pad, self.theme.space("m"))
        top.addWidget(self._head)
        top.addWidget(self._top_slot)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self._detail, 1)
        self._panes = Panes(self.theme, (left, self._check_pane, right), share=self._widths)
        self.set_central(self._panes)

    def _widths(self, total: int) -> list[int]:
        shares = SHARES if self._tab == CHECKS else SHARES_WITHOUT_CHECK
        return [round(total * share) for share in shares]

    def _column(self, parts: tuple[QWidget, ...]) -> QScrollArea:
        body = QWidget()
        column = QVBoxLayout(body)
        pad = self.theme.space("l")
        column.setContentsMargins(pad, self.theme.space("m"), pad, pad)
        column.setSpacing(self.theme.space("m"))
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return Column(body)

    def _connect_panes(self) -> None:
        self._tabs.clicked.connect(self.show_tab)
        self._list.selected.connect(self._on_selected)
        self._drawn.selected.connect(self._show_ticket)
        for entries in (self._list, self._drawn):
            entries.activated.connect(self._on_activated)
        self._data.changed.connect(self._on_data_changed)
        self._feed.reference_changed.connect(self.refresh)
        self._spot.said.connect(self._on_said)
        self._spot.left.connect(self._on_form_left)
        self._hollow.list_changed.connect(self._on_twins_came)
        self._hollow.side_changed.connect(self._show_side)
        self._bridge.outcome_arrived.connect(self._on_outcome)

    # -- what others may ask ------------------------------------------------------------------------

    @property
    def entries(self) -> EntryList:
        return self._list

    @property
    def drawn(self) -> EntryList:
        return self._drawn

    @property
    def form(self) -> InlineForm:
        return self._spot.form

    @property
    def spot(self) -> SpotTab:
        return self._spot

    @property
    def check(self) -> SpotCheck | None:
        return self._spot.check

    @property
    def detail(self) -> DetailPane:
        return self._detail

    @property
    def data(self) -> EvaluationFeed:
        return self._data

    def note(self) -> str:
        return self._note.text()

    def facts(self) -> str:
        return self._facts.text()

    def show_tab(self, tab: str) -> None:
        """calls · checks · hollow · appeals."""
        self._tab = tab
        self._on_said("")
        self._spot.close_form()
        self._desk.show("")
        self._list.set_current("")
        self._check_pane.setHidden(tab != CHECKS)
        self._top.setHidden(tab == CHECKS)
        slot = (self._check_slot if tab == CHECKS else self._top_slot).layout()
        assert slot is not None
        slot.addWidget(self._words)
        self._words.show()  # Qt hides what changes its place, until the next turn
        self._panes.share_out()
        self.refresh()
        self._list.setFocus()

    def refresh(self) -> None:
        """The list of the chosen tab as things stand."""
        names, now, site = self._feed.names, self._feed.now(), self._feed.site
        tickets = self._data.tickets()
        if self._tab == CALLS:
            self._list.set_entries(values.call_backs(tickets, names, now, site))
            self._summary.set_text(values.call_summary(tickets, now))
        elif self._tab == CHECKS:
            self._list.set_entries(values.check_entries(self._data.checks(), now, site))
            self._summary.set_text(self.tr("由服务器按种子抽取；总体、种子和结果一并记录，谁都可以重抽核对"))
        elif self._tab == HOLLOW:
            self._list.set_entries(self._hollow.entries(tickets))
            self._summary.set_text(self._hollow.summary(tickets))
            self._hollow.compare(tickets)
        else:
            self._list.set_entries(values.appeals(tickets, names, now, site))
            self._summary.set_text(self.tr("只有超期结案可申诉，一次；两人复核都同意才成立"))
        if unknown := "" if tickets else not_yet(self._bridge.freshness.of()):
            self._summary.set_text(unknown)  # what never came is not counted as 0
        if self._data.cut:
            self._summary.set_text(self._summary.text() + self.tr(" · 结案太多，只看最近的"))
        self._show_tabs()
        self._show_side()

    def _on_data_changed(self) -> None:
        """Signals are counted over a month: anew at most twice a minute, not with every ticket that closes."""
        if self._tab != HOLLOW:
            self.refresh()
        elif not self._slow.isActive():
            self._slow.start()

    def _show_tabs(self) -> None:
        words = {
            CALLS: self.tr("回访"),
            CHECKS: self.tr("抽查"),
            HOLLOW: self.tr("疑似简化办结"),
            APPEALS: self.tr("申诉"),
        }
        self._tabs.set_chips(
            [ChipValue(tab, f"{place} {words[tab]}", selected=tab == self._tab) for place, tab in enumerate(TABS, 1)]
        )
        self._head.set_title(words[self._tab])

    def copied(self) -> str:
        """The ticket in the pane at the right."""
        row = self._desk.row
        return ticket_line(row) if row is not None else ""

    # -- side -------------------------------------------------------------------------------------

    def _on_selected(self, entry_id: str) -> None:
        if self._tab == CHECKS:
            self._spot.choose(entry_id)
            self._desk.show("")
            self._show_side()
        else:
            self._show_ticket(entry_id)

    def _show_ticket(self, ticket_id: str) -> None:
        ticket = self._data.ticket(TicketId(ticket_id)) if ticket_id else None
        if ticket is None:
            self._desk.show("")
        else:
            self._desk.show_value(ticket)
            if self._tab == HOLLOW:
                self._hollow.look_at(ticket)
        self._show_side()

    def _show_side(self) -> None:
        if self._tab == CHECKS:
            self._facts.set_text(self._spot.facts(bool(self._list.ids())))
            return
        ticket = self._desk.ticket
        if ticket is None:
            empty = not_yet(self._bridge.freshness.of()) or self._nothing_here()
            self._facts.set_text(self.tr("↑↓ 选择，Enter 打开工单窗口") if self._list.ids() else empty)
        elif self._tab == CALLS:
            self._facts.set_text(values.call_word(ticket, self._feed.now()))
        elif self._tab == HOLLOW:
            self._facts.set_text(self._hollow.facts(ticket))
        else:
            self._facts.set_text(values.appeal_word(ticket))
        if self._tab == HOLLOW and (trouble := self._hollow.trouble()):
            self._on_said(trouble)

    def _on_said(self, sentence: str) -> None:
        self._note.set_text(sentence)
        set_shown(self._note, bool(sentence))

    def _nothing_here(self) -> str:
        return {
            CALLS: self.tr("没有待回访的工单。工单结案后列在这里。"),
            HOLLOW: self.tr("没有疑似简化办结的工单。结案后有信号的列在这里。"),
            APPEALS: self.tr("没有申诉。超期结案的单位申诉后列在这里。"),
        }[self._tab]

    def _on_twins_came(self) -> None:
        if self._tab == HOLLOW:
            self.refresh()

    def _on_form_left(self) -> None:
        self._list.setFocus()

    def _on_outcome(self, outcome: Outcome) -> None:
        known = spot_refusal(outcome.code, outcome.detail)
        if outcome.status in ("rejected", "conflict") and self._tab == CHECKS and known != outcome.code:
            self._on_said(known)

    # -- Qt ---------------------------------------------------------------------------------------

    def _on_activated(self, entry_id: str) -> None:
        if entry_id in self._drawn.ids() or self._tab != CHECKS:
            self.ticket_requested.emit(entry_id)
        elif self._drawn.ids():
            self._drawn.setFocus()
            self._drawn.set_current(self._drawn.ids()[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text().upper()
        if event.key() == Qt.Key.Key_Escape:
            self._spot.close_form()
            self._detail.action_panel.close_form()
            self._list.setFocus()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._desk.undo()
        elif event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif text in ("1", "2", "3", "4"):
            self.show_tab(TABS[int(text) - 1])
        elif self._tab == CHECKS and text in ("N", "R"):
            (self._spot.ask_draw if text == "N" else self._spot.repeat_draw)()
        elif self._tab == CHECKS and text in ("Y", "H", "X"):
            self._spot.ask_judge({"Y": Verdict.SOUND, "H": Verdict.HOLLOW, "X": Verdict.CANNOT_TELL}[text])
        elif not (text and self._desk.run_key(text)):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._feed.watch(None, self._desk)
        self._bridge.view_ticket(None)
        super().closeEvent(event)

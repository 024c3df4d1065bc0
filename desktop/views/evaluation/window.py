"""The evaluation window (F11): what is to be asked, drawn, looked at again and decided; the ticket with its actions beside it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.services.values import Answer, Refusal
from desktop.theme.theme import Theme
from desktop.views.alive import while_alive
from desktop.views.evaluation import values
from desktop.views.evaluation.feed import EvaluationFeed
from desktop.views.evaluation.spot_words import area_of, draw_fields, draw_of, judge_fields, redrawn, spot_refusal
from desktop.views.link_words import not_yet
from desktop.views.queue.action_answers import AnswerError
from desktop.views.queue.detail_pane import DetailPane
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.marks import RowMarks
from desktop.views.queue.ticket_desk import TicketDesk
from desktop.views.refusal_words import reason_text
from desktop.views.shell import EVALUATION, DeskWindow
from desktop.views.trouble import Trouble, failure_text
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.chip import ChipRow, ChipValue
from desktop.widgets.entry_list import EntryList
from desktop.widgets.inline_form import InlineForm
from desktop.widgets.labels import plain_label
from desktop.widgets.scrolled import Column
from desktop.widgets.section import SectionHeader
from domain.catalogue import Evidence as Required
from domain.documents import may
from domain.evaluation.hollow import HollowCode
from domain.evaluation.hollow import Signal as Hollow
from domain.evaluation.spot_check import NAME, SPOT_CHECK, Judge, SpotCheck, Verdict
from domain.evidence import Evidence, Moment
from domain.ids import TicketId
from domain.ticket import Ticket
from protocol.messages import Outcome

if TYPE_CHECKING:
    from desktop.bridge import Bridge

CALLS, CHECKS, HOLLOW, APPEALS = "calls", "checks", "hollow", "appeals"
SHARES = (0.3, 0.3, 0.4)
"""Of the width, until a person moves a border."""
TABS = (CALLS, CHECKS, HOLLOW, APPEALS)
COPIED_MOST = 200
HOLLOW_EVERY_MS = 30_000
_photos = msgspec.json.Decoder(list[Evidence])
_twins = msgspec.json.Decoder(dict[TicketId, Hollow])


class EvaluationWindow(DeskWindow):
    """Keys 1–4 change the list, arrows walk it, letters act on the ticket; N draws, Y H X judge a drawn ticket, R repeats a draw."""

    ticket_requested = Signal(str)

    def __init__(self, theme: Theme, bridge: Bridge, feed: TicketFeed, parent: QWidget | None = None) -> None:
        super().__init__(theme, bridge, EVALUATION, self.tr("评价"), parent)
        self._feed = feed
        self._tab = CALLS
        self._check = ""
        self._twins: dict[TicketId, Hollow] = {}
        self._asked_twins: frozenset[TicketId] = frozenset()
        self._hollow: dict[TicketId, tuple[Hollow, ...]] = {}
        self._missing_photo: set[TicketId] = set()
        self._twin_trouble = Trouble()
        self._photos_unknown = ""
        """Why nobody knows whether the shown ticket has its photos."""
        self._marks = RowMarks(bridge, self)
        self._detail = DetailPane(theme)
        self._desk = TicketDesk(bridge, feed, self._marks, self._detail, self)
        self._data = EvaluationFeed(bridge, self)
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
        self._drawn = EntryList(theme, self.tr("抽中的工单"))
        self._head = SectionHeader(theme, "")
        self._facts = plain_label(theme, size="body", role="text.primary", wrap=True)
        self._note = plain_label(theme, size="small", role="text.secondary", wrap=True)
        self._form = InlineForm(theme)
        self._form_name = ""
        self._draw = ActionButton(theme, self.tr("抽查一批"), "N", "primary")
        self._again = ActionButton(theme, self.tr("重抽核对"), "R")

    def _lay_out_panes(self) -> None:
        left = self._column((self._tabs, self._summary, self._list))
        buttons = self._buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._draw)
        row.addWidget(self._again)
        row.addStretch(1)
        right = self._column((self._head, buttons, self._form, self._facts, self._note, self._drawn))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for place, (pane, share) in enumerate(((left, 3), (right, 3), (self._detail, 3))):
            self._splitter.addWidget(pane)
            self._splitter.setStretchFactor(place, share)
            self._splitter.setCollapsible(place, False)
        self._by_hand = False
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self._splitter.setHandleWidth(round(self.theme.pen("hair")))
        self.set_central(self._splitter)

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
        self._draw.clicked.connect(self.ask_draw)
        self._again.clicked.connect(self.repeat_draw)
        self._form.submitted.connect(self._on_answered)
        self._form.cancelled.connect(self._on_form_cancelled)
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
        return self._form

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
        self._note.set_text("")
        self._close_form()
        self._desk.show("")
        self._list.set_current("")
        self._buttons.setHidden(tab != CHECKS)
        self._drawn.setHidden(tab != CHECKS)
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
            found = values.hollow(tickets, self._twins, now)
            self._hollow = {ticket.id: signs for ticket, signs in found}
            self._list.set_entries(values.hollow_entries(found, names, now, site))
            text = self.tr(
                "信号只是再看一眼的理由，不是结论；依据见右。缺照片在打开时核对，结果雷同只比对最近 {n} 件结案"
            )
            self._summary.set_text(filled(text, {"n": min(COPIED_MOST, sum(t.closed_at is not None for t in tickets))}))
            self._ask_twins(tickets)
        else:
            self._list.set_entries(values.appeals(tickets, names, now, site))
            self._summary.set_text(self.tr("只有超期结案可申诉，一次；两人复核都同意才成立"))
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

    # -- side -------------------------------------------------------------------------------------

    def _on_selected(self, entry_id: str) -> None:
        if self._tab == CHECKS:
            self._check = entry_id
            self._desk.show("")
            self._drawn.set_current("")
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
                self._photos_unknown = ""
                self._bridge.ask_then("evidence", {"ticket_id": ticket.id}, self._on_photos)
        self._show_side()

    def _show_side(self) -> None:
        if self._tab == CHECKS:
            self._show_check()
            return
        ticket = self._desk.ticket
        if ticket is None:
            empty = not_yet(self._bridge.freshness.of()) or self.tr("这里没有工单")
            self._facts.set_text(self.tr("↑↓ 选择，Enter 打开工单窗口") if self._list.ids() else empty)
        elif self._tab == CALLS:
            self._facts.set_text(values.call_word(ticket, self._feed.now()))
        elif self._tab == HOLLOW:
            lines = [values.signal_text(one) for one in self._signs(ticket)]
            if self._photos_unknown:
                lines.append(self._photos_unknown)
            self._facts.set_text("\n".join(lines))
        else:
            self._facts.set_text(values.appeal_word(ticket))
        if self._tab == HOLLOW and self._twin_trouble:
            then = self.tr("列表刷新时再比。")
            self._note.set_text(self._twin_trouble.text(self.tr("结果雷同没有比对"), then, self.site))

    def _signs(self, ticket: Ticket) -> tuple[Hollow, ...]:
        signs = self._hollow.get(ticket.id, ())
        return (*signs, Hollow(HollowCode.NO_PHOTO)) if ticket.id in self._missing_photo else signs

    @while_alive
    def _on_photos(self, answer: Answer) -> None:
        ticket = self._desk.ticket
        if ticket is None:
            return
        self._photos_unknown = ""
        if answer.error or answer.body is None:
            self._photos_unknown = failure_text(
                self.tr("照片没有查到"),
                answer.error or "empty",
                self.site.minute(self._feed.now()),
                self.tr("再选中时重查。"),
            )
            self._show_side()
            return
        photos = [one for one in _photos.decode(answer.body) if one.ticket == ticket.id and not one.withdrawn]
        item = self._feed.names.item(ticket.item, ticket.item_version)
        required = item is not None and item.evidence is not Required.NONE and not ticket.simulated
        if required and not any(one.moment is Moment.AFTER for one in photos):
            self._missing_photo.add(ticket.id)
        self._show_side()

    def _ask_twins(self, tickets: list[Ticket]) -> None:
        """Which of the latest results read alike: the centre compares, no text comes here."""
        closed = sorted((t for t in tickets if t.closed_at is not None), key=lambda t: t.closed_at or t.changed_at)
        ids = frozenset(ticket.id for ticket in closed[-COPIED_MOST:])
        if ids and ids != self._asked_twins:
            self._asked_twins = ids
            self._bridge.ask_then("copied_results", {"ids": sorted(ids)}, self._on_twins)

    @while_alive
    def _on_twins(self, answer: Answer) -> None:
        if answer.error or answer.body is None:
            self._twin_trouble.failed(answer.error, self._feed.now())
            self._asked_twins = frozenset()
            self._show_side()
            return
        self._twin_trouble.clear()
        self._twins.update(_twins.decode(answer.body))
        if self._tab == HOLLOW:
            self.refresh()

    # -- spot checks ------------------------------------------------------------------------------

    @property
    def check(self) -> SpotCheck | None:
        return self._data.check(self._check)

    def _show_check(self) -> None:
        check = self.check
        self._again.setEnabled(check is not None)
        if check is None:
            self._drawn.set_entries(())
            text = (
                self.tr("还没有抽查过，N 抽一批") if not self._list.ids() else self.tr("↑↓ 选择一次抽查，N 抽新的一批")
            )
            self._facts.set_text(text)
            return
        names, now, site = self._feed.names, self._feed.now(), self._feed.site
        found = {one: ticket for one in check.drawn if (ticket := self._data.ticket(one)) is not None}
        self._drawn.set_entries(values.drawn_entries(check, found, names, now, site))
        words = {
            "start": f"{site.local(check.start):%Y-%m-%d}",
            "end": f"{site.local(check.end - timedelta(seconds=1)):%Y-%m-%d}",
            "area": names.area(check.area) if check.area else self.tr("全区"),
            "n": check.frame_size,
            "seed": check.seed,
            "digest": check.frame_digest[:16],
        }
        self._facts.set_text(
            filled(self.tr("{area} · {start} 至 {end} 结案 {n} 件\n种子 {seed}\n总体摘要 {digest}…（SHA-256）"), words)
        )

    def ask_draw(self) -> None:
        """N: period, area, how many and which seed."""
        why = self._why_not("draw")
        if why:
            self._note.set_text(filled(self.tr("不能抽查：{why}"), {"why": why}))
            return
        today = self._feed.site.local(self._feed.now()).date()
        self._open_form("draw", self.tr("抽查一批"), draw_fields(today, self._feed.names), self.tr("抽取"))

    def repeat_draw(self) -> None:
        """R: the draw once more from what is recorded, and the frame once more from this machine."""
        check = self.check
        if check is not None:
            frame = [ticket.id for ticket in self._data.closed_in(check.start, check.end, check.area)]
            self._note.set_text(redrawn(check, frame))

    def ask_judge(self, verdict: Verdict) -> None:
        """Y H X on a drawn ticket."""
        check, ticket_id = self.check, self._drawn.current()
        if check is None or not ticket_id:
            return
        why = self._why_not("judge")
        if why:
            self._note.set_text(filled(self.tr("不能判定：{why}"), {"why": why}))
        elif verdict is Verdict.SOUND:
            self._judge(check, ticket_id, verdict, "")
        else:
            title = filled(self.tr("{id}：{verdict}"), {"id": ticket_id, "verdict": values.verdict_word(verdict)})
            self._open_form(verdict.value, title, judge_fields(), self.tr("判定"))

    def _judge(self, check: SpotCheck, ticket_id: str, verdict: Verdict, text: str) -> None:
        given = self._bridge.commander.act(NAME, Judge(ticket=TicketId(ticket_id), verdict=verdict, text=text), check)
        self._note.set_text(spot_refusal(given.code, given.detail) if isinstance(given, Refusal) else "")

    def _why_not(self, command: str) -> str:
        actor = self._bridge.actor
        if actor is None:
            return reason_text("no_identity")
        if not may(SPOT_CHECK, command, actor.role):
            return reason_text("role", {"role": actor.role})
        return reason_text(self._bridge.commander.act_allowed_now(NAME, command))

    def _open_form(self, name: str, title: str, fields, confirm: str) -> None:
        self._form_name = name
        self._form.open_form(title, fields, confirm)

    def _close_form(self) -> None:
        self._form_name = ""
        self._form.close_form()

    def _on_form_cancelled(self) -> None:
        self._form_name = ""
        self._list.setFocus()

    def _on_answered(self, answers: dict[str, str]) -> None:
        if self._form_name != "draw":
            check = self.check
            if check is not None:
                self._judge(check, self._drawn.current(), Verdict(self._form_name), answers["text"].strip())
            self._close_form()
            return
        try:
            start, end = self._day(answers["start"]), self._day(answers["end"]) + timedelta(days=1)
            frame = [ticket.id for ticket in self._data.closed_in(start, end, area_of(answers))]
            command = draw_of(answers, start, end, frame)
        except AnswerError as error:
            self._form.set_error(str(error))
            return
        given = self._bridge.commander.act(NAME, command)
        if isinstance(given, Refusal):
            self._form.set_error(spot_refusal(given.code, given.detail))
            return
        self._close_form()
        self._note.set_text(filled(self.tr("已请服务器从 {n} 件中抽取"), {"n": len(frame)}))
        self._list.setFocus()

    def _day(self, text: str) -> datetime:
        """Midnight of the site's day, aware UTC."""
        zone = self._feed.site.local(self._feed.now()).tzinfo
        return datetime.combine(datetime.fromisoformat(text).date(), time(), zone).astimezone(UTC)

    def _on_outcome(self, outcome: Outcome) -> None:
        known = spot_refusal(outcome.code, outcome.detail)
        if outcome.status in ("rejected", "conflict") and self._tab == CHECKS and known != outcome.code:
            self._note.set_text(known)

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
            self._close_form()
            self._detail.action_panel.close_form()
            self._list.setFocus()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._desk.undo()
        elif event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif text in ("1", "2", "3", "4"):
            self.show_tab(TABS[int(text) - 1])
        elif self._tab == CHECKS and text in ("N", "R"):
            (self.ask_draw if text == "N" else self.repeat_draw)()
        elif self._tab == CHECKS and text in ("Y", "H", "X"):
            self.ask_judge({"Y": Verdict.SOUND, "H": Verdict.HOLLOW, "X": Verdict.CANNOT_TELL}[text])
        elif not (text and self._desk.run_key(text)):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._by_hand:
            self._splitter.setSizes([round(self._splitter.width() * share) for share in SHARES])

    def _on_splitter_moved(self) -> None:
        self._by_hand = True

    def closeEvent(self, event: QCloseEvent) -> None:
        self._feed.watch(None, self._desk)
        self._bridge.view_ticket(None)
        super().closeEvent(event)

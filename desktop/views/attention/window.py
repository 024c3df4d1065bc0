"""需处理: what the server did not carry out and why, what still waits on this machine, and what this machine has to say.

Nothing in here disappears by itself: a command leaves by being done, done again, or given up by a person (kept on file).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.bridge import Bridge
from desktop.models.names import Names
from desktop.services.values import Pending, Refusal
from desktop.theme.theme import Theme
from desktop.views.attention.card import DISCARD, OPEN, RETRY, CaseCard
from desktop.views.attention.values import card_of, entry_of
from desktop.views.notice_words import notice_text
from desktop.views.refusal_words import reason_text
from desktop.views.shell import ATTENTION, DeskWindow
from desktop.views.words import filled
from desktop.widgets.entry_list import EntryList
from desktop.widgets.labels import plain_label
from desktop.widgets.panel_message import PanelMessage
from desktop.widgets.record_list import Record, RecordList
from desktop.widgets.scrolled import scrolled
from desktop.widgets.section import SectionHeader
from domain.documents import TICKET

LIST_COLUMNS = 18
"""Width of the left part in units of the largest space."""


class AttentionWindow(DeskWindow):
    """`ticket_open_requested` names a ticket to look at in the queue."""

    ticket_open_requested = Signal(str)
    _ready = False
    """The frame refreshes itself before the parts of this window stand."""

    def __init__(self, theme: Theme, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, bridge, ATTENTION, QCoreApplication.translate("AttentionWindow", "需处理的命令"), parent
        )
        self._current = ""
        self._tray_head = SectionHeader(theme, self.tr("未执行，等您决定"))
        self._tray = EntryList(theme, self.tr("未执行的命令"))
        self._waiting_head = SectionHeader(theme, self.tr("本机待发"))
        self._waiting = EntryList(theme, self.tr("本机待发的命令"))
        self._waiting_note = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self._notice_head = SectionHeader(theme, self.tr("本机消息"), self.tr("自启动起"))
        self._notices = RecordList(theme)
        self._notice_note = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self._card = CaseCard(theme)
        self._empty = PanelMessage(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._card)
        self._tray.selected.connect(self._on_selected)
        self._waiting.selected.connect(self._on_selected)
        self._card.chosen.connect(self._on_chosen)
        bridge.notice_arrived.connect(self._on_notice_arrived)
        self.set_central(self._make_middle())
        self._ready = True
        self._show_notices()
        self._refresh()

    def select(self, pending_id: str) -> None:
        """Open one of the commands."""
        self._current = pending_id
        self._refresh()

    def current(self) -> str:
        """Id of the command that is open; "" for none."""
        return self._current

    def card(self) -> CaseCard:
        """The part at the right, for tests and focus."""
        return self._card

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._left.setFixedWidth(theme.space("xl") * LIST_COLUMNS)
        self._space()

    # -- parts ------------------------------------------------------------------------------------

    def _make_middle(self) -> QWidget:
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        inner = QWidget()
        column = self._column = QVBoxLayout(inner)
        parts = (self._tray_head, self._tray, self._waiting_head, self._waiting, self._waiting_note)
        for widget in (*parts, self._notice_head, self._notices, self._notice_note):
            if widget in (self._waiting_head, self._notice_head):
                column.addSpacing(self.theme.space("l"))
            column.addWidget(widget)
        column.addStretch(1)
        left = self._left = scrolled(inner, self.tr("需处理的操作"))
        left.setFixedWidth(self.theme.space("xl") * LIST_COLUMNS)
        row.addWidget(left)
        row.addWidget(self._stack, 1)
        self._space()
        return middle

    def _space(self) -> None:
        theme = self.theme
        self._column.setContentsMargins(theme.space("l"), theme.space("l"), theme.space("l"), theme.space("l"))
        self._column.setSpacing(theme.space("s"))

    # -- what is shown ----------------------------------------------------------------------------

    def _refresh(self) -> None:
        view = self.bridge.commander.pending
        now = datetime.now(UTC)
        self._tray.set_entries([entry_of(each, self.site, now) for each in view.tray])
        self._waiting.set_entries([entry_of(each, self.site, now) for each in view.waiting])
        self._tray_head.set_note(filled(self.tr("{n} 条"), {"n": len(view.tray)}))
        self._waiting_head.set_note(filled(self.tr("{n} 条"), {"n": view.queued}))
        self._waiting_note.set_text(self._waiting_words(view.queued))
        known: dict[str, Pending] = {each.id: each for each in (*view.tray, *view.waiting)}
        if self._current not in known:
            self._current = view.tray[0].id if view.tray else ""
        for part in (self._tray, self._waiting):
            part.set_current(self._current)
        self._show_current(known.get(self._current))

    def _waiting_words(self, count: int) -> str:
        if not count:
            return self.tr("没有待发的命令")
        if self.bridge.online:
            return self.tr("已落盘，按给出的先后发送")
        return self.tr("已落盘，断线或重启都不会丢；接通后自动发送，交班时请告知接班人")

    def _show_current(self, pending: Pending | None) -> None:
        if pending is None and self.bridge.actor is None:
            # Whose commands, nobody knows yet: that is not the same as none.
            self._empty.set_message(
                self.tr("尚未登录，不知道是谁的命令"),
                self.tr("服务器认出本席之后，这里显示本席留下的命令；它们都在本机上"),
                status=("freshness", "never"),
            )
            self._stack.setCurrentWidget(self._empty)
            return
        if pending is None:
            self._empty.set_message(
                self.tr("没有需要处理的命令"),
                self.tr("被拒、冲突、过期的命令会一直留在这里，直到有人重做或放弃；放弃的仍留档可查"),
                status=("freshness", "live"),
            )
            self._stack.setCurrentWidget(self._empty)
            return
        names = Names.of(self._reference)
        card = card_of(pending, names, self.site, datetime.now(UTC), self.bridge.clock.now_business())
        opens = pending.kind == TICKET and pending.ticket_id in self.bridge.mirror.tickets
        code = self.bridge.commander.allowed_now(pending.command) if pending.kind == TICKET else ""
        self._card.show_card(card, opens=opens, online_reason=reason_text(code))
        self._stack.setCurrentWidget(self._card)

    def _show_notices(self) -> None:
        records: Sequence[Record] = [
            Record(self.site.clock(notice.at) if notice.at else "", notice_text(notice))
            for notice in reversed(self.bridge.notices)
        ]
        self._notices.set_records(records)
        self._notice_note.set_text("" if records else self.tr("没有消息"))

    # -- what happens -----------------------------------------------------------------------------

    def _on_selected(self, pending_id: str) -> None:
        # Each list tells, too, that it has the cursor no more.
        if pending_id and pending_id != self._current:
            self.select(pending_id)

    def _on_chosen(self, action: str) -> None:
        view = self.bridge.commander.pending
        pending = next((each for each in (*view.tray, *view.waiting) if each.id == self._current), None)
        if pending is None:
            return
        if action == OPEN and pending.ticket_id is not None:
            self.ticket_open_requested.emit(pending.ticket_id)
        elif action == DISCARD:
            self.bridge.commander.discard(pending.id)
        elif action == RETRY:
            answer = self.bridge.commander.retry(pending.id)
            if isinstance(answer, Refusal):
                reason = reason_text(answer.code, answer.detail)
                self._card.show_refused(filled(self.tr("没有重做：{reason}"), {"reason": reason}))

    def _on_pending_changed(self, _pending: object = None) -> None:
        super()._on_pending_changed(_pending)
        if self._ready:
            self._refresh()

    def _on_notice_arrived(self, _notice: object) -> None:
        self._show_notices()

    def _on_topic_changed(self, name: str) -> None:
        super()._on_topic_changed(name)
        if self._ready:
            self._refresh()

    def _on_freshness_changed(self, source: str = "") -> None:
        super()._on_freshness_changed(source)
        if self._ready and source:
            self._refresh()

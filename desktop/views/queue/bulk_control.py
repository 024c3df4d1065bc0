"""Ctrl B: one command on the marked tickets, or on all of the list. Command, its answers, a preview, and only then it is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop.models.queue_values import RowMark
from desktop.services.values import PendingId, Refusal
from desktop.views.queue.action_answers import AnswerError, command_of
from desktop.views.queue.bulk import BULK, MOST, Preview, preview, sentence, ticket_lines
from desktop.views.queue.bulk_forms import answers_for, bulk_form, way_of
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.list_panel import ListPanel
from desktop.views.queue.offers import OfferSource
from desktop.views.refusal_words import reason_text
from desktop.views.words import command_word, filled
from desktop.widgets.inline_form import FormField
from domain.commands import Command
from domain.ids import TicketId
from domain.lifecycle import allowed
from domain.ticket import Ticket

if TYPE_CHECKING:
    from desktop.bridge import Bridge

COMMAND, ANSWERS, CONFIRM = "bulk_command", "bulk_answers", "bulk_confirm"
UNDO_MS = 10_000
TWO = 2
"""Tickets that are compared before one is merged into the other."""


class BulkControl(QObject):
    """`marked_changed` when other rows are marked. `listed` gives the tickets of the list as it stands, from the top."""

    marked_changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        feed: TicketFeed,
        panel: ListPanel,
        listed: Callable[[], Sequence[Ticket]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._feed, self._panel, self._listed = bridge, feed, panel, listed
        self._offers = OfferSource(bridge, feed)
        self._marked: dict[TicketId, None] = {}
        self._command = ""
        self._preview: Preview | None = None
        self._sent: list[PendingId] = []
        self._undo = QTimer(self)
        self._undo.setSingleShot(True)
        self._undo.setInterval(UNDO_MS)
        self._undo.timeout.connect(self._on_undo_over)
        panel.answered.connect(self._on_answered)

    # -- marking ----------------------------------------------------------------------------------

    def toggle(self, ticket_id: TicketId) -> None:
        """Space: mark a row, or take the mark away."""
        if ticket_id in self._marked:
            del self._marked[ticket_id]
        else:
            self._marked[ticket_id] = None
        self._say_marked()
        self.marked_changed.emit()

    def extend(self, first: TicketId, then: TicketId) -> None:
        """Shift and a step: the row left and the row reached; back over a marked row takes the mark of the row left away."""
        if first in self._marked and then in self._marked:
            del self._marked[first]
        else:
            self._marked.update({first: None, then: None})
        self._say_marked()
        self.marked_changed.emit()

    def clear(self) -> bool:
        """Take all marks away; False where there were none."""
        had = bool(self._marked)
        self._marked.clear()
        if had:
            self._panel.say("")
            self.marked_changed.emit()
        return had

    def marks(self) -> dict[TicketId, RowMark]:
        text = QCoreApplication.translate("bulk", "已选")
        return {ticket_id: RowMark("chosen", text) for ticket_id in self._marked}

    def _say_marked(self) -> None:
        n = len(self._marked)
        pattern = self.tr("已选 {n} 件 · Ctrl B 批量办理 · Esc 取消选择")
        if n == TWO:
            pattern = self.tr("已选 {n} 件 · M 对照并案 · Ctrl B 批量办理 · Esc 取消选择")
        self._panel.say(filled(pattern, {"n": n}) if n else "")

    def _tickets(self) -> list[Ticket]:
        """The marked ones that are still here, else the whole list."""
        known = self._bridge.mirror.tickets
        chosen = [known[one] for one in self._marked if one in known]
        return chosen if self._marked else list(self._listed())

    # -- the three steps --------------------------------------------------------------------------

    def start(self) -> None:
        """Which command; or why there is nothing to choose."""
        tickets, actor = self._tickets(), self._bridge.actor
        if not tickets or actor is None:
            self._panel.say(self.tr("列表里没有工单可批量办理"))
            return
        if len(tickets) > MOST:
            words = {"n": len(tickets), "most": MOST}
            self._panel.say(filled(self.tr("列表有 {n} 件，一次最多办 {most} 件；请先筛选，或用空格选中"), words))
            return
        states = {ticket.state for ticket in tickets}
        names = [name for name in BULK if any(allowed(name, state, actor.role) for state in states)]
        if not names:
            self._panel.say(self.tr("本席对这些工单没有可批量办理的操作"))
            return
        options = tuple((name, command_word(name)) for name in names)
        field = FormField("command", self.tr("办什么"), "choice", options=options)
        hint = filled(self.tr("对{what} {n} 件，下一步先预览，不会直接发出"), self._which(len(tickets)))
        self._panel.ask(COMMAND, self.tr("批量办理"), (field,), self.tr("下一步"), hint)

    def _which(self, count: int) -> dict[str, object]:
        return {"what": self.tr("选中的") if self._marked else self.tr("列表中的"), "n": count}

    def _on_answered(self, name: str, answers: dict[str, str]) -> None:
        if name == COMMAND:
            self._ask_answers(answers["command"])
        elif name == ANSWERS:
            self._show_preview(answers)
        elif name == CONFIRM:
            self._send()

    def _ask_answers(self, command: str) -> None:
        tickets = self._tickets()
        if not tickets:
            self._panel.close_form()
            return
        self._command = command
        spec = bulk_form(command, tickets, self._feed.names, self._feed.site, self._feed.now())
        if spec is None:
            self._show_preview({})
        else:
            self._panel.ask(ANSWERS, command_word(command), spec.fields, self.tr("预览"), spec.hint)

    def _show_preview(self, answers: dict[str, str]) -> None:
        tickets, name = self._tickets(), self._command

        names = self._feed.names

        def command_for(ticket: Ticket) -> Command | str:
            own = answers_for(name, answers, ticket, names)
            return own if isinstance(own, str) else command_of(name, own, ticket, self._feed.site)

        def way(command: Command, ticket: Ticket) -> str:
            return way_of(command, ticket, names)

        line = reason_text(self._bridge.commander.allowed_now(name))
        try:
            self._preview = preview(tickets, command_for, self._offers.decide, line, way)
        except AnswerError as error:
            self._panel.show_error(str(error))
            return
        text = sentence(self._preview)
        if not self._preview.ready:
            self._panel.close_form()
            self._panel.say(text)
            return
        words = {"verb": command_word(name), "n": len(self._preview.ready)}
        lines = ticket_lines(self._preview, way)
        hint = "\n".join(filter(None, (lines, self.tr("确认后发出；他人先改动的由服务器逐件拒绝"))))
        self._panel.ask(CONFIRM, text, (), filled(self.tr("{verb} {n} 件"), words), hint)

    def _send(self) -> None:
        """Give what was previewed; what changed meanwhile the centre refuses, ticket by ticket."""
        found, self._preview = self._preview, None
        if found is None:
            return
        self._sent = []
        not_given = 0
        for ticket, command in found.ready:
            given = self._bridge.commander.submit(command, ticket)
            if isinstance(given, Refusal):
                not_given += 1
            else:
                self._sent.append(given)
        self._panel.close_form()
        self._marked.clear()
        self.marked_changed.emit()
        words = {"verb": command_word(self._command), "n": len(self._sent), "m": not_given}
        text = filled(self.tr("已发出{verb} {n} 件，结果见各行"), words)
        if not_given:
            text += filled(self.tr("；{m} 件没有发出"), words)
        if self._command == "dispatch":
            text += self.tr(" · 10 秒内 Ctrl Z 撤回整批")
            self._undo.start()
        self._panel.say(text)

    # -- undo -------------------------------------------------------------------------------------

    def can_undo(self) -> bool:
        return self._undo.isActive()

    def undo(self) -> None:
        """Take the whole batch back: each dispatch that its unit has not signed yet."""
        self._undo.stop()
        back = sum(not isinstance(self._bridge.commander.undo(one), Refusal) for one in self._sent)
        words = {"n": back, "m": len(self._sent) - back}
        text = filled(self.tr("正在撤回 {n} 件"), words)
        self._panel.say(text + (filled(self.tr("；{m} 件已不能撤回"), words) if words["m"] else ""))
        self._sent = []

    def _on_undo_over(self) -> None:
        self._sent = []
        if not self._panel.is_open():
            self._panel.say("")

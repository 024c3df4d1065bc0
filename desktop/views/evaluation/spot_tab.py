"""The tab 抽查: drawing a batch, drawing it again from the record, and judging what was drawn; with its buttons, form and list."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.services.values import Refusal
from desktop.theme.theme import Theme
from desktop.views.evaluation import values
from desktop.views.evaluation.feed import EvaluationFeed
from desktop.views.evaluation.spot_words import area_of, draw_fields, draw_of, judge_fields, redrawn, spot_refusal
from desktop.views.queue.action_answers import AnswerError
from desktop.views.queue.feed import TicketFeed
from desktop.views.refusal_words import reason_text
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.entry_list import EntryList
from desktop.widgets.inline_form import InlineForm
from domain.documents import may
from domain.evaluation.spot_check import NAME, SPOT_CHECK, Judge, SpotCheck, Verdict
from domain.ids import TicketId

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class SpotTab(QObject):
    """`said`: a sentence for the note; `left`: the form is closed, the keyboard belongs to the list again. `buttons`, `form` and
    `drawn` are laid out by the window."""

    said = Signal(str)
    left = Signal()

    def __init__(
        self, theme: Theme, bridge: Bridge, feed: TicketFeed, data: EvaluationFeed, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._feed, self._data = bridge, feed, data
        self._chosen = ""
        self._form_name = ""
        self.form = InlineForm(theme)
        self.drawn = EntryList(theme, self.tr("抽中的工单"))
        self._draw = ActionButton(theme, self.tr("抽查一批"), "N", "primary")
        self._again = ActionButton(theme, self.tr("重抽核对"), "R")
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._draw)
        row.addWidget(self._again)
        row.addStretch(1)
        self._draw.clicked.connect(self.ask_draw)
        self._again.clicked.connect(self.repeat_draw)
        self.form.submitted.connect(self._on_answered)
        self.form.cancelled.connect(self._on_form_cancelled)

    @property
    def check(self) -> SpotCheck | None:
        """The chosen one."""
        return self._data.check(self._chosen)

    def choose(self, check_id: str) -> None:
        self._chosen = check_id
        self.drawn.set_current("")

    def facts(self, some: bool) -> str:
        """Fills the list of what was drawn, and says of what. `some`: there are checks to choose from."""
        check = self.check
        self._again.setEnabled(check is not None)
        if check is None:
            self.drawn.set_entries(())
            return self.tr("↑↓ 选择一次抽查，N 抽新的一批") if some else self.tr("还没有抽查过，N 抽一批")
        names, now, site = self._feed.names, self._feed.now(), self._feed.site
        found = {one: ticket for one in check.drawn if (ticket := self._data.ticket(one)) is not None}
        self.drawn.set_entries(values.drawn_entries(check, found, names, now, site))
        words = {
            "start": f"{site.local(check.start):%Y-%m-%d}",
            "end": f"{site.local(check.end - timedelta(seconds=1)):%Y-%m-%d}",
            "area": names.area(check.area) if check.area else self.tr("全区"),
            "n": check.frame_size,
            "seed": check.seed,
            "digest": check.frame_digest[:16],
        }
        pattern = self.tr("{area} · {start} 至 {end} 结案 {n} 件\n种子 {seed}\n总体摘要 {digest}…（SHA-256）")
        return filled(pattern, words)

    def ask_draw(self) -> None:
        """N: period, area, how many and which seed."""
        why = self._why_not("draw")
        if why:
            self.said.emit(filled(self.tr("不能抽查：{why}"), {"why": why}))
            return
        today = self._feed.site.local(self._feed.now()).date()
        self._form_name = "draw"
        self.form.open_form(self.tr("抽查一批"), draw_fields(today, self._feed.names), self.tr("抽取"))

    def repeat_draw(self) -> None:
        """R: the draw once more from what is recorded, and the frame once more from this machine."""
        check = self.check
        if check is not None:
            frame = [ticket.id for ticket in self._data.closed_in(check.start, check.end, check.area)]
            self.said.emit(redrawn(check, frame))

    def ask_judge(self, verdict: Verdict) -> None:
        """Y H X on a drawn ticket."""
        check, ticket_id = self.check, self.drawn.current()
        if check is None or not ticket_id:
            return
        why = self._why_not("judge")
        if why:
            self.said.emit(filled(self.tr("不能判定：{why}"), {"why": why}))
        elif verdict is Verdict.SOUND:
            self._judge(check, ticket_id, verdict, "")
        else:
            title = filled(self.tr("{id}：{verdict}"), {"id": ticket_id, "verdict": values.verdict_word(verdict)})
            self._form_name = verdict.value
            self.form.open_form(title, judge_fields(), self.tr("判定"))

    def close_form(self) -> None:
        self._form_name = ""
        self.form.close_form()

    def _judge(self, check: SpotCheck, ticket_id: str, verdict: Verdict, text: str) -> None:
        given = self._bridge.commander.act(NAME, Judge(ticket=TicketId(ticket_id), verdict=verdict, text=text), check)
        self.said.emit(spot_refusal(given.code, given.detail) if isinstance(given, Refusal) else "")

    def _why_not(self, command: str) -> str:
        actor = self._bridge.actor
        if actor is None:
            return reason_text("no_identity")
        if not may(SPOT_CHECK, command, actor.role):
            return reason_text("role", {"role": actor.role})
        return reason_text(self._bridge.commander.act_allowed_now(NAME, command))

    def _on_form_cancelled(self) -> None:
        self._form_name = ""
        self.left.emit()

    def _on_answered(self, answers: dict[str, str]) -> None:
        if self._form_name == "draw":
            self._on_draw_answered(answers)
            return
        check = self.check
        if check is not None:
            self._judge(check, self.drawn.current(), Verdict(self._form_name), answers["text"].strip())
        self.close_form()

    def _on_draw_answered(self, answers: dict[str, str]) -> None:
        try:
            start, end = self._day(answers["start"]), self._day(answers["end"]) + timedelta(days=1)
            frame = [ticket.id for ticket in self._data.closed_in(start, end, area_of(answers))]
            command = draw_of(answers, start, end, frame)
        except AnswerError as error:
            self.form.set_error(str(error))
            return
        given = self._bridge.commander.act(NAME, command)
        if isinstance(given, Refusal):
            self.form.set_error(spot_refusal(given.code, given.detail))
            return
        self.close_form()
        self.said.emit(filled(self.tr("已请服务器从 {n} 件中抽取"), {"n": len(frame)}))
        self.left.emit()

    def _day(self, text: str) -> datetime:
        """Midnight of the site's day, aware UTC."""
        zone = self._feed.site.local(self._feed.now()).tzinfo
        return datetime.combine(datetime.fromisoformat(text).date(), time(), zone).astimezone(UTC)

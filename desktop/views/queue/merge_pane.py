"""Two tickets side by side before one is merged into the other (并案), with a sentence on what Enter will do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.models.names import Names
from desktop.models.ticket_row import short_number
from desktop.theme.theme import Theme
from desktop.views.queue.beside import neighbour
from desktop.views.site_time import SiteTime
from desktop.views.words import filled, row_words, source_word, state_word
from desktop.widgets.comparison import Comparison, Difference
from desktop.widgets.inline_form import FormField, InlineForm
from desktop.widgets.labels import plain_label
from desktop.widgets.values import DASH
from domain.evaluation.hollow import distance_m
from domain.ids import TicketId
from domain.ticket import Ticket


class MergePane(QWidget):
    """`answered` carries the answers of the command `merge`. `find` knows open tickets by number; `why_not` the rules' refusal."""

    answered = Signal(dict)
    cancelled = Signal()

    def __init__(
        self,
        theme: Theme,
        find: Callable[[TicketId], Ticket | None],
        why_not: Callable[[TicketId], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._find, self._why_not = find, why_not
        self._own: Ticket | None = None
        self._told: Callable[[Ticket, Ticket], tuple[tuple[Difference, ...], str]] | None = None
        self._blocked = ""
        self.form = InlineForm(theme)
        self._comparison = Comparison(theme, self.tr("本单，将结束"), self.tr("主案，继续办理"))
        self._effect = plain_label(theme, size="small", role="text.primary", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("s"))
        for part in (self._comparison, self._effect, self.form):
            column.addWidget(part)
        self.form.submitted.connect(self._on_submitted)
        self.form.cancelled.connect(self._on_cancelled)
        self.hide()

    def open_for(
        self, own: Ticket, near: Sequence[tuple[Ticket, float | None]], names: Names, now: datetime, site: SiteTime
    ) -> None:
        """Ask into which ticket; the nearest likely duplicate is chosen and already compared."""
        self._own = own
        self._told = lambda one, other: (comparison(one, other, names, now, site), effect(one, other, names, now, site))
        lines = [
            (other.id, neighbour(other, metres, names, now, site, same_area=other.area == own.area))
            for other, metres in near
        ]
        options = tuple((ticket_id, f"{line.title} · {line.text}") for ticket_id, line in lines)
        among = FormField(
            "among", self.tr("并入"), "choice", required=False, options=(*options, ("", self.tr("其他单号，写在下面")))
        )
        among = FormField("among", among.label, "choice", False, among.options, options[0][0]) if options else among
        fields = (
            *((among,) if options else ()),
            FormField("into", self.tr("其他单号"), required=not options),
            FormField("text", self.tr("说明"), "lines", required=False),
        )
        self.form.open_form(self.tr("并案"), fields, self.tr("并案"), "danger")
        if options:
            choice = self.form.input("among")
            assert isinstance(choice, QComboBox)
            choice.currentIndexChanged.connect(self._compare)
        typed = self.form.input("into")
        assert isinstance(typed, QLineEdit)
        typed.textChanged.connect(self._compare)
        self.show()
        self._compare()

    def close_pane(self) -> None:
        self._own = None
        self.form.close_form()
        self.hide()

    def effect_text(self) -> str:
        """What Enter will do, or why it will do nothing."""
        return self._effect.text()

    def say(self, sentence: str) -> None:
        """Why it could not be sent."""
        self.form.set_error(sentence)

    def _target(self) -> TicketId:
        values = self.form.values()
        return TicketId(values.get("among", "") or values.get("into", "").strip())

    def _compare(self) -> None:
        own, told = self._own, self._told
        if own is None or told is None:
            return
        target = self._target()
        other = self._find(target) if target else None
        self._blocked = self._why_blocked(target, other)
        rows, sentence = told(own, other) if other is not None else ((), "")
        self._comparison.set_rows(rows)
        self._effect.set_text(self._blocked or sentence)

    def _why_blocked(self, target: TicketId, other: Ticket | None) -> str:
        if not target:
            return self.tr("写下要并入的单号，两单在这里对照。")
        if other is None:
            words = {"id": target}
            return filled(self.tr("在办工单里没有 {id}，或不在本席范围内，不能并入；请核对单号。"), words)
        why = self._why_not(target)
        return filled(self.tr("不能并入 {id}：{why}"), {"id": target, "why": why}) if why else ""

    def _on_submitted(self, answers: dict[str, str]) -> None:
        self._compare()
        if self._blocked:
            self.form.set_error(self._blocked)
            return
        self.answered.emit({"into": self._target(), "text": answers.get("text", "")})

    def _on_cancelled(self) -> None:
        self.close_pane()
        self.cancelled.emit()


def comparison(own: Ticket, other: Ticket, names: Names, now: datetime, site: SiteTime) -> tuple[Difference, ...]:
    """What tells the two apart, or shows that they are one matter: number, matter, place, times, source, unit."""
    translate = QCoreApplication.translate
    urgency = row_words().urgency
    rows = [
        (translate("merge", "单号"), own.id, other.id),
        (translate("merge", "事项"), _matter(own, names), _matter(other, names)),
        (translate("merge", "地点"), names.place(own.area), f"{names.place(other.area)}{_apart(own, other)}"),
        (translate("merge", "上报"), site.stamp(own.reported_at, now), site.stamp(other.reported_at, now)),
        (translate("merge", "来源"), source_word(own.source), source_word(other.source)),
        (translate("merge", "紧急程度"), urgency[own.urgency.value], urgency[other.urgency.value]),
        (translate("merge", "状态"), state_word(own.state), state_word(other.state)),
        (translate("merge", "承办单位"), _unit(own, names), _unit(other, names)),
        (translate("merge", "业务到期"), _due(own, now, site), _due(other, now, site)),
    ]
    return tuple(Difference(*row) for row in rows)


def effect(own: Ticket, other: Ticket, names: Names, now: datetime, site: SiteTime) -> str:
    """One sentence on each: what ends, what stays, and that it cannot be taken back."""
    translate = QCoreApplication.translate
    words = {
        "own": short_number(own.id),
        "other": short_number(other.id),
        "state": state_word(other.state),
        "due": _due(other, now, site),
    }
    ends = filled(translate("merge", "并案后 {own} 以“并案”结束，时钟停止，不计入结案。"), words)
    stays = filled(translate("merge", "{other} 保持{state}，时限不变（{due} 到期）。"), words)
    kept = translate("merge", "两单的经过和照片都保留，互相可查；并案不能撤回。")
    return f"{ends}{stays}{kept}"


def _matter(ticket: Ticket, names: Names) -> str:
    return " · ".join(names.matter(ticket.item, ticket.item_version))


def _apart(own: Ticket, other: Ticket) -> str:
    if own.point is None or other.point is None:
        return ""
    metres = round(distance_m(own.point, other.point))
    return filled(QCoreApplication.translate("merge", "，相距 {n} 米"), {"n": metres})


def _unit(ticket: Ticket, names: Names) -> str:
    return names.unit(ticket.unit) if ticket.unit else DASH


def _due(ticket: Ticket, now: datetime, site: SiteTime) -> str:
    return site.stamp(ticket.due_at, now) if ticket.due_at is not None else DASH

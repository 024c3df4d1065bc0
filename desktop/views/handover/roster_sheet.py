"""R: the duty roster on a sheet over the window: who has which shift, swaps asked for, and the forms to change both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.services.values import Refusal
from desktop.theme.theme import Theme
from desktop.views.handover import roster_forms as forms
from desktop.views.handover.feed import HandoverFeed
from desktop.views.handover.talk_list import TalkList, TalkRow
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.inline_form import FormField, InlineForm
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import paint_sheet
from desktop.widgets.section import SectionHeader
from domain import documents
from domain.documents import DocCommand
from domain.lifecycle.core import Rejection
from domain.shifts.hours import Shift
from domain.shifts.roster import ID, NAME, ROSTER, ApproveSwap, RefuseSwap, Roster, Slot, SwapState

if TYPE_CHECKING:
    from desktop.bridge import Bridge

WIDTH, HEIGHT = 34, 36
"""In steps of the theme."""


class RosterSheet(ThemedWidget):
    """X asks for a swap, Y approves, Z refuses, S sets the roster, Esc closes."""

    def __init__(self, theme: Theme, bridge: Bridge, feed: HandoverFeed, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._bridge, self._feed = bridge, feed
        self._chosen = ""
        self._asking = ""
        self._title = plain_label(theme, self.tr("排班"), "heading", weight="title")
        self._said = plain_label(theme, size="small", role="text.secondary", wrap=True)
        self.shifts, self.swaps = TalkList(theme), TalkList(theme)
        self._swaps_head = SectionHeader(theme, self.tr("换班申请"))
        self.form = InlineForm(theme)
        self.buttons = {
            "swap": ActionButton(theme, self.tr("申请换班"), "X"),
            "approve": ActionButton(theme, self.tr("批准"), "Y"),
            "refuse": ActionButton(theme, self.tr("不批准"), "Z"),
            "plan": ActionButton(theme, self.tr("设排班"), "S"),
        }
        for name, button in self.buttons.items():
            button.setObjectName(name)
            button.clicked.connect(self._on_clicked)
        self.shifts.chosen.connect(self._on_chosen)
        self.swaps.chosen.connect(self._on_chosen)
        self.form.submitted.connect(self._on_form)
        self.form.cancelled.connect(self._on_form_closed)
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("排班"))
        feed.changed.connect(self.refresh)
        bridge.outcome_arrived.connect(self._on_outcome)
        self.hide()

    def _lay_out(self) -> None:
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 0, 0)
        for widget in (self.shifts, self._swaps_head, self.swaps):
            body.addWidget(widget)
        body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        column = self._column = QVBoxLayout(self)
        column.addWidget(self._title)
        column.addWidget(scroll, 1)
        column.addWidget(self.form)
        column.addWidget(self._said)
        column.addLayout(row)
        self.restyle()

    # -- showing ----------------------------------------------------------------------------------

    @property
    def roster(self) -> Roster | None:
        found = self._bridge.mirror.documents.get(NAME, {}).get(ID)
        return found if isinstance(found, Roster) else None

    def toggle(self) -> None:
        if self.isVisible():
            self.hide()
            return
        window = self.parentWidget()
        assert window is not None
        unit = self._theme.space("xl")
        box = QRect(0, 0, min(unit * WIDTH, window.width()), min(unit * HEIGHT, window.height() - unit * 4))
        box.moveCenter(window.rect().center())
        self.setGeometry(box)
        self.refresh()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        roster, site, now = self.roster, self._feed.site, self._feed.now()
        shifts = forms.upcoming(roster, site, now)
        self.shifts.set_rows([self._shift_row(shift, roster) for shift in shifts], self._chosen, self.tr("排班"))
        swaps = list(roster.swaps.values())[::-1] if roster is not None else []
        rows = []
        for swap in swaps:
            words = {"one": self._slot(swap.one), "other": self._slot(swap.other)}
            mark = "asked" if swap.state is SwapState.ASKED else "done"
            title = filled(self.tr("{one} 换 {other}"), words)
            rows.append(TalkRow(f"swap:{swap.id}", swap.id, title, mark, forms.swap_word(swap.state)))
        self.swaps.set_rows(rows, self._chosen, self.tr("换班申请"))
        set_shown(self._swaps_head, bool(rows))
        if roster is None and not self._said.text():
            self._said.set_text(self.tr("还没有排班：白班 08:00–20:00、夜班 20:00–08:00，按 S 设班组与周期"))

    def _shift_row(self, shift: Shift, roster: Roster | None) -> TalkRow:
        slot = Slot(shift.day, shift.code)
        team = roster.team(slot) if roster is not None else ""
        swapped = roster is not None and team != roster.planned_team(slot)
        note = filled(self.tr("{team}（换）"), {"team": team}) if swapped else team or "–"
        on_duty = shift.holds(self._feed.now())
        return TalkRow(
            forms.slot_id(slot), "", forms.shift_line(shift, self._feed.site), "done" if on_duty else "open", note
        )

    def _slot(self, slot: Slot) -> str:
        shift = self.roster.shift(slot) if self.roster is not None else None
        return self._feed.site.day(slot.day) + (f" {shift.name}" if shift is not None else "")

    def said(self) -> str:
        return self._said.text()

    # -- hands ------------------------------------------------------------------------------------

    def run(self, action: str) -> None:
        """swap · approve · refuse · plan."""
        roster, site = self.roster, self._feed.site
        waiting = self._waiting()
        if action == "plan":
            fields: tuple[FormField, ...] = forms.plan_fields(roster, site.local(self._feed.now()).date())
            self._open(action, self.tr("设排班"), fields)
        elif roster is None:
            self._said.set_text(self.tr("先设排班"))
        elif action == "swap":
            shifts = forms.upcoming(roster, site, self._feed.now())
            self._open(action, self.tr("申请换班"), forms.swap_fields(roster, shifts, self._chosen, site))
        elif not waiting:
            self._said.set_text(self.tr("没有待批的换班"))
        elif action == "approve":
            self._give(ApproveSwap(swap=waiting))
        else:
            self._open(action, self.tr("不批准"), (FormField("text", self.tr("原因")),))

    def _waiting(self) -> str:
        """The chosen swap, else the oldest that waits."""
        roster = self.roster
        known = [one.id for one in roster.swaps.values() if one.state is SwapState.ASKED] if roster is not None else []
        chosen = self._chosen.removeprefix("swap:")
        return chosen if chosen in known else (known[0] if known else "")

    def _open(self, action: str, title: str, fields: tuple[FormField, ...]) -> None:
        self._asking = action
        self._said.set_text("")
        self.form.open_form(title, fields, self.tr("确定"))

    def _on_form(self, answers: dict[str, str]) -> None:
        try:
            if self._asking == "plan":
                command: DocCommand = forms.plan_command(answers, self.roster)
            elif self._asking == "swap":
                command = forms.swap_command(answers)
            else:
                command = RefuseSwap(swap=self._waiting(), text=answers["text"])
        except forms.RosterTextError as error:
            self.form.set_error(str(error))
            return
        why = self._give(command)
        if why:
            self.form.set_error(why)
        else:
            self.form.close_form()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self, command: DocCommand) -> str:
        """ "" = on its way, else why not."""
        ctx, roster = self._feed.context(), self.roster
        why = forms.refusal("no_identity") if ctx is None else ""
        code = self._bridge.commander.act_allowed_now(NAME, documents.name_of(command))
        if code:
            why = forms.refusal(code)
        elif ctx is not None:
            answer = documents.decide(ROSTER, command, roster, ctx)
            why = forms.refusal(answer.code, answer.detail) if isinstance(answer, Rejection) else ""
        if not why:
            given = self._bridge.commander.act(NAME, command, roster)
            why = forms.refusal(given.code, given.detail) if isinstance(given, Refusal) else ""
        self._said.set_text(why)
        return why

    def _on_outcome(self, outcome: object) -> None:
        code, status = getattr(outcome, "code", ""), getattr(outcome, "status", "")
        if getattr(outcome, "ticket_id", None) == ID and status != "applied":
            self._said.set_text(forms.refusal(code or status, getattr(outcome, "detail", {})))

    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.run(sender.objectName())

    def _on_chosen(self, row: str) -> None:
        self._chosen = row
        self.refresh()

    def _on_form_closed(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {"X": "swap", "Y": "approve", "Z": "refuse", "S": "plan"}
        text = event.text().upper()
        if event.key() == Qt.Key.Key_Escape or text == "R":
            self.hide()
            window = self.parentWidget()
            if window is not None:
                window.setFocus(Qt.FocusReason.OtherFocusReason)
        elif text in keys:
            self.run(keys[text])

    def restyle(self) -> None:
        pad = self._theme.space("l")
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(self._theme.space("m"))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        paint_sheet(painter, self._theme, QRectF(self.rect()))
        painter.end()

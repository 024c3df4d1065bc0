"""The selected alarm: what it is, the steps of its card, why it rang, cameras, record, actions. Knows no service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.action_button import Action, ActionButton
from desktop.widgets.action_row import ActionRow
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.glyphs import Glyph
from desktop.widgets.inline_form import InlineForm
from desktop.widgets.labels import plain_label
from desktop.widgets.pending_line import PendingLine
from desktop.widgets.record_list import Record, RecordList
from desktop.widgets.scrolled import scrolled
from desktop.widgets.section import SectionHeader
from desktop.widgets.step_list import CardStep, StepList


@dataclass(frozen=True, slots=True)
class AlarmWords:
    """Everything the pane prints. `ticket` is the id of the ticket it belongs to, "" for none."""

    severity: str
    severity_word: str
    state: str
    rule: str
    title: str
    place: str
    ticket: str
    ticket_text: str
    card: str
    steps: tuple[CardStep, ...]
    why: str


class AlarmDetail(ThemedWidget):
    """`chosen(action)`, `ticked(step, done)`, `ticket_requested`; the form is opened by the window's desk."""

    chosen = Signal(str)
    ticked = Signal(int, bool)
    ticket_requested = Signal()
    answered = Signal(dict)
    form_left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._glyph = Glyph(theme, size="title")
        self._severity = plain_label(theme, size="title", weight="title")
        self._state = plain_label(theme, size="small", role="text.secondary", elide=True)
        self._rule = plain_label(theme, size="caption", role="text.tertiary")
        self._title = plain_label(theme, size="heading", weight="title", wrap=True)
        self._place = plain_label(theme, size="small", role="text.secondary", wrap=True)
        self.ticket_button = ActionButton(theme, "", "Enter", icon="external-link")
        self.ticket_button.clicked.connect(self.ticket_requested)
        self.card_header = SectionHeader(theme, "")
        self.steps = StepList(theme)
        self.steps.ticked.connect(self.ticked)
        self._why_header = SectionHeader(theme, self.tr("为什么响"))
        self._why = plain_label(theme, size="small", role="text.secondary", wrap=True)
        self.camera_header = SectionHeader(theme, self.tr("附近视频"))
        self.camera_slot = QVBoxLayout()
        self._record_header = SectionHeader(theme, self.tr("经过"), self.tr("只增不改"))
        self.record = RecordList(theme)
        self._record_note = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self.pending_line = PendingLine(theme)
        self.form = InlineForm(theme)
        self.form.submitted.connect(self.answered)
        self.form.cancelled.connect(self.form_left)
        self.buttons = ActionRow(theme, columns=3)
        self.buttons.triggered.connect(self.chosen)
        self._empty = plain_label(theme, size="small", role="text.tertiary", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(self.tr("告警详情"))
        self._lay_out()
        self.clear("")

    def _lay_out(self) -> None:
        body = QWidget()
        column = self._column = QVBoxLayout(body)
        head = self._head = QHBoxLayout()
        for part, stretch in ((self._glyph, 0), (self._severity, 0), (self._state, 1), (self._rule, 0)):
            head.addWidget(part, stretch)
        column.addLayout(head)
        for part in (self._title, self._place):
            column.addWidget(part)
        column.addWidget(self.ticket_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.camera_header)
        column.addLayout(self.camera_slot)
        for section in (self.card_header, self.steps, self._why_header, self._why, self._record_header):
            column.addWidget(section)
        column.addWidget(self._record_note)
        column.addWidget(self.record)
        column.addStretch(1)
        self._scroll = scrolled(body)
        foot = self._foot = QVBoxLayout()
        for low in (self.pending_line, self.form, self.buttons):
            foot.addWidget(low)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._empty, 1)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(foot)
        self.restyle()

    def clear(self, sentence: str) -> None:
        """Nothing is selected."""
        self._empty.set_text(sentence or self.tr("选中一条告警，这里显示处置步骤、为什么响和经过。J K 上下移动。"))
        set_shown(self._empty, True)
        self._scroll.setHidden(True)
        self.buttons.setHidden(True)

    def show_alarm(self, words: AlarmWords) -> None:
        set_shown(self._empty, False)
        set_shown(self._scroll, True)
        set_shown(self.buttons, True)
        self._glyph.set_status("alarm", words.severity)
        self._severity.set_text(words.severity_word)
        self._state.set_text(words.state)
        self._rule.set_text(words.rule)
        self._title.set_text(words.title)
        self._place.set_text(words.place)
        set_shown(self._place, bool(words.place))
        if self.ticket_button.text() != words.ticket_text:
            self.ticket_button.set_label(words.ticket_text, "Enter")
        set_shown(self.ticket_button, bool(words.ticket))
        self.card_header.set_title(words.card)
        done = sum(step.done for step in words.steps)
        self.card_header.set_note(f"{done} / {len(words.steps)}")
        self.steps.set_steps(words.steps)
        set_shown(self.card_header, bool(words.steps))
        set_shown(self.steps, bool(words.steps))
        self._why.set_text(words.why)

    def show_cameras(self, shown: bool) -> None:
        """Whether there is a place that cameras could see."""
        set_shown(self.camera_header, shown)
        for place in range(self.camera_slot.count()):
            item = self.camera_slot.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                set_shown(widget, shown)

    def set_records(self, records: Sequence[Record], note: str = "") -> None:
        """Newest first; `note` says why there are none."""
        self.record.set_records(records)
        self._record_note.set_text(note)
        set_shown(self._record_note, bool(note))

    def set_actions(self, actions: Sequence[Action]) -> None:
        self.buttons.set_actions(actions)

    def action(self, action_id: str) -> QAbstractButton:
        """One button, for tests and focus."""
        return self.buttons.button(action_id)

    def restyle(self) -> None:
        theme = self.theme
        pad = theme.space("l")
        self._column.setContentsMargins(pad, theme.space("m"), pad, theme.space("m"))
        self._column.setSpacing(theme.space("s"))
        self._head.setSpacing(theme.space("s"))
        self._foot.setContentsMargins(pad, theme.space("s"), pad, theme.space("m"))
        self._foot.setSpacing(theme.space("s"))

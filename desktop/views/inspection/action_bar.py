"""The foot of the centre: what became of the own command, the buttons, and why the rest is not open.

The inline form is made here and stands in the right pane, so that the checklist stays in sight while a finding is written.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.names import Names
from desktop.theme.theme import Theme
from desktop.views.inspection.action_specs import DANGER, ONLY_WHEN_OPEN, RARE, SHOWN_CLOSED, SLOTS
from desktop.views.inspection.button_row import ButtonRow
from desktop.views.inspection.words import command_word, offer_reason
from desktop.views.words import filled
from desktop.widgets.action_button import Action
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyph_line import INFO, GlyphLine
from desktop.widgets.inline_form import FormField, InlineForm
from desktop.widgets.pending_line import PendingLine
from desktop.widgets.wording import enumerated
from domain.lifecycle.core import Offer


class ActionBar(ThemedWidget):
    """`chosen` is a button; `answered` the filled form of a command."""

    chosen = Signal(str)
    answered = Signal(str, dict)
    form_closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._offers: dict[str, Offer] = {}
        self._by_key: dict[str, str] = {}
        self._open = ""
        self.pending_line = PendingLine(theme)
        self.form = InlineForm(theme)
        self.form.submitted.connect(self._on_submitted)
        self.form.cancelled.connect(self._on_cancelled)
        self._row = ButtonRow(theme)
        self._row.triggered.connect(self.chosen)
        self._why = GlyphLine(theme, INFO, "caption", "text.tertiary")
        column = self._column = QVBoxLayout(self)
        for part in (self.pending_line, self._row, self._why):
            column.addWidget(part)
        self.restyle()

    # -- buttons --------------------------------------------------------------------------------------

    def set_offers(
        self,
        offers: Sequence[Offer],
        next_step: str,
        names: Names,
        note: str = "",
        aside: frozenset[str] = frozenset(),
    ) -> None:
        """Buttons at fixed places along the way; `note` stands in place of the reasons (a seat that only reads). `aside` = commands
        that have no button now: they stand behind 更多."""
        self._offers = {offer.command: offer for offer in offers}
        self._by_key = {}
        actions: dict[bool, list[Action]] = {True: [], False: []}
        for key, commands in SLOTS:
            known = [self._offers[name] for name in commands if name in self._offers]
            if not known or (key in ONLY_WHEN_OPEN and not any(offer.ok for offer in known)):
                continue
            closed = next((one for one in known if one.command == SHOWN_CLOSED.get(key)), known[0])
            offer = next((one for one in known if one.ok), closed)
            self._by_key[key] = offer.command
            kind = "primary" if offer.command == next_step else "danger" if offer.command in DANGER else "plain"
            reason = offer_reason(offer, names)
            action = Action(offer.command, command_word(offer.command), key, kind, offer.ok, reason)
            actions[offer.command in aside].append(action)
        self._row.set_actions(actions[False], RARE, actions[True])
        self._why.set_text(note or _reasons(actions[False] + actions[True]), INFO)

    @property
    def buttons(self) -> ButtonRow:
        return self._row

    def offer(self, command: str) -> Offer | None:
        return self._offers.get(command)

    def command_of_key(self, key: str) -> str:
        return self._by_key.get(key, "")

    def why(self) -> str:
        """The sentence below the buttons."""
        return self._why.text()

    # -- the form -------------------------------------------------------------------------------------

    def open_form(self, command: str, title: str, fields: Sequence[FormField], hint: str = "") -> None:
        self._open = command
        kind = "danger" if command in DANGER else "primary"
        self.form.open_form(title, fields, command_word(command), kind, hint)

    def form_is_open(self) -> bool:
        return bool(self._open)

    def close_form(self) -> None:
        if self._open:
            self._open = ""
            self.form.close_form()
            self.form_closed.emit()

    def show_error(self, text: str) -> None:
        self.form.set_error(text)

    def _on_submitted(self, answers: dict[str, str]) -> None:
        self.answered.emit(self._open, answers)

    def _on_cancelled(self) -> None:
        self._open = ""
        self.form_closed.emit()

    # -- look -----------------------------------------------------------------------------------------

    def restyle(self) -> None:
        edge = self._theme.space("xs")
        self._column.setContentsMargins(0, self._theme.space("m"), 0, edge)
        self._column.setSpacing(edge)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), round(self._theme.pen("hair")), self._theme.color("line.hair"))
        painter.end()


def _reasons(actions: Sequence[Action]) -> str:
    """办结未放开：派出所未反馈；如需先办结，须写明原因，计入考核。"""
    translate = QCoreApplication.translate
    pattern, stop = translate("inspection", "{actions}未放开：{reason}"), translate("inspection", "。")
    by_reason: dict[str, list[str]] = {}
    for action in actions:
        if not action.enabled and action.reason:
            by_reason.setdefault(action.reason, []).append(action.text)
    sentences = [filled(pattern, {"actions": enumerated(words), "reason": why}) for why, words in by_reason.items()]
    return stop.join(sentences) + (stop if sentences else "")

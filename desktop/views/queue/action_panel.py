"""The foot of the detail pane: what became of the own command, the inline form, the buttons, and why the rest is not open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout

from desktop.theme.theme import Theme
from desktop.views.queue.action_forms import FormSpec
from desktop.views.queue.action_slots import BUTTONS_SHOWN, DANGER, MORE, MORE_KEY, ONLY_WHEN_OPEN, SLOTS
from desktop.views.queue.feed import NEXT_STEPS
from desktop.views.refusal_words import reason_text
from desktop.views.words import command_word, filled
from desktop.widgets.action_button import Action
from desktop.widgets.action_row import ActionRow
from desktop.widgets.base import ThemedWidget
from desktop.widgets.inline_form import FormField, InlineForm
from desktop.widgets.labels import plain_label
from desktop.widgets.pending_line import PendingLine
from domain.lifecycle import Offer
from domain.vocabulary import State


class ActionPanel(ThemedWidget):
    """`command_chosen` is a button or key; `answered` the filled form of a command."""

    command_chosen = Signal(str)
    answered = Signal(str, dict)
    undo_requested = Signal()
    form_closed = Signal()

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._offers: dict[str, Offer] = {}
        self._command_of_key: dict[str, str] = {}
        self._open_command = ""
        self._more: tuple[Offer, ...] = ()
        self._pending = PendingLine(theme)
        self._pending.undo_requested.connect(self.undo_requested)
        self._form = InlineForm(theme)
        self._form.submitted.connect(self._on_form_submitted)
        self._form.cancelled.connect(self._on_form_cancelled)
        self._row = ActionRow(theme)
        self._row.triggered.connect(self.command_chosen)
        self._why = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self._column = QVBoxLayout(self)
        for part in (self._pending, self._form, self._row, self._why):
            self._column.addWidget(part)
        self.restyle()

    @property
    def pending_line(self) -> PendingLine:
        return self._pending

    @property
    def form(self) -> InlineForm:
        return self._form

    def set_offers(self, offers: Sequence[Offer], state: State | None, note: str = "") -> None:
        """Buttons at fixed places along a ticket's way; those not open stay, with their reason. `note`: why there are none at all."""
        self._offers = {offer.command: offer for offer in offers}
        self._command_of_key = {}
        actions: list[Action] = []
        for key, names in SLOTS:
            known = [self._offers[name] for name in names if name in self._offers]
            if not known or (key in ONLY_WHEN_OPEN and not any(one.ok for one in known)):
                continue
            offer = next((one for one in known if one.ok), known[0])
            self._command_of_key[key] = offer.command
            if len(actions) < BUTTONS_SHOWN:
                actions.append(_action(offer, key, state))
        shown = {action.id for action in actions}
        self._more = tuple(offer for offer in offers if offer.command not in shown)
        if self._more:
            count = sum(offer.ok for offer in self._more)
            text = filled(QCoreApplication.translate("queue", "更多 {n}"), {"n": count})
            actions.append(Action(MORE, text, MORE_KEY, "plain", True, ""))
            self._command_of_key[MORE_KEY] = MORE
        self._row.set_actions([Action(a.id, a.text, a.key, a.kind, a.enabled) for a in actions])
        for action in actions:
            if not action.enabled:
                self._row.button(action.id).set_availability(False, action.reason)
        self._why.set_text(_reasons(actions) or note)
        self._why.setHidden(not self._why.text())

    def offer(self, command: str) -> Offer | None:
        """The offer of a command, None where this role never gives it."""
        return self._offers.get(command)

    def offered(self) -> tuple[str, ...]:
        """All commands of this role, allowed now or not."""
        return tuple(self._offers)

    def open_now(self) -> tuple[tuple[str, str], ...]:
        """(command, key) of what is allowed now, along a ticket's way; commands without a letter stand behind 其他操作."""
        keyed = ((name, key) for key, name in self._command_of_key.items())
        return tuple((name, key) for name, key in keyed if name == MORE or self._offers[name].ok)

    def command_of_key(self, key: str) -> str:
        """The command on a letter; empty where the letter has none here."""
        return self._command_of_key.get(key, "")

    def open_form(self, spec: FormSpec) -> None:
        """Ask for what a command needs, in place."""
        self._open_command = spec.command
        verb = command_word(spec.command)
        kind = "danger" if spec.command in DANGER else "primary"
        self._form.open_form(verb, spec.fields, verb, kind, spec.hint)

    def open_more(self) -> None:
        """All commands that have no button: which are open, and why the others are not."""
        translate = QCoreApplication.translate
        self._open_command = MORE
        options = tuple((offer.command, command_word(offer.command)) for offer in self._more if offer.ok)
        field = FormField("command", translate("queue", "办什么"), "choice", options=options)
        closed = [_action(offer, "", None) for offer in self._more if not offer.ok]
        title = translate("queue", "其他操作")
        fields = (field,) if options else ()
        self._form.open_form(title, fields, translate("queue", "下一步"), "primary", _reasons(closed))

    def form_is_open(self) -> bool:
        return bool(self._open_command)

    def close_form(self) -> None:
        if self._open_command:
            self._open_command = ""
            self._form.close_form()

    def show_error(self, text: str) -> None:
        """Why the answers cannot be sent."""
        self._form.set_error(text)

    def restyle(self) -> None:
        pad = self._theme.space("l")
        self._column.setContentsMargins(pad, self._theme.space("m"), pad, self._theme.space("m"))
        self._column.setSpacing(self._theme.space("s"))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), round(self._theme.pen("hair")), self._theme.color("line.hair"))
        painter.end()

    def _on_form_submitted(self, answers: dict[str, str]) -> None:
        if self._open_command == MORE:
            self.close_form()
            if answers:
                self.command_chosen.emit(answers["command"])
            return
        self.answered.emit(self._open_command, answers)

    def _on_form_cancelled(self) -> None:
        self._open_command = ""
        self.form_closed.emit()


def _action(offer: Offer, key: str, state: State | None) -> Action:
    next_step = state is not None and offer.ok and offer.command in NEXT_STEPS.get(state, ())
    kind = "primary" if next_step else "danger" if offer.command in DANGER else "plain"
    reason = "" if offer.ok else reason_text(offer.code, offer.detail)
    return Action(offer.command, command_word(offer.command), key, kind, offer.ok, reason)


def _reasons(actions: Sequence[Action]) -> str:
    """签收、回退未放开：现为待派遣。… Buttons with the same reason share a sentence."""
    by_reason: dict[str, list[str]] = {}
    for action in actions:
        if not action.enabled and action.reason:
            by_reason.setdefault(action.reason, []).append(action.text)
    translate = QCoreApplication.translate
    comma, stop = translate("queue", "、"), translate("queue", "。")
    pattern = translate("queue", "{actions}未放开：{reason}")
    sentences = [filled(pattern, {"actions": comma.join(words), "reason": why}) for why, words in by_reason.items()]
    return stop.join(sentences) + (stop if sentences else "")

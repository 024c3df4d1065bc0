"""What a person does to the shown inspection: offers by the rules, forms, commands out, refusals said. Shows nothing but the action bar."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.services.values import Pending, Refusal
from desktop.views.alive import while_alive
from desktop.views.inspection.action_bar import ActionBar
from desktop.views.inspection.action_specs import PRINT, AnswerError, Asked, command_of, fields_of
from desktop.views.inspection.feed import InspectionFeed
from desktop.views.inspection.photos import read_file
from desktop.views.inspection.words import command_word, refusal_text
from desktop.views.words import filled
from domain import documents
from domain.documents import BlobRef, DocContext, may
from domain.inspection import commands
from domain.inspection.deciding import offers
from domain.inspection.kind import INSPECTION, NAME
from domain.inspection.values import Cell, Inspection
from domain.inspection.words import InspectionState as S
from domain.inspection.words import Result
from domain.lifecycle.core import Offer, Rejection

if TYPE_CHECKING:
    from desktop.bridge import Bridge
    from protocol.messages import Outcome

REFUSED_S = 8.0
SLOW_S = 5.0
WITH_FILE = frozenset({"add_photo", "serve_notice"})


class InspectionDesk(QObject):
    """`changed` when the overlay of own commands is another; `revise_requested` when the plan is to be made anew."""

    changed = Signal()
    revise_requested = Signal()

    def __init__(self, bridge: Bridge, feed: InspectionFeed, bar: ActionBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._feed, self._bar = bridge, feed, bar
        self._id = ""
        self._cell: Cell | None = None
        self._given: dict[str, tuple[str, Cell]] = {}
        """Own findings on the way: id of the pending command → (inspection, cell)."""
        self._refused: tuple[str, float] | None = None
        self._done: tuple[str, float] | None = None
        self._last = ("", "")
        """Inspection and name of the newest own command, for the words of its refusal."""
        self._waiting: tuple[str, dict[str, str], str] | None = None
        """Command, answers and inspection that wait for a file to be taken over."""
        bar.chosen.connect(self.run)
        bar.answered.connect(self._on_answered)
        bridge.pending_changed.connect(self._on_pending_changed)
        bridge.outcome_arrived.connect(self._on_outcome)
        bridge.clock_ticked.connect(self.refresh_pending)

    # -- what is shown --------------------------------------------------------------------------------

    def show(self, inspection_id: str) -> None:
        if inspection_id != self._id:
            self._id = inspection_id
            self._refused = None
            self._bar.close_form()
        self.refresh()

    def set_cell(self, cell: Cell | None) -> None:
        self._cell = cell

    @property
    def inspection(self) -> Inspection | None:
        return self._feed.get(self._id)

    def pending_cells(self) -> frozenset[Cell]:
        """Own findings that the stream has not confirmed yet."""
        return frozenset(cell for inspection, cell in self._given.values() if inspection == self._id)

    def why_not_plan(self) -> str:
        """ "" = this seat may plan now."""
        ctx = self._feed.context()
        if ctx is None:
            return refusal_text("no_identity", {}, self._feed.names)
        if not may(INSPECTION, "plan", ctx.actor.role):
            return refusal_text("role", {"role": ctx.actor.role}, self._feed.names)
        return refusal_text(self._bridge.commander.act_allowed_now(NAME, "plan"), {}, self._feed.names)

    def refresh(self) -> None:
        """Buttons and reasons as things stand now."""
        inspection, ctx = self.inspection, self._feed.context()
        if inspection is None or ctx is None:
            self._bar.set_offers((), "", self._feed.names)
            return
        found = tuple(self._as_linked(offer) for offer in offers(inspection, ctx))
        note = "" if found else QCoreApplication.translate("inspection", "本席只读")
        # Half way through nobody cancels by a slip of the mouse.
        aside = frozenset({"cancel"}) if inspection.state is S.UNDER_WAY else frozenset[str]()
        self._bar.set_offers(found, next_step(inspection, found), self._feed.names, note, aside)
        self.refresh_pending()

    def _as_linked(self, offer: Offer) -> Offer:
        """An allowed command that the line refuses now says so."""
        why = self._bridge.commander.act_allowed_now(NAME, offer.command) if offer.ok else ""
        return Offer(command=offer.command, ok=False, code=why) if why else offer

    # -- starting a command -----------------------------------------------------------------------------

    def run_key(self, key: str) -> bool:
        """Give the command on a letter; False where the letter means nothing here."""
        self.refresh()  # what the letter means hangs on the state, which may have changed a moment ago
        command = self._bar.command_of_key(key)
        if command:
            self.run(command)
        return bool(command)

    def run(self, command: str, preset: Result | None = None) -> None:
        """Start a command: say why not, open its form, or send it at once."""
        self.refresh()
        offer, asked = self._bar.offer(command), self._asked()
        if offer is None or asked is None:
            return
        if not offer.ok:
            self.say_refused(command, refusal_text(offer.code, offer.detail, self._feed.names))
            return
        if command == "revise":
            self.revise_requested.emit()
            return
        closed = self._cell_refusal(command, asked)
        if closed:
            self.say_refused(command, closed)
            return
        fields = fields_of(command, asked, preset)
        if fields:
            self._bar.open_form(command, self._title(command, asked), fields)
        else:
            self.give(command, {})

    def _cell_refusal(self, command: str, asked: Asked) -> str:
        """A finding on a cell that takes none is refused before its form opens."""
        if command != "find" or asked.cell is None:
            return ""
        probe = commands.Find(item=asked.cell[0], premises=asked.cell[1], result=Result.OK)
        return self._refused_by_rules(probe, asked.inspection, asked.ctx)

    def mark(self, item: str, letter: str, result: str) -> None:
        """Y, X or - on a cell. While the checking runs it is the finding; later Y says that a failed cell is put right."""
        self._cell = (item, letter)
        inspection = self.inspection
        if inspection is None:
            return
        found = inspection.finding(item, letter)
        after = inspection.state is S.RECTIFYING or inspection.notice_of(letter) is not None
        if after and result == Result.OK and found is not None and found.result is Result.VIOLATION:
            self.run("rectify")
        elif result == Result.VIOLATION:
            self.run("find", Result.VIOLATION)
        else:
            offer = self._bar.offer("find")
            if offer is not None and not offer.ok:
                self.say_refused("find", refusal_text(offer.code, offer.detail, self._feed.names))
            elif offer is not None:
                self.send(commands.Find(item=item, premises=letter, result=Result(result)))

    def _asked(self) -> Asked | None:
        inspection, ctx = self.inspection, self._feed.context()
        if inspection is None or ctx is None:
            return None
        return Asked(inspection, self._cell, self._feed.names, self._feed.site, ctx)

    def _title(self, command: str, asked: Asked) -> str:
        verb = command_word(command)
        if command not in ("find", "add_photo") or asked.cell is None:
            return verb
        item = asked.inspection.item(asked.cell[0])
        return f"{verb} · {item.name if item else asked.cell[0]} · {asked.cell[1]}"

    # -- sending ------------------------------------------------------------------------------------

    def give(self, command: str, answers: dict[str, str], file: BlobRef | None = None) -> bool:
        """Make the command of these answers and send it; False where it could not be sent (said in the bar)."""
        asked = self._asked()
        if asked is None:
            return False
        try:
            value = command_of(command, answers, asked, file)
        except AnswerError as error:
            self._say(command, str(error))
            return False
        return self.send(value)

    def send(self, command: documents.DocCommand) -> bool:
        """Ask the rules first: a form is mended at once, not after a round to the server."""
        inspection, ctx = self.inspection, self._feed.context()
        name = documents.name_of(command)
        if isinstance(command, commands.CheckIn | commands.Find) and not self._bridge.online:
            # What waits for the line is judged by when it was done.
            command = replace(command, at=self._feed.now())
        if ctx is None:
            return False
        state = None if name == "plan" else inspection
        refused = self._refused_by_rules(command, state, ctx)
        if refused:
            self._say(name, refused)
            return False
        given = self._bridge.commander.act(NAME, command, state)
        if isinstance(given, Refusal):
            self._say(name, refusal_text(given.code, given.detail, self._feed.names))
            return False
        if isinstance(command, commands.Find) and inspection is not None:
            self._given[given] = (inspection.id, (command.item, command.premises))
        self._refused = None
        self._last = (inspection.id if inspection is not None else "", name)
        self._bar.close_form()
        self.changed.emit()
        self.refresh_pending()
        return True

    def plan(self, command: commands.PlanWords) -> str:
        """Send a plan, new or made anew. "" or why not, for the form."""
        ctx = self._feed.context()
        if ctx is None:
            return refusal_text("no_identity", {}, self._feed.names)
        state = self.inspection if isinstance(command, commands.Revise) else None
        refused = self._refused_by_rules(command, state, ctx)
        if refused:
            return refused
        given = self._bridge.commander.act(NAME, command, state)
        return refusal_text(given.code, given.detail, self._feed.names) if isinstance(given, Refusal) else ""

    def _refused_by_rules(self, command: documents.DocCommand, state: Inspection | None, ctx: DocContext) -> str:
        answer = documents.decide(INSPECTION, command, state, ctx)
        if not isinstance(answer, Rejection):
            return ""
        return refusal_text(answer.code, answer.detail, self._feed.names)

    def _on_answered(self, command: str, answers: dict[str, str]) -> None:
        if command == PRINT:
            return  # the papers' own
        if command not in WITH_FILE or not answers.get("file", "").strip():
            self.give(command, answers)
            return
        try:
            data = read_file(answers["file"])
        except AnswerError as error:
            self._bar.show_error(str(error))
            return
        self._waiting = (command, answers, self._id)
        self._bridge.put_blob_then(data, self._on_blob)

    @while_alive
    def _on_blob(self, answer: BlobRef | Refusal) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is None or waiting[2] != self._id:
            return  # another inspection is shown now: the file stays unused and the server forgets it
        command, answers, _ = waiting
        if isinstance(answer, Refusal):
            self._say(command, refusal_text(answer.code, answer.detail, self._feed.names))
        else:
            self.give(command, answers, answer)

    # -- what became of it ----------------------------------------------------------------------------

    def say_refused(self, command: str, reason: str) -> None:
        words = {"command": command_word(command), "reason": reason}
        text = filled(QCoreApplication.translate("inspection", "{command}，{reason}"), words) if command else reason
        self._refused = (text, time.monotonic())
        self.refresh_pending()

    def say_done(self, text: str) -> None:
        """Something of this machine is done, a paper written."""
        self._refused = None
        self._done = (text, time.monotonic())
        self.refresh_pending()

    def _say(self, command: str, reason: str) -> None:
        """In the form where one is open, else in the line."""
        if self._bar.form_is_open():
            self._bar.show_error(reason)
        else:
            self.say_refused(command, reason)

    def refresh_pending(self) -> None:
        line = self._bar.pending_line
        if self._refused is not None and time.monotonic() - self._refused[1] > REFUSED_S:
            self._refused = None
        if self._done is not None and time.monotonic() - self._done[1] > REFUSED_S:
            self._done = None
        pending = self._bridge.commander.pending.of_document(NAME, self._id) if self._id else None
        if self._refused is not None:
            line.show_rejected(self._refused[0])
        elif self._done is not None:
            line.show_done(self._done[0])
        elif pending is None or pending.state == "applied":
            line.clear()
        elif pending.state == "sent" and pending.age_s > SLOW_S:
            line.show_retrying()
        else:
            line.show_pending(_pending_text(pending))

    def _on_pending_changed(self) -> None:
        view = self._bridge.commander.pending
        alive = {entry.id for entry in view.documents.values()}
        gone = [key for key in self._given if key not in alive and not self._still_open(key)]
        for key in gone:
            del self._given[key]
        self.refresh_pending()
        self.changed.emit()

    def _still_open(self, key: str) -> bool:
        """A finding behind a newer own command is not in the overlay, but its cell is still without a finding."""
        inspection_id, cell = self._given[key]
        inspection = self._feed.get(inspection_id)
        waits = self._bridge.commander.pending.of_document(NAME, inspection_id) is not None
        return waits and inspection is not None and inspection.finding(*cell) is None

    def _on_outcome(self, outcome: Outcome) -> None:
        if outcome.status == "applied" or outcome.ticket_id != self._id:
            return
        code = outcome.code or outcome.status
        command = self._last[1] if self._last[0] == self._id else ""
        self.say_refused(command, refusal_text(code, outcome.detail, self._feed.names))


def _pending_text(pending: Pending) -> str:
    translate = QCoreApplication.translate
    queued = pending.state == "queued"
    pattern = translate("inspection", "{verb} 待发") if queued else translate("inspection", "{verb}中…")
    return filled(pattern, {"verb": command_word(pending.command)})


def next_step(inspection: Inspection, found: tuple[Offer, ...]) -> str:
    """The command that brings it on: the highlighted button."""
    ok = {offer.command for offer in found if offer.ok}
    total = len(inspection.plan.items) * len(inspection.plan.premises)
    nearly = len(inspection.open_cells()) * 10 <= total
    wishes: dict[S, tuple[str, ...]] = {
        S.PLANNED: ("issue",),
        S.ISSUED: ("check_in",),
        S.UNDER_WAY: ("urge", "find") if nearly else ("find", "check_in"),
        S.FINDINGS_IN: ("issue_notice", "serve_notice", "set_recheck", "score_part", "close"),
        S.RECTIFYING: ("record_recheck",),
        S.RECHECKED: ("score_part", "close"),
    }
    return next((name for name in wishes.get(inspection.state, ()) if name in ok), "")

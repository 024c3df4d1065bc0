"""Gives the commands of this window: asks the rules first, says why not, and what became of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.services.values import Refusal
from desktop.views.handover.feed import HandoverFeed
from desktop.views.handover.words import refusal_text
from desktop.views.words import filled
from desktop.widgets.pending_line import PendingLine
from domain import documents
from domain.documents import DocCommand
from domain.handover.kind import HANDOVER, NAME, PEOPLE
from domain.handover.values import Handover
from domain.lifecycle.core import Rejection

if TYPE_CHECKING:
    from desktop.bridge import Bridge
    from protocol.messages import Outcome

SHOWN_S = 8.0
SLOW_S = 5.0


class HandoverDesk(QObject):
    """`settled` tells the name of an own command that the server has carried out."""

    settled = Signal(str)

    def __init__(self, bridge: Bridge, feed: HandoverFeed, line: PendingLine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._feed, self._line = bridge, feed, line
        self._said: tuple[str, bool, float] | None = None
        self._last = ""
        self._given: dict[str, str] = {}
        """Pending id → name of the command."""
        bridge.pending_changed.connect(self._on_pending_changed)
        bridge.outcome_arrived.connect(self._on_outcome)
        bridge.clock_ticked.connect(self.refresh)

    @property
    def may_act(self) -> bool:
        actor = self._bridge.actor
        return actor is not None and actor.role in PEOPLE

    def why_not(self, command: DocCommand, handover: Handover | None) -> str:
        """ "" = it would be carried out as things stand here."""
        ctx = self._feed.context()
        if ctx is None:
            return refusal_text("no_identity")
        code = self._bridge.commander.act_allowed_now(NAME, documents.name_of(command))
        if code:
            return refusal_text(code)
        answer = documents.decide(HANDOVER, command, handover, ctx)
        return refusal_text(answer.code, answer.detail) if isinstance(answer, Rejection) else ""

    def give(self, command: DocCommand, handover: Handover | None) -> str:
        """ "" = on its way, else why not (also said in the line)."""
        why = self.why_not(command, handover)
        if not why:
            given = self._bridge.commander.act(NAME, command, handover)
            if isinstance(given, Refusal):
                why = refusal_text(given.code, given.detail)
            else:
                self._given[given] = documents.name_of(command)
                self._last = documents.name_of(command)
        if why:
            self.say(why, good=False)
        else:
            self._said = None
            self.refresh()
        return why

    def say(self, text: str, *, good: bool) -> None:
        self._said = text, good, time.monotonic()
        self.refresh()

    def refresh(self) -> None:
        if self._said is not None and time.monotonic() - self._said[2] > SHOWN_S:
            self._said = None
        handover = self._feed.current()
        pending = self._bridge.commander.pending.of_document(NAME, handover.id) if handover else None
        if self._said is not None:
            text, good, _ = self._said
            if good:
                self._line.show_done(text)
            else:
                self._line.show_rejected(text)
        elif pending is None or pending.state == "applied":
            self._line.clear()
        elif pending.state == "sent" and pending.age_s > SLOW_S:
            self._line.show_retrying()
        else:
            words = (
                QCoreApplication.translate("handover", "待发")
                if pending.state == "queued"
                else QCoreApplication.translate("handover", "送出中…")
            )
            self._line.show_pending(words)

    def _on_pending_changed(self) -> None:
        waiting = {entry.id for entry in self._bridge.commander.pending.waiting}
        alive = waiting | {entry.id for entry in self._bridge.commander.pending.documents.values()}
        for pending_id in [one for one in self._given if one not in alive]:
            self.settled.emit(self._given.pop(pending_id))
        self.refresh()

    def _on_outcome(self, outcome: Outcome) -> None:
        handover = self._feed.current()
        if outcome.status == "applied" or handover is None or outcome.ticket_id != handover.id:
            return
        words = {"reason": refusal_text(outcome.code or outcome.status, outcome.detail)}
        self.say(filled("{reason}", words), good=False)

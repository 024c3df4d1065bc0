"""What is said on a row beside its ticket: an own command on its way, waiting for the line, or refused (for 8 seconds)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop.models.queue_values import RowMark
from desktop.services.values import Pending, PendingView
from desktop.views.refusal_words import reason_text
from desktop.views.words import command_word, filled
from domain.ids import TicketId
from protocol.messages import Outcome

if TYPE_CHECKING:
    from desktop.bridge import Bridge

REFUSED_SHOWN_MS = 8000
SLOW_S = 5.0
FAILED = ("conflict", "rejected", "expired")


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal to show and to keep: which command, and why in words."""

    command: str
    reason: str


class RowMarks(QObject):
    """`changed` carries all marks. Refusals also stay in `refusals_of`, for the record of the ticket."""

    changed = Signal(object)
    refused = Signal(str, object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending = bridge.commander.pending
        self._commands: dict[TicketId, str] = {}
        self._refused: dict[TicketId, Refused] = {}
        self._kept: dict[TicketId, list[Refused]] = {}
        self._forget = _Forgetter(self)
        bridge.pending_changed.connect(self._on_pending_changed)
        bridge.outcome_arrived.connect(self._on_outcome_arrived)
        self._note_commands()

    def marks(self) -> dict[TicketId, RowMark]:
        """All marks now; a refusal wins over what is still on its way."""
        marks = {key: mark_of(pending) for key, pending in self._pending.entries.items()}
        for key, refused in self._refused.items():
            text = filled(QCoreApplication.translate("queue", "未执行：{reason}"), {"reason": refused.reason})
            marks[key] = RowMark("rejected", text)
        return marks

    def pending_of(self, ticket_id: TicketId) -> Pending | None:
        return self._pending.entries.get(ticket_id)

    def refused_now(self, ticket_id: TicketId) -> Refused | None:
        """The refusal that is still said on the row."""
        return self._refused.get(ticket_id)

    def refusals_of(self, ticket_id: TicketId) -> tuple[Refused, ...]:
        """Refusals of this run, oldest first."""
        return tuple(self._kept.get(ticket_id, ()))

    def forget(self, ticket_id: TicketId, refused: Refused) -> None:
        """The 8 seconds are over."""
        if self._refused.get(ticket_id) is refused:
            del self._refused[ticket_id]
            self.changed.emit(self.marks())

    def _note_commands(self) -> None:
        self._commands.update((key, pending.command) for key, pending in self._pending.entries.items())

    def _on_pending_changed(self, pending: PendingView) -> None:
        self._pending = pending
        self._note_commands()
        self.changed.emit(self.marks())

    def _on_outcome_arrived(self, outcome: Outcome) -> None:
        if outcome.status not in FAILED or outcome.ticket_id is None:
            return
        code = outcome.code or outcome.status
        refused = Refused(self._commands.get(outcome.ticket_id, ""), reason_text(code, outcome.detail))
        self._refused[outcome.ticket_id] = refused
        self._kept.setdefault(outcome.ticket_id, []).append(refused)
        self._forget.later(outcome.ticket_id, refused)
        self.refused.emit(outcome.ticket_id, refused)
        self.changed.emit(self.marks())


class _Forgetter(QObject):
    """One single-shot timer per refusal, owned here, so that nothing outlives the marks."""

    def __init__(self, marks: RowMarks) -> None:
        super().__init__(marks)
        self._marks = marks

    def later(self, ticket_id: TicketId, refused: Refused) -> None:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(partial(self._marks.forget, ticket_id, refused))
        timer.timeout.connect(timer.deleteLater)
        timer.start(REFUSED_SHOWN_MS)


def mark_of(pending: Pending) -> RowMark:
    """派遣中…, 派遣 待发, or after 5 s without an answer 服务器未回应，重试中."""
    verb = {"verb": command_word(pending.command)}
    if pending.state == "queued":
        return RowMark("queued", filled(QCoreApplication.translate("queue", "{verb} 待发"), verb))
    if pending.state == "sent" and pending.age_s > SLOW_S:
        return RowMark("retrying", QCoreApplication.translate("queue", "服务器未回应，重试中"))
    return RowMark("pending", filled(QCoreApplication.translate("queue", "{verb}中…"), verb))

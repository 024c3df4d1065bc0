"""Photos at work: asks for those of the shown ticket, brings new ones, and says in words why one was not taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImageReader

from desktop.services.values import Answer, Refusal
from desktop.views.alive import while_alive
from desktop.views.inspection.action_specs import AnswerError
from desktop.views.inspection.photos import MOST_PIXELS, PhotoLoader, decoded, read_file
from desktop.views.refusal_words import reason_text
from desktop.views.ticket.photo_pane import photo_refusal
from desktop.views.trouble import Trouble
from domain.documents import BlobRef, may
from domain.evidence import EVIDENCE, NAME, Attach, Evidence, Moment, WithdrawPhoto, may_withdraw
from domain.ids import TicketId
from protocol.messages import Event, Outcome

if TYPE_CHECKING:
    from desktop.bridge import Bridge

_states = msgspec.json.Decoder(list[Evidence])
_events = msgspec.json.Decoder(list[Event])


class PhotoControl(QObject):
    """`changed` when there is another picture to show; `said` carries (sentence, whether it went well)."""

    changed = Signal()
    said = Signal(str, bool)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.loader = PhotoLoader(bridge, self)
        self._ticket: TicketId | None = None
        self._known: dict[str, Evidence] = {}
        self._trouble = Trouble()
        self._given: set[str] = set()
        self._records: dict[str, tuple[Event, ...]] = {}
        self._asked: dict[str, int] = {}
        """Version of each photo up to which its record was asked for."""
        self._waiting: tuple[TicketId, Moment, str] | None = None
        self.loader.loaded.connect(self._on_loaded)
        bridge.documents_changed.connect(self._on_documents_changed)
        bridge.outcome_arrived.connect(self._on_outcome)

    def show(self, ticket_id: TicketId | None) -> None:
        """The photos of this ticket from now on."""
        if ticket_id == self._ticket:
            return
        self._ticket, self._known = ticket_id, {}
        self._trouble.clear()
        self._records, self._asked = {}, {}
        self._take_mirror()
        self.changed.emit()
        self.ask()

    def ask(self) -> None:
        """Ask the server for all photos of the ticket; what this machine has stays on screen meanwhile."""
        if self._ticket is not None:
            self._bridge.ask_then("evidence", {"ticket_id": self._ticket}, self._on_answered)

    def photos(self) -> tuple[Evidence, ...]:
        return tuple(self._known.values())

    def records(self) -> Mapping[str, tuple[Event, ...]]:
        """What was done with each photo, by whom and why, as far as it has come."""
        return self._records

    @property
    def trouble(self) -> Trouble:
        """Why there may be more than is shown."""
        return self._trouble

    def why_not(self) -> str:
        """ "" = this seat may bring a photo now."""
        actor = self._bridge.actor
        if actor is None:
            return reason_text("no_identity")
        if not may(EVIDENCE, "attach", actor.role):
            return reason_text("role", {"role": actor.role})
        return reason_text(self._bridge.commander.act_allowed_now(NAME, "attach"))

    def bring(self, file: str, moment: Moment, text: str) -> None:
        """Read a file, look whether it is a photo, and send it. What goes wrong is said, and nothing is sent."""
        ticket = self._ticket
        if ticket is None:
            return
        try:
            data = read_file(file)
        except AnswerError as error:
            self.said.emit(str(error), False)
            return
        if decoded(data) is None:
            self.said.emit(photo_refusal("too_many_pixels" if _is_large(data) else "bad_picture"), False)
            return
        self._waiting = (ticket, moment, text)
        self._bridge.put_blob_then(data, self._on_taken_over)

    def withdrawable(self) -> tuple[Evidence, ...]:
        """Those that this seat may take away, the newest first."""
        actor = self._bridge.actor
        if actor is None:
            return ()
        found = [one for one in self._known.values() if not one.withdrawn and may_withdraw(one, actor)]
        return tuple(sorted(found, key=lambda one: (one.added_at, one.id), reverse=True))

    def why_not_withdraw(self) -> str:
        """ "" = this seat may take one of the photos away now."""
        actor = self._bridge.actor
        if actor is None:
            return reason_text("no_identity")
        if not may(EVIDENCE, "withdraw_photo", actor.role):
            return reason_text("role", {"role": actor.role})
        if not self.withdrawable():
            shown = any(not one.withdrawn for one in self._known.values())
            return photo_refusal("not_yours") if shown else self.tr("本单没有照片")
        return reason_text(self._bridge.commander.act_allowed_now(NAME, "withdraw_photo"))

    def withdraw(self, photo_id: str, text: str) -> None:
        """Take one away, with the reason; the file stays with the record."""
        evidence = self._known.get(photo_id)
        if evidence is None:
            return
        given = self._bridge.commander.act(NAME, WithdrawPhoto(text=text), evidence)
        if isinstance(given, Refusal):
            self.said.emit(reason_text(given.code, given.detail), False)
            return
        self._given.add(given)
        self.said.emit(self.tr("正在撤下"), True)

    def stop(self) -> None:
        self.loader.stop()
        self._waiting = None

    # -- inside -----------------------------------------------------------------------------------

    @while_alive
    def _on_taken_over(self, answer: BlobRef | Refusal) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return
        if isinstance(answer, Refusal):
            self.said.emit(photo_refusal(answer.code), False)
            return
        ticket, moment, text = waiting
        given = self._bridge.commander.act(NAME, Attach(ticket=ticket, moment=moment, photo=answer, text=text))
        if isinstance(given, Refusal):
            self.said.emit(photo_refusal(given.code), False)
            return
        self._given.add(given)
        self.said.emit(self.tr("照片已存本机，正在上传"), True)

    def _on_outcome(self, outcome: Outcome) -> None:
        if outcome.status == "rejected" and self._given and not self._bridge.commander.pending.queued:
            refusal = photo_refusal(outcome.code)
            if refusal != outcome.code:
                self.said.emit(refusal, False)

    @while_alive
    def _on_answered(self, answer: Answer) -> None:
        if answer.error or answer.body is None:
            self._trouble.failed(answer.error, self._bridge.clock.now_business())
        else:
            found = _states.decode(answer.body)
            if any(one.ticket != self._ticket for one in found):
                return  # a late answer about another ticket
            self._trouble.clear()
            self._known = {one.id: one for one in found}
        self._take_mirror()
        self._ask_records()
        self.changed.emit()

    def _ask_records(self) -> None:
        """Why a photo was taken away stands in its record only; asked for again with each of its versions."""
        for one in self._known.values():
            if self._asked.get(one.id, 0) < one.version and self._bridge.online:
                self._asked[one.id] = one.version
                self._bridge.ask_then("document_record", {"kind": NAME, "id": one.id}, self._on_record)

    @while_alive
    def _on_record(self, answer: Answer) -> None:
        if answer.error or answer.body is None:
            self._asked.clear()  # with the next change
            return
        entries = _events.decode(answer.body)
        if entries and entries[0].id in self._known:
            self._records[entries[0].id] = tuple(entries)
            self.changed.emit()

    def _take_mirror(self) -> None:
        for state in self._bridge.mirror.documents.get(NAME, {}).values():
            if isinstance(state, Evidence) and state.ticket == self._ticket:
                self._known[state.id] = state

    def _on_documents_changed(self, kind: str) -> None:
        if kind == NAME:
            before = dict(self._known)
            self._take_mirror()
            self._say_what_became(before)
            self._ask_records()
            self.changed.emit()

    def _say_what_became(self, before: Mapping[str, Evidence]) -> None:
        """Of what this seat has given; others' photos appear without a word."""
        if not self._given:
            return
        came = [one for one in self._known.values() if one.id not in before]
        gone = [
            one for one in self._known.values() if one.withdrawn and one.id in before and not before[one.id].withdrawn
        ]
        if came or gone:
            self._given.clear()
            self.said.emit(self.tr("照片已上传，记入经过") if came else self.tr("照片已撤下，原因记入经过"), True)

    def _on_loaded(self, _sha256: str) -> None:
        self.changed.emit()


def _is_large(data: bytes) -> bool:
    """Whether a picture says of itself that it has more pixels than are decoded here."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    size = QImageReader(buffer).size()
    return size.isValid() and size.width() * size.height() > MOST_PIXELS

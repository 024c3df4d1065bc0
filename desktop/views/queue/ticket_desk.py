"""The selected ticket at work: fills the detail pane, asks for its record, gives its commands and says what became of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.models.ticket_row import RowMaker, TicketRow
from desktop.services.values import Answer, Refusal
from desktop.views.alive import while_alive
from desktop.views.queue.action_answers import AnswerError, command_of
from desktop.views.queue.action_forms import form_of
from desktop.views.queue.action_slots import MORE, SLOTS
from desktop.views.queue.detail_pane import DetailPane
from desktop.views.queue.detail_values import records_from_ticket, records_of
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.marks import Refused, RowMarks, mark_of
from desktop.views.queue.offers import OfferSource
from desktop.views.refusal_words import reason_text
from desktop.views.trouble import Trouble
from desktop.views.words import command_word, filled, role_word, row_words
from desktop.widgets.record_list import Record
from domain.commands import Command
from domain.ids import TicketId
from domain.lifecycle import Rejection
from domain.ticket import Ticket
from domain.vocabulary import State
from protocol.messages import Event
from protocol.reference import PRESENCE_TOPIC, Presence

if TYPE_CHECKING:
    from desktop.bridge import Bridge

RECORD_DELAY_MS = 250


class TicketDesk(QObject):
    """One per window that shows a ticket; `pane` is the window's detail pane. `shown`: another ticket, or none;
    `record_came` carries the answer to `record`, `record_missing` why there is none."""

    shown = Signal()
    record_came = Signal(object)
    record_missing = Signal(str)

    def __init__(
        self, bridge: Bridge, feed: TicketFeed, marks: RowMarks, pane: DetailPane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._feed, self._marks, self._pane = bridge, feed, marks, pane
        self._offers = OfferSource(bridge, feed)
        self._ticket_id: TicketId | None = None
        self._record_trouble = Trouble()
        self._kept_row: TicketRow | None = None
        self._own_forms: dict[str, Callable[[], None]] = {}
        self._own_closers: list[Callable[[], None]] = []
        self._ask_timer = QTimer(self)
        self._ask_timer.setSingleShot(True)
        self._ask_timer.setInterval(RECORD_DELAY_MS)
        self._ask_timer.timeout.connect(self._ask_record)
        panel = pane.action_panel
        panel.command_chosen.connect(self.run)
        panel.answered.connect(self._on_answered)
        panel.undo_requested.connect(self.undo)
        marks.changed.connect(self._on_marks_changed)
        feed.ticket_changed.connect(self._on_ticket_changed)
        feed.reference_changed.connect(self.refresh)
        bridge.topic_changed.connect(self._on_topic_changed)
        bridge.freshness_changed.connect(self._on_freshness_changed)
        bridge.clock_ticked.connect(self._on_clock_ticked)

    @property
    def ticket(self) -> Ticket | None:
        """The shown ticket as it was last known."""
        return None if self._kept_row is None else self._kept_row.ticket

    @property
    def row(self) -> TicketRow | None:
        """The same as it stands in a table."""
        return self._kept_row

    @property
    def ticket_id(self) -> TicketId | None:
        return self._ticket_id

    # -- which ticket -----------------------------------------------------------------------------

    def show(self, ticket_id: str) -> None:
        """Show a ticket; "" shows none."""
        chosen = TicketId(ticket_id) if ticket_id else None
        if chosen == self._ticket_id:
            return
        self._ticket_id = chosen
        self._kept_row = None
        self._record_trouble.clear()
        self._feed.watch(chosen, self)
        self._bridge.view_ticket(chosen)
        self._pane.action_panel.close_form()
        for close in self._own_closers:
            close()
        self.refresh()
        if chosen is not None:
            # Moving quickly through rows asks for the record of the last one only.
            self._ask_timer.start()
        self.shown.emit()

    def show_value(self, ticket: Ticket) -> None:
        """Show a ticket that the working set does not hold (found in the cache, or asked of the server)."""
        self.show(ticket.id)
        if self._feed.row(ticket.id) is None:
            self._kept_row = RowMaker(self._feed.names, row_words()).row(ticket)
            self.refresh()
            self.shown.emit()

    def refresh(self) -> None:
        """Fill the pane anew; a ticket that left the working set is shown as it was last known."""
        row = self._feed.row(self._ticket_id) if self._ticket_id else None
        row = row or self._kept_row
        if row is None:
            self._pane.clear()
            return
        self._kept_row = row
        before = self._pane.ticket_row()
        first = before is None or before.id != row.id
        self._pane.show_ticket(row, self._feed.names, self._feed.site, self._feed.now())
        if first:
            self._show_record_of_ticket(row)
        self._refresh_offers()
        self._refresh_pending()
        self._refresh_seats()

    def _refresh_offers(self) -> None:
        if self._kept_row is not None:
            ticket = self._kept_row.ticket
            offers, actor = self._offers.offers(ticket), self._bridge.actor
            note = "" if offers or actor is None else self.tr("{role}只看工单，不办工单。")
            note = filled(note, {"role": role_word(actor.role)}) if note and actor is not None else ""
            self._pane.action_panel.set_offers(offers, ticket.state, note)

    def _refresh_seats(self) -> None:
        self._pane.set_seats(others_looking(self._bridge).get(TicketId(self._ticket_id or ""), ()))

    def set_own_form(self, command: str, open_form: Callable[[], None], close_form: Callable[[], None]) -> None:
        """A window that asks for a command in its own way; it gives the answers to `give`. Closed when another ticket is shown."""
        self._own_forms[command] = open_form
        self._own_closers.append(close_form)

    def said(self) -> str:
        """The last sentence on an own command."""
        return self._pane.action_panel.pending_line.text()

    def refusal_of(self, command: Command, ticket: Ticket, other: Ticket) -> str:
        """The same for any ticket."""
        answer = self._offers.decide(command, ticket, other)
        return reason_text(answer.code, answer.detail) if isinstance(answer, Rejection) else ""

    def refusal(self, command: Command, other: Ticket) -> str:
        """Why the rules would refuse a command that names another ticket; "" when they would not."""
        ticket = self.ticket
        return "" if ticket is None else self.refusal_of(command, ticket, other)

    # -- commands ---------------------------------------------------------------------------------

    def run_key(self, key: str) -> bool:
        """Give the command on a letter; False where the letter means nothing here."""
        if self._kept_row is None:
            return False
        command = self._pane.action_panel.command_of_key(key)
        if command:
            self.run(command)
            return True
        names = next((names for letter, names in SLOTS if letter == key), ())
        if names:  # a letter of the map of keys that does nothing says why
            self._say_refused(names[0], self._why_no_button(names))
        return bool(names)

    def _why_no_button(self, names: Sequence[str]) -> str:
        """Of a letter whose commands this role never gives, or that answers what nobody has asked for."""
        known = [offer for name in names if (offer := self._pane.action_panel.offer(name)) is not None]
        if known:
            return reason_text(known[0].code, known[0].detail)
        actor = self._bridge.actor
        return reason_text("role", {"role": actor.role}) if actor is not None else self.tr("未登录")

    def run(self, command: str) -> None:
        """Start a command: say why not, open its form, or send it at once."""
        if command == MORE:
            self._pane.action_panel.open_more()
            return
        row, offer = self._kept_row, self._pane.action_panel.offer(command)
        if row is None or offer is None:
            return
        if not offer.ok:
            self._say_refused(command, reason_text(offer.code, offer.detail))
            return
        if command in self._own_forms:
            self._own_forms[command]()
            return
        spec = form_of(command, row.ticket, self._feed.names, self._feed.site, self._feed.now())
        if spec is None:
            self.give(command, {})
        else:
            self._pane.action_panel.open_form(spec)

    def give(self, command: str, answers: dict[str, str]) -> bool:
        """Make the command of these answers and send it; False where it could not be sent (said in the pane)."""
        row = self._kept_row
        if row is None:
            return False
        try:
            value: Command = command_of(command, answers, row.ticket, self._feed.site)
        except AnswerError as error:
            self._pane.action_panel.show_error(str(error))
            return False
        given = self._bridge.commander.submit(value, row.ticket)
        if isinstance(given, Refusal):
            self._say_refused(command, reason_text(given.code, given.detail))
            return False
        self._pane.action_panel.close_form()
        return True

    def offered(self) -> tuple[str, ...]:
        """Commands of this role on the shown ticket."""
        return self._pane.action_panel.offered() if self._kept_row is not None else ()

    def why_not(self, command: str) -> str:
        """The reason a command is not open now; "" when it is."""
        offer = self._pane.action_panel.offer(command)
        return "" if offer is None or offer.ok else reason_text(offer.code, offer.detail)

    def undo(self) -> None:
        """Ctrl Z: withdraw the dispatch of the shown ticket while that is possible."""
        if self._ticket_id is None:
            return
        pending = self._bridge.commander.undoable(self._ticket_id)
        if pending is None:
            self._say_refused("withdraw", reason_text("undo_too_late"))
            return
        given = self._bridge.commander.undo(pending.id)
        if isinstance(given, Refusal):
            self._say_refused("withdraw", reason_text(given.code, given.detail))

    def _say_refused(self, command: str, reason: str) -> None:
        self._pane.action_panel.pending_line.show_rejected(
            filled(self.tr("{command}，{reason}"), {"command": command_word(command), "reason": reason})
        )

    def _refresh_pending(self) -> None:
        line = self._pane.action_panel.pending_line
        if self._ticket_id is None:
            return
        refused = self._marks.refused_now(self._ticket_id)
        pending = self._marks.pending_of(self._ticket_id)
        undoable = self._bridge.commander.undoable(self._ticket_id)
        row = self._kept_row
        if row is not None and row.ticket.state not in (State.FILED, State.DISPATCHED):
            undoable = None  # its unit has signed meanwhile
        if refused is not None:
            line.show_rejected(refused.reason)
        elif undoable is not None:
            seconds = max(1, round(undoable.undo_left_s))
            text = filled(self.tr("已{verb}，{n} 秒内可撤回"), {"verb": command_word(undoable.command), "n": seconds})
            line.show_done(text, can_undo=True)
        elif pending is None:
            line.clear()
        else:
            mark = mark_of(pending)
            if mark.kind == "retrying":
                line.show_retrying(mark.text)
            else:
                line.show_pending(mark.text)

    # -- record -----------------------------------------------------------------------------------

    def _ask_record(self) -> None:
        if self._ticket_id is not None:
            self._bridge.ask_then("record", {"ticket_id": self._ticket_id}, self._on_record_answered)

    @while_alive
    def _on_record_answered(self, answer: Answer) -> None:
        row = self._kept_row
        if row is None:
            return
        if answer.error or answer.body is None:
            self._record_trouble.failed(answer.error, self._feed.now())
            self._show_record_of_ticket(row)
            return
        if not _is_record_of(answer.body, row.id):
            return  # a late answer about another ticket
        self._record_trouble.clear()
        self.record_came.emit(answer.body)
        records = records_of(answer.body, self._feed.names, self._feed.now(), self._feed.site)
        self._pane.set_records((*self._refusals(), *records))

    def _show_record_of_ticket(self, row: TicketRow) -> None:
        """What this machine knows of it, under the sentence why there is no more."""
        trouble = self._record_trouble.text(
            self.tr("记录没有取到，以下为本机所知"), self.tr("工单有变化或再选中时重取。"), self._feed.site
        )
        self.record_missing.emit(trouble)
        known = records_from_ticket(row.ticket, self._feed.names, self._feed.now(), self._feed.site)
        why = [Record("", trouble)] if trouble else []
        self._pane.set_records((*why, *self._refusals(), *known))

    def _refusals(self) -> list[Record]:
        if self._ticket_id is None:
            return []
        return [_refusal_record(refused) for refused in reversed(self._marks.refusals_of(self._ticket_id))]

    # -- slots ------------------------------------------------------------------------------------

    def _on_answered(self, command: str, answers: dict[str, str]) -> None:
        self.give(command, answers)

    def _on_marks_changed(self) -> None:
        self._refresh_pending()

    def _on_ticket_changed(self, ticket_id: str) -> None:
        if ticket_id == self._ticket_id:
            self.refresh()
            self._ask_timer.start()

    def _on_topic_changed(self, name: str) -> None:
        if name == PRESENCE_TOPIC and self._ticket_id is not None:
            self._refresh_seats()

    def _on_freshness_changed(self) -> None:
        self._refresh_offers()

    def _on_clock_ticked(self) -> None:
        if self._ticket_id is not None:
            self._pane.tick(self._feed.site, self._feed.now())
            self._refresh_offers()
            self._refresh_pending()


def others_looking(bridge: Bridge) -> dict[TicketId, tuple[str, ...]]:
    """Ticket → other seats that have it open; tickets that nobody else has open are not in it."""
    topic = bridge.topics.get(PRESENCE_TOPIC)
    viewing = topic.value.viewing if topic is not None and isinstance(topic.value, Presence) else {}
    own = bridge.actor.seat if bridge.actor else ""
    others = ((TicketId(key), tuple(seat for seat in seats if seat != own)) for key, seats in viewing.items())
    return {key: seats for key, seats in others if seats}


def _refusal_record(refused: Refused) -> Record:
    return Record("", f"{command_word(refused.command)} × {refused.reason}")


def _is_record_of(body: bytes, ticket_id: TicketId) -> bool:
    entries = msgspec.json.decode(body, type=list[Event])
    return all(entry.id == ticket_id for entry in entries)

"""A bridge made by hand: the same attributes and signals as desktop.bridge.Bridge, every change is made by the test."""

import asyncio
import hashlib
import itertools
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.bridge import Turns
from desktop.services.find_index import FindIndex, FindWord, row_of
from desktop.services.tables_in import TableFileError, read_sheets
from desktop.services.topics import Topic
from desktop.services.values import (
    TICKETS,
    Answer,
    ChangeSet,
    Fresh,
    Freshness,
    PageQuery,
    Pending,
    PendingId,
    PendingView,
    Refusal,
)
from domain.actor import Actor
from domain.commands import OFFLINE_ALLOWED, Command, name_of
from domain.documents import BlobRef, DocCommand, DocumentState
from domain.ids import SeatId, TicketId, UserId
from domain.ticket import Ticket
from domain.vocabulary import Role, State
from protocol.messages import Outcome
from protocol.reference import TOPIC, Presence, Reference
from tests.qt.samples import NOW, make_reference, make_tickets


class FakeClock:
    def __init__(self, now: datetime = NOW, rate: float = 60.0) -> None:
        self.now, self.rate, self.frozen, self.known = now, rate, False, True

    def now_business(self) -> datetime:
        return self.now


class FakeMirror:
    def __init__(self, tickets: Iterable[Ticket]) -> None:
        self.tickets = {ticket.id: ticket for ticket in tickets}
        self.seq, self.as_of = 1, NOW
        self.documents: dict[str, dict[str, Any]] = {}


class FakeTopics:
    def __init__(self) -> None:
        self.values: dict[str, Topic] = {}

    def get(self, name: str) -> Topic | None:
        return self.values.get(name)


class FakeFreshness:
    def __init__(self) -> None:
        self.values = {TICKETS: Freshness(state=Fresh.LIVE, as_of=NOW, age_s=0.8)}

    def of(self, source: str = TICKETS) -> Freshness:
        return self.values.get(source, Freshness(source=source))


class FakeCommander:
    """Keeps what was given; `online` False refuses what may not wait."""

    def __init__(self, bridge: "FakeBridge") -> None:
        self._bridge = bridge
        self.given: list[tuple[Command, TicketId | None]] = []
        self.acts: list[tuple[str, DocCommand]] = []
        self.undone: list[PendingId] = []
        self.retried: list[PendingId] = []
        self.discarded: list[PendingId] = []
        self.retry_answer: PendingId | Refusal | None = None
        self.online = True
        self.stores = True
        self.pending = PendingView()
        self._numbers = itertools.count(1)

    def allowed_now(self, command_name: str) -> str:
        return "" if self.online or command_name in OFFLINE_ALLOWED else "offline_refused"

    def submit(self, command: Command, ticket: Ticket | None = None) -> PendingId | Refusal:
        code = self.allowed_now(name_of(command))
        if code:
            return Refusal(code)
        self.given.append((command, ticket.id if ticket else None))
        entry = Pending(
            id=PendingId(f"p{next(self._numbers)}"),
            n=None,
            ticket_id=ticket.id if ticket else None,
            command=name_of(command),
            state="sent" if self.online else "queued",
            since=datetime.now(UTC),
        )
        if ticket is not None:
            self.show({**self.pending.entries, ticket.id: entry})
        return entry.id

    def act_allowed_now(self, kind: str, command: str) -> str:
        return "" if self.online else "offline_refused"

    def act(self, kind: str, command: DocCommand, document: DocumentState | None = None) -> PendingId | Refusal:
        self.acts.append((kind, command))
        return PendingId(f"p{next(self._numbers)}")

    async def safe(self, pending_id: PendingId) -> bool:
        return self.stores

    def show(self, entries: dict[TicketId, Pending]) -> None:
        queued = sum(1 for entry in entries.values() if entry.state == "queued")
        self.pending = PendingView(entries=entries, queued=queued)
        self._bridge.pending_changed.emit(self.pending)

    def show_tray(self, *tray: Pending, waiting: tuple[Pending, ...] = ()) -> None:
        self.pending = PendingView(tray=tray, waiting=waiting, queued=len(waiting))
        self._bridge.pending_changed.emit(self.pending)

    def retry(self, pending_id: PendingId) -> PendingId | Refusal:
        self.retried.append(pending_id)
        return pending_id if self.retry_answer is None else self.retry_answer

    def discard(self, pending_id: PendingId) -> None:
        self.discarded.append(pending_id)
        self.show_tray(*(each for each in self.pending.tray if each.id != pending_id))

    def undoable(self, ticket_id: TicketId) -> Pending | None:
        entry = self.pending.entries.get(ticket_id)
        return entry if entry is not None and entry.command == "dispatch" and entry.undo_left_s > 0 else None

    def undo(self, pending_id: PendingId) -> PendingId | Refusal:
        self.undone.append(pending_id)
        return pending_id


class FakeBridge(QObject):
    tickets_changed = Signal(object)
    documents_changed = Signal(str)
    topic_changed = Signal(str)
    freshness_changed = Signal(str)
    pending_changed = Signal(object)
    outcome_arrived = Signal(object)
    notice_arrived = Signal(object)
    clock_ticked = Signal()

    def __init__(
        self,
        tickets: Iterable[Ticket] | None = None,
        reference: Reference | None = None,
        role: Role = Role.SHIFT_LEADER,
    ) -> None:
        super().__init__()
        self.reference = reference or make_reference()
        self.mirror = FakeMirror(make_tickets(reference=self.reference) if tickets is None else tickets)
        self.topics = FakeTopics()
        self.clock = FakeClock()
        self.freshness = FakeFreshness()
        self.commander = FakeCommander(self)
        self.actor: Actor | None = Actor(user=UserId("u1"), role=role, seat=SeatId("1"))
        self.online = True
        self.notices = ()
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.turns = Turns(self)
        self.preparing = False
        self.viewed: list[TicketId | None] = []
        self.viewed_ticket: TicketId | None = None
        self.files: list[bytes] = []
        self.blob_answer: Refusal | None = None
        self.answers: dict[str, Answer] = {}
        self.drafts: dict[str, bytes] = {}
        self.topics.values[TOPIC] = Topic(TOPIC, 1, NOW, self.reference)

    # -- what views call ----------------------------------------------------------------------------

    def ask_then(self, what: str, args: dict[str, Any], done: Any) -> None:
        self.asked.append((what, args))
        if what in self.answers:
            done(self.answers[what])

    def read_table_then(self, path: Path, done: Any) -> None:
        """Read at once."""
        try:
            sheets = read_sheets(path)
        except TableFileError as error:
            done(error)
        else:
            done(sheets)

    def view_ticket(self, ticket_id: TicketId | None) -> None:
        self.viewed.append(ticket_id)
        self.viewed_ticket = ticket_id

    def put_blob_then(self, data: bytes, done: Any) -> None:
        """Taken at once; `blob_answer` refuses instead."""
        self.files.append(data)
        done(self.blob_answer or BlobRef(hashlib.sha256(data).hexdigest(), len(data), "image/jpeg"))

    def get_blob_then(self, ref: BlobRef, done: Any) -> None:
        """Never answered: a picture on its way."""

    def cached_then(self, ids: Sequence[TicketId], done: Any) -> None:
        done({one: self.mirror.tickets[one] for one in ids if one in self.mirror.tickets})

    def find_then(self, words: Sequence[FindWord], limit: int, done: Any) -> None:
        found = FindIndex([row_of(ticket) for ticket in self.mirror.tickets.values()]).find(words, limit)
        done((found, [self.mirror.tickets[one] for one in found.ids]))

    def page_then(self, query: PageQuery, offset: int, limit: int, done: Any) -> None:
        """Closed ones, the newest first: what the evaluation window asks for."""
        assert query.states == (State.CLOSED,)
        found = [ticket for ticket in self.mirror.tickets.values() if ticket.state is State.CLOSED]
        found.sort(key=lambda ticket: ticket.closed_at or ticket.changed_at, reverse=True)
        done(found[offset : offset + limit])

    def work_then(self, work: Any, done: Any) -> None:
        """Done at once."""
        done(asyncio.run(work()))

    def keep_draft_then(self, name: str, data: bytes, done: Any) -> None:
        self.drafts[name] = data
        done(True)

    def draft_then(self, name: str, done: Any) -> None:
        done(self.drafts.get(name, b""))

    def document_page_then(self, kind: str, offset: int, limit: int, done: Any) -> None:
        done(list(self.mirror.documents.get(kind, {}).values())[offset : offset + limit])

    def set_preparing(self, preparing: bool, *, picture: bool = False) -> None:
        self.preparing = preparing

    # -- what tests do ------------------------------------------------------------------------------

    def change(self, *tickets: Ticket, removed: tuple[TicketId, ...] = (), reset: bool = False) -> None:
        """A batch from the stream."""
        if reset:
            self.mirror.tickets.clear()
        self.mirror.tickets.update((ticket.id, ticket) for ticket in tickets)
        for ticket_id in removed:
            self.mirror.tickets.pop(ticket_id, None)
        self.tickets_changed.emit(ChangeSet(upserted=tickets, removed=removed, seq=2, as_of=NOW, reset=reset))

    def change_fields(self, ticket_id: TicketId, **fields: Any) -> Ticket:
        """One ticket with other values."""
        ticket = msgspec.structs.replace(self.mirror.tickets[ticket_id], **fields)
        self.change(ticket)
        return ticket

    def pass_time(self, seconds: float) -> None:
        """Business time goes on, and the second ticks."""
        self.clock.now += timedelta(seconds=seconds)
        self.clock_ticked.emit()

    def go(self, state: Fresh, **fields: Any) -> None:
        """Another state of the link."""
        self.freshness.values[TICKETS] = Freshness(state=state, **fields)
        self.online = self.commander.online = state in (Fresh.LIVE, Fresh.CATCHING_UP)
        self.freshness_changed.emit(TICKETS)

    def refuse(self, ticket_id: TicketId, status: str = "rejected", code: str = "", **detail: Any) -> None:
        """The server's final word on an own command: not done."""
        self.commander.show({key: entry for key, entry in self.commander.pending.entries.items() if key != ticket_id})
        self.outcome_arrived.emit(
            Outcome(outbox_id="o", n=1, status=status, ticket_id=ticket_id, code=code, detail=detail)
        )

    def view_by(self, ticket_id: TicketId, *seats: str) -> None:
        self.topics.values["presence"] = Topic("presence", 2, NOW, Presence(viewing={ticket_id: seats}))
        self.topic_changed.emit("presence")

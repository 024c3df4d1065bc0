"""The only place where asyncio and Qt meet: services' callbacks become Qt signals, one per batch.

A change goes out at once when nothing went out in the last 33 ms; what comes meanwhile is merged and goes out together.
Everything here runs on the GUI thread (the event loop is Qt's own, by qasync). No rules and no I/O in here.
"""

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from desktop.services.app_state import Services
from desktop.services.find_index import FindWord, Found
from desktop.services.tables_in import TableFileError, read_sheets_aside
from desktop.services.values import TICKETS, Answer, ChangeSet, DocKey, Notice, PageQuery, Refusal
from domain.actor import Actor
from domain.documents import BlobRef, DocumentState
from domain.ids import TicketId
from domain.tables.sheets import Sheet
from domain.ticket import Ticket
from protocol.messages import Outcome

FLUSH_MS = 33
T = TypeVar("T")


class ChangeMerger:
    """Several ChangeSets into one. A later word on a ticket replaces the earlier one."""

    def __init__(self) -> None:
        self._tickets: dict[TicketId, Ticket | None] = {}
        self._moved_out: set[TicketId] = set()
        self._documents: dict[DocKey, DocumentState | None] = {}
        self._last: ChangeSet | None = None
        self._reset = False

    def add(self, changes: ChangeSet) -> None:
        if changes.reset:
            # The new set is all there is; what was told before and is not in it is told as removed.
            self._tickets = dict.fromkeys(self._tickets)
            self._moved_out = set()
            self._documents = dict.fromkeys(self._documents)
            self._reset = True
        self._tickets.update(dict.fromkeys(changes.removed))
        self._tickets.update((ticket.id, ticket) for ticket in changes.upserted)
        self._moved_out.update(changes.moved_out)
        self._documents.update(((kind, doc_id), state) for kind, doc_id, state in changes.documents)
        self._last = changes

    def take(self) -> ChangeSet | None:
        """All that was added since the last call; None if nothing was."""
        last, self._last = self._last, None
        if last is None:
            return None
        merged = ChangeSet(
            upserted=tuple(ticket for ticket in self._tickets.values() if ticket is not None),
            removed=tuple(ticket_id for ticket_id, ticket in self._tickets.items() if ticket is None),
            seq=last.seq,
            as_of=last.as_of,
            reset=self._reset,
            moved_out=tuple(i for i in self._moved_out if self._tickets.get(i) is None),
            documents=tuple((kind, doc_id, state) for (kind, doc_id), state in self._documents.items()),
        )
        self._tickets = {}
        self._documents = {}
        self._moved_out = set()
        self._reset = False
        return merged


class Turns(QObject):
    """Heavy work of all windows, one piece in a turn of the event loop, in the order in which it was asked for: what a piece makes dirty
    is painted, and what a hand does is answered, before the next begins. Work that waits already is not asked for twice.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[Callable[[], None], None] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)

    def ask(self, work: Callable[[], None]) -> None:
        """Do it soon; `work` is a bound method, and is forgotten with its object."""
        self._waiting[work] = None
        if not self._timer.isActive():
            self._timer.start()

    def _on_turn(self) -> None:
        work = next(iter(self._waiting))
        del self._waiting[work]
        if self._waiting:
            self._timer.start()
        if isValid(getattr(work, "__self__", work)):
            work()


class Bridge(QObject):
    """Signals: tickets_changed(ChangeSet) · documents_changed(str: kind), after it · topic_changed(str) · freshness_changed(str: source) · pending_changed(PendingView) ·
    outcome_arrived(Outcome) · notice_arrived(Notice) · clock_ticked(), once a second.
    """

    tickets_changed = Signal(object)
    documents_changed = Signal(str)
    topic_changed = Signal(str)
    freshness_changed = Signal(str)
    pending_changed = Signal(object)
    outcome_arrived = Signal(object)
    notice_arrived = Signal(object)
    clock_ticked = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.mirror = services.mirror
        self.topics = services.topics
        self.clock = services.clock
        self.freshness = services.freshness
        self.commander = services.commander
        self.turns = Turns(self)
        """Where a window's heavy work waits, so that no two pieces make one long stall."""
        self.viewed_ticket: TicketId | None = None
        """The ticket that this seat has open in a window, as last told by `view_ticket`."""
        self._changes = ChangeMerger()
        self._topics: dict[str, None] = {}
        self._sources: dict[str, None] = {}
        self._outcomes: list[Outcome] = []
        self._notices: list[Notice] = []
        self._pending = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FLUSH_MS)
        self._timer.timeout.connect(self._schedule)
        on = services.on
        on.changes.append(self._on_changes)
        on.topic.append(self._on_topic)
        on.freshness.append(self._on_freshness)
        on.pending.append(self._on_pending)
        on.outcome.append(self._on_outcome)
        on.notice.append(self._on_notice)
        on.tick.append(self._on_tick)

    @property
    def actor(self) -> Actor | None:
        """Whom the server knows us as, or knew at the last connection."""
        return self._services.actor

    @property
    def online(self) -> bool:
        return self._services.online

    @property
    def notices(self) -> tuple[Notice, ...]:
        return self._services.notices

    async def ask(self, what: str, args: dict[str, Any]) -> Answer:
        """A question beside the stream: record · tickets · behind · board."""
        return await self._services.ask(what, args)

    def ask_then(self, what: str, args: dict[str, Any], done: Callable[[Answer], None]) -> None:
        """The same for windows: `done`, a bound method, is called later."""
        self._services.ask_then(what, args, done)

    def set_preparing(self, preparing: bool, *, picture: bool = False) -> None:
        """Windows are being made from much that came (`picture`: a whole one); while they are, tickets are not told as live."""
        self.freshness.set_preparing(preparing, picture=picture)
        self._on_freshness(TICKETS)

    def view_ticket(self, ticket_id: TicketId | None) -> None:
        """Tell the others which ticket this seat has open."""
        self.viewed_ticket = ticket_id
        self._services.view_ticket(ticket_id)

    async def page(self, query: PageQuery, offset: int, limit: int) -> list[Ticket]:
        """Tickets of the whole cache, also those older than the working set."""
        return await self._services.page(query, offset, limit)

    async def document_page(self, kind: str, offset: int, limit: int) -> list[DocumentState]:
        """Documents of a kind from the whole cache, the newest change first."""
        return await self._services.document_page(kind, offset, limit)

    async def put_blob(self, data: bytes) -> BlobRef | Refusal:
        """Take over a photo or a paper (jpeg, png, pdf). Safe on disk when this returns; a command may name it at once."""
        return await self._services.put_blob(data)

    async def get_blob(self, ref: BlobRef) -> bytes | Refusal:
        """The bytes of a file that a document refers to. Refusal: offline · timeout · unknown_blob · bad_file …"""
        return await self._services.get_blob(ref)

    def put_blob_then(self, data: bytes, done: Callable[[BlobRef | Refusal], None]) -> None:
        """The same for windows: `done`, a bound method, is called later. So the next two."""
        self._services.then(lambda: self._services.put_blob(data), done, "put blob")

    def get_blob_then(self, ref: BlobRef, done: Callable[[bytes | Refusal], None]) -> None:
        self._services.then(lambda: self._services.get_blob(ref), done, "get blob")

    def find_then(
        self, words: Sequence[FindWord], limit: int, done: Callable[[tuple[Found, list[Ticket]]], None]
    ) -> None:
        """Tickets of the whole cache that every word fits, the newest first."""
        self._services.then(lambda: self._services.find(words, limit), done, "find")

    def cached_then(self, ids: Sequence[TicketId], done: Callable[[dict[TicketId, Ticket]], None]) -> None:
        """Those tickets that this machine has, also those older than the working set."""
        self._services.then(lambda: self._services.cached(ids), done, "cached tickets")

    def page_then(self, query: PageQuery, offset: int, limit: int, done: Callable[[list[Ticket]], None]) -> None:
        """Tickets of the whole cache, also those older than the working set."""
        self._services.then(lambda: self._services.page(query, offset, limit), done, "page")

    def work_then(self, work: Callable[[], Coroutine[Any, Any, T]], done: Callable[[T], None]) -> None:
        """Work of a window that takes a while (a file to be written); `done`, a bound method, is called later."""
        self._services.then(work, done, "work of a window")

    def keep_draft_then(self, name: str, data: bytes, done: Callable[[bool], None]) -> None:
        """Keep what is being typed; True once it is safe against a crash. Empty data forgets it."""
        self._services.then(lambda: self._services.keep_draft(name, data), done, "keep draft")

    def draft_then(self, name: str, done: Callable[[bytes], None]) -> None:
        """What was kept under this name; b"" where there is nothing."""
        self._services.then(lambda: self._services.draft(name), done, "draft")

    def read_table_then(self, path: Path, done: Callable[[tuple[Sheet, ...] | TableFileError], None]) -> None:
        """The sheets of an .xlsx or .csv, read beside the windows."""
        self._services.then(lambda: read_sheets_aside(path), done, "read table")

    def document_page_then(
        self, kind: str, offset: int, limit: int, done: Callable[[list[DocumentState]], None]
    ) -> None:
        self._services.then(lambda: self._services.document_page(kind, offset, limit), done, "document page")

    async def count(self, query: PageQuery) -> int:
        return await self._services.count(query)

    # -- from the services ----------------------------------------------------------------------

    def _on_changes(self, changes: ChangeSet) -> None:
        self._changes.add(changes)
        self._schedule()

    def _on_topic(self, name: str) -> None:
        self._topics[name] = None
        self._schedule()

    def _on_freshness(self, source: str) -> None:
        self._sources[source] = None
        self._schedule()

    def _on_pending(self) -> None:
        self._pending = True
        self._schedule()

    def _on_outcome(self, outcome: Outcome) -> None:
        self._outcomes.append(outcome)
        self._schedule()

    def _on_notice(self, notice: Notice) -> None:
        self._notices.append(notice)
        self._schedule()

    def _on_tick(self) -> None:
        """All windows in one piece, so that they show the same second."""
        self.turns.ask(self._tell_second)

    # -- out to Qt ------------------------------------------------------------------------------

    def _tell_second(self) -> None:
        self.clock_ticked.emit()

    def _schedule(self) -> None:
        """At once when idle, but in a turn of its own, so that what one turn of the loop brings goes out together."""
        if not self._timer.isActive():
            self.turns.ask(self._on_turn)

    def _on_turn(self) -> None:
        if self._flush():
            self._timer.start()

    def _flush(self) -> bool:
        """Send what was gathered; rows before the overlay, so that no pending row falls back to its old look."""
        changes = self._changes.take()
        pending, self._pending = self._pending, False
        outcomes, self._outcomes = self._outcomes, []
        topics, self._topics = self._topics, {}
        sources, self._sources = self._sources, {}
        notices, self._notices = self._notices, []
        if changes is not None:
            self.tickets_changed.emit(changes)
            for kind in dict.fromkeys(kind for kind, _, _ in changes.documents):
                self.documents_changed.emit(kind)
        if pending:
            self.pending_changed.emit(self.commander.pending)
        for outcome in outcomes:
            self.outcome_arrived.emit(outcome)
        for name in topics:
            self.topic_changed.emit(name)
        for source in sources:
            self.freshness_changed.emit(source)
        for notice in notices:
            self.notice_arrived.emit(notice)
        return changes is not None or pending or bool(outcomes or topics or sources or notices)

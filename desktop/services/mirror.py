"""The working set in memory: open tickets and those changed in the last 24 hours of business time, by id.

Folds events with `domain.projection`, the server's own reducer, and answers each batch with what changed. What does not fit
(an event type this version does not know, a version that is not the next one) makes the ticket *dirty*: it keeps its last
good value and is asked for anew. No I/O in here; rows for the cache are returned, questions are the caller's.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from desktop.services.cache_file import Loaded
from desktop.services.document_mirror import DocRows, DocumentMirror
from desktop.services.values import ChangeSet, DocKey
from domain import projection
from domain.documents import TICKET, DocumentState
from domain.events import Commented, Reported, TicketEvent
from domain.ids import TicketId
from domain.ticket import Ticket
from protocol.documents import KindBook
from protocol.messages import Cursor, Delta, Event

KEPT = timedelta(hours=24)
log = logging.getLogger(__name__)
_event_decoder: msgspec.json.Decoder[TicketEvent] = msgspec.json.Decoder(TicketEvent)
_ticket_decoder = msgspec.json.Decoder(Ticket)


class Applied(Struct, frozen=True):
    """`changes` for the models; `rows` for the cache: the new ticket, or None for one that left."""

    changes: ChangeSet
    rows: dict[TicketId, Ticket | None]
    documents: DocRows = {}


class Mirror:
    """`tickets` and `documents` are read by everybody and written here only. `dirty`: id → the version it should have at least."""

    def __init__(self, kinds: KindBook | None = None) -> None:
        self.tickets: dict[TicketId, Ticket] = {}
        self.docs = DocumentMirror(kinds or KindBook())
        self.cursor: Cursor | None = None
        self.shown: Cursor | None = None
        """Where the rows stand that windows show, also when the cursor is gone because the cache was lost."""
        self.as_of: datetime | None = None
        self.dirty: dict[TicketId, int] = {}

    @property
    def seq(self) -> int:
        return self.cursor.seq if self.cursor else 0

    @property
    def documents(self) -> dict[str, dict[str, DocumentState]]:
        """kind → id → state: open documents and those changed in the last 24 hours of business time."""
        return self.docs.documents

    def reset(self, loaded: Loaded) -> ChangeSet:
        """Take over a whole working set, from the cache at start or from a snapshot. Old rows are shown until then."""
        before = self.tickets.keys()
        # In place: models hold this very dict.
        gone = tuple(before - {ticket.id for ticket in loaded.tickets})
        self.tickets.clear()
        self.tickets.update((ticket.id, ticket) for ticket in loaded.tickets)
        self.cursor = self.shown = loaded.cursor
        self.dirty = dict.fromkeys(loaded.dirty, 0)
        self.as_of = loaded.newest
        documents = told(self.docs.reset(loaded.documents, loaded.dirty_documents))
        return ChangeSet(
            upserted=tuple(loaded.tickets),
            removed=gone,
            seq=self.seq,
            as_of=self.as_of,
            reset=True,
            documents=documents,
        )

    def missing(self, delta: Delta) -> set[TicketId]:
        """Tickets that the delta changes and that are not in the working set: the caller looks them up in the cache.

        Before its first event there is no ticket to look for.
        """
        return {
            TicketId(event.id)
            for event in delta.events
            if event.kind == "event" and event.v > 1 and event.entity == TICKET and event.id not in self.tickets
        }

    def apply(
        self,
        delta: Delta,
        cursor: Cursor,
        older: Mapping[TicketId, Ticket],
        as_of: datetime,
        older_documents: Mapping[DocKey, DocumentState] | None = None,
    ) -> Applied:
        """Fold one delta, which must begin where the mirror stands. Raises ValueError where it does not (I5)."""
        if self.cursor is None or delta.from_seq != self.cursor.seq:
            raise ValueError(f"delta from {delta.from_seq}, mirror at {self.cursor}")
        rows: dict[TicketId, Ticket | None] = {}
        documents: DocRows = {}
        left: set[TicketId] = set()
        for event in delta.events:
            if event.entity != TICKET:
                self.docs.apply(event, documents, older_documents or {})
                continue
            ticket_id = TicketId(event.id)
            if event.kind == "leave":
                rows[ticket_id] = None
                left.add(ticket_id)
                self.dirty.pop(ticket_id, None)
                continue
            known = rows[ticket_id] if ticket_id in rows else self.tickets.get(ticket_id) or older.get(ticket_id)
            ticket = self._entered(event, known) if event.kind == "enter" else self._folded(event, known)
            if ticket is not None:
                rows[ticket_id] = ticket
                left.discard(ticket_id)
        self.cursor = self.shown = cursor
        self.as_of = as_of
        return self._take(rows, left, self.docs.take(documents))

    def put(self, asked: Iterable[TicketId], tickets: Iterable[Ticket]) -> Applied:
        """The server's answer for dirty tickets. One it does not give is not ours to see; one too old stays dirty."""
        given = {ticket.id: ticket for ticket in tickets}
        rows: dict[TicketId, Ticket | None] = {}
        for ticket_id in asked:
            if ticket_id not in self.dirty:
                continue  # an enter or a leave settled it meanwhile
            ticket = given.get(ticket_id)
            if ticket is not None and ticket.version < self.dirty[ticket_id]:
                continue
            rows[ticket_id] = ticket
            del self.dirty[ticket_id]
        return self._take(rows, set())

    def evict(self, now: datetime) -> ChangeSet:
        """Let go of what was finished more than 24 h of business time ago; the cache keeps it."""
        limit = now - KEPT
        gone = tuple(t.id for t in self.tickets.values() if t.changed_at < limit and not t.is_open)
        for ticket_id in gone:
            del self.tickets[ticket_id]
        documents = told(self.docs.evict(limit))
        return ChangeSet(removed=gone, seq=self.seq, as_of=self.as_of, documents=documents)

    def put_documents(self, kind: str, asked: Iterable[str], states: Iterable[DocumentState]) -> Applied:
        """The server's answer for dirty documents of a kind."""
        return self._take({}, set(), self.docs.put(kind, asked, states))

    def _folded(self, event: Event, known: Ticket | None) -> Ticket | None:
        """The ticket after the event; None where nothing is to be changed (seen already, or dirty now)."""
        ticket_id = TicketId(event.id)
        try:
            body = _event_decoder.decode(event.body)
        except msgspec.DecodeError as error:
            self._mark(ticket_id, event.v, f"event not known: {error}")
            return None
        have = known.version if known else 0
        # A ticket fetched meanwhile may be ahead of the stream: its events are in it already.
        if event.v < have or (event.v == have and not isinstance(body, Commented)):
            return None
        fits = event.v in (have, have + 1) and (known is not None or isinstance(body, Reported))
        if not fits or ticket_id in self.dirty:
            self._mark(ticket_id, event.v, f"version {event.v} over {have}")
            return None
        try:
            ticket = projection.apply(known, ticket_id, event.v, body, event.at)
        except projection.ProjectionError as error:
            self._mark(ticket_id, event.v, str(error))
            return None
        if ticket.version != event.v:
            self._mark(ticket_id, event.v, f"folded to {ticket.version}, want {event.v}")
            return None
        return ticket

    def _entered(self, event: Event, known: Ticket | None) -> Ticket | None:
        ticket_id = TicketId(event.id)
        try:
            ticket = _ticket_decoder.decode(event.body)
        except msgspec.DecodeError as error:
            self._mark(ticket_id, event.v, f"ticket not readable: {error}")
            return None
        if ticket.id != ticket_id or ticket.version != event.v:
            self._mark(ticket_id, event.v, "another ticket entered than announced")
            return None
        self.dirty.pop(ticket_id, None)
        return None if known is not None and known.version > ticket.version else ticket

    def _mark(self, ticket_id: TicketId, version: int, why: str) -> None:
        log.warning("ticket %s is asked for anew: %s", ticket_id, why)
        self.dirty[ticket_id] = max(version, self.dirty.get(ticket_id, 0))

    def _take(
        self, rows: dict[TicketId, Ticket | None], left: set[TicketId], documents: DocRows | None = None
    ) -> Applied:
        upserted: list[Ticket] = []
        removed: list[TicketId] = []
        for ticket_id, ticket in rows.items():
            if ticket is not None:
                self.tickets[ticket_id] = ticket
                upserted.append(ticket)
            elif self.tickets.pop(ticket_id, None) is not None:
                removed.append(ticket_id)
        moved_out = tuple(ticket_id for ticket_id in removed if ticket_id in left)
        changes = ChangeSet(
            upserted=tuple(upserted),
            removed=tuple(removed),
            seq=self.seq,
            as_of=self.as_of,
            moved_out=moved_out,
            documents=told(documents) if documents else (),
        )
        return Applied(changes, rows, documents or {})


def told(rows: DocRows) -> tuple[tuple[str, str, DocumentState | None], ...]:
    """Rows as a ChangeSet tells them."""
    return tuple((kind, doc_id, state) for (kind, doc_id), state in rows.items())

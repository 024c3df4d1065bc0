"""What the writer knows while it decides: the overlay of the running group, then its memory, then the database.

`Known` lives between groups and is valid while the head is where this writer left it. `WorkingSet` lives for one group and
becomes part of `Known` only after the commit. Nothing is decided here.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection

from backend.store import documents, reads
from backend.store.documents import BlobMeta, Key, Reference
from backend.store.reads import Outbox, Stored
from backend.store.records import Head, LogRecord
from backend.store.writes import Batch
from domain.documents import TICKET, DocumentState
from domain.ids import TicketId, UserId
from domain.ticket import Ticket
from protocol.documents import KindBook

TICKETS_KEPT = 20_000
DAYS_KEPT = 1_000
OUTBOXES_KEPT = 5_000
PARENT = "parent"
MERGED = "merged"


class Known:
    """Bounded memory of the writer. `head` is the only thing that must be there; the rest is looked up when missing."""

    def __init__(self, head: Head, epoch: str, *, has_family: bool) -> None:
        self.head = head
        self.epoch = epoch
        self.has_family = has_family
        self.tickets: dict[TicketId, Ticket] = {}
        self.documents: dict[Key, DocumentState] = {}
        self.finders: dict[TicketId, UserId] = {}
        self.outboxes: dict[str, Outbox] = {}
        self.numbers: dict[str, int] = {}

    def working_set(self, connection: Connection, batch: Batch, zone: ZoneInfo, book: KindBook) -> "WorkingSet":
        return WorkingSet(connection, self, batch, zone, book)

    def remember(self, work: "WorkingSet", batch: Batch, head: Head) -> None:
        """The group is committed: what its overlay holds is true now."""
        self.head = head
        for ticket_id, ticket in work.tickets.items():
            self.tickets.pop(ticket_id, None)
            self.tickets[ticket_id] = ticket
        self.documents.update(work.documents)
        self.finders.update(work.finders)
        self.outboxes.update(work.outboxes)
        self.numbers.update(batch.numbers)
        self.has_family = self.has_family or bool(batch.kin)
        self._forget_oldest()

    def _forget_oldest(self) -> None:
        surplus = len(self.tickets) - TICKETS_KEPT
        if surplus > 0:
            for ticket_id in list(self.tickets)[: surplus + TICKETS_KEPT // 10]:
                del self.tickets[ticket_id]
        if len(self.documents) > TICKETS_KEPT:
            self.documents.clear()
        if len(self.finders) > TICKETS_KEPT:
            self.finders.clear()
        if len(self.numbers) > DAYS_KEPT:
            self.numbers.clear()
        if len(self.outboxes) > OUTBOXES_KEPT:
            self.outboxes.clear()


class WorkingSet:
    """Look-ups of one group. `batch` is what the group has changed so far."""

    def __init__(self, connection: Connection, known: Known, batch: Batch, zone: ZoneInfo, book: KindBook) -> None:
        self.tickets: dict[TicketId, Ticket] = {}
        self.documents: dict[Key, DocumentState] = {}
        self.finders: dict[TicketId, UserId] = {}
        self.outboxes: dict[str, Outbox] = {}
        self.stored: dict[tuple[str, int], Stored] = {}
        """Outcomes under ids that this group asks for: those found in the log, and those given by the group itself."""
        self.externals: dict[str, TicketId] = {}
        self._connection = connection
        self._known = known
        self._batch = batch
        self._zone = zone
        self._book = book

    def prefetch(
        self, ids: Iterable[TicketId], keys: Sequence[str], commands: Sequence[tuple[str, int]], *, acts: bool = False
    ) -> None:
        """One query for all tickets of the group, one for all external references, one per outbox that sends again.

        `acts`: there are commands on documents among them.
        """
        missing = {ticket_id for ticket_id in ids if ticket_id not in self._known.tickets}
        if keys:
            self.externals = reads.externals(self._connection, keys)
            missing.update(found for found in self.externals.values() if found not in self._known.tickets)
        if missing:
            self.tickets.update(reads.tickets(self._connection, missing))
        again: dict[str, set[int]] = {}
        for outbox_id, n in commands:
            if n <= self.outbox(outbox_id).last_n:
                again.setdefault(outbox_id, set()).add(n)
        for outbox_id, numbers in again.items():
            for n, stored in reads.stored(self._connection, outbox_id, numbers).items():
                self.stored[(outbox_id, n)] = stored

    def ticket(self, ticket_id: TicketId) -> Ticket | None:
        found = self.tickets.get(ticket_id) or self._known.tickets.get(ticket_id)
        if found is None:
            self.tickets.update(reads.tickets(self._connection, [ticket_id]))
            found = self.tickets.get(ticket_id)
        return found

    def outbox(self, outbox_id: str) -> Outbox:
        box = self.outboxes.get(outbox_id)
        if box is None:
            known = self._known.outboxes.get(outbox_id)
            box = msgspec.structs.replace(known) if known else reads.outbox(self._connection, outbox_id)
            self.outboxes[outbox_id] = box
        return box

    def finder(self, ticket_id: TicketId) -> UserId | None:
        """The user who reported the ticket."""
        found = self.finders.get(ticket_id) or self._known.finders.get(ticket_id)
        if found is None:
            found = reads.finder(self._connection, ticket_id)
            if found is not None:
                self.finders[ticket_id] = found
        return found

    def open_children(self, ticket_id: TicketId) -> int:
        found = (self.ticket(child) for child in self._younger(PARENT, ticket_id))
        return sum(1 for child in found if child is not None and child.is_open)

    def followers(self, ticket_id: TicketId) -> int:
        return len(self._younger(MERGED, ticket_id))

    def set_elder(self, kind: str, ticket_id: TicketId, old: TicketId | None, new: TicketId | None) -> None:
        first_old, _ = self._batch.kin.get((kind, ticket_id), (old, None))
        self._batch.kin[(kind, ticket_id)] = (first_old, new)

    def new_id(self, at: datetime) -> TicketId:
        """yymmdd-nnnn of the site's day on which the matter was reported."""
        local = at.astimezone(self._zone)
        day = f"{local.year % 100:02d}{local.month:02d}{local.day:02d}"
        last = self.last_number(day)
        self._batch.numbers[day] = last + 1
        return TicketId(f"{day}-{last + 1:04d}")

    def last_number(self, key: str) -> int:
        """The last number given under this key: a day, or kind:day for documents."""
        last = self._batch.numbers.get(key) or self._known.numbers.get(key)
        return reads.last_number(self._connection, key) if last is None else last

    def history(self, entity_id: str, entity: str = TICKET) -> list[LogRecord]:
        """The whole record of a ticket or document, this group included."""
        stored = reads.events_of(self._connection, entity_id, entity)
        own = (record for record in self._batch.records if record.entity_id == entity_id)
        return stored + [record for record in own if record.entity == entity]

    # -- documents -----------------------------------------------------------------------------------

    def document(self, kind: str, doc_id: str) -> DocumentState | None:
        key = (kind, doc_id)
        found = self.documents.get(key) or self._known.documents.get(key)
        if found is None:
            self.documents.update(documents.documents(self._connection, self._book, [key]))
            found = self.documents.get(key)
        return found

    def open_documents(self, kind: str) -> list[DocumentState]:
        found = {state.id: state for state in documents.open_of(self._connection, self._book, kind)}
        for (own_kind, doc_id), state in self._batch.documents.items():
            if own_kind == kind:
                found[doc_id] = state
        return [state for state in found.values() if state.is_open]

    def blob(self, sha256: str) -> BlobMeta | None:
        return documents.blob_meta(self._connection, sha256)

    def owns_blob(self, sha256: str, user: str) -> bool:
        return documents.owns_blob(self._connection, sha256, user)

    def references(self, sha256: str) -> list[Reference]:
        """Documents that refer to a file; of those changed in this very group the change is not seen yet."""
        return documents.references(self._connection, sha256)

    def _younger(self, kind: str, elder: TicketId) -> set[TicketId]:
        found = reads.younger(self._connection, kind, elder) if self._known.has_family else set()
        for (kin, ticket_id), (_, now) in self._batch.kin.items():
            if kin == kind:
                (found.add if now == elder else found.discard)(TicketId(ticket_id))
        return found

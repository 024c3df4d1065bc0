"""Look-ups of a writer that is not alone: nothing remembered is trusted, and what a group decides upon is locked first."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from backend.store import pg_reads
from backend.store.reads import Outbox
from backend.store.records import Head
from backend.store.writes import Batch
from backend.working_set import Known, WorkingSet
from domain.ids import TicketId
from protocol.documents import KindBook


class SharedKnown(Known):
    """Remembers where the log ended and who reported which ticket: the first is only a guess, the second never changes."""

    def __init__(self, head: Head, epoch: str) -> None:
        super().__init__(head, epoch, has_family=True)

    def working_set(self, connection: Connection, batch: Batch, zone: ZoneInfo, book: KindBook) -> WorkingSet:
        return SharedWorkingSet(connection, self, batch, zone, book)

    def remember(self, work: WorkingSet, batch: Batch, head: Head) -> None:
        self.head = head
        self.finders.update(work.finders)
        self._forget_oldest()


class SharedWorkingSet(WorkingSet):
    _new_tickets = 0
    """At most so many tickets will this group make."""

    def prefetch(
        self, ids: Iterable[TicketId], keys: Sequence[str], commands: Sequence[tuple[str, int]], *, acts: bool = False
    ) -> None:
        """Locks what the group is about, in the one order that all nodes keep, then reads what was answered before."""
        if acts:
            pg_reads.lock_documents(self._connection)
        wanted = set(ids)
        if wanted or keys:
            self.tickets, self.externals = pg_reads.lock_tickets(self._connection, wanted, keys)
        self._new_tickets = len(keys) - len(self.externals)
        # Behind the locks: another node may have carried out the very same command while we waited.
        self.outboxes, self.stored = pg_reads.sent_before(self._connection, commands)

    def outbox(self, outbox_id: str) -> Outbox:
        return self.outboxes[outbox_id]

    def last_number(self, key: str) -> int:
        """Takes as many numbers at once as the group can need; what was too many is given back with the group's rows."""
        given = self._batch.numbers.get(key)
        if given is not None:
            return given
        if key not in self._batch.taken:
            count = 1 if ":" in key else self._new_tickets
            last = pg_reads.take_numbers(self._connection, key, count)
            self._batch.taken[key] = (last, last + count)
        return self._batch.taken[key][0]

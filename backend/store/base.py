"""What a log offers to the rest of the backend, whichever database it lies in, and what both kinds do alike.

Lives here: the interface, the high-water mark, questions made of `run_read`. Does not: SQL, connections, threads.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar, TypeVar

from sqlalchemy import Connection

from backend.store import highwater, reads
from backend.store.errors import FatalError, RefusedError
from backend.store.highwater import Mark
from backend.store.records import Head, LogRecord
from backend.store.snapshot import SnapshotInfo
from backend.store.writes import Writer
from domain.actor import Scope
from domain.ids import TicketId
from domain.ticket import Ticket
from protocol.cursors import short_hash

T = TypeVar("T")
RETENTION = timedelta(days=400)
"""A workstation is given what is open and what changed within this span of business time, where nothing else is set."""

_LOSS = (
    "数据库比已确认的水位旧：水位 {mark}，数据库 {head}。已确认的记录可能丢失。请恢复较新的备份，或用 --accept-loss 接受损失并开始新的纪元 "
    "(the database is older than what was acknowledged: restore a newer backup, or start with --accept-loss)"
)


class LogStore(ABC):
    """An open log. Sync properties are what the loop thread last knew; everything that reads or writes is awaited."""

    shared: ClassVar[bool]
    """Other processes may write to this log too: nothing remembered from an earlier transaction is certain."""
    writer: Writer

    def __init__(self, folder: Path, business_now: Callable[[], datetime] | None) -> None:
        self.folder = folder
        """Holds the high-water file."""
        self.failed: FatalError | None = None
        self.epoch = ""
        self.low_watermark = 0
        self._business_now = business_now
        self.retention = RETENTION
        self._head = Head(0, b"", datetime.fromtimestamp(0, UTC))
        self._marked = 0

    @property
    def head(self) -> Head:
        return self._head

    @abstractmethod
    def advance(self, head: Head) -> None:
        """What stands up to `head` is committed: from now on readers of the loop thread see it."""

    @abstractmethod
    async def run_write(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` off the loop in one transaction, committed and on disk when this returns.

        Raises RetryableError (rolled back, send again), HeadMovedError (rolled back, look again and decide anew) or
        FatalError (the store is failed from then on).
        """

    @abstractmethod
    async def run_read(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` off the loop on a reading connection, in one transaction that sees one moment."""

    @abstractmethod
    async def make_snapshot(self, scope: Scope, path: Path) -> SnapshotInfo:
        """A snapshot file of the scope at `path`, with its cursor inside. Holds what `retention` says."""

    @abstractmethod
    def scan(self, scope: Scope, *, only_open: bool = False) -> AbstractContextManager[tuple[int, Iterator[Ticket]]]:
        """(seq, tickets of the scope as of that seq), read a page at a time. Blocks: use it in a thread."""

    @abstractmethod
    def close(self) -> None:
        """Waits for running work. Blocks."""

    async def read_events(self, after_seq: int, limit: int) -> list[LogRecord]:
        """Events with seq > after_seq in order; `before` and `after` are as LogRecord says for records read back."""
        return await self.run_read(lambda connection: reads.events_after(connection, after_seq, limit))

    async def h_at(self, seq: int) -> str | None:
        """`h` of a cursor at `seq`; None when the log has no such event."""
        found = await self.run_read(lambda connection: reads.hash_at(connection, seq))
        return None if found is None else short_hash(found)

    async def ticket(self, ticket_id: TicketId) -> Ticket | None:
        return (await self.tickets([ticket_id])).get(ticket_id)

    async def tickets(self, ids: Iterable[TicketId]) -> dict[TicketId, Ticket]:
        wanted = list(ids)
        return await self.run_read(lambda connection: reads.tickets(connection, wanted))

    async def record(self, ticket_id: TicketId) -> list[LogRecord]:
        """The timeline of a ticket, oldest first, with unmasked private values."""
        return await self.run_read(lambda connection: reads.events_of(connection, ticket_id))

    def iter_tickets(self, scope: Scope) -> Iterator[Ticket]:
        """All tickets of the scope as of one moment. Blocks: use it in a thread."""
        with self.scan(scope) as (_, tickets):
            yield from tickets

    def sync_mark(self) -> None:
        """Writes the high-water file if the head moved. Blocks for an fsync; raises OSError when the disk does not take it."""
        head = self._head
        if head.seq != self._marked:
            highwater.write(self.folder, Mark(self.epoch, head.seq, head.hash.hex()))
            self._marked = head.seq

    def _load(self, connection: Connection) -> None:
        self.epoch, _, self.low_watermark = reads.meta(connection)
        self._head = reads.head(connection)

    def _compare_with_mark(self, accept_loss: bool, now: datetime) -> None:
        """Raises RefusedError when the log is older than what this folder says was acknowledged, unless that is accepted."""
        try:
            mark = highwater.read(self.folder)
            known = None if mark is None else self._hash_at(mark.seq)
            if mark is None or (known is not None and known.hex() == mark.hash):
                return
            text = _LOSS.format(mark=mark.seq, head=self._head.seq)
        except RefusedError as unreadable:
            text = str(unreadable)
        if not accept_loss:
            raise RefusedError(text)
        self._begin_epoch(text, now)
        self._marked = -1
        self.sync_mark()

    @abstractmethod
    def _hash_at(self, seq: int) -> bytes | None:
        """`reads.hash_at`, on this thread. Only at start."""

    @abstractmethod
    def _begin_epoch(self, reason: str, now: datetime) -> None:
        """A new epoch from the end of the log on, and `_load`. Only at start."""

    def _since(self) -> datetime | None:
        return self._business_now() - self.retention if self._business_now else None

"""Brings the whole log to the sinks of one node, in seq order, without a gap and without a duplicate, whoever wrote it.

What this node commits goes out at once when nothing is missing before it; what others commit is read from the log: when a
NOTIFY says that there may be something, and each POLL_S in any case, because a NOTIFY may be lost and a LISTEN may be dead
without a word. The message is empty and sent outside the writing transactions, where it would take a lock of the whole
database. `before` and `after` of other nodes' events are folded from the log itself (docs/decisions).
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from backend.store import pg_check, reads
from backend.store.errors import FatalError, RetryableError
from backend.store.pg_engine import READER, connect
from backend.store.pg_errors import PG_ERRORS
from backend.store.pg_reads import Past, events_before
from backend.store.pg_store import PgStore
from backend.store.records import Head, LogRecord, decode_event
from domain.documents import TICKET
from domain.ids import TicketId
from domain.projection import apply
from domain.ticket import Ticket

log = logging.getLogger(__name__)
Sink = Callable[[Sequence[LogRecord]], None]
Tickets = dict[str, Ticket]
Histories = dict[str, list[Past]]
CHANNEL = "liandong_log"
POLL_S = 1.0
PAGE = 1000
CHECK_S = 4.0
"""How long a dead LISTEN connection may go unnoticed; it costs latency, never an event."""
RELISTEN_S = (0.2, 2.0)
COMMAND_S = 3.0
HINT_S = 0.01
"""Least time between two hints: one stands for all commits in between."""
KEPT = 20_000


class Tail:
    """`take` is the only sink of the command service; `run` and `listen` are tasks whose owner looks at their end."""

    def __init__(self, store: PgStore, sinks: Sequence[Sink], *, page: int = PAGE) -> None:
        self.position = store.head.seq
        self.listening = asyncio.Event()
        """Set while other nodes' hints arrive."""
        self._store = store
        self._sinks = sinks
        self._page = page
        self._own: dict[int, LogRecord] = {}
        self._tickets: dict[str, Ticket] = {}
        self._wake = asyncio.Event()
        self._hint = asyncio.Event()
        self._own_pid = 0
        self._problem = ""

    def take(self, records: Sequence[LogRecord]) -> None:
        """What this node has just committed: out at once, or as soon as what stands before it was read."""
        self._hint.set()
        if records[0].seq == self.position + 1:
            self._publish(records)
        elif records[-1].seq > self.position:
            self._own.update((record.seq, record) for record in records if record.seq > self.position)
            self._wake.set()

    async def run(self) -> None:
        """Until cancelled. Raises FatalError when the log is not the one that was published."""
        while True:
            self._wake.clear()
            try:
                while await self._read_on():
                    pass
                self._tell("")
            except RetryableError as problem:
                self._tell(str(problem))
            try:
                async with asyncio.timeout(POLL_S):
                    await self._wake.wait()
            except TimeoutError:
                pass

    async def _read_on(self) -> bool:
        """Publishes the next page; True when there may be more."""
        start, size = self.position, self._page
        head, page = await self._store.run_read(lambda connection: _look(connection, start, size))
        if head.seq < start:
            raise FatalError(
                f"数据库的日志退回到了 {head.seq}（已发布 {start}），停止服务 "
                f"(the log went back to {head.seq}, {start} was published: stopping; is this another database?)"
            )
        wanted = {record.entity_id for record in page if record.scope_before and record.seq not in self._own}
        # Kept here as well: while we wait for the database they may be forgotten, but nobody else changes them.
        held = {ticket_id: self._tickets[ticket_id] for ticket_id in wanted & self._tickets.keys()}
        histories: Histories = {}
        if missing := wanted - held.keys():
            last = page[-1].seq
            histories = await self._store.run_read(lambda connection: events_before(connection, missing, last))
        # From here on nothing waits: what this node published meanwhile is left out, and its tickets are known by now.
        fresh = [self._own.get(record.seq) or record for record in page if record.seq > self.position]
        if fresh:
            self._refuse_holes(fresh)
            self._publish([self._folded(record, held, histories) for record in fresh])
            self._store.advance(Head(page[-1].seq, page[-1].hash, page[-1].server_time))
        return len(page) == size

    def _refuse_holes(self, records: Sequence[LogRecord]) -> None:
        for seq, record in enumerate(records, self.position + 1):
            if record.seq != seq:
                raise FatalError(f"日志缺少第 {seq} 条，停止服务 (the log has no event {seq}: stopping)")

    def _publish(self, records: Sequence[LogRecord]) -> None:
        for record in records:
            self._own.pop(record.seq, None)
            self._remember(record)
        while len(self._tickets) > KEPT:
            del self._tickets[next(iter(self._tickets))]
        self.position = records[-1].seq
        for sink in self._sinks:
            sink(records)

    # -- before and after ---------------------------------------------------------------------------

    def _folded(self, record: LogRecord, held: Tickets, histories: Histories) -> LogRecord:
        """The record with its ticket as it was before and is after, whatever was committed since."""
        if record.entity == TICKET and record.seq not in self._own:
            before = None if record.scope_before is None else self._before(record, held, histories)
            at = record.occurred_at
            after = apply(before, TicketId(record.entity_id), record.entity_version, decode_event(record.body), at)
            record = replace(record, before=before, after=after)
        self._remember(record)
        return record

    def _before(self, record: LogRecord, held: Tickets, histories: Histories) -> Ticket:
        ticket = self._tickets.get(record.entity_id) or held.get(record.entity_id)
        if ticket is None:
            for past in histories.get(record.entity_id, ()):
                if past.seq < record.seq:
                    event = decode_event(past.body)
                    ticket = apply(ticket, TicketId(record.entity_id), past.version, event, past.at)
        if ticket is None:
            raise FatalError(f"the log has no events of {record.entity_id} before {record.seq}")
        return ticket

    def _remember(self, record: LogRecord) -> None:
        """The ticket as of the last event that was published; the newest stands last."""
        if record.after is not None:
            self._tickets.pop(record.entity_id, None)
            self._tickets[record.entity_id] = record.after

    # -- hints between nodes ------------------------------------------------------------------------

    async def listen(self) -> None:
        """Hears and gives hints until cancelled; makes a new connection where the old one is lost."""
        wait_s = RELISTEN_S[0]
        while True:
            try:
                await self._listen_once()
                wait_s = RELISTEN_S[0]
            except PG_ERRORS as problem:
                log.warning("hints of other nodes are not heard, polling goes on: %s", type(problem).__name__)
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, RELISTEN_S[1])

    async def _listen_once(self) -> None:
        """Returns when the connection was lost."""
        lost = asyncio.Event()

        def gone(_: Any) -> None:
            lost.set()
            self._hint.set()

        async with asyncio.timeout(COMMAND_S * 3):
            connection = await connect(self._store.url, "listen", READER, COMMAND_S)
        try:
            connection.add_termination_listener(gone)
            # Tells who wants to begin a new epoch that a node is running. Gone with the connection.
            await connection.execute("SELECT pg_advisory_lock_shared($1)", pg_check.NODES_KEY)
            self._own_pid = connection.get_server_pid()
            await connection.add_listener(CHANNEL, self._on_hint)
            self.listening.set()
            self._wake.set()  # what was said while nobody listened
            while not lost.is_set():
                try:
                    async with asyncio.timeout(CHECK_S):
                        await self._hint.wait()
                except TimeoutError:
                    await connection.execute("SELECT 1")
                    continue
                self._hint.clear()
                if not lost.is_set():
                    await connection.execute(f"NOTIFY {CHANNEL}")
                    await asyncio.sleep(HINT_S)
        finally:
            self.listening.clear()
            self._wake.set()
            connection.terminate()

    def _on_hint(self, _connection: Any, pid: int, _channel: str, _payload: str) -> None:
        if pid != self._own_pid:
            self._wake.set()

    def _tell(self, problem: str) -> None:
        if problem and problem != self._problem:
            log.error("the log cannot be followed: %s", problem)
        elif self._problem and not problem:
            log.warning("the log is followed again")
        self._problem = problem


def _look(connection: Connection, after: int, size: int) -> tuple[Head, list[LogRecord]]:
    return reads.head(connection), reads.events_after(connection, after, size)

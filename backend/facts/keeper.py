"""Owns the table of facts: builds it (file and log, or every ticket), follows the log, and lets others read it.

All reading and writing of the table happens on one thread of its own, the lane; so nothing is locked and the loop never waits.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any, Protocol, TypeVar

from backend.facts import file
from backend.facts.log import changes_since
from backend.facts.table import FactTable
from backend.store import reads
from backend.store.records import LogRecord
from domain.actor import Scope
from domain.kpi_parts import KpiRules
from domain.ticket import Ticket

_log = logging.getLogger(__name__)
T = TypeVar("T")
FED_S = 30.0
"""A committed record is fed to the sinks within this."""


class TicketSource(Protocol):
    """The store, as far as it is needed here."""

    def scan(self, scope: Scope) -> AbstractContextManager[tuple[int, Iterator[Ticket]]]:
        """(seq, every ticket of the scope as of that seq), read in one transaction. Blocks: used in a thread."""


class LogSource(TicketSource, Protocol):
    """The store, where the table is kept in a file and history is asked for."""

    epoch: str

    async def run_read(self, work: Callable[..., T]) -> T: ...


class OutOfStepError(Exception):
    """A record does not follow the one before it: the table is built anew."""


class StoppedError(Exception):
    """The backend ends while the table is built."""


class FactKeeper:
    """`ready` before `read`. `feed` may be called from the start; until somebody needs the table nothing is kept."""

    def __init__(
        self,
        source: TicketSource,
        rules: KpiRules,
        now: Callable[[], datetime],
        *,
        log: LogSource | None = None,
        path: Path | None = None,
    ) -> None:
        self._source = source
        self._rules = rules
        self._now = now
        self._log_source = log
        self._path = path if log is not None else None
        self._lane = ThreadPoolExecutor(1, thread_name_prefix="facts")
        self._waiting: deque[LogRecord] = deque()
        self._building: asyncio.Task[None] | None = None
        self._table: FactTable | None = None
        self._following: asyncio.Future[None] | None = None
        self._seq = 0
        self._hash = ""
        self._saved_seq = -1
        self._stopping = False

    @property
    def rules(self) -> KpiRules:
        return self._rules

    @property
    def built(self) -> bool:
        return self._table is not None

    def feed(self, records: Sequence[LogRecord]) -> None:
        """Committed records, in seq order, on the loop thread."""
        if self._building is not None:
            self._waiting.extend(records)

    async def ready(self) -> None:
        """Builds the table if need be. Raises what made the building fail; the next call tries again."""
        if self._table is not None:
            return
        if self._building is None or self._building.done():
            self._waiting.clear()
            self._building = asyncio.create_task(self._build(), name="facts-build")
        await asyncio.shield(self._building)

    async def read(self, work: Callable[[FactTable, int], T]) -> T:
        """`work(table, seq)` in the lane, with everything fed so far and time passed. It must not keep the table."""
        await self.ready()
        try:
            return await self._in_lane(partial(self._read, work))
        except OutOfStepError:
            _log.exception("the table of facts is out of step with the log and is built anew")
            self._table = None
            await self.ready()
            return await self._in_lane(partial(self._read, work))

    def after(self, seq: int) -> list[LogRecord]:
        """In the lane, whose table stands still: what was fed since, up to `seq`. Waits for what is committed and not fed yet."""
        end = time.monotonic() + FED_S
        while seq > self._seq and (not self._waiting or self._waiting[-1].seq < seq):
            if time.monotonic() > end:
                raise OutOfStepError(f"record {seq} is in the log and was never fed")
            time.sleep(FED_S / 1000)
        return [record for record in list(self._waiting) if self._seq < record.seq <= seq]

    def tick(self) -> None:
        """Follows the log also while nobody asks; called once a second on the loop thread."""
        table = self._table
        if table is None or not self._waiting or (self._following is not None and not self._following.done()):
            return
        self._following = asyncio.get_running_loop().run_in_executor(self._lane, self._drain, table)
        self._following.add_done_callback(self._followed)

    def _followed(self, work: "asyncio.Future[None]") -> None:
        if not work.cancelled() and (problem := work.exception()) is not None:
            _log.error("the table of facts is given up and built anew when it is asked for", exc_info=problem)
            self._table = None

    async def save(self) -> None:
        """Writes the file where one is kept. Only a cache: what goes wrong is said in the log."""
        if self._path is None or self._table is None or self._log_source is None:
            return
        try:
            await self._in_lane(partial(self._drain, self._table))
            if not self._hash:  # read from tickets, and nothing has happened since
                known = await self._log_source.run_read(partial(_hash_at, seq=self._seq))
                self._hash = known.hex() if known is not None else ""
            await self._in_lane(self._save)
        except OutOfStepError as problem:
            _log.error("the table of facts is not stored: %s", problem)
        except OSError as problem:
            _log.error("%s could not be written: %s", self._path, problem)

    async def stop(self) -> None:
        self._stopping = True
        if self._building is not None and not self._building.done():
            self._building.cancel()
            await asyncio.gather(self._building, return_exceptions=True)
        await self.save()
        await asyncio.to_thread(self._lane.shutdown)

    # -- building ---------------------------------------------------------------------------------

    async def _build(self) -> None:
        """What waits from here on is all that the reading, which begins later, may miss."""
        table = await self._from_file() or await self._in_lane(self._from_tickets)
        self._table = table

    async def _from_file(self) -> FactTable | None:
        if self._path is None or self._log_source is None:
            return None
        stored = await self._in_lane(partial(file.load, self._path))
        if stored is None:
            return None
        changes = await self._log_source.run_read(
            partial(_changes, epoch=stored.epoch, seq=stored.seq, hash_hex=stored.hash)
        )
        if changes is None:
            return None
        return await self._in_lane(partial(self._restore, stored, changes))

    def _restore(self, stored: file.Stored, changes: Any) -> FactTable | None:
        table = FactTable(self._rules)
        try:
            table.restore(stored.plain, stored.arrays)
        except (ValueError, KeyError) as problem:
            _log.warning("the stored table of facts is made anew: %s", problem)
            return None
        table.load((), self._now())
        for ticket in changes.tickets:
            table.put(ticket, changes.seq)
        self._seq, self._hash, self._saved_seq = changes.seq, changes.hash, stored.seq
        return table

    def _from_tickets(self) -> FactTable:
        table = FactTable(self._rules)
        with self._source.scan(Scope()) as (seq, tickets):
            table.load(takewhile(lambda _: not self._stopping, tickets), self._now())
        if self._stopping:
            raise StoppedError
        self._seq, self._hash = seq, ""
        return table

    # -- in the lane ------------------------------------------------------------------------------

    def _read(self, work: Callable[[FactTable, int], T]) -> T:
        table = self._table
        if table is None:
            raise OutOfStepError("the table is being built anew")
        table.advance(self._now())
        self._drain(table)
        return work(table, self._seq)

    def _drain(self, table: FactTable) -> None:
        while self._waiting:
            record = self._waiting.popleft()
            if record.seq <= self._seq:
                continue
            if record.seq != self._seq + 1:
                raise OutOfStepError(f"record {record.seq} does not follow {self._seq}")
            self._seq, self._hash = record.seq, record.hash.hex()
            if record.after is not None:
                table.put(record.after, record.seq)

    def _save(self) -> None:
        assert self._table is not None
        assert self._path is not None
        assert self._log_source is not None
        if self._hash and self._seq != self._saved_seq:
            file.save(self._path, self._table, self._log_source.epoch, self._seq, self._hash)
            self._saved_seq = self._seq

    async def _in_lane(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._lane, work)


def _hash_at(connection: Any, *, seq: int) -> bytes | None:
    return reads.hash_at(connection, seq)


def _changes(connection: Any, *, epoch: str, seq: int, hash_hex: str) -> Any:
    return changes_since(connection, epoch, seq, hash_hex)

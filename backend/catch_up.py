"""Pages of the log for clients that were away. Five hundred that come back at once read each page once between them."""

import asyncio
from collections.abc import Callable

from msgspec import Struct

from backend.frames import EventEncoder, Position, delta_frames, scope_test
from backend.store.records import LogRecord
from backend.stream_store import StreamStore
from domain.actor import Scope
from protocol.cursors import short_hash

PAGE = 1000
"""Events read at a time."""
FRAME_BYTES = 64 * 1024
"""Small, because each frame has its own send timeout, and a heartbeat may have to wait behind it on a thin line."""
KEPT_PAGES = 64
KEPT_S = 2.0
"""The log does not change, so a kept page is never wrong, only short: newer events are on the next one."""


class Page(Struct, frozen=True):
    """Everything of a scope in (from, to_seq] as finished frames; none when the log ends where it starts. `more`: it was full."""

    frames: tuple[bytes, ...]
    to_seq: int
    more: bool = False


class CatchUp:
    def __init__(self, store: StreamStore, clock: Callable[[], float], page: int = PAGE) -> None:
        self._store = store
        self._clock = clock
        self._page = page
        self._pages: dict[tuple[str, int], tuple[float, asyncio.Task[Page]]] = {}

    async def page(self, scope: Scope, scope_hash: str, after_seq: int) -> Page:
        """The next page behind `after_seq`, read once for all who ask for it. What follows is read while this one is sent."""
        task = self._reading(scope, scope_hash, after_seq)
        try:
            # One client that leaves while it waits must not take the page away from the others.
            page = await asyncio.shield(task)
        finally:
            if task.done() and (task.cancelled() or task.exception() or task.result().to_seq == after_seq):
                self._pages.pop((scope_hash, after_seq), None)
        if page.more:
            self._reading(scope, scope_hash, page.to_seq)
        return page

    def _reading(self, scope: Scope, scope_hash: str, after_seq: int) -> asyncio.Task[Page]:
        now = self._clock()
        kept = self._pages.get((scope_hash, after_seq))
        if kept is None or now - kept[0] > KEPT_S:
            self._forget(now)
            task = asyncio.create_task(self._read(scope, after_seq))
            kept = self._pages[(scope_hash, after_seq)] = (now, task)
        return kept[1]

    async def _read(self, scope: Scope, after_seq: int) -> Page:
        records = await self._store.read_events(after_seq, self._page)
        while records and not any(record.tx_end for record in records):
            more = await self._store.read_events(records[-1].seq, self._page)
            if not more:
                break
            records += more
        records = _whole(records)
        if not records:
            return Page((), after_seq)
        if records[0].seq != after_seq + 1:
            raise RuntimeError(f"the log has a hole: asked behind {after_seq}, got {records[0].seq}")
        # A page of a busy log takes some milliseconds of pure computing: not on the loop, where all clients wait for it.
        frames = await asyncio.to_thread(_frames, records, scope, after_seq)
        return Page(frames, records[-1].seq, more=len(records) >= self._page)

    def _forget(self, now: float) -> None:
        self._pages = {key: kept for key, kept in self._pages.items() if now - kept[0] <= KEPT_S}
        while len(self._pages) >= KEPT_PAGES:
            del self._pages[next(iter(self._pages))]


def _frames(records: list[LogRecord], scope: Scope, after_seq: int) -> tuple[bytes, ...]:
    events = EventEncoder().visible(records, scope_test(scope), mask=scope.masked)
    last = records[-1]
    return tuple(delta_frames(after_seq, Position(last.seq, short_hash(last.hash)), events, FRAME_BYTES))


def _whole(records: list[LogRecord]) -> list[LogRecord]:
    """Up to the last border between commands."""
    for index in range(len(records) - 1, -1, -1):
        if records[index].tx_end:
            return records[: index + 1]
    return []

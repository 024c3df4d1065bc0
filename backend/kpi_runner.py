"""Runs one KPI engine per scope in use: fed by the log's records, ticked by the clock, published as `kpi.overview`.

A figure is computed once per scope, whatever the number of screens. Lives here: building an engine without gap or
duplicate, publishing, the questions "board" and "behind". No formula and no SQL.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, Protocol

import msgspec
from msgspec import Struct

from backend.store.records import LogRecord
from domain.actor import Actor, Scope
from domain.ids import AreaCode, UnitId
from domain.kpi_engine import KpiEngine, KpiError, KpiSetup
from domain.kpi_overview import board, overview
from domain.kpi_types import Period
from domain.ticket import Ticket
from protocol.reference import OVERVIEW_TOPIC

_log = logging.getLogger(__name__)
TICK_S = 1.0
AS_OF_S = 15.0
"""Published at least this often while a scope is in use, so that a silent value is told from a lost one."""
MAX_PERIOD = timedelta(days=366 * 10)
_json = msgspec.json.Encoder()


class Clock(Protocol):
    def now_server(self) -> datetime: ...

    def now_business(self) -> datetime: ...


class TicketSource(Protocol):
    """The store, as far as it is needed here. Blocks: used in a thread."""

    def scan(self, scope: Scope) -> AbstractContextManager[tuple[int, Iterator[Ticket]]]:
        """(seq, every ticket of the scope as of that seq), read in one transaction."""


class Publish(Protocol):
    def __call__(self, topic: str, scope_hash: str | None, body: bytes, *, as_of: datetime) -> None: ...


class BadQuestionError(ValueError):
    """A query that cannot be answered as it was asked; the text is its code."""


ScopeKey = tuple[tuple[AreaCode, ...], tuple[UnitId, ...]]
"""What decides the figures of a scope. Masked or not is no difference to a count."""


class _Live:
    """One scope in use. While it is built `engine` is None and its records wait in `waiting`."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.hashes: set[str] = set()
        self.engine: KpiEngine | None = None
        self.seq = 0
        self.waiting: list[LogRecord] = []
        self.ready = asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        self.changed = True
        self.published_at: datetime | None = None


class KpiRunner:
    """`on_scope` and `feed` are given to hub and command service; `start` and `stop` own the ticking task."""

    def __init__(self, source: TicketSource, setup: KpiSetup, clock: Clock, publish: Publish) -> None:
        self._source = source
        self._setup = setup
        self._clock = clock
        self._publish = publish
        self._live: dict[ScopeKey, _Live] = {}
        self._ticking: asyncio.Task[None] | None = None

    @property
    def queries(self) -> dict[str, Callable[[Actor, dict[str, Any]], Awaitable[bytes]]]:
        return {"board": self.board}

    # -- what happens -----------------------------------------------------------------------------

    def on_scope(self, scope_hash: str, scope: Scope, opened: bool) -> None:
        """A scope got its first client, or lost its last. An engine lives as long as one of its hashes is in use."""
        if opened:
            live = self._use(scope)
            live.hashes.add(scope_hash)
            live.changed = True
            return
        live_or_none = self._live.get(_key(scope))
        if live_or_none is None:
            return
        live_or_none.hashes.discard(scope_hash)
        if not live_or_none.hashes:
            self._drop(live_or_none)

    def feed(self, records: Sequence[LogRecord]) -> None:
        """Committed records, in seq order, on the loop thread."""
        for live in tuple(self._live.values()):
            if live.engine is None:
                live.waiting += records
            else:
                self._apply(live, records)

    def tick(self) -> None:
        """Let time pass everywhere and publish what changed. Called each TICK_S; in tests by hand."""
        now = self._clock.now_business()
        for live in tuple(self._live.values()):
            if live.engine is None:
                continue
            live.changed |= live.engine.advance(now)
            if live.hashes and (live.changed or self._silent(live)):
                self._publish_overview(live, live.engine)

    async def run(self) -> None:
        """Ticks until cancelled."""
        while True:
            await asyncio.sleep(TICK_S)
            self.tick()

    def start(self) -> None:
        self._ticking = asyncio.create_task(self.run(), name="kpi-runner")
        self._ticking.add_done_callback(_report)

    async def stop(self) -> None:
        tasks = [live.task for live in self._live.values() if live.task is not None]
        if self._ticking is not None:
            tasks.append(self._ticking)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._live.clear()

    async def ready(self, scope: Scope) -> KpiEngine:
        """The engine of a scope, built if need be."""
        live = self._use(scope)
        await live.ready.wait()
        if live.engine is None:
            raise BadQuestionError("unavailable")
        return live.engine

    # -- questions --------------------------------------------------------------------------------

    async def board(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """args {start, end, by?} → Board as JSON. Raises BadQuestionError."""
        period = period_of(args)
        engine = await self.ready(actor.scope)
        engine.advance(self._clock.now_business())
        return _json.encode(board(engine, period))

    # -- inside -----------------------------------------------------------------------------------

    def _use(self, scope: Scope) -> _Live:
        live = self._live.get(_key(scope))
        if live is None:
            live = self._live[_key(scope)] = _Live(scope)
            self._build(live)
        return live

    def _drop(self, live: _Live) -> None:
        del self._live[_key(live.scope)]
        if live.task is not None:
            live.task.cancel()

    def _build(self, live: _Live) -> None:
        live.engine = None
        live.ready.clear()
        live.task = asyncio.create_task(self._load(live), name="kpi-build")
        live.task.add_done_callback(_report)

    async def _load(self, live: _Live) -> None:
        """Read the scope as of one seq beside the running log; what was committed meanwhile waits and follows.

        The records from the seq on cannot be missed: they wait from before the reading began.
        """
        now = self._clock.now_business()
        try:
            engine, seq = await asyncio.to_thread(self._read, live.scope, now)
        except BaseException:
            live.ready.set()  # those who wait get their answer: unavailable
            raise
        live.engine, live.seq = engine, seq
        waiting, live.waiting = live.waiting, []
        self._apply(live, [record for record in waiting if record.seq > seq])
        live.changed = True
        live.ready.set()

    def _read(self, scope: Scope, now: datetime) -> tuple[KpiEngine, int]:
        engine = KpiEngine(setup_for(self._setup, scope))
        with self._source.scan(scope) as (seq, tickets):
            engine.load(tickets, now)
        return engine, seq

    def _apply(self, live: _Live, records: Sequence[LogRecord]) -> None:
        assert live.engine is not None
        now = self._clock.now_business()
        try:
            for record in records:
                if record.seq != live.seq + 1:
                    raise KpiError(f"record {record.seq} does not follow {live.seq}")
                live.seq = record.seq
                before, after = _seen(live.scope, record.before), _seen(live.scope, record.after)
                if before is not None or after is not None:
                    live.engine.apply(before, after, now)
                    live.changed = True
        except KpiError:
            _log.exception("KPI engine of %s is out of step with the log and is built anew", live.scope)
            self._build(live)

    def _silent(self, live: _Live) -> bool:
        last = live.published_at
        return last is None or self._clock.now_server() - last >= timedelta(seconds=AS_OF_S)

    def _publish_overview(self, live: _Live, engine: KpiEngine) -> None:
        shown = overview(engine)
        body = _json.encode(shown)
        live.changed = False
        live.published_at = self._clock.now_server()
        for scope_hash in sorted(live.hashes):
            self._publish(OVERVIEW_TOPIC, scope_hash, body, as_of=shown.as_of)


class _PeriodArgs(Struct):
    start: Any
    end: Any
    by: str = "due"


def period_of(args: dict[str, Any]) -> Period:
    """Raises BadQuestionError("bad_period") for anything but {start, end, by} of a sane length."""
    try:
        period = msgspec.convert({"by": "due", **{k: args[k] for k in ("start", "end", "by") if k in args}}, Period)
    except msgspec.ValidationError as problem:
        raise BadQuestionError("bad_period") from problem
    if not timedelta(0) < period.end - period.start <= MAX_PERIOD:
        raise BadQuestionError("bad_period")
    return period

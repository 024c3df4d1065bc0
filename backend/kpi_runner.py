"""Runs one KPI engine per scope in use: fed by the log's records, ticked by the clock, published as `kpi.overview`.

A figure is computed once per scope, whatever the number of screens. Lives here: building an engine without gap or
duplicate, publishing, the questions "board" and "behind". No formula and no SQL.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

import msgspec

from backend.connection import QueryError, QueryHandler
from backend.kpi_questions import TicketSource, answer, period_of, question_of
from backend.store.records import LogRecord
from domain.actor import Actor, Scope
from domain.ids import AreaCode, UnitId
from domain.kpi_engine import KpiEngine, KpiError, KpiSetup
from domain.kpi_overview import board, overview
from domain.ticket import Ticket
from protocol.reference import OVERVIEW_TOPIC

_log = logging.getLogger(__name__)
TICK_S = 1.0
AS_OF_S = 15.0
"""Published at least this often while a scope is in use, so that a silent value is told from a lost one."""
RETRY_S = 15.0
"""Between attempts to build an engine that could not be built."""
IDLE_S = 60.0
"""An engine that only a question asked for is kept this long."""
_json = msgspec.json.Encoder()


class Clock(Protocol):
    def now_server(self) -> datetime: ...

    def now_business(self) -> datetime: ...


class Publish(Protocol):
    def __call__(self, topic: str, scope_hash: str | None, body: bytes, *, as_of: datetime) -> None: ...


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
        self.building: asyncio.Task[None] | None = None
        self.built_at: datetime | None = None
        self.used_at: datetime | None = None
        self.changed = True
        self.published_at: datetime | None = None


class KpiRunner:
    """`on_scope` and `feed` are given to hub and command service; `run` is a task of the caller's."""

    def __init__(self, source: TicketSource, setup: KpiSetup, clock: Clock, publish: Publish) -> None:
        self._source = source
        self._setup = setup
        self._clock = clock
        self._publish = publish
        self._live: dict[ScopeKey, _Live] = {}
        self._one_scan = asyncio.Semaphore(1)

    @property
    def queries(self) -> dict[str, QueryHandler]:
        """For the server: what → handler."""
        return {"board": self.board, "behind": self.behind}

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
        now, server_now = self._clock.now_business(), self._clock.now_server()
        for live in tuple(self._live.values()):
            if live.engine is None:
                if live.building is None or live.building.done():
                    self._retry(live, server_now)
                continue
            if not live.hashes and _older(live.used_at, server_now, IDLE_S):
                self._drop(live)
                continue
            live.changed |= live.engine.advance(now)
            if live.hashes and (live.changed or _older(live.published_at, server_now, AS_OF_S)):
                self._publish_overview(live, live.engine)

    async def run(self) -> None:
        """Ticks until cancelled."""
        while True:
            await asyncio.sleep(TICK_S)
            self.tick()

    async def stop(self) -> None:
        """Gives up what is being built. The task of `run` belongs to the caller."""
        tasks = [live.building for live in self._live.values() if live.building is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._live.clear()

    async def ready(self, scope: Scope) -> KpiEngine:
        """The engine of a scope, built if need be. Raises QueryError("unavailable") when it cannot be built now."""
        live = self._use(scope)
        live.used_at = self._clock.now_server()
        while live.engine is None:
            building = live.building
            if building is None or building.done():
                raise QueryError("unavailable", f"the figures of {scope} cannot be built now")
            await asyncio.wait({building})
        return live.engine

    # -- questions --------------------------------------------------------------------------------

    async def board(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """args {start, end, by?} → Board as JSON."""
        period = period_of(args)
        engine = await self.ready(actor.scope)
        engine.advance(self._clock.now_business())
        return _json.encode(board(engine, period))

    async def behind(self, actor: Actor, args: dict[str, Any]) -> bytes:
        """args {kpi, start, end, by?, part, reason?, area?, unit?, offset?, limit?} → BehindReply as JSON."""
        question = question_of(args)
        now = self._clock.now_business()
        async with self._one_scan:
            reply = await asyncio.to_thread(answer, self._source, actor.scope, question, now, self._setup.rules)
        return _json.encode(reply)

    # -- inside -----------------------------------------------------------------------------------

    def _use(self, scope: Scope) -> _Live:
        live = self._live.get(_key(scope))
        if live is None:
            live = self._live[_key(scope)] = _Live(scope)
            self._build(live)
        return live

    def _drop(self, live: _Live) -> None:
        del self._live[_key(live.scope)]
        if live.building is not None:
            live.building.cancel()

    def _retry(self, live: _Live, server_now: datetime) -> None:
        if _older(live.built_at, server_now, RETRY_S):
            self._build(live)

    def _build(self, live: _Live) -> None:
        """What waits from here on is all that the reading, which begins later, may miss."""
        live.engine, live.waiting = None, []
        live.built_at = self._clock.now_server()
        live.building = asyncio.create_task(self._load(live), name="kpi-build")
        live.building.add_done_callback(_report)

    async def _load(self, live: _Live) -> None:
        """Read the scope as of one seq beside the running log; what was committed meanwhile follows."""
        engine, seq = await asyncio.to_thread(self._read, live.scope, self._clock.now_business())
        live.engine, live.seq, live.changed = engine, seq, True
        waiting, live.waiting = live.waiting, []
        self._apply(live, [record for record in waiting if record.seq > seq])

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

    def _publish_overview(self, live: _Live, engine: KpiEngine) -> None:
        shown = overview(engine)
        body = _json.encode(shown)
        live.changed = False
        live.published_at = self._clock.now_server()
        for scope_hash in sorted(live.hashes):
            self._publish(OVERVIEW_TOPIC, scope_hash, body, as_of=shown.as_of)


def _key(scope: Scope) -> ScopeKey:
    return scope.areas, scope.units


def _seen(scope: Scope, ticket: Ticket | None) -> Ticket | None:
    return ticket if ticket is not None and scope.covers(ticket) else None


def _older(at: datetime | None, now: datetime, seconds: float) -> bool:
    return at is None or now - at >= timedelta(seconds=seconds)


def _report(task: asyncio.Task[None]) -> None:
    """The owner of a task sees its error."""
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("%s failed", task.get_name(), exc_info=error)


def setup_for(setup: KpiSetup, scope: Scope) -> KpiSetup:
    """A scope inside one town ranks its communities: one town is no ranking."""
    if not scope.units and len({area[:9] for area in scope.areas}) == 1 and len(scope.areas[0]) >= 9:
        return msgspec.structs.replace(setup, ranked_dim="community")
    return setup

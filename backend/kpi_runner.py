"""Runs one KPI engine per scope in use: fed by the log's records, ticked by the clock, published as `kpi.overview`.

A figure is computed once per scope, whatever the number of screens. Lives here: building an engine without gap or
duplicate (from the table of facts), publishing, and the nightly check. Questions are answered in `backend.kpi_answers`.
No formula and no SQL.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from backend.connection import QueryError, QueryHandler
from backend.facts.engines import engine_of
from backend.facts.history import Figures, History
from backend.facts.keeper import FactKeeper, LogSource, TicketSource
from backend.facts.table import FactTable
from backend.kpi_answers import KpiAnswers
from backend.kpi_check import (
    SHOWN,
    Difference,
    Frozen,
    Recount,
    against_book,
    against_table,
    against_tally,
    first_and_last,
    freeze,
    sentence,
)
from backend.store.records import LogRecord
from domain.actor import Scope
from domain.ids import AreaCode, UnitId
from domain.kpi_engine import KpiEngine, KpiError, KpiSetup
from domain.kpi_overview import overview
from domain.ticket import Ticket
from domain.vocabulary import Source
from protocol.reference import OVERVIEW_TOPIC

_log = logging.getLogger(__name__)
TICK_S = 1.0
AS_OF_S = 15.0
"""Published at least this often while a scope is in use, so that a silent value is told from a lost one."""
RETRY_S = 15.0
"""Between attempts to build an engine that could not be built."""
IDLE_S = 60.0
"""An engine that only a question asked for is kept this long."""
CHECK_HOUR = 3
"""Local hour of the nightly recount."""
CAUGHT_UP_S = 30.0
_json = msgspec.json.Encoder()
Changes = list[tuple[Ticket | None, Ticket | None]]


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
        self.watched: list[tuple[int, Ticket | None, Ticket | None]] | None = None
        """While a check runs: what changed since it began, by seq."""
        self.moved = asyncio.Event()


class KpiRunner:
    """`on_scope` and `feed` are given to hub and command service; `run` is a task of the caller's."""

    def __init__(
        self,
        source: TicketSource,
        setup: KpiSetup,
        clock: Clock,
        publish: Publish,
        *,
        log: LogSource | None = None,
        file: Path | None = None,
        server_time: Callable[[datetime], datetime | None] | None = None,
        heard: Callable[[], Mapping[Source, datetime]] | None = None,
    ) -> None:
        """`heard` = when each source last reported, published beside the figures; `log` = the store itself, for history and for the table's `file`; `server_time` = business → server instant, None where no clock stood."""
        self._source = source
        self._setup = setup
        self._clock = clock
        self._publish = publish
        self._heard = heard
        self._live: dict[ScopeKey, _Live] = {}
        self.facts = FactKeeper(source, setup.rules, clock.now_business, log=log, path=file)
        history = History(log, self.facts, server_time or self._server_time) if log is not None else None
        self.answers = KpiAnswers(self.facts, self._now_engine, partial(setup_for, setup), history)
        self._one_check = asyncio.Lock()
        self._checking: asyncio.Task[None] | None = None
        self._checked_on: date | None = self._local(clock.now_server()).date()

    @property
    def queries(self) -> dict[str, QueryHandler]:
        """For the server: what → handler."""
        return self.answers.queries

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
        self.facts.feed(records)
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
        self.facts.tick()
        self._check_nightly(server_now)

    async def run(self) -> None:
        """Ticks until cancelled."""
        while True:
            await asyncio.sleep(TICK_S)
            self.tick()

    async def stop(self) -> None:
        """Gives up what is being built. The task of `run` belongs to the caller."""
        tasks = [task for live in self._live.values() if (task := live.building) is not None]
        if self._checking is not None:
            tasks.append(self._checking)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._live.clear()
        await self.facts.stop()

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

    async def check(self, scope: Scope) -> list[Difference]:
        """Counts every ticket of the scope anew and compares; each difference is a defect and is logged as an alarm."""
        async with self._one_check:
            return await self._check(scope)

    async def _check(self, scope: Scope) -> list[Difference]:
        engine, live = await self.ready(scope), self._use(scope)
        frozen = freeze(engine.tally, engine.now or self._clock.now_business(), live.seq, engine.open)
        live.watched = []
        try:
            recount, seq = await asyncio.to_thread(self._recount, scope, frozen.now)
            await self._caught_up(live, seq)
            changes: Changes = [(before, after) for at, before, after in live.watched if at <= seq]
        finally:
            live.watched = None
        if live.engine is not engine:
            _log.warning("the figures of %s were built anew while they were checked: not compared", scope)
            return []
        found = await asyncio.to_thread(
            _compared, recount, changes, partial(_against_live, frozen=frozen, zone=self._setup.rules.zone)
        )
        self._alarm(scope, recount.tickets, found)
        return found

    async def check_facts(self) -> list[Difference]:
        """The same for the table of facts, in its own lane: it stands still meanwhile, and questions to it wait."""

        def work(table: FactTable, seq: int) -> tuple[Recount, list[Difference]]:
            assert table.now is not None
            recount, read = self._recount(Scope(), table.now)
            since: Changes = [(record.before, record.after) for record in self.facts.after(read)]
            return recount, _compared(recount, since, partial(against_table, table=table))

        recount, found = await self.facts.read(work)
        self._alarm(Scope(), recount.tickets, found)
        return found

    async def checked(self) -> None:
        """Waits for a nightly check that is under way."""
        if self._checking is not None:
            await asyncio.wait({self._checking})

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
        engine, seq = await self.facts.read(partial(_built, scope=live.scope, setup=setup_for(self._setup, live.scope)))
        live.engine, live.seq, live.changed = engine, seq, True
        waiting, live.waiting = live.waiting, []
        self._apply(live, [record for record in waiting if record.seq > seq])

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
                    if live.watched is not None:
                        live.watched.append((record.seq, before, after))
                    live.engine.apply(before, after, now)
                    live.changed = True
            live.moved.set()
        except KpiError:
            _log.exception("KPI engine of %s is out of step with the log and is built anew", live.scope)
            self._build(live)

    async def _now_engine(self, scope: Scope) -> Figures:
        engine = await self.ready(scope)
        engine.advance(self._clock.now_business())
        return Figures(engine, self._live[_key(scope)].seq)

    # -- the check --------------------------------------------------------------------------------

    def _check_nightly(self, server_now: datetime) -> None:
        local = self._local(server_now)
        if local.hour < CHECK_HOUR or local.date() == self._checked_on:
            return
        self._checked_on = local.date()
        self._checking = asyncio.create_task(self._check_all(), name="kpi-check")
        self._checking.add_done_callback(_report)

    async def _check_all(self) -> None:
        for live in tuple(self._live.values()):
            if live.engine is not None:
                await self.check(live.scope)
        if self.facts.built:
            await self.check_facts()
            await self.facts.save()

    def _recount(self, scope: Scope, as_of: datetime) -> tuple[Recount, int]:
        """Blocks."""
        recount = Recount(self._setup.rules, as_of)
        with self._source.scan(scope) as (seq, tickets):
            recount.add(tickets)
        return recount, seq

    async def _caught_up(self, live: _Live, seq: int) -> None:
        """The reading may have seen a record that was committed and has not been fed yet."""
        async with asyncio.timeout(CAUGHT_UP_S):
            while live.seq < seq:
                live.moved.clear()
                await live.moved.wait()

    def _alarm(self, scope: Scope, tickets: int, found: Sequence[Difference]) -> None:
        for difference in found[:SHOWN]:
            _log.error("ALARM kpi_difference %s", sentence(difference))
        if found:
            _log.error(
                "ALARM kpi_difference: %d figures of %s differ from a recount of %d tickets", len(found), scope, tickets
            )
        else:
            _log.info("figures of %s agree with a recount of %d tickets", scope, tickets)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self._setup.rules.zone))

    def _server_time(self, business: datetime) -> datetime:
        """Where business time runs as the server's does."""
        return business - (self._clock.now_business() - self._clock.now_server())

    def _publish_overview(self, live: _Live, engine: KpiEngine) -> None:
        shown = overview(engine)
        if self._heard is not None:
            shown = replace(shown, heard=dict(self._heard()))
        body = _json.encode(shown)
        live.changed = False
        live.published_at = self._clock.now_server()
        for scope_hash in sorted(live.hashes):
            self._publish(OVERVIEW_TOPIC, scope_hash, body, as_of=shown.as_of)


def _built(table: FactTable, seq: int, *, scope: Scope, setup: KpiSetup) -> tuple[KpiEngine, int]:
    assert table.now is not None
    return engine_of(table, setup, table.now, table.covered(scope)), seq


def _against_live(recount: Recount, *, frozen: Frozen, zone: str) -> list[Difference]:
    return against_tally(recount, frozen) + against_book(recount, frozen, zone)


def _compared(recount: Recount, changes: Changes, compare: Callable[[Recount], list[Difference]]) -> list[Difference]:
    recount.take_back(first_and_last(changes))
    return compare(recount)


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

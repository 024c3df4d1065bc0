"""The composition root of the backend: makes the parts, wires them, starts and stops them in order. No rules here.

source → CommandService → store (one transaction) → sinks: hub, presence, KPI, automation → websocket.
Whoever starts a Backend may add `sinks` and `feeds` before `start`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import msgspec

from backend import alarm_sources, clock_book, selfcheck, site_book
from backend.alarms import AlarmKeeper, read_rules
from backend.auth import Tokens
from backend.automation import Automation
from backend.blobs import BlobDesk
from backend.camera_health import CameraWatch
from backend.cameras import CameraQueries, CameraRegister, RegisterError
from backend.clock import ServerClock, business_clock, wall
from backend.config import BackendConfig
from backend.connection import QueryHandler
from backend.facts.file import NAME as FACTS
from backend.frames import Position
from backend.handlers import SYSTEM, CommandService, Sink
from backend.handover.desk import HandoverDesk
from backend.handover.seats import SeatBook
from backend.handover.since import SinceAnswers
from backend.housekeeping import Housekeeping
from backend.hub import Hub
from backend.kpi_runner import KpiRunner
from backend.map_layers import FOLDER, site_places
from backend.opening import open_log, open_tokens, sqlite_log
from backend.places import LayerError, Places
from backend.queries import LogQueries
from backend.reference import Site
from backend.report_answers import ReportAnswers
from backend.selfcheck import CheckError, DataLock, LogLock
from backend.server import StreamServer
from backend.store.base import LogStore
from backend.store.pg_store import PgStore
from backend.store.pg_tail import Tail
from backend.table_desk import TableDesk, version_of
from backend.wall_desk import WallDesk
from backend.wall_rules import WallRules
from domain.actor import Actor, Scope
from domain.alarms.kind import NAME as ALARM
from domain.alarms.rules import TOPIC as ALARM_RULES_TOPIC
from domain.alarms.rules import RuleError
from domain.documents import DocKind
from domain.handover.kind import NAME as HANDOVER
from domain.kinds import KINDS
from protocol.cursors import short_hash
from protocol.documents import KindBook
from protocol.messages import JSON
from protocol.snapshot import millis

log = logging.getLogger(__name__)
SNAPSHOTS = "snapshots"
UPLOADS = "uploads"


class Backend:
    """One backend process. `start`, then `run` until told to stop, then `stop` (also after a failed start)."""

    store: LogStore
    tail: Tail | None = None
    """Where other nodes write to the same log."""
    clock: ServerClock
    tokens: Tokens
    hub: Hub
    kpi: KpiRunner
    alarms: AlarmKeeper
    service: CommandService
    server: StreamServer
    blobs: BlobDesk

    def __init__(
        self,
        config: BackendConfig,
        site: Site,
        *,
        clock: ServerClock | None = None,
        kinds: Sequence[DocKind] = KINDS,
        places: Places | None = None,
    ) -> None:
        """`places`: polygons for reports with a point; None = those of the data folder, if it has any."""
        self.config = config
        self.site = site
        self.kinds = KindBook(kinds)
        self.sinks: list[Sink] = []
        self.feeds: list[Callable[[Backend], Coroutine[Any, Any, None]]] = []
        """Started after listening, ended with the backend: a replayed day, an intake."""
        self.queries: dict[str, QueryHandler] = {}
        self._given_clock = clock
        self._given_places = places
        self._tasks: list[asyncio.Task[None]] = []
        self._closers: list[Callable[[], Awaitable[None]]] = []

    @property
    def port(self) -> int:
        return self.server.port

    @property
    def url(self) -> str:
        host = self._address if ":" not in self._address else f"[{self._address}]"
        return f"ws://{host}:{self.port}"

    async def start(self) -> None:
        """Raises StoreError (CheckError, RefusedError) in words when it cannot serve."""
        config = self.config
        self._address = selfcheck.before_start(config.data, config.host, wall())
        self._open()
        self._wire()
        await self._table_desk.load()
        await self._load_automation()
        await self.alarms.load()
        self._table_desk.publish()
        rules = msgspec.json.encode(self.alarms.rules)
        self.hub.publish_latest(ALARM_RULES_TOPIC, None, rules, version=version_of(rules))
        try:
            self._tasks.append(await self.server.start(self._address, config.port))
        except OSError as problem:
            raise CheckError(selfcheck.port_sentence(self._address, config.port, problem)) from problem
        self._closers.append(self.server.stop)
        self._tasks.append(self.service.start())
        if self.tail is not None:
            self._spawn(self.tail.run(), "tail")
            self._spawn(self.tail.listen(), "listen")
        self._spawn(self._house.keep_mark(), "high-water")
        self._spawn(self._house.watch_tokens(self.tokens, self.server.recheck), "tokens")
        self._spawn(self._automation.run(), "automation")
        self._spawn(self.alarms.run(), "alarms")
        self._spawn(self._table_desk.recalculation.run(), "recalculation")
        self._spawn(self._table_desk.follow(), "tables")
        self._spawn(self.kpi.run(), "kpi")
        self._spawn(self._camera_watch.run(), "cameras")
        if self._has(HANDOVER):
            self._spawn(self.handover.run(), "handover")
        self._spawn(self._house.prune_files(self.blobs), "files")
        self._spawn(self.wall_rules.run(), "wall rules")
        for feed in self.feeds:
            self._spawn(feed(self), "feed")

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set, or a part fails: its error is raised."""
        waiting = asyncio.create_task(stop.wait(), name="stop")
        try:
            await self._until_failure(waiting)
        finally:
            waiting.cancel()

    async def stop(self) -> None:
        """Closes what was opened, last first. What waits to be written is written."""
        for task in self._tasks:
            if task.get_name() != "commands":
                task.cancel()
        while self._closers:
            await self._closers.pop()()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # -- parts ---------------------------------------------------------------------------------------

    def _open(self) -> None:
        config = self.config
        lock = DataLock(config.data)
        self._closers.append(_awaitable(lock.release))
        if (path := sqlite_log(config.database, config.data)) is not None:
            self._closers.append(_awaitable(LogLock(path).release))
        self.clock = self._given_clock or ServerClock()
        if self._given_clock is None:
            now = self.clock.now_server()
            self.clock.business = business_clock(config.clock_base, config.clock_rate, now)
        demo = self.site.reference.demo
        self._clocks = clock_book.add(config.data, self.clock.business, demo.source if demo else "")
        site_book.keep(config.data, self.site)
        self.store = open_log(
            config.database,
            config.data,
            accept_loss=config.accept_loss,
            now=self.clock.now_server(),
            business_now=self.clock.now_business,
        )
        self._closers.append(self._close_store)
        self.store.retention = timedelta(days=config.keep_days)
        self._house = Housekeeping(self.store, self.clock, self._fault, self._mended)
        self._house.compare_clock()
        self.tokens = open_tokens(config.database, config.data)
        self._closers.append(_awaitable(self.tokens.close))
        self.tokens.forget_expired(self.clock.now_server())

    def _wire(self) -> None:
        loop = asyncio.get_running_loop()
        head = self.store.head
        position = Position(head.seq, short_hash(head.hash))
        first_version = millis(self.clock.now_server()) or 0
        self.hub = Hub(loop, position, self.clock.now_business, first_version)
        zone = self.site.reference.zone
        rules = self.site.rules
        self.service = CommandService(
            self.store,
            rules,
            self.clock,
            self._commit_sinks(),
            zone=zone,
            kinds=self.kinds,
            places=self._given_places or self._site_places(),
        )
        self._closers.append(self.service.stop)
        self._automation = Automation(self.service, self.clock, escalate=self.config.escalate)
        self._table_desk = TableDesk(
            self.site, self.store, self.kinds, self.service, self.clock, self.hub.publish_latest
        )
        self.tables = self._table_desk.tables
        self.queries.update(self._table_desk.queries)
        self.queries.update(LogQueries(self.store, self.kinds).handlers())
        uploads = self.config.data / UPLOADS
        self.blobs = BlobDesk(self.store, self.kinds, uploads, self.clock.now_server, loop.time)
        self._wire_kpi()
        self._wire_cameras()
        self._wire_alarms()
        self.queries.update(WallDesk(self.store, self.kinds, loop.time).handlers())
        self.wall_rules = WallRules(
            self.service, self.store, self.kinds, self.clock.now_business, zone, lambda: self.alarms.heard
        )
        self.sinks.append(self.wall_rules.on_records)
        self._wire_handover()
        self.server = StreamServer(
            store=self.store,
            hub=self.hub,
            submit=self.service.submit,
            authenticate=self._authenticate,
            queries=self.queries,
            blobs=self.blobs.handle,
            clock=self.clock,
            snapshot_folder=self.config.data / SNAPSHOTS,
            alarm=self._on_disagreement,
        )
        # The hub first: a person sees a change before anything else is made of it.
        followers = [self.server.presence.follow, self._automation.on_records, self.tables.on_records, self.kpi.feed]
        followers.append(self.alarms.on_records)
        self.sinks[:0] = [self.hub.publish, *followers]

    def _site_places(self) -> Places | None:
        """Raises CheckError for a layer nobody can read: a server must not place tickets by half a map."""
        try:
            return site_places(self.config.data)
        except (LayerError, OSError) as problem:
            raise CheckError(
                f"{self.config.data / FOLDER}: 边界读不了 / polygons cannot be read: {problem}"
            ) from problem

    def _commit_sinks(self) -> list[Sink]:
        """Where this process alone writes, what it commits is the log. Beside other nodes the tail brings all in order."""
        if not isinstance(self.store, PgStore):
            return self.sinks
        self.tail = Tail(self.store, self.sinks)
        return [self.tail.take]

    def _wire_kpi(self) -> None:
        self.kpi = KpiRunner(
            self.store,
            self._table_desk.kpi_setup,
            self.clock,
            self.hub.publish_latest,
            log=self.store,
            file=self.config.data / FACTS,
            server_time=self._server_time,
            heard=lambda: self.alarms.heard,
        )
        self.hub.on_scope.append(self.kpi.on_scope)
        self.queries.update(self.kpi.queries)
        self._closers.append(self.kpi.stop)

    def _server_time(self, business: datetime) -> datetime | None:
        """When it was that instant of business time, by the clocks that ran over this log."""
        return clock_book.server_time_of(self._clocks, business)

    def _wire_cameras(self) -> None:
        """The register of the data folder, and whether each camera answers. Raises CheckError for a register nobody can read."""
        try:
            register = CameraRegister(self.config.data)
        except RegisterError as problem:
            raise CheckError(str(problem)) from problem
        self.queries.update(CameraQueries(register).handlers())
        self._camera_register = register
        self._camera_watch = CameraWatch(register, self._publish_camera_topic, self.clock.now_server)

    def _has(self, kind: str) -> bool:
        return self.kinds.get(kind) is not None

    def _wire_handover(self) -> None:
        """Drafts and what they are made of, and the questions of who comes back."""
        seats = SeatBook(self.clock.now_server, self.clock.now_business)
        self.queries["outbox"] = seats.tell
        answers = self.kpi.answers
        since = SinceAnswers(
            self.store,
            self.kpi.facts,
            lambda actor, at: answers.engine(actor.scope, at),
            lambda actor: answers.engine(actor.scope),
            self._server_time,
            self.clock.now_server,
        )
        self.queries["since"] = since.since
        reports = ReportAnswers(answers, lambda: self.tables.reference)
        self.queries["report"] = reports.report
        self.handover = HandoverDesk(
            self.store,
            self.kinds,
            self.service,
            self.kpi.facts,
            self.clock,
            self.site.reference.zone,
            lambda data: self.blobs.keep(SYSTEM, data, JSON),
            seats,
            begins=self.config.handovers,
        )
        around = self.handover.around
        around.cameras = self._camera_watch.down
        if self._has(ALARM):
            shelved = partial(alarm_sources.shelved, kinds=self.kinds)
            silent = partial(alarm_sources.silent, kinds=self.kinds)
            around.alarms, around.feeds, around.late = shelved, silent, self._handover_late
        self.sinks.append(self.handover.on_records)

    def _wire_alarms(self) -> None:
        """Raises CheckError for rules nobody can use."""
        try:
            rules = read_rules(self.config.data)
        except RuleError as problem:
            raise CheckError(str(problem)) from problem
        cameras_down = partial(alarm_sources.cameras_down, self._camera_register, self._camera_watch, self.clock)
        self.alarms = AlarmKeeper(
            self.service, self.store, self.clock, rules, self.site.rules, self.kinds, cameras_down
        )

    def _fault(self, code: str, **detail: Any) -> None:
        self.alarms.fault(code, **detail)

    def _mended(self, code: str) -> None:
        self.alarms.mended(code)

    def _on_disagreement(self, code: str, detail: dict[str, object]) -> None:
        log.error("ALARM %s %s: a client and this server do not agree on the log", code, detail)
        self.alarms.fault(code)

    def _handover_late(self, late: bool) -> None:
        if late:
            self.alarms.fault("handover_late")
        else:
            self.alarms.mended("handover_late")

    def _publish_camera_topic(self, topic: str, scope_hash: str | None, body: bytes) -> None:
        self.hub.publish_latest(topic, scope_hash, body)

    async def _load_automation(self) -> None:
        def load() -> None:
            with self.store.scan(Scope(), only_open=True) as (_, tickets):
                self._automation.load(tickets)

        await asyncio.to_thread(load)

    async def _authenticate(self, token: str) -> Actor | None:
        return await asyncio.to_thread(self.tokens.check, token, self.clock.now_server())

    async def _close_store(self) -> None:
        await asyncio.to_thread(self._close_store_files)

    def _close_store_files(self) -> None:
        try:
            if self.store.failed is None:
                self.store.sync_mark()
        except OSError as problem:
            log.error("the high-water file could not be written: %s", problem)
        finally:
            self.store.close()

    # -- tasks ---------------------------------------------------------------------------------------

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._tasks.append(asyncio.get_running_loop().create_task(work, name=name))

    async def _until_failure(self, stop: "asyncio.Task[bool]") -> None:
        """Feeds may end by themselves; every other part runs as long as the backend does."""
        running: set[asyncio.Task[Any]] = {*self._tasks, stop}
        while not stop.done():
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done - {stop}:
                task.result()


def _awaitable(close: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    async def closed() -> None:
        close()

    return closed

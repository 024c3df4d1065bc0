"""The parts of benchmarks.sync that need a running backend: a log of many tickets, a backend process, a desk, and a storm.

`python -m benchmarks.sync_parts serve FOLDER PORT`: a backend as a process of its own that also measures how late its loop is.
"""

import asyncio
import json
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from backend.app import Backend
from backend.auth import issue_token
from backend.config import BackendConfig
from backend.reference import demo_site
from backend.store.store import FILE_NAME, Store
from benchmarks.store_sides import ITEM, LEADER, TOWNS, Acceptor
from cli.backend_jobs import calm_collector
from desktop.services.app_state import Services
from desktop.services.cache_file import CacheFile
from desktop.services.values import Fresh, PageQuery
from domain.ids import AreaCode, TicketId
from domain.ticket import Clock, Limit, Ticket
from domain.vocabulary import LimitType, Source, State
from protocol.messages import Cursor
from protocol.snapshot import COLUMNS, INDEX_DDL, TABLES_DDL, row_tuple
from tests.faults import processes
from tests.faults.cluster import leader
from tests.faults.light import LightDesk

OPEN_SHARE = 30
"""One ticket in so many is open."""
AT_ONCE = 500
PER_USER = 5
LAG_EVERY_S = 0.01


# -- a log of many tickets --------------------------------------------------------------------------


def tickets(count: int) -> Iterator[Ticket]:
    """Finished within the last 390 days, one in thirty open, in the order of their reports, as a log holds them; places and
    items are the demo site's.
    """
    chance = random.Random(1)
    now = datetime.now(UTC)
    limit = Limit(4, LimitType.WORKING_HOURS)
    ages = sorted((chance.uniform(1, 390) for _ in range(count)), reverse=True)
    for number, age in enumerate(ages):
        reported = now - timedelta(days=age)
        is_open = number % OPEN_SHARE == 0
        changed = reported + timedelta(hours=chance.uniform(1, 20))
        due = reported + timedelta(hours=30)
        yield Ticket(
            id=TicketId(f"{reported:%y%m%d}-{number:06d}"),
            version=chance.randint(3, 14),
            state=State.HANDLING if is_open else State.CLOSED,
            source=Source.PATROL,
            external_ref=f"bench-{number}",
            area=AreaCode(TOWNS[number % len(TOWNS)]),
            item=ITEM,
            reported_at=reported,
            changed_at=changed,
            accepted_at=reported,
            filed_at=reported,
            dispatched_at=changed,
            closed_at=None if is_open else changed,
            ended_at=None if is_open else changed,
            business=Clock(limit=limit, started_at=reported, risk_at=due, due_at=due),
            on_time=None if is_open else chance.random() < 0.9,
        )


def fill(folder: Path, count: int) -> None:
    """A log whose rows hold `count` tickets. Their events are left out: a snapshot never reads them."""
    folder.mkdir(mode=0o700, parents=True)
    Store.open(folder).close()
    names = ", ".join(COLUMNS)
    marks = ", ".join("?" * len(COLUMNS))
    with closing(sqlite3.connect(folder / FILE_NAME)) as file, file:
        rows = (row_tuple(ticket) for ticket in tickets(count))
        file.executemany(f"INSERT INTO ticket ({names}) VALUES ({marks})", rows)


def accept(folder: Path, count: int) -> None:
    """`count` real events more."""

    async def work() -> None:
        acceptor = Acceptor(Store.open(folder))
        acceptor.service.start()
        await acceptor.accept(count, AT_ONCE)
        await acceptor.service.stop()
        await asyncio.to_thread(acceptor.store.close)

    asyncio.run(work())


def stored_rows(folder: Path) -> list[tuple[Any, ...]]:
    """All ticket rows of the log, in memory."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as file:
        return file.execute(f"SELECT {', '.join(COLUMNS)} FROM ticket").fetchall()


def raw_insert(path: Path, rows: list[tuple[Any, ...]]) -> float:
    """Seconds of sqlite3 alone: the same tables, one transaction, no journal, no fsync, indexes made late."""
    path.unlink(missing_ok=True)
    began = time.perf_counter()
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            file.execute(f"PRAGMA {pragma}")
        file.execute("BEGIN")
        for ddl in TABLES_DDL:
            file.execute(ddl)
        places = ", ".join("?" * len(COLUMNS))
        file.executemany(f"INSERT INTO ticket ({', '.join(COLUMNS)}) VALUES ({places})", rows)
        for ddl in INDEX_DDL:
            file.execute(ddl)
        file.execute("COMMIT")
    return time.perf_counter() - began


# -- a backend process ------------------------------------------------------------------------------


class Server:
    """A backend process. `stop` gives the milliseconds by which its loop was late, at p99 since `begin`."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        command = [sys.executable, "-m", "benchmarks.sync_parts", "serve", str(folder), str(port)]
        self._process = processes.start(
            [*processes.dies_with_us("KILL"), *command], stdin=-1, stdout=-1, stderr=None, text=True
        )
        self.port = int(self._line()["port"])

    def stop(self) -> float:
        assert self._process.stdin is not None
        self._process.stdin.close()
        late_ms = float(self._line()["late_ms"])
        self._process.wait(30)
        return late_ms

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("the backend ended early")
        found: dict[str, Any] = json.loads(line)
        return found


async def _serve(folder: Path, port: int) -> None:
    backend = Backend(BackendConfig(data=folder, port=port), demo_site())
    late: list[float] = []

    async def watch() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(LAG_EVERY_S)
            late.append(time.perf_counter() - began - LAG_EVERY_S)

    try:
        await backend.start()
        calm_collector()
        watching = asyncio.create_task(watch())
        print(json.dumps({"port": backend.port}), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        watching.cancel()
        p99 = statistics.quantiles(late, n=100)[98] if len(late) > 1 else 0.0
        print(json.dumps({"late_ms": p99 * 1000}), flush=True)
    finally:
        await backend.stop()


# -- a desk -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Synced:
    seconds: float
    tickets: int


async def sync(data: Path, port: int, token: str, expected: int) -> Synced:
    """From nothing but the services' start to a live desk that answers questions about the whole cache."""
    began = time.perf_counter()
    services = Services(data, f"ws://127.0.0.1:{port}", token)
    await services.start()
    try:
        while services.freshness.of().state is not Fresh.LIVE:
            await asyncio.sleep(0.005)
        assert services._cache is not None
        await services._cache.flush()
        count = await services.count(PageQuery())
        await services.page(PageQuery(), 0, 50)
        took = time.perf_counter() - began
    finally:
        await services.stop()
    if count != expected:
        raise AssertionError(f"{count} tickets arrived, want {expected}")
    return Synced(took, count)


def token_of(folder: Path) -> str:
    return issue_token(folder, LEADER)


# -- cache ingest (P2c) -------------------------------------------------------------------------------


def ingest(folder: Path, rows: list[tuple[Any, ...]], batch: int) -> tuple[float, float]:
    """Rows per second of our cache's hot path and of sqlite3's executemany on a file with the same tables and settings."""
    folder.mkdir(exist_ok=True)
    ours, raw = folder / "ours.sqlite", folder / "raw.sqlite"
    for path in (ours, raw):
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    cache = CacheFile(ours)
    began = time.perf_counter()
    for start in range(0, len(rows), batch):
        with cache._file.transaction():
            cache.put_rows(rows[start : start + batch])
    mine = len(rows) / (time.perf_counter() - began)
    cache.close()
    CacheFile(raw).close()
    places = ", ".join("?" * len(COLUMNS))
    statement = f"INSERT OR REPLACE INTO ticket ({', '.join(COLUMNS)}) VALUES ({places})"
    with closing(sqlite3.connect(raw, isolation_level=None)) as file:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON", "cache_size=-8192"):
            file.execute(f"PRAGMA {pragma}")
        began = time.perf_counter()
        for start in range(0, len(rows), batch):
            file.execute("BEGIN IMMEDIATE")
            file.executemany(statement, rows[start : start + batch])
            file.execute("COMMIT")
        theirs = len(rows) / (time.perf_counter() - began)
    return mine, theirs


def cache_rows(count: int) -> list[tuple[Any, ...]]:
    return [row_tuple(ticket) for ticket in tickets(count)]


# -- the storm (P9) -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Storm:
    outage_s: float
    all_live_s: float
    late_ms: float
    resets: int


async def storm(folder: Path, count: int) -> Storm:
    """`count` live desks lose their backend by kill -9; it comes back on the same port."""
    folder.mkdir(mode=0o700, parents=True)
    server = await asyncio.to_thread(Server, folder)
    tokens = [issue_token(folder, leader(f"u{number}")) for number in range(-(-count // PER_USER))]
    desks = [LightDesk(number, server.port, tokens[number // PER_USER]) for number in range(count)]
    tasks = [asyncio.create_task(desk.run()) for desk in desks]
    try:
        await _until(lambda: all(desk.live_since for desk in desks))
        killed = time.monotonic()
        server.kill()
        server = await asyncio.to_thread(Server, folder, server.port)
        again = time.monotonic()
        await _until(lambda: all((desk.live_since or 0) > killed for desk in desks))
        live = max(desk.live_since or 0 for desk in desks)
    finally:
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
    late_ms = await asyncio.to_thread(server.stop)
    return Storm(again - killed, live - again, late_ms, sum(desk.resets for desk in desks) - count)


async def _until(condition: Any) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit("the desks did not come to be live")
        await asyncio.sleep(0.01)


def cursor_seq(data: Path) -> int:
    """Where the desk's cache stands."""
    [path] = data.glob("*/cache.sqlite")
    with closing(sqlite3.connect(path)) as file:
        [(text,)] = file.execute("SELECT value FROM meta WHERE key = 'cursor'").fetchall()
    return msgspec.json.decode(text, type=Cursor).seq


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[2]), int(sys.argv[3])))

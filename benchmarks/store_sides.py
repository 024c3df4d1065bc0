"""The sides of benchmarks.store: our acceptance of commands, and the bare drivers writing the very same rows in the same batches."""

import asyncio
import gc
import itertools
import secrets
import sqlite3
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
from msgspec import Struct
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from backend.clock import ServerClock
from backend.handlers import CommandService
from backend.reference import demo_site
from backend.store import schema
from backend.store.base import LogStore
from backend.store.pg_store import PgStore
from backend.store.pg_tail import Tail
from backend.store.store import Store
from cli.backend_jobs import calm_collector
from domain import commands
from domain.actor import Actor
from domain.ids import AreaCode, SeatId, TicketId, UserId
from domain.vocabulary import Role, Source
from protocol.messages import Submit

SITE = demo_site()
ITEM = next(item.code for item in SITE.reference.items if item.limit is not None)
TOWNS = [area.code for area in SITE.reference.areas if area.level == "town"]
LEADER = Actor(user=UserId("leader"), role=Role.SHIFT_LEADER, seat=SeatId("01"))
WRITTEN = ("event", "ticket", "cmd", "external", "private", "number", "head")
"""Tables that an accepted command writes to. `number` and `head` are one row each, changed with every commit."""
_references = itertools.count(1)


class Acceptor:
    """Our side: a command service on a store; half of the commands are reports, half act on tickets reported before."""

    def __init__(self, store: LogStore) -> None:
        self.store = store
        self.service = CommandService(store, SITE.rules, ServerClock(), [])
        if isinstance(store, PgStore):
            self._tail = Tail(store, [])
            self.service = CommandService(store, SITE.rules, ServerClock(), [self._tail.take])
        self.cpu_s = 0.0
        self._outbox = secrets.token_hex(16)
        self._source = secrets.token_hex(4)
        self._numbers = itertools.count(1)
        self._tickets: deque[tuple[TicketId, int]] = deque()

    async def accept(self, count: int, batch: int) -> float:
        """Seconds for `count` commands, `batch` of them waiting at a time; without those of making them up. `cpu_s` has the CPU
        seconds of this process.
        """
        took = self.cpu_s = 0.0
        for start in range(0, count, batch):
            part = [self._message(index) for index in range(start, min(start + batch, count))]
            began, cpu = time.perf_counter(), time.process_time()
            outcomes = await asyncio.gather(*(self.service.submit(LEADER, message) for message in part))
            took += time.perf_counter() - began
            self.cpu_s += time.process_time() - cpu
            for message, outcome in zip(part, outcomes, strict=True):
                if outcome.status != "applied" or outcome.ticket_id is None or outcome.version is None:
                    raise AssertionError(f"not applied: {outcome}")
                if isinstance(message.command, commands.Report):
                    self._tickets.append((outcome.ticket_id, outcome.version))
        return took

    def _message(self, index: int) -> Submit:
        if index % 2 and self._tickets:
            ticket, version = self._tickets.popleft()
            return self._submit(commands.Remind(), ticket, version)
        reference = f"{self._source}-{next(_references)}"
        area = AreaCode(TOWNS[index % len(TOWNS)])
        return self._submit(commands.Report(source=Source.PATROL, external_ref=reference, area=area, item=ITEM))

    def _submit(self, command: commands.Command, ticket: TicketId | None = None, version: int | None = None) -> Submit:
        return Submit(
            outbox_id=self._outbox,
            n=next(self._numbers),
            ticket_id=ticket,
            expected_version=version,
            command=command,
            created_at=datetime.now(UTC),
        )


@contextmanager
def calm() -> Iterator[None]:
    """Garbage is collected as rarely as in the product's own process, for both sides of a comparison."""
    before = gc.get_threshold()
    calm_collector()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


class Commit(Struct):
    """Rows of one commit, by table."""

    rows: dict[str, list[tuple[Any, ...]]]


def commits_since(log: Path, seq: int, batch: int) -> list[Commit]:
    """What our side wrote after `seq`, cut into commits of `batch` events. Ticket rows are the last ones of each ticket."""
    with closing(sqlite3.connect(log)) as file:
        events = file.execute("SELECT * FROM event WHERE seq > ? ORDER BY seq", (seq,)).fetchall()
        by_id = {name: {} for name in ("ticket", "external")}  # type: dict[str, dict[str, tuple[Any, ...]]]
        by_id["ticket"] = {row[0]: row for row in file.execute("SELECT * FROM ticket")}
        by_id["external"] = {row[1]: row for row in file.execute("SELECT * FROM external")}
        cmds = {(row[0], row[1]): row for row in file.execute("SELECT * FROM cmd")}
        number = file.execute("SELECT * FROM number").fetchall()[-1:]
    commits = []
    for start in range(0, len(events), batch):
        part = events[start : start + batch]
        reported = [event for event in part if event[6] is None]
        rows: dict[str, list[tuple[Any, ...]]] = {
            "event": part,
            "ticket": [by_id["ticket"][event[4]] for event in part],
            "cmd": [cmds[(event[10], event[11])] for event in part],
            "external": [by_id["external"][event[4]] for event in reported],
            "number": number if reported else [],
            "head": [(1, part[-1][0], part[-1][-1], part[-1][13])],
        }
        commits.append(Commit(rows))
    return commits


class RawSqlite:
    """sqlite3 as it is: WAL, FULL, executemany per table, one commit per batch."""

    def __init__(self, folder: Path) -> None:
        self._file = sqlite3.connect(folder / "raw.sqlite", isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=4000", "cache_size=-65536"):
            self._file.execute(f"PRAGMA {pragma}")
        for ddl in _ddl(sqlite.dialect()):
            self._file.execute(ddl)
        self._statements = {name: _upsert(name, "?") for name in WRITTEN}

    def write(self, commits: Sequence[Commit]) -> float:
        began = time.perf_counter()
        for commit in commits:
            self._file.execute("BEGIN IMMEDIATE")
            for name, rows in commit.rows.items():
                if rows:
                    self._file.executemany(self._statements[name], rows)
            self._file.execute("COMMIT")
        return time.perf_counter() - began

    def close(self) -> None:
        self._file.close()


class RawPostgres:
    """asyncpg as it is: executemany per table, one commit per batch."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._statements = {name: _upsert(name, "$") for name in WRITTEN}

    @classmethod
    async def open(cls, url: str) -> "RawPostgres":
        connection = await asyncpg.connect(url)
        for ddl in _ddl(postgresql.dialect()):
            await connection.execute(ddl)
        return cls(connection)

    async def write(self, commits: Sequence[Commit]) -> float:
        began = time.perf_counter()
        for commit in commits:
            async with self._connection.transaction():
                for name, rows in commit.rows.items():
                    if rows:
                        await self._connection.executemany(self._statements[name], rows)
        return time.perf_counter() - began

    async def close(self) -> None:
        await self._connection.close()


def _ddl(dialect: Any) -> list[str]:
    made: list[str] = []
    for name in WRITTEN:
        table = schema.metadata.tables[name]
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        made += [str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes]
    return made


def _upsert(name: str, place: str) -> str:
    """Insert, or overwrite where the key is there: what one line of a driver's documentation would do."""
    table = schema.metadata.tables[name]
    names = [f'"{column.name}"' for column in table.columns]
    keys = [f'"{column.name}"' for column in table.primary_key]
    places = ", ".join("?" if place == "?" else f"${number}" for number in range(1, len(names) + 1))
    rest = ", ".join(f"{each} = excluded.{each}" for each in names if each not in keys)
    conflict = f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {rest}" if name in ("ticket", "number", "head") else ""
    return f"INSERT INTO {name} ({', '.join(names)}) VALUES ({places}){conflict}"


async def _serve_node(url: str, folder: Path) -> None:
    """A node as a process of its own: reads `COUNT BATCH` lines, answers with the seconds it took."""
    store = PgStore.open(url, folder)
    acceptor = Acceptor(store)
    tail = acceptor._tail
    following = [asyncio.create_task(tail.run()), asyncio.create_task(tail.listen())]
    calm_collector()
    print("ready", flush=True)
    try:
        while line := await asyncio.to_thread(sys.stdin.readline):
            count, batch = map(int, line.split())
            print(await acceptor.accept(count, batch), flush=True)
    finally:
        for task in following:
            task.cancel()
        await acceptor.service.stop()
        await asyncio.to_thread(store.close)


def open_sqlite(folder: Path) -> Acceptor:
    return Acceptor(Store.open(folder))


if __name__ == "__main__":
    asyncio.run(_serve_node(sys.argv[1], Path(sys.argv[2])))

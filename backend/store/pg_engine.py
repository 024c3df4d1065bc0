"""PostgreSQL through SQLAlchemy and asyncpg: where the database is, and an event loop of its own for every kind of work.

Functions of the store take a `Connection`; here they run by `AsyncConnection.run_sync`, on a thread with a loop of its own,
so that deciding five hundred commands or decoding a page never holds up the loop that serves the sockets.
"""

import asyncio
import ipaddress
import os
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import asyncpg
from msgspec import Struct
from sqlalchemy import Connection, Dialect
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, NullPool

from backend.store.errors import RefusedError, RetryableError

T = TypeVar("T")
SCHEMES = ("postgresql", "postgres", "postgresql+asyncpg")
SAFE_TLS = frozenset({"verify-ca", "verify-full"})
CONNECT_S = 5.0
LOCK_MS = 2000
"""How long a writer waits for a row before it says `busy`."""
WRITER = {
    "lock_timeout": str(LOCK_MS),
    "statement_timeout": "8000",
    "idle_in_transaction_session_timeout": "8000",  # a stopped node must not hold the head row for ever
    "synchronous_commit": "on",
    # A writer only looks rows up by key. Plans made while the tables were empty must not scan them when they are large.
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
}
READER = {"statement_timeout": "20000", "idle_in_transaction_session_timeout": "60000"}
BULK = {"statement_timeout": "300000", "idle_in_transaction_session_timeout": "300000"}
COMMAND_S = {"writer": 10.0, "reader": 25.0, "bulk": 310.0}


class DatabaseUrl(Struct, frozen=True):
    """`dsn` is for the driver and may hold a password; `shown` is for people."""

    dsn: str
    shown: str


def is_postgres(database: str) -> bool:
    return database.split("://", 1)[0] in SCHEMES and "://" in database


def parse_url(database: str) -> DatabaseUrl:
    """Raises RefusedError for a link that others could read: TLS with a checked server, or this machine."""
    parts = urlsplit(database)
    query = parse_qs(parts.query)
    hosts = [host for value in query.get("host", [parts.hostname or ""]) for host in value.split(",")]
    name = parts.path.lstrip("/") or parts.username or ""
    shown = f"{hosts[0] or 'localhost'}/{name}"
    mode = (query.get("sslmode") or [os.environ.get("PGSSLMODE", "")])[0]
    if mode not in SAFE_TLS and not all(_is_here(host) for host in hosts):
        raise RefusedError(
            f"到数据库 {shown} 的连接没有校验对方的 TLS，请在地址后加 ?sslmode=verify-full "
            "(the link to this database is not protected: add ?sslmode=verify-full to its address)"
        )
    return DatabaseUrl("postgresql://" + database.split("://", 1)[1], shown)


def _is_here(host: str) -> bool:
    if not host or host.startswith("/") or host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


async def connect(url: DatabaseUrl, kind: str, settings: dict[str, str], command_s: float) -> Any:
    """One connection of the driver. Raises what pg_errors.PG_ERRORS names."""
    return await asyncpg.connect(
        dsn=url.dsn,
        timeout=CONNECT_S,
        command_timeout=command_s,
        server_settings={"application_name": f"liandong-{kind}", "jit": "off", **settings},
    )


class ClosedError(RetryableError):
    """The node is stopping: what was asked for is not done any more."""


class Database:
    """One engine on one loop on one thread. `pool` connections are kept; 0 = one for each piece of work."""

    def __init__(self, url: DatabaseUrl, kind: str, settings: dict[str, str], *, pool: int, snapshot: bool) -> None:
        self._closed = False
        self._lock = threading.Lock()
        self._held: set[AsyncConnection] = set()
        self._loop = asyncio.new_event_loop()
        self._engine = _engine(url, kind, settings, pool, snapshot)
        self._thread = threading.Thread(target=self._loop.run_forever, name=f"log-{kind}", daemon=True)
        self._thread.start()

    @property
    def dialect(self) -> Dialect:
        return self._engine.dialect

    def submit(self, work: Callable[[Connection], T]) -> "Future[T]":
        """Runs `work` in one transaction on the thread of this database."""
        return self._start(self._run(work))

    def call(self, work: Callable[[Connection], T]) -> T:
        """The same, and waits: never on the thread of a loop that others need."""
        return self.submit(work).result()

    @contextmanager
    def pages(
        self, begin: Callable[[Connection], tuple[T, Iterator[Any]]], size: int
    ) -> Iterator[tuple[T, Iterator[Any]]]:
        """(first, rows) of a generator that reads on one connection, in one transaction, `size` rows at a time."""
        connection = self._start(self._opened()).result()
        try:
            first, rows = self._start(connection.run_sync(begin)).result()

            def pages() -> Iterator[Any]:
                while page := self._start(connection.run_sync(lambda _: list(islice(rows, size)))).result():
                    yield from page

            yield first, pages()
        finally:
            with suppress(ClosedError):  # then `close` does it
                self._start(self._let_go(connection)).result()

    def close(self) -> None:
        """Waits for what runs, closes the connections and ends the thread. Later calls raise ClosedError."""
        with self._lock:
            self._closed = True
            ending = asyncio.run_coroutine_threadsafe(self._end(), self._loop)
        ending.result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}), return_exceptions=True)
        for connection in tuple(self._held):
            await self._let_go(connection)
        await self._engine.dispose()

    async def _run(self, work: Callable[[Connection], T]) -> T:
        async with self._engine.connect() as connection:
            try:
                async with connection.begin():
                    return await connection.run_sync(work)
            except Exception:
                await _drop_if_dead(connection)
                raise

    async def _opened(self) -> AsyncConnection:
        connection = self._engine.connect()
        await connection.start()
        self._held.add(connection)
        return connection

    async def _let_go(self, connection: AsyncConnection) -> None:
        self._held.discard(connection)
        await connection.close()

    def _start(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        with self._lock:
            if self._closed:
                work.close()
                raise ClosedError("unavailable", "the log is closed")
            return asyncio.run_coroutine_threadsafe(work, self._loop)


async def _drop_if_dead(connection: AsyncConnection) -> None:
    """Prepared statements of the hot path go past SQLAlchemy, which then does not see that the database ended the session:
    the pool would give out the same dead connection for ever.
    """
    if connection.closed or connection.invalidated:
        return
    raw = (await connection.get_raw_connection()).driver_connection
    if raw is None or raw.is_closed():
        await connection.invalidate()


def _engine(url: DatabaseUrl, kind: str, settings: dict[str, str], pool: int, snapshot: bool) -> AsyncEngine:
    pooled: dict[str, Any] = {"poolclass": NullPool}
    if pool:
        pooled = {"poolclass": AsyncAdaptedQueuePool, "pool_size": pool, "max_overflow": 0, "pool_timeout": 8}
    engine = create_async_engine(
        "postgresql+asyncpg://",
        hide_parameters=True,
        async_creator=lambda: connect(url, kind, settings, COMMAND_S[kind]),
        **pooled,
    )
    if snapshot:
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.execution_options(isolation_level="READ COMMITTED")

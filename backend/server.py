"""The listening socket: who gets in, the one timer of all connections, and an orderly end.

No rules of the stream live here (backend.connection, backend.hub), and no TLS: beyond loopback a proxy or a later setting
brings it.
"""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from socket import SO_SNDBUF, SOL_SOCKET

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response
from websockets.typing import Origin

from backend.catch_up import CatchUp
from backend.connection import ClientConnection, Clock, Parts, QueryHandler
from backend.hub import LEVEL_S, Hub
from backend.lane import StreamConnection
from backend.limits import ServerLimits
from backend.outcomes import Asked
from backend.presence import PresenceBoard
from backend.resume import Alarm
from backend.snapshots import SnapshotCache
from backend.stream_store import StreamStore
from domain.actor import Actor
from protocol.messages import BlobGet, BlobPut, Close, Outcome
from protocol.server_session import Bucket

log = logging.getLogger(__name__)

TICK_S = 0.5
BACKLOG = 1024


class StreamServer:
    """`start`, then `port`; `stop` once. All callables are called on the loop that started it.

    The hub must be fed by the command service (`hub.publish` and `presence.follow` among its sinks).
    """

    def __init__(
        self,
        *,
        store: StreamStore,
        hub: Hub,
        submit: Callable[[Actor, Asked], Awaitable[Outcome]],
        authenticate: Callable[[str], Awaitable[Actor | None]],
        queries: Mapping[str, QueryHandler],
        clock: Clock,
        snapshot_folder: Path,
        alarm: Alarm,
        blobs: Callable[[Actor, BlobPut | BlobGet], Awaitable[bytes]] | None = None,
        limits: ServerLimits | None = None,
        server_name: str = "liandong",
        origins: Sequence[str] = (),
    ) -> None:
        self.limits = limits or ServerLimits()
        self.counters: Counter[str] = Counter()
        self.presence = PresenceBoard(hub)
        self._hub = hub
        self._origins = origins
        self._monotonic = asyncio.get_running_loop().time
        self._snapshots = SnapshotCache(store, snapshot_folder, self._monotonic)
        self._parts = Parts(
            store=store,
            hub=hub,
            catch_up=CatchUp(store, self._monotonic),
            snapshots=self._snapshots,
            presence=self.presence,
            submit=submit,
            authenticate=authenticate,
            queries=queries,
            blobs=blobs,
            clock=clock,
            monotonic=self._monotonic,
            limits=self.limits,
            alarm=alarm,
            server_name=server_name,
            enter=self._enter,
            count=self._count,
        )
        self._connections: set[ClientConnection] = set()
        self._users: defaultdict[str, set[ClientConnection]] = defaultdict(set)
        self._buckets: dict[str, Bucket] = {}
        self._addresses: Counter[str] = Counter()
        self._login_slots = asyncio.Semaphore(self.limits.before_login)
        self._in_login: dict[StreamConnection, bool] = {}
        self._server: Server | None = None
        self._timer: asyncio.Task[None] | None = None

    # -- life -------------------------------------------------------------------------------------

    async def start(self, host: str, port: int) -> asyncio.Task[None]:
        """Listen. Port 0 = any free one, see `port`. Raises OSError when the address is taken.

        The task given is the timer: it ends only by `stop`, or with the error that its owner must look at.
        """
        limits = self.limits
        self._server = await serve(
            self._serve,
            host,
            port,
            origins=[None, *(Origin(origin) for origin in self._origins)],
            compression=None,
            process_request=self._admit,
            server_header=None,
            open_timeout=limits.session.hello_s,
            ping_interval=limits.ping_s,
            ping_timeout=None,  # a pong may wait behind a snapshot on a thin line; who is silent, the session finds out
            close_timeout=limits.close_timeout_s,
            max_size=limits.session.max_inbound,
            write_limit=limits.write_high,
            create_connection=StreamConnection,
            backlog=BACKLOG,
        )
        self._timer = asyncio.create_task(self._tick(), name="stream-timer")
        self._timer.add_done_callback(_tell_if_dead)
        return self._timer

    @property
    def port(self) -> int:
        assert self._server is not None
        number: int = self._server.sockets[0].getsockname()[1]
        return number

    @property
    def connections(self) -> int:
        return len(self._connections)

    async def stop(self) -> None:
        """Tell everybody 1012, give them `close_timeout_s`, then abort who does not answer."""
        if self._timer is not None:
            self._timer.cancel()
        if self._server is not None:
            self._server.close(close_connections=False)
            ends = [asyncio.create_task(each.end(Close.RESTART, "restart")) for each in tuple(self._connections)]
            if ends:
                await asyncio.wait(ends, timeout=self.limits.close_timeout_s + 1)
            for connection in tuple(self._in_login):
                connection.transport.abort()
                self._login_slots.release()  # whoever waits for a turn hears that it is over
            await asyncio.wait_for(self._server.wait_closed(), self.limits.close_timeout_s + 3)
        await self._snapshots.close()

    def recheck(self) -> None:
        """Some token was ended, here or by another process: every session's is looked at again (I18)."""
        for client in tuple(self._connections):
            client.recheck()

    async def end_sessions(self, user: str, code: int = Close.LOGIN, reason: str = "ended") -> None:
        """Rights or login of a user ended: close all their sockets (S13). 4403 where only the scope changed."""
        await asyncio.gather(*(each.end(code, reason) for each in tuple(self._users.get(user, ()))))

    # -- who gets in --------------------------------------------------------------------------------

    async def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        """Before the handshake is answered. A foreign Origin is refused by the library (403)."""
        assert isinstance(connection, StreamConnection)
        address = str(connection.remote_address[0])
        full = len(connection.server.handler_tasks) > self.limits.connections
        if full or self._addresses[address] >= self.limits.per_address:
            self._count("refused_connections")
            return connection.respond(HTTPStatus.SERVICE_UNAVAILABLE, "too many connections\n")
        self._addresses[address] += 1
        self._in_login[connection] = False
        connection.on_lost.append(lambda: self._lost(connection, address))
        sock = connection.transport.get_extra_info("socket")
        sock.setsockopt(SOL_SOCKET, SO_SNDBUF, self.limits.send_buffer)
        await self._login_slots.acquire()
        if connection in self._in_login:
            self._in_login[connection] = True
        else:
            self._login_slots.release()
        return None

    def _lost(self, connection: StreamConnection, address: str) -> None:
        self._addresses[address] -= 1
        if not self._addresses[address]:
            del self._addresses[address]
        self._login_over(connection)

    def _login_over(self, connection: StreamConnection) -> None:
        if self._in_login.pop(connection, False):
            self._login_slots.release()

    async def _serve(self, connection: ServerConnection) -> None:
        assert isinstance(connection, StreamConnection)
        client = ClientConnection(connection, self._parts)
        self._connections.add(client)
        try:
            await client.run()
        finally:
            self._connections.discard(client)
            if client.actor is not None:
                self._leave(client, client.actor.user)

    def _enter(self, client: ClientConnection) -> Bucket | None:
        """A login succeeded: the slot is free for the next, and the user's own limits begin."""
        self._login_over(client.websocket)
        actor = client.actor
        assert actor is not None
        if len(self._users[actor.user]) >= self.limits.per_user:
            return None
        self._users[actor.user].add(client)
        bucket = self._buckets.get(actor.user)
        if bucket is None:
            rate = self.limits.import_commands_per_s if actor.import_right else self.limits.commands_per_s
            burst = self.limits.import_in_flight if actor.import_right else self.limits.commands_burst
            bucket = self._buckets[actor.user] = Bucket(rate, burst, self._monotonic())
        return bucket

    def _leave(self, client: ClientConnection, user: str) -> None:
        # The bucket stays while any session does: reconnecting must not refill it at once.
        self._users[user].discard(client)
        if not self._users[user]:
            del self._users[user]

    # -- time ---------------------------------------------------------------------------------------

    async def _tick(self) -> None:
        leveled = published = float("-inf")
        while True:
            await asyncio.sleep(TICK_S)
            now = self._monotonic()
            for client in tuple(self._connections):
                client.tick(now)
            if now - leveled >= LEVEL_S:
                leveled = now
                self._hub.level()
            if now - published >= 1.0:
                published = now
                self.presence.publish()
                self._snapshots.sweep()

    def _count(self, what: str) -> None:
        self.counters[what] += 1


def _tell_if_dead(timer: asyncio.Task[None]) -> None:
    if not timer.cancelled() and timer.exception() is not None:
        log.critical("the timer of the stream server died", exc_info=timer.exception())

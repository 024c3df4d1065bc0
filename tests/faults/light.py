"""A desk without cache and windows, cheap enough for five hundred of them in one process: session, cursor, reconnect."""

import asyncio
import io
import random
import time
from contextlib import suppress

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from protocol.backoff import Backoff
from protocol.client_session import ClientSession
from protocol.messages import Cursor
from protocol.session_events import Again, CaughtUp, DeltaApplied, Failed, ResetBegun, SnapshotComplete
from protocol.snapshot import SCHEMA_VERSION

PER_ADDRESS = 20
"""What the server lets in from one address: clients are spread over 127.0.0.x as desks are over machines."""


class LightDesk:
    """`run` until cancelled. `live_since` is None while it is not live."""

    def __init__(self, number: int, port: int, token: str, seed: int = 0) -> None:
        self.cursor: Cursor | None = None
        self.live_since: float | None = None
        self.resets = 0
        self._number = number
        self._port = port
        self._token = token
        self._backoff = Backoff(random.Random(f"{seed}.{number}").random)
        self._generation = 0

    async def run(self) -> None:
        while True:
            was_live = await self._one_session()
            self.live_since = None
            await asyncio.sleep(self._backoff.next_s(soft=was_live))

    async def _one_session(self) -> bool:
        address = f"127.0.0.{2 + self._number // PER_ADDRESS}"
        try:
            socket = await connect(
                f"ws://127.0.0.1:{self._port}",
                compression=None,
                proxy=None,
                max_size=2**22,
                open_timeout=10,
                ping_interval=None,
                local_addr=(address, 0),
            )
        except (OSError, TimeoutError, InvalidHandshake, ConnectionClosed):
            return False
        self._generation += 1
        session = ClientSession(
            app="light",
            schema=SCHEMA_VERSION,
            device_id=f"d{self._number}",
            token=self._token,
            cursor=self.cursor,
            topics={},
            generation=self._generation,
            now=time.monotonic(),
        )
        ticking = asyncio.create_task(self._tick(session, socket))
        try:
            await self._read(session, socket)
        finally:
            ticking.cancel()
            socket.transport.abort()
        return self.live_since is not None

    async def _read(self, session: ClientSession, socket) -> None:  # type: ignore[no-untyped-def]
        with suppress(ConnectionClosed):
            while True:
                for frame in session.data_to_send():
                    await socket.send(frame)
                for event in session.receive(await socket.recv(), time.monotonic()):
                    if isinstance(event, Failed):
                        if event.again is Again.NEVER:
                            raise AssertionError(f"light desk {self._number}: {event}")
                        return
                    if isinstance(event, ResetBegun):
                        self.resets += 1
                        session.snapshot_to(io.BytesIO())
                    elif isinstance(event, SnapshotComplete | DeltaApplied):
                        self.cursor = event.cursor
                        session.applied(event.cursor)
                    elif isinstance(event, CaughtUp):
                        self.live_since = time.monotonic()
                        self._backoff.reset()

    async def _tick(self, session: ClientSession, socket) -> None:  # type: ignore[no-untyped-def]
        while True:
            await asyncio.sleep(1)
            if any(isinstance(event, Failed) for event in session.tick(time.monotonic())):
                socket.transport.abort()
                return
            with suppress(ConnectionClosed):
                for frame in session.data_to_send():
                    await socket.send(frame)

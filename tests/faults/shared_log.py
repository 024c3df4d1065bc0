"""Two backend processes on one PostgreSQL database, for the faults of a shared log."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from backend.opening import issue_token
from domain.actor import Actor
from tests.faults.cluster import Hall, Node, Seat, leader, until
from tests.faults.proxy import FaultProxy
from tests.peers.postgres import execute


class SharedNode(Node):
    """`rows` asks the database itself, as any other client would."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        quoted = sql.replace(", user", ', "user"')
        with ThreadPoolExecutor(1) as pool:  # the tests run inside a loop of their own
            found = pool.submit(asyncio.run, execute(self.database, quoted)).result(20)
        return [tuple(row) for row in found]

    def token(self, actor: Actor) -> str:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(issue_token, self.database, self.data, actor, None).result(20)


class SharedHall(Hall):
    """`node` is the first of `nodes`; seat n hangs on node n modulo two, by its proxy."""

    nodes: list[SharedNode]

    def move(self, away: Node, to: Node) -> None:
        """What a load balancer in front of the nodes does when one of them no longer answers."""
        for seat in self.seats:
            if seat.proxy.target == away.port:
                seat.proxy.retarget(to.port)


@asynccontextmanager
async def shared_hall(folder: Path, database: str, seats: int, *, timeout_s: float = 280) -> AsyncIterator[SharedHall]:
    nodes = []
    for number in range(2):
        data = folder / f"node{number}"
        data.mkdir(mode=0o700)
        nodes.append(SharedNode(data, database=database))
    made = SharedHall(folder, nodes[0])
    made.nodes = nodes
    proxies: list[FaultProxy] = []
    try:
        async with asyncio.timeout(timeout_s):
            for node in nodes:
                await asyncio.to_thread(node.start)
            for number in range(seats):
                proxies.append(await FaultProxy(nodes[number % 2].port).__aenter__())
                actor = leader(f"leader{number}")
                token = await asyncio.to_thread(nodes[0].token, actor)
                made.seats.append(Seat(folder / f"seat{number}", nodes[0], actor, proxies[-1], token=token))
            for seat in made.seats:
                await seat.services.start()
            await until(lambda: all(seat.live for seat in made.seats), "first contact", 20)
            yield made
    finally:
        for seat in made.seats:
            await seat.services.stop()
        for proxy in proxies:
            await proxy.__aexit__(None, None, None)
        for node in nodes:
            await asyncio.to_thread(node.stop)

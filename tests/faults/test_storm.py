"""F13: everybody comes back at once after the server was killed, each by its own jitter, and nobody needs a snapshot."""

import asyncio
import time
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from backend.auth import issue_token
from tests.faults.cluster import FEEDER, Node, leader, report_of, start_again, until
from tests.faults.light import LightDesk
from tests.faults.wire import submit_of, wire

PER_USER = 5
ALL_LIVE_S = 30.0


async def storm(folder: Path, count: int) -> None:
    data = folder / "node"
    data.mkdir(mode=0o700)
    node = Node(data)
    await asyncio.to_thread(node.start)
    tasks: list[asyncio.Task[None]] = []
    try:
        async with AsyncExitStack() as stack:
            line = await stack.enter_async_context(
                wire(f"ws://127.0.0.1:{node.port}", issue_token(data, FEEDER), stream=False)
            )
            for number in range(1, 201):
                await line.send(submit_of(number, report_of(f"r{number}")))
            await line.answered(200)
        tokens = [issue_token(data, leader(f"u{number}")) for number in range(-(-count // PER_USER))]
        desks = [LightDesk(number, node.port, tokens[number // PER_USER]) for number in range(count)]
        tasks = [asyncio.create_task(desk.run()) for desk in desks]
        await until(lambda: all(desk.live_since for desk in desks), "first contact", 60)
        node.kill()
        await start_again(node)
        again = time.monotonic()
        await until(lambda: all((desk.live_since or 0) > again for desk in desks), "all live again", ALL_LIVE_S)
        print(
            f"{count} desks live {max(desk.live_since or 0 for desk in desks) - again:.1f} s after the server listens"
        )
        head = node.head()
        assert all(desk.cursor is not None and desk.cursor.seq == head for desk in desks)
        assert sum(desk.resets for desk in desks) == count, "a snapshot each at first contact, none after the restart"
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.to_thread(node.stop)


def test_f13_a_hundred_desks_come_back_at_once(tmp_path: Path) -> None:
    asyncio.run(storm(tmp_path, 100))


@pytest.mark.full
@pytest.mark.timeout(600)
def test_f13_five_hundred_desks_come_back_at_once(tmp_path: Path) -> None:
    asyncio.run(storm(tmp_path, 500))

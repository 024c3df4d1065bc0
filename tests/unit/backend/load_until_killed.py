"""Child process of test_kill: gives commands as fast as it can and tells each applied outcome, until it is killed."""

import asyncio
import itertools
import sys
from pathlib import Path

from backend.handlers import CommandService
from backend.store.store import Store
from protocol.messages import Outcome
from tests.unit.backend.house import REGISTRAR, House, site


async def load(folder: Path) -> None:
    house = House(folder)
    house.outbox = sys.argv[2]
    house.store = Store.open(folder, now=house.clock.now_server())
    house.service = CommandService(house.store, site().rules, house.clock, [])
    numbers = itertools.count(1)

    async def one() -> None:
        while True:
            n = next(numbers)
            outcome: Outcome = await house.service.submit(REGISTRAR, house.message(house.report_command(), n=n))
            assert outcome.status == "applied", outcome
            print(n, outcome.seq, outcome.ticket_id, flush=True)

    await asyncio.gather(*(one() for _ in range(8)))


asyncio.run(load(Path(sys.argv[1])))

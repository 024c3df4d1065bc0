"""A desk as a process of its own: works at random, writes a JSONL history, until it is killed or told to end.

On stdin: `work`, `rest` (answered by `resting`: nothing is given after that line); end of file = end in order. The history goes to stdout: each line is with the kernel before the next
thing happens, so it outlives kill -9. Times are the machine's monotonic clock, comparable between processes.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from desktop.services.app_state import Services
from desktop.services.values import Refusal
from protocol.messages import Outcome
from tests.faults.cluster import choice

SAMPLE_S = 0.1


class Teller:
    """Writes the history, line by line."""

    def __init__(self, file: TextIO, seat: str) -> None:
        self._file = file
        self._seat = seat

    def say(self, what: str, **values: Any) -> None:
        self._file.write(json.dumps({"at": time.monotonic(), "seat": self._seat, "what": what, **values}) + "\n")
        self._file.flush()


class Worker:
    def __init__(self, services: Services, teller: Teller, seed: str) -> None:
        self.services = services
        self.teller = teller
        self.working = False
        self._chance = random.Random(seed)
        self._seed = seed
        self._count = 0
        self._stored: set[int] = set()
        services.on.outcome.append(self._on_outcome)
        services.on.pending.append(self._on_pending)
        services.on.notice.append(lambda notice: teller.say("notice", code=notice.code))

    def _on_pending(self) -> None:
        """What is in the outbox is on disk: from now on it must never disappear."""
        outbox = self.services._outbox
        if outbox is not None:
            for n in outbox.items.keys() - self._stored:
                self._stored.add(n)
                self.teller.say("stored", outbox=outbox.outbox_id, n=n)

    def _on_outcome(self, outcome: Outcome) -> None:
        cursor = self.services.mirror.cursor
        self.teller.say(
            "outcome",
            outbox=outcome.outbox_id,
            n=outcome.n,
            status=outcome.status,
            seq=outcome.seq,
            epoch=cursor.epoch if cursor else "",
        )

    def sample(self) -> None:
        cursor = self.services.mirror.cursor
        if cursor is not None:
            state = self.services.freshness.of().state.value
            queued = self.services.commander.pending.queued
            self.teller.say("seen", epoch=cursor.epoch, seq=cursor.seq, state=state, queued=queued)

    def act(self) -> None:
        self._count += 1
        command, ticket = choice(self._chance, self.services.mirror.tickets, f"{self._seed}-{self._count}")
        if isinstance(self.services.commander.submit(command, ticket), Refusal):
            self.teller.say("refused")


async def main(options: argparse.Namespace) -> None:
    teller = Teller(sys.stdout, options.seat)
    chance = random.Random(options.seed)
    services = Services(options.data, options.url, options.token, random=chance.random)
    worker = Worker(services, teller, options.seed)
    await services.start()
    teller.say("start", seq=services.mirror.seq)
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    orders = asyncio.create_task(_orders(reader, worker))
    while not orders.done():
        worker.sample()
        if worker.working:
            worker.act()
        await asyncio.wait([orders], timeout=1 / options.rate if worker.working else SAMPLE_S)
    await services.stop()
    teller.say("end")


async def _orders(reader: asyncio.StreamReader, worker: Worker) -> None:
    while line := await reader.readline():
        worker.working = line.strip() == b"work"
        if not worker.working:
            worker.teller.say("resting")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    for name in ("--url", "--token", "--seat", "--seed"):
        parser.add_argument(name, required=True)
    parser.add_argument("--rate", type=float, default=10.0)
    asyncio.run(main(parser.parse_args()))

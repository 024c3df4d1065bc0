"""Real processes and somebody who spoils everything in between, by a seed: what happens is written into the same history.

Faults overlap with the work of the seats and with each other's end; each is bounded in time and healed by `heal`.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from backend.auth import issue_token
from desktop.services.identity import login_dir
from desktop.services.outbox_file import TRAY, ItemState, OutboxFile
from domain.ids import UserId
from tests.faults import processes
from tests.faults.cluster import CONVERGED_S, ROOT, Node, leader, start_again, until
from tests.faults.history import Line, LogRow, Verdict, check, read
from tests.faults.proxy import FaultProxy
from tests.faults.seat import Teller

FINAL = {ItemState.APPLIED, ItemState.DISCARDED, ItemState.RETRIED, *TRAY}


class SeatProcess:
    """tests.faults.seat behind its own proxy; every run of it appends to one history file."""

    def __init__(
        self, folder: Path, name: str, node: Node, proxy: FaultProxy, rate: float, *, masked: bool = True
    ) -> None:
        self.name = name
        self.user = UserId(name)
        self.folder = folder / name
        self.history = folder / f"{name}.jsonl"
        self.proxy = proxy
        self._log = folder / f"{name}.log"
        self._rate = rate
        self._token = issue_token(node.data, leader(name, masked=masked))
        self._runs = 0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._runs += 1
        arguments = {
            "--data": self.folder,
            "--url": self.proxy.url,
            "--token": self._token,
            "--seat": self.name,
            "--seed": f"{self.name}.{self._runs}",
            "--rate": self._rate,
        }
        flat = [str(part) for pair in arguments.items() for part in pair]
        with self._log.open("ab") as log:
            self._process = processes.start(
                [*processes.dies_with_us("KILL"), sys.executable, "-P", "-m", "tests.faults.seat", *flat],
                cwd=ROOT,
                env={"PYTHONPATH": str(ROOT), "PATH": os.environ.get("PATH", "")},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        self._copier = threading.Thread(target=self._copy, args=(self._process,), daemon=True)
        self._copier.start()

    def _copy(self, process: "subprocess.Popen[bytes]") -> None:
        """Whole lines only: the last one of a killed process may be cut."""
        assert process.stdout is not None
        with self.history.open("ab", buffering=0) as history, process.stdout:
            for line in process.stdout:
                if line.endswith(b"\n"):
                    history.write(line)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def tell(self, order: str) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(f"{order}\n".encode())
            self._process.stdin.flush()

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._copier.join()
        assert self._process.stdin is not None
        self._process.stdin.close()

    def end(self) -> None:
        """In order; raises AssertionError with its last words where it ended otherwise."""
        process = self._process
        if process is None or process.stdin is None or process.stdin.closed:
            return
        process.send_signal(signal.SIGCONT)
        process.stdin.close()
        try:
            code = process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        self._copier.join()
        assert code == 0, f"seat {self.name} ended with {code}: {self.said()}"

    def said(self) -> str:
        return self._log.read_text("utf-8", "replace")[-3000:]

    def lines(self) -> list[Line]:
        return read(self.history) if self.history.exists() else []

    def last(self) -> Line:
        return next((line for line in reversed(self.lines()) if line["what"] == "seen"), {"seq": -1, "queued": 1})

    def outbox(self) -> OutboxFile:
        """Only while the seat is down."""
        path = login_dir(self.folder, self.proxy.url, self.user) / "outbox.sqlite"
        return OutboxFile(path, self.user, self.proxy.url)

    def ended(self) -> list[tuple[str, int]]:
        """(outbox, n) of everything that has an end or is shown to a person."""
        file = self.outbox()
        try:
            rows = file._file.rows("SELECT n, state FROM item")
            return [(file.outbox_id, n) for n, state in rows if ItemState(state) in FINAL]
        finally:
            file.close()


class Field:
    """The whole setting."""

    def __init__(self, folder: Path, node: Node, seats: list[SeatProcess]) -> None:
        self.folder = folder
        self.node = node
        self.seats = seats
        self._file = (folder / "nemesis.jsonl").open("a", encoding="utf-8")
        self.teller = Teller(self._file, "nemesis")

    def close(self) -> None:
        self._file.close()

    async def settle(self) -> float:
        """Everything healed and quiet: seconds until every seat is live at the head with nothing waiting."""
        marks = [len(seat.lines()) for seat in self.seats]
        for seat in self.seats:
            seat.tell("rest")
        return await until(lambda: self._quiet(marks), "converged", CONVERGED_S)

    def _quiet(self, marks: list[int]) -> bool:
        """A screen counts only when it was looked at after the seat had heard that it shall rest (line `marks` or later)."""
        head = self.node.head()
        for seat, mark in zip(self.seats, marks, strict=True):
            told = [line for line in seat.lines()[mark:] if line["what"] in ("resting", "seen")]
            seen = told[-1] if told and "resting" in [line["what"] for line in told[:-1]] else None
            if seen is None or seen["what"] != "seen":
                return False
            if seen["seq"] != head or seen["queued"] or seen["state"] != "live":
                return False
        return True

    def judge(self) -> Verdict:
        """After the end of all seats."""
        history = [line for seat in self.seats for line in seat.lines()]
        columns = "seq, epoch, entity_id, entity_version, cmd_outbox, cmd_n, user"
        log = [LogRow(*row) for row in self.node.rows(f"SELECT {columns} FROM event ORDER BY seq")]
        assert [row.seq for row in log] == list(range(1, len(log) + 1)), "I1: a hole in the log"
        owners = {outbox: seat.name for seat in self.seats for outbox, _ in seat.ended()}
        assert all(owners.get(row.outbox, row.user) == row.user for row in log), "I19: an event of somebody else"
        return check(history, log, [key for seat in self.seats for key in seat.ended()])


@asynccontextmanager
async def field(
    folder: Path, seats: int, *, rate: float = 5, masked: bool = True, timeout_s: float = 280
) -> AsyncIterator[Field]:
    """`rate`: commands a second and seat. The server takes ten of one person: what an outage left over must fit beside the rest."""
    data = folder / "node"
    data.mkdir(mode=0o700)
    node = Node(data)
    proxies: list[FaultProxy] = []
    made: list[SeatProcess] = []
    place = Field(folder, node, made)
    try:
        async with asyncio.timeout(timeout_s):
            await asyncio.to_thread(node.start)
            for number in range(seats):
                proxies.append(await FaultProxy(node.port, seed=number).__aenter__())
                made.append(SeatProcess(folder, f"seat{number}", node, proxies[-1], rate, masked=masked))
                made[-1].start()
            await until(lambda: all(seat.last()["seq"] >= 0 for seat in made), "first contact", 30)
            yield place
    finally:
        place.close()
        ends = [asyncio.to_thread(seat.end) for seat in made]
        ended = await asyncio.gather(*ends, return_exceptions=True)
        for proxy in proxies:
            await proxy.__aexit__(None, None, None)
        await asyncio.to_thread(node.stop)
    for error in ended:
        if error is not None:
            raise error


class Nemesis:
    """Spoils at random for a time. Every fault lasts at most `most_s`."""

    def __init__(self, place: Field, seed: int, most_s: float = 3.0) -> None:
        self._place = place
        self._chance = random.Random(seed)
        self._most_s = most_s
        self.done: list[str] = []

    async def rage(self, seconds: float) -> None:
        faults: list[Callable[[], Awaitable[None]]] = [
            self.kill_node,
            self.pause_node,
            self.kill_seat,
            self.pause_seat,
            self.cut,
            self.blackhole,
            self.one_way,
            self.bad_line,
            self.cut_after_bytes,
        ]
        # Each at least once, in an order of the seed, then at random.
        self._chance.shuffle(faults)
        waiting = list(faults)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            fault = waiting.pop() if waiting else self._chance.choice(faults)
            self._place.teller.say("fault", name=fault.__name__)
            await fault()
            self.done.append(fault.__name__)
            await self._wait(0.5)
        self.heal()

    def heal(self) -> None:
        self._place.teller.say("heal")
        for seat in self._place.seats:
            seat.proxy.heal()

    async def kill_node(self) -> None:
        self._place.node.kill()
        await self._wait(1.0)
        await start_again(self._place.node)

    async def pause_node(self) -> None:
        self._place.node.signal(signal.SIGSTOP)
        await self._wait()
        self._place.node.signal(signal.SIGCONT)

    async def kill_seat(self) -> None:
        seat = self._seat()
        seat.kill()
        await self._wait(0.5)
        seat.start()
        seat.tell("work")

    async def pause_seat(self) -> None:
        seat = self._seat()
        seat.signal(signal.SIGSTOP)
        await self._wait()
        seat.signal(signal.SIGCONT)

    async def cut(self) -> None:
        for seat in self._place.seats:
            seat.proxy.cut(reset=self._chance.random() < 0.5)

    async def blackhole(self) -> None:
        """Bytes are thrown away although both ends believe them sent: only a new connection can help."""
        await self._toxic(None, blackhole=True)

    async def one_way(self) -> None:
        await self._toxic(self._chance.choice(["up", "down"]), stall=True)

    async def bad_line(self) -> None:
        await self._toxic(None, latency_s=0.15, jitter_s=0.1, slice_bytes=self._chance.choice([1, 7, 100]))

    async def cut_after_bytes(self) -> None:
        seat = self._seat()
        seat.proxy.cut()
        seat.proxy.set(self._chance.choice(["up", "down"]), cut_after=self._chance.randint(1, 4000))
        await self._wait()
        seat.proxy.heal()

    async def _toxic(self, direction: str | None, **toxics: object) -> None:
        seat = self._seat()
        seat.proxy.set(direction, **toxics)
        await self._wait()
        seat.proxy.heal()
        if toxics.get("blackhole"):
            seat.proxy.cut()  # what was thrown away makes the line useless for ever: TCP would have ended it

    def _seat(self) -> SeatProcess:
        return self._chance.choice(self._place.seats)

    async def _wait(self, most_s: float | None = None) -> None:
        await asyncio.sleep(self._chance.uniform(0.05, most_s or self._most_s))

"""Real backend processes and real desks for the fault tests: start, kill, pause, and what goal G0 asks of them afterwards.

A `Node` is `liandong backend` as a process of its own; a `Seat` is the desk's own services behind a fault proxy. `g0` is
the common goal of the fault matrix: nothing acknowledged lost, no effect twice, everybody equal within ten seconds.
"""

import asyncio
import itertools
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from backend.alarms import SITE_FILE
from backend.auth import issue_token
from backend.reference import demo_site
from backend.store.store import FILE_NAME
from desktop.services.app_state import Services
from desktop.services.values import Fresh, PageQuery, Refusal
from domain import commands
from domain.actor import Actor, Scope
from domain.ids import AreaCode, SeatId, TicketId, UserId
from domain.ticket import Ticket
from domain.vocabulary import Role, Source
from protocol.messages import Outcome
from protocol.snapshot import ticket_of
from tests import goals
from tests.faults import processes
from tests.faults.proxy import FaultProxy

ROOT = Path(__file__).resolve().parents[2]
SITE = demo_site()
TOWNS = [area for area in SITE.reference.areas if area.level == "town"]
COMMUNITY = next(area for area in SITE.reference.areas if area.level == "community")
ITEM = next(item for item in SITE.reference.items if item.limit is not None)
UNIT = SITE.reference.units[0]
FEEDER = Actor(user=UserId("feeder"), role=Role.SHIFT_LEADER, import_right=True)
"""May send more than a person types."""
START_TIMEOUT_S = 30.0
CONVERGED_S = 10.0
"""G0: how long after the end of a fault everybody may still differ."""


async def until(condition: Callable[[], Any], what: str, timeout_s: float = CONVERGED_S) -> float:
    """Wait for it; gives the seconds it took. Longer than `timeout_s` is noted, much longer is a failure."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > timeout_s * goals.PATIENCE:
            raise AssertionError(f"{what}: not within {timeout_s * goals.PATIENCE:g} s")
        await asyncio.sleep(0.02)
    took = time.monotonic() - began
    goals.note(what, took, timeout_s)
    return took


class Node:
    """One backend process on a data folder."""

    def __init__(self, data: Path, *, database: str = "") -> None:
        self.data = data
        self.port = 0
        self.database = database
        self.log = data.with_name(data.name + ".log")
        self._ready = data.with_name(data.name + ".ready")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self, *extra: str) -> None:
        """Blocks until it listens, always on the port it had first."""
        self._ready.unlink(missing_ok=True)
        if self.data.is_dir():
            # These tests count every entry of the log: none of the centre's own.
            (self.data / SITE_FILE).write_text("[settings]\nactive = false\n", "utf-8")
        database = ["--database", self.database] if self.database else []
        command = [
            *processes.dies_with_us("KILL"),
            sys.executable,
            "-P",
            "-m",
            "cli.main",
            "backend",
            "--data",
            str(self.data),
            *database,
        ]
        with self.log.open("ab") as log:
            self._process = processes.start(
                [*command, "--port", str(self.port), "--ready-file", str(self._ready), *extra],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._ready.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the backend did not start: {self.said()[-2000:]}")
            time.sleep(0.01)
        self.port = int(self._ready.read_text("utf-8").strip().rsplit(":", 1)[1])

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        self.wait()

    def wait(self, timeout_s: float = START_TIMEOUT_S) -> int:
        assert self._process is not None
        return self._process.wait(timeout_s)

    def stop(self) -> None:
        """An orderly end; the process may be paused, or gone already."""
        if self._process is None or self._process.poll() is not None:
            return
        with suppress(ProcessLookupError):
            os.kill(self._process.pid, signal.SIGCONT)
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    # -- the log, read as any other process would -------------------------------------------------

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"{(self.data / FILE_NAME).absolute().as_uri()}?mode=ro", uri=True)) as file:
            return file.execute(sql).fetchall()

    def head(self) -> int:
        return int(self.rows("SELECT seq FROM head")[0][0])

    def epoch(self) -> str:
        return str(self.rows("SELECT epoch FROM log_meta")[0][0])

    def tickets(self) -> dict[TicketId, Ticket]:
        return {TicketId(key): ticket_of(body) for key, body in self.rows("SELECT id, body FROM ticket")}


def leader(name: str, **scope: Any) -> Actor:
    return Actor(user=UserId(name), role=Role.SHIFT_LEADER, seat=SeatId(name), scope=Scope(**scope))


def report_of(reference: str, area: str = COMMUNITY.code, text: str = "") -> commands.Report:
    return commands.Report(source=Source.PATROL, external_ref=reference, area=AreaCode(area), item=ITEM.code, text=text)


def choice(
    chance: random.Random, tickets: Mapping[TicketId, Ticket], reference: str
) -> tuple[commands.Command, Ticket | None]:
    """One random command: some need a version and race with other seats, some do not."""
    kind = chance.random()
    if not tickets or kind < 0.15:
        return report_of(reference), None
    ticket = tickets[chance.choice(sorted(tickets))]
    if kind < 0.6:
        return commands.Remind(text="催办"), ticket
    return commands.Comment(text=f"记录 {reference}"), ticket


class Seat:
    """A desk behind its own line. It keeps what it was told: outcomes, and how far its screen was."""

    def __init__(
        self,
        folder: Path,
        node: Node,
        actor: Actor,
        proxy: FaultProxy,
        *,
        eager: bool = False,
        token: str = "",
    ) -> None:
        self._eager = eager
        self.clock_error = timedelta(0)
        self.folder = folder
        self.actor = actor
        self.proxy = proxy
        self.token = token or issue_token(node.data, actor)
        self.outcomes: list[tuple[str, Outcome]] = []
        self.resets: list[bool] = []
        self.given = 0
        self._chance = random.Random(actor.user)
        self._numbers = itertools.count(1)
        self.open()

    def open(self) -> None:
        self.services = Services(self.folder, self.proxy.url, self.token, random=self._random, wall=self._wall)
        self.services.on.outcome.append(self._on_outcome)
        self.services.on.changes.append(lambda changes: self.resets.append(changes.reset))

    def _wall(self) -> datetime:
        return datetime.now(UTC) + self.clock_error

    def _random(self) -> float:
        """An eager desk waits as short as the jitter allows."""
        return 0.0 if self._eager else self._chance.random()

    def _on_outcome(self, outcome: Outcome) -> None:
        self.outcomes.append((self.services.mirror.cursor.epoch if self.services.mirror.cursor else "", outcome))

    @property
    def live(self) -> bool:
        return self.services.freshness.of().state is Fresh.LIVE

    @property
    def state(self) -> Fresh:
        return self.services.freshness.of().state

    @property
    def tickets(self) -> dict[TicketId, Ticket]:
        return self.services.mirror.tickets

    def report(self, area: str = COMMUNITY.code, text: str = "") -> None:
        self.give(report_of(f"{self.actor.user}-{next(self._numbers)}", area, text))

    def give(self, command: commands.Command, ticket: Ticket | None = None) -> bool:
        """False where the desk refuses it at once (offline)."""
        taken = not isinstance(self.services.commander.submit(command, ticket), Refusal)
        self.given += taken
        return taken

    def act(self) -> None:
        self.give(*choice(self._chance, self.tickets, f"{self.actor.user}-{next(self._numbers)}"))

    @property
    def queued(self) -> int:
        return self.services.commander.pending.queued


class Hall:
    """A node and its seats."""

    def __init__(self, folder: Path, node: Node) -> None:
        self.folder = folder
        self.node = node
        self.seats: list[Seat] = []

    async def load(self, seconds: float, per_s: float) -> None:
        """Random commands of random seats for a while."""
        chance = random.Random(len(self.seats))
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            chance.choice(self.seats).act()
            await asyncio.sleep(1 / per_s)

    async def g0(self, timeout_s: float = CONVERGED_S) -> float:
        """The common goal; gives the seconds until all were equal."""
        took = await until(lambda: all(seat.live and not seat.queued for seat in self.seats), "live again", timeout_s)
        head = self.node.head()
        took += await until(lambda: all(s.services.mirror.seq >= head for s in self.seats), "same position", timeout_s)
        rows = self.node.rows("SELECT seq, cmd_outbox, cmd_n FROM event ORDER BY seq")
        assert [row[0] for row in rows] == list(range(1, len(rows) + 1)), "I1: a hole in the log"
        effects = [(outbox, n) for _, outbox, n in rows]
        assert len(effects) == len(set(effects)), "double effect"
        by_command = {(outbox, n): seq for seq, outbox, n in rows}
        epoch = self.node.epoch()
        for seat in self.seats:
            for told_in, outcome in seat.outcomes:
                if outcome.status == "applied" and told_in == epoch:
                    assert by_command.get((outcome.outbox_id, outcome.n)) == outcome.seq, (
                        f"acknowledged, lost: {outcome}"
                    )
        await self._same(took)
        return took

    async def _same(self, took: float) -> None:
        tickets = self.node.tickets()
        for seat in self.seats:
            mine = {key: ticket for key, ticket in tickets.items() if seat.actor.scope.covers(ticket)}
            assert seat.tickets == mine, f"{seat.actor.user} differs {took:.1f} s after the fault"
            if seat.services._cache is not None:
                await seat.services._cache.flush()
            assert await seat.services.count(PageQuery()) == len(mine), "the disk holds something else than the screen"
            tray = seat.services.commander.pending.tray
            counts = await seat.services._outbox.counts() if seat.services._outbox else {}
            assert sum(counts.values()) == seat.given, (
                f"I11: given {seat.given}, in the outbox {counts}, tray {len(tray)}"
            )


@asynccontextmanager
async def hall(
    folder: Path, seats: int, *, eager: bool = False, scopes: Sequence[Scope] = (), timeout_s: float = 280
) -> AsyncIterator[Hall]:
    """A started node with live seats, who see everything where no `scopes` say otherwise. Everything is ended behind it."""
    data = folder / "node"
    data.mkdir(mode=0o700)
    made = Hall(folder, Node(data))
    proxies: list[FaultProxy] = []
    try:
        async with asyncio.timeout(timeout_s):
            await asyncio.to_thread(made.node.start)
            for number in range(seats):
                proxy = await FaultProxy(made.node.port).__aenter__()
                proxies.append(proxy)
                actor = leader(f"leader{number}")
                if number < len(scopes):
                    actor = replace(actor, scope=scopes[number])
                made.seats.append(Seat(folder / f"seat{number}", made.node, actor, proxy, eager=eager))
            for seat in made.seats:
                await seat.services.start()
            await until(lambda: all(seat.live for seat in made.seats), "first contact", 20)
            yield made
    finally:
        for seat in made.seats:
            await seat.services.stop()
        for proxy in proxies:
            await proxy.__aexit__(None, None, None)
        await asyncio.to_thread(made.node.stop)


async def start_again(node: Node, *extra: str) -> None:
    await asyncio.to_thread(node.start, *extra)

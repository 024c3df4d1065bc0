"""Sync in one run: P1, P1b fan-out · P2 accepts · P2b with PostgreSQL, one node and two · P2c cache ingest · P6 first sync and
catch-up · P9 reconnect storm. Each is a ratio against the bare thing measured beside it, and ends with one line per goal.

python -m benchmarks.sync [--quick] [--json FILE] [--only P6] [--socketio PYTHON]
Fan-out and accepts are benchmarks.fanout and benchmarks.store; here they run in the same run as the rest. P6: a backend
process makes, compresses and streams the snapshot file of one scope, and the desk's own services put it in the place of
their cache; against sqlite3 inserting the same rows from memory without a journal. Catch-up: the same desk after an hour
away, against its first sync. P9 is absolute: people wait for it.
"""

import argparse
import asyncio
import json
import os
import platform
import resource
import shutil
import statistics
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from msgspec import Struct

from benchmarks import fanout, store, sync_parts
from tests.peers.postgres import Postgres, server_binaries

CLIENTS = (100, 500)


class Size(Struct, frozen=True, kw_only=True):
    rounds: int
    events: int
    commands: int
    tickets: int
    missed: int
    ingest: int
    desks: int


FULL = Size(rounds=6, events=480, commands=4000, tickets=600_000, missed=36_000, ingest=100_000, desks=500)
QUICK = Size(rounds=2, events=160, commands=1000, tickets=60_000, missed=3_600, ingest=20_000, desks=500)


class Run:
    """Lines for people, figures for machines."""

    def __init__(self, size: Size, folder: Path, socketio: Path | None) -> None:
        self.size = size
        self.folder = folder
        self.socketio = socketio
        self.figures: dict[str, Any] = {}

    def ratio(
        self, goal: str, ours: list[float], base: list[float], most: float | None, least: float | None, unit: str
    ) -> None:
        """One figure per round on each side. `most` or `least` is the goal of the ratio ours / base."""
        ratios = [mine / theirs for mine, theirs in zip(ours, base, strict=True)]
        ratio = statistics.median(ratios)
        sign, wanted = ("<=", most) if most is not None else (">=", least)
        assert wanted is not None
        good = ratio <= wanted if most is not None else ratio >= wanted
        mine, theirs = statistics.median(ours), statistics.median(base)
        print(
            f"{goal} ratio={ratio:.2f} goal{sign}{wanted:g} {'ok' if good else 'short'}"
            f"  spread {min(ratios):.2f}..{max(ratios):.2f}  {mine:,.2f} against {theirs:,.2f} {unit}",
            flush=True,
        )
        self.figures[goal] = {"ratio": ratio, "goal": f"{sign}{wanted:g}", "ours": ours, "base": base, "unit": unit}

    def limit(self, goal: str, value: float, most: float, unit: str) -> None:
        print(f"{goal} {value:.1f} {unit} goal<={most:g} {'ok' if value <= most else 'short'}", flush=True)
        self.figures[goal] = {"value": value, "goal": f"<={most:g}", "unit": unit}


def fan_out(run: Run) -> None:
    """P1, P1b."""
    results = {clients: fanout.measure(clients, run.size.events, run.size.rounds, run.socketio) for clients in CLIENTS}
    run.figures |= fanout.report(results)


def accepts(run: Run) -> None:
    """P2, P2b."""
    with ExitStack() as stack:
        binaries, server = server_binaries(), None
        if binaries is None:
            print("P2b not run: PostgreSQL is not installed")
        else:
            server = Postgres(binaries)
            stack.callback(server.remove)
            server.start()
        folder = run.folder / "accepts"
        (folder / "ours").mkdir(parents=True)
        urls = [server.new_database() for _ in range(3)] if server else []
        taken = asyncio.run(store.rounds(folder, server, run.size.commands, run.size.rounds, urls))
    for name in store.AGAINST:
        if name in taken:
            print(store.line(name, taken), flush=True)
    run.figures["P2"] = taken


def ingest(run: Run) -> None:
    """P2c."""
    rows = sync_parts.cache_rows(run.size.ingest)
    for batch in (100, 1000):
        pairs = [sync_parts.ingest(run.folder / "ingest", rows, batch) for _ in range(run.size.rounds + 1)][1:]
        run.ratio(f"P2c@{batch}", [p[0] for p in pairs], [p[1] for p in pairs], None, 0.9, f"rows/s, {batch} a commit")


def first_sync(run: Run) -> None:
    """P6: to a usable cache from nothing, then an hour's events. The backend starts anew each time: nothing is kept ready."""
    size, log = run.size, run.folder / "many"
    sync_parts.fill(log, size.tickets)
    token, rows = sync_parts.token_of(log), sync_parts.stored_rows(log)
    whole: list[float] = []
    raw: list[float] = []
    desk, port = run.folder / "desk", 0
    for number in range(max(2, size.rounds // 2) + 1):
        shutil.rmtree(desk, ignore_errors=True)
        server = sync_parts.Server(log, port)
        port = server.port  # a desk keeps a cache per address
        synced = asyncio.run(sync_parts.sync(desk, server.port, token, size.tickets))
        server.stop()
        floor = sync_parts.raw_insert(run.folder / "raw.sqlite", rows)
        if number:
            whole.append(synced.seconds)
            raw.append(floor)
    run.ratio("P6 first sync", whole, raw, 0.9, None, f"s for {size.tickets:,} tickets")
    del rows
    before = sync_parts.cursor_seq(desk)
    kept = run.folder / "kept"
    shutil.copytree(desk, kept)
    sync_parts.accept(log, size.missed)
    more = len(sync_parts.stored_rows(log))
    caught: list[float] = []
    for _ in whole:
        shutil.rmtree(desk)
        shutil.copytree(kept, desk)
        server = sync_parts.Server(log, port)
        caught.append(asyncio.run(sync_parts.sync(desk, server.port, token, more)).seconds)
        server.stop()
        # The clocks of twenty thousand open tickets may have put events of their own behind them.
        if sync_parts.cursor_seq(desk) < before + size.missed:
            raise AssertionError("the desk did not come to the head")
    run.ratio("P6 catch-up", caught, whole, 0.2, None, f"s for {size.missed:,} events, against the first sync")


def storm(run: Run) -> None:
    """P9."""
    found = asyncio.run(sync_parts.storm(run.folder / "storm", run.size.desks))
    print(f"P9 outage {found.outage_s:.1f} s (goal is for <= 2 s), {found.resets} snapshots where a resume was due")
    run.limit("P9 all live after the port accepts", found.all_live_s, 5.0, f"s, {run.size.desks} desks")
    run.limit("P9 loop lag p99", found.late_ms, 250.0, "ms")
    run.figures["P9 outage"] = {"value": found.outage_s, "resets": found.resets}


PARTS: dict[str, Callable[[Run], None]] = {"P1": fan_out, "P2": accepts, "P2c": ingest, "P6": first_sync, "P9": storm}


def main() -> None:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smaller sizes and fewer rounds, under five minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to this file")
    parser.add_argument("--only", action="append", choices=tuple(PARTS), default=[], help="may be repeated")
    parser.add_argument("--socketio", type=Path, metavar="PYTHON", help="interpreter with python-socketio and aiohttp")
    options = parser.parse_args()
    size = QUICK if options.quick else FULL
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 8192), most))
    machine = f"{platform.platform()} {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    print(f"{machine}\n{size}{' (quick)' if options.quick else ''}", flush=True)
    with tempfile.TemporaryDirectory(prefix="liandong-bench-") as name:
        run = Run(size, Path(name), options.socketio)
        for goal, part in PARTS.items():
            if not options.only or goal in options.only:
                part(run)
    if options.json:
        options.json.write_text(json.dumps({"machine": machine, "figures": run.figures}, indent=1), "utf-8")


if __name__ == "__main__":
    main()

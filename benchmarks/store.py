"""P2 and P2b: durable accepts per second (event, ticket row, outcome, on disk) against the bare driver writing the same rows.

python -m benchmarks.store [--quick] [--json FILE]. SQLite at 1 and at 100 commands a commit against sqlite3 (WAL, FULL);
PostgreSQL with one node and with two (processes of their own) against asyncpg executemany. Half of the commands are new
reports, half act on a ticket. Sides are interleaved round by round, the first round is dropped, and the median of each
round's ratio is what counts. The drivers decide nothing, check nothing and read nothing: that is what the ratio shows. Garbage is
collected on both sides as seldom as in a running backend (cli.backend_jobs).
A PostgreSQL server of its own is started; where none is installed its part is left out and said so.
"""

import argparse
import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.store_sides import Commit, RawPostgres, RawSqlite, calm, commits_since, open_sqlite
from tests.peers.postgres import Postgres, server_binaries

GOALS = {"sqlite_1": 0.6, "sqlite_100": 0.8, "postgres_1_node": 0.6, "postgres_2_nodes": 0.6}
BATCH = 100
CPU = "cpu_"
Rates = dict[str, list[float]]


class NodeProcess:
    """A node that accepts as many commands as it is told."""

    def __init__(self, url: str, folder: Path) -> None:
        folder.mkdir()
        command = [sys.executable, "-m", "benchmarks.store_sides", url, str(folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self._line() != "ready":
            raise RuntimeError("a node did not start")

    def go(self, count: int, batch: int) -> None:
        assert self._process.stdin is not None
        print(count, batch, file=self._process.stdin, flush=True)

    def seconds(self) -> float:
        return float(self._line())

    def stop(self) -> None:
        self._process.communicate()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


async def rounds(folder: Path, server: Postgres | None, count: int, turns: int, urls: list[str]) -> Rates:
    """Accepts per second of every side, one figure per round; CPU seconds of one accept beside them, where one process does all."""
    taken: Rates = {}
    sqlite, raw = open_sqlite(folder / "ours"), RawSqlite(folder)
    with ExitStack() as stack:
        stack.enter_context(calm())
        stack.callback(raw.close)
        postgres = None
        if server is not None:
            postgres = await PostgresSides.start(folder, urls, stack)
        for turn in range(turns + 1):
            found: dict[str, float] = {}
            commits = {}
            for batch, many in ((1, max(count // 5, 100)), (BATCH, count)):
                seq = sqlite.store.head.seq
                found[f"sqlite_{batch}"] = many / await sqlite.accept(many, batch)
                found[f"{CPU}sqlite_{batch}"] = sqlite.cpu_s / many
                commits[batch] = await asyncio.to_thread(commits_since, folder / "ours" / "log.sqlite", seq, batch)
                cpu = time.process_time()
                found[f"raw_sqlite_{batch}"] = many / await asyncio.to_thread(raw.write, commits[batch])
                found[f"{CPU}raw_sqlite_{batch}"] = (time.process_time() - cpu) / many
            if postgres is not None:
                found |= await postgres.round(commits[BATCH], commits[1], count)
            if turn:
                for name, rate in found.items():
                    taken.setdefault(name, []).append(rate)
        if postgres is not None:
            await postgres.raw.close()
        await sqlite.service.stop()
        await asyncio.to_thread(sqlite.store.close)
    return taken


class PostgresSides:
    def __init__(self, raw: RawPostgres, alone: NodeProcess, pair: list[NodeProcess]) -> None:
        self.raw = raw
        self._alone = alone
        self._pair = pair

    @classmethod
    async def start(cls, folder: Path, urls: list[str], stack: ExitStack) -> "PostgresSides":
        nodes = [NodeProcess(url, folder / f"node{n}") for n, url in enumerate((urls[0], urls[1], urls[1]))]
        for node in nodes:
            stack.callback(node.stop)
        return cls(await RawPostgres.open(urls[2]), nodes[0], nodes[1:])

    async def round(self, commits: list[Commit], singles: list[Commit], count: int) -> dict[str, float]:
        few = len(singles)
        found = {
            "raw_postgres_100": count / await self.raw.write(commits),
            "raw_postgres_1": few / await self.raw.write(singles),
        }
        for name, nodes in (("1_node", [self._alone]), ("2_nodes", self._pair)):
            for label, many, batch in (("", count, BATCH), ("_single", few, 1)):
                for node in nodes:
                    node.go(many // len(nodes), batch)
                slowest = max([await asyncio.to_thread(node.seconds) for node in nodes])
                found[f"postgres_{name}{label}"] = many / slowest
        return found


AGAINST = {
    "sqlite_1": "raw_sqlite_1",
    "sqlite_100": "raw_sqlite_100",
    "postgres_1_node": "raw_postgres_100",
    "postgres_2_nodes": "raw_postgres_100",
    "postgres_1_node_single": "raw_postgres_1",
    "postgres_2_nodes_single": "raw_postgres_1",
}


def line(name: str, taken: Rates) -> str:
    ratios = [ours / raw for ours, raw in zip(taken[name], taken[AGAINST[name]], strict=True)]
    ours, raw = statistics.median(taken[name]), statistics.median(taken[AGAINST[name]])
    ratio, goal = statistics.median(ratios), GOALS.get(name)
    verdict = "" if goal is None else f" goal>={goal} {'ok' if ratio >= goal else 'short'}"
    label = "P2" if name.startswith("sqlite") else "P2b"
    spread = f"({min(ratios):.2f}-{max(ratios):.2f})"
    said = f"{label} {name} ratio={ratio:.2f}{verdict} {spread} {ours:,.0f}/s against {raw:,.0f}/s"
    if CPU + name in taken:
        mine, theirs = (statistics.median(taken[CPU + side]) * 1e6 for side in (name, AGAINST[name]))
        said += f", CPU {mine:.0f} against {theirs:.0f} us an accept"
    return said


def main() -> None:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds of fewer commands")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args()
    turns, count = (3, 1000) if options.quick else (7, 4000)
    binaries = server_binaries()
    machine = f"{platform.machine()} {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    print(machine, f"{turns} rounds of {count} commands", flush=True)
    with tempfile.TemporaryDirectory(prefix="liandong-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        (folder / "ours").mkdir()
        server = None
        if binaries is None:
            print("P2b not run: PostgreSQL is not installed")
        else:
            server = Postgres(binaries)
            stack.callback(server.remove)
            server.start()
        urls = [server.new_database() for _ in range(3)] if server else []
        taken = asyncio.run(rounds(folder, server, count, turns, urls))
    for each in AGAINST:
        if each in taken:
            print(line(each, taken))
    if options.json:
        options.json.write_text(json.dumps({"machine": machine, "per_s": taken}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

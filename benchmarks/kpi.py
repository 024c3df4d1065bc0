"""P7 and P7b: what one event costs a live figure, whether that grows with the number of tickets, and ad-hoc breakdowns.

python -m benchmarks.kpi [--quick] [--json FILE]. At 57,000, 573,251 and 5.7 million tickets (--quick: 20,000 and 100,000),
against duckdb, polars and plain SQLite over the same facts; every answer is compared with every other. Sides are interleaved
round by round, the first round is dropped, and the median of each round's ratio is what counts. "Cheaper" and growth are of CPU
time (all threads), which a busy machine does not spoil; P7b is of wall time with two threads for duckdb and polars, one for us.

The question: on-time rate of the year by accepted date, by town x unit x class. The others scan raw facts in memory (SQLite: a
file); ours keeps verdicts in columns (breakdown) or counters (live tile), which is the point of both.
"""

import argparse
import gc
import json
import os
import platform
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import duckdb
import numpy as np
import polars as pl

from backend.facts.answers import Reader
from backend.facts.breakdown import cases, count
from backend.facts.engines import count_cases, engine_of
from backend.facts.table import FactTable
from backend.kpi_questions import Comparison, Question, Ranked, Spots
from benchmarks.kpi_data import ITEMS, NOW, SETUP, YEAR, facts, life, names_of, raw, ticket
from domain.actor import Scope
from domain.kpi_catalogue import BY_ID
from domain.kpi_engine import KpiEngine
from domain.kpi_overview import board, overview
from domain.kpi_parts import days_of
from domain.kpi_tile import Tile
from domain.kpi_types import Period
from domain.ticket import Ticket

BASE = 57_000
FULL = (57_000, 573_251, 5_700_000)
QUICK = (20_000, 100_000)
TILE = BY_ID["on_time_rate"]
SLOW_ROUNDS = 2
PIECE = 100_000
DIMS = ("town", "unit", "class")
START = int(days_of("Asia/Shanghai").start(YEAR.start).timestamp())
END = int(days_of("Asia/Shanghai").start(YEAR.end).timestamp())
AT = int(NOW.timestamp())
DUE = f"due > 0 AND (state = 1 OR (state = 0 AND due < {AT}))"
FIGURES = f"count(*) FILTER (WHERE {DUE}), count(*) FILTER (WHERE {DUE} AND state = 1 AND closed <= due)"
WHERE = f"accepted >= {START} AND accepted < {END}"
SETS = "GROUPING SETS ((), (town), (unit), (cls))"
Answer = dict[tuple[Any, ...], tuple[int, int]]


class Others:
    """The same facts in the other engines."""

    def __init__(self, columns: dict[str, Any], folder: Path) -> None:
        self.duck = duckdb.connect()
        self.duck.register("given", columns)
        self.duck.execute("CREATE TABLE t AS SELECT * FROM given")
        self.frame = pl.DataFrame(columns)
        self.lite = sqlite3.connect(folder / f"{len(columns['town'])}.sqlite")
        self.lite.execute("CREATE TABLE t (town INT, unit INT, cls INT, state INT, accepted INT, due INT, closed INT)")
        with self.lite:
            # In pieces: millions of Python numbers at once would cost more memory than all engines together.
            for start in range(0, len(columns["town"]), PIECE):
                piece = (column[start : start + PIECE].tolist() for column in columns.values())
                self.lite.executemany("INSERT INTO t VALUES (?,?,?,?,?,?,?)", zip(*piece, strict=True))

    def duckdb(self, groups: str = "town, unit, cls") -> Any:
        keys = "town, unit, cls" if groups else "0, 0, 0"
        by = f"GROUP BY {groups}" if groups else ""
        return self.duck.execute(f"SELECT {keys}, {FIGURES} FROM t WHERE {WHERE} {by}").fetchnumpy()

    def polars(self) -> Any:
        due = (pl.col("due") > 0) & ((pl.col("state") == 1) | ((pl.col("state") == 0) & (pl.col("due") < AT)))
        return (
            self.frame.lazy()
            .filter((pl.col("accepted") >= START) & (pl.col("accepted") < END))
            .group_by("town", "unit", "cls")
            .agg(
                due.sum().alias("n"),
                (due & (pl.col("state") == 1) & (pl.col("closed") <= pl.col("due"))).sum().alias("k"),
            )
            .collect()
        )

    def sqlite(self) -> Any:
        return self.lite.execute(f"SELECT town, unit, cls, {FIGURES} FROM t WHERE {WHERE} GROUP BY 1, 2, 3").fetchall()

    def close(self) -> None:
        self.duck.close()
        self.lite.close()


class Ours:
    """Table of facts, live engine and live tile over the same tickets."""

    def __init__(self, tickets: list[Ticket], size: int) -> None:
        self.table: FactTable = facts(tickets, size)
        self.build, self.engine = timed(lambda: engine_of(self.table, SETUP, NOW))
        self.tile = Tile((TILE,), ITEMS)
        count_cases(self.table, self.tile.tally, np.flatnonzero(self.table.columns.of("open") == 0))
        self.tile.load(self.table.open.values(), NOW)

    def breakdown(self) -> Any:
        found = cases(self.table, self.table.layout.slot(TILE.id, YEAR.by), YEAR.start, YEAR.end)
        return count(self.table, found, DIMS, ITEMS)

    def behind(self) -> Any:
        question = Question(kpi=TILE.id, start=YEAR.start, end=YEAR.end, by=YEAR.by, part="denominator_only")
        return Reader(self.table, 0, Scope(), SETUP).behind(question)

    def opening(self) -> Any:
        """A board with all its panels, a running month compared with the one before and the year before, and the wall."""
        reader = Reader(self.table, 0, Scope(), SETUP)
        span = {"start": YEAR.start, "end": YEAR.end, "by": YEAR.by}
        month = Period(date(2018, 12, 1), date(2019, 1, 1), YEAR.by)
        days = {"start": month.start, "end": month.end, "by": month.by}
        return (
            board(self.engine, YEAR),
            reader.compared(board(self.engine, month), {}),
            reader.compare(Comparison(kpi="accepted", **days)),  # type: ignore[arg-type]
            reader.ranking(Ranked(dim="town", **span)),  # type: ignore[arg-type]
            overview(self.engine),
            reader.ranking(Ranked(dim="unit", **span)),  # type: ignore[arg-type]
            reader.hotspots(Spots(**span)),  # type: ignore[arg-type]
        )


class Took(NamedTuple):
    """Seconds."""

    wall: float
    cpu: float


def timed(work: Callable[[], Any]) -> tuple[Took, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return Took(time.perf_counter() - wall, time.process_time() - cpu), found


def per_event(live: Tile | KpiEngine, lives: int) -> Took:
    """For one event."""
    random = Random(7)
    events = [change for _ in range(lives) for change in life(random, NOW)]

    def feed() -> None:
        for before, after in events:
            live.apply(before, after, NOW)

    gc.collect()
    took, _ = timed(feed)
    return Took(took.wall / len(events), took.cpu / len(events))


def check(ours: Ours, others: Others, tickets: list[Ticket]) -> int:
    """Every side gives the same answer, figure by figure. Raises AssertionError; gives the number of groups."""
    towns, units, classes = names_of(tickets)
    grouped = ours.breakdown()
    mine: Answer = {
        grouped.values(n): (int(grouped.denominator[n]), int(grouped.numerator[n])) for n in range(len(grouped))
    }

    def named(rows: Any) -> Answer:
        return {(towns[t], units[u], classes[c]): (int(n), int(k)) for t, u, c, n, k in rows}

    duck = named(zip(*others.duckdb().values(), strict=True))
    assert named(others.sqlite()) == duck
    assert named(others.polars().select("town", "unit", "cls", "n", "k").iter_rows()) == duck
    # A group without a case is none of ours; SQL shows it with zeros.
    assert {key: figures for key, figures in mine.items() if figures[0]} == {k: v for k, v in duck.items() if v[0]}
    total = (sum(n for n, _ in duck.values()), sum(k for _, k in duck.values()))
    for kpi in (ours.engine.figure(TILE.id, YEAR), ours.tile.figure(TILE.id, YEAR)):
        assert (kpi.denominator, kpi.numerator) == total
    assert ours.behind().total == total[0] - total[1]
    return len(duck)


def measure(size: int, tickets: list[Ticket], rounds: int, lives: int, folder: Path) -> dict[str, Any]:
    ours, others = Ours(tickets, size), Others(raw(tickets, size), folder)
    groups = check(ours, others, tickets)
    sides: dict[str, Callable[[], Took]] = {
        "tile_event": lambda: per_event(ours.tile, lives),
        "all_event": lambda: per_event(ours.engine, lives),
        "breakdown": lambda: timed(ours.breakdown)[0],
        "duckdb": lambda: timed(others.duckdb)[0],
        "duckdb_total": lambda: timed(lambda: others.duckdb(""))[0],
        "duckdb_sets": lambda: timed(lambda: others.duckdb(SETS))[0],
        "polars": lambda: timed(others.polars)[0],
        "sqlite": lambda: timed(others.sqlite)[0],
        "behind": lambda: timed(ours.behind)[0],
        "board": lambda: timed(ours.opening)[0],
    }
    taken: dict[str, list[Took]] = {name: [] for name in sides}
    for turn in range(rounds + 1):
        for name, side in sides.items():
            if name == "sqlite" and turn > SLOW_ROUNDS:
                continue
            took = side()
            if turn:
                taken[name].append(took)
    others.close()
    return {
        "size": size,
        "groups": groups,
        "engine_build_s": ours.build.wall,
        "facts_mb": ours.table.bytes / 2**20,
        "s": taken,
    }


def ratio(over: list[Took], under: list[Took], kind: str) -> tuple[float, float, float]:
    """Median, least and greatest of the per-round ratios."""
    found = [getattr(a, kind) / getattr(b, kind) for a, b in zip(over, under, strict=False)]
    return statistics.median(found), min(found), max(found)


def line(label: str, found: tuple[float, float, float], goal: str = "", *, ok: bool | None = None) -> None:
    verdict = "" if ok is None else " ok" if ok else " SHORT"
    print(f"{label}: ratio={found[0]:,.2f} ({found[1]:,.2f}-{found[2]:,.2f}){' goal ' + goal if goal else ''}{verdict}")


def show(result: dict[str, Any]) -> None:
    print(f"-- {result['size']:,} tickets, {result['groups']:,} groups; facts {result['facts_mb']:.0f} MB, engine from columns {result['engine_build_s']:.2f} s")  # fmt: skip
    for name, taken in result["s"].items():
        wall, cpu = (sorted(getattr(took, kind) * 1e6 for took in taken) for kind in ("wall", "cpu"))
        print(f"{name:14} {statistics.median(wall):14,.1f} us ({wall[0]:,.1f} to {wall[-1]:,.1f}), CPU {statistics.median(cpu):,.1f} us ({cpu[0]:,.1f} to {cpu[-1]:,.1f})", flush=True)  # fmt: skip


def report(results: list[dict[str, Any]]) -> None:
    first, last = results[0]["s"], results[-1]["s"]
    growth = ratio(last["tile_event"], first["tile_event"], "cpu")
    sizes = f"{results[0]['size']:,} -> {results[-1]['size']:,}"
    line(f"P7 live tile per event, growth {sizes}", growth, "<=1.2", ok=growth[0] <= 1.2)
    line(f"P7 all figures per event, growth {sizes}", ratio(last["all_event"], first["all_event"], "cpu"))
    for result in results:
        taken, size = result["s"], f"{result['size']:,}"
        gain = ratio(taken["duckdb"], taken["tile_event"], "cpu")
        goal = result["size"] >= 573_251
        line(
            f"P7 {size}: duckdb scan / live tile event",
            gain,
            ">=3000" if goal else "",
            ok=gain[0] >= 3000 if goal else None,
        )
        line(f"P7 {size}: the same, wall time", ratio(taken["duckdb"], taken["tile_event"], "wall"))
        for label, over, under in (
            ("duckdb scan of what the tile keeps (4 grouping sets) / event", "duckdb_sets", "tile_event"),
            ("duckdb scan of one total only / event", "duckdb_total", "tile_event"),
            ("duckdb scan / event of all figures of wall and board", "duckdb", "all_event"),
        ):
            line(f"P7 {size}: {label}", ratio(taken[over], taken[under], "cpu"))
        faster = [min(pair) for pair in zip(taken["duckdb"], taken["polars"], strict=True)]
        slower = ratio(taken["breakdown"], faster, "wall")
        line(f"P7b {size}: breakdown / faster of duckdb and polars", slower, "<=1.5", ok=slower[0] <= 1.5)
        line(f"P7b {size}: breakdown / SQLite", ratio(taken["breakdown"], taken["sqlite"], "wall"))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="smaller sets and fewer rounds")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args()
    rounds, lives, sizes = (3, 300, QUICK) if options.quick else (7, 1000, FULL)
    print(f"{platform.machine()} {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, duckdb {duckdb.__version__}, polars {pl.__version__}, SQLite {sqlite3.sqlite_version}")  # fmt: skip
    random = Random(1)
    tickets = [ticket(random) for _ in range(min(BASE, sizes[0]))]
    load_us = timed(lambda: facts(tickets, len(tickets)))[0].cpu / len(tickets) * 1e6
    print(f"table of facts from tickets, cold: {load_us:.1f} us CPU per ticket", flush=True)
    results: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            results.append(measure(size, tickets, rounds, lives, Path(folder)))
            show(results[-1])
            gc.collect()
    report(results)
    if options.json:
        options.json.write_text(json.dumps({"load_us": load_us, "sizes": results}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

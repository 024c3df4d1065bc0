"""What `liandong replay FILE --to ws://…` does: feeds a recorded ticket file into a running backend, as fast as it takes it.

Each row keeps its own time as occurred_at; closing is simulated up to the last instant in the file. Feeding a file twice adds nothing.
"""

import argparse
import asyncio
import os
import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import IO

from backend.intake.recorded import FileError, RecordedRow, Refusal, read_rows
from backend.reference import Site, demo_site
from backend.simulator.plan import make_plan
from backend.simulator.run import Simulator
from cli.errors import OperatorError
from cli.feeder import Feeder
from cli.progress import Progress


def run(args: argparse.Namespace) -> int:
    site = demo_site()
    try:
        good, refused = _read(args.file, site)
    except FileError as error:
        raise OperatorError(str(error)) from error
    with ExitStack() as stack:
        report = stack.enter_context(_open_report(args.refused))
        for refusal in refused:
            print(f"row {refusal.number} {refusal.rec_id}: {refusal.reason}", file=report)
        counts = asyncio.run(_feed(args.to, args.token, site, good, args.seed, report))
    accepted, known, refused_later = counts
    total = len(good) + len(refused)
    print(f"rows={total} accepted={accepted} known={known} refused={len(refused) + refused_later}")
    return 1 if refused or refused_later else 0


def _read(path: Path, site: Site) -> tuple[list[RecordedRow], list[Refusal]]:
    good: list[RecordedRow] = []
    refused: list[Refusal] = []
    for row in read_rows(path, site):
        if isinstance(row, Refusal):
            refused.append(row)
        else:
            good.append(row)
    return good, refused


def _open_report(path: Path | None) -> IO[str]:
    if path is None:
        return os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise OperatorError(
            f"{path}: 写不了 / cannot be written ({error.strerror}); choose another --refused file"
        ) from error


async def _feed(
    url: str, token: str, site: Site, rows: list[RecordedRow], seed: int, report: IO[str]
) -> tuple[int, int, int]:
    if not rows:
        return 0, 0, 0
    last: datetime = max(row.reported_at for row in rows)
    units = sorted(site.units)
    plans = [make_plan(row, site.rules, units, seed, 0, last) for row in rows]
    numbers = {row.rec_id: row.number for row in rows}
    async with Feeder(url, token) as feeder:
        simulator = Simulator(plans, feeder)
        simulator.start()
        progress = Progress("已送步数 / steps sent")
        await simulator.run_until(last, progress)
        progress.end()
    refused = feeder.refused_reports
    for ref, code in refused.items():
        print(f"row {numbers[ref]} {ref}: {code}", file=report)
    others = simulator.refused - type(simulator.refused)(refused.values())
    if others:
        print("refused steps: " + ", ".join(f"{code}={count}" for code, count in others.items()), file=sys.stderr)
    return simulator.done["report"], simulator.known, len(refused)

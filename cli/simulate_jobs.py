"""What `liandong simulate --to ws://…` does: load of N invented tickets a second, drawn from the recorded distributions."""

import argparse
import asyncio
import time
from datetime import UTC, datetime

from backend.reference import Site, demo_site
from backend.simulator.day import sample_rows
from backend.simulator.load import invent_rows
from backend.simulator.plan import make_plan
from backend.simulator.run import Simulator
from cli.errors import OperatorError
from cli.feeder import Feeder

TICK_S = 0.1
MAX_RATE = 2000.0


def run(args: argparse.Namespace) -> int:
    if not 0 < args.rate <= MAX_RATE:
        raise OperatorError(f"--rate {args.rate:g}: want above 0, at most {MAX_RATE:g}")
    if not 0 < args.seconds <= 86400:
        raise OperatorError(f"--seconds {args.seconds:g}: want above 0, at most a day")
    simulator = asyncio.run(_load(args, demo_site()))
    refused = ", ".join(f"{code}={count}" for code, count in simulator.refused.items()) or "0"
    print(f"tickets={simulator.done['report']} steps={simulator.done.total()} refused={refused}")
    return 0


async def _load(args: argparse.Namespace, site: Site) -> Simulator:
    rows = sample_rows(site)
    units = sorted(site.units)
    async with Feeder(args.to, args.token) as feeder:
        assert feeder.welcome is not None
        clock = feeder.welcome.clock
        offset = feeder.welcome.server_time - datetime.now(UTC)
        start = clock.at(datetime.now(UTC) + offset)
        invented = invent_rows(rows, args.rate / max(clock.rate, 1e-9), start, args.seed)
        simulator = Simulator([], feeder)
        simulator.start()
        row = next(invented)
        until = time.monotonic() + args.seconds
        while time.monotonic() < until:
            now = clock.at(datetime.now(UTC) + offset)
            while row.reported_at <= now:
                simulator.add(make_plan(row, site.rules, units, args.seed, 0, None))
                row = next(invented)
            await simulator.run_until(now)
            await asyncio.sleep(TICK_S)
    return simulator

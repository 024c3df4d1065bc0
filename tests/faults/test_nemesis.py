"""Backend, desks and a nemesis, all real processes: the history is checked for what was lost, doubled or stale (G0)."""

import asyncio
import statistics
from pathlib import Path

import pytest

from backend.store.store import FILE_NAME
from backend.store.verify import verify_file
from tests.faults.nemesis import Field, Nemesis, field


async def fight(folder: Path, *, seats: int, seconds: float, seed: int) -> None:
    async with field(folder, seats, timeout_s=seconds + 280) as place:
        for seat in place.seats:
            seat.tell("work")
        nemesis = Nemesis(place, seed)
        await nemesis.rage(seconds)
        took = await place.settle()
    judge(place, nemesis, took, seed)


def judge(place: Field, nemesis: Nemesis, took: float, seed: int) -> None:
    verdict = place.judge()
    latency = statistics.quantiles(verdict.visible_after_s, n=100)[98] if len(verdict.visible_after_s) > 2 else 0.0
    print(
        f"seed {seed}: {len(nemesis.done)} faults ({', '.join(sorted(set(nemesis.done)))}); {verdict.summary()};"
        f" shown everywhere p99 {latency:.1f} s; converged {took:.1f} s after the heal"
    )
    assert verdict.ok, verdict
    assert verdict.acknowledged > 20, "nothing happened: the history proves nothing"
    assert verify_file(place.node.data / FILE_NAME, rows=True).ok


def test_a_short_fight(tmp_path: Path) -> None:
    asyncio.run(fight(tmp_path, seats=3, seconds=18, seed=7))


@pytest.mark.full
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_long_fight(tmp_path: Path, seed: int) -> None:
    asyncio.run(fight(tmp_path, seats=5, seconds=150, seed=seed))

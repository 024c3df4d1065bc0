"""Load of N tickets a second with the distributions of a recorded file: places, categories, units, channels drawn from its rows."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from backend.intake.recorded import RecordedRow


def invent_rows(rows: Sequence[RecordedRow], per_second: float, start: datetime, seed: int) -> Iterator[RecordedRow]:
    """Endless invented rows from `start` on, in arrival order, Poisson distributed. References start with `load-`."""
    if not rows:
        raise ValueError("no rows to draw from")
    if per_second <= 0:
        raise ValueError(f"tickets per second must be above 0, got {per_second}")
    rng = random.Random(seed)
    at = start
    number = 0
    while True:
        at += timedelta(seconds=rng.expovariate(per_second))
        number += 1
        row = rng.choice(rows)
        yield msgspec.structs.replace(
            row, number=number, rec_id=f"load-{seed}-{start:%Y%m%d%H%M%S}-{number}", reported_at=at
        )

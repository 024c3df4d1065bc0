"""How long finding takes in a cache of 600,000 tickets, and what its index costs: printed, nothing is claimed.

Usage: python -m benchmarks.find [--tickets N] [--quick]. A synthetic cache file on this disk; places, items and units of the
demo site, so that words mean what they mean there.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backend.reference import demo_site
from desktop.models.names import Names
from desktop.services.cache import FILE_NAME, Cache
from desktop.services.cache_file import CacheFile
from desktop.views.find.words import parsed
from domain.ids import TicketId
from domain.ticket import Ticket
from domain.vocabulary import Source, State
from protocol.snapshot import row_tuple

WORDS = (
    "181009-0042",
    "0912",
    "99999999",
    "井盖",
    "坪山街道",
    "六联 井盖",
    "城市管理局",
    "坪山 城市管理局 绿化",
    "行道树 马峦",
)
SLICE = 20_000
SHOWN = 100


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=600_000)
    parser.add_argument("--quick", action="store_true", help="a tenth of it")
    args = parser.parse_args()
    count = args.tickets // 10 if args.quick else args.tickets
    with tempfile.TemporaryDirectory(prefix="liandong-find-") as name:
        folder = Path(name)
        _fill(folder / FILE_NAME, count)
        asyncio.run(_measure(folder, count))
    return 0


def _fill(path: Path, count: int) -> None:
    site = demo_site().reference
    dice = random.Random(1)
    areas = [area.code for area in site.areas if area.level in ("community", "grid")]
    start = datetime(2018, 1, 1, tzinfo=UTC)
    file = CacheFile(path)
    for first in range(0, count, SLICE):
        rows = []
        for n in range(first, min(first + SLICE, count)):
            at = start + timedelta(minutes=3 * n)
            rows.append(
                row_tuple(
                    Ticket(
                        id=TicketId(f"{at:%y%m%d}-{n % 480:04d}"),
                        version=9,
                        state=State.CLOSED,
                        source=Source.HOTLINE_12345,
                        external_ref=f"SZ{n:09d}",
                        area=dice.choice(areas),
                        item=dice.choice(site.items).code,
                        unit=dice.choice(site.units).id,
                        reported_at=at,
                        changed_at=at,
                        closed_at=at,
                    )
                )
            )
        file.put_rows(rows)
    file.close()


async def _measure(folder: Path, count: int) -> None:
    names = Names.of(demo_site().reference)
    cache = Cache(folder, lambda _: None, lambda _: None)
    began = time.perf_counter()
    await cache.open()
    print(f"{count:,} tickets; cache opened in {time.perf_counter() - began:.2f} s (without the index)")
    began = time.perf_counter()
    await cache.find((), 0)
    print(f"index made in {time.perf_counter() - began:.2f} s, after the first picture, in slices between writes")
    for text in WORDS:
        words, unknown = parsed(text, names)
        took = []
        for _ in range(9):
            began = time.perf_counter()
            found = await cache.find(words, SHOWN)
            await cache.tickets(found.ids)
            took.append(1000 * (time.perf_counter() - began))
        note = f"  (no meaning here: {', '.join(unknown)})" if unknown else ""
        print(
            f"{text:24} {found.total:>8,} found  median {statistics.median(took):6.1f} ms  worst {max(took):6.1f} ms{note}"
        )
    await cache.close()


if __name__ == "__main__":
    raise SystemExit(main())

"""The victim of the kill -9 tests: writes without end and says, line by line, what is safe by now. Run as a module."""

import asyncio
import itertools
import sys
from pathlib import Path

from desktop.services.cache import Cache
from desktop.services.cache_file import Batch
from desktop.services.outbox import Outbox
from domain.commands import Comment
from domain.ids import TicketId, UserId
from protocol.messages import Cursor, Outcome
from tests.unit.desktop.services.service_fakes import FakeTime, cursor, snapshot_file, ticket

ROWS = 40
SWAP_EVERY = 5


def say(*words: object) -> None:
    print(*words, flush=True)


async def write_cache(directory: Path) -> None:
    """Every batch and every snapshot gives all rows the version of its cursor: a mixture would be seen."""

    def written(at: Cursor) -> None:
        say("written", at.seq)

    cache = Cache(directory, lambda notice: say("notice", notice.code), written)
    loaded = await cache.open()
    start = loaded.cursor.seq if loaded.cursor else 0
    for seq in itertools.count(start + 1):
        rows = [ticket(n, version=seq) for n in range(1, ROWS + 1)]
        if seq % SWAP_EVERY == 1 or not loaded.cursor:
            made = snapshot_file(directory / "made.sqlite", rows, cursor(seq))
            sink = await cache.snapshot_begin()
            sink.write(made.read_bytes())
            loaded = await cache.snapshot_finish(sink, cursor(seq))
            say("swapped", seq)
            continue
        batch = Batch()
        batch.rows = {row.id: row for row in rows}
        batch.cursor = cursor(seq)
        cache.put(batch)
        await cache.flush()


async def write_outbox(directory: Path) -> None:
    time = FakeTime()
    box = Outbox(
        directory,
        UserId("zhang"),
        "ws://a",
        on_notice=lambda notice: say("notice", notice.code),
        wall=time.wall,
        monotonic=time.monotonic,
        random=lambda: 0.0,
    )
    await box.open()
    for count in itertools.count():
        item = await box.add(Comment(text=f"第{count}条"), TicketId(f"t{count}"), None, None)
        say("stored", item.n)
        submits = await box.next_submits()
        for submit in submits:
            say("sent", submit.n)
        if count % 3:
            for submit in submits:
                await box.outcome(Outcome(outbox_id=submit.outbox_id, n=submit.n, status="applied", seq=1))
                say("applied", submit.n)


if __name__ == "__main__":
    asyncio.run({"cache": write_cache, "outbox": write_outbox}[sys.argv[1]](Path(sys.argv[2])))

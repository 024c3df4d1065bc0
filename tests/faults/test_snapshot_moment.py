"""I3 under load: rows and position of a snapshot are of one moment, however much is committed meanwhile (pitfall P3)."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from domain.actor import Scope
from protocol.messages import Cursor
from tests.unit.backend.house import REGISTRAR, House

MOMENTS = 20
MOST = 1000


def test_rows_and_position_of_a_snapshot_are_of_one_moment(tmp_path: Path) -> None:
    """Every event here is a report, so that a snapshot at seq n holds exactly n tickets."""
    found: list[tuple[int, int]] = []

    async def work(house: House) -> None:
        async def report_on() -> None:
            while True:
                messages = [house.message(house.report_command()) for _ in range(5)]
                await asyncio.gather(*(house.service.submit(REGISTRAR, message) for message in messages))

        load = [asyncio.create_task(report_on()) for _ in range(3)]
        path = tmp_path / "snapshot.sqlite"
        while len({seq for seq, _ in found}) < MOMENTS and len(found) < MOST:
            await house.store.make_snapshot(Scope(), path)
            found.append(await asyncio.to_thread(read, path))
        for task in load:
            task.cancel()
        await asyncio.gather(*load, return_exceptions=True)

    with House(tmp_path / "log") as house:
        house.run(work(house))
    assert found == [(seq, seq) for seq, _ in found]
    assert len({seq for seq, _ in found}) == MOMENTS, "nothing was committed meanwhile: the test proves nothing"


def read(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as file:
        [(text,)] = file.execute("SELECT value FROM meta WHERE key = 'cursor'").fetchall()
        [(count,)] = file.execute("SELECT count(*) FROM ticket").fetchall()
    return msgspec.json.decode(text, type=Cursor).seq, count

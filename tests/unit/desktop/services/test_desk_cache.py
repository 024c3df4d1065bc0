"""The cache: what it keeps, what it does with damage and with a refusing disk. Plain asyncio, real files."""

import asyncio
import errno
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.services.cache import Cache
from desktop.services.cache_file import Batch, Loaded, TopicRow
from desktop.services.find_index import FindWord
from desktop.services.sqlite_file import CorruptFile
from desktop.services.values import Notice, PageQuery
from domain.ids import AreaCode, TicketId
from domain.ticket import Ticket
from domain.vocabulary import State
from protocol.messages import Cursor
from tests.examples import examples
from tests.unit.desktop.services.service_fakes import NOON, cursor, snapshot_file, ticket


class Desk:
    """A cache and what it said."""

    def __init__(self, directory: Path) -> None:
        self.notices: list[Notice] = []
        self.written: list[Cursor] = []
        self.cache = Cache(directory, self.notices.append, self.written.append)

    @property
    def codes(self) -> list[str]:
        return [notice.code for notice in self.notices]

    async def take_snapshot(self, directory: Path, tickets: list[Ticket], at: Cursor) -> Loaded:
        made = snapshot_file(directory / "made.sqlite", tickets, at)
        sink = await self.cache.snapshot_begin()
        sink.write(made.read_bytes())
        return await self.cache.snapshot_finish(sink, at)


def in_cache(directory: Path, work: Callable[[Desk, Loaded], Awaitable[None]]) -> Desk:
    """Open a cache, do the work, close it."""

    async def run() -> Desk:
        desk = Desk(directory)
        loaded = await desk.cache.open()
        await work(desk, loaded)
        await desk.cache.close()
        return desk

    return asyncio.run(run())


def batch(at: Cursor, *rows: Ticket, gone: tuple[str, ...] = ()) -> Batch:
    made = Batch()
    made.cursor = at
    made.rows = {row.id: row for row in rows} | {TicketId(name): None for name in gone}
    return made


def filled(tmp_path: Path, tickets: list[Ticket], seq: int = 10) -> Path:
    """A data directory whose cache holds `tickets` at `seq`."""

    async def fill(desk: Desk, _: Loaded) -> None:
        await desk.take_snapshot(tmp_path, tickets, cursor(seq))

    in_cache(tmp_path / "desk", fill)
    return tmp_path / "desk"


def test_new_cache_is_empty_and_has_no_cursor(tmp_path: Path) -> None:
    async def look(desk: Desk, loaded: Loaded) -> None:
        assert loaded == Loaded()
        assert await desk.cache.count(PageQuery()) == 0

    assert in_cache(tmp_path, look).notices == []


def test_working_set_is_open_tickets_and_those_of_the_last_day(tmp_path: Path) -> None:
    tickets = [
        ticket(1, hours_ago=900),
        ticket(2, state=State.CLOSED, hours_ago=1),
        ticket(3, state=State.CLOSED, hours_ago=20),
        ticket(4, state=State.CLOSED, hours_ago=26),
    ]
    directory = filled(tmp_path, tickets)

    async def look(desk: Desk, loaded: Loaded) -> None:
        assert {t.id for t in loaded.tickets} == {t.id for t in tickets[:3]}
        assert loaded.cursor == cursor(10)
        assert await desk.cache.tickets([tickets[3].id]) == {tickets[3].id: tickets[3]}

    in_cache(directory, look)


def test_rows_and_cursor_survive_a_restart(tmp_path: Path) -> None:
    directory = filled(tmp_path, [ticket(1), ticket(2)])
    newer = ticket(1, version=2, state=State.FILED)

    async def change(desk: Desk, _: Loaded) -> None:
        desk.cache.put(batch(cursor(11), newer, gone=("181009-0002",)))
        await desk.cache.flush()
        assert desk.written == [cursor(11)]

    async def look(_: Desk, loaded: Loaded) -> None:
        assert loaded.tickets == (newer,)
        assert loaded.cursor == cursor(11)

    in_cache(directory, change)
    in_cache(directory, look)


def test_what_still_waits_for_the_disk_is_read_already(tmp_path: Path) -> None:
    directory = filled(tmp_path, [ticket(1), ticket(2)])

    async def change(desk: Desk, _: Loaded) -> None:
        newer = ticket(1, version=2)
        desk.cache.put(batch(cursor(11), newer, gone=("181009-0002",)))
        assert await desk.cache.tickets([newer.id, ticket(2).id]) == {newer.id: newer}

    in_cache(directory, change)


def test_an_empty_cache_takes_no_rows_but_by_snapshot(tmp_path: Path) -> None:
    async def change(desk: Desk, _: Loaded) -> None:
        desk.cache.put(batch(cursor(11), ticket(1)))
        await desk.cache.flush()
        assert await desk.cache.count(PageQuery()) == 0

    in_cache(tmp_path, change)


def test_topics_outlive_a_snapshot(tmp_path: Path) -> None:
    directory = filled(tmp_path, [ticket(1)])
    topic = TopicRow("kpi.overview", 7, NOON, b'{"a":1}')

    async def change(desk: Desk, _: Loaded) -> None:
        made = Batch()
        made.topics = {topic.name: topic}
        desk.cache.put(made)
        loaded = await desk.take_snapshot(tmp_path, [ticket(2)], cursor(20, epoch="e2"))
        assert loaded.topics == (topic,)
        assert [t.id for t in loaded.tickets] == [ticket(2).id]

    in_cache(directory, change)


def test_a_snapshot_that_stands_elsewhere_is_refused_and_the_old_rows_stay(tmp_path: Path) -> None:
    directory = filled(tmp_path, [ticket(1)])

    async def change(desk: Desk, _: Loaded) -> None:
        sink = await desk.cache.snapshot_begin()
        sink.write(snapshot_file(tmp_path / "made.sqlite", [ticket(2)], cursor(30)).read_bytes())
        with pytest.raises(CorruptFile):
            await desk.cache.snapshot_finish(sink, cursor(31))
        assert await desk.cache.count(PageQuery()) == 1
        assert list(directory.glob("*.new*")) == []

    in_cache(directory, change)


def test_what_left_the_scope_leaves_no_byte_on_disk(tmp_path: Path) -> None:
    canary = msgspec.structs.replace(ticket(1), external_ref="CANARY-4711")
    directory = filled(tmp_path, [canary, ticket(2)])

    async def change(desk: Desk, _: Loaded) -> None:
        desk.cache.put(batch(cursor(11), msgspec.structs.replace(canary, version=2)))
        await desk.cache.flush()
        desk.cache.put(batch(cursor(12), gone=(canary.id,)))
        await desk.cache.flush()
        left = [f.name for f in directory.iterdir() if b"CANARY" in f.read_bytes()]
        assert left == []

    in_cache(directory, change)


def test_pages_follow_each_other_without_overlap(tmp_path: Path) -> None:
    tickets = [ticket(n, hours_ago=n) for n in range(1, 21)]
    directory = filled(tmp_path, tickets)

    async def look(desk: Desk, _: Loaded) -> None:
        query = PageQuery(areas=(AreaCode("440310002"), AreaCode("440310003")), descending=False)
        pages = [await desk.cache.page(query, offset, 5) for offset in (0, 5, 10)]
        wanted = sorted((t for t in tickets if t.town != "440310001"), key=lambda t: t.reported_at)
        assert [t.id for page in pages for t in page] == [t.id for t in wanted]
        assert await desk.cache.count(query) == len(wanted)

    in_cache(directory, look)


@pytest.mark.parametrize("damage", ["zeros", "text", "half", "empty_sqlite", "other_layout"])
def test_a_damaged_cache_is_put_aside_and_rebuilt(tmp_path: Path, damage: str) -> None:
    directory = filled(tmp_path, [ticket(n) for n in range(1, 200)])
    path = directory / "cache.sqlite"
    data = path.read_bytes()
    broken = {
        "zeros": bytes(len(data)),
        "text": b"not a database at all " * 99,
        "half": data[: len(data) // 2],
        "empty_sqlite": data[:60] + bytes(4) + data[64:],
        "other_layout": data[:60] + (99).to_bytes(4) + data[64:],
    }[damage]
    path.write_bytes(broken)

    async def look(desk: Desk, loaded: Loaded) -> None:
        for name in (t.id for t in (ticket(1), ticket(150))):
            await desk.cache.tickets([name])
        assert desk.codes == ["cache_rebuilt"]
        assert loaded.cursor is None
        assert (await desk.take_snapshot(tmp_path, [ticket(5)], cursor(40))).tickets == (ticket(5),)

    in_cache(directory, look)
    bad = [f for f in directory.iterdir() if ".bad-" in f.name]
    assert [f.read_bytes() for f in bad] == [broken]


def test_an_unwritable_directory_still_shows_what_it_holds(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        directory = filled(tmp_path, [ticket(1)])
        # root writes everywhere, so a directory stands where the file should be written
        (directory / "cache.sqlite-wal").mkdir()
    else:
        directory = filled(tmp_path, [ticket(1)])
        directory.chmod(0o500)

    async def look(desk: Desk, loaded: Loaded) -> None:
        assert loaded.tickets == (ticket(1),)
        assert loaded.cursor is None
        assert desk.codes == ["cache_read_only"]
        assert (await desk.take_snapshot(tmp_path, [ticket(2)], cursor(40))).tickets == (ticket(2),)
        assert desk.cache.read_only

    in_cache(directory, look)


def test_a_full_disk_at_a_snapshot_names_itself(tmp_path: Path) -> None:
    directory = filled(tmp_path, [ticket(1)])

    async def look(desk: Desk, _: Loaded) -> None:
        await desk.cache.snapshot_refused(OSError(errno.ENOSPC, "full"))
        assert desk.codes == ["cache_read_only"]
        assert (await desk.take_snapshot(tmp_path, [ticket(2)], cursor(40))).tickets == (ticket(2),)

    in_cache(directory, look)
    assert (directory / "cache.sqlite").exists()


@settings(max_examples=examples(25))
@given(
    flips=st.lists(st.tuples(st.integers(0, 2**31), st.integers(1, 255)), min_size=1, max_size=200), cut=st.booleans()
)
@example(flips=[(47, 1)], cut=False)  # a number of the format that SQLite does not know
def test_random_damage_never_reaches_a_window(
    tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int]], cut: bool
) -> None:
    """Whatever bytes are there: the desk opens, reads, writes and takes a snapshot; if it noticed, it says so once each time."""
    folder = tmp_path_factory.mktemp("damaged")
    directory = filled(folder, [ticket(n) for n in range(1, 120)])
    path = directory / "cache.sqlite"
    data = bytearray(path.read_bytes())
    for place, mask in flips:
        data[place % len(data)] ^= mask
    path.write_bytes(data[: len(data) * 2 // 3] if cut else data)

    async def use(desk: Desk, loaded: Loaded) -> None:
        await desk.cache.page(PageQuery(), 0, 10_000)
        await desk.cache.count(PageQuery(areas=(AreaCode("440310002"),)))
        if loaded.cursor is not None:
            desk.cache.put(batch(cursor(11), ticket(7, version=2)))
            await desk.cache.flush()
        assert (await desk.take_snapshot(folder, [ticket(5)], cursor(40))).tickets == (ticket(5),)
        assert set(desk.codes) <= {"cache_rebuilt"}

    in_cache(directory, use)


def test_what_ended_long_ago_leaves_the_cache_and_nothing_else_does(tmp_path: Path) -> None:
    old, recent = (ticket(n, state=State.CLOSED, hours_ago=24 * days) for n, days in ((1, 401), (2, 399)))
    waiting = ticket(3, hours_ago=24 * 900)
    folder = filled(tmp_path, [old, recent, waiting])

    async def work(desk: Desk, _: Loaded) -> None:
        assert await desk.cache.prune(NOON - timedelta(days=400)) == 1
        assert {each.id for each in await desk.cache.page(PageQuery(), 0, 10)} == {recent.id, waiting.id}
        assert await desk.cache.prune(NOON - timedelta(days=400)) == 0

    assert in_cache(folder, work).codes == []
    assert old.id.encode() not in (folder / "cache.sqlite").read_bytes(), "its bytes are gone, too"


def test_find_sees_what_is_on_disk_what_came_since_and_what_went(tmp_path: Path) -> None:
    directory = filled(tmp_path, [ticket(number) for number in range(1, 40)])

    async def look(desk: Desk, _: Loaded) -> None:
        async def ids(text: str) -> set[TicketId]:
            found = await desk.cache.find([FindWord(text)], 100)
            assert found.ready
            return set(found.ids)

        first, second = ticket(1).id, ticket(2).id
        assert await ids(first) == {first}
        desk.cache.put(batch(cursor(11), ticket(77), gone=(first,)))
        assert await ids(first) == set()
        assert await ids(ticket(77).id) == {ticket(77).id}
        await desk.take_snapshot(tmp_path, [ticket(1)], cursor(20))
        assert (await ids(first), await ids(second)) == ({first}, set())

    in_cache(directory, look)


def test_what_comes_while_the_index_is_made_is_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.services.cache.INDEX_SLICE", 5)
    directory = filled(tmp_path, [ticket(number) for number in range(1, 40)])

    async def look(desk: Desk, _: Loaded) -> None:
        making = asyncio.create_task(desk.cache.find([FindWord(ticket(90).id)], 5))
        await asyncio.sleep(0)
        assert not (await desk.cache.find([FindWord("x")], 5)).ready
        desk.cache.put(batch(cursor(11), ticket(90)))
        assert (await making).ids == (ticket(90).id,)

    in_cache(directory, look)

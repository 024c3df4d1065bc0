"""Snapshot files: made once for many, deleted when old and unused."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from backend.catch_up import CatchUp
from backend.snapshots import Borrowed, SnapshotCache
from domain.actor import Scope
from protocol.codec import decode_chunk
from protocol.cursors import scope_hash
from protocol.snapshot_stream import CHUNK_BYTES, SnapshotAssembly
from tests.flow.fakes import TOWN_A, MemoryStore, reported

ALL, IN_A = Scope(), Scope(areas=(TOWN_A,))


class Bench:
    def __init__(self, folder: Path) -> None:
        self.now = 0.0
        self.store = MemoryStore()
        self.store.commit(*((f"t{n}", reported()) for n in range(2000)))
        self.folder = folder
        self.cache = SnapshotCache(self.store, folder, lambda: self.now, kept_s=15.0)

    def borrow(self, scope: Scope = ALL) -> Awaitable[Borrowed]:
        return self.cache.borrow(scope, scope_hash(scope))

    @property
    def files(self) -> int:
        return len(list(self.folder.iterdir()))


def bench_run(folder: Path, work: Callable[[Bench], Awaitable[None]]) -> None:
    async def inner() -> None:
        bench = Bench(folder)
        await work(bench)
        await bench.cache.close()
        assert bench.files == 0

    asyncio.run(inner())


def test_the_frames_give_the_file_back(tmp_path: Path) -> None:
    async def work(bench: Bench) -> None:
        borrowed = await bench.borrow()
        begin = borrowed.snapshot.begin
        sink = io.BytesIO()
        assembly = SnapshotAssembly(begin, sink)
        for number in range(begin.chunks):
            frame = borrowed.snapshot.frame(number)
            head = 2 if frame[1] < 126 else 4 if frame[1] == 126 else 10
            index, data = decode_chunk(frame[head:])
            assert len(data) <= CHUNK_BYTES
            assembly.feed(index, data)
        assembly.finish()
        assert sink.getvalue().startswith(b"SQLite format 3\0")
        assert (begin.tickets, begin.cursor.seq) == (2000, 2000)
        assert bench.cache.last_size(scope_hash(ALL)) == begin.size
        borrowed.give_back()

    bench_run(tmp_path, work)


def test_many_at_once_share_one_file_each_scope_its_own(tmp_path: Path) -> None:
    async def work(bench: Bench) -> None:
        all_, in_a = await asyncio.gather(
            asyncio.gather(*(bench.borrow() for _ in range(20))),
            asyncio.gather(*(bench.borrow(IN_A) for _ in range(3))),
        )
        assert bench.store.snapshots_made == bench.files == 2
        assert len({id(borrowed.snapshot) for borrowed in (*all_, *in_a)}) == 2
        for borrowed in (*all_, *in_a):
            borrowed.give_back()

    bench_run(tmp_path, work)


def test_an_old_file_is_not_given_out_and_goes_with_its_last_user(tmp_path: Path) -> None:
    async def work(bench: Bench) -> None:
        old = await bench.borrow()
        bench.now = 14.0
        same = await bench.borrow()
        assert same.snapshot is old.snapshot
        bench.now = 16.0
        new = await bench.borrow()
        assert new.snapshot is not old.snapshot
        assert bench.files == 2
        old.give_back()
        assert bench.files == 2
        same.give_back()
        assert bench.files == 1
        new.give_back()
        bench.now = 40.0
        bench.cache.sweep()
        assert bench.files == 0

    bench_run(tmp_path, work)


def test_one_who_leaves_while_it_is_made_does_not_take_it_away(tmp_path: Path) -> None:
    async def work(bench: Bench) -> None:
        leaving = asyncio.ensure_future(bench.borrow())
        staying = asyncio.ensure_future(bench.borrow())
        await asyncio.sleep(0)
        leaving.cancel()
        borrowed = await staying
        assert bench.store.snapshots_made == 1
        borrowed.give_back()

    bench_run(tmp_path, work)


def test_a_failure_is_told_to_all_and_the_next_try_starts_anew(tmp_path: Path) -> None:
    async def work(bench: Bench) -> None:
        def fail() -> None:
            raise OSError(28, "no space")

        bench.store.during_snapshot = fail
        errors = await asyncio.gather(bench.borrow(), bench.borrow(), return_exceptions=True)
        assert [type(error) for error in errors] == [OSError, OSError]
        assert bench.files == 0
        bench.store.during_snapshot = lambda: None
        (await bench.borrow()).give_back()

    bench_run(tmp_path, work)


def test_files_of_a_killed_server_are_removed(tmp_path: Path) -> None:
    (tmp_path / "snapshot-1-0.zst").write_bytes(b"x")

    async def work(bench: Bench) -> None:
        assert bench.files == 0

    bench_run(tmp_path, work)


# -- pages of the log -------------------------------------------------------------------------------


def test_pages_follow_each_other_to_the_end_of_the_log() -> None:
    async def work() -> None:
        store = MemoryStore()
        store.commit(*((f"t{n}", reported()) for n in range(25)))
        catch_up, at, pages = CatchUp(store, lambda: 0.0, page=10), 0, []
        while (page := await catch_up.page(ALL, "s", at)).to_seq > at:
            pages.append(page.to_seq)
            at = page.to_seq
        assert pages == [10, 20, 25]
        store.commit(("new", reported()))
        assert (await catch_up.page(ALL, "s", 25)).to_seq == 26

    asyncio.run(work())


def test_a_page_is_never_cut_inside_a_command() -> None:
    async def work() -> None:
        store = MemoryStore()
        store.commit(*((f"t{n}", reported()) for n in range(30)))
        for record in store.records:
            record.tx_end = record.seq in (4, 29, 30)
        catch_up = CatchUp(store, lambda: 0.0, page=10)
        assert (await catch_up.page(ALL, "s", 0)).to_seq == 4
        assert (await catch_up.page(ALL, "s", 4)).to_seq == 30

    asyncio.run(work())


def test_a_hole_in_the_log_is_never_served() -> None:
    async def work() -> None:
        store = MemoryStore()
        store.commit(*((f"t{n}", reported()) for n in range(5)))
        del store.records[1]
        catch_up = CatchUp(store, lambda: 0.0)
        for _ in range(2):
            with pytest.raises(RuntimeError, match="hole"):
                await catch_up.page(ALL, "s", 1)

    asyncio.run(work())


def test_kept_pages_are_few_and_short_lived() -> None:
    async def work() -> None:
        store = MemoryStore()
        store.commit(*((f"t{n}", reported()) for n in range(399)))
        now = [0.0]
        catch_up = CatchUp(store, lambda: now[0], page=2)
        for at in range(0, 399, 2):
            await catch_up.page(ALL, "s", at)
        assert len(catch_up._pages) <= 64
        read = store.pages_read
        await catch_up.page(ALL, "s", 398)
        assert store.pages_read == read
        now[0] = 3.0
        await catch_up.page(ALL, "s", 398)
        assert store.pages_read == read + 1

    asyncio.run(work())


def test_the_next_page_is_read_while_this_one_is_sent() -> None:
    async def work() -> None:
        store = MemoryStore()
        store.commit(*((f"t{n}", reported()) for n in range(25)))
        catch_up = CatchUp(store, lambda: 0.0, page=10)
        first = await catch_up.page(ALL, "s", 0)
        ahead = catch_up._pages[("s", first.to_seq)][1]
        assert (await ahead).to_seq == 20
        read = store.pages_read
        assert (await catch_up.page(ALL, "s", first.to_seq)).to_seq == 20
        assert store.pages_read == read
        assert not (await catch_up.page(ALL, "s", 20)).more

    asyncio.run(work())

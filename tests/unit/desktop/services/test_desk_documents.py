"""Documents at the desk, part by part: their commands in the outbox, their rows in the cache, their files on the way."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.services.cache_file import META_KINDS, Batch, CacheFile
from desktop.services.document_mirror import DocRows, DocumentMirror
from desktop.services.files import FOLDER, Files, media_type_of
from desktop.services.outbox import Outbox
from desktop.services.outbox_file import DocAct, Item, ItemState, act_of
from desktop.services.outbox_salvage import salvage
from desktop.services.questions import Questions
from desktop.services.sqlite_file import CorruptFile
from desktop.services.values import Refusal
from domain.commands import Remind, Sign
from domain.documents import BlobRef, DocumentState
from domain.ids import TicketId, UserId
from protocol.documents import KindBook
from protocol.messages import Act, BlobPart, BlobPut, Event, Outcome, Reply, Submit
from tests.flow.fakes import until
from tests.unit.desktop.services.service_fakes import NOON, FakeTime, cursor, snapshot_file
from tests.unit.desktop.services.test_outbox import made, with_outbox
from tests.unit.domain.notices import NOTICE, Notice

BOOK = KindBook([NOTICE])
ONE = TicketId("one")
TICK = act_of("notice", '{"do":"tick"}')
V1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE item (
  n INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL, ticket_id TEXT,
  expected_version INTEGER, after_n INTEGER, command TEXT NOT NULL, created_at INTEGER NOT NULL, state TEXT NOT NULL,
  confirmed INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '',
  outcome TEXT
) STRICT;
CREATE INDEX item_state ON item (state);
CREATE TABLE audit (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, at INTEGER NOT NULL, user TEXT NOT NULL, what TEXT NOT NULL) STRICT;
INSERT INTO meta VALUES ('outbox_id', '0123456789abcdef0123456789abcdef');
INSERT INTO item (n, user, server, ticket_id, expected_version, command, created_at, state)
  VALUES (7, 'zhang', 'ws://a', 'one', 3, '{"do":"sign"}', 1772438400000, 'sent');
PRAGMA user_version = 1;
"""


def outbox_of_layout_1(path: Path) -> Path:
    with sqlite3.connect(path) as file:
        file.executescript(V1)
    file.close()
    return path


def test_a_ticket_and_a_document_of_one_id_do_not_wait_for_each_other(tmp_path: Path) -> None:
    async def work(box: Outbox) -> None:
        await box.add(Sign(), ONE, 3, None)
        first = await box.add(TICK, ONE, 5, None)
        second = await box.add(TICK, ONE, 6, first.n)
        other = await box.add(act_of("roster", '{"do":"tick"}'), ONE, 1, None)
        submit, act, third = await box.next_submits()
        assert isinstance(submit, Submit)
        assert isinstance(act, Act)
        assert isinstance(third, Act)
        assert (act.kind, act.doc_id, act.expected_version, bytes(act.body)) == ("notice", "one", 5, b'{"do":"tick"}')
        assert (third.kind, third.n) == ("roster", other.n)
        assert box.last_waiting(ONE, "notice") == box.items[second.n]
        await box.outcome(Outcome(outbox_id=box.outbox_id, n=first.n, status="conflict", code="version"))
        assert {item.n: item.state for item in box.tray} == {first.n: ItemState.CONFLICT, second.n: ItemState.BLOCKED}

    with_outbox(tmp_path, work)


def test_only_the_document_that_left_is_blocked(tmp_path: Path) -> None:
    async def work(box: Outbox) -> None:
        await box.add(Sign(), ONE, 3, None)
        document = await box.add(TICK, ONE, 5, None)
        assert [item.n for item in await box.block_targets({("notice", "one")}, "moved_out")] == [document.n]
        assert [type(submit) for submit in await box.next_submits()] == [Submit]

    with_outbox(tmp_path, work)


def test_what_is_held_goes_out_when_it_is_not_and_what_follows_it_waits(tmp_path: Path) -> None:
    async def work(box: Outbox) -> None:
        held = await box.add(act_of("notice", '{"do":"attach","file":"abc"}'), ONE, 1, None)
        await box.add(TICK, ONE, 2, held.n)
        await box.add(TICK, TicketId("two"), 2, None)
        waiting = {held.n}
        box.held = lambda item: item.n in waiting
        assert [submit.n for submit in await box.next_submits()] == [3]
        waiting.clear()
        assert [submit.n for submit in await box.next_submits()] == [held.n]

    with_outbox(tmp_path, work)


def test_an_outbox_from_before_documents_is_taken_over(tmp_path: Path) -> None:
    outbox_of_layout_1(tmp_path / "outbox.sqlite")

    async def work(box: Outbox) -> None:
        assert box.outbox_id == "0123456789abcdef0123456789abcdef"
        if len(box.items) == 1:
            assert box.items[7].command == Sign()
            assert (await box.add(TICK, ONE, 1, None)).n == 8
        assert [(item.n, item.target) for item in box.waiting] == [(7, ("ticket", "one")), (8, ("notice", "one"))]
        assert isinstance(box.items[8].command, DocAct)

    for _ in range(2):
        with_outbox(tmp_path, work)


def test_a_damaged_outbox_from_before_documents_is_saved_too(tmp_path: Path) -> None:
    path = outbox_of_layout_1(tmp_path / "outbox.sqlite")
    file, report = salvage(path, UserId("zhang"), "ws://a")
    (item,) = file.live()
    assert (report.saved, report.unreadable) == (1, 0)
    assert (item.n, item.command, item.state, file.outbox_id) == (
        7,
        Sign(),
        ItemState.SENT,
        "0123456789abcdef0123456789abcdef",
    )
    file.close()


def test_a_command_on_a_document_is_salvaged_with_its_kind(tmp_path: Path) -> None:
    async def work() -> None:
        box = made(tmp_path)
        await box.open()
        await box.add(TICK, ONE, 5, None)
        await box.add(Remind(), ONE, 5, None)
        await box.close()

    asyncio.run(work())
    file, report = salvage(tmp_path / "outbox.sqlite", UserId("zhang"), "ws://a")
    assert [item.command for item in file.live()] == [TICK, Remind()]
    assert report.saved == 2
    file.close()


# -- rows ------------------------------------------------------------------------------------------


def notice(number: int = 1, **fields: Any) -> Notice:
    plain: dict[str, Any] = {
        "id": f"NB-{number}",
        "version": 1,
        "changed_at": NOON,
        "posted_at": NOON,
        "area": "440310001",
    }
    return Notice(**(plain | fields))


def filled(folder: Path, *states: DocumentState, kinds: KindBook = BOOK) -> CacheFile:
    """A cache as the desk makes it from a snapshot, then changed by a delta."""
    empty = CacheFile(folder / "cache.sqlite", kinds=kinds)
    file = empty.replaced_by(snapshot_file(folder / "new.sqlite", [], cursor(1)), cursor(1))
    batch = Batch()
    batch.documents = {("notice", state.id): state for state in states}
    batch.cursor = cursor(2)
    file.write(batch)
    return file


def test_open_documents_and_those_of_the_last_day_are_loaded(tmp_path: Path) -> None:
    old = notice(2, changed_at=NOON - timedelta(hours=30), is_open=False)
    states = [notice(1), old, notice(3, changed_at=NOON - timedelta(days=30)), notice(4, is_open=False)]
    file = filled(tmp_path, *states)
    loaded = file.load()
    assert {state.id for _, state in loaded.documents} == {"NB-1", "NB-3", "NB-4"}
    assert file.documents([("notice", "NB-2"), ("notice", "NB-9")]) == {("notice", "NB-2"): old}
    assert [state.id for state in file.document_page("notice", 1, 2)] == ["NB-4", "NB-2"]
    file.close()


def test_a_cache_filled_without_a_kind_is_shown_but_proves_nothing(tmp_path: Path) -> None:
    filled(tmp_path, kinds=KindBook()).close()
    file = CacheFile(tmp_path / "cache.sqlite", kinds=BOOK)
    assert (file.load().cursor, file.cursor) == (None, cursor(2))
    file.close()
    file = CacheFile(tmp_path / "cache.sqlite")
    assert file.load().cursor == cursor(2)
    file.close()


def test_a_kind_that_was_taken_away_is_not_shown(tmp_path: Path) -> None:
    filled(tmp_path, notice()).close()
    file = CacheFile(tmp_path / "cache.sqlite")
    assert (file.load().documents, file.load().cursor) == ((), cursor(2))
    file.close()


@pytest.mark.parametrize(
    "harm", ["UPDATE document SET body = x'00'", "UPDATE document SET version = 7", "DROP TABLE document"]
)
def test_damage_is_seen(tmp_path: Path, harm: str) -> None:
    filled(tmp_path, notice()).close()
    with sqlite3.connect(tmp_path / "cache.sqlite") as raw:
        raw.execute(harm)
    raw.close()

    def look() -> None:
        file = CacheFile(tmp_path / "cache.sqlite", kinds=BOOK)
        try:
            file.load()
        finally:
            file.close()

    with pytest.raises(CorruptFile):
        look()


def test_of_a_document_that_left_no_byte_stays(tmp_path: Path) -> None:
    """I17, with a canary in the state."""
    file = filled(tmp_path, notice(1, ticks={"CANARY-SEAT": 1.0}), notice(2))
    batch = Batch()
    batch.documents, batch.cursor = {("notice", "NB-1"): None}, cursor(3)
    file.write(batch)
    for path in tmp_path.glob("cache.sqlite*"):
        assert b"CANARY-SEAT" not in path.read_bytes(), path.name
    assert [state.id for _, state in file.load().documents] == ["NB-2"]
    file.close()


def test_the_kinds_of_a_snapshot_are_written_down(tmp_path: Path) -> None:
    filled(tmp_path).close()
    with sqlite3.connect(tmp_path / "cache.sqlite") as raw:
        assert raw.execute("SELECT value FROM meta WHERE key = ?", (META_KINDS,)).fetchone() == ('["notice"]',)
    raw.close()


# -- files -----------------------------------------------------------------------------------------


PDF = b"%PDF-1.7 " + bytes(100_000)


class Line:
    """A line on which the test is the server."""

    def __init__(self, folder: Path) -> None:
        self.online = True
        self.sent: list[Any] = []
        self.brought = 0
        self.questions = Questions(self._take)
        self.files = Files(folder, self.questions, lambda: self.online, FakeTime().monotonic, self._on_brought)

    def _take(self, message: Any) -> bool:
        if self.online:
            self.sent.append(message)
        return self.online

    def _on_brought(self) -> None:
        self.brought += 1


def on_line(folder: Path, work: Callable[[Line], Awaitable[None]]) -> None:
    async def run() -> None:
        line = Line(folder)
        await line.files.open()
        await work(line)

    asyncio.run(run())


def test_a_file_is_on_disk_before_it_is_named_and_survives_a_restart(tmp_path: Path) -> None:
    async def give(line: Line) -> None:
        line.online = False
        ref = await line.files.put(PDF)
        assert isinstance(ref, BlobRef)
        assert await line.files.get(ref) == PDF
        await line.files.bring()
        assert line.sent == []
        command = act_of("notice", f'{{"do":"attach","file":"{ref.sha256}"}}')
        item = Item(
            n=1,
            ticket_id=ONE,
            expected_version=1,
            after_n=None,
            command=command,
            created_at=NOON,
            state=ItemState.STORED,
        )
        assert line.files.held(item)
        (tmp_path / FOLDER / "half.new").write_bytes(b"x")

    async def again(line: Line) -> None:
        assert line.files.waiting
        assert {path.suffix for path in (tmp_path / FOLDER).iterdir()} == {".pdf"}

    on_line(tmp_path, give)
    on_line(tmp_path, again)


def test_a_lost_line_in_the_middle_goes_on_where_the_server_is(tmp_path: Path) -> None:
    async def work(line: Line) -> None:
        await line.files.put(PDF)
        bringing = asyncio.create_task(line.files.bring())
        await until_sent(line, 1)
        line.questions.line_lost()
        await bringing
        assert line.files.waiting
        bringing = asyncio.create_task(line.files.bring())
        await until_sent(line, 2)
        line.questions.answered(Reply(id=line.sent[1].id, body=msgspec.Raw(b'{"offset":50000,"done":false}')))
        await until_sent(line, 3)
        assert isinstance(line.sent[2], BlobPut)
        assert (line.sent[2].offset, line.sent[2].data) == (50000, PDF[50000 : 50000 + len(line.sent[2].data)])
        line.questions.answered(Reply(id=line.sent[2].id, body=msgspec.Raw(b'{"offset":100009,"done":true}')))
        await bringing
        assert (line.files.waiting, line.brought, list((tmp_path / FOLDER).iterdir())) == (False, 1, [])

    on_line(tmp_path, work)


async def until_sent(line: Line, count: int) -> None:
    await until(lambda: len(line.sent) >= count, f"{count} messages")


def test_bytes_that_are_not_the_file_are_refused(tmp_path: Path) -> None:
    async def work(line: Line) -> None:
        asking = asyncio.create_task(line.files.get(BlobRef("ab" * 32, 3, "image/png")))
        await until_sent(line, 1)
        part = msgspec.json.encode(BlobPart(3, "image/png", 0, b"xyz"))
        line.questions.answered(Reply(id=line.sent[0].id, body=msgspec.Raw(part)))
        assert await asking == Refusal("bad_file")

    on_line(tmp_path, work)


def test_types_are_told_by_the_first_bytes() -> None:
    assert [media_type_of(data) for data in (PDF, b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"")] == [
        "application/pdf",
        "image/jpeg",
        "image/png",
        "",
        "",
    ]


# -- the mirror ------------------------------------------------------------------------------------


def ticked(version: int, seq: int) -> Event:
    body = msgspec.Raw(b'{"type":"ticked","seat":"%d","seconds":1.0}' % version)
    return Event(seq=seq, entity="notice", id="NB-1", v=version, at=NOON, st=NOON, body=body)


def test_what_was_fetched_ahead_of_the_stream_takes_its_events_without_a_word() -> None:
    mirror = DocumentMirror(BOOK)
    mirror.reset([("notice", notice(version=3))], [])
    for version in (2, 3):
        rows: DocRows = {}
        mirror.apply(ticked(version, version), rows, {})
        assert (rows, mirror.dirty) == ({}, {})
    mirror.apply(ticked(4, 4), rows, {})
    assert rows == {("notice", "NB-1"): notice(version=4, ticks={"4": 1.0})}
    mirror.take(rows)
    mirror.apply(ticked(6, 6), rows, {})
    assert (mirror.dirty, mirror.get(("notice", "NB-1"))) == ({("notice", "NB-1"): 6}, rows[("notice", "NB-1")])
    assert mirror.put("notice", ["NB-1"], [notice(version=5)]) == {}
    assert mirror.put("notice", ["NB-1"], []) == {("notice", "NB-1"): None}
    assert (mirror.dirty, mirror.documents) == ({}, {"notice": {}})


def test_an_event_of_a_kind_that_this_release_does_not_know_is_left_alone() -> None:
    mirror = DocumentMirror(KindBook())
    rows: DocRows = {}
    mirror.apply(ticked(2, 2), rows, {})
    assert (rows, mirror.dirty, mirror.missing([ticked(2, 2)])) == ({}, {}, set())


def test_finished_documents_are_let_go_after_a_day() -> None:
    mirror = DocumentMirror(BOOK)
    states = [notice(1), notice(2, is_open=False), notice(3, is_open=False, changed_at=NOON + timedelta(hours=1))]
    mirror.reset([("notice", state) for state in states], [])
    assert mirror.evict(NOON + timedelta(minutes=1)) == {("notice", "NB-2"): None}
    assert mirror.documents["notice"].keys() == {"NB-1", "NB-3"}

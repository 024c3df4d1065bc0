"""The chain: an untouched log passes, and the first event that is not what was written is named (I24, F39)."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.store import highwater
from backend.store.errors import RefusedError
from backend.store.highwater import Mark
from backend.store.records import chained
from backend.store.store import FILE_NAME, Store
from backend.store.verify import Report, verify_file
from domain import commands
from tests.unit.backend.house import REGISTRAR, House

EVENTS = 8


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A closed log of four tickets, eight events, with its high-water file."""
    with House(tmp_path) as house:
        for _ in range(4):
            house.walk(house.reported(), [(REGISTRAR, commands.RequestVerification())])
    return tmp_path


@pytest.fixture
def raw(log: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(log / FILE_NAME, isolation_level=None)
    yield connection
    connection.close()


def checked(log: Path, *, anchored: bool = True) -> Report:
    mark = highwater.read(log)
    assert mark is not None
    return verify_file(log / FILE_NAME, [mark] if anchored else [], rows=True)


def rewritten(raw: sqlite3.Connection, first: int) -> None:
    """Chain everything from `first` on anew, head included: what a careful forger does."""
    previous = raw.execute("SELECT hash FROM event WHERE seq = ?", (first - 1,)).fetchone()[0]
    for row in raw.execute("SELECT * FROM event WHERE seq >= ? ORDER BY seq", (first,)).fetchall():
        previous = chained(previous, row[:-1])
        raw.execute("UPDATE event SET hash = ? WHERE seq = ?", (previous, row[0]))
    raw.execute("UPDATE head SET seq = (SELECT max(seq) FROM event), hash = ?", (previous,))


def test_an_untouched_log_passes(log: Path) -> None:
    assert checked(log) == Report(events=EVENTS, head_seq=EVENTS)


def test_an_empty_log_passes(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    assert verify_file(tmp_path / FILE_NAME, rows=True).ok


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET body = replace(body, 'stage', 'stagf') WHERE seq = 4",
        "UPDATE event SET user = 'somebody' WHERE seq = 4",
        "UPDATE event SET occurred_at = occurred_at + 1 WHERE seq = 4",
        "UPDATE event SET entity_id = '240508-0001' WHERE seq = 4",
        "UPDATE event SET fields = 'text' WHERE seq = 4",
        "UPDATE event SET hash = zeroblob(32) WHERE seq = 4",
    ],
)
def test_a_changed_event_is_named(log: Path, raw: sqlite3.Connection, change: str) -> None:
    assert (
        raw.execute(
            change.replace(
                "replace(body, 'stage', 'stagf')", "CAST(replace(CAST(body AS TEXT), 'stage', 'stagf') AS BLOB)"
            )
        ).rowcount
        == 1
    )
    report = checked(log)
    assert (report.bad_seq, report.reason) == (4, "changed")


def test_a_removed_event_is_named(log: Path, raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM event WHERE seq = 5")
    assert (checked(log).bad_seq, checked(log).reason) == (5, "missing")


def test_two_swapped_events_are_named(log: Path, raw: sqlite3.Connection) -> None:
    for old, new in ((3, 1000), (6, 3), (1000, 6)):
        raw.execute("UPDATE event SET seq = ? WHERE seq = ?", (new, old))
    assert (checked(log).bad_seq, checked(log).reason) == (3, "changed")


def test_a_cut_tail_is_found_by_the_head(log: Path, raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM event WHERE seq > 6")
    assert (checked(log).bad_seq, checked(log).reason) == (7, "cut")


def test_a_cut_tail_with_its_head_is_found_by_the_high_water_file(log: Path, raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM event WHERE seq > 6")
    raw.execute("UPDATE head SET seq = 6, hash = (SELECT hash FROM event WHERE seq = 6)")
    report = checked(log)
    assert (report.bad_seq, report.reason) == (7, "below_high_water")


def test_a_log_rewritten_whole_is_found_by_the_high_water_file(log: Path, raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE event SET user = 'somebody' WHERE seq = 4")
    rewritten(raw, 4)
    assert verify_file(log / FILE_NAME).ok
    report = checked(log)
    assert (report.bad_seq, report.reason) == (EVENTS, "rewritten")


def test_a_head_that_was_moved_back_is_found(log: Path, raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE head SET seq = 6, hash = (SELECT hash FROM event WHERE seq = 6)")
    assert (checked(log, anchored=False).bad_seq, checked(log, anchored=False).reason) == (7, "head")


@pytest.mark.parametrize(
    "change",
    ["UPDATE ticket SET state = 'closed' WHERE id = '240508-0003'", "DELETE FROM ticket WHERE id = '240508-0003'"],
)
def test_a_ticket_that_is_not_the_fold_of_its_events_is_named(log: Path, raw: sqlite3.Connection, change: str) -> None:
    raw.execute(change)
    report = checked(log)
    assert (report.reason, report.bad_ticket) == ("row", "240508-0003")


def test_a_ticket_without_events_is_found(log: Path, raw: sqlite3.Connection) -> None:
    raw.execute("CREATE TEMP TABLE more AS SELECT * FROM ticket LIMIT 1")
    raw.execute("UPDATE more SET id = 'made-up'")
    raw.execute("INSERT INTO ticket SELECT * FROM more")
    assert checked(log).reason == "row"


# -- the high-water file -------------------------------------------------------------------------------


def cut(raw: sqlite3.Connection) -> None:
    """As an older backup: tail and head gone, the mark stays."""
    raw.execute("DELETE FROM event WHERE seq > 6")
    raw.execute("UPDATE head SET seq = 6, hash = (SELECT hash FROM event WHERE seq = 6)")


def test_an_older_database_is_not_served(log: Path, raw: sqlite3.Connection) -> None:
    cut(raw)
    with pytest.raises(RefusedError, match="--accept-loss"):
        Store.open(log)


def test_a_database_that_is_gone_is_not_served_as_an_empty_one(log: Path) -> None:
    (log / FILE_NAME).unlink()
    with pytest.raises(RefusedError, match="--accept-loss"):
        Store.open(log)


def test_a_fork_at_the_same_seq_is_not_served(log: Path, raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE event SET user = 'somebody' WHERE seq = 4")
    rewritten(raw, 4)
    with pytest.raises(RefusedError, match="--accept-loss"):
        Store.open(log)


def test_an_accepted_loss_begins_a_new_epoch_and_is_on_record(log: Path, raw: sqlite3.Connection) -> None:
    mark = highwater.read(log)
    assert mark is not None
    cut(raw)
    store = Store.open(log, accept_loss=True)
    assert store.epoch != mark.epoch
    assert highwater.read(log) == Mark(store.epoch, 6, store.head.hash.hex())
    store.close()
    reason = raw.execute("SELECT reason FROM epoch_change WHERE seq = 6").fetchone()[0]
    assert "8" in reason
    with House(log) as house:
        house.reported()
        assert house.records[0].epoch == house.store.epoch
    assert verify_file(log / FILE_NAME) == Report(events=7, head_seq=7)


def test_accepting_a_loss_where_nothing_is_lost_changes_nothing(log: Path) -> None:
    before = highwater.read(log)
    Store.open(log, accept_loss=True).close()
    assert highwater.read(log) == before


def test_an_unreadable_high_water_file_is_not_ignored(log: Path) -> None:
    (log / highwater.NAME).write_bytes(b"\xff\x00 {")
    with pytest.raises(RefusedError, match="--accept-loss"):
        Store.open(log)
    Store.open(log, accept_loss=True).close()
    assert checked(log).ok


def test_the_mark_is_written_only_when_the_head_moved(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        house.store.sync_mark()
        assert highwater.read(tmp_path) is None
        house.reported()
        house.store.sync_mark()
        mark = highwater.read(tmp_path)
        assert mark == Mark(house.store.epoch, 1, house.store.head.hash.hex())

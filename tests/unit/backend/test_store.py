"""The log as a file: what is read back is what was written, by scope, by seq, and as a snapshot."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from backend.store.errors import RefusedError
from backend.store.records import genesis_hash
from backend.store.store import FILE_NAME, Store
from domain import commands
from domain.actor import Scope, key_of
from domain.vocabulary import URGENCY_RANK
from protocol.cursors import scope_hash, short_hash
from protocol.messages import Cursor
from protocol.snapshot import COLUMNS, SCHEMA_VERSION, millis, row_of, ticket_of
from tests.unit.backend.house import (
    DISPATCHER,
    HANDLER,
    NOON,
    REGISTRAR,
    SHIFT_LEADER,
    TO_HANDLED,
    TOWN_A,
    TOWN_B,
    UNIT_A,
    UNIT_B,
    House,
)

SCOPES = (
    Scope(),
    Scope(areas=(TOWN_A,)),
    Scope(areas=(TOWN_A, TOWN_B)),
    Scope(units=(UNIT_A,)),
    Scope(areas=(TOWN_B,), units=(UNIT_A,)),
    Scope(units=(UNIT_B,)),
)


def full_house(house: House) -> None:
    """Tickets of two towns, some with a lead, one with a co-unit, one closed."""
    for area in (TOWN_A, TOWN_B, TOWN_A):
        house.reported(area, text="张三 13800001111")
    house.walk(house.filed(TOWN_A), [(DISPATCHER, commands.Dispatch(lead=UNIT_A))])
    house.walk(house.filed(TOWN_B), [(DISPATCHER, commands.Dispatch(lead=UNIT_B, co_units=(UNIT_A,)))])
    house.walk(house.reported(TOWN_A), [*TO_HANDLED, (SHIFT_LEADER, commands.Close())])


def test_events_read_back_are_the_events_the_sinks_got(house: House) -> None:
    full_house(house)
    stored = house.run(house.store.read_events(0, 1000))
    assert len(stored) == len(house.records) == house.store.head.seq
    for live, read in zip(house.records, stored, strict=True):
        moved = live.scope_before not in (None, live.scope_after)
        expected = msgspec.structs.replace(live, before=None, after=live.after if moved else None)
        assert read == expected


def test_seqs_are_dense_and_each_read_is_a_prefix(house: House) -> None:
    full_house(house)
    page = house.run(house.store.read_events(3, 4))
    assert [record.seq for record in page] == [4, 5, 6, 7]
    assert house.run(house.store.read_events(house.store.head.seq, 10)) == []


def test_h_is_known_for_every_seq_up_to_the_head(house: House) -> None:
    assert house.run(house.store.h_at(0)) == short_hash(genesis_hash(house.store.epoch))
    full_house(house)
    head = house.store.head
    assert house.run(house.store.h_at(head.seq)) == short_hash(head.hash)
    assert house.run(house.store.h_at(head.seq + 1)) is None


def test_free_text_stands_in_no_event_body(house: House) -> None:
    full_house(house)
    with sqlite3.connect(house.folder / FILE_NAME) as raw:
        bodies = b"".join(row[0] for row in raw.execute("SELECT body FROM event"))
        tickets = b"".join(row[0] for row in raw.execute("SELECT body FROM ticket"))
        assert raw.execute("SELECT count(*) FROM private WHERE value LIKE '%13800001111'").fetchone() == (3,)
    raw.close()
    assert b"13800001111" not in bodies + tickets


def test_the_timeline_of_a_ticket_has_its_texts(house: House) -> None:
    ticket = house.reported(text="井盖破损")
    house.walk(ticket, [(REGISTRAR, commands.File(text="属实"))])
    timeline = house.run(house.store.record(ticket))
    assert [(record.type, record.private) for record in timeline] == [
        ("reported", {"text": "井盖破损"}),
        ("filed", {"text": "属实"}),
    ]


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scan_gives_exactly_what_the_scope_covers(house: House, scope: Scope) -> None:
    full_house(house)
    everything = list(house.store.iter_tickets(Scope()))
    assert len(everything) == 6
    with house.store.scan(scope) as (seq, found):
        tickets = list(found)
    assert seq == house.store.head.seq
    assert {each.id for each in tickets} == {each.id for each in everything if scope.covers(each)}
    assert all(scope.covers(each) == scope.covers_key(key_of(each)) for each in everything)


def test_a_unit_that_lost_the_ticket_no_longer_sees_it(house: House) -> None:
    ticket = house.filed()
    house.walk(ticket, [(DISPATCHER, commands.Dispatch(lead=UNIT_A))])
    assert [each.id for each in house.store.iter_tickets(Scope(units=(UNIT_A,)))] == [ticket]
    house.walk(ticket, [(HANDLER, commands.Return(text="不属本单位"))])
    expected = [] if UNIT_A not in key_of(house.ticket(ticket)).units else [ticket]
    assert [each.id for each in house.store.iter_tickets(Scope(units=(UNIT_A,)))] == expected


@pytest.mark.parametrize("scope", SCOPES)
def test_a_snapshot_holds_the_scope_and_its_cursor(house: House, tmp_path: Path, scope: Scope) -> None:
    full_house(house)
    info = house.run(house.store.make_snapshot(scope, tmp_path / "snap.sqlite"))
    with sqlite3.connect(tmp_path / "snap.sqlite") as file:
        rows = file.execute(f"SELECT {','.join(COLUMNS)} FROM ticket").fetchall()
        cursor = msgspec.json.decode(
            file.execute("SELECT value FROM meta WHERE key='cursor'").fetchone()[0], type=Cursor
        )
        assert file.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    file.close()
    head = house.store.head
    assert cursor == info.cursor == Cursor(house.store.epoch, head.seq, short_hash(head.hash), scope_hash(scope))
    expected = {each.id: each for each in house.store.iter_tickets(scope)}
    assert info.tickets == len(rows) == len(expected)
    for row in rows:
        ticket = ticket_of(row[-1])
        assert ticket == expected[ticket.id]
        assert dict(zip(COLUMNS, row, strict=True)) == row_of(ticket)


def test_a_snapshot_leaves_out_what_rested_for_400_days(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        house.walk(house.reported(), [*TO_HANDLED, (SHIFT_LEADER, commands.Close())])
        still_open = house.reported()
    later = NOON + timedelta(days=401)
    store = Store.open(tmp_path, business_now=lambda: later)
    with House(tmp_path / "other") as house:
        info = house.run(store.make_snapshot(Scope(), tmp_path / "snap.sqlite"))
    store.close()
    with sqlite3.connect(tmp_path / "snap.sqlite") as file:
        assert file.execute("SELECT id FROM ticket").fetchall() == [(still_open,)]
    file.close()
    assert info.tickets == 1


def test_epoch_and_head_survive_a_restart(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        house.reported()
        epoch, head = house.store.epoch, house.store.head
    with House(tmp_path) as house:
        assert (house.store.epoch, house.store.head) == (epoch, head)


def test_every_new_log_has_its_own_epoch(tmp_path: Path) -> None:
    with House(tmp_path / "a") as one, House(tmp_path / "b") as other:
        assert one.store.epoch != other.store.epoch
        assert len(one.store.epoch) == 32


def test_the_file_is_durable_and_for_its_owner_only(house: House) -> None:
    path = house.folder / FILE_NAME
    assert path.stat().st_mode & 0o077 == 0
    mode = house.run(house.store.run_write(lambda c: c.exec_driver_sql("PRAGMA synchronous").scalar_one()))
    journal = house.run(house.store.run_write(lambda c: c.exec_driver_sql("PRAGMA journal_mode").scalar_one()))
    assert (mode, journal) == (2, "wal")


def test_readers_cannot_write(house: House) -> None:
    with pytest.raises(Exception, match=r"readonly|read-only"):
        house.run(house.store.run_read(lambda c: c.exec_driver_sql("DELETE FROM event")))


@pytest.mark.parametrize(
    ("target", "sentence"),
    [("postgresql+asyncpg://host/db", "sqlite:///"), ("mysql://user:secret@host/db", "sqlite:///")],
)
def test_a_database_we_cannot_use_is_refused_without_telling_its_password(target: str, sentence: str) -> None:
    with pytest.raises(RefusedError, match=sentence) as refused:
        Store.open(target)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database at all, but long enough" * 50)
    with pytest.raises(RefusedError, match="is not a database"):
        Store.open(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes().startswith(b"not a database")


def test_another_program_s_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as foreign:
        foreign.execute("CREATE TABLE bookmarks (url)")
    foreign.close()
    with pytest.raises(RefusedError, match="another program"):
        Store.open(tmp_path)
    with sqlite3.connect(tmp_path / FILE_NAME) as foreign:
        assert foreign.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
    foreign.close()


def test_a_log_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(RefusedError, match="version 99"):
        Store.open(tmp_path)


def test_a_damaged_file_is_refused_in_words(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        full_house(house)
    content = bytearray((tmp_path / FILE_NAME).read_bytes())
    content[100:4096] = b"\xff" * 3996
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(RefusedError, match="damaged"):
        Store.open(tmp_path)


def test_a_url_names_a_file(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/centre.sqlite")
    assert store.path == tmp_path / "centre.sqlite"
    store.close()


def test_a_ticket_row_holds_each_value_in_its_column(house: House) -> None:
    filed = house.filed(TOWN_A)
    house.walk(filed, [(DISPATCHER, commands.Dispatch(lead=UNIT_A))])
    ticket = house.ticket(filed)
    row = row_of(ticket)
    assert ticket.stage
    assert {name for name in COLUMNS if row[name] == getattr(ticket, name, None)} >= {
        "id", "version", "state", "is_open", "town", "area", "item", "source", "unit", "level", "on_time",
    }  # fmt: skip
    assert row["urgency"] == URGENCY_RANK[ticket.urgency]
    instants = ("reported_at", "accepted_at", "due_at", "closed_at", "changed_at")
    assert [row[name] for name in instants] == [millis(getattr(ticket, name)) for name in instants]
    assert row["stage_due_at"] == millis(ticket.stage.clock.due_at)
    assert ticket_of(row["body"]) == ticket

"""The queue in front of the writer: sinks in seq order, answers after the commit, and what happens when the disk says no."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from backend.handlers import WAITING_MAX
from backend.store.errors import FatalError
from backend.store.store import FILE_NAME
from domain import commands
from domain.actor import Scope
from tests.unit.backend.house import DISPATCHER, REGISTRAR, UNIT_A, House


def test_sinks_get_every_record_once_in_seq_order(tmp_path: Path) -> None:
    with House(tmp_path, group_max=7) as house:
        house.send(REGISTRAR, *[house.message(house.report_command()) for _ in range(50)])
        assert [record.seq for record in house.records] == list(range(1, 51))


def test_what_waits_together_is_one_transaction(house: House) -> None:
    house.send(REGISTRAR, *[house.message(house.report_command()) for _ in range(50)])
    with sqlite3.connect(house.folder / FILE_NAME) as raw:
        assert raw.execute("SELECT count(DISTINCT server_time), count(*) FROM event").fetchone() == (1, 50)
    raw.close()


def test_an_answer_means_that_another_process_can_read_it(house: House) -> None:
    outcome = house.do(REGISTRAR, house.report_command())
    with sqlite3.connect(house.folder / FILE_NAME) as raw:
        assert raw.execute("SELECT seq FROM head").fetchone() == (outcome.seq,)
    raw.close()


def test_live_records_carry_the_ticket_before_and_after(house: House) -> None:
    ticket = house.filed()
    reported, filed = house.records
    assert (reported.before, filed.before) == (None, reported.after)
    assert filed.after == house.ticket(ticket)


def test_stopping_writes_what_waits(tmp_path: Path) -> None:
    async def submit_and_stop(house: House) -> list[str]:
        # Whoever calls `submit` has handed the command over: nobody needs to wait for it.
        waiting = [house.service.submit(REGISTRAR, house.message(house.report_command())) for _ in range(20)]
        await house.service.stop()
        late = await house.service.submit(REGISTRAR, house.message(house.report_command()))
        return [(await each).status for each in waiting] + [late.status]

    with House(tmp_path, group_max=4) as house:
        statuses = house.run(submit_and_stop(house))
    assert statuses == ["applied"] * 20 + ["unavailable"]


def test_a_full_queue_answers_busy_at_once(house: House) -> None:
    async def flood() -> tuple[int, int]:
        message = house.message(commands.Comment(text="x"), None)
        outcomes = await asyncio.gather(*(house.service.submit(REGISTRAR, message) for _ in range(WAITING_MAX + 5)))
        return sum(each.status == "busy" for each in outcomes), sum(each.status == "rejected" for each in outcomes)

    assert house.run(flood()) == (5, WAITING_MAX)


# -- disk ----------------------------------------------------------------------------------------------


def fill(house: House) -> int:
    """Pages the file may have from now on: none more."""

    def limit(connection: object) -> int:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()  # type: ignore[attr-defined]
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]
        return int(pages)

    return house.run(house.store.run_write(limit))


def test_a_full_disk_loses_nothing_and_heals(house: House) -> None:
    ticket = house.filed()
    fill(house)
    messages = [house.message(house.report_command(text="x" * 3000)) for _ in range(20)]
    head = house.store.head
    assert {outcome.status for outcome in house.send(REGISTRAR, *messages)} == {"storage_full"}
    # Reads go on, nothing half-written is seen.
    assert house.store.head == head
    assert house.run(house.store.read_events(head.seq, 10)) == []
    assert [each.id for each in house.store.iter_tickets(Scope())] == [ticket]
    assert house.service.last_problem == "storage_full"
    # Space again: the same commands, sent again, have their one effect.
    house.run(house.store.run_write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1000000")))
    assert {outcome.status for outcome in house.send(REGISTRAR, *messages)} == {"applied"}
    assert house.store.head.seq == head.seq + 20
    assert house.service.last_problem == ""


def test_what_failed_left_no_trace_in_memory(house: House) -> None:
    ticket = house.filed()
    fill(house)
    big = [house.message(house.report_command(text="x" * 3000)) for _ in range(20)]
    dispatch = house.message(commands.Dispatch(lead=UNIT_A), ticket, 2)
    assert house.send(DISPATCHER, dispatch, *big)[0].status == "storage_full"
    house.run(house.store.run_write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1000000")))
    again = house.send(DISPATCHER, dispatch)[0]
    assert (again.status, again.version) == ("applied", 3)
    assert house.reported() == "240508-0002"


def test_a_foreign_lock_is_busy_and_ends_with_it(house: House) -> None:
    foreign = sqlite3.connect(house.folder / FILE_NAME, isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    message = house.message(house.report_command())
    assert house.send(REGISTRAR, message)[0].status == "busy"
    foreign.execute("ROLLBACK")
    foreign.close()
    assert house.send(REGISTRAR, message)[0].status == "applied"


def test_after_a_failed_disk_nothing_is_accepted_and_the_owner_hears_of_it(tmp_path: Path) -> None:
    def torn(connection: object) -> None:
        raise sqlite3.DatabaseError("database disk image is malformed")

    async def fail(house: House) -> tuple[str, bool]:
        with pytest.raises(FatalError):
            await house.store.run_write(torn)
        outcome = await house.service.submit(REGISTRAR, house.message(house.report_command()))
        return outcome.status, house.store.failed is not None

    with House(tmp_path) as house:
        assert house.run(fail(house)) == ("unavailable", True)


def test_another_writer_is_noticed_and_its_work_kept(house: House) -> None:
    """Two services on one log (as two nodes would be): the slower one looks again and decides anew."""
    house.reported()
    with SecondNode(house) as other:
        other.do(REGISTRAR, other.report_command())
    outcome = house.do(REGISTRAR, house.report_command())
    assert (outcome.seq, outcome.ticket_id) == (3, "240508-0003")


class SecondNode(House):
    """A second house on the same file."""

    def __init__(self, house: House) -> None:
        super().__init__(house.folder, clock=house.clock)


def test_a_broken_sink_is_heard_of_and_nobody_waits_for_ever(tmp_path: Path) -> None:
    def broken(records: object) -> None:
        raise LookupError("a sink that fails")

    async def work(house: House) -> tuple[str, str]:
        first = await house.service.submit(REGISTRAR, house.message(house.report_command()))
        with pytest.raises(LookupError, match="a sink that fails"):
            await house.service.start()
        return first.status, (await house.service.submit(REGISTRAR, house.message(house.report_command()))).status

    with House(tmp_path) as house:
        house.sinks.append(broken)
        assert house.run(work(house)) == ("unavailable", "unavailable")
    assert house.store.head.seq == 1

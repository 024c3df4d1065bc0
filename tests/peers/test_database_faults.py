"""F2, F3, F30, F31 of the fault matrix on PostgreSQL: the database, its locks and its hints fail; nothing acknowledged does."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from signal import SIGQUIT
from typing import Any

import asyncpg
import pytest

from backend.store import pg_tail
from backend.store.errors import FatalError, RefusedError
from backend.store.pg_store import PgStore, verify_database
from domain import commands
from protocol.messages import Outcome
from tests import goals
from tests.patience import WHOLE_S
from tests.peers.nodes import SHIFT_LEADER, Node, nodes, report, until
from tests.peers.postgres import Postgres, execute

BUSY_S = 2.5
"""F31: a person waits no longer than this for the word that the database is busy."""


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    async def timed() -> None:
        async with asyncio.timeout(WHOLE_S):
            await work()

    asyncio.run(timed())


@pytest.mark.parametrize("what", ["UPDATE head SET seq = seq", "LOCK TABLE head IN ACCESS EXCLUSIVE MODE"])
def test_f31_a_held_head_row_is_answered_busy_soon_and_nothing_is_stored(url: str, tmp_path: Path, what: str) -> None:
    async def work() -> None:
        async with nodes(url, tmp_path, 1) as (node,):
            await node.report()
            holder = await asyncpg.connect(url)
            try:
                await holder.execute(f"BEGIN; {what}")
                message = node.message(report())
                began = time.monotonic()
                outcome = await node.service.submit(SHIFT_LEADER, message)
                took = time.monotonic() - began
                assert (outcome.status, node.service.last_problem) == ("busy", "busy")
                goals.note("answered busy", took, BUSY_S + 1)
            finally:
                await holder.close()
            again = await node.service.submit(SHIFT_LEADER, message)
            assert (again.status, again.seq) == ("applied", 2)
            assert node.service.last_problem == ""

    run(work)


def test_f31_an_old_transaction_of_somebody_else_holds_nothing_up(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with nodes(url, tmp_path, 2) as (one, two):
            old = await asyncpg.connect(url)
            try:
                await old.execute("CREATE TABLE unrelated (x int)")
                await old.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
                await old.execute("INSERT INTO unrelated VALUES (1)")
                await one.report()
                await two.report()
                await one.at(2)
                await two.at(2)
            finally:
                await old.close()

    run(work)


def test_f30_a_lost_listen_connection_is_made_again_and_costs_no_event(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with nodes(url, tmp_path, 2) as (one, two):
            await until(lambda: one.tail.listening.is_set() and two.tail.listening.is_set(), "listening")
            killed = await execute(
                url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'liandong-listen' "
                "AND datname = current_database()",
            )
            assert len(killed) == 2
            await until(lambda: not two.tail.listening.is_set(), "loss noticed")
            await one.report()
            await two.at(1)
            await until(lambda: one.tail.listening.is_set() and two.tail.listening.is_set(), "listening again")

    run(work)


def test_f30_without_any_hint_the_poll_finds_everything(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with nodes(url, tmp_path, 2, hints=False) as (one, two):
            for count in range(1, 4):
                await one.report()
                await two.at(count)
            assert two.seqs == [1, 2, 3]
            assert not two.tail.listening.is_set()

    run(work)
    assert pg_tail.POLL_S <= 1.0, "F30 allows 1.5 s"


def test_f3_commands_cut_off_by_a_crash_of_the_database_are_settled_by_their_ids(
    breakable_postgres: Postgres, tmp_path: Path
) -> None:
    server = breakable_postgres
    url = server.new_database()
    applied: dict[int, Outcome] = {}
    unsure = []

    async def work() -> None:
        async with nodes(url, tmp_path, 2) as made:

            async def give(node: Node) -> None:
                while len(unsure) < 20:
                    message = node.message(report())
                    outcome = await node.service.submit(SHIFT_LEADER, message)
                    if outcome.status == "applied":
                        applied[outcome.seq or 0] = outcome
                        if len(applied) == 40:
                            await asyncio.to_thread(server.stop, SIGQUIT)
                    else:
                        assert outcome.status in ("unavailable", "busy"), outcome
                        unsure.append((node, message))

            await asyncio.gather(*(give(node) for node in made for _ in range(4)))
            server.start()
            for node, message in unsure:
                outcome = await node.service.submit(SHIFT_LEADER, message)
                assert outcome.status == "applied", outcome
                assert outcome.seq not in applied, "two commands under one number"
                applied[outcome.seq or 0] = outcome
            assert sorted(applied) == list(range(1, len(applied) + 1)), "acknowledged and gone, or done twice"
            for node in made:
                await node.at(len(applied))
                assert node.seqs == sorted(applied)

    run(work)
    assert verify_database(url, rows=True).ok


def test_f2_a_node_that_dies_with_locks_in_hand_holds_nobody_up(url: str, tmp_path: Path) -> None:
    """Its transaction ends with its connection: the other node goes on, and no number is missing."""

    async def work() -> None:
        async with nodes(url, tmp_path, 1) as (node,):
            await node.report()
            dying = await asyncpg.connect(url)
            await dying.execute("BEGIN")
            await dying.fetchrow("SELECT seq FROM head WHERE id = 1 FOR UPDATE")
            waiting = asyncio.create_task(node.report())
            await until_waiting(url)
            dying.terminate()
            await waiting
            assert node.seqs == [1, 2]

    run(work)


async def until_waiting(url: str) -> None:
    """Until somebody waits for a lock of this database."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for _ in range(1000):
        if (await execute(url, query))[0][0]:
            return
        await asyncio.sleep(0.002)
    raise AssertionError("nobody waits")


def test_a_log_that_went_back_stops_the_node_and_its_next_start(url: str, tmp_path: Path) -> None:
    """A failover to a standby that was behind: no client may ever be told another event under a number it knows."""

    async def work() -> None:
        async with nodes(url, tmp_path, 1) as (node,):
            for _ in range(3):
                await node.report()
            await asyncio.to_thread(node.store.sync_mark)
            await execute(url, "UPDATE head SET seq = 2, hash = (SELECT hash FROM event WHERE seq = 2)")
            await execute(url, "DELETE FROM event WHERE seq = 3")
            with pytest.raises(FatalError, match="went back to 2"):
                await node.following
            with pytest.raises(RefusedError, match="--accept-loss"):
                await asyncio.to_thread(PgStore.open, url, tmp_path / "node0")

    run(work)


def test_a_loss_is_only_accepted_when_no_other_node_runs(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        folder = tmp_path / "node0"
        async with nodes(url, tmp_path, 1) as (node,):
            await node.report()
            await node.report()
            await asyncio.to_thread(node.store.sync_mark)
            epoch = node.store.epoch
        await execute(url, "UPDATE head SET seq = 1, hash = (SELECT hash FROM event WHERE seq = 1)")
        await execute(url, "DELETE FROM event WHERE seq = 2")
        async with nodes(url, tmp_path / "other", 1) as (other,):
            await until(other.tail.listening.is_set, "listening")
            with pytest.raises(RefusedError, match="other nodes use this database"):
                await asyncio.to_thread(PgStore.open, url, folder, accept_loss=True)
        store = await asyncio.to_thread(PgStore.open, url, folder, accept_loss=True)
        try:
            assert store.epoch != epoch
            assert store.head.seq == 1
        finally:
            await asyncio.to_thread(store.close)

    (tmp_path / "other").mkdir()
    run(work)


def test_a_node_of_an_older_epoch_writes_nothing(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with nodes(url, tmp_path, 1) as (node,):
            await node.report()
            await execute(url, "UPDATE log_meta SET epoch = 'another'")
            outcome = await node.do(commands.Remind(text="催办"), node.records[0].after.id, 1)  # type: ignore[union-attr]
            assert outcome.status == "unavailable"
            with pytest.raises(FatalError, match="new epoch"):
                await node.writing
            assert (await execute(url, "SELECT count(*) FROM event"))[0][0] == 1

    run(work)

"""F2, F3, F11, F30, F31: two backend processes on one PostgreSQL, of which a node, the database or its messages go."""

import asyncio
import signal
import time
from pathlib import Path

import asyncpg
import pytest

from domain import commands
from tests import goals
from tests.faults.cluster import CONVERGED_S, start_again, until
from tests.faults.shared_log import SharedHall, shared_hall
from tests.faults.wire import submit_of, wire
from tests.peers.postgres import Postgres, breakable_postgres, execute, postgres

__all__ = ["breakable_postgres", "postgres"]  # fixtures

POLL_S = 1.5


async def prepared(made: SharedHall, tickets: int = 8) -> None:
    for number in range(tickets):
        made.seats[number % len(made.seats)].report()
    await until(lambda: all(len(seat.tickets) == tickets for seat in made.seats), "first tickets")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_f2_one_of_two_nodes_goes(tmp_path: Path, postgres: Postgres, how: signal.Signals) -> None:
    database = postgres.new_database()

    async def work() -> None:
        async with shared_hall(tmp_path, database, 4) as made:
            await prepared(made)
            gone, left = made.nodes
            made.node = left
            load = asyncio.create_task(made.load(3, 20))
            await asyncio.sleep(0.5)
            gone.signal(how)
            made.move(gone, left)
            if how is signal.SIGSTOP:
                for seat in made.seats:
                    if seat.proxy.target == left.port and not seat.live:
                        seat.proxy.cut()
            await load
            # A stopped node answers nothing: its desks find out by their own 12 s of silence.
            await made.g0(CONVERGED_S if how is signal.SIGKILL else 20)
            if how is signal.SIGSTOP:
                gone.signal(signal.SIGCONT)
            else:
                gone.wait()
                await start_again(gone)
            made.seats[0].report()
            await made.g0()

    asyncio.run(work())


def test_f3_the_database_goes_and_comes_back(tmp_path: Path, breakable_postgres: Postgres) -> None:
    server = breakable_postgres
    database = server.new_database()

    async def work() -> None:
        async with shared_hall(tmp_path, database, 2) as made:
            await prepared(made)
            load = asyncio.create_task(made.load(2.5, 20))
            await asyncio.sleep(0.3)
            await asyncio.to_thread(server.stop, signal.SIGQUIT)
            seat = made.seats[0]
            ticket = next(iter(seat.tickets.values()))
            assert seat.give(commands.Comment(text="数据库停了"), ticket)
            assert len(seat.tickets) >= 8, "the desk goes on from what it has"
            await load
            assert all(node.running for node in made.nodes), "a node does not end because its database restarts"
            await asyncio.to_thread(server.start)
            await made.g0(20)
            query = "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            ended = await execute(database, f"SELECT pg_terminate_backend(pid) FROM ({query}) AS others")
            assert ended
            made.seats[1].report()
            await made.g0(20)

    asyncio.run(work())


def test_f11_one_command_at_two_nodes_at_once_has_one_effect(tmp_path: Path, postgres: Postgres) -> None:
    database = postgres.new_database()

    async def work() -> None:
        async with shared_hall(tmp_path, database, 1) as made:
            await prepared(made, 1)
            [seat] = made.seats
            submit = submit_of(1, commands.Remind(text="催办"), next(iter(seat.tickets.values())))
            head = made.node.head()
            urls = [f"ws://127.0.0.1:{node.port}" for node in made.nodes]
            async with wire(urls[0], seat.token) as one, wire(urls[1], seat.token) as two:
                await asyncio.gather(*(each.send(*[submit] * 5) for each in (one, two)))
                answers = [*await one.answered(5), *await two.answered(5)]
            assert {(each.status, each.seq) for each in answers} == {("applied", head + 1)}
            assert made.node.head() == head + 1
            await made.g0()

    asyncio.run(work())


def test_f30_without_notify_the_poll_brings_everything(tmp_path: Path, postgres: Postgres) -> None:
    """The LISTEN sessions are ended again and again, so that no hint arrives: what is left is the poll each second."""
    database = postgres.new_database()
    listening = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%listen%'"

    async def work() -> None:
        async with shared_hall(tmp_path, database, 2) as made:
            await prepared(made)
            here, there = made.seats
            assert await execute(database, listening), "nobody listens: the test would prove nothing"
            for _ in range(5):
                await execute(database, listening)
                seq = there.services.mirror.seq
                here.report()
                await until(lambda seq=seq: there.services.mirror.seq > seq, "by the poll", POLL_S)
            await until(lambda: _listeners(made) == 2, "listening again", 5)
            began = time.monotonic()
            seq = there.services.mirror.seq
            here.report()
            await until(lambda: there.services.mirror.seq > seq, "by the hint")
            goals.note("by the hint", time.monotonic() - began, 5)
            await made.g0()

    asyncio.run(work())


def _listeners(made: SharedHall) -> int:
    sql = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE '%listen%'"
    return int(made.node.rows(sql)[0][0])


def test_f31_a_held_head_row_is_busy_and_an_old_transaction_is_not(tmp_path: Path, postgres: Postgres) -> None:
    database = postgres.new_database()

    async def work() -> None:
        async with shared_hall(tmp_path, database, 2) as made:
            await prepared(made)
            seat = made.seats[0]
            old = await asyncpg.connect(database)
            await old.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            await old.fetch("SELECT count(*) FROM event")
            seat.report()
            await until(lambda: not seat.queued, "an old transaction of somebody else has no effect", 2.5)
            holder = await asyncpg.connect(database)
            await holder.execute("BEGIN")
            await holder.execute("SELECT * FROM head FOR UPDATE")
            seat.give(commands.Comment(text="锁住"), next(iter(seat.tickets.values())))
            await until(lambda: "commands are not accepted" in made.nodes[0].said(), "alarm", 5)
            assert seat.queued == 1
            await holder.execute("ROLLBACK")
            await old.execute("ROLLBACK")
            await asyncio.gather(holder.close(), old.close())
            await made.g0()

    asyncio.run(work())

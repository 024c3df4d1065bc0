"""One log, several nodes: commit order is seq order, snapshots are exact, and every node's sinks get all of it once."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backend.store import reads
from backend.store.pg_store import PgStore, verify_database
from backend.store.records import decode_event
from domain import commands
from domain.actor import Scope
from domain.ids import AreaCode, TicketId
from domain.projection import apply
from domain.ticket import Ticket
from domain.vocabulary import Source
from tests.flow.fakes import read_snapshot
from tests.patience import WHOLE_S
from tests.peers.nodes import SHIFT_LEADER, Node, nodes, report, until
from tests.peers.postgres import execute
from tests.unit.backend.house import TOWN_A, TOWN_B, item
from tests.unit.domain.notices import NOTICE, Post, TakeDown

WRITERS = 8
EACH = 40
UNEVEN = (
    "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(random() * 0.02); RETURN NULL; END'",
    "CREATE TRIGGER uneven BEFORE INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION wait()",
)
"""Writing events takes now longer, now shorter: a node that has its numbers first is often not the first whose events are there."""


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    async def timed() -> None:
        async with asyncio.timeout(WHOLE_S):
            await work()

    asyncio.run(timed())


async def write(node: Node, seed: int, count: int) -> None:
    """One command after the other; every fourth is refused, so that there are rollbacks of the mind too."""
    chance = random.Random(seed)
    mine: list[TicketId] = []
    for _ in range(count):
        if not mine or chance.random() < 0.5:
            mine.append(await node.report())
        elif chance.random() < 0.5:
            ticket = await node.store.ticket(chance.choice(mine))
            assert ticket is not None
            await node.do(commands.Remind(text="催办"), ticket.id, ticket.version)
        else:
            await node.do(commands.Remind(text="晚了"), chance.choice(mine), 99)


def test_a_reader_of_what_is_behind_its_cursor_misses_nothing(url: str, tmp_path: Path) -> None:
    """P1: eight writers on two nodes, and a reader who only ever asks for seq > cursor."""

    async def work() -> None:
        async with nodes(url, tmp_path, 2) as made:
            for statement in UNEVEN:
                await execute(url, statement)
            writing = [asyncio.create_task(write(made[n % 2], n, EACH)) for n in range(WRITERS)]
            seen: list[int] = []
            reader = made[0].store
            while not all(task.done() for task in writing):
                page = await reader.read_events(seen[-1] if seen else 0, 50)
                seen += [record.seq for record in page]
                if not page:
                    await asyncio.sleep(0.001)
            await asyncio.gather(*writing)
            head = await reader.run_read(reads.head)
            seen += [record.seq for record in await reader.read_events(seen[-1] if seen else 0, 1000)]
            assert seen == list(range(1, head.seq + 1))
            for node in made:
                await node.at(head.seq)
                assert node.seqs == seen

    run(work)


def test_the_chain_holds_whoever_wrote(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with nodes(url, tmp_path, 2) as made:
            await asyncio.gather(*(write(made[n % 2], n, 15) for n in range(4)))

    run(work)
    found = verify_database(url, rows=True)
    assert found.ok
    assert found.events == found.head_seq > 20
    asyncio.run(execute(url, "UPDATE event SET type = 'voided' WHERE seq = 7"))
    assert verify_database(url).bad_seq == 7


def test_of_two_nodes_that_act_on_one_version_one_wins_every_time(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with nodes(url, tmp_path, 2) as made:
            for _ in range(40):
                ticket = await made[0].report()
                races = [node.do(commands.Remind(text="催办"), ticket, 1) for node in made for _ in range(2)]
                outcomes = await asyncio.gather(*races)
                assert sorted(outcome.status for outcome in outcomes) == ["applied", "conflict", "conflict", "conflict"]

    run(work)


def test_every_answer_names_its_own_event_now_and_later(url: str, tmp_path: Path) -> None:
    """Numbers are only thought while a group is decided: what goes out, and what is stored, has the real ones."""

    async def work() -> None:
        async with nodes(url, tmp_path, 2) as made:
            for _ in range(10):
                asked = [(node, node.message(report())) for node in made for _ in range(5)]
                outcomes = await asyncio.gather(*(node.service.submit(SHIFT_LEADER, m) for node, m in asked))
                again = await asyncio.gather(*(node.service.submit(SHIFT_LEADER, m) for node, m in asked))
                assert outcomes == again
                log = {record.seq: record for record in await made[0].store.read_events(0, 1000)}
                for (_, message), outcome in zip(asked, outcomes, strict=True):
                    record = log[outcome.seq or 0]
                    assert (record.cmd, record.entity_id) == ((message.outbox_id, message.n), outcome.ticket_id)

    run(work)


def test_documents_of_two_nodes_get_one_row_of_numbers_and_one_winner(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with nodes(url, tmp_path, 2) as made:
            posted = await asyncio.gather(*(node.act(Post()) for node in made for _ in range(6)), made[0].report())
            assert isinstance(posted[-1], str)
            ids = sorted(str(outcome.ticket_id) for outcome in posted[:-1] if not isinstance(outcome, str))
            assert [each[-4:] for each in ids] == [f"{number:04d}" for number in range(1, 13)]
            for each in ids:
                ended = await asyncio.gather(*(node.act(TakeDown(), each, 1) for node in made))
                assert sorted(outcome.status for outcome in ended) == ["applied", "conflict"]
            for node in made:
                await node.at(25)
                assert node.seqs == list(range(1, 26))

    run(work)
    assert verify_database(url, rows=True, kinds=[NOTICE]).ok


def test_a_snapshot_holds_exactly_what_its_cursor_says(url: str, tmp_path: Path) -> None:
    """P3: while others write, rows and position of a snapshot come from one moment."""

    async def work() -> None:
        async with nodes(url, tmp_path, 2) as made:
            writing = [asyncio.create_task(write(made[n % 2], n, 30)) for n in range(4)]
            taken = 0
            while not all(task.done() for task in writing):
                path = tmp_path / f"snapshot{taken}"
                info = await made[taken % 2].store.make_snapshot(Scope(), path)
                rows, inside = read_snapshot(path)
                assert inside == info.cursor
                assert rows == fold(await made[0].store.read_events(0, info.cursor.seq)), f"at {info.cursor.seq}"
                taken += 1
            await asyncio.gather(*writing)
            assert taken > 3

    run(work)


def fold(records: list[Any]) -> dict[TicketId, Ticket]:
    tickets: dict[TicketId, Ticket] = {}
    for record in records:
        ticket_id = TicketId(record.entity_id)
        event = decode_event(record.body)
        old = tickets.get(ticket_id)
        tickets[ticket_id] = apply(old, ticket_id, record.entity_version, event, record.occurred_at)
    return tickets


def test_what_others_wrote_arrives_with_the_ticket_before_and_after(url: str, tmp_path: Path) -> None:
    """Also where the reading node has never seen the ticket, and where the ticket has moved on since."""

    async def work() -> None:
        async with nodes(url, tmp_path / "a", 1) as (writer,):
            ticket = await writer.report()
            for version in range(1, 6):
                await writer.do(commands.Remind(text=str(version)), ticket, version)
            late = await asyncio.to_thread(Node, url, tmp_path / "late")
            late.tail.position = 3  # a node that has published up to here
            late.start()
            try:
                await writer.do(commands.File(), ticket, 6)
                await late.at(7)
            finally:
                await late.stop()
            assert late.seqs == [4, 5, 6, 7]
            live = {record.seq: record for record in writer.records}
            for record in late.records:
                assert (record.before, record.after) == (live[record.seq].before, live[record.seq].after)
                assert record.hash == live[record.seq].hash

    (tmp_path / "a").mkdir()
    run(work)


def test_pages_and_own_commits_interleave_without_gap_or_duplicate(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with nodes(url, tmp_path, 2, page=3) as made:  # a group of commands comes in pieces
            for _ in range(10):
                await asyncio.gather(*(node.report() for node in made for _ in range(5)))
            for node in made:
                await node.at(100)
                assert node.seqs == list(range(1, 101))

    run(work)


def test_two_nodes_that_make_the_tables_at_once_make_one_log(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        stores = await asyncio.gather(
            *(asyncio.to_thread(PgStore.open, url, tmp_path / str(n), now=datetime.now(UTC)) for n in range(2))
        )
        try:
            assert stores[0].epoch == stores[1].epoch
        finally:
            for store in stores:
                store.close()

    run(work)


def test_scopes_are_ranges_of_area_codes_in_any_order_of_texts(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with nodes(url, tmp_path, 1) as (node,):
            for n, area in enumerate((TOWN_A, TOWN_B, TOWN_A + "001")):
                code, what = AreaCode(area), item(needs_check=False)
                await node.do(commands.Report(source=Source.PATROL, external_ref=f"s{n}", area=code, item=what))
            found = {ticket.area for ticket in await asyncio.to_thread(list, node.store.iter_tickets(Scope((TOWN_A,))))}
            assert found == {TOWN_A, TOWN_A + "001"}

    run(work)


def test_a_number_refused_by_a_rollback_is_given_again(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with nodes(url, tmp_path, 2) as (one, two):
            matter = report()
            await asyncio.gather(one.do(matter), two.do(matter))  # one of the two starts over
            ids = [await one.report(), await two.report()]
            assert [ticket[-4:] for ticket in ids] == ["0002", "0003"]

    run(work)


def test_a_quiet_tail_waits_for_hints_and_its_own_node_needs_none(url: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with nodes(url, tmp_path, 2) as (one, two):
            await until(lambda: one.tail.listening.is_set() and two.tail.listening.is_set(), "listening")
            await one.report()
            assert one.seqs == [1], "own commits are out when the outcome is"
            await two.at(1)

    run(work)

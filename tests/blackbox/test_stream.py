"""What a client sees of the log, whichever node it hangs on: all of its scope, in order, once (I3 to I8, I16)."""

import asyncio
import random
from pathlib import Path

from msgspec.structs import replace

from domain import commands
from tests.blackbox.centre import (
    TOWN_A,
    TOWN_B,
    UNIT_A,
    UNIT_B,
    Centre,
    Client,
    Place,
    centre,
    leader,
    report,
    tickets_of,
    unit_scope,
    until,
)


async def busy(client: Client, seed: int, count: int) -> None:
    """Random commands one after the other; conflicts are part of it."""
    chance = random.Random(seed)
    for _ in range(count):
        known = sorted(client.tickets)
        if not known or chance.random() < 0.4:
            await client.give(report(chance.choice((TOWN_A, TOWN_B))))
            continue
        ticket = client.tickets[chance.choice(known)]
        towns = [town for town in (TOWN_A, TOWN_B) if town != ticket.area]
        command = chance.choice((commands.Remind(text="催办"), commands.File(), commands.Relocate(area=towns[0])))
        await client.give(command, ticket)


def test_a_resume_brings_all_that_was_missed_at_any_node(place: Place, tmp_path: Path) -> None:
    async def work(made: Centre) -> None:
        giver, reader = await made.client(), await made.client(node=1)
        await giver.apply(report())
        await made.level(giver, reader)
        await reader.cut()
        for _ in range(5):
            await giver.apply(report())
        reader.go_to(made.url(0))
        await reader.connect()
        await made.level(giver, reader)
        assert reader.tickets == giver.tickets
        assert reader.resets == ["first"], "a resume, no second snapshot"

    centre(place, tmp_path, work)


def test_a_position_that_this_log_never_had_is_reset(place: Place, tmp_path: Path) -> None:
    async def work(made: Centre) -> None:
        giver, reader = await made.client(), await made.client(node=1)
        for _ in range(3):
            await giver.apply(report())
        await made.level(giver, reader)
        good = reader.cursor
        assert good is not None
        wrong = {
            "epoch": replace(good, epoch="f" * 32),
            "fork": replace(good, h="0" * 16),
            "ahead": replace(good, seq=good.seq + 5),
            "scope": replace(good, scope_hash="0" * 16),
        }
        for reason, cursor in wrong.items():
            await reader.cut()
            reader.cursor, reader.tickets = cursor, {}
            await reader.connect()
            await until(lambda: reader.live, reason)
            assert reader.resets[-1] == reason
            assert reader.cursor == good
            assert reader.tickets == giver.tickets

    centre(place, tmp_path, work)


def test_a_snapshot_is_the_fold_of_the_log_for_every_scope(place: Place, tmp_path: Path) -> None:
    """I3, I4: who followed from the start and who comes now hold the same, while others go on writing."""

    async def work(made: Centre) -> None:
        scopes = [{}, {"areas": (TOWN_A,)}, {"areas": (TOWN_B,)}, unit_scope(UNIT_A)]
        followers = [await made.client(leader(f"old{n}", **scope), node=n) for n, scope in enumerate(scopes)]
        writers = [await made.client(leader(f"writer{n}"), node=n) for n in range(2)]
        work = [asyncio.create_task(busy(writer, seed, 25)) for seed, writer in enumerate(writers)]
        early = [await made.client(leader(f"early{n}", **scope), node=n + 1) for n, scope in enumerate(scopes)]
        await asyncio.gather(*work)
        late = [await made.client(leader(f"late{n}", **scope), node=n + 1) for n, scope in enumerate(scopes)]
        await made.level(*followers, *early, *late)
        for follower, in_between, newcomer in zip(followers, early, late, strict=True):
            assert follower.tickets == newcomer.tickets == in_between.tickets
        assert set(followers[1].tickets) | set(followers[2].tickets) == set(followers[0].tickets)
        everything = await followers[0].ask("tickets", {"ids": sorted(followers[0].tickets)})
        assert tickets_of(everything) == followers[0].tickets

    centre(place, tmp_path, work)


def test_a_ticket_enters_and_leaves_a_scope_as_it_moves(place: Place, tmp_path: Path) -> None:
    """I16: whole when it enters, gone when it leaves, and nothing of it in between; written at one node, seen at the other."""

    async def work(made: Centre) -> None:
        giver = await made.client(node=0)
        town = await made.client(leader("town", areas=(TOWN_B,)), node=1)
        unit = await made.client(leader("unit", **unit_scope(UNIT_B)), node=1)
        ticket = await giver.apply(report(TOWN_A, text="金丝雀 canary"))
        moved = await giver.apply(commands.Relocate(area=TOWN_B), await giver.apply(commands.File(), ticket))
        await made.level(giver, town, unit)
        assert town.tickets == {moved.id: moved}
        back = await giver.apply(commands.Relocate(area=TOWN_A), moved)
        given = await giver.apply(commands.Dispatch(lead=UNIT_B), back)
        await made.level(giver, town, unit)
        assert town.tickets == {}
        assert unit.tickets == {given.id: given}
        kinds = [event.kind for delta in town.deltas for event in delta.events]
        assert kinds == ["enter", "leave"]
        assert not any("canary" in frame for frame in (*town.raw, *unit.raw) if isinstance(frame, str))

    centre(place, tmp_path, work)


def test_a_restart_changes_nothing_for_who_was_there(place: Place, tmp_path: Path) -> None:
    async def work(made: Centre) -> None:
        reader = await made.client()
        await busy(reader, 7, 10)
        await made.restart()
        reader.go_to(made.url(1))
        await reader.connect()
        await until(lambda: reader.live, "resume")
        assert reader.resets == ["first"]
        fresh = await made.client()
        await made.level(reader, fresh)
        assert fresh.tickets == reader.tickets

    centre(place, tmp_path, work)


def test_the_figures_are_the_same_at_every_node(place: Place, tmp_path: Path) -> None:
    """Each node counts for itself, from its own commits and from those of others."""

    async def work(made: Centre) -> None:
        readers = [await made.client(leader(f"reader{n}"), node=n) for n in range(2)]
        await asyncio.gather(*(busy(reader, seed, 12) for seed, reader in enumerate(readers)))
        await made.level(*readers)
        total = sum(ticket.is_open for ticket in readers[0].tickets.values())

        def counted(client: Client) -> int:
            shown = client.topics.get("kpi.overview", (0, {}))[1]
            return sum(count for count in shown["open"].values() if isinstance(count, int)) if shown else -1

        def figures(client: Client) -> object:
            shown = client.topics.get("kpi.overview", (0, {}))[1]
            return [shown.get(key) for key in ("open", "waiting", "accepted_today", "closed_today", "opening")]

        await until(lambda: counted(readers[0]) >= 0 and figures(readers[0]) == figures(readers[1]), "equal figures")
        fresh = await made.client(leader("later", areas=(TOWN_A, TOWN_B)), node=1)
        await until(lambda: counted(fresh) >= 0 and figures(fresh) == figures(readers[0]), "a recount says the same")
        assert total > 0

    centre(place, tmp_path, work)

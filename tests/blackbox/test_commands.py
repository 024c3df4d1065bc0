"""What a client is told about its commands, whichever node it asks: once, in order, and who was quicker (I9, I10, I12, I13)."""

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace

from domain import commands
from domain.vocabulary import State
from tests.blackbox.centre import UNIT_A, UNIT_B, Centre, Place, centre, leader, report, until

RACERS = 10
EACH = 5


def test_what_one_gives_everybody_sees(place: Place, tmp_path: Path) -> None:
    async def work(made: Centre) -> None:
        giver, other = await made.client(node=0), await made.client(node=1)
        ticket = await giver.apply(report())
        await giver.apply(commands.File(), ticket)
        await made.level(giver, other)
        assert other.tickets == giver.tickets
        assert other.tickets[ticket.id].state is State.FILED

    centre(place, tmp_path, work)


def test_the_same_command_ten_times_at_once_has_one_effect_and_equal_answers(place: Place, tmp_path: Path) -> None:
    """F11."""

    async def work(made: Centre) -> None:
        actor = leader("twice")
        one, two = await made.client(actor, node=0), await made.client(actor, node=1)
        for command in (report(), commands.Remind(text="催办")):
            ticket = None if isinstance(command, commands.Report) else next(iter(one.tickets.values()))
            message = one.message(command, ticket)
            await asyncio.gather(*(client.say(message) for client in (one, two) for _ in range(5)))
            await until(lambda m=message: len(one.told(m)) + len(two.told(m)) == 10, "ten answers")
            answers = one.told(message) + two.told(message)
            assert answers[0].status == "applied"
            assert all(answer == answers[0] for answer in answers)
            await one.at(answers[0].seq or 0)
        assert one.cursor is not None
        assert one.cursor.seq == 2, "two commands, two events"

    centre(place, tmp_path, work)


def test_the_same_report_from_two_sources_is_one_ticket(place: Place, tmp_path: Path) -> None:
    async def work(made: Centre) -> None:
        one, two = await made.client(node=0), await made.client(node=1)
        matter = report()
        outcomes = await asyncio.gather(one.give(matter), two.give(matter))
        assert len({outcome.ticket_id for outcome in outcomes}) == 1
        assert sorted(outcome.code for outcome in outcomes) == ["", "known"]

    centre(place, tmp_path, work)


def test_who_is_late_hears_who_was_quicker_and_what_differs(place: Place, tmp_path: Path) -> None:
    async def work(made: Centre) -> None:
        quick, late = await made.client(leader("quick"), node=0), await made.client(leader("late"), node=1)
        filed = await quick.apply(commands.File(), await quick.apply(report()))
        await made.level(quick, late)
        await quick.apply(commands.Dispatch(lead=UNIT_A), filed)
        outcome = await late.give(commands.Dispatch(lead=UNIT_B), filed)
        assert (outcome.status, outcome.version) == ("conflict", filed.version + 1)
        assert outcome.detail["by"]["seat"] == "quick"
        assert outcome.detail["diff"]["unit"] == [None, UNIT_A]

    centre(place, tmp_path, work)


def test_of_fifty_who_dispatch_one_ticket_one_wins_and_the_others_hear_it(place: Place, tmp_path: Path) -> None:
    """F12."""

    async def work(made: Centre) -> None:
        racers = [await made.client(leader(f"racer{number}"), node=number) for number in range(RACERS)]
        filed = await racers[0].apply(commands.File(), await racers[0].apply(report()))
        await made.level(*racers)
        race = [racer.give(commands.Dispatch(lead=UNIT_A), filed) for racer in racers for _ in range(EACH)]
        outcomes = await asyncio.gather(*race)
        won = [outcome for outcome in outcomes if outcome.status == "applied"]
        lost = [outcome for outcome in outcomes if outcome.status == "conflict"]
        assert (len(won), len(lost)) == (1, RACERS * EACH - 1)
        (winner,) = (racer for racer in racers if racer.outbox == won[0].outbox_id)
        assert {outcome.detail["by"]["seat"] for outcome in lost} == {winner.name}
        for racer in racers:
            await racer.at(won[0].seq or 0)
            assert racer.tickets[filed.id].version == filed.version + 1

    centre(place, tmp_path, work)


def test_an_answer_is_the_same_at_every_node_and_after_a_restart(place: Place, tmp_path: Path) -> None:
    async def work(made: Centre) -> None:
        actor = leader("asker")
        asker = await made.client(actor)
        message = asker.message(report())
        first = await asker.send(message)
        other = await made.client(actor, node=1)
        assert await other.send(message) == first
        assert (await other.send(replace(message, command=report()))).code == "id_misuse"
        await made.restart()
        asker.go_to(made.url(1))
        await asker.connect()
        assert await asker.send(message) == first
        assert asker.cursor is not None
        assert asker.cursor.seq == 1

    centre(place, tmp_path, work)


def test_commands_on_both_nodes_at_once_give_one_dense_log_and_no_number_twice(place: Place, tmp_path: Path) -> None:
    async def work(made: Centre) -> None:
        givers = [await made.client(leader(f"giver{number}"), node=number) for number in range(4)]

        async def give(number: int) -> list[str | None]:
            outcomes = [await givers[number].give(report()) for _ in range(10)]
            assert {outcome.status for outcome in outcomes} == {"applied"}
            return [outcome.ticket_id for outcome in outcomes]

        ids = [each for found in await asyncio.gather(*map(give, range(4))) for each in found]
        assert len(set(ids)) == 40
        assert sorted(str(each)[-4:] for each in ids) == [f"{number:04d}" for number in range(1, 41)]
        for giver in givers:
            await giver.at(40)
            assert giver.tickets == givers[0].tickets

    centre(place, tmp_path, work)


@pytest.mark.parametrize("count", [3])
def test_commands_of_one_desk_take_effect_in_its_order(place: Place, tmp_path: Path, count: int) -> None:
    async def work(made: Centre) -> None:
        giver = await made.client()
        ticket = await giver.apply(report())
        messages = [
            giver.message(commands.Remind(text=str(number)), replace(ticket, version=ticket.version + number))
            for number in range(count)
        ]
        for message in messages:
            await giver.say(message)
        await until(lambda: all(giver.told(message) for message in messages), "all answers")
        outcomes = [giver.told(message)[0] for message in messages]
        assert [outcome.status for outcome in outcomes] == ["applied"] * count
        assert [outcome.version for outcome in outcomes] == [2, 3, 4]

    centre(place, tmp_path, work)

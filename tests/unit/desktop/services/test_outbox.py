"""The outbox: durable before it says so, in order per ticket, nothing unsaid, nothing done twice, damage survived."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.services.commander import Commander
from desktop.services.outbox import Outbox
from desktop.services.outbox_file import Item, ItemState
from desktop.services.sqlite_file import StorageError
from desktop.services.values import Notice, Refusal
from domain.commands import Comment, Remind, Sign
from domain.ids import TicketId, UserId
from protocol.messages import Outcome, Submit
from tests.examples import examples
from tests.unit.desktop.services.service_fakes import FakeTime

A, B = TicketId("181009-0001"), TicketId("181009-0002")


def made(
    directory: Path, time: FakeTime | None = None, user: str = "zhang", notices: list[Notice] | None = None
) -> Outbox:
    time = time or FakeTime()
    said = [] if notices is None else notices
    return Outbox(
        directory,
        UserId(user),
        "ws://a",
        on_notice=said.append,
        wall=time.wall,
        monotonic=time.monotonic,
        random=lambda: 1.0,
    )


def with_outbox(directory: Path, work: Callable[[Outbox], Awaitable[None]], time: FakeTime | None = None) -> None:
    async def run() -> None:
        box = made(directory, time)
        await box.open()
        await work(box)
        await box.close()

    asyncio.run(run())


def answer(submit: Submit, status: str, **more: object) -> Outcome:
    return Outcome(outbox_id=submit.outbox_id, n=submit.n, status=status, **more)  # type: ignore[arg-type]


def test_one_command_of_a_ticket_is_in_flight_at_a_time(tmp_path: Path) -> None:
    async def work(box: Outbox) -> None:
        first = await box.add(Sign(), A, 3, None)
        second = await box.add(Remind(), A, 4, first.n)
        other = await box.add(Remind(), B, 1, None)
        sent = await box.next_submits()
        assert [s.n for s in sent] == [first.n, other.n]
        assert await box.next_submits() == []
        await box.outcome(answer(sent[0], "applied", seq=7, version=4))
        assert [s.n for s in await box.next_submits()] == [second.n]

    with_outbox(tmp_path, work)


def test_after_a_lost_line_the_same_id_goes_out_again(tmp_path: Path) -> None:
    async def work(box: Outbox) -> None:
        await box.add(Sign(), A, 3, None)
        first = await box.next_submits()
        box.line_lost()
        assert await box.next_submits() == first

    with_outbox(tmp_path, work)


def test_a_restart_keeps_what_was_stored_and_what_was_sent(tmp_path: Path) -> None:
    sent: list[Submit] = []

    async def before(box: Outbox) -> None:
        await box.add(Sign(), A, 3, None)
        await box.add(Comment(text="去过了"), B, None, None)
        sent.extend(await box.next_submits())

    async def after(box: Outbox) -> None:
        assert await box.next_submits() == sent

    with_outbox(tmp_path, before)
    with_outbox(tmp_path, after)


def test_busy_is_tried_again_later(tmp_path: Path) -> None:
    time = FakeTime()

    async def work(box: Outbox) -> None:
        await box.add(Sign(), A, 3, None)
        (submit,) = await box.next_submits()
        await box.outcome(answer(submit, "busy"))
        assert await box.next_submits() == []
        time.go(1.1)
        assert [s.n for s in await box.next_submits()] == [submit.n]

    with_outbox(tmp_path, work, time)


def test_a_long_queue_goes_out_a_few_at_a_time_and_waits_when_told(tmp_path: Path) -> None:
    """Three hundred at once are a flood to the server, which cuts the line."""
    time = FakeTime()

    async def work(box: Outbox) -> None:
        for number in range(60):
            await box.add(Sign(), TicketId(f"181009-{number:04}"), 3, None)
        sent = await box.next_submits()
        assert 1 < len(sent) <= 20
        assert await box.next_submits() == []
        await box.outcome(answer(sent[0], "applied", seq=1, version=4))
        assert len(await box.next_submits()) == 1, "one for one"
        for submit in sent[1:]:
            await box.outcome(answer(submit, "busy", detail={"retry_s": 0.4}))
        assert await box.next_submits() == [], "nothing before the server said"
        time.go(0.5)
        box.line_lost()
        assert [s.n for s in await box.next_submits()] == [sent[1].n], "then one, the oldest, to find out"

    with_outbox(tmp_path, work, time)


def test_a_failed_command_takes_those_that_counted_on_it_into_the_tray(tmp_path: Path) -> None:
    async def work(box: Outbox) -> None:
        first = await box.add(Sign(), A, 3, None)
        second = await box.add(Remind(), A, 4, first.n)
        comment = await box.add(Comment(text="x"), A, None, None)
        (submit,) = await box.next_submits()
        changed = await box.outcome(answer(submit, "conflict", code="version", detail={"by": "d2"}))
        assert [(i.n, i.state) for i in changed] == [
            (first.n, ItemState.CONFLICT),
            (second.n, ItemState.BLOCKED),
        ]
        assert [s.n for s in await box.next_submits()] == [comment.n]

    with_outbox(tmp_path, work)


def test_the_tray_outlives_a_restart_with_its_reason(tmp_path: Path) -> None:
    async def before(box: Outbox) -> None:
        await box.add(Sign(), A, 3, None)
        (submit,) = await box.next_submits()
        await box.outcome(answer(submit, "rejected", code="wrong_state"))

    async def after(box: Outbox) -> None:
        (item,) = box.tray
        assert (item.state, item.last_error, item.outcome.code) == (ItemState.REJECTED, "wrong_state", "wrong_state")  # type: ignore[union-attr]

    with_outbox(tmp_path, before)
    with_outbox(tmp_path, after)


def test_an_old_command_waits_for_a_person(tmp_path: Path) -> None:
    time = FakeTime()

    async def work(box: Outbox) -> None:
        item = await box.add(Sign(), A, 3, None)
        time.go(73 * 3600)
        assert await box.next_submits() == []
        assert [i.state for i in box.tray] == [ItemState.TOO_OLD]
        await box.confirm(item.n)
        assert [s.n for s in await box.next_submits()] == [item.n]

    with_outbox(tmp_path, work, time)


def test_discarding_is_written_down(tmp_path: Path) -> None:
    async def work(box: Outbox) -> None:
        item = await box.add(Sign(), A, 3, None)
        await box.discard(item.n, "discarded")
        assert [(n, what) for n, _, what in await box.audit()] == [(item.n, "discarded")]
        assert await box.counts() == {ItemState.DISCARDED: 1}
        assert await box.next_submits() == []

    with_outbox(tmp_path, work)


def test_what_may_have_arrived_cannot_be_discarded(tmp_path: Path) -> None:
    async def work(box: Outbox) -> None:
        item = await box.add(Sign(), A, 3, None)
        await box.next_submits()
        box.line_lost()
        with pytest.raises(ValueError, match="carried out"):
            await box.discard(item.n, "discarded")

    with_outbox(tmp_path, work)


def test_another_login_neither_reads_nor_sends(tmp_path: Path) -> None:
    async def mine(box: Outbox) -> None:
        await box.add(Sign(), A, 3, None)

    async def theirs() -> None:
        box = made(tmp_path, user="li")
        await box.open()
        assert await box.next_submits() == []
        assert box.items == {}
        await box.close()

    with_outbox(tmp_path, mine)
    asyncio.run(theirs())


def test_settled_below_never_passes_a_waiting_command(tmp_path: Path) -> None:
    async def work(box: Outbox) -> None:
        first = await box.add(Sign(), A, 3, None)
        await box.add(Sign(), B, 3, None)
        a, b = await box.next_submits()
        assert a.settled_below == first.n
        await box.outcome(answer(b, "applied", seq=1, version=4))
        last = await box.add(Comment(text="x"), B, None, None)
        (third,) = await box.next_submits()
        assert third.settled_below == first.n
        await box.outcome(answer(a, "applied", seq=2, version=4))
        await box.outcome(answer(third, "applied", seq=3))
        await box.add(Comment(text="y"), B, None, None)
        (fourth,) = await box.next_submits()
        assert fourth.settled_below == last.n + 1

    with_outbox(tmp_path, work)


def test_commands_on_a_ticket_that_moved_out_go_to_the_tray(tmp_path: Path) -> None:
    async def work(box: Outbox) -> None:
        await box.add(Sign(), A, 3, None)
        await box.block([A], "moved_out")
        assert [(i.state, i.last_error) for i in box.tray] == [(ItemState.BLOCKED, "moved_out")]

    with_outbox(tmp_path, work)


def test_a_full_disk_refuses_and_nothing_pretends_to_wait(tmp_path: Path) -> None:
    async def work(box: Outbox) -> None:
        await box._run(lambda: box._opened()._file.run("PRAGMA max_page_count = 1"))

        async def fill() -> None:
            while True:
                await box.add(Comment(text="x" * 4000), A, None, None)

        with pytest.raises(StorageError) as refused:
            await fill()
        assert refused.value.code == "storage_full"
        assert len(box.items) == len(await box._run(lambda: box._opened().live()))

    with_outbox(tmp_path, work)


def test_who_gave_a_command_hears_whether_it_is_safe(tmp_path: Path) -> None:
    time = FakeTime()

    async def work(box: Outbox) -> None:
        commander = Commander(
            send=lambda _: True,
            online=lambda: False,
            ticket=lambda _: None,
            seq=lambda: 0,
            wall=time.wall,
            monotonic=time.monotonic,
            on_pending=lambda: None,
            on_outcome=lambda _: None,
            on_notice=lambda _: None,
        )
        await commander.use(box)
        running = asyncio.create_task(commander.run())
        first = commander.submit(Comment(text="x"))
        assert not isinstance(first, Refusal)
        assert await commander.safe(first)
        await box._run(lambda: box._opened()._file.run("PRAGMA max_page_count = 1"))
        given = [commander.submit(Comment(text="x" * 4000)) for _ in range(20)]
        last = given[-1]
        assert not isinstance(last, Refusal)
        assert not await commander.safe(last)
        assert await commander.safe(first)
        running.cancel()

    with_outbox(tmp_path, work)


# -- damage ---------------------------------------------------------------------------------------


def stored(directory: Path, count: int) -> list[Item]:
    items: list[Item] = []

    async def fill(box: Outbox) -> None:
        for n in range(count):
            items.append(await box.add(Comment(text=f"第{n}条" * 60), TicketId(f"t{n}"), None, None))

    with_outbox(directory, fill)
    return items


def reopened(directory: Path) -> tuple[Outbox, dict[int, Item], dict[str, object]]:
    async def run() -> tuple[Outbox, dict[int, Item], dict[str, object]]:
        notices: list[Notice] = []
        box = made(directory, notices=notices)
        await box.open()
        (notice,) = notices
        assert notice.code == "outbox_salvaged"
        items = dict(box.items)
        added = await box.add(Comment(text="new"), A, None, None)
        assert added.n not in items
        await box.close()
        return box, items, notice.detail

    return asyncio.run(run())


def test_readable_rows_of_a_damaged_outbox_are_saved_and_the_rest_counted(tmp_path: Path) -> None:
    items = stored(tmp_path, 60)
    path = tmp_path / "outbox.sqlite"
    data = bytearray(path.read_bytes())
    pages = len(data) // 4096
    data[(pages - 2) * 4096 : (pages - 1) * 4096] = bytes(4096)
    path.write_bytes(data)
    _, saved, detail = reopened(tmp_path)
    assert 0 < len(saved) < 60
    assert detail["saved"] == len(saved)
    assert detail["unreadable"] == 60 - len(saved)
    assert all(saved[n] == items[n - 1] for n in saved)
    assert (tmp_path / str(detail["kept"])).read_bytes() == bytes(data)


def test_an_outbox_that_is_no_database_is_kept_and_reported(tmp_path: Path) -> None:
    stored(tmp_path, 3)
    (tmp_path / "outbox.sqlite").write_bytes(b"\0" * 9000)
    _, saved, detail = reopened(tmp_path)
    assert (saved, detail["saved"], detail["unreadable"]) == ({}, 0, None)


def test_without_its_id_a_sent_command_waits_for_a_person(tmp_path: Path) -> None:
    async def fill(box: Outbox) -> None:
        await box.add(Sign(), A, 3, None)
        await box.next_submits()
        await box.add(Sign(), B, 3, None)
        await box._run(lambda: box._opened()._file.run("DELETE FROM meta"))

    with_outbox(tmp_path, fill)
    _, saved, _ = reopened(tmp_path)
    assert [item.state for item in saved.values()] == [ItemState.UNKNOWN, ItemState.STORED]


@settings(max_examples=examples(30))
@given(flips=st.lists(st.tuples(st.integers(0, 2**31), st.integers(1, 255)), min_size=1, max_size=40))
def test_random_damage_never_stops_the_desk(
    tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int]]
) -> None:
    directory = tmp_path_factory.mktemp("flipped")
    stored(directory, 12)
    path = directory / "outbox.sqlite"
    data = bytearray(path.read_bytes())
    for place, mask in flips:
        data[place % len(data)] ^= mask
    path.write_bytes(data)

    async def use(box: Outbox) -> None:
        await box.add(Sign(), A, 3, None)
        assert any(getattr(submit, "command", None) == Sign() for submit in await box.next_submits())

    with_outbox(directory, use)


# -- a server that answers in any way -------------------------------------------------------------


@given(data=st.data())
def test_every_command_ends_somewhere_and_in_order(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """I11 and I12 over random programs: add, send, answer, cut, restart."""
    directory = tmp_path_factory.mktemp("box")
    time = FakeTime()

    async def run() -> None:
        box = made(directory, time)
        await box.open()
        added = 0
        carried_out: list[int] = []
        on_the_wire: list[Submit] = []
        for _ in range(data.draw(st.integers(1, 25))):
            step = data.draw(st.sampled_from(["add", "send", "answer", "cut", "restart", "wait"]))
            if step == "add":
                ticket = data.draw(st.sampled_from([A, B]))
                before = box.last_waiting(ticket)
                expected = (before.expected_version or 0) + 1 if before else 3
                item = await box.add(Sign(), ticket, expected, before.n if before else None)
                mine[ticket].append(item.n)
                added += 1
            elif step == "send":
                on_the_wire += await box.next_submits()
            elif step == "answer" and on_the_wire:
                submit = on_the_wire.pop(0)
                status = data.draw(st.sampled_from(["applied", "conflict", "rejected", "busy"]))
                if status == "applied" and submit.n not in carried_out:
                    carried_out.append(submit.n)
                await box.outcome(answer(submit, status, seq=1, version=1))
            elif step == "cut":
                box.line_lost()
                on_the_wire.clear()
            elif step == "restart":
                await box.close()
                box = made(directory, time)
                await box.open()
                on_the_wire.clear()
            elif step == "wait":
                time.go(31)
        counts = await box.counts()
        await box.close()
        assert sum(counts.values()) == added
        for numbers in mine.values():
            assert [n for n in carried_out if n in numbers] == sorted(n for n in carried_out if n in numbers)

    mine: dict[TicketId, list[int]] = {A: [], B: []}
    asyncio.run(run())

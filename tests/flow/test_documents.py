"""Documents and their files between real desks and the real backend: sync, conflicts, scope, a cut line, restarts on both sides."""

import asyncio
import hashlib
import random
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image

from backend.app import Backend
from backend.config import BackendConfig
from backend.reference import demo_site
from backend.store.store import FILE_NAME
from backend.store.verify import verify_file
from desktop.services.app_state import Services
from desktop.services.values import ChangeSet, Fresh, PendingId, PendingView, Refusal
from domain.actor import Actor, Scope
from domain.documents import BlobRef
from domain.ids import AreaCode, SeatId, UserId
from domain.vocabulary import Role
from protocol.messages import BLOB_MAX, Act, Event, Outcome
from tests.flow.fakes import until
from tests.patience import WHOLE_S
from tests.unit.domain.notices import NOTICE, Attach, Move, Notice, Post, TakeDown, Tick

SITE = demo_site()
TOWNS = [area.code for area in SITE.reference.areas if area.level == "town"]
N = NOTICE.name


def jpeg(size: int) -> bytes:
    """A picture of noise, at least `size` bytes: many parts. Without metadata, so that a desk leaves it as it is."""
    side = 8
    while True:
        out = BytesIO()
        noise = random.Random(1).randbytes(side * side)
        Image.frombytes("L", (side, side), noise).save(out, "JPEG", quality=95)
        if out.tell() >= size:
            return out.getvalue()
        side *= 2


JPEG = jpeg(300_000)


def actor(name: str, role: Role = Role.SHIFT_LEADER, *areas: AreaCode) -> Actor:
    return Actor(user=UserId(name), role=role, seat=SeatId(name), scope=Scope(areas=areas))


LEADER, TOWN_LEADER = actor("A01"), actor("B01", Role.SHIFT_LEADER, TOWNS[0])
OTHER_LEADER, WALL = actor("C01", Role.SHIFT_LEADER, TOWNS[1]), actor("W", Role.WALL)


class House:
    """A backend that can be stopped and started again on the same port; its desks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self._tokens: dict[str, str] = {}

    async def start(self) -> None:
        self.backend = Backend(BackendConfig(data=self.folder / "backend", port=self.port), SITE, kinds=[NOTICE])
        await self.backend.start()
        self.port = self.backend.port

    @asynccontextmanager
    async def desk(self, who: Actor, kinds: tuple[Any, ...] = (NOTICE,)) -> AsyncIterator[Services]:
        if who.user not in self._tokens:
            self._tokens[who.user] = self.backend.tokens.issue(who, datetime.now(UTC))
        token = self._tokens[who.user]
        url = f"ws://127.0.0.1:{self.port}"
        services = Services(self.folder / who.user, url, token, random=lambda: 0.0, kinds=kinds)
        await services.start()
        try:
            await until(lambda: services.freshness.of().state is Fresh.LIVE, f"{who.user} live")
            yield services
        finally:
            await services.stop()


def run(tmp_path: Path, work: Callable[[House], Coroutine[Any, Any, None]]) -> None:
    async def all_of_it() -> None:
        tmp_path.joinpath("backend").mkdir()
        house = House(tmp_path)
        await house.start()
        try:
            async with asyncio.timeout(WHOLE_S):
                await work(house)
        finally:
            await house.backend.stop()

    asyncio.run(all_of_it())
    assert verify_file(tmp_path / "backend" / FILE_NAME, rows=True, kinds=[NOTICE]).ok


def notices(services: Services) -> dict[str, Notice]:
    return services.mirror.documents[N]  # type: ignore[return-value]


async def act(services: Services, *args: Any) -> Outcome:
    """Gives a command and waits until its effect is seen on this desk."""
    outcomes: list[Outcome] = []
    services.on.outcome.append(outcomes.append)
    given = services.commander.act(N, *args)
    assert not isinstance(given, Refusal), given
    await until(lambda: bool(outcomes), f"outcome of {args[0]}")
    services.on.outcome.remove(outcomes.append)
    (outcome,) = outcomes
    if outcome.status == "applied":
        await until(lambda: services.mirror.seq >= (outcome.seq or 0), "echo")
    return outcome


def test_what_one_desk_does_the_others_of_the_scope_see(tmp_path: Path) -> None:
    async def work(house: House) -> None:
        async with house.desk(LEADER) as leader, house.desk(TOWN_LEADER) as town, house.desk(OTHER_LEADER) as other:
            told: list[ChangeSet] = []
            town.on.changes.append(told.append)
            here = (await act(leader, Post(area=TOWNS[0], text="找王先生 13800001234"))).ticket_id
            everywhere = (await act(leader, Post())).ticket_id
            assert here is not None
            await until(lambda: notices(town).keys() == {here, everywhere}, "both")
            await until(lambda: notices(other).keys() == {everywhere}, "one")
            assert notices(town)[here] == notices(leader)[here]
            assert (N, here, notices(town)[here]) in [change for changes in told for change in changes.documents]
            ticked = await act(town, Tick(), notices(town)[here])
            assert (ticked.status, ticked.version) == ("applied", 2)
            await until(lambda: notices(leader)[here].version == 2, "tick")
            answer = await town.ask("document_record", {"kind": N, "id": here})
            events = msgspec.json.decode(answer.body or b"", type=list[Event])
            assert [event.private for event in events] == [{"text": "找王先生 138****1234"}, {}]
            await act(leader, Move(area=TOWNS[1]), notices(leader)[here])
            await until(lambda: here in notices(other), "enter")
            await until(lambda: here not in notices(town), "leave")
            assert notices(other)[here] == notices(leader)[here]
        for name, seen in (("A01", {here, everywhere}), ("B01", {everywhere}), ("C01", {here, everywhere})):
            (file,) = (tmp_path / name).rglob("cache.sqlite")
            with sqlite3.connect(file) as cache:
                assert {row[0] for row in cache.execute("SELECT id FROM document")} == seen
            cache.close()

    run(tmp_path, work)


def test_who_comes_late_gets_the_snapshot_and_who_comes_back_resumes(tmp_path: Path) -> None:
    async def work(house: House) -> None:
        async with house.desk(LEADER) as leader:
            first = (await act(leader, Post(area=TOWNS[0]))).ticket_id
            assert first is not None
            await act(leader, Post(area=TOWNS[1]))
            async with house.desk(TOWN_LEADER) as town:
                assert notices(town).keys() == {first}
            await act(leader, Tick(), notices(leader)[first])
            before = house.backend.server.counters["resumed"]
            async with house.desk(TOWN_LEADER) as town:
                assert notices(town) == {first: notices(leader)[first]}
                assert house.backend.server.counters["resumed"] == before + 1

    run(tmp_path, work)


def test_a_conflict_names_who_was_first_and_retry_works_on_the_new_version(tmp_path: Path) -> None:
    async def work(house: House) -> None:
        async with house.desk(LEADER) as leader, house.desk(TOWN_LEADER) as town:
            made = (await act(leader, Post(area=TOWNS[0]))).ticket_id
            assert made is not None
            await until(lambda: made in notices(town), "post")
            stale = notices(leader)[made]
            await act(town, Tick(), notices(town)[made])
            outcome = await act(leader, TakeDown(), stale)
            assert (outcome.status, outcome.detail["by"]["seat"]) == ("conflict", "B01")
            assert outcome.detail["diff"]["ticks"][0] == {}
            (failed,) = leader.commander.pending.tray
            assert (failed.kind, failed.ticket_id, failed.command, failed.state) == (N, made, "take_down", "conflict")
            await until(lambda: notices(leader)[made].version == 2, "the other's tick")
            assert isinstance(leader.commander.retry(failed.id), str)
            await until(lambda: made in notices(leader) and not notices(leader)[made].is_open, "taken down")
            await until(lambda: leader.commander.pending == PendingView(), "tray empty")

    run(tmp_path, work)


def test_without_a_line_only_what_the_kind_allows_is_queued_and_it_goes_out_in_order(tmp_path: Path) -> None:
    async def work(house: House) -> None:
        async with house.desk(LEADER) as leader:
            made = (await act(leader, Post())).ticket_id
            assert made is not None
            await house.backend.stop()
            await until(lambda: leader.freshness.of().state is Fresh.OFFLINE, "loss")
            notice = notices(leader)[made]
            assert leader.commander.act(N, TakeDown(), notice) == Refusal("offline_refused")
            assert leader.commander.act("x", TakeDown(), notice) == Refusal("unknown_kind")
            assert leader.commander.act_allowed_now(N, "tick") == ""
            leader.commander.act(N, Tick(), notice)
            leader.commander.act(N, Post(area=TOWNS[0]))
            await leader.commander.settled()
            assert leader.commander.pending.queued == 2
            pending = leader.commander.pending.of_document(N, made)
            assert pending is not None
            assert (pending.command, pending.state) == ("tick", "queued")
            assert leader.commander.pending.entries == {}
            await house.start()
            await until(lambda: leader.commander.pending == PendingView(), "sent and seen")
            assert notices(leader)[made].ticks.keys() == {"A01"}
            assert len(notices(leader)) == 2

    run(tmp_path, work)


def test_a_command_waits_on_disk_for_the_next_start(tmp_path: Path) -> None:
    async def work(house: House) -> None:
        async with house.desk(LEADER) as leader:
            made = (await act(leader, Post())).ticket_id
            assert made is not None
            await house.backend.stop()
            await until(lambda: leader.freshness.of().state is Fresh.OFFLINE, "loss")
            leader.commander.act(N, Tick(), notices(leader)[made])
            await leader.commander.settled()
        await house.start()
        async with house.desk(LEADER) as leader:
            await until(lambda: notices(leader)[made].version == 2, "sent after the restart")

    run(tmp_path, work)


def test_two_quick_commands_on_one_document_count_on_each_other(tmp_path: Path) -> None:
    async def work(house: House) -> None:
        async with house.desk(LEADER) as leader:
            made = (await act(leader, Post())).ticket_id
            assert made is not None
            notice = notices(leader)[made]
            leader.commander.act(N, Tick(), notice)
            leader.commander.act(N, TakeDown(), notice)
            await until(lambda: not notices(leader)[made].is_open, "both")
            await until(lambda: leader.commander.pending == PendingView(), "echo")
            assert notices(leader)[made].version == 3

    run(tmp_path, work)


def test_a_command_on_what_left_the_area_ends_in_the_tray(tmp_path: Path) -> None:
    """By the desk, when it hears of the move first, or by the server, when the command was quicker."""

    async def work(house: House) -> None:
        async with house.desk(LEADER) as leader, house.desk(TOWN_LEADER) as town:
            made = (await act(leader, Post(area=TOWNS[0]))).ticket_id
            assert made is not None
            await until(lambda: made in notices(town), "post")
            await house.backend.stop()
            await until(lambda: town.freshness.of().state is Fresh.OFFLINE, "loss")
            town.commander.act(N, Tick(), notices(town)[made])
            await town.commander.settled()
            await house.start()
            moved = Act(
                outbox_id="f" * 32,
                n=1,
                kind=N,
                doc_id=made,
                expected_version=1,
                body=msgspec.Raw(b'{"do":"move","area":"%s"}' % TOWNS[1].encode()),
                created_at=datetime.now(UTC),
            )
            assert (await house.backend.service.submit(LEADER, moved)).status == "applied"
            await until(lambda: made not in notices(town), "leave")
            await until(lambda: bool(town.commander.pending.tray), "tray")
            (failed,) = town.commander.pending.tray
            assert failed.code in ("moved_out", "out_of_scope")
            assert town.commander.retry(failed.id) == Refusal("document_unknown")

    run(tmp_path, work)


async def kept(services: Services, data: bytes) -> BlobRef:
    ref = await services.put_blob(data)
    assert isinstance(ref, BlobRef), ref
    return ref


def test_a_photo_goes_with_its_document_to_who_may_see_it(tmp_path: Path) -> None:
    async def work(house: House) -> None:
        async with house.desk(LEADER) as leader, house.desk(TOWN_LEADER) as town, house.desk(OTHER_LEADER) as other:
            made = (await act(leader, Post(area=TOWNS[0]))).ticket_id
            assert made is not None
            photo = await kept(leader, JPEG)
            assert photo == BlobRef(hashlib.sha256(JPEG).hexdigest(), len(JPEG), "image/jpeg")
            assert (await act(leader, Attach(file=photo), notices(leader)[made])).status == "applied"
            await until(lambda: made in notices(town) and bool(notices(town)[made].files), "attached")
            assert await town.get_blob(notices(town)[made].files[0]) == JPEG
            assert await other.get_blob(photo) == Refusal("unknown_blob")
            assert not list((tmp_path / "A01").rglob("*.jpg")), "what the server has is not kept here"
            theirs = (await act(other, Post(area=TOWNS[1]))).ticket_id
            assert theirs is not None
            stolen = await act(other, Attach(file=photo), notices(other)[theirs])
            assert (stolen.status, stolen.code) == ("rejected", "unknown_blob")
            await act(leader, Move(area=TOWNS[1]), notices(leader)[made])
            await until(lambda: made in notices(other), "enter")
            assert await other.get_blob(photo) == JPEG
            assert await town.get_blob(photo) == Refusal("unknown_blob")

    run(tmp_path, work)


def test_a_photo_taken_without_a_line_is_brought_first_and_then_the_command(tmp_path: Path) -> None:
    kind = msgspec.structs.replace(NOTICE, offline_allowed=frozenset({"attach"}))

    async def work(house: House) -> None:
        async with house.desk(LEADER, (kind,)) as leader:
            made = (await act(leader, Post())).ticket_id
            assert made is not None
            await house.backend.stop()
            await until(lambda: leader.freshness.of().state is Fresh.OFFLINE, "loss")
            photo = await kept(leader, JPEG)
            leader.commander.act(N, Attach(file=photo), notices(leader)[made])
            await leader.commander.settled()
            assert await leader.get_blob(photo) == JPEG
        await house.start()
        async with house.desk(LEADER, (kind,)) as leader:
            await until(lambda: notices(leader)[made].files == (photo,), "attached")
            assert await leader.get_blob(photo) == JPEG

    run(tmp_path, work)


def test_files_that_cannot_be_are_refused_at_the_desk(tmp_path: Path) -> None:
    async def work(house: House) -> None:
        async with house.desk(LEADER) as leader, house.desk(WALL) as wall:
            for data in (b"", b"MZ\x90", b"<svg/>", b"\xff\xd8\xff" + bytes(BLOB_MAX)):
                refused = await leader.put_blob(data)
                assert isinstance(refused, Refusal)
                assert refused.code == "bad_file"
            ref = await kept(wall, b"%PDF-1.7 wall")
            await until(lambda: not list((tmp_path / "W").rglob("*.pdf")), "the wall's file is refused")
            assert await wall.get_blob(ref) == Refusal("unknown_blob")

    run(tmp_path, work)


def test_the_centres_own_document_reaches_the_desks(tmp_path: Path) -> None:
    async def work(house: House) -> None:
        async with house.desk(TOWN_LEADER) as town:
            outcome = await house.backend.service.act_as_system(N, Post(area=TOWNS[0]))
            await until(lambda: outcome.ticket_id in notices(town), "alarm")
            refused = await act(town, Move(area=TOWNS[0]), notices(town)[outcome.ticket_id or ""])
            assert refused.status == "applied"

    run(tmp_path, work)


def test_a_desk_that_learns_a_kind_fills_its_cache_anew(tmp_path: Path) -> None:
    """Its old cache went on without events of a kind that it did not know: the cursor alone proves nothing."""

    async def work(house: House) -> None:
        async with house.desk(LEADER) as leader:
            async with house.desk(TOWN_LEADER, ()) as old:
                made = (await act(leader, Post(area=TOWNS[0]))).ticket_id
                assert made is not None
                await until(lambda: old.mirror.seq >= house.backend.store.head.seq, "caught up")
                assert old.mirror.documents == {}
                assert old.commander.act(N, Post()) == Refusal("unknown_kind")
            async with house.desk(TOWN_LEADER) as new:
                await until(lambda: made in notices(new), "snapshot")
            resumed = house.backend.server.counters["resumed"]
            async with house.desk(TOWN_LEADER) as again:
                assert made in notices(again)
                assert house.backend.server.counters["resumed"] == resumed + 1

    run(tmp_path, work)


def test_pending_ids_are_local_names(tmp_path: Path) -> None:
    async def work(house: House) -> None:
        async with house.desk(LEADER) as leader:
            first, second = leader.commander.act(N, Post()), leader.commander.act(N, Post())
            assert (first, second) == (PendingId("p1"), PendingId("p2"))
            await until(lambda: len(notices(leader)) == 2, "both")

    run(tmp_path, work)

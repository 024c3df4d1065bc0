"""The server's part of a handover: begun by the clock, drafted from log and facts, late when nobody signs, and "since I left"."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from backend.app import Backend
from backend.config import BackendConfig
from backend.reference import demo_site
from backend.store.documents import blob_part, documents, open_of
from domain import commands
from domain.actor import Actor, Scope
from domain.alarms.values import Alarm
from domain.alarms.words import Trigger
from domain.handover import commands as acts
from domain.handover.figures import figures
from domain.handover.kind import NAME
from domain.handover.since import Since, Touch
from domain.handover.values import Handover
from domain.handover.words import HandoverState, ItemRule, Severity
from domain.ids import SeatId, UserId
from domain.kinds import KINDS
from domain.kpi_parts import KpiRules
from domain.vocabulary import Level, Role, Source, Urgency
from protocol.documents import encode_json
from protocol.messages import Act, Outcome, Submit
from tests.patience import WHOLE_S
from tests.unit.backend.house import SOURCE, TOWN_A, TOWN_B, UNIT_A, HandClock, House, item
from tests.unit.domain.builders import local

LEADER = Actor(user=UserId("out"), role=Role.SHIFT_LEADER, seat=SeatId("1"))
AT_ONCE = timedelta()
NIGHT_ENDS = local(2018, 10, 9, 8)


class Hall:
    """A backend at a business time of our choice, fed by hand."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self._n = 0

    async def give(
        self, command: commands.Base, at: datetime, ticket: str | None = None, who: Actor = SOURCE
    ) -> Outcome:
        self._n += 1
        version = (await self.backend.store.ticket(ticket)).version if ticket else None  # type: ignore[arg-type,union-attr]
        submit = Submit(
            outbox_id="e" * 32,
            n=self._n,
            ticket_id=ticket,  # type: ignore[arg-type]
            expected_version=version,
            command=command,  # type: ignore[arg-type]
            created_at=datetime.now(UTC),
            occurred_at=at,
        )
        outcome = await self.backend.service.submit(who, submit)
        assert outcome.status == "applied", outcome
        return outcome

    async def report(
        self, at: datetime, urgency: Urgency = Urgency.NORMAL, area: str = TOWN_A, gap: timedelta = timedelta(minutes=1)
    ) -> str:
        code = item(needs_check=False)
        report = commands.Report(
            source=Source.PATROL,
            external_ref=f"r{self._n}",
            area=area,
            item=code,
            urgency=urgency,  # type: ignore[arg-type]
        )
        name = (await self.give(report, at)).ticket_id
        assert name is not None
        await self.give(commands.File(urgency=urgency), at + gap, name)
        await self.give(commands.Dispatch(lead=UNIT_A), at + gap * 2, name)
        await self.give(commands.Sign(), at + gap * 3, name)
        return name

    async def close(self, name: str, at: datetime, gap: timedelta = timedelta(minutes=1)) -> None:
        await self.give(commands.ReportResult(resolved_level=Level.TOWN, text="已处理"), at, name)
        await self.give(commands.Close(), at + gap, name)

    async def act(self, command: object, doc_id: str | None = None, version: int | None = None) -> Outcome:
        self._n += 1
        act = Act(
            outbox_id="d" * 32,
            n=self._n,
            kind=NAME,
            doc_id=doc_id,
            expected_version=version,
            body=msgspec.Raw(encode_json(command)),
            created_at=datetime.now(UTC),
        )
        return await self.backend.service.submit(LEADER, act)

    async def handover(self, doc_id: str, fits: Callable[[Handover], bool]) -> Handover:
        """As soon as it is as it should be."""
        while True:
            known = self.backend.store

            def read(connection):  # type: ignore[no-untyped-def]
                return documents(connection, self.backend.kinds, [(NAME, doc_id)]).get((NAME, doc_id))

            found = await known.run_read(read)
            if isinstance(found, Handover) and fits(found):
                return found
            await asyncio.sleep(0.02)

    async def alarm(self, trigger: Trigger) -> Alarm:
        """As soon as one of this kind is open."""
        kinds = self.backend.kinds
        while True:
            found = await self.backend.store.run_read(lambda connection: open_of(connection, kinds, "alarm"))
            for one in found:
                if isinstance(one, Alarm) and one.trigger is trigger:
                    return one
            await asyncio.sleep(0.05)

    async def data(self, handover: Handover) -> dict[str, object]:
        ref = handover.data
        assert ref is not None
        body = await self.backend.store.run_read(lambda connection: blob_part(connection, ref.sha256, 0, ref.size))
        found: dict[str, object] = msgspec.json.decode(body)
        return found


def serving(folder: Path, now: datetime, work: Callable[[Hall], Awaitable[None]], **more: object) -> None:
    async def run() -> None:
        config = BackendConfig(data=folder, port=0, clock_base=now, **more)  # type: ignore[arg-type]
        backend = Backend(config, demo_site())
        try:
            async with asyncio.timeout(WHOLE_S):
                await backend.start()
                await work(Hall(backend))
        finally:
            await backend.stop()

    asyncio.run(run())


def drafted(handover: Handover) -> bool:
    return handover.state is not HandoverState.DRAFTING and handover.asked_at is None


def test_the_handover_of_a_shift_is_begun_and_drafted_half_an_hour_before_it_ends(tmp_path: Path) -> None:
    async def work(hall: Hall) -> None:
        found = await hall.handover("JB-181008-night", drafted)
        assert found.begun.who.role is Role.SYSTEM
        assert found.shift.ends_at == NIGHT_ENDS
        assert not found.is_late(NIGHT_ENDS)

    serving(tmp_path, NIGHT_ENDS - timedelta(minutes=29), work, handovers=True)


def test_one_that_nobody_has_signed_half_an_hour_after_the_shift_is_late_and_the_log_says_so(tmp_path: Path) -> None:
    async def work(hall: Hall) -> None:
        found = await hall.handover("JB-181008-night", lambda one: drafted(one) and one.late_at is not None)
        assert found.late_at is not None
        assert found.late_at >= NIGHT_ENDS + timedelta(minutes=30)
        await hall.alarm(Trigger.HANDOVER_LATE)

    serving(tmp_path, NIGHT_ENDS + timedelta(minutes=31), work, handovers=True)


def test_without_the_setting_people_begin_it_and_the_server_drafts(tmp_path: Path) -> None:
    now = NIGHT_ENDS + timedelta(minutes=10)

    async def work(hall: Hall) -> None:
        top = await hall.report(now - timedelta(hours=3), Urgency.TOP)
        plain = await hall.report(now - timedelta(hours=2), area=TOWN_B)
        done = await hall.report(now - timedelta(hours=14))
        await hall.close(done, now - timedelta(hours=1))
        old = await hall.report(now - timedelta(hours=20))
        outcome = await hall.act(acts.Begin(day=now.date() - timedelta(days=1), code="night"))
        assert outcome.status == "applied", outcome
        found = await hall.handover("JB-181008-night", drafted)
        members: dict[str, list[str]] = (await hall.data(found))["members"]  # type: ignore[assignment]
        assert sorted(name for ids in members.values() for name in ids) == sorted([top, plain, old])
        assert found.items[f"t:{top}"].severity is Severity.CRITICAL
        assert (found.figures.accepted, found.figures.closed) == (2, 1)
        assert (found.figures.open.total, found.figures.top_open) == (3, 1)
        tickets = list(hall.backend.store.iter_tickets(Scope()))
        shift, as_of = found.shift, found.as_of
        assert as_of is not None
        rules = KpiRules(zone="Asia/Shanghai")
        counted = figures(tickets, shift.starts_at, as_of + timedelta(milliseconds=1), as_of, rules=rules)
        assert found.figures.kpis == counted.kpis
        assert found.figures.hours == counted.hours
        assert found.seq == hall.backend.store.head.seq - 1  # all but the draft itself

    serving(tmp_path, now, work)


def test_a_new_draft_is_brought_when_somebody_asks_for_one(tmp_path: Path) -> None:
    now = NIGHT_ENDS + timedelta(minutes=10)

    async def work(hall: Hall) -> None:
        top = await hall.report(now - timedelta(hours=3), Urgency.TOP)
        await hall.act(acts.Begin(day=now.date() - timedelta(days=1), code="night"))
        found = await hall.handover("JB-181008-night", drafted)
        await hall.close(top, now - timedelta(minutes=1))
        outcome = await hall.act(acts.Redraft(), found.id, found.version)
        assert outcome.status == "applied", outcome
        after = await hall.handover(found.id, lambda one: drafted(one) and one.seq > found.seq)
        removed = after.items[f"t:{top}"].removed
        assert removed is not None
        assert removed.who.role is Role.SYSTEM

    serving(tmp_path, now, work)


def test_a_handover_that_was_begun_before_a_crash_is_drafted_after_the_restart(tmp_path: Path) -> None:
    clock = HandClock(NIGHT_ENDS)
    with House(tmp_path, clock=clock, kinds=KINDS) as house:
        begun = house.act(LEADER, NAME, acts.Begin(day=NIGHT_ENDS.date() - timedelta(days=1), code="night"))
        assert begun.status == "applied", begun

    async def work(hall: Hall) -> None:
        found = await hall.handover("JB-181008-night", drafted)
        assert found.version == 2

    serving(tmp_path, NIGHT_ENDS + timedelta(minutes=1), work)


def test_what_desks_have_unsent_stands_in_the_draft(tmp_path: Path) -> None:
    now = NIGHT_ENDS + timedelta(minutes=10)

    async def work(hall: Hall) -> None:
        tell = hall.backend.queries["outbox"]
        await tell(LEADER, {"queued": 2, "failed": 1})
        await tell(Actor(user=UserId("w"), role=Role.WALL, seat=SeatId("wall")), {"queued": 5})
        await hall.act(acts.Begin(day=now.date() - timedelta(days=1), code="night"))
        found = await hall.handover("JB-181008-night", drafted)
        seat = found.items["s:1"]
        assert (seat.rule, seat.figures["queued"], seat.figures["failed"]) == (ItemRule.SEAT, 2.0, 1.0)
        assert "s:wall" not in found.items

    serving(tmp_path, now, work)


def test_who_comes_back_sees_what_changed_mine_first(tmp_path: Path) -> None:
    now = NIGHT_ENDS + timedelta(minutes=10)

    async def work(hall: Hall) -> None:
        mine = await hall.report(now - timedelta(hours=10), area=TOWN_A)
        await hall.give(commands.Comment(text="已电话联系"), now - timedelta(hours=9), mine, LEADER_WHO_IMPORTS)
        since = hall.backend.queries["since"]
        left = hall.backend.clock.now_business()
        near = await hall.report(left, area=TOWN_A, gap=AT_ONCE)
        far = await hall.report(left, Urgency.TOP, area=TOWN_B, gap=AT_ONCE)
        await hall.close(mine, left, AT_ONCE)
        answer = msgspec.json.decode(await since(LEADER_WHO_IMPORTS, {"since": left.isoformat()}), type=Since)
        assert [(change.id, change.touch, change.what) for change in answer.changes] == [
            (mine, Touch.MINE, "closed"),
            (near, Touch.AREA, "other"),
            (far, Touch.ALL, "new_top"),
        ]
        assert answer.total == {Touch.MINE: 1, Touch.AREA: 1, Touch.ALL: 1}
        assert answer.then is not None
        assert answer.current is not None
        assert (answer.then.open.total, answer.current.open.total) == (1, 2)
        assert (answer.then.top_open, answer.current.top_open) == (0, 1)
        assert (answer.accepted, answer.closed) == (2, 1)
        narrow = Actor(user=UserId("n"), role=Role.DISPATCHER, seat=SeatId("9"), scope=Scope(areas=(TOWN_B,)))
        seen = msgspec.json.decode(await since(narrow, {"since": left.isoformat()}), type=Since)
        assert [change.id for change in seen.changes] == [far]
        first = msgspec.json.decode(await since(narrow, {}), type=Since)
        assert first.first

    serving(tmp_path, now, work)


LEADER_WHO_IMPORTS = msgspec.structs.replace(LEADER, import_right=True)

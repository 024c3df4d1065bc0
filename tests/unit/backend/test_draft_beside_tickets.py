"""What stands in a draft beside tickets, each through a real backend: cameras, feeds, shelved alarms, inspections, seats with unsent commands."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from backend.cameras import CameraRegister
from backend.reference import demo_site
from backend.simulator.inspections import act_out, stories
from backend.store.documents import open_of
from domain import commands
from domain.actor import Actor
from domain.alarms import commands as alarm_acts
from domain.alarms.kind import NAME as ALARM
from domain.alarms.values import Alarm
from domain.alarms.words import ShelveReason, Trigger
from domain.handover import commands as acts
from domain.handover.values import Handover, Item
from domain.handover.words import ItemRule, Severity
from domain.ids import SeatId, UserId
from domain.inspection.kind import NAME as INSPECTION
from domain.inspection.values import Inspection
from domain.vocabulary import Role, Source
from protocol.documents import encode_json
from protocol.messages import Act
from resources import path as resource_path
from tests.flow.fakes import until
from tests.unit.backend.house import TOWN_A, item
from tests.unit.backend.test_handover_desk import Hall, drafted, serving
from tests.unit.domain.builders import local

AFTERNOON = local(2018, 10, 9, 14)
DISPATCHER = Actor(user=UserId("d"), role=Role.DISPATCHER, seat=SeatId("2"))


async def draft_of(hall: Hall) -> Handover:
    begun = await hall.act(acts.Begin(day=AFTERNOON.date(), code="day"))
    assert begun.status == "applied", begun
    return await hall.handover("JB-181009-day", drafted)


def of_rule(handover: Handover, rule: ItemRule) -> list[Item]:
    return [one for one in handover.items.values() if one.rule is rule]


def afternoon(folder: Path, work: Callable[[Hall], Awaitable[None]]) -> None:
    serving(folder, AFTERNOON, work)


def test_cameras_that_do_not_answer_stand_in_the_draft_by_name(tmp_path: Path) -> None:
    head, *rows = resource_path("samples", "demo_cameras.csv").read_text("utf-8").splitlines()
    down = rows[0].replace("test:street?seed=1", "test:street?seed=1&fault=never")
    taken = CameraRegister(tmp_path).import_csv("\n".join([head, down, *rows[1:3]]))
    assert taken.done, taken

    async def work(hall: Hall) -> None:
        await until(lambda: len(hall.backend._camera_watch.health) == 3, "first look at the cameras")
        (cameras,) = of_rule(await draft_of(hall), ItemRule.CAMERAS)
        assert (cameras.severity, cameras.count, cameras.ref) == (Severity.WATCH, 1, rows[0].split(",")[1])
        assert cameras.figures == {"down": 1.0, "total": 3.0}

    afternoon(tmp_path, work)


def test_a_hall_whose_cameras_all_answer_has_no_such_line(tmp_path: Path) -> None:
    head, *rows = resource_path("samples", "demo_cameras.csv").read_text("utf-8").splitlines()
    assert CameraRegister(tmp_path).import_csv("\n".join([head, *rows[:2]])).done

    async def work(hall: Hall) -> None:
        await until(lambda: len(hall.backend._camera_watch.health) == 2, "first look at the cameras")
        assert of_rule(await draft_of(hall), ItemRule.CAMERAS) == []

    afternoon(tmp_path, work)


async def silent_hotline(hall: Hall) -> Alarm:
    report = commands.Report(source=Source.HOTLINE_12345, external_ref="h1", area=TOWN_A, item=item(needs_check=False))
    await hall.give(report, AFTERNOON - timedelta(hours=3))
    return await hall.alarm(Trigger.FEED_SILENT)


def test_a_feed_that_brings_nothing_stands_in_the_draft_with_its_silence(tmp_path: Path) -> None:
    async def work(hall: Hall) -> None:
        alarm = await silent_hotline(hall)
        found = await draft_of(hall)
        (feed,) = of_rule(found, ItemRule.FEED)
        assert (feed.id, feed.ref, feed.severity) == ("f:hotline_12345", "hotline_12345", Severity.WATCH)
        assert found.as_of is not None
        assert feed.figures["silent_s"] == (found.as_of - alarm.raised_at).total_seconds()

    afternoon(tmp_path, work)


def test_a_shelved_alarm_stands_in_the_draft_until_when(tmp_path: Path) -> None:
    async def work(hall: Hall) -> None:
        alarm = await silent_hotline(hall)
        until_when = AFTERNOON + timedelta(hours=2)
        shelve = alarm_acts.Shelve(until=until_when, reason=ShelveReason.VENDOR)
        act = Act(
            outbox_id="c" * 32,
            n=1,
            kind=ALARM,
            doc_id=alarm.id,
            expected_version=alarm.version,
            body=msgspec.Raw(encode_json(shelve)),
            created_at=datetime.now(UTC),
        )
        outcome = await hall.backend.service.submit(DISPATCHER, act)
        assert outcome.status == "applied", outcome
        (shelved,) = of_rule(await draft_of(hall), ItemRule.ALARMS)
        assert (shelved.count, shelved.ref, shelved.due_at) == (1, alarm.id, until_when)

    afternoon(tmp_path, work)


def test_an_open_joint_inspection_stands_in_the_draft_with_who_has_come(tmp_path: Path) -> None:
    async def work(hall: Hall) -> None:
        now = hall.backend.clock.now_business
        today, _ = stories(demo_site(), AFTERNOON)
        so_far = replace(today, deeds=tuple(deed for deed in today.deeds if deed.at <= AFTERNOON))
        await act_out(so_far, hall.backend.service, now)
        kinds = hall.backend.kinds
        (known,) = await hall.backend.store.run_read(lambda connection: open_of(connection, kinds, INSPECTION))
        assert isinstance(known, Inspection)
        (line,) = of_rule(await draft_of(hall), ItemRule.INSPECTION)
        assert (line.id, line.unit, line.due_at) == (f"i:{known.id}", known.plan.lead, known.plan.ends_at)
        assert (line.figures["units"], line.figures["arrived"]) == (4.0, 3.0)
        assert line.figures["open_cells"] == known.totals()["open"] > 0

    afternoon(tmp_path, work)

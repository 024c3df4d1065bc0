"""The alarm keeper on a real log: what the rules find becomes alarms, and what ended before a restart recurs."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from backend.alarms import MOST_PAUSE_S, SITE_FILE, AlarmKeeper, read_rules
from backend.store import schema
from domain import commands
from domain.alarms import commands as c
from domain.alarms.causes import CameraDown
from domain.alarms.kind import ALARM, NAME
from domain.alarms.rules import AlarmRule, AlarmRules, RuleError
from domain.alarms.values import Alarm, state_of
from domain.alarms.words import AlarmState, Severity, Trigger
from domain.vocabulary import Source
from tests.unit.backend.house import (
    CHECKER,
    DISPATCHER,
    NOON,
    REGISTRAR,
    SHIFT_LEADER,
    TO_HANDLED,
    TOWN_A,
    HandClock,
    House,
    site,
)

BOOK = AlarmRules(
    version="t",
    rules=(
        AlarmRule(id="S", name="环节", trigger=Trigger.STAGE_OVERDUE, severity=Severity.MAJOR),
        AlarmRule(
            id="B",
            name="突增",
            trigger=Trigger.BURST,
            severity=Severity.MINOR,
            count=3,
            window_minutes=60,
            area_digits=9,
        ),
        AlarmRule(id="C", name="视频", trigger=Trigger.CAMERA_LOST, severity=Severity.MINOR),
        AlarmRule(id="F", name="自检", trigger=Trigger.FAULT, severity=Severity.MAJOR),
    ),
)


class Watched:
    """A house with a keeper that looks when it is told to."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.cameras: tuple[CameraDown, ...] = ()
        self.keeper = AlarmKeeper(
            house.service, house.store, house.clock, BOOK, site().rules, house.kinds, lambda: self.cameras
        )
        house.sinks.append(self.keeper.on_records)
        house.run(self.keeper.load())

    def book(self, rules: AlarmRules) -> None:
        """Other rules from now on."""
        self.keeper.rules = rules

    def look(self) -> dict[str, Alarm]:
        """Looks until there is nothing to do."""
        for _ in range(5):
            todo = self.keeper.look()
            if not todo:
                return self.alarms
            self.house.run(self.keeper.carry_out(todo))
        raise AssertionError(todo)

    @property
    def alarms(self) -> dict[str, Alarm]:
        found: dict[str, Alarm] = {}
        for record in self.house.records:
            if isinstance(record.document, Alarm):
                found[record.document.id] = record.document
        return found


@pytest.fixture
def house(tmp_path: Path):
    with House(tmp_path, kinds=[ALARM]) as made:
        yield made


def test_an_overdue_stage_rings_and_ends_with_its_stage(house: House) -> None:
    watched = Watched(house)
    ticket = house.reported()
    assert watched.look() == {}
    house.clock.pass_(timedelta(minutes=16))
    (alarm,) = watched.look().values()
    assert (alarm.ticket, alarm.area, state_of(alarm)) == (ticket, TOWN_A, AlarmState.UNACKED)
    house.do(REGISTRAR, commands.File(), ticket, 1)
    (alarm,) = watched.look().values()
    assert state_of(alarm) is AlarmState.CLEARED


def test_a_person_acknowledges_and_the_centre_leaves_it_so(house: House) -> None:
    watched = Watched(house)
    house.reported()
    house.clock.pass_(timedelta(minutes=16))
    (alarm,) = watched.look().values()
    outcome = house.act(DISPATCHER, NAME, c.Acknowledge(ring=1), alarm.id, alarm.version)
    assert outcome.status == "applied"
    again = house.act(SHIFT_LEADER, NAME, c.Acknowledge(ring=1), alarm.id, alarm.version)
    assert again.status == "applied"
    (alarm,) = watched.look().values()
    assert alarm.ack is not None
    assert (alarm.ack.seat, state_of(alarm)) == ("dispatcher", AlarmState.ACKED)


def test_three_of_one_matter_in_one_town_are_one_alarm(house: House) -> None:
    watched = Watched(house)
    for _ in range(3):
        house.reported()
    (alarm,) = watched.look().values()
    assert (alarm.rule, alarm.facts["count"], alarm.area) == ("B", 3, TOWN_A)
    house.clock.pass_(timedelta(minutes=61))
    assert state_of(watched.look()[alarm.id]) is AlarmState.CLEARED


def test_a_start_takes_tickets_in_the_order_of_their_reports_whatever_their_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 36,000 of one hour, each looked a place for among the others, kept a backend from starting for minutes.
    clock, taken = HandClock(), []
    monkeypatch.setattr(AlarmKeeper, "_arrived", lambda _, ticket: taken.append(ticket.id[-5:]))
    with House(tmp_path, kinds=[ALARM], clock=clock) as house:
        house.reported()
        numbers = schema.number.update().values(last=9998)  # of four digits and of five: texts sort another way
        house.run(house.store.run_write(lambda connection: connection.execute(numbers)))
        house.service._known = None
        for _ in range(4):
            clock.pass_(timedelta(seconds=1))
            house.reported()
    with House(tmp_path, kinds=[ALARM], clock=clock) as house:
        Watched(house)
    assert taken == ["-0001", "-9999", "10000", "10001", "10002"]


def test_a_shelved_alarm_is_brought_back_by_the_centre(house: House) -> None:
    watched = Watched(house)
    watched.keeper.fault("clock_drift", seconds=40)
    (alarm,) = watched.look().values()
    shelve = c.Shelve(until=NOON + timedelta(minutes=30), reason="vendor")  # type: ignore[arg-type]
    assert house.act(DISPATCHER, NAME, shelve, alarm.id, alarm.version).status == "applied"
    assert state_of(watched.look()[alarm.id]) is AlarmState.SHELVED
    house.clock.pass_(timedelta(minutes=30))
    assert state_of(watched.look()[alarm.id]) is AlarmState.UNACKED
    watched.keeper.mended("clock_drift")
    assert state_of(watched.look()[alarm.id]) is AlarmState.CLEARED


def test_what_ended_before_a_restart_recurs_as_the_same_alarm(tmp_path: Path) -> None:
    clock = HandClock()
    down = CameraDown("cam-1", "石浦桥东", TOWN_A, NOON)
    with House(tmp_path, kinds=[ALARM], clock=clock) as house:
        watched = Watched(house)
        watched.cameras = (down,)
        (alarm,) = watched.look().values()
        house.act(DISPATCHER, NAME, c.Acknowledge(ring=1), alarm.id, alarm.version)
        watched.cameras = ()
        assert state_of(watched.look()[alarm.id]) is AlarmState.ENDED
    with House(tmp_path, kinds=[ALARM], clock=clock) as house:
        watched = Watched(house)
        watched.cameras = (down,)
        (again,) = watched.look().values()
        assert (again.id, again.hits, again.ring, state_of(again)) == (alarm.id, 2, 2, AlarmState.UNACKED)


def test_open_alarms_are_known_after_a_restart(tmp_path: Path) -> None:
    clock = HandClock()
    with House(tmp_path, kinds=[ALARM], clock=clock) as house:
        house.reported()
        clock.pass_(timedelta(minutes=16))
        Watched(house).look()
    with House(tmp_path, kinds=[ALARM], clock=clock) as house:
        assert Watched(house).look() == {}


def test_a_closed_ticket_leaves_no_active_alarm(house: House) -> None:
    watched = Watched(house)
    ticket = house.reported()
    house.clock.pass_(timedelta(minutes=16))
    watched.look()
    version = house.walk(ticket, TO_HANDLED)
    assert house.do(CHECKER, commands.Close(), ticket, version).status in ("applied", "rejected")
    assert [alarm for alarm in watched.look().values() if alarm.active] == []


def test_a_site_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert read_rules(tmp_path).version == "1"
    (tmp_path / SITE_FILE).write_text("rules = [", "utf-8")
    with pytest.raises(RuleError, match=SITE_FILE):
        read_rules(tmp_path)
    (tmp_path / SITE_FILE).write_text('version = "p"\n[[rules]]\nid = "R-04"\nversion = 2\ncount = 7\n', "utf-8")
    rule = read_rules(tmp_path).rule("R-04")
    assert rule is not None
    assert (rule.version, rule.count) == (2, 7)


# -- a defect ends nothing ---------------------------------------------------------------------------


def broken_camera() -> CameraDown:
    """The server's list of cameras has a defect: an entry without the instant it was lost at."""
    return CameraDown("c1", "路口", TOWN_A, None)  # type: ignore[arg-type]


def test_a_defect_in_one_rule_leaves_the_others_at_work_and_is_said(house: House, caplog) -> None:
    watched = Watched(house)
    watched.cameras = (CameraDown("c0", "桥", TOWN_A, NOON - timedelta(hours=1)),)
    (lost,) = watched.look().values()
    watched.cameras = (broken_camera(),)
    house.reported()
    house.clock.pass_(timedelta(days=2))
    # The fault is known after the look that met it, so it is an alarm with the next one.
    house.run(watched.keeper.look_once())
    house.run(watched.keeper.look_once())
    by_rule = {alarm.rule: alarm for alarm in watched.alarms.values()}
    assert by_rule["S"].active
    assert by_rule["F"].facts == {"code": "alarms_not_evaluated", "rules": "C"}
    assert by_rule["C"].active, "nobody knows whether the camera is back"
    assert "rule C could not be evaluated" in caplog.text
    watched.cameras = ()
    watched.look()
    assert not watched.alarms[lost.id].active
    assert not watched.alarms[by_rule["F"].id].active


def test_a_keeper_that_fails_altogether_says_so_and_tries_again(house: House, monkeypatch, caplog) -> None:
    watched = Watched(house)

    def fails() -> list[object]:
        raise RuntimeError("defect")

    with monkeypatch.context() as patched:
        patched.setattr(watched.keeper, "look", fails)
        assert house.run(watched.keeper.look_once()) == MOST_PAUSE_S
    assert "could not be evaluated" in caplog.text
    # It says so as soon as it can say anything.
    house.run(watched.keeper.carry_out(watched.keeper.look()))
    assert [alarm.facts["code"] for alarm in watched.alarms.values()] == ["alarms_not_evaluated"]
    watched.look()
    assert not any(alarm.active for alarm in watched.alarms.values())


# -- each rule of the product is seen to fire ---------------------------------------------------------


def product(*, only: str) -> AlarmRules:
    book = read_rules(Path("/nonexistent"))
    return replace(book, rules=tuple(rule for rule in book.rules if rule.id == only))


def called(house: House) -> None:
    """A report of the hotline."""
    command = replace(house.report_command(), source=Source.HOTLINE_12345)
    assert house.do(REGISTRAR, command).status == "applied"


def test_a_camera_that_is_lost_rings_and_ends_with_its_return(house: House) -> None:
    watched = Watched(house)
    watched.book(product(only="R-07"))
    watched.cameras = (CameraDown("c1", "石浦桥东", TOWN_A, NOON),)
    assert watched.look() == {}
    house.clock.pass_(timedelta(seconds=61))
    (alarm,) = watched.look().values()
    assert (alarm.trigger, alarm.camera, alarm.severity) == (Trigger.CAMERA_LOST, "c1", Severity.MINOR)
    watched.cameras = ()
    watched.look()
    assert state_of(watched.alarms[alarm.id]) is AlarmState.CLEARED


def test_a_source_that_falls_silent_rings_and_ends_with_its_next_report(house: House) -> None:
    called(house)
    watched = Watched(house)
    watched.book(product(only="R-08"))
    house.clock.pass_(timedelta(minutes=80))
    assert watched.look() == {}
    house.clock.pass_(timedelta(minutes=20))
    (alarm,) = watched.look().values()
    assert (alarm.trigger, alarm.facts["source"]) == (Trigger.FEED_SILENT, Source.HOTLINE_12345)
    called(house)
    watched.look()
    assert state_of(watched.alarms[alarm.id]) is AlarmState.CLEARED


def test_when_a_source_last_reported_is_told_by_its_reports_and_a_start_is_none(house: House) -> None:
    watched = Watched(house)
    assert watched.keeper.heard == {}
    called(house)
    (first,) = (record.after.reported_at for record in house.records if record.after is not None)
    assert watched.keeper.heard == {Source.HOTLINE_12345: first}
    house.clock.pass_(timedelta(hours=5))
    assert Watched(house).keeper.heard == {Source.HOTLINE_12345: first}


def test_an_overdue_backlog_rings_over_its_limit_and_ends_below_the_lower_one(house: House) -> None:
    watched = Watched(house)
    book = product(only="R-06")
    rule = replace(book.rules[0], count=3, clear_below=2)
    watched.book(replace(book, rules=(rule,)))
    tickets = [house.reported() for _ in range(4)]
    assert watched.look() == {}
    house.clock.pass_(timedelta(minutes=16))
    (alarm,) = watched.look().values()
    assert (alarm.trigger, alarm.facts["count"], alarm.area) == (Trigger.BACKLOG, 4, TOWN_A)
    for ticket in tickets[:2]:
        house.do(REGISTRAR, commands.File(), ticket, 1)
        watched.look()
    assert watched.alarms[alarm.id].active
    house.do(REGISTRAR, commands.File(), tickets[2], 1)
    watched.look()
    assert state_of(watched.alarms[alarm.id]) is AlarmState.CLEARED


def test_many_cameras_lost_are_one_alarm_that_hides_the_single_ones_and_gives_them_back(house: House) -> None:
    watched = Watched(house)
    book = read_rules(Path("/nonexistent"))
    watched.book(replace(book, rules=tuple(rule for rule in book.rules if rule.id in ("R-07", "R-11"))))
    lost = tuple(CameraDown(f"c{n}", f"路口 {n}", TOWN_A, NOON) for n in range(12))
    watched.cameras = lost
    house.clock.pass_(timedelta(minutes=2))
    watched.look()
    states = {alarm.source: state_of(alarm) for alarm in watched.alarms.values()}
    assert states.pop("video_platform") is AlarmState.UNACKED
    assert set(states.values()) == {AlarmState.SUPPRESSED}
    assert len(states) == 12
    rings = sum(len(alarm.rang_at) for alarm in watched.alarms.values())
    assert rings == 1, "a platform that is down is one call, not thirteen"
    watched.cameras = lost[:2]
    watched.look()
    states = {alarm.source: state_of(alarm) for alarm in watched.alarms.values()}
    assert states.pop("video_platform") is AlarmState.CLEARED
    assert {source for source, state in states.items() if state is AlarmState.UNACKED} == {"c0", "c1"}

"""When scenes start by themselves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.wall_rules import WallRules, began_at
from domain.actor import Actor
from domain.alarms import commands as alarms
from domain.alarms.kind import ALARM
from domain.alarms.words import Severity, Trigger
from domain.vocabulary import Role, Source
from domain.wall import commands as wall
from domain.wall.kind import WALL, wall_id
from domain.wall.values import Cause, Content, Rule, RuleKind, Screen, Wall
from tests.unit.backend.house import House, person, site

ZONE = ZoneInfo("Asia/Shanghai")
ID = wall_id("主屏")
clocks = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2024, 12, 31), timezones=st.just(UTC))


def rule(start: str, end: str) -> Rule:
    return Rule("夜间", RuleKind.TIME, "夜间", start, end)


def test_a_stretch_over_midnight_began_the_day_before() -> None:
    began = began_at(rule("20:00", "07:30"), datetime(2024, 5, 8, 23, 0, tzinfo=UTC), ZONE)
    assert began == datetime(2024, 5, 8, 20, 0, tzinfo=ZONE)
    assert began_at(rule("20:00", "07:30"), datetime(2024, 5, 8, 23, 30, tzinfo=UTC), ZONE) is None


@given(clocks, clocks, moments)
def test_a_stretch_began_less_than_a_day_ago_and_at_its_hour(start: str, end: str, now: datetime) -> None:
    began = began_at(rule(start, end), now, ZONE)
    if began is not None:
        assert timedelta() <= now - began < timedelta(days=1)
        assert f"{began:%H:%M}" == start


@given(clocks, clocks, moments)
def test_each_moment_is_in_a_stretch_or_in_its_complement(start: str, end: str, now: datetime) -> None:
    if start == end:
        assert began_at(rule(start, end), now, ZONE) is not None
    else:
        assert (began_at(rule(start, end), now, ZONE) is None) != (began_at(rule(end, start), now, ZONE) is None)


# -- on a real log, with a clock that is moved by hand -------------------------------------------------

HOST, LEADER = person(Role.WALL), person(Role.SHIFT_LEADER)
DAY, NIGHT, FIRE = (Content("wall_overview"),), (Content("wall_queue"),), (Content("wall_map"),)


class Ruled:
    """A wall of two screens with its rules; `minutes` lets time go by as the task of the backend sees it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.heard: dict[Source, datetime] = {}
        self.rules = self._rules()
        house.sinks.append(self.rules.on_records)
        self.act(HOST, wall.Register(name="主屏", screens=(Screen(number=1), Screen(number=2))))
        self.act(LEADER, wall.Apply(screens={1: DAY, 2: DAY}))
        for name, contents in (("夜间", NIGHT), ("火情", FIRE)):
            self.act(LEADER, wall.KeepScene(name=name, screens={1: contents}))

    def _rules(self) -> WallRules:
        house, zone = self.house, site().rules.calendar.zone.key
        return WallRules(house.service, house.store, house.kinds, house.clock.now_business, zone, lambda: self.heard)

    def act(self, who: Actor, command: wall.Command) -> None:
        first = isinstance(command, wall.Register)
        outcome = self.house.act(who, WALL.name, command, None if first else ID, None if first else 1)
        assert outcome.status == "applied", outcome

    def minutes(self, count: int) -> None:
        for _ in range(count):
            self.house.clock.pass_(timedelta(minutes=1))
            self.house.run(self.rules.look_once())

    def start_again(self) -> None:
        """Another process over the same log."""
        self.house.sinks.remove(self.rules.on_records)
        self.rules = self._rules()
        self.house.sinks.append(self.rules.on_records)
        self.house.run(self.rules.load())

    @property
    def state(self) -> Wall:
        found = self.house.document(WALL.name, ID)
        assert isinstance(found, Wall)
        return found

    def on(self, number: int) -> str:
        return self.state.shown()[number].contents[0].view


@pytest.fixture
def ruled(tmp_path: Path) -> Iterator[Ruled]:
    """It is noon at the site."""
    with House(tmp_path, kinds=[WALL, ALARM]) as house:
        yield Ruled(house)


def test_a_rule_of_the_clock_comes_at_its_minute_and_goes_at_its_minute(ruled: Ruled) -> None:
    ruled.act(LEADER, wall.KeepRule(rule=Rule("傍晚", RuleKind.TIME, "夜间", "12:10", "12:25")))
    seen = []
    for _ in range(40):
        ruled.minutes(1)
        seen.append(ruled.on(1))
    assert seen == ["wall_overview"] * 9 + ["wall_queue"] * 15 + ["wall_overview"] * 16
    assert ruled.on(2) == "wall_overview"
    assert ruled.state.shown()[1].seat == LEADER.seat, "what was there before is there again, with who put it there"


def test_a_rule_over_midnight_lies_there_the_whole_night_and_every_night(ruled: Ruled) -> None:
    ruled.act(LEADER, wall.KeepRule(rule=Rule("夜间", RuleKind.TIME, "夜间", "20:00", "07:30")))
    night = []
    for quarter in range(2 * 96):
        ruled.house.clock.pass_(timedelta(minutes=14))
        ruled.minutes(1)
        hour = (12 + (quarter + 1) / 4) % 24
        night.append((hour >= 20 or hour < 7.5, ruled.on(1) == "wall_queue"))
    assert all(wanted == found for wanted, found in night)
    assert sum(found for _, found in night) == 2 * 46


def test_the_hand_wins_for_the_rest_of_the_stretch_and_the_rule_comes_again_the_next_day(ruled: Ruled) -> None:
    ruled.act(LEADER, wall.KeepRule(rule=Rule("傍晚", RuleKind.TIME, "夜间", "12:05", "12:25")))
    ruled.minutes(6)
    assert ruled.on(1) == "wall_queue"
    ruled.act(LEADER, wall.Apply(screens={1: FIRE}))
    ruled.minutes(5)
    assert ruled.on(1) == "wall_map"
    ruled.minutes(24 * 60)
    assert ruled.on(1) == "wall_queue"


def test_a_locked_screen_is_left_alone(ruled: Ruled) -> None:
    ruled.act(LEADER, wall.KeepRule(rule=Rule("傍晚", RuleKind.TIME, "夜间", "12:05", "12:25")))
    ruled.act(LEADER, wall.SetLock(screen=1, locked=True))
    ruled.minutes(10)
    assert ruled.on(1) == "wall_overview"


def test_an_alarm_lies_over_the_clock_and_what_it_covered_comes_back(ruled: Ruled) -> None:
    """A real alarm document: raised, acknowledged, come back, ended; the wall follows each time."""
    house = ruled.house
    ruled.act(LEADER, wall.KeepRule(rule=Rule("傍晚", RuleKind.TIME, "夜间", "12:05", "13:00")))
    ruled.act(LEADER, wall.KeepRule(rule=Rule("严重", RuleKind.ALARM, "火情", alarm_class="critical")))
    ruled.minutes(6)
    assert ruled.on(1) == "wall_queue"
    cause = alarms.Cause(
        rule="R-01", rule_version=1, trigger=Trigger.URGENT_ITEM, severity=Severity.CRITICAL, source="x"
    )
    raised = house.run(house.service.act_as_system(ALARM.name, alarms.Raise(cause=cause), None))
    alarm = str(raised.ticket_id)
    ruled.minutes(1)
    assert ruled.on(1) == "wall_map"
    assert ruled.state.shown()[1].cause is Cause.RULE
    house.act(LEADER, ALARM.name, alarms.Acknowledge(ring=1), alarm, 1)
    ruled.minutes(1)
    assert ruled.on(1) == "wall_queue"
    house.run(house.service.act_as_system(ALARM.name, alarms.Clear(), alarm))
    house.run(house.service.act_as_system(ALARM.name, alarms.Recur(cause=cause), alarm))
    ruled.minutes(1)
    assert ruled.on(1) == "wall_map", "it rings anew: the rule starts anew"
    house.run(house.service.act_as_system(ALARM.name, alarms.Clear(), alarm))
    ruled.minutes(1)
    assert ruled.on(1) == "wall_queue", "its cause is gone"
    ruled.minutes(60)
    assert ruled.on(1) == "wall_overview"


def test_a_defect_in_a_look_is_told_and_the_next_look_goes_on(ruled: Ruled, monkeypatch, caplog) -> None:
    ruled.act(LEADER, wall.KeepRule(rule=Rule("傍晚", RuleKind.TIME, "夜间", "12:05", "12:25")))

    def fails(now: datetime) -> list[object]:
        raise RuntimeError("defect")

    with monkeypatch.context() as patched:
        patched.setattr(ruled.rules, "due", fails)
        ruled.minutes(10)
    assert "could not be looked at" in caplog.text
    ruled.minutes(1)
    assert ruled.on(1) == "wall_queue"


# -- a source that brings nothing ----------------------------------------------------------------------


def hotline(minutes: int, start: str = "00:00", end: str = "00:00") -> wall.KeepRule:
    rule = Rule("热线静默", RuleKind.SILENCE, "火情", start, end, source=Source.HOTLINE_12345, minutes=minutes)
    return wall.KeepRule(rule=rule)


def test_a_silent_source_brings_its_scene_and_its_next_report_gives_the_wall_back(ruled: Ruled) -> None:
    ruled.act(LEADER, hotline(10))
    ruled.minutes(15)
    assert ruled.on(1) == "wall_overview", "a source that never gave anything is not silent"
    ruled.heard[Source.HOTLINE_12345] = ruled.house.clock.now_business()
    seen = []
    for _ in range(12):
        ruled.minutes(1)
        seen.append(ruled.on(1))
    assert seen == ["wall_overview"] * 9 + ["wall_map"] * 3
    assert ruled.state.shown()[1].cause is Cause.RULE
    ruled.heard[Source.HOTLINE_12345] = ruled.house.clock.now_business()
    ruled.minutes(1)
    assert ruled.on(1) == "wall_overview"
    assert ruled.state.shown()[1].seat == LEADER.seat, "what was there before is there again, with who put it there"
    ruled.minutes(10)
    assert ruled.on(1) == "wall_map", "silent anew"


def test_silence_counts_only_in_the_hours_of_the_rule(ruled: Ruled) -> None:
    ruled.act(LEADER, hotline(10, "12:30", "13:00"))
    ruled.heard[Source.HOTLINE_12345] = ruled.house.clock.now_business()
    seen = []
    for _ in range(65):
        ruled.minutes(1)
        seen.append(ruled.on(1))
    assert seen == ["wall_overview"] * 29 + ["wall_map"] * 30 + ["wall_overview"] * 6


def test_the_hand_wins_for_the_rest_of_a_silence(ruled: Ruled) -> None:
    ruled.act(LEADER, hotline(10))
    ruled.heard[Source.HOTLINE_12345] = ruled.house.clock.now_business()
    ruled.minutes(10)
    assert ruled.on(1) == "wall_map"
    ruled.act(LEADER, wall.Apply(screens={1: NIGHT}))
    ruled.minutes(60)
    assert ruled.on(1) == "wall_queue"


def test_a_start_of_the_backend_ends_no_scene_of_a_silence_and_begins_none_before_somebody_listened(
    ruled: Ruled,
) -> None:
    ruled.act(LEADER, hotline(10))
    ruled.heard[Source.HOTLINE_12345] = ruled.house.clock.now_business()
    ruled.minutes(9)
    ruled.start_again()
    ruled.minutes(9)
    assert ruled.on(1) == "wall_overview", "for nine minutes only it is known that nothing came"
    ruled.minutes(1)
    assert ruled.on(1) == "wall_map"
    ruled.start_again()
    ruled.minutes(1)
    assert ruled.on(1) == "wall_map", "it lay there before, and the source is still silent"

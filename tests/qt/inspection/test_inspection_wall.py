"""The wall copy: progress only. Nobody is named, no place finer than a street, whole rows, and it says how old it is."""

from datetime import timedelta

import pytest

from desktop.services.checklists import load_templates
from desktop.services.values import Fresh, Freshness
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.inspection.feed import InspectionFeed
from desktop.views.inspection.wall import InspectionWall, wall_line
from domain.inspection import commands
from domain.inspection.words import Result
from tests.qt.inspection.scene import NOW, UNIT_NAMES, InspectionBridge, whole_scene

MOCK = "LJ-260316-0031"


@pytest.fixture
def wall(qapp, qtbot):
    load_fonts()

    def make(bridge: InspectionBridge, height: int = 1080) -> InspectionWall:
        window = InspectionWall(Theme.load("dark", "wall"), bridge, InspectionFeed(bridge), load_templates())
        qtbot.addWidget(window)
        window.resize(1920, height)
        with qtbot.waitExposed(window):
            window.show()
        return window

    return make


def test_progress_in_numbers_and_letters(wall):
    window = wall(whole_scene())
    line = next(one for one in window.rows.lines() if one.id == MOCK)
    assert (line.place, line.fields, line.stage) == ("石浦街道", "食品安全、消防安全", "检查、文书、整改")
    assert (line.arrived, line.found, line.failed) == ((6, 6), (38, 39), (10, 38))
    assert line.letters == (("甲", 1), ("乙", 3), ("丙", 6))


def test_nobody_is_named(wall):
    bridge = whole_scene()
    window = wall(bridge)
    feed = InspectionFeed(bridge)
    names = {*UNIT_NAMES.values(), "湖畔餐饮店", "临水民宿", "渔家乐", "鹭洲岛"}
    for made in bridge.made.values():
        line = str(wall_line(made.known, feed, load_templates()))
        assert not [name for name in names if name in line]
        assert made.known.plan.title not in line
    assert not [name for name in names if name in window.rows.accessibleName()]


def test_what_has_ended_leaves_and_what_is_due_first_stands_first(wall):
    bridge = whole_scene()
    window = wall(bridge)
    ids = [line.id for line in window.rows.lines()]
    assert ids == ["LJ-260318-0001", "LJ-260318-0002", MOCK, "LJ-260310-0004", "LJ-260311-0002"]
    bridge.carry_out(commands.Cancel(text="暴雨"), "LJ-260318-0001")
    assert [line.id for line in window.rows.lines()] == ids[1:]


def test_rows_are_whole_and_the_rest_is_counted(wall):
    window = wall(whole_scene(), height=480)
    shown = len(window.rows.lines())
    assert 0 < shown < 5
    assert f"进行中 {shown} / 5 次" in window._header.accessibleName()


def test_late_values_stay_and_are_quiet(wall):
    bridge = whole_scene()
    window = wall(bridge)
    bridge.go(Fresh.OFFLINE, as_of=NOW - timedelta(minutes=6), age_s=360.0)
    bridge.carry_out(commands.Find(item="c11", premises="乙", result=Result.OK), MOCK)
    assert window.rows._dimmed
    assert window.rows.lines()


def test_empty_and_never_are_told_apart(wall):
    bridge = InspectionBridge([])
    window = wall(bridge)
    assert window.message_text() == "没有进行中的联合检查。发起后在此显示到场和检查进度。"
    bridge.freshness.values["tickets"] = Freshness(state=Fresh.NEVER)
    bridge.freshness_changed.emit("tickets")
    assert window.message_text() == "启动以来未接通"

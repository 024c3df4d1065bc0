"""The roster on its sheet: set, swap asked, approved by somebody else, and what is wrong said in words."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.theme.theme import Theme
from desktop.views.handover.feed import HandoverFeed
from desktop.views.handover.roster_sheet import RosterSheet
from desktop.views.handover.window import HandoverWindow
from domain.shifts.roster import Roster, SwapState
from tests.qt.handover.scene import GIVER, TAKER, HandoverBridge
from tests.qt.handover.test_handover_window import key, press
from tests.qt.samples import NOW

CYCLE = "甲班 乙班\n丙班 丁班\n戊班 己班"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture
def hall(qtbot) -> tuple[HandoverBridge, HandoverWindow, RosterSheet]:
    bridge = HandoverBridge(GIVER)
    window = HandoverWindow(Theme.load(), bridge, HandoverFeed(bridge))
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    with qtbot.waitExposed(window):
        window.show()
    press(window, "r")
    return bridge, window, window.roster


def set_roster(sheet: RosterSheet, window: HandoverWindow) -> None:
    press(window, "s")
    sheet.form.input("teams").setText("甲班、乙班、丙班、丁班、戊班、己班")
    sheet.form.input("first_day").setText((NOW - timedelta(days=3)).date().isoformat())
    sheet.form.input("cycle").setPlainText(CYCLE)
    sheet.form.submit()


def test_without_a_roster_the_default_shifts_stand_there_without_teams(hall) -> None:
    _, _, sheet = hall
    assert sheet.isVisible()
    assert sheet.shifts._rows[0].note == "–"
    assert "08:00–20:00" in sheet.shifts._rows[0].title
    assert "还没有排班" in sheet.said()


def test_a_roster_is_set_and_who_is_on_duty_is_marked(hall) -> None:
    _bridge, window, sheet = hall
    set_roster(sheet, window)
    assert sheet.form.error() == ""
    assert isinstance(sheet.roster, Roster)
    assert sheet.shifts._rows[0].mark == "done"
    assert sheet.shifts._rows[0].note in {"甲班", "乙班", "丙班", "丁班", "戊班", "己班"}


def test_what_cannot_be_read_or_does_not_cover_the_day_is_said_in_the_form(hall) -> None:
    _, window, sheet = hall
    press(window, "s")
    sheet.form.input("teams").setText("甲班")
    sheet.form.input("cycle").setPlainText("甲班 甲班")
    sheet.form.input("shifts").setPlainText("白班 8点到晚上")
    sheet.form.submit()
    assert sheet.form.error() == "第 1 行写作：白班 08:00-20:00"
    sheet.form.input("shifts").setPlainText("白班 08:00-20:00")
    sheet.form.submit()
    assert "首尾相接" in sheet.form.error()
    sheet.form.input("shifts").setPlainText("白班 08:00-20:00\n夜班 20:00-08:00")
    sheet.form.input("teams").setText("乙班")
    sheet.form.submit()
    assert sheet.form.error() == "班组写错：甲班"


def test_a_swap_needs_somebody_else_to_approve_it(hall) -> None:
    bridge, window, sheet = hall
    set_roster(sheet, window)
    days = [row for row in sheet.shifts._rows[1:] if row.id.endswith("/day")]
    one, other = days[1], next(row for row in days[2:] if row.note != days[1].note)
    press(window, "x")
    for name, row in (("one", one), ("other", other)):
        box = sheet.form.input(name)
        box.setCurrentIndex(box.findData(row.id))
    sheet.form.input("text").setText("家中有事")
    sheet.form.submit()
    assert sheet.form.error() == ""
    press(window, "y")
    assert sheet.said() == "申请人不能自己批准"
    bridge.actor = TAKER
    press(window, "y")
    assert sheet.roster is not None
    assert sheet.roster.swaps["1"].state is SwapState.APPROVED
    after = {row.id: row.note for row in sheet.shifts._rows}
    assert after[one.id] == f"{other.note}（换）"
    press(window, "y")
    assert sheet.said() == "没有待批的换班"
    key(window, Qt.Key.Key_Escape)
    assert not sheet.isVisible()

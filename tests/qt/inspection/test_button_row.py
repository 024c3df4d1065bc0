"""The line of actions of a joint inspection: one line at every width, what has no room behind 更多, nothing without its reason."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.theme.theme import Theme
from desktop.views.inspection.button_row import ButtonRow
from desktop.widgets.action_button import Action

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")
ACTIONS = (
    Action("find", "记录", "N"),
    Action("end", "结束检查", "E"),
    Action("recheck", "定复查", "R", enabled=False, reason="现为检查中"),
    Action("urge", "催反馈", "U", kind="primary"),
    Action("close", "办结", "C", enabled=False, reason="派出所未反馈"),
)
RARE = frozenset({"end"})
WIDE = 2000


@pytest.fixture
def row(qtbot) -> ButtonRow:
    made = ButtonRow(Theme.load())
    qtbot.addWidget(made)
    made.resize(WIDE, 40)
    made.set_actions(ACTIONS, RARE)
    made.show()
    qtbot.waitExposed(made)
    return made


def whole_width(row: ButtonRow) -> int:
    return max(row.button(action.id).geometry().right() for action in ACTIONS) + 1


def behind(row: ButtonRow) -> list[str]:
    return [action.id for action in row.behind()]


def test_with_room_for_all_there_is_nothing_behind_more(row) -> None:
    assert behind(row) == []
    assert row.more().isHidden()
    row.resize(whole_width(row), 40)
    assert behind(row) == []


def test_without_room_the_rare_one_leaves_first_then_the_closed_ones_and_the_next_step_stays(row) -> None:
    left: list[str] = []
    for width in range(whole_width(row), row.minimumSizeHint().width() - 1, -1):
        row.resize(width, 40)
        left += [action for action in behind(row) if action not in left]
        shown = (row.more(), *(row.button(action.id) for action in ACTIONS))
        assert max(button.geometry().right() for button in shown if not button.isHidden()) < width
    assert left == ["end", "close", "recheck", "find"]
    assert not row.button("urge").isHidden()


def test_what_stands_behind_more_acts_with_its_key_beside_it_and_says_why_not(row, qtbot) -> None:
    row.resize(row.minimumSizeHint().width(), 40)
    row.more().click()
    entries = {str(entry.data()): entry for entry in row.menu().actions()}
    assert [entry.text() for entry in entries.values()] == ["记录\tN", "结束检查\tE", "定复查\tR", "办结\tC"]
    assert not entries["close"].isEnabled()
    assert entries["close"].toolTip() == "派出所未反馈"
    with qtbot.waitSignal(row.triggered) as told:
        entries["end"].trigger()
    assert told.args == ["end"]
    row.menu().close()


def test_what_is_kept_aside_has_no_button_at_any_width(row) -> None:
    row.set_actions(ACTIONS, RARE, (Action("cancel", "取消", "Q", "danger"),))
    assert behind(row) == ["cancel"]
    assert not row.more().isHidden()


def test_tab_walks_the_line_and_ends_with_more(row, qtbot) -> None:
    row.set_actions(ACTIONS, RARE, (Action("cancel", "取消", "Q", "danger"),))
    row.button("find").setFocus()
    for name in ("end", "urge"):
        QTest.keyClick(row.focusWidget(), Qt.Key.Key_Tab)
        assert row.focusWidget() is row.button(name)
    QTest.keyClick(row.focusWidget(), Qt.Key.Key_Tab)
    assert row.focusWidget() is row.more()


def test_a_button_that_loses_its_room_hands_the_keyboard_to_more(row) -> None:
    row.button("end").setFocus()
    row.resize(whole_width(row) - 1, 40)
    assert behind(row) == ["end"]
    assert row.focusWidget() is row.more()

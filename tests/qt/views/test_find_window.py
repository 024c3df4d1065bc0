"""Find: what stands under the cursor is shown beside the list, with what can be done to it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.theme.theme import Theme
from desktop.views.find.window import FindWindow
from desktop.views.queue.feed import TicketFeed
from domain.vocabulary import Role
from tests.qt.fakes import FakeBridge
from tests.qt.samples import make_tickets

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture
def window(qtbot) -> FindWindow:
    bridge = FakeBridge(make_tickets(12), role=Role.DISPATCHER)
    made = FindWindow(Theme.load(), bridge, TicketFeed(bridge))
    qtbot.addWidget(made)
    made.resize(1920, 1080)
    made.show()
    qtbot.waitExposed(made)
    QTest.keyClicks(made.line, "1810")
    qtbot.waitUntil(lambda: bool(made.results.ids()))
    return made


def shown(window: FindWindow) -> str:
    row = window.detail.ticket_row()
    return "" if row is None else row.id


def test_nothing_is_shown_before_the_cursor_is_in_the_list(window) -> None:
    assert shown(window) == ""


def test_the_ticket_under_the_cursor_stands_beside_the_list(window) -> None:
    QTest.keyClick(window.line, Qt.Key.Key_Down)
    assert shown(window) == window.results.ids()[0]
    QTest.keyClick(window.results, Qt.Key.Key_Down)
    assert shown(window) == window.results.ids()[1]


def test_other_words_that_do_not_find_it_take_it_away(window, qtbot) -> None:
    QTest.keyClick(window.line, Qt.Key.Key_Down)
    gone = shown(window)
    window.line.setText(window.results.ids()[-1])
    qtbot.waitUntil(lambda: gone not in window.results.ids())
    assert shown(window) == ""


def test_a_letter_acts_on_the_ticket_and_in_the_line_it_is_a_letter(window) -> None:
    window.results.set_current(window.results.ids()[0])
    panel, given = window.detail.action_panel, window.bridge.commander.given
    key = next(key for _, key in panel.open_now() if len(key) == 1)
    before = window.line.text()
    QTest.keyClicks(window.line, key.lower())
    assert window.line.text() == before + key.lower()
    assert not panel.form_is_open()
    assert given == []
    QTest.keyClicks(window.results, key.lower())
    assert panel.form_is_open() or given


def test_escape_closes_the_form_and_goes_back_to_the_words(window) -> None:
    window.results.set_current(window.results.ids()[0])
    window.results.setFocus()
    QTest.keyClick(window.results, Qt.Key.Key_Escape)
    assert window.focusWidget() is window.line

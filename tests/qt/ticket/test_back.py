"""The ticket window goes back: a duplicate or a related ticket that was looked at is not a way of no return."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.queue.feed import TicketFeed
from desktop.views.ticket.window import MOST_BEFORE, TicketWindow
from tests.qt.fakes import FakeBridge
from tests.qt.views.test_queue_window import due_in, id_of

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qapp, qtbot) -> TicketWindow:
    load_fonts()
    bridge = FakeBridge([due_in(number, 30) for number in range(1, 4)])
    made = TicketWindow(Theme.load(), bridge, TicketFeed(bridge))
    qtbot.addWidget(made)
    return made


def back(window: TicketWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Left, ALT)


def test_it_goes_back_the_way_it_came_and_then_says_that_there_is_no_more(window):
    for number in (1, 2, 2, 3):
        window.open_ticket(id_of(number))
    back(window)
    assert window.desk.ticket_id == id_of(2)
    back(window)
    assert window.desk.ticket_id == id_of(1)
    back(window)
    assert window.desk.ticket_id == id_of(1)
    assert window.status_bar.said() == "本窗口之前没有别的工单"


def test_after_going_back_another_ticket_can_be_left_the_same_way(window):
    for number in (1, 2):
        window.open_ticket(id_of(number))
    back(window)
    window.open_ticket(id_of(3))
    back(window)
    assert window.desk.ticket_id == id_of(1)


def test_a_long_shift_keeps_the_latest_steps_only(window):
    for step in range(2 * MOST_BEFORE + 5):
        window.open_ticket(id_of(1 + step % 3))
    assert len(window._before) == MOST_BEFORE

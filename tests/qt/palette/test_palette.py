"""Ctrl K over real windows: pinyin finds, Enter does, the sentence says it before, and the keyboard goes back where it was."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.keys import KeyLine
from desktop.views.palette.control import Palette
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.window import QueueWindow
from desktop.views.shell import DeskWindow
from desktop.widgets.palette_box import MOST_ROWS
from tests.qt.fakes import FakeBridge

CONTROL = Qt.KeyboardModifier.ControlModifier


class Doings(QObject):
    """Writes down what was asked of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[tuple[str, str]] = []

    def open(self, key: str) -> QWidget:
        self.done.append(("open", key))
        return QWidget()

    def open_ticket(self, ticket_id: str) -> None:
        self.done.append(("ticket", ticket_id))

    def show_camera(self, camera_id: str) -> None:
        self.done.append(("camera", camera_id))

    def open_view(self, view_id: str) -> None:
        self.done.append(("view", view_id))

    def search_queue(self, text: str) -> None:
        self.done.append(("search", text))


class Hands:
    def __init__(self, qtbot) -> None:
        self.bridge = FakeBridge()
        self.window = QueueWindow(Theme.load(), self.bridge, TicketFeed(self.bridge, "zh"))
        qtbot.addWidget(self.window)
        self.window.resize(1920, 1080)
        self.window.show()
        self.doings = Doings()
        self.palette = Palette(self.bridge, self.doings)
        self.window.command_requested.connect(self._open)

    def _open(self) -> None:
        self.palette.open_on(self.window)

    def type(self, text: str) -> list[str]:
        if self.palette.box is None:
            self.window.command_requested.emit()
        box = self.palette.box
        assert box is not None
        box.input.setText(text)
        return [entry.text for entry in self.palette.found()]

    def press(self, key: Qt.Key) -> None:
        box = self.palette.box
        assert box is not None
        QTest.keyClick(box.input, key)


@pytest.fixture
def hands(qtbot, qapp) -> Hands:
    qapp.setStyle("Fusion")
    load_fonts()
    return Hands(qtbot)


def test_pq_finds_dispatch_and_the_sentence_says_what_enter_does(hands: Hands) -> None:
    found = hands.type("pq")
    assert any("派遣" in text for text in found)
    box = hands.palette.box
    assert box is not None
    assert "派遣" in box.sentence()


def test_the_empty_box_shows_what_this_window_can_do_and_the_windows(hands: Hands) -> None:
    found = hands.type("")
    assert any("派遣" in text for text in found)
    assert {entry.kind for entry in hands.palette.found()} == {"action", "window"}


@pytest.mark.parametrize(
    ("typed", "done"),
    [("gaojing", ("open", "alarms")), ("tjkb", ("open", "kpi_board")), ("告警", ("open", "alarms"))],
)
def test_a_window_is_found_by_spelling_and_opened(hands: Hands, typed: str, done: tuple[str, str]) -> None:
    hands.type(typed)
    hands.press(Qt.Key.Key_Return)
    assert hands.doings.done == [done]
    assert hands.palette.box is None


def test_a_ticket_is_found_by_a_part_of_its_number(hands: Hands) -> None:
    wanted = max(hands.bridge.mirror.tickets)
    hands.type(wanted.replace("-", ""))
    hands.press(Qt.Key.Key_Return)
    assert hands.doings.done == [("ticket", wanted)]


def test_a_place_by_its_initials_shows_its_tickets(hands: Hands) -> None:
    found = hands.type("kzjd")
    assert found[0] == "坑梓街道"
    hands.press(Qt.Key.Key_Return)
    assert hands.doings.done == [("search", "坑梓街道")]


def test_what_nobody_knows_is_looked_for_in_the_queue(hands: Hands) -> None:
    assert hands.type("zzzz") == ["在队列中查找“zzzz”"]
    hands.press(Qt.Key.Key_Return)
    assert hands.doings.done == [("search", "zzzz")]


def test_a_slash_leaves_only_actions_and_tab_completes(hands: Hands) -> None:
    hands.type("/cb")
    assert {entry.kind for entry in hands.palette.found()} == {"action"}
    first = hands.palette.found()[0].text
    hands.press(Qt.Key.Key_Tab)
    box = hands.palette.box
    assert box is not None
    assert box.input.text() == f"/{first}"


def test_escape_closes_it_and_the_table_has_the_keyboard_again(hands: Hands) -> None:
    view = hands.window.table_pane.view
    view.setFocus()
    hands.type("x")
    hands.press(Qt.Key.Key_Escape)
    assert hands.palette.box is None
    assert hands.window.focusWidget() is view


def test_the_arrows_choose_and_the_sentence_follows(hands: Hands) -> None:
    hands.type("gj")
    box = hands.palette.box
    assert box is not None
    before = box.sentence()
    hands.press(Qt.Key.Key_Down)
    assert box.rows.current() == 1
    assert box.sentence() != before


def test_it_stands_inside_its_window(hands: Hands) -> None:
    hands.type("")
    box = hands.palette.box
    assert box is not None
    assert isinstance(hands.window, DeskWindow)
    assert hands.window.rect().contains(box.geometry())


def test_every_action_is_reached_behind_a_slash_and_each_says_what_enter_does(hands: Hands) -> None:
    hands.type("/")
    box = hands.palette.box
    assert box is not None
    wanted = [line.key for line in hands.window.own_keys() if line.command]
    assert len(wanted) > MOST_ROWS
    for key in wanted:
        assert f"（{key}）" in box.sentence()
        assert box.rows.rows()[box.rows.current()] in box.rows.seen()
        hands.press(Qt.Key.Key_Down)


def test_an_action_that_is_a_shortcut_is_done_too(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shortcut hears the keyboard only: a key that is sent would be lost."""
    done: list[str] = []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), hands.window)
    shortcut.activated.connect(lambda: done.append("undo"))
    monkeypatch.setattr(hands.window, "own_keys", lambda: (KeyLine("Ctrl Z", "还原"),))
    hands.type("/")
    hands.press(Qt.Key.Key_Return)
    assert done == ["undo"]

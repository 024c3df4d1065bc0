"""Launcher, the common frame, and putting windows back where they stood."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.app.windows import Windows
from desktop.services.values import Fresh
from desktop.settings import Settings, WindowPlace
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.launch_entries import WALL_QUEUE
from desktop.views.launcher import Launcher
from desktop.views.shell import BOARD, LAUNCHER, QUEUE, DeskWindow, demo_text
from desktop.views.window_place import place_of, show_at
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW


@pytest.fixture
def bridge(qapp):
    load_fonts()
    return FakeBridge(())


@pytest.fixture
def launcher(bridge, qtbot):
    window = Launcher(Theme.load(), bridge)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def frame(bridge, qtbot):
    window = DeskWindow(Theme.load(), bridge, QUEUE, "工单队列")
    qtbot.addWidget(window)
    window.set_central(QWidget())
    window.resize(1600, 900)
    with qtbot.waitExposed(window):
        window.show()
    return window


def spoken(window: QWidget) -> str:
    return "\n".join(child.accessibleName() for child in window.findChildren(QWidget))


@pytest.mark.parametrize("window_id", [QUEUE, BOARD, WALL_QUEUE])
def test_a_click_asks_for_the_window(launcher, qtbot, window_id):
    with qtbot.waitSignal(launcher.open_requested) as asked:
        qtbot.mouseClick(launcher.button(window_id), Qt.MouseButton.LeftButton)
    assert asked.args == [window_id]


@pytest.mark.parametrize(("choice", "signal"), [("en", "language_requested"), ("light", "theme_requested")])
def test_language_and_colours_are_asked_for(launcher, qtbot, choice, signal):
    with qtbot.waitSignal(getattr(launcher, signal)) as asked:
        launcher._choices.chip(choice).click()
    assert asked.args == [choice]


def test_the_link_is_told(launcher, bridge):
    bridge.go(Fresh.OFFLINE, as_of=NOW, age_s=360.0, retry_in_s=4.0)
    assert "断开 · 截至 14:32，6 分钟前 · 4 秒后重连" in spoken(launcher)


def test_the_frame_tells_who_and_what_time_it_is(frame, bridge):
    bridge.pass_time(60)
    texts = [label.text() for label in frame.top_bar.labels()]
    assert "14:33:08" in texts
    assert "值班长 · 1 席" in texts


def test_the_frame_says_what_is_simulated(frame):
    assert "演示数据 · 坪山 2018 · 环节与地点为模拟" in frame.status_bar.accessibleName()


def test_the_rail_asks_for_windows(frame, qtbot):
    with qtbot.waitSignal(frame.window_requested) as asked:
        frame._rail.button(BOARD).click()
    assert asked.args == [BOARD]


def test_closing_a_frame_is_told(frame, qtbot):
    with qtbot.waitSignal(frame.closed):
        frame.close()


def test_speed_of_a_replay_is_named():
    assert [demo_text(1), demo_text(60), demo_text(0.5)] == ["演示数据", "演示 ×60", "演示 ×0.5"]


# -- places ------------------------------------------------------------------------------------------


@pytest.fixture
def plain(qapp, qtbot):
    def make() -> QWidget:
        window = QWidget()
        qtbot.addWidget(window)
        return window

    return make


def test_a_window_comes_back_to_its_place(plain):
    first = plain()
    first.setGeometry(40, 60, 500, 400)
    first.show()
    second = plain()
    show_at(second, place_of(first))
    assert second.geometry() == first.geometry()


def test_a_window_from_a_screen_that_is_gone_lies_on_one_that_is_there(plain):
    first = plain()
    first.setGeometry(5000, 4000, 500, 400)
    first.show()
    second = plain()
    show_at(second, WindowPlace(geometry=place_of(first).geometry, screen="gone"))
    assert QGuiApplication.primaryScreen().availableGeometry().contains(second.geometry())


def test_a_window_larger_than_the_screen_is_made_to_fit(plain):
    room = QGuiApplication.primaryScreen().availableGeometry()
    first = plain()
    first.setGeometry(0, 0, room.width() * 2, room.height() * 2)
    first.show()
    second = plain()
    show_at(second, place_of(first))
    assert second.width() <= room.width()


def test_a_spoiled_place_costs_only_the_place(plain):
    window = plain()
    show_at(window, WindowPlace(geometry="not base64 !!"))
    assert window.isVisible()


def test_the_launcher_is_as_large_as_its_content(launcher):
    show_at(launcher, None)
    room = QGuiApplication.primaryScreen().availableSize()
    assert launcher.size() == launcher.sizeHint().boundedTo(room)


def test_without_a_place_a_window_takes_most_of_the_screen(plain):
    window = plain()
    show_at(window, None)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.contains(window.geometry())
    assert window.width() >= room.width() * 0.8


def test_a_window_closed_by_hand_lives_until_qt_has_deleted_it(qtbot):
    """Its Python side must not go while its close event still runs: that crashes."""
    windows = Windows(FakeBridge(()), Settings(), remember=False)
    windows.open(LAUNCHER)
    for _ in range(3):
        window = windows.open(QUEUE)
        window.close()
        assert windows._leaving == [window]
        qtbot.waitUntil(lambda: not isValid(windows._leaving[0]))
    windows.close_all()

"""The guided start: three steps by keyboard, faults in words, and what it leaves on disk."""

import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop import settings
from desktop.app import first_start
from desktop.services.screens import ScreenFacts
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.first_run import WALL, FirstChoice, FirstRun

SCREENS = (
    ScreenFacts(name="B", left=1920, top=0, width=1920, height=1080),
    ScreenFacts(name="A", serial="S1", left=0, top=0, width=1920, height=1080),
)


@pytest.fixture
def window(qtbot) -> FirstRun:
    load_fonts()
    window = FirstRun(Theme.load(), SCREENS)
    qtbot.addWidget(window)
    window.show()
    return window


def enter(window: FirstRun) -> None:
    QTest.keyClick(window, Qt.Key.Key_Return)


def test_a_desk_in_three_steps_by_keyboard(window: FirstRun, qtbot) -> None:
    window.server.setText("ws://10.0.0.5:8700")
    window.token.setText("secret")
    enter(window)
    enter(window)
    with qtbot.waitSignal(window.finished) as done:
        enter(window)
    choice = done.args[0]
    assert (choice.server, choice.token, choice.wall) == ("ws://10.0.0.5:8700", "secret", "")
    assert choice.windows == {"A": "queue"}


def test_a_wall_has_a_name_and_measures_and_needs_no_windows(window: FirstRun, qtbot) -> None:
    window.token.setText("secret")
    enter(window)
    window.set_role(WALL)
    enter(window)
    width, distance = window.measures["A"]
    width.setText("3.84")
    distance.setText("12")
    with qtbot.waitSignal(window.finished) as done:
        enter(window)
    choice = done.args[0]
    assert choice.wall
    assert choice.windows == {}
    assert choice.screens["S1"] == settings.ScreenSetup(pitch_mm=2.0, distance_mm=12_000)


@pytest.mark.parametrize(("server", "token"), [("10.0.0.5", "secret"), ("ws://10.0.0.5", "")])
def test_a_fault_is_said_and_nothing_is_lost(window: FirstRun, server: str, token: str) -> None:
    window.server.setText(server)
    window.token.setText(token)
    enter(window)
    assert window.step == 0
    assert window._fault.text()
    assert (window.server.text(), window.token.text()) == (server, token)


def test_escape_goes_back(window: FirstRun) -> None:
    window.token.setText("secret")
    enter(window)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.step == 0


def test_the_demo_is_one_press_away(window: FirstRun, qtbot) -> None:
    with qtbot.waitSignal(window.finished) as done:
        window.demo.click()
    assert done.args[0].demo


def test_the_choice_is_kept_and_the_token_is_private(tmp_path: Path) -> None:
    choice = FirstChoice("ws://h:1", "secret", windows={"A": "queue", "B": "queue", "C": "wall_overview"})
    first_start.keep(settings.Settings(), choice, tmp_path)
    kept, refused = settings.load(tmp_path)
    assert refused == ()
    assert kept.server == "ws://h:1"
    assert {key: (place.screen, place.full_screen) for key, place in kept.windows.items()} == {
        "queue": ("A", False),
        "queue#2": ("B", False),
        "wall_overview": ("C", True),
    }
    assert first_start.kept_token(tmp_path) == "secret"
    assert stat.S_IMODE((tmp_path / first_start.TOKEN_FILE).stat().st_mode) == 0o600
    assert "secret" not in (tmp_path / settings.FILE_NAME).read_text("utf-8")

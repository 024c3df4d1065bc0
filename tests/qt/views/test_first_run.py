"""The guided start: four steps by keyboard, faults in words, and what it leaves on disk."""

import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop import settings
from desktop.app import first_start
from desktop.services.screens import ScreenFacts
from desktop.services.server_check import ServerAnswer
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.first_run import DESK, WALL, FirstChoice, FirstRun
from domain.alarms.words import Severity
from domain.vocabulary import Role

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


def test_a_desk_in_four_steps_by_keyboard(window: FirstRun, qtbot) -> None:
    window.server.setText("ws://10.0.0.5:8700")
    window.token.setText("secret")
    for _ in range(3):
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
    with qtbot.waitSignal(window.finished) as done:  # no sound test: a wall makes no sound
        enter(window)
    choice = done.args[0]
    assert choice.wall
    assert choice.windows == {}
    assert choice.screens["S1"] == settings.ScreenSetup(pitch_mm=2.0, distance_mm=12_000, width_px=1920)


def drag(window: FirstRun, kind: str, screen: str) -> None:
    outlines = window.outlines
    chip = next(box for each, box in zip(outlines._chips, outlines.chip_rects(), strict=True) if each.id == kind)
    target = outlines.screen_rect(screen).center().toPoint()
    QTest.mousePress(outlines, Qt.MouseButton.LeftButton, pos=chip.center().toPoint())
    QTest.mouseMove(outlines, target)
    QTest.mouseRelease(outlines, Qt.MouseButton.LeftButton, pos=target)


def test_a_window_is_dragged_onto_a_screen(window: FirstRun, qtbot) -> None:
    window.token.setText("secret")
    enter(window)
    enter(window)
    drag(window, "map", "B")
    assert window.kinds["B"].currentData() == "map"
    assert "2 B 地图" in window.outlines.accessibleName()


class Loudspeaker:
    def __init__(self, works: bool) -> None:
        self.works = works
        self.played: list[Severity] = []

    def available(self) -> bool:
        return self.works

    def play(self, severity: Severity, volume: float) -> bool:
        self.played.append(severity)
        return self.works


@pytest.mark.parametrize(("works", "sounds", "says"), [(True, 3, "三声都已播放"), (False, 0, "没有可用的声音设备")])
def test_the_sound_test_plays_every_sound_or_says_why_not(
    window: FirstRun, qtbot, works: bool, sounds: int, says: str
) -> None:
    window._player = speaker = Loudspeaker(works)
    window._sounding.setInterval(1)
    window.listen.click()
    qtbot.waitUntil(lambda: says in window._heard.text())
    assert len(speaker.played) == sounds


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


@pytest.fixture
def checking(qtbot) -> FirstRun:
    load_fonts()
    window = FirstRun(Theme.load(), SCREENS, checks=True)
    qtbot.addWidget(window)
    window.show()
    window.token.setText("secret")
    return window


def answered(window: FirstRun, answer: ServerAnswer) -> None:
    window.take_answer(window.server.text(), window.token.text(), answer)


CODES = ("address", "name", "nobody", "silent", "certificate", "stranger", "login", "version", "busy")


@pytest.mark.parametrize("code", CODES)
def test_each_refusal_of_a_server_is_a_sentence_and_stays_on_the_first_step(checking: FirstRun, qtbot, code) -> None:
    with qtbot.waitSignal(checking.check_requested) as asked:
        enter(checking)
    assert asked.args == [checking.server.text(), "secret"]
    answered(checking, ServerAnswer(code))
    assert checking.step == 0
    assert checking._fault.text() not in ("", code)


def test_an_answer_to_what_is_no_longer_typed_is_asked_anew(checking: FirstRun, qtbot) -> None:
    enter(checking)
    checking.token.setText("another")
    with qtbot.waitSignal(checking.check_requested) as asked:
        checking.take_answer(checking.server.text(), "secret", ServerAnswer("", Role.DISPATCHER))
    assert asked.args[1] == "another"
    assert checking.step == 0


@pytest.mark.parametrize(
    ("role", "chosen", "goes_on"),
    [
        (Role.DISPATCHER, DESK, True),
        (Role.DISPATCHER, WALL, False),
        (Role.WALL, WALL, True),
        (Role.WALL, DESK, False),
        (Role.SOURCE, DESK, False),
    ],
)
def test_the_role_of_the_token_must_fit_the_machine(checking: FirstRun, role: Role, chosen: str, goes_on: bool) -> None:
    enter(checking)
    answered(checking, ServerAnswer("", role))
    assert checking.step == 1
    checking.set_role(chosen)
    enter(checking)
    assert (checking.step == 2, not checking._fault.text()) == (goes_on, goes_on)


def test_the_role_that_the_token_chose_has_the_keyboard(checking: FirstRun, qtbot) -> None:
    checking.show()
    checking.activateWindow()
    qtbot.waitUntil(checking.isActiveWindow)
    enter(checking)
    answered(checking, ServerAnswer("", Role.WALL))
    assert checking.focusWidget() is checking._roles.chip(WALL)


def test_the_chosen_role_keeps_the_keyboard(checking: FirstRun) -> None:
    enter(checking)
    answered(checking, ServerAnswer("", Role.WALL))
    chip = checking._roles.chip(DESK)
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert checking._role == DESK
    assert checking.focusWidget() is chip

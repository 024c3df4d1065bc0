"""Scale and resolution change under running wall and desk windows: an X server whose settings daemon says another DPI, whose monitors
get another size. Every window is visible and whole within two seconds, and wall type fits the screen's new pixels."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from desktop.theme.theme import Theme, smallest_text_px
from tests import goals
from tests.patience import WAIT_S
from tests.qt.app.scale_program import DISTANCE_MM, PITCH_MM, WALL, WIDTH_PX
from tests.qt.app.test_screens import ROOT, VISIBLE_S, Monitors, RunningHall, display, lost

__all__ = ["display"]  # a fixture
PROGRAM = [sys.executable, "-m", "tests.qt.app.scale_program"]


class Scale:
    """The settings daemon, a process of its own."""

    def __init__(self, display: str) -> None:
        command = [sys.executable, "-m", "tests.qt.app.x_settings", display]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._line() == "ready"

    def put(self, dpi: int) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{dpi}\n")
        self._process.stdin.flush()
        assert self._line() == "put"

    def end(self) -> None:
        self._process.kill()
        self._process.communicate(timeout=WAIT_S)

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@pytest.fixture
def scale(display: str) -> Iterator[Scale]:
    made = Scale(display)
    yield made
    made.end()


@pytest.fixture
def hall(display: str, scale: Scale) -> Iterator[RunningHall]:
    monitors = Monitors(display)
    monitors.put("A", 0, 1920, primary=True)
    monitors.put("B", 1920, 1920)
    made = RunningHall(display, PROGRAM)
    yield made
    made.end()


def caption_px(hall: dict[str, Any], key: str) -> int:
    """What the formula of screens.md §2 gives for the screen of a wall window; desk type has its own fixed size."""
    if key == "queue":
        return Theme.load().px("caption")
    width = next(screen[3] for screen in hall["screens"] if screen[0] == hall["windows"][key]["screen"])
    return smallest_text_px(Theme.load().tokens.profiles["wall"], PITCH_MM * WIDTH_PX / width, DISTANCE_MM)


def right(hall: dict[str, Any]) -> bool:
    """All there and whole, type as large as their screens ask for, what fills a screen fills it."""
    windows, screens = hall["windows"], {screen[0]: screen[1:5] for screen in hall["screens"]}
    return (
        not lost(hall)
        and all(window["visible"] for window in windows.values())
        and all(window["caption_px"] == caption_px(hall, key) for key, window in windows.items())
        and all(window["rect"] == screens[window["screen"]] for key, window in windows.items() if key != "queue")
    )


def scaled(factor: float, inner: Callable[[dict[str, Any]], bool] = right) -> Callable[[dict[str, Any]], bool]:
    return lambda hall: all(screen[5] == factor for screen in hall["screens"]) and inner(hall)


def test_another_scale_while_windows_run(hall: RunningHall, scale: Scale) -> None:
    before, _ = hall.until(scaled(1.0), "as started")
    assert {window["screen"] for window in before["windows"].values()} == {"A", "B"}
    for dpi, factor in ((192, 2.0), (144, 1.5), (96, 1.0)):
        scale.put(dpi)
        after, took_s = hall.until(scaled(factor), f"all whole at {factor}")
        goals.note(f"all whole at {factor}", took_s, VISIBLE_S)
        homes = {key: window["screen"] for key, window in after["windows"].items()}
        assert homes == {key: window["screen"] for key, window in before["windows"].items()}
    assert after["windows"][WALL] == before["windows"][WALL]


def test_another_resolution_while_windows_run(hall: RunningHall, display: str) -> None:
    monitors = Monitors(display)
    before, _ = hall.until(scaled(1.0), "as started")
    monitors.take("B")
    _, took_s = hall.until(lambda h: len(h["screens"]) == 1 and right(h), "B is dark")
    goals.note("B is dark", took_s, VISIBLE_S)
    monitors.put("B", 1920, 1280, 720)
    after, took_s = hall.until(lambda h: "stage 2" in h["windows"] and right(h), "B is coarser")
    goals.note("B is coarser", took_s, VISIBLE_S)
    assert after["windows"]["stage 2"]["caption_px"] < before["windows"]["stage 2"]["caption_px"]
    assert after["windows"]["queue"]["screen"] == before["windows"]["queue"]["screen"] == "B"

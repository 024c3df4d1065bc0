"""A window that stands still leaves its stacks and a sentence; the supervisor hears every beat."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.app.watchdog import PULSE_VARIABLE, Watchdog
from tests.patience import WAIT_S


def freeze_here(seconds: float, until: Callable[[], bool] = lambda: True) -> None:
    """At least so long, and until it has been noticed: the thread that notices may have to wait for its turn."""
    began = time.monotonic()
    while (passed := time.monotonic() - began) < seconds or not until():
        assert passed < WAIT_S, "nobody noticed"


def test_a_stall_is_dumped_while_it_lasts_and_told_afterwards(qtbot, tmp_path: Path) -> None:
    path = tmp_path / "desktop.crash"
    with path.open("a", encoding="utf-8") as file:
        watchdog = Watchdog(file, stall_s=0.2, start_s=0.0, beat_ms=20)
        watchdog.start()
        freeze_here(0.3, lambda: "freeze_here" in path.read_text("utf-8"))
        qtbot.waitUntil(lambda: "窗口停顿" in path.read_text("utf-8"))
        watchdog.stop()


def test_windows_that_are_long_in_the_making_are_told_as_start_and_a_later_stall_as_fault(
    qtbot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "desktop.crash"
    caplog.set_level("INFO", "desktop")
    with path.open("a", encoding="utf-8") as file:
        watchdog = Watchdog(file, stall_s=0.2, start_s=0.4, beat_ms=20)
        watchdog.start()
        # A start that never ends must leave its stacks, too.
        freeze_here(0.6, lambda: "freeze_here" in path.read_text("utf-8"))
        qtbot.waitUntil(lambda: "启动时窗口" in path.read_text("utf-8"))
        assert caplog.records[0].levelname == "INFO"
        freeze_here(0.6)
        qtbot.waitUntil(lambda: "窗口停顿" in path.read_text("utf-8"))
        assert caplog.records[-1].levelname == "ERROR"
        watchdog.stop()


def test_every_beat_reaches_the_supervisor(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    monkeypatch.setenv(PULSE_VARIABLE, str(writing))
    watchdog = Watchdog(None, beat_ms=20)
    assert PULSE_VARIABLE not in os.environ
    heard = bytearray()
    watchdog.start()

    def heard_three() -> bool:
        try:
            heard.extend(os.read(reading, 100))
        except BlockingIOError:
            return False
        return len(heard) >= 3

    qtbot.waitUntil(heard_three)
    watchdog.stop()
    os.close(reading)
    os.close(writing)


def test_windows_go_on_when_the_supervisor_is_gone(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setenv(PULSE_VARIABLE, str(writing))
    watchdog = Watchdog(None, beat_ms=20)
    watchdog.start()
    watchdog.start()
    watchdog.stop()
    os.close(writing)

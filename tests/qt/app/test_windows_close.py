"""Windows that are opened and closed leave nothing behind (reliability.md F37; how much memory: benchmarks.hall)."""

import gc
import weakref

import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop.app.kinds import KINDS
from desktop.app.windows import Windows
from desktop.settings import Settings
from desktop.theme.assets import load_fonts
from tests.qt.fakes import FakeBridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", "pipewire|PulseAudio|FFmpeg", extend=True)
CYCLES = 3


@pytest.fixture
def hall(qapp, qtbot):
    load_fonts()
    windows = Windows(FakeBridge(()), Settings(), remember=False)
    yield windows
    windows.close_all()


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_window_is_gone_with_all_its_parts(hall, qtbot, kind: str) -> None:
    def cycle() -> "weakref.ref[object]":
        window = hall.open(kind)
        window.close()
        qtbot.waitUntil(lambda: not isValid(window))
        return weakref.ref(window)

    cycle()
    gc.collect()
    parts = len(QApplication.allWidgets())
    closed = [cycle() for _ in range(CYCLES)]
    gc.collect()
    # The last one is held until the next is closed (Windows): the others are gone.
    assert [ref() for ref in closed[:-1]] == [None] * (CYCLES - 1)
    assert len(QApplication.allWidgets()) <= parts

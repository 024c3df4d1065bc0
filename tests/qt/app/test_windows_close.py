"""Windows that are opened and closed leave nothing behind (reliability.md F37; how much memory: benchmarks.hall)."""

import gc
import weakref

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app.kinds import KINDS
from desktop.app.windows import Windows
from desktop.settings import Settings
from desktop.theme.assets import load_fonts
from tests.qt.fakes import FakeBridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
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
        return weakref.ref(window)

    def settled() -> bool:
        gc.collect()
        return first() is None

    first = cycle()
    qtbot.waitUntil(settled, timeout=10_000)
    parts = len(QApplication.allWidgets())
    later = [cycle() for _ in range(CYCLES)]

    def all_gone() -> bool:
        gc.collect()
        return not any(ref() is not None for ref in later) and len(QApplication.allWidgets()) <= parts

    qtbot.waitUntil(all_gone, timeout=10_000)

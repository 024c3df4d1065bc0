"""The order of a start: a painted queue first, then the line, then the other windows."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop import settings
from desktop.app.start import open_windows
from desktop.app.windows import Windows
from desktop.bridge import Bridge
from desktop.services.app_state import Services
from desktop.views.shell import LAUNCHER, OVERVIEW, QUEUE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
ORDER = (LAUNCHER, QUEUE, OVERVIEW)


@pytest.fixture
def windows(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    services = Services(tmp_path / "data", "ws://127.0.0.1:1", "no token")
    hall = Windows(Bridge(services), settings.Settings(), remember=True)
    yield hall
    hall.close_all()


class Paints(QObject):
    """Whether anything of a window was painted."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.windows: set[QWidget] = set()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.windows.add(watched.window())
        return False


def test_the_queue_is_painted_alone_then_the_line_is_tried_and_the_rest_opens(
    qapp: QApplication, windows: Windows
) -> None:
    paints, seen = Paints(qapp), []

    def first_stands() -> None:
        seen.append((tuple(windows.shown()), windows.shown()[QUEUE] in paints.windows))

    with qasync.QEventLoop(qapp) as loop:
        loop.run_until_complete(open_windows(windows, ORDER, first_stands, asyncio.Event()))
    qapp.removeEventFilter(paints)
    assert seen == [((QUEUE,), True)]
    assert set(windows.shown()) == set(ORDER)


def test_an_end_on_the_way_forgets_no_window(qapp: QApplication, windows: Windows) -> None:
    for key in ORDER:
        windows.open(key)
    windows.close_all()
    again = Windows(windows.bridge, settings.load(settings.config_dir())[0], remember=True)

    async def start() -> None:
        done = asyncio.Event()
        again.all_closed.connect(done.set)
        await open_windows(again, again.at_start(), lambda: again.shown()[QUEUE].close() and None, done)

    with qasync.QEventLoop(qapp) as loop:
        loop.run_until_complete(start())
    assert not again.shown()
    assert {key for key, place in settings.load(settings.config_dir())[0].windows.items() if place.open} == set(ORDER)

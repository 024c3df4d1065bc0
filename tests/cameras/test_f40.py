"""F40: a dead feed is told on its tile within 10 s, and the queue goes on as if there were no cameras."""

import asyncio
import time
from itertools import count

import pytest
from PySide6.QtCore import QTimer

from desktop.services.cameras.values import TileState
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.camera_wall.window import CameraWindow
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.window import QueueWindow
from domain.cameras import CameraId
from tests import goals
from tests.cameras.http_cameras import HttpCameras
from tests.patience import WAIT_S
from tests.qt.camera_stage import CameraStage, demo_register
from tests.qt.samples import make_ticket

pytestmark = pytest.mark.qt_log_ignore("qt.multimedia", ".*")
NOTICED_S = 10.0
BEAT_MS = 20
STALL_S = 0.5
"""Far more than the goal, which benchmarks/cameras.py measures: only a feed that holds the windows' thread takes so long."""
TAKEN_MEANWHILE = 5
"""Tickets that the queue takes in between the death of a feed and the word of it, at the least: it looks ten times a second."""


def test_a_dead_feed_is_told_and_the_queue_goes_on(run_qt, tmp_path):
    load_fonts()

    async def inside() -> None:
        async with HttpCameras(fps=15) as cameras:
            register = demo_register(tmp_path)
            register.set_hosts(["127.0.0.1"])
            table = "id,name,kind,main\n" + "".join(f"N-{n},网{n},mjpeg,{cameras.url('mjpeg')}\n" for n in range(4))
            assert register.import_csv(table).done
            stage = CameraStage(tmp_path, tickets=[make_ticket(1)], register=register)
            theme = Theme.load()
            wall = CameraWindow(theme, stage.feed)
            queue = QueueWindow(theme, stage.bridge, TicketFeed(stage.bridge))
            for window in (wall, queue):
                window.resize(1600, 900)
                window.show()
            ids = [CameraId(f"N-{n}") for n in range(4)]
            await reached(stage.feed, lambda: all(stage.feed.view(each).state is TileState.LIVE for each in ids))
            lags: list[float] = []
            last = [time.monotonic()]

            def beat() -> None:
                now = time.monotonic()
                lags.append(now - last[0] - BEAT_MS / 1000)
                last[0] = now

            pulse = QTimer()
            pulse.timeout.connect(beat)
            pulse.start(BEAT_MS)
            numbers = count(2)
            died = time.monotonic()
            cameras.hold.clear()  # the line stays up and nothing comes: the worst kind of dead
            while not all(stage.feed.view(each).state is TileState.LOST for each in ids):
                number = next(numbers)
                stage.bridge.change(make_ticket(number))
                await asyncio.sleep(0.1)
                assert time.monotonic() - died < WAIT_S, "the dead feed was not noticed"
            goals.note("told on every tile", time.monotonic() - died, NOTICED_S)
            assert number > TAKEN_MEANWHILE, "the queue stood still with the feed"
            rows = {row.id for row in queue._feed.book}
            assert len(rows) == number
            assert "断开" in wall._grid.cell(ids[0]).accessibleName()
            goals.note("longest turn with dead feeds", max(lags), STALL_S)
            cameras.hold.set()
            await reached(stage.feed, lambda: all(stage.feed.view(each).state is TileState.LIVE for each in ids))
            pulse.stop()
            for window in (wall, queue):
                window.close()
                window.deleteLater()
            await stage.stop()

    run_qt(inside())


async def reached(feed, condition) -> None:
    """Looked at whenever a camera changes."""
    news = asyncio.Event()
    feed.changed.connect(lambda _: news.set())
    async with asyncio.timeout(WAIT_S):
        while not condition():
            news.clear()
            await news.wait()

"""Threads of the player give way to the windows; threads of Python and the main thread keep their priority."""

import os
import sys
import threading
from pathlib import Path

import pytest

from desktop.media.priorities import NICE, yield_to_windows
from desktop.services.cameras.values import TileState
from tests.cameras.live import LiveDesk

pytestmark = [
    pytest.mark.qt_log_ignore("qt.multimedia", ".*"),
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities of single threads"),
]


def thread_names() -> dict[int, str]:
    return {int(task.name): (task / "comm").read_text().strip() for task in Path("/proc/self/task").iterdir()}


def test_player_threads_are_lowered_and_no_others(shared_data, run_qt):
    clip = shared_data / "video" / "street_traffic_640x272.mp4"
    base = os.getpriority(os.PRIO_PROCESS, 0)  # the tests themselves may have been started quietly
    done = threading.Event()
    mine = threading.Thread(target=done.wait)
    mine.start()

    async def inside() -> None:
        async with LiveDesk([("file", clip.as_uri())]) as place:
            await place.until(TileState.LIVE)
            yield_to_windows()
            players = [number for number, name in thread_names().items() if name.startswith("QFFmpeg")]
            assert players
            assert {os.getpriority(os.PRIO_PROCESS, number) for number in players} == {NICE}
            for number in (os.getpid(), mine.native_id):
                assert os.getpriority(os.PRIO_PROCESS, number) == base
            assert yield_to_windows() == 0

    run_qt(inside())
    done.set()
    mine.join()

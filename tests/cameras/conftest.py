"""Real streams on loopback: an RTSP server of Debian's GStreamer as a process of its own, and Qt's loop with asyncio in it."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
import qasync

from tests.patience import WAIT_S

SYSTEM_PYTHON = "/usr/bin/python3"
SERVER = Path(__file__).with_name("rtsp_server.py")
NEEDS = "import gi; gi.require_version('Gst','1.0'); gi.require_version('GstRtspServer','1.0'); from gi.repository import Gst, GstRtspServer; Gst.init(None); assert all(map(Gst.ElementFactory.find, ('x264enc','rtph264pay','videotestsrc')))"


class RtspServer:
    """One server process; `url(n)` is one of its streams."""

    def __init__(self, *options: str) -> None:
        self._options = options
        self.port = 0
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """On the same port as before when it was started before."""
        command = [SYSTEM_PYTHON, str(SERVER), "--port", str(self.port), *self._options]
        process = self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdout is not None
        readable, _, _ = select.select([process.stdout], [], [], WAIT_S)
        line = process.stdout.readline() if readable else ""
        assert line.startswith("ready "), "the RTSP server did not come up"
        self.port = int(line.split()[1])

    def url(self, number: int = 0) -> str:
        return f"rtsp://127.0.0.1:{self.port}/cam{number}"

    def freeze(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None


@pytest.fixture(scope="session")
def gstreamer() -> None:
    if (
        not os.path.exists(SYSTEM_PYTHON)
        or subprocess.run([SYSTEM_PYTHON, "-c", NEEDS], capture_output=True).returncode
    ):
        pytest.skip(
            "no GStreamer RTSP server: apt-get install gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-base "
            "gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly"
        )


@pytest.fixture
def rtsp(gstreamer: None) -> Iterator[Callable[..., RtspServer]]:
    servers: list[RtspServer] = []

    def start(*options: str) -> RtspServer:
        server = RtspServer(*options)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.kill()


@pytest.fixture
def run_qt(qapp: Any) -> Iterator[Callable[[Coroutine[Any, Any, Any]], Any]]:
    """Runs a coroutine on Qt's own loop, as the program does."""
    loop = qasync.QEventLoop(qapp)
    qapp.setQuitOnLastWindowClosed(False)  # as the program does: closing a window must not end the loop
    try:
        yield loop.run_until_complete
    finally:
        loop.close()


class Stopwatch:
    def __init__(self) -> None:
        self._start = time.monotonic()

    @property
    def s(self) -> float:
        return time.monotonic() - self._start

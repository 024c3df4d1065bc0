"""RTSP through FFmpeg directly, one thread a stream: the decoder's frames become pictures in the size of the tile, five a second.

A picture crosses to the windows' thread only when the one before it was taken, so a busy window slows pictures, not itself. Those of
all tiles cross together, ten times a second: sixteen tiles wake the windows ten times, not eighty. Only an enlarged one comes at once.
"""

import errno
import logging
import math
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from desktop.media import ffmpeg
from desktop.media.ffmpeg import Libraries, Stream, StreamError
from desktop.media.kit import MARK_SIZE
from desktop.media.priorities import NICE
from desktop.services.cameras.source import PREVIEW_S, Order, Sink
from domain.cameras import FailCode
from protocol.camera_dialog import CameraError, Login, check_stream

STEP = 16
"""Widths are multiples of this: the scaler writes whole vectors."""
SLACK_S = 0.02
NAME = "camera stream"
TAKE_MS = 100
MARK_S = 0.8
"""Between two looks at whether a frame differs; less than the watch over frozen pictures asks for."""
OPTIONS = {
    "rtsp_transport": "tcp",  # UDP loses packets when many streams come to one machine
    "timeout": "3000000",  # microseconds without a byte
    "fflags": "nobuffer",
    "analyzeduration": "500000",
    "probesize": "500000",
}
_CODES = {
    ffmpeg.END: FailCode.ENDED,
    ffmpeg.INVALID: FailCode.NOT_VIDEO,
    ffmpeg.NO_STREAM: FailCode.NOT_VIDEO,
    ffmpeg.UNAUTHORIZED: FailCode.LOGIN,
    ffmpeg.FORBIDDEN: FailCode.LOGIN,
    ffmpeg.NOT_FOUND: FailCode.NOT_FOUND,
    -errno.ETIMEDOUT: FailCode.SILENT,
}
log = logging.getLogger(__name__)


class _News(QObject):
    """From the stream's thread to the loop's."""

    made = Signal()
    ended = Signal(object)


class StreamHub(QObject):
    """What the streams of a program share: their threads, and the clock by which pictures are taken over."""

    tick = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[threading.Thread] = set()
        self._open = 0
        self._timer = QTimer(self)
        self._timer.setInterval(TAKE_MS)
        self._timer.timeout.connect(self.tick)

    def opened(self) -> None:
        self._open += 1
        if not self._timer.isActive():  # a start would begin its interval anew
            self._timer.start()

    def closed(self) -> None:
        self._open -= 1
        if not self._open:
            self._timer.stop()

    def stop(self) -> None:
        """Waits for the threads; each ends with its next frame, or with the time-out of its line."""
        self._timer.stop()
        for thread in list(self.threads):
            thread.join()


class _Run:
    """What the thread and its owner share. `cell`: pixels that the picture must cover, None = as it comes. `made`: the picture that
    waits to be taken, with the brightness of some points of the frame itself: a picture in another size is not another picture."""

    def __init__(self) -> None:
        self.stopped = False
        self.made: tuple[QImage, bytes | None] | None = None
        self.full = False
        self.cell: tuple[int, int] | None = None


class StreamSource(QObject):
    """One stream, from `start` to `stop`; another try is another source."""

    def __init__(self, order: Order, sink: Sink, av: Libraries, hub: StreamHub) -> None:
        super().__init__()
        self._order, self._sink, self._av, self._hub = order, sink, av, hub
        self._run, self._news = _Run(), _News()
        self._run.full = order.full
        self._check: Any = None
        self._playing = False
        self._news.made.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._news.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        self._check = self._order.spawn(self._check_then_play(), f"camera {self._order.id}")

    def stop(self) -> None:
        """The thread ends with its next frame, or with the time-out of its line."""
        if not self._run.stopped and self._playing:
            self._hub.tick.disconnect(self._take)
            self._hub.closed()
        self._run.stopped = True
        if self._check is not None:
            self._check.cancel()
            self._check = None

    def set_full(self, full: bool) -> None:
        self._run.full = full

    async def _check_then_play(self) -> None:
        order = self._order
        try:
            await check_stream(order.address, allow=order.allow, login=order.login)
        except CameraError as error:
            self._on_ended(error.code)
            return
        except OSError:
            self._on_ended(FailCode.ENDED)
            return
        if self._run.stopped:
            return
        self._run.cell = self._sink.cell()
        address = _with_login(order.address, order.login)
        threads = self._hub.threads
        thread = threading.Thread(
            target=_play, args=(self._av, address, self._run, self._news, threads.discard), name=NAME
        )
        threads.add(thread)
        self._playing = True
        self._hub.tick.connect(self._take)
        self._hub.opened()
        thread.start()

    @Slot()
    def _take(self) -> None:
        run = self._run
        if run.stopped or run.made is None:
            return
        (image, mark), run.made = run.made, None
        run.cell = self._sink.cell()
        self._sink.picture(image, mark)

    @Slot(object)
    def _on_ended(self, code: FailCode) -> None:
        if not self._run.stopped:
            self._sink.failed(code)


def _play(av: Libraries, address: str, run: _Run, news: _News, done: Callable[[threading.Thread], None]) -> None:
    """The thread: opens, reads until it is stopped or the stream ends."""
    _give_way()
    try:
        stream = Stream(av, address, OPTIONS)
        try:
            _read(stream, run, news)
        finally:
            stream.close()
    except StreamError as error:
        news.ended.emit(_CODES.get(error.code, FailCode.UNREACHABLE))
    finally:
        done(threading.current_thread())


def _read(stream: Stream, run: _Run, news: _News) -> None:
    due = mark_due = 0.0
    mark: bytes | None = None
    for width, height in stream.frames():
        if run.stopped:
            return
        now = time.monotonic()
        if run.made is not None or (not run.full and now < due):
            continue
        # From the last due time, not from now, so that 5 a second stay 5; a pause starts the count anew.
        due = (due if now - due < PREVIEW_S else now) + PREVIEW_S - (SLACK_S if now - due >= PREVIEW_S else 0)
        if now >= mark_due:
            mark, mark_due = stream.mark(MARK_SIZE.width(), MARK_SIZE.height()), now + MARK_S
        run.made = stream.picture(*size_for(width, height, None if run.full else run.cell)), mark
        if run.full:
            news.made.emit()


def size_for(width: int, height: int, cell: tuple[int, int] | None) -> tuple[int, int]:
    """The size of a frame that just covers a cell of so many pixels, its shape kept; the width is a multiple of STEP."""
    scale = 1.0 if cell is None else max(cell[0] / width, cell[1] / height)
    wide = max(STEP, math.ceil(width * scale / STEP) * STEP)
    return wide, math.ceil(height * wide / width)


def _give_way() -> None:
    """Decoding runs at a lower priority than the windows' thread (see priorities.py)."""
    if sys.platform != "linux":
        return
    number = threading.get_native_id()
    if os.getpriority(os.PRIO_PROCESS, number) < NICE:
        os.setpriority(os.PRIO_PROCESS, number, NICE)


def _with_login(address: str, login: Login) -> str:
    if not login:
        return address
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(login.user, safe='')}:{quote(login.password, safe='')}@{host}"))

"""RTSP through FFmpeg directly, one thread a stream: the decoder's frames become pictures in the size of the tile, five a second.

A picture crosses to the windows' thread only when the one before it was taken, so a busy window slows pictures, not itself.
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

from PySide6.QtCore import QObject, Qt, Signal, Slot
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

    made = Signal(QImage, object)
    """A picture, and the brightness of some points of the frame itself: a picture in another size is not another picture."""
    ended = Signal(object)


class _Run:
    """What the thread and its owner share. `cell`: pixels that the picture must cover, None = as it comes."""

    def __init__(self) -> None:
        self.stopped = self.busy = False
        self.full = False
        self.cell: tuple[int, int] | None = None


class StreamSource(QObject):
    """One stream, from `start` to `stop`; another try is another source. `threads` gets its thread, so that the end waits for it."""

    def __init__(self, order: Order, sink: Sink, av: Libraries, threads: set[threading.Thread]) -> None:
        super().__init__()
        self._order, self._sink, self._av, self._threads = order, sink, av, threads
        self._run, self._news = _Run(), _News()
        self._run.full = order.full
        self._check: Any = None
        self._news.made.connect(self._on_made, Qt.ConnectionType.QueuedConnection)
        self._news.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        self._check = self._order.spawn(self._check_then_play(), f"camera {self._order.id}")

    def stop(self) -> None:
        """The thread ends with its next frame, or with the time-out of its line."""
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
        thread = threading.Thread(
            target=_play, args=(self._av, address, self._run, self._news, self._threads.discard), name=NAME
        )
        self._threads.add(thread)
        thread.start()

    @Slot(QImage, object)
    def _on_made(self, image: QImage, mark: bytes | None) -> None:
        run = self._run
        if run.stopped:
            return
        run.cell = self._sink.cell()
        self._sink.picture(image, mark)
        run.busy = False

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
    due = 0.0
    for width, height in stream.frames():
        if run.stopped:
            return
        now = time.monotonic()
        if run.busy or (not run.full and now < due):
            continue
        # From the last due time, not from now, so that 5 a second stay 5; a pause starts the count anew.
        due = (due if now - due < PREVIEW_S else now) + PREVIEW_S - (SLACK_S if now - due >= PREVIEW_S else 0)
        run.busy = True
        picture = stream.picture(*size_for(width, height, None if run.full else run.cell))
        news.made.emit(picture, stream.mark(MARK_SIZE.width(), MARK_SIZE.height()))


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

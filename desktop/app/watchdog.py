"""Proof of life: a beat from the thread that paints, to a C thread that dumps all stacks after 3 s, and to the supervisor's pipe."""

import faulthandler
import logging
import os
import time
from typing import TextIO

from PySide6.QtCore import QObject, Qt, QTimer

log = logging.getLogger("desktop")
PULSE_VARIABLE = "LIANDONG_PULSE_FD"
BEAT_MS = 500
STALL_S = 3.0
START_S = 60.0
"""So long many windows may be made at once, on a cold disk (the supervisor waits as long): it is no fault that they stand still."""


class Watchdog(QObject):
    """Between `start` and `stop` a window that stands still leaves all stacks in `dump_file` and, once it moves again, a sentence.

    What began in the first `start_s` is told as the start: stacks all the same, but no error. Without a `dump_file` only the pipe is
    served. A pipe whose reader is gone is left.
    """

    def __init__(
        self,
        dump_file: TextIO | None,
        parent: QObject | None = None,
        *,
        stall_s: float = STALL_S,
        start_s: float = START_S,
        beat_ms: int = BEAT_MS,
    ) -> None:
        super().__init__(parent)
        self._file, self._stall_s, self._start_s = dump_file, stall_s, start_s
        self._pulse = _pulse_fd()
        self._born_at = self._beat_at = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.setInterval(beat_ms)
        self._timer.timeout.connect(self._on_beat)

    def start(self) -> None:
        self._born_at = self._beat_at = time.monotonic()
        self._timer.start()
        self._on_beat()

    def stop(self) -> None:
        """No more dumps; the pipe stays open until the process ends, which is how the supervisor hears of it."""
        self._timer.stop()
        faulthandler.cancel_dump_traceback_later()

    def _on_beat(self) -> None:
        now = time.monotonic()
        began_at, self._beat_at = self._beat_at, now
        if now - began_at > self._stall_s:
            self._say(now - began_at, starting=began_at - self._born_at < self._start_s)
        if self._file is not None:
            faulthandler.dump_traceback_later(self._stall_s, file=self._file)
        self._tell_supervisor()

    def _say(self, stood_s: float, *, starting: bool) -> None:
        if starting:
            log.info("start: the windows were %.1f s in the making; where the time went is in the crash file", stood_s)
            told = f"启动时窗口用了 {stood_s:.1f} 秒，不是故障 / start: the windows were {stood_s:.1f} s in the making, no fault"
        else:
            log.error("the windows stood still for %.1f s; the stacks are in the crash file", stood_s)
            told = f"窗口停顿 {stood_s:.1f} 秒后恢复 / the windows stood still for {stood_s:.1f} s"
        if self._file is not None:
            self._file.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} {told}\n")
            self._file.flush()

    def _tell_supervisor(self) -> None:
        if self._pulse < 0:
            return
        try:
            os.write(self._pulse, b".")
        except BlockingIOError:
            return  # the supervisor is busy; what waits in the pipe is proof enough
        except OSError:
            log.warning("the supervisor is gone; the windows go on without it")
            self._pulse = -1


def _pulse_fd() -> int:
    """The pipe that the supervisor gave; -1 when nobody supervises."""
    text = os.environ.pop(PULSE_VARIABLE, "")
    if not text.isdigit():
        return -1
    try:
        os.set_blocking(int(text), False)
    except OSError:
        log.warning("the pipe of the supervisor is closed; nobody supervises these windows")
        return -1
    return int(text)

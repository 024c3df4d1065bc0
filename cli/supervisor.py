"""Keeps the windows running: starts them again when they died or stand still, and knows when to stop trying.

The windows' process writes one byte a second into a pipe (desktop.app.watchdog), from the thread that paints. Silence means a
frozen window, end of file a dead one. Three restarts in ten minutes end in safe mode: the windows without anything remembered,
because what is remembered may be the cause. No Qt in here, and nothing of the windows.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import FrameType

from msgspec import Struct

PULSE_VARIABLE = "LIANDONG_PULSE_FD"
RUN_DEMO = 5
"""The person chose the recorded day in the guided start."""
DONE = frozenset({0, 2, 3, RUN_DEMO, 130, -signal.SIGINT, -signal.SIGTERM})
"""Ended as asked, or for a reason that a new start does not mend (wrong arguments, no screen, no writable folder)."""
GAVE_UP = 4


class Patience(Struct, frozen=True, kw_only=True):
    """Limits of reliability.md F33, in seconds: back within 20, at most 3 restarts in 600, then safe mode."""

    silence_s: float = 10.0
    start_s: float = 60.0
    """While it is younger, silence may last as long: many windows are made at once, on a cold disk."""
    pause_s: float = 1.0
    restarts: int = 3
    window_s: float = 600.0
    end_s: float = 10.0


class Supervisor:
    """`run` until the windows end in order, or gave up. `crash_file` gets one sentence per death; None = only the console.

    `say` prints a sentence. Signals TERM and INT are passed on while `run` runs on the main thread.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        crash_file: Path | None = None,
        *,
        patience: Patience | None = None,
        say: Callable[[str], None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command = list(command)
        self._environment = dict(environment)
        self._crash_file = crash_file
        self._patience = patience or Patience()
        self._say = say or _print
        self._monotonic = monotonic
        self._restarts: deque[float] = deque()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = False
        self.safe = False

    def run(self) -> int:
        """Exit code of the windows, or 4 when they died again and again even in safe mode."""
        old = {name: signal.signal(name, self._on_signal) for name in (signal.SIGTERM, signal.SIGINT)}
        try:
            while True:
                code, why = self._one_life()
                if self._stopping or code in DONE:
                    return max(code, 0)
                self._note(why)
                if not self._may_restart():
                    self._note("反复中断，停止重启；日志在同一文件夹 / it died again and again, no more restarts")
                    return GAVE_UP
                time.sleep(self._patience.pause_s)
        finally:
            for name, handler in old.items():
                signal.signal(name, handler)

    # -- one life -----------------------------------------------------------------------------------

    def _one_life(self) -> tuple[int, str]:
        """(exit code, what happened in one sentence)"""
        reading, writing = os.pipe()
        command = [*self._command, "--safe"] if self.safe else self._command
        environment = dict(self._environment, **{PULSE_VARIABLE: str(writing)})
        try:
            process = self._process = subprocess.Popen(command, env=environment, pass_fds=(writing,))
        finally:
            os.close(writing)
        try:
            frozen_s = self._listen(reading)
            if frozen_s:
                process.kill()
                process.wait()
                return -signal.SIGKILL, f"窗口 {frozen_s:.0f} 秒没有响应，已重启 / no answer for {frozen_s:.0f} s"
            return self._buried(process)
        finally:
            os.close(reading)
            if process.poll() is None:
                process.kill()
                process.wait()

    def _listen(self, reading: int) -> float:
        """Until the pipe ends (0), or nothing came for too long (the seconds of silence)."""
        patience = self._patience
        born, silent_s = self._monotonic(), 0.0
        while True:
            began = self._monotonic()
            limit_s = patience.start_s if began - born < patience.start_s else patience.silence_s
            step_s = min(1.0, limit_s)
            ready, _, _ = select.select([reading], [], [], step_s)
            if ready:
                if not os.read(reading, 4096):
                    return 0.0
                silent_s = 0.0
                continue
            # A step that took far longer than asked: this process slept too (suspended machine), nobody was frozen.
            took_s = self._monotonic() - began
            silent_s = 0.0 if took_s > step_s * 3 else silent_s + took_s
            if silent_s >= limit_s and not self._stopping:
                return silent_s

    def _buried(self, process: "subprocess.Popen[bytes]") -> tuple[int, str]:
        try:
            code = process.wait(self._patience.end_s)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait(), "窗口结束时卡住 / the windows hung at their end"
        if code < 0:
            name = signal.Signals(-code).name
            return code, f"窗口进程被信号 {name} 中断，已重启 / the windows died of signal {name}"
        return code, f"窗口进程意外结束（{code}），已重启 / the windows ended unexpectedly with code {code}"

    def _may_restart(self) -> bool:
        now = self._monotonic()
        while self._restarts and now - self._restarts[0] > self._patience.window_s:
            self._restarts.popleft()
        if len(self._restarts) < self._patience.restarts:
            self._restarts.append(now)
            return True
        if self.safe:
            return False
        self.safe = True
        self._restarts.clear()
        self._note("十分钟内第四次中断，以安全模式启动（不恢复上次的窗口） / safe mode: nothing remembered is opened")
        return True

    # -- words --------------------------------------------------------------------------------------

    def _note(self, sentence: str) -> None:
        self._say(sentence)
        if self._crash_file is None:
            return
        line = f"{datetime.now().astimezone().isoformat(timespec='seconds')} {sentence}\n"
        with contextlib.suppress(OSError):  # the console had it; a full disk must not end the supervision
            self._crash_file.parent.mkdir(parents=True, exist_ok=True)
            with self._crash_file.open("a", encoding="utf-8") as file:
                file.write(line)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        """Ctrl-C reaches the windows by itself; a TERM to this process alone does not."""
        self._stopping = True
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)


def _print(sentence: str) -> None:
    print(f"liandong: {sentence}", file=sys.stderr, flush=True)

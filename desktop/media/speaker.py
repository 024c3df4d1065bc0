"""The loudspeaker of this machine: plays one alarm sound at a time, and says whether there is a device that plays at all.

The sound itself is made in a process of its own (`desktop.media.loudspeaker` says why); this end starts it, and starts it anew whenever
it ended: at once after a sound server was restarted, less and less often where there is no device. Speech comes after the sound that it belongs to, never over it.
"""

from __future__ import annotations

import logging
import shutil
import sys

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from domain.alarms.words import Severity

log = logging.getLogger("desktop")
SPEECH = "espeak-ng"
SPEECH_FULL = 100
"""espeak-ng's usual amplitude."""
PROCESS = (sys.executable, "-P", "-m", "desktop.media.loudspeaker")
START_MS = 1000
"""Windows come first; a sound that is wanted earlier starts it at once."""
RETRY_MS = 500
END_MS = 2000
STUCK_MS = 8000
"""Longer than any sound: a device that took it and never ends it plays nothing."""
SENTENCE_MS = 15_000
PATIENCE_S = (2, 60)
"""How long a process without a device waits for one, the first and the longest: each one waits twice as long as the one before."""


class Speaker(QObject):
    """`changed` when a device came or went. `process` is the program that plays."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None, process: tuple[str, ...] = PROCESS) -> None:
        super().__init__(parent)
        self._command = process
        self._works = True  # until it says otherwise: a start is not yet a fault
        self._patience_s = PATIENCE_S[0]
        self._process: QProcess | None = None
        self._speech: QProcess | None = None
        self._to_say: tuple[str, ...] = ()
        self._playing = False
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._on_late)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._start)
        self._again.start(START_MS)

    def available(self) -> bool:
        return self._works

    def play(self, severity: Severity, volume: float) -> bool:
        """False where it cannot be played. A sound or a sentence that still runs is cut off."""
        if not self._works:
            return False
        self._end_speech()
        if self._process is None:
            self._start()
        self._tell(f"play {severity} {volume:.3f}")
        self._playing = self._works
        self._late.start(STUCK_MS)
        return self._works

    def stop(self) -> None:
        """Silence, within what the device takes for it."""
        self._end_speech()
        self._playing = False
        self._tell("stop")

    def close(self) -> None:
        """No sound from here any more."""
        self._again.stop()
        self._late.stop()
        self._end_speech()
        process, self._process = self._process, None
        if process is not None:
            process.closeWriteChannel()  # it ends itself when nobody speaks to it
            if not process.waitForFinished(END_MS):
                process.kill()
                process.waitForFinished(END_MS)

    def can_speak(self) -> bool:
        return shutil.which(SPEECH) is not None

    def busy(self) -> bool:
        """A sound runs, a sentence is being read, or waits for its sound to end."""
        return self._playing or self._speech is not None or bool(self._to_say)

    def speak(self, text: str, language: str, volume: float) -> None:
        """Reads `text` aloud after the sound, where the machine can; nothing where it cannot."""
        if self.can_speak():
            voice = "cmn" if language == "zh" else "en"
            self._to_say = ("-v", voice, "-a", str(round(SPEECH_FULL * volume)), "--", text)

    # -- inside ---------------------------------------------------------------------------------------

    def _start(self) -> None:
        self._again.stop()
        self._process = process = QProcess(self)
        process.readyReadStandardOutput.connect(self._on_said)
        process.finished.connect(self._on_ended)
        process.errorOccurred.connect(self._on_error)
        process.start(self._command[0], [*self._command[1:], str(self._patience_s)])

    def _tell(self, line: str) -> None:
        if self._process is not None:
            self._process.write(f"{line}\n".encode("ascii"))

    def _on_said(self) -> None:
        if self._process is None:
            return
        for word in bytes(self._process.readAllStandardOutput().data()).decode("ascii").split():
            if word == "ready":
                self._patience_s = PATIENCE_S[0]
                self._set_works(True)
            elif word == "none":
                self._set_works(False)
            elif word == "silent":
                self._playing = False
                self._begin_speech()

    def _begin_speech(self) -> None:
        said, self._to_say = self._to_say, ()
        if said:
            self._speech = QProcess(self)
            self._speech.finished.connect(self._on_spoken)
            self._speech.errorOccurred.connect(self._on_spoken)
            self._speech.start(SPEECH, list(said))
            self._late.start(SENTENCE_MS)

    def _on_late(self) -> None:
        self._end_speech()
        if self._playing and self._process is not None:
            log.error("the sound device took a sound and never ended it; the loudspeaker begins anew")
            self._process.kill()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # every other error is followed by `finished`
            self._on_ended(QProcess.ProcessError.FailedToStart.value)

    def _on_ended(self, code: int) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        last = bytes(process.readAllStandardError().data()).decode("utf-8", "replace").strip().splitlines()[-1:]
        if self._works or self._patience_s == PATIENCE_S[0]:  # not at every later look for a device
            log.warning("the loudspeaker's process ended (%s): %s", code, " ".join(last))
        process.deleteLater()
        self._to_say, self._playing = (), False
        if not self._works:
            self._patience_s = min(2 * self._patience_s, PATIENCE_S[1])
        self._again.start(RETRY_MS)
        self._set_works(False)

    def _set_works(self, works: bool) -> None:
        if works != self._works:
            self._works = works
            self.changed.emit()

    def _end_speech(self) -> None:
        self._to_say = ()
        speech, self._speech = self._speech, None
        if speech is not None:
            speech.blockSignals(True)
            speech.kill()
            speech.waitForFinished(END_MS)
            speech.deleteLater()

    def _on_spoken(self) -> None:
        if self._speech is not None:
            self._speech.deleteLater()
            self._speech = None

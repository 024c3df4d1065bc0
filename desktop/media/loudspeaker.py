"""The loudspeaker's own process: `python -m desktop.media.loudspeaker PATIENCE_S`. It plays what it is told, and dies alone.

Qt's sound is torn off by the sound server: where that is restarted, the process that plays next is aborted, and one that began without a
server never finds it (Qt 6.11 on PulseAudio; tests/peers/test_sound_is_heard.py). The windows must live through both, so they only speak
with this process (`desktop.media.speaker`), and start another one when it ends.

In: lines `play SEVERITY VOLUME` and `stop`. Out: `ready` once a device could be opened, `none` where none can, `silent` when a sound is
over. It ends with 0 when nobody speaks to it any more, with NO_DEVICE when PATIENCE_S brought no device.
"""

from __future__ import annotations

import os
import sys
import threading

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QObject, Qt, QTimer, Signal
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from desktop.media.tones import RATE_HZ, pcm
from domain.alarms.words import Severity

NO_DEVICE = 3
TRIAL = bytes(RATE_HZ // 10 * 2)
"""A tenth of a second of silence: a device that is listed may still refuse to open."""
TRIAL_EVERY_MS = 30_000
"""Between trials while nothing sounds: that the server is gone must not show only with the next alarm."""


class Loudspeaker(QObject):
    """One sound at a time; a newer one cuts the older off. `told` brings a line from the windows, or nothing when they are gone."""

    told = Signal(str)

    def __init__(self, patience_s: float) -> None:
        super().__init__()
        self._patience_ms = round(patience_s * 1000)
        self._works = False
        self._ending = False
        self._told = False  # a sound that somebody wanted, no trial
        self._sink: QAudioSink | None = None
        self._buffer: QBuffer | None = None
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._try)
        self._trial = QTimer(self)
        self._trial.setInterval(TRIAL_EVERY_MS)
        self._trial.timeout.connect(self._try)
        self.told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        # Read by a thread of its own: a pipe has no notifier on every platform.
        threading.Thread(target=self._listen, name="windows", daemon=True).start()

    def begin(self) -> None:
        """Says `ready` or `none`."""
        self._trial.start()
        self._try()
        if not self._works:
            self._lose()

    def _try(self) -> None:
        """Is there a device that opens? Never while something sounds: that one will tell."""
        if self._sounds():
            return
        self._stop()
        if self._put(TRIAL) and not self._works:
            self._works = True
            self._say("ready")

    def _listen(self) -> None:
        for line in sys.stdin:
            self.told.emit(line.strip())
        self.told.emit("")

    def _on_told(self, line: str) -> None:
        word, *rest = line.split(" ")
        if not word:  # the windows are gone, or want another process
            QCoreApplication.exit(0)
            return
        self._stop()
        if word == "play" and self._works:
            self._told = True
            self._put(pcm(Severity(rest[0]), float(rest[1])))

    def _put(self, sound: bytes) -> bool:
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            self._lose()
            return False
        form = QAudioFormat()
        form.setSampleRate(RATE_HZ)
        form.setChannelCount(1)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(sound))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = QAudioSink(device, form, self)
        self._sink.setBufferSize(len(sound))  # all at once: a busy machine must not tear it
        self._sink.stateChanged.connect(self._on_state)
        self._sink.start(self._buffer)
        if self._sink.error() != QtAudio.Error.NoError:
            self._lose()
            return False
        return True

    def _sounds(self) -> bool:
        return self._sink is not None and self._sink.state() is QtAudio.State.ActiveState

    def _on_state(self) -> None:
        if self._sink is None:
            return
        state = self._sink.state()  # the signal's own word is of a type that Python is not given (PySide 6.11)
        if state is QtAudio.State.IdleState and self._told:
            self._told = False
            self._say("silent")
        elif state is QtAudio.State.StoppedState and self._sink.error() != QtAudio.Error.NoError:
            self._lose()

    def _lose(self) -> None:
        """No device now. One that comes is found by `_try`; else another process looks with fresh eyes."""
        self._stop()
        if self._works or not self._ending:
            self._works, self._ending = False, True
            self._say("none")
            QTimer.singleShot(self._patience_ms, self._end_if_lost)

    def _end_if_lost(self) -> None:
        self._ending = False
        if not self._works:
            # At once: Qt's own tidying up waits for a sound server that may be gone.
            os._exit(NO_DEVICE)

    def _stop(self) -> None:
        self._told = False
        sink, self._sink = self._sink, None
        buffer, self._buffer = self._buffer, None
        if sink is not None:
            sink.reset()  # what the device still holds is dropped, not played to its end
            sink.deleteLater()
        if buffer is not None:
            buffer.deleteLater()

    def _say(self, word: str) -> None:
        print(word, flush=True)


def main() -> int:
    app = QCoreApplication(sys.argv[:1])
    speaker = Loudspeaker(float(sys.argv[1]))
    speaker.begin()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())

"""The loudspeaker of this machine: plays one alarm sound at a time through Qt, and says whether there is a device at all."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QProcess, Signal
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from desktop.media.tones import RATE_HZ, pcm
from domain.alarms.words import Severity

log = logging.getLogger("desktop")
SPEECH = "espeak-ng"


def default_output() -> QAudioDevice | None:
    """The machine's own choice; None where nothing can play."""
    device = QMediaDevices.defaultAudioOutput()
    return None if device.isNull() else device


class Speaker(QObject):
    """`changed` when a device came or went. `device` is asked anew for each sound: a plug may be pulled at any time."""

    changed = Signal()

    def __init__(
        self, parent: QObject | None = None, device: Callable[[], QAudioDevice | None] = default_output
    ) -> None:
        super().__init__(parent)
        self._device = device
        self._watch = QMediaDevices(self)
        self._watch.audioOutputsChanged.connect(self.changed)
        self._sink: QAudioSink | None = None
        self._buffer: QBuffer | None = None
        self._speech: QProcess | None = None

    def available(self) -> bool:
        return self._device() is not None

    def play(self, severity: Severity, volume: float) -> bool:
        """False where it could not be played. A sound that still runs is cut off."""
        device = self._device()
        if device is None:
            return False
        self.stop()
        form = QAudioFormat()
        form.setSampleRate(RATE_HZ)
        form.setChannelCount(1)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pcm(severity, volume)))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = QAudioSink(device, form, self)
        self._sink.start(self._buffer)
        if self._sink.error() != QtAudio.Error.NoError:
            log.warning("sound could not be played: %s", self._sink.error())
            self.stop()
            return False
        return True

    def stop(self) -> None:
        if self._sink is not None:
            self._sink.stop()
            self._sink.deleteLater()
            self._sink = None
        if self._buffer is not None:
            self._buffer.deleteLater()
            self._buffer = None

    def can_speak(self) -> bool:
        return shutil.which(SPEECH) is not None

    def speak(self, text: str, language: str) -> None:
        """Reads `text` aloud where the machine can; one sentence at a time, a newer one waits for the next alarm."""
        if self._speech is not None or not self.can_speak():
            return
        self._speech = QProcess(self)
        self._speech.finished.connect(self._on_spoken)
        self._speech.errorOccurred.connect(self._on_spoken)
        self._speech.start(SPEECH, ["-v", "cmn" if language == "zh" else "en", "--", text])

    def _on_spoken(self) -> None:
        if self._speech is not None:
            self._speech.deleteLater()
            self._speech = None

"""Photos of findings: fetched through the bridge, decoded within limits of pixels, small ones kept. And files of this machine read in."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from desktop.services.values import Refusal
from desktop.views.inspection.action_specs import AnswerError
from desktop.views.words import filled
from domain.documents import BlobRef

if TYPE_CHECKING:
    from desktop.bridge import Bridge

MOST_BYTES = 8 * 2**20
MOST_PIXELS = 40_000_000
SHOWN = QSize(640, 480)
KEPT = 40


def read_file(text: str) -> bytes:
    """The bytes of a file that a person named. Raises AnswerError; looks at the size before it reads."""
    translate = QCoreApplication.translate
    path = Path(text.strip().strip('"')).expanduser()
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AnswerError(translate("inspection", "文件超过 8 兆"))
        return path.read_bytes()
    except OSError as error:
        words = {"file": path.name, "why": error.strerror or ""}
        raise AnswerError(filled(translate("inspection", "读不了 {file}：{why}"), words)) from None


def decoded(data: bytes) -> QImage | None:
    """A small picture; None for what is no picture, or too large to be decoded here."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return None
    reader.setScaledSize(
        size.scaled(SHOWN, Qt.AspectRatioMode.KeepAspectRatio) if size.width() > SHOWN.width() else size
    )
    image = reader.read()
    return None if image.isNull() else image


class _Question:
    """One file asked for; dropped, its answer is worth nothing (the window may be gone by then)."""

    def __init__(self, loader: PhotoLoader, ref: BlobRef) -> None:
        self._loader: PhotoLoader | None = loader
        self.ref = ref

    def drop(self) -> None:
        self._loader = None

    def done(self, answer: bytes | Refusal) -> None:
        if self._loader is not None:
            self._loader.take(self, answer)


class PhotoLoader(QObject):
    """`loaded` tells the digest when a picture, or the reason why there is none, has come."""

    loaded = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._known: OrderedDict[str, QImage | str] = OrderedDict()
        self._asked: dict[str, _Question] = {}

    def get(self, ref: BlobRef) -> QImage | str:
        """The picture, or a code: loading · bad_file · offline …"""
        if ref.sha256 in self._known:
            self._known.move_to_end(ref.sha256)
            return self._known[ref.sha256]
        if ref.sha256 not in self._asked:
            question = self._asked[ref.sha256] = _Question(self, ref)
            self._bridge.get_blob_then(ref, question.done)
        return self._known.get(ref.sha256, "loading")

    def take(self, question: _Question, answer: bytes | Refusal) -> None:
        sha256 = question.ref.sha256
        self._asked.pop(sha256, None)
        if isinstance(answer, Refusal):
            self._keep(sha256, answer.code)
        else:
            self._keep(sha256, decoded(answer) or "bad_file")
        self.loaded.emit(sha256)

    def again(self) -> None:
        """The line is back: ask anew for what could not be had."""
        self._known = OrderedDict((key, value) for key, value in self._known.items() if isinstance(value, QImage))

    def stop(self) -> None:
        for question in self._asked.values():
            question.drop()
        self._asked.clear()

    def _keep(self, sha256: str, value: QImage | str) -> None:
        self._known[sha256] = value
        while len(self._known) > KEPT:
            self._known.popitem(last=False)

"""P: the paper of a handover in its preview. Of a signed one the files that were kept at signing are handed out, unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from desktop.services.reports.paper import Paper
from desktop.services.values import Refusal
from desktop.theme.theme import Theme
from desktop.views.handover.desk import HandoverDesk
from desktop.views.handover.feed import HandoverFeed
from desktop.views.handover.paper import compose
from desktop.views.handover.words import refusal_text
from desktop.views.reports.preview import PreviewWindow
from desktop.views.words import filled
from domain.documents import BlobRef
from domain.handover.values import Handover

if TYPE_CHECKING:
    from desktop.bridge import Bridge

translate = QCoreApplication.translate
SUFFIXES = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/json": "json",
}


class PapersOut(QObject):
    """`preview` = the window that was opened last."""

    def __init__(
        self, theme: Theme, bridge: Bridge, feed: HandoverFeed, desk: HandoverDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._bridge, self._feed, self._desk = theme, bridge, feed, desk
        self._handover: Handover | None = None
        self._wanted: list[BlobRef] = []
        self._files: dict[str, bytes] = {}
        self.preview: PreviewWindow | None = None

    def show(self, handover: Handover) -> None:
        self._handover, self._wanted, self._files = handover, list(handover.papers), {}
        self._next()

    def _next(self) -> None:
        if self._wanted:
            self._bridge.get_blob_then(self._wanted[0], self._on_file)
        else:
            self._open()

    def _on_file(self, answer: bytes | Refusal) -> None:
        handover = self._handover
        if handover is None or not self._wanted:
            return  # another one was asked for meanwhile
        ref = self._wanted.pop(0)
        if isinstance(answer, Refusal):
            words = {"reason": refusal_text(answer.code, answer.detail)}
            text = translate("handover", "签名时所存的文件取不到（{reason}）；以下由记录重排，内容相同")
            self._desk.say(filled(text, words), good=False)
            self._wanted, self._files = [], {}
        else:
            self._files[_name(handover, ref, self._paper(handover).file_name)] = answer
        self._next()

    def _open(self) -> None:
        handover = self._handover
        assert handover is not None
        self.preview = PreviewWindow(self._theme, self._paper(handover), kept=self._files)
        self.preview.show()

    def _paper(self, handover: Handover) -> Paper:
        reference = self._feed.reference
        return compose(handover, self._feed.speech(), reference.site if reference else "")


def _name(handover: Handover, ref: BlobRef, name: str) -> str:
    suffix = SUFFIXES.get(ref.media_type, "bin")
    if suffix != "json":
        return f"{name}.{suffix}"
    signature = handover.signed_in
    if signature is not None and ref.sha256 == signature.sha256:
        return f"{name} " + translate("handover", "签名内容") + ".json"
    return f"{name} " + translate("handover", "交接记录") + ".json"

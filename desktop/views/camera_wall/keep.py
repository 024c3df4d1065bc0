"""A snapshot becomes evidence of a ticket: coded as JPEG, safe on this disk, then a photo of the ticket (document `evidence`).

It works without a line as well: the file and the command wait in the outbox. What is refused is said here, in words.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from desktop.services.values import Refusal
from desktop.views.refusal_words import reason_text
from desktop.views.words import filled
from domain.documents import BlobRef
from domain.evidence import NAME, Attach, Moment
from domain.ids import TicketId

if TYPE_CHECKING:
    from desktop.bridge import Bridge

QUALITY = 90


class SnapshotKeeper(QObject):
    """`told(text)`: what became of a snapshot."""

    told = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def keep(self, ticket_id: TicketId, image: QImage, taken_at: datetime, about: str) -> None:
        """`image` with its watermark; `about`: which camera, in words, kept as the photo's text. Business time."""
        _Keeping(self, self._bridge, ticket_id, taken_at, about).begin(jpeg_of(image))


class _Keeping(QObject):
    """One snapshot on its way; it deletes itself when it is done."""

    def __init__(
        self, keeper: SnapshotKeeper, bridge: Bridge, ticket_id: TicketId, taken_at: datetime, about: str
    ) -> None:
        super().__init__(keeper)
        self._keeper, self._bridge = keeper, bridge
        self._ticket_id, self._taken_at, self._about = ticket_id, taken_at, about

    def begin(self, data: bytes) -> None:
        self._keeper.told.emit(filled(self.tr("截图存入工单 {id}…"), {"id": self._ticket_id}))
        self._bridge.put_blob_then(data, self._on_blob)

    def _on_blob(self, answer: BlobRef | Refusal) -> None:
        # The window may be closed meanwhile: the photo is given all the same, only nobody hears of it.
        heard = isValid(self)
        if not isinstance(answer, Refusal):
            command = Attach(
                ticket=self._ticket_id,
                moment=Moment.SITE,
                photo=answer,
                taken_at=self._taken_at,
                text=self._about,
            )
            given = self._bridge.commander.act(NAME, command)
            answer = given if isinstance(given, Refusal) else answer
        if not heard:
            return
        if isinstance(answer, Refusal):
            reason = reason_text(answer.code, answer.detail)
            self._keeper.told.emit(filled(self.tr("截图没有存入：{reason}"), {"reason": reason}))
        elif self._bridge.online:
            self._keeper.told.emit(filled(self.tr("截图已作为证据存入工单 {id}"), {"id": self._ticket_id}))
        else:
            self._keeper.told.emit(
                filled(self.tr("截图已存本机，联动服务恢复后送到工单 {id}"), {"id": self._ticket_id})
            )
        self.deleteLater()


def jpeg_of(image: QImage) -> bytes:
    """A picture of the size of a camera's frame stays far below the limit of one file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", QUALITY)  # type: ignore[call-overload] # PySide takes text, its stubs say bytes
    return bytes(buffer.data().data())

"""The papers of signed handovers as they were kept, straight from the log: handed out byte for byte, checked against their digests."""

from datetime import date
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection

from backend.store import documents
from backend.store.offline import reading
from domain.documents import BlobRef
from domain.handover.canonical import report_hash
from domain.handover.kind import HANDOVER
from domain.handover.values import Handover
from domain.handover.words import HandoverState
from protocol.documents import KindBook

SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


class Kept(Struct, frozen=True):
    """`files` by name; empty where it is not signed, or its papers are not kept yet. `faults`: files that are not what was kept."""

    handover: Handover
    files: dict[str, bytes]
    faults: tuple[str, ...]

    @property
    def signed(self) -> bool:
        return self.handover.state is HandoverState.SIGNED

    @property
    def same(self) -> bool:
        """Whether both signed what stands in the log. False also for what was signed before both signed the same."""
        out, into = self.handover.signed_out, self.handover.signed_in
        return out is not None and into is not None and out.sha256 == into.sha256 == report_hash(self.handover)


def kept_handovers(database: str, data: Path, day: date | None) -> list[Kept]:
    """Of the shifts that began on `day`, or (None) of all, oldest first. Raises FileNotFoundError, StoreError."""

    def read(connection: Connection) -> list[Kept]:
        book = KindBook((HANDOVER,))
        found = [one for _, one in documents.scan(connection, book) if isinstance(one, Handover)]
        chosen = sorted((one for one in found if day in (None, one.shift.day)), key=lambda one: one.shift.starts_at)
        return [_kept(connection, one) for one in chosen]

    return reading(database, data, read)


def _kept(connection: Connection, handover: Handover) -> Kept:
    files, faults = {}, []
    for ref in handover.papers:
        content = documents.blob_part(connection, ref.sha256, 0, ref.size)
        name = f"{handover.id}{_ending(handover, ref)}"
        files[name] = content
        if sha256(content).hexdigest() != ref.sha256:
            faults.append(name)
    return Kept(handover, files, tuple(faults))


def _ending(handover: Handover, ref: BlobRef) -> str:
    if ref.media_type in SUFFIXES:
        return SUFFIXES[ref.media_type]
    signature = handover.signed_in
    return "-content.json" if signature is not None and ref.sha256 == signature.sha256 else "-record.json"

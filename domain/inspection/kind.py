"""Joint inspection as a kind of document."""

from domain.documents import BlobRef, DocKind, numbered
from domain.ids import TicketId
from domain.inspection.commands import Command
from domain.inspection.deciding import decide
from domain.inspection.events import Event
from domain.inspection.matrix import BESIDE_EACH_OTHER, MATRIX, OFFLINE
from domain.inspection.papers import ID_PREFIX
from domain.inspection.projection import apply
from domain.inspection.values import Inspection

NAME = "inspection"


def _blobs(inspection: Inspection) -> tuple[BlobRef, ...]:
    photos = [photo for found in inspection.findings.values() for photo in found.photos]
    return (*photos, *(notice.receipt for notice in inspection.notices if notice.receipt is not None))


def _ticket_of(inspection: Inspection) -> TicketId | None:
    return inspection.plan.tickets[0] if inspection.plan.tickets else None


INSPECTION = DocKind(
    name=NAME,
    commands=Command,
    events=Event,
    state=Inspection,
    decide=decide,
    apply=apply,
    new_id=numbered(ID_PREFIX),
    roles={name: row.roles for name, row in MATRIX.items()},
    creates=frozenset({"plan"}),
    offline_allowed=OFFLINE,
    any_version=BESIDE_EACH_OTHER,
    blobs=_blobs,
    ticket_of=_ticket_of,
)

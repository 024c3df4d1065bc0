"""The tables of a site as a kind of document: one document per revision."""

from datetime import datetime

from msgspec.structs import replace

from domain.documents import DocKind, DocumentError, numbered
from domain.tables import events
from domain.tables.commands import Command
from domain.tables.deciding import NAME, decide
from domain.tables.events import Event
from domain.tables.values import Revision, Rows
from domain.tables.words import Progress
from domain.vocabulary import Role

EDITORS = frozenset({Role.SYSTEM_ADMIN})
"""三员分立: the system officer keeps the tables; everybody reads them, and proposals come from the work itself."""
ID_PREFIX = "BG"


def apply(revision: Revision | None, doc_id: str, version: int, event: Event, at: datetime) -> Revision:
    """What an event made true. A revision stays open for ever: the table is made of all of them."""
    match event:
        case events.Started():
            return Revision(
                id=doc_id,
                version=version,
                changed_at=at,
                table=event.table,
                progress=Progress.DRAFT,
                reason=event.reason,
                valid_from=event.valid_from,
                started_at=at,
                by=event.by,
            )
        case events.Amended():
            return Revision(
                id=doc_id,
                version=version,
                changed_at=at,
                table=event.table,
                progress=Progress.PUBLISHED,
                number=event.number,
                reason=event.reason,
                valid_from=event.valid_from,
                started_at=at,
                by=event.by,
                rows=event.rows,
                published_at=at,
            )
    if revision is None:
        raise DocumentError(f"{NAME} {doc_id}: {type(event).__name__} without a revision")
    match event:
        case events.RowsPut(rows=rows):
            return replace(revision, rows=joined(revision.rows, rows))
        case events.Published(number=number, valid_from=valid_from):
            return replace(revision, progress=Progress.PUBLISHED, number=number, valid_from=valid_from, published_at=at)
        case events.Dropped():
            # Its rows never counted: nobody needs to carry them on.
            return replace(revision, progress=Progress.DROPPED, rows=Rows(), is_open=False)


def joined(first: Rows, then: Rows) -> Rows:
    return Rows(**{field: (*getattr(first, field), *getattr(then, field)) for field in first.__struct_fields__})


TABLES = DocKind(
    name=NAME,
    commands=Command,
    events=Event,
    state=Revision,
    decide=decide,
    apply=apply,
    new_id=numbered(ID_PREFIX),
    roles={name: EDITORS for name in ("start", "put", "publish", "drop", "amend")},
    creates=frozenset({"start", "amend"}),
)

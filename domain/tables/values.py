"""One revision of one table: the rows it adds, changes or takes away. Published revisions, one after the other, are the table."""

from datetime import date, datetime

from msgspec import Struct

from domain.actor import ActorRef
from domain.catalogue import Item
from domain.clocks import OfficeHours
from domain.components import Component
from domain.documents import DocumentState
from domain.organisation import Area, Post, Unit
from domain.tables.words import Progress, Table

FIRST = 1
"""Number of the tables that the site was set up with; the first revision is number 2."""


class WorkDay(Struct, frozen=True, omit_defaults=True):
    """A day that differs from the statutory calendar. `working` None = as the statutory calendar has it again."""

    day: date
    working: bool | None


class Rows(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Changes. `gone` = codes of areas, units ("U…"), posts ("area/role") or components that are no longer; items are retired instead."""

    items: tuple[Item, ...] = ()
    areas: tuple[Area, ...] = ()
    units: tuple[Unit, ...] = ()
    posts: tuple[Post, ...] = ()
    components: tuple[Component, ...] = ()
    days: tuple[WorkDay, ...] = ()
    hours: tuple[OfficeHours, ...] = ()
    """Of every working day from now on; one at most."""
    gone: tuple[str, ...] = ()

    def __len__(self) -> int:
        return sum(len(getattr(self, field)) for field in self.__struct_fields__)

    def __bool__(self) -> bool:
        return len(self) > 0


class Revision(DocumentState, frozen=True, kw_only=True):
    """`number` counts the published revisions of a table; 0 while it is a draft. `by` is role and seat, never a person."""

    table: Table
    progress: Progress
    number: int = 0
    reason: str
    valid_from: datetime | None = None
    started_at: datetime
    by: ActorRef
    rows: Rows = Rows()
    published_at: datetime | None = None


def post_key(post: Post) -> str:
    return f"{post.area}/{post.role}"

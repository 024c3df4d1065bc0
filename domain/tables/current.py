"""The tables as they are: what the site was set up with, and every published revision laid over it in the order of their numbers."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from domain.catalogue import Catalogue, Item
from domain.clocks import OfficeHours
from domain.components import Component
from domain.ids import AreaCode, UnitId
from domain.organisation import Area, Post, Unit
from domain.tables.values import Revision, Rows, post_key
from domain.tables.words import Progress, Table


class Tables(Struct, frozen=True, kw_only=True):
    """All tables of a site. `items` holds every version of every item."""

    items: tuple[Item, ...] = ()
    areas: dict[AreaCode, Area] = {}
    units: dict[UnitId, Unit] = {}
    posts: dict[str, Post] = {}
    components: dict[str, Component] = {}
    days: dict[date, bool] = {}
    hours: OfficeHours = OfficeHours()

    @property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.items)


def published(revisions: Iterable[Revision], table: Table | None = None) -> list[Revision]:
    """Those that count, in the order in which they were published."""
    found = [one for one in revisions if one.progress is Progress.PUBLISHED and table in (None, one.table)]
    return sorted(found, key=lambda one: (one.table, one.number))


def items_of(revision: Revision) -> tuple[Item, ...]:
    """The items of a published revision, as they are filed under: its number is their version."""
    return tuple(replace(item, version=revision.number, valid_from=revision.valid_from) for item in revision.rows.items)


def laid_over(tables: Tables, revisions: Iterable[Revision]) -> Tables:
    """`tables` after all published revisions among these."""
    items = list(tables.items)
    areas, units, posts = dict(tables.areas), dict(tables.units), dict(tables.posts)
    components, days, hours = dict(tables.components), dict(tables.days), tables.hours
    for revision in published(revisions):
        items.extend(items_of(revision))
        lay(revision.rows, areas, units, posts, components, days)
        hours = next(iter(revision.rows.hours), hours)
    return Tables(
        items=tuple(items), areas=areas, units=units, posts=posts, components=components, days=days, hours=hours
    )


def lay(
    rows: Rows,
    areas: dict[AreaCode, Area],
    units: dict[UnitId, Unit],
    posts: dict[str, Post],
    components: dict[str, Component],
    days: dict[date, bool],
) -> None:
    """Changes the given tables by the rows of one revision; what is gone goes first, so that a code can come back."""
    for code in rows.gone:
        areas.pop(AreaCode(code), None)
        units.pop(UnitId(code), None)
        posts.pop(code, None)
        components.pop(code, None)
    areas.update((area.code, area) for area in rows.areas)
    units.update((unit.id, unit) for unit in rows.units)
    posts.update((post_key(post), post) for post in rows.posts)
    components.update((component.id, component) for component in rows.components)
    for day in rows.days:
        if day.working is None:
            days.pop(day.day, None)
        else:
            days[day.day] = day.working

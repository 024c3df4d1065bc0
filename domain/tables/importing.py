"""What a file would change, before anything is changed: the plan of an import, the same for the console and for the windows.

A file with one row that cannot be read changes nothing: its plan has problems and no rows to send.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from domain.components import Component
from domain.organisation import Area, Post, Unit
from domain.tables.current import Tables
from domain.tables.deciding import MOST_ROWS
from domain.tables.difference import list_difference
from domain.tables.read_components import read_components
from domain.tables.read_items import read_items
from domain.tables.read_places import one_sheet, read_areas, read_posts, read_units
from domain.tables.sheets import Problem, Reading, Sheet
from domain.tables.values import Rows, post_key
from domain.tables.words import Table
from domain.tables.write import (
    Grid,
    areas_table,
    components_table,
    items_table,
    posts_table,
    units_table,
)

PART_BYTES = 36 * 1024
"""Of one command: a frame carries 64 KiB with its envelope."""
T = TypeVar("T")


class What(StrEnum):
    """What a file holds."""

    ITEMS = "items"
    AREAS = "areas"
    UNITS = "units"
    POSTS = "posts"
    COMPONENTS = "components"


TABLE_OF = {
    What.ITEMS: Table.LIST,
    What.AREAS: Table.ORGANISATION,
    What.UNITS: Table.ORGANISATION,
    What.POSTS: Table.ORGANISATION,
    What.COMPONENTS: Table.COMPONENTS,
}


class How(StrEnum):
    ADDED = "added"
    REVISED = "revised"
    GONE = "gone"


class Change(Struct, frozen=True):
    """`fields`: names of the fields that differ, of a revised row."""

    how: How
    code: str
    name: str
    fields: tuple[str, ...] = ()


class Plan(Struct, frozen=True, kw_only=True):
    """`rows` is empty where there are problems. `read` = rows of the file that were understood, `same` = those that change nothing."""

    what: What
    rows: Rows = Rows()
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: dict[str, tuple[str, int]] = {}
    read: int = 0
    same: int = 0

    @property
    def table(self) -> Table:
        return TABLE_OF[self.what]

    def count(self, how: How) -> int:
        return sum(1 for change in self.changes if change.how is how)


def plan_import(what: What, sheets: Sequence[Sheet], tables: Tables, *, whole: bool) -> Plan:
    """`whole`: the file is the whole table, and what it does not name is retired or gone; else that stays."""
    if what is What.ITEMS:
        return _plan_items(sheets, tables, whole=whole)
    sheet = one_sheet(sheets)
    if what is What.AREAS:
        areas = read_areas(sheet, {} if whole else tables.areas)
        return _plan(what, areas, tables.areas, lambda area: str(area.code), lambda area: area.name, whole=whole)
    if what is What.UNITS:
        units = read_units(sheet, {} if whole else tables.units, tables.areas)
        return _plan(what, units, tables.units, lambda unit: str(unit.id), lambda unit: unit.name, whole=whole)
    if what is What.POSTS:
        posts = read_posts(sheet, tables.areas, tables.units)
        return _plan(what, posts, tables.posts, post_key, lambda post: post.role, whole=whole)
    found = read_components(sheet, tables.areas)
    return _plan(what, found, tables.components, lambda one: one.id, lambda one: one.kind, whole=whole)


def _plan_items(sheets: Sequence[Sheet], tables: Tables, *, whole: bool) -> Plan:
    known = tables.catalogue
    reading = read_items(sheets, known)
    difference = list_difference(known, reading.rows, keep_missing=not whole)
    changes = (
        *(Change(How.ADDED, item.code, item.name) for item in difference.added),
        *(Change(How.REVISED, each.after.code, each.after.name, each.fields) for each in difference.revised),
        *(Change(How.GONE, item.code, item.name) for item in difference.retired),
    )
    return Plan(
        what=What.ITEMS,
        rows=Rows() if reading.problems else Rows(items=difference.changes),
        changes=changes,
        problems=reading.problems,
        notes=reading.notes,
        read=len(reading.rows),
        same=difference.same,
    )


def _plan(
    what: What,
    reading: Reading[T],
    known: Mapping[Any, T],
    key: Callable[[T], str],
    name: Callable[[T], str],
    *,
    whole: bool,
) -> Plan:
    changes: list[Change] = []
    wanted: list[T] = []
    for row in reading.rows:
        before = known.get(key(row))
        if before == row:
            continue
        wanted.append(row)
        fields = () if before is None else _differing(before, row)
        changes.append(Change(How.ADDED if before is None else How.REVISED, key(row), name(row), fields))
    there = {key(row) for row in reading.rows}
    gone = [row for code, row in known.items() if whole and str(code) not in there]
    changes += [Change(How.GONE, key(row), name(row)) for row in gone]
    changed: dict[str, Any] = {what.value: tuple(wanted), "gone": tuple(map(key, gone))}
    rows = Rows(**changed)
    return Plan(
        what=what,
        rows=Rows() if reading.problems else rows,
        changes=tuple(changes),
        problems=reading.problems,
        read=len(reading.rows),
        same=len(reading.rows) - len(wanted),
    )


def _differing(before: Any, after: Any) -> tuple[str, ...]:
    return tuple(name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name))


def parts(rows: Rows) -> list[Rows]:
    """The rows in pieces that fit into one command each, in their order."""
    found: list[Rows] = []
    for field in rows.__struct_fields__:
        piece: list[Any] = []
        size = 0
        for row in getattr(rows, field):
            bytes_ = len(msgspec.json.encode(row)) + 1
            if piece and (size + bytes_ > PART_BYTES or len(piece) == MOST_ROWS):
                found.append(Rows(**{field: tuple(piece)}))
                piece, size = [], 0
            piece.append(row)
            size += bytes_
        if piece:
            found.append(Rows(**{field: tuple(piece)}))
    return found


def bundles(rows: Rows, most: int) -> list[list[Rows]]:
    """`parts`, grouped into revisions of at most `most` rows: a large register is several revisions."""
    found: list[list[Rows]] = []
    count = most
    for part in parts(rows):
        if count + len(part) > most:
            found.append([])
            count = 0
        found[-1].append(part)
        count += len(part)
    return found


def export(what: What, tables: Tables) -> Grid:
    """The table as it is now, heading first."""
    if what is What.ITEMS:
        return items_table(tables.catalogue)
    if what is What.AREAS:
        return areas_table(sorted(tables.areas.values(), key=lambda area: area.code))
    if what is What.UNITS:
        return units_table(tables.units.values())
    if what is What.POSTS:
        return posts_table(tables.posts.values())
    return components_table(tables.components.values())


_ROWS: tuple[tuple[type, str], ...] = ((Area, "areas"), (Unit, "units"), (Post, "posts"), (Component, "components"))


def page(table: Table, tables: Tables, offset: int, limit: int) -> tuple[Rows, int]:
    """(a part of the table, how many rows there are): how a table too large for one answer is read."""
    if table is Table.LIST:
        return Rows(items=tables.items[offset : offset + limit]), len(tables.items)
    flat: list[Any] = (
        list(tables.components.values())
        if table is Table.COMPONENTS
        else [*tables.areas.values(), *tables.units.values(), *tables.posts.values()]
    )
    cut = flat[offset : offset + limit]
    rows: dict[str, Any] = {name: tuple(row for row in cut if type(row) is kind) for kind, name in _ROWS}
    return Rows(**rows), len(flat)

"""May a table be changed so? Every row is looked at before anything counts: a revision is published whole or not at all."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from domain.actor import ref_of
from domain.catalogue import Item
from domain.clocks import OfficeHours
from domain.components import ComponentError, check_number
from domain.documents import DocContext, DocDecision, refuse
from domain.ids import AreaCode, UnitId
from domain.lifecycle.core import Rejection
from domain.organisation import LEVEL_OF_CODE_LENGTH, Area, Unit, find_loop
from domain.tables import commands, events
from domain.tables.current import lay, published
from domain.tables.office_hours import hours_can_be, hours_text
from domain.tables.values import FIRST, Revision, Rows
from domain.tables.words import Progress, Table
from domain.tables.words import TableCode as Code

NAME = "tables"
MOST_ROWS = 200
"""In one command: about what a frame carries."""
MOST_DRAFT_ROWS = 4000
"""In one revision: its whole state is written with every part."""
MOST_REASON = 200
MOST_NAME = 200
MOST_TEXT = 600
MOST_CODE = 32
MOST_LIMIT = 1000.0
"""Hours or days: more is a mistake of the pen."""
MOST_AHEAD = timedelta(days=3660)
BELONGS = {
    Table.LIST: ("items",),
    Table.ORGANISATION: ("areas", "units", "posts", "gone"),
    Table.COMPONENTS: ("components", "gone"),
    Table.CALENDAR: ("days", "hours"),
}
"""Which rows a revision of a table may hold."""


def decide(command: commands.Command, revision: Revision | None, ctx: DocContext) -> DocDecision | Rejection:
    match command:
        case commands.Start():
            return _start(command, ctx)
        case commands.Amend():
            return _amend(command, ctx)
    assert revision is not None  # only start and amend come without a document
    if revision.progress is not Progress.DRAFT:
        return refuse(Code.NOT_A_DRAFT)
    match command:
        case commands.Put():
            return _put(command, revision)
        case commands.Publish():
            return _publish(revision, ctx)
        case commands.Drop():
            return DocDecision(events.Dropped())


def _start(command: commands.Start, ctx: DocContext) -> DocDecision | Rejection:
    wrong = _heading(command, ctx)
    if wrong is not None:
        return wrong
    event = events.Started(
        table=command.table, reason=command.reason.strip(), valid_from=command.valid_from, by=ref_of(ctx.actor)
    )
    return DocDecision(event)


def _amend(command: commands.Amend, ctx: DocContext) -> DocDecision | Rejection:
    if len(command.rows) > MOST_ROWS:
        return refuse(Code.TOO_MANY, most=MOST_ROWS)
    wrong = _heading(command, ctx) or shape(command.table, command.rows) or _whole(command.table, command.rows, ctx)
    if wrong is not None:
        return wrong
    event = events.Amended(
        table=command.table,
        number=_next_number(command.table, ctx),
        reason=command.reason.strip(),
        valid_from=command.valid_from or ctx.now,
        by=ref_of(ctx.actor),
        rows=command.rows,
    )
    return DocDecision(event)


def _put(command: commands.Put, revision: Revision) -> DocDecision | Rejection:
    if len(command.rows) + len(revision.rows) > MOST_DRAFT_ROWS:
        return refuse(Code.TOO_MANY, most=MOST_DRAFT_ROWS)
    if len(command.rows) > MOST_ROWS:
        return refuse(Code.TOO_MANY, most=MOST_ROWS)
    return shape(revision.table, command.rows) or DocDecision(events.RowsPut(rows=command.rows))


def _publish(revision: Revision, ctx: DocContext) -> DocDecision | Rejection:
    wrong = _whole(revision.table, revision.rows, ctx)
    if wrong is not None:
        return wrong
    # A draft may lie for days: it then counts from its publishing.
    valid_from = max(revision.valid_from or ctx.now, ctx.now)
    return DocDecision(events.Published(number=_next_number(revision.table, ctx), valid_from=valid_from))


# -- heading ----------------------------------------------------------------------------------------


def _heading(command: commands.Start | commands.Amend, ctx: DocContext) -> Rejection | None:
    if not command.reason.strip():
        return refuse(Code.REASON_REQUIRED)
    if len(command.reason) > MOST_REASON:
        return refuse(Code.TOO_LONG, field="reason", most=MOST_REASON)
    wrong = _when(command.valid_from, ctx.now)
    if wrong is not None:
        return wrong
    draft = next((one for one in _revisions(ctx) if _is_draft(one, command.table)), None)
    return refuse(Code.DRAFT_OPEN, id=draft.id) if draft is not None else None


def _when(valid_from: datetime | None, now: datetime) -> Rejection | None:
    """What was filed yesterday keeps yesterday's list: no version counts backwards."""
    if valid_from is not None and not now <= valid_from <= now + MOST_AHEAD:
        return refuse(Code.IN_THE_PAST, valid_from=valid_from.isoformat())
    return None


def _is_draft(revision: Revision, table: Table) -> bool:
    return revision.table is table and revision.progress is Progress.DRAFT


def _revisions(ctx: DocContext) -> list[Revision]:
    return [one for one in ctx.open_of(NAME) if isinstance(one, Revision)]


def _next_number(table: Table, ctx: DocContext) -> int:
    return max((one.number for one in published(_revisions(ctx), table)), default=FIRST) + 1


# -- one row by itself ------------------------------------------------------------------------------


def shape(table: Table, rows: Rows) -> Rejection | None:
    """Whether each row by itself can be in this table."""
    for field in rows.__struct_fields__:
        if getattr(rows, field) and field not in BELONGS[table]:
            return refuse(Code.WRONG_TABLE, table=table)
    if len(rows.hours) > 1:
        return refuse(Code.TOO_MANY, most=1)
    wrongs = (
        *map(_item, rows.items),
        *map(_area, rows.areas),
        *map(_unit, rows.units),
        *(_texts(post.area, role=post.role) for post in rows.posts),
        *(refuse(Code.TOO_MANY, most=10_000) for post in rows.posts if not 0 < post.count <= 10_000),
        *(_component(component.id, component.kind, component.place) for component in rows.components),
        *(_day(day.day) for day in rows.days),
        *map(_hours, rows.hours),
    )
    return next((wrong for wrong in wrongs if wrong is not None), None)


def _item(item: Item) -> Rejection | None:
    wrong = _code(item.code) or _texts(
        item.code, name=item.name, class_name=item.class_name, sub_class_name=item.sub_class_name
    )
    wrong = wrong or _long(
        MOST_TEXT,
        filing_condition=item.filing_condition,
        closing_condition=item.closing_condition,
        unit=item.unit,
        department=item.department,
        law=item.law,
    )
    if wrong is None and item.limit is not None and not 0 < item.limit.amount <= MOST_LIMIT:
        return refuse(Code.BAD_LIMIT, row=item.code)
    return wrong


def _area(area: Area) -> Rejection | None:
    if len(area.code) not in LEVEL_OF_CODE_LENGTH or not (area.code.isascii() and area.code.isdigit()):
        return refuse(Code.BAD_CODE, row=area.code)
    return _texts(area.code, name=area.name)


def _unit(unit: Unit) -> Rejection | None:
    return _code(unit.id) or _texts(unit.id, name=unit.name)


def _component(number: str, kind: str, place: str) -> Rejection | None:
    try:
        check_number(number)
    except ComponentError:
        return refuse(Code.BAD_CODE, row=number)
    return _texts(number, kind=kind) or _long(MOST_NAME, place=place)


def _day(day: date) -> Rejection | None:
    return None if 2000 <= day.year < 2200 else refuse(Code.BAD_DAY, day=day.isoformat())


def _hours(hours: OfficeHours) -> Rejection | None:
    return None if hours_can_be(hours) else refuse(Code.BAD_HOURS, text=hours_text(hours))


def _code(code: str) -> Rejection | None:
    plain = code.replace("-", "").replace("_", "")
    fits = 0 < len(code) <= MOST_CODE and plain.isascii() and plain.isalnum()
    return None if fits else refuse(Code.BAD_CODE, row=code)


def _texts(code: str, **names: str) -> Rejection | None:
    if any(not name.strip() for name in names.values()):
        return refuse(Code.NO_NAME, row=code)
    return _long(MOST_NAME, **names)


def _long(most: int, **texts: str) -> Rejection | None:
    for field, text in texts.items():
        if len(text) > most:
            return refuse(Code.TOO_LONG, field=field, most=most)
    return None


# -- the table as a whole ---------------------------------------------------------------------------


def _whole(table: Table, rows: Rows, ctx: DocContext) -> Rejection | None:
    if not rows:
        return refuse(Code.NOTHING_CHANGED)
    keys: tuple[tuple[Any, ...], ...] = (
        tuple(item.code for item in rows.items),
        tuple(area.code for area in rows.areas),
        tuple(unit.id for unit in rows.units),
        tuple((post.area, post.role) for post in rows.posts),
        tuple(component.id for component in rows.components),
        tuple(day.day for day in rows.days),
    )
    for codes in keys:
        twice = _first_twice(codes)
        if twice is not None:
            return refuse(Code.CODE_TWICE, row=str(twice))
    if table is Table.LIST:
        return _retires_known(rows.items, ctx)
    return _tree(rows, ctx) if table is Table.ORGANISATION else None


def _first_twice(codes: Iterable[Any]) -> Any:
    seen = set()
    for code in codes:
        if code in seen:
            return code
        seen.add(code)
    return None


def _retires_known(items: Iterable[Item], ctx: DocContext) -> Rejection | None:
    for item in items:
        if item.retired and ctx.rules.catalogue.newest(item.code) is None:
            return refuse(Code.UNKNOWN_ITEM, row=item.code)
    return None


def _tree(rows: Rows, ctx: DocContext) -> Rejection | None:
    """The organisation as it would be: every area and unit hangs on one that is there, and nothing hangs on itself."""
    areas: dict[AreaCode, Area] = {area.code: area for area in ctx.rules.areas}
    units: dict[UnitId, Unit] = dict(ctx.rules.units)
    lay(rows, areas, units, {}, {}, {})
    for area in areas.values():
        if area.parent is not None and area.parent not in areas:
            return refuse(Code.UNKNOWN_PARENT, row=area.code, parent=area.parent)
        if area.unit is not None and area.unit not in units:
            return refuse(Code.UNKNOWN_UNIT, row=area.code, unit=area.unit)
    for unit in units.values():
        if unit.parent is not None and unit.parent not in units:
            return refuse(Code.UNKNOWN_PARENT, row=unit.id, parent=unit.parent)
        if unit.town is not None and unit.town not in areas:
            return refuse(Code.UNKNOWN_AREA, row=unit.id, area=unit.town)
    ring = find_loop({str(unit.id): unit.parent for unit in units.values()})
    if ring:
        return refuse(Code.UNIT_LOOP, codes=list(ring))
    for post in rows.posts:
        if post.area not in areas:
            return refuse(Code.UNKNOWN_AREA, row=post.role, area=post.area)
        if post.unit is not None and post.unit not in units:
            return refuse(Code.UNKNOWN_UNIT, row=post.role, unit=post.unit)
    return None

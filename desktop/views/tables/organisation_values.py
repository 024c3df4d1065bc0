"""What the organisation window prints: the tree of areas, units, posts, components, what a version changed. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from desktop.views.component_words import component_state_word
from desktop.views.tables.calendar_values import day_word, hours_words
from desktop.views.tables.list_values import Listing, version_word
from desktop.views.tables.text_model import Column, TextRow
from desktop.views.tables.words import level_name, unit_kind_word
from desktop.views.words import filled
from desktop.widgets.painting import format_count
from desktop.widgets.values import DASH
from desktop.widgets.wording import enumerated
from domain.components import ComponentState
from domain.ids import AreaCode, UnitId
from domain.organisation import LEVEL_OF_CODE_LENGTH, Area, Post, Unit
from domain.tables.current import Tables
from domain.tables.values import Revision, Rows
from domain.tables.words import Progress, Table

AREAS, UNITS, POSTS, COMPONENTS, CALENDAR = "areas", "units", "posts", "components", "calendar"
VIEWS = (AREAS, UNITS, POSTS, COMPONENTS, CALENDAR)
TABLE_OF = {
    AREAS: Table.ORGANISATION,
    UNITS: Table.ORGANISATION,
    POSTS: Table.ORGANISATION,
    COMPONENTS: Table.COMPONENTS,
    CALENDAR: Table.CALENDAR,
}
INDENT = "　"
"""A full-width blank: as wide as a character of a name."""


def view_title(view: str) -> str:
    translate = QCoreApplication.translate
    return {
        AREAS: translate("tables", "区划与网格"),
        UNITS: translate("tables", "单位"),
        POSTS: translate("tables", "网格岗位"),
        COMPONENTS: translate("tables", "部件登记"),
        CALENDAR: translate("tables", "工作日历"),
    }[view]


def counts(tables: Tables) -> dict[str, int]:
    """Rows of each view; of the calendar the days that the site has set itself."""
    return {
        AREAS: len(tables.areas),
        UNITS: len(tables.units),
        POSTS: len(tables.posts),
        COMPONENTS: len(tables.components),
        CALENDAR: len(tables.days),
    }


def fits(text: str, *words: str) -> bool:
    hay = " ".join(words).casefold()
    return all(part in hay for part in text.casefold().split())


def number_note(rows: int, every: int) -> str:
    translate = QCoreApplication.translate
    words = {"n": format_count(rows), "of": format_count(every)}
    return filled(translate("tables", "{n} / {of} 行") if rows != every else translate("tables", "{n} 行"), words)


# -- areas, units, posts ----------------------------------------------------------------------------


def area_listing(tables: Tables, text: str) -> Listing:
    translate = QCoreApplication.translate
    staff = people_within(tables.posts.values())
    below: dict[str, int] = {}
    for area in tables.areas.values():
        if area.parent is not None:
            below[area.parent] = below.get(area.parent, 0) + 1
    columns = (
        Column(translate("tables", "名称")),
        Column(translate("tables", "代码"), 12, least=12),
        Column(translate("tables", "级别"), 10),
        Column(translate("tables", "责任单位"), 14),
        Column(translate("tables", "岗位人数（含下级）"), 10, right=True),
        Column(translate("tables", "下级"), 5, right=True),
    )
    ordered = sorted(tables.areas.values(), key=lambda area: area.code)
    rows = tuple(
        TextRow(
            area.code,
            (
                (INDENT * (depth(area) if not text else 0)) + area.name,
                area.code,
                area_level(area),
                unit_name(tables, area.unit),
                format_count(staff[area.code]) if area.code in staff else DASH,
                format_count(below[area.code]) if area.code in below else DASH,
            ),
        )
        for area in ordered
        if fits(text, area.name, area.code, area_level(area), unit_name(tables, area.unit))
    )
    return Listing(view_title(AREAS), number_note(len(rows), len(ordered)), columns, rows)


def depth(area: Area) -> int:
    return (6, 9, 12, 15, 17).index(len(area.code))


def area_level(area: Area) -> str:
    if area.kind == "enterprise":
        return QCoreApplication.translate("tables", "企业网格")
    return level_name(area.level)


def unit_name(tables: Tables, unit: UnitId | None) -> str:
    if unit is None:
        return DASH
    known = tables.units.get(unit)
    return known.name if known else unit


def area_name(tables: Tables, code: AreaCode | None) -> str:
    known = tables.areas.get(code) if code else None
    return known.name if known else (code or DASH)


def place_name(tables: Tables, code: AreaCode) -> str:
    """六联社区 02格: a grid is only told apart together with what it lies in."""
    area = tables.areas.get(code)
    if area is None or area.parent is None:
        return area_name(tables, code)
    return f"{area_name(tables, area.parent)} {area.name}"


def people_within(posts: Iterable[Post]) -> dict[str, int]:
    """People in posts of each area and of all that lies in it."""
    found: dict[str, int] = {}
    for post in posts:
        for length in LEVEL_OF_CODE_LENGTH:
            if length <= len(post.area):
                found[post.area[:length]] = found.get(post.area[:length], 0) + post.count
    return found


def unit_listing(tables: Tables, text: str) -> Listing:
    translate = QCoreApplication.translate
    columns = (
        Column(translate("tables", "名称")),
        Column(translate("tables", "单位编号"), 9),
        Column(translate("tables", "类别"), 11),
        Column(translate("tables", "上级"), 14),
        Column(translate("tables", "街道"), 8),
        Column(translate("tables", "职责事项"), 12),
    )
    rows = tuple(
        TextRow(
            unit.id,
            (
                unit.name,
                unit.id,
                unit_kind_word(unit.kind),
                unit_name(tables, unit.parent),
                area_name(tables, unit.town),
                enumerated(unit.items) or DASH,
            ),
        )
        for unit in tables.units.values()
        if fits(text, unit.name, unit.id, *unit.items)
    )
    return Listing(view_title(UNITS), number_note(len(rows), len(tables.units)), columns, rows)


def post_listing(tables: Tables, text: str) -> Listing:
    translate = QCoreApplication.translate
    columns = (
        Column(translate("tables", "网格"), 18),
        Column(translate("tables", "代码"), 12, least=12),
        Column(translate("tables", "岗位")),
        Column(translate("tables", "人数"), 6, right=True),
        Column(translate("tables", "所属单位"), 16),
    )
    rows = tuple(
        TextRow(
            key,
            (
                place_name(tables, post.area),
                post.area,
                post.role,
                format_count(post.count),
                unit_name(tables, post.unit),
            ),
        )
        for key, post in sorted(tables.posts.items())
        if fits(text, post.role, post.area, area_name(tables, post.area))
    )
    return Listing(view_title(POSTS), number_note(len(rows), len(tables.posts)), columns, rows)


# -- components -------------------------------------------------------------------------------------


def component_listing(tables: Tables, text: str) -> Listing:
    translate = QCoreApplication.translate
    columns = (
        Column(translate("tables", "编号"), 12, least=12),
        Column(translate("tables", "部件"), 9),
        Column(translate("tables", "位置")),
        Column(translate("tables", "主管部门"), 10),
        Column(translate("tables", "养护单位"), 12),
        Column(translate("tables", "状态"), 8),
    )
    bad = (ComponentState.DAMAGED, ComponentState.MISSING)
    rows = tuple(
        TextRow(
            one.id,
            (one.id, one.kind, one.place or DASH, one.department, one.maintainer, component_state_word(one.state)),
            quiet=one.state is ComponentState.RETIRED,
            wrong=one.state in bad,
        )
        for one in sorted(tables.components.values(), key=lambda each: each.id)
        if fits(text, one.id, one.kind, one.place, one.department, one.maintainer, component_state_word(one.state))
    )
    return Listing(view_title(COMPONENTS), number_note(len(rows), len(tables.components)), columns, rows)


# -- one row, one version ---------------------------------------------------------------------------


def area_facts(area: Area, tables: Tables) -> list[tuple[str, str]]:
    translate = QCoreApplication.translate
    way: list[str] = []
    parent = area.parent
    while parent is not None and parent in tables.areas:
        way.insert(0, tables.areas[parent].name)
        parent = tables.areas[parent].parent
    return [
        (translate("tables", "级别"), area_level(area)),
        (translate("tables", "位于"), " › ".join(way) or DASH),
        (translate("tables", "责任单位"), unit_name(tables, area.unit)),
    ]


def posts_of(area: Area, tables: Tables) -> list[tuple[str, str]]:
    """People by role, of this area and all that lies in it, in the order in which the roles are listed."""
    found: dict[str, int] = {}
    for post in tables.posts.values():
        if post.area.startswith(area.code):
            found[post.role] = found.get(post.role, 0) + post.count
    pattern = QCoreApplication.translate("tables", "{n} 人")
    return [(role, filled(pattern, {"n": format_count(count)})) for role, count in found.items()]


def post_facts(post: Post, tables: Tables) -> list[tuple[str, str]]:
    translate = QCoreApplication.translate
    count = filled(translate("tables", "{n} 人"), {"n": format_count(post.count)})
    return [
        (translate("tables", "网格"), place_name(tables, post.area)),
        (translate("tables", "人数"), count),
        (translate("tables", "所属单位"), unit_name(tables, post.unit)),
    ]


def source_fact(code: str, revisions: Iterable[Revision]) -> tuple[str, str]:
    """Which version brought this row as it is; the tables of the installation where none did."""
    translate = QCoreApplication.translate
    word = translate("tables", "来源")
    holding = [one for one in revisions if one.number and any(code == known for known, _ in _named(one.rows))]
    if not holding:
        return word, translate("tables", "建站时的表")
    newest = max(holding, key=lambda one: one.number)
    return word, f"{version_word(newest.number)} · {newest.reason}"


def unit_facts(unit: Unit, tables: Tables) -> list[tuple[str, str]]:
    translate = QCoreApplication.translate
    below = [each.name for each in tables.units.values() if each.parent == unit.id]
    return [
        (translate("tables", "类别"), unit_kind_word(unit.kind)),
        (translate("tables", "上级"), unit_name(tables, unit.parent)),
        (translate("tables", "下级"), enumerated(below) or DASH),
        (translate("tables", "街道"), area_name(tables, unit.town)),
        (translate("tables", "职责事项"), _competences(unit, tables) or translate("tables", "未登记")),
    ]


def _competences(unit: Unit, tables: Tables) -> str:
    """SJ05 市容环卫 51 项: what the beginnings of codes stand for in the list as it is."""
    pattern = QCoreApplication.translate("tables", "{code} {name} {n} 项")
    lines = []
    for begin in unit.items:
        meant = [item for item in tables.catalogue if item.code.startswith(begin)]
        classes, subs = {item.class_name for item in meant}, {item.sub_class_name for item in meant}
        names = [item.name for item in meant] if len(meant) == 1 else sorted(subs if len(subs) == 1 else classes)
        lines.append(filled(pattern, {"code": begin, "name": enumerated(names), "n": len(meant)}))
    return "\n".join(lines)


def revision_listing(revision: Revision, note: str) -> Listing:
    """The rows that a revision put or took away."""
    translate = QCoreApplication.translate
    draft = revision.progress is Progress.DRAFT
    title = translate("tables", "草稿") if draft else version_word(revision.number)
    columns = (
        Column(translate("tables", "变更"), 6),
        Column(translate("tables", "编码"), 14, least=14),
        Column(translate("tables", "名称")),
    )
    changed = translate("tables", "新增或修改")
    rows = [TextRow(code, (changed, code, name)) for code, name in _named(revision.rows)]
    gone = translate("tables", "删除")
    rows += [TextRow(f"gone:{code}", (gone, code, ""), quiet=True) for code in revision.rows.gone]
    return Listing(title, note, columns, tuple(rows))


def _named(rows: Rows) -> list[tuple[str, str]]:
    found = [(str(area.code), area.name) for area in rows.areas]
    found += [(str(unit.id), unit.name) for unit in rows.units]
    found += [(f"{post.area}/{post.role}", post.role) for post in rows.posts]
    found += [(one.id, one.kind) for one in rows.components]
    for day in rows.days:
        statutory = QCoreApplication.translate("tables", "按法定安排")
        found.append((day.day.isoformat(), statutory if day.working is None else day_word(day.working)))
    every = QCoreApplication.translate("tables", "每个工作日")
    found += [(every, hours_words(hours)) for hours in rows.hours]
    return found

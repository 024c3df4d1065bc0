"""Tables of the organisation: areas (12-digit codes of the national table, or our shorter ones), units, posts. Whole or not at all."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from domain.ids import AreaCode, UnitId
from domain.organisation import LEVEL_OF_CODE_LENGTH, Area, Post, Unit, find_loop
from domain.tables.sheets import (
    Line,
    Problem,
    Reading,
    Sheet,
    UnreadableError,
    Wrong,
    find_columns,
    plain,
    read_lines,
    whole,
)

AREA_COLUMNS = {
    "code": ("区划代码", "代码", "code"),
    "name": ("名称", "区划名称", "name"),
    "parent": ("上级代码", "上级", "parent"),
    "kind": ("网格类型", "kind"),
    "unit": ("责任单位", "unit"),
}
UNIT_COLUMNS = {
    "id": ("单位编号", "unit_id", "id"),
    "name": ("单位名称", "名称", "name"),
    "kind": ("单位类型", "类型", "kind"),
    "parent": ("上级单位", "上级", "parent"),
    "town": ("所在街道", "区划代码", "town"),
    "items": ("权责清单", "职责事项", "items"),
}
POST_COLUMNS = {
    "area": ("区划代码", "网格代码", "area"),
    "role": ("岗位", "role"),
    "count": ("人数", "count"),
    "unit": ("单位编号", "unit"),
}
GRID_KINDS = {"": "basic", "基础网格": "basic", "basic": "basic", "企业网格": "enterprise", "enterprise": "enterprise"}
UNIT_KINDS = {
    "部门": "department",
    "街镇分中心": "town_centre",
    "执法队伍": "brigade",
    "社区工作站": "community_station",
    "企业": "company",
    "网格": "grid",
}
UNIT_KINDS |= {each: each for each in tuple(UNIT_KINDS.values())}
FULL_DIGITS = 12
T = TypeVar("T")
Numbered = dict[str, int]
"""Code → number of its row."""


def short_code(code: str) -> str:
    """320505001000 → 320505001: the national table fills codes of districts and towns with zeros to 12 digits."""
    if len(code) != FULL_DIGITS:
        return code
    if code.endswith("000000"):
        return code[:6]
    return code[:9] if code.endswith("000") else code


def read_areas(sheet: Sheet, known: Mapping[AreaCode, Area]) -> Reading[Area]:
    """Areas whose parents stand in the table or are `known`. Above a district nothing is looked for."""
    parents: dict[str, str | None] = {}

    def make(line: Line, cells: dict[str, str]) -> Area:
        code = _area_code(cells.get("code", ""))
        if not cells.get("name"):
            raise UnreadableError(Wrong.NO_NAME)
        kind = GRID_KINDS.get(cells.get("kind", ""))
        if kind is None:
            allowed = list(GRID_KINDS)[1:]
            raise UnreadableError(Wrong.BAD_WORD, column="kind", text=cells["kind"], allowed=allowed)
        area = Area(code, cells["name"], kind, UnitId(cells["unit"]) if cells.get("unit") else None)
        said = short_code(plain(cells.get("parent", "")))
        parents[code] = (said or area.parent) if area.parent else None
        return area

    areas, numbers, problems = _unique(sheet, AREA_COLUMNS, make, lambda area: area.code)
    there = {*known, *numbers}
    ring = find_loop(parents)
    if ring:
        problems.append(Problem(sheet.name, numbers[ring[0]], Wrong.LOOP, {"codes": list(ring)}))
    for area in areas:
        said = parents[area.code]
        if area.code in ring or area.parent is None:
            continue
        if said not in there:
            problems.append(_row(sheet, numbers, area.code, Wrong.UNKNOWN_PARENT, parent=said))
        elif said != area.parent:
            problems.append(_row(sheet, numbers, area.code, Wrong.WRONG_PARENT, parent=said))
    return Reading(tuple(areas), tuple(problems))


def read_units(sheet: Sheet, known: Mapping[UnitId, Unit], areas: Mapping[AreaCode, Area]) -> Reading[Unit]:
    def make(line: Line, cells: dict[str, str]) -> Unit:
        unit_id = plain(cells.get("id", ""))
        if not unit_id:
            raise UnreadableError(Wrong.NO_CODE)
        if not cells.get("name"):
            raise UnreadableError(Wrong.NO_NAME)
        kind = UNIT_KINDS.get(cells.get("kind", ""))
        if kind is None:
            raise UnreadableError(
                Wrong.BAD_WORD, column="kind", text=cells.get("kind", ""), allowed=list(UNIT_KINDS)[:6]
            )
        town = short_code(plain(cells.get("town", "")))
        if town and town not in areas:
            raise UnreadableError(Wrong.UNKNOWN_AREA, text=town)
        parent = plain(cells.get("parent", ""))
        items = tuple(part for part in cells.get("items", "").replace("|", " ").replace("、", " ").split() if part)
        return Unit(
            UnitId(unit_id),
            cells["name"],
            kind,
            UnitId(parent) if parent else None,
            AreaCode(town) if town else None,
            items,
        )

    units, numbers, problems = _unique(sheet, UNIT_COLUMNS, make, lambda unit: unit.id)
    there = {*known, *numbers}
    for unit in units:
        if unit.parent is not None and unit.parent not in there:
            problems.append(_row(sheet, numbers, unit.id, Wrong.UNKNOWN_PARENT, parent=unit.parent))
    parents: dict[str, str | None] = {unit.id: unit.parent for unit in known.values()}
    parents.update((unit.id, unit.parent) for unit in units)
    ring = find_loop(parents)
    if ring:
        problems.append(Problem(sheet.name, numbers.get(ring[0], 0), Wrong.LOOP, {"codes": list(ring)}))
    return Reading(tuple(units), tuple(problems))


def read_posts(sheet: Sheet, areas: Mapping[AreaCode, Area], units: Mapping[UnitId, Unit]) -> Reading[Post]:
    def make(line: Line, cells: dict[str, str]) -> Post:
        area = _area_code(cells.get("area", ""))
        if area not in areas:
            raise UnreadableError(Wrong.UNKNOWN_AREA, text=area)
        if not cells.get("role"):
            raise UnreadableError(Wrong.NO_NAME)
        count = whole(cells, "count", 1)
        if not 0 < count <= 10_000:
            raise UnreadableError(Wrong.BAD_NUMBER, column="count", text=cells["count"])
        unit = plain(cells.get("unit", ""))
        if unit and unit not in units:
            raise UnreadableError(Wrong.UNKNOWN_UNIT, text=unit)
        return Post(area, cells["role"], count, UnitId(unit) if unit else None)

    posts, _, problems = _unique(sheet, POST_COLUMNS, make, lambda post: f"{post.area}/{post.role}")
    return Reading(tuple(posts), tuple(problems))


def _unique(
    sheet: Sheet,
    words: Mapping[str, tuple[str, ...]],
    make: Callable[[Line, dict[str, str]], T],
    key: Callable[[T], str],
) -> tuple[list[T], Numbered, list[Problem]]:
    """Rows by key; the second row of a key is a problem that names the first."""
    try:
        first, columns = find_columns(sheet, words, 2)
    except UnreadableError as problem:
        return [], {}, [Problem(sheet.name, 0, problem.code, problem.detail)]
    rows: list[T] = []
    numbers: Numbered = {}
    problems: list[Problem] = []
    for each in read_lines(sheet, first, columns, make):
        if isinstance(each, Problem):
            problems.append(each)
            continue
        number, row = each
        code = key(row)
        if code in numbers:
            problems.append(Problem(sheet.name, number, Wrong.CODE_TWICE, {"row": code, "first": numbers[code]}))
        else:
            numbers[code] = number
            rows.append(row)
    return rows, numbers, problems


def _row(sheet: Sheet, numbers: Numbered, code: str, wrong: Wrong, *, parent: str | None) -> Problem:
    return Problem(sheet.name, numbers[code], wrong, {"row": code, "parent": parent or ""})


def _area_code(text: str) -> AreaCode:
    code = short_code(plain(text))
    if not code:
        raise UnreadableError(Wrong.NO_CODE)
    if len(code) not in LEVEL_OF_CODE_LENGTH or not (code.isascii() and code.isdigit()):
        raise UnreadableError(Wrong.BAD_CODE, text=code)
    return AreaCode(code)


def one_sheet(sheets: Sequence[Sheet]) -> Sheet:
    """The first sheet with content; an empty one where there is none."""
    return next((sheet for sheet in sheets if sheet.lines), Sheet("", ()))

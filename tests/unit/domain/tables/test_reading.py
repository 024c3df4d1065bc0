"""Reading of tables: limits in the spellings of real standards, rows told by number and reason, nothing half read."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import Catalogue, Evidence, Item
from domain.components import Component, ComponentState
from domain.ids import AreaCode, ItemCode, UnitId
from domain.organisation import Area, Post, Unit, find_loop
from domain.tables.current import Tables
from domain.tables.importing import Plan, What, export, parts, plan_import
from domain.tables.limits import read_limit
from domain.tables.read_items import read_items
from domain.tables.read_places import read_areas, read_units
from domain.tables.sheets import Line, Sheet, Wrong
from domain.tables.values import Rows
from domain.ticket import Limit, Point
from domain.vocabulary import LimitType, Urgency

HEADING = ("大类代码", "大类名称", "小类代码", "小类名称", "立案条件", "结案条件", "处置时限")
AREAS = {code: Area(AreaCode(code), name) for code, name in (("440310", "坪山区"), ("440310001", "坪山街道"))}
"""By code."""


def sheet(*rows: Sequence[str], name: str = "事件", merged: bool = False) -> Sheet:
    return Sheet(name, tuple(Line(number, tuple(row)) for number, row in enumerate(rows, start=1)), merged)


@pytest.mark.parametrize(
    ("text", "amount", "kind", "rest"),
    [
        ("2紧急工作时", 2, LimitType.URGENT_HOURS, ""),
        ("1紧急工作时\n", 1, LimitType.URGENT_HOURS, ""),
        ("1紧急工作时制止", 1, LimitType.URGENT_HOURS, "制止"),
        ("2紧急工作日", 48, LimitType.URGENT_HOURS, ""),
        ("4小时", 4, LimitType.WORKING_HOURS, ""),
        ("１５ 天", 15, LimitType.WORKING_DAYS, ""),
        ("3个工作日内", 3, LimitType.WORKING_DAYS, ""),
        ("7自然日", 7, LimitType.CALENDAR_DAYS, ""),
        ("5 working days", 5, LimitType.WORKING_DAYS, ""),
        ("30分钟", 0.5, LimitType.URGENT_HOURS, ""),
    ],
)
def test_limits_are_read_as_standards_spell_them(text: str, amount: float, kind: LimitType, rest: str) -> None:
    read = read_limit(text)
    assert read is not None
    assert (read.limit, read.rest) == (Limit(amount, kind), rest)


@pytest.mark.parametrize("text", ["尽快", "0天", "-1天", "天", "5 weeks", "1e9天"])
def test_what_is_no_limit_is_not_guessed(text: str) -> None:
    assert read_limit(text) is None


def test_a_block_without_merged_cells_takes_class_and_sub_class_from_above() -> None:
    read = read_items(
        [
            sheet(
                ("某市立案标准",),
                HEADING,
                ("1", "市容环境", "01", "私搭乱建", "正在建设", "制止", "2紧急工作日"),
                ("", "", "", "", "已形成", "拆除", "15天"),
                ("", "", "02", "无证装修", "未经审批", "完善手续", "1天"),
            )
        ],
        Catalogue(()),
    )
    assert not read.problems
    assert [(item.code, item.sub_class_name, item.name) for item in read.rows] == [
        ("SJ010101", "私搭乱建", "正在建设"),
        ("SJ010102", "私搭乱建", "已形成"),
        ("SJ010201", "无证装修", "无证装修"),
    ]
    assert read.notes == {
        "2紧急工作日": ("48 urgent_hours", 1),
        "15天": ("15 working_days", 1),
        "1天": ("1 working_days", 1),
    }


def test_every_row_that_cannot_be_read_is_told_with_its_number_and_why() -> None:
    heading = ("item_code", "kind", "class_name", "sub_class_name", "item_name", "limit", "priority")
    read = read_items(
        [
            sheet(
                heading,
                ("A1", "事件", "甲", "乙", "丙", "2天", "一般"),
                ("A1", "事件", "甲", "乙", "丁", "2天", "一般"),
                ("A2", "事件", "甲", "乙", "", "2天", "一般"),
                ("A3", "事件", "甲", "乙", "戊", "尽快", "一般"),
                ("A4", "事务", "甲", "乙", "己", "2天", "一般"),
                ("A5", "部件", "甲", "乙", "庚", "", "特急"),
                ("", "", "", "", "", "", ""),
            )
        ],
        Catalogue(()),
    )
    assert [item.code for item in read.rows] == ["A1", "A5"]
    assert sorted((problem.number, problem.code) for problem in read.problems) == [
        (3, Wrong.CODE_TWICE),
        (4, Wrong.NO_NAME),
        (5, Wrong.BAD_LIMIT),
        (6, Wrong.BAD_WORD),
    ]
    assert next(p.detail for p in read.problems if p.code is Wrong.CODE_TWICE) == {"row": "A1", "first": 2}


def test_a_file_without_a_heading_says_which_columns_are_wanted() -> None:
    read = read_items([sheet(("a", "b"), ("c", "d"))], Catalogue(()))
    assert not read.rows
    assert read.problems[0].code is Wrong.NO_HEADING
    assert "大类名称" in read.problems[0].detail["wanted"]


def test_a_standard_read_again_with_a_new_row_in_its_middle_keeps_the_codes_it_gave() -> None:
    rows = [HEADING, ("1", "甲", "01", "乙", "条件一", "", "1天"), ("1", "甲", "01", "乙", "条件三", "", "3天")]
    first = read_items([sheet(*rows)], Catalogue(()))
    rows.insert(2, ("1", "甲", "01", "乙", "条件二", "", "2天"))
    then = read_items([sheet(*rows)], Catalogue(first.rows))
    codes = {item.filing_condition: item.code for item in then.rows}
    assert codes == {"条件一": "SJ010101", "条件三": "SJ010102", "条件二": "SJ010103"}


# -- what is written is read ------------------------------------------------------------------------

words = st.text("甲乙丙丁戊ABC123", min_size=1, max_size=12)
codes = st.text("ABCDEF0123456789", min_size=1, max_size=12)
limits = st.none() | st.builds(Limit, st.integers(1, 400).map(float), st.sampled_from(LimitType))
items = st.builds(
    Item,
    code=codes.map(ItemCode),
    class_name=words,
    sub_class_name=words,
    name=words,
    kind=st.sampled_from(("event", "component")),
    urgency=st.sampled_from(Urgency),
    limit=limits,
    needs_check=st.booleans(),
    filing_condition=words | st.just(""),
    closing_condition=words | st.just(""),
    unit=words | st.just(""),
    department=words | st.just(""),
    evidence=st.sampled_from(Evidence),
    law=words | st.just(""),
)
components = st.builds(
    Component,
    id=st.integers(440310 * 10**10, 440311 * 10**10 - 1).map(str),
    kind=words,
    point=st.builds(Point, st.integers(1140000, 1150000).map(lambda n: n / 1e4), st.just(22.5)),
    area=st.sampled_from(tuple(AREAS)).map(AreaCode),
    place=words | st.just(""),
    department=words | st.just(""),
    owner=words | st.just(""),
    maintainer=words | st.just(""),
    state=st.sampled_from(ComponentState),
)


def _read_back(what: What, tables: Tables) -> Plan:
    grid = export(what, tables)
    return plan_import(what, [sheet(*grid)], tables, whole=True)


@given(st.lists(items, min_size=1, max_size=8, unique_by=lambda item: item.code))
def test_an_exported_list_comes_back_unchanged(rows: list[Item]) -> None:
    plan = _read_back(What.ITEMS, Tables(items=tuple(rows)))
    assert (plan.problems, plan.changes, plan.same) == ((), (), len(rows))


@given(st.lists(components, min_size=1, max_size=8, unique_by=lambda one: one.id))
def test_an_exported_register_comes_back_unchanged(rows: list[Component]) -> None:
    register = {one.id: one for one in rows}
    plan = _read_back(What.COMPONENTS, Tables(components=register, areas=AREAS))  # type: ignore[arg-type]
    assert (plan.problems, plan.changes, plan.same) == ((), (), len(rows))


def test_exported_organisation_comes_back_unchanged() -> None:
    units = {
        unit.id: unit
        for unit in (
            Unit(UnitId("U1"), "街道分中心", "town_centre", None, AreaCode("440310001"), ("SJ01", "BJ")),
            Unit(UnitId("U2"), "社区工作站", "community_station", UnitId("U1")),
        )
    }
    post = Post(AreaCode("440310001"), "网格长", 3, UnitId("U1"))
    grid = Area(AreaCode("440310001001001"), "企业网格一", "enterprise", UnitId("U2"))
    community = Area(AreaCode("440310001001"), "六联社区")
    areas = {**AREAS, community.code: community, grid.code: grid}
    tables = Tables(areas=areas, units=units, posts={"440310001/网格长": post})  # type: ignore[arg-type]
    for what in (What.AREAS, What.UNITS, What.POSTS):
        plan = _read_back(what, tables)
        assert (plan.problems, plan.changes) == ((), ()), what


@given(st.lists(items, max_size=400, unique_by=lambda item: item.code))
def test_parts_lose_no_row_and_keep_their_order(rows: list[Item]) -> None:
    found = parts(Rows(items=tuple(rows)))
    assert [item for part in found for item in part.items] == rows
    assert all(len(part) <= 200 for part in found)


# -- trees ------------------------------------------------------------------------------------------


def test_national_codes_of_twelve_digits_are_read_as_ours() -> None:
    rows = (("code", "name", "parent"), ("320505000000", "虎丘区", "320500000000"), ("320505001000", "横塘街道", ""))
    read = read_areas(sheet(*rows), {})
    assert [area.code for area in read.rows] == ["320505", "320505001"]
    assert not read.problems


def test_areas_that_lie_in_each_other_are_named_and_the_others_are_not() -> None:
    rows = (
        ("code", "name", "parent"),
        ("440310", "坪山区", ""),
        ("440310001", "甲街道", "440310002"),
        ("440310002", "乙街道", "440310001"),
        ("440310003", "丙街道", "440310"),
    )
    problems = read_areas(sheet(*rows), {}).problems
    assert [(problem.number, problem.code) for problem in problems] == [(3, Wrong.LOOP)]
    assert problems[0].detail == {"codes": ["440310001", "440310002"]}


def test_unknown_and_wrong_parents_and_codes_that_stand_twice_are_told_by_row() -> None:
    rows = (
        ("code", "name", "parent"),
        ("440310", "坪山区", ""),
        ("440310001", "甲街道", "440310"),
        ("440310001", "甲街道", "440310"),
        ("440311001", "乙街道", "440311"),
        ("440310002", "丙街道", "440310001"),
        ("44", "丁", ""),
    )
    problems = read_areas(sheet(*rows), {}).problems
    assert sorted((problem.number, problem.code) for problem in problems) == [
        (4, Wrong.CODE_TWICE),
        (5, Wrong.UNKNOWN_PARENT),
        (6, Wrong.WRONG_PARENT),
        (7, Wrong.BAD_CODE),
    ]


def test_units_above_each_other_in_a_ring_are_refused() -> None:
    rows = (
        ("unit_id", "name", "kind", "parent"),
        ("U1", "甲", "department", "U2"),
        ("U2", "乙", "department", "U3"),
        ("U3", "丙", "department", "U1"),
    )
    problems = read_units(sheet(*rows), {}, {}).problems
    assert [problem.code for problem in problems] == [Wrong.LOOP]
    assert problems[0].detail == {"codes": ["U1", "U2", "U3"]}


@given(st.dictionaries(st.sampled_from("abcdef"), st.none() | st.sampled_from("abcdef"), max_size=6))
def test_a_ring_is_found_exactly_where_a_walk_up_never_ends(parents: dict[str, str | None]) -> None:
    def ends(code: str | None) -> bool:
        steps = 0
        while code is not None and steps <= len(parents):
            code, steps = parents.get(code), steps + 1
        return code is None

    ring = find_loop(parents)
    assert bool(ring) == any(not ends(code) for code in parents)
    assert all(parents[code] == ring[(place + 1) % len(ring)] for place, code in enumerate(ring))

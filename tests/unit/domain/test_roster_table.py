"""A roster as a table: hours in the heading, teams in the cells; what is written is read; what covers no day is told."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.shifts.hours import DEFAULT_SHIFTS, ShiftType
from domain.shifts.roster import Plan
from domain.shifts.table import changes, read_roster, roster_table
from domain.tables.sheets import Line, Sheet, Wrong

THREE = (ShiftType("s1", "早班", 0, 480), ShiftType("s2", "中班", 480, 960), ShiftType("s3", "晚班", 960, 0))


def sheet(*rows: tuple[str, ...]) -> Sheet:
    return Sheet("排班", tuple(Line(number, row) for number, row in enumerate(rows, start=1)))


def plan(shifts: tuple[ShiftType, ...], cycle: list[tuple[str, ...]]) -> Plan:
    teams = tuple(dict.fromkeys(team for day in cycle for team in day))
    return Plan(zone="Asia/Shanghai", shifts=shifts, teams=teams, first_day=date(2018, 10, 1), cycle=tuple(cycle))


def test_shifts_with_hours_and_the_usual_ones_without() -> None:
    table = read_roster(sheet(("日", "白班", "夜班"), ("1", "甲班", "乙班"), ("2", "乙班", "丙班")))
    assert not table.problems
    assert (table.shifts, table.teams) == (DEFAULT_SHIFTS, ("甲班", "乙班", "丙班"))
    three = read_roster(sheet(("日", "早班 0:00-8:00", "中班 8:00-16:00", "晚班 16:00-24:00"), ("1", "甲", "乙", "丙")))
    assert three.shifts == THREE


teams = st.sampled_from(("甲班", "乙班", "丙班", "丁班"))


@given(st.sampled_from((DEFAULT_SHIFTS, THREE)), st.data())
def test_what_is_written_is_read(shifts: tuple[ShiftType, ...], data: st.DataObject) -> None:
    cycle = data.draw(st.lists(st.tuples(*[teams] * len(shifts)), min_size=1, max_size=20))
    known = plan(shifts, cycle)
    table = read_roster(sheet(*(tuple(row) for row in roster_table(known))))
    assert not table.problems
    assert (table.shifts, table.cycle, table.teams) == (known.shifts, known.cycle, known.teams)
    assert not changes(known, table)


def test_a_gap_a_missing_team_and_a_day_out_of_order_are_told() -> None:
    gap = read_roster(sheet(("日", "白班 08:00-18:00", "夜班 20:00-08:00"), ("1", "甲", "乙")))
    assert [problem.code for problem in gap.problems] == [Wrong.BAD_SHIFTS]
    rows = (("日", "白班", "夜班"), ("1", "甲", ""), ("3", "甲", "乙"), ("3", "甲", "乙"))
    found = read_roster(sheet(*rows))
    assert [(problem.number, problem.code) for problem in found.problems] == [(2, Wrong.NO_NAME), (3, Wrong.BAD_NUMBER)]
    assert not found.cycle
    assert read_roster(sheet(("a", "b"))).problems[0].code is Wrong.NO_HEADING

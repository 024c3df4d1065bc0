"""A duty roster as a table: one row per day of the cycle, one column per kind of shift (白班 08:00-20:00), teams in the cells. Pure.

Teams are named (甲班), people are not: a roster with names of people belongs into no system of this kind.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from domain.shifts.hours import DEFAULT_SHIFTS, ShiftType, sound
from domain.shifts.roster import MOST_CYCLE, Plan
from domain.tables.sheets import Problem, Sheet, Wrong, plain, tidy
from domain.tables.write import Grid

DAY_WORDS = ("日", "天", "周期日", "day")
_HEADING = re.compile(r"(.+?)(\d{1,2}):(\d{2})[-–—~至](\d{1,2}):(\d{2})")
_CODES = {one.name: one for one in DEFAULT_SHIFTS}


class RosterTable(Struct, frozen=True):
    """`cycle`: per day one team per shift, in the order of `shifts`; empty where there are problems."""

    shifts: tuple[ShiftType, ...] = ()
    teams: tuple[str, ...] = ()
    cycle: tuple[tuple[str, ...], ...] = ()
    problems: tuple[Problem, ...] = ()


def read_roster(sheet: Sheet) -> RosterTable:
    """Rows in the order of the cycle; the first column counts the days from 1."""
    if not sheet.lines or plain(sheet.lines[0].cells[0]).casefold() not in DAY_WORDS:
        wanted = [
            DAY_WORDS[0],
            *(f"{one.name} {_clock(one.starts_min)}-{_clock(one.ends_min)}" for one in DEFAULT_SHIFTS),
        ]
        return RosterTable(problems=(Problem(sheet.name, 0, Wrong.NO_HEADING, {"wanted": wanted}),))
    names = [cell for cell in map(tidy, sheet.lines[0].cells[1:]) if cell]
    shifts = tuple(_shift(name, place) for place, name in enumerate(names, start=1))
    if not sound(shifts):
        return RosterTable(problems=(Problem(sheet.name, sheet.lines[0].number, Wrong.BAD_SHIFTS),))
    problems: list[Problem] = []
    cycle: list[tuple[str, ...]] = []
    for place, line in enumerate(sheet.lines[1:], start=1):
        cells = (*map(tidy, line.cells), *[""] * len(shifts))
        teams = cells[1 : len(shifts) + 1]
        if plain(cells[0]) != str(place) or place > MOST_CYCLE:
            problems.append(
                Problem(sheet.name, line.number, Wrong.BAD_NUMBER, {"column": DAY_WORDS[0], "text": cells[0]})
            )
        elif not all(teams):
            problems.append(Problem(sheet.name, line.number, Wrong.NO_NAME))
        else:
            cycle.append(tuple(teams))
    if not cycle and not problems:
        problems.append(Problem(sheet.name, 0, Wrong.NO_NAME))
    if problems:
        return RosterTable(problems=tuple(problems))
    teams_of = tuple(dict.fromkeys(team for day in cycle for team in day))
    return RosterTable(shifts, teams_of, tuple(cycle))


def _shift(heading: str, place: int) -> ShiftType:
    """A heading without hours is one of the usual shifts; any other has none, and the day is then not covered."""
    found = _HEADING.fullmatch(heading.replace(" ", "").replace("：", ":"))
    if found is None:
        return _CODES.get(heading, ShiftType(f"s{place}", heading, 0, 0))
    name = found[1]
    starts, ends = (60 * int(found[at]) + int(found[at + 1]) for at in (2, 4))
    code = _CODES[name].code if name in _CODES else f"s{place}"
    return ShiftType(code, name, starts, ends % (24 * 60))


def roster_table(plan: Plan) -> Grid:
    """As `read_roster` takes it back."""
    heading = [DAY_WORDS[0], *(f"{one.name} {_clock(one.starts_min)}-{_clock(one.ends_min)}" for one in plan.shifts)]
    return [heading, *([str(place), *day] for place, day in enumerate(plan.cycle, start=1))]


def changes(before: Plan | None, after: RosterTable) -> Sequence[tuple[int, str, str, str]]:
    """(day of the cycle, shift, team before, team now) wherever they differ; "" = there was none."""
    found: list[tuple[int, str, str, str]] = []
    for place, day in enumerate(after.cycle):
        for at, team in enumerate(day):
            known = before is not None and place < len(before.cycle) and at < len(before.cycle[place])
            old = before.cycle[place][at] if before is not None and known else ""
            if old != team:
                found.append((place + 1, after.shifts[at].name, old, team))
    return found


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"

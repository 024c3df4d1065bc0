"""The check that figures can be trusted: every case counted anew, ticket by ticket, against live engine and table of facts.

Uses the formulas themselves (`Variant.cases`) and nothing of what it checks. A difference is a defect, never rounding.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from msgspec import Struct

from backend.facts import breakdown
from backend.facts.columns import Array
from backend.facts.table import FactTable
from domain.ids import TicketId
from domain.kpi_catalogue import FORMULAS
from domain.kpi_counters import DayCounts
from domain.kpi_open import OpenBook
from domain.kpi_parts import ALL, Case, KpiRules, Part, day_number, day_of_number, days_of
from domain.kpi_tally import Tally
from domain.ticket import Ticket

COMPARED = (ALL, "town", "unit")
"""Breakdowns of the live engine that are compared; with the day they hold every ticket."""
FOREVER = (date(1970, 1, 2), date(2149, 1, 1))
SHOWN = 20


class Cell(NamedTuple):
    """One number: cases of a formula by a date with one verdict, on one day, of one town and unit."""

    kpi: str
    by: str
    part: Part
    day: int
    town: str
    unit: str


class Difference(Struct, frozen=True):
    """Both figures of one number that should be equal. `dim` and `value` say of which breakdown."""

    where: str
    kpi: str
    by: str
    part: str
    reason: str
    day: date
    dim: str
    value: str
    shown: int
    recounted: int


class Frozen(NamedTuple):
    """A tally as it was at one moment, free to be read beside the running one."""

    now: datetime
    seq: int
    counts: DayCounts
    series: dict[int, tuple[str, str, Part]]
    names: dict[int, tuple[str, str]]
    dims: dict[tuple[str, str], tuple[str, ...]]
    """What each (kpi, by) is counted by."""
    book: dict[str, int]
    """Counts of the open tickets; empty where none are kept."""
    place_length: int


def freeze(tally: Tally, now: datetime, seq: int, book: OpenBook | None = None) -> Frozen:
    series = {
        number: (kpi, by, part) for (kpi, by), plan in tally.plans.items() for part, number in plan.series_of.items()
    }
    dims = {key: plan.dims for key, plan in tally.plans.items()}
    figures, length = ({}, 0) if book is None else (book.figures(), book.place_length)
    return Frozen(now, seq, tally.counts.copy(), series, tally.dims.names(), dims, figures, length)


class Recount:
    """Counts tickets as they are at `as_of`; `take_back` undoes what came after the moment that is checked."""

    def __init__(self, rules: KpiRules, as_of: datetime) -> None:
        self.tickets = 0
        self.cells: Counter[Cell] = Counter()
        self.open: dict[TicketId, Ticket] = {}
        self._rules = rules
        self._as_of = as_of
        self._number = days_of(rules.zone).number

    def add(self, tickets: Iterable[Ticket], delta: int = 1) -> None:
        for ticket in tickets:
            self.tickets += delta
            if delta < 0:
                self.open.pop(ticket.id, None)
            elif ticket.is_open:
                self.open[ticket.id] = ticket
            town = ticket.area[:9]
            for formula in FORMULAS:
                for variant in formula.variants:
                    for case in variant.cases(ticket, self._as_of, self._rules):
                        self.cells[self._cell(formula.id, variant.by, town, case)] += delta

    def book(self, place_length: int) -> dict[str, int]:
        """The open tickets, counted anew."""
        fresh = OpenBook(self._rules, place_length)
        for ticket in self.open.values():
            fresh.put(ticket, self._as_of)
        return fresh.figures()

    def take_back(self, changes: Iterable[tuple[Ticket | None, Ticket | None]]) -> None:
        """(before, after) of tickets that changed between the moment that is checked and the reading."""
        for before, after in changes:
            self.add([after] if after is not None else [], -1)
            self.add([before] if before is not None else [])

    def _cell(self, kpi: str, by: str, town: str, case: Case) -> Cell:
        return Cell(kpi, by, case.part, self._number(case.at), town, case.unit or "")


def against_tally(recount: Recount, frozen: Frozen) -> list[Difference]:
    shown: Counter[tuple[str, str, Part, int, str, str]] = Counter()
    for series, number, cell, n in frozen.counts.cells():
        dim, value = frozen.names[number]
        if dim in COMPARED:
            kpi, by, part = frozen.series[series]
            month, place = divmod(cell, 32)
            day = day_number(date(month // 12, month % 12 + 1, place + 1))
            shown[kpi, by, part, day, dim, value] += n
    wanted: Counter[tuple[str, str, Part, int, str, str]] = Counter()
    for cell_, n in recount.cells.items():
        for dim, value in ((ALL, ""), ("town", cell_.town), ("unit", cell_.unit)):
            if dim in frozen.dims.get((cell_.kpi, cell_.by), ()):
                wanted[cell_.kpi, cell_.by, cell_.part, cell_.day, dim, value] += n
    return _differences("live", shown, wanted)


def against_book(recount: Recount, frozen: Frozen, zone: str) -> list[Difference]:
    """What stands under 在办 and 超期未结 on the wall."""
    wanted, shown, day = recount.book(frozen.place_length), frozen.book, days_of(zone).day(frozen.now)
    return [
        Difference("live", "open", "now", name, "", day, "all", "", shown.get(name, 0), wanted.get(name, 0))
        for name in sorted(shown.keys() | wanted.keys())
        if shown.get(name, 0) != wanted.get(name, 0)
    ]


def against_table(recount: Recount, table: FactTable, mask: Array | None = None) -> list[Difference]:
    """The table must stand at the same as_of."""
    shown: Counter[tuple[str, str, Part, int, str, str]] = Counter()
    for formula, variant, slot in table.layout.variants():
        found = breakdown.cases(table, slot, *FOREVER, mask)
        for part in set(found.part.tolist()):
            chosen = breakdown.pick(found, found.part == part)
            grouped = breakdown.count(table, chosen, ("day", "town", "unit"), {})
            for n in range(len(grouped)):
                day, town, unit = grouped.values(n)
                key = (
                    formula.id,
                    variant.by,
                    table.parts[part],
                    day_number(date.fromisoformat(day)),
                    "town+unit",
                    f"{town}+{unit}",
                )
                shown[key] += grouped.cases(n)
    wanted: Counter[tuple[str, str, Part, int, str, str]] = Counter()
    for cell, n in recount.cells.items():
        wanted[cell.kpi, cell.by, cell.part, cell.day, "town+unit", f"{cell.town}+{cell.unit}"] += n
    return _differences("facts", shown, wanted)


def _differences(
    where: str,
    shown: Counter[tuple[str, str, Part, int, str, str]],
    wanted: Counter[tuple[str, str, Part, int, str, str]],
) -> list[Difference]:
    found = []
    for key in sorted(shown.keys() | wanted.keys()):
        if shown[key] != wanted[key]:
            kpi, by, part, day, dim, value = key
            found.append(
                Difference(
                    where, kpi, by, part.kind, part.reason, day_of_number(day), dim, value, shown[key], wanted[key]
                )
            )
    return found


def sentence(difference: Difference) -> str:
    """For the operator's log: which figure, and both numbers."""
    reason = f"({difference.reason})" if difference.reason else ""
    place = f" {difference.dim}={difference.value}" if difference.value else ""
    return (
        f"{difference.where} {difference.kpi} by {difference.by} {difference.day}{place} {difference.part}{reason}: "
        f"shown {difference.shown}, recounted {difference.recounted}"
    )


def first_and_last(changes: Sequence[tuple[Ticket | None, Ticket | None]]) -> list[tuple[Ticket | None, Ticket | None]]:
    """Changes in order → one per ticket: as it was before the first, as it is after the last."""
    found: dict[str, tuple[Ticket | None, Ticket | None]] = {}
    for before, after in changes:
        one = after or before
        if one is not None:
            found[one.id] = (found[one.id][0] if one.id in found else before, after)
    return list(found.values())

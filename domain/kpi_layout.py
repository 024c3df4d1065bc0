"""What a table of facts keeps of a ticket so that every formula can be read from it: each date and each judgement once.

Formulas share dates (accepted, due, closed) and judgements; `Layout` lists what is distinct, and says for (formula, kind of
period) which two to read. No table lives here.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from domain import kpi_judges as judge
from domain.kpi_catalogue import BY_ID, FORMULAS
from domain.kpi_parts import Case, Cases, Formula, Judge, KpiRules, Place, Variant
from domain.ticket import Ticket

T = TypeVar("T")
COHORTS: dict[str, Place] = {
    "accepted": judge.accepted_at,
    "due": judge.due_day,
    "closed": judge.closed_or_ended_at,
}
"""By these dates every formula can be asked: where it has no judgement of its own for one, its cases are put into that day."""


def cohort(formula: Formula, by: str) -> Variant:
    """The formula by `by`: its own variant, its cases put into another day, or where `by` is no such date its default."""
    own = next((variant for variant in formula.variants if variant.by == by), None)
    if own is not None or by not in COHORTS:
        return own or formula.variants[0]
    place, found = COHORTS[by], formula.variants[0].cases

    def cases(ticket: Ticket, as_of: datetime, rules: KpiRules) -> Sequence[Case]:
        at = place(ticket, rules)
        return () if at is None else tuple(case._replace(at=at) for case in found(ticket, as_of, rules))

    return Variant(by, cases)


DIMENSIONS = (
    "district", "town", "community", "grid", "unit", "class", "sub_class", "item", "source", "loop", "level",
    "day", "month",
)  # fmt: skip
"""What any KPI can be broken down by, in any combination."""


class Slot(NamedTuple):
    """Columns of one formula by one date: `day` puts it into a period, `part` is its verdict, and it is a case only where
    `exists` has a date. -1 as `part`: the cases stand in the table of parts, under the same formula's number `joint`.
    """

    by: str
    day: int
    part: int
    exists: int
    joint: int = -1


class Layout:
    """`places` and `judges` in the order of their columns."""

    def __init__(self, formulas: Sequence[Formula] = FORMULAS) -> None:
        self.formulas = formulas
        self.places: list[Place] = list(COHORTS.values())
        self.judges: list[Judge] = []
        self.joint: list[Cases] = []
        self._slots: dict[tuple[str, str], Slot] = {}
        self._own: dict[str, str] = {}
        for formula in formulas:
            self._own[formula.id] = formula.by
            for variant in formula.variants:
                self._slots[formula.id, variant.by] = self._slot(variant)
        for formula in formulas:
            first = self._slots[formula.id, formula.by]
            for index, by in enumerate(COHORTS):
                self._slots.setdefault((formula.id, by), first._replace(by=by, day=index))

    @property
    def signature(self) -> list[list[str | int]]:
        """Changes when columns mean something else: a stored table of another signature is thrown away."""
        return [
            [formula.id, formula.version, *(variant.by for variant in formula.variants)] for formula in self.formulas
        ]

    def slot(self, formula_id: str, by: str) -> Slot:
        """Where a formula by a date stands; its default date where `by` is none that it knows."""
        return self._slots.get((formula_id, by)) or self._slots[formula_id, self._own[formula_id]]

    def variants(self) -> Iterator[tuple[Formula, Variant, Slot]]:
        """Every variant that a formula names itself."""
        for formula in self.formulas:
            for variant in formula.variants:
                yield formula, variant, self._slots[formula.id, variant.by]

    def _slot(self, variant: Variant) -> Slot:
        if variant.place is None or variant.judge is None:
            self.joint.append(variant.cases)
            return Slot(variant.by, -1, -1, -1, len(self.joint) - 1)
        day = _index(self.places, variant.place)
        return Slot(variant.by, day, _index(self.judges, variant.judge), day)


def _index(known: list[T], one: T) -> int:
    if one not in known:
        known.append(one)
    return known.index(one)


def by_of(formula_id: str, by: str) -> str:
    """The kind of period that the answer to (formula, by) will state."""
    return cohort(BY_ID[formula_id], by).by

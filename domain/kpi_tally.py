"""Counts the cases of formulas by day and breakdown, following each ticket from its old self to its new one.

The smallest live figure: no open book, no hours, no clock. `domain.kpi_engine` puts one together with those for the screens;
`Tile` below is one by itself. What a case is stands in `domain.kpi_catalogue`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from domain.ids import UnitId
from domain.kpi import result, stated
from domain.kpi_catalogue import BY_ID
from domain.kpi_counters import MONTH_BITS, DayCounts
from domain.kpi_parts import ALL, DIMS, OUTSIDE, Cases, Formula, Judge, KpiRules, Part, Place, Variant, days_of
from domain.kpi_types import Kpi, Period
from domain.ticket import Ticket
from domain.vocabulary import OPEN_STATES, State

PHASE = {state: ("open" if state in OPEN_STATES and state is not State.SUSPENDED else state.value) for state in State}
"""All that a formula may ask of a state: open, suspended, closed, or which end. A step inside `open` moves no figure by
itself, so most events of a ticket's life are counted nowhere."""
DIM_INDEX = {name: index for index, name in enumerate(DIMS)}
_UNIT = DIM_INDEX["unit"]
dim_fields = attrgetter("area", "unit", "item", "source._value_", "level._value_", "resolved_level")
"""The fields that `DimTable.of` reads: where they are equal, so are the breakdowns. Plain words, which hash quicker."""


class Dims(NamedTuple):
    """Where a ticket is counted: its interned values in the order of DIMS, and its unit."""

    values: tuple[int, ...]
    unit: UnitId | None


class DimTable:
    """Interns the values of breakdowns, shifted to their place in a counter's key. `items` = (大类, 小类) by item code."""

    def __init__(self, items: Mapping[str, tuple[str, str]]) -> None:
        self._items = items
        self._numbers: dict[tuple[int, str], int] = {}
        self._known: dict[tuple[Any, ...], Dims] = {}

    def of(self, fields: tuple[Any, ...]) -> Dims:
        """The breakdowns of a ticket with these `dim_fields`."""
        known = self._known.get(fields)
        if known is None:
            area, unit, item, source, level, resolved = fields
            words = ("", area[:9], area[:12], unit or "", self.class_of(item), source, resolved or level)
            values = tuple(self.number(index, str(word)) for index, word in enumerate(words))
            known = self._known[fields] = Dims(values, unit)
        return known

    def class_of(self, item: str) -> str:
        return self._items.get(item, (item, item))[0]

    def number(self, dim: int, value: str) -> int:
        key = (dim, value)
        known = self._numbers.get(key)
        if known is None:
            known = self._numbers[key] = len(self._numbers) << MONTH_BITS
        return known

    def find(self, dim: str, value: str) -> int | None:
        return self._numbers.get((DIM_INDEX[dim], value))

    def names(self) -> dict[int, tuple[str, str]]:
        """(breakdown, value) by number."""
        return {number: (DIMS[dim], value) for (dim, value), number in tuple(self._numbers.items())}

    def values(self, dim: str) -> list[str]:
        """Every value of a breakdown met so far, sorted; tickets without one are under ""."""
        index = DIM_INDEX[dim]
        return sorted(value for at, value in self._numbers if at == index)


class Plan:
    """One variant of one formula, with the series its parts are counted in."""

    __slots__ = ("by_unit", "dims", "pick", "series_of")

    def __init__(self, formula: Formula, variant: Variant) -> None:
        self.dims = formula.dims if variant.dims is None else variant.dims
        indexes = [DIM_INDEX[name] for name in self.dims]
        assert indexes[0] == 0  # `all` comes first: a slice, so that one breakdown also picks a tuple
        self.pick: Callable[[Sequence[int]], tuple[int, ...]] = (
            itemgetter(*indexes) if len(indexes) > 1 else itemgetter(slice(0, 1))
        )
        self.by_unit = indexes.index(_UNIT) if _UNIT in indexes else None
        self.series_of: dict[Part, int] = {}


class _Judged(NamedTuple):
    """Plans that share one judgement and differ in the date only."""

    judge: Judge
    placed: list[tuple[Place, Plan]]


class _Family(NamedTuple):
    """Everything that reads the same fields. A `state` among them counts by its phase only (see PHASE)."""

    of_phase: bool
    timed: bool
    fields: Callable[[Any], Any]
    judged: list[_Judged]
    several: list[tuple[Cases, Plan]]


class Tally:
    """`move` each change in order. Never asks what a ticket was: whoever calls knows both sides."""

    def __init__(self, rules: KpiRules, dims: DimTable, formulas: Sequence[Formula]) -> None:
        self.rules = rules
        self.dims = dims
        self.counts = DayCounts()
        self.plans: dict[tuple[str, str], Plan] = {}
        self._days = days_of(rules.zone)
        self._series = 0
        self._families = [_family(formula_group, self.plans) for formula_group in _grouped(formulas)]
        self._timed = [family for family in self._families if family.timed]

    def move(self, before: Ticket | None, after: Ticket | None, as_of: datetime) -> bool:
        """Counts the change. True where a verdict that time alone can change may have been touched."""
        old_at = dim_fields(before) if before is not None else None
        new_at = dim_fields(after) if after is not None else None
        stays = old_at == new_at
        both = before is not None and after is not None
        same_phase = both and _same_phase(before, after)
        touched = False
        for family in self._families:
            same = both and (same_phase or not family.of_phase) and family.fields(before) == family.fields(after)
            if same and stays:
                continue
            touched = touched or (family.timed and not same)
            self._recount(family, (before, as_of, old_at), (after, as_of, new_at))
        return touched

    def pass_time(self, ticket: Ticket, then: datetime, now: datetime) -> None:
        """Judges an open ticket anew that nobody touched."""
        at = dim_fields(ticket)
        for family in self._timed:
            self._recount(family, (ticket, then, at), (ticket, now, at))

    def figure(self, formula_id: str, period: Period, now: datetime, dim: str = ALL, value: str = "") -> Kpi:
        """The KPI from counters alone. Raises KeyError for a formula or a breakdown that is not kept."""
        formula = BY_ID[formula_id]
        period = stated(formula, period)
        plan = self.plans[formula_id, period.by]
        if dim not in plan.dims:
            raise KeyError(f"{formula_id} by {period.by} date is not counted by {dim}")
        counts: Counter[tuple[str, str]] = Counter()
        known = self.dims.find(dim, value)
        if known is not None:
            for part, series in plan.series_of.items():
                counts[part] = self.counts.total(series, known, period.start, period.end)
        return result(formula, period, now, counts)

    def series(self, plan: Plan, part: Part) -> int:
        known = plan.series_of.get(part)
        if known is None:
            known = plan.series_of[part] = self._series
            self._series += 1
        return known

    # -- inside -----------------------------------------------------------------------------------

    def _recount(self, family: _Family, old: "_Side", new: "_Side") -> None:
        before, then, old_at = old
        after, now, new_at = new
        rules = self.rules
        for judge, placed in family.judged:
            was = judge(before, then, rules) if before is not None else OUTSIDE
            is_ = judge(after, now, rules) if after is not None else OUTSIDE
            if was is OUTSIDE and is_ is OUTSIDE:
                continue
            for place, plan in placed:
                since = place(before, rules) if before is not None and was is not OUTSIDE else None
                until = place(after, rules) if after is not None and is_ is not OUTSIDE else None
                if was == is_ and since == until and old_at == new_at:
                    continue
                if since is not None and old_at is not None:
                    self._count(plan, was, since, self.dims.of(old_at), -1)
                if until is not None and new_at is not None:
                    self._count(plan, is_, until, self.dims.of(new_at), 1)
        for cases, plan in family.several:
            for side, delta in ((old, -1), (new, 1)):
                ticket, as_of, at = side
                if ticket is None or at is None:
                    continue
                for part, when, unit in cases(ticket, as_of, rules):
                    self._count_part(plan, part, when, unit, self.dims.of(at), delta)

    def _count(self, plan: Plan, part: Part, at: datetime, dims: Dims, delta: int) -> None:
        self.counts.add(self.series(plan, part), plan.pick(dims.values), self._days.cell(at), delta)

    def _count_part(self, plan: Plan, part: Part, at: datetime, unit: UnitId | None, dims: Dims, delta: int) -> None:
        """A case of its own unit, which need not be the ticket's."""
        values = plan.pick(dims.values)
        if unit != dims.unit and plan.by_unit is not None:
            own = self.dims.number(_UNIT, unit or "")
            values = (*values[: plan.by_unit], own, *values[plan.by_unit + 1 :])
        self.counts.add(self.series(plan, part), values, self._days.cell(at), delta)


def _same_phase(before: Ticket | None, after: Ticket | None) -> bool:
    assert before is not None
    assert after is not None
    return before.state is after.state or PHASE[before.state] is PHASE[after.state]


_Side = tuple[Ticket | None, datetime, tuple[Any, ...] | None]


def _grouped(formulas: Sequence[Formula]) -> Iterable[list[Formula]]:
    """Formulas that read the same, so that a change which touches none of it costs one comparison."""
    groups: dict[tuple[bool, tuple[str, ...]], list[Formula]] = {}
    for formula in formulas:
        groups.setdefault((formula.timed, tuple(sorted(set(formula.reads)))), []).append(formula)
    return groups.values()


def _family(formulas: list[Formula], plans: dict[tuple[str, str], Plan]) -> _Family:
    judged: dict[Judge, list[tuple[Place, Plan]]] = {}
    several: list[tuple[Cases, Plan]] = []
    for formula in formulas:
        for variant in formula.variants:
            plan = plans[formula.id, variant.by] = Plan(formula, variant)
            if variant.judge is not None and variant.place is not None:
                judged.setdefault(variant.judge, []).append((variant.place, plan))
            else:
                several.append((variant.cases, plan))
    fields = attrgetter(*sorted({name for formula in formulas for name in formula.reads} - {"state"}))
    of_phase = any("state" in formula.reads for formula in formulas)
    return _Family(of_phase, formulas[0].timed, fields, [_Judged(*one) for one in judged.items()], several)

"""Live figures of one scope: counters that follow each ticket from its old self to its new one, and a heap for time.

A closed ticket leaves nothing behind but counts, so memory and the cost of reading grow with days, not with tickets.
What is counted are the cases of `domain.kpi_catalogue`, the same that recount and drill-down use. No clock is read here:
`at` and `now` are parameters, and as_of never runs back. Figures on screen are put together in `domain.kpi_overview`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from msgspec import Struct

from domain import kpi_judges as judge
from domain.findings import FindingRules
from domain.ids import TicketId, UnitId
from domain.kpi import result, stated
from domain.kpi_catalogue import BY_ID, FORMULAS
from domain.kpi_counters import KEEP_DAYS, MONTH_BITS, AgeHistogram, DayCounts, Quarters
from domain.kpi_open import OpenBook
from domain.kpi_parts import ALL, DEFAULT_RULES, DIMS, Case, Formula, KpiRules, Part, Variant, days_of
from domain.kpi_types import Kpi, Period
from domain.kpi_work import called_back_at
from domain.ticket import Ticket
from domain.vocabulary import OPEN_STATES, State

DEFAULT_TARGETS = MappingProxyType({"closure_rate": 0.97, "on_time_rate": 0.95, "satisfaction_rate": 0.98})
DEFAULT_FLOORS = MappingProxyType({"closure_rate": 0.90, "on_time_rate": 0.85, "satisfaction_rate": 0.90})


class KpiError(Exception):
    """The engine was fed something that does not follow from what it knows: it must be built anew."""


class KpiSetup(Struct, frozen=True, kw_only=True):
    """What a site sets. Targets and floors are fractions by KPI id; `items` gives (大类, 小类) by item code."""

    rules: KpiRules = DEFAULT_RULES
    findings: FindingRules = FindingRules()
    targets: Mapping[str, float] = DEFAULT_TARGETS
    level_targets: Mapping[str, float] = {}
    floors: Mapping[str, float] = DEFAULT_FLOORS
    items: Mapping[str, tuple[str, str]] = {}
    area_names: Mapping[str, str] = {}
    unit_names: Mapping[str, str] = {}
    ranked_dim: str = "town"
    """`community` for the scope of a single town."""
    ranked_min: int = 30
    trend_days: int = 18
    hotspots: int = 6


PHASE = {state: ("open" if state in OPEN_STATES and state is not State.SUSPENDED else state.value) for state in State}
"""All that a formula may ask of a state: open, suspended, closed, or which end. A step inside `open` moves no figure by
itself, so most events of a ticket's life are counted nowhere."""
_DIM_INDEX = {name: index for index, name in enumerate(DIMS)}
_UNIT = _DIM_INDEX["unit"]
ACCEPTED_SERIES = 0
CLOSED_SERIES = 1
_FIRST_CLASS_SERIES = 2


class _Plan:
    """One variant of one formula, with the series its parts are counted in."""

    __slots__ = ("by_unit", "cases", "dims", "pick", "series_of")

    def __init__(self, formula: Formula, variant: Variant) -> None:
        self.cases = variant.cases
        self.dims = formula.dims if variant.dims is None else variant.dims
        indexes = [_DIM_INDEX[name] for name in self.dims]
        assert indexes[0] == 0  # `all` comes first: a slice, so that one breakdown also picks a tuple
        self.pick: Callable[[Sequence[int]], tuple[int, ...]] = (
            itemgetter(*indexes) if len(indexes) > 1 else itemgetter(slice(0, 1))
        )
        self.by_unit = indexes.index(_UNIT) if _UNIT in indexes else None
        self.series_of: dict[Part, int] = {}


class _Family(NamedTuple):
    """Plans that read the same fields. A `state` among them counts by its phase only (see PHASE)."""

    of_phase: bool
    fields: Callable[[Any], Any]
    plans: list[_Plan]


class _Dims(NamedTuple):
    """Where a ticket is counted: its interned values in the order of DIMS, the series of its 小类, its unit."""

    values: tuple[int, ...]
    sub_class: int
    unit: UnitId | None


class KpiEngine:
    """`load` once, then `apply` each change in order; `advance` moves time. Reading changes no figure.

    The screens need all formulas; fewer are for measuring what a single tile costs.
    """

    def __init__(self, setup: KpiSetup, formulas: Sequence[Formula] = FORMULAS) -> None:
        self.setup = setup
        self.days = days_of(setup.rules.zone)
        self.open = OpenBook(setup.rules, 9 if setup.ranked_dim == "town" else 12)
        self.quarters = Quarters()
        self.ages = AgeHistogram()
        self.now: datetime | None = None
        self.first_day: date | None = None
        """Earliest day of acceptance seen: no comparison reaches behind it."""
        self.last_call_back_at: datetime | None = None
        """When the feed of call-backs last brought one: a high-water mark, it does not fall when a ticket leaves."""
        self._counts = DayCounts()
        self._series = 0
        self._values: dict[tuple[int, str], int] = {}
        self._classes: dict[str, int] = {}
        self._class_names: list[str] = []
        self._plans: dict[tuple[str, str], _Plan] = {}
        self._families: list[_Family] = []
        self._timed: list[_Plan] = []
        self._lay_out(formulas)

    # -- feeding ----------------------------------------------------------------------------------

    def load(self, tickets: Iterable[Ticket], now: datetime) -> None:
        """All tickets of the scope as they are at `now`. Raises KpiError when the engine was fed before."""
        if self.now is not None:
            raise KpiError("this engine is loaded already")
        self._set_now(now)
        for ticket in tickets:
            self._move(None, ticket, now)

    def apply(self, before: Ticket | None, after: Ticket | None, at: datetime) -> None:
        """One ticket changed at `at`: None before = it came into the scope, None after = it left.

        Raises KpiError where `before` is not what the engine knows of an open ticket.
        """
        self.advance(at)
        assert self.now is not None
        for ticket in (before, after):
            if ticket is not None:
                self._check_known(before, ticket.id)
                break
        self._move(before, after, self.now)

    def advance(self, now: datetime) -> bool:
        """Let time pass. True when a figure may have changed by that. Earlier than the last instant: nothing happens."""
        if self.now is None:
            raise KpiError("load the engine before time passes")
        if now <= self.now:
            return False
        then = self.now
        woken = self.open.wake(now)
        for ticket in woken:
            dims = self._dims(ticket)
            for plan in self._timed:
                self._recase(
                    plan,
                    plan.cases(ticket, then, self.setup.rules),
                    dims,
                    plan.cases(ticket, now, self.setup.rules),
                    dims,
                )
            self.open.put(ticket, now)
        new_day = self.days.day(now) != self.days.day(then)
        self._set_now(now)
        return bool(woken) or new_day

    # -- reading ----------------------------------------------------------------------------------

    def figure(self, formula_id: str, period: Period, dim: str = ALL, value: str = "") -> Kpi:
        """The KPI from counters alone. Raises KeyError for a formula or a breakdown that is not kept."""
        formula = BY_ID[formula_id]
        if self.now is None:
            raise KpiError("load the engine before it is read")
        period = stated(formula, period)
        plan = self._plans[formula_id, period.by]
        if dim not in plan.dims:
            raise KeyError(f"{formula_id} by {period.by} date is not counted by {dim}")
        counts: Counter[tuple[str, str]] = Counter()
        known = self._values.get((_DIM_INDEX[dim], value))
        if known is not None:
            for part, series in plan.series_of.items():
                counts[part] = self._counts.total(series, known, period.start, period.end)
        return result(formula, period, self.now, counts)

    def values(self, dim: str) -> list[str]:
        """Every value of a breakdown met so far, sorted; tickets without one are under ""."""
        index = _DIM_INDEX[dim]
        return sorted(value for at, value in self._values if at == index)

    def classes(self) -> list[tuple[str, int]]:
        """(小类, its series in `quarters`) of every sub-class met so far."""
        return [(name, _FIRST_CLASS_SERIES + index) for index, name in enumerate(self._class_names)]

    # -- inside -----------------------------------------------------------------------------------

    def _lay_out(self, formulas: Sequence[Formula]) -> None:
        """Group the formulas by what they read, so that a change which touches none of it costs one comparison."""
        by_reads: dict[tuple[str, ...], list[_Plan]] = {}
        for formula in formulas:
            plans = by_reads.setdefault(tuple(sorted(set(formula.reads))), [])
            for variant in formula.variants:
                plan = self._plans[formula.id, variant.by] = _Plan(formula, variant)
                plans.append(plan)
                if formula.timed:
                    self._timed.append(plan)
        for reads, plans in by_reads.items():
            fields = attrgetter(*(name for name in reads if name != "state"))
            self._families.append(_Family("state" in reads, fields, plans))

    def _set_now(self, now: datetime) -> None:
        self.now = now
        self.quarters.keep_from(self.days.day(now) - timedelta(days=KEEP_DAYS - 1))

    def _check_known(self, before: Ticket | None, ticket_id: TicketId) -> None:
        known = self.open.get(ticket_id)
        expected = before if before is not None and before.is_open else None
        if known is not expected and known != expected:
            raise KpiError(
                f"ticket {ticket_id}: the engine knows version {known.version if known else None}, "
                f"the change starts from {expected.version if expected else None}"
            )

    def _move(self, before: Ticket | None, after: Ticket | None, as_of: datetime) -> None:
        if before is after:
            return
        rules = self.setup.rules
        old_dims = self._dims(before) if before is not None else None
        new_dims = self._dims(after) if after is not None else None
        stays = before is not None and after is not None and old_dims == new_dims
        same_phase = stays and before is not None and after is not None and PHASE[before.state] == PHASE[after.state]
        for of_phase, fields, plans in self._families:
            if stays and (same_phase or not of_phase) and fields(before) == fields(after):
                continue
            for plan in plans:
                old = plan.cases(before, as_of, rules) if before is not None else ()
                new = plan.cases(after, as_of, rules) if after is not None else ()
                self._recase(plan, old, old_dims, new, new_dims)
        self._remark(before, after)
        if after is not None and after.is_open:
            self.open.put(after, as_of)
        elif before is not None and before.is_open:
            self.open.drop(before.id)
        self._note(after)

    def _recase(
        self, plan: _Plan, old: Sequence[Case], old_dims: _Dims | None, new: Sequence[Case], new_dims: _Dims | None
    ) -> None:
        if old == new and old_dims == new_dims:
            return
        if old and old_dims is not None:
            self._count(plan, old, old_dims, -1)
        if new and new_dims is not None:
            self._count(plan, new, new_dims, 1)

    def _count(self, plan: _Plan, cases: Sequence[Case], dims: _Dims, delta: int) -> None:
        values = plan.pick(dims.values)
        for part, at, unit in cases:
            series = plan.series_of.get(part)
            if series is None:
                series = plan.series_of[part] = self._series
                self._series += 1
            own = values
            if unit is not dims.unit and plan.by_unit is not None:
                own = (*values[: plan.by_unit], self._value(_UNIT, unit or ""), *values[plan.by_unit + 1 :])
            self._counts.add(series, own, self.days.cell(at), delta)

    def _dims(self, ticket: Ticket) -> _Dims:
        name, sub_name = self.setup.items.get(ticket.item, (ticket.item, ticket.item))
        level = ticket.resolved_level or ticket.level
        values = (
            self._value(0, ""),
            self._value(1, ticket.area[:9]),
            self._value(2, ticket.area[:12]),
            self._value(3, ticket.unit or ""),
            self._value(4, name),
            self._value(5, ticket.source),
            self._value(6, level),
        )
        return _Dims(values, self._class_series(sub_name), ticket.unit)

    def _value(self, dim: int, value: str) -> int:
        """The interned value, shifted to its place in a counter's key."""
        key = (dim, value)
        known = self._values.get(key)
        if known is None:
            known = self._values[key] = len(self._values) << MONTH_BITS
        return known

    def _class_series(self, name: str) -> int:
        index = self._classes.get(name)
        if index is None:
            index = self._classes[name] = len(self._class_names)
            self._class_names.append(name)
        return _FIRST_CLASS_SERIES + index

    def _remark(self, before: Ticket | None, after: Ticket | None) -> None:
        """Quarters of an hour of acceptance and closing, and hours to close."""
        old, new = self._marks(before), self._marks(after)
        if old == new:
            return
        for (accepted, closed, series, hours), delta in ((old, -1), (new, 1)):
            if accepted is not None:
                place = self.days.place(accepted)
                self.quarters.add(ACCEPTED_SERIES, place, delta)
                self.quarters.add(series, place, delta)
            if closed is not None:
                place = self.days.place(closed)
                self.quarters.add(CLOSED_SERIES, place, delta)
                self.ages.add(place[0], hours, delta)

    def _marks(self, ticket: Ticket | None) -> tuple[datetime | None, datetime | None, int, float]:
        if ticket is None:
            return None, None, 0, 0.0
        accepted, closed = ticket.accepted_at, judge.closed_at(ticket, self.setup.rules)
        hours = (closed - accepted).total_seconds() / 3600 if closed is not None and accepted is not None else 0.0
        _, sub_name = self.setup.items.get(ticket.item, (ticket.item, ticket.item))
        return accepted, closed, self._class_series(sub_name), hours

    def _note(self, ticket: Ticket | None) -> None:
        if ticket is None:
            return
        if ticket.accepted_at is not None:
            day = self.days.day(ticket.accepted_at)
            if self.first_day is None or day < self.first_day:
                self.first_day = day
        called = called_back_at(ticket, self.setup.rules)
        if called is not None and (self.last_call_back_at is None or called > self.last_call_back_at):
            self.last_call_back_at = called

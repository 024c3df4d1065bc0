"""Live figures of one scope: counters that follow each ticket from its old self to its new one, and a heap for time.

A closed ticket leaves nothing behind but counts, so memory and the cost of reading grow with days, not with tickets.
What is counted are the cases of `domain.kpi_catalogue`, the same that recount and drill-down use. No clock is read here:
`at` and `now` are parameters, and as_of never runs back. Figures on screen are put together in `domain.kpi_overview`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from types import MappingProxyType

from msgspec import Struct

from domain import kpi_judges as judge
from domain.findings import FindingRules
from domain.ids import TicketId
from domain.kpi_catalogue import FORMULAS
from domain.kpi_counters import KEEP_DAYS, AgeHistogram, Quarters
from domain.kpi_open import OpenBook
from domain.kpi_parts import ALL, DEFAULT_RULES, Formula, KpiRules, days_of
from domain.kpi_scores import DEFAULT_WEIGHTS
from domain.kpi_tally import DimTable, Tally
from domain.kpi_types import Kpi, Period
from domain.kpi_work import called_back_at
from domain.ticket import Ticket

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
    weights: Mapping[str, float] = DEFAULT_WEIGHTS
    """Of the one list (一张榜单), by KPI id."""
    floors: Mapping[str, float] = DEFAULT_FLOORS
    items: Mapping[str, tuple[str, str]] = {}
    area_names: Mapping[str, str] = {}
    unit_names: Mapping[str, str] = {}
    ranked_dim: str = "town"
    """`community` for the scope of a single town."""
    ranked_min: int = 30
    trend_days: int = 18
    hotspots: int = 6


ACCEPTED_SERIES = 0
CLOSED_SERIES = 1
_FIRST_CLASS_SERIES = 2
_marked = attrgetter("accepted_at", "closed_at", "state", "item")
"""What `_marks` reads."""


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
        self.tally = Tally(setup.rules, DimTable(setup.items), formulas)
        self._classes: dict[str, int] = {}
        self._class_names: list[str] = []

    # -- feeding ----------------------------------------------------------------------------------

    def load(self, tickets: Iterable[Ticket], now: datetime) -> None:
        """All tickets of the scope as they are at `now`. Raises KpiError when the engine was fed before."""
        if self.now is not None:
            raise KpiError("this engine is loaded already")
        self._set_now(now)
        for ticket in tickets:
            self._move(None, ticket, now)

    def load_counted(self, now: datetime) -> None:
        """Begins an engine whose closed tickets somebody counts into it (backend.facts.engines); `join` the open ones after."""
        if self.now is not None:
            raise KpiError("this engine is loaded already")
        self._set_now(now)

    def join(self, tickets: Iterable[Ticket]) -> None:
        """Tickets that belong to what was loaded and are not counted yet."""
        assert self.now is not None
        for ticket in tickets:
            self._move(None, ticket, self.now)

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
            self.tally.pass_time(ticket, then, now)
            self.open.put(ticket, now)
        new_day = self.days.day(now) != self.days.day(then)
        self._set_now(now)
        return bool(woken) or new_day

    # -- reading ----------------------------------------------------------------------------------

    def figure(self, formula_id: str, period: Period, dim: str = ALL, value: str = "") -> Kpi:
        """The KPI from counters alone. Raises KeyError for a formula or a breakdown that is not kept."""
        if self.now is None:
            raise KpiError("load the engine before it is read")
        return self.tally.figure(formula_id, period, self.now, dim, value)

    def values(self, dim: str) -> list[str]:
        """Every value of a breakdown met so far, sorted; tickets without one are under ""."""
        return self.tally.dims.values(dim)

    def classes(self) -> list[tuple[str, int]]:
        """(小类, its series in `quarters`) of every sub-class met so far."""
        return [(name, _FIRST_CLASS_SERIES + index) for index, name in enumerate(self._class_names)]

    # -- inside -----------------------------------------------------------------------------------

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
        self.tally.move(before, after, as_of)
        self._remark(before, after)
        if after is not None and after.is_open:
            self.open.put(after, as_of)
        elif before is not None and before.is_open:
            self.open.drop(before.id)
        self._note(after)

    def class_series(self, item: str) -> int:
        """The series of the item's 小类 in `quarters`."""
        _, name = self.setup.items.get(item, (item, item))
        index = self._classes.get(name)
        if index is None:
            index = self._classes[name] = len(self._class_names)
            self._class_names.append(name)
        return _FIRST_CLASS_SERIES + index

    def _remark(self, before: Ticket | None, after: Ticket | None) -> None:
        """Quarters of an hour of acceptance and closing, and hours to close."""
        if before is not None and after is not None and _marked(before) == _marked(after):
            return
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
        return accepted, closed, self.class_series(ticket.item), hours

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

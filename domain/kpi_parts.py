"""The words of a KPI formula: what one ticket is to it (Part), the site's numbers (KpiRules), and site-local days (Days).

No formula lives here; see `domain.kpi_judges` for the judgements and `domain.kpi_catalogue` for the table.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.ids import UnitId
from domain.ticket import Ticket

NUMERATOR_KIND = "numerator"
DENOMINATOR_KIND = "denominator_only"
EXCLUDED_KIND = "excluded"
OUTSIDE_KIND = "outside"


class Part(NamedTuple):
    """What one ticket is to one formula: numerator (in both), denominator_only, excluded (with its reason), or outside.

    Of a mean (`hops`) the reason of a numerator is what the ticket adds to it: "2" counts twice there, once below the line.
    """

    kind: str
    reason: str = ""


NUMERATOR = Part(NUMERATOR_KIND)
DENOMINATOR = Part(DENOMINATOR_KIND)
OUTSIDE = Part(OUTSIDE_KIND)


@lru_cache(maxsize=64)
def excluded(reason: str) -> Part:
    return Part(EXCLUDED_KIND, reason)


@lru_cache(maxsize=256)
def weighing(amount: int) -> Part:
    """A case of a mean that adds `amount` to the numerator."""
    return Part(NUMERATOR_KIND, str(amount))


class KpiRules(Struct, frozen=True, kw_only=True):
    """The site's numbers that formulas need. Stage limits run round the clock (domain.md §4)."""

    zone: str = "Asia/Shanghai"
    accept_limit: timedelta = timedelta(minutes=15)
    dispatch_limit: timedelta = timedelta(minutes=15)
    reopen_window: timedelta = timedelta(days=30)


DEFAULT_RULES = KpiRules()


class Case(NamedTuple):
    """One thing that a formula counts: a ticket, or one unit's part in it. `at` puts it into a day."""

    part: Part
    at: datetime
    unit: UnitId | None


Cases = Callable[[Ticket, datetime, KpiRules], Sequence[Case]]
"""(ticket, as_of, rules) → what the ticket is to the formula. Pure. Of a ticket that is not open it must not depend on as_of."""

ALL = "all"
DIMS = (ALL, "town", "community", "unit", "class", "source", "level")
"""What a figure can be broken down by. `class` is the item's 大类."""


Place = Callable[[Ticket, KpiRules], datetime | None]
Judge = Callable[[Ticket, datetime, KpiRules], Part]


class Variant(Struct, frozen=True):
    """A formula under one kind of period: `by` names the date that puts a case into it."""

    by: str
    cases: Cases
    dims: tuple[str, ...] | None = None
    """What this variant is counted by in the live engine; None = as the formula says."""
    place: Place | None = None
    judge: Judge | None = None
    """Set where a ticket is at most one case: `cases` is then put together from these two, which others may share."""


def single(by: str, place: Place, judge: Judge, dims: tuple[str, ...] | None = None) -> Variant:
    """At most one case per ticket: judged by `judge`, put into a day by `place`; without a place it is outside."""

    def cases(ticket: Ticket, as_of: datetime, rules: KpiRules) -> Sequence[Case]:
        at = place(ticket, rules)
        if at is None:
            return ()
        part = judge(ticket, as_of, rules)
        return () if part is OUTSIDE else (Case(part, at, ticket.unit),)

    return Variant(by, cases, dims, place, judge)


def several(by: str, found: Cases, dims: tuple[str, ...] | None = None) -> Variant:
    """Any number of cases per ticket, one per unit that takes part; those outside are left out."""

    def cases(ticket: Ticket, as_of: datetime, rules: KpiRules) -> Sequence[Case]:
        return tuple(case for case in found(ticket, as_of, rules) if case.part is not OUTSIDE)

    return Variant(by, cases, dims)


class Formula(Struct, frozen=True, kw_only=True):
    """One KPI. `variants[0]` is its default period kind. `reads` = the fields of the ticket it depends on: where none of
    them changed, nothing is counted anew (the property tests catch a field that is missing here).
    """

    id: str
    version: int = 1
    variants: tuple[Variant, ...]
    reads: tuple[str, ...]
    dims: tuple[str, ...] = (ALL, "town", "unit")
    timed: bool = False
    """Whether the passing of time alone can change a verdict on an open ticket."""
    ripens: str = ""
    """What may still happen after the period to bring a case into the numerator: closed · handled · unknown (no date is kept of
    it). Such a formula is compared with the past as it stood then, or not at all. Empty: the verdict stands with the case.
    """

    @property
    def by(self) -> str:
        return self.variants[0].by

    def variant(self, by: str | None) -> Variant:
        """The variant for this kind of period, or the default one where the formula has no such kind."""
        return next((variant for variant in self.variants if variant.by == by), self.variants[0])


QUARTER_S = 900
_DAY_ZERO = date(1970, 1, 1).toordinal()
_CACHE_LIMIT = 50_000


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _DAY_ZERO


def day_of_number(number: int) -> date:
    return date.fromordinal(number + _DAY_ZERO)


class Days:
    """Instants → days of the site's zone, cached by quarter of an hour (every offset in use is a multiple of it)."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._cache: dict[int, tuple[date, int]] = {}
        self._cells: dict[int, tuple[int, int]] = {}
        self._numbers: dict[int, int] = {}
        self._last: tuple[datetime | None, tuple[int, int]] = (None, (0, 0))

    def place(self, at: datetime) -> tuple[date, int]:
        """(local day, quarter of an hour 0..95) of an aware instant."""
        key = int(at.timestamp() // QUARTER_S)
        known = self._cache.get(key)
        if known is None:
            if len(self._cache) >= _CACHE_LIMIT:
                self._cache.clear()
            local = at.astimezone(self._zone)
            known = self._cache[key] = (local.date(), local.hour * 4 + local.minute // 15)
        return known

    def day(self, at: datetime) -> date:
        return self.place(at)[0]

    def cell(self, at: datetime) -> tuple[int, int]:
        """(month counted from year 0, day of month - 1): where `kpi_counters.DayCounts` keeps the day. Many cases of one
        ticket stand on one instant, so the last answer is kept.
        """
        last, known = self._last
        if at is last:
            return known
        key = int(at.timestamp() // QUARTER_S)
        cell = self._cells.get(key)
        if cell is None:
            if len(self._cells) >= _CACHE_LIMIT:
                self._cells.clear()
            day = self.place(at)[0]
            cell = self._cells[key] = (day.year * 12 + day.month - 1, day.day - 1)
        self._last = (at, cell)
        return cell

    def number(self, at: datetime) -> int:
        """The local day as days since 1970-01-01: what a column of days holds."""
        key = int(at.timestamp() // QUARTER_S)
        known = self._numbers.get(key)
        if known is None:
            if len(self._numbers) >= _CACHE_LIMIT:
                self._numbers.clear()
            known = self._numbers[key] = day_number(self.place(at)[0])
        return known

    def start(self, day: date) -> datetime:
        """First instant of the day, aware UTC."""
        return datetime.combine(day, time(), self._zone).astimezone(UTC)

    def second_of_day(self, at: datetime) -> int:
        """Seconds on the wall clock since local midnight."""
        local = at.astimezone(self._zone)
        return local.hour * 3600 + local.minute * 60 + local.second


@lru_cache(maxsize=16)
def days_of(zone: str) -> Days:
    """The days of a zone; one cache for all who ask."""
    return Days(zone)


def month_of(day: date) -> tuple[date, date]:
    """[first day of the month, first day of the next)."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)

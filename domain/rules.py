"""Everything a decision stands on besides the ticket: calendar, list, places, units, and every number of the rules as data.

Limits come from domain.md §3 and §4. Not here: who may do what (domain.lifecycle.matrix) and what a command does.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from msgspec import Struct

from domain import clocks
from domain.catalogue import Catalogue, Item
from domain.clocks import WorkCalendar
from domain.ids import UnitId
from domain.organisation import AreaTree, Unit
from domain.ticket import Clock, Limit, StageClock, Ticket
from domain.vocabulary import Level, LimitType, Stage

_QUARTER_HOUR = Limit(0.25, LimitType.URGENT_HOURS)
_HALF_HOUR = Limit(0.5, LimitType.URGENT_HOURS)
_TWO_OFFICE_HOURS = Limit(2, LimitType.WORKING_HOURS)

STAGE_LIMITS: Mapping[Stage, Limit] = MappingProxyType(
    {
        Stage.ACCEPT: _QUARTER_HOUR,
        Stage.VERIFY: _HALF_HOUR,
        Stage.DISPATCH: _QUARTER_HOUR,
        Stage.SIGN: _TWO_OFFICE_HOURS,
        Stage.CHECK: _HALF_HOUR,
        Stage.CLOSE: _HALF_HOUR,
    }
)
"""HANDLE is missing on purpose: its limit is the item's."""

WHISTLE_UP: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "grid": frozenset({"town_centre"}),
        "community_station": frozenset({"town_centre"}),
        "company": frozenset({"town_centre"}),
        "town_centre": frozenset({"department", "brigade"}),
    }
)
"""Whom a unit of a kind may whistle: one level up (grid → town, town → department)."""


class ScoreWeights(Struct, frozen=True):
    """Points of a joint part, domain.md §5."""

    check_in: float = 20
    on_time: float = 30
    complete: float = 30
    accepted_first: float = 20


class Rules(Struct, frozen=True, kw_only=True):
    calendar: WorkCalendar
    catalogue: Catalogue
    areas: AreaTree
    units: Mapping[UnitId, Unit]
    stage_limits: Mapping[Stage, Limit] = STAGE_LIMITS
    whistle_limit: Limit = _HALF_HOUR
    """A whistled unit checks in within this."""
    whistle_up: Mapping[str, frozenset[str]] = WHISTLE_UP
    weights: ScoreWeights = ScoreWeights()
    first_level: Level = Level.TOWN
    """Two-level response: the town first."""
    hops_to_problem: int = 3
    undo: timedelta = timedelta(seconds=10)
    max_delays: int = 2
    max_suspensions: int = 1
    max_suspension: timedelta = timedelta(days=365)
    call_attempts: int = 3
    reviewers: int = 2

    def item_of(self, ticket: Ticket) -> Item | None:
        """The item in the version the ticket was filed under, by which it is judged for ever."""
        return self.catalogue.at(ticket.item, ticket.item_version)

    def stage_clock(self, stage: Stage, now: datetime, item: Item | None = None) -> StageClock | None:
        """A fresh clock; None for handling an item without a limit."""
        limit = (item.limit if item else None) if stage is Stage.HANDLE else self.stage_limits[stage]
        return StageClock(stage, clocks.start(self.calendar, limit, now)) if limit else None

    def business_clock(
        self, item: Item, reported_at: datetime, handling: Limit | None = None, started_at: datetime | None = None
    ) -> Clock | None:
        """By when the ticket must be closed: the stage limits walked after each other from the report on.

        `handling` replaces the item's own limit (after a delay was granted). `started_at` is later than the report by the
        time that the clock stood (domain.clocks.resume); the limit moves by as much. None for an item without a limit.
        """
        limit = handling or item.limit
        if item.limit is None or limit is None:
            return None
        limits = [self.stage_limits[stage] for stage in (Stage.ACCEPT, Stage.DISPATCH, Stage.SIGN)]
        limits.append(limit)
        if item.needs_check:
            limits.append(self.stage_limits[Stage.CHECK])
        clock = clocks.walk(self.calendar, reported_at, limits, limit)
        stood = self.calendar.elapsed_s(reported_at, started_at, limit.type) if started_at else 0.0
        return clocks.shift(self.calendar, clock, stood)

    def part_due_at(self, item: Item, asked_at: datetime) -> datetime | None:
        """By when a unit that is asked now must report its part: time to sign plus the handling limit."""
        if item.limit is None:
            return None
        return clocks.walk(self.calendar, asked_at, (self.stage_limits[Stage.SIGN], item.limit), item.limit).due_at

    def unit_and_above(self, unit: UnitId) -> Iterator[UnitId]:
        """The unit, then its department, and so on up. A loop in the data ends the walk."""
        seen: set[UnitId] = set()
        at: UnitId | None = unit
        while at is not None and at not in seen:
            yield at
            seen.add(at)
            known = self.units.get(at)
            at = known.parent if known else None

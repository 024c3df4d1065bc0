"""The one model of a report. It is kept with the files made of it: made anew from it, a report says the same.

Every figure is a Kpi with numerator, denominator and what was excluded. No words: names are looked up by the codes, sentences
are made by who lays it out.
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from domain.ids import AreaCode
from domain.kpi_types import Board, Kpi, OpenSplit, Period, RankRow


class ReportKind(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    CAMPAIGN = "campaign"
    UNIT = "unit"


class Line(Struct, frozen=True, kw_only=True):
    """One town, class, unit or source. `on_time` by due day."""

    code: str
    accepted: int
    closed: int
    on_time: Kpi


class Hot(Struct, frozen=True, kw_only=True):
    """An item class of the period against the period before."""

    name: str
    count: int
    before: int | None
    """None: the days before are not kept any more."""


class Report(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`past`: figures as they were shown at `as_of`; else as known when it was made. `seq` = last event that it knows.

    Books of the period: opening + accepted + reopened - closed - ended = open at its end, where `as_of` is the end.
    """

    format: int = 1
    kind: ReportKind
    title: str = ""
    """Of a campaign."""
    unit: str = ""
    """Of a score sheet: whose."""
    filters: dict[str, tuple[str, ...]] = {}
    site: str = ""
    period: Period
    as_of: datetime
    past: bool = False
    seq: int = 0
    accepted: int = 0
    closed: int = 0
    closed_same_day: int = 0
    reopened: int = 0
    ended: int = 0
    open: OpenSplit = OpenSplit()
    waiting: int = 0
    overdue_areas: tuple[tuple[AreaCode, int], ...] = ()
    oldest_overdue_s: float | None = None
    accepted_before: int = 0
    closed_before: int = 0
    targets: dict[str, float] = {}
    board: Board
    towns: tuple[Line, ...] = ()
    classes: tuple[Line, ...] = ()
    units: tuple[Line, ...] = ()
    levels: tuple[Line, ...] = ()
    sources: tuple[tuple[str, int], ...] = ()
    hot: tuple[Hot, ...] = ()
    ranked: tuple[RankRow, ...] = ()
    """Of a score sheet: all units beside each other."""
    demo: str = ""
    """Where the data comes from, if they are a demonstration's."""

    @property
    def is_empty(self) -> bool:
        """Nothing was accepted, closed or due in the period: the report says so in words."""
        return not self.accepted and not self.closed and all(not kpi.denominator for kpi in self.board.kpis)

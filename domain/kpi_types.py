"""Values that a KPI screen shows. Every figure carries numerator, denominator, what was excluded and why, as_of and formula version."""

from datetime import date, datetime

from msgspec import Struct

from domain.ids import AreaCode, UnitId
from domain.vocabulary import Level, Source


class Period(Struct, frozen=True):
    """Half-open interval [start, end) of site-local days, and the date that puts a ticket into it: accepted · due · closed."""

    start: date
    end: date
    by: str = "due"


class Kpi(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One KPI result, domain.md §7. `value` is numerator / denominator, None where the denominator is 0 (shown as "–")."""

    id: str
    numerator: int
    denominator: int
    excluded: dict[str, int] = {}
    """Count by reason: void · merged · out_of_remit · suspended · appeal_granted · no_limit · no_opinion · unreached …"""
    as_of: datetime
    formula: int = 1
    period: Period | None = None

    @property
    def value(self) -> float | None:
        return self.numerator / self.denominator if self.denominator else None


class Rate(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rate tile: the KPI, its target and printed floor (fractions), and one value a day for the trend line."""

    kpi: Kpi
    target: float
    floor: float
    trend: tuple[tuple[date, float | None], ...] = ()


class OpenSplit(Struct, frozen=True, kw_only=True):
    """Open tickets by the state of their running clock; the five add up to `total`. `suspended` is part of `paused`.

    `overdue` holds two kinds: `overdue_business`, past the limit of the whole ticket (what 应结案 counts), and the rest, late in
    its present stage only.
    """

    total: int = 0
    ok: int = 0
    at_risk: int = 0
    overdue: int = 0
    paused: int = 0
    no_limit: int = 0
    suspended: int = 0
    overdue_business: int = 0


class Hourly(Struct, frozen=True, kw_only=True):
    """24 counts each, local hours of the business day; the future hours of today are None. Band = min and max of the last four
    same weekdays, empty without history.
    """

    accepted: tuple[int | None, ...]
    closed: tuple[int | None, ...]
    band_low: tuple[float, ...]
    band_high: tuple[float, ...]


class LevelShare(Struct, frozen=True):
    level: Level
    count: int
    total: int
    target: float


class RankRow(Struct, frozen=True, kw_only=True):
    """One area (or unit) of the ranking. low, high: Wilson 95 % interval; rank_low..rank_high: places its interval allows.

    `ranked` is False under 30 cases: listed apart.
    """

    code: str
    name: str
    numerator: int
    denominator: int
    low: float
    high: float
    rank_low: int
    rank_high: int
    ranked: bool


class Hotspot(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Count of an item class today against its own usual (mean of the same span of the last four same weekdays)."""

    name: str
    count: int
    usual: float
    surge: bool
    ratio: float | None = None
    """count / usual; None where the usual stands on too few cases for a ratio (FindingRules.usual_cases_min)."""


class Finding(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A sentence of the headline as rule and numbers; the words are made at the desk. Rules: overdue_cluster · below_target · surge."""

    rule: str
    subject: str
    area: str = ""
    figures: dict[str, float] = {}


class Overview(Struct, frozen=True, kw_only=True):
    """Everything the wall overview shows (topic kpi.overview), for one scope."""

    as_of: datetime
    day: date
    findings: tuple[Finding, ...]
    accepted_today: int
    accepted_usual: float | None
    """Mean at the same time of day of the last four same weekdays; None without history."""
    closed_today: int
    closed_same_day: int
    reopened_today: int
    ended_today: int
    """refused after verification, merged, void, forced closed: opening + accepted + reopened - closed - ended = open."""
    opening: int
    open: OpenSplit
    waiting: int = 0
    """Reported and not yet accepted: stands beside `open`, not in it."""
    overdue_areas: tuple[tuple[AreaCode, int], ...]
    oldest_overdue_s: float | None
    rates: tuple[Rate, ...]
    hourly: Hourly
    levels: tuple[LevelShare, ...]
    ranking: tuple[RankRow, ...]
    hotspots: tuple[Hotspot, ...]
    last_call_back_at: datetime | None
    """Satisfaction stands on call-backs: its own feed, with its own age."""
    heard: dict[Source, datetime] | None = None
    """When each source last reported anything, of the whole district whatever the scope. None from a server that does not tell."""


class Ages(Struct, frozen=True, kw_only=True):
    """Hours from acceptance to closing of the tickets closed in the period; exact to about 1 %. None without any."""

    tickets: int
    median_h: float | None
    p90_h: float | None


class Board(Struct, frozen=True, kw_only=True):
    """What the KPI board shows for one period (query kpi.board): all rates of the period and the same period before."""

    as_of: datetime
    period: Period
    kpis: tuple[Kpi, ...]
    previous: tuple[Kpi, ...]
    """The period before (环比); of a running period as it stood at the same point of it. A KPI that cannot be had so is left out."""
    daily: tuple[tuple[date, int, int], ...]
    """(day, accepted, closed)."""
    levels: tuple[LevelShare, ...]
    ranking: tuple[RankRow, ...]
    units: tuple[RankRow, ...]
    sources: tuple[tuple[str, int], ...]
    unit_names: dict[UnitId, str] = {}
    ages: Ages | None = None
    backlog: tuple[tuple[str, int], ...] = ()
    """Open tickets by age since acceptance: 1d · 3d · 7d · 30d (up to) · older."""
    means: tuple[Kpi, ...] = ()
    """Not shares but means: `hops`, how often a dispatched ticket had to move on."""
    year_ago: tuple[Kpi, ...] = ()
    """The same dates a year before (同比), as `previous`."""
    compared: tuple[Period, Period] | None = None
    """The periods of `previous` and `year_ago`."""
    compared_at: tuple[datetime, datetime] | None = None
    """Of a running period: the instants at which they stood where this one stands now."""
    first_day: date | None = None
    """The history begins here: nothing is compared with what lies before."""

"""The questions about figures: their arguments, checked, and the shape of their replies. Counting is in
`backend.facts`."""

from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from backend.connection import QueryError
from domain.ids import TicketId
from domain.kpi_catalogue import BY_ID
from domain.kpi_compare import DayBand
from domain.kpi_layout import DIMENSIONS
from domain.kpi_parts import DENOMINATOR_KIND, EXCLUDED_KIND, NUMERATOR_KIND
from domain.kpi_scores import ScoreRow, Spot
from domain.kpi_types import Board, Kpi, Overview, Period

MAX_PERIOD = timedelta(days=366 * 10)
MAX_LISTED = 5000
"""Ids or rows in one reply: well under a frame. Ask on with `offset`."""
DENOMINATOR_PART = "denominator"
PARTS = (NUMERATOR_KIND, DENOMINATOR_KIND, DENOMINATOR_PART, EXCLUDED_KIND)
"""`denominator` = numerator + denominator_only; the other three add up to everything the figure looked at."""
FILTERS = (*DIMENSIONS, "area")
"""`area` = a code of any level: its prefix counts."""
RANKED_DIMS = ("town", "community", "unit")
S = TypeVar("S", bound=Struct)


class _Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    start: date
    end: date
    by: str = "due"
    filters: dict[str, tuple[str, ...]] = {}


class _AskedKpi(_Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kpi: str
    offset: int = 0
    limit: int = MAX_LISTED


class Question(_AskedKpi, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """behind: which tickets stand behind a figure."""

    part: str = NUMERATOR_KIND
    reason: str = ""
    """Of `excluded`: one reason only."""
    area: str = ""
    """Only tickets of this area (code prefix)."""
    unit: str = ""
    """Only cases of this unit."""
    at: datetime | None = None
    """As it was shown at a past instant (aware, business time); None = now."""
    cohort: bool = False
    """By exactly `by`, also where the formula has no judgement of its own for that date; else its own date is taken."""


class Breakdown(_AskedKpi, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """breakdown: one KPI by any combination of dims."""

    dims: tuple[str, ...] = ()


class Comparison(_AskedKpi, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """compare: a KPI against the period before, the year before, and the last four same weekdays."""


class Ranked(_Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """ranking: one list by weighted score. Without weights: the site's."""

    dim: str = "town"
    weights: dict[str, float] = {}


class Spots(_Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """hotspots: place × 小类 that came up again and again."""

    repeat_min: int = 3
    limit: int = 20


class BoardAsked(_Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    at: datetime | None = None
    """history only: as it was shown then."""


class HistoryReply(Struct, frozen=True, kw_only=True):
    """Figures as they were shown at `board.as_of`, from the log up to event `seq`."""

    seq: int
    overview: Overview
    board: Board


class BehindReply(Struct, frozen=True, kw_only=True):
    """`kpi` is the figure counted anew over the same rows as the list, so that both agree; `seq` says as of where."""

    kpi: Kpi
    seq: int
    part: str
    total: int
    offset: int
    ids: tuple[TicketId, ...]


class BreakdownRow(Struct, frozen=True):
    values: tuple[str, ...]
    numerator: int
    denominator: int
    excluded: dict[str, int] = {}


class BreakdownReply(Struct, frozen=True, kw_only=True):
    """`total` = rows there are; the biggest denominators first. `kpi` = all of them together."""

    kpi: Kpi
    seq: int
    dims: tuple[str, ...]
    total: int
    offset: int
    rows: tuple[BreakdownRow, ...]


class CompareReply(Struct, frozen=True, kw_only=True):
    """previous = 环比, year_ago = 同比. None as `previous` or `year_ago`: no history reaches that far."""

    seq: int
    kpi: Kpi
    previous: Kpi | None
    year_ago: Kpi | None
    days: tuple[DayBand, ...]


class RankingReply(Struct, frozen=True, kw_only=True):
    seq: int
    as_of: datetime
    period: Period
    weights: dict[str, float]
    rows: tuple[ScoreRow, ...]


class SpotsReply(Struct, frozen=True, kw_only=True):
    seq: int
    as_of: datetime
    period: Period
    periods: int
    """How many periods before are behind `usual`; 0 = no history."""
    rows: tuple[Spot, ...]


def question_of(args: dict[str, Any]) -> Question:
    """Raises QueryError: bad_question · unknown_kpi · bad_period."""
    question = asked(args, Question)
    if question.part not in PARTS:
        raise QueryError("bad_question", f"part {question.part!r}")
    return question


def asked(args: dict[str, Any], kind: type[S]) -> S:
    """Arguments of any question here. Raises QueryError: bad_question · unknown_kpi · bad_period."""
    try:
        question = msgspec.convert(args, kind)
    except msgspec.ValidationError as problem:
        raise QueryError("bad_question", str(problem)) from problem
    if isinstance(question, _AskedKpi):
        if question.kpi not in BY_ID:
            raise QueryError("unknown_kpi", question.kpi)
        if question.offset < 0 or not 0 < question.limit <= MAX_LISTED:
            raise QueryError("bad_question", f"offset or limit of {question}")
    if isinstance(question, _Asked):
        _sane(Period(question.start, question.end, question.by))
        _known(tuple(question.filters), FILTERS, "filter")
    if isinstance(question, BoardAsked):
        _known(tuple(question.filters), tuple(name for name in FILTERS if name not in ("day", "month")), "filter")
    if isinstance(question, Breakdown):
        _known(question.dims, DIMENSIONS, "breakdown")
        if len(set(question.dims)) < len(question.dims):
            raise QueryError("bad_question", "a breakdown stands twice")
    if isinstance(question, Ranked):
        _known((question.dim,), RANKED_DIMS, "ranking")
        _known(tuple(question.weights), tuple(BY_ID), "KPI")
        if any(weight < 0 for weight in question.weights.values()):
            raise QueryError("bad_question", "a weight below 0")
    return question


def _known(names: tuple[str, ...], known: tuple[str, ...], what: str) -> None:
    for name in names:
        if name not in known:
            raise QueryError("bad_question", f"unknown {what} {name!r}; known: {', '.join(known)}")


def _sane(period: Period) -> None:
    if not timedelta(0) < period.end - period.start <= MAX_PERIOD:
        raise QueryError("bad_period", f"{period.start} to {period.end}")

"""The question "behind": which tickets stand behind a figure. Arguments are checked here; the judging is domain.kpi's.

A closed ticket leaves nothing but counts in the engine, so the lists come from one reading of the scope's tickets.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any, Protocol

import msgspec
from msgspec import Struct

from backend.connection import QueryError
from domain.actor import Scope
from domain.ids import TicketId
from domain.kpi import Behind, behind, stated
from domain.kpi_catalogue import BY_ID
from domain.kpi_parts import DENOMINATOR_KIND, EXCLUDED_KIND, NUMERATOR_KIND, KpiRules
from domain.kpi_types import Kpi, Period
from domain.ticket import Ticket

MAX_PERIOD = timedelta(days=366 * 10)
MAX_LISTED = 5000
"""Ids in one reply: well under a frame. Ask on with `offset`."""
DENOMINATOR_PART = "denominator"
PARTS = (NUMERATOR_KIND, DENOMINATOR_KIND, DENOMINATOR_PART, EXCLUDED_KIND)
"""`denominator` = numerator + denominator_only; the other three add up to everything the figure looked at."""


class TicketSource(Protocol):
    """The store, as far as it is needed here. Blocks: used in a thread."""

    def scan(self, scope: Scope) -> AbstractContextManager[tuple[int, Iterator[Ticket]]]:
        """(seq, every ticket of the scope as of that seq), read in one transaction."""


class Question(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kpi: str
    start: date
    end: date
    by: str = "due"
    part: str = NUMERATOR_KIND
    reason: str = ""
    """Of `excluded`: one reason only."""
    area: str = ""
    """Only tickets of this area (code prefix)."""
    unit: str = ""
    """Only cases of this unit."""
    offset: int = 0
    limit: int = MAX_LISTED


class BehindReply(Struct, frozen=True, kw_only=True):
    """`kpi` is the figure counted anew over the same tickets as the list, so that both agree; `seq` says as of where."""

    kpi: Kpi
    seq: int
    part: str
    total: int
    offset: int
    ids: tuple[TicketId, ...]


def period_of(args: dict[str, Any]) -> Period:
    """{start, end, by?} → Period. Raises QueryError("bad_period")."""
    try:
        period = msgspec.convert({"by": "due", **args}, Period)
    except msgspec.ValidationError as problem:
        raise QueryError("bad_period", str(problem)) from problem
    return _sane(period)


def question_of(args: dict[str, Any]) -> Question:
    """Raises QueryError: bad_question · unknown_kpi · bad_period."""
    try:
        question = msgspec.convert(args, Question)
    except msgspec.ValidationError as problem:
        raise QueryError("bad_question", str(problem)) from problem
    if question.kpi not in BY_ID:
        raise QueryError("unknown_kpi", question.kpi)
    if question.part not in PARTS or question.offset < 0 or not 0 < question.limit <= MAX_LISTED:
        raise QueryError("bad_question", f"part, offset or limit of {question}")
    _sane(Period(question.start, question.end, question.by))
    return question


def answer(source: TicketSource, scope: Scope, question: Question, now: datetime, rules: KpiRules) -> BehindReply:
    """Reads every ticket of the scope once. Blocks: call it in a thread."""
    formula = BY_ID[question.kpi]
    period = stated(formula, Period(question.start, question.end, question.by))
    with source.scan(scope) as (seq, tickets):
        chosen = (ticket for ticket in tickets if ticket.area.startswith(question.area))
        lists = behind(formula, chosen, period, now, rules, unit=question.unit)
    ids = _list(lists, question)
    return BehindReply(
        kpi=recount_of(formula, lists, period, now),
        seq=seq,
        part=question.part,
        total=len(ids),
        offset=question.offset,
        ids=ids[question.offset : question.offset + question.limit],
    )


def _list(lists: Behind, question: Question) -> tuple[TicketId, ...]:
    match question.part:
        case "numerator":
            return lists.numerator
        case "denominator_only":
            return lists.denominator_only
        case "denominator":
            return tuple(sorted(lists.numerator + lists.denominator_only))
        case _:
            reasons = [question.reason] if question.reason else sorted(lists.excluded)
            return tuple(one for reason in reasons for one in lists.excluded.get(reason, ()))


def _sane(period: Period) -> Period:
    if not timedelta(0) < period.end - period.start <= MAX_PERIOD:
        raise QueryError("bad_period", f"{period.start} to {period.end}")
    return period

"""The table of formulas (domain.md §7): id, version, period kinds, what each reads, and what it can be broken down by.

Judgements are in `domain.kpi_judges` and `domain.kpi_work`.
"""

from datetime import datetime

from domain import kpi_judges as judge
from domain import kpi_work as work
from domain.kpi_parts import (
    ALL,
    DIMS,
    NUMERATOR,
    OUTSIDE,
    Formula,
    Judge,
    KpiRules,
    Part,
    Place,
    Variant,
    days_of,
    several,
    single,
)
from domain.ticket import Ticket
from domain.vocabulary import Level


def _same_day_closed(ticket: Ticket, _as_of: datetime, rules: KpiRules) -> Part:
    day = days_of(rules.zone).day
    if ticket.accepted_at is None or ticket.closed_at is None:
        return OUTSIDE
    return NUMERATOR if day(ticket.accepted_at) == day(ticket.closed_at) else OUTSIDE


def _reopened_at(ticket: Ticket, _rules: KpiRules) -> datetime | None:
    return ticket.reopened_at if ticket.accepted_at is not None else None


def _net_reopened(ticket: Ticket, _as_of: datetime, rules: KpiRules) -> Part:
    """Net of the day: closed and reopened on one day moves nothing, so that the day's books balance ticket by ticket."""
    day = days_of(rules.zone).day
    first = ticket.first_closed_at
    if first is None or ticket.reopened_at is None:
        return OUTSIDE
    return NUMERATOR if day(first) < day(ticket.reopened_at) else OUTSIDE


def _level(level: Level) -> Judge:
    def verdict(ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
        return judge.at_level(level, ticket)

    return verdict


_LIFE = ("state", "accepted_at", "filed_at", "business", "recorded_until", "appeal", "referred_to")
_CLOSED = ("state", "accepted_at", "closed_at", "ended_at", "on_time", "business", "appeal", "referred_to")
_CALL = ("call_back", "state", "referred_to")
_PARTS = ("parts", "state", "referred_to", "business", "recorded_until")
_STAGE = ("state", "ended_at", "recorded_until", "reported_at", "accepted_at", "filed_at", "dispatched_at")
_HOPS = ("state", "dispatched_at", "returns", "redispatches", "referred_to")


_PLAIN = (ALL,)
_WHO = (ALL, "town", "unit")


def _due(verdict: Judge, *more: Variant, dims: tuple[str, ...] = _PLAIN) -> tuple[Variant, ...]:
    """By due date, by accepted date (the same judgement of another cohort), and more."""
    return (single("due", judge.due_day, verdict), single("accepted", judge.accepted_at, verdict, dims), *more)


def _by(kind: str, place: Place, verdict: Judge) -> tuple[Variant, ...]:
    return (single(kind, place, verdict),)


def level_id(level: Level) -> str:
    return f"level_share_{level.value}"


RATES: tuple[Formula, ...] = (
    Formula(
        id="closure_rate",
        ripens="closed",
        timed=True,
        variants=_due(judge.closure, dims=_WHO),
        reads=_LIFE,
        dims=DIMS,
    ),
    Formula(
        id="on_time_rate",
        ripens="closed",
        timed=True,
        variants=_due(
            judge.on_time, single("closed", judge.closed_or_ended_at, judge.on_time_by_closed, _WHO), dims=_WHO
        ),
        reads=(*_LIFE, *_CLOSED),
        dims=DIMS,
    ),
    Formula(
        id="closure_rate_accepted",
        ripens="closed",
        variants=_by("accepted", judge.accepted_at, judge.closure_effective),
        reads=("state", "accepted_at", "referred_to"),
    ),
    Formula(
        id="closure_rate_handled",
        ripens="closed",
        variants=_by("handled", judge.handled_at, judge.closure_effective),
        reads=("state", "handled_at", "referred_to"),
    ),
    Formula(
        id="handling_rate", timed=True, ripens="handled", variants=_due(judge.handling), reads=(*_LIFE, "handled_at")
    ),
    Formula(
        id="on_time_handling_rate",
        timed=True,
        ripens="handled",
        variants=_due(judge.on_time_handling),
        reads=(*_LIFE, "handled_at"),
    ),
    Formula(
        id="rework_rate",
        ripens="closed",
        timed=True,
        variants=_due(judge.rework, single("closed", judge.closed_or_ended_at, judge.rework_by_closed, _PLAIN)),
        reads=(*_LIFE, *_CLOSED, "round"),
    ),
    Formula(
        id="reopen_rate",
        ripens="unknown",
        variants=_by("closed", judge.first_closing, judge.reopened),
        reads=("state", "closed_at", "first_closed_at", "reopened", "first_reopened_at"),
    ),
    Formula(
        id="first_dispatch_right",
        ripens="closed",
        variants=_by("dispatched", judge.dispatched_at, judge.first_dispatch_right),
        reads=_HOPS,
    ),
    Formula(
        id="accept_on_time",
        timed=True,
        variants=_by("stage_due", work.accept_due, work.accept_on_time),
        reads=_STAGE,
    ),
    Formula(
        id="dispatch_on_time",
        timed=True,
        variants=_by("stage_due", work.dispatch_due, work.dispatch_on_time),
        reads=(*_STAGE, "redispatches", "first_dispatched_at"),
    ),
    Formula(
        id="sign_on_time",
        timed=True,
        variants=_by("stage_due", work.sign_due, work.sign_on_time),
        reads=(*_STAGE, "parts"),
    ),
    Formula(
        id="verify_on_time",
        timed=True,
        variants=_by("stage_due", work.verify_due, work.verify_on_time),
        reads=("state", "ended_at", "recorded_until", "verified"),
    ),
    Formula(
        id="check_on_time",
        timed=True,
        variants=_by("stage_due", work.check_due, work.check_on_time),
        reads=("state", "ended_at", "recorded_until", "checked"),
    ),
    Formula(
        id="satisfaction_rate",
        variants=_by("called_back", work.called_back_at, work.satisfied),
        reads=_CALL,
        dims=DIMS,
    ),
    Formula(
        id="satisfaction_rate_strict",
        variants=_by("called_back", work.called_back_at, work.satisfied_strict),
        reads=_CALL,
    ),
    Formula(id="reached_rate", variants=_by("called_back", work.called_back_at, work.reached), reads=_CALL),
    Formula(id="solved_rate", variants=_by("called_back", work.called_back_at, work.solved), reads=_CALL),
    *(
        Formula(
            id=level_id(level),
            variants=_by("closed", judge.closed_at, _level(level)),
            reads=("state", "accepted_at", "closed_at", "resolved_level"),
            dims=(ALL, "town"),
        )
        for level in Level
    ),
    Formula(
        id="joint_check_in_rate",
        timed=True,
        variants=(several("part_due", work.joint_check_in),),
        reads=_PARTS,
    ),
    Formula(
        id="joint_on_time_rate",
        timed=True,
        variants=(several("part_due", work.joint_on_time),),
        reads=_PARTS,
    ),
    Formula(
        id="diversion",
        variants=_by("accepted", judge.accepted_at, judge.diversion),
        reads=("accepted_at", "source"),
    ),
    Formula(
        id="mediation_success",
        variants=_by("closed", judge.closed_at, judge.mediation),
        reads=("state", "accepted_at", "closed_at", "mediation"),
    ),
)

MEANS: tuple[Formula, ...] = (
    Formula(
        id="hops",
        variants=_by("dispatched", judge.dispatched_at, judge.hops),
        reads=_HOPS,
    ),
)
"""Means, not shares: the numerator is a sum (see `kpi_parts.Part`) and may exceed the denominator."""

COUNTS: tuple[Formula, ...] = (
    Formula(
        id="accepted",
        variants=_by("accepted", judge.accepted_at, judge.counted),
        reads=("accepted_at",),
        dims=DIMS,
    ),
    Formula(
        id="closed",
        variants=_by("closed", judge.closed_at, judge.counted),
        reads=("state", "accepted_at", "closed_at"),
        dims=DIMS,
    ),
    Formula(
        id="closed_same_day",
        variants=_by("closed", judge.closed_at, _same_day_closed),
        reads=("state", "accepted_at", "closed_at"),
        dims=(ALL, "town"),
    ),
    Formula(
        id="reopened",
        variants=_by("reopened", _reopened_at, _net_reopened),
        reads=("accepted_at", "first_closed_at", "reopened_at"),
        dims=(ALL, "town"),
    ),
    Formula(
        id="ended",
        variants=_by("ended", judge.ended_at, judge.counted),
        reads=("state", "accepted_at", "ended_at"),
        dims=(ALL, "town"),
    ),
)
"""Plain counts, as formulas whose every case is in the numerator: drill-down and recount work the same way."""

FORMULAS: tuple[Formula, ...] = RATES + MEANS + COUNTS
BY_ID: dict[str, Formula] = {formula.id: formula for formula in FORMULAS}

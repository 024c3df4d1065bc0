"""What the simulator means to do with one recorded ticket, and what comes next in a given state.

Facts (arrival, place, category, unit, channel, late or in time) come from the record. Everything between arrival and
closing is invented here, deterministically from the seed and the record's id, so that the recorded flag comes out: a ticket
recorded as late closes after its business limit, one in time before it. Work happens in office hours where the limit does.
"""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from backend.intake.recorded import RecordedRow
from domain import commands
from domain.clocks import WorkCalendar
from domain.ids import AreaCode, UnitId
from domain.rules import Rules
from domain.ticket import Point
from domain.vocabulary import CheckResult, Level, LimitType, Opinion, Role, State, Verification

ACCEPT_MAX = timedelta(minutes=13)
"""Most tickets are accepted and dispatched inside the 15-minute stage limits."""
CLOSING_MOST = timedelta(minutes=70)
"""Check and closing follow the result within this."""
ROUND_MIN = timedelta(minutes=1)
OPINIONS_IN_TIME = (
    (Opinion.VERY, 38),
    (Opinion.SATISFIED, 42),
    (Opinion.BASICALLY, 13),
    (Opinion.NOT, 4),
    (Opinion.NO_OPINION, 3),
)
OPINIONS_LATE = (
    (Opinion.VERY, 16),
    (Opinion.SATISFIED, 34),
    (Opinion.BASICALLY, 22),
    (Opinion.NOT, 24),
    (Opinion.NO_OPINION, 4),
)
SETTLED_SHARE = 0.94
LEVEL_OF_UNIT = {"community_station": Level.COMMUNITY, "town_centre": Level.TOWN, "brigade": Level.TOWN}


class Plan(Struct, frozen=True, kw_only=True):
    """One ticket's simulated course. Instants aware UTC; `closes_at` None = stays open (the record does not say)."""

    report: commands.Report
    reported_at: datetime
    unit: UnitId
    co_units: tuple[UnitId, ...]
    closes_at: datetime | None
    closes_by: datetime | None
    """Latest instant that keeps the recorded flag true; None where there is no such instant."""
    verify: bool
    return_first: bool
    fail_check_first: bool
    level: Level
    call_back_at: datetime | None
    reached: bool
    solved: bool
    opinion: Opinion | None
    settled: bool | None
    """Of a dispute, whether mediation settled it; None for every other matter."""
    pace: float
    """0..1: where between the earliest and the latest moment this ticket's steps fall."""


class Track(Struct):
    """What the simulator knows of its ticket: enough to choose the next step, whoever made the last one."""

    state: State | None = None
    changed_at: datetime | None = None
    version: int = 0
    round: int = 1
    returns: int = 0
    verified: bool = False
    called: bool = False
    unit: UnitId | None = None
    parts_open: tuple[UnitId, ...] = ()
    parts_absent: tuple[UnitId, ...] = ()
    """Co-units that have neither signed nor checked in."""
    parts_reported: tuple[UnitId, ...] = ()
    closed_at: datetime | None = None


class Step(Struct, frozen=True):
    at: datetime
    role: Role
    command: commands.Base
    unit: UnitId | None = None


def make_plan(
    row: RecordedRow,
    rules: Rules,
    units: list[UnitId],
    seed: int,
    copy: int,
    until: datetime | None,
    point: Callable[[AreaCode, str], Point | None] | None = None,
) -> Plan:
    """Plan of a recorded row; `point` invents a place in its community; `copy` > 0 are the invented siblings of a larger district. Deterministic."""
    rng = random.Random(f"{seed}:{row.rec_id}:{copy}")
    reported_at = row.reported_at + timedelta(seconds=rng.uniform(-1500, 1500) if copy else 0)
    item = rules.catalogue.current(row.item)
    business = rules.business_clock(item, reported_at) if item else None
    closes_at = _closing(rng, rules.calendar, reported_at, business.due_at if business else None, row.late)
    unit = row.unit or rng.choice(units)
    joint = rng.random() < 0.05
    co_units = tuple(u for u in rng.sample(units, 2) if u != unit) if joint else ()
    late = bool(row.late)
    reached = rng.random() < 0.78
    solved = rng.random() < (0.72 if late else 0.95)
    opinions = OPINIONS_LATE if late else OPINIONS_IN_TIME
    opinion = rng.choices([word for word, _ in opinions], [weight for _, weight in opinions])[0] if reached else None
    call_back_at = None
    if closes_at is not None and rng.random() < 0.85:
        call_back_at = rules.calendar.add_seconds(closes_at, rng.uniform(0.5, 9) * 3600, LimitType.WORKING_HOURS)
    reference = row.rec_id if copy == 0 else f"{row.rec_id}#{copy}"
    return Plan(
        report=commands.Report(
            source=row.source,
            external_ref=reference,
            area=row.area,
            point=point(row.area, reference) if point else None,
            item=row.item,
            nature=row.nature,
            channel=row.channel,
            unit=unit,
            simulated=True,
            recorded_until=until,
        ),
        reported_at=reported_at.replace(microsecond=0).astimezone(UTC),
        unit=unit,
        co_units=co_units,
        closes_at=closes_at,
        closes_by=business.due_at if business and not late else None,
        verify=rng.random() < 0.3,
        return_first=rng.random() < 0.06,
        fail_check_first=rng.random() < 0.04,
        level=_level(rng, rules, unit),
        call_back_at=call_back_at,
        reached=reached,
        solved=solved,
        opinion=opinion,
        pace=rng.random(),
        # Drawn last, so that everything else stays as it was for the same seed.
        settled=rng.random() < SETTLED_SHARE if item is not None and item.is_dispute else None,
    )


def _closing(
    rng: random.Random, calendar: WorkCalendar, reported_at: datetime, due_at: datetime | None, late: bool | None
) -> datetime | None:
    if late is None:
        return None
    if due_at is None:
        return calendar.add_seconds(reported_at, rng.uniform(2, 40) * 3600, LimitType.WORKING_HOURS)
    if late:
        return calendar.add_seconds(due_at, rng.uniform(0.4, 14) * 3600, LimitType.WORKING_HOURS)
    fraction = min(0.97, max(0.12, rng.betavariate(2.6, 1.9)))
    office_s = calendar.elapsed_s(reported_at, due_at, LimitType.WORKING_HOURS)
    if office_s > 1800:
        return calendar.add_seconds(reported_at, office_s * fraction, LimitType.WORKING_HOURS)
    return reported_at + (due_at - reported_at) * fraction


def _level(rng: random.Random, rules: Rules, unit: UnitId) -> Level:
    """Most matters end on the grid; the rest at the level of the unit that handled them."""
    if rng.random() < 0.66:
        return Level.GRID
    known = rules.units.get(unit)
    return LEVEL_OF_UNIT.get(known.kind if known else "", Level.DISTRICT)


def next_step(plan: Plan, track: Track, ref_time: datetime) -> Step | None:
    """The next thing to do in the ticket's present state, and when; None = nothing more. Never before the last change.

    `ref_time` is the instant from which a step may happen (the last change, or "now" after somebody else acted).
    """
    state = track.state
    if state is None:
        return Step(plan.reported_at, Role.SOURCE, plan.report)
    if state is State.CLOSED:
        if plan.call_back_at is None or track.called:
            return None
        call = commands.RecordCallBack(
            reached=plan.reached, solved=plan.solved if plan.reached else None, opinion=plan.opinion
        )
        return Step(max(plan.call_back_at, ref_time + ROUND_MIN), Role.CALLER, call)
    maker = _MAKERS.get(state)
    return maker(plan, track, ref_time) if maker else None


def _leave_at(plan: Plan, since: datetime, fraction: float, most: timedelta | None = None) -> datetime:
    """The instant of a step that should lie `fraction` of the way to closing, at most `most` from now."""
    if plan.closes_at is None:
        return since + (most or timedelta(hours=1 + 3 * plan.pace))
    left = max((plan.closes_at - since) * fraction, ROUND_MIN * fraction)
    if most is not None:
        left = min(left, most * (0.25 + 0.75 * plan.pace))
    return since + left


def _reported(plan: Plan, track: Track, since: datetime) -> Step:
    at = _leave_at(plan, since, 0.2, ACCEPT_MAX)
    if plan.verify and not track.verified:
        return Step(at, Role.REGISTRAR, commands.RequestVerification())
    return Step(at, Role.REGISTRAR, commands.File())


def _verifying(plan: Plan, track: Track, since: datetime) -> Step:
    at = _leave_at(plan, since, 0.2, timedelta(minutes=26))
    return Step(at, Role.COLLECTOR, commands.RecordVerification(result=Verification.EXISTS))


def _filed(plan: Plan, track: Track, since: datetime) -> Step:
    at = _leave_at(plan, since, 0.2, ACCEPT_MAX)
    return Step(at, Role.DISPATCHER, commands.Dispatch(lead=plan.unit, co_units=plan.co_units))


def _dispatched(plan: Plan, track: Track, since: datetime) -> Step:
    at = _leave_at(plan, since, 0.25, timedelta(minutes=100))
    if plan.return_first and track.returns == 0:
        return Step(at, Role.HANDLER, commands.Return(text="不属本单位职责，请核"), track.unit or plan.unit)
    return Step(at, Role.HANDLER, commands.Sign(), track.unit or plan.unit)


def _handling(plan: Plan, track: Track, since: datetime) -> Step | None:
    if plan.closes_at is None and track.round == 1:
        return None  # the record does not say how it ended: it stays open
    for unit in track.parts_open:
        if unit in track.parts_reported:
            judge = commands.JudgePart(unit=unit, accepted=True)
            return Step(_leave_at(plan, since, 0.3, timedelta(hours=2)), Role.COORDINATOR, judge)
        if unit in track.parts_absent:
            arrive = commands.CheckIn(unit=unit)
            return Step(_leave_at(plan, since, 0.25, timedelta(hours=1)), Role.HANDLER, arrive, unit)
        done = commands.ReportPart(unit=unit)
        return Step(_leave_at(plan, since, 0.4, timedelta(hours=4)), Role.HANDLER, done, unit)
    at = _leave_at(plan, since, 0.88)
    if plan.closes_at is not None:
        at = max(at, plan.closes_at - CLOSING_MOST)
    return Step(at, Role.HANDLER, commands.ReportResult(resolved_level=plan.level), track.unit or plan.unit)


def _handled(plan: Plan, track: Track, since: datetime) -> Step:
    return Step(_leave_at(plan, since, 0.2, timedelta(minutes=25)), Role.DISPATCHER, commands.RequestCheck())


def _checking(plan: Plan, track: Track, since: datetime) -> Step:
    fail = plan.fail_check_first and track.round == 1
    result = CheckResult.FAIL if fail else CheckResult.PASS
    at = _leave_at(plan, since, 0.3 if fail else 0.7, timedelta(minutes=28))
    return Step(at, Role.CHECKER, commands.RecordCheck(result=result))


def _ready(plan: Plan, track: Track, since: datetime) -> Step:
    at = plan.closes_at or since + timedelta(minutes=5)
    return Step(max(at, since + timedelta(seconds=5)), Role.DISPATCHER, commands.Close(settled=plan.settled))


_MAKERS = {
    State.REPORTED: _reported,
    State.VERIFYING: _verifying,
    State.FILED: _filed,
    State.DISPATCHED: _dispatched,
    State.HANDLING: _handling,
    State.HANDLED: _handled,
    State.CHECKING: _checking,
    State.READY_TO_CLOSE: _ready,
}

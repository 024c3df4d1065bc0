"""What one ticket is to each formula of domain.md §7: pure judgements of (ticket, as_of). No counting, no clock read.

Rules that all share: a missing deadline is never on time · forced close never counts as closed · void, merged, out-of-remit,
suspended and appeal-granted tickets are excluded from by-due rates and shown · an old record is judged at no later moment
than its own end (`Ticket.judged_at`) · a verdict on a ticket that is not open never changes with time.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.kpi_parts import DENOMINATOR, NUMERATOR, OUTSIDE, Case, KpiRules, Part, excluded
from domain.ticket import CallBack, Clock, Participation, Ticket
from domain.vocabulary import ClockState, Level, Opinion, Source, State

VERY_OLD = "older"
AGE_BANDS: tuple[tuple[str, timedelta], ...] = (
    ("1d", timedelta(days=1)),
    ("3d", timedelta(days=3)),
    ("7d", timedelta(days=7)),
    ("30d", timedelta(days=30)),
)
"""Backlog bands by age since acceptance: up to and including; beyond the last one `older`."""


def end_reason(ticket: Ticket) -> str | None:
    """Why the ticket ended without being closed, as an exclusion reason."""
    match ticket.state:
        case State.VOID:
            return "void"
        case State.MERGED:
            return "merged"
        case State.REFUSED:
            return "out_of_remit" if ticket.referred_to else "refused"
        case State.FORCED_CLOSED:
            return "forced_closed"
        case _:
            return None


def is_suspended(ticket: Ticket) -> bool:
    return ticket.state is State.SUSPENDED or (
        ticket.is_open and ticket.business is not None and ticket.business.paused_at is not None
    )


def past(clock: Clock | None, at: datetime) -> bool:
    """Over 100 % used, and running."""
    return clock is not None and clock.paused_at is None and at > clock.due_at


def is_overdue(ticket: Ticket, as_of: datetime) -> bool:
    """Open beyond its business limit (超期未结)."""
    return ticket.is_open and past(ticket.business, ticket.judged_at(as_of))


def running_clock(ticket: Ticket) -> Clock | None:
    """The clock the wall judges an open ticket by: the business clock, or before filing, when there is none yet, the stage's."""
    if ticket.business is not None or ticket.filed_at is not None:
        return ticket.business
    return ticket.stage.clock if ticket.stage else None


def open_state(ticket: Ticket, as_of: datetime) -> ClockState:
    """State of an open ticket's running clock."""
    clock = running_clock(ticket)
    if ticket.state is State.SUSPENDED or (clock is not None and clock.paused_at is not None):
        return ClockState.PAUSED
    if clock is None:
        return ClockState.NONE
    at = ticket.judged_at(as_of)
    if at > clock.due_at:
        return ClockState.OVERDUE
    return ClockState.AT_RISK if at > clock.risk_at else ClockState.OK


def in_house(ticket: Ticket) -> bool:
    """Counted as open (在办): accepted and not finished. A report not yet accepted is not."""
    return ticket.accepted_at is not None and ticket.is_open


def was_on_time(ticket: Ticket) -> bool:
    """Closed within its limit. Without a limit: never."""
    return ticket.state is State.CLOSED and ticket.on_time is True and ticket.business is not None


def age_band(ticket: Ticket, as_of: datetime) -> str:
    assert ticket.accepted_at is not None
    age = ticket.judged_at(as_of) - ticket.accepted_at
    return next((name for name, limit in AGE_BANDS if age <= limit), VERY_OLD)


# -- by due date ----------------------------------------------------------------------------------


def exemption(ticket: Ticket) -> str | None:
    """Why a ticket is taken out of the by-due rates, else None."""
    reason = end_reason(ticket)
    if reason is None and ticket.business is None:
        return "no_limit"
    if reason is None and is_suspended(ticket):
        return "suspended"
    if reason is None and ticket.appeal is not None and ticket.appeal.granted:
        return "appeal_granted"
    return reason


def due_to_close(ticket: Ticket, as_of: datetime) -> Part:
    """DENOMINATOR where the ticket was due to be closed (应结案 = closed + open overdue), excluded, or OUTSIDE."""
    if ticket.is_open and ticket.filed_at is None and ticket.business is None:
        return OUTSIDE  # its limit is set at filing: not "without a limit", only not yet known
    reason = exemption(ticket)
    if reason is not None:
        return excluded(reason)
    if ticket.state is State.CLOSED or is_overdue(ticket, as_of):
        return DENOMINATOR
    return OUTSIDE


def due_day(ticket: Ticket) -> datetime | None:
    """When a by-due case is placed: its limit, or for those that never got one, so that they can be shown, acceptance."""
    return ticket.business.due_at if ticket.business else ticket.accepted_at


def closure(ticket: Ticket, as_of: datetime, _rules: KpiRules) -> Part:
    part = due_to_close(ticket, as_of)
    return NUMERATOR if part is DENOMINATOR and ticket.state is State.CLOSED else part


def on_time(ticket: Ticket, as_of: datetime, _rules: KpiRules) -> Part:
    part = due_to_close(ticket, as_of)
    return NUMERATOR if part is DENOMINATOR and was_on_time(ticket) else part


def rework(ticket: Ticket, as_of: datetime, _rules: KpiRules) -> Part:
    part = due_to_close(ticket, as_of)
    return NUMERATOR if part is DENOMINATOR and ticket.round > 1 else part


def _due_to_handle(ticket: Ticket, as_of: datetime) -> Part:
    """As due_to_close, and a ticket that is handled before its limit counts, though nobody closed it yet."""
    part = due_to_close(ticket, as_of)
    return DENOMINATOR if part is OUTSIDE and ticket.business is not None and ticket.handled_at is not None else part


def handling(ticket: Ticket, as_of: datetime, _rules: KpiRules) -> Part:
    part = _due_to_handle(ticket, as_of)
    done = ticket.handled_at is not None or ticket.state is State.CLOSED
    return NUMERATOR if part is DENOMINATOR and done else part


def on_time_handling(ticket: Ticket, as_of: datetime, _rules: KpiRules) -> Part:
    part = _due_to_handle(ticket, as_of)
    if part is not DENOMINATOR or ticket.handled_at is None or ticket.business is None:
        return part
    return NUMERATOR if ticket.handled_at <= ticket.business.due_at else part


# -- by accepted, handled, dispatched, closed date --------------------------------------------------


def _effective(ticket: Ticket) -> Part:
    """Effectively accepted or handled: minus void, merged, out-of-remit. Forced close stays in, and is never closed."""
    reason = end_reason(ticket)
    if reason is not None and ticket.state is not State.FORCED_CLOSED:
        return excluded(reason)
    return NUMERATOR if ticket.state is State.CLOSED else DENOMINATOR


def closure_effective(ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    return _effective(ticket)


def first_dispatch_right(ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    part = _effective(ticket)
    return DENOMINATOR if part is NUMERATOR and (ticket.returns or ticket.redispatches) else part


def diversion(ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    """Non-police matters handed over by the police, of all that citizens called about (12345 and those)."""
    if ticket.source is Source.POLICE_REFERRAL:
        return NUMERATOR
    return DENOMINATOR if ticket.source is Source.HOTLINE_12345 else OUTSIDE


def closed_or_ended_at(ticket: Ticket) -> datetime | None:
    return ticket.closed_at if ticket.state is State.CLOSED else ticket.ended_at


def _by_closed(ticket: Ticket) -> Part:
    """In by-closed rates a ticket without a limit stays in the denominator, and is never on time."""
    if ticket.state is not State.CLOSED:
        reason = end_reason(ticket)
        return excluded(reason) if reason else OUTSIDE
    if ticket.appeal is not None and ticket.appeal.granted:
        return excluded("appeal_granted")
    return DENOMINATOR


def on_time_by_closed(ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    part = _by_closed(ticket)
    return NUMERATOR if part is DENOMINATOR and was_on_time(ticket) else part


def rework_by_closed(ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    part = _by_closed(ticket)
    return NUMERATOR if part is DENOMINATOR and ticket.round > 1 else part


def first_closing(ticket: Ticket) -> datetime | None:
    return ticket.first_closed_at or (ticket.closed_at if ticket.state is State.CLOSED else None)


def reopened(ticket: Ticket, _as_of: datetime, rules: KpiRules) -> Part:
    """Counts against the first closing, once, however often it was reopened."""
    first = first_closing(ticket)
    again = ticket.first_reopened_at
    if first is None:
        return OUTSIDE
    if ticket.reopened and again is None:
        return excluded("instant_unknown")
    return NUMERATOR if again is not None and again - first <= rules.reopen_window else DENOMINATOR


def at_level(level: Level, ticket: Ticket) -> Part:
    if ticket.state is not State.CLOSED:
        return OUTSIDE
    if ticket.resolved_level is None:
        return excluded("level_unknown")
    return NUMERATOR if ticket.resolved_level is level else DENOMINATOR


# -- stages -----------------------------------------------------------------------------------------


def _stage(done_at: datetime | None, due_at: datetime, ticket: Ticket, as_of: datetime) -> Part:
    """On time ÷ due, of one stage: due = done, or not done and past its limit. Ended before it was due: outside."""
    if done_at is not None:
        return NUMERATOR if done_at <= due_at else DENOMINATOR
    if not ticket.is_open:
        return DENOMINATOR if ticket.ended_at is not None and ticket.ended_at > due_at else OUTSIDE
    return DENOMINATOR if ticket.judged_at(as_of) > due_at else OUTSIDE


def accept_on_time(ticket: Ticket, as_of: datetime, rules: KpiRules) -> Sequence[Case]:
    due_at = ticket.reported_at + rules.accept_limit
    return (Case(_stage(ticket.accepted_at, due_at, ticket, as_of), due_at, ticket.unit),)


def dispatch_on_time(ticket: Ticket, as_of: datetime, rules: KpiRules) -> Sequence[Case]:
    if ticket.filed_at is None:
        return ()
    due_at = ticket.filed_at + rules.dispatch_limit
    if ticket.redispatches or ticket.returns:
        # `dispatched_at` is then a later dispatch: when the first one was is no longer on the ticket.
        return (Case(excluded("dispatched_again"), due_at, ticket.unit),)
    return (Case(_stage(ticket.dispatched_at, due_at, ticket, as_of), due_at, ticket.unit),)


def sign_on_time(ticket: Ticket, as_of: datetime, _rules: KpiRules) -> Sequence[Case]:
    """Of the lead's own part: signed by its sign limit (`check_in_due_at` of the lead)."""
    lead = ticket.lead
    if lead is None or lead.check_in_due_at is None:
        return ()
    return (Case(_stage(lead.signed_at, lead.check_in_due_at, ticket, as_of), lead.check_in_due_at, lead.unit),)


# -- call-back --------------------------------------------------------------------------------------

_WIDE = frozenset({Opinion.VERY, Opinion.SATISFIED, Opinion.BASICALLY})
_STRICT = frozenset({Opinion.VERY, Opinion.SATISFIED})


def called_back_at(ticket: Ticket) -> datetime | None:
    return ticket.call_back.at if ticket.call_back else None


def _valid_call(ticket: Ticket) -> Part | CallBack:
    """The call-back, or why it does not count."""
    call = ticket.call_back
    if call is None:
        return OUTSIDE
    if ticket.state is State.REFUSED and ticket.referred_to:
        return excluded("out_of_remit")
    return call if call.reached else excluded("unreached")


def _satisfied(ticket: Ticket, good: frozenset[Opinion]) -> Part:
    call = _valid_call(ticket)
    if isinstance(call, Part):
        return call
    if call.opinion is None or call.opinion is Opinion.NO_OPINION:
        return excluded("no_opinion")
    return NUMERATOR if call.opinion in good else DENOMINATOR


def satisfied(ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    return _satisfied(ticket, _WIDE)


def satisfied_strict(ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    """Without 基本满意."""
    return _satisfied(ticket, _STRICT)


def reached(ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    call = _valid_call(ticket)
    if call == excluded("unreached"):
        return DENOMINATOR
    return call if isinstance(call, Part) else NUMERATOR


def solved(ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    call = _valid_call(ticket)
    if isinstance(call, Part):
        return call
    if call.solved is None:
        return excluded("no_answer")
    return NUMERATOR if call.solved else DENOMINATOR


# -- joint ------------------------------------------------------------------------------------------


def _participation(
    ticket: Ticket, part: Participation, due_at: datetime | None, done_at: datetime | None, as_of: datetime
) -> Case:
    """One unit's part: on time ÷ due. A part still open when the ticket was closed is missed."""
    at = due_at or part.asked_at
    reason = end_reason(ticket)
    if reason is not None:
        verdict = excluded(reason)
    elif due_at is None:
        verdict = excluded("no_limit")
    elif done_at is not None:
        verdict = NUMERATOR if done_at <= due_at else DENOMINATOR
    elif is_suspended(ticket):
        verdict = excluded("suspended")
    elif not ticket.is_open or ticket.judged_at(as_of) > due_at:
        verdict = DENOMINATOR
    else:
        verdict = OUTSIDE
    return Case(verdict, at, part.unit)


def joint_check_in(ticket: Ticket, as_of: datetime, _rules: KpiRules) -> Sequence[Case]:
    """Co-units only: the lead signs, it does not check in."""
    return tuple(
        _participation(ticket, part, part.check_in_due_at, part.arrived_at, as_of)
        for part in ticket.parts
        if not part.lead
    )


def joint_on_time(ticket: Ticket, as_of: datetime, _rules: KpiRules) -> Sequence[Case]:
    """Every unit of a joint ticket, the lead too; a ticket with one unit is not joint."""
    if len(ticket.parts) < 2:
        return ()
    return tuple(_participation(ticket, part, part.due_at, part.reported_at, as_of) for part in ticket.parts)


# -- counts (flows of the day) ----------------------------------------------------------------------


def counted(_ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    return NUMERATOR


def accepted_at(ticket: Ticket) -> datetime | None:
    return ticket.accepted_at


def closed_at(ticket: Ticket) -> datetime | None:
    return ticket.closed_at if ticket.state is State.CLOSED and ticket.accepted_at is not None else None


def ended_at(ticket: Ticket) -> datetime | None:
    """Left the house without being closed. One refused before acceptance was never in it."""
    ended = end_reason(ticket) is not None and ticket.accepted_at is not None
    return ticket.ended_at if ended else None


# -- time -------------------------------------------------------------------------------------------


def instants(ticket: Ticket, rules: KpiRules) -> list[datetime]:
    """Moments after which something above may judge this ticket differently, though nobody touched it. Unordered."""
    if not ticket.is_open:
        return []
    found: list[datetime] = []
    for clock in (ticket.business, running_clock(ticket)):
        if clock is not None and clock.paused_at is None:
            found += (clock.risk_at, clock.due_at)
    if ticket.accepted_at is None:
        found.append(ticket.reported_at + rules.accept_limit)
    else:
        found += [ticket.accepted_at + limit for _, limit in AGE_BANDS]
    if ticket.filed_at is not None and ticket.dispatched_at is None:
        found.append(ticket.filed_at + rules.dispatch_limit)
    for part in ticket.parts:
        found += [at for at in (part.check_in_due_at, part.due_at) if at is not None]
    if ticket.recorded_until is None:
        return found
    return [at for at in found if at < ticket.recorded_until] + [ticket.recorded_until]

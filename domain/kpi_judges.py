"""What one ticket is to each formula of domain.md §7: pure judgements of (ticket, as_of). No counting, no clock read.

Rules that all share: a missing deadline is never on time · forced close never counts as closed · void, merged, out-of-remit,
suspended and appeal-granted tickets are excluded from by-due rates and shown · an old record is judged at no later moment
than its own end (`Ticket.judged_at`) · a verdict on a ticket that is not open never changes with time.
"""

from datetime import datetime, timedelta

from domain.clocks import running_clock, state_of
from domain.kpi_parts import DENOMINATOR, NUMERATOR, OUTSIDE, KpiRules, Part, excluded, weighing
from domain.ticket import Ticket
from domain.vocabulary import ClockState, Level, Mediation, Source, State

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


def is_overdue(ticket: Ticket, as_of: datetime) -> bool:
    """Open beyond its business limit: due to be closed, and not closed."""
    return ticket.is_open and state_of(ticket.business, ticket.judged_at(as_of)) is ClockState.OVERDUE


def open_state(ticket: Ticket, as_of: datetime) -> ClockState:
    """State of an open ticket by the clock that runs out first (domain.clocks.running_clock): as in the queue."""
    return state_of(running_clock(ticket), ticket.judged_at(as_of))


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


_last: tuple[Ticket | None, datetime | None, Part] = (None, None, OUTSIDE)
"""The last answer of `due_to_close`: six formulas ask it of one ticket after the other. One tuple, so that threads never mix."""


def due_to_close(ticket: Ticket, as_of: datetime) -> Part:
    """DENOMINATOR where the ticket was due to be closed (应结案 = closed + open overdue), excluded, or OUTSIDE."""
    global _last
    one, then, part = _last
    if one is not ticket or then is not as_of:
        part = _due_to_close(ticket, as_of)
        _last = ticket, as_of, part
    return part


def _due_to_close(ticket: Ticket, as_of: datetime) -> Part:
    if ticket.is_open and ticket.filed_at is None and ticket.business is None:
        return OUTSIDE  # its limit is set at filing: not "without a limit", only not yet known
    reason = exemption(ticket)
    if reason is not None:
        return excluded(reason)
    if ticket.state is State.CLOSED or is_overdue(ticket, as_of):
        return DENOMINATOR
    return OUTSIDE


def due_day(ticket: Ticket, _rules: KpiRules) -> datetime | None:
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


def hops(ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    """How often a ticket had to move on after it was first dispatched (改派次数); a mean over those dispatched."""
    part = _effective(ticket)
    if part is not NUMERATOR and part is not DENOMINATOR:
        return part
    return weighing(ticket.redispatches) if ticket.redispatches else DENOMINATOR


def diversion(ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    """Non-police matters handed over by the police, of all that citizens called about (12345 and those)."""
    if ticket.source is Source.POLICE_REFERRAL:
        return NUMERATOR
    return DENOMINATOR if ticket.source is Source.HOTLINE_12345 else OUTSIDE


def closed_or_ended_at(ticket: Ticket, _rules: KpiRules) -> datetime | None:
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


def first_closing(ticket: Ticket, _rules: KpiRules) -> datetime | None:
    return ticket.first_closed_at or (ticket.closed_at if ticket.state is State.CLOSED else None)


def reopened(ticket: Ticket, _as_of: datetime, rules: KpiRules) -> Part:
    """Counts against the first closing, once, however often it was reopened."""
    first = first_closing(ticket, rules)
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


def mediation(ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    """Disputes settled, of the disputes closed. Closed before the outcome was asked for: outside, for nothing marks it."""
    if ticket.state is not State.CLOSED or ticket.mediation is None:
        return OUTSIDE
    if ticket.mediation is Mediation.UNSTATED:
        return excluded("outcome_unstated")
    return NUMERATOR if ticket.mediation is Mediation.SETTLED else DENOMINATOR


# -- counts (flows of the day) ----------------------------------------------------------------------


def counted(_ticket: Ticket, _as_of: datetime, _rules: KpiRules) -> Part:
    return NUMERATOR


def accepted_at(ticket: Ticket, _rules: KpiRules) -> datetime | None:
    return ticket.accepted_at


def handled_at(ticket: Ticket, _rules: KpiRules) -> datetime | None:
    return ticket.handled_at


def dispatched_at(ticket: Ticket, _rules: KpiRules) -> datetime | None:
    return ticket.dispatched_at


def closed_at(ticket: Ticket, _rules: KpiRules) -> datetime | None:
    return ticket.closed_at if ticket.state is State.CLOSED and ticket.accepted_at is not None else None


def ended_at(ticket: Ticket, _rules: KpiRules) -> datetime | None:
    """Left the house without being closed. One refused before acceptance was never in it."""
    ended = end_reason(ticket) is not None and ticket.accepted_at is not None
    return ticket.ended_at if ended else None


# -- time -------------------------------------------------------------------------------------------


def instants(ticket: Ticket, rules: KpiRules) -> list[datetime]:
    """Moments after which something above may judge this ticket differently, though nobody touched it. Unordered."""
    if not ticket.is_open:
        return []
    found: list[datetime] = []
    for clock in (ticket.business, ticket.stage.clock if ticket.stage else None):
        if clock is not None and clock.paused_at is None:
            found += (clock.risk_at, clock.due_at)
    if ticket.accepted_at is None:
        found.append(ticket.reported_at + rules.accept_limit)
    else:
        found += [ticket.accepted_at + limit for _, limit in AGE_BANDS]
    if ticket.filed_at is not None and ticket.dispatched_at is None:
        found.append(ticket.filed_at + rules.dispatch_limit)
    for visit in (ticket.verified, ticket.checked):
        if visit is not None and visit.done_at is None:
            found.append(visit.due_at)
    for part in ticket.parts:
        found += [at for at in (part.check_in_due_at, part.due_at) if at is not None]
    if ticket.recorded_until is None:
        return found
    return [at for at in found if at < ticket.recorded_until] + [ticket.recorded_until]

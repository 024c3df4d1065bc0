"""Judgements of the work around a closing: stages, call-back, and each unit's part in a joint ticket (domain.md §7).

As in `domain.kpi_judges`: pure functions of (ticket, as_of); of a ticket that is not open, independent of as_of.
"""

from collections.abc import Sequence
from datetime import datetime

from domain.kpi_judges import end_reason, is_suspended
from domain.kpi_parts import DENOMINATOR, NUMERATOR, OUTSIDE, Case, KpiRules, Part, excluded
from domain.ticket import CallBack, Participation, Ticket
from domain.vocabulary import Opinion, State

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

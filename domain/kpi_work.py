"""Judgements of the work around a closing: stages, call-back, and each unit's part in a joint ticket (domain.md §7).

As in `domain.kpi_judges`: pure functions of (ticket, as_of); of a ticket that is not open, independent of as_of.
"""

from collections.abc import Sequence
from datetime import datetime

from domain.kpi_judges import end_reason, is_suspended
from domain.kpi_parts import DENOMINATOR, NUMERATOR, OUTSIDE, Case, KpiRules, Part, excluded
from domain.ticket import CallBack, Participation, StageVisit, Ticket
from domain.vocabulary import Opinion, State

# -- stages -----------------------------------------------------------------------------------------


def _stage(done_at: datetime | None, due_at: datetime, ticket: Ticket, as_of: datetime) -> Part:
    """On time ÷ due, of one stage: due = done, or not done and past its limit. Ended before it was due: outside."""
    if done_at is not None:
        return NUMERATOR if done_at <= due_at else DENOMINATOR
    if not ticket.is_open:
        return DENOMINATOR if ticket.ended_at is not None and ticket.ended_at > due_at else OUTSIDE
    return DENOMINATOR if ticket.judged_at(as_of) > due_at else OUTSIDE


def accept_due(ticket: Ticket, rules: KpiRules) -> datetime:
    return ticket.reported_at + rules.accept_limit


def accept_on_time(ticket: Ticket, as_of: datetime, rules: KpiRules) -> Part:
    return _stage(ticket.accepted_at, accept_due(ticket, rules), ticket, as_of)


def dispatch_due(ticket: Ticket, rules: KpiRules) -> datetime | None:
    return ticket.filed_at + rules.dispatch_limit if ticket.filed_at is not None else None


def dispatch_on_time(ticket: Ticket, as_of: datetime, rules: KpiRules) -> Part:
    """Of the first dispatch: a later one is a hop, which `first_dispatch_right` and `hops` count."""
    due_at = dispatch_due(ticket, rules)
    if due_at is None:
        return OUTSIDE
    if ticket.redispatches and ticket.first_dispatched_at is None:
        return excluded("dispatched_again")  # a ticket from before the first dispatch was kept
    return _stage(ticket.first_dispatched_at or ticket.dispatched_at, due_at, ticket, as_of)


def sign_due(ticket: Ticket, _rules: KpiRules) -> datetime | None:
    lead = ticket.lead
    return lead.check_in_due_at if lead else None


def sign_on_time(ticket: Ticket, as_of: datetime, _rules: KpiRules) -> Part:
    """Of the lead's own part: signed by its sign limit (`check_in_due_at` of the lead)."""
    lead = ticket.lead
    if lead is None or lead.check_in_due_at is None:
        return OUTSIDE
    return _stage(lead.signed_at, lead.check_in_due_at, ticket, as_of)


def verify_due(ticket: Ticket, _rules: KpiRules) -> datetime | None:
    return ticket.verified.due_at if ticket.verified else None


def verify_on_time(ticket: Ticket, as_of: datetime, _rules: KpiRules) -> Part:
    return _visited(ticket.verified, ticket, as_of)


def check_due(ticket: Ticket, _rules: KpiRules) -> datetime | None:
    return ticket.checked.due_at if ticket.checked else None


def check_on_time(ticket: Ticket, as_of: datetime, _rules: KpiRules) -> Part:
    """Of the first check: a second one is rework, which `rework_rate` counts."""
    return _visited(ticket.checked, ticket, as_of)


def _visited(visit: StageVisit | None, ticket: Ticket, as_of: datetime) -> Part:
    return OUTSIDE if visit is None else _stage(visit.done_at, visit.due_at, ticket, as_of)


# -- call-back --------------------------------------------------------------------------------------

_WIDE = frozenset({Opinion.VERY, Opinion.SATISFIED, Opinion.BASICALLY})
_STRICT = frozenset({Opinion.VERY, Opinion.SATISFIED})


def called_back_at(ticket: Ticket, _rules: KpiRules) -> datetime | None:
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

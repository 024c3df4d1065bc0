"""Folds events onto a ticket: the one reducer of server, mirror and cache. Old ticket + event = new ticket, nothing else.

Needs no calendar, no catalogue and no clock, since events carry every computed instant. Whether an event may happen is
decided in `domain.lifecycle`; here everything that happened is believed. Private text never passes through here: the store
keeps `Ticket.private`. The version is the log's; whoever folds a stream checks that it rises by one.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from domain import events
from domain.ids import TicketId
from domain.ticket import Appeal, CallBack, StageClock, StageVisit, Supervision, Ticket
from domain.vocabulary import CheckResult, Stage, State, Verification


class ProjectionError(ValueError):
    """An event that cannot stand where it stands: on no ticket, or a second `reported`. The message names the ticket."""


def apply(ticket: Ticket | None, ticket_id: TicketId, version: int, event: events.TicketEvent, at: datetime) -> Ticket:
    """The ticket after `event`, which happened at `at` (business time). A comment is an entity of its own: it changes nothing."""
    if isinstance(event, events.Reported):
        if ticket is not None:
            raise ProjectionError(f"ticket {ticket_id}: reported twice")
        return _reported(ticket_id, version, event, at)
    if ticket is None:
        raise ProjectionError(f"ticket {ticket_id}: {events.name_of(event)} without a report")
    if isinstance(event, events.Commented):
        return ticket
    changes = _FOLDS[type(event)](ticket, event, at)
    recalculated = isinstance(event, events.Recalculated)  # the centre counted anew, nobody acted
    if ticket.recorded_until is not None and at > ticket.recorded_until and not recalculated:
        changes["recorded_until"] = None
    return replace(ticket, version=version, changed_at=at, **changes)


Changes = dict[str, Any]


def _reported(ticket_id: TicketId, version: int, event: events.Reported, at: datetime) -> Ticket:
    return Ticket(
        id=ticket_id,
        version=version,
        state=State.REPORTED,
        source=event.source,
        external_ref=event.external_ref,
        nature=event.nature,
        channel=event.channel,
        area=event.area,
        item=event.item,
        item_version=event.item_version,
        urgency=event.urgency,
        loop=event.loop,
        level=event.level,
        point=event.point,
        placement=event.placement,
        unit=event.unit,
        simulated=event.simulated,
        recorded_until=event.recorded_until,
        stage=event.stage,
        reported_at=at,
        changed_at=at,
    )


def _parts(event: Any) -> Changes:
    return {"parts": event.parts} if event.parts else {}


def _ended(state: State, at: datetime, reason: str) -> Changes:
    """An end stops the running stage; the business clock stays as it was, for judging."""
    return {"state": state, "ended_at": at, "end_reason": reason, **_AT_REST}


def _visit(known: StageVisit | None, stage: Stage, now: StageClock | None) -> StageVisit | None:
    """The first visit to `stage`: begun by the first clock of it, moved with that clock, untouched once it is done."""
    if now is None or now.stage is not stage or (known is not None and known.done_at is not None):
        return known
    return StageVisit(now.clock.due_at)


def _left(visit: StageVisit | None, at: datetime) -> StageVisit | None:
    return visit if visit is None or visit.done_at is not None else StageVisit(visit.due_at, at)


_AT_REST: Changes = {"stage": None, "held": None, "request": None, "suspended_until": None}


# -- intake ----------------------------------------------------------------------------------------


def _verification_requested(ticket: Ticket, event: events.VerificationRequested, at: datetime) -> Changes:
    return {
        "state": State.VERIFYING,
        "stage": event.stage,
        "accepted_at": ticket.accepted_at or at,
        "verified": _visit(ticket.verified, Stage.VERIFY, event.stage),
    }


def _verification_recorded(ticket: Ticket, event: events.VerificationRecorded, at: datetime) -> Changes:
    return {
        "state": State.REPORTED,
        "stage": event.stage,
        "verification": event.result,
        "verified": _left(ticket.verified, at),
    }


def _filed(ticket: Ticket, event: events.Filed, at: datetime) -> Changes:
    return {
        "state": State.FILED,
        "accepted_at": ticket.accepted_at or at,
        "filed_at": at,
        "item": event.item,
        "item_version": event.item_version,
        "urgency": event.urgency,
        "business": event.business,
        "stage": event.stage,
    }


def _refused(ticket: Ticket, event: events.Refused, at: datetime) -> Changes:
    reason = "not_found" if ticket.verification is Verification.NOT_FOUND else "refused"
    if event.referred_to:
        reason = "out_of_remit"
    elif event.no_item:
        reason = "no_item"
    return {**_ended(State.REFUSED, at, reason), "referred_to": event.referred_to}


def _merged(ticket: Ticket, event: events.Merged, at: datetime) -> Changes:
    return {**_ended(State.MERGED, at, "duplicate"), "merged_into": event.into}


# -- dispatching -----------------------------------------------------------------------------------


def _dispatched(ticket: Ticket, event: events.Dispatched, at: datetime) -> Changes:
    return {
        "state": State.DISPATCHED,
        "unit": event.lead,
        "parts": event.parts,
        "stage": event.stage,
        "held": event.held,
        "dispatched_at": at,
        "first_dispatched_at": ticket.first_dispatched_at or ticket.dispatched_at,
        "signed_at": None,
        "redispatches": ticket.redispatches + (event.again or event.redirected),
        "problem": ticket.problem or event.problem,
        "level": event.level or ticket.level,
    }


def _withdrawn(ticket: Ticket, event: events.Withdrawn, at: datetime) -> Changes:
    """Takes the dispatch back. Co-units that were whistled or have begun stay; the unit stays where its own held clock
    waits for it. Without `dispatched_at` the next dispatch is no second hop."""
    kept = tuple(
        part for part in ticket.parts if not part.lead and (part.whistled or part.signed_at or part.arrived_at)
    )
    return {
        "state": State.FILED,
        "stage": event.stage,
        "dispatched_at": None,
        "unit": ticket.unit if ticket.held else None,
        "parts": kept,
    }


def _signed(ticket: Ticket, event: events.Signed, at: datetime) -> Changes:
    return {"state": State.HANDLING, "signed_at": at, "stage": event.stage, "held": None, **_parts(event)}


def _returned(ticket: Ticket, event: events.Returned, at: datetime) -> Changes:
    return {
        "state": State.FILED,
        "stage": event.stage,
        "held": event.held,
        "returns": ticket.returns + 1,
        "problem": ticket.problem or event.problem,
        "level": event.level or ticket.level,
        "request": None,
    }


# -- handling --------------------------------------------------------------------------------------


def _result_reported(ticket: Ticket, event: events.ResultReported, at: datetime) -> Changes:
    return {
        "state": State.HANDLED,
        "handled_at": at,
        "resolved_level": event.resolved_level,
        "stage": event.stage,
        "held": event.held,
        "request": None,
        "checked": _visit(ticket.checked, Stage.CHECK, event.stage),
        **_parts(event),
    }


def _requested(ticket: Ticket, event: events.Requested, at: datetime) -> Changes:
    return {"request": event.request}


def _request_approved(ticket: Ticket, event: events.RequestApproved, at: datetime) -> Changes:
    return {"request": replace(ticket.request, department_approved=True) if ticket.request else None}


def _delay_granted(ticket: Ticket, event: events.DelayGranted, at: datetime) -> Changes:
    clocks = {"stage": event.stage, "business": event.business}
    return {"request": None, "delays": ticket.delays + 1, **clocks, **_parts(event)}


def _request_refused(ticket: Ticket, event: events.RequestRefused, at: datetime) -> Changes:
    was_delay = ticket.request is not None and ticket.request.kind == "delay"
    return {"request": None, "delay_refusals": ticket.delay_refusals + was_delay}


def _suspended(ticket: Ticket, event: events.Suspended, at: datetime) -> Changes:
    return {
        "state": State.SUSPENDED,
        "request": None,
        "suspended_until": event.until,
        "suspensions": ticket.suspensions + 1,
        "stage": event.stage,
        "business": event.business,
    }


def _resumed(ticket: Ticket, event: events.Resumed, at: datetime) -> Changes:
    clocks = {"stage": event.stage, "business": event.business}
    return {"state": State.HANDLING, "suspended_until": None, **clocks, **_parts(event)}


def _parts_changed(ticket: Ticket, event: events.PartsChanged, at: datetime) -> Changes:
    return {"parts": event.parts}


def _escalated(ticket: Ticket, event: events.Escalated, at: datetime) -> Changes:
    return {"level": event.level, "stage": event.stage, **_parts(event)}


# -- checking and closing --------------------------------------------------------------------------


def _check_requested(ticket: Ticket, event: events.CheckRequested, at: datetime) -> Changes:
    checked = _visit(ticket.checked, Stage.CHECK, event.stage)
    return {"state": State.CHECKING, "stage": event.stage, "checked": checked}


_AFTER_CHECK = {
    CheckResult.PASS: State.READY_TO_CLOSE,
    CheckResult.FAIL: State.HANDLING,
    CheckResult.CANNOT_TELL: State.HANDLED,
}


def _check_recorded(ticket: Ticket, event: events.CheckRecorded, at: datetime) -> Changes:
    return {
        "state": _AFTER_CHECK[event.result],
        "check": event.result,
        "checked": _left(ticket.checked, at),
        "round": ticket.round + (event.result is CheckResult.FAIL),
        "stage": event.stage,
        "held": event.held,
        **_parts(event),
    }


def _closed(ticket: Ticket, event: events.Closed, at: datetime) -> Changes:
    return {
        "state": State.CLOSED,
        "closed_at": at,
        "first_closed_at": ticket.first_closed_at or at,
        "on_time": event.on_time,
        "resolved_level": event.resolved_level,
        "mediation": event.mediation,
        **_AT_REST,
        **_parts(event),
    }


def _closing_rejected(ticket: Ticket, event: events.ClosingRejected, at: datetime) -> Changes:
    return {
        "state": State.HANDLING,
        "round": ticket.round + 1,
        "stage": event.stage,
        "held": None,
        **_parts(event),
    }


def _reopened(ticket: Ticket, event: events.Reopened, at: datetime) -> Changes:
    return {
        "state": State.HANDLING,
        "round": ticket.round + 1,
        "reopened": ticket.reopened + 1,
        "first_reopened_at": ticket.first_reopened_at or at,
        "reopened_at": at,
        "closed_at": None,
        "on_time": None,
        "stage": event.stage,
        **_parts(event),
    }


def _force_closed(ticket: Ticket, event: events.ForceClosed, at: datetime) -> Changes:
    return _ended(State.FORCED_CLOSED, at, "forced")


def _voided(ticket: Ticket, event: events.Voided, at: datetime) -> Changes:
    return _ended(State.VOID, at, "void")


# -- beside the state ------------------------------------------------------------------------------


def _urgency_raised(ticket: Ticket, event: events.UrgencyRaised, at: datetime) -> Changes:
    return {"urgency": event.urgency}


def _relocated(ticket: Ticket, event: events.Relocated, at: datetime) -> Changes:
    return {"area": event.area, "placement": None}


def _parent_set(ticket: Ticket, event: events.ParentSet, at: datetime) -> Changes:
    return {"parent": event.parent}


def _reminded(ticket: Ticket, event: events.Reminded, at: datetime) -> Changes:
    return {"reminders": ticket.reminders + 1}


def _supervised(ticket: Ticket, event: events.Supervised, at: datetime) -> Changes:
    return {"supervisions": (*ticket.supervisions, Supervision(reason=event.reason, at=at))}


def _supervision_settled(ticket: Ticket, event: events.SupervisionSettled, at: datetime) -> Changes:
    """Settles the oldest open one."""
    records = list(ticket.supervisions)
    for index, record in enumerate(records):
        if record.settled_at is None:
            records[index] = replace(record, settled_at=at)
            break
    return {"supervisions": tuple(records)}


def _called_back(ticket: Ticket, event: events.CalledBack, at: datetime) -> Changes:
    """Attempts count per closing: after a second closing the caller starts anew."""
    before = current_call_back(ticket)
    return {
        "call_back": CallBack(
            attempts=(before.attempts if before else 0) + 1,
            reached=event.reached,
            solved=event.solved,
            opinion=event.opinion,
            at=at,
        )
    }


def current_call_back(ticket: Ticket) -> CallBack | None:
    """The call-back that belongs to the present closing; one from before a reopening no longer counts."""
    record = ticket.call_back
    if record is None or record.at is None or ticket.closed_at is None or record.at < ticket.closed_at:
        return None
    return record


def _appealed(ticket: Ticket, event: events.Appealed, at: datetime) -> Changes:
    return {"appeal": Appeal(at=at)}


def _appeal_reviewed(ticket: Ticket, event: events.AppealReviewed, at: datetime) -> Changes:
    appeal = ticket.appeal or Appeal(at=at)
    reviews = (*appeal.reviews, (event.reviewer, event.grant))
    return {"appeal": replace(appeal, reviews=reviews, granted=event.granted)}


def _recalculated(ticket: Ticket, event: events.Recalculated, at: datetime) -> Changes:
    return {
        "stage": event.stage,
        "business": event.business,
        "held": event.held,
        "verified": _visit(ticket.verified, Stage.VERIFY, event.stage),
        "checked": _visit(ticket.checked, Stage.CHECK, event.stage),
        **_parts(event),
    }


_FOLDS: dict[type[events.Base], Callable[[Ticket, Any, datetime], Changes]] = {
    events.VerificationRequested: _verification_requested,
    events.VerificationRecorded: _verification_recorded,
    events.Filed: _filed,
    events.Refused: _refused,
    events.Merged: _merged,
    events.Dispatched: _dispatched,
    events.Withdrawn: _withdrawn,
    events.Signed: _signed,
    events.Returned: _returned,
    events.ResultReported: _result_reported,
    events.Requested: _requested,
    events.RequestApproved: _request_approved,
    events.DelayGranted: _delay_granted,
    events.RequestRefused: _request_refused,
    events.Suspended: _suspended,
    events.Resumed: _resumed,
    events.PartsChanged: _parts_changed,
    events.Escalated: _escalated,
    events.CheckRequested: _check_requested,
    events.CheckRecorded: _check_recorded,
    events.Closed: _closed,
    events.ClosingRejected: _closing_rejected,
    events.Reopened: _reopened,
    events.ForceClosed: _force_closed,
    events.Voided: _voided,
    events.UrgencyRaised: _urgency_raised,
    events.Relocated: _relocated,
    events.ParentSet: _parent_set,
    events.Reminded: _reminded,
    events.Supervised: _supervised,
    events.SupervisionSettled: _supervision_settled,
    events.CalledBack: _called_back,
    events.Appealed: _appealed,
    events.AppealReviewed: _appeal_reviewed,
    events.Recalculated: _recalculated,
}

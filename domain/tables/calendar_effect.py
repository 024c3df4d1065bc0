"""What other working days or office hours would do to open tickets: the dry run of a calendar change, and the recalculation after it.

The rule of the recalculation itself is domain.lifecycle.beside; here is which tickets it moves, and what that means for each.
"""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from domain import commands, events
from domain.actor import Actor
from domain.clocks import running_clock, state_of
from domain.ids import TicketId
from domain.lifecycle import Context, Decision, decide
from domain.rules import Rules
from domain.ticket import Clock, Ticket
from domain.vocabulary import ClockState


class Moved(Struct, frozen=True, kw_only=True):
    """The clock that the ticket is judged by, before and after; where it stays, the whole ticket's. None = no such clock; both
    equal where only the part of a co-unit moves."""

    ticket: TicketId
    before: datetime | None
    after: datetime | None
    was: ClockState
    then: ClockState


class Effect(Struct, frozen=True, kw_only=True):
    """`looked_at` open tickets, `moved` of them get other limits; `shown` = those that move most, at most as many as were asked for."""

    looked_at: int
    moved: int
    later: int
    earlier: int
    newly_overdue: int
    no_longer_overdue: int
    shown: tuple[Moved, ...] = ()


def recalculated(ticket: Ticket, rules: Rules, now: datetime, actor: Actor) -> events.Recalculated | None:
    """The event that gives the ticket the limits of these rules; None where they are the limits it has. `actor`: the system."""
    decision = decide(commands.Recalculate(), ticket, Context(actor=actor, now=now, rules=rules))
    if not isinstance(decision, Decision):
        return None
    event = decision.event
    assert isinstance(event, events.Recalculated)
    before = (ticket.stage, ticket.business, ticket.held, ticket.parts)
    return event if (event.stage, event.business, event.held, event.parts) != before else None


def effect(tickets: Iterable[Ticket], rules: Rules, now: datetime, actor: Actor, most: int) -> Effect:
    looked_at, found = 0, []
    for ticket in tickets:
        looked_at += 1
        event = recalculated(ticket, rules, now, actor)
        if event is not None:
            found.append(_moved(ticket, event, now))
    found.sort(key=lambda one: (-_shift_s(one), one.ticket))
    overdue = ClockState.OVERDUE
    return Effect(
        looked_at=looked_at,
        moved=len(found),
        later=sum(_signed_s(one) > 0 for one in found),
        earlier=sum(_signed_s(one) < 0 for one in found),
        newly_overdue=sum(one.was is not overdue and one.then is overdue for one in found),
        no_longer_overdue=sum(one.was is overdue and one.then is not overdue for one in found),
        shown=tuple(found[:most]),
    )


def _moved(ticket: Ticket, event: events.Recalculated, now: datetime) -> Moved:
    then = replace(ticket, stage=event.stage, business=event.business, held=event.held, parts=event.parts)
    judged = running_clock(ticket), running_clock(then)
    pairs = (judged, (ticket.business, then.business))
    before, after = next((pair for pair in pairs if _due(pair[0]) != _due(pair[1])), judged)
    return Moved(
        ticket=ticket.id, before=_due(before), after=_due(after), was=state_of(before, now), then=state_of(after, now)
    )


def _due(clock: Clock | None) -> datetime | None:
    return clock.due_at if clock is not None else None


def _signed_s(one: Moved) -> float:
    return (one.after - one.before).total_seconds() if one.before and one.after else 0.0


def _shift_s(one: Moved) -> float:
    return abs(_signed_s(one))

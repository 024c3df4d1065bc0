"""Random but possible lives of tickets: at each step one actor does one of the things that are accepted just then.

Shared by the walk tests here and the replay tests. Seeded by Hypothesis, so that a failing life can be seen again.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from domain import commands
from domain.actor import Actor, Scope
from domain.ids import TicketId
from domain.lifecycle import Context, Decision, decide
from domain.projection import apply
from domain.ticket import Ticket
from domain.vocabulary import Role, State
from tests.unit.domain.builders import (
    BRIGADE,
    DEPARTMENT,
    IMPORTER,
    ITEMS,
    OFFICE,
    PLAUSIBLE,
    STATION,
    T0,
    TOWN_CENTRE,
    actor,
    at_state,
    ctx,
    report,
)

ACTORS: tuple[Actor, ...] = (
    *(actor(role) for role in Role if role not in (Role.HANDLER, Role.SOURCE)),
    *(
        actor(Role.HANDLER, unit, scope=Scope(units=(unit,)))
        for unit in (TOWN_CENTRE, STATION, DEPARTMENT, OFFICE, BRIGADE)
    ),
    IMPORTER,
)
OTHER = replace(at_state(State.FILED), id=TicketId("181009-0099"))
GAPS = tuple(timedelta(seconds=s) for s in (0, 5, 60, 1500, 7200, 86400, 4 * 86400))
WEIGHTS = (6, 6, 6, 3, 2, 1, 1)
RARELY = (commands.ForceClose, commands.Void, commands.Refuse, commands.Merge)
"""Would end most lives before they begin."""

BESIDE = (
    commands.Comment,
    commands.Remind,
    commands.Supervise,
    commands.SettleSupervision,
    commands.SetParent,
    commands.Relocate,
    commands.Recalculate,
    commands.Escalate,
)


class Happened(Struct, frozen=True):
    """One accepted command: what it met, what it made true, and what the ticket is now."""

    before: Ticket | None
    command: commands.Command
    context: Context
    decision: Decision
    after: Ticket
    at: datetime


def life(seed: int, steps: int) -> Iterator[Happened]:
    random = Random(seed)
    now = T0 + timedelta(minutes=random.randrange(20_000))
    name = TicketId("181009-0001")
    context = ctx(Role.REGISTRAR, now)
    command: commands.Command = report(item=random.choice(ITEMS).code)
    decision = decide(command, None, context)
    assert isinstance(decision, Decision)
    ticket = apply(None, name, 1, decision.event, now)
    yield Happened(None, command, context, decision, ticket, now)
    for _ in range(steps):
        now += random.choices(GAPS, WEIGHTS)[0]
        context, todo = _somebody(ticket, now, random)
        if not todo:
            continue
        command, decision = random.choice(todo)
        version = ticket.version + (not isinstance(command, commands.Comment))
        after = apply(ticket, name, version, decision.event, now)
        yield Happened(ticket, command, context, decision, after, now)
        ticket = after


Todo = list[tuple[commands.Command, Decision]]


def _somebody(ticket: Ticket, now: datetime, random: Random) -> tuple[Context, Todo]:
    """An actor and what it may do. Mostly one that moves the ticket on, or a life would be all reminders and comments."""
    only_moving = random.random() < 0.85
    for who in random.sample(ACTORS, len(ACTORS)):
        context = ctx(who, now, other=OTHER)
        todo = _accepted(ticket, context, random)
        if only_moving:
            todo = [one for one in todo if not isinstance(one[0], BESIDE)]
        if todo:
            break
    return context, todo


def _accepted(ticket: Ticket, context: Context, random: Random) -> Todo:
    found = []
    for command in PLAUSIBLE:
        if isinstance(command, RARELY) and random.random() < 0.97:
            continue
        fitting = _fitting(command, ticket, context.now)
        decision = decide(fitting, ticket, context)
        if isinstance(decision, Decision):
            found.append((fitting, decision))
    return found


def _fitting(command: commands.Command, ticket: Ticket, now: datetime) -> commands.Command:
    """A suspension ends ahead of whatever time it is in this life; a delay is a quarter of the limit in its own kind of time."""
    if isinstance(command, commands.RequestSuspend):
        return replace(command, until=now + timedelta(days=3))
    if isinstance(command, commands.RequestDelay) and ticket.stage is not None:
        limit = ticket.stage.clock.limit
        return replace(command, extra=replace(limit, amount=limit.amount / 4))
    return command

"""The draft of a handover: from how things stand at one instant to the items of the report, by named rules. Pure.

Every open ticket falls under exactly one item: the first rule that fits it, in the order of `ItemRule`. `Draft.members` says
which tickets stand behind each item, so that nothing open can be missing without being seen.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from domain.clocks import running_clock, state_of
from domain.handover.values import Drafted, Figures, Item
from domain.handover.words import ItemRule, Severity
from domain.ids import AreaCode, TicketId
from domain.inspection.values import Inspection
from domain.ticket import Ticket
from domain.vocabulary import ClockState, State, SuperviseReason, Urgency

MOST_SINGLE = 5
"""Tickets of one rule that get a line each; the others of it stand in one line together. Nobody reads back forty items."""
MOST_NAMED = 20
"""Ids named in a line that stands for many."""
LONG_OVERDUE = 5
SUSPENSION_NEAR = timedelta(hours=24)
COMMUNITY = 12
"""Digits of the code of a community."""


class ShelvedAlarm(Struct, frozen=True):
    id: str
    until: datetime | None = None


class FeedDown(Struct, frozen=True):
    """A source that brings nothing any more, since when."""

    name: str
    since: datetime | None = None


class SeatUnsent(Struct, frozen=True, kw_only=True):
    """What a desk last told about its outbox. `gone_since`: its line is down since then, so there may be more by now."""

    seat: str
    queued: int
    failed: int
    told_at: datetime
    gone_since: datetime | None = None


class Cameras(Struct, frozen=True):
    down: int = 0
    total: int = 0
    names: tuple[str, ...] = ()
    since: datetime | None = None


class Situation(Struct, frozen=True, kw_only=True):
    """How things stand at `now`. `tickets` = every open ticket, in any order."""

    now: datetime
    tickets: Iterable[Ticket]
    inspections: tuple[Inspection, ...] = ()
    alarms: tuple[ShelvedAlarm, ...] = ()
    cameras: Cameras = Cameras()
    feeds: tuple[FeedDown, ...] = ()
    seats: tuple[SeatUnsent, ...] = ()
    figures: Figures = field(default_factory=Figures)


class Draft(Struct, frozen=True):
    """`members`: item id → every ticket that it stands for."""

    items: tuple[Item, ...]
    members: Mapping[str, tuple[TicketId, ...]]


def draft(situation: Situation) -> Draft:
    """Worst first: critical, watch, then the stable rest in one item."""
    by_rule: dict[ItemRule, list[Ticket]] = {}
    overdue: list[Ticket] = []
    for ticket in situation.tickets:
        rule = rule_of(ticket, situation.now)
        if rule is ItemRule.OVERDUE_REST:
            overdue.append(ticket)
        else:
            by_rule.setdefault(rule, []).append(ticket)
    overdue.sort(key=_due)
    # In a rush everything is overdue: the oldest have a line of their own, the rest one together.
    by_rule[ItemRule.LONG_OVERDUE], by_rule[ItemRule.OVERDUE_REST] = overdue[:LONG_OVERDUE], overdue[LONG_OVERDUE:]
    items: list[Item] = []
    members: dict[str, tuple[TicketId, ...]] = {}
    for rule in ItemRule:
        for item, tickets in _items(rule, by_rule.get(rule, []), situation.now):
            items.append(item)
            members[item.id] = tuple(ticket.id for ticket in tickets)
    items += _beside(situation)
    order = {severity: place for place, severity in enumerate(Severity)}
    return Draft(tuple(sorted(items, key=lambda item: order[item.severity])), members)


def rule_of(ticket: Ticket, now: datetime) -> ItemRule:
    """The first rule that fits. OVERDUE_REST also for those that `draft` then lists one by one."""
    return next(rule for rule, fits in _RULES if fits(ticket, now))


def merged(before: Mapping[str, Item], drafted: Iterable[Item], gone: Callable[[Item], Item]) -> tuple[Item, ...]:
    """A new draft over a report that people have worked on.

    What they wrote, and what they said about it, stays; a drafted item that is not drafted any more stays listed as removed
    (`gone` makes it so), and one that somebody removed stays removed. An item whose figures moved is read back anew.
    """
    found = []
    new = {item.id: item for item in drafted}
    for item in new.values():
        old = before.get(item.id)
        found.append(item if old is None else _kept(old, item))
    for old in before.values():
        if old.id not in new:
            found.append(old if old.rule is ItemRule.ADDED or old.removed is not None else gone(old))
    return tuple(found)


def _kept(old: Item, new: Item) -> Item:
    removed = old.removed if old.removed is not None and old.removed.mark else None
    item = replace(
        new,
        severity=old.severity if old.edits else new.severity,
        unit=old.unit if old.edits else new.unit,
        due_at=old.due_at if old.edits else new.due_at,
        texts=old.texts,
        edits=old.edits,
        edited=old.edited,
        removed=removed,
        question=old.question,
    )
    same = _said(item) == _said(old)
    return replace(item, read_back=old.read_back if same else None)


def _said(item: Item) -> tuple[object, ...]:
    """What was read back: where this is another now, it is said anew."""
    state = item.drafted.state if item.drafted is not None else None
    return item.severity, item.count, item.due_at, item.unit, state


# -- tickets ----------------------------------------------------------------------------------------


def _top(ticket: Ticket, now: datetime) -> bool:
    return ticket.urgency is Urgency.TOP


def _supervised(ticket: Ticket, now: datetime) -> bool:
    wanted = (SuperviseReason.LEADER, SuperviseReason.IMPORTANT)
    return any(one.settled_at is None and one.reason in wanted for one in ticket.supervisions)


def _problem(ticket: Ticket, now: datetime) -> bool:
    return ticket.problem


def _joint_late(ticket: Ticket, now: datetime) -> bool:
    if len(ticket.parts) < 2:
        return False
    at = ticket.judged_at(now)
    return any(
        not part.checked_in and part.check_in_due_at is not None and part.check_in_due_at <= at for part in ticket.parts
    )


def _overdue(ticket: Ticket, now: datetime) -> bool:
    clock = running_clock(ticket)
    return clock is not None and state_of(clock, ticket.judged_at(now)) is ClockState.OVERDUE


def _high_overdue(ticket: Ticket, now: datetime) -> bool:
    return ticket.urgency is Urgency.HIGH and _overdue(ticket, now)


def _requests(ticket: Ticket, now: datetime) -> bool:
    return ticket.request is not None


def _suspension_ends(ticket: Ticket, now: datetime) -> bool:
    until = ticket.suspended_until
    return ticket.state is State.SUSPENDED and until is not None and until <= now + SUSPENSION_NEAR


def _any(ticket: Ticket, now: datetime) -> bool:
    return True


_RULES: tuple[tuple[ItemRule, Callable[[Ticket, datetime], bool]], ...] = (
    (ItemRule.TOP_URGENCY, _top),
    (ItemRule.SUPERVISED, _supervised),
    (ItemRule.PROBLEM, _problem),
    (ItemRule.JOINT_LATE, _joint_late),
    (ItemRule.HIGH_OVERDUE, _high_overdue),
    (ItemRule.REQUESTS, _requests),
    (ItemRule.SUSPENSIONS_END, _suspension_ends),
    (ItemRule.OVERDUE_REST, _overdue),
    (ItemRule.STABLE, _any),
)
_CRITICAL = frozenset({ItemRule.TOP_URGENCY, ItemRule.SUPERVISED})
_SINGLE = frozenset(
    {
        ItemRule.TOP_URGENCY,
        ItemRule.SUPERVISED,
        ItemRule.PROBLEM,
        ItemRule.JOINT_LATE,
        ItemRule.HIGH_OVERDUE,
        ItemRule.LONG_OVERDUE,
    }
)


def _items(rule: ItemRule, tickets: list[Ticket], now: datetime) -> Iterable[tuple[Item, list[Ticket]]]:
    """A line each, or one for all of them: (item, the tickets behind it)."""
    tickets = sorted(tickets, key=_due)
    severity = (
        Severity.CRITICAL if rule in _CRITICAL else Severity.STABLE if rule is ItemRule.STABLE else Severity.WATCH
    )
    single = tickets[:MOST_SINGLE] if rule in _SINGLE else []
    for ticket in single:
        yield _line(rule, severity, ticket, now), [ticket]
    rest = tickets[len(single) :]
    if rest:
        yield _group(rule, severity, rest, now), rest


def _line(rule: ItemRule, severity: Severity, ticket: Ticket, now: datetime) -> Item:
    clock = running_clock(ticket)
    figures = {"returns": float(ticket.returns)} if rule is ItemRule.PROBLEM else {}
    if clock is not None and state_of(clock, ticket.judged_at(now)) is ClockState.OVERDUE:
        figures["overdue_s"] = (ticket.judged_at(now) - clock.due_at).total_seconds()
    if len(ticket.parts) > 1:
        figures["parts"] = float(len(ticket.parts))
        figures["checked_in"] = float(sum(1 for part in ticket.parts if part.checked_in))
    return Item(
        id=f"t:{ticket.id}",
        rule=rule,
        severity=severity,
        tickets=(ticket.id,),
        count=1,
        unit=ticket.unit,
        due_at=clock.due_at if clock is not None else None,
        figures=figures,
        drafted=Drafted(
            area=AreaCode(ticket.area[:COMMUNITY]),
            item=ticket.item,
            item_version=ticket.item_version,
            state=ticket.state,
            returns=ticket.returns,
            changed_at=ticket.changed_at,
        ),
    )


def _group(rule: ItemRule, severity: Severity, tickets: list[Ticket], now: datetime) -> Item:
    states = [_state(ticket, now) for ticket in tickets]
    figures = {str(state): float(states.count(state)) for state in ClockState if state in states}
    suspended = sum(1 for ticket in tickets if ticket.state is State.SUSPENDED)
    if suspended:
        figures["suspended"] = float(suspended)
    dues = [clock.due_at for ticket in tickets if (clock := running_clock(ticket)) is not None]
    if rule is ItemRule.OVERDUE_REST:
        oldest = min(tickets, key=_due)
        figures["oldest_s"] = (oldest.judged_at(now) - _due(oldest)[0]).total_seconds()
    return Item(
        id=f"g:{rule}",
        rule=rule,
        severity=severity,
        tickets=tuple(ticket.id for ticket in tickets[:MOST_NAMED]) if severity is not Severity.STABLE else (),
        count=len(tickets),
        due_at=min((due for due in dues if due > now), default=None),
        figures=figures,
    )


def _state(ticket: Ticket, now: datetime) -> ClockState:
    clock = running_clock(ticket)
    return ClockState.NONE if clock is None else state_of(clock, ticket.judged_at(now))


def _due(ticket: Ticket) -> tuple[datetime, TicketId]:
    clock = running_clock(ticket)
    return (clock.due_at if clock is not None else datetime.max.replace(tzinfo=ticket.reported_at.tzinfo)), ticket.id


# -- everything else --------------------------------------------------------------------------------


def _beside(situation: Situation) -> Iterable[Item]:
    watch = Severity.WATCH
    for one in sorted(situation.inspections, key=lambda one: one.id):
        total = one.totals()
        yield Item(
            id=f"i:{one.id}",
            rule=ItemRule.INSPECTION,
            severity=watch,
            ref=one.id,
            unit=one.plan.lead,
            due_at=one.plan.ends_at if one.plan.ends_at > situation.now else None,
            figures={
                "units": float(len(one.parts)),
                "arrived": float(sum(1 for part in one.parts if part.arrived_at is not None)),
                "open_cells": float(total["open"]),
                "violations": float(len(one.violations())),
            },
        )
    if situation.alarms:
        untils = [alarm.until for alarm in situation.alarms if alarm.until is not None]
        yield Item(
            id="g:alarms",
            rule=ItemRule.ALARMS,
            severity=watch,
            ref=situation.alarms[0].id,
            count=len(situation.alarms),
            due_at=min(untils, default=None),
        )
    cameras = situation.cameras
    if cameras.down:
        figures = {"down": float(cameras.down), "total": float(cameras.total)}
        ref = "、".join(cameras.names[:3])
        yield Item(id="g:cameras", rule=ItemRule.CAMERAS, severity=watch, ref=ref, count=cameras.down, figures=figures)
    for feed in situation.feeds:
        silent = {} if feed.since is None else {"silent_s": (situation.now - feed.since).total_seconds()}
        yield Item(id=f"f:{feed.name}", rule=ItemRule.FEED, severity=watch, ref=feed.name, figures=silent)
    yield from _seats(situation)


def _seats(situation: Situation) -> Iterable[Item]:
    for seat in situation.seats:
        if not seat.queued and not seat.failed:
            continue
        figures = {"queued": float(seat.queued), "failed": float(seat.failed)}
        figures["told_s"] = max(0.0, (situation.now - seat.told_at).total_seconds())
        if seat.gone_since is not None:
            figures["gone_s"] = max(0.0, (situation.now - seat.gone_since).total_seconds())
        yield Item(id=f"s:{seat.seat}", rule=ItemRule.SEAT, severity=Severity.WATCH, ref=seat.seat, figures=figures)

"""Which causes the rules find in what is known now: tickets, arrivals, cameras, faults. A function of its arguments, no memory."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta, tzinfo

from msgspec import Struct

from domain.alarms.commands import Cause
from domain.alarms.rules import AlarmRule, AlarmRules, enabled, within
from domain.alarms.values import key_of
from domain.alarms.words import Trigger
from domain.catalogue import Item
from domain.clocks import running_clock
from domain.ids import ItemCode, TicketId
from domain.ticket import Ticket
from domain.vocabulary import Source, State

WAITING = frozenset({State.REPORTED, State.VERIFYING, State.FILED, State.DISPATCHED})
"""Nobody works on it yet: so long an urgent item is an alarm."""


PLATFORM = "video_platform"
"""What an alarm of many lost cameras is about."""


class Arrival(Struct, frozen=True):
    """A ticket that was reported, for bursts and for silence of its source."""

    at: datetime
    ticket: TicketId
    item: ItemCode
    area: str
    source: Source


class CameraDown(Struct, frozen=True):
    camera: str
    name: str
    area: str
    since: datetime
    """Business time."""


class Fault(Struct, frozen=True):
    """What a part of the backend found wrong with itself: `code` is a word of that part."""

    code: str
    facts: dict[str, int | str] = {}


class Known(Struct, frozen=True, kw_only=True):
    """Everything that a look stands on. `tickets`: the open ones. `arrivals`: those of the longest window, oldest first."""

    now: datetime
    zone: tzinfo
    tickets: Collection[Ticket] = ()
    arrivals: tuple[Arrival, ...] = ()
    last_arrivals: Mapping[Source, datetime] = {}
    cameras: tuple[CameraDown, ...] = ()
    faults: tuple[Fault, ...] = ()
    item: Callable[[str, int], Item | None]
    active: frozenset[str] = frozenset()
    """Keys of what is active already: a backlog ends lower than it begins."""


def find(rules: AlarmRules, known: Known) -> dict[str, Cause]:
    """Key → cause, of all rules in force."""
    found: dict[str, Cause] = {}
    by_ticket = [rule for rule in enabled(rules) if rule.trigger in _OF_TICKET]
    for ticket in known.tickets if by_ticket else ():
        for rule in by_ticket:
            cause = _OF_TICKET[rule.trigger](rule, ticket, known)
            if cause is not None:
                found[key_of(rule.id, cause.source)] = cause
    for rule in enabled(rules, _OF_ALL):
        for cause in _OF_ALL[rule.trigger](rule, known):
            found[key_of(rule.id, cause.source)] = cause
    return found


def longest_window(rules: AlarmRules) -> timedelta:
    return timedelta(minutes=max((rule.window_minutes for rule in enabled(rules, (Trigger.BURST,))), default=0))


# -- one ticket -----------------------------------------------------------------------------------


def _stage_overdue(rule: AlarmRule, ticket: Ticket, known: Known) -> Cause | None:
    stage = ticket.stage
    if stage is None or stage.clock.paused_at is not None or not ticket.is_open:
        return None
    if (rule.urgencies and ticket.urgency not in rule.urgencies) or (rule.stages and stage.stage not in rule.stages):
        return None
    over = ticket.judged_at(known.now) - stage.clock.due_at
    if over <= timedelta(minutes=rule.over_minutes):
        return None
    facts: dict[str, int | str] = {"stage": stage.stage, "minutes": round(rule.over_minutes)}
    return _of_ticket(rule, ticket, facts)


def _waits(rule: AlarmRule, ticket: Ticket, known: Known) -> bool:
    fresh = known.now - ticket.reported_at <= timedelta(hours=rule.fresh_hours)
    return ticket.state in WAITING and fresh and ticket.recorded_until is None


def _urgent_item(rule: AlarmRule, ticket: Ticket, known: Known) -> Cause | None:
    if ticket.urgency not in rule.urgencies or not _waits(rule, ticket, known):
        return None
    return _of_ticket(rule, ticket, {"urgency": ticket.urgency})


def _sensitive_item(rule: AlarmRule, ticket: Ticket, known: Known) -> Cause | None:
    if not _waits(rule, ticket, known):
        return None
    return _of_ticket(rule, ticket, {}) if _names(rule, ticket.item, ticket.item_version, known) else None


def _names(rule: AlarmRule, code: str, version: int, known: Known) -> bool:
    if rule.items and code.startswith(rule.items):
        return True
    item = known.item(code, version)
    text = "" if item is None else f"{item.class_name} {item.sub_class_name} {item.name}"
    return any(word in text for word in rule.words)


def _of_ticket(rule: AlarmRule, ticket: Ticket, facts: dict[str, int | str]) -> Cause:
    facts = {"item": ticket.item, "item_version": ticket.item_version, **facts}
    return _cause(rule, ticket.id, ticket.area, facts, ticket=ticket.id)


# -- many -----------------------------------------------------------------------------------------


def _burst(rule: AlarmRule, known: Known) -> Iterable[Cause]:
    begin = known.now - timedelta(minutes=rule.window_minutes)
    places: dict[tuple[str, str], list[Arrival]] = defaultdict(list)
    for arrival in known.arrivals:
        if begin < arrival.at <= known.now and len(arrival.area) >= rule.area_digits:
            places[arrival.item, arrival.area[: rule.area_digits]].append(arrival)
    for (item, area), arrivals in places.items():
        if len(arrivals) >= rule.count:
            facts: dict[str, int | str] = {
                "item": item,
                "item_version": 1,
                "count": len(arrivals),
                "limit": rule.count,
                "window_minutes": round(rule.window_minutes),
            }
            yield _cause(rule, f"{item}@{area}", area, facts, ticket=arrivals[-1].ticket, weight=len(arrivals))


def _backlog(rule: AlarmRule, known: Known) -> Iterable[Cause]:
    counts: Counter[str] = Counter()
    for ticket in known.tickets:
        if not ticket.is_open:
            continue
        if rule.measure == "open" or _is_overdue(ticket, known.now):
            counts[ticket.area[: rule.area_digits]] += 1
    for area, count in counts.items():
        already = key_of(rule.id, area) in known.active
        if count > rule.count or (already and count >= rule.clear_below):
            yield _cause(rule, area, area, {"count": count, "limit": rule.count, "measure": rule.measure}, weight=count)


def _is_overdue(ticket: Ticket, now: datetime) -> bool:
    clock = running_clock(ticket)
    return clock is not None and clock.paused_at is None and ticket.judged_at(now) > clock.due_at


def _camera_lost(rule: AlarmRule, known: Known) -> Iterable[Cause]:
    """Each camera for itself; with a `count` all together, as one alarm of the platform, from so many on."""
    patience = timedelta(seconds=rule.down_seconds)
    down = [camera for camera in known.cameras if known.now - camera.since >= patience]
    if rule.count:
        if len(down) >= rule.count:
            yield _cause(rule, PLATFORM, "", {"count": len(down), "limit": rule.count}, weight=len(down))
        return
    for camera in down:
        yield _cause(rule, camera.camera, camera.area, {"name": camera.name}, camera=camera.camera)


def listens(rule: AlarmRule, now: datetime, zone: tzinfo) -> bool:
    """Whether silence of a source means something at this hour of the site."""
    return within(rule.hours, now.astimezone(zone).time())


def past_limit(rule: AlarmRule, last: datetime, now: datetime) -> bool:
    """Whether a source that reported at `last` is silent for longer than its rule allows."""
    return now - last >= timedelta(minutes=rule.silent_minutes)


def _feed_silent(rule: AlarmRule, known: Known) -> Iterable[Cause]:
    if not listens(rule, known.now, known.zone):
        return
    for source in rule.sources:
        last = known.last_arrivals.get(source)
        # A source that never gave anything is not silent: it is not connected.
        if last is not None and past_limit(rule, last, known.now):
            yield _cause(
                rule, source, "", {"source": source, "minutes": round(rule.silent_minutes), "last": last.isoformat()}
            )


def _handover_late(rule: AlarmRule, known: Known) -> Iterable[Cause]:
    for fault in known.faults:
        if fault.code == Trigger.HANDOVER_LATE:
            yield _cause(rule, fault.code, "", dict(fault.facts))


def _fault(rule: AlarmRule, known: Known) -> Iterable[Cause]:
    for fault in known.faults:
        if fault.code == Trigger.HANDOVER_LATE:
            continue  # nothing is broken: it has a rule of its own
        yield _cause(rule, fault.code, "", {"code": fault.code, **fault.facts})


def _cause(
    rule: AlarmRule,
    source: str,
    area: str,
    facts: dict[str, int | str],
    *,
    ticket: TicketId | None = None,
    camera: str = "",
    weight: int = 1,
) -> Cause:
    return Cause(
        rule=rule.id,
        rule_version=rule.version,
        trigger=rule.trigger,
        severity=rule.severity,
        source=source,
        area=area,
        ticket=ticket,
        camera=camera,
        roles=rule.roles,
        facts=facts,
        weight=weight,
    )


_OF_TICKET: Mapping[Trigger, Callable[[AlarmRule, Ticket, Known], Cause | None]] = {
    Trigger.STAGE_OVERDUE: _stage_overdue,
    Trigger.URGENT_ITEM: _urgent_item,
    Trigger.SENSITIVE_ITEM: _sensitive_item,
}
_OF_ALL: Mapping[Trigger, Callable[[AlarmRule, Known], Iterable[Cause]]] = {
    Trigger.BURST: _burst,
    Trigger.BACKLOG: _backlog,
    Trigger.CAMERA_LOST: _camera_lost,
    Trigger.FEED_SILENT: _feed_silent,
    Trigger.FAULT: _fault,
    Trigger.HANDOVER_LATE: _handover_late,
}

"""What is true of an alarm after an event. Believes everything; knows no clock."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from domain.alarms import events as e
from domain.alarms.commands import Cause
from domain.alarms.values import MOST_RINGS, Alarm, Mark, Shelf, state_of
from domain.alarms.words import AlarmState, Severity
from domain.ids import SeatId


def apply(alarm: Alarm | None, doc_id: str, version: int, event: e.Event, at: datetime) -> Alarm:
    if isinstance(event, e.Raised):
        return _raised(event, doc_id, version, at)
    assert alarm is not None
    after = replace(alarm, version=version, changed_at=at, **_changes(alarm, event, at))
    if state_of(after) is AlarmState.ENDED:
        # What is over lies on no shelf: its time would come, and the centre would ask an ended alarm back for ever.
        return replace(after, is_open=False, shelf=None)
    return after if after.is_open else replace(after, is_open=True)


def _raised(event: e.Raised, doc_id: str, version: int, at: datetime) -> Alarm:
    cause = event.cause
    return Alarm(
        id=doc_id,
        version=version,
        area=cause.area,
        changed_at=at,
        rule=cause.rule,
        rule_version=cause.rule_version,
        trigger=cause.trigger,
        severity=cause.severity,
        source=cause.source,
        ticket=cause.ticket,
        camera=cause.camera,
        facts=cause.facts,
        weight=cause.weight,
        roles=cause.roles,
        raised_at=at,
        rang_at=() if event.hidden_by else (at,),
        suppressed_by=event.hidden_by,
    )


def _changes(alarm: Alarm, event: e.Event, at: datetime) -> dict[str, Any]:
    match event:
        case e.Recurred(cause=cause, rings=rings):
            return _recurred(alarm, cause, rings, at)
        case e.Cleared():
            return {"active": False, "cleared_at": at}
        case e.Acknowledged(role=role, seat=seat, first=first):
            return {"ack": Mark(role, seat, at)} if first else {}
        case e.Shelved(until=until, reason=reason, role=role, seat=seat):
            return {"shelf": Shelf(until, reason, Mark(role, seat, at)), "ack": None}
        case e.Unshelved():
            return {"shelf": None, **_rings_anew(alarm, at)}
        case e.HandedOver(seat=seat):
            return {"seat": seat, **_rings_anew(alarm, at)}
        case e.Noted():
            return {"notes": alarm.notes + 1}
        case e.Ticked(step=step, role=role, seat=seat, done=done):
            rest = {number: mark for number, mark in alarm.steps.items() if number != step}
            return {"steps": {**rest, step: Mark(role, seat, at)} if done else rest}
        case e.Suppressed(by=by):
            return {"suppressed_by": by}
        case e.Released():
            return {"suppressed_by": "", **(_rings_anew(alarm, at) if alarm.ack is None else {})}
        case _:
            raise TypeError(type(event))


def _recurred(alarm: Alarm, cause: Cause, rings: bool, at: datetime) -> dict[str, Any]:
    """One that was over begins a new round: steps of the card, shelf and seat belong to the round before."""
    known: dict[str, Any] = {
        "active": True,
        "cleared_at": None,
        "rule_version": cause.rule_version,
        "severity": cause.severity,
        "facts": cause.facts,
        "weight": cause.weight,
        "hits": alarm.hits + 1,
    }
    if state_of(alarm) is AlarmState.ENDED:
        known |= {"steps": {}, "seat": SeatId("")}
    if not alarm.active:
        known["ack"] = None
    if cause.severity is Severity.CRITICAL:
        known |= {"shelf": None, "suppressed_by": ""}
    if rings:
        return known | _rings_anew(alarm, at)
    # Hidden by a shelf or a rule it begins a new round in silence: an acknowledgement of the round before is late for it.
    return known | ({} if alarm.active else {"ring": alarm.ring + 1})


def _rings_anew(alarm: Alarm, at: datetime) -> dict[str, Any]:
    return {"ack": None, "ring": alarm.ring + 1, "rang_at": (*alarm.rang_at, at)[-MOST_RINGS:]}

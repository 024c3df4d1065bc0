"""Alarms as a kind of document: one per rule, source and site day; it recurs instead of being made twice."""

import hashlib
from datetime import date

from domain.alarms.commands import Command, Raise
from domain.alarms.deciding import decide
from domain.alarms.events import Event
from domain.alarms.projection import apply
from domain.alarms.values import Alarm, key_of
from domain.documents import DocKind
from domain.ids import TicketId
from domain.vocabulary import Role

NAME = "alarm"
_DESKS = frozenset(
    {Role.REGISTRAR, Role.DISPATCHER, Role.COORDINATOR, Role.CHECKER, Role.CALLER, Role.SHIFT_LEADER, Role.LEADER}
)
_IN_CHARGE = _DESKS - {Role.LEADER}
_CENTRE = frozenset({Role.SYSTEM})


def alarm_id(cause_key: str, rule: str, day: date) -> str:
    """Made of its own words, so that two servers, or one after a restart, never raise the same alarm twice."""
    return f"GJ-{day:%y%m%d}-{rule}-{hashlib.sha256(cause_key.encode()).hexdigest()[:12]}"


def _new_id(command: Command, _: int, day: date) -> str:
    assert isinstance(command, Raise)
    return alarm_id(key_of(command.cause.rule, command.cause.source), command.cause.rule, day)


def _ticket_of(alarm: Alarm) -> TicketId | None:
    return alarm.ticket


ALARM = DocKind(
    name=NAME,
    commands=Command,
    events=Event,
    state=Alarm,
    decide=decide,
    apply=apply,
    new_id=_new_id,
    roles={
        "raise": _CENTRE,
        "recur": _CENTRE,
        "clear": _CENTRE,
        "suppress": _CENTRE,
        "release": _CENTRE,
        "acknowledge": _DESKS,
        "note": _DESKS,
        "tick": _IN_CHARGE,
        "shelve": _IN_CHARGE,
        "hand_over": _IN_CHARGE,
        "unshelve": _IN_CHARGE | _CENTRE,
    },
    creates=frozenset({"raise"}),
    offline_allowed=frozenset({"acknowledge", "note", "tick"}),
    any_version=frozenset({"acknowledge", "note", "tick", "shelve", "unshelve", "hand_over"}),
    ticket_of=_ticket_of,
)

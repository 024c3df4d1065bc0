"""May it happen to this alarm? screens.md §4h: critical is never shelved, a shelf lasts at most four hours and has a reason."""

from collections.abc import Callable
from typing import Any

from domain.alarms import commands as c
from domain.alarms import events as e
from domain.alarms.values import MAX_SHELF, MOST_STEPS, Alarm, state_of
from domain.alarms.words import RANK, AlarmCode, AlarmState, Severity, ShelveReason
from domain.documents import DocContext, DocDecision, refuse
from domain.lifecycle.core import Rejection
from domain.vocabulary import Role

Answer = DocDecision | Rejection


def decide(command: c.Command, alarm: Alarm | None, ctx: DocContext) -> Answer:
    if isinstance(command, c.Raise):
        quiet = command.cause.severity is not Severity.CRITICAL
        return DocDecision(e.Raised(cause=command.cause, hidden_by=command.hidden_by if quiet else ""))
    assert alarm is not None  # domain.documents.decide has looked
    if state_of(alarm) is AlarmState.ENDED and not isinstance(command, c.Recur | c.Acknowledge | c.AddNote):
        return refuse(AlarmCode.ENDED)
    return _RULES[type(command)](command, alarm, ctx)


def _recur(command: c.Recur, alarm: Alarm, _: DocContext) -> Answer:
    severity = command.cause.severity
    anew = not alarm.active or RANK[severity] < RANK[alarm.severity]
    # What became critical is hidden by no shelf and no rule any more.
    quiet = severity is not Severity.CRITICAL and (alarm.shelf is not None or bool(alarm.suppressed_by))
    return DocDecision(e.Recurred(cause=command.cause, rings=anew and not quiet))


def _clear(_: c.Clear, alarm: Alarm, __: DocContext) -> Answer:
    return DocDecision(e.Cleared()) if alarm.active else refuse(AlarmCode.NOT_ACTIVE)


def _acknowledge(command: c.Acknowledge, alarm: Alarm, ctx: DocContext) -> Answer:
    if command.ring != alarm.ring:
        return refuse(AlarmCode.RANG_AGAIN, ring=alarm.ring)
    if alarm.shelf is not None:
        return refuse(AlarmCode.SHELVED)
    actor = ctx.actor
    return DocDecision(e.Acknowledged(role=actor.role, seat=actor.seat, first=alarm.ack is None))


def _shelve(command: c.Shelve, alarm: Alarm, ctx: DocContext) -> Answer:
    if alarm.severity is Severity.CRITICAL:
        return refuse(AlarmCode.CRITICAL_SHELVE)
    if alarm.shelf is not None:
        return refuse(AlarmCode.SHELVED)
    if command.until <= ctx.now:
        return refuse(AlarmCode.IN_THE_PAST)
    if command.until - ctx.now > MAX_SHELF:
        return refuse(AlarmCode.TOO_LONG, hours=MAX_SHELF.total_seconds() / 3600)
    text = command.text.strip()
    if command.reason is ShelveReason.OTHER and not text:
        return refuse(AlarmCode.TEXT_MISSING)
    actor = ctx.actor
    event = e.Shelved(until=command.until, reason=command.reason, role=actor.role, seat=actor.seat)
    return DocDecision(event, {"text": text} if text else {})


def _unshelve(_: c.Unshelve, alarm: Alarm, ctx: DocContext) -> Answer:
    if alarm.shelf is None:
        return refuse(AlarmCode.NOT_SHELVED)
    by_itself = ctx.actor.role is Role.SYSTEM
    if by_itself and ctx.now < alarm.shelf.until:
        return refuse(AlarmCode.SHELF_NOT_OVER)
    return DocDecision(e.Unshelved(expired=by_itself))


def _hand_over(command: c.HandOver, alarm: Alarm, _: DocContext) -> Answer:
    if not command.seat:
        return refuse(AlarmCode.NO_SEAT)
    if command.seat == alarm.seat:
        return refuse(AlarmCode.SAME_SEAT)
    if not alarm.active:
        return refuse(AlarmCode.NOT_ACTIVE)
    if alarm.shelf is not None:
        return refuse(AlarmCode.SHELVED)
    return DocDecision(e.HandedOver(seat=command.seat))


def _note(command: c.AddNote, _: Alarm, __: DocContext) -> Answer:
    text = command.text.strip()
    return DocDecision(e.Noted(), {"text": text}) if text else refuse(AlarmCode.TEXT_MISSING)


def _tick(command: c.Tick, _: Alarm, ctx: DocContext) -> Answer:
    if not 0 <= command.step < MOST_STEPS:
        return refuse(AlarmCode.NO_STEP)
    return DocDecision(e.Ticked(step=command.step, done=command.done, role=ctx.actor.role, seat=ctx.actor.seat))


def _suppress(command: c.Suppress, alarm: Alarm, _: DocContext) -> Answer:
    if alarm.severity is Severity.CRITICAL:
        return refuse(AlarmCode.CRITICAL_SUPPRESS)
    return refuse(AlarmCode.SUPPRESSED) if alarm.suppressed_by else DocDecision(e.Suppressed(by=command.by))


def _release(_: c.Release, alarm: Alarm, __: DocContext) -> Answer:
    return DocDecision(e.Released()) if alarm.suppressed_by else refuse(AlarmCode.NOT_SUPPRESSED)


_RULES: dict[type[Any], Callable[[Any, Alarm, DocContext], Answer]] = {
    c.Recur: _recur,
    c.Clear: _clear,
    c.Acknowledge: _acknowledge,
    c.Shelve: _shelve,
    c.Unshelve: _unshelve,
    c.HandOver: _hand_over,
    c.AddNote: _note,
    c.Tick: _tick,
    c.Suppress: _suppress,
    c.Release: _release,
}

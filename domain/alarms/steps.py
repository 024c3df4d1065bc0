"""What the centre must do so that the alarms say what is so: from causes and alarms to commands. Pure; applied until nothing is left."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.alarms import commands as c
from domain.alarms.rules import AlarmRules
from domain.alarms.values import Alarm, key_of, state_of
from domain.alarms.words import LOCAL, RANK, AlarmState, Severity

WORSE_BY = 1.5
"""An active alarm is told anew when its figure has grown by half since it was last told: not with every ticket."""
Step = tuple[str | None, c.Command]
"""(id of the alarm, or None for a new one; command)"""


def steps(causes: Mapping[str, c.Cause], alarms: Iterable[Alarm], rules: AlarmRules, now: datetime) -> list[Step]:
    """`alarms`: everything known, ended ones of the day too. Order is by cause; a repeated call with what came of it gives nothing."""
    newest = _newest(alarms)
    todo: list[Step] = []
    active = {alarm.rule for key, alarm in newest.items() if key in causes and alarm.active}
    hidden = _hidden(rules, active)
    coming = _hidden(rules, {cause.rule for cause in causes.values()})
    # Rules that hide each other wait for nobody: else neither would ever be raised.
    waits = {rule for rule, hider in coming.items() if hider not in coming}
    for key, cause in causes.items():
        alarm = newest.get(key)
        if alarm is None:
            todo.extend(_raise(cause, hidden.get(cause.rule, ""), cause.rule in waits, newest))
        elif not alarm.active or _is_worse(cause, alarm):
            todo.append((alarm.id, c.Recur(cause=cause)))
    for key, alarm in newest.items():
        if alarm.trigger not in LOCAL:
            todo.extend(_of_one(alarm, causes.get(key), hidden.get(alarm.rule, ""), newest, now))
    return todo


def _raise(cause: c.Cause, hidden_by: str, waits: bool, newest: Mapping[str, Alarm]) -> Iterable[Step]:
    """What another alarm hides is raised hidden and rings nobody; it waits for the look after the one that raises its hider."""
    if cause.severity is Severity.CRITICAL or not waits:
        yield None, c.Raise(cause=cause)
    elif hidden_by:
        by = next(other.id for other in newest.values() if other.rule == hidden_by and other.active)
        yield None, c.Raise(cause=cause, hidden_by=by)


def _of_one(
    alarm: Alarm, cause: c.Cause | None, hidden_by: str, newest: Mapping[str, Alarm], now: datetime
) -> Iterable[Step]:
    if alarm.active and cause is None:
        yield alarm.id, c.Clear()
    if alarm.shelf is not None and alarm.shelf.until <= now:
        yield alarm.id, c.Unshelve()
    if state_of(alarm) is AlarmState.ENDED or cause is None:
        return
    critical = Severity.CRITICAL in (alarm.severity, cause.severity)  # as it is, or as the same look makes it
    if hidden_by and not alarm.suppressed_by and not critical and alarm.ack is None:
        by = next((other.id for other in newest.values() if other.rule == hidden_by and other.active), "")
        if by:
            yield alarm.id, c.Suppress(by=by)
    elif alarm.suppressed_by and not hidden_by:
        yield alarm.id, c.Release()


def _newest(alarms: Iterable[Alarm]) -> dict[str, Alarm]:
    """One alarm per key: an open one before an ended one, then the youngest. Yesterday's open alarm goes on as itself."""
    found: dict[str, Alarm] = {}
    for alarm in alarms:
        key = key_of(alarm.rule, alarm.source)
        known = found.get(key)
        if known is None or (alarm.is_open, alarm.raised_at) > (known.is_open, known.raised_at):
            found[key] = alarm
    return found


def _hidden(rules: AlarmRules, active: set[str]) -> dict[str, str]:
    """Rule that is hidden → rule that hides it."""
    return {hidden: rule.id for rule in rules.rules if rule.enabled and rule.id in active for hidden in rule.suppresses}


def _is_worse(cause: c.Cause, alarm: Alarm) -> bool:
    grown = cause.weight >= max(alarm.weight + 1, alarm.weight * WORSE_BY)
    return grown or RANK[cause.severity] < RANK[alarm.severity]

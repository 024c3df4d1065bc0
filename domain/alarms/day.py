"""What a day's alarms come to: how many, of how many occurrences, and how soon they were acknowledged. Pure counting."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

from msgspec import Struct

from domain.alarms.values import Alarm


class DaySum(Struct, frozen=True):
    """`hits`: occurrences before merging. `answered`: alarms that were acknowledged, `soon`: the median of their time from the ring
    that was answered; None where none was."""

    alarms: int
    hits: int
    answered: int
    soon: timedelta | None


def day_of(alarms: Iterable[Alarm], start: datetime, now: datetime) -> DaySum:
    """Of the alarms that began between `start` and `now`; those hidden by another one never rang and are not counted."""
    begun = [alarm for alarm in alarms if start <= alarm.raised_at <= now and not alarm.suppressed_by]
    waits = [wait for alarm in begun if (wait := _wait(alarm)) is not None]
    soon = timedelta(seconds=median(wait.total_seconds() for wait in waits)) if waits else None
    return DaySum(len(begun), sum(alarm.hits for alarm in begun), len(waits), soon)


def _wait(alarm: Alarm) -> timedelta | None:
    """From the last ring before the acknowledgement to it."""
    if alarm.ack is None:
        return None
    rings = [at for at in alarm.rang_at if at <= alarm.ack.at] or [alarm.raised_at]
    return max(alarm.ack.at - max(rings), timedelta())


def most_merged(alarms: Iterable[Alarm], since: datetime, least: int) -> Alarm | None:
    """The alarm that took in most occurrences, of those that began since then; None where none took in `least`."""
    found = [alarm for alarm in alarms if alarm.raised_at >= since and alarm.hits >= least and not alarm.suppressed_by]
    return max(found, key=lambda alarm: (alarm.hits, alarm.raised_at), default=None)

"""Alarm load of a seat (feature 17): how many began to ring in ten minutes, against what a person can handle. Pure counting."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from domain.alarms.rules import Settings
from domain.alarms.values import Alarm, concerns
from domain.alarms.words import Severity
from domain.vocabulary import Role


class Load(Struct, frozen=True):
    count: int
    flood: int
    manageable: int

    @property
    def is_flood(self) -> bool:
        return self.count >= self.flood

    @property
    def is_high(self) -> bool:
        return self.manageable < self.count < self.flood


class Bucket(Struct, frozen=True):
    begin: datetime
    counts: dict[Severity, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def load_of(alarms: Iterable[Alarm], role: Role, seat: str, settings: Settings, now: datetime) -> Load:
    """Rings of the last window that concern the seat. 提示 never rings and is not counted."""
    begin = now - timedelta(minutes=settings.window_minutes)
    count = sum(
        sum(begin < at <= now for at in alarm.rang_at)
        for alarm in alarms
        if alarm.severity is not Severity.INFO and concerns(alarm, role, seat)
    )
    return Load(count, settings.flood, settings.manageable)


def buckets(alarms: Iterable[Alarm], settings: Settings, now: datetime, hours: int = 4) -> tuple[Bucket, ...]:
    """Rings by severity in spans of the window, the last one ending at `now`; oldest first."""
    span = timedelta(minutes=settings.window_minutes)
    amount = round(timedelta(hours=hours) / span)
    begins = [now - span * (amount - place) for place in range(amount)]
    counts: list[dict[Severity, int]] = [{} for _ in begins]
    for alarm in alarms:
        for at in alarm.rang_at:
            place = _place(at, begins, span)
            if place is not None:
                counts[place][alarm.severity] = counts[place].get(alarm.severity, 0) + 1
    return tuple(Bucket(begin, of) for begin, of in zip(begins, counts, strict=True))


def _place(at: datetime, begins: Sequence[datetime], span: timedelta) -> int | None:
    place = int((at - begins[0]) // span)
    return place if 0 <= place < len(begins) else None

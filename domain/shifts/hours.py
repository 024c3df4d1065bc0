"""Shifts as half-open intervals [starts_at, ends_at): wall-clock hours in a named zone, computed into instants. Pure.

A night shift belongs to the day on which it begins. The end of one shift and the start of the next are the same instant, also
on a day on which the zone changes its offset, because both come from the same wall-clock time.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

DAY_MIN = 24 * 60
STEP_MIN = 15
"""Shifts begin on a quarter of an hour, as the day's curves do: a shift never cuts a bar."""
Instant = Annotated[datetime, Meta(tz=True)]


class ShiftType(Struct, frozen=True):
    """`starts_min`, `ends_min` = minutes of the local day; an end not after the start lies on the next day."""

    code: str
    name: str
    starts_min: int
    ends_min: int

    @property
    def length_min(self) -> int:
        return (self.ends_min - self.starts_min) % DAY_MIN or DAY_MIN


DEFAULT_SHIFTS = (ShiftType("day", "白班", 8 * 60, 20 * 60), ShiftType("night", "夜班", 20 * 60, 8 * 60))
"""What a site works by until it has a roster of its own."""


class Shift(Struct, frozen=True):
    """One shift of one day. `day` is the local day on which it begins."""

    day: date
    code: str
    name: str
    starts_at: Instant
    ends_at: Instant

    def holds(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at


def sound(types: Sequence[ShiftType]) -> bool:
    """Whether the shifts cover the day without gap and overlap, each beginning on a quarter of an hour."""
    if not types or len({one.code for one in types}) < len(types):
        return False
    if any(not 0 <= m < DAY_MIN or m % STEP_MIN for one in types for m in (one.starts_min, one.ends_min)):
        return False
    ordered = sorted(types, key=lambda one: one.starts_min)
    follows = zip(ordered, [*ordered[1:], ordered[0]], strict=True)
    return all(one.ends_min == after.starts_min for one, after in follows) and (
        sum(one.length_min for one in types) == DAY_MIN
    )


def shift_of(kind: ShiftType, day: date, zone: ZoneInfo) -> Shift:
    """The shift of this kind that begins on `day`."""
    last = day if kind.ends_min > kind.starts_min else day + timedelta(days=1)
    return Shift(day, kind.code, kind.name, _instant(day, kind.starts_min, zone), _instant(last, kind.ends_min, zone))


def shift_at(types: Sequence[ShiftType], zone: ZoneInfo, at: datetime) -> Shift:
    """The shift that is on duty at an instant. Raises ValueError where the shifts leave a gap."""
    local = at.astimezone(zone).date()
    for day in (local, local - timedelta(days=1), local + timedelta(days=1)):
        for kind in types:
            shift = shift_of(kind, day, zone)
            if shift.holds(at):
                return shift
    raise ValueError(f"no shift covers {at.isoformat()}")


def after(types: Sequence[ShiftType], zone: ZoneInfo, shift: Shift) -> Shift:
    """The shift that takes over."""
    return shift_at(types, zone, shift.ends_at)


def before(types: Sequence[ShiftType], zone: ZoneInfo, shift: Shift) -> Shift:
    """The shift that it took over from."""
    return shift_at(types, zone, shift.starts_at - timedelta(microseconds=1))


def shifts_between(types: Sequence[ShiftType], zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[Shift]:
    """Every shift that has a part in [start, end), in order."""
    shift = shift_at(types, zone, start)
    while shift.starts_at < end:
        yield shift
        shift = after(types, zone, shift)


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    wall = datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=zone)
    return wall.astimezone(UTC)

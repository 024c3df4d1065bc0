"""When a report is due by itself: a day of the week or month and a time of the site's day. Pure; the last run is handed in."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.reports.values import ReportKind

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK_BACK = timedelta(days=40)
"""A report that was missed while nothing ran is made up for if it was due within this."""


class ScheduleError(ValueError):
    """An entry that nobody can follow; the message names it and says what to write."""


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`at` = HH:MM of the site. weekly: `weekday` (mon … sun); monthly: `monthday` (1–28). `unit` for a score sheet: monthly."""

    name: str
    kind: ReportKind
    at: str
    weekday: str = "mon"
    monthday: int = 1
    unit: str = ""
    filters: dict[str, tuple[str, ...]] = {}
    title: str = ""
    formats: tuple[str, ...] = ("docx", "pdf", "xlsx")
    folder: str = ""
    mail_to: tuple[str, ...] = ()


def checked(entries: Sequence[Entry]) -> None:
    """Raises ScheduleError."""
    for entry in entries:
        try:
            time.fromisoformat(entry.at)
        except ValueError as problem:
            raise ScheduleError(f"{entry.name}: at = {entry.at!r}，写作 08:30 / write 08:30") from problem
        if entry.weekday not in WEEKDAYS:
            raise ScheduleError(f"{entry.name}: weekday = {entry.weekday!r}，可写 / one of {' '.join(WEEKDAYS)}")
        if not 1 <= entry.monthday <= 28:
            raise ScheduleError(f"{entry.name}: monthday = {entry.monthday}，1 到 28 / want 1 to 28")
        if entry.kind is ReportKind.UNIT and not entry.unit:
            raise ScheduleError(f"{entry.name}: 成绩单要写 unit / a score sheet needs its unit")
    names = [entry.name for entry in entries]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ScheduleError(f"{twice}: 名称重复 / the name stands twice")


def due_at(entry: Entry, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The last instant up to `now` at which it was due; None if none lies within LOOK_BACK."""
    local, at = now.astimezone(zone), time.fromisoformat(entry.at)
    for back in range(LOOK_BACK.days):
        day = local.date() - timedelta(days=back)
        moment = datetime.combine(day, at, zone)
        if moment <= now and _falls_on(entry, day.weekday(), day.day):
            return moment
    return None


def _falls_on(entry: Entry, weekday: int, monthday: int) -> bool:
    if entry.kind is ReportKind.DAILY:
        return True
    if entry.kind is ReportKind.WEEKLY:
        return WEEKDAYS[weekday] == entry.weekday
    return monthday == entry.monthday

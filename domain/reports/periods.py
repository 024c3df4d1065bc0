"""The days that a report is about: a day, an ISO week, a month, or any span of a campaign. Half-open, in days of the site."""

import re
from datetime import date, timedelta

from domain.kpi_parts import month_of
from domain.kpi_types import Period

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
MOST_DAYS = 366


class PeriodError(ValueError):
    """A period that nobody can report on; the message says what to write."""


def day(text: str) -> Period:
    """2018-10-09."""
    start = _date(text)
    return Period(start, start + timedelta(days=1))


def week(text: str) -> Period:
    """2018-W41, Monday to Sunday."""
    match = _WEEK.fullmatch(text)
    if match is None:
        raise PeriodError(f"{text}: 周写作 2018-W41 / write a week as 2018-W41")
    try:
        start = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError as problem:
        raise PeriodError(f"{text}: 没有这一周 / there is no such week") from problem
    return Period(start, start + timedelta(days=7))


def month(text: str) -> Period:
    """2018-10."""
    match = _MONTH.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12:
        raise PeriodError(f"{text}: 月写作 2018-10 / write a month as 2018-10")
    return Period(*month_of(date(int(match[1]), int(match[2]), 1)))


def span(start: str, last: str) -> Period:
    """From the first to the last day, both included."""
    first, end = _date(start), _date(last) + timedelta(days=1)
    if end <= first:
        raise PeriodError(f"{start} – {last}: 末日早于首日 / the last day lies before the first")
    if (end - first).days > MOST_DAYS:
        raise PeriodError(f"{start} – {last}: 最多 {MOST_DAYS} 天 / at most {MOST_DAYS} days")
    return Period(first, end)


def last_whole(kind: str, today: date) -> Period:
    """The last day, week or month that is over: what a scheduled report is about."""
    if kind == "daily":
        return Period(today - timedelta(days=1), today)
    if kind == "weekly":
        monday = today - timedelta(days=today.weekday())
        return Period(monday - timedelta(days=7), monday)
    first = today.replace(day=1)
    return Period((first - timedelta(days=1)).replace(day=1), first)


def label(period: Period) -> str:
    """2018-10-09 · 2018-W41 · 2018-10 · 2018-10-01_2018-10-20: as it stands in the names of files."""
    start, last = period.start, period.end - timedelta(days=1)
    if start == last:
        return start.isoformat()
    if (period.end - start).days == 7 and start.weekday() == 0:
        year, number, _ = start.isocalendar()
        return f"{year}-W{number:02d}"
    if (start, period.end) == month_of(start):
        return f"{start:%Y-%m}"
    return f"{start.isoformat()}_{last.isoformat()}"


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise PeriodError(f"{text}: 日期写作 2018-10-09 / write a day as 2018-10-09") from problem

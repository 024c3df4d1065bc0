"""What a period is compared with: the one before it (环比), the same one a year ago (同比), and the last four same weekdays.

A running period is compared like with like: with the other one as it stood when as much of it had passed. Periods, instants and
bands only; who counts is somebody else (backend.facts.answers).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from domain.kpi_parts import Days, month_of
from domain.kpi_types import Period

WEEKS_BACK = 4


class DayBand(Struct, frozen=True):
    """One day against the last four same weekdays that lie within the history: their least and greatest, None without any."""

    day: date
    numerator: int
    denominator: int
    low: float | None
    high: float | None


def previous(period: Period) -> Period:
    """The same length before; before a whole month stands the whole month before it."""
    if (period.start, period.end) == month_of(period.start):
        start, _ = month_of(period.start - timedelta(days=1))
        return Period(start, period.start, period.by)
    return Period(period.start - (period.end - period.start), period.start, period.by)


def year_ago(period: Period) -> Period:
    """The same dates of the year before. 29 February answers to 28 February."""
    return Period(_year_before(period.start), _year_before(period.end), period.by)


def same_point(period: Period, other: Period, now: datetime, days: Days) -> datetime | None:
    """The instant at which `other` stood where `period` stands at `now`: the same time of day as many days after its start, at
    most its end. None where `period` is not running: then both are whole.
    """
    today = days.day(now)
    if not period.start <= today < period.end:
        return None
    passed = today - period.start
    if other.start + passed >= other.end:
        return days.start(other.end)
    return days.start(other.start + passed) + (now - days.start(today))


def _year_before(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def band_start(period: Period) -> date:
    """The earliest day that `bands` looks at."""
    return period.start - timedelta(weeks=WEEKS_BACK)


def bands(
    period: Period, counts: Mapping[date, tuple[int, int]], first_day: date | None, *, rate: bool
) -> tuple[DayBand, ...]:
    """Each day of the period. `counts` = (numerator, denominator) by day; a day before `first_day` is not history. Of a `rate`
    the band is of values (a day without a denominator has none), else of numerators.
    """
    found = []
    for number in range(period.start.toordinal(), period.end.toordinal()):
        day = date.fromordinal(number)
        past = [
            _value(counts.get(before, (0, 0)), rate=rate)
            for before in (day - timedelta(weeks=back) for back in range(1, WEEKS_BACK + 1))
            if first_day is not None and before >= first_day
        ]
        known = [value for value in past if value is not None]
        numerator, denominator = counts.get(day, (0, 0))
        found.append(DayBand(day, numerator, denominator, min(known, default=None), max(known, default=None)))
    return tuple(found)


def _value(count: tuple[int, int], *, rate: bool) -> float | None:
    numerator, denominator = count
    if not rate:
        return float(numerator)
    return numerator / denominator if denominator else None

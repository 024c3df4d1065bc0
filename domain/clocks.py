"""Limits and clocks: office time along the Chinese statutory calendar, starting, pausing, extending and reading a clock.

Pure: `now` is always a parameter and all instants are aware. Not here: which limit applies when (domain.rules), and who may
extend or pause (domain.lifecycle). "Own seconds" of a limit run always for urgent_hours and calendar_days, and only in
office hours of working days for working_hours and working_days (domain.md §4).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
from msgspec import Struct
from msgspec.structs import replace

from domain.ticket import Clock, Limit, Ticket
from domain.vocabulary import ClockState, LimitType, PauseReason, State

RISK_SHARE = 0.8
OFFICE_TYPES = frozenset({LimitType.WORKING_HOURS, LimitType.WORKING_DAYS})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HOUR_S = 3600
_DAY_S = 86400


class OfficeHours(Struct, frozen=True):
    """Office spans of a working day, as (start, end) in seconds of the local day, ascending."""

    spans: tuple[tuple[int, int], ...] = ((30600, 43200), (48600, 63000))

    @property
    def day_s(self) -> int:
        """Office seconds of one working day: 27,000 for 08:30–12:00, 13:30–17:30."""
        return sum(end - start for start, end in self.spans)


class _Year:
    """Office spans of one local year in microseconds since 1970; `before[i]` = office microseconds of the year before span i."""

    __slots__ = ("before", "ends", "starts", "total")

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.before: list[int] = []
        self.total = 0
        for start, end in spans:
            self.before.append(self.total)
            self.total += end - start

    def position(self, instant: int) -> int:
        """Office microseconds of this year that lie before the instant."""
        index = bisect_right(self.starts, instant) - 1
        if index < 0:
            return 0
        return self.before[index] + min(instant, self.ends[index]) - self.starts[index]

    def instant_after(self, position: int) -> int:
        """Earliest instant with this position, 0 < position <= total: the end of a span, not the start of the next."""
        index = bisect_left(self.before, position) - 1
        return self.starts[index] + position - self.before[index]

    def instant_before(self, position: int) -> int:
        """Latest instant with this position, 0 <= position < total: the start of a span, not the end of the one before."""
        index = bisect_right(self.before, position) - 1
        return self.starts[index] + position - self.before[index]


class WorkCalendar:
    """Working days and office hours of a site. `overrides` wins over the statutory calendar (a typhoon day, a local rule)."""

    def __init__(
        self,
        zone: str = "Asia/Shanghai",
        hours: OfficeHours | None = None,
        overrides: Mapping[date, bool] | None = None,
    ) -> None:
        self.zone = ZoneInfo(zone)
        self.hours = hours or OfficeHours()
        self.overrides = dict(overrides or {})
        self.gap_years: set[int] = set()
        """Years that were asked for but that the statutory calendar does not know: taken as plain Mon–Fri."""
        self._years: dict[int, _Year] = {}
        if self.hours.day_s <= 0:
            raise ValueError("office hours are empty: give at least one span with start < end")

    def is_working_day(self, day: date) -> bool:
        if day in self.overrides:
            return self.overrides[day]
        if day.year in self.gap_years:
            return day.weekday() < 5
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            self.gap_years.add(day.year)
            return day.weekday() < 5

    def total_s(self, limit: Limit) -> float:
        """Own seconds of a limit: 3 working days are 3 x 27,000 office seconds."""
        return limit.amount * self.unit_s(limit.type)

    def unit_s(self, limit_type: LimitType) -> int:
        if limit_type is LimitType.WORKING_DAYS:
            return self.hours.day_s
        if limit_type is LimitType.CALENDAR_DAYS:
            return _DAY_S
        return _HOUR_S

    def add(self, start: datetime, limit: Limit) -> datetime:
        return self.add_seconds(start, self.total_s(limit), limit.type)

    def add_seconds(self, start: datetime, seconds: float, limit_type: LimitType) -> datetime:
        """The instant `seconds` of own time after start (before it, where negative), in UTC.

        Raises OverflowError beyond the years 1–9999, also where no working day is left to count.
        """
        if limit_type not in OFFICE_TYPES:
            return (start + timedelta(seconds=seconds)).astimezone(UTC)
        amount = round(seconds * 1_000_000)
        if amount == 0:
            return start.astimezone(UTC)
        number = start.astimezone(self.zone).year
        year = self._year(number)
        target = year.position((start - _EPOCH) // _MICROSECOND) + amount
        if amount > 0:
            while target > year.total:
                target -= year.total
                number += 1
                year = self._year(number)
            return _EPOCH + timedelta(microseconds=year.instant_after(target))
        while target < 0:
            number -= 1
            year = self._year(number)
            target += year.total
        return _EPOCH + timedelta(microseconds=year.instant_before(target))

    def elapsed_s(self, start: datetime, end: datetime, limit_type: LimitType) -> float:
        """Own seconds between two instants; 0 where end is not after start."""
        if end <= start:
            return 0.0
        if limit_type not in OFFICE_TYPES:
            return (end - start).total_seconds()
        first, last = start.astimezone(self.zone).year, end.astimezone(self.zone).year
        total = self._year(last).position((end - _EPOCH) // _MICROSECOND)
        total -= self._year(first).position((start - _EPOCH) // _MICROSECOND)
        total += sum(self._year(number).total for number in range(first, last))
        return total / 1_000_000

    def _year(self, number: int) -> _Year:
        year = self._years.get(number)
        if year is None:
            year = self._years[number] = _Year(self._spans_of(number))
        return year

    def _spans_of(self, number: int) -> list[tuple[int, int]]:
        if not 1 < number < 9999:
            raise OverflowError(f"no working day left in year {number}: look at the calendar's overrides and the limit")
        day, spans = date(number, 1, 1), []
        while day.year == number:
            if self.is_working_day(day):
                midnight = datetime(day.year, day.month, day.day)
                for start, end in self.hours.spans:
                    spans.append((self._instant(midnight, start), self._instant(midnight, end)))
            day += timedelta(days=1)
        return spans

    def _instant(self, midnight: datetime, second: int) -> int:
        wall = (midnight + timedelta(seconds=second)).replace(tzinfo=self.zone)
        return (wall - _EPOCH) // _MICROSECOND


# -- the life of a clock, with the calendar at hand ------------------------------------------------


def start(calendar: WorkCalendar, limit: Limit, now: datetime) -> Clock:
    total = calendar.total_s(limit)
    limit = _as_read_back(limit)
    risk_at = calendar.add_seconds(now, RISK_SHARE * total, limit.type)
    return Clock(limit, now.astimezone(UTC), risk_at, calendar.add_seconds(now, total, limit.type))


def walk(calendar: WorkCalendar, begin: datetime, limits: Sequence[Limit], shown: Limit) -> Clock:
    """One clock over several limits after each other, each in its own kind of time; `shown` is the limit it displays.

    `risk_at` is where 80 % of the summed own seconds are used.
    """
    risk_left = RISK_SHARE * sum(calendar.total_s(limit) for limit in limits)
    at, risk_at = begin.astimezone(UTC), begin.astimezone(UTC)
    for limit in limits:
        total = calendar.total_s(limit)
        if 0 < risk_left <= total:
            risk_at = calendar.add_seconds(at, risk_left, limit.type)
        risk_left -= total
        at = calendar.add_seconds(at, total, limit.type)
    return Clock(_as_read_back(shown), begin.astimezone(UTC), risk_at, at)


def _as_read_back(limit: Limit) -> Limit:
    """With a float amount, as JSON gives it back, so that a ticket has the same bytes everywhere."""
    return limit if type(limit.amount) is float else Limit(float(limit.amount), limit.type)


def pause(calendar: WorkCalendar, clock: Clock, reason: PauseReason, now: datetime) -> Clock:
    """Stops the clock. One that stands already keeps its first pause."""
    if clock.paused_at is not None:
        return clock
    kind = clock.limit.type
    left = calendar.elapsed_s(now, clock.due_at, kind) - calendar.elapsed_s(clock.due_at, now, kind)
    return replace(clock, paused_at=now.astimezone(UTC), pause_reason=reason, remaining_s=left)


def resume(calendar: WorkCalendar, clock: Clock, now: datetime) -> Clock:
    """Lets the clock run on. All three instants move by the own time that it stood, so that it reads as if started later:
    `started_at` + limit stays `due_at`, and a calendar change can compute it anew without a history of pauses."""
    if clock.paused_at is None:
        return clock
    return shift(calendar, clock, calendar.elapsed_s(clock.paused_at, now, clock.limit.type))


def shift(calendar: WorkCalendar, clock: Clock, seconds: float) -> Clock:
    """A running clock whose instants lie `seconds` of its own time later."""
    kind = clock.limit.type
    return Clock(
        clock.limit,
        calendar.add_seconds(clock.started_at, seconds, kind),
        calendar.add_seconds(clock.risk_at, seconds, kind),
        calendar.add_seconds(clock.due_at, seconds, kind),
    )


def longer(calendar: WorkCalendar, limit: Limit, extra: Limit) -> Limit:
    """The sum of two limits of the same kind of time, in the unit of the first."""
    return Limit(limit.amount + calendar.total_s(extra) / calendar.unit_s(limit.type), limit.type)


def extend(calendar: WorkCalendar, clock: Clock, extra: Limit) -> Clock:
    """Adds a limit of the same kind of time (hours to days of the same calendar are fine)."""
    seconds = calendar.total_s(extra)
    return replace(
        clock,
        limit=longer(calendar, clock.limit, extra),
        risk_at=calendar.add_seconds(clock.risk_at, RISK_SHARE * seconds, extra.type),
        due_at=calendar.add_seconds(clock.due_at, seconds, extra.type),
        remaining_s=None if clock.remaining_s is None else clock.remaining_s + seconds,
    )


def same_kind(one: Limit, other: Limit) -> bool:
    """Whether both run in the same kind of time (always, or office hours), so that they can be compared and added."""
    return (one.type in OFFICE_TYPES) == (other.type in OFFICE_TYPES)


# -- reading a clock, without a calendar (also at the desk) ----------------------------------------


def running_clock(ticket: Ticket) -> Clock | None:
    """The clock an open ticket is judged by now: of stage clock and business clock the one that runs out first.

    One answer for the queue's bar, the wall's split and every count of overdue tickets, so that they agree. A paused clock
    counts only where no other runs (挂账); None for an ended ticket, or one without any limit.
    """
    if not ticket.is_open:
        return None
    known = [clock for clock in (ticket.stage.clock if ticket.stage else None, ticket.business) if clock is not None]
    running = [clock for clock in known if clock.paused_at is None]
    if running and ticket.state is not State.SUSPENDED:
        return min(running, key=lambda clock: clock.due_at)
    return known[0] if known else None


def state_of(clock: Clock | None, now: datetime) -> ClockState:
    """ok up to and with 80 %, at_risk up to and with 100 %, overdue beyond (domain.md §4)."""
    if clock is None:
        return ClockState.NONE
    if clock.paused_at is not None:
        return ClockState.PAUSED
    if now > clock.due_at:
        return ClockState.OVERDUE
    return ClockState.AT_RISK if now > clock.risk_at else ClockState.OK


def used_fraction(clock: Clock, now: datetime) -> float:
    """Share of the limit that is used: linear to 0.8 at risk_at and to 1.0 at due_at; beyond, the overrun in real time."""
    at = clock.paused_at or now
    if at <= clock.started_at:
        return 0.0
    if at <= clock.risk_at:
        return RISK_SHARE * ((at - clock.started_at) / (clock.risk_at - clock.started_at))
    if at <= clock.due_at:
        return RISK_SHARE + (1 - RISK_SHARE) * ((at - clock.risk_at) / (clock.due_at - clock.risk_at))
    total = clock.due_at - clock.started_at
    return 1.0 + (at - clock.due_at) / total if total else 1.0


def remaining_s(clock: Clock, now: datetime) -> float:
    """Real seconds to due_at, negative beyond it; while paused, the own seconds that are left."""
    if clock.paused_at is not None and clock.remaining_s is not None:
        return clock.remaining_s
    return (clock.due_at - now).total_seconds()

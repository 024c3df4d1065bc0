"""Counters by day that cost the same to read whatever the number of tickets behind them. They know no ticket and no formula.

`DayCounts` holds one small block of days per (series, value, month). `Quarters` holds the last weeks by
quarter of an hour. `AgeHistogram` holds hours-to-close by day in buckets of constant relative width.
"""

import math
from array import array
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from domain.kpi_parts import month_of

MONTH_BITS = 20
VALUE_BITS = 24
SERIES_SHIFT = MONTH_BITS + VALUE_BITS
"""A block's key is series << 44 | value << 20 | month, one small integer."""
_EMPTY_MONTH = array("i", [0] * 31)


def month_key(day: date) -> int:
    return day.year * 12 + day.month - 1


class DayCounts:
    """Counts by (series, value, day). Series: what is counted; value: of which breakdown. Block = 31 days of one month."""

    def __init__(self) -> None:
        self._blocks: dict[int, array[int]] = {}

    def add(self, series: int, values: Iterable[int], cell: tuple[int, int], delta: int) -> None:
        """`values` are shifted by MONTH_BITS already; `cell` = (month_key, day of month - 1). The hot path: kept flat."""
        blocks = self._blocks
        month, place = cell
        prefix = series << SERIES_SHIFT | month
        for value in values:
            block = blocks.get(prefix | value)
            if block is None:
                block = blocks[prefix | value] = _EMPTY_MONTH[:]
            block[place] += delta

    def put_month(self, series: int, value: int, month: int, days: bytes) -> None:
        """A whole month counted elsewhere: 31 native ints. It must not be counted here yet."""
        key = series << SERIES_SHIFT | value | month
        assert key not in self._blocks
        block = self._blocks[key] = array("i")
        block.frombytes(days)

    def copy(self) -> "DayCounts":
        found = DayCounts()
        found._blocks = {key: block[:] for key, block in self._blocks.items()}
        return found

    def cells(self) -> Iterator[tuple[int, int, int, int]]:
        """Every count that is not 0: (series, value, day of the counter's key: month * 32 + place, count)."""
        for key, block in self._blocks.items():
            series, rest = key >> SERIES_SHIFT, key & ((1 << SERIES_SHIFT) - 1)
            value, month = rest >> MONTH_BITS << MONTH_BITS, rest & ((1 << MONTH_BITS) - 1)
            for place, count in enumerate(block):
                if count:
                    yield series, value, month * 32 + place, count

    def on(self, series: int, value: int, day: date) -> int:
        block = self._blocks.get(series << SERIES_SHIFT | value | month_key(day))
        return block[day.day - 1] if block is not None else 0

    def total(self, series: int, value: int, start: date, end: date) -> int:
        """Sum over [start, end): one block a month."""
        found = 0
        while start < end:
            _, after = month_of(start)
            block = self._blocks.get(series << SERIES_SHIFT | value | month_key(start))
            if block is not None:
                last = 31 if after <= end else (end - timedelta(days=1)).day
                found += sum(block[start.day - 1 : last])
            start = after
        return found

    def __len__(self) -> int:
        return len(self._blocks)


QUARTERS = 96
KEEP_DAYS = 36
"""Five weeks and today: four same weekdays back, and a day to spare."""


class Quarters:
    """Counts by (series, day, quarter of an hour) of the last weeks. Older days are dropped and no longer counted."""

    def __init__(self) -> None:
        self._days: dict[date, dict[int, array[int]]] = {}
        self._horizon = date.min

    def keep_from(self, horizon: date) -> None:
        """Forget days before `horizon`; it never moves back."""
        if horizon > self._horizon:
            self._horizon = horizon
            for day in [day for day in self._days if day < horizon]:
                del self._days[day]

    def add(self, series: int, place: tuple[date, int], delta: int) -> None:
        day, quarter = place
        if day < self._horizon:
            return
        blocks = self._days.setdefault(day, {})
        block = blocks.get(series)
        if block is None:
            block = blocks[series] = array("i", [0] * QUARTERS)
        block[quarter] += delta

    def series_on(self, day: date) -> set[int]:
        return set(self._days.get(day, ()))

    def until(self, series: int, day: date, second_of_day: int) -> float:
        """Count up to a time of day; the running quarter counts by its share."""
        block = self._days.get(day, {}).get(series)
        if block is None:
            return 0.0
        whole, rest = divmod(second_of_day, 900)
        share = block[whole] * rest / 900 if whole < QUARTERS else 0.0
        return sum(block[:whole]) + share

    def total(self, series: int, day: date) -> int:
        block = self._days.get(day, {}).get(series)
        return sum(block) if block is not None else 0

    def hours(self, series: int, day: date) -> list[int]:
        """24 counts of the day."""
        block = self._days.get(day, {}).get(series)
        if block is None:
            return [0] * 24
        return [sum(block[hour * 4 : hour * 4 + 4]) for hour in range(24)]


_PER_OCTAVE = 32
_LOWEST_H = 1 / 60
_BUCKETS = _PER_OCTAVE * 20 + 1
"""One minute to about two years; the ends catch the rest. Width 2.2 %, so a quantile is right to about 1.1 %."""


def bucket_of(hours: float) -> int:
    if hours <= _LOWEST_H:
        return 0
    return min(_BUCKETS - 1, 1 + int(math.log2(hours / _LOWEST_H) * _PER_OCTAVE))


def hours_of(bucket: int) -> float:
    """Geometric middle of a bucket."""
    return _LOWEST_H if bucket == 0 else _LOWEST_H * 2 ** ((bucket - 0.5) / _PER_OCTAVE)


class AgeHistogram:
    """Hours to close, by day of closing."""

    def __init__(self) -> None:
        self._days: dict[date, array[int]] = {}

    def add(self, day: date, hours: float, delta: int) -> None:
        self.add_to(day, bucket_of(hours), delta)

    def add_to(self, day: date, bucket: int, delta: int) -> None:
        block = self._days.get(day)
        if block is None:
            block = self._days[day] = array("i", [0] * _BUCKETS)
        block[bucket] += delta

    def between(self, start: date, end: date) -> list[int]:
        """Counts by bucket over [start, end)."""
        found = [0] * _BUCKETS
        for day, block in self._days.items():
            if start <= day < end:
                found = [a + b for a, b in zip(found, block, strict=True)]
        return found


def quantile_h(counts: list[int], share: float) -> float | None:
    """Hours below which `share` of the counted tickets closed; None without any."""
    total = sum(counts)
    if not total:
        return None
    wanted = max(1, math.ceil(share * total))
    seen = 0
    for bucket, count in enumerate(counts):
        seen += count
        if seen >= wanted:
            return hours_of(bucket)
    raise AssertionError("the counts hold fewer than their own sum")

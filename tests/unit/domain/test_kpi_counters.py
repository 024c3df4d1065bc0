"""Counters by day, quarter of an hour and age: sums over any span are what was added, and old weeks are dropped."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kpi_counters import (
    MONTH_BITS,
    AgeHistogram,
    DayCounts,
    Quarters,
    bucket_of,
    hours_of,
    month_key,
    quantile_h,
)
from domain.kpi_parts import Days
from tests.unit.domain.kpi_cases import START, at

DAY = date(2018, 10, 9)
days = st.integers(0, 500).map(lambda n: date(2017, 11, 20) + timedelta(days=n))


@given(st.lists(st.tuples(st.integers(0, 2), days, st.sampled_from([1, -1]))), days, st.integers(0, 400))
def test_a_total_is_the_sum_of_its_days(changes, start, length):
    counts, plain = DayCounts(), Counter()
    for series, day, delta in changes:
        counts.add(series, [1 << MONTH_BITS], (month_key(day), day.day - 1), delta)
        plain[series, day] += delta
    end = start + timedelta(days=length)
    for series in range(3):
        want = sum(n for (s, day), n in plain.items() if s == series and start <= day < end)
        assert counts.total(series, 1 << MONTH_BITS, start, end) == want
        assert counts.total(series, 2 << MONTH_BITS, start, end) == 0


def test_a_running_quarter_counts_by_its_share():
    quarters = Quarters()
    for quarter, count in ((0, 4), (1, 9), (2, 100)):
        for _ in range(count):
            quarters.add(0, (DAY, quarter), 1)
    assert quarters.until(0, DAY, 900 + 300) == 4 + 3
    assert quarters.hours(0, DAY)[0] == 113
    assert quarters.total(0, DAY) == 113


def test_weeks_out_of_sight_are_forgotten_and_stay_forgotten():
    quarters = Quarters()
    quarters.add(0, (DAY, 5), 1)
    quarters.keep_from(DAY + timedelta(days=1))
    quarters.add(0, (DAY, 5), -1)
    quarters.keep_from(DAY)
    assert quarters.total(0, DAY) == 0
    assert quarters.series_on(DAY) == set()


@given(st.floats(1 / 60, 15_000))
def test_a_bucket_is_right_to_about_one_per_cent(hours):
    assert hours_of(bucket_of(hours)) == pytest.approx(hours, rel=0.012)


def test_quantiles_of_hours_to_close():
    ages = AgeHistogram()
    for n in range(1, 101):
        ages.add(DAY, float(n), 1)
    ages.add(DAY + timedelta(days=1), 10_000.0, 1)
    counts = ages.between(DAY, DAY + timedelta(days=1))
    assert quantile_h(counts, 0.5) == pytest.approx(50, rel=0.012)
    assert quantile_h(counts, 0.9) == pytest.approx(90, rel=0.012)
    assert quantile_h(ages.between(DAY, DAY), 0.5) is None


def test_days_follow_the_site_zone_and_not_the_machine():
    days_of_site = Days("Asia/Shanghai")
    assert days_of_site.place(START) == (DAY, 32)
    assert days_of_site.day(at(16)) == DAY + timedelta(days=1)
    assert days_of_site.cell(at(16)) == (month_key(DAY), 9)
    assert days_of_site.start(DAY) == at(-8)
    assert days_of_site.second_of_day(at(0.5)) == 8 * 3600 + 1800

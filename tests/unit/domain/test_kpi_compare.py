"""Periods to compare with, the band of the same weekdays, and one list by weighted score."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.findings import FindingRules, is_surge
from domain.kpi_compare import bands, previous, same_point, year_ago
from domain.kpi_parts import days_of
from domain.kpi_scores import scores, spots
from domain.kpi_types import Kpi, Period
from tests.unit.domain.kpi_cases import at


def period(start, end):
    return Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("asked", "before", "last_year"),
    [
        (("2018-10-09", "2018-10-10"), ("2018-10-08", "2018-10-09"), ("2017-10-09", "2017-10-10")),
        (("2018-03-01", "2018-04-01"), ("2018-02-01", "2018-03-01"), ("2017-03-01", "2017-04-01")),
        (("2018-10-08", "2018-10-15"), ("2018-10-01", "2018-10-08"), ("2017-10-08", "2017-10-15")),
        (("2020-02-29", "2020-03-01"), ("2020-02-28", "2020-02-29"), ("2019-02-28", "2019-03-01")),
    ],
)
def test_the_period_before_and_the_one_a_year_ago(asked, before, last_year):
    assert previous(period(*asked)) == period(*before)
    assert year_ago(period(*asked)) == period(*last_year)


def test_the_band_is_of_the_last_four_same_weekdays():
    day = date(2018, 10, 9)
    counts = {day - timedelta(weeks=n): (10 * n, 100) for n in range(6)} | {day - timedelta(days=1): (999, 999)}
    (one,) = bands(Period(day, day + timedelta(days=1)), counts, date(2018, 1, 1), rate=True)
    assert (one.numerator, one.low, one.high) == (0, 0.1, 0.4)
    (few,) = bands(Period(day, day + timedelta(days=1)), counts, day - timedelta(weeks=2), rate=False)
    assert (few.low, few.high) == (10, 20)
    (none,) = bands(Period(day, day + timedelta(days=1)), counts, day, rate=True)
    assert (none.low, none.high) == (None, None)


def test_a_day_without_cases_is_a_zero_of_a_count_and_no_value_of_a_rate():
    day = date(2018, 10, 9)
    span, first = Period(day, day + timedelta(days=1)), date(2018, 1, 1)
    assert bands(span, {}, first, rate=False)[0].low == 0
    assert bands(span, {}, first, rate=True)[0].low is None


def kpi(name, numerator, denominator):
    return Kpi(id=name, numerator=numerator, denominator=denominator, as_of=at(0))


def test_the_score_weighs_what_there_is_and_lists_few_cases_apart():
    weights = {"on_time_rate": 3.0, "satisfaction_rate": 1.0}
    found = {
        "A": {"on_time_rate": kpi("on_time_rate", 90, 100), "satisfaction_rate": kpi("satisfaction_rate", 10, 10)},
        "B": {"on_time_rate": kpi("on_time_rate", 95, 100)},
        "C": {"on_time_rate": kpi("on_time_rate", 29, 29)},
        "D": {"on_time_rate": kpi("on_time_rate", 0, 0)},
    }
    rows = scores(found, weights, {"A": "甲"}, 30)
    assert [(row.code, row.ranked) for row in rows] == [("B", True), ("A", True), ("C", False)]
    assert [round(row.score, 6) for row in rows] == [95.0, 92.5, 100.0]
    assert (rows[1].name, rows[0].name, rows[2].n) == ("甲", "B", 29)
    assert (rows[0].rank_low, rows[0].rank_high) == (1, 2)  # their intervals overlap: nobody is first for sure


@given(st.dictionaries(st.sampled_from("ABCDEF"), st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=6))
def test_every_score_lies_in_its_interval(found):
    rows = scores({code: {"x": kpi("x", min(a, b), max(a, b))} for code, (a, b) in found.items()}, {"x": 2.0}, {}, 30)
    assert all(0 <= row.low <= row.score <= row.high <= 100 for row in rows)
    ranked = [row for row in rows if row.ranked]
    assert all(row.rank_low <= place <= row.rank_high for place, row in enumerate(ranked, 1))
    assert sorted(ranked, key=lambda row: -row.score) == ranked


def test_a_hotspot_is_measured_against_its_own_usual():
    now = {("P", "rubbish"): 12, ("P", "noise"): 40, ("Q", "noise"): 2}
    past = {("P", "rubbish"): 8, ("P", "noise"): 160}
    found = spots(now, past, 4, FindingRules())
    assert [(one.area, one.item, one.usual, one.surge) for one in found] == [
        ("P", "rubbish", 2.0, True),
        ("P", "noise", 40.0, False),
    ]
    assert [one.ratio for one in found] == [6.0, 1.0]


@given(st.integers(0, 200), st.integers(0, 400), st.integers(0, 4))
def test_a_surge_has_enough_cases_is_far_above_its_usual_and_surely_above_it(count, past, periods):
    rules = FindingRules()
    if not is_surge(count, past, periods, rules):
        return
    assert periods > 0
    assert count >= rules.surge_min
    assert count >= rules.surge_ratio * past / periods
    # More of the same can only make it surer.
    assert is_surge(count + 1, past, periods, rules)


def test_few_past_cases_are_named_and_make_no_ratio():
    (one,) = spots({("P", "noise"): 25}, {("P", "noise"): 1}, 4, FindingRules())
    assert (one.usual, one.ratio, one.surge) == (0.25, None, True)


DAYS = days_of("Asia/Shanghai")


@pytest.mark.parametrize(
    ("asked", "other", "now", "then"),
    [
        (("2018-10-01", "2018-11-01"), previous, "2018-10-09T10:30", "2018-09-09T10:30"),
        (("2018-10-01", "2018-11-01"), year_ago, "2018-10-09T10:30", "2017-10-09T10:30"),
        (("2018-03-01", "2018-04-01"), previous, "2018-03-31T10:30", "2018-03-01T00:00"),  # February is over by then
        (("2018-10-09", "2018-10-10"), previous, "2018-10-09T10:30", "2018-10-08T10:30"),
        (("2018-10-08", "2018-10-15"), previous, "2018-10-09T00:00", "2018-10-02T00:00"),
        (("2018-09-01", "2018-10-01"), previous, "2018-10-09T10:30", None),  # over: whole against whole
    ],
)
def test_a_running_period_is_held_against_the_same_point_of_the_other(asked, other, now, then):
    def instant(text):
        return datetime.fromisoformat(f"{text}+08:00")

    found = same_point(period(*asked), other(period(*asked)), instant(now), DAYS)
    assert found == (None if then is None else instant(then))


def test_without_history_nothing_is_a_surge():
    now = {("P", "noise"): 40}
    assert not any(one.surge for one in spots(now, {}, 0, FindingRules()))

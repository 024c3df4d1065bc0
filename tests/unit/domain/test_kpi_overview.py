"""The wall's figures on days made by hand: counts, books of the day, comparisons, rates, ranking, hot classes, headline."""

from datetime import date, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from domain.findings import FindingRules, headline
from domain.ids import AreaCode
from domain.kpi_engine import KpiEngine, KpiSetup
from domain.kpi_overview import board, overview, previous
from domain.kpi_types import Hotspot, Kpi, Overview, Period, Rate
from domain.ticket import CallBack, StageClock
from domain.vocabulary import Level, Opinion, Stage, State
from tests.unit.domain.kpi_cases import ITEMS, START, TOWNS, at, clock, closed, ticket

SETUP = KpiSetup(
    items=ITEMS,
    level_targets={"grid": 0.8, "town": 0.16, "district": 0.04},
    area_names={TOWNS[0]: "石浦街道", TOWNS[1]: "白荡镇"},
)
WEEK = 7 * 24


def engine_of(*found, now=START, setup=SETUP):
    engine = KpiEngine(setup)
    engine.load(found, now)
    return engine


def born(name, hours, **more):
    """Accepted at `hours`, due 10 hours later."""
    more = {"business": clock(hours, 10), **more}
    return ticket(name, reported_at=at(hours), accepted_at=at(hours), filed_at=at(hours), **more)


def test_the_books_of_the_day_balance_across_midnight():
    engine = engine_of(now=at(0))
    first = [born(f"t{n}", 0) for n in range(5)]
    for one in first:
        engine.apply(None, one, at(0))
    done = closed("t0", 3)
    engine.apply(first[0], done, at(3))
    engine.advance(at(16.5))  # 00:30 on the 10th
    midnight = overview(engine)
    assert (midnight.day, midnight.opening, midnight.open.total) == (date(2018, 10, 10), 4, 4)
    again = replace(
        done,
        state=State.HANDLING,
        closed_at=None,
        on_time=None,
        reopened=1,
        reopened_at=at(20),
        first_reopened_at=at(20),
    )
    engine.apply(done, again, at(20))
    engine.apply(first[1], replace(first[1], state=State.FORCED_CLOSED, ended_at=at(21)), at(21))
    engine.apply(first[2], closed("t2", 22), at(22))
    engine.apply(None, born("t9", 23), at(23))
    shown = overview(engine)
    assert (shown.opening, shown.accepted_today, shown.reopened_today, shown.closed_today, shown.ended_today) == (
        4,
        1,
        1,
        1,
        1,
    )
    assert shown.open.total == 4
    assert shown.closed_same_day == 0


def test_comparison_takes_four_same_weekdays_at_this_time_of_day():
    past = [born(f"w{week}-{n}", -week * WEEK + 1) for week in range(1, 5) for n in range(week)]
    later_that_day = [born(f"late{n}", -WEEK + 9) for n in range(50)]
    shown = overview(engine_of(*past, *later_that_day, born("t", 0), now=at(2)))
    assert shown.accepted_today == 1
    assert shown.accepted_usual == pytest.approx((1 + 2 + 3 + 4) / 4)
    assert (shown.hourly.band_low[9], shown.hourly.band_high[9]) == (1.0, 4.0)
    assert shown.hourly.accepted[8:12] == (1, 0, 0, None)


def test_without_history_there_is_no_comparison_and_no_surge():
    shown = overview(engine_of(*(born(f"t{n}", 0) for n in range(20)), now=at(2)))
    assert shown.accepted_usual is None
    assert shown.hourly.band_low == ()
    assert [spot.surge for spot in shown.hotspots] == [False]


def test_a_class_far_above_its_usual_is_a_surge_and_makes_the_headline():
    past = [born(f"w{n}", -WEEK * 2, item="A1") for n in range(5)]
    shown = overview(engine_of(*past, *(born(f"t{n}", 0, item="A1") for n in range(12)), now=at(2)))
    assert shown.hotspots[0] == Hotspot(name="A-one", count=12, usual=2.5, surge=True, ratio=4.8)
    assert [finding.rule for finding in shown.findings] == ["surge"]


def test_rates_carry_their_parts_their_target_and_eighteen_days():
    on_time = [closed(f"c{n}", 5) for n in range(38)]
    late = [closed(f"l{n}", 12) for n in range(2)]
    shown = overview(engine_of(*on_time, *late, closed("n", 5, business=None, on_time=None), now=at(13)))
    rate = shown.rates[1]
    assert (rate.kpi.id, rate.kpi.numerator, rate.kpi.denominator) == ("on_time_rate", 38, 40)
    assert rate.kpi.excluded == {"no_limit": 1}
    assert rate.kpi.period == Period(date(2018, 10, 1), date(2018, 11, 1), "due")
    assert (rate.target, rate.floor) == (0.95, 0.85)
    assert len(rate.trend) == 18
    assert rate.trend[-1] == (date(2018, 10, 9), 0.95)
    assert rate.trend[0][1] is None


def test_the_floor_gives_way_before_the_value_falls_off_the_scale():
    shown = overview(engine_of(closed("a", 5), *(closed(f"l{n}", 12) for n in range(2)), now=at(13)))
    assert shown.rates[1].floor == pytest.approx(0.30)


def test_satisfaction_knows_when_its_feed_last_spoke():
    called = CallBack(attempts=1, reached=True, opinion=Opinion.NOT, at=at(6))
    shown = overview(engine_of(closed(call_back=called), now=at(13)))
    assert shown.last_call_back_at == at(6)
    assert shown.rates[2].kpi.value == 0.0


def test_ranking_shows_places_with_their_error_and_small_numbers_apart():
    good = [closed(f"g{n}", 5, area=AreaCode(TOWNS[0] + "001")) for n in range(400)]
    bad = [closed(f"b{n}", 12 if n % 2 else 5, area=AreaCode(TOWNS[1] + "001")) for n in range(400)]
    few = [closed(f"f{n}", 5, area=AreaCode(TOWNS[2] + "001")) for n in range(29)]
    rows = overview(engine_of(*few, *bad, *good, now=at(13))).ranking
    assert [(row.name, row.rank_low, row.rank_high, row.ranked) for row in rows] == [
        ("石浦街道", 1, 1, True),
        ("白荡镇", 2, 2, True),
        (TOWNS[2], 0, 0, False),
    ]


def test_levels_with_a_target_are_shown_even_when_nothing_closed_there():
    shown = overview(
        engine_of(closed("a", resolved_level=Level.GRID), closed("b", resolved_level=Level.COMMUNITY), now=at(13))
    )
    assert [(row.level, row.count, row.total) for row in shown.levels] == [
        (Level.GRID, 1, 2),
        (Level.COMMUNITY, 1, 2),
        (Level.TOWN, 0, 2),
        (Level.DISTRICT, 0, 2),
    ]


def test_overdue_counts_by_town_with_the_oldest():
    shown = overview(engine_of(born("a", 0), born("b", 1, area=AreaCode(TOWNS[1] + "001")), born("c", 1), now=at(12)))
    assert shown.open.overdue == 3
    assert shown.overdue_areas == ((TOWNS[0], 2), (TOWNS[1], 1))
    assert shown.oldest_overdue_s == 2 * 3600


def test_built_at_the_very_instant_of_a_limit_it_still_goes_overdue_after_it():
    engine = engine_of(born("a", 0), now=at(10))
    assert overview(engine).open.at_risk == 1
    engine.advance(at(10.001))
    assert overview(engine).open.overdue == 1


def test_an_ended_record_does_not_grow_older():
    engine = engine_of(born("a", 0, recorded_until=at(11)), born("b", 0), now=at(10.5))
    engine.apply(engine.open.get("b"), closed("b", 10.6), at(10.6))
    engine.advance(at(1000))
    assert overview(engine).oldest_overdue_s == 3600


def test_one_town_is_ranked_by_community():
    setup = replace(SETUP, ranked_dim="community")
    shown = overview(engine_of(*(closed(f"c{n}", 5) for n in range(30)), now=at(13), setup=setup))
    assert [row.code for row in shown.ranking] == [TOWNS[0] + "001"]


def test_the_overview_survives_the_wire():
    engine = engine_of(*(closed(f"c{n}", 5) for n in range(30)), born("a", 0), now=at(13))
    shown = overview(engine)
    assert msgspec.json.decode(msgspec.json.encode(shown), type=Overview) == shown


def test_the_board_compares_with_the_month_before():
    old = born("old", -24 * 40, state=State.VOID, ended_at=at(-24 * 40))
    engine = engine_of(old, closed("now", 5), closed("then", -24 * 20, business=clock(-24 * 20, 10)), now=at(24 * 30))
    shown = board(engine, Period(date(2018, 10, 1), date(2018, 11, 1)))
    now, then = ({kpi.id: kpi for kpi in kpis} for kpis in (shown.kpis, shown.previous))
    assert then["on_time_rate"].period == Period(date(2018, 9, 1), date(2018, 10, 1), "due")
    assert (now["on_time_rate"].denominator, then["on_time_rate"].denominator) == (1, 1)
    assert {"closure_rate", "closure_rate_accepted", "closure_rate_handled"} <= now.keys()
    assert len(shown.daily) == 31
    assert shown.compared_at is None  # October is over: whole against whole
    assert shown.ages.tickets == 1
    assert shown.ages.median_h == pytest.approx(5, rel=0.012)


def test_a_running_month_is_never_held_against_a_whole_one():
    old = born("old", -24 * 40, state=State.VOID, ended_at=at(-24 * 40))
    early, late = (closed(name, 5, call_back=CallBack(attempts=1, reached=True, opinion=Opinion.VERY, at=at(days * 24)))
                   for name, days in (("early", -35), ("late", -20)))  # fmt: skip
    shown = board(engine_of(old, early, late, now=at(13)), Period(date(2018, 10, 1), date(2018, 11, 1)))
    then = {kpi.id: kpi for kpi in shown.previous}
    assert shown.compared_at[0] == at(13) - timedelta(days=30)
    assert then["satisfaction_rate"].denominator == 1  # 4 September, not 19 September
    assert "closure_rate" not in then  # how it stood then is not in counters: see backend.facts.then


def test_without_history_the_board_compares_with_nothing():
    shown = board(engine_of(closed(), now=at(13)), Period(date(2018, 10, 1), date(2018, 11, 1)))
    assert (shown.previous, shown.year_ago, shown.first_day) == ((), (), date(2018, 10, 9))


def test_what_is_late_says_whether_its_stage_or_its_whole_limit_has_passed():
    stage = StageClock(Stage.HANDLE, clock(0, 1))
    split = overview(engine_of(ticket("a", stage=stage), ticket("b", business=clock(0, 1)), now=at(2))).open
    assert (split.overdue, split.overdue_business) == (2, 1)


def test_a_formula_says_when_it_takes_another_date():
    shown = board(engine_of(closed(), now=at(13)), Period(date(2018, 10, 1), date(2018, 11, 1), "closed"))
    by = {kpi.id: kpi.period.by for kpi in shown.kpis}
    assert (by["on_time_rate"], by["closure_rate"], by["closure_rate_accepted"]) == ("closed", "due", "accepted")


def test_before_a_week_stands_the_week_before():
    week = Period(date(2018, 10, 8), date(2018, 10, 15))
    assert previous(week) == Period(date(2018, 10, 1), date(2018, 10, 8))


# -- headline rules


def rate(value, cases, kpi_id="on_time_rate", target=0.95):
    return Rate(
        kpi=Kpi(id=kpi_id, numerator=round(value * cases), denominator=cases, as_of=START), target=target, floor=0.8
    )


def rules_of(*given):
    return [(finding.rule, finding.subject, finding.area) for finding in headline(*given, FindingRules())]


def test_overdue_is_a_cluster_from_ten_and_three_tenths():
    assert rules_of(10, [("A", 3), ("B", 2)], [], []) == [("overdue_cluster", "overdue", "A")]
    assert rules_of(9, [("A", 9)], [], []) == []
    assert rules_of(100, [("A", 29)], [], []) == []


def test_below_target_needs_thirty_cases():
    assert rules_of(0, [], [rate(0.9, 30)], []) == [("below_target", "on_time_rate", "")]
    assert rules_of(0, [], [rate(0.9, 29), rate(0.95, 100)], []) == []


def test_the_headline_carries_three_at_most_worst_first():
    rates = [rate(0.94, 100), rate(0.5, 100, "closure_rate")]
    spots = [Hotspot(name="x", count=50, usual=1, surge=True)]
    assert rules_of(20, [("A", 20)], rates, spots) == [
        ("overdue_cluster", "overdue", "A"),
        ("below_target", "closure_rate", ""),
        ("below_target", "on_time_rate", ""),
    ]


def test_nothing_to_report_is_no_headline():
    assert rules_of(0, [], [rate(1, 100)], [Hotspot(name="x", count=9, usual=1, surge=False)]) == []


def test_a_quarter_of_an_hour_passes_without_a_ticket_moving():
    engine = engine_of(born("a", 0), now=at(1))
    assert engine.advance(at(1) + timedelta(minutes=15)) is False
    assert engine.advance(at(8.01)) is True  # at risk
    assert overview(engine).open.at_risk == 1
    assert engine.advance(at(10.01)) is True
    assert overview(engine).open.overdue == 1

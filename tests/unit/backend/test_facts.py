"""The table of facts against the rules themselves: whatever happens to tickets, columns say what a recount says."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from backend.facts import breakdown
from backend.facts.columns import RowIndex
from backend.facts.engines import engine_of
from backend.facts.table import FactTable
from domain.actor import Scope
from domain.ids import AreaCode, TicketId
from domain.kpi import result
from domain.kpi_catalogue import BY_ID, FORMULAS
from domain.kpi_engine import KpiEngine, KpiSetup
from domain.kpi_layout import COHORTS, cohort
from domain.kpi_overview import board, overview
from domain.kpi_parts import DEFAULT_RULES, days_of
from domain.kpi_types import Period
from tests.examples import examples
from tests.unit.domain.kpi_cases import ITEMS, START, TOWNS, UNITS, YEAR, at, closed, ticket, tickets

SETUP = KpiSetup(items=ITEMS, level_targets={"grid": 0.8, "town": 0.16, "district": 0.04})
NAMES = [TicketId(f"t{n}") for n in range(6)]
SLOW = settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
SEVERAL = st.lists(st.sampled_from(NAMES), unique=True, min_size=1).flatmap(
    lambda names: st.tuples(*map(tickets, names))
)
DAYS = days_of(DEFAULT_RULES.zone)
VALUE = {
    "town": lambda t, case: t.area[:9],
    "grid": lambda t, case: t.area,
    "unit": lambda t, case: case.unit or "",
    "class": lambda t, case: ITEMS.get(t.item, (t.item, ""))[0],
    "source": lambda t, case: t.source.value,
    "loop": lambda t, case: t.loop.value,
    "level": lambda t, case: (t.resolved_level or t.level).value,
    "day": lambda t, case: DAYS.day(case.at).isoformat(),
    "month": lambda t, case: DAYS.day(case.at).isoformat()[:7],
}


def table_of(found, now):
    table = FactTable(DEFAULT_RULES)
    table.load(found, now)
    return table


def by_hand(formula, by, found, now, dims, period=YEAR):
    """The same question by the rules alone: {values: counts by part}."""
    groups = defaultdict(Counter)
    for one in found:
        for case in cohort(formula, by).cases(one, now, DEFAULT_RULES):
            if period.start <= DAYS.day(case.at) < period.end:
                groups[tuple(VALUE[dim](one, case) for dim in dims)][case.part] += 1
    return {
        values: (kpi.numerator, kpi.denominator, kpi.excluded)
        for values, counts in groups.items()
        for kpi in [result(formula, period, now, counts)]
    }


def by_columns(table, formula, by, dims, period=YEAR, mask=None, filters=None):
    slot = table.layout.slot(formula.id, by)
    found = breakdown.cases(table, slot, period.start, period.end, mask, filters, ITEMS)
    grouped = breakdown.count(table, found, dims, ITEMS)
    return {
        grouped.values(n): (int(grouped.numerator[n]), int(grouped.denominator[n]), grouped.excluded_of(n))
        for n in range(len(grouped))
    }


def check(table, found, now, dims=("town", "unit")):
    for formula in FORMULAS:
        for by in {*COHORTS, *(variant.by for variant in formula.variants)}:
            assert by_columns(table, formula, by, dims) == by_hand(formula, by, found, now, dims), (formula.id, by)


@SLOW
@given(SEVERAL, st.floats(0, 200), st.permutations(sorted(VALUE)).map(lambda names: tuple(names[:3])))
def test_every_formula_by_every_date_and_breakdown(found, hours, dims):
    check(table_of(found, at(hours)), found, at(hours), dims)


@SLOW
@given(st.lists(st.tuples(st.sampled_from(NAMES).flatmap(tickets), st.floats(0, 60)), min_size=1, max_size=12))
def test_rows_follow_their_tickets_and_time(history):
    table, now, known = FactTable(DEFAULT_RULES), START, {}
    table.load([], now)
    for version, (one, later) in enumerate(history, 1):
        now += timedelta(hours=later)
        table.advance(now)
        known[one.id] = one = replace(one, version=version)
        table.put(one)
    check(table, known.values(), now)
    table.advance(now + timedelta(hours=200))
    check(table, known.values(), now + timedelta(hours=200))


@SLOW
@given(
    SEVERAL, st.floats(0, 200), st.sampled_from([Scope(), Scope(areas=(AreaCode(TOWNS[0]),)), Scope(units=UNITS[:1])])
)
def test_an_engine_from_columns_is_the_engine_from_tickets(found, hours, scope):
    now = at(hours)
    slow = KpiEngine(SETUP)
    slow.load([one for one in found if scope.covers(one)], now)
    table = table_of(found, now)
    quick = engine_of(table, SETUP, now, table.covered(scope))
    assert overview(quick) == overview(slow)
    for by in ("due", "accepted", "closed"):
        shown = Period(YEAR.start, YEAR.end, by)
        assert board(quick, shown) == board(slow, shown)
    later = now + timedelta(hours=30)
    assert quick.advance(later) == slow.advance(later)
    assert overview(quick) == overview(slow)


@SLOW
@given(SEVERAL, st.floats(0, 100))
def test_a_stored_table_goes_on_as_if_it_had_never_been_away(found, hours):
    now = at(hours)
    table = table_of(found, now)
    plain, arrays = table.dump()
    again = FactTable(DEFAULT_RULES)
    again.restore(plain, arrays)
    again.load([], now)
    for one in table.open.values():
        again.put(one)
    check(again, found, now)
    for each in (table, again):
        each.advance(now + timedelta(hours=100))
    check(again, found, now + timedelta(hours=100))


def test_a_table_of_other_formulas_is_not_taken():
    plain, arrays = table_of([ticket()], at(1)).dump()
    with pytest.raises(ValueError, match="other formulas"):
        FactTable(DEFAULT_RULES).restore({**plain, "signature": []}, arrays)


def test_an_older_ticket_never_replaces_a_newer_one():
    table = table_of([closed(version=5)], at(20))
    table.put(ticket(version=4))
    assert by_columns(table, BY_ID["closed"], "closed", ()) == {(): (1, 1, {})}


def test_filters_choose_by_any_breakdown():
    found = [
        closed("a", 5, area=AreaCode(TOWNS[0] + "001"), unit=UNITS[0]),
        closed("b", 12, area=AreaCode(TOWNS[1] + "002"), unit=UNITS[1]),
        closed("c", 30, area=AreaCode(TOWNS[1] + "001"), unit=UNITS[0]),
    ]
    table = table_of(found, at(50))
    on_time = BY_ID["on_time_rate"]
    assert by_columns(table, on_time, "due", (), filters={"town": [TOWNS[1]]}) == {(): (0, 2, {})}
    assert by_columns(table, on_time, "due", (), filters={"unit": [UNITS[0]]}) == {(): (1, 2, {})}
    assert by_columns(table, on_time, "closed", (), filters={"day": ["2018-10-10"]}) == {(): (0, 1, {})}
    assert by_columns(table, on_time, "due", (), filters={"area": [TOWNS[1]], "unit": [UNITS[1]]}) == {(): (0, 1, {})}
    assert by_columns(table, on_time, "due", ("town",), filters={"class": ["nobody"]}) == {}


def test_a_question_without_cases_still_has_its_one_row():
    table = table_of([], at(0))
    assert by_columns(table, BY_ID["closure_rate"], "due", ()) == {(): (0, 0, {})}
    assert by_columns(table, BY_ID["closure_rate"], "due", ("town", "unit")) == {}


def test_an_unknown_breakdown_is_named():
    table = table_of([ticket()], at(0))
    with pytest.raises(breakdown.UnknownDimError, match="weather"):
        by_columns(table, BY_ID["accepted"], "accepted", ("weather",))


def test_wide_breakdowns_are_sorted_instead_of_laid_out():
    found = [closed(f"t{n}", n + 1, area=AreaCode(f"{TOWNS[n % 3]}{n:03d}")) for n in range(40)]
    table = table_of(found, at(100))
    dims = ("grid", "day", "unit")
    want = by_hand(BY_ID["on_time_rate"], "due", found, at(100), dims)
    assert by_columns(table, BY_ID["on_time_rate"], "due", dims) == want
    slot = table.layout.slot("on_time_rate", "due")
    cases = breakdown.cases(table, slot, date(2018, 1, 1), date(2019, 1, 1))
    grouped = breakdown.count(table, cases, dims, ITEMS, dense_limit=0)
    assert {grouped.values(n): int(grouped.numerator[n]) for n in range(len(grouped))} == {
        values: numbers[0] for values, numbers in want.items()
    }


def test_ids_are_found_again_after_any_number_of_merges():
    index = RowIndex()
    names = [f"181009-{n:05d}" for n in range(50_000)] + ["t" * 40]
    for row, name in enumerate(names):
        assert index.find(name) is None
        assert index.add(name) == row
    assert all(index.find(name) == row for row, name in enumerate(names))
    again = RowIndex()
    again.restore(index.texts)
    assert [again.find(name) for name in names[:100]] == list(range(100))
    assert index.ids()[-1] == "t" * 40
    assert index.find("nobody") is None

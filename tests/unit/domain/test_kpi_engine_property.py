"""The test that matters most: whatever happens to tickets, and however time passes, the engine agrees with a recount."""

import itertools
from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from domain import kpi_judges as judge
from domain.clocks import running_clock
from domain.ids import TicketId
from domain.kpi import behind, day_period, recount
from domain.kpi_catalogue import FORMULAS, MEANS
from domain.kpi_engine import KpiEngine, KpiError, KpiSetup
from domain.kpi_overview import board, overview
from domain.kpi_tally import PHASE
from domain.kpi_tile import Tile
from domain.kpi_types import Overview, Period
from domain.ticket import Ticket
from domain.vocabulary import ClockState
from tests.examples import examples
from tests.unit.domain.kpi_cases import ITEMS, START, YEAR, at, closed, ticket, tickets
from tests.unit.domain.walks import life

SETUP = KpiSetup(items=ITEMS, level_targets={"grid": 0.8, "town": 0.16, "district": 0.04})
NAMES = [TicketId(f"t{n}") for n in range(6)]
BREAKDOWN = {
    "all": lambda t: "",
    "town": lambda t: t.area[:9],
    "community": lambda t: t.area[:12],
    "class": lambda t: ITEMS.get(t.item, (t.item, ""))[0],
    "source": lambda t: t.source.value,
    "level": lambda t: (t.resolved_level or t.level).value,
}


class History:
    """A mirror of what the engine was fed: the plain dictionary that a recount goes through."""

    def __init__(self) -> None:
        self.tickets: dict[TicketId, Ticket] = {}
        self.engine = KpiEngine(SETUP)
        self.engine.load([], START)
        self.now = START

    def change(self, name: TicketId, after: Ticket | None, when: datetime) -> None:
        self.now = max(self.now, when)
        before = self.tickets.pop(name, None)
        self.engine.apply(before, after, when)
        if after is not None:
            self.tickets[name] = after

    def advance(self, when: datetime) -> None:
        self.now = max(self.now, when)
        self.engine.advance(when)

    def check_rates(self, dims: Collection[str] = ("all",)) -> None:
        for formula in FORMULAS:
            for variant in formula.variants:
                period = Period(YEAR.start, YEAR.end, variant.by)
                for dim in set(variant.dims or formula.dims).intersection(dims):
                    for value in {BREAKDOWN[dim](t) for t in self.tickets.values()}:
                        chosen = [t for t in self.tickets.values() if BREAKDOWN[dim](t) == value]
                        want = recount(formula, chosen, period, self.now)
                        assert self.engine.figure(formula.id, period, dim, value) == want, (formula.id, dim, value)

    def check_books(self) -> Overview:
        shown = overview(self.engine)
        house = [t for t in self.tickets.values() if judge.in_house(t)]
        states = Counter(judge.open_state(t, self.now) for t in house)
        split = shown.open
        assert (split.total, split.ok, split.at_risk) == (len(house), states[ClockState.OK], states[ClockState.AT_RISK])
        assert (split.overdue, split.paused) == (states[ClockState.OVERDUE], states[ClockState.PAUSED])
        assert split.no_limit == states[ClockState.NONE]
        assert shown.waiting == sum(t.is_open for t in self.tickets.values()) - len(house)
        assert split.suspended == sum(judge.is_suspended(t) for t in house)
        assert (
            shown.opening + shown.accepted_today + shown.reopened_today - shown.closed_today - shown.ended_today
            == split.total
        )
        late = [t for t in house if judge.open_state(t, self.now) is ClockState.OVERDUE]
        assert dict(shown.overdue_areas) == Counter(t.town for t in late)
        ages = [(t.judged_at(self.now) - running_clock(t).due_at).total_seconds() for t in late]
        assert shown.oldest_overdue_s == (pytest.approx(max(ages), abs=0.001) if ages else None)
        bands = Counter(judge.age_band(t, self.now) for t in house)
        assert {name: n for name, n in self.engine.open.backlog() if n} == bands
        return shown

    def check_fresh_engine(self) -> None:
        """Built anew from the tickets as they are now, everything on screen is the same."""
        self.check_rates(BREAKDOWN)
        fresh = KpiEngine(SETUP)
        fresh.load(self.tickets.values(), self.now)
        # Both are high-water marks of what passed by, also of tickets that left.
        fresh.last_call_back_at, fresh.first_day = self.engine.last_call_back_at, self.engine.first_day
        assert overview(fresh) == overview(self.engine)
        assert _comparable(board(fresh, YEAR)) == _comparable(board(self.engine, YEAR))


def _comparable(shown):
    return (
        shown.kpis,
        shown.previous,
        shown.daily,
        shown.levels,
        shown.ranking,
        shown.units,
        shown.sources,
        shown.ages,
        shown.backlog,
    )


@st.composite
def steps(draw: st.DrawFn):
    """Changes, arrivals, departures and pauses, mostly forward in time."""
    found, hours = [], 0.0
    for _ in range(draw(st.integers(1, 12))):
        hours += draw(st.floats(-1, 30))
        name = draw(st.sampled_from(NAMES))
        kind = draw(st.sampled_from(["change", "change", "change", "leave", "pause"]))
        found.append((kind, name, draw(tickets(name)) if kind == "change" else None, at(max(0.0, hours))))
    return found


@settings(
    max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(steps())
def test_engine_equals_recount_after_each_step(history_steps):
    history = History()
    for kind, name, after, when in history_steps:
        if kind == "pause":
            history.advance(when)
        elif after is not None or name in history.tickets:
            history.change(name, after, when)
        history.check_rates()
        shown = history.check_books()
        event(f"overdue {min(shown.open.overdue, 2)}")
    history.check_fresh_engine()


@settings(
    max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(steps(), st.sampled_from(FORMULAS))
def test_a_single_tile_equals_recount_after_each_step(history_steps, formula):
    tile, known, now = Tile((formula,), ITEMS), {}, START
    tile.load([], START)
    for kind, name, after, when in history_steps:
        now = max(now, when)
        if kind == "change":
            tile.apply(known.get(name), after, now)
            known[name] = after
        else:
            tile.advance(now)
        for variant in formula.variants:
            period = Period(YEAR.start, YEAR.end, variant.by)
            assert tile.figure(formula.id, period) == recount(formula, known.values(), period, now)


@settings(
    max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.lists(st.sampled_from(NAMES), unique=True, min_size=1).flatmap(lambda names: st.tuples(*map(tickets, names))))
def test_time_alone_moves_what_a_recount_moves(found):
    history = History()
    for one in found:
        history.change(one.id, one, START)
    for moment in sorted({t for one in found for t in judge.instants(one, SETUP.rules)}):
        for when in (moment, moment + timedelta(microseconds=1)):
            history.advance(when)
            history.check_rates()
            history.check_books()
    history.check_fresh_engine()


@given(tickets("t1"), st.floats(0, 300), st.floats(0, 300))
def test_a_ticket_that_is_not_open_is_judged_the_same_for_ever(one, early, late):
    if one.is_open:
        return
    for formula in FORMULAS:
        for variant in formula.variants:
            assert variant.cases(one, at(early), SETUP.rules) == variant.cases(one, at(late), SETUP.rules), formula.id


@settings(max_examples=examples(200), deadline=None)
@given(tickets("t1"), tickets("t1"), st.floats(0, 300))
def test_a_formula_looks_at_nothing_but_what_it_reads(one, other, hours):
    for formula in FORMULAS:
        kept = {name: getattr(one, name) for name in (*formula.reads, "unit")}
        if PHASE[one.state] == PHASE[other.state]:
            kept["state"] = other.state  # inside a phase a formula sees no difference
        mixed = replace(other, **kept)
        for variant in formula.variants:
            assert variant.cases(mixed, at(hours), SETUP.rules) == variant.cases(one, at(hours), SETUP.rules), (
                formula.id
            )


@given(tickets("t1"), st.floats(0, 300), st.floats(0, 300))
def test_only_timed_formulas_change_with_time(one, early, late):
    for formula in FORMULAS:
        if not formula.timed:
            for variant in formula.variants:
                assert variant.cases(one, at(early), SETUP.rules) == variant.cases(one, at(late), SETUP.rules), (
                    formula.id
                )


@given(st.tuples(*(tickets(name) for name in NAMES)), st.floats(0, 300))
def test_the_three_lists_add_up_to_the_figure(found, hours):
    for formula in FORMULAS:
        kpi, lists = recount(formula, found, YEAR, at(hours)), behind(formula, found, YEAR, at(hours))
        if formula in MEANS:
            assert kpi.numerator == sum(found[NAMES.index(one)].redispatches for one in lists.numerator)
        else:
            assert len(lists.numerator) == kpi.numerator
        assert len(lists.numerator) + len(lists.denominator_only) == kpi.denominator
        assert {reason: len(ids) for reason, ids in lists.excluded.items()} == kpi.excluded


@given(st.tuples(*(tickets(name) for name in NAMES)), st.floats(0, 150))
def test_each_ticket_balances_the_books_of_a_day(found, hours):
    engine = KpiEngine(SETUP)
    engine.load(found, at(hours))
    day = engine.days.day(at(hours))
    for one in found:
        if any(
            t is not None and t > at(hours) for t in (one.accepted_at, one.closed_at, one.ended_at, one.reopened_at)
        ):
            continue  # no ticket holds an instant that is still to come
        flow = {
            f.id: recount(f, [one], day_period(day, ""), at(hours)).numerator
            for f in FORMULAS
            if f.id in {"accepted", "closed", "reopened", "ended"}
        }
        opening = judge.in_house(one) - flow["accepted"] - flow["reopened"] + flow["closed"] + flow["ended"]
        assert opening in (0, 1), flow


def test_engine_refuses_a_change_that_does_not_follow():
    engine = KpiEngine(SETUP)
    engine.load([ticket("t1")], START)
    with pytest.raises(KpiError, match="t1"):
        engine.apply(None, ticket("t1"), at(1))
    with pytest.raises(KpiError, match="t2"):
        engine.apply(ticket("t2"), closed("t2"), at(1))
    with pytest.raises(KpiError):
        engine.load([], START)


def test_a_closed_ticket_leaves_no_record_behind():
    engine = KpiEngine(SETUP)
    engine.load([ticket("t1")], START)
    engine.apply(ticket("t1"), closed("t1"), at(5))
    assert len(engine.open) == 0
    assert engine.figure("closure_rate", day_period(date(2018, 10, 9), "due")).numerator == 1


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6, unique=True))
def test_lives_by_the_rules_balance_at_every_midnight(seeds):
    """What the rules let happen, in the order of time: the opening of a day is what was open when the day before ended."""
    lives = [[replace_id(one, f"t{seed}") for one in life(seed, 25)] for seed in seeds]
    changes = sorted(itertools.chain.from_iterable(lives), key=lambda change: change[2])
    engine = KpiEngine(SETUP)
    engine.load([], changes[0][2])
    open_at_midnight, day = 0, engine.days.day(changes[0][2])
    for before, after, when in changes:
        while engine.days.day(when) > day:
            day += timedelta(days=1)
            engine.advance(engine.days.start(day))
            open_at_midnight = engine.open.split().total
        engine.apply(before, after, when)
        reopened_twice = any(ticket.reopened > 1 for _, ticket, _ in changes)
        assert overview(engine).opening == open_at_midnight or reopened_twice


def replace_id(happened, name):
    before = happened.before and replace(happened.before, id=TicketId(name))
    return before, replace(happened.after, id=TicketId(name)), happened.at

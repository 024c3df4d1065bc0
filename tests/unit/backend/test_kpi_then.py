"""A past period as it stood then: what columns take back is what the tickets of then would have said."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from backend.facts import breakdown
from backend.facts.table import FactTable
from backend.facts.then import as_stood
from domain.ids import TicketId
from domain.kpi import recount
from domain.kpi_catalogue import BY_ID
from domain.kpi_layout import cohort
from domain.kpi_parts import DEFAULT_RULES, EXCLUDED_KIND, NUMERATOR_KIND
from domain.kpi_types import Period
from domain.vocabulary import State
from tests.examples import examples
from tests.unit.domain.kpi_cases import at, clock, ticket

MONTH = Period(date(2018, 10, 9), date(2018, 10, 14))
QUARTER = 0.25
_steps = st.integers(0, 400)


@st.composite
def lives(draw):
    """(accepted, limit, handled, closed or None), hours, whole quarters of an hour."""
    accepted, limit = draw(_steps), draw(st.integers(1, 200))
    handled = accepted + draw(st.integers(1, 200))
    closed = draw(st.none() | st.just(handled) | st.builds(lambda n: handled + n, st.integers(0, 100)))
    return tuple(None if n is None else n * QUARTER for n in (accepted, limit, handled, closed))


def as_known(name, life, moment):
    """The ticket as it is at `moment`; None before it came."""
    accepted, limit, handled, closed = life
    if at(accepted) > moment:
        return None
    one = ticket(
        name,
        State.HANDLING,
        reported_at=at(accepted),
        accepted_at=at(accepted),
        filed_at=at(accepted),
        dispatched_at=at(accepted),
        business=clock(accepted, limit),
    )
    if at(handled) <= moment:
        one = replace(one, state=State.HANDLED, handled_at=at(handled))
    if closed is not None and at(closed) <= moment:
        on_time = at(closed) <= at(accepted + limit)
        one = replace(one, state=State.CLOSED, closed_at=at(closed), first_closed_at=at(closed), on_time=on_time)
    return one


CAN_TELL = [
    (kpi, by)
    for kpi in ("closure_rate", "on_time_rate", "handling_rate", "on_time_handling_rate", "closure_rate_accepted")
    for by in ("due", "accepted")
    if any(variant.by == by for variant in BY_ID[kpi].variants)
] + [("on_time_rate", "closed")]


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(lives(), max_size=8), st.integers(0, 480), st.sampled_from(CAN_TELL))
def test_a_period_as_it_stood_is_the_recount_of_the_tickets_of_then(found, then, asked):
    kpi, by = asked
    formula, moment, now = BY_ID[kpi], at(then * QUARTER) + timedelta(seconds=1), at(1000)
    table = FactTable(DEFAULT_RULES)
    table.load([as_known(TicketId(f"t{n}"), life, now) for n, life in enumerate(found)], now)
    cases = breakdown.cases(table, table.layout.slot(kpi, by), MONTH.start, MONTH.end)
    stood = as_stood(table, cases, formula, by, moment)
    counts = Counter(table.parts[part].kind for part in stood.part.tolist())
    tickets = [one for n, life in enumerate(found) if (one := as_known(TicketId(f"t{n}"), life, moment)) is not None]
    wanted = recount(formula, tickets, replace(MONTH, by=by), moment)
    below = sum(n for kind, n in counts.items() if kind != EXCLUDED_KIND)
    assert (counts[NUMERATOR_KIND], below) == (wanted.numerator, wanted.denominator)


def test_what_leaves_no_date_behind_is_not_compared():
    table = FactTable(DEFAULT_RULES)
    table.load([], at(0))
    cases = breakdown.cases(table, table.layout.slot("reopen_rate", "closed"), MONTH.start, MONTH.end)
    assert as_stood(table, cases, BY_ID["reopen_rate"], "closed", at(0)) is None


@pytest.mark.parametrize("kpi", ["accept_on_time", "satisfaction_rate", "hops"])
def test_what_does_not_ripen_is_cut_by_its_own_day(kpi):
    formula = BY_ID[kpi]
    assert formula.ripens == ""
    assert cohort(formula, formula.by).by == formula.by

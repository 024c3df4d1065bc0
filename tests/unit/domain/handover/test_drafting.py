"""The draft over random shifts: nothing open is missing, and the totals are the KPI engine's."""

import itertools
from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.handover import commands
from domain.handover.drafting import (
    MOST_SINGLE,
    Cameras,
    FeedDown,
    SeatUnsent,
    ShelvedAlarm,
    Situation,
    draft,
    rule_of,
)
from domain.handover.figures import SHIFT_KPIS, figures
from domain.handover.words import ItemRule, Severity
from domain.ids import TicketId
from domain.kpi import day_period, recount
from domain.kpi_catalogue import BY_ID
from domain.kpi_engine import KpiEngine, KpiSetup
from domain.kpi_parts import DEFAULT_RULES, days_of
from domain.ticket import Supervision
from domain.vocabulary import State, SuperviseReason, Urgency
from tests.examples import examples
from tests.unit.domain.builders import T0, at_state, joint, local
from tests.unit.domain.handover.cases import GIVER, SYSTEM, begin, step
from tests.unit.domain.kpi_cases import ITEMS, at, ticket, tickets

HALLS = st.integers(1, 12).flatmap(lambda n: st.tuples(*(tickets(f"t{i}") for i in range(n))))
SPANS = st.tuples(st.integers(0, 200), st.integers(1, 96)).map(lambda s: (at(s[0] / 2), at(s[0] / 2 + s[1] / 2)))


@settings(max_examples=examples(60))
@given(HALLS, SPANS, st.randoms(use_true_random=False))
def test_every_item_open_at_the_instant_of_handover_is_in_the_draft_or_among_the_removed(hall, span, random) -> None:
    _, now = span
    hall = [replace(one, urgency=random.choice(list(Urgency)), problem=random.random() < 0.2) for one in hall]
    open_now = {one.id for one in hall if one.is_open}
    made = draft(Situation(now=now, tickets=[one for one in hall if one.is_open]))
    behind = [name for ids in made.members.values() for name in ids]
    assert Counter(behind) == Counter(open_now)
    assert sum(item.count for item in made.items) == len(open_now)
    # The report says no less after people have worked on it.
    handover = step(None, begin(), SYSTEM)
    fill = commands.Fill(as_of=now, seq=1, items=made.items, figures=figures([], now, now, now))
    handover = step(handover, fill, SYSTEM)
    for item in random.sample(list(made.items), min(2, len(made.items))):
        handover = step(handover, commands.Remove(item=item.id, text="已口头交代"), GIVER)
    later = draft(Situation(now=now, tickets=[one for one in hall if one.is_open and random.random() < 0.5]))
    handover = step(handover, commands.Redraft(), GIVER)
    handover = step(handover, replace(fill, items=later.items, seq=2), SYSTEM)
    listed = {
        name
        for item in handover.items.values()
        for name in (*made.members.get(item.id, ()), *later.members.get(item.id, ()))
    }
    assert open_now <= listed
    assert all(item.removed is not None or item.id in later.members for item in handover.items.values())


@settings(max_examples=examples(40))
@given(HALLS, st.integers(0, 5), st.lists(st.integers(1, 95), max_size=3, unique=True).map(sorted))
def test_a_day_cut_into_shifts_adds_up_to_the_figures_of_the_engine(hall, day, cuts) -> None:
    as_of = at(24 * 8)
    engine = KpiEngine(KpiSetup(items=ITEMS))
    engine.load(hall, as_of)
    midnight = local(2018, 10, 9) + timedelta(days=day)
    edges = [midnight, *(midnight + timedelta(minutes=15 * cut) for cut in cuts), midnight + timedelta(days=1)]
    shifts = [figures(hall, start, end, as_of) for start, end in itertools.pairwise(edges)]
    date_ = days_of(DEFAULT_RULES.zone).day(midnight)
    assert sum(one.accepted for one in shifts) == engine.figure("accepted", day_period(date_, "accepted")).numerator
    assert sum(one.closed for one in shifts) == engine.figure("closed", day_period(date_, "closed")).numerator
    for place, (name, by) in enumerate(SHIFT_KPIS):
        want = engine.figure(name, day_period(date_, by))
        own = [one.kpis[place] for one in shifts]
        assert sum(kpi.numerator for kpi in own) == want.numerator
        assert sum(kpi.denominator for kpi in own) == want.denominator
        assert sum((Counter(kpi.excluded) for kpi in own), Counter()) == Counter(want.excluded)
        if len(own) == 1:
            assert own[0] == recount(BY_ID[name], hall, day_period(date_, by), as_of)
    assert all(sum(hour.accepted for hour in one.hours) == one.accepted for one in shifts)


def test_a_ticket_falls_under_the_worst_rule_that_fits() -> None:
    plain = at_state(State.HANDLING)
    late = T0 + timedelta(days=30)
    cases = {
        ItemRule.STABLE: (plain, T0 + timedelta(minutes=5)),
        ItemRule.HIGH_OVERDUE: (plain, late),
        ItemRule.OVERDUE_REST: (replace(plain, urgency=Urgency.NORMAL), late),
        ItemRule.PROBLEM: (replace(plain, problem=True), late),
        ItemRule.TOP_URGENCY: (replace(plain, problem=True, urgency=Urgency.TOP), late),
        ItemRule.JOINT_LATE: (joint(), late),
    }
    for rule, (one, now) in cases.items():
        assert rule_of(one, now) is rule
    supervised = replace(plain, supervisions=(Supervision(reason=SuperviseReason.LEADER, at=T0),))
    assert rule_of(supervised, late) is ItemRule.SUPERVISED
    suspended = at_state(State.SUSPENDED)
    assert suspended.suspended_until is not None
    assert rule_of(suspended, suspended.suspended_until - timedelta(hours=1)) is ItemRule.SUSPENSIONS_END


def test_many_of_one_rule_share_a_line_and_the_oldest_overdue_have_their_own() -> None:
    top = [ticket(f"a{n:02}", urgency=Urgency.TOP) for n in range(MOST_SINGLE + 3)]
    overdue = [ticket(f"b{n:02}") for n in range(9)]
    made = draft(Situation(now=at(50), tickets=[*top, *overdue]))
    by_rule = Counter(item.rule for item in made.items)
    assert by_rule == {ItemRule.TOP_URGENCY: MOST_SINGLE + 1, ItemRule.LONG_OVERDUE: 5, ItemRule.OVERDUE_REST: 1}
    group = next(item for item in made.items if item.id == "g:top_urgency")
    assert (group.count, group.severity) == (3, Severity.CRITICAL)
    assert group.tickets == (TicketId("a05"), TicketId("a06"), TicketId("a07"))


def test_what_stands_beside_the_tickets_is_watched() -> None:
    now = at(10)
    made = draft(
        Situation(
            now=now,
            tickets=(),
            alarms=(ShelvedAlarm("A1", at(11)), ShelvedAlarm("A2", at(12))),
            cameras=Cameras(2, 313, ("石浦桥东", "工业园东门")),
            feeds=(FeedDown("call_back", at(4)),),
            seats=(
                SeatUnsent(seat="3", queued=2, failed=1, told_at=at(9), gone_since=at(9)),
                SeatUnsent(seat="4", queued=0, failed=0, told_at=at(9)),
            ),
        )
    )
    found = {item.id: item for item in made.items}
    assert set(found) == {"g:alarms", "g:cameras", "f:call_back", "s:3"}
    assert found["g:alarms"].due_at == at(11)
    assert found["f:call_back"].figures == {"silent_s": 6 * 3600.0}
    assert found["s:3"].figures == {"queued": 2.0, "failed": 1.0, "told_s": 3600.0, "gone_s": 3600.0}
    assert all(item.severity is Severity.WATCH for item in made.items)

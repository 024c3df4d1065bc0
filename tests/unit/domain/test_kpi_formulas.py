"""Formulas of domain.md §7 on one ticket at a time: the edge rules, each as a sentence."""

from datetime import date

import pytest

from domain.kpi import classify, percent, recount
from domain.kpi_catalogue import BY_ID, FORMULAS
from domain.kpi_parts import DENOMINATOR, NUMERATOR, OUTSIDE, excluded
from domain.kpi_types import Kpi, Period
from domain.ticket import Appeal, CallBack, Participation
from domain.vocabulary import Level, Mediation, Opinion, Source, State
from tests.unit.domain.kpi_cases import UNITS, YEAR, at, clock, closed, ticket

BY_CLOSED = Period(YEAR.start, YEAR.end, "closed")
BY_DUE = ("closure_rate", "on_time_rate", "handling_rate", "on_time_handling_rate", "rework_rate")


def part_of(formula_id, one, hours=50.0, period=YEAR):
    return classify(BY_ID[formula_id], one, period, at(hours))


def call(**more):
    return closed(call_back=CallBack(**{"attempts": 1, "reached": True, "at": at(20), **more}))


@pytest.mark.parametrize(
    ("closed_count", "cases", "shown"),
    [(561_901, 573_251, "98.02%"), (203_232, 204_943, "99.17%"), (4_689, 4_812, "97.44%"), (1, 3, "33.33%")],
)
def test_published_figures_come_out(closed_count, cases, shown):
    kpi = Kpi(id="closure_rate_accepted", numerator=closed_count, denominator=cases, as_of=at(0))
    assert percent(kpi) == shown


def test_nothing_due_shows_a_dash():
    kpi = recount(BY_ID["closure_rate"], [], YEAR, at(0))
    assert (kpi.value, percent(kpi)) == (None, "–")


def test_half_a_hundredth_is_rounded_up_and_never_to_a_full_hundred_below_it():
    assert percent(Kpi(id="x", numerator=10_001, denominator=20_000, as_of=at(0))) == "50.01%"
    assert percent(Kpi(id="x", numerator=2, denominator=2, as_of=at(0)), 0) == "100%"


# -- by due date


def test_open_inside_its_limit_is_not_due():
    assert part_of("closure_rate", ticket(), 9.99) is OUTSIDE
    assert part_of("closure_rate", ticket(), 10) is OUTSIDE  # 100 % used is not over 100 %


def test_open_beyond_its_limit_is_due_and_not_closed():
    assert part_of("closure_rate", ticket(), 10.01) is DENOMINATOR
    assert part_of("on_time_rate", ticket(), 10.01) is DENOMINATOR


def test_closed_before_its_limit_counts_at_once():
    assert part_of("closure_rate", closed(hours=1), 2) is NUMERATOR
    assert part_of("on_time_rate", closed(hours=1), 2) is NUMERATOR


def test_closed_late_is_closed_and_not_on_time():
    assert part_of("closure_rate", closed(hours=12)) is NUMERATOR
    assert part_of("on_time_rate", closed(hours=12)) is DENOMINATOR


@pytest.mark.parametrize("formula_id", BY_DUE)
def test_missing_deadline_is_excluded_from_by_due_rates(formula_id):
    assert part_of(formula_id, closed(business=None, on_time=None)) == excluded("no_limit")
    assert part_of(formula_id, ticket(business=None)) == excluded("no_limit")


def test_missing_deadline_is_never_on_time_by_closed_date():
    for claim in (None, True):
        one = closed(business=None, on_time=claim)
        assert part_of("on_time_rate", one, period=BY_CLOSED) is DENOMINATOR


def test_not_yet_filed_is_not_without_a_limit():
    assert part_of("closure_rate", ticket(state=State.VERIFYING, business=None, filed_at=None)) is OUTSIDE


@pytest.mark.parametrize("formula_id", BY_DUE)
@pytest.mark.parametrize(
    ("state", "more", "reason"),
    [
        (State.VOID, {}, "void"),
        (State.MERGED, {}, "merged"),
        (State.REFUSED, {"referred_to": "traffic police"}, "out_of_remit"),
        (State.REFUSED, {}, "refused"),
        (State.FORCED_CLOSED, {}, "forced_closed"),
        (State.SUSPENDED, {"business": clock(0, 10, paused=True)}, "suspended"),
        (State.HANDLING, {"appeal": Appeal(at=at(1), granted=True)}, "appeal_granted"),
    ],
)
def test_exclusions_are_counted_by_reason(formula_id, state, more, reason):
    ended = {"ended_at": at(11)} if reason in {"void", "merged", "out_of_remit", "refused", "forced_closed"} else {}
    assert part_of(formula_id, ticket(state=state, **ended, **more)) == excluded(reason)


def test_refused_without_a_limit_is_shown_by_its_acceptance():
    one = ticket(state=State.REFUSED, business=None, filed_at=None, referred_to="police", ended_at=at(1))
    assert part_of("closure_rate", one) == excluded("out_of_remit")


def test_a_report_never_accepted_is_in_no_rate_of_closing():
    one = ticket(state=State.REFUSED, business=None, accepted_at=None, filed_at=None, ended_at=at(1))
    for formula in FORMULAS:
        if formula.id != "accept_on_time":
            assert classify(formula, one, YEAR, at(50)) is OUTSIDE


def test_appeal_granted_exempts_the_statistic_and_refused_does_not():
    late = closed(hours=12, appeal=Appeal(at=at(13), granted=True))
    assert part_of("on_time_rate", late) == excluded("appeal_granted")
    assert part_of("on_time_rate", late, period=BY_CLOSED) == excluded("appeal_granted")
    assert part_of("on_time_rate", closed(hours=12, appeal=Appeal(at=at(13), granted=False))) is DENOMINATOR


def test_an_old_record_is_judged_at_its_own_end():
    one = ticket(recorded_until=at(9))
    assert part_of("closure_rate", one, 100_000) is OUTSIDE


def test_the_limit_decides_the_day_in_the_site_zone():
    just_before_midnight = ticket(business=clock(0, 15.99))  # 23:59 in Shanghai, 15:59 UTC
    after_midnight = ticket(business=clock(0, 16))
    ninth = Period(date(2018, 10, 9), date(2018, 10, 10))
    assert part_of("closure_rate", just_before_midnight, period=ninth) is DENOMINATOR
    assert part_of("closure_rate", after_midnight, period=ninth) is OUTSIDE


# -- the other denominators


def test_forced_close_is_never_closed():
    one = ticket(state=State.FORCED_CLOSED, ended_at=at(5), handled_at=at(4), dispatched_at=at(0.1))
    for formula in FORMULAS:
        if formula.id in {"closure_rate_accepted", "closure_rate_handled", "first_dispatch_right"}:
            assert classify(formula, one, YEAR, at(50)) is DENOMINATOR
    assert part_of("closed", one) is OUTSIDE
    assert part_of("ended", one) is NUMERATOR


def test_effectively_accepted_is_without_void_merged_and_out_of_remit():
    states = [State.VOID, State.MERGED, State.REFUSED, State.HANDLING, State.CLOSED]
    found = [ticket(s.value, s, referred_to="x", closed_at=at(5), ended_at=at(5)) for s in states]
    kpi = recount(BY_ID["closure_rate_accepted"], found, YEAR, at(6))
    assert (kpi.numerator, kpi.denominator) == (1, 2)
    assert kpi.excluded == {"void": 1, "merged": 1, "out_of_remit": 1}


def test_handled_before_its_limit_counts_before_it_is_closed():
    one = ticket(handled_at=at(4), state=State.HANDLED)
    assert part_of("handling_rate", one, 5) is NUMERATOR
    assert part_of("on_time_handling_rate", one, 5) is NUMERATOR
    assert part_of("on_time_handling_rate", ticket(handled_at=at(11)), 12) is DENOMINATOR


def test_reopened_counts_once_against_its_first_closing():
    again = closed(
        hours=60,
        first_closed_at=at(5),
        reopened=2,
        first_reopened_at=at(30),
        reopened_at=at(50),
        round=3,
        on_time=False,
    )
    assert part_of("reopen_rate", again) is NUMERATOR
    assert part_of("rework_rate", again, 70) is NUMERATOR
    assert recount(BY_ID["closure_rate"], [again], YEAR, at(70)).denominator == 1


def test_reopened_after_thirty_days_is_not_a_reopening_within_thirty_days():
    assert (
        part_of("reopen_rate", ticket(first_closed_at=at(5), reopened=1, first_reopened_at=at(5 + 30 * 24)))
        is NUMERATOR
    )
    assert (
        part_of("reopen_rate", ticket(first_closed_at=at(5), reopened=1, first_reopened_at=at(6 + 30 * 24)))
        is DENOMINATOR
    )


def test_first_dispatch_right_is_spoilt_by_a_return_or_a_redirect():
    assert part_of("first_dispatch_right", closed(dispatched_at=at(0.1))) is NUMERATOR
    assert part_of("first_dispatch_right", closed(dispatched_at=at(0.1), returns=1)) is DENOMINATOR
    assert part_of("first_dispatch_right", closed(dispatched_at=at(0.1), redispatches=1)) is DENOMINATOR


def test_levels_share_the_closed():
    one = closed(resolved_level=Level.TOWN)
    assert part_of("level_share_town", one) is NUMERATOR
    assert part_of("level_share_grid", one) is DENOMINATOR
    assert part_of("level_share_grid", closed()) == excluded("level_unknown")


def test_disputes_settled_are_counted_of_the_disputes_closed():
    assert part_of("mediation_success", closed(mediation=Mediation.SETTLED)) is NUMERATOR
    assert part_of("mediation_success", closed(mediation=Mediation.NOT_SETTLED)) is DENOMINATOR
    assert part_of("mediation_success", closed(mediation=Mediation.UNSTATED)) == excluded("outcome_unstated")
    assert part_of("mediation_success", closed()) is OUTSIDE
    assert part_of("mediation_success", ticket(mediation=Mediation.SETTLED, reopened=1)) is OUTSIDE


def test_police_referrals_are_the_diverted_part_of_the_calls():
    assert part_of("diversion", ticket(source=Source.POLICE_REFERRAL)) is NUMERATOR
    assert part_of("diversion", ticket(source=Source.HOTLINE_12345)) is DENOMINATOR
    assert part_of("diversion", ticket(source=Source.PATROL)) is OUTSIDE


# -- stages


def test_stages_are_on_time_up_to_their_limit():
    assert part_of("accept_on_time", ticket(accepted_at=at(0.25))) is NUMERATOR
    assert part_of("accept_on_time", ticket(accepted_at=at(0.26))) is DENOMINATOR
    waiting = ticket(state=State.REPORTED, accepted_at=None, filed_at=None, business=None)
    assert part_of("accept_on_time", waiting, 0.25) is OUTSIDE
    assert part_of("accept_on_time", waiting, 0.26) is DENOMINATOR
    assert part_of("dispatch_on_time", ticket(dispatched_at=at(0.2))) is NUMERATOR
    assert part_of("dispatch_on_time", ticket(dispatched_at=at(3), redispatches=1)) == excluded("dispatched_again")


def test_sign_is_judged_by_the_leads_own_limit():
    lead = Participation(unit=UNITS[0], lead=True, asked_at=at(0), check_in_due_at=at(2), signed_at=at(1))
    assert part_of("sign_on_time", ticket(parts=(lead,))) is NUMERATOR


# -- call-back


@pytest.mark.parametrize(
    ("opinion", "wide", "strict"),
    [
        (Opinion.VERY, NUMERATOR, NUMERATOR),
        (Opinion.SATISFIED, NUMERATOR, NUMERATOR),
        (Opinion.BASICALLY, NUMERATOR, DENOMINATOR),
        (Opinion.NOT, DENOMINATOR, DENOMINATOR),
        (Opinion.NO_OPINION, excluded("no_opinion"), excluded("no_opinion")),
        (None, excluded("no_opinion"), excluded("no_opinion")),
    ],
)
def test_satisfaction_wide_and_strict(opinion, wide, strict):
    assert part_of("satisfaction_rate", call(opinion=opinion)) == wide
    assert part_of("satisfaction_rate_strict", call(opinion=opinion)) == strict


def test_unreached_is_kept_apart_from_unsatisfied():
    one = call(reached=False)
    assert part_of("satisfaction_rate", one) == excluded("unreached")
    assert part_of("solved_rate", one) == excluded("unreached")
    assert part_of("reached_rate", one) is DENOMINATOR
    assert part_of("reached_rate", call()) is NUMERATOR


def test_solved_is_a_question_of_its_own():
    assert part_of("solved_rate", call(solved=True, opinion=Opinion.NOT)) is NUMERATOR
    assert part_of("solved_rate", call(solved=False)) is DENOMINATOR
    assert part_of("solved_rate", call()) == excluded("no_answer")


# -- joint


def joint(**late):
    lead = Participation(unit=UNITS[0], lead=True, asked_at=at(0), due_at=at(8), reported_at=at(7))
    other = Participation(unit=UNITS[1], asked_at=at(0), **{"check_in_due_at": at(1), "due_at": at(8), **late})
    return ticket(parts=(lead, other))


def test_each_unit_of_a_joint_ticket_is_scored_on_its_own_part():
    one = joint(arrived_at=at(0.5), reported_at=at(9))
    assert classify(BY_ID["joint_on_time_rate"], one, YEAR, at(50), unit=UNITS[0]) is NUMERATOR
    assert classify(BY_ID["joint_on_time_rate"], one, YEAR, at(50), unit=UNITS[1]) is DENOMINATOR
    assert recount(BY_ID["joint_on_time_rate"], [one], YEAR, at(50)).denominator == 2


def test_only_co_units_check_in():
    kpi = recount(BY_ID["joint_check_in_rate"], [joint(arrived_at=at(0.5))], YEAR, at(50))
    assert (kpi.numerator, kpi.denominator) == (1, 1)
    assert recount(BY_ID["joint_check_in_rate"], [joint()], YEAR, at(1)).denominator == 0  # still inside its limit
    assert recount(BY_ID["joint_check_in_rate"], [joint()], YEAR, at(1.1)).denominator == 1


def test_a_single_unit_is_not_a_joint_ticket():
    lead = Participation(unit=UNITS[0], lead=True, asked_at=at(0), due_at=at(8), reported_at=at(7))
    assert recount(BY_ID["joint_on_time_rate"], [ticket(parts=(lead,))], YEAR, at(50)).denominator == 0

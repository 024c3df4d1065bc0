"""Stage punctuality and hops on tickets that were walked by the rules: the first visit counts, and stays what it was."""

from datetime import timedelta

from domain import commands
from domain.kpi import classify, recount
from domain.kpi_catalogue import BY_ID
from domain.kpi_parts import DENOMINATOR, NUMERATOR, OUTSIDE, excluded
from domain.ticket import StageVisit
from domain.vocabulary import CheckResult, Role, State, Verification
from tests.unit.domain.builders import DEPARTMENT, IMPORTER, STATION, T0, TOWN_CENTRE, at_state, ctx, step
from tests.unit.domain.kpi_cases import YEAR, ticket

HALF_HOUR = timedelta(minutes=30)


def part(formula_id, one, when):
    return classify(BY_ID[formula_id], one, YEAR, when)


def at(minutes):
    return T0 + timedelta(minutes=minutes)


def give(one, command, minutes, who=IMPORTER):
    return step(one, command, ctx(who, at(minutes)))


# -- 核实


def test_a_verification_in_time_is_on_time_for_ever():
    one = at_state(State.VERIFYING)
    due = one.verified.due_at
    assert part("verify_on_time", one, due) is OUTSIDE
    assert part("verify_on_time", one, due + timedelta(seconds=1)) is DENOMINATOR
    one = give(one, commands.RecordVerification(result=Verification.EXISTS), 20)
    assert one.verified == StageVisit(due, at(20))
    for state in (one, give(one, commands.File(), 90)):
        assert part("verify_on_time", state, at(10_000)) is NUMERATOR


def test_a_late_verification_is_not_mended_by_a_second_one():
    one = at_state(State.VERIFYING)
    one = give(one, commands.RecordVerification(result=Verification.CANNOT_TELL), 60)
    first = one.verified
    one = give(one, commands.RequestVerification(text="再核实"), 61)
    one = give(one, commands.RecordVerification(result=Verification.EXISTS), 62)
    assert one.verified == first
    assert part("verify_on_time", one, at(100)) is DENOMINATOR


def test_without_a_verification_there_is_nothing_to_be_late():
    assert part("verify_on_time", at_state(State.CLOSED), at(10_000)) is OUTSIDE


# -- 核查


def test_the_check_runs_from_the_result_to_the_verdict():
    one = at_state(State.HANDLED)
    handled = one.handled_at
    assert one.checked == StageVisit(handled + HALF_HOUR)
    one = step(one, commands.RequestCheck(), ctx(IMPORTER, handled + timedelta(minutes=10)))
    assert one.checked == StageVisit(handled + HALF_HOUR)
    for minutes, verdict in ((30, NUMERATOR), (31, DENOMINATOR)):
        done = step(
            one, commands.RecordCheck(result=CheckResult.PASS), ctx(IMPORTER, handled + timedelta(minutes=minutes))
        )
        assert part("check_on_time", done, at(10_000)) is verdict


def test_a_failed_check_was_a_check_and_the_next_one_is_rework():
    one = at_state(State.CHECKING)
    failed = step(
        one, commands.RecordCheck(result=CheckResult.FAIL, text="未清理"), ctx(IMPORTER, one.changed_at + HALF_HOUR / 6)
    )
    visit = failed.checked
    assert visit.done_at == failed.changed_at
    again = step(
        failed, commands.ReportResult(resolved_level="town"), ctx(IMPORTER, failed.changed_at + timedelta(days=1))
    )
    assert again.checked == visit
    assert part("check_on_time", again, at(100_000)) is NUMERATOR
    assert part("rework_rate", again, again.business.due_at + timedelta(seconds=1)) is NUMERATOR


# -- dispatch and hops


def test_a_second_dispatch_does_not_change_when_the_first_one_was():
    one = at_state(State.DISPATCHED)
    first = one.dispatched_at
    assert (one.first_dispatched_at, part("hops", one, at(0))) == (None, DENOMINATOR)
    for hop, unit in enumerate((STATION, DEPARTMENT), 1):
        one = step(
            one, commands.Redirect(lead=unit, text="x"), ctx(Role.DISPATCHER, one.changed_at + timedelta(hours=2))
        )
        assert one.first_dispatched_at == first
        assert part("dispatch_on_time", one, at(100_000)) is NUMERATOR
        assert recount(BY_ID["hops"], [one], YEAR, at(0)).numerator == hop
    assert part("first_dispatch_right", one, at(0)) is DENOMINATOR


def test_a_dispatch_taken_back_at_once_is_no_dispatch():
    one = at_state(State.DISPATCHED)
    one = step(one, commands.Withdraw(), ctx(Role.DISPATCHER, one.changed_at + timedelta(seconds=5)))
    assert part("dispatch_on_time", one, at(10_000)) is DENOMINATOR
    one = give(one, commands.Dispatch(lead=TOWN_CENTRE), 3)
    assert one.first_dispatched_at is None
    assert part("dispatch_on_time", one, at(10_000)) is NUMERATOR


def test_a_mean_adds_up_its_hops_and_counts_each_ticket_once():
    found = [ticket(f"t{n}", dispatched_at=T0, redispatches=n) for n in range(4)]
    kpi = recount(BY_ID["hops"], [*found, ticket("void", State.VOID, dispatched_at=T0)], YEAR, T0)
    assert (kpi.numerator, kpi.denominator, kpi.value, kpi.excluded) == (6, 4, 1.5, {"void": 1})


def test_a_ticket_from_before_first_dispatches_were_kept_is_excluded_by_name():
    old = ticket(dispatched_at=T0, redispatches=1)
    assert part("dispatch_on_time", old, at(10_000)) == excluded("dispatched_again")

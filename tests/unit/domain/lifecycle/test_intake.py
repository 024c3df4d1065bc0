"""Report, verify, file, refuse, merge."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain import commands
from domain.actor import Scope
from domain.catalogue import Catalogue
from domain.ids import AreaCode, ItemCode, TicketId, UnitId
from domain.lifecycle import MATRIX, Decision, decide
from domain.ticket import Limit, Point
from domain.vocabulary import CheckResult, ClosingFlaw, Level, LimitType, Role, Stage, State, Urgency, Verification
from tests.unit.domain.builders import (
    BRIGADE,
    IMPORTER,
    ITEMS,
    OTHER_TOWN,
    T0,
    TOWN,
    TOWN_CENTRE,
    UNCHECKED,
    UNLIMITED,
    URGENT,
    WORKDAYS,
    actor,
    at_state,
    code,
    ctx,
    local,
    report,
    rules,
    step,
)

REGISTRAR = ctx(Role.REGISTRAR)
OTHER = replace(at_state(State.FILED), id=TicketId("181009-0099"))


def test_a_report_starts_the_accept_clock_at_the_first_level() -> None:
    ticket = step(None, report(point=Point(114.35, 22.69), unit=TOWN_CENTRE, channel="@坪山"), REGISTRAR)
    assert (ticket.state, ticket.level, ticket.version) == (State.REPORTED, Level.TOWN, 1)
    assert ticket.stage is not None
    assert ticket.stage.stage is Stage.ACCEPT
    assert ticket.stage.clock.due_at == T0 + timedelta(minutes=15)
    assert ticket.urgency is Urgency.HIGH  # from the item
    assert (ticket.accepted_at, ticket.business, ticket.channel) == (None, None, "@坪山")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"item": ItemCode("X")}, "unknown_item"),
        ({"area": AreaCode("110101")}, "unknown_area"),
        ({"unit": UnitId("X")}, "unknown_unit"),
        ({"external_ref": " "}, "external_ref_required"),
        ({"point": Point(181, 22)}, "bad_point"),
        ({"point": Point(float("nan"), 22)}, "bad_point"),
        ({"urgency": Urgency.TOP, "text": ""}, "reason_required"),
        ({"recorded_until": T0}, "import_right"),
    ],
)
def test_a_report_is_refused(change: dict[str, Any], why: str) -> None:
    assert code(report(**change), None, REGISTRAR) == why


def test_only_an_importer_states_where_a_record_ends_and_with_a_zone() -> None:
    assert code(report(recorded_until=T0), None, ctx(IMPORTER)) == ""
    assert code(report(recorded_until=datetime(2018, 10, 9)), None, ctx(IMPORTER)) == "bad_time"


def test_a_report_outside_the_own_area_is_refused() -> None:
    collector = ctx(actor(Role.COLLECTOR, scope=Scope(areas=(OTHER_TOWN,))))
    assert code(report(), None, collector) == "scope"
    assert code(report(area=OTHER_TOWN), None, collector) == ""


def test_no_second_report_and_no_command_without_a_ticket() -> None:
    assert code(report(), at_state(State.REPORTED), REGISTRAR) == "exists"
    assert code(commands.File(), None, REGISTRAR) == "no_ticket"


def test_verification_accepts_and_comes_back_with_its_result() -> None:
    asked = at_state(State.VERIFYING)
    assert asked.accepted_at == asked.changed_at
    assert asked.stage is not None
    assert asked.stage.clock.due_at - asked.changed_at == timedelta(minutes=30)
    back = step(
        asked, commands.RecordVerification(result=Verification.EXISTS), ctx(Role.COLLECTOR, T0 + timedelta(hours=1))
    )
    assert (back.state, back.verification) == (State.REPORTED, Verification.EXISTS)
    filed = step(back, commands.File(), ctx(Role.REGISTRAR, T0 + timedelta(hours=2)))
    assert filed.accepted_at == asked.accepted_at  # the first of the two


def test_what_is_not_there_is_refused_not_filed() -> None:
    back = step(at_state(State.VERIFYING), commands.RecordVerification(result=Verification.NOT_FOUND), REGISTRAR)
    assert code(commands.File(), back, REGISTRAR) == "not_found_on_site"
    refused = step(back, commands.Refuse(text="现场没有"), REGISTRAR)
    assert (refused.state, refused.end_reason, refused.stage) == (State.REFUSED, "not_found", None)
    again = step(back, commands.RequestVerification(), REGISTRAR)
    assert again.state is State.VERIFYING


def test_filing_fixes_the_item_version_and_the_business_limit_from_the_report_on() -> None:
    reported = step(None, report(item=WORKDAYS), ctx(Role.REGISTRAR, local(2018, 9, 28, 17)))
    filed = step(reported, commands.File(), ctx(Role.REGISTRAR, local(2018, 9, 28, 17, 10)))
    assert filed.business is not None
    # 17:30 + 2 office hours → 29 Sep 10:30 (made up); + 3 working days over the holidays → 9 Oct 10:30; + 30 min check
    assert filed.business.due_at == local(2018, 10, 9, 11)
    assert filed.business.limit == Limit(3, LimitType.WORKING_DAYS)
    assert filed.stage is not None
    assert filed.stage.stage is Stage.DISPATCH


def test_an_item_without_check_has_no_check_in_its_limit_and_one_without_limit_has_none() -> None:
    reported = at_state(State.REPORTED, item=UNCHECKED)
    unchecked = step(reported, commands.File(), REGISTRAR)
    assert unchecked.business is not None
    assert unchecked.business.due_at == local(2018, 10, 9, 19, 30)
    assert step(reported, commands.File(item=UNLIMITED), REGISTRAR).business is None


def test_a_ticket_is_judged_by_the_version_it_was_filed_under() -> None:
    newer = replace(ITEMS[0], version=2, limit=Limit(1, LimitType.URGENT_HOURS))
    new_list = rules(catalogue=Catalogue([*ITEMS, newer]))
    old = at_state(State.HANDLING)
    again = step(old, commands.Return(text="不属实"), ctx(IMPORTER, old.changed_at, rules=new_list))
    assert again.item_version == 1
    sent = step(again, commands.Dispatch(lead=UnitId("U-dept")), ctx(IMPORTER, old.changed_at, rules=new_list))
    signed = step(sent, commands.Sign(), ctx(IMPORTER, old.changed_at, rules=new_list))
    assert signed.stage is not None
    assert signed.stage.clock.limit == Limit(8, LimitType.URGENT_HOURS)


def test_raising_the_urgency_at_filing_needs_a_reason() -> None:
    reported = at_state(State.REPORTED)
    assert code(commands.File(urgency=Urgency.TOP), reported, REGISTRAR) == "reason_required"
    assert step(reported, commands.File(urgency=Urgency.TOP, text="伤人"), REGISTRAR).urgency is Urgency.TOP
    assert code(commands.File(item=ItemCode("X")), reported, REGISTRAR) == "unknown_item"


def test_a_refusal_needs_a_reason_and_names_where_it_was_referred_to() -> None:
    reported = at_state(State.REPORTED)
    assert code(commands.Refuse(text=" "), reported, REGISTRAR) == "reason_required"
    refused = step(reported, commands.Refuse(text="属警务", referred_to="公安分局"), REGISTRAR)
    assert (refused.end_reason, refused.referred_to, refused.ended_at) == ("out_of_remit", "公安分局", T0)


def test_free_text_travels_beside_the_event_never_in_it() -> None:
    answer = decide(commands.Refuse(text=" 张三 13800000000 "), at_state(State.REPORTED), REGISTRAR)
    assert isinstance(answer, Decision)
    assert answer.private == {"text": "张三 13800000000"}


@pytest.mark.parametrize("state", [State.REPORTED, State.VERIFYING, State.FILED])
def test_a_duplicate_is_merged_into_an_open_ticket(state: State) -> None:
    merged = step(at_state(state), commands.Merge(into=OTHER.id), ctx(Role.DISPATCHER, other=OTHER))
    assert (merged.state, merged.merged_into, merged.end_reason) == (State.MERGED, OTHER.id, "duplicate")


@pytest.mark.parametrize("state", [State.CLOSED, State.MERGED, State.VOID, State.REFUSED, State.FORCED_CLOSED])
def test_no_merge_into_what_has_ended(state: State) -> None:
    other = replace(at_state(state), id=OTHER.id)
    assert code(commands.Merge(into=OTHER.id), at_state(State.FILED), ctx(other=other)) == "target_ended"


def test_no_merge_into_itself_nowhere_or_in_a_chain() -> None:
    ticket = at_state(State.FILED)
    assert code(commands.Merge(into=ticket.id), ticket, ctx(other=ticket)) == "itself"
    assert code(commands.Merge(into=OTHER.id), ticket, ctx()) == "unknown_ticket"
    assert code(commands.Merge(into=TicketId("x")), ticket, ctx(other=OTHER)) == "unknown_ticket"
    assert code(commands.Merge(into=OTHER.id), ticket, ctx(other=OTHER, followers=1)) == "has_followers"
    assert code(commands.Merge(into=OTHER.id), ticket, ctx(other=OTHER, open_children=2)) == "open_children"


def test_what_lies_outside_the_scope_is_refused() -> None:
    elsewhere = ctx(actor(Role.REGISTRAR, scope=Scope(areas=(OTHER_TOWN,))))
    assert code(commands.File(), at_state(State.REPORTED), elsewhere) == "scope"
    assert code(commands.File(), at_state(State.REPORTED), ctx(actor(Role.REGISTRAR, scope=Scope(areas=(TOWN,))))) == ""


NEED_THE_ITEM = (
    (State.FILED, commands.Dispatch(lead=TOWN_CENTRE)),
    (State.DISPATCHED, commands.Redirect(lead=BRIGADE, text="改派")),
    (State.DISPATCHED, commands.Sign()),
    (State.HANDLING, commands.ReportResult(resolved_level=Level.TOWN)),
    (State.HANDLING, commands.RequestDelay(extra=Limit(1, LimitType.URGENT_HOURS), text="等配件")),
    (State.HANDLING, commands.AddCoUnits(units=(BRIGADE,))),
    (State.HANDLING, commands.Whistle(unit=BRIGADE, text="请到场")),
    (State.HANDLING, commands.Escalate()),
    (State.CHECKING, commands.RecordCheck(result=CheckResult.PASS)),
    (State.READY_TO_CLOSE, commands.Close()),
    (State.READY_TO_CLOSE, commands.RejectClosing(flaw=ClosingFlaw.WRONG)),
    (State.CLOSED, commands.Reopen(text="反弹")),
    (State.FILED, commands.Recalculate()),
)


@pytest.mark.parametrize(("state", "command"), NEED_THE_ITEM, ids=lambda one: getattr(one, "value", type(one).__name__))
def test_an_item_that_left_the_list_is_refused_by_name_not_guessed(state: State, command: commands.Command) -> None:
    without = rules(catalogue=Catalogue([item for item in ITEMS if item.code != URGENT]))
    who = next(
        role
        for role in (Role.SYSTEM, Role.SHIFT_LEADER, Role.CHECKER, Role.HANDLER)
        if role in MATRIX[commands.name_of(command)]
    )
    now = T0 + timedelta(days=1) if who is Role.SYSTEM else T0
    assert code(command, at_state(state), ctx(actor(who, TOWN_CENTRE), now, rules=without)) == "unknown_item"

"""What becomes of a command: exactly once, in scope, on the right version, at a time that can be."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain import commands
from domain.actor import Actor
from domain.ids import TicketId
from domain.vocabulary import CheckResult, Role, State
from protocol.messages import Outcome
from tests.unit.backend.house import (
    DISPATCHER,
    HANDLER,
    LEADER,
    NOON,
    REGISTRAR,
    SHIFT_LEADER,
    SOURCE,
    TO_HANDLED,
    TOWN_A,
    TOWN_B,
    UNIT_A,
    UNIT_B,
    HandClock,
    House,
    person,
    site,
)

FILE = commands.File()


def code(outcome: Outcome) -> tuple[str, str]:
    return outcome.status, outcome.code


# -- applied -----------------------------------------------------------------------------------------


def test_each_command_raises_the_version_by_one_and_takes_the_next_seq(house: House) -> None:
    ticket = house.reported()
    outcome = house.do(REGISTRAR, FILE, ticket, 1)
    assert (outcome.status, outcome.version, outcome.seq) == ("applied", 2, 2)
    assert house.ticket(ticket).state is State.FILED


def test_a_ticket_walks_the_main_path(house: House) -> None:
    ticket = house.reported()
    house.walk(ticket, [*TO_HANDLED, (SHIFT_LEADER, commands.Close())])
    assert house.ticket(ticket).state is State.CLOSED
    assert [record.entity_version for record in house.records] == [1, 2, 3, 4, 5, 6]


def test_ids_count_up_within_the_site_s_day(house: House) -> None:
    assert [house.reported(), house.reported()] == ["240508-0001", "240508-0002"]
    house.clock.pass_(timedelta(hours=12))  # 00:00 in Shanghai, still the 8th in UTC
    assert house.reported() == "240509-0001"


def test_numbers_go_on_after_a_restart(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        house.reported()
    with House(tmp_path) as house:
        assert house.reported() == "240508-0002"


def test_a_comment_needs_no_version_and_raises_none(house: House) -> None:
    ticket = house.reported()
    outcome = house.do(DISPATCHER, commands.Comment(text="看过现场"), ticket)
    assert (outcome.status, outcome.version) == ("applied", 1)
    assert house.records[-1].private == {"text": "看过现场"}


def test_the_actor_of_an_event_is_the_session_s_role_and_seat(house: House) -> None:
    house.reported()
    record = house.records[0]
    assert (record.user, record.actor.role, record.actor.seat) == (REGISTRAR.user, Role.REGISTRAR, "registrar")


# -- exactly once ------------------------------------------------------------------------------------


def test_a_command_sent_twice_has_one_effect_and_equal_answers(house: House) -> None:
    message = house.message(house.report_command())
    first, second = house.send(REGISTRAR, message)[0], house.send(REGISTRAR, message)[0]
    assert first == second
    assert house.store.head.seq == 1


def test_ten_copies_in_one_group_have_one_effect_and_equal_answers(house: House) -> None:
    outcomes = house.send(REGISTRAR, *[house.message(house.report_command())] * 10)
    assert len({outcome.seq for outcome in outcomes}) == 1
    assert house.store.head.seq == 1


def test_a_refusal_is_kept_as_well(house: House) -> None:
    ticket = house.filed()
    message = house.message(commands.Sign(), ticket, 2)
    first = house.send(HANDLER, message)[0]
    house.walk(ticket, [(DISPATCHER, commands.Dispatch(lead=UNIT_A))])
    assert house.send(HANDLER, message)[0] == first
    assert first.status == "rejected"


def test_answers_survive_a_restart(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        message = house.message(house.report_command())
        first = house.send(REGISTRAR, message)[0]
    with House(tmp_path) as house:
        assert house.send(REGISTRAR, message)[0] == first
        assert house.store.head.seq == 1


def test_another_body_under_a_used_id_runs_nothing(house: House) -> None:
    house.send(REGISTRAR, house.message(house.report_command(), n=7))
    assert code(house.send(REGISTRAR, house.message(house.report_command(), n=7))[0]) == ("rejected", "id_misuse")
    assert house.store.head.seq == 1


def test_another_user_under_a_used_id_runs_nothing(house: House) -> None:
    message = house.message(house.report_command())
    house.send(REGISTRAR, message)
    assert code(house.send(DISPATCHER, message)[0]) == ("rejected", "id_misuse")


def test_ids_settled_thirty_days_ago_expire_when_nothing_is_stored(house: House) -> None:
    house.do(REGISTRAR, house.report_command(), n=5, settled_below=5)
    house.clock.pass_(timedelta(days=31))
    house.do(REGISTRAR, house.report_command(), n=6, settled_below=6)
    late = house.do(REGISTRAR, house.report_command(), n=4)
    assert code(late) == ("expired", "pruned")
    assert house.store.head.seq == 2


def test_outcomes_are_forgotten_with_their_ids(house: House) -> None:
    old = house.message(house.report_command(), n=5, settled_below=6)
    house.send(REGISTRAR, old)
    house.clock.pass_(timedelta(days=31))
    house.do(REGISTRAR, house.report_command(), n=6, settled_below=6)
    assert code(house.send(REGISTRAR, old)[0]) == ("expired", "pruned")
    assert house.store.head.seq == 2


def test_an_id_skipped_a_moment_ago_still_runs(house: House) -> None:
    house.do(REGISTRAR, house.report_command(), n=5, settled_below=5)
    assert house.do(REGISTRAR, house.report_command(), n=4).status == "applied"


def test_a_matter_known_already_gives_the_ticket_it_has(house: House) -> None:
    command = house.report_command()
    first, second = house.do(REGISTRAR, command), house.do(DISPATCHER, command)
    assert (second.status, second.code, second.ticket_id) == ("applied", "known", first.ticket_id)
    assert house.store.head.seq == 1


def test_the_same_matter_twice_in_one_group_is_one_ticket(house: House) -> None:
    command = house.report_command()
    outcomes = house.send(REGISTRAR, house.message(command), house.message(command))
    assert [outcome.code for outcome in outcomes] == ["", "known"]


# -- versions ----------------------------------------------------------------------------------------


def test_fifty_dispatch_at_once_and_one_wins(house: House) -> None:
    ticket = house.filed()
    units = sorted(site().units)[:50]
    messages = [house.message(commands.Dispatch(lead=unit), ticket, 2) for unit in units]
    outcomes = house.send(DISPATCHER, *messages)
    assert sorted(outcome.status for outcome in outcomes) == ["applied"] + ["conflict"] * 49
    winner = units[next(index for index, outcome in enumerate(outcomes) if outcome.status == "applied")]
    for outcome in outcomes:
        if outcome.status == "conflict":
            assert outcome.detail["by"] == {"role": "dispatcher", "seat": "dispatcher"}
            assert outcome.detail["current_version"] == 3
            assert outcome.detail["diff"]["unit"] == [None, winner]
            assert outcome.detail["diff"]["state"] == ["filed", "dispatched"]
            assert datetime.fromisoformat(outcome.detail["at"]) == NOON


def test_a_conflict_tells_all_events_in_between(house: House) -> None:
    ticket = house.reported()
    house.walk(ticket, TO_HANDLED[:3])
    outcome = house.do(REGISTRAR, FILE, ticket, 1)
    assert outcome.detail["events"] == ["filed", "dispatched", "signed"]


def test_a_version_from_the_future_is_a_conflict_without_a_diff(house: House) -> None:
    outcome = house.do(REGISTRAR, FILE, house.reported(), 9)
    assert outcome.status == "conflict"
    assert "diff" not in outcome.detail


def test_a_change_of_state_without_a_version_is_refused(house: House) -> None:
    assert code(house.do(REGISTRAR, FILE, house.reported())) == ("rejected", "no_version")


# -- scope -------------------------------------------------------------------------------------------


def test_a_ticket_outside_the_scope_cannot_be_told_from_one_that_is_not_there(house: House) -> None:
    elsewhere = house.filed(TOWN_B)
    of_town_a = person(Role.DISPATCHER, TOWN_A)
    outcomes = [
        house.do(of_town_a, commands.Dispatch(lead=UNIT_A), ticket, 2)
        for ticket in (elsewhere, TicketId("240508-9999"))
    ]
    assert [code(outcome) for outcome in outcomes] == [("rejected", "out_of_scope")] * 2
    assert outcomes[0].detail == outcomes[1].detail == {}


def test_who_sees_everything_is_told_that_a_ticket_is_not_there(house: House) -> None:
    assert code(house.do(DISPATCHER, FILE, TicketId("240508-9999"), 1)) == ("rejected", "unknown_ticket")


def test_a_known_matter_out_of_scope_is_not_given_away(house: House) -> None:
    command = house.report_command(TOWN_B)
    house.do(REGISTRAR, command)
    outcome = house.do(person(Role.REGISTRAR, TOWN_A), command)
    assert (*code(outcome), outcome.ticket_id) == ("rejected", "out_of_scope", None)


def test_a_stored_answer_is_seen_through_today_s_rights(house: House) -> None:
    ticket = house.filed(TOWN_A)
    house.walk(ticket, [(DISPATCHER, commands.Dispatch(lead=UNIT_A))])
    mine = person(Role.DISPATCHER, TOWN_A)
    message = house.message(commands.Dispatch(lead=UNIT_B), ticket, 2)
    assert house.send(mine, message)[0].detail
    house.walk(ticket, [(DISPATCHER, commands.Relocate(area=TOWN_B))])
    again = house.send(mine, message)[0]
    assert (again.status, again.detail) == ("conflict", {})


# -- time --------------------------------------------------------------------------------------------


def test_a_recorded_day_keeps_its_own_time(house: House) -> None:
    outcome = house.do(SOURCE, house.report_command(), occurred_at=NOON - timedelta(days=3))
    assert outcome.ticket_id == "240505-0001"
    assert house.records[0].occurred_at == NOON - timedelta(days=3)
    assert house.records[0].server_time == NOON


@pytest.mark.parametrize(
    ("actor", "shift", "expected"),
    [
        (REGISTRAR, timedelta(hours=-1), "no_import_right"),
        (SOURCE, timedelta(seconds=1), "in_future"),
    ],
)
def test_a_time_that_cannot_be_is_refused(house: House, actor: Actor, shift: timedelta, expected: str) -> None:
    outcome = house.do(actor, house.report_command(), occurred_at=NOON + shift)
    assert code(outcome) == ("rejected", expected)


def test_a_time_without_a_zone_is_refused(house: House) -> None:
    outcome = house.do(SOURCE, house.report_command(), occurred_at=NOON.replace(tzinfo=None))
    assert code(outcome) == ("rejected", "bad_time")


def test_history_of_a_ticket_never_runs_back(house: House) -> None:
    ticket = house.reported()
    outcome = house.do(SOURCE, FILE, ticket, 1, occurred_at=NOON - timedelta(minutes=1))
    assert code(outcome) == ("rejected", "before_last_change")


def test_people_go_on_when_the_clock_was_set_back(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        ticket = house.reported()
    with House(tmp_path, clock=HandClock(NOON - timedelta(hours=3))) as house:
        house.walk(ticket, [(REGISTRAR, FILE)])
        assert house.ticket(ticket).changed_at == NOON
        assert house.records[0].server_time == NOON


# -- what the rules ask of the store -------------------------------------------------------------------


def test_the_finder_does_not_check_his_own_report(house: House) -> None:
    finder = person(Role.COLLECTOR)
    reported = house.do(finder, house.report_command(needs_check=True))
    assert reported.ticket_id is not None
    version = house.walk(reported.ticket_id, [*TO_HANDLED, (REGISTRAR, commands.RequestCheck())])
    check = commands.RecordCheck(result=CheckResult.PASS)
    assert code(house.do(finder, check, reported.ticket_id, version)) == ("rejected", "finder_is_checker")


def test_a_parent_closes_after_its_children(house: House) -> None:
    parent, child = house.reported(), house.reported()
    house.walk(child, [(DISPATCHER, commands.SetParent(parent=parent))])
    version = house.walk(parent, TO_HANDLED)
    refused = house.do(SHIFT_LEADER, commands.Close(), parent, version)
    assert (refused.code, refused.detail) == ("open_children", {"count": 1})
    house.walk(child, [(SHIFT_LEADER, commands.ForceClose(text="并入主案"))])
    assert house.do(SHIFT_LEADER, commands.Close(), parent, version).status == "applied"


def test_a_child_set_free_no_longer_holds_its_parent(house: House) -> None:
    parent, child = house.reported(), house.reported()
    house.walk(child, [(DISPATCHER, commands.SetParent(parent=parent)), (DISPATCHER, commands.SetParent(parent=None))])
    version = house.walk(parent, TO_HANDLED)
    assert house.do(SHIFT_LEADER, commands.Close(), parent, version).status == "applied"


def test_a_ticket_with_followers_is_not_merged_on(house: House) -> None:
    first, second, third = house.reported(), house.reported(), house.reported()
    house.walk(first, [(REGISTRAR, commands.Merge(into=second))])
    outcome = house.do(REGISTRAR, commands.Merge(into=third), second, 1)
    assert (outcome.code, outcome.detail) == ("has_followers", {"count": 1})


def test_one_group_sees_what_it_has_just_done(house: House) -> None:
    first, second, third = house.reported(), house.reported(), house.reported()
    outcomes = house.send(
        REGISTRAR,
        house.message(commands.Merge(into=second), first, 1),
        house.message(commands.Merge(into=third), second, 1),
    )
    assert [outcome.code for outcome in outcomes] == ["", "has_followers"]


def test_a_refused_command_harms_no_other_of_its_group(house: House) -> None:
    ticket = house.reported()
    outcomes = house.send(
        REGISTRAR,
        house.message(house.report_command()),
        house.message(commands.Refuse(text=""), ticket, 1),
        house.message(FILE, ticket, 1),
    )
    assert [outcome.status for outcome in outcomes] == ["applied", "rejected", "applied"]


def test_a_leader_who_only_reads_changes_nothing(house: House) -> None:
    ticket = house.reported()
    assert code(house.do(LEADER, FILE, ticket, 1)) == ("rejected", "role")


def test_the_finder_is_remembered_by_the_log(tmp_path: Path) -> None:
    finder = person(Role.COLLECTOR)
    with House(tmp_path) as house:
        reported = house.do(finder, house.report_command(needs_check=True))
        assert reported.ticket_id is not None
        version = house.walk(reported.ticket_id, [*TO_HANDLED, (REGISTRAR, commands.RequestCheck())])
    with House(tmp_path) as house:
        check = commands.RecordCheck(result=CheckResult.PASS)
        assert house.do(finder, check, reported.ticket_id, version).code == "finder_is_checker"

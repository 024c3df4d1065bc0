"""The life of one alarm: who may do what to it, and what each refusal says."""

from datetime import timedelta

import pytest

from domain import documents
from domain.alarms import commands as c
from domain.alarms.kind import ALARM
from domain.alarms.values import MAX_SHELF, UNANSWERED, calls, state_of
from domain.alarms.words import AlarmCode, AlarmState, Severity, ShelveReason, Trigger
from domain.documents import DocCode
from domain.ids import SeatId
from domain.vocabulary import Role
from tests.unit.domain.alarms.cases import LEADER, OFFICER, SYSTEM, Hall, at, cause


@pytest.fixture
def hall() -> Hall:
    return Hall()


def shelve(hall: Hall, minutes: float = 30, reason: ShelveReason = ShelveReason.VENDOR, text: str = "") -> c.Shelve:
    return c.Shelve(until=at(hall, minutes), reason=reason, text=text)


def test_a_cause_becomes_one_alarm_and_its_end_leaves_it_to_be_acknowledged(hall: Hall) -> None:
    (alarm,) = hall.raised(cause())
    assert state_of(hall.alarms[alarm]) is AlarmState.UNACKED
    hall.wanted.clear()
    hall.settle()
    assert state_of(hall.alarms[alarm]) is AlarmState.CLEARED
    assert hall.give(OFFICER, c.Acknowledge(ring=1), alarm) == ""
    assert state_of(hall.alarms[alarm]) is AlarmState.ENDED
    assert not hall.alarms[alarm].is_open


def test_an_acknowledgement_given_twice_changes_nothing(hall: Hall) -> None:
    (alarm,) = hall.raised(cause())
    assert hall.give(OFFICER, c.Acknowledge(ring=1), alarm) == ""
    first = hall.alarms[alarm]
    hall.now += timedelta(minutes=1)
    assert hall.give(LEADER, c.Acknowledge(ring=1), alarm) == ""
    second = hall.alarms[alarm]
    assert (second.ack, second.ring, state_of(second)) == (first.ack, first.ring, state_of(first))


def test_a_late_acknowledgement_does_not_silence_a_later_ring(hall: Hall) -> None:
    (alarm,) = hall.raised(cause())
    hall.wanted.clear()
    hall.settle()
    hall.raised(cause())
    assert hall.alarms[alarm].ring == 2
    assert hall.give(OFFICER, c.Acknowledge(ring=1), alarm) == AlarmCode.RANG_AGAIN
    assert state_of(hall.alarms[alarm]) is AlarmState.UNACKED


def test_the_same_cause_on_the_same_day_is_the_same_alarm(hall: Hall) -> None:
    (alarm,) = hall.raised(cause())
    hall.give(OFFICER, c.Acknowledge(ring=1), alarm)
    hall.wanted.clear()
    hall.settle()
    assert hall.raised(cause()) == []
    again = hall.alarms[alarm]
    assert (state_of(again), again.hits, again.ring) == (AlarmState.UNACKED, 2, 2)


def test_an_alarm_open_over_midnight_goes_on_as_itself(hall: Hall) -> None:
    (alarm,) = hall.raised(cause())
    hall.pass_(timedelta(days=1))
    assert list(hall.alarms) == [alarm]


def test_a_figure_that_grows_by_half_is_told_and_rings_only_when_the_severity_rises(hall: Hall) -> None:
    (alarm,) = hall.raised(cause(weight=4))
    hall.give(OFFICER, c.Acknowledge(ring=1), alarm)
    hall.raised(cause(weight=5))
    assert hall.alarms[alarm].hits == 1
    hall.raised(cause(weight=6))
    assert (hall.alarms[alarm].hits, state_of(hall.alarms[alarm])) == (2, AlarmState.ACKED)
    hall.raised(cause(weight=6, severity=Severity.CRITICAL))
    assert state_of(hall.alarms[alarm]) is AlarmState.UNACKED


def test_a_shelved_alarm_is_silent_and_comes_back_ringing(hall: Hall) -> None:
    (alarm,) = hall.raised(cause())
    assert hall.give(OFFICER, shelve(hall), alarm) == ""
    assert state_of(hall.alarms[alarm]) is AlarmState.SHELVED
    hall.pass_(timedelta(minutes=29))
    assert not calls(hall.alarms[alarm], Role.SHIFT_LEADER, "1", hall.now)
    hall.pass_(timedelta(minutes=1))
    assert state_of(hall.alarms[alarm]) is AlarmState.UNACKED
    assert hall.alarms[alarm].ring == 2
    assert calls(hall.alarms[alarm], Role.SHIFT_LEADER, "1", hall.now)


@pytest.mark.parametrize(
    ("made", "minutes", "reason", "text", "code"),
    [
        (Severity.CRITICAL, 30, ShelveReason.VENDOR, "", AlarmCode.CRITICAL_SHELVE),
        (Severity.MAJOR, 241, ShelveReason.VENDOR, "", AlarmCode.TOO_LONG),
        (Severity.MAJOR, 0, ShelveReason.VENDOR, "", AlarmCode.IN_THE_PAST),
        (Severity.MAJOR, 30, ShelveReason.OTHER, "  ", AlarmCode.TEXT_MISSING),
    ],
)
def test_what_may_not_be_shelved(
    hall: Hall, made: Severity, minutes: float, reason: ShelveReason, text: str, code: AlarmCode
) -> None:
    (alarm,) = hall.raised(cause(severity=made))
    assert hall.give(OFFICER, shelve(hall, minutes, reason, text), alarm) == code


def test_four_hours_are_the_longest_shelf(hall: Hall) -> None:
    (alarm,) = hall.raised(cause())
    assert hall.give(OFFICER, shelve(hall, MAX_SHELF / timedelta(minutes=1)), alarm) == ""
    assert hall.give(OFFICER, shelve(hall), alarm) == AlarmCode.SHELVED
    assert hall.give(OFFICER, c.Acknowledge(ring=1), alarm) == AlarmCode.SHELVED
    assert hall.give(SYSTEM, c.Unshelve(), alarm) == AlarmCode.SHELF_NOT_OVER
    assert hall.give(OFFICER, c.Unshelve(), alarm) == ""
    assert hall.give(OFFICER, c.Unshelve(), alarm) == AlarmCode.NOT_SHELVED


def test_a_shelved_alarm_that_becomes_critical_leaves_the_shelf(hall: Hall) -> None:
    (alarm,) = hall.raised(cause())
    hall.give(OFFICER, shelve(hall), alarm)
    hall.raised(cause(severity=Severity.CRITICAL))
    assert state_of(hall.alarms[alarm]) is AlarmState.UNACKED


def test_a_handed_alarm_rings_at_its_seat_and_after_two_minutes_everywhere(hall: Hall) -> None:
    (alarm,) = hall.raised(cause())
    hall.give(LEADER, c.Acknowledge(ring=1), alarm)
    assert hall.give(LEADER, c.HandOver(seat=SeatId("2")), alarm) == ""
    known = hall.alarms[alarm]
    assert calls(known, Role.DISPATCHER, "2", hall.now)
    assert not calls(known, Role.SHIFT_LEADER, "1", hall.now)
    hall.now += UNANSWERED + timedelta(seconds=1)
    assert calls(known, Role.SHIFT_LEADER, "1", hall.now)
    assert hall.give(LEADER, c.HandOver(seat=SeatId("2")), alarm) == AlarmCode.SAME_SEAT
    assert hall.give(LEADER, c.HandOver(seat=SeatId("")), alarm) == AlarmCode.NO_SEAT


def test_a_rule_hides_what_tells_nothing_new_and_gives_it_back(hall: Hall) -> None:
    book = hall.book
    hider = book.rules[0]
    hall.book = type(book)(
        version="t",
        rules=tuple(
            rule
            if rule.id != hider.id
            else type(rule)(id=rule.id, name="x", trigger=Trigger.FAULT, severity=Severity.MAJOR, suppresses=("R-07",))
            for rule in book.rules
        ),
    )
    whole = cause(rule=hider.id, source="platform", trigger=Trigger.FAULT)
    camera = cause(rule="R-07", source="cam-1", trigger=Trigger.CAMERA_LOST, severity=Severity.MINOR)
    ids = hall.raised(whole, camera)
    hidden = next(doc_id for doc_id in ids if hall.alarms[doc_id].rule == "R-07")
    assert state_of(hall.alarms[hidden]) is AlarmState.SUPPRESSED
    del hall.wanted[f"{hider.id}:platform"]
    hall.settle()
    assert state_of(hall.alarms[hidden]) is AlarmState.UNACKED
    assert hall.alarms[hidden].ring == 2


def hidden_camera(hall: Hall) -> tuple[str, str]:
    """(key of what hides it, id of the hidden alarm)"""
    book = hall.book
    hider = type(book.rules[0])(
        id="R-09", name="x", trigger=Trigger.FAULT, severity=Severity.MAJOR, suppresses=("R-07",)
    )
    hall.book = type(book)(version="t", rules=tuple(hider if rule.id == "R-09" else rule for rule in book.rules))
    hall.raised(cause(rule="R-09", source="platform", trigger=Trigger.FAULT))
    hall.raised(cause(rule="R-07", source="cam-1", trigger=Trigger.CAMERA_LOST, severity=Severity.MINOR))
    hidden = next(doc_id for doc_id, alarm in hall.alarms.items() if alarm.rule == "R-07")
    assert state_of(hall.alarms[hidden]) is AlarmState.SUPPRESSED
    return "R-09:platform", hidden


def test_what_was_acknowledged_while_hidden_rings_when_it_comes_back_and_its_hider_ends(hall: Hall) -> None:
    hider, hidden = hidden_camera(hall)
    assert hall.give(OFFICER, c.Acknowledge(ring=1), hidden) == ""
    camera = hall.wanted.pop("R-07:cam-1")
    hall.settle()
    assert state_of(hall.alarms[hidden]) is AlarmState.ENDED
    hall.wanted["R-07:cam-1"] = camera
    hall.settle()
    assert state_of(hall.alarms[hidden]) is AlarmState.SUPPRESSED
    del hall.wanted[hider]
    hall.settle()
    assert state_of(hall.alarms[hidden]) is AlarmState.UNACKED


def test_a_late_acknowledgement_does_not_answer_a_hidden_alarm_that_came_back(hall: Hall) -> None:
    hider, hidden = hidden_camera(hall)
    camera = hall.wanted.pop("R-07:cam-1")
    hall.settle()
    hall.wanted["R-07:cam-1"] = camera
    hall.settle()
    assert hall.give(OFFICER, c.Acknowledge(ring=1), hidden) == AlarmCode.RANG_AGAIN
    del hall.wanted[hider]
    hall.settle()
    assert state_of(hall.alarms[hidden]) is AlarmState.UNACKED


def test_what_ends_while_hidden_and_shelved_leaves_the_shelf_and_rings_when_it_comes_back(hall: Hall) -> None:
    hider, hidden = hidden_camera(hall)
    assert hall.give(OFFICER, shelve(hall), hidden) == ""
    camera = hall.wanted.pop("R-07:cam-1")
    hall.settle()
    assert (state_of(hall.alarms[hidden]), hall.alarms[hidden].shelf) == (AlarmState.ENDED, None)
    hall.pass_(timedelta(minutes=31))
    del hall.wanted[hider]
    hall.wanted["R-07:cam-1"] = camera
    hall.settle()
    assert calls(hall.alarms[hidden], Role.SHIFT_LEADER, "1", hall.now)


def test_rules_that_hide_each_other_lose_nothing(hall: Hall) -> None:
    rule = type(hall.book.rules[0])
    pair = tuple(
        rule(id=own, name="x", trigger=Trigger.FAULT, severity=Severity.MAJOR, suppresses=(other,))
        for own, other in (("A", "B"), ("B", "A"))
    )
    hall.book = type(hall.book)(version="t", rules=pair)
    hall.raised(*(cause(rule=own, source="s", trigger=Trigger.FAULT) for own in "AB"))
    assert {alarm.rule for alarm in hall.alarms.values()} == {"A", "B"}


def test_no_rule_hides_a_critical_alarm(hall: Hall) -> None:
    (alarm,) = hall.raised(cause(severity=Severity.CRITICAL))
    assert hall.give(SYSTEM, c.Suppress(by="x"), alarm) == AlarmCode.CRITICAL_SUPPRESS


def test_notes_and_steps_are_kept(hall: Hall) -> None:
    (alarm,) = hall.raised(cause())
    assert hall.give(OFFICER, c.AddNote(text=" "), alarm) == AlarmCode.TEXT_MISSING
    assert hall.give(OFFICER, c.AddNote(text="已电话"), alarm) == ""
    assert hall.give(OFFICER, c.Tick(step=0), alarm) == ""
    assert hall.give(OFFICER, c.Tick(step=1), alarm) == ""
    assert hall.give(OFFICER, c.Tick(step=0, done=False), alarm) == ""
    assert hall.give(OFFICER, c.Tick(step=99), alarm) == AlarmCode.NO_STEP
    assert (hall.alarms[alarm].notes, list(hall.alarms[alarm].steps)) == (1, [1])


def test_what_is_over_takes_nothing_but_a_note_and_a_second_acknowledgement(hall: Hall) -> None:
    (alarm,) = hall.raised(cause())
    hall.give(OFFICER, c.Acknowledge(ring=1), alarm)
    hall.wanted.clear()
    hall.settle()
    for command in (shelve(hall), c.Unshelve(), c.HandOver(seat=SeatId("3")), c.Tick(step=0)):
        assert hall.give(OFFICER, command, alarm) == AlarmCode.ENDED
    assert hall.give(SYSTEM, c.Clear(), alarm) == AlarmCode.ENDED
    assert hall.give(OFFICER, c.Acknowledge(ring=1), alarm) == ""
    assert hall.give(OFFICER, c.AddNote(text="补记"), alarm) == ""


def test_the_centre_raises_and_people_answer() -> None:
    people = {name for name, roles in ALARM.roles.items() if Role.DISPATCHER in roles}
    centre = {name for name, roles in ALARM.roles.items() if Role.SYSTEM in roles}
    assert people == {"acknowledge", "note", "tick", "shelve", "unshelve", "hand_over"}
    assert centre == {"raise", "recur", "clear", "suppress", "release", "unshelve"}
    assert all(not documents.may(ALARM, name, Role.WALL) for name in ALARM.roles)
    assert ALARM.offline_allowed == {"acknowledge", "note", "tick"}
    assert Hall().give(OFFICER, c.Raise(cause=cause())) == DocCode.ROLE

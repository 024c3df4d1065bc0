"""Whatever happens in the hall: no alarm is lost, none rings after it was acknowledged, what is shelved comes back."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.alarms import commands as c
from domain.alarms.values import MAX_SHELF, UNANSWERED, calls, key_of, state_of
from domain.alarms.words import AlarmState, Severity, ShelveReason, Trigger
from domain.ids import SeatId
from domain.vocabulary import Role
from tests.examples import examples
from tests.unit.domain.alarms.cases import LEADER, OFFICER, Hall, cause, product_rules

SEATS = ("1", "2", "3")
HIDER, HIDDEN, PLAIN = "R-09", "R-07", "R-03"
KEYS = st.sampled_from([(HIDER, "platform"), (HIDDEN, "cam-1"), (HIDDEN, "cam-2"), (PLAIN, "181009-0001")])


def book():
    known = product_rules()
    rules = tuple(
        type(one)(id=one.id, name=one.name, trigger=one.trigger, severity=one.severity, suppresses=(HIDDEN,))
        if one.id == HIDER
        else one
        for one in known.rules
    )
    return type(known)(version="t", rules=rules)


class HallOfAlarms(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.hall = Hall(book())
        self.acknowledged: dict[str, int] = {}
        self.seen: dict[str, tuple[int, int]] = {}

    def pick(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.hall.alarms)))

    @rule(key=KEYS, severity=st.sampled_from(Severity), weight=st.integers(1, 9))
    def begins(self, key: tuple[str, str], severity: Severity, weight: int) -> None:
        trigger = Trigger.CAMERA_LOST if key[0] == HIDDEN else Trigger.FAULT
        self.hall.raised(cause(key[0], key[1], severity, trigger=trigger, weight=weight))

    @rule(camera=st.sampled_from(["cam-1", "cam-2"]))
    def a_platform_takes_a_camera_along(self, camera: str) -> None:
        """Hidden alarms are the rare ones: without this rule few examples come to more than one of their turns."""
        hider = cause(HIDER, "platform", Severity.MAJOR, trigger=Trigger.FAULT)
        self.hall.raised(hider, cause(HIDDEN, camera, Severity.MINOR, trigger=Trigger.CAMERA_LOST))

    @rule(camera=st.sampled_from(["cam-1", "cam-2"]))
    def a_camera_comes_and_goes(self, camera: str) -> None:
        self.ends((HIDDEN, camera))
        self.hall.raised(cause(HIDDEN, camera, Severity.MINOR, trigger=Trigger.CAMERA_LOST))

    @rule(key=KEYS)
    def ends(self, key: tuple[str, str]) -> None:
        self.hall.wanted.pop(key_of(*key), None)
        self.hall.settle()

    @rule(minutes=st.sampled_from([1, 3, 30, 250, 1500]))
    def time_passes(self, minutes: int) -> None:
        self.hall.pass_(timedelta(minutes=minutes))

    @rule(data=st.data(), late=st.integers(0, 1), actor=st.sampled_from([OFFICER, LEADER]))
    def acknowledges(self, data: st.DataObject, late: int, actor) -> None:
        if self.hall.alarms:
            doc_id = self.pick(data)
            ring = self.hall.alarms[doc_id].ring - late
            before = self.hall.alarms[doc_id]
            if self.hall.give(actor, c.Acknowledge(ring=ring), doc_id) == "":
                assert late == 0
                self.acknowledged[doc_id] = ring
                assert before.ack is None or before.ack == self.hall.alarms[doc_id].ack
            self.hall.settle()

    @rule(data=st.data())
    def somebody_looks(self, data: st.DataObject) -> None:
        """And acknowledges later: the line was down, or the hand was slow."""
        if self.hall.alarms:
            doc_id = self.pick(data)
            self.seen[doc_id] = (self.hall.alarms[doc_id].ring, self.hall.rounds.get(doc_id, 0))

    @rule(data=st.data())
    def acknowledges_what_was_seen(self, data: st.DataObject) -> None:
        if self.seen:
            doc_id = data.draw(st.sampled_from(sorted(self.seen)))
            ring, round_ = self.seen.pop(doc_id)
            if self.hall.give(OFFICER, c.Acknowledge(ring=ring), doc_id) == "":
                assert self.hall.rounds.get(doc_id, 0) == round_, "it came back since: nobody has seen this round"
                self.acknowledged[doc_id] = ring
            self.hall.settle()

    @rule(data=st.data(), minutes=st.sampled_from([30, 60, 240, 241]))
    def shelves(self, data: st.DataObject, minutes: int) -> None:
        if self.hall.alarms:
            until = self.hall.now + timedelta(minutes=minutes)
            self.hall.give(OFFICER, c.Shelve(until=until, reason=ShelveReason.KNOWN), self.pick(data))

    @rule(data=st.data())
    def takes_from_the_shelf(self, data: st.DataObject) -> None:
        if self.hall.alarms:
            self.hall.give(OFFICER, c.Unshelve(), self.pick(data))
            self.hall.settle()

    @rule(data=st.data(), seat=st.sampled_from(SEATS))
    def hands_over(self, data: st.DataObject, seat: str) -> None:
        if self.hall.alarms:
            self.hall.give(LEADER, c.HandOver(seat=SeatId(seat)), self.pick(data))

    @invariant()
    def every_cause_has_one_living_alarm(self) -> None:
        for key in self.hall.wanted:
            living = [
                alarm
                for alarm in self.hall.alarms.values()
                if key_of(alarm.rule, alarm.source) == key and state_of(alarm) is not AlarmState.ENDED
            ]
            assert [alarm.active for alarm in living if alarm.active] == [True], key

    @invariant()
    def nothing_ends_that_nobody_acknowledged(self) -> None:
        for alarm in self.hall.alarms.values():
            if state_of(alarm) is AlarmState.ENDED:
                assert alarm.ack is not None or alarm.suppressed_by
                assert not alarm.is_open
            else:
                assert alarm.is_open

    @invariant()
    def an_acknowledged_ring_is_silent_for_ever(self) -> None:
        later = self.hall.now + timedelta(hours=9)
        for doc_id, ring in self.acknowledged.items():
            alarm = self.hall.alarms[doc_id]
            if any(calls(alarm, Role.SHIFT_LEADER, seat, later) for seat in SEATS):
                assert alarm.ring > ring

    @invariant()
    def nobody_has_answered_a_round_that_began_after_the_answer(self) -> None:
        for doc_id, alarm in self.hall.alarms.items():
            if alarm.active and alarm.ack is not None:
                assert self.acknowledged.get(doc_id) == alarm.ring

    @invariant()
    def what_nobody_answered_calls_everybody(self) -> None:
        later = self.hall.now + UNANSWERED + timedelta(seconds=1)
        for alarm in self.hall.alarms.values():
            if state_of(alarm) is AlarmState.UNACKED:
                assert all(calls(alarm, Role.REGISTRAR, seat, later) for seat in SEATS)

    @invariant()
    def shelves_are_short_and_never_critical(self) -> None:
        for alarm in self.hall.alarms.values():
            if alarm.shelf is not None:
                assert self.hall.now < alarm.shelf.until <= self.hall.now + MAX_SHELF
                assert alarm.severity is not Severity.CRITICAL
            if state_of(alarm) is AlarmState.SUPPRESSED:
                assert alarm.severity is not Severity.CRITICAL
                assert key_of(HIDER, "platform") in self.hall.wanted


HallOfAlarms.TestCase.settings = settings(max_examples=examples(150), stateful_step_count=40, deadline=None)
TestHall = HallOfAlarms.TestCase

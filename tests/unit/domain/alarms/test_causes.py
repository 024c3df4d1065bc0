"""Each rule finds its cause in real tickets, and nothing where there is none."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.alarms.causes import WAITING, Arrival, CameraDown, Fault, Known, find, longest_window
from domain.alarms.commands import Cause
from domain.alarms.rules import AlarmRule, AlarmRules
from domain.alarms.words import Severity, Trigger
from domain.ids import TicketId
from domain.vocabulary import Source, Stage, State, Urgency
from tests.unit.domain.builders import COMMUNITY, OTHER_TOWN, RULES, SHANGHAI, T0, TOWN, URGENT, at_state, local

MINUTE = timedelta(minutes=1)


def rule(trigger: Trigger, **more: Any) -> AlarmRule:
    return AlarmRule(id="R", name="规则", trigger=trigger, severity=Severity.MAJOR, **more)


def found(one: AlarmRule, **known: Any) -> list[Cause]:
    fields: dict[str, Any] = {"now": T0, "zone": SHANGHAI, "item": RULES.catalogue.at, **known}
    return list(find(AlarmRules(version="t", rules=(one,)), Known(**fields)).values())


def arrivals(amount: int, area: str = COMMUNITY, every: timedelta = MINUTE) -> tuple[Arrival, ...]:
    return tuple(
        Arrival(T0 - every * (amount - 1 - n), TicketId(f"t{n}"), URGENT, area, Source.PATROL) for n in range(amount)
    )


def test_a_stage_is_overdue_from_the_first_moment_past_its_limit() -> None:
    ticket = at_state(State.REPORTED)
    assert ticket.stage is not None
    due = ticket.stage.clock.due_at
    overdue = rule(Trigger.STAGE_OVERDUE)
    assert found(overdue, tickets=[ticket], now=due) == []
    (cause,) = found(overdue, tickets=[ticket], now=due + timedelta(seconds=1))
    assert (cause.source, cause.ticket, cause.area, cause.facts["stage"]) == (
        ticket.id,
        ticket.id,
        COMMUNITY,
        Stage.ACCEPT,
    )


def test_a_stage_rule_keeps_to_its_urgencies_stages_and_patience() -> None:
    ticket = at_state(State.REPORTED)
    assert ticket.stage is not None
    assert ticket.urgency is Urgency.HIGH
    now = ticket.stage.clock.due_at + 5 * MINUTE
    assert found(rule(Trigger.STAGE_OVERDUE, urgencies=(Urgency.TOP,)), tickets=[ticket], now=now) == []
    assert found(rule(Trigger.STAGE_OVERDUE, stages=(Stage.SIGN,)), tickets=[ticket], now=now) == []
    assert found(rule(Trigger.STAGE_OVERDUE, over_minutes=5), tickets=[ticket], now=now) == []
    assert found(rule(Trigger.STAGE_OVERDUE, over_minutes=4), tickets=[ticket], now=now) != []


def test_a_paused_stage_and_a_record_that_ended_before_its_limit_are_not_overdue() -> None:
    suspended, recorded = at_state(State.SUSPENDED), replace(at_state(State.REPORTED), recorded_until=T0)
    late = T0 + timedelta(days=20)
    assert found(rule(Trigger.STAGE_OVERDUE), tickets=[suspended, recorded], now=late) == []


@pytest.mark.parametrize("state", [state for state in State if state is not State.MERGED])
def test_an_urgent_item_is_an_alarm_until_somebody_works_on_it(state: State) -> None:
    ticket = at_state(state)
    causes = found(rule(Trigger.URGENT_ITEM, urgencies=(Urgency.HIGH,)), tickets=[ticket])
    assert bool(causes) is (state in WAITING)


def test_history_that_is_read_in_is_no_news() -> None:
    ticket = at_state(State.REPORTED)
    urgent = rule(Trigger.URGENT_ITEM, urgencies=(Urgency.HIGH,))
    assert found(urgent, tickets=[ticket], now=T0 + timedelta(hours=24))
    assert not found(urgent, tickets=[ticket], now=T0 + timedelta(hours=24, seconds=1))


def test_a_sensitive_item_is_known_by_code_or_by_a_word_of_its_names() -> None:
    ticket = at_state(State.REPORTED)
    assert found(rule(Trigger.SENSITIVE_ITEM, items=("E8",)), tickets=[ticket])
    assert found(rule(Trigger.SENSITIVE_ITEM, words=("安全生产",)), tickets=[ticket])
    assert not found(rule(Trigger.SENSITIVE_ITEM, items=("X",), words=("燃气",)), tickets=[ticket])


def test_a_burst_needs_its_count_in_one_place_within_the_window() -> None:
    burst = rule(Trigger.BURST, count=4, window_minutes=60, area_digits=12)
    (cause,) = found(burst, arrivals=arrivals(4))
    assert (cause.source, cause.area, cause.weight, cause.facts["count"]) == (f"{URGENT}@{COMMUNITY}", COMMUNITY, 4, 4)
    assert found(burst, arrivals=arrivals(3)) == []
    assert found(burst, arrivals=arrivals(4, every=20 * MINUTE)) == []
    assert found(burst, arrivals=arrivals(4, area=TOWN)) == []
    assert longest_window(AlarmRules(version="t", rules=(burst,))) == 60 * MINUTE


def test_a_backlog_begins_over_its_limit_and_ends_below_the_lower_one() -> None:
    backlog = rule(Trigger.BACKLOG, count=3, clear_below=2, measure="open")
    tickets = [replace(at_state(State.REPORTED), id=TicketId(f"t{n}")) for n in range(4)]
    (cause,) = found(backlog, tickets=tickets)
    assert (cause.source, cause.facts["count"], cause.facts["limit"]) == (TOWN, 4, 3)
    assert found(backlog, tickets=tickets[:3]) == []
    active = frozenset({f"R:{TOWN}"})
    assert found(backlog, tickets=tickets[:2], active=active) != []
    assert found(backlog, tickets=tickets[:1], active=active) == []
    elsewhere = [replace(ticket, area=OTHER_TOWN) for ticket in tickets[2:]]
    assert found(backlog, tickets=tickets[:2] + elsewhere) == []


def test_a_camera_is_lost_after_its_patience() -> None:
    lost = rule(Trigger.CAMERA_LOST, down_seconds=60)
    down = CameraDown("c1", "石浦桥东", TOWN, T0 - MINUTE)
    assert [cause.camera for cause in found(lost, cameras=(down,))] == ["c1"]
    assert found(lost, cameras=(replace(down, since=T0),)) == []


def test_silence_means_something_in_its_hours_and_from_a_source_that_once_spoke() -> None:
    silent = rule(Trigger.FEED_SILENT, sources=(Source.HOTLINE_12345,), silent_minutes=90, hours=("09:00", "18:00"))
    last = {Source.HOTLINE_12345: T0 - 90 * MINUTE}
    assert [cause.source for cause in found(silent, last_arrivals=last)] == ["hotline_12345"]
    assert found(silent, last_arrivals={Source.HOTLINE_12345: T0 - 89 * MINUTE}) == []
    assert found(silent, last_arrivals={}) == []
    assert found(silent, last_arrivals=last, now=local(2018, 10, 9, 18)) == []


def test_a_fault_names_its_code() -> None:
    (cause,) = found(rule(Trigger.FAULT), faults=(Fault("kpi_difference", {"count": 2}),))
    assert cause.source == "kpi_difference"
    assert cause.facts == {"code": "kpi_difference", "count": 2}


def test_a_rule_that_is_switched_off_finds_nothing() -> None:
    assert found(rule(Trigger.FAULT, enabled=False), faults=(Fault("x"),)) == []

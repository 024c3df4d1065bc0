"""The invented handover of the shift before a demo: signed by two, of the log at its moment, so that the demo starts with nothing late."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from backend.simulator.handovers import SignedHandover, shift_before
from domain.actor import Scope
from domain.handover.canonical import record_hash, report_hash
from domain.handover.kind import HANDOVER, NAME
from domain.handover.values import Handover
from domain.handover.words import HandoverState
from domain.shifts.roster import ROSTER
from tests.unit.backend.house import HandClock, House
from tests.unit.domain.builders import local

ZONE = "Asia/Shanghai"
START = local(2018, 10, 9, 10)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    clock = HandClock(local(2018, 10, 9, 7))
    with House(tmp_path, kinds=[HANDOVER, ROSTER], clock=clock) as made:
        yield made


def test_the_night_before_is_drafted_read_back_and_signed_in_time(house: House) -> None:
    for _ in range(3):
        house.reported()
    gone = shift_before(START, ZONE)
    assert gone is not None
    assert (gone.code, gone.ends_at) == ("night", local(2018, 10, 9, 8))
    story = SignedHandover(house.service, gone, ZONE)
    house.sinks.append(story.on_records)
    tickets = list(house.store.iter_tickets(Scope()))
    house.clock.pass_(START - house.clock.now_business())
    house.run(story.act_out(tickets, house.store.head.seq))
    (found,) = {r.entity_id: r.document for r in house.records if r.entity == NAME}.values()
    assert isinstance(found, Handover)
    assert (found.state, found.late_at, found.as_of) == (HandoverState.SIGNED, None, story.drafted_at)
    assert found.signed_out is not None
    assert found.signed_in is not None
    assert found.signed_out.sha256 == found.signed_in.sha256 == report_hash(found)
    assert found.record == record_hash(found)
    assert found.signed_out.by.who.seat != found.signed_in.by.who.seat
    assert found.signed_in.by.at < found.due_at
    assert found.figures.accepted == sum(ticket.accepted_at is not None for ticket in tickets)
    assert sum(item.count for item in found.items.values()) == sum(ticket.is_open for ticket in tickets) == 3


def test_a_shift_that_ended_a_moment_before_the_demo_is_left_to_the_people() -> None:
    ends_at = local(2018, 10, 9, 8)
    assert shift_before(ends_at + timedelta(minutes=4), ZONE) is None
    assert shift_before(ends_at + timedelta(minutes=5), ZONE) is not None

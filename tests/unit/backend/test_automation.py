"""What the centre does by itself: a suspension ends on its day, a passed stage limit escalates only where that is set."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from backend.automation import Automation
from backend.store.records import LogRecord
from domain import commands
from domain.actor import Scope
from domain.ids import TicketId
from domain.vocabulary import Level, Role, State
from tests.patience import WAIT_S
from tests.unit.backend.house import DISPATCHER, HANDLER, NOON, TO_HANDLED, UNIT_A, House

UNTIL = NOON + timedelta(days=3)


def suspended(house: House) -> TicketId:
    ticket = house.reported()
    ask = commands.RequestSuspend(until=UNTIL, text="等待材料")
    house.walk(ticket, [*TO_HANDLED[:3], (HANDLER, ask), (DISPATCHER, commands.ApproveSuspend())])
    return ticket


def run_until(house: House, automation: Automation, event: str) -> None:
    """Lets the automation work until the log has an event of this type, or fails."""

    async def work() -> None:
        happened = asyncio.Event()

        def look(records: Sequence[LogRecord]) -> None:
            if any(record.type == event for record in records):
                happened.set()

        house.sinks.append(look)
        task = asyncio.ensure_future(automation.run())
        await asyncio.wait_for(happened.wait(), WAIT_S)
        task.cancel()
        await asyncio.wait([task])

    house.run(work())


def automation_of(house: House, *, escalate: bool = False) -> Automation:
    automation = Automation(house.service, house.clock, escalate=escalate)
    house.sinks.append(automation.on_records)
    automation.load(house.store.iter_tickets(Scope()))
    return automation


def test_a_suspension_ends_by_itself_on_its_day(house: House) -> None:
    ticket = suspended(house)
    automation = automation_of(house)
    house.clock.pass_(timedelta(days=3))
    run_until(house, automation, "resumed")
    assert house.ticket(ticket).state is State.HANDLING
    assert house.records[-1].actor.role is Role.SYSTEM


def test_a_suspension_is_left_alone_before_its_day(house: House) -> None:
    suspended(house)
    automation = automation_of(house)
    house.clock.pass_(timedelta(days=2, hours=23))
    assert automation.due(house.clock.now_business()) == []


def test_a_suspension_made_while_running_is_seen(house: House) -> None:
    automation = automation_of(house)
    suspended(house)
    house.clock.pass_(timedelta(days=4))
    assert len(automation.due(house.clock.now_business())) == 1
    assert automation.due(house.clock.now_business()) == []


def test_who_resumed_by_hand_is_not_resumed_again(house: House) -> None:
    ticket = suspended(house)
    automation = automation_of(house)
    house.walk(ticket, [(DISPATCHER, commands.Resume(text="材料已到"))])
    house.clock.pass_(timedelta(days=4))
    assert automation.due(house.clock.now_business()) == []


@pytest.mark.parametrize("escalate", [True, False])
def test_a_passed_stage_limit_escalates_only_where_that_is_set(tmp_path: Path, escalate: bool) -> None:
    with House(tmp_path) as house:
        ticket = house.filed()
        house.walk(ticket, [(DISPATCHER, commands.Dispatch(lead=UNIT_A))])
        automation = automation_of(house, escalate=escalate)
        house.clock.pass_(timedelta(days=2))
        if not escalate:
            assert automation.due(house.clock.now_business()) == []
            return
        run_until(house, automation, "escalated")
        assert house.ticket(ticket).level is Level.DISTRICT
        assert automation.due(house.clock.now_business() + timedelta(days=30)) == []

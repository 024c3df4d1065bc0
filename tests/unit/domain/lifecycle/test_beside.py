"""Urgency, place, parent, reminders, supervision, comments, and a calendar that changes."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from domain import commands
from domain.clocks import WorkCalendar
from domain.ids import AreaCode, ItemCode, TicketId
from domain.ticket import Ticket
from domain.vocabulary import Role, State, SuperviseReason, Urgency
from tests.unit.domain.builders import (
    COMMUNITY,
    DEPARTMENT,
    IMPORTER,
    OTHER_TOWN,
    T0,
    URGENT,
    WORKDAYS,
    at_state,
    code,
    ctx,
    local,
    rules,
    step,
)

HANDLING = at_state(State.HANDLING)
PARENT = replace(at_state(State.HANDLING), id=TicketId("181009-0099"))
UNDER = commands.SetParent(parent=PARENT.id)


def test_urgency_is_only_raised_and_with_a_reason() -> None:
    to_top = commands.RaiseUrgency(urgency=Urgency.TOP, text="批示")
    assert code(replace(to_top, text=" "), HANDLING, ctx()) == "reason_required"
    assert code(replace(to_top, urgency=Urgency.HIGH), HANDLING, ctx()) == "not_higher"
    top = step(HANDLING, to_top, ctx())
    assert top.urgency is Urgency.TOP
    assert code(to_top, top, ctx()) == "not_higher"


def test_a_ticket_moves_to_a_known_other_area() -> None:
    assert code(commands.Relocate(area=AreaCode("1101")), HANDLING, ctx()) == "unknown_area"
    assert code(commands.Relocate(area=COMMUNITY), HANDLING, ctx()) == "same_area"
    assert step(HANDLING, commands.Relocate(area=OTHER_TOWN), ctx()).town == OTHER_TOWN


def test_a_parent_is_another_open_ticket_without_a_parent() -> None:
    assert step(HANDLING, UNDER, ctx(other=PARENT)).parent == PARENT.id
    assert code(commands.SetParent(parent=HANDLING.id), HANDLING, ctx(other=HANDLING)) == "itself"
    assert code(UNDER, HANDLING, ctx()) == "unknown_ticket"
    assert code(UNDER, HANDLING, ctx(other=replace(PARENT, parent=HANDLING.id))) == "parent_is_child"
    assert code(UNDER, HANDLING, ctx(other=PARENT, open_children=1)) == "open_children"
    assert code(UNDER, HANDLING, ctx(other=replace(at_state(State.CLOSED), id=PARENT.id))) == "target_ended"


def test_a_parent_is_taken_away() -> None:
    child = step(HANDLING, UNDER, ctx(other=PARENT))
    assert step(child, commands.SetParent(parent=None), ctx()).parent is None
    assert code(commands.SetParent(parent=None), HANDLING, ctx()) == "no_parent"


@pytest.mark.parametrize("state", list(State))
def test_reminders_and_supervision_stand_beside_any_state(state: State) -> None:
    ticket = at_state(state)
    after = step(
        step(ticket, commands.Remind(), ctx()), commands.Supervise(reason=SuperviseReason.LEADER, text="速办"), ctx()
    )
    assert (after.state, after.reminders, len(after.supervisions)) == (state, 1, 1)
    settled = step(after, commands.SettleSupervision(text="已办"), ctx(now=T0 + timedelta(days=1)))
    assert settled.supervisions[0].settled_at == T0 + timedelta(days=1)
    assert code(commands.SettleSupervision(text="已办"), settled, ctx()) == "no_supervision"


def test_supervision_once_per_reason_and_overdue_only_when_it_is() -> None:
    overdue = commands.Supervise(reason=SuperviseReason.OVERDUE, text="已超期")
    assert code(overdue, HANDLING, ctx()) == "not_overdue"
    late = ctx(now=T0 + timedelta(hours=9))
    once = step(HANDLING, overdue, late)
    assert code(overdue, once, late) == "already_supervised"
    assert code(replace(overdue, reason=SuperviseReason.LEADER), once, late) == ""
    assert code(replace(overdue, text=""), HANDLING, late) == "reason_required"
    assert code(overdue, replace(at_state(State.CLOSED), on_time=False), ctx()) == ""


def test_the_oldest_supervision_is_settled_first() -> None:
    ticket = HANDLING
    for day, reason in enumerate((SuperviseReason.LEADER, SuperviseReason.IMPORTANT)):
        ticket = step(ticket, commands.Supervise(reason=reason, text="速办"), ctx(now=T0 + timedelta(days=day)))
    ticket = step(ticket, commands.SettleSupervision(text="已办"), ctx())
    assert [one.settled_at for one in ticket.supervisions] == [T0, None]


def test_a_comment_changes_nothing_on_the_ticket() -> None:
    assert step(HANDLING, commands.Comment(text="已联系"), ctx(now=T0 + timedelta(days=1))) is HANDLING
    assert code(commands.Comment(text=" "), HANDLING, ctx()) == "reason_required"


def test_a_new_calendar_moves_every_working_limit_of_an_open_ticket() -> None:
    start = local(2018, 10, 9, 9)
    ticket = at_state(State.HANDLING, start, item=WORKDAYS)
    typhoon = rules(calendar=WorkCalendar(overrides={date(2018, 10, 10): False}))
    moved = step(ticket, commands.Recalculate(), ctx(Role.SYSTEM, start, rules=typhoon))
    fresh = at_state(State.HANDLING, start, item=WORKDAYS, rules=typhoon)
    assert (moved.stage, moved.business, moved.lead) == (fresh.stage, fresh.business, fresh.lead)
    assert moved.due_at != ticket.due_at


@pytest.mark.parametrize("state", [State.SUSPENDED, State.FILED, State.HANDLED, State.CHECKING])
@pytest.mark.parametrize("item", [URGENT, WORKDAYS])
def test_recalculating_by_the_same_calendar_changes_nothing(state: State, item: ItemCode) -> None:
    ticket = at_state(state, item=item)
    later = ctx(Role.SYSTEM, T0 + timedelta(days=20))
    again = step(ticket, commands.Recalculate(), later)
    assert again == replace(ticket, version=again.version, changed_at=again.changed_at)


@pytest.mark.parametrize("item", [URGENT, WORKDAYS])
@pytest.mark.parametrize("hour", [9, 12, 17, 20])
def test_recalculating_after_a_delay_and_a_pause_changes_nothing(item: ItemCode, hour: int) -> None:
    ticket = at_state(State.HANDLING, local(2018, 10, 12, hour), item=item)
    assert ticket.stage is not None
    ask = commands.RequestDelay(extra=replace(ticket.stage.clock.limit, amount=1.5), text="等配件")
    now = ticket.changed_at + timedelta(hours=1)
    for command in (ask, commands.ApproveDelay(), commands.ApproveDelay()):
        ticket = step(ticket, command, ctx(IMPORTER, now))
    ticket = step(ticket, commands.RequestSuspend(until=now + timedelta(days=9), text="待施工"), ctx(IMPORTER, now))
    ticket = step(ticket, commands.ApproveSuspend(), ctx(IMPORTER, now))
    ticket = step(ticket, commands.Resume(), ctx(now=now + timedelta(days=3, hours=2)))
    again = step(ticket, commands.Recalculate(), ctx(Role.SYSTEM, now + timedelta(days=4)))
    assert again == replace(ticket, version=again.version, changed_at=again.changed_at)


def _with_co_unit(start: datetime, calendar: WorkCalendar | None = None) -> Ticket:
    """Handled by its lead with one more unit asked, its clocks counted by this calendar."""
    world = rules(calendar=calendar or WorkCalendar())
    ticket = at_state(State.HANDLING, start, item=WORKDAYS, rules=world)
    return step(ticket, commands.AddCoUnits(units=(DEPARTMENT,)), ctx(now=start, rules=world))


def test_a_new_calendar_moves_the_limits_of_co_units_too() -> None:
    start = local(2018, 10, 9, 9)
    typhoon = WorkCalendar(overrides={date(2018, 10, 9): False, date(2018, 10, 10): False})
    ticket = _with_co_unit(start)
    moved = step(ticket, commands.Recalculate(), ctx(Role.SYSTEM, start, rules=rules(calendar=typhoon)))
    assert moved.parts[1] == _with_co_unit(start, typhoon).parts[1]
    assert moved.parts[1].due_at != ticket.parts[1].due_at


@pytest.mark.parametrize("hour", [9, 12, 17, 20])
def test_a_co_unit_keeps_its_delay_and_its_pause_when_the_calendar_is_counted_anew(hour: int) -> None:
    ticket = _with_co_unit(local(2018, 10, 12, hour))
    assert ticket.stage is not None
    now = ticket.changed_at + timedelta(hours=1)
    ask = commands.RequestDelay(extra=replace(ticket.stage.clock.limit, amount=1.5), text="等配件")
    for command in (ask, commands.ApproveDelay(), commands.ApproveDelay()):
        ticket = step(ticket, command, ctx(IMPORTER, now))
    ticket = step(ticket, commands.RequestSuspend(until=now + timedelta(days=9), text="待施工"), ctx(IMPORTER, now))
    ticket = step(ticket, commands.ApproveSuspend(), ctx(IMPORTER, now))
    ticket = step(ticket, commands.Resume(), ctx(now=now + timedelta(days=3, hours=2)))
    assert len(ticket.parts[1].later) == 2
    again = step(ticket, commands.Recalculate(), ctx(Role.SYSTEM, now + timedelta(days=4)))
    assert again.parts == ticket.parts

"""A small site to decide on: areas, units, items, actors, and a ticket walked to any state by real commands.

For tests only; other test packages may import it. Every ticket here is made by `decide` + `apply`, never by hand, so that no
test stands on a ticket that cannot exist.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from domain import commands
from domain.actor import Actor, Scope
from domain.catalogue import Catalogue, Item
from domain.clocks import WorkCalendar
from domain.ids import AreaCode, ItemCode, SeatId, TicketId, UnitId, UserId
from domain.lifecycle import Context, Decision, Rejection, decide
from domain.organisation import Area, AreaTree, Unit
from domain.projection import apply
from domain.rules import Rules
from domain.ticket import Clock, Limit, Ticket
from domain.vocabulary import (
    CheckResult,
    ClosingFlaw,
    Level,
    LimitType,
    Opinion,
    Role,
    Source,
    State,
    SuperviseReason,
    Urgency,
    Verification,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
TOWN, COMMUNITY, OTHER_TOWN = AreaCode("440310001"), AreaCode("440310001001"), AreaCode("440310002")
TOWN_CENTRE, STATION, DEPARTMENT, BRIGADE = UnitId("U-town"), UnitId("U-station"), UnitId("U-dept"), UnitId("U-brigade")
OFFICE = UnitId("U-office")
"""A small office under the department: delays go over the department."""
URGENT, WORKDAYS, UNLIMITED, UNCHECKED = ItemCode("E8H"), ItemCode("E3D"), ItemCode("E0"), ItemCode("E8N")
DISPUTE = ItemCode("E5D")

ITEMS = (
    Item(code=URGENT, class_name="安全隐患", sub_class_name="安全生产", name="限八小时", urgency=Urgency.HIGH,
         limit=Limit(8, LimitType.URGENT_HOURS)),
    Item(code=WORKDAYS, class_name="市容环卫", sub_class_name="暴露垃圾", name="限三个工作日",
         limit=Limit(3, LimitType.WORKING_DAYS)),
    Item(code=UNLIMITED, class_name="其他", sub_class_name="其他", name="无时限"),
    Item(code=UNCHECKED, class_name="咨询", sub_class_name="政策咨询", name="不用核查", needs_check=False,
         limit=Limit(8, LimitType.URGENT_HOURS)),
    Item(code=DISPUTE, class_name="治安维稳", sub_class_name="民间纠纷", name="邻里",
         limit=Limit(5, LimitType.WORKING_DAYS)),
)  # fmt: skip


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A wall-clock time of the site, as aware UTC."""
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)


T0 = local(2018, 10, 9, 9, 0)
"""A plain Tuesday morning in office hours."""


def rules(**more: Any) -> Rules:
    given: dict[str, Any] = {
        "calendar": WorkCalendar(),
        "catalogue": Catalogue(ITEMS),
        "areas": AreaTree(
            [
                Area(AreaCode("440310"), "坪山区"),
                Area(TOWN, "坪山街道"),
                Area(OTHER_TOWN, "马峦街道"),
                Area(COMMUNITY, "六联社区"),
            ]
        ),
        "units": {
            unit.id: unit
            for unit in (
                Unit(TOWN_CENTRE, "坪山街道分中心", "town_centre"),
                Unit(STATION, "六联社区工作站", "community_station", TOWN_CENTRE),
                Unit(DEPARTMENT, "城市管理局", "department"),
                Unit(OFFICE, "市政科", "department", DEPARTMENT),
                Unit(BRIGADE, "执法大队", "brigade"),
            )
        },
        **more,
    }
    return Rules(**given)


RULES = rules()


def actor(role: Role, unit: UnitId | None = None, **more: Any) -> Actor:
    given: dict[str, Any] = {"user": UserId(f"u-{role}"), "role": role, "unit": unit, "seat": SeatId("A01"), **more}
    return Actor(**given)


IMPORTER = actor(Role.SOURCE, import_right=True)
"""May give all main-path commands: the shortest way to any state."""


def ctx(who: Role | Actor = Role.SHIFT_LEADER, now: datetime = T0, **more: Any) -> Context:
    given: dict[str, Any] = {"rules": RULES, **more}
    return Context(actor=who if isinstance(who, Actor) else actor(who), now=now, **given)


def handler(now: datetime = T0, unit: UnitId = TOWN_CENTRE, **more: Any) -> Context:
    return ctx(actor(Role.HANDLER, unit, scope=Scope(units=(unit,))), now, **more)


def report(**more: Any) -> commands.Report:
    given: dict[str, Any] = {
        "source": Source.HOTLINE_12345,
        "external_ref": "r-1",
        "area": COMMUNITY,
        "item": URGENT,
        "text": "井盖缺失",
        **more,
    }
    return commands.Report(**given)


def step(ticket: Ticket | None, command: commands.Command, context: Context, name: str = "181009-0001") -> Ticket:
    """The ticket after a command that must be accepted."""
    decision = decide(command, ticket, context)
    assert isinstance(decision, Decision), f"{commands.name_of(command)}: {decision}"
    version = (ticket.version if ticket else 0) + (not isinstance(command, commands.Comment))
    return apply(ticket, TicketId(name), version, decision.event, context.now)


def code(command: commands.Command, ticket: Ticket | None, context: Context) -> str:
    """Why a command is refused; "" when it is accepted."""
    answer = decide(command, ticket, context)
    return answer.code if isinstance(answer, Rejection) else ""


_TO: dict[State, tuple[State | None, commands.Command | None]] = {
    State.REPORTED: (None, None),
    State.VERIFYING: (State.REPORTED, commands.RequestVerification()),
    State.FILED: (State.REPORTED, commands.File()),
    State.DISPATCHED: (State.FILED, commands.Dispatch(lead=TOWN_CENTRE)),
    State.HANDLING: (State.DISPATCHED, commands.Sign()),
    State.SUSPENDED: (State.HANDLING, commands.ApproveSuspend()),
    State.HANDLED: (State.HANDLING, commands.ReportResult(resolved_level=Level.TOWN)),
    State.CHECKING: (State.HANDLED, commands.RequestCheck()),
    State.READY_TO_CLOSE: (State.CHECKING, commands.RecordCheck(result=CheckResult.PASS)),
    State.CLOSED: (State.READY_TO_CLOSE, commands.Close()),
    State.FORCED_CLOSED: (State.FILED, commands.ForceClose(text="无法处置")),
    State.VOID: (State.FILED, commands.Void(text="误报")),
    State.REFUSED: (State.REPORTED, commands.Refuse(text="不属实")),
    State.MERGED: (State.REPORTED, commands.Merge(into=TicketId("181009-0099"))),
}


def at_state(
    state: State, now: datetime = T0, *, gap: timedelta = timedelta(seconds=60), rules: Rules = RULES, **more: Any
) -> Ticket:
    """A ticket in `state`, reported at `now` and moved on every `gap` by the importer (ends by the shift leader)."""
    before, command = _TO[state]
    if before is None or command is None:
        return step(None, report(**more), ctx(IMPORTER, now, rules=rules))
    ticket = at_state(before, now, gap=gap, rules=rules, **more)
    at = ticket.changed_at + gap
    if state is State.SUSPENDED:
        ask = commands.RequestSuspend(until=at + timedelta(days=30), text="待施工")
        ticket = step(ticket, ask, ctx(IMPORTER, at, rules=rules))
    other = at_state(State.REPORTED, now, rules=rules) if state is State.MERGED else None
    other = replace(other, id=TicketId("181009-0099")) if other else None
    who = IMPORTER if state not in (State.FORCED_CLOSED, State.VOID) else actor(Role.SHIFT_LEADER)
    return step(ticket, command, ctx(who, at, other=other, rules=rules))


def walk(ticket: Ticket, todo: Iterable[tuple[commands.Command, Context]]) -> Ticket:
    for command, context in todo:
        ticket = step(ticket, command, context)
    return ticket


def running_clocks(ticket: Ticket) -> tuple[Clock, Clock]:
    """Stage and business clock of a ticket that must have both."""
    assert ticket.stage is not None
    assert ticket.business is not None
    return ticket.stage.clock, ticket.business


def joint(now: datetime = T0) -> Ticket:
    """In handling at the town centre with the brigade as co-unit."""
    ticket = at_state(State.FILED, now)
    ticket = step(ticket, commands.Dispatch(lead=TOWN_CENTRE, co_units=(BRIGADE,)), ctx(Role.DISPATCHER, now))
    return step(ticket, commands.Sign(), handler(now))


PLAUSIBLE: tuple[commands.Command, ...] = (
    report(external_ref="r-2"),
    commands.RequestVerification(text="请核实"),
    commands.RecordVerification(result=Verification.EXISTS),
    commands.RecordVerification(result=Verification.NOT_FOUND),
    commands.File(),
    commands.File(item=UNCHECKED),
    commands.File(item=UNLIMITED),
    commands.Refuse(text="不属实", referred_to="深圳市水务集团"),
    commands.Merge(into=TicketId("181009-0099")),
    commands.Dispatch(lead=TOWN_CENTRE),
    commands.Dispatch(lead=STATION, co_units=(BRIGADE,)),
    commands.Withdraw(),
    commands.Redirect(lead=DEPARTMENT, text="职责在城管局"),
    commands.Sign(),
    commands.Return(text="不属于本单位"),
    commands.ReportResult(resolved_level=Level.TOWN, text="已处理", parts_open_reason="协办另行反馈"),
    commands.RequestDelay(extra=Limit(2, LimitType.URGENT_HOURS), text="等配件"),
    commands.ApproveDelay(),
    commands.RefuseDelay(text="不同意"),
    commands.RequestSuspend(until=T0 + timedelta(days=90), text="待施工"),
    commands.ApproveSuspend(),
    commands.RefuseSuspend(text="不同意"),
    commands.Resume(),
    commands.AddCoUnits(units=(DEPARTMENT,)),
    commands.Whistle(unit=BRIGADE, text="请到场"),
    commands.CheckIn(unit=BRIGADE),
    commands.ReportPart(unit=BRIGADE),
    commands.ActFor(unit=TOWN_CENTRE, act="sign", text="分中心来电"),
    commands.ActFor(unit=BRIGADE, act="check_in", text="大队来电"),
    commands.JudgePart(unit=BRIGADE, accepted=True),
    commands.JudgePart(unit=BRIGADE, accepted=False, text="照片不全"),
    commands.Escalate(),
    commands.RequestCheck(),
    commands.RecordCheck(result=CheckResult.PASS),
    commands.RecordCheck(result=CheckResult.FAIL, text="未清理"),
    commands.RecordCheck(result=CheckResult.CANNOT_TELL),
    commands.Close(),
    commands.RejectClosing(flaw=ClosingFlaw.TOO_THIN),
    commands.Reopen(text="群众不满意"),
    commands.ForceClose(text="无法处置"),
    commands.Void(text="误报"),
    commands.RaiseUrgency(urgency=Urgency.TOP, text="领导批示"),
    commands.Relocate(area=OTHER_TOWN),
    commands.SetParent(parent=TicketId("181009-0099")),
    commands.Remind(),
    commands.Supervise(reason=SuperviseReason.IMPORTANT, text="请七日内办结"),
    commands.SettleSupervision(text="已办结"),
    commands.RecordCallBack(reached=False),
    commands.RecordCallBack(reached=True, solved=True, opinion=Opinion.SATISFIED),
    commands.FileAppeal(text="因暴雨"),
    commands.ReviewAppeal(grant=True, text="同意"),
    commands.Comment(text="已电话联系"),
    commands.Recalculate(),
)
"""Every command at least once, with arguments that fit the small site. 181009-0099 is the other ticket."""

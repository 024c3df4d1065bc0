"""For each kind of document a way to live: what may be commanded next, so that the replay tests can walk it at random.

A kind of `domain.kinds` without a walk fails tests/replay/test_documents_replay.py.
"""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from msgspec import Struct

from domain import organisation
from domain.actor import Actor
from domain.alarms import commands as alarms
from domain.alarms import words as alarm_words
from domain.alarms.kind import ALARM
from domain.alarms.values import Alarm
from domain.catalogue import Item
from domain.components import Component
from domain.documents import BlobRef, DocCommand, DocKind, DocumentState
from domain.evaluation.spot_check import SPOT_CHECK, Draw, Judge, SpotCheck, Verdict
from domain.evidence import EVIDENCE, Attach, Moment, WithdrawPhoto
from domain.handover import commands as handover
from domain.handover.canonical import record_hash, report_hash
from domain.handover.kind import HANDOVER
from domain.handover.values import Handover
from domain.handover.words import Severity
from domain.ids import AreaCode, ItemCode, SeatId, TicketId, UnitId, UserId
from domain.inspection import commands as inspection
from domain.inspection.kind import INSPECTION
from domain.inspection.values import CheckItem, Inspection
from domain.inspection.words import How, InspectionState
from domain.shifts import roster
from domain.shifts.roster import ROSTER
from domain.tables import commands as tables
from domain.tables.kind import TABLES
from domain.tables.values import Revision, Rows, WorkDay
from domain.tables.words import Table
from domain.takeout import TAKEOUT, Form, TakeOut
from domain.ticket import Limit, Point
from domain.vocabulary import LimitType, Role
from domain.wall import commands as wall
from domain.wall.kind import WALL
from domain.wall.values import Content, Rule, RuleKind, Screen
from tests.unit.domain.builders import BRIGADE, COMMUNITY, DEPARTMENT, OTHER_TOWN, T0, TOWN, TOWN_CENTRE
from tests.unit.domain.handover import cases as shift_cases
from tests.unit.domain.inspection import cases
from tests.unit.domain.notices import NOTICE, Move, Post, TakeDown, Tick

AREAS: tuple[AreaCode | str, ...] = ("", TOWN, COMMUNITY, OTHER_TOWN, "440310")


def person(role: Role, seat: str = "1") -> Actor:
    """Sees everything: who sees what is the readers' side of these tests."""
    return Actor(user=UserId(f"{role}{seat}"), role=role, seat=SeatId(f"{role}{seat}"))


class Walk(Struct, frozen=True):
    """`step(random, state)` gives a command: one that makes a document for None. It may be refused now and then."""

    kind: DocKind
    actors: tuple[Actor, ...]
    step: Callable[[Random, DocumentState | None], DocCommand]


def _notice(random: Random, state: DocumentState | None) -> DocCommand:
    units = tuple(random.sample((TOWN_CENTRE, BRIGADE), random.randint(0, 2)))
    if state is None:
        text = random.choice(("", "请转告 13800001234"))
        return Post(area=random.choice(AREAS), units=units, ticket=TicketId("181009-0001"), text=text)
    if random.random() < 0.5:
        return Tick()
    return Move(area=random.choice(AREAS), units=units) if random.random() < 0.8 else TakeDown()


def _inspection(random: Random, state: DocumentState | None) -> DocCommand:
    """Mostly what moves it on; what does not fit its state is refused, and then nothing happens."""
    if state is None:
        return _plan(random)
    assert isinstance(state, Inspection)
    check_in = inspection.CheckIn(unit=UnitId(random.choice(state.units)), how=How.POSITION)
    if state.state is InspectionState.PLANNED:
        return inspection.Issue()
    if state.state is InspectionState.ISSUED:
        return check_in
    unit = UnitId(random.choice(state.units))
    premises = random.choice(("甲", "乙"))
    may_come: tuple[DocCommand, ...] = (
        check_in,
        *(cases.found(*cell, fails=random.random() < 0.3) for cell in state.cells()),
        cases.notice(premises),
        inspection.EndFindings(text="已约定补查"),
        inspection.SetRecheck(on=T0.date() + timedelta(days=30)),
        inspection.RecordRecheck(premises=premises),
        inspection.ScorePart(unit=unit),
        inspection.Close(text="完成 13800001234", open_reason="写明"),
        inspection.Cancel(text="改期") if random.random() < 0.2 else check_in,
    )
    return random.choice(may_come)


def _plan(random: Random) -> DocCommand:
    lead, other = random.sample((TOWN_CENTRE, DEPARTMENT, BRIGADE), 2)
    starts_at = T0 + timedelta(days=random.randint(1, 3))
    return cases.plan(
        area=random.choice((TOWN, COMMUNITY, OTHER_TOWN)),
        lead=lead,
        co_units=(other,),
        items=(
            CheckItem("x1", "消防", "灭火器", "《消防法》第十六条", lead),
            CheckItem("s1", "食品", "许可证", "《食品安全法》第三十五条", other),
        ),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
    )


CLOSED = TicketId("181009-0001")
"""Closed before the walks begin."""
PHOTOS = tuple(BlobRef(f"{n:064x}", 9, "image/png") for n in (1 << 200, 2 << 200, 3 << 200, 4 << 200, 5 << 200))
"""Stored before the walks begin, as uploads of everybody."""


def _evidence(random: Random, state: DocumentState | None) -> DocCommand:
    if state is None:
        photo, moment = random.choice(PHOTOS), random.choice(list(Moment))
        return Attach(ticket=CLOSED, moment=moment, photo=photo, text="门牌 12 号")
    return WithdrawPhoto(text="拍错")


def _spot_check(random: Random, state: DocumentState | None) -> DocCommand:
    if state is None:
        start = T0 - timedelta(days=7)
        return Draw(frame=("181009:1",), seed=str(random.random()), size=1, start=start, end=T0)
    assert isinstance(state, SpotCheck)
    return Judge(ticket=random.choice(state.drawn), verdict=random.choice(list(Verdict)), text="现场未处理")


def _roster(random: Random, state: DocumentState | None) -> DocCommand:
    if state is None:
        cycle = (("甲班", "丁班"), ("乙班", "甲班"), ("丙班", "乙班"), ("丁班", "丙班"))
        teams = ("甲班", "乙班", "丙班", "丁班")
        return roster.SetRoster(teams=teams, first_day=T0.date() - timedelta(days=3), cycle=cycle)
    assert isinstance(state, roster.Roster)
    days = [T0.date() + timedelta(days=random.randint(1, 20)) for _ in range(2)]
    one, other = (roster.Slot(day, random.choice(("day", "night"))) for day in days)
    waiting = [name for name, swap in state.swaps.items() if swap.state is roster.SwapState.ASKED]
    if not waiting or random.random() < 0.4:
        return roster.AskSwap(one=one, other=other, text="有事 13800001234")
    name = random.choice(waiting)
    if random.random() < 0.6:
        return roster.ApproveSwap(swap=name)
    return roster.RefuseSwap(swap=name, text="人手不够")


def _handover(random: Random, state: DocumentState | None) -> DocCommand:
    """As a giver, a taker or the system would go on; what does not fit is refused, and then nothing happens."""
    if state is None:
        return handover.Begin(
            day=T0.date() - timedelta(days=random.randint(0, 1)), code=random.choice(("day", "night"))
        )
    assert isinstance(state, Handover)
    if state.asked_at is not None or not state.items:
        return shift_cases.fill(*shift_cases.items(rest=random.randint(1, 90)), seq=random.randint(1, 900))
    item = random.choice(list(state.items.values()))
    seen, name = item.edits, item.id
    may_come: tuple[DocCommand, ...] = (
        handover.Edit(item=name, seen=seen, summary=f"水位 {random.randint(1, 90)} 厘米，找 13800001234"),
        handover.Add(severity=random.choice(tuple(Severity)), summary="钥匙三把"),
        handover.Remove(item=name, text="已口头交代"),
        handover.Restore(item=name),
        handover.Redraft(),
        *(handover.GiveReadBack(item=one.id, seen=one.edits, text="我来说") for one in state.to_read_back()),
        *(handover.Agree(item=one.id) for one in state.to_read_back() if one.read_back is not None),
        handover.Ask(item=name, text="几点？"),
        handover.AnswerQuestion(item=name, text="八点"),
        *(handover.DoCheck(name=check, text="四条") for check in state.open_checks()),
        handover.SignOut(sha256=report_hash(state)),
        *(handover.SignIn(sha256=report_hash(state), record=record_hash(state)) for _ in range(3)),
        handover.MarkLate(),
    )
    return random.choice(may_come)


def _tables(random: Random, state: DocumentState | None) -> DocCommand:
    """A draft is filled, published or dropped; small changes come at once. What makes no tree is refused."""
    table = random.choice(tuple(Table))
    if state is None:
        if random.random() < 0.5:
            return tables.Start(table=table, reason="整表修订")
        return tables.Amend(table=table, reason="单条修订", rows=_table_rows(random, table))
    assert isinstance(state, Revision)
    if random.random() < 0.6:
        return tables.Put(rows=_table_rows(random, state.table))
    return tables.Publish() if random.random() < 0.7 else tables.Drop()


def _table_rows(random: Random, table: Table) -> Rows:
    number = random.randint(1, 999)
    if table is Table.LIST:
        limit = random.choice((None, Limit(float(number), LimitType.WORKING_DAYS)))
        item = Item(code=ItemCode(f"E{number}"), class_name="市容", sub_class_name="占道", name="摊贩", limit=limit)
        return Rows(items=(item,))
    if table is Table.COMPONENTS:
        place = Point(114.3 + number / 10_000, 22.6)
        return Rows(components=(Component(id=f"4403100137{number:06d}", kind="路灯", point=place, area=COMMUNITY),))
    if table is Table.CALENDAR:
        day = T0.date() + timedelta(days=number)
        return Rows(days=(WorkDay(day, random.choice((True, False, None))),))
    grid = AreaCode(f"{COMMUNITY}{number:03d}")
    return Rows(areas=(organisation.Area(grid, "网格"),), posts=(organisation.Post(grid, "网格长", 1),))


def _alarm(random: Random, state: DocumentState | None) -> DocCommand:
    """The centre and the seats take turns; what does not fit is refused."""
    severity = random.choice(list(alarm_words.Severity))
    if state is None:
        cause = _cause(f"s{random.randint(0, 10**9)}", severity, area=random.choice(AREAS))
        return alarms.Raise(cause=cause)
    assert isinstance(state, Alarm)
    until, other = T0 + timedelta(hours=random.randint(1, 90)), alarm_words.ShelveReason.OTHER
    may_come: tuple[DocCommand, ...] = (
        alarms.Recur(cause=_cause(state.source, severity, weight=random.randint(1, 9), area=state.area)),
        alarms.Clear(),
        alarms.Acknowledge(ring=state.ring - random.randint(0, 1)),
        alarms.Shelve(until=until, reason=other, text="13800001234"),
        alarms.Unshelve(),
        alarms.HandOver(seat=SeatId(random.choice("123"))),
        alarms.AddNote(text="已电话 13800001234"),
        alarms.Tick(step=random.randint(0, 3), done=random.random() < 0.7),
        alarms.Suppress(by="GJ-181009-R-09-0"),
        alarms.Release(),
    )
    return random.choice(may_come)


def _wall(random: Random, state: DocumentState | None) -> DocCommand:
    """A host, two seats and the centre; what does not fit is refused, and then nothing happens."""
    screens = tuple(Screen(number=n, left=(n - 1) * 1920) for n in range(1, random.randint(2, 4)))
    if state is None:
        return wall.Register(name="主屏", screens=screens)
    views = ("wall_overview", "wall_queue", "wall_map")
    contents = tuple(Content(random.choice(views), seconds=random.randint(5, 60)) for _ in range(random.randint(1, 3)))
    may_come: tuple[DocCommand, ...] = (
        wall.Report(screens=screens),
        wall.Apply(screens={random.randint(1, 3): contents}, scene=random.choice(("", "夜间"))),
        wall.Apply(screens={1: contents}),
        wall.Undo(),
        wall.SetNotice(text="21 时起有雨", screens=random.choice(((), (1,)))),
        wall.ClearNotice(),
        wall.AskControl(),
        wall.TakeControl(),
        wall.AnswerControl(grant=random.random() < 0.5),
        wall.ReleaseControl(),
        wall.SetLock(screen=1, locked=random.random() < 0.5),
        wall.SetPause(
            screen=random.randint(1, 3), paused=random.random() < 0.7, content=random.choice((None, contents[-1]))
        ),
        wall.KeepScene(name=random.choice(("夜间", "防汛")), screens={1: contents}),
        wall.DropScene(name="防汛"),
        wall.KeepRule(rule=Rule("夜间", RuleKind.TIME, "夜间")),
        wall.DropRule(name="夜间"),
        wall.StartRule(name="夜间"),
        wall.EndRule(name="夜间"),
    )
    return random.choice(may_come)


def _cause(source: str, severity: alarm_words.Severity, area: str, weight: int = 1) -> alarms.Cause:
    return alarms.Cause(
        rule="R-04",
        rule_version=1,
        trigger=alarm_words.Trigger.BURST,
        severity=severity,
        source=source,
        area=area,
        ticket=TicketId("181009-0001"),
        facts={"count": weight, "item": "x"},
        weight=weight,
    )


def _takeout(random: Random, state: DocumentState | None) -> DocCommand:
    """Never changed: what is commanded on one is refused."""
    rows = random.randint(0, 300)
    return TakeOut(
        list_id="queue.open", form=random.choice(list(Form)), rows=rows, columns=("number",), text="13800001234"
    )


WALKS: tuple[Walk, ...] = (
    Walk(ALARM, (person(Role.SYSTEM), person(Role.SHIFT_LEADER), person(Role.DISPATCHER)), _alarm),
    Walk(
        WALL,
        (person(Role.WALL), person(Role.SHIFT_LEADER), person(Role.DISPATCHER, "2"), person(Role.SYSTEM)),
        _wall,
    ),
    Walk(NOTICE, tuple(person(Role.SHIFT_LEADER, str(seat)) for seat in range(4)), _notice),
    Walk(TABLES, (person(Role.SYSTEM_ADMIN), person(Role.SYSTEM_ADMIN, "2")), _tables),
    Walk(INSPECTION, (person(Role.SHIFT_LEADER), person(Role.COORDINATOR)), _inspection),
    Walk(EVIDENCE, (person(Role.SHIFT_LEADER), person(Role.COORDINATOR)), _evidence),
    Walk(TAKEOUT, (person(Role.SHIFT_LEADER), person(Role.DISPATCHER)), _takeout),
    Walk(SPOT_CHECK, (person(Role.SHIFT_LEADER), person(Role.ASSESSOR)), _spot_check),
    Walk(ROSTER, (person(Role.SHIFT_LEADER), person(Role.SHIFT_LEADER, "2")), _roster),
    Walk(
        HANDOVER,
        (person(Role.SHIFT_LEADER), person(Role.SHIFT_LEADER, "2"), person(Role.DISPATCHER), person(Role.SYSTEM)),
        _handover,
    ),
)

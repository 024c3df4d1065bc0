"""A small world for inspections: three units, a place, a checklist of three items, two premises; and how commands are carried out."""

from datetime import UTC, date, datetime, timedelta

import msgspec

from domain.actor import Actor, Scope
from domain.catalogue import Catalogue
from domain.clocks import WorkCalendar
from domain.documents import DocCommand, DocContext, DocDecision, DocumentState, decide, fold
from domain.ids import AreaCode, SeatId, UnitId, UserId
from domain.inspection import commands
from domain.inspection.kind import INSPECTION
from domain.inspection.values import CheckItem, Inspection, Premises
from domain.inspection.words import How, Measure, Result, Severity
from domain.lifecycle.core import Rejection
from domain.organisation import Area, AreaTree, Unit
from domain.rules import Rules
from domain.vocabulary import Role

START = datetime(2018, 3, 16, 1, 30, tzinfo=UTC)
"""09:30 in Shanghai."""
END = START + timedelta(hours=3)
AREA = AreaCode("440310001")
LEAD, FIRE, FOOD = UnitId("town"), UnitId("fire"), UnitId("food")
UNITS = (LEAD, FIRE, FOOD)
ID = "LJ-180316-0001"
DEADLINE = date(2018, 3, 25)

RULES = Rules(
    calendar=WorkCalendar(),
    catalogue=Catalogue(()),
    areas=AreaTree([Area(AreaCode("440310"), "坪山区"), Area(AREA, "坪山街道")]),
    units={unit: Unit(unit, unit, "department") for unit in UNITS},
)
LEADER = Actor(user=UserId("leader"), role=Role.SHIFT_LEADER, seat=SeatId("1"))


def handler(unit: UnitId) -> Actor:
    return Actor(user=UserId(f"h-{unit}"), role=Role.HANDLER, unit=unit, scope=Scope(units=(unit,)))


def context(actor: Actor = LEADER, now: datetime = START) -> DocContext:
    return DocContext(
        actor=actor, now=now, rules=RULES, lookup=lambda *_: None, open_of=lambda _: (), ticket=lambda _: None
    )


def plan(**changes: object) -> commands.MakePlan:
    words: dict[str, object] = {
        "title": "鹭洲岛餐饮民宿联合检查",
        "area": AREA,
        "lead": LEAD,
        "co_units": (FIRE, FOOD),
        "premises": (Premises("甲", "湖畔餐饮店"), Premises("乙", "临水民宿")),
        "items": (
            CheckItem("x1", "消防", "灭火器配备与有效期", "《消防法》第十六条", FIRE),
            CheckItem("x2", "消防", "疏散通道与安全出口", "《消防法》第二十八条", FIRE),
            CheckItem("s1", "食品", "食品经营许可证", "《食品安全法》第三十五条", FOOD),
        ),
        "templates": ("fire@2018-01",),
        "starts_at": START,
        "ends_at": END,
        "purpose": "群众投诉无证经营、消防设施配备不到位",
        "meeting_point": "鹭洲岛北码头",
    }
    return commands.MakePlan(**{**words, **changes})  # type: ignore[arg-type]


class Course:
    """One inspection on its way: every event is written and read back as JSON, as on the wire."""

    def __init__(self) -> None:
        self.inspection: Inspection | None = None
        self.events: list[tuple[int, bytes, datetime]] = []
        self.now = START - timedelta(days=1)

    @property
    def known(self) -> Inspection:
        assert self.inspection is not None
        return self.inspection

    def give(self, command: DocCommand, actor: Actor = LEADER) -> DocDecision | Rejection:
        """Decide and, where it is allowed, carry out."""
        state: DocumentState | None = None if isinstance(command, commands.MakePlan) else self.inspection
        decision = decide(INSPECTION, command, state, context(actor, self.now))
        if isinstance(decision, DocDecision):
            version = self.inspection.version + 1 if self.inspection else 1
            self.events.append((version, msgspec.json.encode(decision.event), self.now))
            self.inspection = replayed(self.events[-1:], self.inspection)
        return decision

    def do(self, command: DocCommand, actor: Actor = LEADER) -> DocDecision:
        """The same for what must succeed."""
        decision = self.give(command, actor)
        assert isinstance(decision, DocDecision), decision
        return decision

    def refused(self, command: DocCommand, actor: Actor = LEADER) -> str:
        before = self.inspection
        decision = self.give(command, actor)
        assert isinstance(decision, Rejection), decision
        assert self.inspection is before
        return decision.code

    # -- ready ways -----------------------------------------------------------------------------

    def issued(self) -> "Course":
        self.do(plan())
        self.do(commands.Issue())
        self.now = START
        return self

    def all_there(self) -> "Course":
        self.issued()
        for unit in UNITS:
            self.do(commands.CheckIn(unit=unit, how=How.POSITION, metres=38))
        return self

    def all_found(self, *violations: tuple[str, str]) -> "Course":
        """Every cell has a finding; those named failed."""
        self.all_there()
        for cell in self.known.cells():
            self.do(found(*cell, fails=cell in violations))
        return self

    def noticed(self, *violations: tuple[str, str]) -> "Course":
        self.all_found(*violations)
        for letter in self.known.without_notice():
            self.do(notice(letter))
        return self

    def rectifying(self, *violations: tuple[str, str]) -> "Course":
        self.noticed(*violations)
        self.do(commands.SetRecheck(on=DEADLINE))
        return self


def found(item: str, letter: str, *, fails: bool = False) -> commands.Find:
    if not fails:
        return commands.Find(item=item, premises=letter, result=Result.OK)
    return commands.Find(
        item=item,
        premises=letter,
        result=Result.VIOLATION,
        severity=Severity.SERIOUS,
        limit_days=7,
        text="后厨无灭火器",
        demand="配齐 4 具",
    )


def notice(letter: str, **changes: object) -> commands.IssueNotice:
    words: dict[str, object] = {
        "premises": letter,
        "measures": (Measure.RECTIFY,),
        "deadline": DEADLINE,
        "addressee": "临水民宿",
    }
    return commands.IssueNotice(**{**words, **changes})  # type: ignore[arg-type]


def replayed(events: list[tuple[int, bytes, datetime]], state: Inspection | None = None) -> Inspection:
    decoder = msgspec.json.Decoder(INSPECTION.events)
    for version, body, at in events:
        after = fold(INSPECTION, state, ID, version, decoder.decode(body), at)
        assert isinstance(after, Inspection)
        state = after
    assert state is not None
    return state

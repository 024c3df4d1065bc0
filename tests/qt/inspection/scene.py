"""The afternoon of the mock-up (screens.md §4e) made by real commands: one inspection near its end, others beside it, and a fake bridge.

Everything is invented demonstration data; NOW is 14:32:08 on 18 March as in the pictures.
"""

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.services.values import Answer, ChangeSet, Pending, PendingId, PendingView, Refusal
from domain import documents
from domain.actor import Actor, ref_of
from domain.catalogue import Catalogue
from domain.clocks import WorkCalendar
from domain.documents import BlobRef, DocCommand, DocContext, DocDecision
from domain.ids import AreaCode, SeatId, TicketId, UnitId, UserId
from domain.inspection import commands
from domain.inspection.kind import INSPECTION, NAME
from domain.inspection.values import CheckItem, Inspection, Premises
from domain.inspection.words import How, Measure, Result, Service, Severity
from domain.organisation import Area, AreaTree, Unit
from domain.rules import Rules
from domain.ticket import Ticket
from domain.vocabulary import Role
from protocol.messages import Event, Outcome
from protocol.reference import Reference
from tests.qt.fakes import FakeBridge, FakeCommander, FakeMirror
from tests.qt.samples import make_ticket

NOW = datetime(2026, 3, 18, 6, 32, 8, tzinfo=UTC)
TODAY = date(2026, 3, 18)
TICKET = TicketId("260316-0209")
TOWN = AreaCode("440310001")
FOOD_OFFICE, MARKET, CULTURE = UnitId("U01"), UnitId("U02"), UnitId("U03")
FIRE, POLICE, VILLAGE, GAS, SAFETY = UnitId("U04"), UnitId("U05"), UnitId("U06"), UnitId("U07"), UnitId("U08")
UNIT_NAMES = {
    FOOD_OFFICE: "鹭洲镇食安办",
    MARKET: "市场监管所",
    CULTURE: "文旅办",
    FIRE: "消防救援站",
    POLICE: "派出所（消委办）",
    VILLAGE: "鹭洲村委会",
    GAS: "区燃气管理站",
    SAFETY: "镇安监所",
}
AREAS = (Area(AreaCode("440310"), "云泽区"), Area(TOWN, "石浦街道"), Area(AreaCode("440310002"), "白荡街道"))
REFERENCE = Reference(
    site="云泽区",
    district=AreaCode("440310"),
    areas=AREAS,
    units=tuple(Unit(key, name, "department") for key, name in UNIT_NAMES.items()),
    items=(),
    targets={},
    level_targets={},
)
RULES = Rules(
    calendar=WorkCalendar(),
    catalogue=Catalogue(()),
    areas=AreaTree(AREAS),
    units={unit.id: unit for unit in REFERENCE.units},
)
LEADER = Actor(user=UserId("u1"), role=Role.SHIFT_LEADER, seat=SeatId("1"))

_ROWS = (
    ("证照", "营业执照与实际一致", "《市场主体登记管理条例》第三条", MARKET, "ooX"),
    ("证照", "食品经营许可证", "《食品安全法》第三十五条", MARKET, "oXX"),
    ("证照", "从业人员健康证", "《食品安全法》第四十五条", FOOD_OFFICE, "ooX"),
    ("消防与燃气", "灭火器配备与有效期", "《消防法》第十六条", FIRE, "XoX"),
    ("消防与燃气", "疏散通道与安全出口", "《消防法》第二十八条", FIRE, "oXo"),
    ("消防与燃气", "应急照明与疏散指示", "《消防法》第十六条", FIRE, "oXo"),
    ("消防与燃气", "液化气瓶存放与报警器", "《消防法》第二十七条", FIRE, "ooX"),
    ("食品与环境", "进货查验与索证", "《食品安全法》第五十三条", MARKET, "o-o"),
    ("食品与环境", "餐具消毒与留样", "《食品安全法》第五十六条", FOOD_OFFICE, "o-o"),
    ("食品与环境", "污水接管与门前三包", "《城镇排水与污水处理条例》", VILLAGE, "ooX"),
    ("住宿与消费", "住宿登记备案", "《旅馆业治安管理办法》第六条", POLICE, "-?-"),
    ("住宿与消费", "明码标价与消费提示", "《价格法》第十三条", POLICE, "ooo"),
    ("住宿与消费", "经营场所安全评估", "《旅游法》第七十九条", CULTURE, "ooo"),
)
ITEMS = tuple(CheckItem(f"c{n:02}", g, name, basis, unit) for n, (g, name, basis, unit, _) in enumerate(_ROWS, 1))
PREMISES = (
    Premises("甲", "湖畔餐饮店", "91440300A1"),
    Premises("乙", "临水民宿", "91440300B2"),
    Premises("丙", "渔家乐", "91440300C3"),
)
_TEXTS = {
    ("c01", "丙"): "营业执照经营场所与实际不符",
    ("c02", "丙"): "未取得食品经营许可证",
    ("c03", "丙"): "3 名从业人员无有效健康证",
    ("c04", "丙"): "后厨无灭火器；楼道 2 具压力不足，检验日期 2024-11，已超期",
    ("c07", "丙"): "液化气瓶与灶具同室，未装报警器",
    ("c10", "丙"): "污水未接管，门前堆物",
}
_DEMANDS = {("c04", "丙"): "配齐 4 具并建立月检记录"}
_CODES = {"o": Result.OK, "X": Result.VIOLATION, "-": Result.NOT_APPLICABLE}


def local(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


class Made:
    """An inspection and its record, made command by command at given times."""

    def __init__(self, number: str) -> None:
        self.id = f"LJ-{number}"
        self.inspection: Inspection | None = None
        self.record: list[Event] = []

    @property
    def known(self) -> Inspection:
        assert self.inspection is not None
        return self.inspection

    def do(self, at: datetime, command: DocCommand, actor: Actor = LEADER) -> "Made":
        ctx = context(actor, at)
        state = None if isinstance(command, commands.MakePlan) else self.inspection
        decision = documents.decide(INSPECTION, command, state, ctx)
        assert isinstance(decision, DocDecision), (documents.name_of(command), decision)
        version = state.version + 1 if state is not None else 1
        body = msgspec.json.encode(decision.event)
        self.record.append(
            Event(
                seq=len(self.record) + 1,
                entity=NAME,
                id=self.id,
                v=version,
                at=at,
                st=at,
                actor=ref_of(actor),
                body=msgspec.Raw(body),
                private=decision.private,
            )
        )
        event = msgspec.json.decode(body, type=INSPECTION.events)
        after = documents.fold(INSPECTION, state, self.id, version, event, at)
        assert isinstance(after, Inspection)
        self.inspection = after
        return self


def context(actor: Actor, now: datetime, ticket: Callable[[TicketId], Ticket | None] | None = None) -> DocContext:
    return DocContext(
        actor=actor,
        now=now,
        rules=RULES,
        lookup=lambda *_: None,
        open_of=lambda _: (),
        ticket=ticket or (lambda one: make_ticket(1, id=one)),
    )


def handler(unit: UnitId) -> Actor:
    return Actor(user=UserId(unit), role=Role.HANDLER, unit=unit)


def mock_up(photos: tuple[BlobRef, ...] = ()) -> Made:
    """鹭洲岛餐饮民宿联合检查 as in the picture: 38 of 39 items in, one premises with its notice served."""
    made = Made("260316-0031")
    units = (MARKET, CULTURE, FIRE, POLICE, VILLAGE)
    plan = commands.MakePlan(
        title="鹭洲岛餐饮民宿联合检查",
        area=TOWN,
        lead=FOOD_OFFICE,
        co_units=units,
        tickets=(TICKET,),
        premises=PREMISES,
        items=ITEMS,
        templates=("food@2026-02", "fire@2026-02"),
        starts_at=local(3, 18, 9, 30),
        ends_at=local(3, 18, 15, 30),
        purpose="投诉无证照经营、消防设施配备不到位",
        meeting_point="鹭洲岛北码头",
    )
    made.do(local(3, 16, 9, 10), plan).do(local(3, 16, 9, 40), commands.Issue())
    arrivals = (
        (VILLAGE, 22, 12),
        (FOOD_OFFICE, 24, 38),
        (MARKET, 26, 41),
        (FIRE, 28, 35),
        (POLICE, 29, None),
        (CULTURE, 31, 20),
    )
    for unit, minute, metres in arrivals:
        how = How.CODE if metres is None else How.POSITION
        made.do(local(3, 18, 9, minute), commands.CheckIn(unit=unit, how=how, metres=metres), handler(unit))
    _find_all(made, photos)
    made.do(local(3, 18, 11, 40), notice("丙"), handler(FOOD_OFFICE))
    made.do(
        local(3, 18, 11, 42),
        commands.ServeNotice(no=made.known.notices[0].no, service=Service.IN_PERSON, receiver="店长"),
        handler(FOOD_OFFICE),
    )
    for unit, quality in ((FOOD_OFFICE, 16), (MARKET, 14), (CULTURE, 13), (FIRE, 17), (VILLAGE, 15)):
        made.do(local(3, 18, 14, 0), commands.ScorePart(unit=unit, quality=quality))
    made.do(local(3, 18, 14, 21), commands.Urge(unit=POLICE), handler(FOOD_OFFICE))
    return made


def _find_all(made: Made, photos: tuple[BlobRef, ...]) -> None:
    at = local(3, 18, 9, 45)
    for item, row in zip(ITEMS, _ROWS, strict=True):
        for premises, mark in zip(PREMISES, row[4], strict=True):
            if mark == "?":
                continue
            at += timedelta(minutes=2)
            cell = (item.code, premises.letter)
            failed = mark == "X"
            find = commands.Find(
                item=item.code,
                premises=premises.letter,
                result=_CODES[mark],
                severity=Severity.SERIOUS if failed else None,
                limit_days=7 if failed else None,
                text=_TEXTS.get(cell, ""),
                demand=_DEMANDS.get(cell, "") if failed else "",
                photos=photos if cell == ("c04", "丙") else (),
            )
            made.do(at, find, handler(item.unit))


def notice(letter: str, deadline: date = date(2026, 3, 25)) -> commands.IssueNotice:
    name = next(one.name for one in PREMISES if one.letter == letter)
    return commands.IssueNotice(
        premises=letter, measures=(Measure.RECTIFY, Measure.STOP), deadline=deadline, addressee=name
    )


def plain(number: str, title: str, lead: UnitId, co_units: tuple[UnitId, ...], start: datetime, hours: float) -> Made:
    """Another inspection with a short list."""
    items = tuple(CheckItem(f"k{n}", "检查", f"第 {n} 项检查", "", co_units[n % len(co_units)]) for n in range(1, 5))
    plan = commands.MakePlan(
        title=title,
        area=AreaCode("440310002"),
        lead=lead,
        co_units=co_units,
        premises=(Premises("甲", "某处"), Premises("乙", "另一处")),
        items=items,
        templates=("fire@2026-02",),
        starts_at=start,
        ends_at=start + timedelta(hours=hours),
    )
    return Made(number).do(start - timedelta(days=1), plan)


def _on_the_way(made: Made, start: datetime, come: int, found: int, fail: int = 0) -> Made:
    made.do(start - timedelta(hours=20), commands.Issue())
    for part in made.known.parts[:come]:
        made.do(start, commands.CheckIn(unit=part.unit, how=How.CODE))
    there = {part.unit for part in made.known.parts if part.arrived_at is not None}
    checked = [cell for cell in made.known.cells() if (known := made.known.item(cell[0])) and known.unit in there]
    for n, (item, letter) in enumerate(checked[:found]):
        failed = n < fail
        find = commands.Find(
            item=item,
            premises=letter,
            result=Result.VIOLATION if failed else Result.OK,
            severity=Severity.MINOR if failed else None,
        )
        made.do(start + timedelta(minutes=n), find)
    return made


def others() -> list[Made]:
    """What else stands in the list: running, in rectification, ended."""
    gas = plain("260318-0002", "石浦路燃气抢修联合处置", GAS, (FIRE, POLICE, VILLAGE), NOW - timedelta(hours=2), 2.18)
    _on_the_way(gas, NOW - timedelta(hours=2), 4, 3)
    late = plain("260318-0001", "白荡老街群租房联合检查", SAFETY, (FIRE, POLICE), NOW - timedelta(hours=5), 3.12)
    _on_the_way(late, NOW - timedelta(hours=5), 2, 2)
    market = plain("260310-0004", "城中农贸市场消防复查", FIRE, (MARKET, SAFETY), local(3, 10, 9, 0), 4)
    rectifying(_on_the_way(market, local(3, 10, 9, 0), 3, 8, 4), date(2026, 3, 19))
    dust = plain("260311-0002", "白荡工业园粉尘专项", SAFETY, (FIRE, MARKET), local(3, 11, 9, 0), 4)
    rectifying(_on_the_way(dust, local(3, 11, 9, 0), 3, 8, 5), date(2026, 3, 27))
    ended = plain("260312-0003", "运河西路占道夜市整治", POLICE, (MARKET, VILLAGE), local(3, 17, 9, 0), 4)
    _on_the_way(ended, local(3, 17, 9, 0), 3, 8)
    ended.do(local(3, 17, 15, 0), commands.Close(text="已恢复通行"))
    return [gas, late, market, dust, ended]


def rectifying(made: Made, day: date) -> Made:
    at = made.known.changed_at + timedelta(minutes=5)
    for letter in made.known.without_notice():
        order = commands.IssueNotice(
            premises=letter, measures=(Measure.RECTIFY,), deadline=day - timedelta(days=1), addressee="某处"
        )
        made.do(at, order)
    made.do(at, commands.SetRecheck(on=day))
    for item, letter in made.known.violations()[:2]:
        made.do(at + timedelta(days=1), commands.Rectify(item=item, premises=letter))
    return made


def past() -> Made:
    """An earlier inspection of 丙, its three failures re-checked in October."""
    made = Made("250912-0007")
    items = ITEMS[3:7]
    plan = commands.MakePlan(
        title="消防专项抽查",
        area=TOWN,
        lead=FIRE,
        co_units=(),
        premises=(Premises("甲", "渔家乐", "91440300C3"),),
        items=tuple(msgspec.structs.replace(item, unit=FIRE) for item in items),
        starts_at=local(9, 12, 9, 0) - timedelta(days=365),
        ends_at=local(9, 12, 12, 0) - timedelta(days=365),
    )
    start = plan.starts_at
    made.do(start - timedelta(days=1), plan)
    _on_the_way(made, start, 1, 4, 3)
    rectify_day = (start + timedelta(days=26)).date()
    rectifying(made, rectify_day)
    made.do(start + timedelta(days=26), commands.RecordRecheck(premises="甲"))
    made.do(start + timedelta(days=26, minutes=5), commands.Close(text="整改到位"))
    return made


# -- the bridge -------------------------------------------------------------------------------------


class ActingCommander(FakeCommander):
    """Carries commands out by the rules, as the server would, when told to (`confirm`); until then they are pending."""

    def __init__(self, bridge: "InspectionBridge") -> None:
        super().__init__(bridge)
        self._owner = bridge
        self.acted: list[DocCommand] = []
        self.waiting: list[tuple[PendingId, DocCommand, str | None]] = []
        self.at_once = True
        self._serial = itertools.count(1)

    def act_allowed_now(self, kind: str, command: str) -> str:
        assert kind == NAME
        return "" if self.online or command in INSPECTION.offline_allowed else "offline_refused"

    def act(self, kind: str, command: DocCommand, document: Inspection | None = None) -> PendingId | Refusal:
        code = self.act_allowed_now(kind, documents.name_of(command))
        if code:
            return Refusal(code)
        self.acted.append(command)
        key = PendingId(f"d{next(self._serial)}")
        self.waiting.append((key, command, document.id if document else None))
        self._show_waiting()
        if self.at_once and self.online:
            self.confirm()
        return key

    def _show_waiting(self) -> None:
        entries = {
            (NAME, doc_id): Pending(
                id=key,
                n=None,
                ticket_id=TicketId(doc_id),
                kind=NAME,
                command=documents.name_of(command),
                state="sent" if self.online else "queued",
                since=datetime.now(UTC),
            )
            for key, command, doc_id in self.waiting
            if doc_id is not None
        }
        queued = 0 if self.online else len(self.waiting)
        self.pending = PendingView(documents=entries, queued=queued)
        self._owner.pending_changed.emit(self.pending)

    def confirm(self) -> None:
        """The server answers everything that waits."""
        waiting, self.waiting = self.waiting, []
        for _, command, doc_id in waiting:
            self._owner.carry_out(command, doc_id)
        self._show_waiting()


class InspectionBridge(FakeBridge):
    documents_changed = Signal(str)

    def __init__(self, made: list[Made] | None = None, actor: Actor = LEADER, now: datetime = NOW) -> None:
        super().__init__([make_ticket(1, id=TICKET, area=TOWN, unit=FOOD_OFFICE)], REFERENCE)
        self.actor = actor
        self.clock.now = now
        self.clock.rate = 1.0
        self.made = {one.id: one for one in (made if made is not None else [mock_up(), *others()])}
        self.mirror: Any = _Mirror(self.mirror, {key: one.known for key, one in self.made.items()})
        self.commander: ActingCommander = ActingCommander(self)
        self.blobs: dict[str, bytes] = {}
        self.older: list[Inspection] = []
        self.put_answer: Refusal | None = None

    # -- what the window calls ----------------------------------------------------------------------

    def ask_then(self, what: str, args: dict[str, Any], done: Any) -> None:
        self.asked.append((what, args))
        if what == "document_record" and args["id"] in self.made:
            done(Answer(msgspec.json.encode(self.made[args["id"]].record)) if self.online else Answer(error="offline"))
        elif what in self.answers:
            done(self.answers[what])

    def put_blob_then(self, data: bytes, done: Any) -> None:
        ref = BlobRef(f"{len(self.blobs):064x}", len(data), "image/png")
        if self.put_answer is None:
            self.blobs[ref.sha256] = data
        done(self.put_answer or ref)

    def get_blob_then(self, ref: BlobRef, done: Any) -> None:
        done(self.blobs.get(ref.sha256) or Refusal("offline"))

    def document_page_then(self, kind: str, offset: int, limit: int, done: Any) -> None:
        done(self.older)

    # -- what tests do --------------------------------------------------------------------------------

    def carry_out(self, command: DocCommand, doc_id: str | None) -> None:
        """As the server: decide anew, tell the outcome, then the change."""
        made = Made(f"260318-{len(self.made) + 1:04}") if doc_id is None else self.made[doc_id]
        state = made.inspection
        assert self.actor is not None
        ctx = context(self.actor, self.clock.now, self.mirror.tickets.get)
        decision = documents.decide(INSPECTION, command, state, ctx)
        applied = isinstance(decision, DocDecision)
        if applied:
            made.do(self.clock.now, command, self.actor)
            self.made[made.id] = made
            self.show(made)
        self.outcome_arrived.emit(
            Outcome(
                outbox_id="o",
                n=1,
                status="applied" if applied else "rejected",
                ticket_id=TicketId(made.id),
                version=made.known.version if made.inspection else None,
                code="" if applied else decision.code,
                detail={} if applied else decision.detail,
            )
        )

    def show(self, *made: Made) -> None:
        """Changes from the stream."""
        for one in made:
            self.made[one.id] = one
            self.mirror.documents[NAME][one.id] = one.known
        self.tickets_changed.emit(ChangeSet(seq=2, as_of=self.clock.now))
        self.documents_changed.emit(NAME)


class _Mirror(FakeMirror):
    def __init__(self, before: FakeMirror, inspections: dict[str, Inspection]) -> None:
        super().__init__(before.tickets.values())
        self.documents: dict[str, dict[str, Any]] = {NAME: inspections}


def photo(kind: int = 0) -> bytes:
    """A drawn picture as PNG: a corridor or a kitchen, from nobody's real place."""
    image = QImage(856, 532, QImage.Format.Format_RGB32)
    image.fill(QColor("#b9b4a8" if kind == 0 else "#c9cdd0"))
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#8d887b" if kind == 0 else "#9aa1a6"))
    painter.drawRect(QRectF(0, 380, 856, 152))
    painter.setBrush(QColor("#7a5030" if kind == 0 else "#7b8793"))
    painter.drawRect(QRectF(300, 120, 160, 260) if kind == 0 else QRectF(80, 230, 460, 180))
    painter.setBrush(QColor("#c0392b" if kind == 0 else "#a8b4c4"))
    painter.drawRoundedRect(QRectF(90, 350, 50, 120) if kind == 0 else QRectF(620, 300, 80, 190), 16, 16)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def whole_scene() -> InspectionBridge:
    """The bridge of the pictures: mock-up first, photos in place, one past inspection in the cache."""
    data = [photo(0), photo(1)]
    refs = tuple(BlobRef(f"{n:064x}", len(one), "image/png") for n, one in enumerate(data))
    bridge = InspectionBridge([mock_up(refs), *others()])
    bridge.blobs = dict(zip((ref.sha256 for ref in refs), data, strict=True))
    bridge.older = [past().known]
    return bridge

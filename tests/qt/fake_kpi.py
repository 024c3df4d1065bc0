"""A bridge with the KPI figures of an invented district, for tests and pictures of the wall overview and the KPI board.

The figures are those of the mock-ups (云泽区, 14:32:08), so that a picture can be held beside them. Questions are kept until
the test answers them: nothing here runs by itself.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.bridge import Turns
from desktop.services.topics import Topic
from desktop.services.values import Answer, Fresh, Freshness, PendingView
from domain.findings import FindingRules, headline
from domain.ids import AreaCode, ItemCode, TicketId, UnitId
from domain.kpi_compare import DayBand
from domain.kpi_scores import ScoreRow, Spot
from domain.kpi_types import (
    Ages,
    Board,
    Hotspot,
    Hourly,
    Kpi,
    LevelShare,
    OpenSplit,
    Overview,
    Period,
    RankRow,
    Rate,
)
from domain.organisation import Area, Unit
from domain.ticket import Ticket
from domain.vocabulary import Level, Source, State
from protocol.reference import OVERVIEW_TOPIC, TOPIC, Demo, Reference

NOW = datetime(2026, 3, 18, 6, 32, 8, tzinfo=UTC)
"""14:32:08 in Shanghai, a Wednesday."""
TODAY = date(2026, 3, 18)
MONTH = Period(date(2026, 3, 1), date(2026, 4, 1))
TOWNS = ("鹭洲镇", "望湖街道", "城中街道", "运河街道", "东塘镇", "青石镇", "石浦街道", "白荡镇")
TARGETS = {"closure_rate": 0.97, "on_time_rate": 0.95, "satisfaction_rate": 0.98, "first_dispatch_right": 0.95}
PLATEAU = {Level.GRID: (17751, 0.80), Level.TOWN: (4151, 0.16), Level.DISTRICT: (1032, 0.04)}


def town_code(index: int) -> AreaCode:
    return AreaCode(f"330599{index + 1:03d}")


OVERDUE_AREAS = ((town_code(7), 21), (town_code(6), 12))


def make_reference(demo: bool = True) -> Reference:
    district = AreaCode("330599")
    areas = (Area(district, "云泽区"), *(Area(town_code(i), name) for i, name in enumerate(TOWNS)))
    return Reference(
        site="云泽区社会治理网格化联动指挥中心",
        district=district,
        areas=areas,
        units=(Unit(UnitId("water"), "区水务局", "department"),),
        items=(),
        targets=TARGETS,
        level_targets={"grid": 0.80, "town": 0.16, "district": 0.04},
        demo=Demo("2026-03-18", 60.0, "云泽 2026") if demo else None,
    )


def _kpi(name: str, numerator: int, denominator: int, period: Period = MONTH, **excluded: int) -> Kpi:
    return Kpi(
        id=name, numerator=numerator, denominator=denominator, excluded=excluded, as_of=NOW, formula=1, period=period
    )


def _trend(end: float, slope: float) -> tuple[tuple[date, float | None], ...]:
    wobble = (0.0, 0.001, -0.0008, 0.0006, 0.0012, -0.0004)
    return tuple((TODAY - timedelta(days=17 - i), end - slope * (17 - i) + wobble[i % 6] * (i < 17)) for i in range(18))


def make_ranking(names: tuple[str, ...] = TOWNS) -> tuple[RankRow, ...]:
    figures = (
        (609, 628, 1, 6), (3768, 3905, 1, 5), (5016, 5214, 1, 5), (4193, 4386, 1, 6), (2356, 2467, 1, 6),
        (1299, 1376, 3, 7), (2804, 3012, 6, 8), (1822, 1998, 7, 8), (21, 24, 0, 0),
    )  # fmt: skip
    rows = []
    for index, name in enumerate(names):
        numerator, denominator, low, high = figures[index % len(figures)]
        share, spread = numerator / denominator, 0.98 / denominator**0.5 * 0.45
        rows.append(
            RankRow(
                code=town_code(index),
                name=name,
                numerator=numerator,
                denominator=denominator,
                low=share - spread * 1.1,
                high=min(1.0, share + spread),
                rank_low=low,
                rank_high=high,
                ranked=low > 0,
            )
        )
    return tuple(rows)


ACCEPTED = (16, 10, 7, 6, 8, 18, 40, 82, 140, 168, 155, 123, 93, 116)
CLOSED = (12, 8, 6, 5, 6, 11, 18, 48, 102, 146, 162, 138, 91, 118)
USUAL = (15, 10, 7, 6, 7, 16, 36, 72, 130, 160, 150, 120, 100, 102, 118, 132, 128, 100, 72, 55, 48, 40, 30, 22)


def make_hourly() -> Hourly:
    none = (None,) * (24 - len(ACCEPTED))
    return Hourly(
        accepted=ACCEPTED + none,
        closed=CLOSED + none,
        band_low=tuple(0.83 * value for value in USUAL),
        band_high=tuple(1.16 * value for value in USUAL),
    )


def make_levels() -> tuple[LevelShare, ...]:
    total = sum(count for count, _ in PLATEAU.values())
    return tuple(LevelShare(level, count, total, target) for level, (count, target) in PLATEAU.items())


def make_overview(**changes: Any) -> Overview:
    rates = (
        Rate(kpi=_kpi("closure_rate", 22934, 23418, void=120, merged=94), target=0.97, floor=0.90, trend=_trend(0.9793, 0.0005)),
        Rate(kpi=_kpi("on_time_rate", 21871, 22986, void=120, merged=94), target=0.95, floor=0.85, trend=_trend(0.9515, 0.0004)),
        Rate(kpi=_kpi("satisfaction_rate", 4689, 4812, unreached=1126), target=0.98, floor=0.90, trend=_trend(0.9744, -0.0006)),
    )  # fmt: skip
    overview = Overview(
        as_of=NOW,
        day=TODAY,
        findings=headline(52, OVERDUE_AREAS, rates, (), FindingRules()),
        accepted_today=1046,
        accepted_usual=982.2,
        closed_today=931,
        closed_same_day=604,
        reopened_today=3,
        ended_today=9,
        opening=1174,
        open=OpenSplit(total=1283, ok=1027, at_risk=169, overdue=52, paused=35, suspended=5, overdue_business=40),
        overdue_areas=OVERDUE_AREAS,
        oldest_overdue_s=52 * 3600.0 + 900,
        rates=rates,
        hourly=make_hourly(),
        levels=make_levels(),
        ranking=make_ranking(),
        hotspots=(
            Hotspot(name="占道经营", count=143, usual=121.2, surge=False, ratio=143 / 121.2),
            Hotspot(name="机动车乱停", count=121, usual=118.6, surge=False, ratio=121 / 118.6),
            Hotspot(name="暴露垃圾", count=98, usual=104.2, surge=False, ratio=98 / 104.2),
            Hotspot(name="噪声扰民", count=87, usual=79.8, surge=False, ratio=87 / 79.8),
            Hotspot(name="井盖缺损", count=41, usual=19.5, surge=True, ratio=41 / 19.5),
            Hotspot(name="道路积水", count=38, usual=10.0, surge=True, ratio=38 / 10.0),
        ),
        last_call_back_at=NOW - timedelta(minutes=27),
    )  # fmt: skip
    return msgspec.structs.replace(overview, **changes)


RATES = (
    ("closure_rate", 22934, 23418, "due", {"void": 120, "merged": 94}),
    ("closure_rate_accepted", 22934, 24116, "accepted", {"void": 131, "merged": 102, "out_of_remit": 44}),
    ("closure_rate_handled", 22934, 23107, "handled", {"suspended": 35}),
    ("on_time_rate", 21871, 22986, "due", {"void": 120, "merged": 94}),
    ("satisfaction_rate", 4689, 4812, "called_back", {"unreached": 1126, "no_opinion": 88}),
    ("first_dispatch_right", 21990, 22801, "dispatched", {}),
    ("on_time_handling_rate", 22011, 23090, "due", {"no_limit": 61}),
    ("joint_check_in_rate", 611, 702, "part_due", {}),
    ("handling_rate", 22870, 23090, "due", {"no_limit": 61}),
    ("rework_rate", 402, 23418, "due", {}),
    ("reopen_rate", 118, 22934, "closed", {}),
    ("accept_on_time", 23911, 24116, "stage_due", {}),
    ("dispatch_on_time", 22570, 22801, "stage_due", {}),
    ("sign_on_time", 22104, 22801, "stage_due", {}),
    ("satisfaction_rate_strict", 4402, 4812, "called_back", {"unreached": 1126, "no_opinion": 88}),
    ("reached_rate", 4900, 6026, "called_back", {}),
    ("solved_rate", 4571, 4900, "called_back", {}),
    ("joint_on_time_rate", 640, 702, "part_due", {}),
    ("diversion", 1204, 6911, "accepted", {}),
    ("mediation_success", 207, 219, "closed", {"outcome_unstated": 12}),
)


def make_board(period: Period = MONTH, **changes: Any) -> Board:
    before = Period(period.start - (period.end - period.start), period.start, period.by)
    day_count = min((period.end - period.start).days, 62)
    days = [period.start + timedelta(days=i) for i in range(day_count)]
    sources = {
        Source.PATROL: 13264, Source.HOTLINE_12345: 6911, Source.CAMERA: 1760, Source.CITIZEN_APP: 1270,
        Source.PLATFORM: 720, Source.POLICE_REFERRAL: 131, Source.LEADER: 60,
    }  # fmt: skip
    board = Board(
        as_of=NOW,
        period=period,
        kpis=tuple(
            _kpi(name, numerator, denominator, Period(period.start, period.end, by), **out)
            for name, numerator, denominator, by, out in RATES
        ),
        previous=tuple(
            _kpi(name, numerator - denominator // 200, denominator, Period(before.start, before.end, by), **out)
            for name, numerator, denominator, by, out in RATES
        ),
        daily=tuple((day, 900 + 37 * (day.day % 7), 880 + 41 * (day.day % 6)) for day in days if day <= TODAY),
        levels=make_levels(),
        ranking=make_ranking(),
        ages=Ages(tickets=22934, median_h=5.2, p90_h=31.4),
        backlog=(("1d", 702), ("3d", 341), ("7d", 158), ("30d", 64), ("older", 18)),
        units=make_ranking(("区城管局一中队", "区水务局排水所", "区环卫所", "区住建局质安站", "区燃气管理站", "区交警大队", "区市监局", "区园林所", "区应急局")),
        sources=tuple((source.value, count) for source, count in sources.items()),
    )  # fmt: skip
    return msgspec.structs.replace(board, **changes)


def make_tickets(count: int) -> dict[TicketId, Ticket]:
    """Tickets 260318-0001 …, so that the pane has something to name."""
    tickets = {}
    for number in range(1, count + 1):
        ticket_id = TicketId(f"260318-{number:04d}")
        tickets[ticket_id] = Ticket(
            id=ticket_id,
            version=5,
            state=State.CLOSED if number % 3 else State.HANDLING,
            source=Source.PATROL,
            area=town_code(number % len(TOWNS)),
            item=ItemCode("E0101"),
            reported_at=NOW - timedelta(hours=number),
            changed_at=NOW - timedelta(minutes=number),
        )
    return tickets


class FakeTopics:
    def __init__(self) -> None:
        self.values: dict[str, Topic] = {}

    def get(self, name: str) -> Topic | None:
        return self.values.get(name)


class FakeClock:
    known = True
    frozen = False
    rate = 60.0

    def __init__(self) -> None:
        self.now = NOW

    def now_business(self) -> datetime:
        return self.now


class FakeFreshness:
    def __init__(self) -> None:
        self.link = Freshness(state=Fresh.LIVE, as_of=NOW, age_s=0.8)

    def of(self, source: str = "tickets") -> Freshness:
        return self.link


class FakeMirror:
    def __init__(self, tickets: dict[TicketId, Ticket]) -> None:
        self.tickets = tickets


class FakeCommander:
    def __init__(self) -> None:
        self.pending = PendingView()


class FakeKpiBridge(QObject):
    """The part of desktop.bridge.Bridge that the KPI windows use."""

    tickets_changed = Signal(object)
    topic_changed = Signal(str)
    freshness_changed = Signal(str)
    pending_changed = Signal(object)
    outcome_arrived = Signal(object)
    clock_ticked = Signal()
    notice_arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.topics = FakeTopics()
        self.clock = FakeClock()
        self.freshness = FakeFreshness()
        self.mirror = FakeMirror({})
        self.turns = Turns(self)
        self.questions: list[tuple[str, dict[str, Any], Callable[[Answer], None]]] = []
        self.commander = FakeCommander()
        self.actor = None
        self.online = True

    def ask_then(self, what: str, args: dict[str, Any], done: Callable[[Answer], None]) -> None:
        self.questions.append((what, args, done))

    def work_then(self, work: Any, done: Callable[[Any], None]) -> None:
        """Done at once."""
        done(asyncio.run(work()))

    # -- what a test does -----------------------------------------------------------------------

    def set_topic(self, name: str, value: Any) -> None:
        version = 1 + getattr(self.topics.get(name), "version", 0)
        self.topics.values[name] = Topic(name, version, NOW, value, 0.0)
        self.topic_changed.emit(name)

    def set_link(self, **changes: Any) -> None:
        self.freshness.link = msgspec.structs.replace(self.freshness.link, **changes)
        self.online = self.freshness.link.state is Fresh.LIVE
        self.freshness_changed.emit("tickets")

    def open_questions(self, what: str) -> list[tuple[dict[str, Any], Callable[[Answer], None]]]:
        return [(args, done) for asked, args, done in self.questions if asked == what]

    def answer(self, what: str, value: Any = None, error: str = "") -> dict[str, Any]:
        """Answers the oldest open question of this kind and gives its arguments."""
        index = next(i for i, (asked, _, _) in enumerate(self.questions) if asked == what)
        _, args, done = self.questions.pop(index)
        done(Answer(None if error else msgspec.json.encode(value), error))
        return args


def live_bridge() -> FakeKpiBridge:
    """Connected, with reference and overview."""
    bridge = FakeKpiBridge()
    bridge.set_topic(TOPIC, make_reference())
    bridge.set_topic(OVERVIEW_TOPIC, make_overview())
    return bridge


def answer_behind(bridge: FakeKpiBridge, seq: int = 7, limit: int = 5000) -> dict[str, Any]:
    """Answers the oldest question "behind" with as many ids as the asked figure has cases in that list."""
    args, _ = bridge.open_questions("behind")[0]
    known = {name: (n, d, by, out) for name, n, d, by, out in RATES}
    numerator, denominator, by, out = known[args["kpi"]]
    period = Period(date.fromisoformat(args["start"]), date.fromisoformat(args["end"]), by)
    kpi = _kpi(args["kpi"], numerator, denominator, period, **out)
    first = {"numerator": 0, "denominator_only": numerator, "denominator": 0, "excluded": denominator}[args["part"]]
    total = {
        "numerator": numerator,
        "denominator_only": denominator - numerator,
        "denominator": denominator,
        "excluded": sum(out.values()),
    }[args["part"]]
    offset = args.get("offset", 0)
    ids = [f"260318-{first + i + 1:04d}" for i in range(offset, min(total, offset + limit))]
    reply = {"kpi": kpi, "seq": seq, "part": args["part"], "total": total, "offset": offset, "ids": ids}
    return bridge.answer("behind", reply)


def make_scores() -> dict[str, Any]:
    """Body of an answer to "ranking": two towns that are ranked, one with too few cases."""
    rows = []
    for index, (score, n) in enumerate(((96.2, 3905), (91.4, 628), (88.0, 18))):
        kpi = _kpi("on_time_rate", round(n * 0.95), n, MONTH)
        place = index + 1 if n >= 30 else 0
        rows.append(
            ScoreRow(
                code=town_code(index), name=town_code(index), score=score, low=score - 1, high=score + 1, n=n,
                rank_low=place, rank_high=place, ranked=n >= 30, kpis=(kpi,),
            )
        )  # fmt: skip
    return {"seq": 7, "as_of": NOW, "weights": {"on_time_rate": 40.0, "closure_rate": 30.0}, "rows": rows}


def make_spots() -> dict[str, Any]:
    """Body of an answer to "hotspots"."""
    rows = [
        Spot(area=town_code(7), item="道路积水", count=38, usual=10.0, surge=True, ratio=3.8),
        Spot(area=town_code(1), item="工业噪声", count=12, usual=0.3, surge=True),
    ]
    return {"seq": 7, "as_of": NOW, "period": MONTH, "periods": 4, "rows": rows}


def make_band() -> dict[str, Any]:
    """Body of an answer to "compare": accepted a day with the band of the last four same weekdays."""
    days = [DayBand(MONTH.start + timedelta(days=n), 900, 900, 850.0, 1400.0) for n in range(31)]
    kpi = _kpi("accepted", 27900, 27900, MONTH)
    return {"seq": 7, "kpi": kpi, "previous": None, "year_ago": None, "days": days}

"""Every window opens in both languages: in English nothing is said in Chinese and nothing is cut, after English all is Chinese."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import qasync
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QLocale, QSize
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

sys.path.insert(0, str(Path(__file__).parents[1] / "qt" / "widgets"))
sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import make_texts
from make_texts import CHINESE
from widget_look import painted_texts

from backend.places import demo_places
from desktop.app.kinds import KINDS, WALL_BOARD, WALL_CAMERAS, WALL_INSPECTION
from desktop.models.names import Names
from desktop.services.cameras.walls import WallBook
from desktop.services.checklists import Template, load_templates
from desktop.services.maps.package import NO_PACKAGE, MapPackage
from desktop.services.topics import Topic
from desktop.services.values import Answer, Fresh, Notice, Pending, PendingId
from desktop.theme.theme import Theme
from desktop.views.alarms.window import AlarmWindow
from desktop.views.attention.window import AttentionWindow
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.camera_wall.wall_window import CameraWallWindow
from desktop.views.camera_wall.window import CameraWindow
from desktop.views.evaluation.window import CHECKS, EvaluationWindow
from desktop.views.find.window import FindWindow
from desktop.views.handover.feed import HandoverFeed
from desktop.views.handover.window import HandoverWindow
from desktop.views.inspection.feed import InspectionFeed
from desktop.views.inspection.papers.values import PaperSource, paper_fields
from desktop.views.inspection.texts import Texts as InspectionTexts
from desktop.views.inspection.wall import InspectionWall
from desktop.views.inspection.window import InspectionWindow
from desktop.views.kpi_board.window import KpiBoardWall, KpiBoardWindow
from desktop.views.launch_entries import WALL_MAP, WALL_QUEUE
from desktop.views.launcher import Launcher
from desktop.views.map.wall import WallMapWindow
from desktop.views.map.window import MapWindow
from desktop.views.new_ticket.window import NewTicketWindow
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.wall_queue import WallQueueWindow
from desktop.views.queue.window import QueueWindow
from desktop.views.shell import (
    ALARMS,
    ATTENTION,
    BOARD,
    CAMERAS,
    DIRECTOR,
    EVALUATION,
    FIND,
    HANDOVER,
    INSPECTION,
    LAUNCHER,
    LIST,
    MAP,
    NEW_TICKET,
    ORGANISATION,
    OVERVIEW,
    QUEUE,
    TICKET,
)
from desktop.views.site_time import SiteTime
from desktop.views.tables.feed import TablesFeed
from desktop.views.tables.list_window import ListWindow
from desktop.views.tables.organisation_window import OrganisationWindow
from desktop.views.ticket.window import TicketWindow
from desktop.views.wall_director.window import DirectorWindow
from desktop.views.wall_overview.window import WallOverview
from desktop.widgets.headline import Headline
from domain.cameras import TOPIC as CAMERA_TOPIC
from domain.cameras import CameraList
from domain.documents import BlobRef
from domain.evidence import Evidence, Moment
from domain.findings import FindingRules, below_target, surges
from domain.ids import SeatId, TicketId
from domain.kpi_types import Hotspot
from domain.vocabulary import Role, State
from domain.wall.kind import NAME as WALL_NAME
from domain.wall.kind import wall_id
from domain.wall.values import Content, Picture, Screen, Shown, Wall
from protocol.reference import OVERVIEW_TOPIC, TOPIC
from tests.qt import fake_kpi
from tests.qt.alarms.scene import alarm_feed
from tests.qt.camera_stage import CameraStage
from tests.qt.evaluation.test_evaluation_window import drawn
from tests.qt.fakes import FakeBridge
from tests.qt.handover.scene import HandoverBridge
from tests.qt.inspection.scene import NOW as SCENE_NOW
from tests.qt.inspection.scene import InspectionBridge, mock_up, whole_scene
from tests.qt.samples import NOW, make_reference, make_tickets
from tests.qt.ticket.test_story import logged
from tests.unit.domain.walks import life

OWN_NAMES = {"中文"}
"""On the screen in both languages."""


RUN = re.compile(f"(?:{CHINESE.pattern})+")


def latin(value: Any) -> Any:
    """The same data with every Chinese word replaced, so that Chinese on the screen can only be a text of ours.

    While the program speaks Chinese the data keep their words: pictures look as a site sees them.
    """
    if QLocale().language() is QLocale.Language.Chinese:
        return value
    known: dict[str, str] = {}

    def named(part: Any) -> Any:
        if isinstance(part, str):
            return RUN.sub(lambda run: known.setdefault(run[0], f"N{len(known)}"), part)
        if isinstance(part, (list, tuple)):
            return [named(each) for each in part]
        return {named(key): named(each) for key, each in part.items()} if isinstance(part, dict) else part

    return msgspec.convert(named(msgspec.to_builtins(value)), type(value))


def desk_bridge(role: Role = Role.DISPATCHER) -> FakeBridge:
    reference = make_reference()
    tickets = make_tickets(120, 20, reference)
    return FakeBridge(tickets, latin(reference), role)


def kpi_bridge() -> fake_kpi.FakeKpiBridge:
    bridge = fake_kpi.FakeKpiBridge()
    bridge.set_topic(TOPIC, latin(fake_kpi.make_reference()))
    bridge.set_topic(OVERVIEW_TOPIC, latin(fake_kpi.make_overview()))
    return bridge


def _launcher(theme: Theme) -> QWidget:
    return Launcher(theme, desk_bridge())


def _queue(theme: Theme) -> QWidget:
    bridge = desk_bridge()
    window = QueueWindow(theme, bridge, TicketFeed(bridge, theme.language))
    joint = next(t for t in bridge.mirror.tickets.values() if t.state is State.HANDLING and len(t.parts) > 1)
    window.select_ticket(joint.id)
    return window


def _ticket(theme: Theme) -> QWidget:
    """A long way with a broken limit, a photo on its way, a duplicate and a child beside it."""
    bridge = desk_bridge()
    ticket = next(t for t in bridge.mirror.tickets.values() if t.state is State.HANDLING and len(t.parts) > 1)
    bridge.change(
        replace(ticket, id=TicketId("181009-7001")), replace(ticket, id=TicketId("181009-7002"), parent=ticket.id)
    )
    lived = list(life(11, 40))
    entries = [replace(logged(place, one), id=ticket.id) for place, one in enumerate(lived, 1)]
    bridge.answers["record"] = Answer(latin_record(entries))
    photo = Evidence(
        id="ZP-1",
        version=1,
        changed_at=NOW,
        ticket=ticket.id,
        moment=Moment.BEFORE,
        photo=BlobRef("ab" * 32, 9, "image/png"),
        added_at=NOW,
        seat=SeatId("3"),
    )
    bridge.answers["evidence"] = Answer(msgspec.json.encode([photo]))
    window = TicketWindow(theme, bridge, TicketFeed(bridge, theme.language))
    window.open_ticket(ticket.id)
    return window


def _new_ticket(theme: Theme) -> QWidget:
    """Typed, placed and filed under an item that others reported a moment ago."""
    bridge = desk_bridge(Role.REGISTRAR)
    ticket = next(iter(bridge.mirror.tickets.values()))
    bridge.change(replace(ticket, reported_at=NOW))
    window = NewTicketWindow(theme, bridge, TicketFeed(bridge, theme.language), NO_PACKAGE)
    window.form.text.setPlainText(f"{bridge.reference.items[3].name} again")
    window.form.place.setText("N1")
    window.form.place_typed.emit("N1")
    window.choose_item(ticket.item)
    window._change(area=ticket.area)
    window._look_beside()
    return window


def _find(theme: Theme) -> QWidget:
    bridge = desk_bridge()
    window = FindWindow(theme, bridge, TicketFeed(bridge, theme.language))
    window.line.setText("1810")
    window._ask()
    return window


def _evaluation(theme: Theme) -> QWidget:
    """A spot check with its tickets, one of them chosen."""
    bridge = desk_bridge(Role.ASSESSOR)
    ended = [
        replace(
            ticket, id=TicketId(f"181009-8{n:03d}"), state=State.CLOSED, stage=None, closed_at=NOW, first_closed_at=NOW
        )
        for n, ticket in enumerate(list(bridge.mirror.tickets.values())[:6])
    ]
    bridge.change(*ended)
    bridge.mirror.documents["spot_check"] = {"CC-181009-0001": drawn()}
    window = EvaluationWindow(theme, bridge, TicketFeed(bridge, theme.language))
    window.show_tab(CHECKS)
    window.entries.set_current("CC-181009-0001")
    window.spot.repeat_draw()
    window.spot.ask_draw()
    return window


def latin_record(entries: list[Any]) -> bytes:
    """The words of people in a record are not ours to translate."""
    return msgspec.json.encode([replace(one, private=dict.fromkeys(one.private, "words")) for one in entries])


def _attention(theme: Theme) -> QWidget:
    bridge = desk_bridge()
    unit = bridge.reference.units[0].id
    detail = {"by": {"role": "dispatcher", "seat": "A03"}, "at": NOW.isoformat(), "diff": {"unit": [None, unit]}}
    args = {"do": "dispatch", "lead": unit, "text": "on site before six"}
    tray = [
        Pending(
            id=PendingId(f"p{n}"),
            n=n,
            ticket_id=None,
            command="dispatch",
            state=state,
            since=NOW,
            detail=detail,
            args=args,
        )
        for n, state in enumerate(("conflict", "rejected", "expired", "blocked", "too_old", "unknown"))
    ]
    bridge.notices = tuple(Notice(code, {}, NOW) for code in ("login_needed", "clock_off", "cache_rebuilt"))
    window = AttentionWindow(theme, bridge)
    bridge.commander.show_tray(*tray, waiting=(replace(tray[0], id=PendingId("p9"), state="queued"),))
    return window


def _wall_queue(theme: Theme) -> QWidget:
    bridge = desk_bridge()
    return WallQueueWindow(theme, bridge, TicketFeed(bridge, theme.language))


def _overview(theme: Theme) -> QWidget:
    return WallOverview(kpi_bridge(), theme)


def _board(theme: Theme) -> QWidget:
    bridge = kpi_bridge()
    window = KpiBoardWindow(bridge, theme)
    window.show()
    bridge.answer("board", latin(fake_kpi.make_board()))
    window.board.show_now()
    return window


def _wall_board(theme: Theme) -> QWidget:
    bridge = kpi_bridge()
    window = KpiBoardWall(bridge, theme)
    window.show()
    bridge.answer("board", latin(fake_kpi.make_board()))
    window.board.show_now()
    return window


def map_bridge() -> FakeBridge:
    bridge = desk_bridge()
    places = demo_places()
    for ticket in tuple(bridge.mirror.tickets.values()):
        point = places.demo_point(ticket.area, ticket.id)
        bridge.mirror.tickets[ticket.id] = msgspec.structs.replace(ticket, point=point)
    return bridge


def inspection_bridge() -> InspectionBridge:
    bridge = whole_scene()
    bridge.reference = latin(bridge.reference)
    bridge.topics.values[TOPIC] = Topic(TOPIC, 1, NOW, bridge.reference)
    for found in bridge.mirror.documents.values():
        found.update({key: latin(one) for key, one in found.items()})
    bridge.older = [latin(one) for one in bridge.older]
    bridge.made = {}  # nobody answers for the record: it is made of typed words
    return bridge


def checklists() -> tuple[Template, ...]:
    return tuple(latin(one) for one in load_templates())


def _inspection(theme: Theme) -> QWidget:
    bridge = inspection_bridge()
    window = InspectionWindow(theme, bridge, InspectionFeed(bridge, theme.language), checklists())
    assert window.select("LJ-260316-0031")
    return window


def _wall_inspection(theme: Theme) -> QWidget:
    bridge = inspection_bridge()
    return InspectionWall(theme, bridge, InspectionFeed(bridge, theme.language), checklists())


def _handover(theme: Theme) -> QWidget:
    bridge = HandoverBridge()
    bridge.reference = latin(bridge.reference)
    bridge.topics.values[TOPIC] = Topic(TOPIC, 1, NOW, bridge.reference)
    found = bridge.mirror.documents["handover"]
    found.update({key: latin(one) for key, one in found.items()})
    return HandoverWindow(theme, bridge, HandoverFeed(bridge, theme.language))


@pytest.fixture
def cameras(qapp, tmp_path) -> Iterator[Callable[[str], CameraFeed]]:
    """Makes a feed of the demonstration's cameras in one language; streams run on a loop of their own."""
    loop = qasync.QEventLoop(qapp)
    qapp.setQuitOnLastWindowClosed(False)
    stage = CameraStage(tmp_path, loop=loop)

    def feed(theme_language: str) -> CameraFeed:
        stage.bridge.reference = latin(stage.bridge.reference)
        stage.bridge.topics.values[TOPIC] = Topic(TOPIC, 1, NOW, stage.bridge.reference)
        stage.desk.on_change.clear()  # as the program does it for another language
        stage.feed = CameraFeed(stage.bridge, stage.desk, WallBook(), theme_language)
        stage._publish(CAMERA_TOPIC, latin(msgspec.json.decode(stage.register.published(), type=CameraList)))
        stage.tell_health()
        return stage.feed

    yield feed
    loop.run_until_complete(stage.stop())
    loop.close()


def _map(theme: Theme) -> QWidget:
    bridge = map_bridge()
    window = MapWindow(theme, bridge, TicketFeed(bridge, theme.language), MapPackage(date="2026-03-01", demo=True))
    assert window.select_ticket(some_open(bridge))
    return window


def _wall_map(theme: Theme) -> QWidget:
    bridge = map_bridge()
    window = WallMapWindow(theme, bridge, TicketFeed(bridge, theme.language), MapPackage())
    assert window.show_ticket(some_open(bridge))
    return window


def _list(theme: Theme) -> QWidget:
    bridge = desk_bridge()
    return ListWindow(theme, bridge, TablesFeed(bridge, theme.language))  # type: ignore[arg-type]


def _organisation(theme: Theme) -> QWidget:
    bridge = desk_bridge()
    return OrganisationWindow(theme, bridge, TablesFeed(bridge, theme.language))  # type: ignore[arg-type]


def some_open(bridge: FakeBridge) -> TicketId:
    return next(ticket.id for ticket in bridge.mirror.tickets.values() if ticket.state is State.HANDLING)


def _alarms(theme: Theme) -> QWidget:
    return AlarmWindow(theme, alarm_feed(theme.language, words=latin))


def _director(theme: Theme) -> QWidget:
    """A wall of two screens; this seat has the control."""
    bridge = desk_bridge(Role.SHIFT_LEADER)
    picture = Picture({1: Shown((Content("wall_overview"),), NOW), 2: Shown((Content("wall_queue"),), NOW)})
    screens = tuple(Screen(number=n, left=(n - 1) * 1920) for n in (1, 2))
    wall = Wall(
        id=wall_id("A"), version=1, changed_at=NOW, name="A", screens=screens, picture=picture, holder=SeatId("1")
    )
    bridge.mirror.documents[WALL_NAME] = {wall.id: wall}
    return DirectorWindow(theme, bridge)


MAKERS: dict[str, Callable[[Theme], QWidget]] = {
    LAUNCHER: _launcher,
    QUEUE: _queue,
    WALL_QUEUE: _wall_queue,
    OVERVIEW: _overview,
    BOARD: _board,
    ATTENTION: _attention,
    TICKET: _ticket,
    NEW_TICKET: _new_ticket,
    FIND: _find,
    EVALUATION: _evaluation,
    WALL_BOARD: _wall_board,
    MAP: _map,
    LIST: _list,
    ORGANISATION: _organisation,
    WALL_MAP: _wall_map,
    HANDOVER: _handover,
    DIRECTOR: _director,
    INSPECTION: _inspection,
    ALARMS: _alarms,
    WALL_INSPECTION: _wall_inspection,
}


def opened(qtbot, key: str, theme_name: str, theme_language: str) -> QWidget:
    window = MAKERS[key](Theme.load(theme_name, KINDS[key].profile, language=theme_language))
    qtbot.addWidget(window)
    # Not the little screen of the offscreen platform decides, but a desk's.
    window.resize(window.sizeHint() if key == LAUNCHER else QSize(1920, 1080))
    with qtbot.waitExposed(window):
        window.show()
    return window


def spoken(window: QWidget) -> list[str]:
    """What is not painted but read out or shown on the way: names, tips, placeholders."""
    said = [window.windowTitle()]
    for widget in (window, *window.findChildren(QWidget)):
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        said += [widget.placeholderText()] if isinstance(widget, QLineEdit) else []
        said += [widget.text()] if isinstance(widget, QAbstractButton) else []
    return said


def check_english(window: QWidget) -> None:
    painted = painted_texts(window)
    assert [text for text in (*painted, *spoken(window)) if CHINESE.search(text) and text not in OWN_NAMES] == []
    assert [text for text in painted if text.endswith("…")] == []
    assert re.search("[A-Za-z]{3}", window.windowTitle())


def test_every_kind_of_window_is_looked_at():
    assert {*MAKERS, CAMERAS, WALL_CAMERAS} == set(KINDS), "add the new window to MAKERS"


@pytest.mark.parametrize("theme_name", ["dark", "light"])
@pytest.mark.parametrize("key", MAKERS)
def test_a_window_in_english_says_nothing_in_chinese_and_cuts_nothing(qtbot, language, key, theme_name):
    language("en")
    window = opened(qtbot, key, theme_name, "en")
    check_english(window)


@pytest.mark.parametrize("key", MAKERS)
def test_a_window_in_chinese_stays_chinese_after_english(qtbot, language, key):
    language("en")
    language("zh_CN")
    window = opened(qtbot, key, "dark", "zh")
    assert CHINESE.search(window.windowTitle())
    sources = {message.key.source for message in make_texts.messages(make_texts.TS)}
    assert len(sources & set(painted_texts(window))) >= 4


def test_the_link_in_english(qtbot, language):
    language("en")
    bridge = desk_bridge()
    window = QueueWindow(Theme.load(language="en"), bridge, TicketFeed(bridge, "en"))
    qtbot.addWidget(window)
    bridge.go(Fresh.OFFLINE, as_of=NOW, age_s=360.0, retry_in_s=4.0)
    assert "Offline · as of 14:32, 6 min ago · retry in 4 s" in "\n".join(spoken(window))


def test_three_findings_stand_in_the_headline_whole(qtbot, language):
    language("en")
    bridge = kpi_bridge()
    overview = bridge.topics.get(OVERVIEW_TOPIC).value
    rates = [msgspec.structs.replace(rate, target=1.0) for rate in overview.rates if rate.kpi.id != "satisfaction_rate"]
    spot = Hotspot(name="N" * 8, count=127, usual=1.2, surge=True)
    findings = (*below_target(rates, FindingRules()), *surges([spot]))
    bridge.set_topic(OVERVIEW_TOPIC, msgspec.structs.replace(overview, findings=findings))
    window = WallOverview(bridge, Theme.load(profile="wall", language="en"))
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    line = " ".join(painted_texts(window.findChild(Headline)))
    assert "…" not in line
    assert len(findings) == 3
    assert line.startswith("Three to watch")
    assert line.endswith("105.8 × usual")


@pytest.mark.qt_log_ignore("qt.multimedia", ".*")
@pytest.mark.parametrize(("made", "profile"), [(CameraWindow, "desk"), (CameraWallWindow, "wall")])
def test_cameras_in_english(qtbot, language, cameras, made, profile):
    language("en")
    feed = cameras("en")
    window = made(Theme.load(profile=profile, language="en"), feed)
    qtbot.addWidget(window, before_close_func=QWidget.hide)
    window.resize(1920, 1080)
    with qtbot.waitExposed(window):
        window.show()
    check_english(window)


@pytest.mark.parametrize("kind", ["assignment", "notice", "record"])
def test_a_paper_is_chinese_whatever_the_window_speaks(language, kind):
    made = mock_up().known
    names = Names.of(whole_scene().reference)
    source = PaperSource(made, InspectionTexts(), names, SiteTime(), SCENE_NOW, "云泽")
    language("zh_CN")
    chinese = paper_fields(kind, source, "丙")
    language("en")
    assert paper_fields(kind, source, "丙") == chinese
    assert QCoreApplication.translate("inspection", "责令整改") == "Rectify"

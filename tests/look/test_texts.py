"""English is complete and stays so: every text is collected, translated, and on the screen in the language that was chosen."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import qasync
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

sys.path.insert(0, str(Path(__file__).parents[1] / "qt" / "widgets"))
sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import make_texts
from make_texts import CHINESE, Key, Message, message_faults, read_source
from widget_look import painted_texts

from backend.places import demo_places
from desktop.app.language import Texts
from desktop.app.windows import KINDS, WALL_BOARD
from desktop.services.cameras.walls import WallBook
from desktop.services.maps.package import MapPackage
from desktop.services.topics import Topic
from desktop.services.values import Fresh
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.camera_wall.wall_window import CameraWallWindow
from desktop.views.camera_wall.window import CameraWindow
from desktop.views.kpi_board.board_values import day_labels
from desktop.views.kpi_board.periods import day_text
from desktop.views.kpi_board.window import KpiBoardWall, KpiBoardWindow
from desktop.views.launcher import WALL_MAP, WALL_QUEUE, Launcher
from desktop.views.map.wall import WallMapWindow
from desktop.views.map.window import MapWindow
from desktop.views.queue.command_line import SPOKEN, parse, verb_of
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.wall_queue import WallQueueWindow
from desktop.views.queue.window import QueueWindow
from desktop.views.shell import BOARD, LAUNCHER, MAP, OVERVIEW, QUEUE
from desktop.views.site_time import SiteTime
from desktop.views.wall_overview.window import WallOverview
from desktop.views.words import limit_text
from desktop.widgets.headline import Headline
from desktop.widgets.painting import format_age
from domain.cameras import TOPIC as CAMERA_TOPIC
from domain.findings import FindingRules, below_target, surges
from domain.ids import TicketId
from domain.kpi_types import Hotspot
from domain.ticket import Limit
from domain.vocabulary import LimitType, Role, State
from protocol.reference import OVERVIEW_TOPIC, TOPIC
from tests.qt import fake_kpi
from tests.qt.camera_stage import CameraStage
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW, make_reference, make_tickets

ALLOWED = {
    ("desktop/app/arguments.py", "联动大厅窗口 / the windows of the hall"): "console, both languages",
    ("desktop/app/hooks.py", "日志写不了 / no log file in "): "console, both languages",
    ("desktop/app/main.py", ": 数据目录写不了 / cannot be written ("): "console, both languages",
    ("desktop/app/shots.py", ": 写不了 / cannot be written: choose another --shots folder"): "console, both languages",
    ("desktop/views/launcher.py", "中文"): "the language says its own name",
    ("desktop/views/map/town_map.py", "街道"): "ending of a Chinese place name",
    ("desktop/views/map/town_map.py", "镇"): "ending of a Chinese place name",
    ("desktop/views/map/town_map.py", "乡"): "ending of a Chinese place name",
    ("desktop/views/queue/window.py", "？"): "a key",
    ("desktop/views/camera_wall/window.py", "【"): "a key",
    ("desktop/views/camera_wall/window.py", "】"): "a key",
}
WITHOUT_WINDOWS = "desktop/services/"
"""No Qt in there: codes for the views, and papers that are Chinese in every language."""
OWN_NAMES = {"中文"}
"""On the screen in both languages."""
COUNTED_NOUN = re.compile(r"\{(?:n|m|total|count|seconds|days|hours|minutes|granted)\} (?!is\b|as\b|vs\b|s\b)[a-z]+s\b")


@pytest.fixture
def language(qapp) -> Iterator[Callable[[str], None]]:
    """Switches the program's language; Chinese again after the test."""
    load_fonts()
    before = QLocale()
    texts = Texts(qapp)
    yield texts.use
    texts.use("zh_CN")
    QLocale.setDefault(before)


# -- the files ---------------------------------------------------------------------------------------


def test_every_text_is_collected_and_translated():
    assert make_texts.faults_now() == []


def test_no_chinese_stands_outside_of_qt():
    loose = {
        (place.file, place.text): place
        for found in make_texts.read_all()
        for place in found.loose
        if not place.file.startswith(WITHOUT_WINDOWS)
    }
    assert [str(place) for key, place in loose.items() if key not in ALLOWED] == []
    assert set(ALLOWED) - set(loose) == set(), "no longer in the program: take it off the list"


def test_counted_things_read_right_for_one():
    """English has no plural forms in the file, so a number never stands before a word in the plural: "1 tickets"."""
    english = [(m.key, text) for m in make_texts.messages(make_texts.TS) for text in m.translations]
    assert [pair for pair in english if COUNTED_NOUN.search(pair[1])] == []


def test_translated_texts_keep_their_edges():
    """Pieces that are painted side by side carry their own blanks: one that is lost glues two words together."""
    glued = [
        m.key
        for m in make_texts.messages(make_texts.TS)
        if m.key.source.endswith(" ") and not m.translations[0].endswith(" ")
    ]
    assert glued == []


# -- the check itself --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ('class A:\n    def b(self): return self.tr("工单")', "asked"),
        ('translate("words", "工单")', "asked"),
        ('translate(context, "工单")', "unreadable"),
        ("class A:\n    def b(self, text): return self.tr(text)", "unreadable"),
        ('def tr(text): return translate("words", text)', "unreadable"),
        ('tr("工单")', "unreadable"),
        ('label.set_text("工单")', "loose"),
        ('x = f"{n} 件"', "loose"),
        ('", ".join(a) + "，"', "loose"),
        ('"""工单"""', ""),
        ("painter.translate(x, y)", ""),
    ],
)
def test_the_reader_knows_how_a_text_is_asked_for(code, kind):
    found = read_source(code, "a.py")
    counts = {"asked": len(found.asked), "unreadable": len(found.unreadable), "loose": len(found.loose)}
    if kind == "unreadable":
        assert counts["unreadable"] == 1
    else:
        assert counts == {name: int(name == kind) for name in counts}


@pytest.mark.parametrize(
    ("source", "translations", "finished", "word"),
    [
        ("工单", ("Ticket",), True, ""),
        ("工单", ("",), False, "not translated"),
        ("工单", ("Ticket",), False, "not translated"),
        ("{n} 件", ("tickets",), True, "placeholders"),
        ("{n} 件", ("{m} tickets",), True, "placeholders"),
        ("工单", ("工单",), True, "Chinese left"),
        ("好，", ("well，",), True, "Chinese left"),
    ],
)
def test_a_wrong_translation_is_told(source, translations, finished, word):
    faults = message_faults(Message(Key("words", source), translations, finished))
    assert [word in fault for fault in faults] == ([True] if word else [])


# -- dates and amounts -------------------------------------------------------------------------------


def test_dates_read_as_each_language_writes_them(language):
    today = date(2018, 10, 9)
    language("en")
    assert SiteTime(language="en").date_of(NOW) == "Tue 9 Oct"
    assert [day_text(today, today), day_text(date(2017, 12, 31), today)] == ["9 Oct", "31 Dec 2017"]
    assert day_labels([today]) == ("9 Oct",)
    language("zh_CN")
    assert SiteTime().date_of(NOW) == "10月9日 周二"
    assert [day_text(today, today), day_text(date(2017, 12, 31), today)] == ["10月9日", "2017年12月31日"]
    assert day_labels([today]) == ("10/9",)


def test_amounts_of_time_are_the_same_for_one_and_many(language):
    language("en")
    assert [format_age(s) for s in (0.8, 16, 60, 3600, 172800)] == ["0.8 s", "16 s", "1 min", "1 h", "2 d"]
    assert [limit_text(Limit(n, LimitType.WORKING_DAYS)) for n in (1, 3)] == ["1 working d", "3 working d"]


def test_a_command_can_be_typed_in_english(language):
    language("en")
    names = TicketFeed(FakeBridge(())).names
    for command in SPOKEN:
        assert " " not in verb_of(command)
        assert parse(f"/{verb_of(command).title()} ", names, SPOKEN).command == command


def test_an_unknown_language_leaves_chinese_and_says_so(language, caplog):
    language("xx")
    assert QCoreApplication.translate("words", "待派遣") == "待派遣"
    assert "xx" in caplog.text


# -- the windows -------------------------------------------------------------------------------------


def latin(value: Any) -> Any:
    """The same data with every Chinese name replaced, so that Chinese on the screen can only be a text of ours."""
    known: dict[str, str] = {}

    def named(part: Any) -> Any:
        if isinstance(part, str) and CHINESE.search(part):
            return known.setdefault(part, f"N{len(known)}")
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


@pytest.fixture
def cameras(qapp, tmp_path) -> Iterator[Callable[[str], CameraFeed]]:
    """Makes a feed of the demonstration's cameras in one language; streams run on a loop of their own."""
    loop = qasync.QEventLoop(qapp)
    qapp.setQuitOnLastWindowClosed(False)
    stage = CameraStage(tmp_path, loop=loop)

    def feed(theme_language: str) -> CameraFeed:
        stage.bridge.reference = latin(stage.bridge.reference)
        stage.bridge.topics.values[TOPIC] = Topic(TOPIC, 1, NOW, stage.bridge.reference)
        stage.feed = CameraFeed(stage.bridge, stage.desk, WallBook(), theme_language)
        stage._publish(CAMERA_TOPIC, latin(json.loads(stage.register.published())))
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


def some_open(bridge: FakeBridge) -> TicketId:
    return next(ticket.id for ticket in bridge.mirror.tickets.values() if ticket.state is State.HANDLING)


MAKERS: dict[str, Callable[[Theme], QWidget]] = {
    LAUNCHER: _launcher,
    QUEUE: _queue,
    WALL_QUEUE: _wall_queue,
    OVERVIEW: _overview,
    BOARD: _board,
    WALL_BOARD: _wall_board,
    MAP: _map,
    WALL_MAP: _wall_map,
}


def opened(qtbot, key: str, theme_name: str, theme_language: str) -> QWidget:
    window = MAKERS[key](Theme.load(theme_name, KINDS[key].profile, language=theme_language))
    qtbot.addWidget(window)
    if key != LAUNCHER:
        window.resize(1920, 1080)
    window.show()
    qtbot.waitExposed(window)
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
    assert set(MAKERS) == set(KINDS), "add the new window to MAKERS"


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
    window.show()
    qtbot.waitExposed(window)
    check_english(window)

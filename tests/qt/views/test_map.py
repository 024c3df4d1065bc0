"""The map window and its wall copy: what a chosen ticket shows around it, what refreshes leave alone, what is told to others."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import timedelta

import numpy as np
import pytest
import shiboken6
from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QIODevice, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPixmap

from backend.places import demo_places
from desktop.models.ticket_row import NEVER_MS
from desktop.services.cameras.values import Demand, TileState, TileView
from desktop.services.maps.package import NO_PACKAGE, package_or_fault, read_package
from desktop.services.topics import Topic
from desktop.services.values import TICKETS, Answer, ChangeSet, Fresh, Freshness
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.map.around import ComponentIndex, cameras_near, forces_near
from desktop.views.map.mark_book import DUE, OVERDUE, MarkBook
from desktop.views.map.repeat_spots import RepeatSpots
from desktop.views.map.replay import STEP_MS
from desktop.views.map.search import AREA, STREET, TICKET, PlaceSearch
from desktop.views.map.wall import WallMapWindow
from desktop.views.map.window import MapWindow
from desktop.views.new_ticket.pick_map import PickPane
from desktop.views.queue.feed import TicketFeed
from desktop.views.refusal_words import reason_text
from desktop.views.tables.feed import TablesFeed
from desktop.widgets.map_canvas.placed import Placed
from desktop.widgets.map_canvas.values import CameraMark, Layer, UnitMark
from domain.actor import ActorRef
from domain.cameras import HEALTH_TOPIC, TOPIC, Camera, CameraHealth, CameraId, CameraList, HealthList, Reach
from domain.components import Component, ComponentState
from domain.geo.measure import distance_m, moved
from domain.ids import SeatId, TicketId
from domain.tables.values import Revision, Rows
from domain.tables.words import Progress, Table
from domain.ticket import Clock, Limit, Participation, Placement, Point
from domain.vocabulary import LimitType, PartState, PlacedBy, Role, State, Urgency
from resources import path as resource_path
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW, make_ticket

COMMUNITY = "440310001004"


@pytest.fixture(scope="module")
def package():
    return read_package(resource_path("maps", "demo"))


@pytest.fixture(scope="module")
def spot():
    return demo_places().demo_point(COMMUNITY, "spot")


def placed(number: int, point: Point | None, used: float = 0.5, **fields: object):
    return make_ticket(number, used=used, point=point, area=COMMUNITY, **fields)


class Desk:
    def __init__(self, qtbot, package, tickets) -> None:
        self.bot = qtbot
        self.bridge = FakeBridge(tickets)
        self.feed = TicketFeed(self.bridge)
        self.window = MapWindow(Theme.load(), self.bridge, self.feed, package)
        qtbot.addWidget(self.window)
        self.window.resize(1920, 1080)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.canvas = self.window.canvas
        self.pane = self.window.right_pane

    def change(self, *tickets, removed=()) -> None:
        for ticket in tickets:
            self.bridge.mirror.tickets[ticket.id] = ticket
        for ticket_id in removed:
            del self.bridge.mirror.tickets[ticket_id]
        self.bridge.tickets_changed.emit(ChangeSet(upserted=tickets, removed=tuple(removed), seq=2, as_of=NOW))

    def shown(self) -> set[str]:
        return set(self.canvas._scene.tickets.ids)

    def words(self) -> str:
        from desktop.widgets.labels import PlainLabel

        return " ".join(label.text() for label in self.pane.findChildren(PlainLabel) if not label.isHidden())


@pytest.fixture
def desk(qapp, qtbot, package, spot):
    load_fonts()

    def make(tickets=None, package=package) -> Desk:
        some = [
            placed(1, spot),
            placed(2, moved(spot, 90, 400), 0.9),
            placed(3, moved(spot, 0, 500), 1.2),
            placed(4, None),
        ]
        return Desk(qtbot, package, some if tickets is None else tickets)

    return make


def camera(ident: str, place: Point, direction: float, state: str = "live", radius: float = 120.0) -> CameraMark:
    return CameraMark(ident, f"{ident} 路口", place.lon, place.lat, direction, 60.0, radius, state)


# -- tickets ----------------------------------------------------------------------------------------------


def test_only_open_tickets_with_a_place_are_on_the_map_and_the_others_are_counted(desk):
    seat = desk()
    assert seat.shown() == {"181009-0001", "181009-0002", "181009-0003"}
    assert "无坐标 1" in seat.window.stage.counts.accessibleName()


def test_a_change_reaches_the_map_and_a_closed_ticket_leaves_it(desk, spot):
    seat = desk()
    seat.change(placed(5, moved(spot, 180, 300)), placed(1, spot, state=State.CLOSED, stage=None))
    seat.bot.waitUntil(lambda: seat.shown() == {"181009-0002", "181009-0003", "181009-0005"})
    seat.change(removed=(TicketId("181009-0005"),))
    seat.bot.waitUntil(lambda: "181009-0005" not in seat.shown())


def test_filters_show_what_is_late(desk):
    seat = desk()
    seat.window.left_pane._on_chip_clicked(OVERDUE)
    assert seat.shown() == {"181009-0003"}
    seat.window.left_pane._on_chip_clicked(DUE)
    assert seat.shown() == {"181009-0002", "181009-0003"}


def test_a_refresh_does_not_move_the_map_and_r_rearms(desk, spot):
    seat = desk()
    assert seat.window.stage.banner.isHidden()
    seat.canvas.pan(80, 10)
    before = seat.canvas.view()
    assert not seat.window.stage.banner.isHidden()
    seat.change(placed(5, moved(spot, 180, 9000)))
    seat.bot.waitUntil(lambda: "181009-0005" in seat.shown())
    seat.bridge.clock_ticked.emit()
    assert seat.canvas.view() == before
    seat.bot.keyClick(seat.canvas, Qt.Key.Key_R)
    assert not seat.canvas.is_locked()
    assert seat.window.stage.banner.isHidden()


def test_the_clock_alone_turns_a_ticket_overdue(desk, spot):
    seat = desk([placed(1, spot, 0.99)])
    assert seat.canvas._scene.tickets.state.tolist() == [1]
    seat.bridge.clock.now = NOW.replace(hour=23)
    seat.bridge.clock_ticked.emit()
    assert seat.canvas._scene.tickets.state.tolist() == [0]


# -- around a ticket --------------------------------------------------------------------------------------


def test_a_chosen_ticket_names_covering_cameras_first_and_blind_ones_never_cover(desk, spot):
    seat = desk()
    seat.window.cameras.set_marks(
        [
            camera("SP-near", moved(spot, 0, 20), 0.0),
            camera("SP-covers", moved(spot, 180, 80), 0.0),
            camera("SP-frozen", moved(spot, 270, 60), 90.0, "frozen"),
            camera("SP-far", moved(spot, 90, 5000), 270.0),
        ]
    )
    assert seat.window.select_ticket("181009-0001")
    rows = seat.pane.cameras.rows()
    assert [row.id for row in rows] == ["SP-covers", "SP-near", "SP-frozen"]
    assert "覆盖此处" in rows[0].meta
    assert "不覆盖" in rows[1].meta
    assert seat.canvas.selection().cameras == frozenset({"SP-covers"})


def test_components_and_forces_near_a_ticket_are_listed(desk, package):
    lamp = package.components[100]
    seat = desk([placed(1, lamp.point)])
    seat.window.set_units(
        [
            UnitMark("u1", "交警", *_lonlat(moved(lamp.point, 0, 190)), 5.0, "刚刚"),
            UnitMark("u2", "排水所 2 人", *_lonlat(moved(lamp.point, 0, 20)), 60.0, "1 分前"),
            UnitMark("u3", "环卫", *_lonlat(moved(lamp.point, 0, 10)), 2000.0, "33 分前"),
        ]
    )
    seat.window.select_ticket("181009-0001")
    assert seat.pane.components.lines()[0][0] == lamp.id
    assert lamp.id in seat.canvas.selection().components
    forces = [[cell.text for cell in cells] for _, cells in seat.pane.forces.lines()]
    assert forces == [["排水所 2 人", "到场", "1 分前"], ["交警", "190 米", "刚刚"]]


def _lonlat(point: Point) -> tuple[float, float]:
    return point.lon, point.lat


def test_a_ticket_without_a_place_says_so_and_guesses_nothing(desk):
    seat = desk()
    before = seat.canvas.view()
    assert not seat.window.select_ticket("181009-0004", bring=True)
    assert seat.canvas.selection() is None
    assert seat.canvas.view() == before
    assert "没有坐标" in seat.words()
    assert seat.pane.cameras.isHidden()


def test_merged_reports_of_the_ticket_are_linked(desk, spot):
    merged = [placed(n, spot, state=State.MERGED, stage=None, merged_into=TicketId("181009-0001")) for n in (7, 8)]
    seat = desk([placed(1, spot), *merged])
    seat.window.select_ticket("181009-0001")
    assert not seat.pane.merged.isHidden()
    with seat.bot.waitSignal(seat.window.ticket_open_requested) as told:
        seat.bot.mouseClick(seat.pane.merged, Qt.MouseButton.LeftButton, pos=QPoint(5, 8))
    assert told.args[0] in ("181009-0007", "181009-0008")


def test_thirty_days_of_the_place_are_asked_for_and_shown(desk):
    seat = desk()
    rows = [{"values": ["2018-10-09"], "numerator": 2, "denominator": 2}]
    rows += [{"values": ["2018-09-12"], "numerator": 1, "denominator": 1}]
    kpi = {"id": "accepted", "numerator": 3, "denominator": 3, "as_of": NOW.isoformat()}
    body = json.dumps({"kpi": kpi, "total": 2, "rows": rows}).encode()
    seat.bridge.answers["breakdown"] = Answer(body=body)
    seat.window.select_ticket("181009-0001")
    what, asked = seat.bridge.asked[-1]
    ticket = seat.bridge.mirror.tickets["181009-0001"]
    assert (what, asked["start"], asked["end"]) == ("breakdown", "2018-09-10", "2018-10-10")
    assert asked["filters"] == {"area": [ticket.area], "item": [ticket.item]}
    assert not seat.pane.history.isHidden()
    assert seat.pane.history._counts[-1] == 2
    assert seat.pane.history._counts[2] == 1
    assert sum(seat.pane.history._counts) == 3


def test_an_answer_after_the_window_is_gone_is_nobodys(desk):
    seat = desk()
    answers = []
    seat.bridge.ask_then = lambda what, args, done: answers.append(done)
    seat.window.select_ticket("181009-0001")
    shiboken6.delete(seat.window._history)
    answers[0](Answer(error="timeout"))


@pytest.mark.parametrize(
    ("answer", "why"),
    [(Answer(error="timeout"), reason_text("timeout")), (Answer(body=b"{}"), reason_text("unreadable"))],
)
def test_history_that_was_not_given_is_no_zero_and_says_why(desk, answer, why):
    seat = desk()
    seat.bridge.answers["breakdown"] = answer
    seat.window.select_ticket("181009-0001")
    head = seat.pane._sections["history"]
    assert seat.pane.history.isHidden()
    assert not head.isHidden()
    assert why in seat.pane.history_trouble()
    assert "0 件" not in head.accessibleName()


def test_history_of_another_ticket_is_not_shown(desk):
    seat = desk()
    seat.bridge.ask_then = lambda what, args, done: None
    seat.window.select_ticket("181009-0001")
    assert seat.pane.history.isHidden()
    seat.window.set_history("181009-0002", [1, 2], "9月10日", "10月9日", "")
    assert seat.pane.history.isHidden()


def test_a_change_of_the_chosen_ticket_shows_in_place(desk, spot):
    seat = desk()
    seat.window.select_ticket("181009-0001")
    seat.change(placed(1, spot, urgency=Urgency.TOP))
    seat.bot.waitUntil(lambda: seat.canvas.selection().urgency == 0)


def test_cameras_of_the_register_take_their_state_from_the_health_check(desk, spot):
    seat = desk()
    known = Camera(id=CameraId("C1"), name="甲", kind="rtsp", point=spot, direction=0.0, angle=60.0, radius_m=100.0)
    topics = seat.bridge.topics.values
    topics[TOPIC] = Topic(TOPIC, 1, NOW, CameraList((known, replace(known, id=CameraId("C2"), point=None))))
    seat.bridge.topic_changed.emit(TOPIC)
    assert [(mark.id, mark.state) for mark in seat.canvas._scene.cameras] == [("C1", "never")]
    topics[HEALTH_TOPIC] = Topic(HEALTH_TOPIC, 1, NOW, HealthList({CameraId("C1"): CameraHealth(Reach.UP, NOW)}))
    seat.bridge.topic_changed.emit(HEALTH_TOPIC)
    assert seat.canvas._scene.cameras[0].state == "live"
    seat.window.cameras.set_states({"C1": "frozen"})
    assert seat.canvas._scene.cameras[0].state == "frozen"


def test_what_the_tiles_of_this_desk_see_is_on_the_map_with_its_picture_and_age(desk, spot, qtbot):
    seat = desk([placed(1, spot)])
    eyes = Eyes({"C1": TileView(id=CameraId("C1"), state=TileState.STILL, picture=_image(), age_s=16.0, number=3)})
    known = Camera(
        id=CameraId("C1"), name="甲", kind="rtsp", point=moved(spot, 180, 50), direction=0, angle=60, radius_m=100
    )
    seat.bridge.topics.values[TOPIC] = Topic(TOPIC, 1, NOW, CameraList((known,)))
    seat.bridge.topic_changed.emit(TOPIC)
    seat.window.set_camera_feed(eyes)
    seat.window.select_ticket("181009-0001")
    assert eyes.wanted.shown == ("C1",)
    assert eyes.wanted.stills  # the map takes no streams
    eyes.changed.emit("C1")
    row = seat.pane.cameras.rows()[0]
    assert (row.state_text, "C1" in seat.pane.cameras._pictures) == ("静图 16 秒", True)
    qtbot.waitUntil(lambda: seat.canvas._scene.cameras[0].state == "still")
    assert seat.canvas.selection().cameras == {"C1"}
    eyes.views["C1"] = TileView(id=CameraId("C1"), state=TileState.FROZEN, picture=_image(), unchanged_s=131, number=4)
    eyes.changed.emit("C1")
    qtbot.waitUntil(lambda: seat.canvas.selection().cameras == frozenset())  # a frozen camera covers nothing
    seat.window.clear_selection()
    assert eyes.wanted is None


class Eyes(QObject):
    changed = Signal(str)
    register_changed = Signal()

    def __init__(self, views: dict[str, TileView]) -> None:
        super().__init__()
        self.views = views
        self.cameras = dict.fromkeys(views)
        self.wanted: Demand | None = None

    def view(self, camera_id: str) -> TileView:
        return self.views[camera_id]

    def want(self, _viewer: QObject, demand: Demand) -> None:
        self.wanted = demand

    def leave(self, _viewer: QObject) -> None:
        self.wanted = None


def _image() -> QImage:
    image = QImage(64, 36, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    return image


def test_a_component_has_a_card_with_and_without_a_ticket(desk, package):
    lamp = package.components[0]
    seat = desk()
    seat.canvas.component_clicked.emit(lamp.id)
    card = seat.pane._card.value()
    assert (card.number, card.department, card.owner, card.maintainer) == (
        lamp.id,
        lamp.department,
        lamp.owner,
        lamp.maintainer,
    )
    assert card.source == f"底图包 {package.date}"
    assert seat.pane.cameras.isHidden()
    seat.window.select_ticket("181009-0001")
    assert seat.pane._card.isHidden()
    assert not seat.pane.cameras.isHidden()
    seat.canvas.component_clicked.emit(lamp.id)
    assert not seat.pane._card.isHidden()
    seat.bridge.clock_ticked.emit()
    assert not seat.pane._card.isHidden()


# -- keys and buttons -------------------------------------------------------------------------------------


def test_keys_open_send_and_show_cameras(desk, spot):
    seat = desk()
    seat.window.cameras.set_marks([camera("SP-1", moved(spot, 180, 80), 0.0)])
    seat.window.set_units([UnitMark("u9", "交警", *_lonlat(moved(spot, 0, 100)), 5.0, "刚刚")])
    seat.window.select_ticket("181009-0001")
    heard = []
    seat.window.camera_requested.connect(lambda ident: heard.append(("camera", ident)))
    seat.window.wall_content_requested.connect(lambda content: heard.append(("wall", content.target)))
    seat.window.ticket_open_requested.connect(lambda ident: heard.append(("open", ident)))
    seat.window.dispatch_requested.connect(lambda ident, unit: heard.append(("send", ident, unit)))
    seat.bot.keyClicks(seat.canvas, "1w2d")
    seat.bot.keyClick(seat.canvas, Qt.Key.Key_Return)
    assert heard == [
        ("camera", "SP-1"),
        ("wall", "181009-0001"),
        ("send", "181009-0001", "u9"),
        ("open", "181009-0001"),
    ]


def test_without_a_position_nobody_can_be_sent_and_the_reason_is_printed(desk):
    seat = desk()
    seat.window.select_ticket("181009-0001")
    heard = []
    seat.window.dispatch_requested.connect(lambda *args: heard.append(args))
    seat.bot.keyClicks(seat.canvas, "d")
    assert heard == []
    assert "没有定位来源" in seat.words()


def test_g_toggles_grids_and_layers_follow_their_boxes(desk):
    seat = desk()
    seat.bot.keyClicks(seat.canvas, "g")
    assert Layer.GRIDS not in seat.canvas.layers()
    assert Layer.GRIDS not in seat.window.left_pane.layers.checked_ids()
    seat.window.left_pane.layers._toggle(0)
    assert Layer.TICKETS not in seat.canvas.layers()


def test_escape_lets_go_of_the_ticket(desk):
    seat = desk()
    seat.window.select_ticket("181009-0001")
    seat.bot.keyClick(seat.canvas, Qt.Key.Key_Escape)
    assert seat.canvas.selection() is None


def test_an_area_gives_its_tickets_to_the_queue(desk):
    seat = desk()
    seat.canvas.finish()
    seat.window.stage.buttons.band.click()
    with seat.bot.waitSignal(seat.window.area_selected) as told:
        seat.bot.mousePress(seat.canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        seat.bot.mouseMove(seat.canvas, QPoint(seat.canvas.width() - 5, seat.canvas.height() - 5))
        seat.bot.mouseRelease(
            seat.canvas, Qt.MouseButton.LeftButton, pos=QPoint(seat.canvas.width() - 5, seat.canvas.height() - 5)
        )
    assert set(told.args[0]) == seat.shown()
    assert not seat.window.stage.buttons.band.isChecked()


def test_search_goes_to_a_grid_and_stays_there(desk):
    seat = desk()
    seat.bot.keyClicks(seat.canvas, "/")
    bar = seat.window.stage.search
    assert not bar.isHidden()
    bar.set_text("和平 05")
    seat.bot.keyClick(bar.input(), Qt.Key.Key_Return)
    assert bar.isHidden()
    assert seat.canvas.is_locked()
    grid = next(area for area in seat.window._package.areas["grids"] if area.name == "和平 05格")
    west, south, east, north = grid.bounds()
    middle = seat.canvas.place_at(seat.canvas.rect().center().toPointF())
    assert west < middle[0] < east
    assert south < middle[1] < north


def test_a_town_of_the_small_map_is_framed(desk):
    seat = desk()
    seat.window.left_pane.towns.town_clicked.emit(114.30, 22.66, 114.32, 22.68)
    west, south = seat.canvas.place_at(QRect(seat.canvas.rect()).bottomLeft().toPointF())
    assert west < 114.30
    assert south < 22.66
    assert seat.canvas.is_locked()


# -- without data -----------------------------------------------------------------------------------------


def test_without_a_package_markers_are_still_placed_and_it_is_said(desk):
    seat = desk(package=NO_PACKAGE)
    assert len(seat.shown()) == 3
    assert "无底图包" in seat.window.status_bar.accessibleName() + seat.window.status_bar._message
    seat.canvas.finish()


def test_old_tickets_are_dimmed_by_their_age_in_words(desk):
    seat = desk()
    seat.bridge.freshness.values[TICKETS] = Freshness(state=Fresh.OFFLINE, as_of=NOW, age_s=400.0, since_s=400.0)
    seat.bridge.freshness_changed.emit(TICKETS)
    seat.bridge.clock_ticked.emit()
    assert seat.window.stage.counts._freshness.state == "offline"


# -- the wall ---------------------------------------------------------------------------------------------


@pytest.fixture
def wall(qapp, qtbot, package, spot):
    load_fonts()
    bridge = FakeBridge([placed(1, spot, 0.9), placed(2, moved(spot, 90, 400), 1.3)])
    window = WallMapWindow(Theme.load("dark", "wall"), bridge, TicketFeed(bridge), package)
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_the_wall_names_matter_and_street_but_no_number(wall):
    assert wall.show_ticket("181009-0001")
    name = wall.header.accessibleName()
    assert "坪山街道" in name
    assert "0001" not in name
    assert "社区" not in name
    assert wall.canvas.selection().callout is None


def test_the_wall_without_a_ticket_shows_the_district(wall):
    assert wall.show_ticket("181009-0001")
    assert not wall.show_ticket(None)
    assert wall.canvas.selection() is None
    assert "2 件在办，1 件超期" in wall.header.accessibleName()


def test_the_wall_takes_no_focus_and_shows_no_pointer(wall):
    assert wall.canvas.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert wall.cursor().shape() is Qt.CursorShape.BlankCursor


# -- plain parts ------------------------------------------------------------------------------------------


def test_the_book_grows_beyond_its_first_size(desk, spot):
    feed = TicketFeed(FakeBridge([placed(n, spot, 1.5 if n % 2 else 0.5) for n in range(1, 2101)]))
    book = MarkBook()
    book.reset(feed.book)
    columns = book.columns(feed.now_ms())
    assert len(columns.ids) == 2100
    assert np.count_nonzero(columns.state == 0) == 1050
    assert book.counts(feed.now_ms()).overdue == 1050
    assert book.overdue_by_town(feed.now_ms()) == {COMMUNITY[:9]: 1050}
    assert sum(book.reports(0)) == 0


def test_a_replayed_ticket_is_judged_at_the_end_of_its_record(spot):
    live, replayed = placed(1, spot, 1.5), placed(2, spot, 1.5, recorded_until=NOW.replace(year=2017))
    feed = TicketFeed(FakeBridge([live, replayed]))
    book = MarkBook()
    book.reset(feed.book)
    assert feed.row(replayed.id).until_ms < NEVER_MS
    assert book.columns(feed.now_ms(), OVERDUE).ids == (live.id,)


def test_components_are_found_by_distance(spot):
    parts = [
        Component(id=f"44031001040000{n:02d}", kind="路灯", point=moved(spot, n * 37.0, meters))
        for n, meters in enumerate((10, 30, 49, 51, 500), start=10)
    ]
    found = ComponentIndex(parts).near(spot, 50)
    assert [round(away) for _, away in found] == [10, 30, 49]
    assert ComponentIndex(()).near(spot) == []


def test_cameras_and_forces_are_sorted_by_nearness(spot):
    marks = [camera("a", moved(spot, 0, 200), 0.0), camera("b", moved(spot, 0, 100), 0.0)]
    assert [near.camera.id for near in cameras_near(spot, marks)] == ["b", "a"]
    units = [UnitMark(str(n), "", *_lonlat(moved(spot, 0, n)), 10.0) for n in (300, 100)]
    assert [near.unit.id for near in forces_near(spot, units)] == ["100", "300"]


def test_search_finds_tickets_areas_and_streets(package, spot):
    feed = TicketFeed(FakeBridge([placed(42, spot)]))
    areas = [area for areas in package.areas.values() for area in areas]
    search = PlaceSearch(areas, package.ground.features)
    assert [found.kind for found in search.find("0042", feed.book)] == [TICKET]
    assert search.find("石浦路", feed.book)[0].kind == STREET
    assert {found.kind for found in search.find("和平社区", feed.book)} >= {AREA}
    assert search.find("  ", feed.book) == []
    assert search.find("没有这个地方", feed.book) == []


# -- counts that add up -------------------------------------------------------------------------------------


def test_overdue_by_street_counts_tickets_without_a_place_and_says_how_many(desk, spot):
    seat = desk([placed(1, spot, 1.2), placed(2, None, 1.5), placed(3, None, 0.5)])
    towns = seat.window.left_pane.towns
    assert towns.total() == 2
    assert "含 1 件无坐标" in seat.window.left_pane._unplaced.text()
    seat.change(placed(2, spot, 1.5))
    seat.bot.waitUntil(lambda: seat.window.left_pane._unplaced.isHidden())
    assert towns.total() == 2


def test_what_waits_for_acceptance_is_on_the_map_but_not_among_the_open(desk, spot):
    waiting = placed(2, moved(spot, 90, 400), state=State.REPORTED, accepted_at=None)
    seat = desk([placed(1, spot), waiting])
    assert seat.shown() == {"181009-0001", "181009-0002"}
    words = seat.window.stage.counts.accessibleName()
    assert "图内在办 1" in words
    assert "待受理 1" in words


# -- who is there, who sees it --------------------------------------------------------------------------------


def test_a_unit_is_on_site_from_its_check_in_to_its_report(desk, spot):
    def joint(state: PartState, arrived: bool):
        parts = (
            Participation(unit="u1", lead=True, asked_at=NOW, state=PartState.SIGNED),
            Participation(unit="u2", asked_at=NOW, state=state, arrived_at=NOW if arrived else None),
        )
        return placed(1, spot, parts=parts)

    seat = desk([joint(PartState.ASKED, False)])
    assert seat.canvas._scene.units == ()
    seat.change(joint(PartState.ARRIVED, True))
    seat.bot.waitUntil(lambda: len(seat.canvas._scene.units) == 1)
    mark = seat.canvas._scene.units[0]
    assert (mark.unit, mark.age_s) == ("u2", 0.0)
    assert mark.age_text == f"{seat.feed.site.minute(NOW)} 到场"
    seat.change(joint(PartState.REPORTED, True))
    seat.bot.waitUntil(lambda: seat.canvas._scene.units == ())


def test_a_doubtful_place_is_said_and_a_certain_one_is_not(desk, spot):
    def put(placement: Placement | None) -> str:
        seat.change(placed(1, spot, placement=placement))
        seat.window.select_ticket("181009-0001")
        return seat.words()

    seat = desk([placed(1, spot)])
    assert "按上报的区域计" not in put(Placement(PlacedBy.POLYGON, (COMMUNITY,)))
    assert "坐标不在任何边界内" in put(Placement(PlacedBy.OUTSIDE))
    name = seat.feed.names.area("440310001001")
    assert f"坐标落在{name}，与上报的区域不同" in put(Placement(PlacedBy.DISAGREES, ("440310001001",)))
    assert "未作判定" in put(Placement(PlacedBy.AMBIGUOUS, (COMMUNITY, "440310001001")))
    assert "边界由点推算" in put(Placement(PlacedBy.POLYGON, (COMMUNITY,), "derived"))


def test_names_step_aside_for_marks_and_come_back(qapp):
    labels = Placed(np.array([100.0, 400.0]), np.array([50.0, 50.0]), [_block(60, 20)] * 2, np.array([True, False]))
    under_both = np.array([[80.0, 40.0, 120.0, 60.0], [380.0, 40.0, 420.0, 60.0]])
    boxes = labels.clear_of(under_both, 1.0)._boxes(1.0)
    assert boxes[0][1] >= 60.0 or boxes[0][3] <= 40.0  # the movable one found room
    assert boxes[1].tolist() == [370.0, 40.0, 430.0, 60.0]  # a street's name stays on its street
    walled_in = np.array([[0.0, -200.0, 300.0, 300.0]])
    assert labels.clear_of(walled_in, 1.0)._boxes(1.0)[0].tolist() == [70.0, 40.0, 130.0, 60.0]


# -- looking back ------------------------------------------------------------------------------------------


def test_looking_back_shows_who_was_open_then_and_by_the_business_limit(desk, spot):
    hour = timedelta(hours=1)
    early = placed(1, spot, reported_at=NOW - 4 * hour, accepted_at=NOW - 4 * hour)
    late = placed(2, moved(spot, 90, 300), reported_at=NOW - 1 * hour, accepted_at=NOW - hour)
    ended = placed(
        3,
        moved(spot, 90, 600),
        state=State.CLOSED,
        stage=None,
        business=None,
        reported_at=NOW - 6 * hour,
        accepted_at=NOW - 6 * hour,
        closed_at=NOW - 2 * hour,
    )
    limit = Clock(Limit(2, LimitType.URGENT_HOURS), NOW - 4 * hour, NOW - 3 * hour, NOW - 2 * hour)
    seat = desk([replace(early, business=limit), late, ended])
    assert seat.shown() == {"181009-0001", "181009-0002"}
    start = seat.window._strip.day_start_ms()

    def back(instant) -> dict[str, int]:
        seat.window.stage.strip.hour_picked.emit((instant.timestamp() * 1000 - start) / 3_600_000)
        columns = seat.canvas._scene.tickets
        return dict(zip(columns.ids, columns.state.tolist(), strict=True))

    assert set(back(NOW - 5 * hour)) == {"181009-0003"}
    assert back(NOW - 2.5 * hour) == {"181009-0001": 1, "181009-0003": 4}  # at risk; no limit known
    assert back(NOW - 0.5 * hour)["181009-0001"] == 0  # overdue
    assert set(back(NOW - 0.5 * hour)) == {"181009-0001", "181009-0002"}
    banner = seat.window.stage.back
    assert not banner.isHidden()
    assert banner.text_shown().startswith(f"回看 {seat.feed.site.minute(NOW - 0.5 * hour)}")
    seat.window.select_ticket("181009-0001")
    heard = []
    seat.window.wall_content_requested.connect(lambda content: heard.append(content.target))
    seat.bot.keyClicks(seat.canvas, "w")
    assert heard == []  # nothing is done from the past
    seat.bot.keyClick(seat.canvas, Qt.Key.Key_Home)
    assert banner.isHidden()
    assert seat.shown() == {"181009-0001", "181009-0002"}
    seat.bot.keyClicks(seat.canvas, "w")
    assert heard == ["181009-0001"]


def test_space_runs_the_day_and_it_ends_in_the_present(desk, spot):
    seat = desk([placed(1, spot)])
    replay = seat.window._replay
    seat.bot.keyClick(seat.canvas, Qt.Key.Key_Space)
    assert replay.playing
    assert replay.at_ms == seat.window._strip.day_start_ms()
    replay._on_step()
    assert replay.at_ms == seat.window._strip.day_start_ms() + replay.speed * STEP_MS
    view = seat.canvas.view()
    seat.bot.keyClick(seat.canvas, Qt.Key.Key_Space)
    assert not replay.playing
    assert replay.active
    replay.at_ms = seat.feed.now_ms() - 1
    replay._on_step()
    assert not replay.active
    assert seat.canvas.view() == view
    seat.window.stage.strip.hour_picked.emit(23.9)  # has not come yet: that is live
    assert not replay.active


# -- tiles and register of the site -----------------------------------------------------------------------------


def _site_package(folder, tiles: dict, picture: QPixmap | None = None):
    """A map package with one layer and, if wanted, an MBTiles file whose every tile of zoom 12 to 14 around it is one picture."""
    folder.mkdir()
    (folder / "about.json").write_text(
        json.dumps({"name": "站点", "date": "2026-11-01", "datum": "wgs84", "tiles": tiles})
    )
    (folder / "grids.geojson.gz").write_bytes(resource_path("maps", "demo", "grids.geojson.gz").read_bytes())
    ring = [[114.30, 22.63], [114.42, 22.63], [114.42, 22.75], [114.30, 22.75], [114.30, 22.63]]
    district = {"type": "Feature", "properties": {"code": "440310", "name": "坪山区"}}
    district["geometry"] = {"type": "Polygon", "coordinates": [ring]}
    layer = {"type": "FeatureCollection", "datum": "wgs84", "features": [district]}
    (folder / "districts.geojson").write_text(json.dumps(layer), "utf-8")
    if picture is not None:
        image = QBuffer()
        image.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(image, "PNG")
        with closing(sqlite3.connect(folder / "site.mbtiles")) as file, file:
            file.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
            file.execute("CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)")
            data = image.data().data()
            for zoom in (10, 11, 12):
                column, row = int((114.35 + 180) / 360 * 2**zoom), round(2**zoom * 0.4355)
                rows = [(zoom, column + x, 2**zoom - 1 - row + y, data) for x in range(-9, 10) for y in range(-9, 10)]
                file.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
    return package_or_fault(folder)


def test_tiles_of_the_package_are_a_layer_that_a_person_ticks(desk, tmp_path, qtbot):
    picture = _block(256, 256)
    picture.fill(QColor("#336699"))
    package = _site_package(tmp_path / "site", {"file": "site.mbtiles", "datum": "wgs84"}, picture)
    assert package.faults == ()
    seat = desk([], package=package)
    assert Layer.SATELLITE in {item.id for item in seat.window.left_pane.layers._items}
    seat.canvas.zoom_by(11.0 - seat.canvas.view().zoom)
    seat.window.left_pane.layers_changed.emit(tuple(seat.canvas.layers() | {Layer.SATELLITE}))

    def painted() -> bool:
        seat.canvas.finish()
        image = seat.canvas.grab().toImage()
        middle = image.rect().center()
        spots = [QPoint(x, y) + middle for x in range(-150, 150, 30) for y in range(-150, 150, 30)]
        # Names and borders lie over some of them.
        return sum(image.pixelColor(spot).name() == "#336699" for spot in spots) > len(spots) / 2

    qtbot.waitUntil(painted)
    seat.window.close()


def test_a_tile_address_off_the_list_is_said_and_the_map_works(desk, tmp_path):
    tiles = {"address": "http://10.9.9.9/{z}/{x}/{y}.png", "hosts": ["10.8.1.5"], "datum": "cgcs2000"}
    seat = desk([], package=_site_package(tmp_path / "site", tiles))
    assert "瓦片服务的主机不在允许名单" in seat.window.status_bar._message
    assert Layer.SATELLITE not in {item.id for item in seat.window.left_pane.layers._items}


def test_a_folder_that_is_no_package_costs_only_the_ground(desk, tmp_path, spot):
    seat = desk([placed(1, spot)], package=package_or_fault(tmp_path / "nothing"))
    assert seat.shown() == {"181009-0001"}
    assert "这不是底图包" in seat.window.status_bar._message


@pytest.mark.parametrize(
    ("ring", "cut", "why"),
    [
        ([[114.3, 22.6], [114.4, 22.6], [114.4, 22.7], [114.3, 22.7], [114.3, 22.6]], 80, "文件不完整"),
        ([[114.3, 22.6], [114.4, 22.7], [114.4, 22.6], [114.3, 22.7], [114.3, 22.6]], None, "边界自相交"),
        ([[22.6, 114.3], [22.6, 114.4], [22.7, 114.4], [22.7, 114.3], [22.6, 114.3]], None, "经纬度写反了"),
    ],
)
def test_borders_that_are_no_good_are_left_out_and_said_in_words(desk, tmp_path, spot, ring, cut, why):
    feature = {"type": "Feature", "properties": {"code": "440310001", "name": "坪山街道"}}
    feature["geometry"] = {"type": "Polygon", "coordinates": [ring]}
    (tmp_path / "about.json").write_text(json.dumps({"name": "测试", "datum": "gcj02"}), "utf-8")
    layer = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (tmp_path / "towns.geojson").write_text(layer[:cut], "utf-8")
    seat = desk([placed(1, spot)], package=package_or_fault(tmp_path))
    assert f"towns.geojson 没有用：{why}" in seat.window.status_bar._message
    assert seat.shown() == {"181009-0001"}


def test_the_register_takes_the_place_of_the_packages_components(desk, spot):
    seat = desk([placed(1, spot)])
    lamp = Component(id="4403100137000001", kind="路灯", point=spot, department="区住建局", maintainer="路灯所")
    seat.window.set_components([lamp], "部件登记 2026-11-28")
    seat.window.select_ticket("181009-0001")
    assert [ident for ident, _ in seat.pane.components.lines()] == [lamp.id]
    seat.canvas.component_clicked.emit(lamp.id)
    assert seat.pane._card.value().source == "部件登记 2026-11-28"


def test_published_revisions_of_the_register_are_on_the_map_and_drafts_are_not(desk, spot):
    seat = desk([placed(1, spot)])
    tables = TablesFeed(seat.bridge, "zh")
    seat.window.set_tables(tables)
    count = len(seat.canvas._scene.components)
    assert count > 3000  # the package's, until there is a register

    def revision(number: int, progress: Progress, state: ComponentState) -> None:
        lamp = Component(id=f"44031001370000{number:02d}", kind="路灯", point=spot, state=state)
        seat.bridge.mirror.documents.setdefault("tables", {})[f"BJ-{number}"] = Revision(
            id=f"BJ-{number}",
            version=1,
            changed_at=NOW,
            table=Table.COMPONENTS,
            progress=progress,
            number=0 if progress is Progress.DRAFT else number,
            reason="r",
            started_at=NOW,
            by=ActorRef(role=Role.SYSTEM_ADMIN, seat=SeatId("9")),
            rows=Rows(components=(lamp,)),
        )
        seat.bridge.documents_changed.emit("tables")

    revision(1, Progress.DRAFT, ComponentState.IN_ORDER)
    assert len(seat.canvas._scene.components) == count
    revision(2, Progress.PUBLISHED, ComponentState.IN_ORDER)
    revision(3, Progress.PUBLISHED, ComponentState.RETIRED)
    assert [mark.id for mark in seat.canvas._scene.components] == ["4403100137000002"]
    seat.canvas.component_clicked.emit("4403100137000002")
    assert seat.pane._card.value().source == "部件登记 第 3 版"


def _block(wide: int, high: int) -> QPixmap:
    picture = QPixmap(wide, high)
    picture.fill(Qt.GlobalColor.white)
    return picture


def test_repeat_spots_are_a_layer_that_leads_to_its_tickets_and_says_its_rule(desk, spot):
    three = [placed(number, moved(spot, 90, 5.0 * number)) for number in (1, 2, 3)]
    seat = desk([*three, placed(4, moved(spot, 90, 400))])
    window = seat.window
    assert ("spots", None) in [(item.id, item.count) for item in window.left_pane.layers._items]
    window.canvas.set_layers(window.canvas.layers() | {Layer.SPOTS.value})
    window.left_pane.layers_changed.emit(tuple(window.canvas.layers()))
    assert "50 米内 3 件以上" in window.left_pane._rule.text()
    (mark,) = window.layers.spots.marks()
    assert mark.count == 3
    assert mark.name.endswith("3 件")
    window.canvas.lock()
    window.canvas.show_place(mark.lon, mark.lat, 17.0)
    window.canvas.grab()
    assert mark.name in [window._stage.canvas._describe("spot", mark.id, 1)]
    with seat.bot.waitSignal(window.area_selected) as told:
        window.canvas.spot_clicked.emit(mark.id)
    assert told.args[0] == tuple(each.id for each in three)
    assert ("spot", mark.id) in [hit[:2] for hit in window.canvas.visible_marks()]
    window.left_pane.layers_changed.emit(("tickets",))
    assert window.left_pane._rule.isHidden()


def test_repeat_spots_are_found_beside_the_windows_and_late_ones_are_dropped(desk, spot):
    three = [placed(number, moved(spot, 90, 5.0 * number)) for number in (1, 2, 3)]
    seat = desk(three)
    waiting = []
    seat.window._feed.bridge.work_then = lambda work, done: waiting.append((work, done))
    spots = RepeatSpots(seat.window._feed, lambda: True)
    spots.set_on(True)
    spots.look()
    assert (spots.marks(), len(waiting)) == ([], 1)  # the first look is not over
    ((work, done),) = waiting
    done(asyncio.run(work()))
    assert [mark.count for mark in spots.marks()] == [3]
    spots.look()
    answer = asyncio.run(waiting[1][0]())
    shiboken6.delete(spots)
    waiting[1][1](answer)


def test_a_line_is_measured_by_keys_and_by_pointer(desk):
    seat = desk()
    window, canvas = seat.window, seat.window.canvas
    canvas.setFocus()
    seat.bot.keyClick(canvas, Qt.Key.Key_M)
    assert window.stage.measure.isVisibleTo(window)
    seat.bot.keyClick(canvas, Qt.Key.Key_Return)
    start = Point(*canvas.place_at(QPoint(canvas.width() // 2, canvas.height() // 2).toPointF()))
    for _ in range(3):
        seat.bot.keyClick(canvas, Qt.Key.Key_Right)
    seat.bot.keyClick(canvas, Qt.Key.Key_Return)
    end = Point(*canvas.place_at(QPoint(canvas.width() // 2, canvas.height() // 2).toPointF()))
    assert window._measuring.length_m() == pytest.approx(distance_m(start, end), rel=1e-3)
    assert window._measuring.words(window._measuring.length_m()) in window.stage.measure.text_shown()
    seat.bot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert len(window._measuring._line.points) == 3
    assert canvas.grab().toImage() is not None
    seat.bot.keyClick(canvas, Qt.Key.Key_Backspace)
    assert len(window._measuring._line.points) == 2
    seat.bot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not window.stage.measure.isVisibleTo(window)
    assert not window.stage.buttons.measure.isChecked()
    window.stage.buttons.measure.click()
    assert window._measuring.active
    seat.bot.mouseClick(window.stage.measure, Qt.MouseButton.LeftButton)
    assert not window._measuring.active


def test_choosing_a_place_without_a_map_package_says_that_the_ground_is_missing(qtbot, package):
    bare = PickPane(Theme.load(), NO_PACKAGE)
    whole = PickPane(Theme.load(), package)
    for pane in (bare, whole):
        qtbot.addWidget(pane)
    assert "没有底图包" in bare.note.text()
    assert not bare.note.isHidden()
    assert whole.note.isHidden()

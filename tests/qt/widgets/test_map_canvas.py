"""The map canvas: projection, tiles, grouping, picking, the view lock, the keyboard, what a screen reader finds."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.widgets.map_canvas import ground
from desktop.widgets.map_canvas.canvas import MapCanvas
from desktop.widgets.map_canvas.clusters import clustered
from desktop.widgets.map_canvas.hud import scale_step
from desktop.widgets.map_canvas.projection import Viewport, lat_of, lon_of, unit_x, unit_xy, unit_y
from desktop.widgets.map_canvas.raster import datum_shift
from desktop.widgets.map_canvas.scene import Selection
from desktop.widgets.map_canvas.values import CameraMark, Layer, TicketColumns, UnitMark
from domain.geo.datum import Datum
from domain.geo.ground import CLASSES, GroundFeature
from domain.geo.measure import Frame, moved
from domain.geo.polygons import AreaShape, Polygon
from domain.geo.tiling import Tiling
from domain.ids import AreaCode
from domain.ticket import Point

HERE = Point(114.35, 22.69)
FRAME = Frame(HERE)
OVERDUE, AT_RISK, OK = 0, 1, 2


def at(east_m: float, north_m: float) -> tuple[float, float]:
    return FRAME.degrees(east_m, north_m)


def square(code: str, east: float, north: float, side: float = 1000.0) -> AreaShape:
    corners = ((0, 0), (side, 0), (side, side), (0, side), (0, 0))
    return AreaShape(
        code=AreaCode(code),
        name=f"{code[-2:]}格",
        polygons=(Polygon(tuple(at(east + x, north + y) for x, y in corners)),),
    )


def tickets(*places: tuple[float, float, int], urgency: int = 2) -> TicketColumns:
    spots = [at(east, north) for east, north, _ in places]
    return TicketColumns(
        tuple(f"t{n}" for n in range(len(places))),
        np.array([lon for lon, _ in spots]),
        np.array([lat for _, lat in spots]),
        np.array([state for _, _, state in places], np.int8),
        np.full(len(places), urgency, np.int8),
    )


@pytest.fixture
def canvas(qtbot, desk):
    widget = MapCanvas(desk, lambda kind, ident, count: f"{kind} {ident} {count}")
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.set_areas([("grid", [square("440310001001001", -1000, -500), square("440310001001002", 0, -500)])])
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def look(canvas: MapCanvas, zoom: float = 16.0) -> None:
    canvas.show_place(HERE.lon, HERE.lat, zoom)
    canvas.finish()


def pixel(canvas: MapCanvas, lon: float, lat: float) -> QPoint:
    x, y = canvas.view().screen(unit_x(lon), unit_y(lat))
    return QPoint(round(x), round(y))


# -- projection -----------------------------------------------------------------------------------------


@given(st.floats(-180, 180), st.floats(-85, 85))
def test_degrees_and_units_are_inverse(lon, lat):
    assert lon_of(unit_x(lon)) == pytest.approx(lon, abs=1e-9)
    assert lat_of(unit_y(lat)) == pytest.approx(lat, abs=1e-9)


def test_columns_project_like_single_places():
    x, y = unit_xy(np.array([114.35, -70.0]), np.array([22.69, -33.0]))
    assert x.tolist() == pytest.approx([unit_x(114.35), unit_x(-70.0)])
    assert y.tolist() == pytest.approx([unit_y(22.69), unit_y(-33.0)])


@given(st.floats(3, 20), st.floats(0, 800), st.floats(0, 600), st.floats(-3, 3))
def test_zooming_keeps_the_place_under_the_pointer(zoom, px, py, step):
    view = Viewport(unit_x(HERE.lon), unit_y(HERE.lat), zoom, 800, 600)
    before = view.units(px, py)
    after = view.zoomed(zoom + step, px, py)
    x, y = after.screen(*before)
    # Edges lie on whole pixels, so a place may move by one.
    assert abs(x - px) <= 1.5
    assert abs(y - py) <= 1.5


def test_a_meter_is_as_long_as_the_view_says():
    view = Viewport(unit_x(HERE.lon), unit_y(HERE.lat), 17.0, 800, 600)
    one, other = moved(HERE, 90, 0), moved(HERE, 90, 100)
    wide = view.screen(unit_x(other.lon), 0)[0] - view.screen(unit_x(one.lon), 0)[0]
    assert wide == pytest.approx(100 * view.px_per_meter(), rel=0.002)


@pytest.mark.parametrize(("meters_per_px", "meters"), [(0.8, 100), (1.0, 100), (17.0, 2000), (0.1, 10)])
def test_the_scale_bar_is_a_round_number_that_fits(meters_per_px, meters):
    found, wide = scale_step(meters_per_px)
    assert found == meters
    assert wide <= 130


def test_tiles_of_the_offset_datum_are_moved_half_a_kilometre():
    box = QRectF(unit_x(HERE.lon), unit_y(HERE.lat), 256, 256)
    east, south = datum_shift(Datum.GCJ02, box)
    assert 300 < abs(east) + abs(south) < 1500
    assert datum_shift(Datum.CGCS2000, box) == (0.0, 0.0)


# -- grouping -------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 1000), st.integers(0, 4)), max_size=60))
def test_every_ticket_is_in_one_cluster_led_by_its_worst(rows):
    x, y = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    state = np.array([row[2] for row in rows], np.int8)
    clusters = clustered(x, y, state, np.zeros(len(rows), np.int8), 100.0)
    assert clusters.count.sum() == len(rows)
    seen = [clusters.members(k).tolist() for k in range(len(clusters.count))]
    assert sorted(member for members in seen for member in members) == list(range(len(rows)))
    for members, worst in zip(seen, clusters.worst.tolist(), strict=True):
        assert state[worst] == min(state[m] for m in members)
        assert len({(x[m] // 100, y[m] // 100) for m in members}) == 1


def test_panning_never_regroups(canvas):
    canvas.set_tickets(tickets(*((n * 13.0, n * 7.0, OK) for n in range(40))))
    look(canvas, 14.0)
    before = {(hit[1], hit[2]) for hit in canvas.visible_marks()}
    canvas.pan(57, -31)
    canvas.finish()
    assert {(hit[1], hit[2]) for hit in canvas.visible_marks()} == before


def test_far_away_tickets_are_one_mark_with_the_worst_and_near_they_are_single(canvas):
    canvas.set_tickets(tickets((0, 0, OK), (40, 0, OVERDUE), (80, 0, AT_RISK)))
    look(canvas, 12.0)
    (mark,) = canvas.visible_marks()
    assert mark[:2] == ("cluster", "t1")
    look(canvas, 17.5)
    assert sorted(hit[1] for hit in canvas.visible_marks()) == ["t0", "t1", "t2"]


# -- hands ----------------------------------------------------------------------------------------------


def test_a_click_tells_the_ticket_and_does_not_move_the_map(canvas, qtbot):
    canvas.set_tickets(tickets((100, 0, OK), (-200, 0, AT_RISK)))
    look(canvas, 17.0)
    before = canvas.view()
    with qtbot.waitSignal(canvas.ticket_clicked) as told:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=pixel(canvas, *at(-200, 0)))
    assert told.args == ["t1"]
    assert canvas.view() == before
    assert not canvas.is_locked()


def test_a_click_on_a_group_comes_nearer(canvas, qtbot):
    canvas.set_tickets(tickets((0, 0, OK), (60, 0, OK)))
    look(canvas, 13.0)
    place = canvas.visible_marks()[0]
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(place[3]), round(place[4])))
    assert canvas.view().zoom == pytest.approx(15.5)
    assert canvas.is_locked()


def test_tickets_on_one_spot_give_the_worst_one(canvas, qtbot):
    canvas.set_tickets(tickets((0, 0, OK), (0, 0, OVERDUE)))
    look(canvas, 18.0)
    with qtbot.waitSignal(canvas.ticket_clicked) as told:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=pixel(canvas, *at(0, 0)))
    assert told.args == ["t1"]


def test_a_drag_pans_and_locks(canvas, qtbot):
    look(canvas)
    before = canvas.view()
    with qtbot.waitSignal(canvas.view_locked_changed) as told:
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
        qtbot.mouseMove(canvas, QPoint(430, 320))
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(430, 320))
    assert told.args == [True]
    assert canvas.view().left == before.left - 30
    assert canvas.view().top == before.top - 20


def test_refreshed_data_never_move_a_locked_map(canvas):
    canvas.pan(40, 0)
    before = canvas.view()
    canvas.set_tickets(tickets((4000, 4000, OVERDUE)))
    canvas.set_areas([("grid", [square("440310001001009", 5000, 5000)])])
    canvas.select(Selection("t0", *at(4000, 4000)), bring=True)
    canvas.finish()
    assert canvas.view() == before


def test_r_frames_what_there_is(canvas, qtbot):
    canvas.pan(4000, 4000)
    qtbot.keyClick(canvas, Qt.Key.Key_R)
    assert not canvas.is_locked()
    west, north, east, south = canvas.view().box()
    assert west < unit_x(at(-1000, 0)[0]) < unit_x(at(1000, 0)[0]) < east
    assert north < unit_y(at(0, 500)[1]) < unit_y(at(0, -500)[1]) < south


def test_a_following_map_brings_the_chosen_ticket(canvas):
    canvas.select(Selection("t0", *at(300, 200)), bring=True)
    assert pixel(canvas, *at(300, 200)) == QPoint(400, 300)


def test_a_resize_keeps_the_middle_of_a_locked_map(canvas, qtbot):
    canvas.pan(100, 0)
    middle = (canvas.view().x, canvas.view().y)
    canvas.resize(500, 500)
    qtbot.waitUntil(lambda: canvas.view().width == 500)
    assert (canvas.view().x, canvas.view().y) == middle


def test_arrows_and_plus_move_and_lock(canvas, qtbot):
    look(canvas)
    before = canvas.view()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Plus):
        qtbot.keyClick(canvas, key)
    after = canvas.view()
    assert after.x > before.x
    assert after.y > before.y
    assert after.zoom > before.zoom
    assert canvas.is_locked()


def test_letters_that_the_map_does_not_know_go_to_its_window(qtbot, desk):
    heard = []

    class Window(QWidget):
        def keyPressEvent(self, event):
            heard.append(event.text())

    window = Window()
    qtbot.addWidget(window)
    canvas = MapCanvas(desk, parent=window)
    window.show()
    qtbot.keyClicks(canvas, "dw1")
    assert heard == ["d", "w", "1"]


def test_shift_drag_selects_the_tickets_of_an_area(canvas, qtbot):
    canvas.set_tickets(tickets((0, 0, OK), (100, 50, OK), (400, 0, OK)))
    look(canvas, 16.0)
    shift = Qt.KeyboardModifier.ShiftModifier
    start, end = pixel(canvas, *at(-50, 100)), pixel(canvas, *at(200, -50))
    with qtbot.waitSignal(canvas.area_selected) as told:
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, shift, start)
        qtbot.mouseMove(canvas, end)
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, shift, end)
    assert told.args == [("t0", "t1")]
    assert not canvas.is_locked()


def test_tab_walks_by_urgency_then_distance_and_leaves_at_the_end(canvas, qtbot):
    columns = tickets((300, 0, OK), (50, 0, OK), (200, 0, OK))
    columns.urgency[:] = (0, 2, 2)
    canvas.set_tickets(columns)
    look(canvas, 17.0)
    walked = []
    canvas.ticket_clicked.connect(walked.append)
    for _ in range(3):
        canvas.focusNextPrevChild(True)
        canvas.activate_cursor()
    assert walked == ["t0", "t1", "t2"]
    canvas.focusNextPrevChild(True)
    assert not canvas.activate_cursor()


def test_visible_marks_are_children_with_words(canvas, qtbot):
    canvas.set_tickets(tickets((0, 0, OK), (300, 0, OVERDUE)))
    canvas.set_cameras([CameraMark("c1", "C", *at(0, 100))])
    look(canvas, 16.0)
    qtbot.waitUntil(lambda: len(canvas.marker_names()) == 3)
    assert canvas.marker_names() == ("ticket t1 1", "ticket t0 1", "camera c1 1")
    names = {child.accessibleName() for child in canvas.findChildren(QWidget) if not child.isHidden()}
    assert {"ticket t0 1", "ticket t1 1", "camera c1 1"} <= names


# -- painting -------------------------------------------------------------------------------------------


def shot(canvas: MapCanvas) -> QImage:
    canvas.finish()
    return canvas.grab().toImage()


def count_color(image: QImage, color: QColor, near: QPoint, reach: int) -> int:
    spots = (
        (x, y) for x in range(near.x() - reach, near.x() + reach) for y in range(near.y() - reach, near.y() + reach)
    )
    return sum(
        1
        for x, y in spots
        if 0 <= x < image.width() and 0 <= y < image.height() and image.pixelColor(x, y).rgb() == color.rgb()
    )


def test_an_overdue_top_ticket_has_its_shape_and_a_red_ring(canvas, desk):
    canvas.set_tickets(tickets((0, 0, OVERDUE), urgency=0))
    canvas.set_layers(frozenset((Layer.TICKETS,)))
    look(canvas, 17.0)
    image, place = shot(canvas), pixel(canvas, *at(0, 0))
    assert count_color(image, desk.color("sla.overdue"), place, 8) > 20
    assert count_color(image, desk.color("urgency.top"), place, 14) > 8


def test_a_frozen_camera_is_dashed_and_a_live_one_filled(canvas, desk):
    land = desk.component("map", "land")
    canvas.set_layers(frozenset((Layer.CAMERAS,)))
    place = at(0, 60)
    for state, filled in (("live", True), ("frozen", False)):
        canvas.set_cameras([CameraMark("c", "C", *at(0, 0), 0.0, 90.0, 100.0, state)])
        look(canvas, 17.5)
        assert (shot(canvas).pixelColor(pixel(canvas, *place)).rgb() != land.rgb()) is filled


def test_ground_is_painted_and_a_theme_changes_it(canvas):
    ring = tuple(at(x, y) for x, y in ((-400, -400), (400, -400), (400, 400), (-400, 400), (-400, -400)))
    canvas.set_ground((GroundFeature(kind="water", polygons=((ring,),)),))
    canvas.set_layers(frozenset())
    look(canvas, 16.0)
    place = pixel(canvas, *at(37, 61))
    for name in ("dark", "light"):
        theme = Theme.load(name)
        canvas.apply_theme(theme)
        assert shot(canvas).pixelColor(place).rgb() == theme.component("map", "water").rgb()


def test_while_a_hand_zooms_the_old_picture_is_stretched(canvas):
    ring = tuple(at(x, y) for x, y in ((-900, -900), (900, -900), (900, 900), (-900, 900), (-900, -900)))
    canvas.set_ground((GroundFeature(kind="water", polygons=((ring,),)),))
    canvas.set_layers(frozenset())
    look(canvas, 15.0)
    canvas.zoom_by(1.3)
    assert not canvas.is_complete()
    place = QPoint(430, 280)
    assert canvas.grab().toImage().pixelColor(place).rgb() == canvas.theme.component("map", "water").rgb()


def test_the_map_comes_to_rest_by_itself(canvas, qtbot):
    canvas.zoom_by(1.0)
    qtbot.waitUntil(canvas.is_complete)
    assert canvas.is_complete()


def test_heat_reddens_where_tickets_lie(canvas, desk):
    canvas.set_tickets(tickets(*((n * 3.0, 0, OK) for n in range(-20, 20))))
    canvas.set_layers(frozenset((Layer.HEAT,)))
    look(canvas, 15.0)
    image = shot(canvas)
    hot, cold = image.pixelColor(pixel(canvas, *at(0, 0))), image.pixelColor(pixel(canvas, *at(0, 900)))
    assert hot.red() - hot.blue() > 20
    assert cold.rgb() == desk.component("map", "land").rgb()


def test_an_old_position_of_a_unit_is_no_mark(canvas):
    canvas.set_units(
        [
            UnitMark("new", "交警", *at(0, 0), 20.0),
            UnitMark("grey", "城管", *at(50, 0), 900.0),
            UnitMark("gone", "环卫", *at(0, 50), 1900.0),
        ]
    )
    look(canvas, 17.0)
    assert {hit[1] for hit in canvas.visible_marks()} == {"new", "grey"}


class Pictures:
    """A tile source that has every tile at once."""

    datum, zooms, tiling = Datum.WGS84, (3, 18), Tiling.MERCATOR

    def __init__(self, color: str) -> None:
        self.asked: list[tuple[int, int, int]] = []
        self._image = QImage(256, 256, QImage.Format.Format_RGB32)
        self._image.fill(QColor(color))

    def picture(self, zoom: int, column: int, row: int) -> QImage | None:
        self.asked.append((zoom, column, row))
        return self._image


def test_tiles_of_a_service_lie_over_the_drawn_ground(canvas):
    canvas.set_layers(frozenset())
    source = Pictures("#336699")
    canvas.set_raster(source)
    look(canvas, 15.4)
    assert shot(canvas).pixelColor(200, 217).name() == "#336699"
    assert {zoom for zoom, _, _ in source.asked} == {15}
    canvas.set_raster(None)
    assert shot(canvas).pixelColor(200, 217).name() != "#336699"


def test_names_of_areas_are_written_where_there_is_room(canvas):
    look(canvas, 16.0)
    written = shot(canvas)
    canvas.set_layers(frozenset())
    assert shot(canvas) != written


def test_every_theme_and_profile_paints(qtbot, theme):
    canvas = MapCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.set_tickets(tickets((0, 0, OVERDUE), (200, 0, OK)))
    canvas.show()
    canvas.select(Selection("t0", *at(0, 0), cameras=frozenset(("c",)), ring_text="50 米"))
    canvas.set_cameras([CameraMark("c", "C", *at(30, 0), 270.0, 60.0, 90.0)])
    look(canvas, 17.0)
    assert count_color(canvas.grab().toImage(), theme.component("map", "land"), QPoint(200, 150), 150) > 1000


def test_nothing_is_a_mark_at_a_pixel_without_one(canvas):
    canvas.set_tickets(tickets((0, 0, OK)))
    look(canvas, 17.0)
    assert canvas.hit_at(QPointF(20, 20)) is None
    assert canvas.hit_at(QPointF(400, 300))[1] == "t0"


def test_between_new_data_and_their_grouping_the_old_groups_are_painted_whole(canvas):
    canvas.set_tickets(tickets(*((n * 90.0, 0, OK) for n in range(9))))
    look(canvas, 17.0)
    canvas.set_tickets(tickets((0, 0, OVERDUE)))
    canvas.repaint()
    assert len(canvas.visible_marks()) > 1
    canvas.finish()
    assert [hit[1] for hit in canvas.visible_marks()] == ["t0"]


def test_paths_made_ahead_by_a_worker_are_the_ones_that_every_map_uses() -> None:
    line = ((106.0, 29.0), (106.1, 29.1))
    features = (GroundFeature(kind=CLASSES[0], lines=(line,)),)
    worker = threading.Thread(target=ground.prepare, args=(features,))
    worker.start()
    worker.join()
    made = ground._MADE[-1]
    assert made[0] is features
    assert ground.GroundPainter(features)._ground is made[2]

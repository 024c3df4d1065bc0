"""The camera wall, desk and wall: groups, tour, enlarging, snapshots, rights, and what is said without a server."""

import asyncio
from itertools import count

import pytest
import qasync
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from desktop.services.cameras.values import CameraLimits, TileState, TileView
from desktop.services.cameras.walls import BROUGHT
from desktop.services.values import Refusal
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.camera_wall import words
from desktop.views.camera_wall.ticket_strip import TicketCameras
from desktop.views.camera_wall.wall_window import CameraWallWindow
from desktop.views.camera_wall.window import CameraWindow
from desktop.views.queue.feed import TicketFeed
from desktop.views.queue.window import QueueWindow
from desktop.views.ticket.window import TicketWindow
from domain.cameras import CameraId, FailCode
from domain.ids import TicketId
from domain.ticket import Point
from domain.vocabulary import Role
from tests.patience import WAIT_S
from tests.qt.camera_stage import TOP, CameraStage, demo_register, ticket_before

pytestmark = pytest.mark.qt_log_ignore("qt.multimedia", ".*")
FAST = CameraLimits(still_every_s=1.0, start_gap_s=0.0, stills_at_once=16)
FIRST, LOST, RESTRICTED, NEVER = (CameraId(f"YS-{n:03d}") for n in (1, 10, 11, 16))


class Hall:
    """A stage and its windows on Qt's loop."""

    def __init__(self, qapp, folder) -> None:
        load_fonts()
        self._loop = qasync.QEventLoop(qapp)
        qapp.setQuitOnLastWindowClosed(False)
        self._folder = folder
        self._stages: list[CameraStage] = []
        self._windows: list = []
        self._numbers = count()

    def stage(self, **options) -> CameraStage:
        options.setdefault("limits", FAST)
        stage = CameraStage(self._folder / str(next(self._numbers)), loop=self._loop, **options)
        self._stages.append(stage)
        return stage

    def desk(self, stage: CameraStage) -> CameraWindow:
        return self._shown(CameraWindow(Theme.load(), stage.feed))

    def wall(self, stage: CameraStage, **options) -> CameraWallWindow:
        return self._shown(CameraWallWindow(Theme.load(profile="wall"), stage.feed, **options))

    def _shown(self, window):
        window.resize(1920, 1080)
        window.show()
        self._windows.append(window)
        return window

    def until(self, stage: CameraStage, condition) -> None:
        async def wait() -> None:
            news = asyncio.Event()
            stage.feed.changed.connect(lambda _: news.set())
            stage.feed._ticks.timeout.connect(news.set)
            async with asyncio.timeout(WAIT_S):
                while not condition():
                    news.clear()
                    await news.wait()

        self._loop.run_until_complete(wait())

    def close(self) -> None:
        for window in self._windows:
            window.close()
            window.deleteLater()
        for stage in self._stages:
            self._loop.run_until_complete(stage.stop())
        self._loop.close()


@pytest.fixture
def hall(qapp, tmp_path):
    hall = Hall(qapp, tmp_path)
    yield hall
    hall.close()


def states(window) -> dict[str, str]:
    grid = window._grid
    return {each: grid.cell(each).value().state for each in grid.ids()}


def test_the_wall_shows_the_first_named_wall_and_every_state(hall):
    stage = hall.stage(role=Role.WALL)
    window = hall.wall(stage)
    assert len(window._grid.ids()) == 16
    assert window._grid.cell(FIRST).value().state == "connecting"
    hall.until(stage, lambda: states(window)[FIRST] == "live" and states(window)[NEVER] == "never")
    assert states(window)[RESTRICTED] == "restricted"
    assert window._grid.cell(RESTRICTED).value().notice == "本屏无权查看"
    assert "无权限 1" in window._panel.accessibleName()
    assert window.cursor().shape() is Qt.CursorShape.BlankCursor


def test_a_restricted_camera_is_neither_asked_for_nor_shown_by_anybody_elses_right(hall):
    stage = hall.stage(role=Role.WALL)
    window = hall.wall(stage)
    hall.until(stage, lambda: states(window)[FIRST] == "live")
    assert not any(RESTRICTED in ids for ids in stage.asked)
    leader = hall.stage(role=Role.SHIFT_LEADER)
    desk = hall.desk(leader)
    hall.until(leader, lambda: states(desk)[RESTRICTED] in ("live", "still"))


def test_sizes_groups_and_tour(hall):
    stage = hall.stage()
    window = hall.desk(stage)
    control = window.show_control
    control.show_wall("")
    assert control.subtitle() == "全部视频 第 1 组，共 2 组"
    QTest.keyClick(window._grid, "]")
    assert window._grid.ids()[0] == "YS-017"
    QTest.keyClick(window._grid, "[")
    for size in (1, 4, 9, 25):
        control.show_size(size)
        assert len(window._grid.ids()) == min(size, 24)
        assert window._grid.ids()[0] == FIRST
    control.show_size(9)
    control.step_group(1)
    control.show_size(4)
    assert "YS-010" in window._grid.ids()  # what was on top stays in view
    QTest.keyClick(window._grid, Qt.Key.Key_Space)
    assert control.touring
    group = control.group
    control._on_tour()
    assert control.group == group + 1


def test_a_tour_fetches_the_next_group_before_it_comes(hall):
    stage = hall.stage()
    window = hall.wall(stage, name="", size=16)
    window.show_control._on_prepare()
    hall.until(stage, lambda: stage.feed.view(CameraId("YS-017")).picture is not None)
    window.show_control._on_tour()
    assert window._grid.cell(CameraId("YS-017")).value().picture is not None


def test_an_event_brings_tag_frame_and_a_slot(hall, tmp_path):
    register = demo_register(tmp_path / "r")
    ticket = ticket_before(register, "YS-014", 7, urgency=TOP)
    stage = hall.stage(register=register, tickets=[ticket], limits=CameraLimits(live=1, start_gap_s=0.0))
    window = hall.desk(stage)
    hall.until(stage, lambda: states(window)["YS-014"] == "live")
    value = window._grid.cell(CameraId("YS-014")).value()
    assert value.event
    assert value.tag_status == ("urgency", "top")
    assert "剩" in value.tag
    assert stage.feed.load.live <= 1


def test_enlarging_rests_the_others_and_escape_brings_them_back(hall):
    stage = hall.stage()
    window = hall.desk(stage)
    hall.until(stage, lambda: states(window)[FIRST] == "live")
    cell = window._grid.cell(FIRST)
    QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(cell, Qt.MouseButton.LeftButton)  # the second of two quick clicks means nothing
    assert window._grid.enlarged() == FIRST
    assert cell.width() == window._grid.width()
    hall.until(stage, lambda: stage.feed.load.live == 1)
    QTest.keyClick(window._grid, Qt.Key.Key_Escape)
    assert window._grid.enlarged() is None
    QTest.keyClick(window._grid, Qt.Key.Key_Return)
    assert window._grid.enlarged() == FIRST


def test_a_tap_enlarges_and_shrinks_and_keys_only_select(hall):
    stage = hall.stage()
    window = hall.desk(stage)
    grid = window._grid
    QTest.mouseClick(grid.cell(FIRST), Qt.MouseButton.LeftButton)
    assert (grid.enlarged(), grid.selected()) == (FIRST, FIRST)
    QTest.mouseClick(grid.cell(FIRST), Qt.MouseButton.LeftButton)
    assert (grid.enlarged(), grid.selected()) == (None, FIRST)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert (grid.enlarged(), grid.selected()) == (None, grid.ids()[1])
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert grid.enlarged() == grid.ids()[1]
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.enlarged() is None
    QTest.keyClick(grid, "L")  # while the order is unlocked a tap only selects: a hand drags there
    QTest.mouseClick(grid.cell(FIRST), Qt.MouseButton.LeftButton)
    assert (grid.enlarged(), grid.selected()) == (None, FIRST)


def test_a_snapshot_carries_its_watermark_and_goes_to_the_ticket_in_the_sector(hall, tmp_path):
    register = demo_register(tmp_path / "r")
    stage = hall.stage(register=register, tickets=[ticket_before(register, "YS-001", 7, urgency=TOP)])
    window = hall.desk(stage)
    hall.until(stage, lambda: states(window)[FIRST] == "live")
    taken: list[tuple[TicketId | None, QImage]] = []
    window.snapshot_taken.connect(lambda ticket_id, image: taken.append((ticket_id, image)))
    window.show_camera(FIRST)
    QTest.keyClick(window._grid, "P")
    ticket_id, image = taken[0]
    assert ticket_id == "181009-0007"
    picture = stage.feed.view(FIRST).picture
    assert image.width() == picture.width()
    assert image.height() > picture.height()
    band = image.copy(0, picture.height(), image.width(), image.height() - picture.height())
    lights = [band.pixelColor(x, y).lightness() for x in range(band.width()) for y in range(band.height())]
    assert max(lights) > 150 > sorted(lights)[len(lights) // 2]  # light words on a dark band
    assert "截图已作为证据存入工单 181009-0007" in window._told.text()
    kind, command = stage.bridge.commander.acts[0]
    assert (kind, command.ticket, command.photo.media_type) == ("evidence", "181009-0007", "image/jpeg")
    assert command.taken_at == stage.bridge.clock.now_business()
    assert "石浦路下穿南口" in command.text
    assert QImage.fromData(stage.bridge.files[0]).size() == image.size()
    window.show_camera("YS-005")
    stage.bridge.view_ticket(TicketId("181009-0042"))
    hall.until(stage, lambda: stage.feed.view(CameraId("YS-005")).picture is not None)
    QTest.keyClick(window._grid, "P")
    assert taken[1][0] == "181009-0042"


def test_a_snapshot_without_a_ticket_or_one_that_is_not_kept_is_said(hall):
    stage = hall.stage()
    window = hall.desk(stage)
    hall.until(stage, lambda: states(window)[FIRST] == "live")
    window.show_camera(FIRST)
    QTest.keyClick(window._grid, "P")
    assert "先在队列或地图打开一件" in window._told.text()
    assert stage.bridge.files == []
    stage.bridge.view_ticket(TicketId("181009-0042"))
    stage.bridge.online = False
    QTest.keyClick(window._grid, "P")
    assert window._told.text() == "截图已存本机，联动服务恢复后送到工单 181009-0042"
    assert len(stage.bridge.commander.acts) == 1
    stage.bridge.commander.acts.clear()
    stage.bridge.blob_answer = Refusal("storage_full")
    QTest.keyClick(window._grid, "P")
    assert window._told.text().startswith("截图没有存入：")
    assert stage.bridge.commander.acts == []


def test_no_snapshot_of_what_may_not_be_seen(hall):
    stage = hall.stage()
    window = hall.desk(stage)
    taken: list[object] = []
    window.snapshot_taken.connect(lambda *args: taken.append(args))
    window.show_camera(RESTRICTED)
    QTest.keyClick(window._grid, "P")
    assert taken == []
    button = window._actions.button("snapshot")
    assert not button.isEnabled()
    assert button.reason() == "本席无权查看"


def test_a_ticket_is_made_at_the_camera(hall):
    stage = hall.stage()
    window = hall.desk(stage)
    form = window._report_form.form
    QTest.keyClick(window._grid, "T")
    assert form.isHidden()
    assert "没有选中视频" in window._told.text()
    window.show_camera("YS-003")
    QTest.keyClick(window._grid, "T")
    items = stage.bridge.reference.items
    form.input("item").setText("没有这样的事")
    form.input("text").setPlainText("路面有积水")
    form.submit()
    assert "清单里没有这样的事项" in form.error()
    name = next(item.name for item in items if [each.name for each in items].count(item.name) == 1)
    form.input("item").setText(name)
    form.submit()
    assert form.isHidden()
    command, ticket = stage.bridge.commander.given[0]
    camera = stage.register.camera("YS-003")
    assert ticket is None
    assert (command.source, command.area, command.point) == ("camera", camera.area, camera.point)
    assert command.text == "路面有积水"


def test_who_may_not_report_is_told_why(hall):
    stage = hall.stage(role=Role.CALLER)
    window = hall.desk(stage)
    window.show_camera("YS-003")
    QTest.keyClick(window._grid, "T")
    assert window._told.text() == "本席不能登记工单"
    assert stage.bridge.commander.given == []


def test_order_changes_only_when_unlocked(hall):
    stage = hall.stage()
    window = hall.desk(stage)
    grid = window._grid
    before = grid.ids()

    def drag() -> None:
        source, target = grid.cell(grid.ids()[0]).geometry().center(), grid.cell(grid.ids()[1]).geometry().center()
        QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=QPoint(source))
        QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=QPoint(target))

    drag()
    assert grid.ids() == before
    QTest.keyClick(grid, "L")
    drag()
    assert grid.ids()[:2] == (before[1], before[0])


def test_pictures_change_nothing_that_a_hand_chose(hall):
    stage = hall.stage()
    window = hall.desk(stage)
    window.show_camera("YS-006")
    order = window._grid.ids()
    stage.tell()  # the register comes again
    hall.until(stage, lambda: states(window)["YS-006"] == "live")
    assert window._grid.selected() == "YS-006"
    assert window._grid.ids() == order


def test_without_a_register_it_says_never_and_with_an_empty_one_what_to_do(hall):
    from backend.cameras import CameraRegister

    stage = hall.stage()
    stage.bridge.topics.values.pop("cameras")
    empty = CameraRegister(hall._folder / "empty")
    other = hall.stage(register=empty)
    window, wall = hall.desk(other), hall.wall(other)
    assert window._message.text() == "没有登记视频。请管理员导入点位表。"
    assert wall._message.text() == "没有登记视频。请管理员导入点位表。"


def test_server_away_before_any_address_was_known(hall):
    stage = hall.stage()
    stage.answering = False
    window = hall.desk(stage)
    hall.until(stage, lambda: states(window)[FIRST] == "never")
    assert window._grid.cell(FIRST).value().reason == "服务断开，取不到地址"
    stage.answering = True
    hall.until(stage, lambda: states(window)[FIRST] == "live")


def test_nothing_is_fetched_for_a_hidden_window(hall):
    stage = hall.stage()
    window = hall.desk(stage)
    hall.until(stage, lambda: states(window)[FIRST] == "live")
    window.hide()
    hall.until(stage, lambda: stage.desk.idle)
    asked = len(stage.asked)
    assert not stage.feed._ticks.isActive()
    assert len(stage.asked) == asked


def test_health_of_the_whole_register(hall):
    stage = hall.stage()
    window = hall.desk(stage)
    stage.tell_health(**{"YS-010": "unreachable", "YS-016": "login"})
    assert "全区视频 22 / 24；2 路断开" in window._panel.accessibleName()
    camera = stage.feed.cameras[CameraId("YS-010")]
    assert not stage.feed.sees(camera)


def test_a_tickets_cameras_nearest_first_and_only_those_that_see(hall, tmp_path):
    register = demo_register(tmp_path / "r")
    ticket = ticket_before(register, "YS-001", 7)
    stage = hall.stage(register=register, tickets=[ticket])
    cameras = TicketCameras(Theme.load(), stage.feed)
    cameras.show_ticket(ticket)
    first = cameras.strip.cameras()[0]
    assert (first.id, first.cover, first.distance) == ("YS-001", "覆盖", "75 米")
    hall.until(stage, lambda: cameras.strip.cameras()[0].picture is not None)
    assert stage.feed.load.live == 0  # a strip takes stills only
    stage.tell_health(**{"YS-001": "unreachable"})
    chosen: list[str] = []
    cameras.camera_chosen.connect(chosen.append)
    cameras.strip.activated.emit("YS-001")
    assert chosen == ["YS-001"]
    cameras.show_ticket(None)
    assert cameras.strip.cameras() == ()


def test_the_ticket_window_names_the_cameras_that_cover_it_and_fetches_only_while_it_is_seen(hall, tmp_path):
    register = demo_register(tmp_path / "r")
    ticket = ticket_before(register, FIRST, 7)
    stage = hall.stage(register=register, tickets=[ticket])
    window = TicketWindow(Theme.load(), stage.bridge, TicketFeed(stage.bridge))
    window.set_camera_feed(stage.feed)
    hall._shown(window)
    window.open_ticket(ticket.id)
    strip = window._side_pane.cameras.strip
    assert strip.cameras()[0].id == FIRST
    assert strip.cameras()[0].cover == "覆盖"
    assert [each.covers for each in strip.cameras()] == sorted((each.covers for each in strip.cameras()), reverse=True)
    hall.until(stage, lambda: strip.cameras()[0].picture is not None)
    chosen = []
    window.camera_requested.connect(chosen.append)
    strip.activated.emit(FIRST)
    assert chosen == [FIRST]
    window.hide()
    assert not stage.feed._viewers


def test_the_queue_names_the_cameras_of_the_selected_ticket_and_fetches_only_while_it_is_seen(hall, tmp_path):
    register = demo_register(tmp_path / "r")
    ticket = ticket_before(register, FIRST, 7)
    stage = hall.stage(register=register, tickets=[ticket])
    window = hall._shown(QueueWindow(Theme.load(), stage.bridge, TicketFeed(stage.bridge)))
    window.set_cameras(lambda: stage.feed)
    assert window.cameras.strip is None  # nothing is read before a ticket is selected
    assert window.select_ticket(ticket.id)
    window.cameras._first.timeout.emit()
    strip = window.cameras.strip
    assert strip.cameras()[0].id == FIRST
    hall.until(stage, lambda: strip.cameras()[0].picture is not None)
    assert strip.isVisibleTo(window)
    chosen = []
    window.camera_requested.connect(chosen.append)
    strip.activated.emit(FIRST)
    assert chosen == [FIRST]
    window.release()
    assert strip.cameras() == ()
    assert not stage.feed._viewers
    window.select_ticket(ticket.id)
    hall.until(stage, lambda: bool(stage.feed._viewers))
    window.hide()
    assert not stage.feed._viewers


def test_the_light_theme_and_larger_text(hall):
    stage = hall.stage()
    window = hall.desk(stage)
    hall.until(stage, lambda: states(window)[FIRST] == "live")
    window.apply_theme(Theme.load("light", scale=1.3))
    assert window._grid.cell(FIRST).value().state == TileState.LIVE.value
    assert window._panel.width() == Theme.load("light", scale=1.3).space("xl") * 9


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "静图 1 秒"), (31.9, "静图 31 秒"), (131, "静图 2 分 11 秒"), (7200, "静图 2 小时")]
)
def test_the_age_of_a_still(qapp, seconds, text):
    view = TileView(id=FIRST, state=TileState.STILL, age_s=seconds)
    assert words.state_text(Theme.load(), view) == text


def test_every_code_has_its_words():
    assert all(words.fail_word(code) for code in FailCode)
    assert words.fail_word("a code of a newer server") == ""
    assert words.fail_word(None) == ""
    lost = TileView(id=FIRST, state=TileState.LOST, tries=3, retry_in_s=8.2, code=FailCode.LOGIN)
    assert (words.notice(lost, wall=True), words.reason(lost)) == ("第 3 次重连，8 秒后", "口令不对")
    frozen = TileView(id=FIRST, state=TileState.FROZEN, unchanged_s=131.4)
    assert words.notice(frozen, wall=False) == "画面 2 分 11 秒未变"


def test_an_alarm_turns_a_wall_to_its_cameras_and_a_desk_only_offers_them(hall):
    stage = hall.stage()
    desk, wall = hall.desk(stage), hall.wall(stage)
    before = (desk.show_control.wall.name, wall.show_control.wall.name, wall._grid.ids())
    place = stage.register.camera("YS-014").point
    ids = stage.feed.bring_near(place)
    assert "YS-014" in ids
    assert 1 <= len(ids) <= 4
    assert wall._grid.ids() == ids
    assert wall.show_control.subtitle() == "告警附近"
    assert desk.show_control.wall.name == before[0]  # the hand wins: nothing moves under a person
    assert BROUGHT in [wall.name for wall in stage.feed.walls]
    assert desk._walls.chip(BROUGHT).accessibleName().startswith("告警附近")
    seen = next(each for each in ids if stage.feed.view(each).state is not TileState.RESTRICTED)
    hall.until(stage, lambda: stage.feed.view(seen).state is TileState.LIVE)
    wall.show_control._back.timeout.emit()
    assert (wall.show_control.wall.name, wall._grid.ids()) == before[1:]
    stage.feed.bring(())
    assert BROUGHT not in [each.name for each in stage.feed.walls]


def test_an_alarm_far_from_every_camera_changes_nothing(hall):
    stage = hall.stage()
    wall = hall.wall(stage)
    before = wall._grid.ids()
    assert stage.feed.bring_near(Point(0.0, 0.0)) == ()
    assert wall._grid.ids() == before

"""From any desk window to the wall: W asks for the screen, and a drag goes onto a screen in the director. Real mouse and keys."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.windows import Windows
from desktop.services.topics import Topic
from desktop.settings import Settings
from desktop.theme.assets import load_fonts
from desktop.views.shell import DeskWindow
from desktop.views.wall_director.window import DirectorWindow
from domain.cameras import TOPIC as CAMERAS
from domain.cameras import Camera, CameraId, CameraList
from domain.ids import SeatId
from domain.wall import targets
from domain.wall.commands import Apply
from domain.wall.kind import NAME, wall_id
from domain.wall.values import Content, Screen, Wall
from tests.patience import WHOLE_S
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW

ROOT = Path(__file__).resolve().parents[3]
INSIDE = "LIANDONG_TEST_TWO_SCREENS"
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "multimedia", "pipewire")


@pytest.mark.skipif(INSIDE in os.environ, reason="is the process with two screens")
def test_on_a_desk_of_two_screens(tmp_path: Path) -> None:
    """The tests below run in a process whose Qt has two screens: the director stands on the second one."""
    screens = [{"name": f"D{n}", "x": n * 1920, "y": 0, "width": 1920, "height": 1080, "dpr": 1} for n in (0, 1)]
    file = tmp_path / "screens.json"
    file.write_text(json.dumps({"screens": screens}))
    environment = dict(os.environ, QT_QPA_PLATFORM=f"offscreen:configfile={file}", **{INSIDE: "1"})
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", __file__]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=WHOLE_S, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert "passed" in done.stdout


@pytest.fixture(autouse=True)
def _inside(request: pytest.FixtureRequest) -> None:
    if INSIDE not in os.environ and request.function is not test_on_a_desk_of_two_screens:
        pytest.skip("runs in the process with two screens")


@pytest.fixture
def bridge() -> FakeBridge:
    bridge = FakeBridge()
    screens = tuple(Screen(number=n, left=(n - 1) * 1920) for n in (1, 2, 3))
    wall = Wall(id=wall_id("主屏"), version=1, changed_at=NOW, name="主屏", screens=screens, holder=SeatId("1"))
    bridge.mirror.documents[NAME] = {wall.id: wall}
    listed = CameraList(
        version=1,
        cameras=tuple(
            Camera(id=CameraId(f"SP-{n}"), name=f"路口 {n}", kind="bullet", rights=("leader",)) for n in (1, 2)
        ),
    )
    bridge.topics.values[CAMERAS] = Topic(CAMERAS, 1, NOW, listed)
    return bridge


@pytest.fixture
def hall(qapp, bridge: FakeBridge) -> Iterator[Windows]:
    load_fonts()
    made = Windows(bridge, Settings(), remember=False)  # type: ignore[arg-type]
    yield made
    made.close_all()


@pytest.fixture
def open_beside(hall: Windows, qtbot) -> Callable[[str], DeskWindow]:
    """A window beside the director: nothing lies over anything."""

    def open_it(key: str) -> DeskWindow:
        window = hall.open(key)
        assert isinstance(window, DeskWindow)
        window.setGeometry(0, 0, 1400, 800)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return open_it


@pytest.fixture
def director(hall: Windows, qtbot) -> DirectorWindow:
    window = hall.open("wall_director")
    assert isinstance(window, DirectorWindow)
    window.setGeometry(1920, 0, 1400, 800)
    qtbot.waitUntil(window.isVisible)
    return window


def drag(source: QWidget, at: QPoint, director: DirectorWindow, number: int, held=NONE) -> None:
    """Press, move in steps as a hand does, let go over a screen of the wall."""
    there = director.canvas.mapToGlobal(director.canvas.places()[number].center().toPoint())
    QTest.mousePress(source, LEFT, held, at)
    for share in (0.02, 0.5, 1.0):
        point = source.mapFromGlobal(source.mapToGlobal(at) + (there - source.mapToGlobal(at)) * share)
        QTest.mouseMove(source, point)
        QApplication.sendPostedEvents()
    QTest.mouseRelease(source, LEFT, held, source.mapFromGlobal(there))


def staged(director: DirectorWindow) -> dict[int, list[Content]]:
    return {number: list(contents) for number, contents in director.feed.staged.items()}


def test_a_ticket_is_dragged_from_the_queue_onto_a_screen(open_beside, director: DirectorWindow) -> None:
    queue = open_beside("queue")
    view = queue.table_pane.view
    ticket = next(row for row in map(queue.table.ticket_row, range(queue.table.rowCount())) if row is not None)
    at = view.visualRect(queue.table.index(queue.table.position(ticket.id), 3)).center()
    drag(view.viewport(), at, director, 2)
    assert staged(director) == {2: [targets.ticket_on_wall(ticket.id)]}
    assert QApplication.overrideCursor() is None


def test_a_camera_is_dragged_from_the_camera_window_onto_a_screen(open_beside, director: DirectorWindow) -> None:
    cameras = open_beside("cameras")
    cell = cameras._grid.cells()[1]
    drag(cell, cell.rect().center(), director, 3)
    assert staged(director) == {3: [targets.camera_on_wall("SP-2")]}


def test_while_cells_are_put_in_order_none_goes_to_the_wall(open_beside, director: DirectorWindow) -> None:
    cameras = open_beside("cameras")
    cameras._grid.unlocked = True
    cell = cameras._grid.cells()[1]
    drag(cell, cell.rect().center(), director, 3)
    assert staged(director) == {}


def test_a_place_is_dragged_from_the_map_with_ctrl_and_the_map_stays(open_beside, director: DirectorWindow) -> None:
    window = open_beside("map")
    at = QPoint(200, 300)
    before, place = window.canvas.view(), window.canvas.place_at(at.toPointF())
    drag(window.canvas, at, director, 1, Qt.KeyboardModifier.ControlModifier)
    [content] = staged(director)[1]
    found = targets.place_of(content.target)
    assert found is not None
    assert (found.lon, found.lat) == pytest.approx(place, abs=1e-5)
    assert window.canvas.view() == before


def test_a_plain_drag_on_the_map_moves_the_map_and_stages_nothing(open_beside, director: DirectorWindow) -> None:
    window = open_beside("map")
    before = window.canvas.view()
    drag(window.canvas, QPoint(200, 300), director, 1)
    assert staged(director) == {}
    assert window.canvas.view() != before


@pytest.mark.parametrize(
    ("key", "view"),
    [("queue", "wall_queue"), ("kpi_board", "wall_kpi_board"), ("inspection", "wall_inspection"), ("map", "wall_map")],
)
def test_the_handle_in_the_top_bar_drags_what_the_window_shows(
    open_beside, director: DirectorWindow, key: str, view: str
) -> None:
    handle = open_beside(key).top_bar.wall_handle
    assert handle.isVisible()
    drag(handle, handle.rect().center(), director, 2)
    assert [content.view for content in staged(director)[2]] == [view]


def test_a_window_of_which_a_wall_has_no_copy_has_no_handle(open_beside) -> None:
    assert not open_beside("handover").top_bar.wall_handle.isVisible()


def test_let_go_beside_a_screen_nothing_is_staged(open_beside, director: DirectorWindow) -> None:
    queue = open_beside("queue")
    view = queue.table_pane.view
    QTest.mousePress(view.viewport(), LEFT, NONE, QPoint(300, 40))
    QTest.mouseMove(view.viewport(), QPoint(300, 300))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, QPoint(300, 300))
    assert staged(director) == {}
    assert QApplication.overrideCursor() is None


def test_w_asks_for_the_screen_a_digit_stages_and_ctrl_enter_applies(
    hall: Windows, bridge: FakeBridge, open_beside, qtbot
) -> None:
    queue = open_beside("queue")
    ticket = next(row for row in map(queue.table.ticket_row, range(queue.table.rowCount())) if row is not None)
    queue.select_ticket(ticket.id)
    qtbot.keyClick(queue.table_pane.view, Qt.Key.Key_W)
    sheet = hall.to_wall.sheet
    assert sheet is not None
    assert sheet.isVisible()
    assert ticket.id in sheet.accessibleName()
    qtbot.keyClick(sheet, Qt.Key.Key_7)
    assert "没有屏 7" in sheet.hint()
    qtbot.keyClick(sheet, Qt.Key.Key_2)
    assert "屏 2 待应用" in sheet.hint()
    assert bridge.commander.acts == []
    qtbot.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bridge.commander.acts == [(NAME, Apply(screens={2: (targets.ticket_on_wall(ticket.id),)}))]
    assert hall.to_wall.sheet is None


def test_esc_leaves_what_is_staged_for_the_director(
    hall: Windows, director: DirectorWindow, open_beside, qtbot
) -> None:
    board = open_beside("kpi_board")
    qtbot.keyClick(board, Qt.Key.Key_W)
    assert hall.to_wall.sheet is not None
    qtbot.keyClick(hall.to_wall.sheet, Qt.Key.Key_3)
    qtbot.keyClick(hall.to_wall.sheet, Qt.Key.Key_Escape)
    assert hall.to_wall.sheet is None
    assert staged(director) == {3: [Content("wall_kpi_board")]}


def test_a_seat_without_the_control_is_told_who_has_it(hall: Windows, bridge: FakeBridge, open_beside, qtbot) -> None:
    wall = bridge.mirror.documents[NAME][wall_id("主屏")]
    bridge.mirror.documents[NAME][wall.id] = Wall(
        id=wall.id, version=2, changed_at=NOW, name="主屏", screens=wall.screens, holder=SeatId("4")
    )
    board = open_beside("kpi_board")
    qtbot.keyClick(board, Qt.Key.Key_W)
    sheet = hall.to_wall.sheet
    assert sheet is not None
    qtbot.keyClick(sheet, Qt.Key.Key_1)
    qtbot.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "控制权 4 席" in sheet.hint()
    assert bridge.commander.acts == []


def test_without_a_wall_it_says_how_to_get_one_and_0_opens_it_here(
    hall: Windows, bridge: FakeBridge, open_beside, qtbot
) -> None:
    bridge.mirror.documents[NAME] = {}
    bridge.documents_changed.emit(NAME)
    board = open_beside("kpi_board")
    qtbot.keyClick(board, Qt.Key.Key_W)
    sheet = hall.to_wall.sheet
    assert sheet is not None
    assert "没有大屏登记" in sheet.canvas.accessibleName()
    qtbot.keyClick(sheet, Qt.Key.Key_0)
    assert "wall_kpi_board" in hall.shown()

"""Small pictures in the director: where each is from, how old it is, and never one of something else."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.views.wall_director import previews as module
from desktop.views.wall_director.feed import WallFeed
from desktop.views.wall_director.previews import OLD_S, Previews
from desktop.views.wall_director.window import DirectorWindow
from domain.ids import SeatId
from domain.wall.commands import KeepRule, KeepScene
from domain.wall.kind import NAME
from domain.wall.values import Content, Picture, Rule, RuleKind, Scene, Shown
from protocol.walls import PicturesReply, ScreenPicture
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW
from tests.qt.views.test_wall_director import ID, Seconds, a_jpeg, a_wall

QUEUE, MAP = Content("wall_queue"), Content("wall_map")
RED = QColor(200, 0, 0)


def plain() -> QImage:
    image = QImage(32, 18, QImage.Format.Format_RGB32)
    image.fill(0)
    return image


class Painted(QWidget):
    """A wall view of one colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), RED)
        self.setPalette(palette)
        self.setAutoFillBackground(True)


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def bridge() -> FakeBridge:
    bridge = FakeBridge()
    scenes = {"夜间": Scene("夜间", {1: (MAP,)}), "日常": Scene("日常", {1: (QUEUE,)})}
    rules = {"夜": Rule("夜", RuleKind.TIME, "夜间")}
    hung = Picture(base={1: Shown((QUEUE,), NOW), 2: Shown((QUEUE,), NOW)})
    bridge.mirror.documents[NAME] = {ID: a_wall(holder=SeatId("1"), scenes=scenes, rules=rules, picture=hung)}
    return bridge


@pytest.fixture
def director(qtbot, bridge: FakeBridge, seconds: Seconds) -> DirectorWindow:
    feed = WallFeed(bridge, monotonic=seconds)  # type: ignore[arg-type]
    window = DirectorWindow(Theme.load(), bridge, feed)  # type: ignore[arg-type]
    qtbot.addWidget(window)
    return window


def of_wall(director: DirectorWindow, shows: Content | None, age_s: float = 1.0) -> None:
    screens = {1: ScreenPicture(n=1, age_s=age_s, jpeg=a_jpeg(), shows=shows)}
    director.feed.take(PicturesReply(age_s, screens))
    director.refresh()


def note(director: DirectorWindow, view: str) -> str:
    library = director.library
    return library.note_of(next(entry for entry in library._entries if entry.id == view))


def test_a_view_that_nobody_painted_has_no_picture(director: DirectorWindow) -> None:
    assert "还没有画面" in note(director, "wall_queue")
    assert director.feed.previews.of(QUEUE) is None


def test_what_a_wall_showed_is_the_picture_of_that_view_alone_and_grows_old(
    director: DirectorWindow, seconds: Seconds
) -> None:
    of_wall(director, QUEUE)
    assert "墙上 1.0 秒前" in note(director, "wall_queue")
    assert "还没有画面" in note(director, "wall_map")
    seconds.now += 300
    director.refresh()
    assert "墙上 5 分钟前" in note(director, "wall_queue")


def test_a_picture_of_an_unknown_view_is_the_picture_of_none(director: DirectorWindow) -> None:
    of_wall(director, None)
    assert "还没有画面" in note(director, "wall_queue")


def test_a_picture_of_what_hung_there_before_says_what_it_is(director: DirectorWindow) -> None:
    of_wall(director, MAP)
    assert "画面还是 地图大屏" in director.canvas.accessibleName()
    of_wall(director, QUEUE)
    assert "画面还是" not in director.canvas.accessibleName()


def test_an_older_picture_takes_no_newer_ones_place() -> None:
    kept, late, newer = plain(), plain(), plain()
    previews = Previews(None, monotonic=lambda: 100.0)
    previews.take(QUEUE, kept, 90.0)
    previews.take(QUEUE, late, 80.0)
    found = previews.of(Content("wall_queue", seconds=60))
    assert found is not None
    assert found.image is kept
    assert previews.age_s(found) == 10.0
    previews.take(QUEUE, newer, 95.0)
    assert previews.of(QUEUE) == module.Preview(newer, 95.0, from_wall=True)


def test_the_desk_paints_its_own_copy_once_keeps_it_and_says_so(
    director: DirectorWindow, seconds: Seconds, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr(module, "READY_MS", 0)
    made: list[str] = []

    def make(content: Content, room: QWidget) -> QWidget | None:
        made.append(content.view)
        return Painted(room) if content.view == "wall_overview" else None

    previews = director.feed.previews
    previews.paint_with(make)
    with qtbot.waitSignal(previews.changed):
        previews.paint_next()
    found = previews.of(Content("wall_overview"))
    assert found is not None
    assert found.image.pixelColor(160, 90) == RED
    assert not found.from_wall
    assert "本席" in note(director, "wall_overview")
    for _ in range(8):
        previews.paint_next()
    assert len(made) == len(set(made)) == 5  # each once; those that this desk cannot make are not tried again
    assert "wall_cameras" not in made  # the desk's rights are not the wall's
    seconds.now += OLD_S + 1
    with qtbot.waitSignal(previews.changed):
        previews.paint_next()
    assert made[5:] == ["wall_overview"]


def test_what_is_staged_stands_before_and_after_in_pictures(director: DirectorWindow) -> None:
    of_wall(director, QUEUE)
    director.feed.previews.take(MAP, plain(), 99.0)
    director.feed.stage(1, MAP)
    (change,) = director.staged._changes
    assert (change.before, change.after) == ("临期与超期", "地图大屏")
    assert change.before_image is director.feed.images[1]
    assert change.after_image is not None
    assert change.note == "前图 墙上 1.0 秒前 · 后图 墙上 1.0 秒前"


def test_a_scene_shows_its_screens_where_they_stand_and_which_would_change(director: DirectorWindow) -> None:
    night, day = director.scenes._cards
    assert [(screen.word, screen.other) for screen in night.plan] == [("地图", True), ("", False)]
    assert [screen.other for screen in day.plan] == [False, False]
    assert (night.on, day.on) == (False, True)
    assert [screen.rect[0] for screen in day.plan] == [0, 1920]


def press(widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(widget, key)


def given(bridge: FakeBridge, kind: type) -> object:
    return next(command for _, command in bridge.commander.acts if isinstance(command, kind))


def test_the_library_is_walked_in_both_directions(director: DirectorWindow) -> None:
    seen: list[str] = []
    note_it: Callable[[], None] = lambda: seen.append(director.library.current.id)  # noqa: E731
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up):
        press(director.library, key)
        note_it()
    assert seen == ["wall_queue", "wall_cameras", "wall_map", "wall_overview", "wall_overview"]


def test_a_rule_is_switched_off_by_the_space_bar(director: DirectorWindow, bridge: FakeBridge) -> None:
    press(director.side.rules, Qt.Key.Key_Space)
    rule = bridge.mirror.documents[NAME][ID].rules["夜"]
    assert given(bridge, KeepRule) == KeepRule(rule=replace(rule, on=False))


def test_a_scene_becomes_a_night_scene_by_minus(director: DirectorWindow, bridge: FakeBridge) -> None:
    press(director.scenes, Qt.Key.Key_Minus)
    assert given(bridge, KeepScene) == KeepScene(name="夜间", screens={1: (MAP,)}, night=True)

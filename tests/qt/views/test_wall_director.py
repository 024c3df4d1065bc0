"""The director window without a backend: what its head and its screens say about the wall."""

import base64
from collections.abc import Callable

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from desktop.theme.theme import Theme
from desktop.views.wall_director.feed import WallFeed
from desktop.views.wall_director.window import DirectorWindow
from domain.ids import SeatId
from domain.wall.kind import NAME, wall_id
from domain.wall.values import Screen, Wall
from protocol.walls import PicturesReply, ScreenPicture
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW

ID = wall_id("主屏")


def a_wall(**changes: object) -> Wall:
    screens = tuple(Screen(number=n, left=(n - 1) * 1920) for n in (1, 2))
    given = {"id": ID, "version": 1, "changed_at": NOW, "name": "主屏", "screens": screens, **changes}
    return Wall(**given)  # type: ignore[arg-type]


def a_jpeg() -> str:
    image = QImage(32, 18, QImage.Format.Format_RGB32)
    image.fill(0)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")  # type: ignore[call-overload]
    return base64.b64encode(bytes(buffer.data().data())).decode("ascii")


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def bridge() -> FakeBridge:
    bridge = FakeBridge()
    bridge.mirror.documents[NAME] = {ID: a_wall(holder=SeatId("1"))}
    return bridge


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def open_director(qtbot, bridge: FakeBridge, seconds: Seconds) -> Callable[[], DirectorWindow]:
    def open_it() -> DirectorWindow:
        feed = WallFeed(bridge, monotonic=seconds)  # type: ignore[arg-type]
        window = DirectorWindow(Theme.load(), bridge, feed)  # type: ignore[arg-type]
        qtbot.addWidget(window)
        return window

    return open_it


def test_the_head_tells_the_age_of_the_oldest_picture_below_it_not_of_the_last_word_of_the_host(
    open_director, seconds: Seconds
) -> None:
    window = open_director()
    jpeg = a_jpeg()
    pictures = {1: ScreenPicture(n=1, age_s=0.4, jpeg=jpeg), 2: ScreenPicture(n=2, age_s=2.9, jpeg=jpeg)}
    window.feed.take(PicturesReply(0.4, pictures))
    assert "画面 2.9 秒前" in window.head.text()
    seconds.now += 5.0
    window.refresh()
    assert "画面 7.9 秒前" in window.head.text()


def test_a_picture_that_did_not_come_again_grows_old_and_stays(open_director, seconds: Seconds) -> None:
    window = open_director()
    jpeg = a_jpeg()
    window.feed.take(PicturesReply(0.0, {n: ScreenPicture(n=n, age_s=0.0, jpeg=jpeg) for n in (1, 2)}))
    seconds.now += 4.0
    # The answer was full: the picture of screen 2 comes with the next one.
    window.feed.take(PicturesReply(0.2, {1: ScreenPicture(n=3, age_s=0.2, jpeg=jpeg)}))
    assert window.feed.image_age_s(1) == pytest.approx(0.2)
    assert window.feed.image_age_s(2) == pytest.approx(4.0)
    assert "画面 4.0 秒前" in window.head.text()


def test_a_desk_without_a_line_does_not_call_its_pictures_new(open_director, seconds: Seconds) -> None:
    window = open_director()
    window.feed.take(PicturesReply(0.4, {1: ScreenPicture(n=1, age_s=0.4, jpeg=a_jpeg())}))
    seconds.now += 60.0
    window.refresh()
    assert "主机未接通" in window.head.text()
    assert "1 分钟前" in window.canvas.accessibleName()


def test_a_picture_that_cannot_be_read_is_asked_for_again(open_director) -> None:
    window = open_director()
    window.feed.take(PicturesReply(0.0, {1: ScreenPicture(n=7, age_s=0.0, jpeg="AAAA")}))
    assert 1 not in window.feed.pictures
    assert window.feed.image_age_s(1) is None

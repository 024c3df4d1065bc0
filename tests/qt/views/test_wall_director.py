"""The director window without a backend: what its head and its screens say about the wall."""

import base64
from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage

from desktop.theme.theme import Theme
from desktop.views.wall_director import words
from desktop.views.wall_director.feed import WallFeed
from desktop.views.wall_director.window import DirectorWindow
from domain.actor import ActorRef
from domain.ids import SeatId
from domain.vocabulary import Role
from domain.wall import commands, targets
from domain.wall.kind import NAME, wall_id
from domain.wall.values import Cause, Content, Notice, Pause, Picture, Screen, Shown, Wall
from protocol.walls import Change, PicturesReply, ScreenPicture
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


def test_a_seat_without_the_control_keeps_what_it_staged_and_is_told_why(open_director, bridge: FakeBridge) -> None:
    bridge.mirror.documents[NAME] = {ID: a_wall(holder=SeatId("4"))}
    window = open_director()
    window.feed.stage(1, Content("wall_queue"))
    assert not window.feed.apply()
    assert window.feed.staged == {1: (Content("wall_queue"),)}
    assert window.said() == "控制权在 4 席，按 T 申请"
    assert bridge.commander.acts == []


def test_a_role_that_leads_no_wall_is_told_so_before_it_tries(open_director, bridge: FakeBridge) -> None:
    bridge.actor = replace(bridge.actor, role=Role.LEADER)
    window = open_director()
    window.feed.stage(1, Content("wall_queue"))
    window.refresh()
    assert window.head.text().startswith("本席只看；")
    for button in (window.head.control_button, window.head.apply_button):
        assert not button.isEnabled()
        assert "可导播" in button.accessibleDescription()
    assert not window.feed.apply()
    assert window.said() == "领导无此权限"
    assert bridge.commander.acts == []


def test_the_seconds_of_a_rotation_are_changed_by_key_and_staged(open_director, bridge: FakeBridge, qtbot) -> None:
    two = (Content("wall_queue", seconds=30), Content("wall_map", seconds=60))
    picture = Picture({1: Shown(two, NOW)})
    bridge.mirror.documents[NAME] = {ID: a_wall(holder=SeatId("1"), picture=picture)}
    window = open_director()
    rows = window.side.rotation
    assert rows.note_of(0) == "30 秒"
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Plus)
    assert window.feed.staged[1] == (two[0], Content("wall_map", seconds=65))
    qtbot.keyClick(rows, Qt.Key.Key_Minus)
    assert window.feed.staged == {}, "as it hangs there already: nothing is staged"
    qtbot.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert window.feed.staged[1] == (two[1], two[0])
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert window.feed.staged[1] == (two[0],)
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert window.feed.staged[1] == (two[0],), "the last view stays"


TURNING = (Content("wall_queue", seconds=30), Content("wall_map", seconds=60))


def hung(bridge: FakeBridge, *shown: Shown) -> None:
    picture = Picture(dict(enumerate(shown, 1)))
    bridge.mirror.documents[NAME] = {ID: a_wall(holder=SeatId("1"), picture=picture)}
    bridge.documents_changed.emit(NAME)


def test_under_each_screen_stands_who_put_there_what_it_shows_and_when(open_director, bridge: FakeBridge) -> None:
    by_hand = Shown(TURNING[:1], NOW, role=Role.DISPATCHER, seat=SeatId("2"))
    yesterday = NOW - timedelta(days=1)
    of_a_scene = Shown(TURNING[:1], yesterday, Cause.SCENE, "夜间值守", Role.SHIFT_LEADER, SeatId("1"))
    hung(bridge, by_hand, of_a_scene)
    window = open_director()
    first, second = (cell.sender for cell in window.canvas.cells())
    site = window.site
    assert first == f"2 席 派遣员 送 · {site.minute(NOW)}"
    assert second == f"1 席 值班长 场景 夜间值守 · {site.stamp(yesterday, NOW)}", "with its day: it is not of today"
    hung(bridge, Shown(TURNING[:1], NOW, Cause.RULE, "特急工单"))
    assert window.canvas.cells()[0].sender == f"规则 特急工单 · {site.minute(NOW)}"


def test_space_pauses_the_view_that_is_seen_and_pressed_again_lets_it_turn(
    open_director, bridge: FakeBridge, qtbot
) -> None:
    hung(bridge, Shown(TURNING, NOW))
    window = open_director()
    seen = ScreenPicture(n=1, age_s=0.4, jpeg=a_jpeg(), index=1, left_s=9.0, shows=TURNING[1])
    window.feed.take(PicturesReply(0.4, {1: seen}))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Space)
    given = commands.SetPause(screen=1, paused=True, content=TURNING[1])
    assert bridge.commander.acts == [(NAME, given)]
    hung(bridge, Shown(TURNING, NOW, pause=Pause(NOW, Role.DISPATCHER, SeatId("2"), TURNING[1])))
    told = f"轮播暂停 · 2 席 派遣员 · {window.site.minute(NOW)} 起"
    assert window.canvas.cells()[0].paused == told
    assert "轮播 2/2 · 暂停" in window.canvas.accessibleName()
    assert window.side.rotation.note_of(1) == "暂停 / 60 秒"
    qtbot.keyClick(window.canvas, Qt.Key.Key_Space)
    assert bridge.commander.acts[-1] == (NAME, commands.SetPause(screen=1, paused=False))


def test_space_pauses_whatever_is_in_sight_where_the_desk_has_no_picture_of_it(
    open_director, bridge: FakeBridge, qtbot
) -> None:
    hung(bridge, Shown(TURNING, NOW))
    window = open_director()
    gone = ScreenPicture(n=1, age_s=0.4, jpeg=a_jpeg(), shows=Content("wall_overview"))
    window.feed.take(PicturesReply(0.4, {1: gone}))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Space)
    assert bridge.commander.acts == [(NAME, commands.SetPause(screen=1, paused=True))]


def test_while_looking_back_space_stops_nothing(open_director, bridge: FakeBridge, qtbot) -> None:
    hung(bridge, Shown(TURNING, NOW))
    window = open_director()
    window.feed.past_at, window.feed.past = NOW, window.feed.wall()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Space)
    assert bridge.commander.acts == []
    assert window.said() == "正在回看，Esc 回到现在"


def test_a_thing_for_the_wall_is_named_in_one_line(open_director, qtbot) -> None:
    window = open_director()
    ticket = next(iter(window.bridge.mirror.tickets))
    window.thing.setText(ticket)
    qtbot.keyClick(window.thing, Qt.Key.Key_Return)
    assert window.feed.staged[1] == (targets.ticket_on_wall(ticket),)
    area = window.feed.titles.names().towns[0]
    window.thing.setText(area.name)
    qtbot.keyClick(window.thing, Qt.Key.Key_Return)
    assert window.feed.staged[1] == (targets.area_on_wall(area.code),)
    window.thing.setText("没有这个地方")
    qtbot.keyClick(window.thing, Qt.Key.Key_Return)
    assert window.said() == "没有工单、视频或地点叫 没有这个地方"


def test_g_writes_a_notice_and_d_takes_it_down(open_director, bridge: FakeBridge, qtbot) -> None:
    window = open_director()
    qtbot.keyClick(window.canvas, Qt.Key.Key_G)
    window.notice.text.setText("21 时起有中雨")
    qtbot.keyClick(window.notice.text, Qt.Key.Key_Return)
    assert bridge.commander.acts == [(NAME, commands.SetNotice(text="21 时起有中雨", minutes=10))]
    notice = Notice("21 时起有中雨", NOW, NOW + timedelta(minutes=10), seat=SeatId("1"))
    bridge.mirror.documents[NAME] = {ID: a_wall(holder=SeatId("1"), notice=notice)}
    bridge.documents_changed.emit(NAME)
    qtbot.keyClick(window.canvas, Qt.Key.Key_D)
    assert bridge.commander.acts[-1] == (NAME, commands.ClearNotice())


def test_two_walls_are_led_from_one_window(open_director, bridge: FakeBridge, qtbot) -> None:
    other = a_wall(holder=SeatId("1"))
    other = Wall(id="wall-东厅", version=1, changed_at=NOW, name="东厅", screens=other.screens)
    bridge.mirror.documents[NAME]["wall-东厅"] = other
    window = open_director()
    first = window.feed.id
    window.feed.stage(1, Content("wall_queue"))
    qtbot.keyClick(window.canvas, Qt.Key.Key_BracketRight)
    assert window.feed.id != first
    assert window.feed.staged == {}, "what was staged belongs to the other wall"
    qtbot.keyClick(window.canvas, Qt.Key.Key_BracketLeft)
    assert window.feed.id == first


def test_looking_back_shows_the_notice_of_then_and_says_that_no_pictures_are_kept(
    open_director, bridge: FakeBridge
) -> None:
    window = open_director()
    picture = Picture({1: Shown((Content("wall_queue"),), NOW)})
    notice = Notice("21 时起有中雨", NOW, NOW + timedelta(minutes=10), seat=SeatId("1"))
    window.feed.past_at, window.feed.past = NOW, a_wall(picture=picture, notice=notice)
    window.refresh()
    assert "临期与超期" in window.canvas.accessibleName()
    assert "当时：21 时起有中雨" in window.notice.hangs()
    assert not window.notice.down.isEnabled()


def test_the_record_says_what_was_sent_where_by_whom(open_director) -> None:
    window = open_director()
    by = ActorRef(role=Role.SHIFT_LEADER, seat=SeatId("1"))
    told = {
        '{"type":"applied","screens":{"2":[{"view":"wall_queue"}]},"role":"shift_leader","seat":"1"}': "送 屏 2 临期与超期",
        '{"type":"applied","screens":{"2":[{"view":"wall_queue"}]},"scene":"夜间","role":"shift_leader","seat":"1"}': "场景 夜间",
        '{"type":"rule_ended","name":"严重"}': "规则 严重 还原",
        '{"type":"pause_set","screen":4,"paused":true,"content":{"view":"wall_queue"},"role":"shift_leader","seat":"1"}': "暂停 屏 4 轮播 临期与超期",
        '{"type":"pause_set","screen":4,"paused":false,"role":"shift_leader","seat":"1"}': "继续 屏 4 轮播",
        '{"type":"of_a_newer_server"}': "of_a_newer_server",
    }
    for body, text in told.items():
        change = Change(NOW, msgspec.json.decode(body)["type"], by, msgspec.Raw(body.encode()))
        assert words.change_text(change, window.feed.titles) == f"1 席 值班长 {text}"


def test_without_a_line_the_desk_says_at_once_that_it_does_not_know_the_wall(open_director, bridge: FakeBridge) -> None:
    window = open_director()
    window.feed.take(PicturesReply(0.1, {1: ScreenPicture(n=1, age_s=0.1, jpeg=a_jpeg())}))
    assert "屏在线" in window.head.text()
    bridge.online = False
    window.refresh()
    assert "本席与联动服务断开" in window.head.text()
    assert "断开 · 画面" in window.canvas.accessibleName()


def test_an_answer_that_came_late_makes_no_picture_newer_than_it_is(open_director, seconds: Seconds) -> None:
    window = open_director()
    asked = seconds.now
    seconds.now += 3.0
    window.feed.take(PicturesReply(0.5, {1: ScreenPicture(n=1, age_s=0.5, jpeg=a_jpeg())}), asked)
    assert window.feed.image_age_s(1) == pytest.approx(3.5)
    assert window.feed.seen_s == pytest.approx(3.5)

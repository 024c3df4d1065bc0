"""The evaluation window by keyboard: who is called, what is drawn, which closings are looked at again, which appeals wait."""

import re
from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.services.values import Answer
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.evaluation.spot_words import redrawn
from desktop.views.evaluation.window import APPEALS, CHECKS, HOLLOW, EvaluationWindow
from desktop.views.queue.feed import TicketFeed
from domain import commands
from domain.evaluation import frame
from domain.evaluation.hollow import HollowCode, Signal
from domain.evaluation.spot_check import Draw, Judge, SpotCheck, Verdict
from domain.ticket import Appeal, CallBack, Point, Ticket
from domain.vocabulary import Opinion, Role, State
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW, make_ticket


def closed(number: int, hours_ago: float = 5.0, **fields: object) -> Ticket:
    at = NOW - timedelta(hours=hours_ago)
    values = {"closed_at": at, "first_closed_at": at, "on_time": True, **fields}
    return replace(make_ticket(number, State.CLOSED, **values), stage=None)  # type: ignore[arg-type]


def called(ticket: Ticket, **fields: object) -> Ticket:
    call = CallBack(**{"attempts": 1, "reached": True, "at": NOW - timedelta(hours=1), **fields})  # type: ignore[arg-type]
    return replace(ticket, call_back=call)


class Seat:
    def __init__(self, qtbot, bridge: FakeBridge) -> None:
        self.bridge = bridge
        self.window = EvaluationWindow(Theme.load(), bridge, TicketFeed(bridge))
        qtbot.addWidget(self.window)
        self.window.resize(1920, 1080)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def key(self, key: Qt.Key, text: str = "") -> None:
        target = self.window.focusWidget() or self.window
        QTest.keyClicks(target, text) if text else QTest.keyClick(target, key)

    def texts(self) -> list[str]:
        return [
            f"{entry.id[-2:]} {re.sub(' · [0-9: -]+结案$', '', entry.text)}" for entry in self.window.entries.entries()
        ]


@pytest.fixture
def seat(qapp, qtbot):
    load_fonts()

    def make(tickets, role: Role = Role.CALLER) -> Seat:
        return Seat(qtbot, FakeBridge(tickets, role=role))

    return make


def test_the_unhappy_come_first_then_who_is_to_be_called_and_the_rest_below(seat):
    tickets = [
        closed(1, 9),
        called(closed(2), solved=True, opinion=Opinion.SATISFIED),
        called(closed(3), solved=False, opinion=Opinion.SATISFIED),
        called(closed(4), reached=False, attempts=3),
        called(closed(5), reached=False, attempts=1),
        closed(6, 24 * 8),
        make_ticket(7),
    ]
    desk = seat(tickets)
    assert desk.texts() == [
        "03 接通 · 未解决 · 满意",
        "01 待回访",
        "05 未接通 1/3，再拨",
        "04 三次未接通",
        "02 接通 · 已解决 · 满意",
    ]
    assert "待回访 2 · 待二次办理 1 · 三次未接通 1 · 接通 2：解决 1/2，满意 2/2" in desk.window._summary.text()


def test_nobody_called_yet_shows_no_rate(seat):
    assert "解决 –，满意 –" in seat([closed(1)]).window._summary.text()


def test_a_caller_asks_three_things_by_keyboard(seat):
    desk = seat([closed(1)])
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_V, "v")
    form = desk.window.detail.action_panel.form
    for field, answer in (("reached", "1"), ("solved", "0"), ("opinion", "satisfied")):
        form.submit()
        assert not desk.bridge.commander.given, f"{field} was not asked yet"
        form.input(field).setCurrentIndex(form.input(field).findData(answer))
    form.submit()
    (given, _), *_ = desk.bridge.commander.given
    assert given == commands.RecordCallBack(reached=True, solved=False, opinion=Opinion.SATISFIED)


def test_who_is_not_satisfied_is_handled_a_second_time_by_one_key(seat):
    desk = seat([called(closed(1), solved=False, opinion=Opinion.NOT)])
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_O, "o")
    form = desk.window.detail.action_panel.form
    form.input("text").setPlainText("群众不满意")
    form.submit()
    assert [command for command, _ in desk.bridge.commander.given] == [commands.Reopen(text="群众不满意")]


# -- spot checks -----------------------------------------------------------------------------------------


def drawn(size: int = 2) -> SpotCheck:
    ids = [closed(number).id for number in range(1, 6)]
    return SpotCheck(
        id="CC-181009-0001",
        version=1,
        changed_at=NOW,
        drawn_at=NOW,
        frame=frame.written(ids),
        frame_size=5,
        frame_digest=frame.digest(ids),
        seed="2018-10-09",
        drawn=frame.draw(ids, "2018-10-09", size),
        start=NOW - timedelta(days=7),
        end=NOW + timedelta(hours=1),
    )


def checked(seat, role: Role = Role.ASSESSOR) -> Seat:
    desk = seat([closed(number) for number in range(1, 6)], role)
    desk.bridge.mirror.documents["spot_check"] = {"CC-181009-0001": drawn()}
    desk.bridge.documents_changed.emit("spot_check")
    desk.window.show_tab(CHECKS)
    return desk


def test_a_draw_sends_the_whole_frame_and_leaves_the_drawing_to_the_centre(seat):
    desk = checked(seat)
    desk.key(Qt.Key.Key_N, "n")
    form = desk.window.form
    form.input("size").setText("3")
    form.input("seed").setText("双色球 0107")
    form.submit()
    ((kind, command),) = desk.bridge.commander.acts
    assert kind == "spot_check"
    assert isinstance(command, Draw)
    assert (command.size, command.seed) == (3, "双色球 0107")
    assert frame.read(command.frame) == tuple(closed(number).id for number in range(1, 6))


@pytest.mark.parametrize(("size", "sentence"), [("0", "1 到 200"), ("many", "1 到 200"), ("", "请填写")])
def test_a_draw_of_nonsense_is_a_sentence_and_nothing_is_sent(seat, size, sentence):
    desk = checked(seat)
    desk.key(Qt.Key.Key_N, "n")
    desk.window.form.input("size").setText(size)
    desk.window.form.submit()
    assert sentence in desk.window.form.error()
    assert desk.bridge.commander.acts == []


def test_anybody_repeats_the_draw_and_sees_that_it_is_the_same(seat):
    desk = checked(seat, Role.DISPATCHER)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_R, "r")
    assert desk.window.note() == "按记录的总体和种子重抽，结果一致。本机按同一条件得到同样的总体。"
    desk.key(Qt.Key.Key_N, "n")
    assert desk.window.note() == "不能抽查：派遣员无此权限"


def test_a_draw_that_was_tampered_with_is_seen():
    check = drawn()
    other = next(ticket for ticket in frame.read(check.frame) if ticket not in check.drawn)
    assert "不一致" in redrawn(replace(check, drawn=(other, *check.drawn[1:])), frame.read(check.frame))
    assert "不一致" in redrawn(replace(check, frame=("181009:1-6",)), frame.read(check.frame))
    assert "少 1 件" in redrawn(check, frame.read(check.frame)[1:])


def test_verdicts_by_keyboard_and_a_bad_one_asks_for_words(seat):
    desk = checked(seat)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    first, second = drawn().drawn
    desk.key(Qt.Key.Key_Y, "y")
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_H, "h")
    desk.window.form.input("text").setPlainText("现场未处理")
    desk.window.form.submit()
    assert [command for _, command in desk.bridge.commander.acts] == [
        Judge(ticket=first, verdict=Verdict.SOUND),
        Judge(ticket=second, verdict=Verdict.HOLLOW, text="现场未处理"),
    ]


# -- signals and appeals ---------------------------------------------------------------------------------


def test_signals_stand_with_their_evidence(seat):
    here = Point(114.35, 22.7)
    again = closed(2, reported_at=NOW - timedelta(hours=2), point=here)
    elsewhere = closed(3, reported_at=NOW - timedelta(hours=2))
    tickets = [closed(1, point=here), again, elsewhere]
    twin = {str(tickets[0].id): Signal(HollowCode.COPIED, {"others": 3, "first": "181009-0009"})}
    desk = seat(tickets, Role.ASSESSOR)
    desk.bridge.answers["copied_results"] = Answer(msgspec.json.encode(twin))
    desk.bridge.answers["evidence"] = Answer(b"[]")
    desk.window.show_tab(HOLLOW)
    (entry, *_) = desk.window.entries.entries()
    assert entry.id == tickets[0].id
    assert "结果雷同" in entry.text
    assert "同地再报" in entry.text
    desk.window.entries.set_current(entry.id)
    assert desk.window.facts().splitlines() == [
        "结果文字与另外 3 件相同，例如 181009-0009",
        f"结案后 0 天，同一地点同一事项又报：{again.id}",
        "清单要求处置后照片，没有上传",
    ]


def test_photos_that_could_not_be_asked_for_are_said(seat):
    again = closed(2, reported_at=NOW - timedelta(hours=2), point=Point(114.35, 22.7))
    desk = seat([closed(1, point=Point(114.35, 22.7)), again], Role.ASSESSOR)
    desk.bridge.answers["evidence"] = Answer(error="timeout")
    desk.window.show_tab(HOLLOW)
    (entry, *_) = desk.window.entries.entries()
    desk.window.entries.set_current(entry.id)
    assert "照片没有查到（服务器未回应），" in desk.window.facts()


def test_appeals_that_wait_come_first_and_a_granted_one_stays_late(seat):
    waiting = closed(1, on_time=False, appeal=Appeal(at=NOW, reviews=(("a", True),)))
    granted = closed(2, on_time=False, appeal=Appeal(at=NOW, reviews=(("a", True), ("b", True)), granted=True))
    desk = seat([granted, waiting, closed(3)], Role.ASSESSOR)
    desk.window.show_tab(APPEALS)
    assert desk.texts() == ["01 已复核 1/2", "02 申诉成立：仍显示超期，不计入统计"]

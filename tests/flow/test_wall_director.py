"""Two desks and a wall of six screens against one backend: control, steps, scenes, rules, a lost line, and looking back."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from backend.wall_rules import AlarmSignal
from desktop import settings
from desktop.app.wall_host import WallHost
from desktop.app.windows import Windows
from desktop.bridge import Bridge
from desktop.services.app_state import Services
from desktop.services.values import Fresh
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.map.wall import WallMapWindow
from desktop.views.ticket.wall import WallTicket
from desktop.views.wall_director.window import DirectorWindow
from domain.actor import Actor
from domain.alarms.commands import Acknowledge
from domain.alarms.kind import NAME as ALARM
from domain.ids import SeatId, UserId
from domain.vocabulary import Role
from domain.wall import targets
from domain.wall.kind import NAME
from domain.wall.values import Cause, Content, Rule, RuleKind, Wall
from tests.flow.fakes import until
from tests.flow.test_desk_and_backend import House, house
from tests.patience import WHOLE_S

ROOT = Path(__file__).resolve().parents[2]
SCREENS = 6
INSIDE = "LIANDONG_TEST_SIX_SCREENS"
CONTROL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing|propagate)", "multimedia", "pipewire"
)


def actor(name: str, role: Role, seat: str) -> Actor:
    return Actor(user=UserId(name), role=role, seat=SeatId(seat))


ONE, TWO, HOST = actor("a", Role.SHIFT_LEADER, "1"), actor("b", Role.DISPATCHER, "2"), actor("w", Role.WALL, "wall")


@pytest.fixture
def loop(qapp) -> Iterator[asyncio.AbstractEventLoop]:
    load_fonts()
    qapp.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    yield loop
    loop.close()
    asyncio.set_event_loop(None)


@asynccontextmanager
async def connected(folder: Path, made: House, who: Actor) -> AsyncIterator[Services]:
    token = made.backend.tokens.issue(who, datetime.now(UTC))
    services = Services(folder / who.user, f"ws://127.0.0.1:{made.port}", token, random=lambda: 0.0)
    await services.start()
    try:
        await until(lambda: services.freshness.of().state is Fresh.LIVE, f"{who.user} live")
        yield services
    finally:
        await services.stop()


class Hall:
    """The wall host and both director windows, as they run in the product."""

    def __init__(self, wall: Services, one: Services, two: Services) -> None:
        self.bridges = [Bridge(services) for services in (wall, one, two)]
        self.windows = Windows(self.bridges[0], settings.Settings(), remember=False)
        self.host = WallHost(
            self.bridges[0], "主屏", settings.Settings(), self.windows.wall_theme, self.windows.wall_view
        )
        self.host.start()
        theme = Theme.load()
        self.one, self.two = (DirectorWindow(theme, bridge) for bridge in self.bridges[1:])
        for window in (self.one, self.two):
            window.resize(1920, 1080)
            window.show()

    @property
    def wall(self) -> Wall:
        wall = self.one.feed.wall()
        assert wall is not None
        return wall

    def on(self, number: int) -> str:
        """Kind of view that hangs on a screen of the wall host."""
        rotation = self.host.stages[number].rotation
        return rotation.current.view if rotation else ""

    async def base_and_scene(self, view: str, name: str) -> None:
        """The overview hangs on the selected screen, and a scene of this name would hang `view` there."""
        self.one._on_view_chosen(Content("wall_overview"), False)
        self.one.feed.apply()
        await until(lambda: self.on(1) == "wall_overview", "base")
        self.one._on_view_chosen(Content(view), False)
        self.one.feed.keep_scene(name)
        await until(lambda: name in self.wall.scenes, "scene")
        self.one.feed.unstage()

    async def ready(self) -> None:
        await until(lambda: self.one.feed.wall() is not None and self.two.feed.wall() is not None, "wall registered")

    async def close(self) -> None:
        for window in (self.one, self.two):
            window.close()
            window.deleteLater()
        self.host.close()
        self.windows.close_all()
        await self.windows.stop()
        await asyncio.sleep(0)


@asynccontextmanager
async def hall(tmp_path: Path) -> AsyncIterator[tuple[Hall, House]]:
    async with (
        house(tmp_path) as (made, _),
        connected(tmp_path, made, HOST) as wall,
        connected(tmp_path, made, ONE) as one,
        connected(tmp_path, made, TWO) as two,
    ):
        there = Hall(wall, one, two)
        try:
            await there.ready()
            yield there, made
        finally:
            await there.close()


async def press(
    window: DirectorWindow,
    widget: QWidget,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """A key for the window that is in front: shortcuts work nowhere else."""
    window.activateWindow()
    await until(window.isActiveWindow, "in front")
    widget.setFocus()
    QTest.keyClick(widget, key, modifier)


def run(loop: asyncio.AbstractEventLoop, work) -> None:
    async def all_of_it() -> None:
        async with asyncio.timeout(WHOLE_S):
            await work()

    loop.run_until_complete(all_of_it())


@pytest.mark.skipif(INSIDE in os.environ, reason="is the process with six screens")
def test_on_a_wall_of_six_screens(tmp_path: Path) -> None:
    """The tests below run again in a process whose Qt has six screens."""
    screens = [
        {"name": f"P{n}", "x": n % 3 * 1920, "y": n // 3 * 1080, "width": 1920, "height": 1080, "dpr": 1}
        for n in range(SCREENS)
    ]
    file = tmp_path / "screens.json"
    file.write_text(json.dumps({"screens": screens}))
    environment = dict(os.environ, QT_QPA_PLATFORM=f"offscreen:configfile={file}", **{INSIDE: "1"})
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", __file__]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=WHOLE_S, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert "passed" in done.stdout


inside = pytest.mark.skipif(INSIDE not in os.environ, reason="runs in the process with six screens")


@inside
def test_a_step_by_keyboard_reaches_the_wall_and_comes_back(loop, tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path) as (there, _):
            assert len(there.wall.screens) == SCREENS
            one = there.one
            await press(one, one.canvas, Qt.Key.Key_3)
            await press(one, one.library, Qt.Key.Key_Return)
            assert there.on(3) == ""
            first = one.library.current.id
            await press(one, one.library, Qt.Key.Key_Return, CONTROL)
            await until(lambda: there.on(3) == first, "on the wall")
            await until(lambda: there.two.feed.shown().get(3) is not None, "seen by the other desk")
            assert there.wall.shown()[3].seat == "1"
            await until(lambda: 3 in there.two.feed.images, "its picture at the other desk")
            assert there.two.feed.images[3].width() == 320
            await press(one, one.library, Qt.Key.Key_Z, CONTROL)
            await until(lambda: there.on(3) == "", "taken back")

    run(loop, work)


@inside
def test_a_drag_stages_a_view_and_changes_nothing_yet(loop, tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path) as (there, _):
            one = there.one
            to = one.canvas.places()[5].center()
            one.library.let_go.emit(Content("wall_queue"), QPointF(one.canvas.mapToGlobal(to)))
            assert [content.view for content in one.feed.staged[5]] == ["wall_queue"]
            assert there.wall.shown() == {}

    run(loop, work)


@inside
def test_the_control_goes_from_seat_to_seat(loop, tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path) as (there, _):
            one, two = there.one, there.two
            await press(one, one.canvas, Qt.Key.Key_T)
            await until(lambda: there.wall.holder == "1", "held by 1")
            await until(lambda: not two.feed.mine, "seen by 2")
            two._on_view_chosen(Content("wall_queue"), False)
            assert not two.head.apply_button.isEnabled()
            await press(two, two.canvas, Qt.Key.Key_T)
            await until(lambda: there.wall.asked_by == "2", "asked")
            await press(one, one.canvas, Qt.Key.Key_T)
            await until(lambda: there.wall.holder == "2", "handed over")
            await until(lambda: two.feed.mine, "2 knows")
            two.feed.apply()
            await until(lambda: there.on(1) == "wall_queue", "2 changes the wall")

    run(loop, work)


@inside
def test_an_alarm_brings_its_scene_and_gives_the_wall_back(loop, tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path) as (there, made):
            one = there.one
            await there.base_and_scene("wall_queue", "火情")
            await press(one, one.canvas, Qt.Key.Key_R)
            form = one.side.rule_form
            cause = form.input("cause")
            await press(one, cause, Qt.Key.Key_Down)
            assert form.values()["cause"] == "alarm:critical"
            await press(one, cause, Qt.Key.Key_Return, CONTROL)
            await until(lambda: "严重 火情" in there.wall.rules, "rule")
            made.backend.wall_rules.on_alarm(AlarmSignal("critical", "a1", True))
            await until(lambda: there.on(1) == "wall_queue", "the alarm's scene")
            assert there.wall.shown()[1].cause is Cause.RULE
            made.backend.wall_rules.on_alarm(AlarmSignal("critical", "a1", False))
            await until(lambda: there.on(1) == "wall_overview", "given back")

    run(loop, work)


@inside
def test_a_real_alarm_brings_its_scene_and_its_answer_gives_the_wall_back(loop, tmp_path: Path) -> None:
    """Five real reports of one matter in one community: the centre's own rule R-04 raises the alarm, an officer answers it."""

    async def work() -> None:
        async with hall(tmp_path) as (there, made):
            one, bridge = there.one, there.bridges[1]
            await there.base_and_scene("wall_map", "突增")
            one.feed.keep_rule(Rule("R-04 突增", RuleKind.ALARM, "突增", alarm_class="R-04"))
            await until(lambda: "R-04 突增" in there.wall.rules, "rule")
            await made.report(5)
            await until(lambda: there.on(1) == "wall_map", "the alarm's scene")
            assert there.wall.shown()[1].name == "R-04 突增"
            alarms = [each for each in bridge.mirror.documents[ALARM].values() if each.rule == "R-04"]
            assert len(alarms) == 1
            bridge.commander.act(ALARM, Acknowledge(ring=alarms[0].ring), alarms[0])
            await until(lambda: there.on(1) == "wall_overview", "given back")
            one.feed.ask_changes()
            told = lambda: [change.type for change in one.feed.changes]  # noqa: E731
            await until(lambda: "rule_started" in told() and "rule_ended" in told(), "both on the record")

    run(loop, work)


@inside
def test_a_silent_source_brings_its_scene_and_a_real_report_gives_the_wall_back(loop, tmp_path: Path) -> None:
    """What was heard last, and since when the backend listens, are set back by an hour: nobody waits for it."""

    async def work() -> None:
        async with hall(tmp_path) as (there, made):
            one, backend = there.one, made.backend
            await there.base_and_scene("wall_map", "无数据")
            await made.report(1)
            (source,) = backend.alarms.heard
            hour = timedelta(hours=1)
            backend.alarms.heard[source] -= hour
            backend.wall_rules._listening_since -= hour
            silent = Rule("静默", RuleKind.SILENCE, "无数据", "00:00", "00:00", source=source, minutes=30)
            one.feed.keep_rule(silent)
            await until(lambda: there.on(1) == "wall_map", "the scene of the silence")
            assert there.wall.shown()[1].cause is Cause.RULE
            await made.report(1)
            await until(lambda: there.on(1) == "wall_overview", "given back")

    run(loop, work)


@inside
def test_one_ticket_a_place_and_a_notice_hang_on_the_wall_as_they_were_sent(loop, tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path) as (there, made):
            one, host = there.one, there.host
            (ticket,) = await made.report(1)
            await until(lambda: ticket in there.bridges[0].mirror.tickets, "ticket at the wall")
            one.feed.stage(1, targets.ticket_on_wall(ticket))
            one.feed.stage(2, targets.place_on_wall(targets.Place(114.35, 22.69, 15.0)))
            one.feed.set_notice("21 时起有中雨", 1, (1,))
            one.feed.apply()
            await until(lambda: all(host.stages[n].view() is not None for n in (1, 2)), "hung up")
            assert isinstance(host.stages[1].view(), WallTicket)
            view = host.stages[2].view()
            assert isinstance(view, WallMapWindow)
            canvas = view.canvas
            middle = lambda: canvas.place_at(QPointF(canvas.width() / 2, canvas.height() / 2))  # noqa: E731
            await until(lambda: middle() == pytest.approx((114.35, 22.69), abs=1e-4), "the place in the middle")
            assert view.canvas.is_locked()
            await until(lambda: host.stages[1].notice_high() > 0, "notice")
            assert host.stages[2].notice_high() == 0
            # Back at that moment the desk sees it all: the notice is a part of the wall.
            await until(lambda: there.wall.notice is not None, "notice at the desk")
            then = there.wall.changed_at
            one.feed.clear_notice()
            await until(lambda: host.stages[1].notice_high() == 0, "taken down")
            one.feed.look_back(then)
            await until(lambda: one.feed.past is not None, "the past")
            assert one.feed.past is not None
            assert one.feed.past.notice is not None
            assert one.feed.shown()[1].contents == (targets.ticket_on_wall(ticket),)

    run(loop, work)


@inside
def test_a_pause_is_seen_on_the_wall_and_at_the_other_desk_which_may_not_end_it(loop, tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path) as (there, _):
            one, two, stage = there.one, there.two, there.host.stages[1]
            one.feed.stage_all(1, (Content("wall_queue"), Content("wall_overview")))
            one.feed.apply()
            await until(lambda: there.on(1) == "wall_queue", "on the wall")
            await press(one, one.canvas, Qt.Key.Key_Space)
            await until(lambda: "轮播暂停 · 1 席 值班长" in stage._mark._words, "marked on the wall")
            await until(lambda: "轮播暂停 · 1 席 值班长" in two.canvas.cells()[0].paused, "seen at the other desk")
            await press(two, two.canvas, Qt.Key.Key_Space)
            await until(lambda: two.said() == "控制权在 1 席，按 T 申请", "refused")
            await press(one, one.canvas, Qt.Key.Key_Space)
            await until(lambda: stage._mark._words == "", "goes on")

    run(loop, work)


@inside
def test_a_step_that_comes_too_late_stays_staged(loop, tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path) as (there, _):
            one, two = there.one, there.two
            two.feed.stage(1, Content("wall_queue"))
            known = two.feed.wall()
            one.feed.control()
            await until(lambda: there.wall.holder == "1", "held by 1")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(two.feed, "wall", lambda: known)  # the other seat does not know it yet
                assert two.feed.apply()
            await until(lambda: "控制权在" in two.said() or "控制权" in two.head.text(), "told")
            await until(lambda: two.feed.staged == {1: (Content("wall_queue"),)}, "still staged")
            assert there.on(1) == ""

    run(loop, work)


@inside
def test_a_wall_without_a_line_keeps_its_scene_and_says_so(loop, tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path) as (there, made):
            there.one._on_view_chosen(Content("wall_queue"), False)
            there.one.feed.apply()
            await until(lambda: there.on(1) == "wall_queue", "on the wall")
            await made.backend.stop()
            mark = there.host.stages[1]._mark
            await until(lambda: "断开" in mark._words, "marked")
            assert there.on(1) == "wall_queue"
            await made.start()
            await until(lambda: mark._words == "", "unmarked")
            assert there.on(1) == "wall_queue"

    run(loop, work)


@inside
def test_what_the_wall_showed_at_a_moment(loop, tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path) as (there, _):
            one = there.one
            one._on_view_chosen(Content("wall_queue"), False)
            one.feed.apply()
            await until(lambda: there.on(1) == "wall_queue", "first")
            then = there.wall.changed_at + timedelta(milliseconds=1)
            one._on_view_chosen(Content("wall_overview"), False)
            one.feed.apply()
            await until(lambda: there.on(1) == "wall_overview", "second")
            one.feed.look_back(then)
            await until(lambda: one.feed.past is not None, "answer")
            assert one.feed.shown()[1].contents[0].view == "wall_queue"
            await until(lambda: one.feed.past_overview is not None, "figures of that moment")
            one.feed.look_back(None)
            assert one.feed.shown()[1].contents[0].view == "wall_overview"
            assert NAME == "wall"

    run(loop, work)


@inside
def test_a_night_scene_quiets_the_text_of_its_screens_and_the_day_brings_it_back(loop, tmp_path: Path) -> None:
    async def work() -> None:
        async with hall(tmp_path) as (there, _):
            one, stages = there.one, there.host.stages
            one._on_view_chosen(Content("wall_queue"), False)
            one.feed.keep_scene("夜间值守", night=True)
            await until(lambda: "夜间值守" in there.wall.scenes, "scene")
            one.feed.stage_scene("夜间值守")
            one.feed.apply()
            await until(lambda: there.on(1) == "wall_queue" and stages[1].theme.is_night, "night")
            assert not stages[2].theme.is_night
            one.feed.turn_night("夜间值守")
            await until(lambda: not stages[1].theme.is_night, "day")

    run(loop, work)

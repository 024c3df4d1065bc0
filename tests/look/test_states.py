"""Every window in every state that it can be in says so in words and in a shape, not by colour alone (screens.md §3)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parents[1] / "qt" / "widgets"))

from widget_look import painted_line

from desktop.app.kinds import KINDS
from desktop.services.values import Answer
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.camera_wall.window import CameraWindow
from desktop.views.evaluation.window import TABS
from desktop.views.handover.feed import HandoverFeed
from desktop.views.handover.window import HandoverWindow
from desktop.views.shell import LAUNCHER, DeskWindow
from desktop.widgets.glyphs import Glyph
from domain.handover.commands import Fill
from domain.handover.figures import figures
from domain.handover.since import Since
from domain.ids import TicketId
from domain.kpi_types import OpenSplit
from tests.look.blank_bridges import FAILS
from tests.look.scenes import ASKS, GUARDED, Look, Stage, looks_of, settle, stage, theme_for
from tests.qt.handover.scene import SYSTEM, HandoverBridge
from tests.qt.samples import NOW

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", "qt.multimedia", ".*propagateSizeHints.*"),
    pytest.mark.usefixtures("_chinese"),
]
WORDS = {
    Look.CATCHING_UP: "追赶中",
    Look.STALE: "陈旧",
    Look.OFFLINE: "断开",
    Look.LOADING: "正在取快照62%",
    Look.NEVER: "启动以来未接通",
}
"""What must stand on the screen, blanks left out."""
LIES = (
    "没有告警",
    "没有工单",
    "没有临期",
    "没有进行中",
    "没有联合检查",
    "没有大屏登记",
    "没有待交接",
    "没有登记视频",
    "没有待应用的更改",
    "墙上没有通知",
    "还没有场景",
    "没有大屏",
    "没有规则",
)
"""What a window may say only once the whole picture came."""
STATES = [(key, look) for key in KINDS for look in looks_of(key)]


@pytest.fixture(scope="module")
def _chinese(qapp: QApplication) -> None:
    qapp.setStyle("Fusion")
    load_fonts()


@pytest.fixture
def scenes(qapp: QApplication) -> Iterator[Stage]:
    with stage(qapp) as made:
        yield made


def shown(scenes: Stage, key: str, look: Look) -> QWidget:
    return scenes.make(key, theme_for(key, "dark", "zh"), look)


@pytest.mark.parametrize(("key", "look"), [(key, look) for key, look in STATES if look in WORDS])
def test_a_state_is_said_in_words(scenes: Stage, key: str, look: Look) -> None:
    window = shown(scenes, key, look)
    line = painted_line(window)
    if key == LAUNCHER and look is Look.LOADING:
        assert "追赶中" in line  # no figures stand in it
    else:
        assert WORDS[look] in line
    scenes.close(window)


@pytest.mark.parametrize("look", [Look.STALE, Look.OFFLINE, Look.NEVER, Look.LOADING])
@pytest.mark.parametrize("key", [key for key, kind in KINDS.items() if kind.profile == "desk" and key != LAUNCHER])
def test_a_desk_window_has_one_line_for_it_with_a_shape(scenes: Stage, key: str, look: Look) -> None:
    window = shown(scenes, key, look)
    assert isinstance(window, DeskWindow)
    strip = window.center.late if key == "inspection" and look is not Look.NEVER else window.late_strip  # type: ignore[attr-defined]
    if key == "inspection" and look in (Look.NEVER, Look.LOADING):
        strip = window.center.message  # type: ignore[attr-defined]
    assert strip.isVisible()
    assert strip.text()
    glyphs = [glyph.accessibleName() for glyph in strip.findChildren(Glyph) if glyph.isVisible()]
    assert glyphs or "62%" in strip.text()
    scenes.close(window)


@pytest.mark.parametrize("look", [Look.LOADING, Look.NEVER])
@pytest.mark.parametrize("key", KINDS)
def test_what_never_came_is_not_called_empty(scenes: Stage, key: str, look: Look) -> None:
    window = shown(scenes, key, look)
    line = painted_line(window)
    assert [lie for lie in LIES if lie in line] == []
    scenes.close(window)


NO_FIGURES = {
    "queue": ("全部在办–件", "今日已结–"),
    "map": ("–工单", "–视频与扇区", "–到场力量（按报到）", "图内在办–––"),
    "alarms": ("本席10分钟告警–/10", "告警列表–条", "今日告警–"),
    "list": ("全部条目–", "事件–", "部件–"),
    "organisation": ("区划与网格–", "单位–", "部件登记–"),
    "wall_queue": ("超期–临期–协办未报到–",),
}
"""The figures of what never came, blanks left out."""


@pytest.mark.parametrize("look", [Look.LOADING, Look.NEVER])
@pytest.mark.parametrize("key", NO_FIGURES)
def test_a_count_that_never_came_is_a_dash(scenes: Stage, key: str, look: Look) -> None:
    window = shown(scenes, key, look)
    line = painted_line(window)
    assert [figure for figure in NO_FIGURES[key] if figure not in line] == []
    scenes.close(window)


@pytest.mark.parametrize("look", [Look.LOADING, Look.NEVER])
def test_an_evaluation_that_never_came_counts_no_call_backs(scenes: Stage, look: Look) -> None:
    window = shown(scenes, "evaluation", look)
    assert "待回访0" not in painted_line(window)
    scenes.close(window)


@pytest.mark.parametrize("key", ["cameras", "wall_cameras"])
def test_nobody_says_that_a_machine_is_busy_before_it_did_anything(scenes: Stage, key: str) -> None:
    window = shown(scenes, key, Look.NEVER)
    assert "本机繁忙" not in painted_line(window)
    scenes.close(window)


EMPTY = {
    "launcher": (),
    "queue": (
        "有工单后，在这里按紧急程度、时限、来源、街道筛选。",
        "全部在办：此视图没有工单",
        "有新工单时自动出现",
        "选中一张工单，这里显示时限、环节、单位、记录和可办的操作。",
    ),
    "map": ("选中图上一张工单，这里显示覆盖它的视频、50米内的部件和最近的力量。",),
    "cameras": ("没有登记视频。请管理员导入点位表。", "没有选中视频"),
    "inspection": ("还没有联检，发起后列在这里。", "没有联合检查。发起后在此看到谁到了、查出什么、还缺什么。"),
    "alarms": ("没有告警。声音尚未自检，按CtrlM自检。", "选中一条告警，这里显示处置步骤、为什么响和经过。", "可处理"),
    "handover": ("现在没有待交接的班。", "班次结束前30分钟自动起草；也可现在开始"),
    "kpi_board": (
        "还没有到期的工单，到期后按日画出走势。",
        "这段时间没有受理的工单。换一个时段看看。",
        "这段时间没有到期的工单。换一个时段看看。",
        "这段时间没有结案的工单。",
        "没有在办的工单。",
        "在左边的指标上按Enter，这里列出它的分子、分母和剔除的工单。",
    ),
    "list": ("还没有条目。系统管理员导入后列在这里。", "选一条，这里显示它的标准、用量和历次修订"),
    "organisation": ("还没有条目。系统管理员导入后列在这里。",),
    "attention": ("没有需要处理的命令", "没有待发的命令", "没有消息"),
    "ticket": ("在队列里按Enter，或按CtrlF查找，打开一张工单。",),
    "new_ticket": ("地点未定", "事项未定", "选好地点和事项后查找"),
    "find": ("本机缓存中的全部工单，断线也能查；已结的也在内。↓到结果，Enter打开。", "选中一张工单，这里显示"),
    "wall_director": (
        "没有大屏",
        "没有待应用的更改，墙上即此",
        "墙上没有通知",
        "还没有场景。",
        "没有规则",
        "没有变更",
    ),
    "evaluation": ("没有待回访的工单。工单结案后列在这里。", "选中一张工单，这里显示"),
    "wall_overview": (
        "运行平稳",
        "本月还没有结案的工单",
        "本月还没有到期的工单，到期后按街道排名",
        "今天还没有受理的工单，受理后按类别列出",
        "未确认告警0",
    ),
    "wall_queue": ("没有临期和超期的工单", "有新工单时自动出现"),
    "wall_kpi_board": (
        "还没有到期的工单，到期后按日画出走势。",
        "这段时间没有受理的工单。",
        "这段时间没有到期的工单。",
    ),
    "wall_map": ("0件在办，0件超期",),
    "wall_cameras": ("没有登记视频。请管理员导入点位表。",),
    "wall_inspection": ("没有进行中的联合检查。发起后在此显示到场和检查进度。",),
}
"""What each panel says where all came and nothing is in it. The launcher has no data of its own."""


def test_every_window_is_in_the_table_of_empty_sentences() -> None:
    assert set(EMPTY) == set(KINDS)


@pytest.mark.parametrize("key", EMPTY)
def test_each_panel_of_an_empty_window_says_what_would_appear_and_the_next_step(scenes: Stage, key: str) -> None:
    window = shown(scenes, key, Look.EMPTY)
    line = painted_line(window)
    assert [sentence for sentence in EMPTY[key] if sentence not in line] == []
    assert [words for words in WORDS.values() if words in line] == []
    scenes.close(window)


TABS_OF_EVALUATION = {
    "calls": "没有待回访的工单。工单结案后列在这里。",
    "checks": "还没有抽查过，N抽一批",
    "hollow": "没有疑似简化办结的工单。结案后有信号的列在这里。",
    "appeals": "没有申诉。超期结案的单位申诉后列在这里。",
}


@pytest.mark.parametrize("tab", TABS_OF_EVALUATION)
def test_each_tab_of_an_empty_evaluation_says_what_would_appear(scenes: Stage, tab: str) -> None:
    assert set(TABS_OF_EVALUATION) == set(TABS)
    window = shown(scenes, "evaluation", Look.EMPTY)
    window.show_tab(tab)  # type: ignore[attr-defined]
    assert TABS_OF_EVALUATION[tab] in painted_line(window)
    scenes.close(window)


class QuietNight(HandoverBridge):
    """A shift in which nothing happened: its report is open and has no item."""

    def fill(self) -> None:
        counted = figures([], self.shift.starts_at, NOW, NOW, split=OpenSplit(total=0))
        self.carry_out(Fill(as_of=NOW, seq=1, items=(), figures=counted), SYSTEM)
        self.answers["since"] = Answer(msgspec.json.encode(Since(since=self.shift.starts_at, now=NOW)))


def test_each_column_of_an_open_handover_without_items_says_so(qtbot: QtBot) -> None:
    bridge = QuietNight()
    window = HandoverWindow(Theme.load(), bridge, HandoverFeed(bridge))  # type: ignore[arg-type]
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    settle(window)
    line = painted_line(window)
    for severity in ("危急", "关注", "稳定"):
        assert f"没有{severity}事项，重新起草时有则列入" in line
    assert "没有要逐项复述的事项，核对完即可签名。" in line
    assert "离开以来没有工单变化，有变化时列在下面" in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("999999-0001", "本机缓存里没有符合的工单。少输入几个词，或核对单号。"),
        ("无此词", "清单、地点、单位里没有“无此词”；单号至少输入三位。诉求原文不在本机，不参与查找。"),
    ],
)
def test_a_find_without_a_result_says_what_to_try_next(scenes: Stage, text: str, said: str) -> None:
    window = shown(scenes, "find", Look.EMPTY)
    window.line.setText(text)  # type: ignore[attr-defined]
    window._ask()  # type: ignore[attr-defined]
    settle(window)
    assert said in painted_line(window)
    scenes.close(window)


def test_a_wall_never_asks_for_what_nobody_can_press(scenes: Stage) -> None:
    window = shown(scenes, "wall_kpi_board", Look.EMPTY)
    assert "换一个时段" not in painted_line(window)
    scenes.close(window)


FAILED = {
    "queue": "记录没有取到，以下为本机所知，14:32起。工单有变化或再选中时重取。",
    "ticket": "照片没有取全，14:32起。工单再打开时重取。",
    "kpi_board": "统计没有成功14:32起。15秒后自动重试",
    "wall_kpi_board": "统计没有成功14:32起。15秒后自动重试",
    "list": "用量没有统计到，14:32起。联机时自动再问。",
    "handover": "离开以来的变化没有取到，14:32起。3秒后自动再取。",
    "map": "近30天没有统计到，14:32起。再选中这一件时重取。",
    "evaluation": "结果雷同没有比对，14:32起。列表刷新时再比。",
    "alarms": "经过没有取到，14:32起。告警有变化或再选中时重取。",
    "inspection": "记录和说明没有取到，14:32起。检查有变化或再选中时重取。",
    "wall_director": "变更记录没有取到，14:32起。5秒后自动再取。",
}
"""What failed, since when, what comes next."""
GOES_ON = {
    "queue": "参与单位",
    "ticket": "上报（网格巡查）",
    "kpi_board": "受理0",
    "wall_kpi_board": "满意率",
    "list": "全部条目347",
    "handover": "交班报告",
    "map": "最近力量",
    "evaluation": "疑似简化办结",
    "alarms": "处置卡",
    "inspection": "检查清单",
    "wall_director": "没有待应用的更改，墙上即此",
}
"""What another panel of the same window says meanwhile."""


def test_every_window_that_asks_is_in_the_table_of_failures() -> None:
    assert set(FAILED) == set(GOES_ON) == set(ASKS)


@pytest.mark.parametrize("key", ASKS)
def test_a_panel_that_failed_says_what_since_when_and_what_comes_next_and_the_others_go_on(
    scenes: Stage, key: str, qtbot: QtBot
) -> None:
    window = shown(scenes, key, Look.ERROR)

    def says() -> None:
        line = painted_line(window)
        assert [part for part in (FAILED[key], f"代码{FAILS}", GOES_ON[key]) if part not in line] == []

    qtbot.waitUntil(says, timeout=15_000)
    scenes.close(window)


def test_a_ticket_that_nobody_could_bring_is_said_with_its_number(scenes: Stage) -> None:
    window = shown(scenes, "ticket", Look.ERROR)
    window.open_ticket(TicketId("180101-0001"))  # type: ignore[attr-defined]
    said = painted_line(window)
    assert f"本机没有180101-0001，服务器也没有答复，14:32起。接通后再打开。代码{FAILS}" in said
    scenes.close(window)


def test_the_director_says_which_moment_and_which_pictures_it_could_not_get(scenes: Stage) -> None:
    window = shown(scenes, "wall_director", Look.ERROR)
    assert "墙面图没有取到，14:32起。随后自动再取。" in painted_line(window)
    window.feed.look_back(NOW - timedelta(minutes=30))  # type: ignore[attr-defined]
    settle(window)
    assert "14:02的墙面没有取到，14:32起。再点这一刻重取，Esc回到现在。" in painted_line(window)
    scenes.close(window)


SHUT = {
    "inspection": ("本席无权查看", "可查看的角色：值班长、派遣员"),
    "handover": ("本席无权查看交接班", "可查看的角色：值班长、派遣员"),
    "list": ("本席只读：只有系统管理员能改",),
    "organisation": ("本席只读：只有系统管理员能改",),
    "wall_director": ("本席只看；", "值班长", "可导播"),
    "new_ticket": ("本席无权上报。可上报的角色：", "受理员"),
    "cameras": ("本席无权查看", "可查看的角色：值班长"),
}


def test_every_window_that_may_be_shut_is_in_the_table() -> None:
    assert set(SHUT) == set(GUARDED)


@pytest.mark.parametrize("key", GUARDED)
def test_a_seat_without_the_right_reads_so_under_a_padlock_and_who_has_it(scenes: Stage, key: str) -> None:
    window = shown(scenes, key, Look.NO_PERMISSION)
    if key == "cameras":
        assert isinstance(window, CameraWindow)
        window.show_camera(next(iter(window._feed.cameras)))
        settle(window)
    line = painted_line(window)
    assert [part for part in SHUT[key] if part not in line] == []
    padlock = Theme.load("dark", "desk").status("camera", "restricted").word
    locks = [glyph for glyph in window.findChildren(Glyph) if glyph.isVisible() and glyph.accessibleName() == padlock]
    assert locks or line.count(padlock) > 1  # each cell paints its own
    scenes.close(window)


def grey(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


@pytest.mark.parametrize("theme_name", ["dark", "light"])
@pytest.mark.parametrize(
    ("kind", "states"),
    [
        ("sla", ("ok", "at_risk", "overdue", "paused")),
        ("urgency", ("top", "high", "normal")),
        ("alarm", ("critical", "major", "minor", "info")),
        ("freshness", ("live", "catching_up", "stale", "offline", "never")),
    ],
)
def test_without_colour_every_state_has_its_own_shape(
    qapp: QApplication, kind: str, states: tuple[str, ...], theme_name: str
) -> None:
    """Painted in one grey the glyphs of a kind differ by more than their edges."""
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QPainter

    from desktop.widgets.glyphs import paint_status

    theme = Theme.load(theme_name, "desk")
    pictures = []
    for state in states:
        image = QImage(48, 48, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white if theme_name == "light" else Qt.GlobalColor.black)
        painter = QPainter(image)
        paint_status(painter, theme, kind, state, QRectF(4, 4, 40, 40))
        painter.end()
        ground = grey(image).pixelColor(0, 0).value()
        flat = grey(image)
        pictures.append([abs(flat.pixelColor(x, y).value() - ground) > 24 for y in range(48) for x in range(48)])
    for place, one in enumerate(pictures):
        assert any(one)
        for other in pictures[place + 1 :]:
            assert sum(a != b for a, b in zip(one, other, strict=True)) > 48


@pytest.mark.parametrize("key", ["queue", "alarms"])
def test_in_grey_the_urgent_rows_are_still_told_by_words(scenes: Stage, key: str) -> None:
    window = shown(scenes, key, Look.LIVE)
    line = painted_line(window)
    for word in {"queue": ("剩", "临期", "超期"), "alarms": ("严重", "重要", "轻微")}[key]:
        assert word in line
    scenes.close(window)

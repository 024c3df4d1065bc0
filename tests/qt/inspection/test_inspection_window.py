"""The window of joint inspection by keyboard and by stream, against a bridge that answers by the real rules."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from desktop.services.checklists import load_templates
from desktop.services.values import Answer, Fresh, Freshness, Refusal
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.inspection.feed import InspectionFeed
from desktop.views.inspection.window import InspectionWindow
from domain.inspection import commands
from domain.inspection.words import InspectionState, Result, Severity
from domain.vocabulary import Role
from tests.qt.inspection.scene import (
    FIRE,
    LEADER,
    MARKET,
    NOW,
    POLICE,
    TICKET,
    InspectionBridge,
    handler,
    mock_up,
    notice,
    photo,
    whole_scene,
)

MOCK = "LJ-260316-0031"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")
"""The offscreen platform says so for every list that completes a name."""


class Seat:
    """A window with its bridge, and the shortest words for what tests do with it."""

    def __init__(self, qtbot, bridge: InspectionBridge, size: tuple[int, int] = (1920, 1080)) -> None:
        self.bot, self.bridge = qtbot, bridge
        self.feed = InspectionFeed(bridge)
        self.window = InspectionWindow(Theme.load(), bridge, self.feed, load_templates())
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.grid = self.window.center.matrix.grid
        self.bar = self.window.center.bar

    def open(self, inspection_id: str = MOCK, cell: tuple[str, str] | None = None) -> "Seat":
        assert self.window.select(inspection_id)
        if cell is not None:
            self.grid.select(*cell)
        self.grid.setFocus()
        return self

    def press(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        self.bot.keyClick(self.window.focusWidget() or self.window, key, modifier)

    def keys(self, text: str) -> None:
        for letter in text:
            self.bot.keyClicks(self.window.focusWidget() or self.window, letter)

    def write(self, widget: QWidget, text: str) -> None:
        """As typed, in a form or in the plan."""
        widget.setFocus()
        if isinstance(widget, QComboBox):
            at = widget.findData(text)
            assert at >= 0, text
            widget.setCurrentIndex(at)
        elif isinstance(widget, QPlainTextEdit):
            widget.clear()
            for place, line in enumerate(text.split("\n")):
                if place:
                    self.bot.keyClick(widget, Qt.Key.Key_Return)
                commit(widget, line)
        else:
            assert isinstance(widget, QLineEdit)
            widget.clear()
            commit(widget, text)

    def answer(self, **fields: str) -> None:
        """Fill the open form and send it."""
        assert self.bar.form_is_open()
        for name, text in fields.items():
            self.write(self.bar.form.input(name), text)
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def given(self) -> list:
        return self.bridge.commander.acted

    def said(self) -> str:
        return self.bar.pending_line.text()

    def cell(self) -> tuple[str, str]:
        current = self.grid.current()
        assert current is not None
        return current


def commit(widget: QWidget, text: str) -> None:
    """As an input method gives text: Chinese cannot be typed key by key."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


@pytest.fixture
def seat(qapp, qtbot):
    load_fonts()

    def make(bridge: InspectionBridge | None = None, **options) -> Seat:
        return Seat(qtbot, bridge or InspectionBridge(), **options)

    return make


# -- what is shown ------------------------------------------------------------------------------------


def test_the_list_shows_what_runs_out_first_and_keeps_the_selection(seat):
    desk = seat()
    ids = desk.window.list_pane.list.ids()
    assert ids == (
        "LJ-260318-0001",
        "LJ-260318-0002",
        MOCK,
        "LJ-260310-0004",
        "LJ-260311-0002",
        "LJ-260312-0003",
    )
    desk.open()
    desk.bridge.carry_out(commands.Urge(unit=POLICE), "LJ-260318-0002")
    desk.bot.waitUntil(lambda: desk.window.current_id == MOCK)
    desk.press(Qt.Key.Key_BracketRight)
    assert desk.window.current_id == "LJ-260310-0004"


def test_totals_add_up_and_scores_stand_only_where_the_part_is_in(seat):
    desk = seat().open()
    assert desk.window.center.matrix_head.text().endswith("合格 24 · 不合格 10 · 不适用 4 · 待反馈 1")
    lines = {line.unit: line for line in desk.window.center.units.lines()}
    assert {unit: line.score.total for unit, line in lines.items() if line.score} == {
        "U01": 96,
        "U02": 94,
        "U03": 91,
        "U04": 97,
        "U06": 95,
    }
    assert (lines[POLICE].score, lines[POLICE].why_no_score, lines[POLICE].items) == (None, "全部反馈后计分", "5 / 6")
    assert (lines["U03"].note, lines["U03"].late) == ("迟 1 分", True)


def test_several_stages_run_at_once(seat):
    desk = seat().open()
    name = desk.window.center.track.accessibleName()
    assert "检查 进行中 38 / 39 项" in name
    assert "文书 进行中 11:40 开具" in name
    assert "整改 进行中 限 03-25" in name
    assert "复查 未开始" in name


def test_closing_says_why_not(seat):
    desk = seat().open()
    assert "办结未放开：派出所（消委办）未反馈；如需先办结，须写明原因，计入考核" in desk.bar.why()
    desk.keys("c")
    assert "未执行：办结，派出所（消委办）未反馈" in desk.said()
    assert desk.given() == []


def test_the_right_pane_shows_finding_photos_paper_and_past(seat):
    desk = seat(whole_scene()).open(cell=("c04", "丙"))
    side = desk.window.side
    assert side.text().startswith("后厨无灭火器；楼道 2 具压力不足")
    assert [one.image is not None for one in side.photos.photos()] == [True, True]
    paper = side.notice.text()
    assert paper.number == "云泽联改〔2026〕260316-0031-3号"
    assert len(paper.problems) == 6
    assert paper.served == "11:42 现场送达签收"
    assert [(line.day, line.failed, line.outcome, line.passed) for line in side.past.lines()] == [
        ("2025-09-12", "不合格 3 项", "10-08 复查通过", True)
    ]
    assert side.records()[0].text == "鹭洲镇食安办 催反馈 派出所（消委办）"


def test_others_findings_appear_in_place_and_move_nothing(seat):
    desk = seat().open(cell=("c04", "丙"))
    desk.bridge.carry_out(commands.Find(item="c11", premises="乙", result=Result.OK), MOCK)
    desk.bot.waitUntil(lambda: "待反馈 0" in desk.window.center.matrix_head.text())
    assert desk.cell() == ("c04", "丙")
    assert desk.window.current_id == MOCK


# -- keys -------------------------------------------------------------------------------------------


def test_arrows_walk_the_cells_and_stop_at_the_borders(seat):
    desk = seat().open(cell=("c12", "乙"))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        desk.press(key)
    assert desk.cell() == ("c13", "丙")
    desk.press(Qt.Key.Key_Home)
    desk.press(Qt.Key.Key_Left)
    assert desk.cell() == ("c01", "乙")


def test_y_and_minus_set_a_cell_at_once(seat):
    desk = seat().open(cell=("c11", "乙"))
    desk.keys("-")
    (given,) = desk.given()
    assert given == commands.Find(item="c11", premises="乙", result=Result.NOT_APPLICABLE)
    assert desk.feed.get(MOCK).state is InspectionState.FINDINGS_IN
    desk.keys("y")
    assert desk.given()[-1].result is Result.OK


def test_x_asks_for_what_a_violation_needs(seat):
    desk = seat().open(cell=("c11", "乙"))
    desk.keys("x")
    assert desk.given() == []
    desk.answer(severity=Severity.GRAVE.value, text="无登记簿", demand="当日补录", limit_days="3")
    (given,) = desk.given()
    assert given == commands.Find(
        item="c11",
        premises="乙",
        result=Result.VIOLATION,
        severity=Severity.GRAVE,
        limit_days=3,
        text="无登记簿",
        demand="当日补录",
    )
    assert not desk.bar.form_is_open()
    desk.bot.waitUntil(lambda: desk.window.side.text() == "无登记簿")


def test_a_bad_answer_is_said_in_the_form_and_nothing_goes_out(seat):
    desk = seat().open(cell=("c11", "乙"))
    desk.keys("x")
    desk.answer(limit_days="一周")
    assert desk.bar.form.error() == "期限须为日数"
    desk.answer(limit_days="400")
    assert desk.bar.form.error() == "期限须为 1 至 365 日"
    assert desk.given() == []
    desk.press(Qt.Key.Key_Escape)
    assert not desk.bar.form_is_open()
    assert desk.window.focusWidget() is desk.grid


def test_a_cell_under_notice_is_refused_before_the_form(seat):
    desk = seat().open(cell=("c04", "丙"))
    desk.keys("n")
    assert not desk.bar.form_is_open()
    assert desk.said() == "未执行：记录，丙已开文书，结果不再改"


def test_y_on_a_failed_cell_under_notice_says_it_is_put_right(seat):
    desk = seat().open(cell=("c04", "丙"))
    desk.keys("y")
    assert desk.given() == [commands.Rectify(item="c04", premises="丙")]
    assert "丙 1 / 6" in desk.window.side.bars.accessibleName()


def test_letters_in_a_text_field_are_text(seat):
    desk = seat().open(cell=("c11", "乙"))
    desk.keys("x")
    field = desk.bar.form.input("demand")
    field.setFocus()
    desk.bot.keyClicks(field, "ujc")
    assert field.text() == "ujc"
    assert desk.given() == []


def test_the_sheet_lists_every_key(seat):
    desk = seat().open()
    desk.keys("?")
    sheet = desk.window.keys_sheet
    assert sheet.isVisible()
    for key in "JNPORUSC":
        assert f"{key} " in sheet.accessibleDescription()
    desk.press(Qt.Key.Key_Escape)
    desk.bot.waitUntil(lambda: not sheet.isVisible())


# -- commands by form -----------------------------------------------------------------------------------


def test_check_in_for_a_unit_is_marked_as_told(seat):
    desk = seat().open("LJ-260318-0001")
    desk.keys("j")
    desk.answer(unit=POLICE, how="told")
    assert desk.given() == [commands.CheckIn(unit=POLICE, how="told")]
    assert desk.feed.get("LJ-260318-0001").part(POLICE).late_s > 4 * 3600
    desk.bot.waitUntil(lambda: all(line.there for line in desk.window.center.units.lines()))


def test_notice_service_and_re_check_day(seat):
    desk = seat().open(cell=("c11", "乙"))
    desk.keys("y")
    for letter in ("乙", "甲"):
        desk.keys("o")
        assert desk.bar.form.input("deadline").text() == "2026-03-25", "today and the longest limit"
        desk.answer(premises=letter, measures="rectify")
    desk.keys("o")
    assert desk.bar.form.input("no").currentText() == "乙 2026-260316-0031-2"
    desk.answer(service="left", receiver="店主")
    desk.keys("r")
    desk.answer(on="2026-03-24")
    assert desk.bar.form.error() == "日期不得早于今天和整改期限"
    desk.answer(on="2026-03-26")
    now = desk.feed.get(MOCK)
    assert (now.state, now.recheck_on) == (InspectionState.RECTIFYING, date(2026, 3, 26))
    assert [type(one) for one in desk.given()[1:]] == [
        commands.IssueNotice,
        commands.IssueNotice,
        commands.ServeNotice,
        commands.SetRecheck,
    ]


def test_a_photo_goes_up_first_and_then_into_the_finding(seat, tmp_path: Path):
    desk = seat().open(cell=("c05", "乙"))
    file = tmp_path / "现场.png"
    file.write_bytes(photo())
    desk.keys("p")
    desk.answer(file=str(file))
    (given,) = desk.given()
    assert (given.item, given.premises, given.photo.size) == ("c05", "乙", len(photo()))
    desk.bot.waitUntil(lambda: len(desk.window.side.photos.photos()) == 1)
    assert desk.window.side.photos.photos()[0].image is not None


def test_a_photo_that_is_none_is_refused_in_words(seat, tmp_path: Path):
    desk = seat().open(cell=("c05", "乙"))
    desk.keys("p")
    desk.answer(file=str(tmp_path / "没有.png"))
    assert desk.bar.form.error().startswith("读不了 没有.png")
    (tmp_path / "字.png").write_bytes(b"text")
    desk.bridge.put_answer = Refusal("bad_file")
    desk.answer(file=str(tmp_path / "字.png"))
    assert desk.bar.form.error() == "不是照片，或超过 8 兆"
    assert desk.given() == []


def test_a_whole_end_by_keyboard(seat):
    """Re-check of what is left, scores, closing."""
    desk = seat().open("LJ-260310-0004")
    for letter in ("甲", "乙"):
        desk.keys("r")
        desk.answer(premises=letter, outcome="passed")
    assert desk.feed.get("LJ-260310-0004").state is InspectionState.RECHECKED
    desk.keys("s")
    desk.answer(unit=FIRE, quality="21")
    assert desk.bar.form.error() == "质量分不超过 20"
    desk.answer(unit=FIRE, quality="18")
    for unit in (MARKET, "U08"):
        desk.keys("s")
        desk.answer(unit=unit)
    desk.keys("s")
    assert "均已评分" in desk.said()
    desk.keys("c")
    desk.answer(text="全部整改到位")
    closed = desk.feed.get("LJ-260310-0004")
    assert closed.state is InspectionState.CLOSED
    assert {part.unit: part.score.total for part in closed.parts} == {FIRE: 98, MARKET: 100, "U08": 100}


def test_a_re_check_that_fails_needs_another_day(seat):
    desk = seat().open("LJ-260310-0004")
    desk.keys("r")
    desk.answer(premises="甲", outcome="failed")
    assert desk.bar.form.error() == "日期不得早于今天和整改期限"
    desk.answer(premises="甲", outcome="failed", next_on="2026-03-30")
    now = desk.feed.get("LJ-260310-0004")
    assert (now.state, now.recheck_on) == (InspectionState.RECTIFYING, date(2026, 3, 30))
    assert [(found.failed, found.rectified_at is None) for key, found in now.findings.items() if found.failed] == [
        (1, True)
    ]


def test_work_given_back_names_the_cell(seat):
    desk = seat().open("LJ-260312-0003")
    assert desk.bar.command_of_key("B") == "", "it has ended"
    made = mock_up()
    made.do(NOW, commands.Find(item="c11", premises="乙", result=Result.OK))
    desk = seat(InspectionBridge([made])).open(cell=("c12", "甲"))
    desk.keys("b")
    desk.answer(unit=POLICE, which="cell", text="照片不清")
    assert desk.given() == [commands.ReturnPart(unit=POLICE, cells=(("c12", "甲"),), text="照片不清")]
    assert desk.feed.get(MOCK).state is InspectionState.UNDER_WAY


# -- the plan -----------------------------------------------------------------------------------------


def fill_plan(desk: Seat, **changes: str) -> None:
    words = {
        "title": "石浦街道出租房联合检查",
        "lead": "镇安监所",
        "co_units": "消防救援站、派出所",
        "premises": "甲栋 | 91440300X1\n乙栋",
        "starts": "2026-03-19 09:00",
        "ends": "2026-03-19 12:00",
        "meeting_point": "村委会门口",
        "purpose": "群租投诉",
    } | changes
    for name, text in words.items():
        desk.write(desk.window.form.inputs[name], text)


def test_a_plan_from_a_ticket_by_keyboard(seat):
    desk = seat().open()
    desk.window.start_plan([TICKET])
    form = desk.window.form
    assert form.words().tickets == TICKET
    assert form.words().lead == "鹭洲镇食安办", "the unit that has the ticket"
    assert form.words().starts == "2026-03-19 09:30"
    fill_plan(desk)
    form.fields.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert form.summary() == "清单 12 项 × 对象 2 = 24 格。责任项：消防救援站 12"
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (given,) = desk.given()
    assert (given.tickets, given.lead, given.co_units) == ((TICKET,), "U08", (FIRE, POLICE))
    assert [(one.letter, one.name, one.ref) for one in given.premises] == [
        ("甲", "甲栋", "91440300X1"),
        ("乙", "乙栋", ""),
    ]
    assert given.templates == ("fire@2026-02",)
    desk.bot.waitUntil(lambda: desk.window.current_id == "LJ-260318-0007")
    assert desk.feed.get("LJ-260318-0007").state is InspectionState.PLANNED
    assert not desk.window.center.form_is_open()
    desk.keys("d")
    assert desk.feed.get("LJ-260318-0007").state is InspectionState.ISSUED


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lead": ""}, "须写牵头单位"),
        ({"lead": "没有的局"}, "没有单位“没有的局”"),
        ({"co_units": "镇"}, "“镇”不止一个：鹭洲镇食安办、镇安监所"),
        ({"premises": " "}, "须写检查对象"),
        ({"starts": "明天"}, "开始时间要写成 2026-03-16 09:30"),
        ({"ends": "2026-03-18 09:00"}, "结束须晚于开始"),
        ({"title": ""}, "须写检查名称"),
        ({"premises": "\n".join("一二三四五六七八九十丑")}, "检查对象至多 10 个"),
    ],
)
def test_a_plan_that_cannot_be_is_said_and_stays_as_typed(seat, changes, said):
    desk = seat().open()
    desk.window.start_plan()
    fill_plan(desk, **changes)
    desk.window.form.fields.setFocus()
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.form.error() == said
    assert desk.given() == []
    assert desk.window.center.form_is_open()
    assert desk.window.form.words().purpose == "群租投诉"


def test_a_plan_can_be_changed_until_it_goes_out(seat):
    made = mock_up()
    planned = type(made)("260318-0009")
    plan = commands.MakePlan(**{name: getattr(_plan_of(made), name) for name in commands.MakePlan.__struct_fields__})
    planned.do(NOW - timedelta(hours=1), plan)
    desk = seat(InspectionBridge([planned])).open(planned.id)
    desk.keys("m")
    form = desk.window.form
    assert form.words().title == "鹭洲岛餐饮民宿联合检查"
    assert form.words().meeting_point == "鹭洲岛北码头", "private words come from the record"
    desk.write(form.inputs["title"], "改名")
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.feed.get(planned.id).plan.title == "改名"
    assert desk.feed.get(planned.id).version == 2


def _plan_of(made) -> commands.MakePlan:
    state = made.known
    return commands.MakePlan(
        title=state.plan.title,
        area=state.area,
        lead=state.plan.lead,
        co_units=tuple(part.unit for part in state.parts if not part.lead),
        tickets=state.plan.tickets,
        premises=state.plan.premises,
        items=state.plan.items,
        templates=state.plan.templates,
        starts_at=state.plan.starts_at,
        ends_at=state.plan.ends_at,
        purpose="投诉",
        meeting_point="鹭洲岛北码头",
    )


# -- states every window shares ---------------------------------------------------------------------------


def test_offline_takes_findings_and_refuses_papers(seat):
    desk = seat().open(cell=("c11", "乙"))
    desk.bridge.go(Fresh.OFFLINE, as_of=NOW, since_s=360.0, age_s=360.0)
    desk.bot.waitUntil(lambda: "断开 6 分钟" in desk.window.center.late.text())
    desk.keys("y")
    assert desk.said() == "记录 待发"
    assert desk.window.status_bar.accessibleName().find("待发 1") >= 0
    assert desk.window.desk.pending_cells() == {("c11", "乙")}
    desk.keys("o")
    assert "须联机" in desk.said()
    assert "须联机" in desk.bar.why()
    desk.bridge.go(Fresh.LIVE, as_of=NOW)
    desk.bridge.commander.confirm()
    desk.bot.waitUntil(lambda: desk.window.desk.pending_cells() == frozenset())
    assert desk.feed.get(MOCK).open_cells() == ()


def test_empty_says_what_would_be_here_and_x_begins(seat):
    desk = seat(InspectionBridge([]))
    assert desk.window.center.message_text().startswith("没有联合检查。")
    desk.keys("x")
    assert desk.window.center.form_is_open()
    desk.press(Qt.Key.Key_Escape)
    assert not desk.window.center.form_is_open()


def test_loading_and_never_connected_are_told_apart(seat):
    bridge = InspectionBridge([])
    bridge.freshness.values["tickets"] = Freshness(state=Fresh.NEVER)
    desk = seat(bridge)
    assert desk.window.center.message_text() == "启动以来未接通"
    bridge.freshness.values["tickets"] = Freshness(state=Fresh.CATCHING_UP, snapshot=(3, 10))
    bridge.freshness_changed.emit("tickets")
    desk.bot.waitUntil(lambda: desk.window.center.message_text() == "正在取快照 30%")


def test_stale_keeps_the_values_and_says_from_when(seat):
    desk = seat().open()
    desk.bridge.go(Fresh.STALE, as_of=NOW - timedelta(minutes=27), age_s=1620.0)
    desk.bot.waitUntil(lambda: desk.window.center.late.text() == "以下为 14:05 的情况")
    assert desk.window.center.units.lines()


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_who_may_not_see_is_told_who_may(seat, role):
    desk = seat(InspectionBridge(actor=replace(LEADER, role=role)))
    assert desk.window.center.message_text() == "本席无权查看"
    assert desk.window.list_pane.list.ids() == ()


def test_a_seat_that_only_reads_says_so(seat):
    desk = seat(InspectionBridge(actor=replace(LEADER, role=Role.LEADER))).open(cell=("c11", "乙"))
    assert desk.bar.why() == "本席只读"
    desk.keys("y")
    assert desk.given() == []


def test_a_unit_acts_for_itself_only(seat):
    desk = seat(InspectionBridge(actor=handler(FIRE))).open(cell=("c11", "乙"))
    desk.keys("y")
    assert desk.given() == []
    assert desk.said() == "未执行：记录，由派出所（消委办）办"
    desk = seat(InspectionBridge(actor=handler(POLICE))).open(cell=("c11", "乙"))
    desk.keys("y")
    assert len(desk.given()) == 1
    assert "由牵头单位鹭洲镇食安办办" in desk.bar.why()


def test_the_servers_no_is_said_and_the_cell_comes_back(seat):
    desk = seat().open(cell=("c11", "乙"))
    desk.bridge.commander.at_once = False
    desk.keys("y")
    assert desk.window.desk.pending_cells() == {("c11", "乙")}
    desk.bridge.carry_out(commands.EndFindings(text="其他席位"), MOCK)
    desk.bridge.made[MOCK].do(NOW, notice("乙"))
    desk.bridge.show(desk.bridge.made[MOCK])
    desk.bridge.commander.confirm()
    assert desk.said() == "未执行：记录，乙已开文书，结果不再改"
    desk.bot.waitUntil(lambda: desk.window.desk.pending_cells() == frozenset())


def test_a_late_answer_about_another_inspection_is_not_shown(seat):
    bridge = InspectionBridge()
    held: list = []
    original = bridge.ask_then
    bridge.ask_then = lambda what, args, done: held.append((what, args, done))  # type: ignore[method-assign]
    desk = seat(bridge).open()
    first = next(entry for entry in held if entry[1].get("id") == MOCK)
    desk.open("LJ-260310-0004")
    original(*first)
    assert desk.window.side.records() == ()


def test_a_narrow_window_folds_its_list(seat):
    desk = seat(size=(1366, 768)).open()
    assert desk.window.list_pane.isHidden()
    desk.keys("f")
    assert not desk.window.list_pane.isHidden()
    assert desk.window.focusWidget() is desk.window.list_pane.list


def test_another_theme_and_closing_leave_nothing_behind(seat):
    desk = seat(whole_scene()).open(cell=("c04", "丙"))
    desk.window.apply_theme(Theme.load("light", scale=1.25))
    desk.window.grab()
    desk.window.close()
    desk.bridge.carry_out(commands.Urge(unit=POLICE), MOCK)
    desk.bridge.pass_time(1)


def test_an_answer_after_the_window_is_gone_is_worth_nothing(qtbot, qapp):
    """Qt has deleted the panes by then; the answer must not look for them."""
    bridge, waiting = whole_scene(), []
    bridge.ask_then = lambda what, args, done: waiting.append(done)
    window = InspectionWindow(Theme.load(), bridge, InspectionFeed(bridge), load_templates())
    window.show()
    assert window.select(MOCK)
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    assert not isValid(window)
    assert waiting
    for done in waiting:
        done(Answer(error="offline"))

"""Lists of the left pane and the detail pane, the form, the bars."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from widget_look import lay_out, missing, painted_texts, picture

from desktop.widgets.command_bar import CommandBar
from desktop.widgets.facet_list import FacetItem, FacetList
from desktop.widgets.inline_form import FormField, InlineForm
from desktop.widgets.painting import text_width
from desktop.widgets.participants import Participants, UnitRow
from desktop.widgets.rail import Rail, RailItem
from desktop.widgets.record_list import Record, RecordList
from desktop.widgets.saved_view_list import SavedView, SavedViewList
from desktop.widgets.status_bar import StatusBar
from desktop.widgets.timeline import StageStep, StageTrack, folded
from desktop.widgets.top_bar import TopBar

VIEWS = (SavedView("mine", "我的待办", 12), SavedView("all", "全部在办", 1283), SavedView("risk", "临期", 169))
SOURCES = (
    FacetItem("patrol", "网格巡查", 706),
    FacetItem("hotline", "12345 热线", 371),
    FacetItem("camera", "视频", 94),
)
FIELDS = (
    FormField("reason", "原因", "choice", options=(("unit", "职责不符"), ("other", "其他"))),
    FormField("text", "说明"),
    FormField("until", "恢复日期", "date", required=False),
)


def centre(rect) -> QPoint:
    return rect.center().toPoint()


def saved_views(qtbot, theme) -> SavedViewList:
    views = SavedViewList(theme, "视图")
    qtbot.addWidget(views)
    views.set_views(VIEWS)
    views.set_current("mine")
    return lay_out(views, 220)


def test_a_click_or_an_arrow_selects_a_saved_view(qtbot, desk):
    views = saved_views(qtbot, desk)
    with qtbot.waitSignal(views.selected) as clicked:
        qtbot.mouseClick(views, Qt.MouseButton.LeftButton, pos=centre(views.row_rect(1)))
    assert clicked.args == ["all"]
    with qtbot.waitSignal(views.selected) as pressed:
        QTest.keyClick(views, Qt.Key.Key_Down)
    assert pressed.args == ["risk"]


def test_a_refresh_keeps_the_chosen_view(qtbot, desk):
    views = saved_views(qtbot, desk)
    views.set_current("risk")
    views.set_views([SavedView("new", "新"), *VIEWS])
    assert views.accessibleDescription() == "临期 169"


def test_letter_keys_are_not_swallowed_by_an_input_method(qtbot, desk):
    views = saved_views(qtbot, desk)
    assert not views.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def facets(qtbot, theme) -> FacetList:
    made = FacetList(theme, "来源")
    qtbot.addWidget(made)
    made.set_items(SOURCES)
    return lay_out(made, 220)


def test_a_facet_is_toggled_by_click_and_by_space(qtbot, desk):
    made = facets(qtbot, desk)
    with qtbot.waitSignal(made.changed) as clicked:
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=centre(made.row_rect(1)))
    assert clicked.args == [("patrol", "camera")]
    QTest.keyClick(made, Qt.Key.Key_Down)
    with qtbot.waitSignal(made.changed) as pressed:
        QTest.keyClick(made, Qt.Key.Key_Space)
    assert pressed.args == [("patrol",)]


def test_a_double_click_keeps_only_one_value(qtbot, desk):
    made = facets(qtbot, desk)
    qtbot.mouseDClick(made, Qt.MouseButton.LeftButton, pos=centre(made.row_rect(2)))
    assert made.checked_ids() == ("camera",)
    assert made.total() == 1171


def form(qtbot, theme) -> InlineForm:
    made = InlineForm(theme)
    qtbot.addWidget(made)
    made.open_form("回退", FIELDS, "回退", "danger")
    return lay_out(made, 400)


def test_a_form_asks_for_what_is_missing_and_sends_nothing(qtbot, desk):
    made = form(qtbot, desk)
    with qtbot.assertNotEmitted(made.submitted):
        made.submit()
    assert made.error() == "请填写：说明"


def test_a_form_that_closes_gives_the_keyboard_back_to_what_had_it(qtbot, desk):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    other, before, made = QLineEdit(), QLineEdit(), InlineForm(desk)
    for part in (other, before, made):
        column.addWidget(part)
    window.show()
    before.setFocus()
    made.open_form("回退", FIELDS, "回退", "danger")
    assert made.isAncestorOf(window.focusWidget())
    made.cancel()
    assert window.focusWidget() is before


def test_a_form_opened_without_a_keyboard_before_leaves_it_to_the_window(qtbot, desk):
    window = QWidget()
    qtbot.addWidget(window)
    made = InlineForm(desk, window)
    QLineEdit(window)
    window.show()
    made.open_form("回退", FIELDS, "回退", "danger")
    made.cancel()
    assert window.focusWidget() is None


def test_a_form_keeps_letters_from_the_window_behind_and_escape_closes_it_from_its_buttons(qtbot, desk):
    made = form(qtbot, desk)
    letter = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(made._confirm, letter)
    assert letter.isAccepted()
    with qtbot.waitSignal(made.cancelled):
        QTest.keyClick(made._cancel, Qt.Key.Key_Escape)


def test_tab_goes_from_the_last_field_of_a_form_to_its_buttons(qtbot, desk):
    made = form(qtbot, desk)
    inputs = [made.input(each.id) for each in FIELDS]
    assert [each for each in chain(made) if each in (*inputs, made._confirm)] == [*inputs, made._confirm]


def chain(begin: QWidget) -> list[QWidget]:
    found = [begin.nextInFocusChain()]
    while found[-1] is not begin:
        found.append(found[-1].nextInFocusChain())
    return found


def test_a_form_sends_its_values_by_field(qtbot, desk):
    made = form(qtbot, desk)
    QTest.keyClicks(made.input("text"), "not ours")
    with qtbot.waitSignal(made.submitted) as caught:
        QTest.keyClick(made.input("text"), Qt.Key.Key_Return)
    assert caught.args == [{"reason": "unit", "text": "not ours", "until": ""}]


def test_a_date_that_is_none_is_refused_in_words(qtbot, desk):
    made = form(qtbot, desk)
    QTest.keyClicks(made.input("text"), "x")
    QTest.keyClicks(made.input("until"), "2026-02-30")
    with qtbot.assertNotEmitted(made.submitted):
        made.submit()
    assert made.error() == "恢复日期 要写成 2026-03-25 这样的日期"


def test_escape_closes_a_form_and_forgets_it(qtbot, desk):
    made = form(qtbot, desk)
    with qtbot.waitSignal(made.cancelled):
        QTest.keyClick(made.input("text"), Qt.Key.Key_Escape)
    assert made.isHidden()
    assert made.values() == {}


def test_a_long_record_wraps_and_nothing_of_it_is_lost(qtbot, theme):
    text = "区水务局排水所反馈水位下降八厘米，" * 6
    records = RecordList(theme)
    qtbot.addWidget(records)
    records.set_records([Record("14:31", text), Record("14:26", "催办")])
    lay_out(records, 500, 10)
    narrow = records.heightForWidth(500)
    records.resize(500, narrow)
    assert text in "".join(painted_texts(records))
    assert narrow > records.heightForWidth(4000)


def test_time_and_sentence_of_a_record_share_one_baseline(qtbot, theme):
    """Chinese makes a line taller than digits do; the foot of a 1 says where each line stands."""
    records = RecordList(theme)
    qtbot.addWidget(records)
    records.set_records([Record("1", "1国"), Record("1国", "1")])
    image = picture(lay_out(records, 400))
    second = records.heightForWidth(400) // 2
    left, right = 0, text_width(theme.font("small"), "1国") + theme.space("m")
    one = text_width(theme.font("small"), "1")
    for top, bottom in ((0, second), (second, image.height())):
        assert foot(image, left, left + one, top, bottom) == foot(image, right, right + one, top, bottom)


def foot(image, left: float, right: float, top: int, bottom: int) -> int:
    """The lowest row with ink of a character."""
    ground = image.pixelColor(image.width() - 1, 0).lightness()
    rows = range(top, bottom)
    return max(
        y
        for y in rows
        if any(abs(image.pixelColor(x, y).lightness() - ground) > 4 for x in range(int(left), int(right)))
    )


def test_a_unit_that_should_have_come_says_so(qtbot, theme):
    units = Participants(theme)
    qtbot.addWidget(units)
    units.set_units(
        [
            UnitRow("区水务局排水所", True, "12:51", "14:38", ("sla", "ok"), "已反馈"),
            UnitRow("区环卫所", False, None, "14:08", ("sla", "overdue"), "超 0:24", "已催办 1 次", True),
        ]
    )
    assert "未报到" in painted_texts(lay_out(units, 1200))
    assert units.accessibleName() == "牵头 区水务局排水所 12:51 已反馈；协办 区环卫所 未报到 超 0:24 已催办 1 次"


def test_stages_are_read_out_with_their_state(qtbot, desk):
    track = StageTrack(desk)
    qtbot.addWidget(track)
    track.set_stages([StageStep("任务派遣", "done", "12:38", "14 / 15 分"), StageStep("任务处理", "current")])
    assert track.accessibleName() == "任务派遣 已完成 12:38 14 / 15 分，任务处理 进行中"


def test_words_of_stages_take_two_lines_where_one_is_too_narrow_and_none_is_cut(qtbot, desk):
    track = StageTrack(desk)
    qtbot.addWidget(track)
    names = ("信息收集", "案卷建立", "任务派遣", "任务处理", "处理反馈", "核查结案", "综合评价")
    track.set_stages([StageStep(name, "done", "10-01 起", "8:02/8:00") for name in names])
    assert folded("已用 78 %") == ("已用", "78 %")
    assert {"任务派遣", "8:02/8:00"} <= set(painted_texts(lay_out(track, 600)))
    assert track.lines() == (1, 1, 1)
    high = track.sizeHint().height()
    narrow = set(painted_texts(lay_out(track, 300)))
    assert {"任务", "派遣", "8:02/", "8:00", "10-01", "起"} <= narrow
    assert track.sizeHint().height() > high


def test_a_rail_item_is_activated_and_shows_its_badge(qtbot, desk):
    rail = Rail(desk, [RailItem("queue", "layout-list", "队列", "F1"), RailItem("alarms", "bell", "告警", "F7")])
    qtbot.addWidget(rail)
    lay_out(rail, 60, 400)
    with qtbot.waitSignal(rail.activated) as caught:
        qtbot.mouseClick(rail.button("alarms"), Qt.MouseButton.LeftButton)
    assert caught.args == ["alarms"]
    before = picture(rail)
    rail.set_badge("alarms", 120)
    assert picture(rail) != before
    assert "99+" in painted_texts(rail)
    assert rail.button("alarms").accessibleName() == "告警 F7，120 条待处理"


def test_a_clock_tick_moves_nothing_else(qtbot, desk):
    bar = TopBar(desk)
    qtbot.addWidget(bar)
    bar.set_title("工单队列", "主屏")
    bar.set_clock("3月18日 周三", "11:11:11")
    lay_out(bar, 1366)
    places = [label.geometry() for label in bar.labels()]
    bar.set_clock("3月18日 周三", "20:48:56")
    lay_out(bar, 1366)
    assert [label.geometry() for label in bar.labels()] == places


def test_the_command_box_opens_by_click_and_by_key(qtbot, desk):
    bar = TopBar(desk)
    qtbot.addWidget(bar)
    lay_out(bar, 1366)
    box = next(child for child in bar.children() if child.objectName() == "command_box")
    with qtbot.waitSignal(bar.command_requested):
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.command_requested):
        QTest.keyClick(box, Qt.Key.Key_Space)


def test_the_command_line_submits_and_leaves(qtbot, desk):
    bar = CommandBar(desk)
    qtbot.addWidget(bar)
    lay_out(bar, 800)
    bar.set_text("/催办 区环卫所")
    edit = bar.input()
    with qtbot.waitSignal(bar.submitted) as caught:
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert caught.args == ["/催办 区环卫所"]
    with qtbot.waitSignal(bar.cancelled):
        QTest.keyClick(edit, Qt.Key.Key_Escape)
    with qtbot.waitSignal(bar.completion_requested):
        QTest.keyClick(edit, Qt.Key.Key_Tab)


def test_commands_waiting_here_are_counted_in_the_status_bar(qtbot, desk):
    bar = StatusBar(desk)
    qtbot.addWidget(bar)
    bar.set_pending(2)
    assert missing(lay_out(bar, 900), "本机待发 2 条") == set()

"""Draws the widgets as the mock-ups compose them, for looking at: every theme and profile, normal, late and empty.

usage: python tests/look/gallery.py OUT_DIR      (a helper for people; test_gallery.py checks that each page draws)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.widgets.action_button import Action
from desktop.widgets.action_row import ActionRow
from desktop.widgets.alarm_strip import AlarmLine, AlarmStrip
from desktop.widgets.base import ThemedWidget
from desktop.widgets.chip import ChipRow, ChipValue
from desktop.widgets.clock_card import ClockCard
from desktop.widgets.command_bar import CommandBar
from desktop.widgets.count_tile import CountTile, OpenTile
from desktop.widgets.facet_list import FacetItem, FacetList
from desktop.widgets.freshness_badge import FreshnessBadge
from desktop.widgets.glyphs import SHAPES, paint_glyph
from desktop.widgets.headline import Finding, Headline
from desktop.widgets.hotspot_list import Hotspot, HotspotList
from desktop.widgets.hourly_chart import HourlyChart, HourlySeries
from desktop.widgets.inline_form import FormField, InlineForm
from desktop.widgets.kpi_tile import RateTile, RateValue
from desktop.widgets.labels import plain_label
from desktop.widgets.level_meter import LevelMeter, LevelShare
from desktop.widgets.panel import Panel
from desktop.widgets.participants import Participants, UnitRow
from desktop.widgets.pending_line import PendingLine
from desktop.widgets.rail import Rail, RailItem
from desktop.widgets.ranking import Ranking, RankRow
from desktop.widgets.record_list import Record, RecordList
from desktop.widgets.saved_view_list import SavedView, SavedViewList
from desktop.widgets.section import SectionHeader
from desktop.widgets.sla_bar import SlaBar, format_remaining, paint_sla_cell
from desktop.widgets.status_bar import StatusBar, StatusSource
from desktop.widgets.status_chip import StatusChip
from desktop.widgets.table_style import style_table
from desktop.widgets.tag import Tag
from desktop.widgets.timeline import StageStep, StageTrack
from desktop.widgets.top_bar import TopBar
from desktop.widgets.trend_chart import TrendChart, TrendSeries
from desktop.widgets.values import Freshness, Run
from desktop.widgets.wall_header import WallHeader

LIVE = Freshness("live", "14:32", None)
STALE = Freshness("stale", "14:05", 27 * 60)
OFFLINE = Freshness("offline", "14:32", 6 * 60)
NEVER = Freshness("never")
CATCHING_UP = Freshness("catching_up", "14:31", 3, 412)

ACCEPTED = (14, 9, 7, 6, 8, 18, 40, 81, 140, 168, 155, 120, 92, 115)
CLOSED = (12, 8, 6, 5, 6, 10, 19, 46, 101, 148, 161, 140, 91, 116)
LOW = (10, 8, 6, 6, 6, 9, 22, 60, 110, 132, 124, 100, 80, 86, 92, 103, 98, 84, 58, 48, 38, 31, 22, 15)
HIGH = (22, 15, 12, 11, 13, 24, 52, 98, 155, 186, 176, 142, 116, 124, 134, 147, 140, 113, 84, 71, 57, 48, 37, 27)
HOURS = HourlySeries(ACCEPTED, CLOSED, LOW, HIGH, 14.53, 1046, 931)
HISTORY = (96.4, 96.5, 96.9, 96.7, 97.0, 96.9, 97.2, 97.0, 97.3, 97.2, 97.5, 97.4, 97.6, 97.5, 97.6, 97.8, 97.7, 97.93)
RATES = (
    ("结案率", RateValue(97.93, 22934, 23418, (("剔除", 214),), "结案 / 应结案", "本月", 97, 90, 100, HISTORY)),
    (
        "按期结案率",
        RateValue(95.15, 21871, 22986, (("剔除", 214),), "按期结案 / (结案＋超期未结)", "本月", 95, 85, 100, HISTORY),
    ),
    (
        "满意率",
        RateValue(
            97.44, 4689, 4812, (("未接通", 1126),), "满意＋基本满意 / 有效回访", "本月", 98, 90, 100, HISTORY[::-1]
        ),
    ),
)
LEVELS = (LevelShare("网格", 17751, 77.4, 80), LevelShare("街道", 4151, 18.1, 16), LevelShare("区", 1032, 4.5, 4))
RANKS = (
    RankRow(1, 6, "鹭洲镇", 97.0, 95.4, 98.2, 628),
    RankRow(1, 5, "望湖街道", 96.5, 95.9, 97.0, 3905),
    RankRow(1, 5, "城中街道", 96.2, 95.6, 96.7, 5214),
    RankRow(1, 6, "运河街道", 95.6, 95.0, 96.2, 4386),
    RankRow(1, 6, "东塘镇", 95.5, 94.6, 96.3, 2467),
    RankRow(3, 7, "青石镇", 94.4, 93.1, 95.5, 1376),
    RankRow(6, 8, "石浦街道", 93.1, 92.1, 94.0, 3012),
    RankRow(7, 8, "白荡镇", 91.2, 89.9, 92.4, 1998),
)
HOTSPOTS = (
    Hotspot("占道经营", 143, 1.18),
    Hotspot("机动车乱停", 121, 1.02),
    Hotspot("暴露垃圾", 98, 0.94),
    Hotspot("噪声扰民", 87, 1.09),
    Hotspot("井盖缺损", 41, 2.1, True),
    Hotspot("道路积水", 38, 3.8, True),
)
ALARMS = (
    AlarmLine("critical", "石浦路燃气管道被施工挖断", "14:11"),
    AlarmLine("major", "满意度回访接口无数据", "14:05"),
    AlarmLine("minor", "视频 2 路断开", "13:48"),
)
RAIL = (
    RailItem("queue", "layout-list", "队列", "F1"),
    RailItem("map", "map", "地图", "F2"),
    RailItem("video", "cctv", "视频", "F3"),
    RailItem("joint", "users", "联检", "F4"),
    RailItem("handover", "arrow-left-right", "交接", "F5"),
    RailItem("wall", "monitor", "大屏", "F6"),
    RailItem("alarms", "bell", "告警", "F7"),
    RailItem("board", "chart-column", "统计", "F8"),
)


class Page(ThemedWidget):
    """A plain page in the window ground."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setAutoFillBackground(True)
        self.setPalette(theme.palette())
        self.setStyleSheet(theme.stylesheet())


def wall_overview(theme: Theme, state: str) -> Page:
    """今日态势 as in a-wall-overview(-offline).png."""
    freshness = {"live": LIVE, "offline": OFFLINE, "never": NEVER}[state]
    page = Page(theme)
    outer = QVBoxLayout(page)
    edge = theme.space("page")
    outer.setContentsMargins(edge, theme.space("l"), edge, theme.space("m"))
    outer.setSpacing(theme.space("gutter") - theme.space("xs") // 2)
    header = WallHeader(theme, "今日态势")
    header.set_title("今日态势", "云泽区社会治理网格化联动指挥中心")
    header.set_demo("演示数据")
    details = {"live": "延迟 0.8 秒", "offline": "第 9 次重连，4 秒后", "never": ""}
    header.set_freshness(freshness, details[state])
    header.set_clock("3月18日 周三", "14:32:08")
    outer.addWidget(header)
    headline = Headline(theme)
    _fill_headline(headline, state)
    outer.addWidget(headline)
    outer.addLayout(_counts(theme, freshness))
    outer.addLayout(_rates(theme, freshness))
    outer.addLayout(_detail(theme, freshness), 1)
    strip = AlarmStrip(theme)
    strip.set_alarms(None if state == "never" else 3, () if state == "never" else ALARMS, state == "offline")
    strip.set_pages(0, 3)
    outer.addWidget(strip)
    return page


def _fill_headline(headline: Headline, state: str) -> None:
    if state == "offline":
        runs = (Run("以下为 "), Run("14:32:08", True), Run(" 的数，恢复后自动补齐"))
        headline.set_offline("与联动服务断开 6 分钟", runs)
    elif state == "never":
        headline.set_never("启动以来未接通联动服务")
    else:
        first = (Run("超期未结 "), Run("52", True), Run(" 件，白荡镇占 "), Run("21", True), Run(" 件"))
        second = (Run("满意率低于目标 "), Run("0.56", True), Run(" 个百分点"))
        headline.set_findings([Finding(first), Finding(second)])


def _counts(theme: Theme, freshness: Freshness) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(0)
    accepted = CountTile(theme, "今日受理", separator=False)
    accepted.set_value(1046, (Run("较前四周同刻 "), Run("+6.5%", True)))
    closed = CountTile(theme, "今日结案")
    closed.set_value(931, (Run("其中当日受理 "), Run("604", True)))
    opened = OpenTile(theme, "在办")
    opened.set_value(1283, {"ok": 1027, "at_risk": 169, "overdue": 52, "paused": 35})
    overdue = CountTile(theme, "超期未结", ("sla", "overdue"), "sla.overdue")
    side = ((Run("白荡镇 "), Run("21", True)), (Run("石浦街道 "), Run("12", True)))
    overdue.set_value(52, (Run("最久 "), Run("2 天 4 小时", True)), side)
    for tile, stretch in ((accepted, 33), (closed, 33), (opened, 72), (overdue, 43)):
        tile.set_freshness(freshness)
        row.addWidget(tile, stretch)
    return row


def _rates(theme: Theme, freshness: Freshness) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.space("gutter"))
    for title, value in RATES:
        tile = RateTile(theme, title)
        tile.set_value(value)
        late = freshness.state != "never" and title == "满意率"
        tile.set_freshness(STALE if late else freshness)
        row.addWidget(tile, 1)
    return row


def _detail(theme: Theme, freshness: Freshness) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.space("gutter"))
    never = freshness.state == "never"
    chart, meter, ranking, hot = HourlyChart(theme), LevelMeter(theme), Ranking(theme), HotspotList(theme)
    chart.set_data(HourlySeries() if never else HOURS)
    meter.set_levels([LevelShare("网格", None, None, 80)] if never else LEVELS)
    ranking.set_rows(() if never else RANKS, 95)
    hot.set_rows(() if never else HOTSPOTS)
    parts = (
        ("每小时受理与结案", "灰带 前四周同时段", chart, 540),
        ("各级办结占比", "本月", meter, 335),
        ("按期结案率排名", "名次含误差 · 目标 95%", ranking, 572),
        ("今日热点", "比常量", hot, 333),
    )
    for title, note, body, stretch in parts:
        panel = Panel(theme, title)
        panel.set_note(note)
        panel.set_body(body)
        panel.set_freshness(freshness)
        row.addWidget(panel, stretch)
    return row


def desk_queue(theme: Theme, state: str) -> Page:
    """The chrome, left pane and detail pane of b-queue-desk.png; the table belongs to the view."""
    page = Page(theme)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    bar = TopBar(theme)
    bar.set_title("工单队列", "窗口 2 / 5 · 主屏")
    bar.set_freshness({"live": Freshness("live", "14:32", 0.8), "offline": OFFLINE, "never": NEVER}[state])
    bar.set_identity("白班 · 值班长 · 1 席")
    bar.set_clock("3月18日 周三", "14:32:08")
    bar.set_alarm_load(3)
    outer.addWidget(bar)
    middle = QHBoxLayout()
    middle.setSpacing(0)
    rail = Rail(theme, RAIL, (RailItem("settings", "settings", "设置"),))
    rail.set_current("queue")
    rail.set_badge("alarms", 3)
    middle.addWidget(rail)
    left, centre, right = _left(theme), _centre(theme), _right(theme)
    middle.addWidget(left)
    middle.addWidget(centre, 1)
    middle.addWidget(right)
    outer.addLayout(middle, 1)
    status = StatusBar(theme)
    sources = (("联动服务", LIVE), ("12345 回访", STALE), ("视频平台", Freshness("live", detail="311 / 313")))
    status.set_sources([StatusSource(name, f) for name, f in sources])
    status.set_pending(0)
    status.set_right("演示数据 · 云泽区为虚构")
    outer.addWidget(status)
    return page


def _left(theme: Theme) -> QWidget:
    pane = QWidget()
    pane.setFixedWidth(212)
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(theme.space("s"))
    views = SavedViewList(theme, "视图")
    rows = (
        ("我的待办", 12, None),
        ("全部在办", 1283, None),
        ("临期", 169, ("sla", "at_risk")),
        ("超期未结", 52, ("sla", "overdue")),
        ("待派遣", 37, None),
        ("协办未报到", 9, ("sla", "overdue")),
        ("挂账到期 7 天内", 5, ("sla", "paused")),
        ("疑似简化办结", None, None),
    )
    views.set_views([SavedView(str(i), *row) for i, row in enumerate(rows)])
    views.set_current("1")
    column.addWidget(views)
    groups = (
        ("时限", (("正常", 1027), ("临期", 169), ("超期", 52), ("暂停", 35))),
        ("来源", (("网格巡查", 706), ("12345 热线", 371), ("视频巡查", 94), ("市民端", 68), ("部门转办", 44))),
    )
    for title, items in groups:
        facet = FacetList(theme, title)
        facet.set_items([FacetItem(t, t, n, t != "暂停") for t, n in items])
        column.addWidget(facet)
    column.addStretch(1)
    return pane


def _centre(theme: Theme) -> QWidget:
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(theme.space("page"), theme.space("m"), theme.space("page"), 0)
    chips = ChipRow(theme)
    chips.set_chips(
        [
            ChipValue("area", "街道：全部", icon="chevron-down"),
            ChipValue("sort", "按剩余时限", selected=True, icon="arrow-up"),
            ChipValue("from", "来自 按期结案率 分子", removable=True),
            ChipValue("new", "新到 7 件", key="N"),
        ]
    )
    column.addWidget(chips)
    for kind, states in (
        ("urgency", ("top", "high", "normal")),
        ("sla", ("ok", "at_risk", "overdue", "paused")),
        ("alarm", ("critical", "major", "minor", "info")),
        ("camera", ("live", "still", "connecting", "frozen", "lost", "restricted", "never")),
        ("joint", ("lead", "assist")),
        ("diff", ("added", "changed", "removed")),
    ):
        row = QHBoxLayout()
        for state in states:
            row.addWidget(StatusChip(theme, kind, state, colored_word=True))
        row.addStretch(1)
        column.addLayout(row)
    badges = QGridLayout()
    for index, freshness in enumerate((LIVE, CATCHING_UP, STALE, OFFLINE, NEVER)):
        for column_number, mode in enumerate(("full", "panel")):
            badge = FreshnessBadge(theme, mode)
            badge.set_freshness(freshness)
            badges.addWidget(badge, index, column_number)
    column.addLayout(badges)
    bars = QHBoxLayout()
    for state, used, over in (("ok", 0.4, 0), ("at_risk", 0.92, 0), ("overdue", 1.2, 0.7), ("paused", 0.5, 0)):
        bar = SlaBar(theme)
        bar.set_value(state, used, over)
        bars.addWidget(bar)
    bars.addWidget(Tag(theme, "重复 2"))
    bars.addStretch(1)
    column.addLayout(bars)
    column.addLayout(_pendings(theme))
    column.addLayout(_panels(theme), 1)
    command = CommandBar(theme)
    command.set_text("/催办 区环卫所")
    command.set_sentence(
        (
            Run("将对 "),
            Run("18-0912", True),
            Run(" 的协办单位 "),
            Run("区环卫所", True),
            Run(" 发出催办，回复限 "),
            Run("14:45", True),
        ),
        "可撤回 10 秒 · 记入日志",
    )
    column.addWidget(command)
    return pane


def _pendings(theme: Theme) -> QVBoxLayout:
    column = QVBoxLayout()
    lines = [PendingLine(theme) for _ in range(4)]
    lines[0].show_pending("派遣中…")
    lines[1].show_retrying()
    lines[2].show_rejected("该工单已由 2 席派遣")
    lines[3].show_done("已派遣 区水务局排水所", can_undo=True)
    for line in lines:
        column.addWidget(line)
    return column


def _panels(theme: Theme) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(theme.space("gutter"))
    titles = ("正在取", "空", "错误", "无权限", "追赶中", "趋势")
    panels = [Panel(theme, title) for title in titles]
    panels[0].show_loading(3120, 5000)
    panels[1].show_empty("没有超期工单。最近一件 09:14 办结。", "看全部在办")
    panels[2].show_error("排名算不出来", "14:20", "每分钟再试一次。", "KPI-07")
    panels[3].show_no_permission("值班长、考核员", True)
    panels[4].set_body(plain_label(theme, "–", "number_xl", weight="number"))
    panels[4].set_freshness(CATCHING_UP)
    trend = TrendChart(theme)
    trend.set_data(
        [TrendSeries("结案率", HISTORY), TrendSeries("按期", tuple(v - 2.5 for v in HISTORY))],
        ["3-1", *[""] * 7, "3-9", *[""] * 8, "3-18"],
        97,
    )
    panels[5].set_body(trend)
    panels[5].set_freshness(LIVE)
    for index, panel in enumerate(panels):
        grid.addWidget(panel, index // 3, index % 3)
    return grid


def _right(theme: Theme) -> QWidget:
    pane = QWidget()
    pane.setFixedWidth(568)
    column = QVBoxLayout(pane)
    column.setContentsMargins(theme.space("page"), theme.space("s"), theme.space("page"), theme.space("s"))
    column.setSpacing(theme.space("s"))
    head = QHBoxLayout()
    head.addWidget(StatusChip(theme, "urgency", "top", colored_word=True))
    head.addWidget(plain_label(theme, "260318-0912", role="text.secondary"))
    head.addWidget(Tag(theme, "积水 05-06"))
    head.addStretch(1)
    column.addLayout(head)
    title = "石浦路下穿通道积水约 20 厘米，非机动车无法通行"
    column.addWidget(plain_label(theme, title, "heading", weight="title", elide=True))
    clocks = QHBoxLayout()
    stage, business = ClockCard(theme), ClockCard(theme)
    stage.set_clock("阶段时钟 任务处理", "at_risk", "剩 0:06", 0.95, 0, "限 2 紧急工作时 · 14:38 到")
    business.set_clock("业务时钟 不因升级重置", "ok", "剩 1:47", 0.55, 0, "限 4 小时 · 16:19 到")
    clocks.addWidget(stage)
    clocks.addWidget(business)
    column.addLayout(clocks)
    track = StageTrack(theme)
    track.set_stages(
        [
            StageStep("信息收集", "done", "12:19", "12345"),
            StageStep("案卷建立", "done", "12:24", "5 / 15 分"),
            StageStep("任务派遣", "done", "12:38", "14 / 15 分"),
            StageStep("任务处理", "current", "12:38 起", "1:54 / 2:00", "at_risk"),
            StageStep("处理反馈", "future"),
            StageStep("核查结案", "future", "", "30 分"),
        ]
    )
    column.addWidget(track)
    column.addWidget(SectionHeader(theme, "参与单位", "3 / 4 已报到 · 各自计分"))
    units = Participants(theme)
    units.set_units(
        [
            UnitRow(
                "区水务局排水所", True, "12:51", "14:38", ("sla", "at_risk"), "处理中", "泵车 2 台到场，水位降 8 厘米"
            ),
            UnitRow("石浦街道分中心", False, "12:46", "14:38", ("sla", "ok"), "已反馈", "双向围挡，专人值守"),
            UnitRow("交警大队", False, "12:58", "14:38", ("sla", "ok"), "已反馈", "绕行牌 4 处"),
            UnitRow("区环卫所", False, None, "14:08", ("sla", "overdue"), "超 0:24", "已催办 1 次", True),
        ]
    )
    column.addWidget(units)
    column.addWidget(SectionHeader(theme, "记录", "只增不改"))
    records = RecordList(theme)
    records.set_records(
        [
            Record(
                "14:31",
                "区水务局排水所 反馈：水位降 8 厘米，附照片 1 张。这一句很长，要换行才放得下，换行之后仍然要看得全，一个字也不少。",
            ),
            Record("14:26", "1 席值班长 催办 区环卫所"),
        ]
    )
    column.addWidget(records)
    form = InlineForm(theme)
    fields = [
        FormField("reason", "回退原因", "choice", options=(("wrong_unit", "职责不符"), ("other", "其他"))),
        FormField("text", "说明", "lines"),
        FormField("until", "恢复日期", "date", value="2026-03-25"),
    ]
    form.open_form("回退 260318-0912", fields, "回退", "danger", "回退需要原因，计一次流转。")
    form.submit()
    column.addWidget(form)
    column.addStretch(1)
    actions = ActionRow(theme)
    actions.set_actions(
        [
            Action("dispatch", "派遣", "D"),
            Action("joint", "协办", "X"),
            Action("urge", "催办", "U", "primary"),
            Action("check", "核查", "H"),
            Action("return", "回退", "B"),
            Action("delay", "延期", "Y", enabled=False, reason="剩余不足 10%"),
            Action("suspend", "挂账", "G"),
            Action("close", "结案", "C", enabled=False, reason="1 个协办单位未结"),
        ]
    )
    column.addWidget(actions)
    return pane


class _Marks(ThemedWidget):
    """Every shape in three fills and three sizes, and the SLA cell of the queue."""

    def paintEvent(self, event) -> None:
        theme = self.theme
        painter = QPainter(self)
        color, ink = theme.color("alarm.major"), theme.color("text.on_alarm")
        for column, shape in enumerate(SHAPES):
            for row, (side, fill) in enumerate(
                ((12, "solid"), (22, "solid"), (48, "solid"), (48, "tinted"), (48, "hollow"))
            ):
                paint_glyph(painter, shape, QRectF(20 + column * 74, 20 + row * 60, side, side), color, fill, ink)
        cells = (
            ("ok", 0.3, 0.0, 9780),
            ("at_risk", 0.93, 0.0, 400),
            ("overdue", 1.0, 0.9, 6720),
            ("paused", 0.5, 0, 0),
        )
        for index, (state, used, over, seconds) in enumerate((*cells, ("none", None, 0.0, None))):
            box = QRectF(20, 340 + index * 40, 220 * (1.8 if theme.is_wall else 1), 40)
            paint_sla_cell(painter, box, theme, state, used, over, format_remaining(seconds, state))
        painter.end()


def marks(theme: Theme, state: str) -> Page:
    """Glyphs, SLA cells and a dressed table."""
    page = Page(theme)
    column = QVBoxLayout(page)
    column.addWidget(_Marks(theme), 3)
    table = QTableView()
    model = QStandardItemModel(6, 5, table)
    model.setHorizontalHeaderLabels(["单号", "类别", "事项", "网格", "更新"])
    for row in range(6):
        for index, text in enumerate(("0318-0912", "道路积水", "下穿通道积水约 20 厘米", "石浦街道 03格", "1 分")):
            model.setItem(row, index, QStandardItem(text))
    table.setModel(model)
    style_table(table, theme)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.selectRow(2)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    table.horizontalHeader().setSortIndicatorShown(True)
    table.horizontalHeader().setStretchLastSection(True)
    column.addWidget(table, 2)
    return page


PAGES: dict[str, tuple[str, Callable[[Theme, str], Page]]] = {
    "wall_overview": ("wall", wall_overview),
    "desk_overview": ("desk", wall_overview),
    "desk_queue": ("desk", desk_queue),
    "desk_marks": ("desk", marks),
    "wall_marks": ("wall", marks),
}
STATES = ("live", "offline", "never")


def main(folder: Path) -> None:
    """Write one PNG per page, theme and state."""
    folder.mkdir(parents=True, exist_ok=True)
    for page_name, (profile, make) in PAGES.items():
        for theme_name in ("dark", "light"):
            for state in STATES:
                page = make(Theme.load(theme_name, profile), state)
                page.resize(1920, 1080)
                page.show()
                page.grab().save(str(folder / f"{page_name}-{theme_name}-{state}.png"))
                page.close()


if __name__ == "__main__":
    application = QApplication(sys.argv)
    application.setStyle("Fusion")
    load_fonts()
    main(Path(sys.argv[1]))

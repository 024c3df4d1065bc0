"""Every widget once, with and without values, for the tests that hold for all of them."""

from desktop.widgets.action_button import Action, ActionButton
from desktop.widgets.action_row import ActionRow
from desktop.widgets.alarm_strip import AlarmLine, AlarmStrip
from desktop.widgets.chip import Chip, ChipRow, ChipValue
from desktop.widgets.clock_card import ClockCard
from desktop.widgets.command_bar import CommandBar
from desktop.widgets.component_card import ComponentCard, ComponentValue
from desktop.widgets.count_tile import CountTile, OpenTile
from desktop.widgets.facet_list import FacetItem, FacetList
from desktop.widgets.freshness_badge import FreshnessBadge
from desktop.widgets.glyphs import Glyph
from desktop.widgets.headline import Finding, Headline
from desktop.widgets.hotspot_list import Hotspot, HotspotList
from desktop.widgets.hourly_chart import HourlyChart, HourlySeries
from desktop.widgets.inline_form import FormField, InlineForm
from desktop.widgets.key_hint import KeyHint
from desktop.widgets.kpi_tile import RateTile, RateValue
from desktop.widgets.labels import plain_label
from desktop.widgets.level_meter import LevelMeter, LevelShare
from desktop.widgets.load_meter import LoadMeter
from desktop.widgets.panel import Panel
from desktop.widgets.participants import Participants, UnitRow
from desktop.widgets.pending_line import PendingLine
from desktop.widgets.rail import Rail, RailItem
from desktop.widgets.ranking import Ranking, RankRow
from desktop.widgets.record_list import Record, RecordList
from desktop.widgets.saved_view_list import SavedView, SavedViewList
from desktop.widgets.section import SectionHeader
from desktop.widgets.sla_bar import SlaBar
from desktop.widgets.status_bar import StatusBar, StatusSource
from desktop.widgets.status_chip import StatusChip
from desktop.widgets.tag import Tag
from desktop.widgets.timeline import StageStep, StageTrack
from desktop.widgets.top_bar import TopBar
from desktop.widgets.trend_chart import TrendChart, TrendSeries
from desktop.widgets.values import Freshness, Run
from desktop.widgets.wall_header import WallHeader

LIVE = Freshness("live", "14:32", 0.8)
RATE = RateValue(97.934, 22934, 23418, (("剔除", 214),), "结案 / 应结案", "本月", 97, 90, 100, (96.0, None, 97.0, 97.9))


def _after(widget, *calls):
    for name, *values in calls:
        getattr(widget, name)(*values)
    return widget


def _panel(theme):
    panel = _after(Panel(theme, "今日热点"), ("set_note", "比常量"), ("set_freshness", LIVE))
    panel.set_body(_after(HotspotList(theme), ("set_rows", [Hotspot("占道经营", 143, 1.18)])))
    return panel


def _form(theme):
    form = InlineForm(theme)
    fields = [
        FormField("reason", "回退原因", "choice", options=(("unit", "职责不符"), ("other", "其他"))),
        FormField("text", "说明", "lines"),
        FormField("name", "联系", "text", required=False),
        FormField("until", "恢复日期", "date"),
    ]
    form.open_form("回退 0912", fields, "回退", "danger", "回退需要原因。")
    return form


FILLED = {
    "glyph": lambda t: Glyph(t, "sla", "overdue"),
    "label": lambda t: plain_label(t, "石浦街道"),
    "status_chip": lambda t: StatusChip(t, "urgency", "top", colored_word=True),
    "tag": lambda t: Tag(t, "演示数据"),
    "key_hint": lambda t: KeyHint(t, "Ctrl K"),
    "freshness_badge": lambda t: _after(FreshnessBadge(t), ("set_freshness", LIVE)),
    "sla_bar": lambda t: _after(SlaBar(t), ("set_value", "at_risk", 0.9)),
    "section": lambda t: SectionHeader(t, "参与单位", "3 / 4 已报到"),
    "action_button": lambda t: ActionButton(t, "派遣", "D", "primary"),
    "action_row": lambda t: _after(
        ActionRow(t), ("set_actions", [Action("a", "派遣", "D"), Action("b", "结案", "C", "plain", False, "协办未结")])
    ),
    "chip": lambda t: Chip(t, "街道：全部", True),
    "chip_row": lambda t: _after(
        ChipRow(t), ("set_chips", [ChipValue("a", "街道：全部"), ChipValue("b", "临期", True)])
    ),
    "pending_line": lambda t: _after(PendingLine(t), ("show_pending", "派遣中…")),
    "clock_card": lambda t: _after(
        ClockCard(t), ("set_clock", "阶段时钟", "at_risk", "剩 0:06", 0.95, 0.0, "14:38 到")
    ),
    "component_card": lambda t: _after(
        ComponentCard(t),
        (
            "set_component",
            ComponentValue("4403100102000417", "雨水箅子", "石浦路东侧", "石浦街道 03格", state="损坏", wrong=True),
        ),
    ),
    "top_bar": lambda t: _after(
        TopBar(t),
        ("set_title", "工单队列", "主屏"),
        ("set_freshness", LIVE),
        ("set_identity", "白班 · 值班长 · 1 席"),
        ("set_clock", "3月18日 周三", "14:32:08"),
        ("set_alarm_load", 3),
    ),
    "rail": lambda t: _after(
        Rail(t, [RailItem("queue", "layout-list", "队列", "F1")], [RailItem("set", "settings", "设置")]),
        ("set_current", "queue"),
        ("set_badge", "queue", 3),
    ),
    "status_bar": lambda t: _after(
        StatusBar(t), ("set_sources", [StatusSource("联动服务", LIVE)]), ("set_pending", 0), ("set_right", "演示数据")
    ),
    "load_meter": lambda t: _after(LoadMeter(t), ("set_load", 3, 10)),
    "command_bar": lambda t: _after(CommandBar(t), ("set_sentence", [Run("发出催办")], "可撤回 10 秒")),
    "wall_header": lambda t: _after(
        WallHeader(t),
        ("set_title", "今日态势", "云泽区"),
        ("set_demo", "演示 ×60"),
        ("set_freshness", LIVE),
        ("set_clock", "3月18日 周三", "14:32:08"),
    ),
    "headline": lambda t: _after(Headline(t), ("set_findings", [Finding((Run("超期未结 "), Run("52", True)))])),
    "alarm_strip": lambda t: _after(
        AlarmStrip(t), ("set_alarms", 3, [AlarmLine("critical", "燃气管道被挖断", "14:11")]), ("set_pages", 0, 3)
    ),
    "panel": _panel,
    "saved_views": lambda t: _after(
        SavedViewList(t, "视图"), ("set_views", [SavedView("a", "临期", 169, ("sla", "at_risk"))]), ("set_current", "a")
    ),
    "facets": lambda t: _after(FacetList(t, "来源"), ("set_items", [FacetItem("a", "网格巡查", 706)])),
    "stage_track": lambda t: _after(
        StageTrack(t),
        (
            "set_stages",
            [StageStep("任务派遣", "done", "12:38", "14 / 15 分"), StageStep("任务处理", "current", "12:38 起")],
        ),
    ),
    "record_list": lambda t: _after(RecordList(t), ("set_records", [Record("14:31", "反馈：水位降 8 厘米")])),
    "participants": lambda t: _after(
        Participants(t),
        ("set_units", [UnitRow("区环卫所", False, None, "14:08", ("sla", "overdue"), "超 0:24", "已催办", True)]),
    ),
    "inline_form": _form,
    "rate_tile": lambda t: _after(RateTile(t, "结案率"), ("set_value", RATE), ("set_freshness", LIVE)),
    "count_tile": lambda t: _after(
        CountTile(t, "今日受理"), ("set_value", 1046, [Run("较前四周 "), Run("+6.5%", True)]), ("set_freshness", LIVE)
    ),
    "open_tile": lambda t: _after(
        OpenTile(t, "在办"), ("set_value", 1283, {"ok": 1027, "at_risk": 169, "overdue": 52}), ("set_freshness", LIVE)
    ),
    "hourly_chart": lambda t: _after(
        HourlyChart(t), ("set_data", HourlySeries((1, 5, 9), (0, 2, 4), (1, 2, 3), (4, 6, 8), 3.5, 15, 6))
    ),
    "trend_chart": lambda t: _after(
        TrendChart(t), ("set_data", [TrendSeries("结案率", (96.0, None, 97.5))], ["3-1", "", "3-3"], 97)
    ),
    "level_meter": lambda t: _after(LevelMeter(t), ("set_levels", [LevelShare("网格", 17751, 77.4, 80)])),
    "ranking": lambda t: _after(Ranking(t), ("set_rows", [RankRow(1, 6, "鹭洲镇", 97.0, 95.4, 98.2, 628)], 95)),
    "hotspots": lambda t: _after(HotspotList(t), ("set_rows", [Hotspot("道路积水", 38, 3.8, True)])),
}

# Widgets that show a number, with the number missing.
EMPTY = {
    "rate_tile_no_value": lambda t: _after(
        RateTile(t, "满意率"), ("set_value", RateValue(None, 0, 0, target=98)), ("set_freshness", LIVE)
    ),
    "rate_tile_never": lambda t: _after(RateTile(t, "满意率"), ("set_value", RATE)),
    "count_tile": lambda t: _after(CountTile(t, "今日受理"), ("set_value", None), ("set_freshness", LIVE)),
    "count_tile_never": lambda t: _after(CountTile(t, "今日受理"), ("set_value", 5)),
    "open_tile": lambda t: _after(OpenTile(t, "在办"), ("set_value", None, {}), ("set_freshness", LIVE)),
    "alarm_strip": lambda t: _after(AlarmStrip(t), ("set_alarms", None, [])),
    "saved_views": lambda t: _after(SavedViewList(t, "视图"), ("set_views", [SavedView("a", "临期")])),
    "facets": lambda t: _after(FacetList(t, "来源"), ("set_items", [FacetItem("a", "网格巡查")])),
    "hourly_chart": lambda t: _after(HourlyChart(t), ("set_data", HourlySeries())),
    "trend_chart": lambda t: _after(TrendChart(t), ("set_data", [TrendSeries("结案率", (None, None))], [], 97)),
    "level_meter": lambda t: _after(LevelMeter(t), ("set_levels", [LevelShare("网格", None, None, 80)])),
    "ranking": lambda t: _after(Ranking(t), ("set_rows", [RankRow(None, None, "鹭洲镇", None, None, None, 3)])),
    "hotspots": lambda t: _after(HotspotList(t), ("set_rows", [Hotspot("道路积水", None, None)])),
    "load_meter": LoadMeter,
    "component_card": lambda t: _after(ComponentCard(t), ("set_component", ComponentValue("4403100102000417", "路灯"))),
}

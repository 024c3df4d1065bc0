"""今日态势, the wall overview: one headline, counts, rates, detail, alarm strip, as drawn in the mock-up. No input.

The view asks nothing and decides nothing: it shows the topic `kpi.overview` at most three times a second, and says how old it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.models.names import Names
from desktop.services.values import Fresh
from desktop.theme.theme import Theme
from desktop.views import kpi_words as words
from desktop.views import overview_values as values
from desktop.views.alarms import words as alarm_words
from desktop.views.alarms.feed import AlarmFeed
from desktop.views.link_words import not_yet
from desktop.views.shell import wall_demo_text
from desktop.views.site_time import SiteTime
from desktop.views.words import filled
from desktop.widgets.alarm_strip import MOST_ALARMS, AlarmLine, AlarmStrip
from desktop.widgets.count_tile import CountTile, OpenTile
from desktop.widgets.headline import Headline
from desktop.widgets.hotspot_list import HotspotList
from desktop.widgets.hourly_chart import HourlyChart
from desktop.widgets.kpi_tile import RateTile
from desktop.widgets.level_meter import LevelMeter
from desktop.widgets.painting import format_age, format_count, format_signed
from desktop.widgets.panel import Panel
from desktop.widgets.ranking import Ranking
from desktop.widgets.values import DASH, Freshness, Run
from desktop.widgets.wall_header import WallHeader
from domain.alarms.values import Alarm, newest_first
from domain.alarms.words import Severity
from domain.kpi_types import Overview
from protocol.reference import OVERVIEW_TOPIC, TOPIC, Reference

if TYPE_CHECKING:
    from desktop.bridge import Bridge

RATE_IDS = ("closure_rate", "on_time_rate", "satisfaction_rate")
DESK_HZ = 2
MINUTE_S = 60.0


class WallOverview(QWidget):
    """One top-level window of profile wall (or desk, for the desk copy)."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._names = Names()
        self._time = SiteTime(language=theme.language)
        self._alarm_feed: AlarmFeed | None = None
        self._build()
        self.apply_theme(theme)
        bridge.topic_changed.connect(self._on_topic_changed)
        bridge.freshness_changed.connect(self._on_freshness_changed)
        bridge.clock_ticked.connect(self._on_clock_ticked)
        self._shown = values.Shown()
        self._order = values.SteadyOrder()
        self._paint_timer = QTimer(self)
        self._paint_timer.setSingleShot(True)
        self._paint_timer.setInterval(round(1000 / (theme.update_hz if theme.is_wall else DESK_HZ)))
        self._paint_timer.timeout.connect(self._on_paint_due)
        self._read_reference()
        self._show_overview()
        self._show_clock()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self._theme
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setAutoFillBackground(True)
        self.setWindowTitle(self.tr("今日态势"))
        self.setAccessibleName(self.tr("今日态势"))
        if theme.is_wall:
            self.setCursor(Qt.CursorShape.BlankCursor)
        self._header = WallHeader(theme, self.tr("今日态势"), parent=self)
        self._headline = Headline(theme, self)
        self._accepted = CountTile(theme, self.tr("今日受理"), separator=False, parent=self)
        self._closed = CountTile(theme, self.tr("今日结案"), parent=self)
        self._open = OpenTile(theme, self.tr("在办"), parent=self)
        self._overdue = CountTile(
            theme, self.tr("超期未结"), status=("sla", "overdue"), value_role="sla.overdue", parent=self
        )
        self._rates = {kpi: RateTile(theme, words.kpi_name(kpi), parent=self) for kpi in RATE_IDS}
        self._hourly = HourlyChart(theme, parent=self)
        self._levels = LevelMeter(theme, parent=self)
        self._ranking = Ranking(theme, parent=self)
        self._hotspots = HotspotList(theme, parent=self)
        self._panels = {
            "hourly": self._panel(self.tr("每小时受理与结案"), self.tr("灰带 前四周"), self._hourly),
            "levels": self._panel(self.tr("各级办结占比"), self.tr("本月"), self._levels),
            "ranking": self._panel(self.tr("按期结案率排名"), "", self._ranking),
            "hotspots": self._panel(self.tr("今日热点"), self.tr("比常量"), self._hotspots),
        }
        self._alarms = AlarmStrip(theme, self)
        self._lay_out()

    def _panel(self, title: str, note: str, body: QWidget) -> Panel:
        panel = Panel(self._theme, title, parent=self)
        panel.set_note(note)
        panel.set_body(body)
        return panel

    def _lay_out(self) -> None:
        theme = self._theme
        page, gutter = theme.space("page"), theme.space("gutter")
        outer = QVBoxLayout(self)
        # A wall has the size it has: a long list is cut, the window never grows over its screen.
        outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        outer.setContentsMargins(page, page // 2, page, page // 2)
        outer.setSpacing(gutter)
        outer.addWidget(self._header)
        outer.addWidget(self._headline)
        counts = QHBoxLayout()
        counts.setSpacing(gutter)
        for tile, share in ((self._accepted, 18), (self._closed, 16), (self._open, 43), (self._overdue, 26)):
            counts.addWidget(tile, share)
        outer.addLayout(counts, 22)
        rates = QHBoxLayout()
        rates.setSpacing(gutter)
        for rate in self._rates.values():
            rates.addWidget(rate, 1)
        outer.addLayout(rates, 24)
        detail = QGridLayout()
        detail.setSpacing(gutter)
        for column, (name, share) in enumerate((("hourly", 40), ("levels", 25), ("ranking", 42), ("hotspots", 28))):
            detail.addWidget(self._panels[name], 0, column)
            detail.setColumnStretch(column, share)
        outer.addLayout(detail, 41)
        outer.addWidget(self._alarms)

    def apply_theme(self, theme: Theme) -> None:
        """Re-styles the window and everything in it."""
        self._theme = theme
        self.setPalette(theme.palette())
        self.setStyleSheet(theme.stylesheet())
        for child in self._themed():
            child.apply_theme(theme)

    def _themed(self) -> tuple[Any, ...]:
        tiles = (self._accepted, self._closed, self._open, self._overdue, *self._rates.values())
        return (self._header, self._headline, *tiles, *self._panels.values(), self._alarms)

    # -- news -----------------------------------------------------------------------------------

    def _on_topic_changed(self, topic: str) -> None:
        if topic == TOPIC:
            self._read_reference()
        if topic in (TOPIC, OVERVIEW_TOPIC):
            self._plan_paint()

    def _on_freshness_changed(self, source: str) -> None:
        self._plan_paint()

    def _on_clock_ticked(self) -> None:
        if self.isVisible():
            self._bridge.turns.ask(self._on_second)

    def _on_second(self) -> None:
        """Clock and ages in one piece, so that the wall shows one second."""
        self._show_clock()
        self._show_freshness()

    def _plan_paint(self) -> None:
        """At most update_hz times a second, and not at all while nobody can see it."""
        if self.isVisible() and not self._paint_timer.isActive():
            self._paint_timer.start()

    def _on_paint_due(self) -> None:
        self._bridge.turns.ask(self._show_overview)

    def _show_clock(self) -> None:
        clock = self._bridge.clock
        if not clock.known:
            self._header.set_clock("", "")
            return
        now = clock.now_business()
        self._header.set_clock(self._time.date_of(now), self._time.clock(now))

    def _read_reference(self) -> None:
        topic = self._bridge.topics.get(TOPIC)
        if topic is None:
            return
        reference: Reference = topic.value
        self._names = Names.of(reference)
        self._time = SiteTime(reference.zone, self._theme.language)
        self._shown = values.Shown()
        self._header.set_title(self.tr("今日态势"), reference.site)
        demo = reference.demo
        if demo is not None:
            self._header.set_demo(wall_demo_text(demo.rate))
        target = reference.targets.get("on_time_rate")
        note = self.tr("名次含误差")
        if target is not None:
            note = self.tr("名次含误差 · 目标 {target}%").format(target=f"{100 * target:g}")
        self._panels["ranking"].set_note(note)

    # -- showing --------------------------------------------------------------------------------

    def _show_overview(self) -> None:
        topic = self._bridge.topics.get(OVERVIEW_TOPIC)
        self._show_freshness()
        for panel in self._panels.values():
            if topic is None:
                panel.show_empty(DASH)
        if topic is None:
            return
        overview: Overview = topic.value
        self._show_headline(overview)
        self._show_or_explain(overview)
        if not self._shown.changed("overview", overview):
            return
        self._show_counts(overview)
        self._show_rates(overview)
        self._show_detail(overview)

    def _show_or_explain(self, overview: Overview) -> None:
        """A panel of a day or month that holds nothing yet says what would stand there."""
        filled = {
            "hourly": (True, ""),
            "levels": (any(share.total for share in overview.levels), self.tr("本月还没有结案的工单")),
            "ranking": (bool(overview.ranking), self.tr("本月还没有到期的工单，到期后按街道排名")),
            "hotspots": (bool(overview.hotspots), self.tr("今天还没有受理的工单，受理后按类别列出")),
        }
        for name, (has_rows, sentence) in filled.items():
            if has_rows:
                self._panels[name].show_content()
            else:
                self._panels[name].show_empty(sentence)

    def _show_rates(self, overview: Overview) -> None:
        period = self.tr("本月")
        for rate in overview.rates:
            if rate.kpi.id in self._rates:
                self._rates[rate.kpi.id].set_value(values.rate_value(rate, period))

    def _show_detail(self, overview: Overview) -> None:
        series = values.hourly_series(overview, values.now_hour(self._time.local(overview.as_of)))
        if self._shown.changed("hourly", series):
            self._hourly.set_data(series)
        if self._shown.changed("day", overview.day):
            self._hourly.reset_axis()
        if self._shown.changed("levels", overview.levels):
            aimed, rest = values.with_target(overview.levels)
            self._levels.set_levels(values.level_shares(aimed))
            note = self.tr("本月") if rest is None else self.tr("其余 {share}%").format(share=f"{rest:.1f}")
            self._panels["levels"].set_note(note)
        target = next((100 * r.target for r in overview.rates if r.kpi.id == "on_time_rate"), None)
        rows = self._order.arrange(overview.ranking)
        if self._shown.changed("ranking", (rows, target)):
            self._ranking.set_rows(values.rank_rows(rows, self._names), target=target)
        if self._shown.changed("hotspots", overview.hotspots):
            self._hotspots.set_rows(values.hotspots(overview))

    def _show_headline(self, overview: Overview) -> None:
        link = self._bridge.freshness.of(OVERVIEW_TOPIC)
        if link.state is Fresh.OFFLINE:
            since_s = link.since_s or 0.0
            since = format_age(since_s) if since_s >= MINUTE_S else self.tr("不到 1 分钟")
            now = self._bridge.clock.now_business()
            same_day = self._time.local(now).date() == self._time.local(overview.as_of).date()
            as_of = self._time.clock(overview.as_of)
            self._headline.set_offline(
                self.tr("与联动服务断开 {since}").format(since=since),
                (
                    Run(self.tr("以下为 ")),
                    Run(as_of if same_day else f"{self._time.date_of(overview.as_of)} {as_of}", strong=True),
                    Run(self.tr(" 的数，恢复后自动补齐")),
                ),
            )
            return
        self._headline.set_findings([words.finding_line(finding, self._names) for finding in overview.findings])

    def _show_counts(self, overview: Overview) -> None:
        usual = overview.accepted_usual
        compared = DASH if not usual else format_signed(100 * (overview.accepted_today / usual - 1), 1, "%")
        self._accepted.set_value(
            overview.accepted_today, sub=(Run(self.tr("较前四周同刻 ")), Run(compared, strong=True))
        )
        self._closed.set_value(
            overview.closed_today,
            sub=(Run(self.tr("其中当日受理 ")), Run(format_count(overview.closed_same_day), strong=True)),
        )
        self._open.set_value(overview.open.total, values.split_counts(overview))
        oldest = overview.oldest_overdue_s
        towns = [
            (Run(f"{self._names.area(code)} "), Run(format_count(n), strong=True)) for code, n in overview.overdue_areas
        ]
        self._overdue.set_value(
            overview.open.overdue, sub=values.late_parts(overview) if overview.open.overdue else (), side=towns[:2]
        )
        self._overdue.set_note(
            "" if oldest is None else self.tr("最久 {age}").format(age=values.days_and_hours(oldest))
        )

    def _show_freshness(self) -> None:
        now = self._bridge.clock.now_business() if self._bridge.clock.known else None
        link = self._time.freshness(self._bridge.freshness.of("tickets"), now)
        self._header.set_freshness(link, values.link_detail(link))
        topic = self._bridge.topics.get(OVERVIEW_TOPIC)
        fresh = values.steady_age(self._time.freshness(self._bridge.freshness.of(OVERVIEW_TOPIC), now))
        call_backs = values.call_back_freshness(fresh, None if topic is None else topic.value, self._time)
        # The line can change while the age of the figures does not: before the first picture, and what the strip may say of alarms.
        coming = not_yet(self._bridge.freshness.of())
        if not self._shown.changed("freshness", (fresh, call_backs, link.state, coming)):
            return
        for tile in (self._accepted, self._closed, self._open, self._overdue):
            tile.set_freshness(fresh)
        for panel in self._panels.values():
            panel.set_freshness(fresh)
        for kpi, rate in self._rates.items():
            rate.set_freshness(call_backs if kpi == "satisfaction_rate" else fresh)
        self._show_alarms(link)
        if topic is None:
            self._headline.set_never(coming or self.tr("启动以来未接通"))
        else:
            self._show_headline(topic.value)

    def show_alarm_feed(self, feed: AlarmFeed) -> None:
        """From now on the strip tells the alarms of the hall, the worst three first."""
        self._alarm_feed = feed
        feed.changed.connect(self._on_alarms_changed)
        self._on_alarms_changed()

    def _on_alarms_changed(self) -> None:
        now = self._bridge.clock.now_business() if self._bridge.clock.known else None
        self._show_alarms(self._time.freshness(self._bridge.freshness.of("tickets"), now))

    def _show_alarms(self, link: Freshness) -> None:
        """Cut off, this wall knows for sure only the one alarm that it makes itself. Places are no finer than a street."""
        feed = self._alarm_feed
        if link.state == "offline":
            self._alarms.set_alarms(1, [AlarmLine("critical", self.tr("联动服务断开"), link.as_of)], local=True)
        elif feed is None or not feed.known:
            self._alarms.set_alarms(None, [])
        else:
            found = sorted(feed.unacknowledged(), key=newest_first)
            alike: dict[tuple[Severity, str], list[Alarm]] = {}
            for one in found:
                alike.setdefault((one.severity, alarm_words.title(one, feed.names, wall=True)), []).append(one)
            # Without the grid several read the same: once, with their number and the time of the newest.
            lines = [
                AlarmLine(
                    severity.value,
                    title if len(alarms) == 1 else filled(self.tr("{title} ×{n}"), {"title": title, "n": len(alarms)}),
                    self._time.brief(alarms[0].raised_at, feed.now()),
                )
                for (severity, title), alarms in list(alike.items())[:MOST_ALARMS]
            ]
            self._alarms.set_alarms(len(found), lines)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_clock()
        self._show_overview()

    def hideEvent(self, event: QHideEvent) -> None:
        self._paint_timer.stop()
        super().hideEvent(event)

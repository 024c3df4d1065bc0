"""今日态势: figures, freshness, and that it paints seldom and never unseen."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from desktop.services.values import Fresh
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.overview_values import SteadyOrder, call_back_freshness, hotspots, level_shares, steady_age
from desktop.views.site_time import SiteTime
from desktop.views.wall_overview.window import WallOverview
from desktop.widgets.count_tile import CountTile, OpenTile
from desktop.widgets.headline import Headline
from desktop.widgets.hourly_chart import HourlyChart
from desktop.widgets.kpi_tile import RateTile
from desktop.widgets.level_meter import LevelMeter
from desktop.widgets.panel import Panel
from desktop.widgets.values import DASH, Freshness
from desktop.widgets.wall_header import WallHeader
from domain.findings import surges
from domain.kpi_types import Hotspot, LevelShare
from domain.vocabulary import Level
from protocol.reference import OVERVIEW_TOPIC
from tests.qt.fake_kpi import NOW, FakeKpiBridge, live_bridge, make_overview, make_ranking


@pytest.fixture
def wall(qapp) -> Theme:
    load_fonts()
    return Theme.load(profile="wall")


@pytest.fixture
def open_wall(wall, qtbot):
    def make(bridge: FakeKpiBridge, shown: bool = True) -> WallOverview:
        window = WallOverview(bridge, wall)
        qtbot.addWidget(window)
        window.resize(1920, 1080)
        if shown:
            with qtbot.waitExposed(window):
                window.show()
        return window

    return make


def names(window: WallOverview, kind: type) -> str:
    return "\n".join(child.accessibleName() for child in window.findChildren(kind))


def headline(window: WallOverview) -> str:
    return window.findChild(Headline).text()


def test_every_figure_of_the_overview_is_on_the_wall(open_wall):
    window = open_wall(live_bridge())
    counts = names(window, CountTile)
    assert "今日受理 1,046，较前四周同刻 +6.5%" in counts
    assert "今日结案 931，其中当日受理 604" in counts
    assert "超期未结 52，结案超期 40（本月 484） 环节 12，白荡镇 21，石浦街道 12，最久 2 天 4 小时" in counts
    assert "在办 1,283，正常 1027，临期 169，超期 52，暂停 35" in names(window, OpenTile)
    rates = names(window, RateTile)
    assert "按期结案率 95.15%，21871 除以 22986，剔除 214，目标 95，达标 +0.15" in rates
    assert "满意率 97.44%，4689 除以 4812，未接通 1126，目标 98，未达标 −0.56" in rates
    assert "超期未结 52 件，白荡镇占 21 件；满意率低于目标 0.56 个百分点" in headline(window)


def test_the_demo_says_that_stages_are_simulated(open_wall):
    assert "演示 ×60 · 环节与地点为模拟" in names(open_wall(live_bridge()), WallHeader)


def test_offline_keeps_the_figures_and_says_whose_they_are(open_wall):
    bridge = live_bridge()
    bridge.clock.now = NOW + timedelta(minutes=6, seconds=13)
    bridge.set_link(state=Fresh.OFFLINE, age_s=373.0, since_s=373.0, retry_in_s=4.0)
    window = open_wall(bridge)
    assert headline(window) == "与联动服务断开 6 分钟；以下为 14:32:08 的数，恢复后自动补齐"
    assert "今日受理 1,046" in names(window, CountTile)
    assert "断开 · 截至 14:32，6 分钟前" in names(window, RateTile)


def test_figures_of_another_day_carry_their_date(open_wall):
    bridge = live_bridge()
    bridge.clock.now = NOW + timedelta(days=1)
    bridge.set_link(state=Fresh.OFFLINE, age_s=80000.0, since_s=80000.0)
    assert "以下为 3月18日 周三 14:32:08 的数" in headline(open_wall(bridge))


def test_never_connected_shows_dashes_and_no_zero(open_wall):
    bridge = FakeKpiBridge()
    bridge.clock.known = False
    bridge.set_link(state=Fresh.NEVER, as_of=None, age_s=None)
    window = open_wall(bridge)
    assert headline(window) == "启动以来未接通"
    assert f"今日受理 {DASH}" in names(window, CountTile)
    assert {panel.message() for panel in window.findChildren(Panel)} == {DASH}


def test_the_first_overview_replaces_the_dashes(open_wall, qtbot):
    bridge = FakeKpiBridge()
    window = open_wall(bridge)
    bridge.set_topic(OVERVIEW_TOPIC, make_overview())
    qtbot.waitUntil(lambda: "今日受理 1,046" in names(window, CountTile))
    assert {panel.message() for panel in window.findChildren(Panel)} == {""}


def test_a_surge_is_said_in_words_and_no_finding_is_calm(open_wall):
    bridge = live_bridge()
    surge = surges([Hotspot(name="道路积水", count=38, usual=10.0, surge=True)])
    bridge.set_topic(OVERVIEW_TOPIC, make_overview(findings=tuple(surge)))
    window = open_wall(bridge)
    assert "道路积水突增 38 件，为平时的 3.8 倍" in headline(window)
    bridge.set_topic(OVERVIEW_TOPIC, make_overview(findings=()))
    window._show_overview()
    assert headline(window) == "运行平稳"


def test_silent_call_backs_make_only_satisfaction_stale(open_wall):
    bridge = live_bridge()
    bridge.set_topic(OVERVIEW_TOPIC, make_overview(last_call_back_at=NOW - timedelta(hours=30)))
    window = open_wall(bridge)
    late = [tile.accessibleName() for tile in window.findChildren(RateTile) if "陈旧" in tile.accessibleName()]
    assert len(late) == 1
    assert late[0].startswith("满意率")
    assert "截至 03-17 08:32，30 小时前" in late[0]


@pytest.mark.parametrize("state", ["stale", "offline"])
def test_call_backs_silent_since_before_the_line_broke_keep_their_own_time(state):
    link = Freshness(state=state, as_of="14:32", age_s=360.0)
    overview = make_overview(last_call_back_at=NOW - timedelta(hours=30))
    shown = call_back_freshness(link, overview, SiteTime())
    assert (shown.state, shown.as_of, shown.age_s) == ("stale", "03-17 08:32", 30 * 3600 + 360)
    assert call_back_freshness(link, make_overview(), SiteTime()) == link


def test_a_burst_of_news_is_painted_once_and_with_the_last_figure(open_wall, qtbot):
    bridge = live_bridge()
    window = open_wall(bridge)
    for n in range(1100, 1150):
        bridge.set_topic(OVERVIEW_TOPIC, make_overview(accepted_today=n))
    assert "今日受理 1,046" in names(window, CountTile)
    qtbot.waitUntil(lambda: "今日受理 1,149" in names(window, CountTile))


def test_a_hidden_wall_does_nothing_until_it_is_shown(open_wall, qtbot):
    bridge = live_bridge()
    window = open_wall(bridge)
    window.hide()
    bridge.set_topic(OVERVIEW_TOPIC, make_overview(accepted_today=1200))
    assert not window._paint_timer.isActive()
    assert "今日受理 1,046" in names(window, CountTile)
    window.show()
    assert "今日受理 1,200" in names(window, CountTile)


def test_a_new_day_shrinks_the_axis(open_wall):
    bridge = live_bridge()
    window = open_wall(bridge)
    chart = window.findChild(HourlyChart)
    high = chart.plot().axes.y_range[1]
    quiet = make_overview(day=NOW.date() + timedelta(days=1), hourly=_quiet(make_overview().hourly))
    bridge.set_topic(OVERVIEW_TOPIC, quiet)
    window._show_overview()
    assert chart.plot().axes.y_range[1] < high


def _quiet(hourly):
    tenth = type(hourly)(
        accepted=tuple(None if n is None else n // 10 for n in hourly.accepted),
        closed=tuple(None if n is None else n // 10 for n in hourly.closed),
        band_low=tuple(n / 10 for n in hourly.band_low),
        band_high=tuple(n / 10 for n in hourly.band_high),
    )
    return tenth


def test_places_of_the_ranking_hold_for_a_minute_while_figures_move():
    now = [0.0]
    order = SteadyOrder(lambda: now[0])
    rows = make_ranking()
    assert [row.code for row in order.arrange(rows)] == [row.code for row in rows]
    turned = tuple(reversed(rows))
    now[0] = 59.0
    assert [row.code for row in order.arrange(turned)] == [row.code for row in rows]
    now[0] = 61.0
    assert [row.code for row in order.arrange(turned)] == [row.code for row in turned]


def test_a_town_more_or_less_is_shown_at_once():
    order = SteadyOrder(lambda: 1.0)
    rows = make_ranking()
    order.arrange(rows)
    assert len(order.arrange(rows[:3])) == 3


def test_a_tick_of_the_clock_changes_no_panel_while_the_line_is_live():
    first = steady_age(Freshness(state="live", as_of="14:32", age_s=0.4))
    assert first == steady_age(Freshness(state="live", as_of="14:32", age_s=1.4))
    assert steady_age(Freshness(state="offline", age_s=125.0)).age_s == 120.0


def test_the_wall_never_grows_over_its_screen_and_names_the_share_it_leaves_out(open_wall, qtbot):
    bridge = live_bridge()
    window = open_wall(bridge)
    four = [*make_overview().levels, LevelShare(Level.COMMUNITY, 900, 22934, 0.0)]
    bridge.set_topic(OVERVIEW_TOPIC, make_overview(levels=tuple(four)))
    window._show_overview()
    assert "社区" not in window.findChild(LevelMeter).accessibleName()
    assert "其余 3.9%" in names(window, Panel)
    window._levels.set_levels(level_shares([*four, *four]))
    QApplication.processEvents()
    assert window.height() == 1080


def test_nothing_on_the_wall_takes_the_focus(open_wall):
    window = open_wall(live_bridge())
    assert window.focusWidget() is None
    window.focusNextChild()
    assert window.focusWidget() is None


@pytest.mark.parametrize(("history", "said"), [(12.0, "平时 0"), (None, "")])
def test_a_category_that_never_came_at_this_hour_says_so_where_there_is_history(qapp, history, said):
    spot = Hotspot(name="渣土", count=15, usual=0.0, surge=True)
    (row,) = hotspots(replace(make_overview(), accepted_usual=history, hotspots=(spot,)))
    assert row.usual == said

"""Tiles, ranking, meters and charts: a number carries its truth."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from widget_look import lay_out, missing, painted_line, painted_texts, picture

from desktop.theme.theme import Theme
from desktop.widgets import level_meter
from desktop.widgets.charts.trend import MOST_SERIES, _apart
from desktop.widgets.count_tile import CountTile, OpenTile
from desktop.widgets.headline import Finding, Headline
from desktop.widgets.hotspot_list import Hotspot, HotspotList
from desktop.widgets.hourly_chart import HourlyChart, HourlySeries, axis_top
from desktop.widgets.kpi_tile import RateTile, RateValue
from desktop.widgets.level_meter import LevelMeter, LevelShare
from desktop.widgets.painting import format_age, format_count, format_percent, format_signed, runs_text
from desktop.widgets.ranking import Ranking, RankRow
from desktop.widgets.series_label import colours_its_word
from desktop.widgets.trend_chart import TrendChart, TrendSeries
from desktop.widgets.values import Freshness, Run

NO_BUTTON, NO_KEYS = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
LIVE = Freshness("live", "14:32")
RATE = RateValue(95.1468, 21871, 22986, (("剔除", 214),), "按期结案 / 应结案", "本月", 95, 85, 100, (94.0, 95.1))
RANKS = [RankRow(n, n + 2, f"街道{n}", 97.0 - n, 96.0 - n, 98.0 - n, 500 + n) for n in range(1, 13)]


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        (format_count(1283), "1,283"),
        (format_count(None), "–"),
        (format_percent(97.934), "97.93"),
        (format_percent(None), "–"),
        (format_percent(float("nan")), "–"),
        (format_signed(0.934), "+0.93"),
        (format_signed(-2.64, 1), "−2.6"),
        (format_signed(-0.001), "±0.00"),
        (format_signed(None), "–"),
        (format_age(0.84), "0.8 秒"),
        (format_age(59.9), "59 秒"),
        (format_age(3599), "59 分钟"),
        (format_age(7200), "2 小时"),
        (format_age(None), "–"),
    ],
)
def test_numbers_and_ages_in_words(printed, words):
    assert printed == words


def rate(qtbot, theme, value=RATE, freshness=LIVE) -> RateTile:
    tile = RateTile(theme, "按期结案率")
    qtbot.addWidget(tile)
    tile.set_value(value)
    tile.set_freshness(freshness)
    return lay_out(tile, 600 if theme.is_wall else 400)


def test_a_rate_prints_fraction_exclusions_definition_floor_target_and_verdict(qtbot, theme):
    tile = rate(qtbot, theme)
    fraction = ("95.15%", "21,871 / 22,986 剔除 214", "按期结案 / 应结案")
    assert missing(tile, *fraction, "85", "100", "目标 95%", "达标 +0.15", "本月") == set()


def test_a_missed_target_says_so_in_a_word(qtbot, theme):
    assert missing(rate(qtbot, theme, RateValue(97.44, 4689, 4812, target=98)), "未达标 −0.56") == set()


def test_the_printed_digits_decide_over_the_verdict(qtbot, desk):
    line = painted_line(rate(qtbot, desk, RateValue(94.998, 1, 1, target=95)))
    assert "达标±0.00" in line
    assert "未达标" not in line


def test_a_rate_without_cases_has_no_value_and_no_verdict(qtbot, theme):
    texts = painted_texts(rate(qtbot, theme, RateValue(None, 0, 0, target=98)))
    assert "–" in texts
    assert "%" not in texts
    assert not any("达标" in text for text in texts)


def test_late_values_stay_and_are_dimmed(qtbot, theme):
    live, late = rate(qtbot, theme), rate(qtbot, theme, freshness=Freshness("offline", "14:32", 360))
    assert "95.15" in painted_texts(late)
    assert picture(live) != picture(late)


def test_a_rate_is_read_out_whole(qtbot, desk):
    tile = rate(qtbot, desk)
    assert tile.accessibleName() == "按期结案率 95.15%，21871 除以 22986，剔除 214，目标 95，达标 +0.15，实时 14:32"


def test_a_narrow_tile_never_cuts_a_number(qtbot, desk):
    tile = rate(qtbot, desk)
    lay_out(tile, 240)
    assert missing(tile, "21,871", "22,986", "剔除 214") == set()


def test_a_count_that_was_never_received_keeps_its_comparison_to_itself(qtbot, theme):
    tile = CountTile(theme, "今日受理")
    qtbot.addWidget(tile)
    tile.set_value(1046, [Run("较前四周同刻 "), Run("+6.5%", True)])
    assert painted_texts(lay_out(tile)) == ["今日受理", "–"]
    tile.set_freshness(LIVE)
    assert {"1,046", "+6.5%"} <= set(painted_texts(lay_out(tile)))


def test_the_split_of_open_tickets_is_told_in_words_too(qtbot, theme):
    tile = OpenTile(theme, "在办")
    qtbot.addWidget(tile)
    tile.set_freshness(LIVE)
    tile.set_value(1283, {"ok": 1027, "at_risk": 169, "overdue": 52, "paused": 35})
    assert {"正常", "1,027", "临期", "169", "超期", "52", "暂停", "35"} <= set(painted_texts(lay_out(tile)))


def test_a_ranking_prints_ranges_and_says_how_many_rows_do_not_fit(qtbot, theme):
    ranking = Ranking(theme)
    qtbot.addWidget(ranking)
    ranking.set_rows(RANKS, 95)
    lay_out(ranking, 800, 2000)
    assert missing(ranking, "1–3", "街道12", "96.0%", "501") == set()
    assert "/" not in painted_line(ranking)
    lay_out(ranking, 800, theme.line_px("body") * 5)
    assert ranking.shown_count() == 4
    assert missing(ranking, "4 / 12") == set()


def test_one_rank_prints_as_one_and_an_unranked_as_a_dash():
    assert RankRow(3, 3, "x", 1, 1, 1, 1).rank == "3"
    assert RankRow(None, None, "x", 1, 1, 1, 1).rank == "–"


def test_only_a_surge_is_told_as_a_multiple(qtbot, theme):
    spots = HotspotList(theme)
    qtbot.addWidget(spots)
    spots.set_rows([Hotspot("占道经营", 143, 1.18), Hotspot("道路积水", 38, 3.8, True), Hotspot("新类", 2)])
    assert missing(lay_out(spots), "+18%", "3.8 倍", "–") == set()


def test_the_last_line_of_the_levels_stays_whole_on_a_panel_that_is_a_little_too_low(qtbot):
    meter = LevelMeter(Theme.load("dark", "wall"))
    meter.set_levels([LevelShare(name, 64, 14.8, 4) for name in ("网格", "街道", "区")])
    qtbot.addWidget(meter)
    meter.resize(300, round(meter.sizeHint().height() * 0.85))
    image = meter.grab().toImage()
    bottom = {image.pixel(x, image.height() - 1) for x in range(image.width())}
    assert len(bottom) == 1  # no glyph goes on below the edge


def test_a_level_is_compared_with_its_target(qtbot, theme):
    meter = LevelMeter(theme)
    qtbot.addWidget(meter)
    meter.set_levels([LevelShare("网格", 17751, 77.4, 80)])
    assert missing(lay_out(meter), "网格", "17,751", "77.4%", "目标 80%", "−2.6") == set()


def test_a_count_axis_grows_in_steps_of_50_and_shrinks_only_on_a_new_day(qtbot, desk):
    assert [axis_top(v) for v in ([], [50], [51], [168, None])] == [50, 50, 100, 200]
    chart = HourlyChart(desk)
    qtbot.addWidget(chart)
    chart.set_data(HourlySeries((168,), (), (), (), 1.0, 168, 0))
    chart.set_data(HourlySeries((3,), (), (), (), 1.0, 3, 0))
    assert "200" in painted_texts(lay_out(chart, 500, 300))
    chart.reset_axis()
    assert "50" in painted_texts(chart)
    assert "200" not in painted_texts(chart)


def test_a_chart_has_a_table_twin(qtbot, desk):
    chart = HourlyChart(desk)
    qtbot.addWidget(chart)
    chart.set_data(HourlySeries((14, 9), (12, None), (10, 8), (22, 15), 2.0, 23, 12))
    header, rows = chart.twin()
    assert header == ("时", "受理", "结案", "常量下限", "常量上限")
    assert rows[:3] == (("0", "14", "12", "10", "22"), ("1", "9", "–", "8", "15"), ("2", "–", "–", "–", "–"))


def test_a_chart_shows_new_values(qtbot, theme):
    chart = TrendChart(theme)
    qtbot.addWidget(chart)
    chart.set_data([TrendSeries("结案率", (96.0, 97.0, 95.0))], ["3-1", "", "3-3"], 97, (90, 100))
    before = picture(lay_out(chart, 600, 300))
    chart.set_data([TrendSeries("结案率", (96.0, 97.0, 99.0))], ["3-1", "", "3-3"], 97, (90, 100))
    assert picture(chart) != before
    assert missing(chart, "结案率 99%", "目标 97%", "90%", "100%") == set()


def test_the_pointer_reads_the_nearest_point_and_leaves_no_trace(qtbot, desk):
    chart = TrendChart(desk)
    qtbot.addWidget(chart)
    chart.set_data([TrendSeries("结案率", (96.0, None, 99.0))], ["3-1", "", ""], days=["3月1日", "3月2日", "3月3日"])
    before = picture(lay_out(chart, 600, 300))
    plot = chart.plot()
    for index, words in enumerate((("3月1日", "结案率 96%"), ("3月2日", "结案率 –"), ("3月3日", "结案率 99%"))):
        at = QPointF(plot.x(index) + 3, plot.rect.center().y())
        event = QMouseEvent(QEvent.Type.MouseMove, at, at, NO_BUTTON, NO_BUTTON, NO_KEYS)
        QApplication.sendEvent(chart, event)
        assert chart.reading() == index
        assert missing(chart, *words) == set()
        assert words[0] in chart.accessibleDescription()
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert picture(chart) == before


def test_the_keys_read_a_chart_from_the_newest_point_backwards_and_stop_at_the_ends(qtbot, desk):
    chart = TrendChart(desk, unit="")
    qtbot.addWidget(chart)
    chart.set_data([TrendSeries("受理", (7.0, 1200.0, 9.0))], [])
    lay_out(chart, 600, 300)
    read = []
    for step in (-1, -1, -1, -1, 1):
        chart.step(step)
        read.append(chart.reading())
    assert read == [2, 1, 0, 0, 1]
    assert missing(chart, "受理 1,200") == set()


def test_the_usual_band_is_painted_where_there_is_history_and_stands_in_the_table(qtbot, desk):
    def drawn(band):
        chart = TrendChart(desk, unit="")
        qtbot.addWidget(chart)
        chart.set_data([TrendSeries("受理", (5.0, 6.0, 7.0))], [], y_range=(0, 10), band=band)
        return chart, picture(lay_out(chart, 400, 200))

    _, bare = drawn(((), ()))
    chart, banded = drawn(((1.0, 2.0, None), (8.0, 9.0, None)))
    assert banded != bare
    assert drawn(((None,) * 3, (None,) * 3))[1] == bare
    assert chart.twin()[1][0][-2:] == ("1", "8")
    assert chart.twin()[1][2][-2:] == ("–", "–")


@given(st.lists(st.floats(0, 100), min_size=1, max_size=MOST_SERIES), st.integers(120, 400))
def test_labels_at_the_ends_of_lines_never_cover_each_other_nor_leave_the_chart(values, height):
    tops = _apart(sorted(values), 12.0, QRectF(0, 0, 300, height))
    assert all(below - above >= 12.0 - 1e-6 for above, below in pairwise(tops))
    assert tops[0] >= -1e-6
    assert tops[-1] + 12.0 <= height + 1e-6


def test_a_trend_refuses_a_sixth_series(qtbot, desk):
    chart = TrendChart(desk)
    qtbot.addWidget(chart)
    with pytest.raises(ValueError, match="at most 5"):
        chart.set_data([TrendSeries(str(n), (1.0,)) for n in range(6)], [])


def test_a_wall_tile_takes_no_input_and_no_focus(qtbot, wall, desk):
    tile = rate(qtbot, wall)
    assert tile.focusPolicy() == Qt.FocusPolicy.NoFocus
    with qtbot.assertNotEmitted(tile.clicked):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    seat = rate(qtbot, desk)
    with qtbot.waitSignal(seat.clicked):
        qtbot.mouseClick(seat, Qt.MouseButton.LeftButton)


def test_a_series_colours_its_word_only_where_it_reads_as_text(theme):
    readable = [colours_its_word(theme, index, dimmed=False) for index in range(5)]
    assert readable == ([True, True, False, True, False] if theme.name == "dark" else [True, False, True, False, True])
    assert not colours_its_word(theme, 0, dimmed=True)


def test_the_change_against_the_period_before_stands_beside_the_verdict(qtbot, theme):
    value = RateValue(97.44, 4689, 4812, target=98, compared="较上期 +0.3")
    assert missing(rate(qtbot, theme, value), "未达标 −0.56", "较上期 +0.3") == set()
    assert "较上期" not in painted_line(rate(qtbot, theme, value, Freshness("never")))


def test_the_headline_shows_whole_findings_and_counts_what_does_not_fit(qtbot, theme):
    line = Headline(theme)
    qtbot.addWidget(line)
    line.set_findings([Finding((Run(f"第 {n} 件要看的事情很长很长"),)) for n in range(3)])
    lay_out(line, 4000, 60)
    assert len(line._fitting(4000.0)[1]) == 3
    for width in range(200, 4000, 100):
        size, parts = line._fitting(float(width))
        told = [runs_text(part) for part in parts]
        whole = [text for text in told if text.startswith("第")]
        assert len(whole) == 3 or len(whole) == 1 or told[-1] == f"另 {3 - len(whole)} 项"
        assert len(whole) == 1 or line._wish(parts, size) <= width


def test_a_level_without_a_target_stands_as_wide_as_the_others(qtbot, monkeypatch):
    """Its bar lies as far below its name as theirs: one line fewer is no lack of room."""
    meter = LevelMeter(Theme.load("dark", "desk"))
    qtbot.addWidget(meter)
    meter.set_levels([LevelShare("网格", 296, 68.5, 80), LevelShare("社区", 9, 2.1), LevelShare("区", 65, 15.0, 4)])
    lay_out(meter, 260, 400)
    bars: list[QRectF] = []
    monkeypatch.setattr(level_meter, "paint_scale_bar", lambda _painter, bar, *_rest, **_more: bars.append(QRectF(bar)))
    meter.grab()
    heads = [bar.top() - box.top() for bar, box in zip(bars, meter._boxes(), strict=True)]
    assert heads == pytest.approx([heads[0]] * 3)
    assert [bar.height() for bar in bars] == pytest.approx([bars[0].height()] * 3)

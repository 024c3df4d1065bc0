"""The chart that is zoomed and panned: readings, keys, gaps, themes, and thousands of days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from desktop.theme.theme import Theme
from desktop.widgets.charts.explored import MOST_SERIES, Explored, ExplorerSeries, day_ticks
from desktop.widgets.explorer_chart import EDGE, ExplorerChart
from desktop.widgets.explorer_plots import LEAST_DAYS

DAYS = 40
FIRST = date(2026, 1, 1)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def history(days: int = DAYS) -> Explored:
    """Every seventh day has no case of the rate."""
    below = tuple(0 if day % 7 == 6 else 10 + day % 3 for day in range(days))
    above = tuple(max(0, n - 1) for n in below)
    counts = ExplorerSeries("受理量", tuple(100 + day % 30 for day in range(days)))
    return Explored(FIRST, (counts, ExplorerSeries("结案率", above, below)), ("结案率目标 95%", 95.0))


@pytest.fixture
def chart(qtbot) -> ExplorerChart:
    found = ExplorerChart(Theme.load())
    qtbot.addWidget(found)
    found.resize(1200, 600)
    found.set_data(history())
    found.show()
    return found


def seen_days(chart: ExplorerChart) -> float:
    low, high = chart.seen()
    return high - low


def test_a_reading_says_day_value_and_both_counts(chart, qtbot):
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleDescription() == "2026-02-09，受理量 109，结案率 90.00% 9 / 10"
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleDescription().startswith("2026-02-08，")
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.reading() == DAYS - 1


def test_a_day_without_cases_is_a_gap_and_is_read_as_none(chart):
    chart.read(6)
    assert chart.accessibleDescription() == "2026-01-07，受理量 106，结案率 –"
    rates = next(found for found in chart._plots if found.rate).curves[1].getData()[1]
    assert [day for day, value in enumerate(rates) if value != value] == list(range(6, DAYS, 7))


def test_a_day_between_two_gaps_is_a_point(qtbot, chart):
    lone = ExplorerSeries("结案率", (0, 3, 0, 4, 4), (0, 4, 0, 4, 4))
    chart.set_data(Explored(FIRST, (lone,)))
    assert list(chart._plots[0].alone[0].getData()[1]) == [75.0]


def test_plus_and_minus_zoom_around_the_day_that_is_read_and_home_shows_all(chart, qtbot):
    whole = seen_days(chart)
    chart.read(20)
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert seen_days(chart) < whole
    low, high = chart.seen()
    assert low < FIRST.toordinal() + 20 < high
    qtbot.keyClick(chart, Qt.Key.Key_Minus)
    assert seen_days(chart) == pytest.approx(whole)
    for _ in range(20):
        qtbot.keyClick(chart, Qt.Key.Key_Plus, SHIFT)
    assert seen_days(chart) == pytest.approx(LEAST_DAYS)
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert seen_days(chart) == pytest.approx(whole)


def test_shift_and_arrows_pan_and_stop_at_the_ends(chart, qtbot):
    chart.zoom(3)
    low, high = chart.seen()
    qtbot.keyClick(chart, Qt.Key.Key_Left, SHIFT)
    assert chart.seen()[0] < low
    assert seen_days(chart) == pytest.approx(high - low)
    for _ in range(20):
        qtbot.keyClick(chart, Qt.Key.Key_Right, SHIFT)
    assert chart.seen()[1] == pytest.approx(FIRST.toordinal() + DAYS - 1 + EDGE)


def test_reading_past_the_edge_takes_the_view_along(chart, qtbot):
    chart.zoom(4)
    chart.read(0)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    low, high = chart.seen()
    assert low <= FIRST.toordinal() + 1 <= high


def test_the_strip_and_the_plots_show_the_same_days(chart):
    chart.zoom(2)
    assert chart._region.getRegion() == pytest.approx(chart.seen())
    chart._region.setRegion((FIRST.toordinal() + 5, FIRST.toordinal() + 25))
    assert chart.seen() == pytest.approx((FIRST.toordinal() + 5, FIRST.toordinal() + 25))
    for found in chart._plots:
        assert tuple(found.plot.getViewBox().viewRange()[0]) == pytest.approx(chart.seen())


def test_a_pan_never_changes_heights(chart):
    before = [tuple(found.plot.getViewBox().viewRange()[1]) for found in chart._plots]
    chart.zoom(5)
    chart.pan(-1)
    assert [tuple(found.plot.getViewBox().viewRange()[1]) for found in chart._plots] == before


def test_pens_follow_the_theme_and_the_view_stays(chart):
    chart.zoom(2)
    seen, pens = chart.seen(), {}
    for name in ("dark", "light"):
        theme = Theme.load(name)
        chart.apply_theme(theme)
        pens[name] = QColor(chart._plots[0].curves[0].opts["pen"].color())
        assert pens[name] == theme.color(theme.tokens.chart.series[0])
    assert pens["dark"] != pens["light"]
    assert chart.seen() == pytest.approx(seen)


def test_the_same_values_are_not_drawn_again(chart, monkeypatch):
    drawn = []
    monkeypatch.setattr(chart, "_fill", lambda: drawn.append(1))
    chart.set_data(history())
    assert drawn == []
    chart.set_data(replace(history(), target=None))
    assert drawn == [1]


def test_thousands_of_days_are_painted_without_smoothing(chart):
    before = chart.grab().toImage()
    chart.set_data(history(5000))
    chart.show_all()
    assert chart._plots[0].curves[0].opts["antialias"] is False
    assert chart.grab().toImage() != before
    assert "5,000 天" in chart.accessibleName()


def test_without_data_it_says_so(qtbot):
    empty = ExplorerChart(Theme.load())
    qtbot.addWidget(empty)
    empty.step(-1)
    empty.zoom(2)
    empty.show_all()
    assert "没有数据" in empty.accessibleName()
    assert empty.twin()[1] == ()


def test_the_table_prints_what_a_reading_says():
    header, rows = history().twin()
    assert header == ("日期", "受理量", "结案率")
    assert rows[0] == ("2026-02-09", "109", "90.00% 9 / 10")
    assert len(rows) == DAYS


def test_six_series_are_refused():
    with pytest.raises(ValueError, match="told apart"):
        Explored(FIRST, (ExplorerSeries("受理量", (1,)),) * (MOST_SERIES + 1))
    with pytest.raises(ValueError, match="different days"):
        Explored(FIRST, (ExplorerSeries("受理量", (1,)), ExplorerSeries("结案量", (1, 2))))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(LEAST_DAYS, 5000), st.integers(2, 20))
def test_ticks_are_seen_days_in_order_and_few_enough_to_be_read(first, days, most):
    low, high = float(first.toordinal()), float((first + timedelta(days=days)).toordinal())
    ticks = day_ticks(low, high, most)
    places = [place for place, _ in ticks]
    assert places == sorted(set(places))
    assert all(low <= place <= high for place in places)
    assert all(date.fromordinal(place).isoformat().startswith(text) for place, text in ticks)
    assert len(ticks) <= most + 3

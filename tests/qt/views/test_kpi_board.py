"""统计看板: periods, the feed that asks, keys, tables of charts, and the lists behind a figure."""

from datetime import date, timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from desktop.models.names import Names
from desktop.services.values import Fresh
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.kpi_board import board_values as values
from desktop.views.kpi_board.bar_text import bar_text
from desktop.views.kpi_board.behind import BehindQuery, Figure, part_count, reasons_of
from desktop.views.kpi_board.behind_model import BehindModel
from desktop.views.kpi_board.chart_card import ChartCard, TwinModel
from desktop.views.kpi_board.feed import LEAST_S, MOST_S, RETRY_S, STALE_S, BoardFeed
from desktop.views.kpi_board.periods import custom_fault, custom_period, date_of, period_of, span_text
from desktop.views.kpi_board.window import KpiBoardWall, KpiBoardWindow
from desktop.views.site_time import SiteTime
from desktop.widgets.painting import text_width
from desktop.widgets.trend_chart import TrendSeries
from desktop.widgets.values import DASH
from domain.kpi_types import Period
from domain.vocabulary import Source
from protocol.reference import OVERVIEW_TOPIC
from tests.qt.fake_kpi import (
    MONTH,
    NOW,
    TODAY,
    FakeKpiBridge,
    answer_behind,
    live_bridge,
    make_board,
    make_overview,
    make_ranking,
    make_scores,
    make_tickets,
)


@pytest.fixture(autouse=True)
def _fonts(qapp):
    load_fonts()


@pytest.fixture
def bridge(qapp) -> FakeKpiBridge:
    return live_bridge()


@pytest.fixture
def open_board(qtbot):
    def make(bridge: FakeKpiBridge, answered: bool = True) -> KpiBoardWindow:
        window = KpiBoardWindow(bridge, Theme.load())
        qtbot.addWidget(window)
        window.resize(1920, 1080)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        if answered:
            bridge.answer("board", make_board())
            window.board.show_now()
        return window

    return make


def tile(window: KpiBoardWindow, kpi: str) -> str:
    return window.board.panels.tiles[kpi].accessibleName()


def press(qtbot, window: KpiBoardWindow, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(window.focusWidget() or window.board, key, modifier)


# -- periods ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "start", "end"),
    [
        ("today", date(2026, 3, 18), date(2026, 3, 19)),
        ("week", date(2026, 3, 16), date(2026, 3, 23)),
        ("month", date(2026, 3, 1), date(2026, 4, 1)),
        ("last_month", date(2026, 2, 1), date(2026, 3, 1)),
    ],
)
def test_a_period_is_a_whole_calendar_unit(choice, start, end):
    assert period_of(choice, TODAY, "due") == Period(start, end, "due")


def test_months_turn_at_the_year():
    assert period_of("month", date(2026, 12, 31), "due").end == date(2027, 1, 1)
    assert period_of("last_month", date(2026, 1, 1), "due").start == date(2025, 12, 1)


def test_both_days_of_a_custom_period_count_and_wrong_ones_are_refused_in_words():
    assert custom_period(TODAY, TODAY, "due") == Period(TODAY, TODAY + timedelta(days=1), "due")
    assert "止日早于起日" in custom_fault(TODAY, TODAY - timedelta(days=1))
    assert "366" in custom_fault(TODAY - timedelta(days=366), TODAY)
    assert custom_fault(TODAY - timedelta(days=365), TODAY) == ""
    assert date_of("2026-02-30") is None


def test_a_span_names_the_year_only_where_it_is_another_one():
    assert span_text(MONTH, TODAY) == "3月1日—3月31日"
    assert span_text(Period(date(2025, 12, 31), date(2026, 1, 1)), TODAY) == "2025年12月31日"


# -- the feed -----------------------------------------------------------------------------------


@pytest.fixture
def clock():
    return [1000.0]


@pytest.fixture
def feed(bridge, clock):
    return BoardFeed(bridge, now=lambda: clock[0])


def test_the_feed_asks_for_its_period_and_takes_the_answer(feed, bridge):
    feed.set_period(MONTH)
    args = bridge.answer("board", make_board())
    assert args == {"start": "2026-03-01", "end": "2026-04-01", "by": "due"}
    assert feed.board == make_board()


def test_an_answer_that_comes_after_another_period_was_chosen_is_dropped(feed, bridge):
    feed.set_period(MONTH)
    week = period_of("week", TODAY, "due")
    feed.set_period(week)
    bridge.answer("board", make_board(MONTH))
    assert feed.board is None
    bridge.answer("board", make_board(week))
    assert feed.board.period == week


def test_news_are_followed_but_not_more_often_than_every_few_seconds(feed, bridge, clock):
    feed.set_period(MONTH)
    bridge.answer("board", make_board())
    feed.news()
    clock[0] += LEAST_S - 0.1
    feed.tick()
    assert bridge.questions == []
    clock[0] += 0.2
    feed.tick()
    assert len(bridge.questions) == 1


def test_without_news_it_asks_seldom_and_never_twice_at_once(feed, bridge, clock):
    feed.set_period(MONTH)
    bridge.answer("board", make_board())
    clock[0] += MOST_S - 1
    feed.tick()
    assert bridge.questions == []
    clock[0] += 1
    feed.tick()
    clock[0] += MOST_S
    feed.tick()
    assert len(bridge.questions) == 1


def test_an_error_keeps_the_old_figures_and_is_tried_again(feed, bridge, clock):
    feed.set_period(MONTH)
    bridge.answer("board", make_board())
    feed.refresh()
    bridge.answer("board", error="timeout")
    assert feed.board is not None
    assert feed.error == "timeout"
    assert feed.failed_at == NOW
    assert feed.freshness(SiteTime(), NOW).state == "stale"
    assert "刷新没有成功（服务器未回应）" in bar_text(feed, "previous", SiteTime(), TODAY, "", "")
    clock[0] += RETRY_S
    feed.tick()
    bridge.answer("board", make_board())
    assert feed.error == ""
    assert feed.freshness(SiteTime(), NOW).state == "live"


def test_an_answer_that_cannot_be_read_is_an_error_and_no_crash(feed, bridge):
    feed.set_period(MONTH)
    bridge.answer("board", {"as_of": "yesterday"})
    assert feed.error == "unreadable"


def test_its_age_is_its_own(feed, bridge, clock):
    site = SiteTime()
    assert feed.freshness(site, NOW).state == "catching_up"
    feed.set_period(MONTH)
    bridge.answer("board", make_board())
    assert (feed.freshness(site, NOW).state, feed.freshness(site, NOW).as_of) == ("live", "14:32")
    clock[0] += STALE_S + 1
    assert feed.freshness(site, NOW).state == "stale"
    bridge.set_link(state=Fresh.OFFLINE, age_s=61.0)
    assert feed.freshness(site, NOW).state == "offline"


@pytest.mark.parametrize("state", [Fresh.OFFLINE, Fresh.NEVER])
def test_without_a_line_it_does_not_ask(feed, bridge, clock, state):
    feed.set_period(MONTH)
    bridge.answer("board", error="offline")
    assert feed.error == ""
    bridge.set_link(state=state)
    clock[0] += 100
    feed.tick()
    assert bridge.questions == []
    bridge.set_link(state=Fresh.LIVE)
    feed.tick()
    assert len(bridge.questions) == 1


# -- what is shown ------------------------------------------------------------------------------


def test_the_three_closure_denominators_stand_side_by_side_each_named(bridge, open_board):
    window = open_board(bridge)
    assert tile(window, "closure_rate").startswith("结案率 97.93%，22934 除以 23418，剔除 214，目标 97，达标 +0.93")
    assert tile(window, "closure_rate_accepted").startswith("办结率（受理口径） 95.10%，22934 除以 24116，剔除 277")
    assert tile(window, "closure_rate_handled").startswith("办结率（处置口径） 99.25%，22934 除以 23107，挂账 35")
    tops = {window.board.panels.tiles[kpi].y() for kpi in values.TILES[:3]}
    assert len(tops) == 1


def test_a_tile_says_how_it_moved_against_the_period_before(bridge, open_board):
    assert "环比 +0.50" in tile(open_board(bridge), "closure_rate")


def test_nothing_due_is_a_dash_and_never_zero_percent(bridge, open_board):
    window = open_board(bridge, answered=False)
    empty = tuple(msgspec.structs.replace(kpi, numerator=0, denominator=0) for kpi in make_board().kpis)
    bridge.answer("board", make_board(kpis=empty))
    window.board.show_now()
    assert tile(window, "on_time_rate").startswith(f"按期结案率 {DASH}")
    assert f"环比 {DASH}" in tile(window, "on_time_rate")


def test_until_the_board_comes_the_live_topic_fills_what_it_knows(bridge, open_board):
    window = open_board(bridge, answered=False)
    assert tile(window, "closure_rate").startswith("结案率 97.93%")
    assert tile(window, "closure_rate_handled").startswith(f"办结率（处置口径） {DASH}")
    assert window.board.panels.cards["areas"].message() == "正在统计"


def test_figures_of_one_period_are_never_shown_under_the_name_of_another(bridge, open_board, qtbot):
    window = open_board(bridge)
    press(qtbot, window, Qt.Key.Key_2)
    assert window.board.feed.period == period_of("week", TODAY, "due")
    assert tile(window, "closure_rate").startswith(f"结案率 {DASH}")


def test_an_error_stands_in_the_panels_of_the_period_and_not_in_the_live_ones(bridge, open_board):
    window = open_board(bridge, answered=False)
    bridge.answer("board", error="timeout")
    window.board.show_now()
    assert window.board.panels.cards["areas"].message() == "统计没有成功"
    assert window.board.panels.cards["hourly"].message() == ""
    ages = {name: card._freshness.state for name, card in window.board.panels.cards.items() if card._freshness}
    assert (ages["hourly"], ages["areas"], ages["sources"]) == ("live", "stale", "stale")
    # What the stream brings by itself is as fresh as the stream.
    assert window.board.panels.tiles["closure_rate"]._freshness.state == "live"


def test_never_connected_shows_dashes_everywhere(open_board):
    bridge = FakeKpiBridge()
    bridge.clock.known = False
    bridge.set_link(state=Fresh.NEVER, as_of=None, age_s=None)
    window = open_board(bridge, answered=False)
    assert {card.message() for card in window.board.panels.cards.values()} == {DASH}
    assert "启动以来未接通" in tile(window, "closure_rate")
    assert bridge.questions == []


def test_a_period_without_tickets_says_so(bridge, open_board):
    window = open_board(bridge, answered=False)
    bridge.answer("board", make_board(ranking=(), units=(), sources=()))
    window.board.show_now()
    assert "换一个时段" in window.board.panels.cards["areas"].message()
    assert "换一个时段" in window.board.panels.cards["sources"].message()


def test_a_hidden_board_asks_nothing(bridge, open_board):
    window = open_board(bridge)
    window.hide()
    bridge.questions.clear()
    bridge.set_topic(OVERVIEW_TOPIC, make_overview(accepted_today=1200))
    for _ in range(40):
        bridge.clock_ticked.emit()
    assert bridge.questions == []
    assert not window.board._timer.isActive()


def test_an_answer_after_the_window_was_closed_meets_nobody(bridge, open_board, qtbot):
    window = open_board(bridge)
    opened(window, bridge, qtbot)
    answer_behind(bridge)
    window.board.pane.choose_part("numerator")
    window.board.feed.refresh()
    asked = [what for what, _, _ in bridge.questions]
    assert {"behind", "board", "tickets", "ranking"} == set(asked)
    with qtbot.waitSignal(window.destroyed):
        window.close()
        window.deleteLater()
    answer_behind(bridge)
    bridge.answer("board", make_board())
    bridge.answer("tickets", [])
    bridge.answer("ranking", make_scores())
    bridge.set_topic(OVERVIEW_TOPIC, make_overview(accepted_today=1200))
    bridge.clock_ticked.emit()


def test_a_burst_of_news_is_painted_later_and_once(bridge, open_board, qtbot):
    window = open_board(bridge)
    hourly = window.board.panels.cards["hourly"].findChild(type(window.board.panels._hourly))
    for n in range(1100, 1150):
        bridge.set_topic(OVERVIEW_TOPIC, make_overview(accepted_today=n))
    assert "受理 1,046" in hourly.accessibleName()
    qtbot.waitUntil(lambda: "受理 1,149" in hourly.accessibleName())


def test_sources_add_up_with_the_rest_named(qapp):
    many = [(source.value, 10) for source in Source]
    rows = values.source_rows(many)
    assert len(rows) == values.MOST_SOURCES
    assert rows[-1].name == "其他"
    assert sum(row.n for row in rows) == 10 * len(many)
    assert sum(row.share for row in rows) == pytest.approx(100)


def test_too_few_cases_are_listed_apart_and_not_ranked(qapp):
    rows = make_ranking(("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬"))
    assert "壬" not in [row.name for row in values.ranked(rows)]
    assert values.apart_text(rows, Names()) == "不足 30 件不排名：壬 21/24"


def test_days_to_come_are_no_zeros(qapp):
    board = make_board(daily=((TODAY, 5, 4), (TODAY + timedelta(days=1), 0, 0)))
    series, _ = values.daily_series(board, TODAY)
    assert series[0].values == (5,)
    assert series[0].end_text == "5"


@pytest.mark.parametrize(("highest", "top"), [(0, 2), (7, 8), (84, 100), (246, 300), (1125, 1200), (10_000, 10_000)])
def test_the_axis_of_counts_ends_and_halves_at_round_numbers(highest, top):
    assert values.count_range([TrendSeries("", (0.0, float(highest)))]) == (0.0, top)


# -- keys and tables ----------------------------------------------------------------------------


def test_arrow_keys_walk_tiles_rows_and_charts(bridge, open_board, qtbot):
    window = open_board(bridge)
    tiles = window.board.panels.tiles
    assert window.focusWidget() is tiles["closure_rate"]
    press(qtbot, window, Qt.Key.Key_Right)
    assert window.focusWidget() is tiles["closure_rate_accepted"]
    press(qtbot, window, Qt.Key.Key_Down)
    assert window.focusWidget() is tiles["first_dispatch_right"]
    press(qtbot, window, Qt.Key.Key_Left)
    press(qtbot, window, Qt.Key.Key_Down)
    assert window.focusWidget() is window.board.panels.cards["hourly"]
    press(qtbot, window, Qt.Key.Key_Down)
    rates = window.board.panels._rates
    assert window.focusWidget() is rates
    first = rates.current_id()
    press(qtbot, window, Qt.Key.Key_Down)
    assert rates.current_id() != first
    press(qtbot, window, Qt.Key.Key_Up)
    press(qtbot, window, Qt.Key.Key_Up)
    assert window.focusWidget() is window.board.panels.cards["hourly"]


def test_every_stop_is_reached_by_tab_once(bridge, open_board):
    window = open_board(bridge)
    stops = window.board.field.stops()
    assert len(stops) == len(set(map(id, stops)))
    assert [s.objectName() for s in stops[: len(values.TILES)]] == list(values.TILES)


def test_number_keys_choose_the_period_and_b_the_date(bridge, open_board, qtbot):
    window = open_board(bridge)
    press(qtbot, window, Qt.Key.Key_4)
    press(qtbot, window, Qt.Key.Key_B)
    assert window.board.feed.period == period_of("last_month", TODAY, "accepted")


def test_typed_dates_are_asked_for_and_wrong_ones_are_explained(bridge, open_board, qtbot):
    window = open_board(bridge)
    press(qtbot, window, Qt.Key.Key_5)
    edit = window.focusWidget()
    edit.selectAll()
    qtbot.keyClicks(edit, "2026-03-20")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert window.board.bar.fault() == "止日早于起日，请改一个"
    edit.selectAll()
    qtbot.keyClicks(edit, "2026-03-10")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert window.board.feed.period == Period(date(2026, 3, 10), date(2026, 3, 19), "due")


@pytest.mark.parametrize("name", ["hourly", "trend", "daily", "levels", "sources", "backlog", "areas", "units"])
def test_alt_t_turns_every_chart_into_its_numbers_and_back(bridge, open_board, qtbot, name):
    window = open_board(bridge)
    card = window.board.panels.cards[name]
    card.setFocus()
    press(qtbot, window, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert card.shows_table
    model = card.twin_model()
    assert model.rowCount() > 0
    assert all(model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount()))
    assert isinstance(window.focusWidget(), QTableView)
    press(qtbot, window, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert not card.shows_table
    assert window.focusWidget() is card


def test_an_open_table_follows_its_chart(bridge, open_board):
    window = open_board(bridge)
    card = window.board.panels.cards["areas"]
    card.toggle_twin()
    bridge_rows = make_ranking(("新镇", "望湖街道"))
    window.board.feed.refresh()
    bridge.answer("board", make_board(ranking=bridge_rows))
    window.board.show_now()
    assert card.twin_model().index(0, 0).data() == "新镇"


def test_a_table_model_keeps_the_rules_of_qt(qtmodeltester, qapp):
    model = TwinModel()
    qtmodeltester.check(model)
    model.set_twin((("a", "b"), (("1", "2"), ("3", "4"))))
    qtmodeltester.check(model)
    assert model.index(1, 1).data() == "4"


# -- behind a figure ----------------------------------------------------------------------------


def opened(window, bridge, qtbot, kpi="on_time_rate"):
    window.board.panels.tiles[kpi].setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    return window.board.pane


def test_enter_on_a_tile_lists_first_what_failed(bridge, open_board, qtbot):
    window = open_board(bridge)
    pane = opened(window, bridge, qtbot)
    args = answer_behind(bridge)
    assert args == {
        "kpi": "on_time_rate",
        "start": "2026-03-01",
        "end": "2026-04-01",
        "by": "due",
        "part": "denominator_only",
    }
    assert pane.model().rowCount() == 22986 - 21871
    assert pane._sum.text() == "21,871 ＋ 1,115 ＝ 22,986，剔除：作废 120，并案 94"
    assert pane._check.text() == "清单与数字相符，共 1,115 条"
    assert pane._period.text().endswith(f"截至 {pane._site.stamp(pane._query.kpi.as_of)}")


def test_the_lists_of_a_figure_add_up(bridge, open_board, qtbot):
    window = open_board(bridge)
    pane = opened(window, bridge, qtbot)
    answer_behind(bridge)
    found = {}
    for part in ("denominator_only", "numerator", "denominator", "excluded"):
        pane.choose_part(part)
        while bridge.open_questions("behind"):
            answer_behind(bridge)
        while not pane._query.list_of(part).complete:
            pane._query.more(part)
            answer_behind(bridge)
        found[part] = list(pane._query.list_of(part).ids)
    assert sorted(found["numerator"] + found["denominator_only"]) == sorted(found["denominator"])
    assert not set(found["excluded"]) & set(found["denominator"])
    assert len(found["excluded"]) == 214


def test_enter_in_the_list_hands_exactly_its_tickets_to_the_queue(bridge, open_board, qtbot):
    window = open_board(bridge)
    pane = opened(window, bridge, qtbot)
    answer_behind(bridge)
    with qtbot.waitSignal(window.tickets_requested) as asked:
        press(qtbot, window, Qt.Key.Key_Return)
    title, ids = asked.args
    assert title == "来自 按期结案率 未计入"
    assert ids == pane.model().ids()


def test_side_keys_change_the_list_and_escape_goes_back_to_the_tile(bridge, open_board, qtbot):
    window = open_board(bridge)
    pane = opened(window, bridge, qtbot)
    answer_behind(bridge)
    press(qtbot, window, Qt.Key.Key_Left)
    assert bridge.open_questions("behind")[0][0]["part"] == "numerator"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert pane.figure() is None
    assert window.focusWidget() is window.board.panels.tiles["on_time_rate"]


def test_a_late_answer_of_a_closed_figure_changes_nothing(bridge, open_board, qtbot):
    window = open_board(bridge)
    pane = opened(window, bridge, qtbot)
    pane.dismiss()
    answer_behind(bridge)
    assert pane.figure() is None
    assert pane.model().rowCount() == 0


def test_offline_says_why_there_is_no_list(bridge, open_board, qtbot):
    window = open_board(bridge)
    pane = opened(window, bridge, qtbot)
    bridge.answer("behind", error="offline")
    assert pane._message.text() == "断线时不能反查"


def test_excluded_tickets_carry_their_reason(bridge, open_board, qtbot):
    window = open_board(bridge)
    pane = opened(window, bridge, qtbot)
    answer_behind(bridge)
    pane.choose_part("excluded")
    answer_behind(bridge)
    model = pane.model()
    reasons = [model.index(row, 3).data() for row in range(model.rowCount())]
    assert reasons == ["并案"] * 94 + ["作废"] * 120


def test_older_tickets_get_their_names_when_they_come_into_view(bridge, open_board, qtbot):
    window = open_board(bridge)
    pane = opened(window, bridge, qtbot)
    answer_behind(bridge)
    model = pane.model()
    assert model.index(0, 1).data() == DASH
    asked = bridge.open_questions("tickets")[0][0]["ids"]
    assert model.ids()[0] in asked
    known = make_tickets(22986)
    bridge.answer("tickets", [known[ticket_id] for ticket_id in asked])
    assert model.index(0, 2).data() == "鹭洲镇"


def test_another_period_takes_the_open_list_with_it_and_leaves_the_keys(bridge, open_board, qtbot):
    window = open_board(bridge)
    opened(window, bridge, qtbot)
    answer_behind(bridge)
    window.board.panels.tiles["closure_rate"].setFocus()
    press(qtbot, window, Qt.Key.Key_2)
    bridge.answer("board", make_board(window.board.feed.period))
    window.board.show_now()
    asked = bridge.open_questions("behind")[0][0]
    assert (asked["kpi"], asked["start"]) == ("on_time_rate", "2026-03-16")
    assert window.focusWidget() is window.board.panels.tiles["closure_rate"]


def test_a_row_of_the_ranking_opens_the_tickets_of_that_town_only(bridge, open_board, qtbot):
    window = open_board(bridge)
    card = window.board.panels.cards["areas"]
    assert isinstance(card, ChartCard)
    card.toggle_twin()
    table = window.focusWidget()
    table.setCurrentIndex(card.twin_model().index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    args = bridge.open_questions("behind")[0][0]
    assert (args["kpi"], args["filters"]) == ("on_time_rate", {"area": ["330599002"]})
    assert window.board.pane.figure().name == "按期结案率 · 望湖街道"


@pytest.fixture
def query(bridge):
    query = BehindQuery(bridge)
    kpi = values.by_id(make_board().kpis)["on_time_rate"]
    query.open(Figure(kpi, "按期结案率"))
    return query


def test_a_long_list_comes_in_pages(query, bridge):
    query.need_list("numerator")
    answer_behind(bridge)
    assert len(query.list_of("numerator").ids) == 5000
    query.more("numerator")
    assert answer_behind(bridge)["offset"] == 5000
    assert len(set(query.list_of("numerator").ids)) == 10000


def test_pages_of_different_moments_are_not_mixed(query, bridge):
    query.need_list("numerator")
    answer_behind(bridge, seq=7)
    query.more("numerator")
    answer_behind(bridge, seq=8)
    assert query.list_of("numerator") is None
    answer_behind(bridge, seq=8)
    assert len(query.list_of("numerator").ids) == 5000


def test_a_list_newer_than_the_board_says_so(query, bridge):
    shown = query.figure.kpi
    query.open(Figure(msgspec.structs.replace(shown, numerator=shown.numerator - 1), "按期结案率"))
    query.need_list("excluded")
    assert not query.moved
    answer_behind(bridge)
    assert query.moved
    assert part_count(query.kpi, "numerator") == shown.numerator


def test_reasons_follow_the_order_of_the_list():
    kpi = values.by_id(make_board().kpis)["on_time_rate"]
    assert reasons_of(kpi) == ("merged",) * 94 + ("void",) * 120


def test_the_list_model_keeps_the_rules_of_qt_while_it_grows(qtmodeltester, qapp):
    tickets = make_tickets(20)
    ids = tuple(tickets)
    model = BehindModel(tickets.get)
    qtmodeltester.check(model)
    model.set_ids(ids[:5])
    model.set_ids(ids)
    assert model.rowCount() == 20
    model.set_ids(ids[:2], ("void", "merged"))
    assert model.index(0, 3).data() == "作废"
    qtmodeltester.check(model)


# -- wall ---------------------------------------------------------------------------------------


def test_the_wall_copy_has_figures_and_nothing_to_press(bridge, qtbot):
    window = KpiBoardWall(bridge, Theme.load(profile="wall"))
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    bridge.answer("board", make_board())
    window.board.show_now()
    assert "结案率 97.93%" in window.board.panels.tiles["closure_rate"].accessibleName()
    assert window.height() == 1080
    assert not window.board.bar.isVisible()
    assert not window.board.pane.isVisible()
    window.focusNextChild()
    assert window.focusWidget() is None


@pytest.mark.parametrize("width", [1366, 1920, 2560])
def test_which_days_are_compared_is_read_whole_at_every_width(bridge, open_board, width, qtbot):
    window = open_board(bridge)
    bar = window.board.bar
    window.resize(width, 768)
    bar.set_compared("10月1日—10月31日 · 环比 9月1日—9月30日 截至 9月9日 10:50")
    room = text_width(window.theme.font("caption"), bar.compared())
    qtbot.waitUntil(lambda: (bar._compared if bar._below.isHidden() else bar._below).width() >= room)
    assert bar.height() == bar.minimumHeight(), "nothing below jumps while the text changes"

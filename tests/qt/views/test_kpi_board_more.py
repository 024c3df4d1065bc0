"""统计看板, beyond its figures: comparison, weighted list, repeat spots, band, look back, export, readings."""

import asyncio
import threading
from datetime import timedelta
from pathlib import Path

import msgspec
import openpyxl
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit

from desktop.models.names import Names
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.kpi_board import board_values as values
from desktop.views.kpi_board import forms
from desktop.views.kpi_board.breakdown import DIMS, dim_word, value_word
from desktop.views.kpi_board.chart_card import ChartCard
from desktop.views.kpi_board.window import KpiBoardWindow
from desktop.views.site_time import SiteTime
from desktop.widgets.values import DASH
from domain.ids import AreaCode, ItemCode, TicketId
from domain.kpi_catalogue import RATES
from domain.kpi_layout import DIMENSIONS
from domain.kpi_types import Kpi, Period
from domain.ticket import Ticket
from domain.vocabulary import Source, State
from protocol.reference import OVERVIEW_TOPIC
from tests.qt.fake_kpi import (
    MONTH,
    NOW,
    TODAY,
    FakeKpiBridge,
    answer_behind,
    live_bridge,
    make_band,
    make_board,
    make_overview,
    make_reference,
    make_scores,
    make_spots,
)

SITE = SiteTime()
FEBRUARY = Period(MONTH.start - timedelta(days=28), MONTH.start)


@pytest.fixture(autouse=True)
def _fonts(qapp):
    load_fonts()


@pytest.fixture
def bridge(qapp) -> FakeKpiBridge:
    return live_bridge()


@pytest.fixture
def window(bridge, qtbot) -> KpiBoardWindow:
    found = KpiBoardWindow(bridge, Theme.load())
    qtbot.addWidget(found)
    found.resize(1920, 1080)
    with qtbot.waitActive(found):
        found.show()
        found.activateWindow()
    bridge.answer("board", make_board(year_ago=make_board().kpis))
    found.board.show_now()
    return found


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.focusWidget() or window.board, key, modifier)


def card(window, name) -> ChartCard:
    found = window.board.panels.cards[name]
    assert isinstance(found, ChartCard)
    return found


BESIDE = (("ranking", make_scores), ("ranking", make_scores), ("compare", make_band), ("hotspots", make_spots))


def beside(bridge) -> list[dict]:
    """Answers what the board asks beside itself, one after the other; gives what was asked."""
    asked = []
    for what, make in BESIDE:
        assert len([one for one, _, _ in bridge.questions if one in dict(BESIDE)]) == 1
        asked.append(bridge.answer(what, make()))
    return asked


# -- comparison ---------------------------------------------------------------------------------


def test_c_changes_what_the_board_is_held_against(window, qtbot):
    tile = window.board.panels.tiles["closure_rate"]
    assert "环比 +0.50" in tile.accessibleName()
    press(qtbot, window, Qt.Key.Key_C)
    assert "同比 ±0.00" in tile.accessibleName()


def test_the_bar_says_up_to_which_point_a_running_period_is_compared():
    at = (NOW - timedelta(days=28), NOW - timedelta(days=365))
    board = make_board(compared=(FEBRUARY, FEBRUARY), compared_at=at)
    assert values.compared_text(board, "previous", SITE, TODAY) == "环比 2月1日—2月28日 截至 2月18日 14:32"


def test_without_history_the_bar_says_since_when_there_is_one():
    board = make_board(compared=(FEBRUARY, FEBRUARY), previous=(), first_day=MONTH.start)
    assert values.compared_text(board, "previous", SITE, TODAY) == "环比无可比：历史自 3月1日 起"
    assert values.tile_value(board.kpis[0], None, None, 0.0, "previous").compared == f"环比 {DASH}"


# -- beside the board -----------------------------------------------------------------------------


def test_the_weighted_list_comes_after_the_board_and_shows_what_it_is_made_of(bridge, window):
    assert [args["dim"] for args in beside(bridge)[:2]] == ["town", "unit"]
    window.board.show_now()
    areas = card(window, "areas")
    assert "第 1 名 鹭洲镇 96.2，3,905 件" in areas.chart.ranking.accessibleName()
    header, rows = areas.twin()
    assert header[-2:] == ("按期结案率 ×40", "结案率 ×30")
    assert [row[1] for row in rows] == ["1", "2", DASH]  # under 30 cases: no place
    assert rows[0][-1] == DASH


def test_a_repeat_spot_opens_what_came_in_there(bridge, window, qtbot):
    beside(bridge)
    window.board.show_now()
    spots = card(window, "spots")
    assert "白荡镇 · 道路积水 38 3.8 倍" in spots.chart.accessibleName()
    assert "平时 0.3" in spots.chart.accessibleName()  # one past case makes no ratio
    spots.row_opened.emit(0)
    args = bridge.open_questions("behind")[0][0]
    assert (args["kpi"], args["by"]) == ("accepted", "accepted")
    assert args["filters"] == {"community": ["330599008"], "sub_class": ["道路积水"]}


def test_days_lie_in_the_band_of_the_last_four_same_weekdays(bridge, window):
    beside(bridge)
    window.board.show_now()
    header, rows = card(window, "daily").twin()
    assert header[-2:] == ("常量下限", "常量上限")
    assert {row[-2:] for row in rows} == {("850", "1400")}


def test_an_answer_to_another_period_is_dropped(bridge, window, qtbot):
    old = bridge.open_questions("ranking")[0][1]
    press(qtbot, window, Qt.Key.Key_2)
    bridge.answer("board", make_board(window.board.feed.period))
    reply = msgspec.json.encode(make_scores())
    old(type("Answer", (), {"body": reply, "error": ""})())
    assert window.board.extras.scores("areas") is None


def test_a_refused_question_leaves_the_rest_of_the_board_alone(bridge, window):
    bridge.answer("ranking", error="unavailable")
    window.board.show_now()
    assert window.board.extras.scores("areas") is None
    assert bridge.open_questions("ranking")[0][0]["dim"] == "unit"
    assert "鹭洲镇" in card(window, "areas").chart.ranking.accessibleName()


def test_silent_call_backs_mark_satisfaction_alone_and_keep_its_value(bridge, window):
    bridge.set_topic(OVERVIEW_TOPIC, make_overview(last_call_back_at=NOW - timedelta(hours=30)))
    window.board.show_now()
    tiles = window.board.panels.tiles
    assert "97.44%" in tiles["satisfaction_rate"].accessibleName()
    assert "陈旧" in tiles["satisfaction_rate"].accessibleName()
    assert "陈旧" not in tiles["closure_rate"].accessibleName()


# -- charts -----------------------------------------------------------------------------------------


def test_shift_arrows_read_a_chart_and_escape_ends_it(window, qtbot):
    daily = card(window, "daily")
    daily.setFocus()
    press(qtbot, window, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, window, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert daily.chart.reading() == 16
    assert "3月17日" in daily.accessibleDescription()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert daily.chart.reading() is None


# -- look back ----------------------------------------------------------------------------------------


def look_back(window, qtbot, day, clock):
    press(qtbot, window, Qt.Key.Key_H)
    for name, text in (("day", day), ("time", clock)):
        edit = window.board.forms.form.input(name)
        assert isinstance(edit, QLineEdit)
        edit.setText(text)
    window.board.forms.form.submit()


def test_looking_back_shows_what_was_shown_then_and_home_returns(bridge, window, qtbot):
    bridge.questions.clear()
    look_back(window, qtbot, "2026-02-28", "17:00")
    args = bridge.open_questions("history")[0][0]
    assert args["at"] == "2026-02-28T17:00:00+08:00"
    assert (args["start"], args["end"]) == ("2026-02-01", "2026-03-01")  # 本月 is that day's month
    then = SITE.instant(NOW.replace(tzinfo=None, day=28, month=2, hour=17, minute=0, second=0))
    board = make_board(FEBRUARY, as_of=then)
    bridge.answer("history", {"seq": 3, "overview": make_overview(as_of=then), "board": board})
    window.board.show_now()
    assert "陈旧" in window.board.panels.tiles["closure_rate"].accessibleName()
    assert "回看 2月28日 周六 17:00" in window.board.bar.compared()
    for _ in range(200):
        bridge.clock_ticked.emit()
    assert bridge.questions == []  # the past does not change
    press(qtbot, window, Qt.Key.Key_Home)
    assert bridge.open_questions("board")
    assert window.board.feed.at is None


def test_behind_a_figure_of_the_past_stand_the_tickets_of_then(bridge, window, qtbot):
    look_back(window, qtbot, "2026-02-28", "17:00")
    bridge.answer("history", {"seq": 3, "overview": make_overview(), "board": make_board(FEBRUARY)})
    window.board.show_now()
    bridge.questions.clear()
    window.board.panels.tiles["closure_rate"].setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    args = bridge.open_questions("behind")[0][0]
    assert (args["kpi"], args["at"]) == ("closure_rate", "2026-02-28T17:00:00+08:00")
    assert not window.board.pane._choice.isVisible()  # a breakdown would be of now


@pytest.mark.parametrize(
    ("day", "clock", "fault"),
    [("2026-02-28", "25:00", "时刻写成"), ("2026-03-19", "08:00", "还没有到"), ("2026-02-30", "08:00", "日期")],
)
def test_a_moment_that_cannot_be_is_refused_in_words(bridge, window, qtbot, day, clock, fault):
    look_back(window, qtbot, day, clock)
    assert fault in window.board.forms.form.error()
    assert bridge.open_questions("history") == []


# -- export ---------------------------------------------------------------------------------------------


def export(window, qtbot, folder: Path, what: str, kind: str):
    press(qtbot, window, Qt.Key.Key_E)
    form = window.board.forms.form
    for name, value in (("what", what), ("kind", kind)):
        box = form.input(name)
        box.setCurrentIndex(box.findData(value))
    form.input("folder").setText(str(folder))
    form.submit()


def test_the_whole_board_goes_into_one_workbook_with_what_it_is_about(bridge, window, qtbot, tmp_path):
    beside(bridge)
    window.board.show_now()
    export(window, qtbot, tmp_path, "board", "xlsx")
    (path,) = tmp_path.iterdir()
    book = openpyxl.load_workbook(path)
    assert {"指标", "每日", "街道榜单"} <= set(book.sheetnames)
    first = [str(row[0].value) for row in book["指标"].iter_rows(max_row=5)]
    assert any("截至" in text for text in first)
    assert "已存" in window.board.bar.compared()


@pytest.mark.parametrize("kind", ["png", "svg", "csv"])
def test_one_chart_goes_out_as_it_is_shown(window, qtbot, tmp_path, kind):
    export(window, qtbot, tmp_path, "daily", kind)
    (path,) = tmp_path.iterdir()
    assert path.suffix == f".{kind}"
    if kind == "csv":
        assert "受理" in path.read_text(encoding="utf-8-sig")
    elif kind == "png":
        assert not QImage(str(path)).isNull()
    else:
        assert "<polyline" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "step"), [("xlsx", "save_tables"), ("csv", "save_tables"), ("png", "write_picture")])
def test_a_file_is_written_beside_the_gui_thread(window, qtbot, tmp_path, monkeypatch, kind, step):
    threads = []
    real = getattr(forms, step)

    def watched(*args):
        threads.append(threading.get_ident())
        return real(*args)

    monkeypatch.setattr(forms, step, watched)
    export(window, qtbot, tmp_path, "daily", kind)
    assert len(list(tmp_path.iterdir())) == 1
    assert threads
    assert threading.get_ident() not in threads


def test_a_second_export_waits_for_the_first(bridge, window, qtbot, tmp_path, monkeypatch):
    jobs = []
    monkeypatch.setattr(bridge, "work_then", lambda work, done: jobs.append((work, done)))
    export(window, qtbot, tmp_path, "daily", "csv")
    window.board.forms.form.submit()
    assert "还在写" in window.board.forms.form.error()
    ((work, done),) = jobs
    done(asyncio.run(work()))
    assert "已存" in window.board.bar.compared()
    assert not window.board.forms.opened


def test_a_folder_that_cannot_be_written_is_said_and_the_form_stays(window, qtbot, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    export(window, qtbot, blocked / "below", "board", "xlsx")
    assert "换一个文件夹" in window.board.forms.form.error()


def test_names_of_places_come_from_the_reference():
    assert Names.of(make_reference()).area("330599008") == "白荡镇"


# -- breakdown ------------------------------------------------------------------------------------------


def split_reply(rows, total=None):
    kpi = make_board().kpis[0]
    fields = ("values", "numerator", "denominator", "excluded")
    found = [dict(zip(fields, row, strict=True)) for row in rows]
    return {"seq": 7, "kpi": kpi, "dims": ["town"], "total": total or len(rows), "offset": 0, "rows": found}


def test_a_breakdown_that_failed_is_said_and_not_asked_again_and_again(bridge, window, qtbot):
    window.board.panels.tiles["closure_rate"].setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    window.board.pane.split_by("town")
    bridge.answer("breakdown", error="unavailable")
    assert "服务器暂不可用" in window.board.pane._check.text()
    assert bridge.open_questions("breakdown") == []


def test_a_figure_is_split_narrowed_by_a_row_and_split_again(bridge, window, qtbot):
    window.board.panels.tiles["closure_rate"].setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    pane = window.board.pane
    pane.split_by("town")
    kpi = make_board().kpis[0]
    rest = (["330599002"], kpi.numerator - 100, kpi.denominator - 120, {})
    args = bridge.answer("breakdown", split_reply([rest, (["330599008"], 100, 120, {"void": 3})]))
    assert (args["kpi"], args["dims"]) == ("closure_rate", ["town"])
    assert "与数字相符" in pane._check.text()
    pane._by.selectRow(1)
    bridge.questions.clear()
    qtbot.keyClick(pane._by, Qt.Key.Key_Return)
    assert pane.figure().name == "结案率 · 白荡镇"
    assert pane.figure().kpi.excluded == {"void": 3}
    assert bridge.open_questions("behind")[0][0]["filters"] == {"town": ["330599008"]}
    pane.split_by("unit")
    again = bridge.open_questions("breakdown")[0][0]
    assert (again["filters"], again["dims"]) == ({"town": ["330599008"]}, ["unit"])
    qtbot.keyClick(pane._by, Qt.Key.Key_Backspace)
    assert pane.figure().name == "结案率"


def test_rows_that_do_not_add_up_are_said_to_be_a_defect(bridge, window, qtbot):
    window.board.panels.tiles["closure_rate"].setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    window.board.pane.split_by("source")
    bridge.answer("breakdown", split_reply([(["patrol"], 1, 2, {})]))
    assert "不符" in window.board.pane._check.text()


@pytest.mark.parametrize("dim", DIMS)
def test_every_breakdown_is_one_of_the_engines_and_has_a_word(dim):
    assert dim in DIMENSIONS
    assert dim_word(dim)
    assert value_word(dim, "", Names()) == "未定"


# -- every figure opens its tickets -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "row", "kpi", "by", "filters"),
    [
        ("sources", 0, "accepted", "accepted", {"source": ["patrol"]}),
        ("levels", 0, "level_share_grid", "closed", None),
        ("daily", 2, "accepted", "accepted", None),
    ],
)
def test_a_row_of_a_chart_opens_the_tickets_behind_it(bridge, window, name, row, kpi, by, filters):
    card(window, name).row_opened.emit(row)
    args = bridge.open_questions("behind")[0][0]
    assert (args["kpi"], args["by"], args.get("filters")) == (kpi, by, filters)
    if name == "daily":
        assert (args["start"], args["end"]) == ("2026-03-03", "2026-03-04")


def click(qtbot, chart, at):
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at.toPoint())


def test_a_click_on_a_level_opens_what_was_closed_on_it(bridge, window, qtbot):
    levels = card(window, "levels").chart
    click(qtbot, levels, levels._boxes()[1].center())
    args = bridge.open_questions("behind")[0][0]
    assert (args["kpi"], args["by"]) == (f"level_share_{make_board().levels[1].level.value}", "closed")


def test_a_click_on_a_day_opens_what_was_accepted_on_it(bridge, window, qtbot):
    daily = card(window, "daily").chart
    plot = daily.plot()
    click(qtbot, daily, QPointF(plot.x(daily.xs()[2]), plot.rect.center().y()))
    args = bridge.open_questions("behind")[0][0]
    assert (args["kpi"], args["start"], args["end"]) == ("accepted", "2026-03-03", "2026-03-04")


@pytest.mark.parametrize(("name", "kpi"), [("levels", "level_share_grid"), ("daily", "accepted")])
def test_enter_opens_the_point_that_the_keys_have_read(bridge, window, qtbot, name, kpi):
    card(window, name).setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    assert bridge.open_questions("behind") == []  # nothing is read yet
    press(qtbot, window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, window, Qt.Key.Key_Return)
    (asked,) = bridge.open_questions("behind")
    assert asked[0]["kpi"] == kpi


def test_enter_in_the_table_of_a_chart_opens_its_row_once(bridge, window, qtbot):
    levels = card(window, "levels")
    levels.setFocus()
    press(qtbot, window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    levels.toggle_twin()
    press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_Return)
    assert len(bridge.open_questions("behind")) == 1


def test_an_hour_of_today_opens_what_was_accepted_in_it_in_the_queue(bridge, window, qtbot):
    one, other = (
        Ticket(
            id=TicketId(f"260318-000{number}"),
            version=1,
            state=State.CLOSED,
            source=Source.PATROL,
            area=AreaCode("330599001"),
            item=ItemCode("E0101"),
            reported_at=at,
            accepted_at=at,
            changed_at=NOW,
        )
        for number, at in ((1, NOW - timedelta(hours=2)), (2, NOW - timedelta(days=1, hours=2)))
    )
    bridge.mirror.tickets.clear()
    bridge.mirror.tickets.update({one.id: one, other.id: other})
    hour = SITE.local(NOW).hour - 2
    with qtbot.waitSignal(window.tickets_requested) as asked:
        card(window, "hourly").row_opened.emit(hour)
    assert asked.args == [f"今日 {hour} 时受理", (one.id,)]
    with qtbot.assertNotEmitted(window.tickets_requested):
        card(window, "hourly").row_opened.emit(hour - 1)


def test_the_rest_of_the_sources_is_no_one_source_and_opens_nothing(bridge, window):
    rows = values.source_rows(make_board().sources)
    assert (rows[-1].name, rows[-1].code) == ("其他", "")
    card(window, "sources").row_opened.emit(len(rows) - 1)
    assert bridge.open_questions("behind") == []


def test_hours_to_close_stand_among_the_figures_and_open_what_was_closed(bridge, window):
    rows = {row.kpi_id: row for row in values.rate_rows(make_board(), "previous")}
    assert (rows["age_median"].value, rows["age_p90"].value) == ("5.2 时", "31.4 时")
    assert rows["age_p90"].fraction == "22,934 件"
    window.board.panels.openings.on_rate_activated("age_p90")
    args = bridge.open_questions("behind")[0][0]
    assert (args["kpi"], args["by"]) == ("closed", "closed")


def test_at_a_desk_every_further_rate_has_a_line(bridge, window):
    known = {kpi.id for kpi in make_board().kpis}
    more = tuple(
        Kpi(id=formula.id, numerator=9, denominator=10, as_of=NOW)
        for formula in RATES
        if formula.id not in known and not formula.id.startswith("level_share")
    )
    hops = Kpi(id="hops", numerator=6, denominator=4, as_of=NOW)
    window.board.panels.show_board(
        make_board(kpis=(*make_board().kpis, *more), means=(hops,)), {}, {}, TODAY, "previous"
    )
    rates = window.board.panels._rates
    assert rates.count() == 17
    assert rates.shown_count() == rates.count()


def test_an_age_band_opens_its_open_tickets_in_the_queue(bridge, window, qtbot):
    open_one = Ticket(
        id=TicketId("260318-0001"),
        version=1,
        state=State.HANDLING,
        source=Source.PATROL,
        area=AreaCode("330599001"),
        item=ItemCode("E0101"),
        reported_at=NOW - timedelta(days=2),
        accepted_at=NOW - timedelta(days=2),
        changed_at=NOW,
    )
    bridge.mirror.tickets.clear()
    bridge.mirror.tickets[open_one.id] = open_one
    with qtbot.waitSignal(window.tickets_requested) as asked:
        card(window, "backlog").row_opened.emit(1)
    assert asked.args == ["在办龄期 1–3 天", ("260318-0001",)]
    with qtbot.assertNotEmitted(window.tickets_requested):
        card(window, "backlog").row_opened.emit(0)


def test_the_list_of_tickets_stands_on_the_ground_of_the_theme(bridge, window, qtbot):
    window.board.panels.tiles["closure_rate"].setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    answer_behind(bridge)
    ground = Theme.load().color("surface.panel").rgb()
    for dim, table in (("", window.board.pane._table), ("town", window.board.pane._by)):
        window.board.pane.split_by(dim)
        image = table.viewport().grab().toImage()
        assert image.pixel(image.width() - 3, image.height() - 3) == ground


def test_on_a_small_screen_the_rows_break_instead_of_running_off(window, qtbot):
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: window.board.split.area.viewport().width() < 1366)
    press(qtbot, window, Qt.Key.Key_Return)
    field, viewport = window.board.field, window.board.split.area.viewport()
    qtbot.waitUntil(lambda: field.width() <= viewport.width())
    tiles = list(window.board.panels.tiles.values())
    assert tiles[2].mapTo(field, tiles[2].rect().center()).y() > tiles[0].mapTo(field, tiles[0].rect().center()).y()


def test_f_narrows_the_whole_board_to_what_the_figure_was_narrowed_to_and_back(bridge, window, qtbot):
    window.board.panels.tiles["closure_rate"].setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    window.board.pane.split_by("town")
    bridge.answer("breakdown", split_reply([(["330599008"], 100, 120, {})]))
    window.board.pane.narrow(0)
    bridge.questions.clear()
    qtbot.keyClick(window.board.pane._table, Qt.Key.Key_F)
    assert bridge.answer("board", make_board())["filters"] == {"town": ["330599008"]}
    assert bridge.open_questions("ranking")[0][0]["filters"] == {"town": ["330599008"]}
    window.board.show_now()
    assert "仅看 白荡镇" in window.board.bar.compared()
    assert "只看一部分" in card(window, "hourly").message()
    window.board.panels.tiles["on_time_rate"].setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    assert bridge.open_questions("behind")[-1][0]["filters"] == {"town": ["330599008"]}
    press(qtbot, window, Qt.Key.Key_Escape)
    press(qtbot, window, Qt.Key.Key_F)
    assert "filters" not in bridge.open_questions("board")[-1][0]
    assert window.board.feed.filters == {}

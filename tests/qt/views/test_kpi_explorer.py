"""放大走势 on the board: Z opens it, Esc closes it, and it asks politely."""

import subprocess
import sys
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.kpi_board.breakdown import BreakdownReply, Row
from desktop.views.kpi_board.explorer import Explorer
from desktop.views.kpi_board.explorer_feed import COUNTS, RATES, explored
from desktop.views.kpi_board.window import KpiBoardWindow
from domain.kpi_types import Kpi
from tests.patience import WHOLE_S
from tests.qt.fake_kpi import NOW, TODAY, FakeKpiBridge, live_bridge, make_board

ASKED = [kpi for kpi, _ in (*COUNTS, *RATES)]
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def bridge(qapp) -> FakeKpiBridge:
    load_fonts()
    return live_bridge()


@pytest.fixture
def window(bridge, qtbot) -> KpiBoardWindow:
    found = KpiBoardWindow(bridge, Theme.load())
    qtbot.addWidget(found)
    found.resize(1920, 1080)
    with qtbot.waitActive(found):
        found.show()
        found.activateWindow()
    bridge.answer("board", make_board())
    found.board.show_now()
    return found


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.focusWidget() or window.board, key, modifier)


def opened(qtbot, window) -> Explorer:
    press(qtbot, window, Qt.Key.Key_Z)
    explorer = window.board.magnifier.explorer
    assert explorer is not None
    return explorer


def reply(rows: tuple[Row, ...], total: int | None = None) -> BreakdownReply:
    kpi = Kpi(id="any", numerator=0, denominator=0, as_of=NOW)
    return BreakdownReply(kpi=kpi, total=len(rows) if total is None else total, rows=rows)


def answer_all(bridge: FakeKpiBridge) -> list[dict]:
    rows = (Row((TODAY.isoformat(),), 7, 8), Row(((TODAY - timedelta(days=30)).isoformat(),), 3, 4))
    return [bridge.answer("breakdown", reply(rows)) for _ in ASKED]


def test_z_opens_it_over_the_board_and_esc_closes_it(bridge, window, qtbot):
    explorer = opened(qtbot, window)
    assert explorer.isVisible()
    assert window.focusWidget() is explorer
    assert explorer.geometry().top() > window.board.bar.geometry().bottom()
    answer_all(bridge)
    assert explorer.chart.data().count == 31
    assert window.focusWidget() is explorer.chart
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not explorer.isVisible()
    assert window.focusWidget() is not None
    press(qtbot, window, Qt.Key.Key_Z)
    assert explorer.isVisible()


def test_the_button_opens_it_and_another_button_closes_it(window, qtbot):
    qtbot.mouseClick(window.board.bar.findChild(object, "explore"), Qt.MouseButton.LeftButton)
    explorer = window.board.magnifier.explorer
    assert explorer.isVisible()
    qtbot.mouseClick(explorer.close_button, Qt.MouseButton.LeftButton)
    assert not explorer.isVisible()


def test_one_question_is_open_at_a_time_and_all_figures_are_asked_over_ten_years(bridge, window, qtbot):
    opened(qtbot, window)
    seen = []
    while bridge.open_questions("breakdown"):
        assert len(bridge.open_questions("breakdown")) == 1
        seen.append(bridge.answer("breakdown", reply((Row((TODAY.isoformat(),), 1, 2),))))
    assert [args["kpi"] for args in seen] == ASKED
    assert {(args["end"], *args["dims"]) for args in seen} == {((TODAY + timedelta(days=1)).isoformat(), "day")}


def test_a_long_history_is_asked_on_page_by_page(bridge, window, qtbot):
    explorer = opened(qtbot, window)
    first = bridge.answer("breakdown", reply((Row((TODAY.isoformat(),), 1, 1),), total=2))
    second = bridge.answer("breakdown", reply((Row((YESTERDAY.isoformat(),), 5, 5),), total=2))
    assert "offset" not in first
    assert (second["kpi"], second["offset"]) == (first["kpi"], 1)
    for _ in ASKED[1:]:
        bridge.answer("breakdown", reply(()))
    assert explorer.chart.data().series[0].numerators == (5, 1)


def test_a_day_without_rows_is_no_case_of_a_count_and_nothing_of_a_rate():
    row = {TODAY: Row((), 7, 8), TODAY - timedelta(days=2): Row((), 3, 4)}
    data = explored(dict.fromkeys(ASKED, row), TODAY)
    assert [data.series[0].value(day) for day in range(3)] == [3, 0, 7]
    assert [data.series[2].value(day) for day in range(3)] == [75.0, None, 87.5]


def test_a_refusal_is_said_and_what_was_there_stays(bridge, window, qtbot):
    explorer = opened(qtbot, window)
    bridge.answer("breakdown", error="busy")
    assert "服务器忙" in explorer.card.message()
    press(qtbot, window, Qt.Key.Key_R)
    answer_all(bridge)
    assert explorer.card.message() == ""
    press(qtbot, window, Qt.Key.Key_R)
    bridge.answer("breakdown", error="busy")
    assert explorer.card.message() == ""
    assert "上次没有取到" in explorer.card.accessibleName()


def test_alt_t_makes_it_a_table_and_back(bridge, window, qtbot):
    explorer = opened(qtbot, window)
    answer_all(bridge)
    press(qtbot, window, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert explorer.card.shows_table
    assert explorer.card.twin_model().rowCount() == 31
    press(qtbot, window, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert window.focusWidget() is explorer.chart
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not explorer.isVisible()


def test_keys_of_the_board_below_do_nothing_while_it_is_covered(bridge, window, qtbot):
    opened(qtbot, window)
    before = window.board.bar.choice()
    press(qtbot, window, Qt.Key.Key_1)
    press(qtbot, window, Qt.Key.Key_B)
    assert window.board.bar.choice() == before
    assert bridge.open_questions("board") == []


def test_the_chart_is_loaded_only_when_it_is_opened():
    code = "import sys, desktop.views.kpi_board.window; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=WHOLE_S).returncode == 0

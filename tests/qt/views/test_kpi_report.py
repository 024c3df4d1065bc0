"""P on the board: the report of what it shows, also of a past moment, in the preview that prints and saves."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.kpi_board.report import arguments, kind_of
from desktop.views.kpi_board.window import KpiBoardWindow
from domain.kpi_types import Period
from domain.reports import periods
from domain.reports.values import Report, ReportKind
from tests.qt.fake_kpi import MONTH, NOW, TODAY, FakeKpiBridge, live_bridge, make_board

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


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


def report(**more: object) -> Report:
    return Report(kind=ReportKind.MONTHLY, site="云泽区", period=MONTH, as_of=NOW, board=make_board(), **more)  # type: ignore[arg-type]


def test_p_asks_for_the_report_of_the_period_and_shows_its_pages(window, bridge, qtbot) -> None:
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_P)
    asked = bridge.answer("report", report(accepted=9))
    assert asked == {"kind": "monthly", "start": "2026-03-01", "end": "2026-04-01"}
    preview = window.board.report.preview
    assert preview is not None
    assert preview.document.pageCount() >= 2
    assert preview.windowTitle() == "云泽区月报"
    preview.close()


def test_looked_back_it_is_the_report_of_that_moment(window, bridge, qtbot) -> None:
    at = NOW - timedelta(days=1)
    window.board._on_looked_back(at)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_P)
    asked = bridge.answer("report", report(accepted=9, past=True, seq=77))
    assert asked["at"] == at.isoformat()
    window.board.report.preview.close()


def test_a_report_that_does_not_come_is_said_in_words_and_can_be_asked_for_again(window, bridge, qtbot) -> None:
    said: list[str] = []
    window.board.report.said.connect(said.append)
    for error in ("too_far", "offline"):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_P)
        bridge.answer("report", error=error)
    assert said[1].startswith("报告没有出成：此后变化太多")
    assert said[3].startswith("报告没有出成（联动服务断开），")
    assert window.board.report.preview is None


def test_an_empty_period_says_so_and_its_paper_is_shown(window, bridge, qtbot) -> None:
    said: list[str] = []
    window.board.report.said.connect(said.append)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_P)
    empty = msgspec.structs.replace(make_board(), kpis=())
    bridge.answer("report", msgspec.structs.replace(report(), board=empty))
    assert said[-1] == "本期没有受理、结案或到期的工单，报告各表为空"
    window.board.report.preview.close()


def test_a_part_of_the_tickets_is_a_campaign_and_one_unit_its_score_sheet() -> None:
    assert arguments(MONTH, {"unit": ["water"]}, "区水务局", None)["kind"] == "unit"
    both = arguments(MONTH, {"unit": ["water"], "class": ["市容"]}, "区水务局 市容", None)
    assert (both["kind"], both["title"], both["filters"]["class"]) == ("campaign", "区水务局 市容", ["市容"])


@given(st.dates(date(2018, 1, 1), date(2030, 1, 1)))
def test_a_day_a_week_and_a_month_are_called_so_and_other_spans_a_campaign(day: date) -> None:
    assert kind_of(periods.day(day.isoformat())) is ReportKind.DAILY
    year, week, _ = day.isocalendar()
    assert kind_of(periods.week(f"{year}-W{week:02}")) is ReportKind.WEEKLY
    assert kind_of(periods.month(f"{day:%Y-%m}")) is ReportKind.MONTHLY
    assert kind_of(Period(TODAY, TODAY + timedelta(days=3))) is ReportKind.CAMPAIGN

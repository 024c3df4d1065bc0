"""The board as files: its tables hold its figures, its charts come out as pictures with their words."""

import xml.etree.ElementTree as ElementTree

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.models.names import Names
from desktop.services.export.tables import Percent, write_csv, write_xlsx
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.kpi_export.pictures import draw_picture, write_picture
from desktop.views.kpi_export.sheets import board_sheets, period_text, twin_sheet
from desktop.widgets.charts.picture import SHARP, PictureError, picture_size
from desktop.widgets.trend_chart import TrendChart, TrendSeries
from domain.kpi_types import Kpi
from tests.qt.fake_kpi import MONTH, NOW, make_board, make_reference

ABOUT = ("2026-03-01 – 2026-03-31", "截至 14:32:08")


@pytest.fixture(autouse=True)
def _fonts(qapp):
    load_fonts()


@pytest.fixture
def chart(qtbot):
    chart = TrendChart(Theme.load())
    qtbot.addWidget(chart)
    chart.resize(600, 240)
    chart.show()
    chart.set_data((TrendSeries("结案率", (96.0, 97.5, 97.44)),), ("1", "2", "3"), target=97.0)
    return chart


def test_the_tables_hold_the_figures_of_the_board(tmp_path):
    hops = Kpi(id="hops", numerator=6, denominator=4, as_of=NOW)
    board = make_board(means=(hops,))
    sheets = board_sheets(board, Names.of(make_reference()), "云泽区", "14:32:08")
    kpis = {row[0]: row for row in sheets[0].rows}
    for kpi in board.kpis:
        row = next(
            row
            for row in sheets[0].rows
            if row[2:4] == (kpi.numerator, kpi.denominator) and row[1] == Percent(kpi.value)
        )
        assert row[7] == kpi.formula
    assert kpis["平均改派次数"][1] == 1.5
    assert len(sheets[0].rows) == len(board.kpis) + 1
    assert sheets[1].rows == board.daily
    assert [row[-2:] for row in sheets[3].rows] == [(row.numerator, row.denominator) for row in board.ranking]
    assert all(sheet.about[0] == "云泽区" for sheet in sheets)
    write_xlsx(tmp_path / "board.xlsx", sheets)
    for number, sheet in enumerate(sheets):
        write_csv(tmp_path / f"{number}.csv", sheet)
    assert len(list(tmp_path.iterdir())) == len(sheets) + 1


def test_a_period_names_its_last_day():
    assert period_text(MONTH) == "2026-03-01 – 2026-03-31 按到期日"


def test_the_table_of_a_chart_is_what_it_prints(chart):
    sheet = twin_sheet("走势", ABOUT, chart.twin())
    assert sheet.header == ("日期", "结案率")
    assert sheet.rows[-1] == ("3", "97.44")


def test_a_png_is_sharp_and_shows_the_line(chart, tmp_path):
    path = tmp_path / "trend.png"
    write_picture(path, draw_picture(path.suffix[1:], chart, Theme.load(), "18 天走势", ABOUT))
    image = QImage(str(path))
    assert image.size() == picture_size(chart.size(), Theme.load(), ABOUT) * SHARP
    line = Theme.load().color("chart.s1").rgb()
    plot = [image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)]
    assert plot.count(line) > 50
    assert len(set(plot)) > 10


def test_a_svg_is_drawn_with_lines_and_its_words(chart, tmp_path):
    path = tmp_path / "trend.svg"
    write_picture(path, draw_picture(path.suffix[1:], chart, Theme.load(), "18 天走势", ABOUT))
    root = ElementTree.fromstring(path.read_bytes())
    colour = Theme.load().color("chart.s1").name()
    lines = [node for node in root.iter() if node.tag.endswith("}g") and node.get("stroke") == colour]
    assert any(child.tag.endswith("}polyline") for node in lines for child in node)
    words = "".join(node.text or "" for node in root.iter() if node.tag.endswith("}text"))
    assert all(word in words.replace("\n", "") for word in ("18 天走势", "截至 14:32:08", "结案率 97.44%"))
    assert next(node for node in root.iter() if node.tag.endswith("}title")).text == "18 天走势"
    assert not any(node.tag.endswith("}image") for node in root.iter())


def test_a_picture_that_cannot_be_made_is_refused(chart, qtbot):
    with pytest.raises(PictureError, match="kind"):
        draw_picture("bmp", chart, Theme.load(), "x")
    empty = QWidget()
    qtbot.addWidget(empty)
    empty.resize(0, 0)
    with pytest.raises(PictureError, match="nothing"):
        draw_picture("png", empty, Theme.load(), "x")


def test_the_old_picture_stays_when_the_new_one_cannot_be_encoded(tmp_path):
    path = tmp_path / "trend.png"
    path.write_bytes(b"old")
    with pytest.raises(PictureError, match="encode"):
        write_picture(path, QImage())
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"old"]


def test_a_path_that_cannot_be_written_is_an_os_error(chart, tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        write_picture(tmp_path / "nowhere" / "trend.png", draw_picture("png", chart, Theme.load(), "x"))

"""Reports as files: Word from the template, own PDF, workbook; right typography; bad templates and full disks in words."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QRawFont

import resources
from desktop.models.names import Names
from desktop.services.export.tables import Sheet
from desktop.services.reports.delivery import DeliveryError, into_folder
from desktop.services.reports.paper import Chart, Paper, Section, Series, Table, Text, shown
from desktop.services.reports.workbook import to_workbook
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.views.inspection.papers.pdf import to_pdf as form_to_pdf
from desktop.views.print_table import write_pdf
from desktop.views.reports.chart_painter import WIDTH_PX, chart_png, chart_svg
from desktop.views.reports.compose import compose
from desktop.views.reports.files import FORMATS, make_files
from desktop.views.reports.layout import Layout
from desktop.views.reports.paper_font import paper_font
from desktop.views.reports.pdf import to_pdf
from desktop.views.site_time import SiteTime
from desktop.widgets.charts.picture import picture_size
from domain.kpi_engine import KpiEngine, KpiSetup
from domain.kpi_types import Period
from domain.reports.build import report
from domain.reports.values import Report, ReportKind
from tests.qt.samples import make_reference
from tests.unit.domain.kpi_cases import ITEMS, TOWNS, UNITS, at, closed, ticket

WEEK = Period(date(2018, 10, 8), date(2018, 10, 15))
DAY = Period(date(2018, 10, 9), date(2018, 10, 10))
NOTHING = Period(date(2018, 9, 3), date(2018, 9, 4))
TEMPLATES = resources.path("templates")
CLOSING = "，。、；：？！）》”’」』】…％%"
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


@pytest.fixture(autouse=True)
def fonts(qapp) -> Iterator[None]:
    load_fonts()
    return


def model(kind: ReportKind = ReportKind.WEEKLY, period: Period = WEEK, **more: object) -> Report:
    tickets = [
        *(closed(f"c{n}", hours=3 + n % 12, area=TOWNS[n % 3] + "001", unit=UNITS[n % 3]) for n in range(40)),
        *(ticket(f"o{n}", area=TOWNS[n % 3] + "002", accepted_at=at(n), reported_at=at(n)) for n in range(20)),
    ]
    engine = KpiEngine(KpiSetup(items=ITEMS, area_names={}, unit_names={}))
    engine.load(tickets, at(100))
    return report(engine, kind, period, site="坪山区", seq=1234, beside=engine, **more)  # type: ignore[arg-type]


def paper_of(made: Report) -> Paper:
    return compose(made, Names.of(make_reference()), SiteTime("Asia/Shanghai", "zh"))


def light() -> Theme:
    return Theme.load("light")


@pytest.mark.parametrize("period", [WEEK, DAY, NOTHING], ids=["week", "day", "empty"])
@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_kind_of_any_period_is_made_in_every_format_and_says_its_figures(
    kind: ReportKind, period: Period, tmp_path: Path
) -> None:
    more = (
        {"unit": UNITS[0]} if kind is ReportKind.UNIT else {"title": "秋季专项"} if kind is ReportKind.CAMPAIGN else {}
    )
    made = model(kind, period, **more)
    assert made.is_empty == (period is NOTHING)
    paper = paper_of(made)
    files, failed = make_files(paper, FORMATS, [TEMPLATES], light())
    assert failed == ()
    assert [name.rsplit(".")[-1] for name in files] == list(FORMATS)
    (path,) = into_folder(tmp_path, {"a.docx": next(iter(files.values()))})
    word = Document(str(path))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    for row in next(table for table in paper.tables() if table.id == "kpis").rows:
        assert shown(row[1]) in cells
    text = "\n".join(p.text for p in word.paragraphs)
    assert paper.title in text
    assert paper.notes[0] in text
    assert "{{" not in text + "".join(cells)
    pictures = [rel for rel in word.part.rels.values() if "image" in rel.reltype]
    assert len(pictures) == len([chart for chart in paper.charts() if not chart.is_empty])


def test_made_again_from_the_same_model_a_report_says_the_same(tmp_path: Path) -> None:
    made = model()
    assert paper_of(made) == paper_of(made)
    assert to_workbook(paper_of(made)) == to_workbook(paper_of(made))


def test_a_template_with_an_unknown_field_costs_only_the_word_file_and_says_which(tmp_path: Path) -> None:
    document = Document(str(TEMPLATES / "report.docx"))
    document.add_paragraph("编制：{{author}}")
    document.save(str(tmp_path / "report.docx"))
    files, failed = make_files(paper_of(model()), FORMATS, [tmp_path, TEMPLATES], light())
    assert [name.rsplit(".")[-1] for name in files] == ["pdf", "xlsx"]
    assert "{{author}}" in failed[0]
    assert "report.docx" in failed[0]
    document = Document(str(TEMPLATES / "report.docx"))
    document.add_paragraph("{{picture.nothing}}")
    document.save(str(tmp_path / "report.docx"))
    assert "picture.nothing" in make_files(paper_of(model()), ("docx",), [tmp_path], light())[1][0]


def test_an_edited_template_governs_the_word_file(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("本所格式 {{title}}")
    document.add_paragraph("{{picture.daily}}")
    document.save(str(tmp_path / "report.docx"))
    files, failed = make_files(paper_of(model()), ("docx",), [tmp_path, TEMPLATES], light())
    assert failed == ()
    (path,) = into_folder(tmp_path / "out", files)
    word = Document(str(path))
    assert word.paragraphs[0].text.startswith("本所格式 坪山区周报")
    assert len(word.inline_shapes) == 1


def test_a_full_disk_or_a_folder_that_refuses_is_said_in_words_and_nothing_half_written_stays(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DeliveryError, match="nothing is lost"):
        into_folder(tmp_path / "file" / "in", {"a.pdf": b"x"})
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / ".a.pdf.part").symlink_to("/dev/full")
    with pytest.raises(DeliveryError, match="No space left"):
        into_folder(tmp_path / "full", {"a.pdf": b"x" * 10})
    assert list((tmp_path / "full").iterdir()) == []


def test_an_empty_period_is_a_whole_report_that_says_so() -> None:
    engine = KpiEngine(KpiSetup())
    engine.load([], datetime(2018, 10, 20, tzinfo=UTC))
    paper = paper_of(report(engine, ReportKind.WEEKLY, WEEK, site="坪山区"))
    assert paper.summary == ("本期没有受理、结案或到期的工单，下列各表为空。",)
    files, failed = make_files(paper, FORMATS, [TEMPLATES], light())
    assert (len(files), failed) == (3, ())


def test_texts_in_a_workbook_are_never_formulas_and_charts_are_native(tmp_path: Path) -> None:
    paper = replace(paper_of(model()), title='=HYPERLINK("http://x")', summary=("+1+1", "@SUM(A1)"))
    (path,) = into_folder(tmp_path, {"a.xlsx": to_workbook(paper)})
    book = openpyxl.load_workbook(path)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert sum(len(sheet._charts) for sheet in book) == len(paper.charts())
    table = next(one for one in paper.tables() if one.id == "towns")
    sheet = book[table.title]
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == [row[1] for row in table.rows]


def test_no_line_begins_with_a_closing_mark_at_any_width() -> None:
    layout = Layout(paper_of(model()), light(), 4.0)
    text = "本期受理 476 件，比上期减 382 件（44.5%）；结案 0 件，“与上期持平”，其中当日结 12 件；不予受理、作废、并案等 3 件。"
    for width in range(110, 400, 3):
        laid = layout._laid(text, paper_font(42), width * 4.0, Qt.AlignmentFlag.AlignLeft)
        starts = [text[laid.lineAt(n).textStart()] for n in range(1, laid.lineCount())]
        assert not [start for start in starts if start in CLOSING], width


def test_the_font_of_papers_has_every_character_that_they_print() -> None:
    font = QRawFont.fromFont(paper_font(40))
    for kind in ReportKind:
        paper = paper_of(model(kind, unit=UNITS[0] if kind is ReportKind.UNIT else ""))
        texts = [paper.title, paper.subtitle, *paper.summary, *paper.notes, *(t for pair in paper.about for t in pair)]
        texts += [shown(cell) for table in paper.tables() for row in table.rows for cell in row]
        missing = {
            char for text in texts for char in text if not font.supportsCharacter(ord(char)) and char not in " 　"
        }
        assert missing == set()


def test_charts_are_vectors_in_svg_and_twice_the_size_in_png() -> None:
    chart = next(chart for chart in paper_of(model()).charts() if chart.id == "town_rates")
    svg = chart_svg(chart, light(), "空").decode()
    assert "<image" not in svg
    assert svg.count("<path") + svg.count("<text") > 5
    from PySide6.QtGui import QImage

    image = QImage.fromData(chart_png(chart, light(), "空"))
    assert image.width() == picture_size(QSize(WIDTH_PX, 10), light(), ()).width() * 2


def test_a_table_that_goes_over_the_page_repeats_its_head_and_pages_are_numbered(tmp_path: Path) -> None:
    from desktop.services.reports.paper import Column

    rows = tuple((f"第 {n} 行", n) for n in range(120))
    table = Table(id="t", title="长表", columns=(Column("a", "名称"), Column("b", "件数", number=True)), rows=rows)
    chart = Chart(id="c", kind="columns", title="空图", labels=(), series=(Series("受理", ()),))
    paper = replace(paper_of(model()), sections=(Section("长", (table, chart, Text("完"))),))
    layout = Layout(paper, light(), 4.0)
    assert layout.count >= 3
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    (path,) = into_folder(tmp_path, {"a.pdf": to_pdf(paper, light())})
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    assert text.count("名称") >= 3
    assert f"第 1 页/共 {layout.count} 页" in text
    assert f"第 {layout.count} 页/共 {layout.count} 页" in text
    bare = text.replace(" ", "")
    assert [n for n in range(120) if f"第{n}行" not in bare] == []


@needs_poppler
def test_the_pdf_says_every_figure_of_the_report_and_draws_charts_without_pictures(tmp_path: Path) -> None:
    paper = paper_of(model())
    (path,) = into_folder(tmp_path, {"a.pdf": to_pdf(paper, light())})
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    for table in paper.tables():
        for row in table.rows:
            assert all(shown(cell) in text for cell in row[1:4]), row
    images = subprocess.run(["pdfimages", "-list", path], capture_output=True, text=True, check=True).stdout
    assert len(images.splitlines()) == 2  # the head alone


@needs_office
@pytest.mark.timeout(300)
def test_libreoffice_opens_the_word_file_and_makes_a_pdf_of_it(tmp_path: Path) -> None:
    files, _ = make_files(paper_of(model()), ("docx",), [TEMPLATES], light())
    (path,) = into_folder(tmp_path, {"a.docx": next(iter(files.values()))})
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    done = subprocess.run(
        [*command, "--outdir", tmp_path, path], capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    made = tmp_path / "a.pdf"
    assert made.read_bytes().startswith(b"%PDF-")
    if shutil.which("pdftotext") is not None:
        text = subprocess.run(["pdftotext", made, "-"], capture_output=True, text=True, check=True).stdout
        assert "坪山区周报" in text.replace(" ", "")
        assert "口径说明" in text


DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def paper_of_report(path: str) -> None:
    made = replace(paper_of(model()), sections=(Section("签名", (Text(DIGEST),)),))
    Path(path).write_bytes(to_pdf(made, light()))


def printed_list(path: str) -> None:
    assert write_pdf(path, Sheet(name="表", about=(), header=("摘要",), rows=((DIGEST,),)))


def filled_form(path: str) -> None:
    word = Document()
    word.add_paragraph(DIGEST)
    Path(path).write_bytes(form_to_pdf(word))


@needs_poppler
@pytest.mark.parametrize("make", [paper_of_report, printed_list, filled_form])
def test_a_number_without_chinese_beside_it_can_be_copied_from_every_paper(tmp_path: Path, make) -> None:
    """The local forms of the font would leave gaps where its figures stood."""
    path = str(tmp_path / "a.pdf")
    make(path)
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert DIGEST in "".join(text.split())

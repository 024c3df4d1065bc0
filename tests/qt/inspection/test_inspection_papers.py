"""Papers: templates filled in Word with every field, fonts for Chinese set, errors by name; the same as PDF, pages counted, text searchable."""

import io
import zipfile
from copy import deepcopy
from pathlib import Path

import msgspec
import pytest
from docx import Document
from docx.oxml.ns import qn
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtPdf import QPdfDocument

import resources
from desktop.models.names import Names
from desktop.services.papers.word_template import TemplateError, fields_of, fill, to_bytes
from desktop.theme.assets import load_fonts
from desktop.views.inspection.papers.pdf import to_pdf
from desktop.views.inspection.papers.values import ASSIGNMENT, NOTICE, RECORD, PaperSource, paper_fields
from desktop.views.inspection.texts import read_texts
from desktop.views.site_time import SiteTime
from domain.inspection import commands
from domain.inspection.words import Result
from tests.qt.inspection.scene import LEADER, NOW, REFERENCE, Made, local, mock_up, notice

PAPERS = ((ASSIGNMENT, ""), (NOTICE, "丙"), (RECORD, ""))

pytestmark = pytest.mark.usefixtures("qapp")  # texts of papers go through translators, which belong to the application


@pytest.fixture(autouse=True)
def app(qapp):
    load_fonts()


def source_of(made: Made) -> PaperSource:
    texts = read_texts(msgspec.json.encode(made.record), made.id)
    assert texts is not None
    return PaperSource(made.known, texts, Names.of(REFERENCE), SiteTime(), NOW, "云泽")


def closed() -> Made:
    """The mock-up, brought to its end: three notices, a failed and a passed re-check, a closing summary."""
    made = mock_up()
    made.do(NOW, commands.Find(item="c11", premises="乙", result=Result.OK))
    for letter in ("甲", "乙"):
        made.do(NOW, notice(letter))
    made.do(NOW, commands.SetRecheck(on=NOW.date().replace(day=26)))
    for letter in ("甲", "乙", "丙"):
        made.do(local(3, 26, 10, 0), commands.RecordRecheck(premises=letter))
    made.do(local(3, 26, 11, 0), commands.Close(text="三家均已整改到位，经复查通过。"), LEADER)
    return made


def template(name: str) -> Path:
    return resources.path("templates", f"{name}.docx")


def filled_word(paper: str, letter: str, made: Made):
    fields = paper_fields(paper, source_of(made), letter)
    return fill(template(paper), fields.texts, fields.lists)


def all_text(word) -> str:
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


# -- Word ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "letter"), PAPERS)
def test_every_field_of_a_template_is_known_and_filled(paper, letter):
    fields = paper_fields(paper, source_of(closed()), letter)
    known = set(fields.texts) | {f"{name}.{key}" for name, rows in fields.lists.items() for row in rows for key in row}
    assert fields_of(template(paper)) <= known
    assert "{{" not in all_text(filled_word(paper, letter, closed()))


def test_the_notice_says_what_failed_until_when_and_how_it_was_served():
    text = all_text(filled_word(NOTICE, "丙", mock_up()))
    assert "云泽联改〔2026〕260316-0031-3号" in text
    assert "6 项问题" in text
    assert "4．后厨无灭火器；楼道 2 具压力不足，检验日期 2024-11，已超期（《消防法》第十六条）。" in text
    assert "现责令你单位停业整改，于2026年3月25日前完成整改" in text
    assert "现场送达签收" in text
    assert "店长" in text


def test_the_record_lists_all_units_items_and_scores():
    word = filled_word(RECORD, "", closed())
    facts, units, items, problems, notices = word.tables
    assert len(units.rows) == 1 + 6
    assert len(items.rows) == 1 + 13
    assert len(problems.rows) == 1 + 10
    assert len(notices.rows) == 1 + 3
    assert units.rows[1].cells[5].text == "96（20＋30＋30＋16）"
    assert items.rows[4].cells[4].text == "甲 不合格　乙 合格　丙 不合格"
    assert "03-26 通过" in problems.rows[1].cells[5].text
    assert "三家均已整改到位" in all_text(word)
    assert "合格 25，不合格 10，不适用 4，待反馈 0" in facts.rows[4].cells[1].text


def test_an_empty_list_leaves_no_row():
    made = Made("260316-0031")
    made.record, made.inspection = [], None
    full = mock_up()
    for entry in full.record[:2]:
        made.record.append(entry)
    plan = full.known.plan
    made.do(
        local(3, 16, 9, 10),
        commands.MakePlan(
            title=plan.title,
            area=full.known.area,
            lead=plan.lead,
            co_units=tuple(part.unit for part in full.known.parts if not part.lead),
            premises=plan.premises,
            items=plan.items,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
        ),
    )
    word = filled_word(RECORD, "", made)
    assert [len(table.rows) for table in word.tables[3:]] == [1, 1], "only the heads"


@pytest.mark.parametrize(("paper", "letter"), PAPERS)
def test_chinese_characters_have_a_font_of_their_own(paper, letter):
    """Word picks it by w:eastAsia alone."""
    word = Document(io.BytesIO(to_bytes(filled_word(paper, letter, closed()))))
    runs = [run for paragraph in word.paragraphs for run in paragraph.runs if run.text]
    runs += [
        run
        for table in word.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
        if run.text
    ]
    assert runs
    for run in runs:
        assert run._element.rPr.rFonts.get(qn("w:eastAsia")) in ("仿宋", "黑体", "宋体"), run.text


def test_an_unknown_field_is_named_with_those_that_exist(tmp_path: Path):
    word = Document(str(template(NOTICE)))
    word.paragraphs[0].add_run("{{法人}}")
    word.save(str(tmp_path / "notice.docx"))
    fields = paper_fields(NOTICE, source_of(mock_up()), "丙")
    with pytest.raises(TemplateError, match=r"notice\.docx: unknown field \{\{法人\}\}; known are .*addressee"):
        fill(tmp_path / "notice.docx", fields.texts, fields.lists)


def test_a_row_of_an_unknown_list_is_named(tmp_path: Path):
    word = Document()
    word.add_paragraph("{{staff.name}}")
    word.save(str(tmp_path / "x.docx"))
    with pytest.raises(TemplateError, match=r"unknown field \{\{staff"):
        fill(tmp_path / "x.docx", {}, {"units": []})


def test_what_is_no_word_file_is_said(tmp_path: Path):
    (tmp_path / "bad.docx").write_text("text")
    with pytest.raises(TemplateError, match=r"bad\.docx: not a Word file"):
        fill(tmp_path / "bad.docx", {})
    with zipfile.ZipFile(tmp_path / "zip.docx", "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(TemplateError, match=r"zip\.docx: not a Word file"):
        fill(tmp_path / "zip.docx", {})


def test_a_field_that_word_has_cut_into_runs_is_put_together(tmp_path: Path):
    word = Document()
    paragraph = word.add_paragraph("甲")
    for piece in ("{{ti", "t", "le}}", "乙{{no}}"):
        paragraph.add_run(piece).bold = piece == "{{ti"
    word.save(str(tmp_path / "cut.docx"))
    made = fill(tmp_path / "cut.docx", {"title": "检查 {{no}}", "no": "7"})
    assert made.paragraphs[0].text == "甲检查 {{no}}乙7", "a text that looks like a field is a text"
    assert [run.text for run in made.paragraphs[0].runs if run.bold] == ["检查 {{no}}"]


# -- PDF ----------------------------------------------------------------------------------------------


def pages_of(data: bytes) -> QPdfDocument:
    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document


@pytest.mark.parametrize(("paper", "letter", "pages"), [(ASSIGNMENT, "", 2), (NOTICE, "丙", 2), (RECORD, "", 3)])
def test_the_pdf_counts_its_pages_and_can_be_searched(paper, letter, pages):
    document = pages_of(to_pdf(filled_word(paper, letter, closed())))
    assert document.pageCount() == pages
    size = document.pagePointSize(0)
    assert (round(size.width()), round(size.height())) == (595, 842), "A4"
    for number in range(pages):
        text = document.getAllText(number).text().replace("\r\n", "").replace(" ", "")
        assert f"第{number + 1}页/共{pages}页" in text
    whole = "".join(document.getAllText(n).text() for n in range(pages)).replace("\r\n", "")
    assert ("云泽联改" in whole) == (paper != ASSIGNMENT)
    assert "鹭洲镇食安办" in whole, "characters, not shapes of them"


def test_a_long_table_repeats_its_head_on_the_next_page():
    document = pages_of(to_pdf(filled_word(RECORD, "", closed())))
    heads = [n for n in range(document.pageCount()) if "检查项" in document.getAllText(n).text()]
    assert len(heads) > 1


def test_no_row_is_cut_by_the_end_of_a_page(qapp):
    """A cell of two lines stands wholly on one page: its first and last words are found on the same one."""
    document = pages_of(to_pdf(filled_word(RECORD, "", closed())))
    pages = [document.getAllText(n).text().replace("\r\n", "") for n in range(document.pageCount())]
    for text in ("后厨无灭火器；楼道 2 具压力不足，检验日期 2024-11，已超期。", "液化气瓶与灶具同室，未装报警器。"):
        squeezed = [page.replace(" ", "") for page in pages]
        assert sum(text.replace(" ", "") in page for page in squeezed) == 1, text


def test_the_receipt_of_a_notice_is_never_cut_in_two_however_long_the_notice(qapp):
    """Line by line down the page: all four rows stay together, on this page or on the next."""
    for lines in range(16):
        word = filled_word(NOTICE, "甲", closed())
        for _ in range(lines):
            word.tables[0]._tbl.addprevious(deepcopy(word.paragraphs[2]._p))
        document = pages_of(to_pdf(word))
        pages = [document.getAllText(n).text() for n in range(document.pageCount())]
        rows = ("送达方式", "送达时间", "受送达人", "签名")
        assert {tuple(row in page for row in rows) for page in pages} <= {(True,) * 4, (False,) * 4}, lines


def test_the_page_is_black_on_white_and_nothing_runs_over_the_margins():
    document = pages_of(to_pdf(filled_word(NOTICE, "丙", closed())))
    image = document.render(0, QSize(595, 842))
    assert not image.isNull()

    def dark(x: int, y: int) -> bool:
        colour = image.pixelColor(x, y)
        return colour.alpha() > 60 and colour.lightness() < 128

    left = [y for y in range(842) for x in range(72) if dark(x, y)]
    right = [y for y in range(842) for x in range(530, 595) if dark(x, y)]
    assert left == []
    assert right == []
    assert any(dark(x, 300) or dark(x, 310) for x in range(80, 520))

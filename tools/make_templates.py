"""Make the Word templates of resources/templates. A site edits the made files in Word; this script is only how they began.

usage: python tools/make_templates.py [OUT_DIR]
Measures follow GB/T 9704: A4, margins 37/35/28/26 mm, body 三号 (16 pt) 仿宋 on lines of 28 pt, two characters of indent.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.services.papers.word_template import set_fonts  # noqa: E402 (the script runs from anywhere)

OUT = ROOT / "resources" / "templates"
LATIN = "Times New Roman"
BODY, HEAD, TITLE = "仿宋", "黑体", "宋体"
CENTER, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY
TEXT_WIDTH_MM = 210 - 28 - 26


def new_document() -> WordDocument:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    _footer(section.footer.paragraphs[0])
    return document


def _footer(paragraph: Paragraph) -> None:
    """第 n 页/共 m 页, counted by Word."""
    paragraph.alignment = CENTER
    for text, field in (("第 ", "PAGE"), (" 页/共 ", "NUMPAGES"), (" 页", "")):
        _run(paragraph, text, 10.5, BODY)
        if field:
            _field(paragraph, field)


def _field(paragraph: Paragraph, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(10.5)
        set_fonts(run, LATIN, BODY)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._element.append(mark)


def _run(paragraph: Paragraph, text: str, size: float, font: str, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    set_fonts(run, LATIN, font)


def add(
    container: WordDocument | _Cell,
    text: str,
    *,
    size: float = 16,
    font: str = BODY,
    bold: bool = False,
    align: WD_ALIGN_PARAGRAPH = JUSTIFY,
    indent: bool = False,
    line: float = 28,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> Paragraph:
    """One paragraph; `**` around a piece makes it bold."""
    paragraph = container.add_paragraph()
    layout = paragraph.paragraph_format
    layout.alignment = align
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.keep_with_next = keep
    if indent:
        layout.first_line_indent = Pt(size * 2)
    for place, piece in enumerate(text.split("**")):
        if piece:
            _run(paragraph, piece, size, font, bold or place % 2 == 1)
    return paragraph


def table(document: WordDocument, widths: tuple[float, ...], header: tuple[str, ...], row: tuple[str, ...]) -> Table:
    """A list: its header is repeated on every page, its row for every entry."""
    made = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    _row(made, widths, header, HEAD, True)
    _row(made, widths, row, BODY, False)
    return made


def _row(made: Table, widths: tuple[float, ...], texts: tuple[str, ...], font: str, header: bool) -> None:
    added = made.add_row()
    properties = added._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader") if header else ("w:cantSplit",):
        properties.append(OxmlElement(name))
    for cell, text, share in zip(added.cells, texts, widths, strict=True):
        cell.width = Mm(TEXT_WIDTH_MM * share / sum(widths))
        _clear(cell)
        add(cell, text, size=10.5, font=font, align=CENTER if header else LEFT, line=17)


def facts(document: WordDocument, rows: tuple[tuple[str, str], ...]) -> None:
    """Label and value, in two columns; the table stays on one page."""
    made = document.add_table(rows=0, cols=2, style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, (28, TEXT_WIDTH_MM - 28), strict=True):
        column.width = Mm(width)  # LibreOffice looks at the columns, Word at the cells
    for number, (label, value) in enumerate(rows, 1):
        cells = made.add_row().cells
        for cell, text, font, width in zip(cells, (label, value), (HEAD, BODY), (28, TEXT_WIDTH_MM - 28), strict=True):
            cell.width = Mm(width)
            _clear(cell)
            add(cell, text, size=12, font=font, align=LEFT, line=20, keep=number < len(rows))


def _clear(cell: _Cell) -> None:
    for paragraph in list(cell.paragraphs):
        element: Any = paragraph._p
        element.getparent().remove(element)


def heading(document: WordDocument, text: str) -> None:
    add(document, text, size=14, font=HEAD, align=LEFT, before=12, after=4, line=24, keep=True)


def assignment() -> WordDocument:
    document = new_document()
    add(document, "{{no}}", size=12, align=RIGHT, line=20)
    add(document, "联合检查任务单", size=22, font=TITLE, bold=True, align=CENTER, line=36, after=14)
    facts(
        document,
        (
            ("检查名称", "{{title}}"),
            ("来自工单", "{{tickets}}"),
            ("检查目的", "{{purpose}}"),
            ("检查时间", "{{window}}"),
            ("集合地点", "{{meeting_point}}"),
            ("检查对象", "{{premises_all}}"),
            ("牵头单位", "{{lead}}"),
        ),
    )
    heading(document, "一、参与单位")
    table(
        document,
        (11, 40, 16, 18, 40),
        ("序号", "单位", "角色", "责任项", "报到"),
        ("{{units.n}}", "{{units.name}}", "{{units.role}}", "{{units.items}}", "{{units.check_in_due}}"),
    )
    heading(document, "二、检查清单（{{templates}}）")
    table(
        document,
        (11, 25, 46, 58, 36),
        ("序号", "类别", "检查项", "依据", "责任单位"),
        ("{{items.n}}", "{{items.group}}", "{{items.name}}", "{{items.basis}}", "{{items.unit}}"),
    )
    text = "请各单位按时到集合地点报到，逐项检查并当场反馈；每单位按本单位责任单独计分（{{weights}}）。"
    add(document, text, size=14, indent=True, line=24, before=14)
    add(document, "{{lead}}", size=14, align=RIGHT, line=24, before=18)
    add(document, "{{issued_on}}", size=14, align=RIGHT, line=24)
    return document


def notice() -> WordDocument:
    document = new_document()
    add(document, "{{notice_no}}", size=14, align=RIGHT, line=28)
    add(document, "责令整改通知书", size=22, font=TITLE, bold=True, align=CENTER, line=40, before=10, after=18)
    add(document, "{{addressee}}：", align=LEFT)
    add(
        document,
        "{{checked_on}}，{{units_all}}依法对你单位（{{premises}}）进行联合检查，发现存在下列 {{problem_count}} 项问题：",
        indent=True,
    )
    add(document, "{{problems.n}}．{{problems.what}}（{{problems.basis}}）。", indent=True)
    add(document, "{{order}}**{{deadline}}**前完成整改。{{demands}}", indent=True)
    add(document, "复查时间：{{recheck_on}}。逾期不整改或者整改不到位的，依法处理。", indent=True, keep=True)
    add(document, "{{issuer}}", align=RIGHT, before=36, keep=True)
    add(document, "{{issued_on}}", align=RIGHT, after=24)
    facts(
        document,
        (
            ("送达方式", "{{service}}"),
            ("送达时间", "{{served_at}}"),
            ("受送达人", "{{receiver}}"),
            ("签名", ""),
        ),
    )
    add(document, "本通知书一式两份，一份送达受检单位，一份存档。", size=10.5, line=18, before=8, align=LEFT)
    return document


def record() -> WordDocument:
    document = new_document()
    add(document, "{{no}}", size=12, align=RIGHT, line=20)
    add(document, "联合检查记录", size=22, font=TITLE, bold=True, align=CENTER, line=36, after=14)
    facts(
        document,
        (
            ("检查名称", "{{title}}"),
            ("检查时间", "{{window}}"),
            ("检查对象", "{{premises_all}}"),
            ("牵头单位", "{{lead}}"),
            ("检查情况", "{{totals}}"),
        ),
    )
    heading(document, "一、参与单位与得分（{{weights}}）")
    table(
        document,
        (34, 13, 34, 17, 18, 48),
        ("单位", "角色", "报到", "责任项", "状态", "得分"),
        (
            "{{units.name}}",
            "{{units.role}}",
            "{{units.check_in}}",
            "{{units.items}}",
            "{{units.state}}",
            "{{units.score}}",
        ),
    )
    heading(document, "二、逐项结果（{{templates}}）")
    table(
        document,
        (11, 25, 42, 32, 62),
        ("序号", "类别", "检查项", "责任单位", "结果"),
        ("{{items.n}}", "{{items.group}}", "{{items.name}}", "{{items.unit}}", "{{items.results}}"),
    )
    heading(document, "三、问题与整改")
    table(
        document,
        (12, 38, 46, 14, 38, 24),
        ("对象", "检查项", "情况", "程度", "整改要求", "复查"),
        (
            "{{problems.premises}}",
            "{{problems.name}}",
            "{{problems.text}}",
            "{{problems.severity}}",
            "{{problems.demand}}",
            "{{problems.recheck}}",
        ),
    )
    heading(document, "四、文书")
    table(
        document,
        (74, 13, 36, 26, 34),
        ("文号", "对象", "措施", "期限", "送达"),
        (
            "{{notices.no}}",
            "{{notices.premises}}",
            "{{notices.measures}}",
            "{{notices.deadline}}",
            "{{notices.served}}",
        ),
    )
    heading(document, "五、结论")
    add(document, "{{summary}}", size=14, indent=True, line=24)
    add(document, "{{lead}}", size=14, align=RIGHT, line=24, before=18)
    add(document, "{{closed_on}}", size=14, align=RIGHT, line=24)
    return document


def _opening(document: WordDocument) -> None:
    add(document, "{{title}}", size=22, font=TITLE, bold=True, align=CENTER, line=36, before=6, after=4)
    add(document, "{{subtitle}}", size=14, align=CENTER, line=24, after=10)
    facts_of(document, "about")
    add(document, "{{summary.text}}", size=14, indent=True, line=26, before=4)


def facts_of(document: WordDocument, name: str) -> None:
    """Label and value of each entry of a list."""
    made = document.add_table(rows=0, cols=2, style="Table Grid")
    made.autofit = False
    cells = made.add_row().cells
    texts = (f"{{{{{name}.label}}}}", f"{{{{{name}.text}}}}")
    for cell, text, font, width in zip(cells, texts, (HEAD, BODY), (28, TEXT_WIDTH_MM - 28), strict=True):
        cell.width = Mm(width)
        _clear(cell)
        add(cell, text, size=10.5, font=font, align=LEFT, line=17)
    for column, width in zip(made.columns, (28, TEXT_WIDTH_MM - 28), strict=True):
        column.width = Mm(width)


NUMBERS = frozenset("value n total before target count share accepted closed on_time".split())  # noqa: SIM905


def figures(document: WordDocument, name: str, columns: tuple[tuple[str, str, float], ...]) -> None:
    """A table of a report: (key, title, share of the width)."""
    widths, titles = tuple(width for _, _, width in columns), tuple(title for _, title, _ in columns)
    made = table(document, widths, titles, tuple(f"{{{{{name}.{key}}}}}" for key, _, _ in columns))
    for place, (key, _, width) in enumerate(columns):
        # Both the grid and the cells: one program goes by the one, the next by the other.
        made.columns[place].width = Mm(TEXT_WIDTH_MM * width / sum(widths))
        if key in NUMBERS:
            for paragraph in made.rows[1].cells[place].paragraphs:
                paragraph.alignment = RIGHT


def picture(document: WordDocument, name: str) -> None:
    add(document, f"{{{{picture.{name}}}}}", size=10.5, align=CENTER, line=18, before=6, after=6)


def _notes(document: WordDocument) -> None:
    heading(document, "口径说明")
    add(document, "{{notes.n}}．{{notes.text}}", size=10.5, line=17, align=LEFT)


_LINES = (
    ("accepted", "受理", 16),
    ("closed", "结案", 16),
    ("on_time", "按期结案率", 24),
    ("n", "按期", 16),
    ("total", "应结案", 18),
)
_KPIS = (
    ("name", "指标", 30),
    ("value", "本期", 25),
    ("n", "分子", 17),
    ("total", "分母", 17),
    ("excluded", "剔除", 32),
    ("before", "上期", 25),
    ("target", "目标", 24),
)
_HOT = (("name", "小类", 60), ("count", "本期", 20), ("before", "上期", 20))


def report() -> WordDocument:
    """Daily, weekly, monthly and campaign reports share it; what a kind has not got is left out where it is empty."""
    document = new_document()
    _opening(document)
    heading(document, "一、指标")
    figures(document, "kpis", _KPIS)
    add(document, "各级办结", size=12, font=HEAD, align=LEFT, line=22, before=8, keep=True)
    figures(
        document, "levels", (("name", "层级", 40), ("count", "办结", 25), ("share", "占比", 25), ("target", "目标", 25))
    )
    heading(document, "二、逐日")
    picture(document, "daily")
    figures(document, "days", (("day", "日期", 40), ("accepted", "受理", 30), ("closed", "结案", 30)))
    heading(document, "三、街道")
    picture(document, "town_rates")
    figures(document, "towns", (("name", "街道", 50), *_LINES))
    heading(document, "四、类别")
    picture(document, "class_counts")
    figures(document, "classes", (("name", "类别", 50), *_LINES))
    heading(document, "五、处置单位")
    figures(document, "units", (("name", "单位", 60), *_LINES))
    heading(document, "六、高频问题")
    figures(document, "hot", _HOT)
    heading(document, "七、来源与在办龄期")
    figures(document, "sources", (("name", "来源", 60), ("count", "受理", 25), ("share", "占比", 25)))
    add(document, "在办龄期", size=12, font=HEAD, align=LEFT, line=22, before=8, keep=True)
    figures(document, "backlog", (("name", "龄期", 60), ("count", "在办", 30)))
    _notes(document)
    return document


def unit_sheet() -> WordDocument:
    document = new_document()
    _opening(document)
    heading(document, "一、指标")
    figures(document, "kpis", _KPIS)
    heading(document, "二、逐日")
    picture(document, "daily")
    heading(document, "三、类别")
    picture(document, "class_counts")
    figures(document, "classes", (("name", "类别", 50), *_LINES))
    heading(document, "四、在全部单位中")
    figures(
        document,
        "places",
        (
            ("place", "名次", 18),
            ("name", "单位", 70),
            ("on_time", "按期结案率", 26),
            ("n", "按期", 20),
            ("total", "应结案", 20),
        ),
    )
    heading(document, "五、高频问题")
    figures(document, "hot", _HOT)
    _notes(document)
    return document


def handover() -> WordDocument:
    document = new_document()
    _opening(document)
    heading(document, "一、本班数字")
    figures(
        document,
        "kpis",
        (("name", "指标", 60), ("value", "值", 30), ("n", "分子", 25), ("total", "分母", 25), ("excluded", "剔除", 40)),
    )
    picture(document, "hours")
    items = (
        ("n", "序号", 20),
        ("what", "事项", 48),
        ("state", "现状", 50),
        ("action", "谁、做什么、何时", 44),
        ("response", "若…就…", 40),
        ("read_back", "接班复述", 44),
    )
    for number, title, name in (("二", "危急", "critical"), ("三", "关注", "watch")):
        heading(document, f"{number}、{title}")
        figures(document, name, items)
    heading(document, "四、稳定")
    figures(document, "stable", (("what", "事项", 90), ("state", "现状", 120)))
    heading(document, "五、已移除")
    figures(document, "removed", (("what", "事项", 70), ("by", "由谁", 40), ("at", "时间", 30), ("why", "原因", 70)))
    heading(document, "六、核对")
    figures(document, "checks", (("name", "核对项", 60), ("done", "结果", 40), ("note", "说明", 90)))
    heading(document, "七、签名")
    figures(
        document,
        "signatures",
        (
            ("side", "方", 22),
            ("who", "席位", 50),
            ("at", "时间", 46),
            ("version", "版本", 18),
            ("sha256", "内容摘要 SHA-256", 90),
        ),
    )
    _notes(document)
    return document


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    folder.mkdir(parents=True, exist_ok=True)
    made = (assignment, notice, record, report, unit_sheet, handover)
    for name, make in ((make.__name__, make) for make in made):
        make().save(str(folder / f"{name}.docx"))
        print(folder / f"{name}.docx")


if __name__ == "__main__":
    main()

"""A filled Word document → PDF with the bundled font: one template serves both. Page numbers 第 n 页/共 m 页 at the foot.

Read from the document: page, alignment, indents, line and paragraph spacing, size, weight, tables with their widths and
repeated heads. Fonts are not: the paper is set in the font that the product brings, so that it looks the same everywhere.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table
from docx.text.paragraph import Paragraph
from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from desktop.views.reports.paper_font import readable

FAMILY = "Noto Sans SC"
DPI = 288
"""Layout units of the page: four to a point, so that widths are exact enough without being slow."""
FOOT_PT = 10.5
CELL_PADDING_PT, BORDER_PT = 3.0, 0.5
CUT_PT = 5.3
"""So far above the end of a page Qt ends the upright lines of a table that goes on."""
_ALIGN = {
    WD_ALIGN_PARAGRAPH.CENTER: Qt.AlignmentFlag.AlignHCenter,
    WD_ALIGN_PARAGRAPH.RIGHT: Qt.AlignmentFlag.AlignRight,
    WD_ALIGN_PARAGRAPH.JUSTIFY: Qt.AlignmentFlag.AlignJustify,
}


def to_pdf(word: WordDocument) -> bytes:
    """The PDF of a filled document."""
    section = word.sections[0]
    sides = (section.left_margin, section.top_margin, section.right_margin, section.bottom_margin)
    margins = [_pt(side, 72.0) for side in sides]
    page = QSizeF(_pt(section.page_width, 595.3), _pt(section.page_height, 841.9))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    size = QPageSize(page, QPageSize.Unit.Point)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(_title(word))
    converter = _Converter(word)
    document = converter.document(page.width() - margins[0] - margins[2])
    body = QSizeF(_px(page.width() - margins[0] - margins[2]), _px(page.height() - margins[1] - margins[3]))
    document.setPageSize(body)
    converter.settle(document, body.height())
    rules = converter.page_ends(document, body.height())
    painter = QPainter(writer)
    pages = document.pageCount()
    for number in range(pages):
        if number:
            writer.newPage()
        _paint_page(painter, document, number, body, QPointF(_px(margins[0]), _px(margins[1])), rules)
        _paint_foot(painter, number + 1, pages, page, margins[3])
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def _paint_page(
    painter: QPainter, document: QTextDocument, number: int, body: QSizeF, corner: QPointF, rules: list[QRectF]
) -> None:
    painter.save()
    painter.translate(corner.x(), corner.y() - number * body.height())
    window = QRectF(0, number * body.height(), body.width(), body.height())
    painter.setClipRect(window)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = window
    context.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    document.documentLayout().draw(painter, context)
    for rule in rules:
        painter.fillRect(rule, Qt.GlobalColor.black)
    painter.restore()


def _paint_foot(painter: QPainter, number: int, pages: int, page: QSizeF, bottom_pt: float) -> None:
    text = QCoreApplication.translate("papers", "第 {n} 页/共 {m} 页").format(n=number, m=pages)
    painter.setFont(_font(FOOT_PT, False))
    painter.setPen(Qt.GlobalColor.black)
    foot = QRectF(0, _px(page.height() - bottom_pt * 0.75), _px(page.width()), _px(FOOT_PT * 2))
    painter.drawText(foot, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), text)


def _px(points: float) -> float:
    return points * DPI / 72


def _pt(length: Length | int | None, default: float) -> float:
    return default if length is None else Length(length).pt


def _font(size_pt: float, bold: bool) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(max(1, round(_px(size_pt))))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return readable(font)


def _title(word: WordDocument) -> str:
    """The largest line of the first page names the file in a viewer."""
    sized = [
        (max((run.font.size.pt for run in p.runs if run.font.size), default=0.0), p.text)
        for p in word.paragraphs
        if p.text
    ]
    return max(sized, default=(0.0, ""), key=lambda entry: entry[0])[1]


class _Converter:
    """Paragraphs and tables of a Word document into a QTextDocument, in layout units."""

    def __init__(self, word: WordDocument) -> None:
        self._word = word
        normal: Any = word.styles["Normal"]
        self._size = _pt(normal.font.size, 12.0)
        self._tables: list[QTextTable] = []
        self._together: list[QTextTable] = []
        """Tables that Word keeps on one page: the paragraphs of their first row stay with what follows."""
        self._kept: list[int] = []
        """Numbers of the blocks that must stand on the page of what follows them."""

    def document(self, width_pt: float) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(_font(self._size, False))
        document.setTextWidth(_px(width_pt))
        cursor = QTextCursor(document)
        first = True
        before = 0.0
        blocks = list(self._word.iter_inner_content())
        for place, block in enumerate(blocks):
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            if isinstance(block, Table):
                after = _pt(following.paragraph_format.space_before, 0.0) if isinstance(following, Paragraph) else 0.0
                self._table(cursor, block, width_pt, before, after)
                # Qt keeps an empty block behind a table: it must not look like a blank line.
                first = True
                cursor.setBlockFormat(_thin())
            else:
                self._paragraph(cursor, block, first)
                first = False
                before = _pt(block.paragraph_format.space_after, 0.0)
                if block.paragraph_format.keep_with_next:
                    self._kept.append(cursor.blockNumber())
        return document

    def _paragraph(self, cursor: QTextCursor, paragraph: Paragraph, first: bool) -> None:
        layout = _block_format(paragraph)
        if first:
            cursor.setBlockFormat(layout)
            cursor.setBlockCharFormat(QTextCharFormat())
        else:
            cursor.insertBlock(layout, QTextCharFormat())
        for run in paragraph.runs:
            look = QTextCharFormat()
            size = _pt(run.font.size, self._size)
            heading = "黑体" in _chinese_font(run)
            look.setFont(_font(size, bool(run.font.bold) or heading))
            cursor.insertText(run.text, look)

    def _table(self, cursor: QTextCursor, table: Table, width_pt: float, before: float, after: float) -> None:
        """`before` and `after`: room to the paragraphs around, which Qt leaves out beside a table."""
        rows = table.rows
        columns = len(table.columns)
        if not len(rows) or not columns:
            return
        widths = [_pt(cell.width, width_pt / columns) for cell in rows[0].cells]
        look = QTextTableFormat()
        look.setBorder(_px(BORDER_PT))
        look.setBorderCollapse(True)
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBorderBrush(Qt.GlobalColor.black)
        look.setCellPadding(_px(CELL_PADDING_PT))
        look.setTopMargin(_px(before))
        look.setBottomMargin(_px(after))
        look.setCellSpacing(0)
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        share = [QTextLength(QTextLength.Type.PercentageLength, 100 * width / sum(widths)) for width in widths]
        look.setColumnWidthConstraints(share)
        heads = sum(1 for row in rows if row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None)
        look.setHeaderRowCount(heads)
        made = cursor.insertTable(len(rows), columns, look)
        self._tables.append(made)
        if all(paragraph.paragraph_format.keep_with_next for cell in rows[0].cells for paragraph in cell.paragraphs):
            self._together.append(made)
        for y, row in enumerate(rows):
            for x, cell in enumerate(row.cells[:columns]):
                inner = made.cellAt(y, x).firstCursorPosition()
                for n, paragraph in enumerate(cell.paragraphs):
                    self._paragraph(inner, paragraph, n == 0)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    # -- pages ----------------------------------------------------------------------------------------

    def settle(self, document: QTextDocument, height: float) -> None:
        """No row is cut by the end of a page, nor a table that is one whole; no heading stands alone at its foot. Qt knows no such rule."""
        for number in self._kept:
            block = document.findBlockByNumber(number)
            following = block.next()
            if following.isValid() and _page(document, block, height) != _page(document, following, height):
                layout = block.blockFormat()
                layout.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(block).setBlockFormat(layout)
        for table in self._together:
            top, _ = _span(document, table, 0)
            _, bottom = _span(document, table, table.rows() - 1)
            if top // height != bottom // height and bottom - top < height:
                whole = table.format().toTableFormat()
                whole.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                table.setFormat(whole)
        for table in self._tables:
            for row in range(1, table.rows()):
                self._keep_row(document, table, row, height)

    def page_ends(self, document: QTextDocument, height: float) -> list[QRectF]:
        """The lower border of the last row on a page, which Qt leaves to the next row."""
        rules = []
        for table in self._tables:
            width = document.documentLayout().frameBoundingRect(table).width()
            for row in range(table.rows() - 1):
                top, _ = _span(document, table, row)
                following, _ = _span(document, table, row + 1)
                if top // height != following // height:
                    y = (top // height + 1) * height - _px(CUT_PT)
                    rules.append(QRectF(_px(BORDER_PT), y, width - _px(2 * BORDER_PT), _px(BORDER_PT)))
        return rules

    def _keep_row(self, document: QTextDocument, table: QTextTable, row: int, height: float) -> None:
        """A row that would be cut begins on the next page: the row above it takes the rest of this one."""
        top, bottom = _span(document, table, row)
        end = (int(top // height) + 1) * height
        if bottom < end - 1 or bottom - top > height / 2:
            return
        for column in range(table.columns()):
            cell = table.cellAt(row - 1, column)
            look = cell.format().toTableCellFormat()
            look.setBottomPadding(_px(CELL_PADDING_PT) + end - top - _px(1))
            cell.setFormat(look)


def _page(document: QTextDocument, block: QTextBlock, height: float) -> int:
    return int(document.documentLayout().blockBoundingRect(block).top() // height)


def _span(document: QTextDocument, table: QTextTable, row: int) -> tuple[float, float]:
    """From the upper border of a row to the lower one."""
    layout = document.documentLayout()
    tops, bottoms = [], []
    for column in range(table.columns()):
        cell = table.cellAt(row, column)
        tops.append(layout.blockBoundingRect(cell.firstCursorPosition().block()).top())
        bottoms.append(layout.blockBoundingRect(cell.lastCursorPosition().block()).bottom())
    return min(tops) - _px(CELL_PADDING_PT), max(bottoms) + _px(CELL_PADDING_PT)


def _chinese_font(run: Any) -> str:
    properties = run._element.rPr
    fonts = properties.rFonts if properties is not None else None
    return "" if fonts is None else str(fonts.get(qn("w:eastAsia")) or "")


def _thin() -> QTextBlockFormat:
    layout = QTextBlockFormat()
    layout.setLineHeight(_px(1), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return layout


def _block_format(paragraph: Paragraph) -> QTextBlockFormat:
    word = paragraph.paragraph_format
    layout = QTextBlockFormat()
    if word.alignment in _ALIGN:
        layout.setAlignment(_ALIGN[word.alignment])
    layout.setTextIndent(_px(_pt(word.first_line_indent, 0.0)))
    layout.setLeftMargin(_px(_pt(word.left_indent, 0.0)))
    layout.setTopMargin(_px(_pt(word.space_before, 0.0)))
    layout.setBottomMargin(_px(_pt(word.space_after, 0.0)))
    spacing = word.line_spacing
    if isinstance(spacing, Length):
        exact = word.line_spacing_rule == WD_LINE_SPACING.EXACTLY
        kind = QTextBlockFormat.LineHeightTypes.FixedHeight if exact else QTextBlockFormat.LineHeightTypes.MinimumHeight
        layout.setLineHeight(_px(spacing.pt), kind.value)
    elif isinstance(spacing, float):
        layout.setLineHeight(spacing * 100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if word.page_break_before:
        layout.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    return layout

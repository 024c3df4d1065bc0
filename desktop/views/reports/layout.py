"""A paper laid out on A4 by ourselves: cover block, texts, tables with repeated heads, charts, footnotes, page numbers.

First everything is given its place, page by page, then painted: so that 第 n 页/共 m 页 is known, and a printer, a PDF and a
preview get the same pages. All measures are in points, turned into pixels of the device at the last moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPagedPaintDevice, QPainter, QPen, QTextLayout, QTextOption

from desktop.services.reports.paper import Chart, Column, Paper, Section, Table, Text, shown
from desktop.theme.theme import Theme
from desktop.views.reports.chart_painter import chart_height_pt, paint_chart
from desktop.views.reports.paper_font import paper_font
from desktop.views.words import filled

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, BOTTOM = 62.0, 56.0, 68.0, 62.0
BODY, SMALL, TABLE, HEAD, TITLE = 10.5, 8.5, 9.0, 13.0, 22.0
LEADING = 1.6
CELL_X, CELL_Y = 6.0, 3.0
KEEP = 60.0
"""A heading is not left alone: so much must fit below it."""
Paint = Callable[[QPainter], None]


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of the light theme, because paper is light; sizes in points. `unit` = device pixels of a point."""

    theme: Theme
    unit: float

    def font(self, size_pt: float, bold: bool = False) -> QFont:
        return paper_font(size_pt * self.unit, bold)

    def ink(self, role: str = "text.primary") -> QColor:
        return self.theme.color(role)

    def line(self, role: str, width_pt: float = 0.5) -> QPen:
        return QPen(self.theme.color(role), width_pt * self.unit)


@dataclass
class Pages:
    """What is painted on each page, in device pixels."""

    pages: list[list[Paint]] = field(default_factory=lambda: [[]])


class Layout:
    """One paper on one device. `unit` = device pixels of a point."""

    def __init__(self, paper: Paper, theme: Theme, unit: float) -> None:
        self._paper, self._look = paper, Look(theme, unit)
        self._unit = unit
        self._made = Pages()
        self._y = TOP
        self._width = PAGE_WIDTH - LEFT - RIGHT
        self._cover()
        for number, section in enumerate(paper.sections, 1):
            self._section(number, section)
        self._notes()

    @property
    def count(self) -> int:
        return len(self._made.pages)

    def paint(self, painter: QPainter, page: int) -> None:
        """Page from 0, with its head and foot."""
        for paint in self._made.pages[page]:
            paint(painter)
        self._head_and_foot(painter, page)

    # -- the parts of a paper ---------------------------------------------------------------------

    def _cover(self) -> None:
        """Not a page of its own: an office reads the first figures on the first page."""
        paper = self._paper
        self._gap(10)
        self._text(paper.title, TITLE, bold=True, align=Qt.AlignmentFlag.AlignHCenter, leading=1.35)
        self._text(paper.subtitle, HEAD, align=Qt.AlignmentFlag.AlignHCenter)
        self._gap(6)
        self._rule(1.2)
        self._gap(8)
        for label, text in paper.about:
            self._pair(label, text)
        self._gap(6)
        self._rule(0.4)
        self._gap(8)
        for text in paper.summary:
            self._text(text, BODY, indent=2 * BODY)
            self._gap(3)

    def _pair(self, label: str, text: str) -> None:
        top, page = self._y, self.count
        self._text(label, SMALL, role="text.secondary", width=64)
        if self.count == page:
            self._y = top
        self._text(text, SMALL, left=70)

    def _section(self, number: int, section: Section) -> None:
        first = section.blocks[0] if section.blocks else None
        self._room(KEEP + (chart_height_pt(first, self._look.theme) if isinstance(first, Chart) else 0.0))
        self._gap(14)
        self._text(f"{_numeral(number)}{section.title}", HEAD, bold=True)
        self._gap(4)
        for block in section.blocks:
            match block:
                case Table():
                    self._table(block, titled=block.title != section.title)
                case Chart():
                    self._chart(block)
                case Text():
                    self._text(block.text, BODY, bold=block.strong, indent=2 * BODY)
            self._gap(8)

    def _chart(self, chart: Chart) -> None:
        height = chart_height_pt(chart, self._look.theme)
        self._room(height)
        rect = QRectF(LEFT * self._unit, self._y * self._unit, self._width * self._unit, height * self._unit)
        look, empty = self._look, QCoreApplication.translate("report", "本期没有可画的数。")
        self._put(lambda painter: paint_chart(painter, rect, look.unit, chart, look.theme, empty))
        self._y += height

    def _notes(self) -> None:
        if not self._paper.notes:
            return
        self._room(KEEP)
        self._gap(14)
        self._rule(0.4, width=140)
        self._gap(4)
        for number, text in enumerate(self._paper.notes, 1):
            self._text(f"{number}", SMALL - 1, role="text.secondary", width=12)
            self._y -= self._line(SMALL - 1)
            self._text(text, SMALL - 0.5, left=14, role="text.secondary")
            self._gap(1)

    # -- tables -----------------------------------------------------------------------------------

    def _table(self, table: Table, *, titled: bool) -> None:
        widths = self._widths(table.columns)
        self._room(KEEP)
        if titled:
            self._text(table.title, TABLE, bold=True, role="text.secondary")
            self._gap(2)
        head = tuple(column.title for column in table.columns)
        self._row(table.columns, widths, head, head=True)
        rows = [tuple(shown(cell) for cell in row) for row in table.rows]
        for number, texts in enumerate(rows):
            height = self._row_height(widths, texts)
            if number == len(rows) - 2:  # the last row is not left alone on a page
                height += self._row_height(widths, rows[-1])
            if self._y + height > PAGE_HEIGHT - BOTTOM:
                self._new_page()
                self._row(table.columns, widths, head, head=True)
            self._row(table.columns, widths, texts)
        if not table.rows:
            self._gap(CELL_Y)
            self._text(table.empty, TABLE, left=CELL_X, role="text.secondary")
        self._rule(0.8)

    def _widths(self, columns: tuple[Column, ...]) -> list[float]:
        total = sum(column.weight for column in columns)
        return [self._width * column.weight / total for column in columns]

    def _row_height(self, widths: list[float], texts: tuple[str, ...]) -> float:
        return (
            max(
                self._wrapped(text, self._look.font(TABLE), width - 2 * CELL_X, TABLE * 1.4)[1]
                for text, width in zip(texts, widths, strict=True)
            )
            + 2 * CELL_Y
        )

    def _row(
        self, columns: tuple[Column, ...], widths: list[float], texts: tuple[str, ...], head: bool = False
    ) -> None:
        height = self._row_height(widths, texts)
        if head:
            self._fill(height, "surface.raised")
            self._rule(0.8)
        x = LEFT
        for column, width, text in zip(columns, widths, texts, strict=True):
            align = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            self._cell(text, x + CELL_X, width - 2 * CELL_X, align, head)
            x += width
        self._y += height
        self._rule(0.8 if head else 0.25)

    def _cell(self, text: str, x: float, width: float, align: Qt.AlignmentFlag, head: bool) -> None:
        layout, _ = self._wrapped(text, self._look.font(TABLE, head), width, TABLE * 1.4, align)
        at = QPointF(x * self._unit, (self._y + CELL_Y) * self._unit)
        self._draw(layout, at, self._look.ink())

    # -- texts and lines --------------------------------------------------------------------------

    def _text(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        role: str = "text.primary",
        left: float = 0.0,
        width: float | None = None,
        indent: float = 0.0,
        leading: float = LEADING,
    ) -> None:
        """One paragraph; it goes on to the next page line by line."""
        room = (width if width is not None else self._width - left) * self._unit
        layout = self._laid(text, self._look.font(size, bold), room, align, indent * self._unit)
        color, line = self._look.ink(role), size * leading
        for number in range(layout.lineCount()):
            self._room(line)
            self._put(
                _line_painter(
                    layout, number, QPointF((LEFT + left) * self._unit, self._y * self._unit), line * self._unit, color
                )
            )
            self._y += line

    def _line(self, size: float) -> float:
        return size * LEADING

    def _laid(
        self, text: str, font: QFont, width_px: float, align: Qt.AlignmentFlag, indent_px: float = 0.0
    ) -> QTextLayout:
        """Lines by the rules of Unicode: no closing mark at the beginning of a line, no opening one at its end."""
        layout = QTextLayout(text, font)
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        first = True
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1.0, width_px - (indent_px if first else 0.0)))
            line.setPosition(QPointF(indent_px if first else 0.0, 0.0))
            first = False
        layout.endLayout()
        return layout

    def _wrapped(
        self,
        text: str,
        font: QFont,
        width: float,
        line: float,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> tuple[QTextLayout, float]:
        """(laid out, height in points)"""
        layout = self._laid(text, font, width * self._unit, align)
        for number in range(layout.lineCount()):
            at = layout.lineAt(number)
            at.setPosition(QPointF(at.position().x(), number * line * self._unit))
        return layout, max(1, layout.lineCount()) * line

    def _draw(self, layout: QTextLayout, at: QPointF, color: QColor) -> None:
        def paint(painter: QPainter) -> None:
            painter.setPen(color)
            layout.draw(painter, at)

        self._put(paint)

    def _rule(self, width_pt: float, width: float | None = None) -> None:
        y = self._y * self._unit
        line = QLineF(LEFT * self._unit, y, (LEFT + (width or self._width)) * self._unit, y)
        pen = self._look.line("text.secondary" if width_pt > 0.3 else "chart.axis", width_pt)

        def paint(painter: QPainter) -> None:
            painter.setPen(pen)
            painter.drawLine(line)

        self._put(paint)

    def _fill(self, height: float, role: str) -> None:
        rect = QRectF(LEFT * self._unit, self._y * self._unit, self._width * self._unit, height * self._unit)
        color = self._look.ink(role)
        self._put(lambda painter: painter.fillRect(rect, color))

    # -- pages ------------------------------------------------------------------------------------

    def _put(self, paint: Paint) -> None:
        self._made.pages[-1].append(paint)

    def _gap(self, height: float) -> None:
        if self._y > TOP or self.count == 1:
            self._y += height

    def _room(self, height: float) -> None:
        """Begins a page where this would not fit on the present one."""
        if self._y + height > PAGE_HEIGHT - BOTTOM and self._y > TOP:
            self._new_page()

    def _new_page(self) -> None:
        self._made.pages.append([])
        self._y = TOP

    def _head_and_foot(self, painter: QPainter, page: int) -> None:
        unit, font, color = self._unit, self._look.font(SMALL - 0.5), self._look.ink("text.secondary")
        painter.setFont(font)
        painter.setPen(color)
        if page:
            box = QRectF(LEFT * unit, (TOP - 28) * unit, self._width * unit, 14 * unit)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._paper.running)
        words = {"n": page + 1, "of": self.count}
        text = filled(QCoreApplication.translate("report", "第 {n} 页/共 {of} 页"), words)
        box = QRectF(LEFT * unit, (PAGE_HEIGHT - BOTTOM + 24) * unit, self._width * unit, 14 * unit)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter), text)


def paint_pages(device: QPagedPaintDevice, painter: QPainter, layout: Layout) -> None:
    """Every page onto a PDF or a printer."""
    for page in range(layout.count):
        if page:
            device.newPage()
        layout.paint(painter, page)


def _line_painter(layout: QTextLayout, number: int, at: QPointF, height: float, color: QColor) -> Paint:
    """One line of a paragraph, its middle in the middle of the line."""

    def paint(painter: QPainter) -> None:
        line = layout.lineAt(number)
        painter.setPen(color)
        line.draw(painter, QPointF(at.x(), at.y() + (height - line.height()) / 2))

    return paint


def _numeral(number: int) -> str:
    """一、 in Chinese, 1. else."""
    numerals = QCoreApplication.translate("report", "一、 二、 三、 四、 五、 六、 七、 八、 九、 十、").split()
    text = numerals[number - 1] if number <= len(numerals) else f"{number}."
    return f"{text} " if text.endswith(".") else text

"""A table on paper: title and where it comes from on each page, header repeated, cells wrapped, page n of m. For PDF and printers alike."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from desktop.services.export.tables import Percent, Sheet
from desktop.views.reports.paper_font import readable

FAMILY = "Noto Sans SC"
BODY_PT, TITLE_PT, SMALL_PT = 8.5, 13.0, 7.5
MARGIN_MM = 12.0
PAD_PT, LINE_PT = 2.5, 0.4
_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


def page_layout() -> QPageLayout:
    """A4, landscape: a list is wide."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, margins, QPageLayout.Unit.Millimeter
    )


def write_pdf(path: str, sheet: Sheet) -> bool:
    """False where the file cannot be written."""
    writer = QPdfWriter(path)
    writer.setPageLayout(page_layout())
    writer.setResolution(300)
    writer.setTitle(sheet.name)
    return paint_sheet(writer, sheet)


def paint_sheet(device: QPagedPaintDevice, sheet: Sheet) -> bool:
    """Paint all pages; False where the device refuses."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    _Pages(device, painter, sheet).paint()
    return painter.end()


class _Pages:
    def __init__(self, device: QPagedPaintDevice, painter: QPainter, sheet: Sheet) -> None:
        self._device, self._painter, self._sheet = device, painter, sheet
        self._px = device.logicalDpiY() / 72
        area = device.pageLayout().paintRectPixels(device.logicalDpiY())
        self._width, self._height = float(area.width()), float(area.height())
        self._rows = [tuple(_text(cell) for cell in row) for row in sheet.rows]
        self._body, self._bold = self._font(BODY_PT), self._font(BODY_PT, bold=True)
        self._edges = self._columns()

    def paint(self) -> None:
        pages = self._split()
        for number, rows in enumerate(pages):
            if number:
                self._device.newPage()
            top = self._paint_head()
            for row in rows:
                top = self._paint_row(row, top, self._body)
            self._paint_foot(number + 1, len(pages))

    def _font(self, points: float, bold: bool = False) -> QFont:
        font = QFont(FAMILY)
        font.setPixelSize(max(1, round(points * self._px)))
        font.setBold(bold)
        return readable(font)

    def _columns(self) -> list[float]:
        """Left edges. Short columns get what they need, so that no number is broken; the long ones share the rest and wrap."""
        wanted = []
        for place, head in enumerate(self._sheet.header):
            texts = [head, *(row[place] for row in self._rows[:400] if place < len(row))]
            wanted.append(max(self._measure(text) for text in texts) + 2.4 * PAD_PT * self._px)
        most = _cap(wanted, self._width)
        widths = [min(width, most) for width in wanted]
        scale = self._width / max(1.0, sum(widths))
        edges, at = [], 0.0
        for width in (*widths, 0.0):
            edges.append(at)
            at += width * scale
        return edges

    def _measure(self, text: str) -> float:
        self._painter.setFont(self._body)
        return float(self._painter.fontMetrics().horizontalAdvance(text))

    def _row_height(self, row: Sequence[str], font: QFont) -> float:
        self._painter.setFont(font)
        pad = PAD_PT * self._px
        height = 0.0
        for place, text in enumerate(row):
            room = QRectF(0, 0, self._edges[place + 1] - self._edges[place] - 2 * pad, 10 * self._height)
            height = max(height, self._painter.boundingRect(room, _WRAP, text).height())
        return height + 2 * pad

    def _split(self) -> list[list[tuple[str, ...]]]:
        room = self._height - self._head_height() - 3 * SMALL_PT * self._px
        pages: list[list[tuple[str, ...]]] = [[]]
        used = 0.0
        for row in self._rows:
            height = self._row_height(row, self._body)
            if pages[-1] and used + height > room:
                pages.append([])
                used = 0.0
            pages[-1].append(row)
            used += height
        return pages

    def _head_height(self) -> float:
        about = len(self._sheet.about) * SMALL_PT * 1.5 * self._px
        return TITLE_PT * 1.8 * self._px + about + self._row_height(self._sheet.header, self._bold)

    def _paint_head(self) -> float:
        painter, top = self._painter, 0.0
        painter.setPen(Qt.GlobalColor.black)
        painter.setFont(self._font(TITLE_PT, bold=True))
        painter.drawText(QRectF(0, top, self._width, TITLE_PT * 1.6 * self._px), _WRAP, self._sheet.name)
        top += TITLE_PT * 1.8 * self._px
        painter.setFont(self._font(SMALL_PT))
        for line in self._sheet.about:
            painter.drawText(QRectF(0, top, self._width, SMALL_PT * 1.5 * self._px), _WRAP, line)
            top += SMALL_PT * 1.5 * self._px
        return self._paint_row(self._sheet.header, top, self._bold)

    def _paint_row(self, row: Sequence[str], top: float, font: QFont) -> float:
        painter, pad = self._painter, PAD_PT * self._px
        height = self._row_height(row, font)
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.black)
        for place, text in enumerate(row):
            width = self._edges[place + 1] - self._edges[place]
            painter.drawText(QRectF(self._edges[place] + pad, top + pad, width - 2 * pad, height), _WRAP, text)
        painter.setPen(QPen(Qt.GlobalColor.gray, LINE_PT * self._px))
        painter.drawLine(0, round(top + height), round(self._width), round(top + height))
        return top + height

    def _paint_foot(self, number: int, pages: int) -> None:
        text = QCoreApplication.translate("papers", "第 {n} 页/共 {m} 页").format(n=number, m=pages)
        self._painter.setPen(Qt.GlobalColor.black)
        self._painter.setFont(self._font(SMALL_PT))
        foot = QRectF(0, self._height - 1.5 * SMALL_PT * self._px, self._width, 1.5 * SMALL_PT * self._px)
        self._painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom), text)


def _cap(wanted: Sequence[float], room: float) -> float:
    """The widest that a column may be so that all fit: as if water were let out of the widest first."""
    left, ordered = room, sorted(wanted)
    for place, width in enumerate(ordered):
        share = left / (len(ordered) - place)
        if width > share:
            return share
        left -= width
    return max(wanted, default=room)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Percent):
        return "–" if cell.value is None else f"{cell.value:.2%}"
    return str(cell)

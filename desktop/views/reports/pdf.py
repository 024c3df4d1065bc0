"""A paper → PDF, laid out by ourselves (desktop.views.reports.layout); charts are vectors."""

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.services.reports.paper import Paper
from desktop.theme.theme import Theme
from desktop.views.reports.layout import Layout, paint_pages

DPI = 288
"""Four units to a point: exact enough, and a font of whole pixels is near its size in points."""


def to_pdf(paper: Paper, theme: Theme) -> bytes:
    """`theme` light: paper is."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(paper.title)
    layout = Layout(paper, theme, DPI / 72)
    painter = QPainter(writer)
    paint_pages(writer, painter, layout)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())

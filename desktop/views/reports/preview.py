"""What will be printed, in a window of its own that blocks nothing: the very pages of the PDF; printing and saving from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.services.reports.delivery import DeliveryError, into_folder
from desktop.services.reports.paper import Paper
from desktop.theme.theme import Theme
from desktop.views.reports.files import DOCX, PDF, XLSX, make_files, template_folders
from desktop.views.reports.layout import Layout, paint_pages
from desktop.views.reports.pdf import to_pdf
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.labels import plain_label


class NoPrinterError(Exception):
    """No printer is set up on this machine."""


def print_paper(paper: Paper, theme: Theme) -> str:
    """Onto the default printer; its name. Raises NoPrinterError."""
    info = QPrinterInfo.defaultPrinter()
    if info.isNull():
        raise NoPrinterError
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    )
    printer.setFullPage(True)
    printer.setDocName(paper.title)
    painter = QPainter()
    if not painter.begin(printer):
        raise NoPrinterError
    paint_pages(printer, painter, Layout(paper, theme, printer.resolution() / 72))
    painter.end()
    return info.printerName()


class PreviewWindow(QWidget):
    """Esc closes, Ctrl P prints, Ctrl S saves as PDF, Word and workbook. The paper stays what it was when it was opened."""

    def __init__(
        self, theme: Theme, paper: Paper, parent: QWidget | None = None, *, kept: Mapping[str, bytes] | None = None
    ) -> None:
        """`kept`: files by name that were made of this paper once and for all; they are shown and saved as they are."""
        super().__init__(parent, Qt.WindowType.Window)
        self._kept = dict(kept or {})
        self._paper, self._light = paper, Theme.load("light", language=theme.language)
        self.print: Callable[[Paper, Theme], str] = print_paper
        self.templates = template_folders()
        self.setWindowTitle(paper.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, True)
        self.setPalette(theme.palette())
        self.setStyleSheet(theme.stylesheet())
        self.setAutoFillBackground(True)
        page = next((data for name, data in self._kept.items() if name.endswith(f".{PDF}")), None)
        self._data = QByteArray(page if page is not None else to_pdf(paper, self._light))
        self._buffer = QBuffer(self._data, self)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.document.load(self._buffer)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.folder = QLineEdit(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        self.folder.setAccessibleName(self.tr("存到文件夹"))
        text = self.tr("存签名时的文件") if self._kept else self.tr("存 PDF、Word、XLSX")
        self._save = ActionButton(theme, text, "Ctrl S")
        self._print = ActionButton(theme, self.tr("打印"), "Ctrl P", "primary")
        self._save.clicked.connect(self.save)
        self._print.clicked.connect(self.print_now)
        self._said = plain_label(theme, size="small", role="text.secondary", wrap=True)
        if self._kept:
            self._said.set_text(filled(self.tr("签名时所存的 {n} 个文件，原样"), {"n": len(self._kept)}))
        row = QHBoxLayout()
        row.addWidget(self._said, 1)
        row.addWidget(self.folder, 1)
        row.addWidget(self._save)
        row.addWidget(self._print)
        column = QVBoxLayout(self)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        self.resize(theme.space("xl") * 38, theme.space("xl") * 42)
        self.view.setFocus()

    def said(self) -> str:
        return self._said.text()

    def print_now(self) -> None:
        """Words where there is no printer; the paper is not lost, it can be saved."""
        try:
            name = self.print(self._paper, self._light)
        except NoPrinterError:
            self._said.set_text(self.tr("这台机器没有可用的打印机：接好后再按一次，或先存为 PDF"))
            return
        self._said.set_text(filled(self.tr("已送打印机 {name}"), {"name": name}))

    def save(self) -> None:
        formats = () if self._kept else (PDF, DOCX, XLSX)
        made, failed = make_files(self._paper, formats, self.templates, self._light)
        files = self._kept or made
        try:
            paths = into_folder(Path(self.folder.text()).expanduser(), files)
        except DeliveryError as problem:
            self._said.set_text(str(problem))
            return
        text = filled(self.tr("已存 {n} 个文件：{file}"), {"n": len(paths), "file": str(paths[0].parent)})
        self._said.set_text(" ".join((text, *failed)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif control and event.key() == Qt.Key.Key_P:
            self.print_now()
        elif control and event.key() == Qt.Key.Key_S:
            self.save()
        else:
            super().keyPressEvent(event)

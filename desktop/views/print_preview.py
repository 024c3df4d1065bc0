"""A sheet before it is printed: pages as they will be, in a window of its own that stops nobody. Ctrl P prints, Esc closes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewWidget
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.export.tables import Sheet
from desktop.theme.theme import Theme
from desktop.views.print_table import page_layout, paint_sheet
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.labels import plain_label

printers: Callable[[], list[str]] = QPrinterInfo.availablePrinterNames
"""Names of the printers of this machine; tests hand in their own."""


class PrintPreview(QWidget):
    """`printed` when the pages went to the printer. The printer is the machine's default."""

    printed = Signal()

    def __init__(self, theme: Theme, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, True)
        self._sheet = sheet
        self._names = printers()
        self.setWindowTitle(filled(self.tr("打印预览 {name}"), {"name": sheet.name}))
        self.setPalette(theme.palette())
        self.setStyleSheet(theme.stylesheet())
        self.setAutoFillBackground(True)
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if not self._names:
            # Without a printer Qt still lays out pages for a file; printing itself is then not offered.
            self._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self._printer.setPageLayout(page_layout())
        self._preview = QPrintPreviewWidget(self._printer)
        self._preview.paintRequested.connect(self._on_paint)
        self._button = ActionButton(theme, self.tr("打印"), "Ctrl P", "primary")
        self._button.clicked.connect(self.print_pages)
        self._note = plain_label(theme, size="small", role="text.secondary")
        row = QHBoxLayout()
        row.addWidget(self._button)
        row.addWidget(self._note, 1)
        column = QVBoxLayout(self)
        column.addWidget(self._preview, 1)
        column.addLayout(row)
        self._button.set_availability(bool(self._names), self.why_not())
        self._note.set_text(self.why_not() or self._printer.printerName())
        self.resize(theme.space("xl") * 48, theme.space("xl") * 36)

    def why_not(self) -> str:
        """ "" = it can be printed; else what to do."""
        return "" if self._names else QCoreApplication.translate("print", "本机没有打印机，请改为导出 PDF")

    def pages(self) -> int:
        return self._preview.pageCount()

    def print_pages(self) -> None:
        """Send the pages to the printer; without one says so."""
        if self.why_not():
            self._note.set_text(self.why_not())
            return
        if paint_sheet(self._printer, self._sheet):
            self.printed.emit()
            self.close()
        else:
            self._note.set_text(self.tr("打印机没有接受，请检查后再试"))

    def _on_paint(self, printer: QPrinter) -> None:
        paint_sheet(printer, self._sheet)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_P and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.print_pages()
        else:
            super().keyPressEvent(event)

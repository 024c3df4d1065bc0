"""The left: the report with its head, its actions, and the form in which an item is edited."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.handover.report_list import ReportList
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyph_line import GlyphLine
from desktop.widgets.inline_form import InlineForm
from desktop.widgets.labels import plain_label
from desktop.widgets.pending_line import PendingLine
from desktop.widgets.scrolled import scrolled


class ReportPane(ThemedWidget):
    """`action` tells edit · add · print."""

    action = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = plain_label(theme, self.tr("交班报告"), "heading", weight="title")
        self._note = plain_label(theme, size="small", role="text.secondary", elide=True)
        self._figures = plain_label(theme, size="small", role="text.secondary", wrap=True)
        self.edit = ActionButton(theme, self.tr("编辑"), "E", icon="pencil")
        self.add = ActionButton(theme, self.tr("添加"), "N", icon="plus")
        self.print = ActionButton(theme, self.tr("打印"), "P", icon="printer")
        for name, button in (("edit", self.edit), ("add", self.add), ("print", self.print)):
            button.setObjectName(name)
            button.clicked.connect(self._on_clicked)
        self.trouble = GlyphLine(theme)
        self.list = ReportList(theme)
        self.area = scrolled(self.list)
        self.form = InlineForm(theme)
        self.pending_line = PendingLine(theme)
        head = self._head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._note, 1)
        for button in (self.edit, self.add, self.print):
            head.addWidget(button)
        column = self._column = QVBoxLayout(self)
        column.addLayout(head)
        self._numbers = QHBoxLayout()
        self._numbers.addWidget(self._figures)
        column.addLayout(self._numbers)
        self._below = QVBoxLayout()
        self._troubles = QHBoxLayout()
        self._troubles.addWidget(self.trouble)
        column.addLayout(self._troubles)
        column.addWidget(self.area, 1)
        for widget in (self.form, self.pending_line):
            self._below.addWidget(widget)
        column.addLayout(self._below)
        self.pending_line.clear()
        self.restyle()

    def set_note(self, text: str) -> None:
        self._note.set_text(text)

    def note(self) -> str:
        return self._note.text()

    def set_figures(self, text: str) -> None:
        """The shift in numbers, below the head."""
        self._figures.set_text(text)

    def figures(self) -> str:
        return self._figures.text()

    def set_reasons(self, reasons: dict[str, str]) -> None:
        """edit · add → why it cannot be done now; "" = it can."""
        for button in (self.edit, self.add):
            why = reasons.get(button.objectName(), "")
            button.set_availability(not why, why)

    def show_current(self) -> None:
        rect = self.list.current_rect()
        if not rect.isEmpty():
            self.area.ensureVisible(0, round(rect.center().y()), 0, round(rect.height() / 2 + self._theme.space("l")))

    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.action.emit(sender.objectName())

    def restyle(self) -> None:
        pad = self._theme.space("l")
        self._column.setContentsMargins(0, pad, 0, 0)
        self._column.setSpacing(self._theme.space("m"))
        self._head.setSpacing(self._theme.space("s"))
        # The list goes from edge to edge and has its own.
        for row in (self._head, self._numbers, self._troubles, self._below):
            row.setContentsMargins(pad, 0, pad, 0)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.panel"))
        painter.end()

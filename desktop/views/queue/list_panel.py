"""Below the table: forms about the whole list (bulk actions, export) and what became of them. Hidden while there is nothing to say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.inline_form import FormField, InlineForm
from desktop.widgets.labels import plain_label


class ListPanel(ThemedWidget):
    """`answered` carries (the form's name, its answers)."""

    answered = Signal(str, dict)
    closed = Signal()

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._name = ""
        self.form = InlineForm(theme)
        self._said = plain_label(theme, size="small", role="text.primary", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.form)
        self._column.addWidget(self._said)
        self.form.submitted.connect(self._on_submitted)
        self.form.cancelled.connect(self._on_cancelled)
        self.setAccessibleName(self.tr("对整个列表"))
        self.restyle()
        self.setHidden(True)

    def ask(self, name: str, title: str, fields: Sequence[FormField], confirm: str, hint: str) -> None:
        """Open a form; its answers come with its name."""
        self._name = name
        self._said.set_text("")
        set_shown(self._said, False)
        set_shown(self, True)
        self.form.open_form(title, fields, confirm, hint=hint)
        if not fields:
            self.form.setFocus()

    def is_open(self) -> bool:
        return bool(self._name)

    def close_form(self) -> None:
        self._name = ""
        self.form.close_form()
        set_shown(self, bool(self._said.text()))

    def show_error(self, text: str) -> None:
        self.form.set_error(text)

    def say(self, text: str) -> None:
        """What became of it; "" hides the panel."""
        self._said.set_text(text)
        set_shown(self._said, bool(text))
        set_shown(self, bool(text) or self.is_open())

    def said(self) -> str:
        return self._said.text()

    def restyle(self) -> None:
        pad = self._theme.space("m")
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(self._theme.space("s"))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.panel"))
        painter.fillRect(0, 0, self.width(), round(self._theme.pen("hair")), self._theme.color("line.hair"))
        painter.end()

    def _on_submitted(self, answers: dict[str, str]) -> None:
        self.answered.emit(self._name, answers)

    def _on_cancelled(self) -> None:
        self._name = ""
        set_shown(self, bool(self._said.text()))
        self.closed.emit()

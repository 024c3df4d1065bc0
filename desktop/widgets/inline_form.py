"""The form that opens inside the detail pane for a command that needs a reason. It is never a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDate, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.theme.theme import Theme
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget, set_shown, tab_after
from desktop.widgets.inputs import ChoiceBox
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import paint_sheet

KINDS = ("text", "lines", "choice", "date")
OTHER_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
"""With one of these held it is no letter."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One input. `options` = (value, text) pairs of a choice. A date is written as yyyy-mm-dd.

    `asked`: a choice that nothing answers for the person: it stays empty until something is chosen, unless `value` is one of the options.
    """

    id: str
    label: str
    kind: str = "text"
    required: bool = True
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""
    asked: bool = False


class InlineForm(ThemedWidget):
    """Ctrl+Enter (or Enter in a one-line field) submits, Esc cancels; required fields are checked here, rules by the view."""

    submitted = Signal(dict)
    cancelled = Signal()

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._fields: tuple[FormField, ...] = ()
        self._inputs: dict[str, QWidget] = {}
        self._labels: dict[str, QWidget] = {}
        self._back: QWidget | None = None
        self._title = plain_label(theme, weight="title")
        self._hint = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self._error = plain_label(theme, size="caption", role="urgency.top", wrap=True)
        self._body = QVBoxLayout()
        self._confirm = ActionButton(theme, "", "Ctrl Enter", "primary")
        self._cancel = ActionButton(theme, self.tr("取消"), "Esc")
        self._confirm.clicked.connect(self.submit)
        self._cancel.clicked.connect(self.cancel)
        buttons = QHBoxLayout()
        buttons.addWidget(self._confirm)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        column = self._column = QVBoxLayout(self)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addLayout(self._body)
        column.addWidget(self._error)
        column.addLayout(buttons)
        self.setHidden(True)
        self.restyle()

    def open_form(
        self, title: str, fields: Sequence[FormField], confirm: str, kind: str = "primary", hint: str = ""
    ) -> None:
        """Show a fresh form and put the focus into its first field; what had the keyboard gets it back."""
        at = self.window().focusWidget()
        if at is not None and not self.isAncestorOf(at):
            self._back = at
        self._clear_body()
        self._fields = tuple(fields)
        self._title.set_text(title)
        self.setAccessibleName(title)
        self.set_hint(hint)
        for field in self._fields:
            self._add_field(field)
        tab_after(self, (*self._inputs.values(), self._confirm, self._cancel))
        self.restyle()
        self._confirm.set_label(confirm, "Ctrl Enter")
        self._confirm.set_kind(kind)
        self.set_error("")
        set_shown(self, True)
        if self._fields:
            self._inputs[self._fields[0].id].setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Hide and forget what was typed."""
        at, back = self.window().focusWidget(), self._back
        self._back = None
        if at is not None and self.isAncestorOf(at):
            at.clearFocus()  # else Qt gives the keyboard to whatever comes next in the chain
            if back is not None and isValid(back) and back.isEnabled():
                back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setHidden(True)
        self._clear_body()

    def set_hint(self, text: str) -> None:
        """The sentence below the title; empty hides the line."""
        self._hint.set_text(text)
        set_shown(self._hint, bool(text))

    def hint(self) -> str:
        """The sentence below the title."""
        return self._hint.text()

    def show_field(self, field_id: str, shown: bool) -> None:
        """A field that what is chosen above it has no use for takes no room, and is not asked for."""
        for widget in (self._labels[field_id], self._inputs[field_id]):
            set_shown(widget, shown)

    def set_error(self, text: str) -> None:
        """Why it cannot be sent; empty hides the line."""
        self._error.set_text(text)
        set_shown(self._error, bool(text))

    def error(self) -> str:
        """The sentence shown, if any."""
        return self._error.text()

    def values(self) -> dict[str, str]:
        """What is typed now, by field id."""
        return {field.id: self._read(field) for field in self._fields}

    def input(self, field_id: str) -> QWidget:
        """The input of a field, for tests and focus."""
        return self._inputs[field_id]

    def submit(self) -> None:
        """Send if every required field is filled, else say which is missing."""
        values = self.values()
        asked = [field for field in self._fields if field.required and not self._inputs[field.id].isHidden()]
        missing = [field.label for field in asked if not values[field.id].strip()]
        if missing:
            self.set_error(self.tr("请填写：{names}").format(names=self.tr("、").join(missing)))
            return
        wrong = [
            f.label for f in self._fields if f.kind == "date" and values[f.id].strip() and not _is_date(values[f.id])
        ]
        if wrong:
            self.set_error(self.tr("{name} 要写成 2026-03-25 这样的日期").format(name=wrong[0]))
            return
        self.set_error("")
        self.submitted.emit(values)

    def cancel(self) -> None:
        """Close without sending."""
        self.close_form()
        self.cancelled.emit()

    def restyle(self) -> None:
        pad = self._theme.space("m")
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(self._theme.space("s"))
        self._body.setSpacing(self._theme.space("xs"))
        for widget in self._inputs.values():
            widget.setFont(self._theme.font("small"))
            if isinstance(widget, QPlainTextEdit):
                widget.setFixedHeight(self._theme.row("compact") * 2 + self._theme.space("s"))

    def _add_field(self, field: FormField) -> None:
        label = plain_label(self._theme, field.label, "caption", "text.secondary")
        widget = self._make_input(field)
        widget.setAccessibleName(field.label)
        widget.installEventFilter(self)
        label.setBuddy(widget)
        self._inputs[field.id], self._labels[field.id] = widget, label
        self._body.addWidget(label)
        self._body.addWidget(widget)

    def _make_input(self, field: FormField) -> QWidget:
        if field.kind == "choice":
            combo = ChoiceBox(self._theme)
            for value, text in field.options:
                combo.addItem(text, value)
            # An option for "nothing chosen" is shown by its words; where there is none, the box is empty.
            place = -1 if field.asked and not field.value else combo.findData(field.value)
            first = not field.asked and (field.value or field.required)
            combo.setCurrentIndex(place if place >= 0 else 0 if first else -1)
            combo.setPlaceholderText(self.tr("请选择") if field.asked else "")
            return combo
        if field.kind == "date":
            # A plain line instead of Qt's date box: typed without a mouse, checked on submit.
            edit = QLineEdit(field.value)
            edit.setPlaceholderText("2026-03-25")
            edit.returnPressed.connect(self.submit)
            return edit
        if field.kind == "lines":
            area = QPlainTextEdit(field.value)
            area.setTabChangesFocus(True)
            return area
        if field.kind != "text":
            raise ValueError(f"no such kind of field: {field.kind}")
        line = QLineEdit(field.value)
        line.returnPressed.connect(self.submit)
        return line

    def _read(self, field: FormField) -> str:
        widget = self._inputs[field.id]
        if isinstance(widget, QComboBox):
            return str(widget.currentData() or "")
        if isinstance(widget, QPlainTextEdit):
            return widget.toPlainText()
        return widget.text() if isinstance(widget, QLineEdit) else ""

    def _clear_body(self) -> None:
        while self._body.count():
            item = self._body.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._fields, self._inputs, self._labels = (), {}, {}

    def eventFilter(self, watched, event) -> bool:
        if event.type() == event.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.cancel()
                return True
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.submit()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event) -> None:
        """What its buttons and labels let through: the letters of the window behind are not meant while a form is open."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.modifiers() & OTHER_KEYS or not event.text().isalnum():
            super().keyPressEvent(event)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        paint_sheet(painter, self._theme, QRectF(self.rect()), "accent.base")
        painter.end()


def _is_date(text: str) -> bool:
    return QDate.fromString(text.strip(), Qt.DateFormat.ISODate).isValid()

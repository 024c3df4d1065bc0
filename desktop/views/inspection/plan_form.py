"""发起: the form in place of the centre. It reads words and tells them; what they mean is plan_values', what is allowed the rules'."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.services.checklists import Template
from desktop.theme.theme import Theme
from desktop.views.inspection.plan_values import PlanWords
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.facet_list import FacetItem, FacetList
from desktop.widgets.inputs import ChoiceBox
from desktop.widgets.labels import plain_label

PREMISES_LINES, PURPOSE_LINES = 4, 2


class PlanForm(ThemedWidget):
    """`submitted` and `edited` carry PlanWords. Ctrl Enter sends, Esc leaves; what was typed stays until it was sent or left."""

    submitted = Signal(object)
    edited = Signal(object)
    cancelled = Signal()

    def __init__(self, theme: Theme, templates: Sequence[Template], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._templates = tuple(templates)
        self._filling = False
        self._units = QStringListModel(self)
        self._title = plain_label(theme, self.tr("发起联合检查"), "heading", weight="title")
        self.inputs: dict[str, QWidget] = {
            "title": QLineEdit(),
            "lead": self._unit_line(),
            "co_units": QLineEdit(),
            "premises": QPlainTextEdit(),
            "starts": QLineEdit(),
            "ends": QLineEdit(),
            "meeting_point": QLineEdit(),
            "tickets": QLineEdit(),
            "area": ChoiceBox(theme),
            "purpose": QPlainTextEdit(),
        }
        self.fields = FacetList(theme, self.tr("检查领域（空格勾选，可多选）"))
        self._summary = plain_label(theme, size="small", role="text.secondary", wrap=True)
        self._error = plain_label(theme, size="small", role="urgency.top", wrap=True)
        self._send = ActionButton(theme, self.tr("发起"), "Ctrl Enter", "primary")
        self._leave = ActionButton(theme, self.tr("取消"), "Esc")
        self._send.clicked.connect(self.submit)
        self._leave.clicked.connect(self.cancelled)
        self._lay_out()
        self._connect()
        self.setAccessibleName(self.tr("发起联合检查"))

    def _unit_line(self) -> QLineEdit:
        line = QLineEdit()
        completer = QCompleter(self._units, line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(completer)
        return line

    def _labels(self) -> dict[str, str]:
        return {
            "title": self.tr("检查名称"),
            "lead": self.tr("牵头单位"),
            "co_units": self.tr("协办单位（用、隔开）"),
            "premises": self.tr("检查对象（每行一个，竖线后写登记号）"),
            "starts": self.tr("开始，即应到时间"),
            "ends": self.tr("结束，即反馈时限"),
            "meeting_point": self.tr("集合地点"),
            "tickets": self.tr("来自工单（可多张，可空）"),
            "area": self.tr("所在区域"),
            "purpose": self.tr("检查目的"),
        }

    def _lay_out(self) -> None:
        body = QWidget()
        grid = self._grid = QGridLayout(body)
        places = {
            "title": (1, 0, 1, 2),
            "tickets": (2, 0, 1, 1),
            "area": (2, 1, 1, 1),
            "lead": (3, 0, 1, 1),
            "co_units": (3, 1, 1, 1),
            "premises": (4, 0, 1, 1),
            "starts": (5, 0, 1, 1),
            "ends": (5, 1, 1, 1),
            "meeting_point": (6, 0, 1, 2),
            "purpose": (7, 0, 1, 2),
        }
        grid.addWidget(self._title, 0, 0, 1, 2)
        for name, (row, column, rows, columns) in places.items():
            grid.addWidget(self._labelled(name), row, column, rows, columns, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.fields, 4, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._summary, 8, 0, 1, 2)
        grid.addWidget(self._error, 9, 0, 1, 2)
        buttons = QHBoxLayout()
        buttons.addWidget(self._send)
        buttons.addWidget(self._leave)
        buttons.addStretch(1)
        grid.addLayout(buttons, 10, 0, 1, 2)
        grid.setRowStretch(11, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        body.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        order = (
            "title",
            "tickets",
            "area",
            "lead",
            "co_units",
            "premises",
            "starts",
            "ends",
            "meeting_point",
            "purpose",
        )
        for first, second in itertools.pairwise(order):
            self.setTabOrder(self.inputs[first], self.inputs[second])
        self.setTabOrder(self.inputs["premises"], self.fields)
        self.setTabOrder(self.fields, self.inputs["starts"])
        self.restyle()

    def _labelled(self, name: str) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.space("xs"))
        text = self._labels()[name]
        label = plain_label(self._theme, text, "caption", "text.secondary")
        widget = self.inputs[name]
        widget.setAccessibleName(text)
        label.setBuddy(widget)
        column.addWidget(label)
        column.addWidget(widget)
        return box

    def _connect(self) -> None:
        for widget in self.inputs.values():
            widget.installEventFilter(self)
            if isinstance(widget, QLineEdit):
                widget.textEdited.connect(self._on_edited)
            elif isinstance(widget, QPlainTextEdit):
                widget.setTabChangesFocus(True)
                widget.textChanged.connect(self._on_edited)
            elif isinstance(widget, QComboBox):
                widget.activated.connect(self._on_edited)
        self.fields.changed.connect(self._on_edited)
        self.fields.installEventFilter(self)

    # -- filling and reading --------------------------------------------------------------------------

    def open_plan(
        self, words: PlanWords, title: str, verb: str, areas: Sequence[tuple[str, str]], units: Sequence[str]
    ) -> None:
        """Show these words; `areas` are (code, name) to choose from, `units` the names that complete."""
        self._filling = True
        self._title.set_text(title)
        self._send.set_label(verb, "Ctrl Enter")
        self._units.setStringList(list(units))
        area = self.inputs["area"]
        assert isinstance(area, QComboBox)
        area.clear()
        for code, name in areas:
            area.addItem(name, code)
        area.setCurrentIndex(max(0, area.findData(words.area)))
        for name, widget in self.inputs.items():
            text = getattr(words, name)
            if isinstance(widget, QLineEdit):
                widget.setText(text)
            elif isinstance(widget, QPlainTextEdit):
                widget.setPlainText(text)
        self.fields.set_items(
            [FacetItem(one.id, one.name, len(one.item), one.id in words.templates) for one in self._templates]
        )
        self.show_error("")
        self._filling = False
        self._on_edited()
        self.inputs["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> PlanWords:
        words = PlanWords(templates=self.fields.checked_ids())
        for name, widget in self.inputs.items():
            if isinstance(widget, QLineEdit):
                setattr(words, name, widget.text())
            elif isinstance(widget, QPlainTextEdit):
                setattr(words, name, widget.toPlainText())
            elif isinstance(widget, QComboBox):
                setattr(words, name, str(widget.currentData() or ""))
        return words

    def show_summary(self, text: str) -> None:
        self._summary.set_text(text)

    def show_error(self, text: str) -> None:
        self._error.set_text(text)
        set_shown(self._error, bool(text))

    def error(self) -> str:
        return self._error.text()

    def summary(self) -> str:
        return self._summary.text()

    def submit(self) -> None:
        self.submitted.emit(self.words())

    # -- slots and Qt ---------------------------------------------------------------------------------

    def _on_edited(self) -> None:
        if not self._filling:
            self.edited.emit(self.words())

    def hideEvent(self, event) -> None:
        """A list of names left open would take the keys back into a field that nobody sees."""
        for widget in self.inputs.values():
            completer = widget.completer() if isinstance(widget, QLineEdit) else None
            popup = completer.popup() if completer is not None else None
            if popup is not None:
                popup.hide()
        super().hideEvent(event)

    def eventFilter(self, watched, event) -> bool:
        if event.type() == event.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() == Qt.Key.Key_Escape:
                self.cancelled.emit()
                return True
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.submit()
                return True
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        theme = self._theme
        pad = theme.space("page")
        self._grid.setContentsMargins(round(pad * 1.25), pad, round(pad * 1.25), pad)
        self._grid.setHorizontalSpacing(theme.space("xl"))
        self._grid.setVerticalSpacing(theme.space("m"))
        for name, lines in (("premises", PREMISES_LINES), ("purpose", PURPOSE_LINES)):
            self.inputs[name].setFixedHeight(theme.line_px("small") * lines + theme.space("l"))
        for widget in self.inputs.values():
            widget.setFont(theme.font("small"))

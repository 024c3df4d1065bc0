"""The bar on top of the board: period, from–to, by which date, what it is compared with, and how old the figures are."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.kpi_board.periods import (
    BYS,
    CHOICES,
    COMPARES,
    by_word,
    choice_word,
    compare_word,
    custom_fault,
    custom_period,
    date_of,
    period_of,
)
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.chip import Chip
from desktop.widgets.freshness_badge import FreshnessBadge
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import text_width
from desktop.widgets.values import Freshness
from domain.kpi_types import Period

FORMS = ("look_back", "export", "report", "explore")
FORM_KEYS = {"look_back": "H", "export": "E", "report": "P", "explore": "Z"}
DATE_LENGTH = len("2026-01-31")


class PeriodBar(ThemedWidget):
    """`changed` when another period is meant, `compare_changed` when another comparison. Until today is known (`set_today`) there
    is no period. `form_wanted(name)`: one of FORMS.
    """

    changed = Signal()
    compare_changed = Signal()
    form_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._choice, self._by = "month", "due"
        self._today: date | None = None
        self._title = plain_label(theme, self.tr("统计"), "title", "text.primary", "title")
        self._choices = {
            name: Chip(theme, choice_word(name), key=str(index + 1), parent=self) for index, name in enumerate(CHOICES)
        }
        self._bys = {by: Chip(theme, by_word(by), parent=self) for by in BYS}
        self._compare = COMPARES[0]
        self._compares = {name: Chip(theme, compare_word(name), parent=self) for name in COMPARES}
        words = {
            "look_back": self.tr("回看"),
            "export": self.tr("导出"),
            "report": self.tr("报告"),
            "explore": self.tr("放大走势"),
        }
        self._forms = {name: Chip(theme, words[name], key=FORM_KEYS[name], parent=self) for name in FORMS}
        self._from, self._to = self._date_edit(self.tr("起日")), self._date_edit(self.tr("止日"))
        self._dash = plain_label(theme, self.tr("至"), "small", "text.secondary")
        self._compared = plain_label(theme, "", "caption", "text.tertiary", elide=True)
        self._compared.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._below = plain_label(theme, "", "caption", "text.tertiary", elide=True)
        self._text = ""
        self._badge = FreshnessBadge(theme, "panel", parent=self)
        self._lay_out()
        for name, chip in (
            *self._choices.items(),
            *self._bys.items(),
            *self._compares.items(),
            *self._forms.items(),
        ):
            chip.setObjectName(name)
            chip.clicked.connect(self._on_chip_clicked)
        for edit in (self._from, self._to):
            edit.editingFinished.connect(self._on_dates_edited)
        self.restyle()
        self._mark()

    def _date_edit(self, name: str) -> QLineEdit:
        edit = QLineEdit(self)
        edit.setMaxLength(DATE_LENGTH)
        edit.setAccessibleName(name)
        edit.setPlaceholderText("2026-01-31")
        return edit

    def _lay_out(self) -> None:
        self._row = row = QHBoxLayout()
        self._rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(row)
        rows.addWidget(self._below)
        row.addWidget(self._title)
        for chip in self._choices.values():
            row.addWidget(chip)
        for widget in (self._from, self._dash, self._to):
            row.addWidget(widget)
        row.addSpacing(self._theme.space("m"))
        for chip in self._bys.values():
            row.addWidget(chip)
        row.addSpacing(self._theme.space("m"))
        for chip in (*self._compares.values(), *self._forms.values()):
            row.addWidget(chip)
        row.addWidget(self._compared, 1)
        row.addWidget(self._badge)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # -- values ---------------------------------------------------------------------------------

    def period(self) -> Period | None:
        """What is asked for; None before today is known, or while the two dates make no period."""
        if self._today is None or self.fault():
            return None
        if self._choice == "custom":
            return self._custom()
        return period_of(self._choice, self._today, self._by)

    def fault(self) -> str:
        """Why the chosen dates cannot be asked for."""
        if self._choice != "custom":
            return ""
        first, last = date_of(self._from.text()), date_of(self._to.text())
        if first is None or last is None:
            return self.tr("日期写成 2026-01-31 的样子")
        return custom_fault(first, last)

    def _custom(self) -> Period | None:
        first, last = date_of(self._from.text()), date_of(self._to.text())
        return None if first is None or last is None else custom_period(first, last, self._by)

    def choice(self) -> str:
        return self._choice

    def set_today(self, today: date) -> None:
        """The business day; 今日 and 本周 move on with it."""
        if today == self._today:
            return
        first = self._today is None
        self._today = today
        if first:
            self._from.setText(today.replace(day=1).isoformat())
            self._to.setText(today.isoformat())
        self.changed.emit()

    def choose(self, choice: str) -> None:
        """One of CHOICES."""
        self._choice = choice
        self._mark()
        if choice == "custom":
            self._from.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.changed.emit()

    def choose_by(self, by: str) -> None:
        """One of BYS."""
        self._by = by
        self._mark()
        self.changed.emit()

    def next_by(self) -> None:
        """The next kind of date (B)."""
        self.choose_by(BYS[(BYS.index(self._by) + 1) % len(BYS)])

    def compare(self) -> str:
        """One of COMPARES."""
        return self._compare

    def choose_compare(self, name: str) -> None:
        """One of COMPARES."""
        self._compare = name
        self._mark()
        self.compare_changed.emit()

    def next_compare(self) -> None:
        """The other comparison (C)."""
        self.choose_compare(COMPARES[(COMPARES.index(self._compare) + 1) % len(COMPARES)])

    def set_looking_back(self, on: bool) -> None:
        """Marks the chip while the figures are of the past."""
        self._forms["look_back"].set_selected(on)

    def set_custom(self, first: date, last: date) -> None:
        """From–to, both included."""
        self._from.setText(first.isoformat())
        self._to.setText(last.isoformat())
        self.choose("custom")

    def set_compared(self, text: str) -> None:
        """3月1日—3月31日 · 对比 2月1日—2月28日."""
        self._text = text
        self._compared.set_text(text)
        self._below.set_text(text)
        self._fit()

    def compared(self) -> str:
        """What the bar says at its right end."""
        return self._compared.text()

    def set_freshness(self, freshness: Freshness) -> None:
        self._badge.set_freshness(freshness)

    # -- events ---------------------------------------------------------------------------------

    def _on_chip_clicked(self) -> None:
        name = self.sender().objectName()
        if name in CHOICES:
            self.choose(name)
        elif name in COMPARES:
            self.choose_compare(name)
        elif name in FORMS:
            self.form_wanted.emit(name)
        else:
            self.choose_by(name)

    def _on_dates_edited(self) -> None:
        if self._choice == "custom":
            self.changed.emit()

    def _mark(self) -> None:
        for name, chip in self._choices.items():
            chip.set_selected(name == self._choice)
        for by, chip in self._bys.items():
            chip.set_selected(by == self._by)
        for name, chip in self._compares.items():
            chip.set_selected(name == self._compare)
        for widget in (self._from, self._dash, self._to):
            widget.setVisible(self._choice == "custom")

    def restyle(self) -> None:
        theme = self._theme
        row = self._row
        row.setContentsMargins(theme.space("page"), theme.space("s"), theme.space("page"), theme.space("s"))
        row.setSpacing(theme.space("s"))
        self._below.setContentsMargins(theme.space("page"), 0, theme.space("page"), theme.space("xs"))
        # One height, whether the two dates stand in it or not: nothing below may jump.
        self._fit()
        for edit in (self._from, self._to):
            edit.setFont(theme.font("small"))
            edit.setFixedWidth(round(text_width(theme.font("small"), "0000-00-00")) + 4 * theme.space("s"))

    def _fit(self) -> None:
        """Which days the figures are of, and which they are compared with, has a line of its own where the chips leave no room."""
        theme = self._theme
        text = text_width(theme.font("caption"), self._text)
        self._row.invalidate()  # else the sum is that of the text before
        chips = self._row.sizeHint().width() - self._compared.sizeHint().width()
        narrow = chips + text > self.width()
        set_shown(self._below, narrow)
        line = theme.line_px("caption") + theme.space("xs") if narrow else 0
        self.setFixedHeight(theme.row("relaxed") + line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.app"))
        hair = self._theme.pen("hair")
        painter.fillRect(QRectF(0, self.height() - hair, self.width(), hair), self._theme.color("line.hair"))
        painter.end()

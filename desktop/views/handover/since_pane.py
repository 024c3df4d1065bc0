"""The right: since I left. States: nothing to compare with, the past too far, offline with its age."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.handover.since_view import ChangeList, ChangeRow, CountRow, CountTable, HourBar, HourBars
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.labels import plain_label
from desktop.widgets.scrolled import Column
from desktop.widgets.section import SectionHeader


class SincePane(ThemedWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = plain_label(theme, self.tr("自我离开以来"), "heading", weight="title")
        self._span = plain_label(theme, size="small", role="text.secondary")
        self._message = plain_label(theme, role="text.secondary", wrap=True)
        self.counts = CountTable(theme)
        self._changes_head = SectionHeader(theme, self.tr("变化"))
        self.changes = ChangeList(theme)
        self._hours_head = SectionHeader(theme, self.tr("每小时受理"))
        self.hours = HourBars(theme)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._span)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.changes)
        self._scroll = Column(inside)
        column = self._column = QVBoxLayout(self)
        column.addLayout(head)
        changes = QVBoxLayout()
        changes.setSpacing(0)
        changes.addWidget(self._changes_head)
        changes.addWidget(self._scroll)
        for widget in (self._message, self.counts):
            column.addWidget(widget)
        column.addLayout(changes)
        column.addWidget(self._hours_head)
        column.addWidget(self.hours)
        column.addStretch(1)
        self.restyle()

    def set_message(self, text: str) -> None:
        """In place of what cannot be shown; "" = everything is there."""
        self._message.set_text(text)
        set_shown(self._message, bool(text))

    def message(self) -> str:
        return self._message.text()

    def set_span(self, text: str) -> None:
        self._span.set_text(text)

    def set_values(
        self, counts: tuple[CountRow, ...], changes: tuple[ChangeRow, ...], note: str, hours: tuple[HourBar, ...]
    ) -> None:
        self.counts.set_rows(counts)
        self.changes.set_rows(changes)
        self._changes_head.set_note(note)
        self.hours.set_bars(hours)

    def set_filled(self, filled: bool) -> None:
        for widget in (self.counts, self._changes_head, self._scroll, self._hours_head, self.hours):
            set_shown(widget, filled)

    def restyle(self) -> None:
        pad = self._theme.space("l")
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(self._theme.space("m"))

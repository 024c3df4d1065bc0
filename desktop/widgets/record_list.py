"""The append-only record of a ticket: time and sentence, newest first. Sentences wrap; nothing is ever cut off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QTextLayout
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import text_width, wrapped_text


@dataclass(frozen=True, slots=True)
class Record:
    """One entry, as printed."""

    time: str
    text: str


class RecordList(ThemedWidget):
    """Grows with its entries; put it into a scroll area for long records."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._records: tuple[Record, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_records(())

    def set_records(self, records: Sequence[Record]) -> None:
        """Newest first."""
        self._records = tuple(records)
        self.setAccessibleName(self.tr("记录 {n} 条").format(n=len(self._records)))
        latest = self._records[0] if self._records else None
        self.setAccessibleDescription("" if latest is None else f"{latest.time} {latest.text}")
        self.updateGeometry()
        self.update()

    def _time_width(self) -> float:
        font = self._theme.font("small")
        return max((text_width(font, r.time) for r in self._records), default=0.0) + self._theme.space("m")

    def _rows(self, width: float) -> list[tuple[QTextLayout, float, float]]:
        """For each entry its sentence, the drop that brings it onto the line of its time, and its height (px)."""
        font = self._theme.font("small")
        texts = [wrapped_text(font, record.text, width - self._time_width()) for record in self._records]
        times = [wrapped_text(font, record.time, width) for record in self._records]
        # Shared by all: a line with Chinese characters is taller than one of digits.
        tallest = max((text.lineAt(0).ascent() for text in (*texts, *times)), default=0.0)
        gap = self._theme.space("xs") * 1.2
        drops = [tallest - text.lineAt(0).ascent() for text in texts]
        return [
            (text, drop, drop + text.boundingRect().height() + gap) for text, drop in zip(texts, drops, strict=True)
        ]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return int(sum(height for _text, _drop, height in self._rows(width))) + 1

    def sizeHint(self) -> QSize:
        width = self.width() or self._theme.space("xl") * 12
        return QSize(self._theme.space("xl") * 12, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 4, self._theme.line_px("small") if self._records else 0)

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        font = theme.font("small")
        indent = self._time_width()
        top = 0.0
        painter.setFont(font)
        for record, (text, drop, height) in zip(self._records, self._rows(self.width()), strict=True):
            painter.setPen(theme.color("text.tertiary"))
            painter.drawText(QPointF(0, top + drop + text.lineAt(0).ascent()), record.time)
            painter.setPen(theme.color("text.primary"))
            text.draw(painter, QPointF(indent, top + drop))
            top += height
        painter.end()

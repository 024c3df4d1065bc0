"""The append-only record of a ticket: time and sentence, newest first. Sentences wrap; nothing is ever cut off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import draw_text, text_width, wrapped_text


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

    def _text_height(self, record: Record, width: float) -> float:
        layout = wrapped_text(self._theme.font("small"), record.text, width - self._time_width())
        return layout.boundingRect().height() + self._theme.space("xs") * 1.2

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return int(sum(self._text_height(record, width) for record in self._records)) + 1

    def sizeHint(self) -> QSize:
        width = self.width() or self._theme.space("xl") * 12
        return QSize(self._theme.space("xl") * 12, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 4, self._theme.line_px("small") if self._records else 0)

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        font = theme.font("small")
        line = wrapped_text(font, "0", 1000).boundingRect().height()
        indent = self._time_width()
        top = 0.0
        for record in self._records:
            height = self._text_height(record, self.width())
            draw_text(painter, QRectF(0, top, indent, line), record.time, font, theme.color("text.tertiary"))
            painter.setPen(theme.color("text.primary"))
            wrapped_text(font, record.text, self.width() - indent).draw(painter, QPointF(indent, top))
            top += height
        painter.end()

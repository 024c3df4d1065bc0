"""The units of a ticket: role flag, name, check-in, due, state and note, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import draw_text, text_width
from desktop.widgets.wording import sentences


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit. `arrived` None = not checked in (`late` says it should have). `status` = (kind, state) of its part."""

    name: str
    lead: bool
    arrived: str | None
    due: str
    status: tuple[str, str]
    word: str
    note: str = ""
    late: bool = False


class Participants(ThemedWidget):
    """Fixed order: lead first, then as asked."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._units: tuple[UnitRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_units(self, units: Sequence[UnitRow]) -> None:
        """All units."""
        grew = len(units) != len(self._units)
        self._units = tuple(units)
        self.setAccessibleName(sentences(self._spoken(unit) for unit in self._units))
        if grew:
            self.updateGeometry()
        self.update()

    def _spoken(self, unit: UnitRow) -> str:
        role = self._theme.status("joint", "lead" if unit.lead else "assist").word
        return f"{role} {unit.name} {self._arrival(unit)} {unit.word} {unit.note}".strip()

    def _arrival(self, unit: UnitRow) -> str:
        return unit.arrived if unit.arrived is not None else self.tr("未报到")

    def _row(self) -> int:
        return self._theme.row("compact")

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 16, self._row() * len(self._units))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        font = theme.font("small")
        columns = self._columns()
        for index, unit in enumerate(self._units):
            self._paint_row(painter, unit, QRectF(0, index * self._row(), self.width(), self._row()), columns, font)
        painter.end()

    def _columns(self) -> tuple[float, float, float, float]:
        """Widths of name, check-in, due, state; the note takes the rest."""
        theme = self._theme
        font = theme.font("small")
        gap = theme.space("m")
        name = max((text_width(font, u.name) for u in self._units), default=0.0) + gap
        arrived = (
            max((text_width(theme.font("small", "title"), self._arrival(u)) for u in self._units), default=0.0) + gap
        )
        due = max((text_width(font, u.due) for u in self._units), default=0.0) + gap
        state = (
            max((text_width(font, u.word) for u in self._units), default=0.0) + theme.glyph_px + theme.space("xs") + gap
        )
        # A name that is cut is still known by its beginning; of a time that is cut nobody knows how much is missing. In a narrow
        # pane the day it is due gives way: what is left or over of it stays.
        least = min(name, self.width() * 0.2)
        rest = self.width() - theme.glyph_px - theme.space("s") - arrived - due - state
        if rest < least:
            rest, due = rest + due, 0.0
        return min(name, self.width() * 0.32, max(rest, least)), arrived, due, state

    def _paint_row(self, painter: QPainter, unit: UnitRow, box: QRectF, columns, font) -> None:
        theme, side = self._theme, self._theme.glyph_px
        name_width, arrived_width, due_width, state_width = columns
        role = "lead" if unit.lead else "assist"
        paint_status(painter, theme, "joint", role, QRectF(box.left(), box.center().y() - side / 2, side, side))
        x = box.left() + side + theme.space("s")

        def cell(width: float) -> QRectF:
            return QRectF(x, box.top(), max(0.0, min(width, box.right() - x)), box.height())

        gap = theme.space("s")
        draw_text(painter, cell(name_width - gap), unit.name, font, theme.color("text.primary"))
        x += name_width
        missing = unit.arrived is None and unit.late
        arrived_font = theme.font("small", "title") if missing else font
        arrived_role = "sla.overdue" if missing else "text.tertiary" if unit.arrived is None else "text.primary"
        draw_text(painter, cell(arrived_width - gap / 2), self._arrival(unit), arrived_font, theme.color(arrived_role))
        x += arrived_width
        if due_width:
            draw_text(painter, cell(due_width), unit.due, font, theme.color("text.tertiary"))
        x += due_width
        small = side * 0.85
        paint_status(painter, theme, *unit.status, QRectF(x, box.center().y() - small / 2, small, small))
        word = cell(state_width).adjusted(side + theme.space("xs"), 0, 0, 0)
        draw_text(painter, word, unit.word, font, theme.color("text.primary"))
        x += state_width
        draw_text(painter, cell(box.right() - x), unit.note, font, theme.color("text.secondary"))

"""Hot categories of today against the same period of four weeks; amber word only past the surge rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import RIGHT, draw_text, elided_inside, format_count, format_signed, hair_line, text_width
from desktop.widgets.values import DASH
from desktop.widgets.wording import listed

TIMES = 2
"""From here on "times" reads quicker than per cent."""
MANY_TIMES = 10
"""From here on a decimal says nothing."""


@dataclass(frozen=True, slots=True)
class Hotspot:
    """One category. `change` = today ÷ usual (1.18 = 18 % more), None = no ratio: then `usual` says in words what it is held
    against, empty = nothing yet. `surge` = past the surge rule.
    """

    name: str
    n: int | None
    change: float | None = None
    surge: bool = False
    usual: str = ""


class HotspotList(ThemedWidget):
    """Rows are cut at whole rows, worst first. A name that is too long takes smaller type, and is then cut inside: sub-classes differ
    at their end."""

    row_activated = Signal(str)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[Hotspot, ...] = ()
        self._dimmed = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_rows(self, rows: Sequence[Hotspot]) -> None:
        """Rows in order."""
        self._rows = tuple(rows)
        self.setAccessibleName(listed(f"{r.name} {format_count(r.n)} {self._change(r)}" for r in self._rows))
        self.updateGeometry()
        self.update()

    def set_dimmed(self, dimmed: bool) -> None:
        """Late data."""
        self._dimmed = dimmed
        self.update()

    def _change(self, row: Hotspot) -> str:
        if row.change is None:
            return row.usual or DASH
        if row.surge or row.change >= TIMES:
            return self.tr("{n} 倍").format(n=f"{row.change:.0f}" if row.change >= MANY_TIMES else f"{row.change:.1f}")
        return format_signed((row.change - 1) * 100, 0, "%")

    def _least_row(self) -> float:
        return self._theme.line_px("body") + self._theme.space("xs")

    def shown_count(self) -> int:
        """How many whole rows fit."""
        return min(len(self._rows), int(self.height() // self._least_row()))

    def _row_height(self) -> float:
        return min(self.height() / max(1, self.shown_count()), self._least_row() * 1.5)

    def sizeHint(self) -> QSize:
        theme = self._theme
        name = max((text_width(theme.font("body"), r.name) for r in self._rows), default=0.0)
        number, change = self._column_widths()
        width = name + number + change + 3 * theme.space("s")
        return QSize(int(width) + 1, int(self._least_row() * len(self._rows)) + 1)

    def _column_widths(self) -> tuple[float, float]:
        """Widths of number and change."""
        strong, small = self._theme.font("body", "number"), self._theme.font("caption", "number")
        number = max((text_width(strong, format_count(r.n)) for r in self._rows), default=0.0)
        change = max((text_width(small, self._change(r)) for r in self._rows), default=0.0)
        return number, change

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 5, int(self._least_row() * min(3, len(self._rows))))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, shown = self._row_height(), self.shown_count()
        strong, small = theme.font("body", "number"), theme.font("caption")
        number, change = self._column_widths()
        gap = theme.space("s")
        for index, row in enumerate(self._rows[:shown]):
            box = QRectF(0, index * height, self.width(), height)
            role, font = ("text.primary", theme.font("caption", "number")) if row.surge else ("text.tertiary", small)
            if row.surge and theme.name == "dark":
                role = "sla.risk"
            draw_text(painter, box, self._change(row), font, theme.color(role), RIGHT)
            value = box.adjusted(0, 0, -(change + gap * 1.5), 0)
            value_role = "text.secondary" if self._dimmed else "text.primary"
            draw_text(painter, value, format_count(row.n), strong, theme.color(value_role), RIGHT)
            name = value.adjusted(0, 0, -(number + gap), 0)
            named = theme.font("body")
            if text_width(named, row.name) > name.width():
                named = theme.font("caption")
            text = elided_inside(named, row.name, name.width())
            draw_text(painter, name, text, named, theme.color("text.primary"))
            if index < shown - 1:
                hair_line(painter, theme, 0, box.bottom() - theme.pen("hair") / 2, self.width())
        painter.end()

    def mouseReleaseEvent(self, event) -> None:
        index = int(event.position().y() // max(1.0, self._row_height()))
        if not self._theme.is_wall and 0 <= index < self.shown_count():
            self.row_activated.emit(self._rows[index].name)

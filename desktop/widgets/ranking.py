"""A ranking with its error: rank range, name, 95 % interval around the value, percent, volume, dashed target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.chart_pens import target_pen
from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import RIGHT, draw_text, format_count, format_percent, text_width
from desktop.widgets.values import DASH
from desktop.widgets.wording import sentences


@dataclass(frozen=True, slots=True)
class RankRow:
    """One area or unit; value, low and high in percent. Ranks None = too few cases to rank."""

    rank_low: int | None
    rank_high: int | None
    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None

    @property
    def rank(self) -> str:
        """ "1–6", "3", or "–" for unranked."""
        if self.rank_low is None or self.rank_high is None:
            return DASH
        return str(self.rank_low) if self.rank_low == self.rank_high else f"{self.rank_low}–{self.rank_high}"


class Ranking(ThemedWidget):
    """Rows are cut at whole rows and the cut is said ("8 / 23"). Ranges that overlap are not a ranking."""

    row_activated = Signal(str)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._unit = "%"
        self._rows: tuple[RankRow, ...] = ()
        self._target: float | None = None
        self._axis = (0.0, 100.0)
        self._dimmed = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_rows(
        self,
        rows: Sequence[RankRow],
        target: float | None = None,
        axis: tuple[float, float] | None = None,
        unit: str = "%",
    ) -> None:
        """Rows in order; `axis` fixes the percent range of the interval column, else it spans the data. A score has no unit."""
        self._unit = unit
        self._rows, self._target = tuple(rows), target
        self._axis = axis or self._span()
        self.setAccessibleName(sentences(self._spoken(row) for row in self._rows[:10]))
        self.updateGeometry()
        self.update()

    def set_dimmed(self, dimmed: bool) -> None:
        """Late data."""
        self._dimmed = dimmed
        self.update()

    def shown_count(self) -> int:
        """How many whole rows fit."""
        fit = int(self.height() // self._least_row())
        if fit >= len(self._rows):
            return len(self._rows)
        return max(0, fit - 1)  # the last line says how many are not shown

    def _spoken(self, row: RankRow) -> str:
        percent = DASH if row.value is None else f"{format_percent(row.value, 1)}{self._unit}"
        return self.tr("第 {rank} 名 {name} {percent}，{n} 件").format(
            rank=row.rank, name=row.name, percent=percent, n=format_count(row.n)
        )

    def _span(self) -> tuple[float, float]:
        values = [v for r in self._rows for v in (r.low, r.high) if v is not None]
        values += [self._target] if self._target is not None else []
        if not values:
            return 0.0, 100.0
        low, high = min(values), max(values)
        pad = max(0.5, (high - low) * 0.06)
        return low - pad, high + pad

    def _least_row(self) -> float:
        return self._theme.line_px("body")

    def _row_height(self) -> float:
        shown = self.shown_count()
        lines = shown + (1 if shown < len(self._rows) else 0)
        return min(self.height() / max(1, lines), self._least_row() * 1.5)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, int(self._least_row() * len(self._rows)) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 9, int(self._least_row() * min(3, len(self._rows))))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, shown = self._row_height(), self.shown_count()
        columns = self._columns()
        axis = columns[2]
        if self._target is not None and shown:
            x = self._x(self._target, axis)
            painter.setPen(target_pen(theme, self._dimmed))
            painter.drawLine(QPointF(x, 0), QPointF(x, height * shown))
        for index, row in enumerate(self._rows[:shown]):
            self._paint_row(painter, row, index * height, height, columns)
        if shown < len(self._rows):
            text = self.tr("{n} / {total}").format(n=shown, total=len(self._rows))
            box = QRectF(0, shown * height, self.width(), height)
            draw_text(painter, box, text, theme.font("caption"), theme.color("text.tertiary"), RIGHT)
        painter.end()

    def _columns(self) -> tuple[tuple[float, float], ...]:
        """(left, right) of rank, name, interval, percent, volume."""
        theme = self._theme
        font, strong = theme.font("body"), theme.font("body", "number")
        gap = theme.space("m")
        rank = max((text_width(font, r.rank) for r in self._rows), default=0.0)
        name = max((text_width(font, r.name) for r in self._rows), default=0.0)
        percent = text_width(strong, "100.0%")
        volume = max((text_width(font, format_count(r.n)) for r in self._rows), default=0.0)
        right = float(self.width())
        n_col = (right - volume, right)
        percent_col = (n_col[0] - gap * 1.5 - percent, n_col[0] - gap * 1.5)
        name_left = rank + gap
        name_col = (name_left, min(name_left + name, max(name_left, percent_col[0] - 5 * gap)))
        axis_col = (name_col[1] + gap, max(name_col[1] + gap, percent_col[0] - gap))
        return (0.0, rank), name_col, axis_col, percent_col, n_col

    def _x(self, value: float, axis: tuple[float, float]) -> float:
        low, high = self._axis
        share = (value - low) / (high - low) if high > low else 0.5
        return axis[0] + min(1.0, max(0.0, share)) * (axis[1] - axis[0])

    def _paint_row(self, painter: QPainter, row: RankRow, top: float, height: float, columns) -> None:
        theme = self._theme
        rank, name, axis, percent, volume = (QRectF(a, top, b - a + 1, height) for a, b in columns)
        font = theme.font("body")
        draw_text(painter, rank, row.rank, font, theme.color("text.secondary"))
        draw_text(painter, name, row.name, font, theme.color("text.primary"))
        role = "text.secondary" if self._dimmed else "text.primary"
        value = DASH if row.value is None else f"{format_percent(row.value, 1)}{self._unit}"
        draw_text(painter, percent, value, theme.font("body", "number"), theme.color(role), RIGHT)
        draw_text(painter, volume, format_count(row.n), font, theme.color("text.tertiary"), RIGHT)
        if row.value is None:
            return
        y = axis.center().y()
        span = (axis.left(), axis.right())
        if row.low is not None and row.high is not None:
            painter.setPen(QPen(theme.color("chart.s1", 0.45 if self._dimmed else 0.65), theme.pen("whisker")))
            painter.drawLine(QPointF(self._x(row.low, span), y), QPointF(self._x(row.high, span), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("chart.s1", 0.7 if self._dimmed else 1.0))
        radius = theme.glyph_px * (0.32 if theme.is_wall else 0.36)
        painter.drawEllipse(QPointF(self._x(row.value, span), y), radius, radius)

    def mouseReleaseEvent(self, event) -> None:
        index = int(event.position().y() // max(1.0, self._row_height()))
        if not self._theme.is_wall and 0 <= index < self.shown_count():
            self.row_activated.emit(self._rows[index].name)

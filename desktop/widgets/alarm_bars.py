"""Alarms per ten minutes over four hours, stacked by severity, against the two limits; and the cells of a seat's load. Painting only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import CENTER, RIGHT, draw_text, fill_rounded, paint_focus, text_width
from desktop.widgets.wording import listed

ORDER = ("critical", "major", "minor", "info")
GRID_STEP = 5


@dataclass(frozen=True, slots=True)
class AlarmSpan:
    """One span of time: its begin as printed, and how many rang by severity."""

    time: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class AlarmBars(ThemedWidget):
    """The worst severity stands at the foot of its bar, so that a red foot is never hidden under a tall bar."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._spans: tuple[AlarmSpan, ...] = ()
        self._end = ""
        self._flood, self._manageable = 10, 2
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_spans(self, spans: Sequence[AlarmSpan], end: str, flood: int, manageable: int) -> None:
        """Oldest first. `end`: now, as printed under the axis."""
        values = (tuple(spans), end, flood, manageable)
        if values == (self._spans, self._end, self._flood, self._manageable):
            return
        self._spans, self._end, self._flood, self._manageable = values
        most = max((span.total for span in self._spans), default=0)
        total = sum(span.total for span in self._spans)
        self.setAccessibleName(self.tr("近四小时告警 {total} 条，十分钟最多 {most} 条").format(total=total, most=most))
        self.update()

    def twin(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The chart as a table (Alt T)."""
        head = (self.tr("起"), *(self._theme.status("alarm", name).word for name in ORDER))
        return head, tuple((s.time, *(str(s.counts.get(name, 0)) for name in ORDER)) for s in self._spans)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 14, self._theme.line_px("caption") * 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, self._theme.line_px("caption") * 4)

    def _top(self) -> int:
        """End of the axis: whole steps of five, above both the limit and the tallest bar."""
        most = max((span.total for span in self._spans), default=0)
        step = self._step(most)
        return max(-(-(self._flood + 1) // step) * step, -(-(most + 1) // step) * step)

    def _step(self, most: int) -> int:
        """At most four labels, each a multiple of five."""
        highest = max(most, self._flood) + 1
        return GRID_STEP * -(-highest // (GRID_STEP * 4))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        font, quiet = theme.font("caption"), theme.color("text.tertiary")
        limits = (self.tr("泛滥 {n}").format(n=self._flood), self.tr("可处理 {n}").format(n=self._manageable))
        left = text_width(font, str(self._top())) + theme.space("s")
        right = max(text_width(font, text) for text in limits) + theme.space("s")
        foot = theme.line_px("caption")
        plot = QRectF(left, foot / 2, max(1.0, self.width() - left - right), max(1.0, self.height() - foot * 1.5))
        step = self._step(max((span.total for span in self._spans), default=0))
        for value in range(0, self._top() + 1, step):
            y = self._y(plot, value)
            label = QRectF(0, y - foot / 2, left - theme.space("xs"), foot)
            draw_text(painter, label, str(value), font, quiet, RIGHT)
        self._paint_bars(painter, plot)
        for value, text in zip((self._flood, self._manageable), limits, strict=True):
            near = self._y(plot, self._manageable) - self._y(plot, self._flood) < foot
            self._paint_limit(painter, plot, value, "" if near and value == self._manageable else text)
        self._paint_times(painter, plot, foot)
        painter.end()

    def _y(self, plot: QRectF, value: float) -> float:
        return plot.bottom() - plot.height() * value / self._top()

    def _paint_bars(self, painter: QPainter, plot: QRectF) -> None:
        if not self._spans:
            return
        theme = self._theme
        step = plot.width() / len(self._spans)
        gap = min(step * 0.25, float(theme.space("xs")))
        for place, span in enumerate(self._spans):
            low = 0
            for name in ORDER:
                count = span.counts.get(name, 0)
                if count:
                    top, bottom = self._y(plot, low + count), self._y(plot, low)
                    box = QRectF(plot.left() + place * step, top, step - gap, bottom - top - theme.pen("hair"))
                    painter.fillRect(box, theme.color(f"alarm.{name}"))
                    low += count

    def _paint_limit(self, painter: QPainter, plot: QRectF, value: int, text: str) -> None:
        theme = self._theme
        y = self._y(plot, value)
        pen = QPen(theme.color("text.secondary"), theme.pen("hair"), Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        height = theme.line_px("caption")
        room = QRectF(plot.right() + theme.space("xs"), y - height / 2, self.width() - plot.right(), height)
        draw_text(painter, room, text, theme.font("caption"), theme.color("text.secondary"))

    def _paint_times(self, painter: QPainter, plot: QRectF, foot: float) -> None:
        theme = self._theme
        font, quiet = theme.font("caption"), theme.color("text.tertiary")
        amount = len(self._spans)
        for place in range(0, amount, 6):
            x = plot.left() + plot.width() * place / amount
            width = text_width(font, self._spans[place].time) + 2
            room = QRectF(max(plot.left(), x - width / 2), plot.bottom() + theme.space("xs"), width, foot)
            draw_text(painter, room, self._spans[place].time, font, quiet)
        end = QRectF(plot.left(), plot.bottom() + theme.space("xs"), plot.width(), foot)
        draw_text(painter, end, self._end, font, quiet, RIGHT)


class SeverityLegend(ThemedWidget):
    """Shape and word of each severity."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(listed(theme.status("alarm", name).word for name in ORDER))

    def _width_of(self, name: str) -> float:
        theme = self._theme
        word = theme.status("alarm", name).word
        return theme.glyph_px * 0.8 + theme.space("xs") + text_width(theme.font("caption"), word) + theme.space("m")

    def sizeHint(self) -> QSize:
        return QSize(round(sum(map(self._width_of, ORDER))) + 1, self._theme.line_px("caption"))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        side, x = theme.glyph_px * 0.8, 0.0
        for name in ORDER:
            paint_status(painter, theme, "alarm", name, QRectF(x, (self.height() - side) / 2, side, side))
            room = QRectF(x + side + theme.space("xs"), 0, self._width_of(name), self.height())
            word = theme.status("alarm", name).word
            draw_text(painter, room, word, theme.font("caption"), theme.color("text.secondary"))
            x += self._width_of(name)
        painter.end()


def paint_cells(painter: QPainter, theme: Theme, box: QRectF, count: int, limit: int) -> float:
    """`limit` cells, `count` of them filled; full is a flood. Returns the x after the last one."""
    side = box.height()
    gap = theme.space("xs") * 0.75
    width = min(side * 2.0, (box.width() + gap) / max(1, limit) - gap)
    flood = count >= limit
    for place in range(limit):
        role = ("alarm.critical" if flood else "text.primary") if place < count else "line.strong"
        cell = QRectF(box.left() + place * (width + gap), box.top(), width, side)
        fill_rounded(painter, cell, theme.radius("control") / 2, theme.color(role))
    return box.left() + limit * (width + gap)


class LoadCells(ThemedWidget):
    """The cells alone, as wide as they may be."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._count, self._limit = 0, 10
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_load(self, count: int, limit: int) -> None:
        self._count, self._limit = count, limit
        self.setAccessibleName(self.tr("{count} / {limit} 格").format(count=count, limit=limit))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 9, self._theme.px("body"))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_cells(painter, self._theme, QRectF(self.rect()), self._count, self._limit)
        painter.end()


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat: name as printed, alarms in ten minutes, a word beside."""

    seat: str
    text: str
    count: int
    limit: int
    note: str = ""


class SeatLoads(ThemedWidget):
    """Load of each seat; a click, or Enter on a row, chooses one to hand an alarm to."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[SeatLine, ...] = ()
        self._row = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def set_lines(self, lines: Sequence[SeatLine]) -> None:
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        self._row = min(self._row, max(0, len(lines) - 1))
        self.setAccessibleName(listed(f"{line.text} {line.count} / {line.limit} {line.note}".strip() for line in lines))
        self.updateGeometry()
        self.update()

    def lines(self) -> tuple[SeatLine, ...]:
        return self._lines

    def _height(self) -> int:
        return self._theme.row("compact")

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 15, self._height() * max(1, len(self._lines)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, self._height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font("small")
        name = max((text_width(font, line.text) for line in self._lines), default=0.0) + theme.space("l")
        for place, line in enumerate(self._lines):
            box = QRectF(0, place * self._height(), self.width(), self._height())
            draw_text(painter, box, line.text, font, theme.color("text.primary"))
            side = theme.px("caption")
            tail = theme.space("xl") * 4.0
            cells = QRectF(name, box.center().y() - side / 2, max(1.0, self.width() - name - tail), side)
            paint_cells(painter, theme, cells, line.count, line.limit)
            number = QRectF(self.width() - tail, box.top(), theme.space("xl") * 1.6, box.height())
            draw_text(
                painter, number, str(line.count), theme.font("small", "number"), theme.color("text.primary"), CENTER
            )
            note = QRectF(number.right(), box.top(), self.width() - number.right(), box.height())
            draw_text(painter, note, line.note, theme.font("caption"), theme.color("text.tertiary"))
            if self.hasFocus() and place == self._row:
                paint_focus(painter, theme, box)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._lines:
            self._row = min(max(self._row + step, 0), len(self._lines) - 1)
            self.setAccessibleDescription(self._lines[self._row].text)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._lines:
            self.chosen.emit(self._lines[self._row].seat)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().y() // self._height())
        if 0 <= place < len(self._lines):
            self.chosen.emit(self._lines[place].seat)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.update()

"""Painted lines of figures: the further rates (walked and opened by key) and parts of a whole with bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.views.kpi_board.board_values import RateRow, ShareRow
from desktop.widgets.base import ThemedWidget
from desktop.widgets.charts.bars import Bar, least_line, paint_bar
from desktop.widgets.painting import RIGHT, draw_text, format_count, format_percent, hair_line, text_width
from desktop.widgets.values import DASH
from desktop.widgets.wording import listed

NAME_LEAST = 5
"""Characters of a name that are worth more than the fraction beside it."""
OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class _Lines(ThemedWidget):
    """Lines of one height; more room spreads them a little, less room cuts them at whole lines and says so."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._dimmed = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_dimmed(self, dimmed: bool) -> None:
        """Late data."""
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self.update()

    def count(self) -> int:
        raise NotImplementedError

    def shown_count(self) -> int:
        fit = int(self.height() // self._least())
        return self.count() if fit >= self.count() else max(0, fit - 1)

    def _least(self) -> float:
        return least_line(self._theme)

    def _line_height(self) -> float:
        shown = self.shown_count()
        lines = shown + (1 if shown < self.count() else 0)
        return min(self.height() / max(1, lines), self._least() * 1.4)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 9, int(self._least() * self.count()) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 6, int(self._least() * min(3, self.count())))

    def _value_role(self) -> str:
        return "text.secondary" if self._dimmed else "text.primary"

    def _paint_line(self, painter: QPainter, index: int, box: QRectF) -> None:
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, shown = self._line_height(), self.shown_count()
        for index in range(shown):
            self._paint_line(painter, index, QRectF(0, index * height, self.width(), height))
            if index < shown - 1:
                hair_line(painter, theme, 0, (index + 1) * height - theme.pen("hair") / 2, self.width())
        if shown < self.count():
            text = self.tr("{n} / {total}").format(n=shown, total=self.count())
            box = QRectF(0, shown * height, self.width(), height)
            draw_text(painter, box, text, theme.font("caption"), theme.color("text.tertiary"), RIGHT)
        painter.end()


class ShareList(_Lines):
    """来源构成: name, bar, number, share. `row_activated(index)` by a click; keys go through the table twin."""

    row_activated = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[ShareRow, ...] = ()
        self._bars: tuple[Bar, ...] = ()

    def set_rows(self, rows: Sequence[ShareRow]) -> None:
        """All parts, in order."""
        self._rows = tuple(rows)
        self._bars = tuple(
            Bar(row.name, format_count(row.n), None if row.share is None else row.share / 100, _share(row))
            for row in self._rows
        )
        self.setAccessibleName(listed(f"{row.name} {format_count(row.n)} {_share(row)}" for row in self._rows))
        self.updateGeometry()
        self.update()

    def count(self) -> int:
        return len(self._rows)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = int(event.position().y() // max(1.0, self._line_height()))
        if not self._theme.is_wall and 0 <= index < self.shown_count():
            self.row_activated.emit(index)

    def _paint_line(self, painter: QPainter, index: int, box: QRectF) -> None:
        paint_bar(painter, box, self._theme, self._bars, index, dimmed=self._dimmed)


def _share(row: ShareRow) -> str:
    return DASH if row.share is None else f"{format_percent(row.share, 1)}%"


class RateList(_Lines):
    """The further rates. ↑ ↓ walk its lines, Enter opens what is behind the current one."""

    activated = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[RateRow, ...] = ()
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if theme.is_wall else Qt.FocusPolicy.StrongFocus)

    def set_rows(self, rows: Sequence[RateRow]) -> None:
        """The rows; the current line stays with its rate."""
        before = self.current_id()
        self._rows = tuple(rows)
        ids = [row.kpi_id for row in self._rows]
        self._current = ids.index(before) if before in ids else min(self._current, max(0, len(ids) - 1))
        self._describe()
        self.updateGeometry()

    def count(self) -> int:
        return len(self._rows)

    def _least(self) -> float:
        # Without bars the lines may stand closer: at a desk all of them have to fit, for a cut one cannot be opened.
        return self._theme.line_px("body") + self._theme.space("xs") / 2

    def current_id(self) -> str:
        return self._rows[self._current].kpi_id if self._rows else ""

    def restyle(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if self._theme.is_wall else Qt.FocusPolicy.StrongFocus)

    def _describe(self) -> None:
        self.setAccessibleName(self._rows[self._current].spoken if self._rows else "")
        self.update()

    def _paint_line(self, painter: QPainter, index: int, box: QRectF) -> None:
        theme, row = self._theme, self._rows[index]
        if self.hasFocus() and index == self._current:
            painter.fillRect(box, theme.component("table", "selected"))
            edge = QRectF(box.left(), box.top(), theme.pen("focus") * 1.5, box.height())
            painter.fillRect(edge, theme.component("table", "selected_edge"))
        box = box.adjusted(theme.space("s"), 0, -theme.space("xs"), 0)
        strong, small = theme.font("body", "number"), theme.font("caption")
        value = max(text_width(strong, r.value) for r in self._rows)
        change = max(text_width(small, r.change or DASH) for r in self._rows)
        gap = theme.space("m")
        draw_text(painter, box, row.change or DASH, small, theme.color("text.tertiary"), RIGHT)
        box.setRight(box.right() - change - gap)
        draw_text(painter, box, row.value, strong, theme.color(self._value_role()), RIGHT)
        box.setRight(box.right() - value - gap)
        room = text_width(small, row.fraction) + gap
        # A number without its name says nothing: where there is no room for both, the fraction gives way.
        if box.width() - room >= min(text_width(theme.font("body"), row.name), NAME_LEAST * theme.px("body")):
            draw_text(painter, box, row.fraction, small, theme.color("text.tertiary"), RIGHT)
            box.setRight(box.right() - room)
        draw_text(painter, box, row.name, theme.font("body"), theme.color("text.primary"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        target = self._current + step
        if step and 0 <= target < self.shown_count():
            self._current = target
            self._describe()
        elif event.key() in OPEN_KEYS and self._rows:
            self.activated.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = int(event.position().y() // max(1.0, self._line_height()))
        if not self._theme.is_wall and 0 <= index < self.shown_count():
            self._current = index
            self._describe()
            self.activated.emit(self.current_id())

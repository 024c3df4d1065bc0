"""Things that wait for a person, two lines each: glyph, title and time above, why below. Arrows or a click select."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import RIGHT, draw_text, hair_line, text_width


@dataclass(frozen=True, slots=True)
class Case:
    """One entry, as printed. `status` = (kind, state) of its glyph."""

    id: str
    title: str
    note: str
    time: str
    status: tuple[str, str] | None = None


class CaseList(ThemedWidget):
    """Grows with its entries; put it into a scroll area. `selected` carries the id of the current one."""

    selected = Signal(str)

    def __init__(self, theme: Theme, name: str, parent=None) -> None:
        super().__init__(theme, parent)
        self._cases: tuple[Case, ...] = ()
        self._current = ""
        self._hover = -1
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_cases(self, cases: Sequence[Case]) -> None:
        """All of them, in order. The current one stays current where it is still among them."""
        grew = len(cases) != len(self._cases)
        self._cases = tuple(cases)
        if grew:
            self.updateGeometry()
        self._describe()

    def set_current(self, case_id: str) -> None:
        """Which one is open; "" for none."""
        self._current = case_id
        self._describe()

    def current(self) -> str:
        return self._current

    def row_rect(self, index: int) -> QRectF:
        """Where an entry is painted."""
        return QRectF(0, index * self._row(), self.width(), self._row())

    def _row(self) -> int:
        theme = self._theme
        return theme.line_px("body") + theme.line_px("caption") + theme.space("m")

    def _describe(self) -> None:
        case = next((case for case in self._cases if case.id == self._current), None)
        self.setAccessibleDescription("" if case is None else f"{case.title} {case.note}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, self._row() * len(self._cases))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 6, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        for index, case in enumerate(self._cases):
            self._paint_row(painter, self.row_rect(index), case, index == self._hover)
        painter.end()

    def _paint_row(self, painter: QPainter, box: QRectF, case: Case, hovered: bool) -> None:
        theme = self._theme
        current = case.id == self._current
        if current or hovered:
            painter.fillRect(box, theme.component("table", "selected" if current else "hover"))
        if current:
            painter.fillRect(QRectF(0, box.top(), 3, box.height()), theme.component("table", "selected_edge"))
            if self.hasFocus():
                painter.setPen(QPen(theme.color("line.focus"), theme.pen("focus")))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(1, 1, -1, -1))
        inner = box.adjusted(theme.space("page"), theme.space("xs"), -theme.space("page"), -theme.space("xs"))
        upper = QRectF(inner.left(), inner.top(), inner.width(), theme.line_px("body"))
        side = theme.glyph_px
        if case.status is not None:
            glyph = QRectF(upper.left(), upper.center().y() - side / 2, side, side)
            paint_status(painter, theme, *case.status, glyph)
        indent = side + theme.space("s")
        time_width = text_width(theme.font("caption"), case.time)
        draw_text(painter, upper, case.time, theme.font("caption"), theme.color("text.tertiary"), RIGHT)
        title = upper.adjusted(indent, 0, -time_width - theme.space("s"), 0)
        draw_text(painter, title, case.title, theme.font("body", "title"), theme.color("text.primary"))
        lower = QRectF(inner.left() + indent, upper.bottom(), inner.width() - indent, theme.line_px("caption"))
        draw_text(painter, lower, case.note, theme.font("caption"), theme.color("text.secondary"))
        hair_line(painter, theme, inner.left(), box.bottom() - theme.pen("hair"), inner.right())

    def _index_at(self, y: float) -> int:
        index = int(y // self._row())
        return index if 0 <= index < len(self._cases) else -1

    def _choose(self, index: int) -> None:
        if 0 <= index < len(self._cases):
            self.set_current(self._cases[index].id)
            self.selected.emit(self._current)

    def mouseMoveEvent(self, event) -> None:
        index = self._index_at(event.position().y())
        if index != self._hover:
            self._hover = index
            self.update()

    def leaveEvent(self, event) -> None:
        self._hover = -1
        self.update()

    def mousePressEvent(self, event) -> None:
        self._choose(self._index_at(event.position().y()))

    def keyPressEvent(self, event) -> None:
        at = next((i for i, case in enumerate(self._cases) if case.id == self._current), -1)
        if event.key() == Qt.Key.Key_Down:
            self._choose(min(at + 1, len(self._cases) - 1))
        elif event.key() == Qt.Key.Key_Up:
            self._choose(max(at - 1, 0))
        else:
            super().keyPressEvent(event)

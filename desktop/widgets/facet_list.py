"""A group of check boxes with counts, for example 来源; the counts of a group sum to the view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import RIGHT, draw_text, fill_rounded, format_count, text_width


@dataclass(frozen=True, slots=True)
class FacetItem:
    """One value of the facet."""

    id: str
    text: str
    count: int | None = None
    checked: bool = True


class FacetList(ThemedWidget):
    """Space or a click toggles; a double click keeps only that one. The view answers `changed`."""

    changed = Signal(tuple)

    def __init__(self, theme: Theme, title: str, parent=None) -> None:
        super().__init__(theme, parent)
        self._title = title
        self._items: tuple[FacetItem, ...] = ()
        self._cursor = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_items(self, items: Sequence[FacetItem]) -> None:
        """All values in their fixed order."""
        if tuple(items) == self._items:
            return
        grew = len(items) != len(self._items)
        self._items = tuple(items)
        self._cursor = min(self._cursor, max(0, len(self._items) - 1))
        if grew:
            self.updateGeometry()
        self._describe()

    def checked_ids(self) -> tuple[str, ...]:
        """The ids that are ticked."""
        return tuple(item.id for item in self._items if item.checked)

    def total(self) -> int:
        """The sum of the known counts."""
        return sum(item.count or 0 for item in self._items)

    def _describe(self) -> None:
        self.setAccessibleName(self._title)
        if self._items:
            item = self._items[self._cursor]
            state = self.tr("已选") if item.checked else self.tr("未选")
            self.setAccessibleDescription(f"{item.text} {format_count(item.count)} {state}")
        self.update()

    def _row(self) -> int:
        return self._theme.row("compact") - self._theme.space("xs") // 2

    def row_rect(self, index: int) -> QRectF:
        """Where an item is painted; -1 = the title."""
        return QRectF(0, (index + 1) * self._row(), self.width(), self._row())

    def sizeHint(self) -> QSize:
        widest = max((text_width(self._theme.font("body"), i.text) for i in self._items), default=0.0)
        return QSize(int(widest) + self._theme.space("xl") * 6, self._row() * (len(self._items) + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 5, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pad = theme.space("page")
        head = self.row_rect(-1).adjusted(pad, 0, -pad, 0)
        draw_text(painter, head, self._title, theme.font("small"), theme.color("text.secondary"))
        for index, item in enumerate(self._items):
            self._paint_item(painter, index, item)
        painter.end()

    def _paint_item(self, painter: QPainter, index: int, item: FacetItem) -> None:
        theme = self._theme
        inner = self.row_rect(index).adjusted(theme.space("page"), 0, -theme.space("page"), 0)
        side = theme.px("title")
        box = QRectF(inner.left(), round(inner.center().y() - side / 2), side, side)
        if item.checked:
            fill_rounded(painter, box, 3, theme.color("text.tertiary"))
            painter.setPen(QPen(theme.color("surface.app"), 1.8))
            tick = [(0.24, 0.52), (0.43, 0.7), (0.77, 0.32)]
            painter.drawPolyline(QPolygonF([QPointF(box.left() + x * side, box.top() + y * side) for x, y in tick]))
        else:
            painter.setPen(QPen(theme.color("text.tertiary"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if self.hasFocus() and index == self._cursor:
            painter.setPen(QPen(theme.color("line.focus"), theme.pen("focus")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), 4, 4)
        count = format_count(item.count)
        draw_text(painter, inner, count, theme.font("small"), theme.color("text.tertiary"), RIGHT)
        text = inner.adjusted(side + theme.space("s"), 0, -text_width(theme.font("small"), count) - theme.space("s"), 0)
        draw_text(painter, text, item.text, theme.font("body"), theme.color("text.primary"))

    def _toggle(self, index: int) -> None:
        if not 0 <= index < len(self._items):
            return
        self._cursor = index
        item = self._items[index]
        self._replace(tuple(replace(i, checked=not i.checked) if i is item else i for i in self._items))

    def _only(self, index: int) -> None:
        if 0 <= index < len(self._items):
            self._replace(tuple(replace(i, checked=n == index) for n, i in enumerate(self._items)))

    def _replace(self, items: tuple[FacetItem, ...]) -> None:
        self._items = items
        self._describe()
        self.changed.emit(self.checked_ids())

    def mousePressEvent(self, event) -> None:
        self._toggle(int(event.position().y() // self._row()) - 1)

    def mouseDoubleClickEvent(self, event) -> None:
        self._only(int(event.position().y() // self._row()) - 1)

    def keyPressEvent(self, event) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(event.key(), 0)
        if step:
            self._cursor = max(0, min(len(self._items) - 1, self._cursor + step))
            self._describe()
        elif event.key() == Qt.Key.Key_Space:
            self._toggle(self._cursor)
        else:
            super().keyPressEvent(event)

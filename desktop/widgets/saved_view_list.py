"""The saved views of the queue: glyph, name, count; the current one with an edge. Keys 1–9 are the view's matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import RIGHT, draw_text, format_count, text_width


@dataclass(frozen=True, slots=True)
class SavedView:
    """One saved view. `status` = (kind, state) of its glyph."""

    id: str
    name: str
    count: int | None = None
    status: tuple[str, str] | None = None


class SavedViewList(ThemedWidget):
    """Painted list; arrows and Enter or a click select."""

    selected = Signal(str)
    add_requested = Signal()

    def __init__(self, theme: Theme, title: str, can_add: bool = True, parent=None) -> None:
        super().__init__(theme, parent)
        self._title, self._can_add = title, can_add
        self._views: tuple[SavedView, ...] = ()
        self._current = ""
        self._hover = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_views(self, views: Sequence[SavedView]) -> None:
        """All views in order."""
        if tuple(views) == self._views:
            return
        grew = len(views) != len(self._views)
        self._views = tuple(views)
        if grew:
            self.updateGeometry()
        self._describe()

    def set_current(self, view_id: str) -> None:
        """Which one is open."""
        if view_id != self._current:
            self._current = view_id
            self._describe()

    def _describe(self) -> None:
        current = next((v for v in self._views if v.id == self._current), None)
        chosen = "" if current is None else f"{current.name} {format_count(current.count)}"
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(chosen)
        self.update()

    def _row(self) -> int:
        return self._theme.row("compact") + self._theme.space("xs") // 2

    def row_rect(self, index: int) -> QRectF:
        """Where a view is painted; -1 = the title."""
        return QRectF(0, (index + 1) * self._row(), self.width(), self._row())

    def sizeHint(self) -> QSize:
        theme = self._theme
        widest = max((text_width(theme.font("body"), v.name) for v in self._views), default=0.0)
        width = widest + 2 * theme.space("l") + theme.glyph_px + theme.space("xl") * 3
        return QSize(int(width), self._row() * (len(self._views) + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 5, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        pad = theme.space("page")
        head = self.row_rect(-1).adjusted(pad, 0, -pad, 0)
        draw_text(painter, head, self._title, theme.font("small"), theme.color("text.secondary"))
        if self._can_add:
            side = theme.px("title")
            pixmap = theme.icon_pixmap("plus", "text.secondary", side, self.devicePixelRatioF())
            painter.drawPixmap(round(head.right() - side), round(head.center().y() - side / 2), pixmap)
        for index, view in enumerate(self._views):
            self._paint_row(painter, index, view)
        painter.end()

    def _paint_row(self, painter: QPainter, index: int, view: SavedView) -> None:
        theme = self._theme
        box = self.row_rect(index)
        current = view.id == self._current
        if current or index == self._hover:
            part = "selected" if current else "hover"
            painter.fillRect(box, theme.component("table", part))
        if current:
            painter.fillRect(QRectF(0, box.top(), 3, box.height()), theme.component("table", "selected_edge"))
            if self.hasFocus():
                painter.setPen(QPen(theme.color("line.focus"), theme.pen("focus")))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(1, 1, -1, -1))
        inner = box.adjusted(theme.space("page"), 0, -theme.space("page"), 0)
        side = theme.glyph_px * 0.9
        if view.status is not None:
            glyph = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
            paint_status(painter, theme, *view.status, glyph)
        name = inner.adjusted(theme.glyph_px + theme.space("xs"), 0, 0, 0)
        count = format_count(view.count)
        width = text_width(theme.font("body", "label"), count)
        name.setRight(inner.right() - width - theme.space("s"))
        role = "text.primary" if current else "text.secondary"
        draw_text(painter, name, view.name, theme.font("body"), theme.color(role))
        draw_text(painter, inner, count, theme.font("body"), theme.color("text.primary"), RIGHT)

    def _index_at(self, y: float) -> int:
        index = int(y // self._row()) - 1
        return index if 0 <= index < len(self._views) else -1

    def _choose(self, index: int) -> None:
        if 0 <= index < len(self._views):
            self.set_current(self._views[index].id)
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
        head = self.row_rect(-1)
        near_plus = event.position().x() > head.right() - self._theme.space("page") * 2 - self._theme.px("title")
        if head.contains(event.position()) and near_plus and self._can_add:
            self.add_requested.emit()
            return
        self._choose(self._index_at(event.position().y()))

    def keyPressEvent(self, event) -> None:
        at = next((i for i, v in enumerate(self._views) if v.id == self._current), -1)
        if event.key() == Qt.Key.Key_Down:
            self._choose(min(at + 1, len(self._views) - 1))
        elif event.key() == Qt.Key.Key_Up:
            self._choose(max(at - 1, 0))
        else:
            super().keyPressEvent(event)

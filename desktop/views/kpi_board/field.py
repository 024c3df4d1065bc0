"""Lays the tiles and cards of the board out in rows that break when it is narrow, and walks them with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.widgets.base import ThemedWidget

NARROW = 48
"""Below this many xl spaces a row is broken into two."""
Slots = Sequence[tuple[QWidget, int]]
"""Widgets of a row and their shares of its width."""

_DIRECTIONS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


class _Row(QWidget):
    """One row of the field; narrow, it becomes two rows of half as many."""

    def __init__(self, slots: Slots, gap: int) -> None:
        super().__init__()
        self._slots = tuple(slots)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        self._narrow: bool | None = None
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        columns = -(-len(self._slots) // 2) if narrow else len(self._slots)
        for index, (widget, share) in enumerate(self._slots):
            self._grid.addWidget(widget, index // columns, index % columns)
            self._grid.setColumnStretch(index % columns, share)
        for column in range(columns, len(self._slots)):
            self._grid.setColumnStretch(column, 0)


class Field(ThemedWidget):
    """`focus_moved` names the widget that the keys have come to, so that it can be scrolled into view."""

    focus_moved = Signal(QWidget)

    def __init__(self, theme, rows: Sequence[tuple[Slots, int]], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._column = column = QVBoxLayout(self)
        self._rows: list[_Row] = []
        for slots, stretch in rows:
            row = _Row(slots, theme.space("gutter"))
            self._rows.append(row)
            column.addWidget(row, stretch)
        self._stops = [widget for slots, _ in rows for widget, _ in slots]
        self.restyle()

    def restyle(self) -> None:
        theme = self._theme
        column = self._column
        pad = theme.space("page")
        column.setContentsMargins(*((0, 0, 0, 0) if theme.is_wall else (pad, theme.space("m"), pad, theme.space("m"))))
        column.setSpacing(theme.space("gutter"))

    def stops(self) -> list[QWidget]:
        """Everything the keys can come to, in reading order."""
        found: list[QWidget] = []
        for widget in self._stops:
            inner = [child for child in widget.findChildren(QWidget) if _takes_focus(child)]
            if _takes_focus(widget):
                found.append(widget)
            else:
                found.extend(inner)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = _DIRECTIONS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if direction is None or not plain:
            super().keyPressEvent(event)
            return
        target = self._next_to(self.focusWidget(), direction)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self.focus_moved.emit(target)

    def _next_to(self, current: QWidget | None, direction: QPoint) -> QWidget | None:
        stops = [stop for stop in self.stops() if stop.isVisibleTo(self)]
        here = next(
            (stop for stop in stops if current is not None and (stop is current or stop.isAncestorOf(current))), None
        )
        if here is None:
            return stops[0] if stops else None
        start = self._middle(here)
        best: tuple[int, QWidget] | None = None
        for stop in stops:
            away = self._middle(stop) - start
            along = away.x() * direction.x() + away.y() * direction.y()
            across = abs(away.x() * direction.y()) + abs(away.y() * direction.x())
            # Only what lies more ahead than aside: the eye expects the neighbour, not the nearest.
            if stop is here or along <= 0 or (direction.x() and across > along):
                continue
            cost = along + 2 * across
            if best is None or cost < best[0]:
                best = (cost, stop)
        return None if best is None else best[1]

    def _middle(self, widget: QWidget) -> QPoint:
        return widget.mapTo(self, widget.rect().center())

    def watch(self, viewport: QWidget) -> None:
        """Follow the room there is, not the field's own width: wide rows would keep the field from ever becoming narrow."""
        viewport.installEventFilter(self)
        self._fit(viewport.width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self._fit(watched.width())
        return super().eventFilter(watched, event)

    def _fit(self, width: int) -> None:
        narrow = not self._theme.is_wall and width < NARROW * self._theme.space("xl")
        for row in self._rows:
            row.set_narrow(narrow)


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)

"""Drags a thing out of a widget, over any window of the program. Qt's own drag would run an event loop of its own and kill tasks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

What = Callable[[QPoint], object | None]
NONE = Qt.KeyboardModifier.NoModifier


class DragOut(QObject):
    """Watches one widget. `what(place)` says what lies at a place of it, None = nothing that can be dragged. `dragged(thing, point)`
    while it moves, `let_go(thing, point)` at the end; points are global.

    With a `key` the widget does not hear of the drag at all; without one it hears press and release as of any click.
    """

    dragged = Signal(object, QPointF)
    let_go = Signal(object, QPointF)

    def __init__(self, widget: QWidget, what: What, key: Qt.KeyboardModifier = NONE) -> None:
        super().__init__(widget)
        self._what, self._key = what, key
        self._thing: object | None = None
        self._from = QPointF()
        self._moving = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            return self._on_press(event)
        if self._thing is None:
            return False
        if kind == QEvent.Type.MouseMove:
            far = (event.globalPosition() - self._from).manhattanLength() >= QApplication.startDragDistance()
            self._moving = self._moving or far
            if self._moving:
                self.dragged.emit(self._thing, event.globalPosition())
            return self._moving or self._key != NONE
        if kind == QEvent.Type.MouseButtonRelease:
            thing, was = self._thing, self._moving
            self._thing, self._moving = None, False
            if was:
                self.let_go.emit(thing, event.globalPosition())
            return self._key != NONE
        return False

    def _on_press(self, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers() != self._key:
            return False
        self._thing = self._what(event.position().toPoint())
        self._from, self._moving = event.globalPosition(), False
        return self._thing is not None and self._key != NONE

"""From any desk window to a screen of the wall: W asks which screen, a drag goes onto a screen in the director."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.bridge import Bridge
from desktop.views.shell import DIRECTOR, DeskWindow
from desktop.views.wall_director.feed import WallFeed
from desktop.widgets.drag_out import DragOut
from domain.wall.values import Content

if TYPE_CHECKING:
    from desktop.views.wall_director.send_sheet import SendSheet
    from desktop.views.wall_director.window import DirectorWindow


class ToWall(QObject):
    """One for the program. `windows` gives those that are open; `own_screen` shows a content in a wall window of this machine.

    What is staged lies in `feed`, which all director windows share.
    """

    def __init__(
        self,
        bridge: Bridge,
        windows: Callable[[], Iterable[QWidget]],
        own_screen: Callable[[Content], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.feed = WallFeed(bridge, self)
        self._windows, self._own_screen = windows, own_screen
        self._sheet: SendSheet | None = None
        self._back: QWidget | None = None

    @property
    def sheet(self) -> SendSheet | None:
        """The open sheet, for tests."""
        return self._sheet

    def join(self, window: DeskWindow) -> None:
        """W and drags of a window that was opened."""
        window.wall_content_requested.connect(self._on_asked)
        sources = list(window.wall_sources())
        handle = window.top_bar.wall_handle
        if window.can_send_to_wall:
            handle.show()
            handle.clicked.connect(window.send_to_wall)
            sources.append((handle, lambda _place: window.wall_content(), Qt.KeyboardModifier.NoModifier))
        for widget, what, key in sources:
            drag = DragOut(widget, what, key)
            drag.dragged.connect(self._on_dragged)
            drag.let_go.connect(self._on_let_go)

    def ask(self, window: DeskWindow, content: Content) -> None:
        """The sheet over this window; what had the keyboard gets it back."""
        # Read with the director's parts, which no first window needs.
        from desktop.views.wall_director.send_sheet import SendSheet

        self.close()
        self._back = window.focusWidget()
        self._sheet = SendSheet(window.theme, self.feed, content, window.site, window)
        self._sheet.left.connect(self.close)
        self._sheet.own_screen_asked.connect(self._on_own_screen)
        self._sheet.open_sheet()

    def close(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None or not isValid(sheet):
            return
        sheet.hide()
        sheet.deleteLater()
        if self._back is not None and isValid(self._back):
            self._back.setFocus()

    def _on_asked(self, content: Content) -> None:
        window = self.sender()
        if isinstance(window, DeskWindow):
            self.ask(window, content)

    def _on_own_screen(self) -> None:
        sheet = self._sheet
        if sheet is not None:
            self.close()
            self._own_screen(sheet.content)

    # -- drags ----------------------------------------------------------------------------------------

    def _on_dragged(self, _content: Content, point: QPointF) -> None:
        for director in self._directors():
            under = _is_under(director, point)
            director.canvas.hover(director.canvas.mapFromGlobal(point) if under else None)
        if QApplication.overrideCursor() is None:
            QApplication.setOverrideCursor(Qt.CursorShape.DragCopyCursor)

    def _on_let_go(self, content: Content, point: QPointF) -> None:
        QApplication.restoreOverrideCursor()
        for director in self._directors():
            if _is_under(director, point):
                director.canvas.drop(director.canvas.mapFromGlobal(point), content)
            else:
                director.canvas.hover(None)

    def _directors(self) -> list[DirectorWindow]:
        from desktop.views.wall_director.window import DirectorWindow

        found = [window for window in self._windows() if window.objectName() == DIRECTOR]
        return [window for window in found if isinstance(window, DirectorWindow)]


def _is_under(window: QWidget, point: QPointF) -> bool:
    """Whether the pointer is on this window, and on no other one that lies over it."""
    there = QApplication.widgetAt(QPoint(round(point.x()), round(point.y())))
    return there is not None and there.window() is window

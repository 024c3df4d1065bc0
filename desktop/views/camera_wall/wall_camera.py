"""One camera on a screen of a wall: its picture as large as it gets, place, state and age. No input.

Whether it may be seen is decided by the wall's own right, never by the right of who sent it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.services.cameras.values import Demand
from desktop.services.values import TICKETS
from desktop.theme.theme import Theme
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.camera_wall.grid import CameraGrid
from desktop.views.shell import wall_demo_text
from desktop.views.words import filled
from desktop.widgets.base import apply_to_children
from desktop.widgets.panel_message import PanelMessage
from desktop.widgets.wall_header import WallHeader
from domain.cameras import CameraId


class WallCamera(QWidget):
    """`camera_id` may be unknown to this wall: it says so and shows the picture when the register brings it."""

    def __init__(self, theme: Theme, feed: CameraFeed, camera_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._feed, self._id = theme, feed, CameraId(camera_id)
        self._header = WallHeader(theme, self.tr("视频"))
        self._grid = CameraGrid(theme, feed)
        self._message = PanelMessage(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._grid)
        self._stack.addWidget(self._message)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._header)
        self._column.addWidget(self._stack, 1)
        feed.register_changed.connect(self._refresh)
        feed.bridge.clock_ticked.connect(self._refresh)
        feed.bridge.freshness_changed.connect(self._refresh)
        self.setWindowTitle(self.tr("视频"))
        self.setObjectName("wall_camera")
        self._dress()
        self._refresh()

    def apply_theme(self, theme: Theme) -> None:
        """Another scale or scene."""
        self._theme = theme
        apply_to_children(self, theme)
        self._dress()

    def _dress(self) -> None:
        theme = self._theme
        self.setPalette(theme.palette())
        self.setStyleSheet(theme.stylesheet())
        self.setAutoFillBackground(True)
        self.setCursor(Qt.CursorShape.BlankCursor)
        pad = theme.space("l")
        self._column.setContentsMargins(pad, theme.space("s"), pad, pad)
        self._column.setSpacing(theme.space("s"))

    def _refresh(self) -> None:
        feed, camera = self._feed, self._feed.cameras.get(self._id)
        now = feed.bridge.clock.now_business()
        self._header.set_title(camera.name if camera else self.tr("视频"), camera.place if camera else "")
        demo = feed.reference.demo if feed.reference else None
        invented = camera is not None and camera.demo
        text = wall_demo_text(feed.bridge.clock.rate) if demo else (self.tr("演示数据") if invented else "")
        self._header.set_demo(text)
        self._header.set_freshness(feed.site.freshness(feed.bridge.freshness.of(TICKETS), now))
        if feed.bridge.clock.known:
            self._header.set_clock(feed.site.date_of(now), feed.site.clock(now))
        if camera is None:
            if feed.has_register:
                self._message.set_message(filled(self.tr("登记中没有视频 {id}"), {"id": self._id}))
            else:
                self._message.set_message(self.tr("启动以来未接通"), status=("freshness", "never"))
            self._stack.setCurrentWidget(self._message)
            return
        if self._grid.ids() != (self._id,):
            self._grid.show_cameras((self._id,), 1)
            self._grid.enlarge(self._id)
            self._want()
        self._stack.setCurrentWidget(self._grid)

    def _want(self) -> None:
        """A stream before all others: it is the whole screen."""
        if self.isVisible():
            self._feed.want(self, Demand(shown=(self._id,), full=self._id, wall=True))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want()

    def hideEvent(self, event: QHideEvent) -> None:
        self._feed.leave(self)
        super().hideEvent(event)

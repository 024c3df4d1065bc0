"""One camera on a screen of a wall: its picture as large as it gets, place, state and age. No input.

Whether it may be seen is decided by the wall's own right, never by the right of who sent it.
"""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.services.cameras.values import Demand
from desktop.theme.theme import Theme
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.camera_wall.wall_base import CameraWallBase
from desktop.views.words import filled
from domain.cameras import CameraId


class WallCamera(CameraWallBase):
    """`camera_id` may be unknown to this wall: it says so and shows the picture when the register brings it."""

    def __init__(self, theme: Theme, feed: CameraFeed, camera_id: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, feed, self.tr("视频"), parent)
        self._id = CameraId(camera_id)
        self._column.addWidget(self._stack, 1)
        feed.register_changed.connect(self._refresh)
        feed.bridge.clock_ticked.connect(self._refresh)
        feed.bridge.freshness_changed.connect(self._refresh)
        self.setObjectName("wall_camera")
        self._dress()
        self._refresh()

    def _refresh(self) -> None:
        feed, camera = self._feed, self._feed.cameras.get(self._id)
        place = camera.place if camera else ""
        self._show_header(
            camera.name if camera else self.tr("视频"), place, invented=camera is not None and camera.demo
        )
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

"""Cameras of the map as the video service of this desk sees them: states of its tiles, stills of those around the chosen ticket."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from desktop.services.cameras.values import Demand, TileState
from desktop.theme.theme import Theme
from desktop.views.camera_wall import words
from desktop.views.camera_wall.feed import CameraFeed
from domain.cameras import CameraId

TELL_MS = 250
"""Many tiles change at once when a wall opens; the map is told together."""
SAYING = frozenset({TileState.LIVE, TileState.STILL, TileState.FROZEN, TileState.LOST, TileState.RESTRICTED})
"""What a tile knows better than the server's health check; connecting and never are no knowledge of this desk."""


class SeenCameras(QObject):
    """`changed`: states or words are others now. `pictured(id, picture)`: a new still of a camera that `look_at` names."""

    changed = Signal()
    pictured = Signal(str, QImage)

    def __init__(self, feed: CameraFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed = feed
        self._wanted: tuple[CameraId, ...] = ()
        self._numbers: dict[str, int] = {}
        self._tell = QTimer(self)
        self._tell.setSingleShot(True)
        self._tell.setInterval(TELL_MS)
        self._tell.timeout.connect(self.changed)
        feed.changed.connect(self._on_changed)
        feed.register_changed.connect(self._start_telling)

    def look_at(self, ids: Iterable[str]) -> None:
        """Stills of these cameras are fetched from now on; of none, nothing is."""
        wanted = tuple(CameraId(each) for each in ids)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._numbers.clear()
        if wanted:
            self._feed.want(self, Demand(shown=wanted, stills=True))
        else:
            self._feed.leave(self)
        for camera_id in wanted:
            self._send_picture(camera_id)

    def states(self) -> dict[str, str]:
        """State by camera id, of those that this desk knows better than the server."""
        views = ((each, self._feed.view(each)) for each in self._feed.cameras)
        return {each: view.state.value for each, view in views if view.state in SAYING}

    def words(self, theme: Theme) -> dict[str, str]:
        """State with its age (静图 16 秒) of the cameras that are looked at."""
        views = {each: self._feed.view(each) for each in self._wanted}
        return {each: words.state_text(theme, view) for each, view in views.items() if view.state in SAYING}

    def _on_changed(self, camera_id: str) -> None:
        if camera_id in self._wanted:
            self._send_picture(CameraId(camera_id))
        self._start_telling()

    def _send_picture(self, camera_id: CameraId) -> None:
        view = self._feed.view(camera_id)
        if view.picture is not None and self._numbers.get(camera_id) != view.number:
            self._numbers[camera_id] = view.number
            self.pictured.emit(camera_id, view.picture)

    def _start_telling(self) -> None:
        if not self._tell.isActive():
            self._tell.start()

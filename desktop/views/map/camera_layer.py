"""The cameras of a map, on the desk and on the wall: register and health check from their topics, and before both what the tiles of this
desk see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.map.camera_state import read_cameras
from desktop.views.map.seen_cameras import SeenCameras
from desktop.widgets.map_canvas.surface import MapSurface
from desktop.widgets.map_canvas.values import CameraMark
from domain.cameras import HEALTH_TOPIC, TOPIC

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class CameraLayer(QObject):
    """`changed`: the marks are others. `worded`: state with its age (静图 16 秒前) by id, of the cameras that are looked at;
    `pictured`: a newer still of one of these."""

    changed = Signal()
    worded = Signal(dict)
    pictured = Signal(str, QImage)

    def __init__(self, bridge: Bridge, canvas: MapSurface, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._canvas = bridge, canvas
        self._eyes: SeenCameras | None = None
        self._seen: dict[str, str] = {}
        self._marks: tuple[CameraMark, ...] = ()
        bridge.topic_changed.connect(self._on_topic_changed)

    @property
    def marks(self) -> tuple[CameraMark, ...]:
        return self._marks

    def named(self, camera_id: str) -> CameraMark | None:
        return next((mark for mark in self._marks if mark.id == camera_id), None)

    def set_feed(self, feed: CameraFeed) -> None:
        """The video service of this desk: a frozen or lost camera is not shown as seeing."""
        self._eyes = SeenCameras(feed, self)
        self._eyes.changed.connect(self.refresh)
        self._eyes.pictured.connect(self._on_pictured)
        self.set_states(self._eyes.states())

    def look_at(self, ids: Iterable[str]) -> None:
        """Stills of these are fetched from now on; of none, nothing is."""
        if self._eyes is not None:
            self._eyes.look_at(ids)

    def set_states(self, seen: Mapping[str, str]) -> None:
        """State by camera id, of those that this desk knows better than the server."""
        self._seen = dict(seen)
        self.read()

    def set_marks(self, marks: Sequence[CameraMark]) -> None:
        """Cameras from elsewhere than the topic."""
        self._marks = tuple(marks)
        self._canvas.set_cameras(self._marks)
        self.changed.emit()

    def read(self) -> None:
        self.set_marks(read_cameras(self._bridge.topics, self._seen))

    def refresh(self) -> None:
        """What the tiles see now; a map that nobody looks at waits until it is shown, and then asks for this."""
        if self._eyes is None or not self._canvas.isVisible():
            return
        states = self._eyes.states()
        if states != self._seen:
            self.set_states(states)
        self._tell_words(self._eyes)

    def _tell_words(self, eyes: SeenCameras) -> None:
        self.worded.emit(eyes.words(self._canvas.theme))

    def _on_pictured(self, camera_id: str, picture: QImage) -> None:
        self.pictured.emit(camera_id, picture)
        if self._eyes is not None:
            # With its age at once: a picture without one could be of yesterday.
            self._tell_words(self._eyes)

    def _on_topic_changed(self, name: str) -> None:
        if name in (TOPIC, HEALTH_TOPIC):
            self.read()

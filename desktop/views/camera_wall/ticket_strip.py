"""The cameras of one ticket, for the queue's detail pane and the map: covering ones first, nearest first, at most a few, as stills."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.services.cameras.values import Demand
from desktop.theme.theme import Theme
from desktop.views.camera_wall import words
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.words import filled
from desktop.widgets.camera_strip import CameraStrip, StripCamera
from domain.cameras import Camera, CameraId
from domain.ticket import Ticket

MOST = 3
SETTLED_MS = 250
"""Moving quickly through tickets names the cameras of each, and fetches pictures for the last one only."""


class TicketCameras(QObject):
    """Put `strip` into the pane; call `show_ticket` when another one is shown, None when none is. `camera_chosen(id)`."""

    camera_chosen = Signal(str)

    def __init__(self, theme: Theme, feed: CameraFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed = feed
        self.strip = CameraStrip(theme)
        self.strip.activated.connect(self.camera_chosen)
        self._ticket: Ticket | None = None
        self._found: tuple[tuple[Camera, float, bool], ...] = ()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self._fetch)
        feed.changed.connect(self._on_changed)
        feed.register_changed.connect(self._look)
        feed.health_changed.connect(self._look)

    def show_ticket(self, ticket: Ticket | None) -> None:
        """Nothing is fetched while no ticket, or none with a place, is shown."""
        if ticket is None or self._ticket is None or ticket.point != self._ticket.point:
            self._ticket = ticket
            self._look()
        self._ticket = ticket

    def _look(self) -> None:
        place = self._ticket.point if self._ticket is not None else None
        self._found = tuple(self._feed.cameras_at(place, MOST)) if place is not None else ()
        if self._found:
            self._settled.start()
        else:
            self._settled.stop()
            self._feed.leave(self)
        self._show()

    def _fetch(self) -> None:
        self._feed.want(self, Demand(shown=tuple(camera.id for camera, _, _ in self._found), stills=True))

    def _on_changed(self, camera_id: str) -> None:
        if any(camera.id == camera_id for camera, _, _ in self._found):
            self._show()

    def _show(self) -> None:
        empty = ""
        if self._ticket is not None:
            empty = self.tr("这张工单没有坐标") if self._ticket.point is None else self.tr("300 米内没有视频")
        self.strip.set_cameras([self._line(*found) for found in self._found], empty)

    def _line(self, camera: Camera, meters: float, covers: bool) -> StripCamera:
        view = self._feed.view(CameraId(camera.id))
        return StripCamera(
            id=camera.id,
            name=camera.name,
            distance=filled(self.tr("{n} 米"), {"n": round(meters)}),
            cover=self.tr("覆盖") if covers else self.tr("仅邻近"),
            covers=covers,
            state=view.state.value,
            state_text=words.state_text(self.strip.theme, view),
            picture=view.picture,
            picture_number=view.number,
        )

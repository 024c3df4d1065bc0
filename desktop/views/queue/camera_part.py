"""The cameras around the selected ticket, in the queue's detail pane: covering ones first, as stills, only while the window is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.views.queue.detail_pane import DetailPane
from desktop.views.queue.ticket_desk import TicketDesk
from desktop.widgets.section import SectionHeader

if TYPE_CHECKING:
    from desktop.views.camera_wall.feed import CameraFeed
    from desktop.views.camera_wall.ticket_strip import TicketCameras
    from desktop.widgets.camera_strip import CameraStrip

FIRST_MS = 250
"""The modules of pictures are read after the first ticket stands on the screen, not before."""


class CameraPart(QObject):
    """`camera_chosen(id)`. The feed is asked for, and its modules are read, when the first ticket is shown."""

    camera_chosen = Signal(str)

    def __init__(self, desk: TicketDesk, pane: DetailPane, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._pane, self._window = desk, pane, window
        self._source: Callable[[], CameraFeed] | None = None
        self._cameras: TicketCameras | None = None
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(FIRST_MS)
        self._first.timeout.connect(self._show_first)
        desk.shown.connect(self._show)
        window.installEventFilter(self)

    def set_source(self, source: Callable[[], CameraFeed]) -> None:
        self._source = source
        self._show()

    @property
    def strip(self) -> CameraStrip | None:
        """None until a ticket was shown."""
        return None if self._cameras is None else self._cameras.strip

    def _show(self) -> None:
        """Nothing is fetched for a window that nobody sees."""
        ticket = self._desk.ticket if self._window.isVisible() else None
        if self._cameras is not None:
            self._cameras.show_ticket(ticket)
        elif ticket is not None and self._source is not None:
            self._first.start()

    def _show_first(self) -> None:
        if self._cameras is None and self._source is not None:
            self._cameras = self._make(self._source())
        self._show()

    def _make(self, feed: CameraFeed) -> TicketCameras:
        from desktop.views.camera_wall.ticket_strip import TicketCameras

        theme = self._pane.theme
        cameras = TicketCameras(theme, feed, self)
        head = SectionHeader(theme, self.tr("附近视频"), self.tr("覆盖的在前"))
        self._pane.put_cameras(head, cameras.strip)
        cameras.camera_chosen.connect(self.camera_chosen)
        return cameras

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._show()
        return False

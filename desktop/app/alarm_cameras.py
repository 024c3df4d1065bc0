"""Alarm → cameras: a critical alarm that rings brings the cameras near its place onto the camera walls, and lets them go when it is answered."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.bridge import Bridge
from desktop.services.values import Fresh
from domain.alarms.values import Alarm
from domain.alarms.words import Severity
from domain.cameras import CameraId

if TYPE_CHECKING:
    from desktop.views.alarms.feed import AlarmFeed
    from desktop.views.camera_wall.feed import CameraFeed

BRINGING = frozenset({Severity.CRITICAL})
"""A wall that turns for every alarm would never stand still."""


class AlarmCameras(QObject):
    """`cameras` gives the feed, or None while no camera window was opened: then nobody looks, and nothing is started."""

    def __init__(
        self,
        bridge: Bridge,
        alarms: "AlarmFeed",
        cameras: "Callable[[], CameraFeed | None]",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._cameras = bridge, cameras
        self._rings: dict[str, int] = {}
        self._for = ""
        """The alarm whose cameras are on the walls."""
        self.follow(alarms)

    def follow(self, alarms: "AlarmFeed") -> None:
        """Another feed (language). What rings already when we begin, or before the line stands, turns nothing."""
        self._alarms, self._settled = alarms, self._is_live()
        self._rings = {alarm.id: alarm.ring for alarm in self._ringing()}
        alarms.changed.connect(self._on_changed)

    def _is_live(self) -> bool:
        return self._bridge.freshness.of().state is Fresh.LIVE

    def _ringing(self) -> list[Alarm]:
        return [alarm for alarm in self._alarms.unacknowledged() if alarm.severity in BRINGING]

    def _on_changed(self) -> None:
        ringing = self._ringing()
        new = [alarm for alarm in ringing if alarm.ring > self._rings.get(alarm.id, 0)]
        self._rings = {alarm.id: alarm.ring for alarm in ringing}
        feed = self._cameras()
        if not self._settled or feed is None:
            self._settled = self._is_live()
            return
        for alarm in sorted(new, key=lambda each: each.rang_at[-1] if each.rang_at else each.raised_at, reverse=True):
            if self._bring(feed, alarm):
                self._for = alarm.id
                return
        if self._for and self._for not in self._rings:
            self._for = ""
            feed.bring(())

    def _bring(self, feed: "CameraFeed", alarm: Alarm) -> bool:
        """False where it has no place, or no camera is near."""
        if alarm.camera and CameraId(alarm.camera) in feed.cameras:
            feed.bring((CameraId(alarm.camera),))
            return True
        ticket = self._bridge.mirror.tickets.get(alarm.ticket) if alarm.ticket is not None else None
        return ticket is not None and ticket.point is not None and bool(feed.bring_near(ticket.point))

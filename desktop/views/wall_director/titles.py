"""What a view on the wall is called: its title, and the ticket, camera, place or group that it shows, in words of this desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.models.ticket_filter import VIEW_BY_ID
from desktop.views.launch_entries import entries
from desktop.views.words import filled, view_word
from domain import cameras
from domain.cameras import CameraList
from domain.wall import targets
from domain.wall.values import Content, Contents
from protocol import reference

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class Titles:
    """Names come from the topics of the bridge; what they do not know stands for itself."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge

    def of(self, content: Content) -> str:
        translate = QCoreApplication.translate
        one = {
            targets.TICKET: translate("director", "工单 {what}"),
            targets.CAMERA: translate("director", "视频 {what}"),
        }.get(content.view)
        title = next((entry.title for entry in entries() if entry.id == content.view), content.view)
        what = self._what(content)
        if one is not None:
            return filled(one, {"what": what})
        return f"{title} {what}".strip()

    def of_all(self, contents: Contents) -> str:
        """One view, or the first of a rotation and how many there are."""
        if not contents:
            return QCoreApplication.translate("director", "空")
        if len(contents) == 1:
            return self.of(contents[0])
        pattern = QCoreApplication.translate("director", "{first} 等 {count} 个轮播")
        return filled(pattern, {"first": self.of(contents[0]), "count": len(contents)})

    def names(self) -> Names:
        topic = self._bridge.topics.get(reference.TOPIC)
        return Names.of(topic.value if topic is not None else None)

    def cameras(self) -> tuple[cameras.Camera, ...]:
        topic = self._bridge.topics.get(cameras.TOPIC)
        listed = topic.value if topic is not None else None
        return tuple(listed.cameras) if isinstance(listed, CameraList) else ()

    def _what(self, content: Content) -> str:
        target = content.target
        if content.view == targets.CAMERA:
            return next((camera.name for camera in self.cameras() if camera.id == target), target)
        if content.view == targets.QUEUE:
            return view_word(target) if target in VIEW_BY_ID else target
        if content.view == targets.MAP:
            area, place = targets.area_of(target), targets.place_of(target)
            if area:
                return self.names().area(area)
            if place is not None:
                return f"{place.lon:.3f}, {place.lat:.3f}"
        return target

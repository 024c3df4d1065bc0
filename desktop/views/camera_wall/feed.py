"""From the bridge to the camera service and back: register, health and tickets in, pictures and states out, for all windows.

One feed per program. It ticks only while somebody looks, and never waits: what the server does not tell is shown so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.models.names import Names
from desktop.services.cameras.desk import TICK_S, CameraDesk
from desktop.services.cameras.nearby import Event, events_at
from desktop.services.cameras.values import SEEING, Demand, Load, TileView
from desktop.services.cameras.walls import BROUGHT, Wall, WallBook
from desktop.views.site_time import DEFAULT_ZONE, SiteTime
from domain.cameras import (
    HEALTH_TOPIC,
    TOPIC,
    Camera,
    CameraHealth,
    CameraId,
    CameraList,
    Reach,
)
from domain.geo.sectors import sights
from domain.ticket import Point
from protocol import reference
from protocol.reference import Reference

if TYPE_CHECKING:
    from desktop.bridge import Bridge

EVENTS_MS = 2000
NEAR_M = 300.0
MOST_BROUGHT = 4


class CameraFeed(QObject):
    """`changed(id)`: picture or state of a camera. `register_changed`, `health_changed`, `events_changed`: look again.
    `brought`: an alarm brings other cameras (`brought_ids`), or lets them go."""

    changed = Signal(str)
    register_changed = Signal()
    health_changed = Signal()
    events_changed = Signal()
    brought = Signal()

    def __init__(
        self, bridge: Bridge, desk: CameraDesk, book: WallBook, language: str = "zh", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._desk, self._book = bridge, desk, book
        self._language = language
        self._health: Mapping[CameraId, CameraHealth] = {}
        self._events: Mapping[CameraId, Event] = {}
        self._viewers: dict[QObject, Demand] = {}
        self._brought: tuple[CameraId, ...] = ()
        self._register_version = -1
        self.has_register = False
        self.reference: Reference | None = None
        self.names = Names()
        self.site = SiteTime(DEFAULT_ZONE, language)
        self.walls: tuple[Wall, ...] = ()
        desk.on_change.append(self.changed.emit)
        self._ticks = QTimer(self)
        self._ticks.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticks.setInterval(round(1000 * TICK_S))
        self._ticks.timeout.connect(self._on_tick)
        self._event_timer = QTimer(self)
        self._event_timer.setInterval(EVENTS_MS)
        self._event_timer.timeout.connect(self.refresh_events)
        bridge.topic_changed.connect(self._on_topic_changed)
        for topic in (reference.TOPIC, TOPIC, HEALTH_TOPIC):
            self._on_topic_changed(topic)

    # -- for windows ----------------------------------------------------------------------------------

    @property
    def bridge(self) -> Bridge:
        return self._bridge

    @property
    def cameras(self) -> dict[CameraId, Camera]:
        return self._desk.cameras

    @property
    def load(self) -> Load:
        return self._desk.load

    def view(self, camera_id: CameraId) -> TileView:
        return self._desk.view(camera_id)

    def event_at(self, camera_id: CameraId) -> Event | None:
        return self._events.get(camera_id)

    def reached(self) -> tuple[int, int, int]:
        """Cameras of the register: all, those the server lost, those it cannot look at."""
        reaches = [self._health[each].reach if each in self._health else Reach.UNKNOWN for each in self.cameras]
        return len(reaches), reaches.count(Reach.DOWN), reaches.count(Reach.UNKNOWN)

    def sees(self, camera: Camera) -> bool:
        """Whether it counts as covering: not frozen or lost here, and not known to be down."""
        view = self._desk.view(camera.id)
        if view.number:
            return view.state in SEEING
        health = self._health.get(camera.id)
        return health is None or health.reach is not Reach.DOWN

    def cameras_at(self, place: Point, most: int | None = None) -> list[tuple[Camera, float, bool]]:
        """Ticket → cameras: (camera, metres, covers), those that cover first, each nearest first."""
        return sights(place, self.cameras.values(), self.sees, NEAR_M)[:most]

    @property
    def brought_ids(self) -> tuple[CameraId, ...]:
        return self._brought

    def bring_near(self, place: Point, most: int = MOST_BROUGHT) -> tuple[CameraId, ...]:
        """Alarm → cameras: those that cover the place (else the nearest) get a stream before all others, walls turn to them for a
        while, desks offer them. Gives their ids; none = no camera within NEAR_M, and nothing changes."""
        found = self.cameras_at(place)
        covering = [camera.id for camera, _, covers in found if covers]
        ids = tuple(covering or [camera.id for camera, _, _ in found])[:most]
        if ids:
            self.bring(ids)
        return ids

    def bring(self, ids: tuple[CameraId, ...]) -> None:
        """The same for cameras by id (an alarm about a camera itself). Of none: let go."""
        known = tuple(each for each in dict.fromkeys(ids) if each in self.cameras)
        if known != self._brought:
            self._brought = known
            self._make_walls()
        self.brought.emit()

    def want(self, viewer: QObject, demand: Demand) -> None:
        """What a window shows from now on; events join by themselves."""
        self._viewers[viewer] = demand
        self._pass_on(viewer)
        if not self._ticks.isActive():
            self._ticks.start()
            self._event_timer.start()
        self.refresh_events()

    def leave(self, viewer: QObject) -> None:
        """The window is hidden or closed."""
        self._viewers.pop(viewer, None)
        self._desk.leave(viewer)
        if not self._viewers:
            self._event_timer.stop()

    def try_now(self, camera_id: CameraId) -> None:
        self._desk.try_now(camera_id)

    def keep_wall(self, name: str, ids: tuple[CameraId, ...]) -> str:
        """An own order. Gives the reason where it could not be kept; it holds until the end of the program all the same.
        An alarm's wall has the order of the alarm."""
        if name == BROUGHT:
            return ""
        try:
            self._book.keep(name, ids)
        except OSError as error:
            return error.strerror or type(error).__name__
        finally:
            self._make_walls()
        return ""

    def refresh_events(self) -> None:
        """Tickets in the sectors of the cameras that are shown."""
        shown = {each for demand in self._viewers.values() for each in demand.shown}
        cameras = [camera for camera_id, camera in self.cameras.items() if camera_id in shown]
        clock = self._bridge.clock
        found: Mapping[CameraId, Event] = {}
        if clock.known:
            found = events_at(cameras, self._bridge.mirror.tickets.values(), clock.now_business())
        if found != self._events:
            self._events = found
            for viewer in self._viewers:
                self._pass_on(viewer)
            self.events_changed.emit()

    def _on_tick(self) -> None:
        self._desk.tick()
        if not self._viewers and self._desk.idle:
            self._ticks.stop()

    def _pass_on(self, viewer: QObject) -> None:
        demand = self._viewers[viewer]
        # In the order of the tiles: where more happens than there are slots, the first ones get them.
        events = tuple(each for each in demand.shown if each in self._events)
        matters = tuple(dict.fromkeys((*demand.matters, *events)))
        self._desk.want(viewer, msgspec.structs.replace(demand, matters=matters))

    # -- from the bridge ------------------------------------------------------------------------------

    def _on_topic_changed(self, name: str) -> None:
        if name not in (reference.TOPIC, TOPIC, HEALTH_TOPIC):
            return
        topic = self._bridge.topics.get(name)
        if topic is None:
            return
        if name == reference.TOPIC:
            known: Reference = topic.value
            self.reference = known
            self.names, self.site = Names.of(known), SiteTime(known.zone, self._language)
        elif name == TOPIC:
            self._take_register(topic.value)
        else:
            self._health = topic.value.health
            self.health_changed.emit()

    def _take_register(self, listed: CameraList) -> None:
        self.has_register = True
        actor = self._bridge.actor
        self._desk.set_cameras(listed.cameras, actor.role if actor is not None else None)
        if listed.version != self._register_version:
            self._register_version = listed.version
            self._desk.forget_access()
        self._make_walls()

    def _make_walls(self) -> None:
        self._brought = tuple(each for each in self._brought if each in self.cameras)
        self.walls = self._book.with_brought(self._book.walls(self.cameras.values()), self._brought)
        self.register_changed.emit()

"""What lies around a place, as plain values for the right pane: cameras that see it, components, forces, merged reports. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from desktop.widgets.map_canvas.values import UNIT_GONE_S, UNIT_GREY_S, CameraMark, UnitMark
from domain.components import Component
from domain.geo.measure import Frame, distance_m
from domain.geo.sectors import sights
from domain.ids import TicketId
from domain.ticket import Point, Ticket

RING_M = 50.0
CAMERAS_WITHIN_M = 300.0
CAMERAS_LISTED = 9
FORCES_LISTED = 4
ON_SITE_M = 30.0


@dataclass(frozen=True, slots=True)
class CameraNear:
    camera: CameraMark
    distance_m: float
    covers: bool


@dataclass(frozen=True, slots=True)
class UnitNear:
    unit: UnitMark
    distance_m: float

    @property
    def on_site(self) -> bool:
        return self.distance_m <= ON_SITE_M

    @property
    def old(self) -> bool:
        return self.unit.age_s > UNIT_GREY_S


@dataclass(frozen=True, slots=True)
class _Eye:
    """A camera as domain.geo.sectors wants it."""

    camera: CameraMark
    point: Point
    direction: float | None
    angle: float | None
    radius_m: float | None


def cameras_near(place: Point, cameras: Iterable[CameraMark]) -> list[CameraNear]:
    """Covering cameras first, then those only near, each nearest first. One that gives no picture never covers."""
    eyes = [
        _Eye(camera, Point(camera.lon, camera.lat), camera.direction, camera.angle, camera.radius_m)
        for camera in cameras
    ]
    found = sights(place, eyes, sees=lambda eye: eye.camera.sees, within_m=CAMERAS_WITHIN_M)
    return [CameraNear(eye.camera, away, covers) for eye, away, covers in found]


def forces_near(place: Point, units: Iterable[UnitMark]) -> list[UnitNear]:
    """Nearest first; a position older than 30 minutes is no position."""
    found = [
        UnitNear(unit, distance_m(place, Point(unit.lon, unit.lat))) for unit in units if unit.age_s <= UNIT_GONE_S
    ]
    return sorted(found, key=lambda near: near.distance_m)


class ComponentIndex:
    """Components by nearness: one numpy step over tens of thousands."""

    def __init__(self, components: Sequence[Component] = ()) -> None:
        self.components = tuple(components)
        self._lon = np.array([component.point.lon for component in components])
        self._lat = np.array([component.point.lat for component in components])

    def near(self, place: Point, within_m: float = RING_M) -> list[tuple[Component, float]]:
        """(component, metres), nearest first."""
        if not self.components:
            return []
        frame = Frame(place)
        east, north = frame.meters(1 + place.lon, 1 + place.lat)
        away = np.hypot((self._lon - place.lon) * east, (self._lat - place.lat) * north)
        inside = np.flatnonzero(away <= within_m)
        return [(self.components[n], float(away[n])) for n in inside[np.argsort(away[inside])].tolist()]


def merged_into(ticket: TicketId, tickets: Iterable[Ticket]) -> list[Ticket]:
    """Reports of the same matter that were merged into this ticket, oldest first."""
    found = [other for other in tickets if other.merged_into == ticket]
    return sorted(found, key=lambda other: other.reported_at)

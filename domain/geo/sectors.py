"""What a camera can see: a sector of the ground by radius, direction and opening angle; and which cameras see a point.

Terrain, walls and the tilt of the lens are not known, so "covers" means "may see". A camera that is not giving a picture
(frozen, lost) never counts as covering: the caller says which ones see.
"""

from collections.abc import Callable, Iterable
from math import ceil
from typing import Protocol, TypeVar

from msgspec import Struct

from domain.geo.measure import bearing_deg, distance_m, moved
from domain.ticket import Point

FULL_CIRCLE = 360.0
_ARC_STEP_DEG = 6.0


class Sector(Struct, frozen=True):
    """`direction` clockwise from north in degrees; `opening` 0 < … ≤ 360, the whole angle."""

    point: Point
    direction: float
    opening: float
    radius_m: float

    def contains(self, place: Point) -> bool:
        """Whether a place lies in the sector; its edges and the camera's own foot count."""
        distance = distance_m(self.point, place)
        if distance > self.radius_m:
            return False
        if distance == 0.0 or self.opening >= FULL_CIRCLE:
            return True
        turn = abs((bearing_deg(self.point, place) - self.direction + 180.0) % FULL_CIRCLE - 180.0)
        return turn <= self.opening / 2 + 1e-9

    def outline(self) -> tuple[Point, ...]:
        """The sector as a ring of points, for drawing; a full circle leaves out the camera's foot."""
        opening = min(self.opening, FULL_CIRCLE)
        steps = max(2, ceil(opening / _ARC_STEP_DEG))
        start = self.direction - opening / 2
        arc = tuple(moved(self.point, start + opening * step / steps, self.radius_m) for step in range(steps + 1))
        return arc if opening >= FULL_CIRCLE else (self.point, *arc, self.point)


class Seer(Protocol):
    """What this module needs of a camera."""

    @property
    def point(self) -> Point | None: ...
    @property
    def direction(self) -> float | None: ...
    @property
    def angle(self) -> float | None: ...
    @property
    def radius_m(self) -> float | None: ...


SeerT = TypeVar("SeerT", bound=Seer)


def sector_of(camera: Seer) -> Sector | None:
    """Its sector, or None where place, radius or angles are unknown."""
    if camera.point is None or not camera.radius_m or not camera.angle:
        return None
    if camera.direction is None and camera.angle < FULL_CIRCLE:
        return None
    return Sector(camera.point, camera.direction or 0.0, camera.angle, camera.radius_m)


def sights(
    place: Point,
    cameras: Iterable[SeerT],
    sees: Callable[[SeerT], bool] = lambda _: True,
    within_m: float = 300.0,
) -> list[tuple[SeerT, float, bool]]:
    """Cameras as (camera, metres, covers): first those that cover the place, then those only near; each nearest first."""
    found = []
    for camera in cameras:
        if camera.point is None:
            continue
        away = distance_m(camera.point, place)
        sector = sector_of(camera)
        covers = sector is not None and sector.contains(place) and sees(camera)
        if covers or away <= within_m:
            found.append((camera, away, covers))
    return sorted(found, key=lambda sight: (not sight[2], sight[1]))

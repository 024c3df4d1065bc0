"""What a content of a wall points at: a ticket, a camera, a place on the map. Text in, values out; the text is Content.target.

A ticket and a camera are their ids. A place is `@lon,lat,zoom` (WGS-84), an area `area:` and its code.
"""

import re

from msgspec import Struct

from domain.wall.values import Content

QUEUE, MAP, CAMERAS = "wall_queue", "wall_map", "wall_cameras"
TICKET, CAMERA = "wall_ticket", "wall_camera"
"""Views that show one thing; the others may point at something or show their own choice."""
_PLACE = re.compile(r"@(-?\d{1,3}\.\d+),(-?\d{1,2}\.\d+),(\d{1,2}\.\d)")
_AREA = "area:"


class Place(Struct, frozen=True):
    """Middle of the view in degrees, and its zoom."""

    lon: float
    lat: float
    zoom: float


def ticket_on_wall(ticket_id: str) -> Content:
    return Content(TICKET, ticket_id)


def camera_on_wall(camera_id: str) -> Content:
    return Content(CAMERA, camera_id)


def place_on_wall(place: Place) -> Content:
    """To a tenth of a metre, which no wall shows."""
    return Content(MAP, f"@{place.lon:.6f},{place.lat:.6f},{place.zoom:.1f}")


def area_on_wall(code: str) -> Content:
    return Content(MAP, f"{_AREA}{code}")


def place_of(target: str) -> Place | None:
    """The place that a target names; None where it names something else."""
    found = _PLACE.fullmatch(target)
    return Place(*map(float, found.groups())) if found is not None else None


def area_of(target: str) -> str:
    """The code of an area; "" where the target names something else."""
    return target.removeprefix(_AREA) if target.startswith(_AREA) else ""

"""Cameras of the register as marks of the map: place and sector from the register, state from whoever knows it best.

The video service of this desk knows whether a picture moves; else the server's health check knows whether the camera answers.
A camera of which nobody knows anything is 未接通 and covers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.services.topics import Topics
from desktop.widgets.map_canvas.values import CameraMark
from domain.cameras import HEALTH_TOPIC, TOPIC, Camera, CameraHealth, CameraId, CameraList, HealthList, Reach

_BY_REACH = {Reach.UP: "live", Reach.DOWN: "lost", Reach.UNKNOWN: "never"}


def read_cameras(topics: Topics, seen: Mapping[str, str]) -> list[CameraMark]:
    """What register and health check say now; nothing before they have come."""
    cameras, health = topics.get(TOPIC), topics.get(HEALTH_TOPIC)
    register: CameraList = cameras.value if cameras is not None else CameraList()
    known: HealthList = health.value if health is not None else HealthList()
    return camera_marks(register.cameras, known.health, seen)


def camera_marks(
    cameras: Iterable[Camera],
    health: Mapping[CameraId, CameraHealth],
    seen: Mapping[str, str],
) -> list[CameraMark]:
    """`seen`: state of status kind camera by id, from the tiles of this desk; it goes before the server's `health`."""
    marks = []
    for camera in cameras:
        if camera.point is None:
            continue
        known = health.get(camera.id)
        state = seen.get(camera.id) or (_BY_REACH[known.reach] if known else "never")
        sector = camera.angle is not None and (camera.direction is not None or camera.angle >= 360)
        marks.append(
            CameraMark(
                id=camera.id,
                name=camera.name,
                lon=camera.point.lon,
                lat=camera.point.lat,
                direction=camera.direction or 0.0,
                angle=camera.angle or 0.0 if sector else 0.0,
                radius_m=camera.radius_m or 0.0,
                state=state,
            )
        )
    return marks

"""Whether the server reaches each camera, as topic `camera_health`; and the topic `cameras` itself, kept in step with the register.

A look is one DESCRIBE or GET, never a picture. It says that a device answers, not that its picture is good: that only a desk
that shows it knows. Files and the site's own kinds are not looked at and stay `unknown`.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

import msgspec

from backend.cameras import CameraRegister, RegisterError, reload_when_changed
from domain.cameras import (
    HEALTH_TOPIC,
    TOPIC,
    Camera,
    CameraHealth,
    CameraId,
    FailCode,
    HealthList,
    Kind,
    Reach,
    Use,
)
from domain.handover.drafting import Cameras
from protocol.camera_dialog import CameraError, Login, check_stream

LOOK_EVERY_S = 60.0
REGISTER_EVERY_S = 2.0
AT_ONCE = 8
TRIES = 2
"""A single lost packet is no broken camera."""
LOOKED_AT = frozenset({Kind.RTSP, Kind.MJPEG, Kind.HLS, Kind.STILL})
FAULTS = ("never", "lost")
"""Test pictures that pretend to be broken are reported so, for demonstrations."""
PublishLatest = Callable[[str, str | None, bytes], None]
log = logging.getLogger(__name__)


class CameraWatch:
    """`run` is its task: publishes the register at once and after each change, and the health after each round."""

    def __init__(
        self,
        register: CameraRegister,
        publish: PublishLatest,
        now: Callable[[], datetime],
        *,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._register = register
        self._publish = publish
        self._now = now
        self._look_every_s = look_every_s
        self._health: dict[CameraId, CameraHealth] = {}
        self._told_register_error = False

    @property
    def health(self) -> dict[CameraId, CameraHealth]:
        return dict(self._health)

    def down(self) -> Cameras:
        """Those that do not answer, for the handover. `total` = those that are looked at."""
        gone = sorted(camera_id for camera_id, known in self._health.items() if known.reach is Reach.DOWN)
        places = {camera.id: camera.name or camera.id for camera in self._register.cameras}
        known = sum(1 for health in self._health.values() if health.reach is not Reach.UNKNOWN)
        since = min((self._health[camera_id].since for camera_id in gone), default=None)
        return Cameras(len(gone), known, tuple(places.get(camera_id, camera_id) for camera_id in gone), since)

    async def run(self) -> None:
        self._publish(TOPIC, None, self._register.published())
        loop = asyncio.get_running_loop()
        while True:
            await self.look()
            due = loop.time() + self._look_every_s
            while (left := due - loop.time()) > 0:
                await asyncio.sleep(min(left, REGISTER_EVERY_S))
                if await self._reload():
                    break  # new cameras are looked at without delay

    async def look(self) -> None:
        """One round over all cameras, published once at its end."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(camera: Camera) -> tuple[CameraId, Reach, str]:
            async with gate:
                return camera.id, *await self._reach(camera)

        found = await asyncio.gather(*(one(camera) for camera in self._register.cameras))
        now, old = self._now(), self._health
        self._health = {
            camera_id: known
            if (known := old.get(camera_id)) is not None and (known.reach, known.code) == (reach, code)
            else CameraHealth(reach, now, code)
            for camera_id, reach, code in found
        }
        self._publish(HEALTH_TOPIC, None, msgspec.json.encode(HealthList(self._health)))

    async def _reload(self) -> bool:
        try:
            changed = await reload_when_changed(self._register)
        except RegisterError as error:
            if not self._told_register_error:
                log.error("the camera register was changed and cannot be read, the old one holds: %s", error)
            self._told_register_error = True
            return False
        self._told_register_error = False
        if changed:
            self._publish(TOPIC, None, self._register.published())
        return changed

    async def _reach(self, camera: Camera) -> tuple[Reach, str]:
        if camera.kind == Kind.TEST:
            fault = next((f for f in FAULTS if f"fault={f}" in camera.address(Use.MAIN)), "")
            return (Reach.DOWN, FailCode.UNREACHABLE.value) if fault else (Reach.UP, "")
        address = camera.address(Use.SUB) or camera.address(Use.MAIN) or camera.address(Use.STILL)
        if camera.kind not in LOOKED_AT or address.startswith("file:"):
            return Reach.UNKNOWN, ""
        access = self._register.access(camera.id)
        login = Login(access.user, access.password) if access is not None else Login()
        code = FailCode.UNREACHABLE
        for _ in range(TRIES):
            try:
                await check_stream(address, allow=self._register.allow, login=login)
            except CameraError as error:
                code = error.code
                continue
            return Reach.UP, ""
        return Reach.DOWN, code.value

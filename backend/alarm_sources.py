"""What alarms are told by the register of cameras, and what the handover is told by the alarms."""

from sqlalchemy import Connection

from backend.camera_health import CameraWatch
from backend.cameras import CameraRegister
from backend.clock import ServerClock
from backend.store import documents
from domain.alarms.causes import CameraDown
from domain.alarms.kind import NAME as ALARM
from domain.alarms.values import Alarm
from domain.alarms.words import Trigger
from domain.cameras import Reach
from domain.handover.drafting import FeedDown, ShelvedAlarm
from protocol.documents import KindBook


def cameras_down(register: CameraRegister, watch: CameraWatch, clock: ServerClock) -> tuple[CameraDown, ...]:
    """Since when, in business time: health is told in server time."""
    now, rate = clock.now_server(), clock.business.rate
    business = clock.now_business()
    return tuple(
        CameraDown(camera.id, camera.name, camera.area, business - (now - health.since) * rate)
        for camera in register.cameras
        if (health := watch.health.get(camera.id)) is not None and health.reach is Reach.DOWN
    )


def shelved(connection: Connection, kinds: KindBook) -> tuple[ShelvedAlarm, ...]:
    found = documents.open_of(connection, kinds, ALARM)
    return tuple(
        ShelvedAlarm(one.id, one.shelf.until) for one in found if isinstance(one, Alarm) and one.shelf is not None
    )


def silent(connection: Connection, kinds: KindBook) -> tuple[FeedDown, ...]:
    """Sources that bring nothing any more, as their alarms tell."""
    found = documents.open_of(connection, kinds, ALARM)
    return tuple(
        FeedDown(one.source, one.raised_at)
        for one in found
        if isinstance(one, Alarm) and one.active and one.trigger is Trigger.FEED_SILENT
    )

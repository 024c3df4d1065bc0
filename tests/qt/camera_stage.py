"""A camera window without a server: the register of the demonstration, its answers, and tickets in front of some cameras."""

import asyncio
import random
import time
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

import msgspec

from backend.cameras import CameraQueries, CameraRegister
from desktop.media.kit import QtPictureKit
from desktop.media.player import Workers
from desktop.media.sources import all_kinds
from desktop.media.test_pattern import TestPatterns
from desktop.services.cameras.desk import CameraDesk
from desktop.services.cameras.values import CameraLimits
from desktop.services.cameras.walls import WallBook
from desktop.services.topics import Topic
from desktop.views.camera_wall.feed import CameraFeed
from domain.cameras import HEALTH_TOPIC, TOPIC, AccessAnswer, CameraHealth, CameraId, CameraList, HealthList, Reach
from domain.geo.measure import moved
from domain.vocabulary import Role, Urgency
from resources import path as resource_path
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW, make_ticket


def demo_register(folder: Path) -> CameraRegister:
    register = CameraRegister(folder)
    report = register.import_csv(resource_path("samples", "demo_cameras.csv").read_text("utf-8"))
    assert report.done, report.refused
    return register


class CameraStage:
    """`register` may be changed; `tell` publishes it again. Sources run for real on the current asyncio loop."""

    def __init__(
        self,
        folder: Path,
        *,
        role: Role = Role.DISPATCHER,
        tickets: Sequence[Any] = (),
        limits: CameraLimits | None = None,
        register: CameraRegister | None = None,
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self.register = register or demo_register(folder)
        self.bridge = FakeBridge(tickets, role=role)
        self._loop = loop
        self._tasks: set[asyncio.Task[Any]] = set()
        self.workers = Workers()
        self.answering = True
        self.asked: list[tuple[str, ...]] = []
        self._version = 0
        self._queries = CameraQueries(self.register)
        self.desk = CameraDesk(
            all_kinds(self.workers, TestPatterns()),
            QtPictureKit(),
            self._ask,
            self._spawn,
            monotonic=time.monotonic,
            random=random.Random(7).random,
            limits=limits,
        )
        self.feed = CameraFeed(self.bridge, self.desk, WallBook(), "zh")  # type: ignore[arg-type]
        self.tell()

    def tell(self) -> None:
        self._publish(TOPIC, msgspec.json.decode(self.register.published(), type=CameraList))

    def tell_health(self, **down: str) -> None:
        """All up but those named, with their code."""
        health = {
            camera.id: CameraHealth(Reach.DOWN if camera.id in down else Reach.UP, NOW, down.get(camera.id, ""))
            for camera in self.register.cameras
        }
        self._publish(HEALTH_TOPIC, HealthList(health))

    async def stop(self) -> None:
        self.desk.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.workers.stop()

    def _spawn(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Also between two runs of the test's loop: Qt's timers fire then too."""
        task = (self._loop or asyncio.get_running_loop()).create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _publish(self, topic: str, value: Any) -> None:
        self._version += 1
        self.bridge.topics.values[topic] = Topic(topic, self._version, NOW, value)
        self.bridge.topic_changed.emit(topic)

    async def _ask(self, ids: Sequence[CameraId]) -> AccessAnswer | None:
        self.asked.append(tuple(ids))
        await asyncio.sleep(0)
        if not self.answering or self.bridge.actor is None:
            return None
        body = await self._queries.streams(self.bridge.actor, {"ids": list(ids)})
        return msgspec.json.decode(body, type=AccessAnswer)


def ticket_before(register: CameraRegister, camera_id: str, number: int, **fields: Any):
    """A ticket that lies in the middle of this camera's sector."""
    camera = register.camera(camera_id)
    assert camera is not None
    assert camera.point is not None
    assert camera.radius_m is not None
    place = moved(camera.point, camera.direction or 0.0, camera.radius_m / 2)
    return msgspec.structs.replace(make_ticket(number, **fields), point=place)


TOP = Urgency.TOP

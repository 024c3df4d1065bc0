"""Joins what camera pictures need: kinds of source, picture workers, the camera service and its feed. One per program."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from desktop.bridge import Bridge
from desktop.media.kit import QtPictureKit
from desktop.media.player import Workers
from desktop.media.sources import all_kinds
from desktop.media.test_pattern import TestPatterns
from desktop.services.cameras.desk import CameraDesk
from desktop.services.cameras.values import CameraLimits
from desktop.services.cameras.walls import WallBook
from desktop.services.tasks import Tasks
from desktop.views.camera_wall.feed import CameraFeed
from domain.cameras import AccessAnswer, CameraId

QUESTION = "camera_streams"
IDS_MOST = 200
log = logging.getLogger(__name__)


class Cameras:
    """`feed` is what the windows get. `folder` keeps own walls, None keeps none. `await stop()` closes every stream."""

    def __init__(
        self, bridge: Bridge, language: str, *, folder: Path | None, limits: CameraLimits | None = None
    ) -> None:
        self._bridge = bridge
        self._tasks = Tasks()
        self._workers = Workers()
        self._patterns = TestPatterns()
        self._desk = CameraDesk(
            all_kinds(self._workers, self._patterns),
            QtPictureKit(),
            self._ask,
            self._tasks.start,
            monotonic=time.monotonic,
            random=random.random,
            limits=limits,
        )
        self._book = WallBook(folder)
        self.feed = CameraFeed(bridge, self._desk, self._book, language)

    def speak(self, language: str) -> CameraFeed:
        """A feed for windows in another language; the streams go on."""
        self.feed.deleteLater()
        self._desk.on_change.clear()
        self.feed = CameraFeed(self._bridge, self._desk, self._book, language)
        return self.feed

    async def stop(self) -> None:
        self._desk.stop()
        await self._tasks.stop()
        self._workers.stop()

    async def _ask(self, ids: Sequence[CameraId]) -> AccessAnswer | None:
        answer = await self._bridge.ask(QUESTION, {"ids": list(ids[:IDS_MOST])})
        if answer.body is None:
            if answer.error not in ("offline", "timeout"):
                log.warning("addresses of cameras refused: %s", answer.error)
            return None
        try:
            return msgspec.json.decode(answer.body, type=AccessAnswer)
        except msgspec.DecodeError:
            # The body holds logins: nothing of it may reach the log.
            log.error("addresses of cameras not readable")
            return None

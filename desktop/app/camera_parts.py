"""The cameras of a running desktop, joined: the desk that opens streams, its kinds of source, and the feed that windows share."""

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
from desktop.services.cameras.walls import WallBook
from desktop.services.tasks import Tasks
from desktop.views.camera_wall.feed import CameraFeed
from domain.cameras import AccessAnswer, CameraId


class CameraParts:
    """Made when the first camera window opens; `stop` ends every stream. `folder` None: own walls are not kept."""

    def __init__(self, bridge: Bridge, folder: Path | None, language: str) -> None:
        self._bridge = bridge
        self._tasks = Tasks()
        self._workers = Workers()
        self._desk = CameraDesk(
            all_kinds(self._workers, TestPatterns()),
            QtPictureKit(),
            self._ask_access,
            self._tasks.start,
            monotonic=time.monotonic,
            random=random.random,
        )
        self.feed = CameraFeed(bridge, self._desk, WallBook(folder), language)

    async def stop(self) -> None:
        self._desk.stop()
        await self._tasks.stop()
        self._workers.stop()

    async def _ask_access(self, ids: Sequence[CameraId]) -> AccessAnswer | None:
        """Addresses and logins of cameras this seat may see; None while the server cannot be asked."""
        answer = await self._bridge.ask("camera_streams", {"ids": list(ids)})
        if answer.error or answer.body is None:
            return None
        return msgspec.json.decode(answer.body, type=AccessAnswer)

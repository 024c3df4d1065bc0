"""A camera service with the real sources on the running loop, and a way to wait for states."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer

from desktop.media.kit import QtPictureKit
from desktop.media.player import Workers
from desktop.media.sources import all_kinds
from desktop.media.test_pattern import TestPatterns
from desktop.services.cameras.desk import CameraDesk
from desktop.services.cameras.values import CameraLimits, Demand, TileState
from desktop.services.tasks import Tasks
from domain.cameras import Access, AccessAnswer, Camera, CameraId, Stream, Use
from domain.vocabulary import Role
from tests.patience import WAIT_S


class LiveDesk:
    """`addresses`: (kind, address), cameras are called 0, 1, 2 …"""

    def __init__(
        self,
        addresses: Sequence[tuple[str, str]],
        *,
        user: str = "",
        password: str = "",
        hosts: tuple[str, ...] = ("127.0.0.1",),
        limits: CameraLimits | None = None,
    ) -> None:
        self._tasks = Tasks()
        self._workers = Workers()
        self._access = AccessAnswer(
            hosts,
            tuple(
                Access(CameraId(str(n)), (Stream(Use.MAIN, address),), user, password)
                for n, (_, address) in enumerate(addresses)
            ),
        )
        self._changed = asyncio.Event()
        self.history: dict[str, list[TileState]] = {}
        self.desk = CameraDesk(
            all_kinds(self._workers, TestPatterns()),
            QtPictureKit(),
            self._ask,
            self._tasks.start,
            monotonic=time.monotonic,
            random=random.Random(5).random,
            limits=limits or CameraLimits(live=16),
        )
        self.desk.on_change.append(self._on_change)
        self.ids = [CameraId(str(n)) for n in range(len(addresses))]
        cameras = [Camera(id=CameraId(str(n)), name=str(n), kind=kind) for n, (kind, _) in enumerate(addresses)]
        self.desk.set_cameras(cameras, Role.DISPATCHER)
        self._timer = QTimer()
        self._timer.timeout.connect(self.desk.tick)

    async def __aenter__(self) -> "LiveDesk":
        self.desk.want(self, Demand(shown=tuple(self.ids)))
        self._timer.start(100)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._timer.stop()
        self.desk.stop()
        await self._tasks.stop()
        self._workers.stop()
        await asyncio.sleep(0)

    def view(self, number: int = 0):
        return self.desk.view(self.ids[number])

    async def until(self, *states: TileState, number: int | None = None, within_s: float = WAIT_S) -> None:
        """All cameras, or one, in one of these states. Raises AssertionError with what they are."""
        ids = self.ids if number is None else [self.ids[number]]
        try:
            async with asyncio.timeout(within_s):
                while any(self.desk.view(each).state not in states for each in ids):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            seen = {each: (self.desk.view(each).state, self.desk.view(each).code) for each in ids}
            raise AssertionError(f"wanted {states}, found {seen}, history {self.history}") from None

    async def until_code(self, code: object, number: int = 0) -> None:
        await self.until_true(lambda: self.view(number).code is code)

    async def until_true(self, condition: Callable[[], bool]) -> None:
        """Looked at whenever a camera changes."""
        async with asyncio.timeout(WAIT_S):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def _ask(self, ids: Sequence[CameraId]) -> AccessAnswer:
        return self._access

    def _on_change(self, camera_id: CameraId) -> None:
        state = self.desk.view(camera_id).state
        past = self.history.setdefault(camera_id, [])
        if not past or past[-1] is not state:
            past.append(state)
        self._changed.set()

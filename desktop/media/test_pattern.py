"""The source of kind `test`: drawn scenes in place of a camera, with the faults that a demonstration wants to show."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from desktop.media.scenes import Scene
from desktop.services.cameras.source import PREVIEW_S, Order, Sink
from domain.cameras import FailCode

FULL_MS = 67
OPEN_MS = 400
FAIL_MS = 1500


class TestPatterns:
    """A SourceMaker with a clock of its own, so that a scene goes on where it was when it is opened again."""

    __test__ = False  # not for pytest

    def __init__(self) -> None:
        self._clock = QElapsedTimer()
        self._clock.start()
        self._scenes: dict[str, Scene] = {}

    def maker(self, order: Order, sink: Sink) -> "TestSource":
        scene = self._scenes.get(order.address)
        if scene is None:
            scene = self._scenes[order.address] = Scene(order.address)
        return TestSource(order, sink, scene, self._clock)


class TestSource(QObject):
    """Pictures by a timer. `fault` begins `after` seconds of the program: never and lost end the try, frozen repeats a picture."""

    __test__ = False

    def __init__(self, order: Order, sink: Sink, scene: Scene, clock: QElapsedTimer) -> None:
        super().__init__()
        self._order, self._sink, self._scene, self._clock = order, sink, scene, clock
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_due)
        self._full = order.full

    def start(self) -> None:
        self._timer.start(FAIL_MS if self._broken() else OPEN_MS)

    def stop(self) -> None:
        self._timer.stop()
        self.deleteLater()

    def set_full(self, full: bool) -> None:
        self._full = full

    def _seconds(self) -> float:
        return self._clock.elapsed() / 1000

    def _broken(self) -> bool:
        fault = self._scene.fault
        return fault == "never" or (fault == "lost" and self._seconds() >= self._scene.after_s)

    def _on_due(self) -> None:
        self._timer.setInterval(FULL_MS if self._full else round(1000 * PREVIEW_S))
        if self._broken():
            self._sink.failed(FailCode.UNREACHABLE)
            return
        at_s = self._seconds()
        if self._scene.fault == "frozen":
            at_s = min(at_s, self._scene.after_s)
        self._sink.picture(self._scene.frame(at_s))

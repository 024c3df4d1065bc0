"""Looking back over the day on the map: which instant is shown, and how it runs on. It changes nothing but what is painted.

What is shown at an instant is computed from the tickets as they are known now: who was reported and not yet ended then, and
whether its business limit had passed. Urgency and place are today's; the window says so.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

STEP_MS = 100
SPEEDS = (60, 300, 900)
"""Business seconds per real second."""


class Replay(QObject):
    """`changed` after every step. `at_ms` None: the map follows live."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.at_ms: int | None = None
        self.speed = SPEEDS[1]
        self._end_ms = 0
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._on_step)

    @property
    def active(self) -> bool:
        return self.at_ms is not None

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def show(self, at_ms: int, now_ms: int) -> None:
        """Look at an instant; one that has not come yet is now, and now is live."""
        if at_ms >= now_ms:
            self.leave()
            return
        self.at_ms, self._end_ms = at_ms, now_ms
        self.changed.emit()

    def toggle(self, day_start_ms: int, now_ms: int) -> None:
        """Space: run on from where it stands, or pause. From live it begins with the day."""
        if self.playing:
            self._timer.stop()
        else:
            if self.at_ms is None:
                self.at_ms = day_start_ms
            self._end_ms = now_ms
            self._timer.start()
        self.changed.emit()

    def next_speed(self) -> None:
        self.speed = SPEEDS[(SPEEDS.index(self.speed) + 1) % len(SPEEDS)]
        self.changed.emit()

    def leave(self) -> None:
        """Home: live again."""
        self._timer.stop()
        if self.at_ms is not None:
            self.at_ms = None
            self.changed.emit()

    def _on_step(self) -> None:
        if self.at_ms is None:
            self._timer.stop()
            return
        self.at_ms += self.speed * STEP_MS
        if self.at_ms >= self._end_ms:
            self.leave()
        else:
            self.changed.emit()

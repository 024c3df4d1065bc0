"""Garbage of reference cycles is collected on the GUI thread alone.

Python's own collector runs in whatever thread makes the next object. A cycle that holds a widget, collected in a worker, destroys a
Qt object outside its thread: a crash at some later moment (OpenCue 598). So it is switched off, and a timer does the same work here,
by the same counts. What start-up made is frozen: it lives as long as the program and need not be looked through again.
"""

import gc
import logging
import time

from PySide6.QtCore import QObject, QTimer

log = logging.getLogger("desktop")
EVERY_MS = 50
"""What one turn makes waits for the next look: rarer looks would find more at once and stall the windows for longer."""
FULL_AFTER_S = 60.0
"""A full look through some 10^6 objects stalls the windows for a tenth of a second: once a minute at most."""
SLOW_S = 0.1


class GarbageTimer(QObject):
    """From `start` to `stop` no collection happens by itself. `collect_now` is for tests and quiet moments."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._on_time)
        self._full_at = 0.0
        self._was_on = False

    def start(self) -> None:
        """Call it on the GUI thread before the first worker thread starts."""
        self._was_on = gc.isenabled()
        gc.disable()
        gc.collect()
        gc.freeze()
        self._full_at = time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        """Python collects by itself again, if it did before."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()

    def collect_now(self) -> int:
        """Collect all generations; the number of objects that nobody could reach any more."""
        self._full_at = time.monotonic()
        return gc.collect()

    def _on_time(self) -> None:
        generation = self._due()
        if generation < 0:
            return
        began = time.monotonic()
        gc.collect(generation)
        took = time.monotonic() - began
        if generation == 2:
            self._full_at = time.monotonic()
        if took > SLOW_S:
            log.info("collecting garbage of generation %d took %.0f ms", generation, took * 1000)

    def _due(self) -> int:
        """The oldest generation whose count passed Python's own threshold; -1: nothing to do."""
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] <= limits[0]:
            return -1
        if counts[1] <= limits[1]:
            return 0
        if counts[2] <= limits[2] or time.monotonic() - self._full_at < FULL_AFTER_S:
            return 1
        return 2

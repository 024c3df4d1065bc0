"""Garbage of reference cycles is collected on the GUI thread alone.

Python's own collector runs in whatever thread makes the next object. A cycle that holds a widget, collected in a worker, destroys a
Qt object outside its thread: a crash at some later moment (OpenCue 598). So it is switched off, and a timer does the same work here,
by the same counts. What lived through a full look is frozen, so that the next one goes through what came since and not through
everything there is. Frozen things that die as a cycle (a window closed after an hour) wait until much came (Python's own rule for
full looks: a quarter more); then all is looked through once.
"""

import gc
import logging
import time

from PySide6.QtCore import QObject, QTimer

log = logging.getLogger("desktop")
EVERY_MS = 50
"""What one turn makes waits for the next look: rarer looks would find more at once and stall the windows for longer."""
SETTLED_AFTER_S = 10.0
"""By then the windows of a start stand: the first look through everything, while they still fill."""
FULL_AFTER_S = 60.0
"""What a minute left behind, and no more, is looked through in one go."""
MORE = 1.25
"""Everything is looked through again once there is so many times as much as after the last time: that stalls the windows of a hall
(200,000 objects) for a tenth of a second."""
SLOW_S = 0.1


class GarbageTimer(QObject):
    """From `start` to `stop` no collection happens by itself. `collect_now` is for tests and quiet moments."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._on_time)
        self._full_at = 0.0
        self._old = 0
        """Objects that lived through the last look through everything."""
        self._was_on = False

    def start(self) -> None:
        """Call it on the GUI thread before the first worker thread starts."""
        self._was_on = gc.isenabled()
        gc.disable()
        gc.freeze()  # modules: nothing of them is garbage, and the first full look goes through them all the same
        self._old = 0  # the windows are still to come
        self._full_at = time.monotonic() + SETTLED_AFTER_S - FULL_AFTER_S
        self._timer.start()

    def stop(self) -> None:
        """Python collects by itself again, if it did before."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()

    def collect_now(self) -> int:
        """Look through everything; the number of objects that nobody could reach any more."""
        gc.unfreeze()
        found = gc.collect()
        gc.freeze()
        self._old = gc.get_freeze_count()
        self._full_at = time.monotonic()
        return found

    def collect_new(self) -> None:
        """Look through what came since the last time; through everything once that has become much."""
        if self._old:
            gc.collect()
            gc.freeze()
            self._full_at = time.monotonic()
        if gc.get_freeze_count() > MORE * self._old:
            self.collect_now()

    def _on_time(self) -> None:
        generation = self._due()
        if generation < 0:
            return
        began = time.monotonic()
        if generation == 2:
            self.collect_new()
        else:
            gc.collect(generation)
        took = time.monotonic() - began
        if took > SLOW_S:
            log.info("collecting garbage of generation %d took %.0f ms", generation, took * 1000)

    def _due(self) -> int:
        """The oldest generation whose count passed Python's own threshold; -1: nothing to do."""
        counts, limits = gc.get_count(), gc.get_threshold()
        full_is_due = time.monotonic() - self._full_at >= FULL_AFTER_S
        if full_is_due and not self._old:
            return 2
        if counts[0] <= limits[0]:
            return -1
        if counts[1] <= limits[1]:
            return 0
        return 2 if full_is_due and counts[2] > limits[2] else 1

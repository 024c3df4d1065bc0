"""How long a start takes, as a person feels it: from the birth of the process to the first queue painted with rows."""

import os
import resource
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal

from desktop.views.queue.window import QueueWindow


def process_age_ms() -> float:
    """Milliseconds since the kernel started this process."""
    started_ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    return 1000 * (time.clock_gettime(time.CLOCK_BOOTTIME) - started_ticks / os.sysconf("SC_CLK_TCK"))


class StartTrace(QObject):
    """Watches a queue window; prints one line after its first paint with rows, then says `seen`."""

    seen = Signal()

    def __init__(self, window: QueueWindow) -> None:
        super().__init__()
        self._window = window
        self._viewport = window.table_pane.view.viewport()
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        rows = self._window.table.rowCount()
        if event.type() == QEvent.Type.Paint and rows > 0:
            self._viewport.removeEventFilter(self)
            peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            cpu_ms = 1000 * time.process_time()
            print(
                f"first_useful_paint_ms={process_age_ms():.0f} cpu_ms={cpu_ms:.0f} rows={rows} rss_mb={peak_mb:.0f}",
                flush=True,
            )
            self.seen.emit()
        return False

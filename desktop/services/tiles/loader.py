"""One worker thread that fetches tiles: the newest request first, each once, failed ones not again for a while.

The callback runs on that thread. `stop` waits for the tile in work, at most as long as the source's own timeout.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from desktop.services.tiles.source import TileError, TileSource

log = logging.getLogger(__name__)
TileKey = tuple[int, int, int]
Arrived = Callable[[TileKey, bytes | None, str], None]
"""(zoom, column, row) · bytes or None (no such tile) · "" or the code of a TileError."""
_MOST_WAITING = 256
_MOST_FAILED = 5000
RETRY_S = 30.0


class TileLoader:
    """Requests may come from any thread."""

    def __init__(self, source: TileSource, *, retry_s: float = RETRY_S, now: Callable[[], float] = monotonic) -> None:
        self.source = source
        self._retry_s, self._now = retry_s, now
        self._waiting: OrderedDict[TileKey, None] = OrderedDict()
        self._working: TileKey | None = None
        self._failed: OrderedDict[TileKey, float] = OrderedDict()
        self._wake = threading.Condition()
        self._stopped = False
        self._thread: threading.Thread | None = None
        self._arrived: Arrived | None = None

    def start(self, arrived: Arrived) -> None:
        """Begin to work. A loader starts once."""
        self._arrived = arrived
        self._thread = threading.Thread(target=self._run, name="tiles", daemon=True)
        self._thread.start()

    def request(self, key: TileKey) -> None:
        """Ask for a tile. Of too many the oldest are forgotten: the hand has moved on."""
        with self._wake:
            failed_at = self._failed.get(key)
            if (
                self._stopped
                or key == self._working
                or (failed_at is not None and self._now() - failed_at < self._retry_s)
            ):
                return
            self._waiting[key] = None
            self._waiting.move_to_end(key)
            while len(self._waiting) > _MOST_WAITING:
                self._waiting.popitem(last=False)
            self._wake.notify()

    def stop(self) -> None:
        """No callback comes after this has returned."""
        with self._wake:
            self._stopped = True
            self._waiting.clear()
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()
        self.source.close()

    def _run(self) -> None:
        while (key := self._next()) is not None:
            data, code = None, ""
            try:
                data = self.source.fetch(*key)
            except TileError as error:
                log.warning("tile %s: %s", key, error)
                code = error.code
            with self._wake:
                self._working = None
                if code:
                    self._failed[key] = self._now()
                    while len(self._failed) > _MOST_FAILED:
                        self._failed.popitem(last=False)
                if self._stopped:
                    return
            if self._arrived is not None:
                self._arrived(key, data, code)

    def _next(self) -> TileKey | None:
        with self._wake:
            while not self._waiting and not self._stopped:
                self._wake.wait()
            if self._stopped:
                return None
            key, _ = self._waiting.popitem(last=True)
            self._working = key
            return key

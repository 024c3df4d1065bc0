"""Tiles of a service as pictures for the canvas: bytes come on a worker thread, are decoded there, and arrive by a signal."""

from __future__ import annotations

import threading
from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.services.tiles.loader import TileKey, TileLoader
from domain.geo.datum import Datum
from domain.geo.tiling import Tiling

_KEPT = 600


class TileFeed(QObject):
    """Give it to MapCanvas.set_raster and connect `arrived` to MapCanvas.refresh_ground (merged by the window)."""

    arrived = Signal()
    failed = Signal(str)
    _decoded = Signal(object, object)

    def __init__(self, loader: TileLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._pictures: OrderedDict[TileKey, QImage | None] = OrderedDict()
        self._decoded.connect(self._on_decoded)
        loader.start(self._on_bytes)

    @property
    def datum(self) -> Datum:
        return self._loader.source.datum

    @property
    def zooms(self) -> tuple[int, int]:
        return self._loader.source.zooms

    @property
    def tiling(self) -> Tiling:
        return self._loader.source.tiling

    def picture(self, zoom: int, column: int, row: int) -> QImage | None:
        """The picture if it is here; else it is asked for and comes by `arrived`."""
        key = (zoom, column, row)
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        self._loader.request(key)
        return None

    def close(self) -> None:
        """Nothing arrives any more. A tile on its way is waited for elsewhere: a window that closes must not wait for a service."""
        self.blockSignals(True)
        threading.Thread(target=self._stop, name="tiles end", daemon=True).start()

    def _stop(self) -> None:
        self._loader.stop()

    def _on_bytes(self, key: TileKey, data: bytes | None, code: str) -> None:
        """On the loader's thread: decode here, so that the windows never wait for it."""
        picture = QImage.fromData(data) if data else None
        self._decoded.emit((key, code), picture if picture is not None and not picture.isNull() else None)

    def _on_decoded(self, what: tuple[TileKey, str], picture: QImage | None) -> None:
        key, code = what
        if code:
            # Not remembered: the loader waits before it asks again, and a service that comes back is seen.
            self.failed.emit(code)
            return
        self._pictures[key] = picture
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self.arrived.emit()

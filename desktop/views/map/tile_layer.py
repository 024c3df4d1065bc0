"""The tiles of a map window: opened as the map package says, laid under the map while their layer is ticked, and closed with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.services.maps.package import MapPackage
from desktop.services.tiles.loader import TileLoader
from desktop.services.tiles.opening import open_tiles
from desktop.services.tiles.source import TileError
from desktop.views.map.describe import tile_word
from desktop.views.map.tile_feed import TileFeed
from desktop.widgets.map_canvas.surface import MapSurface

REFRESH_MS = 120
"""Tiles that come one after the other are painted together."""


class TileLayer(QObject):
    """`troubled(text)`: why tiles are missing, in words, "" when they come again. `feed` None: the package names no tiles, or they cannot be opened."""

    troubled = Signal(str)

    def __init__(self, canvas: MapSurface, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.feed: TileFeed | None = None
        self._in_trouble = False
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(canvas.refresh_ground)

    def open(self, package: MapPackage) -> None:
        if package.tiles is None:
            return
        try:
            source = open_tiles(package.tiles, package.folder)
        except TileError as error:
            self._on_failed(error.code)
            return
        self.take(TileFeed(TileLoader(source)))

    def take(self, feed: TileFeed) -> None:
        self.feed = feed
        feed.arrived.connect(self._on_arrived)
        feed.failed.connect(self._on_failed)

    def show(self, on: bool) -> None:
        self._canvas.set_raster(self.feed if on else None)

    def close(self) -> None:
        if self.feed is not None:
            self.feed.close()

    def _on_arrived(self) -> None:
        if self._in_trouble:
            self._in_trouble = False
            self.troubled.emit("")
        if not self._refresh.isActive():
            self._refresh.start()

    def _on_failed(self, code: str) -> None:
        self._in_trouble = True
        self.troubled.emit(tile_word(code))

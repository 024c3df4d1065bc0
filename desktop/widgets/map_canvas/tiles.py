"""Ground pictures of 160 px, kept per zoom: what is in sight and a margin around it (together some 1.5 times the view).

Small, because one is painted between two frames: 256 px took up to 6 ms where streets are dense, 128 px more copies a frame.

A frame only copies pictures. Missing ones are painted between frames, a few milliseconds at a time; until then the picture of
the zoom before is stretched in their place. While a hand zooms nothing new is painted (`pause`).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import exp2, floor
from time import perf_counter

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from desktop.widgets.map_canvas.projection import UNIT_ZOOM, Viewport

TILE_PX = 160
MARGIN_TILES = 2
_KEPT = 320
_LARGEST_PX = 8192.0
"""A stand-in stretched beyond this shows nothing of use and costs time."""

Tile = tuple[int, int]
PaintTile = Callable[[QPainter, float, QRectF], None]
"""Paint the part of the map in a box of units; the painter is scaled to pixels of the zoom."""


class TileCache:
    """Pictures for one canvas. `paint_tile` fills one; `clear` after anything that changes what it paints."""

    def __init__(self, paint_tile: PaintTile) -> None:
        self._paint_tile = paint_tile
        self._zoom = 0.0
        self._ratio = 1.0
        self._tiles: OrderedDict[Tile, QPixmap] = OrderedDict()
        self._old_zoom = 0.0
        self._old: dict[Tile, QPixmap] = {}
        self._land = QColor()
        self._whole: tuple[int, int, int, int] | None = None
        """The tiles (first and last column, first and last row) of which none was missing the last time."""

    def set_land(self, color: QColor) -> None:
        """The colour under everything, and where nothing is painted yet."""
        self._land = color
        self.clear()

    def clear(self) -> None:
        self._tiles.clear()
        self._old, self._whole = {}, None

    def refresh(self) -> None:
        """Paint all anew, but show the present pictures until then."""
        self._keep_old(self._zoom)

    def set_zoom(self, zoom: float, ratio: float = 1.0) -> None:
        """Change to another zoom; pictures of the one before are kept as stand-ins."""
        if zoom == self._zoom and ratio == self._ratio:
            return
        self._keep_old(zoom)
        self._ratio = ratio

    def _keep_old(self, zoom: float) -> None:
        # A zoom that was only passed through has few pictures: the fuller set stays the better stand-in.
        if len(self._tiles) >= len(self._old) // 2:
            self._old, self._old_zoom = dict(self._tiles), self._zoom
        self._tiles, self._whole = OrderedDict(), None
        self._zoom = zoom

    def paint(self, painter: QPainter, view: Viewport) -> None:
        """Copy what is there; stand-ins and land for the rest. While the view is at another zoom, all of it is stand-in."""
        tiles = self._in_sight(view, 0)
        missing = any(tile not in self._tiles for tile in tiles)
        if view.zoom != self._zoom or missing:
            painter.fillRect(0, 0, view.width, view.height, self._land)
        if view.zoom != self._zoom:
            self._paint_stretched(painter, view, self._old, self._old_zoom)
            self._paint_stretched(painter, view, self._tiles, self._zoom)
            return
        if self._old and missing:
            self._paint_stretched(painter, view, self._old, self._old_zoom)
        left, top = int(view.left), int(view.top)
        for column, row in tiles:
            picture = self._tiles.get((column, row))
            if picture is not None:
                painter.drawPixmap(column * TILE_PX - left, row * TILE_PX - top, picture)

    def _paint_stretched(
        self, painter: QPainter, view: Viewport, pictures: Mapping[Tile, QPixmap], zoom: float
    ) -> None:
        size = TILE_PX * exp2(view.zoom - zoom)
        if size > _LARGEST_PX:
            return
        for (column, row), picture in pictures.items():
            # Rounded outwards, so that no seam shows between two.
            x, y = floor(column * size - view.left), floor(row * size - view.top)
            if x < view.width and y < view.height and x + size > -1 and y + size > -1:
                right, low = floor((column + 1) * size - view.left), floor((row + 1) * size - view.top)
                painter.drawPixmap(QRect(x, y, right - x, low - y), picture)

    def work(self, view: Viewport, until: float) -> bool:
        """Paint missing pictures until that instant of perf_counter; True while some are still missing. At least one is painted.
        Of those that are not in sight yet one is enough: a hand that pans feels every millisecond, and there are frames to come."""
        around = _reach(view, MARGIN_TILES)
        if around == self._whole:
            return False
        for tile in self._in_sight(view, 0):
            if tile in self._tiles:
                continue
            self._tiles[tile] = self._painted(tile)
            if perf_counter() >= until:
                return True
        near = self._in_sight(view, MARGIN_TILES)
        coming = next((tile for tile in near if tile not in self._tiles), None)
        if coming is not None:
            self._tiles[coming] = self._painted(coming)
            return True
        self._old, self._whole = {}, around
        for tile in near:
            self._tiles.move_to_end(tile)
        while len(self._tiles) > max(_KEPT, len(near)):
            self._tiles.popitem(last=False)
        return False

    def complete(self, view: Viewport) -> bool:
        """Whether everything in sight is painted at this zoom."""
        return view.zoom == self._zoom and all(tile in self._tiles for tile in self._in_sight(view, 0))

    def _in_sight(self, view: Viewport, margin: int) -> list[Tile]:
        """Nearest to the middle first."""
        first, last, top, low = _reach(view, margin)
        return [(first + column, top + row) for column, row in _from_the_middle(last - first + 1, low - top + 1)]

    def _painted(self, tile: Tile) -> QPixmap:
        picture = QPixmap(round(TILE_PX * self._ratio), round(TILE_PX * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(self._land)
        scale = exp2(self._zoom - UNIT_ZOOM)
        painter = QPainter(picture)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.translate(-tile[0] * TILE_PX, -tile[1] * TILE_PX)
        painter.scale(scale, scale)
        size = TILE_PX / scale
        self._paint_tile(painter, self._zoom, QRectF(tile[0] * size, tile[1] * size, size, size))
        painter.end()
        return picture


def _reach(view: Viewport, margin: int) -> tuple[int, int, int, int]:
    """First and last column, first and last row of the tiles in sight, with so many around them."""
    return (
        floor(view.left / TILE_PX) - margin,
        floor((view.left + view.width - 1) / TILE_PX) + margin,
        floor(view.top / TILE_PX) - margin,
        floor((view.top + view.height - 1) / TILE_PX) + margin,
    )


@lru_cache(maxsize=16)
def _from_the_middle(columns: int, rows: int) -> tuple[Tile, ...]:
    middle, center = (columns - 1) / 2, (rows - 1) / 2
    tiles = [(column, row) for column in range(columns) for row in range(rows)]
    return tuple(sorted(tiles, key=lambda tile: (tile[0] - middle) ** 2 + (tile[1] - center) ** 2))

"""Pictures of a tile service under the map: which tiles a box needs, and painting those that have come. Fetching is not here."""

from __future__ import annotations

from math import exp2, floor
from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from desktop.widgets.map_canvas.projection import UNIT_ZOOM, WORLD_UNITS, lat_of, lon_of, unit_x, unit_y
from domain.geo.datum import Datum, convert

_MOST_TILES = 64


class RasterSource(Protocol):
    """`picture` gives a tile at once or None, and then fetches it; whoever owns the source calls the canvas when it came."""

    @property
    def datum(self) -> Datum: ...
    @property
    def zooms(self) -> tuple[int, int]: ...
    def picture(self, zoom: int, column: int, row: int) -> QImage | None: ...


def datum_shift(datum: Datum, box: QRectF) -> tuple[float, float]:
    """How far a layer of that datum must be moved (units) to lie on the WGS-84 map here: constant within a picture's width."""
    if datum is not Datum.GCJ02:
        return 0.0, 0.0
    middle = box.center()
    lon, lat = lon_of(middle.x()), lat_of(middle.y())
    there_lon, there_lat = convert(lon, lat, Datum.WGS84, datum)
    return middle.x() - unit_x(there_lon), middle.y() - unit_y(there_lat)


def paint_raster(painter: QPainter, source: RasterSource, zoom: float, box: QRectF) -> None:
    """Paint the tiles of `source` that touch `box` (units); the painter's coordinates are units."""
    least, most = source.zooms
    level = max(least, min(most, round(zoom)))
    size = 256.0 * exp2(UNIT_ZOOM - level)
    east, south = datum_shift(source.datum, box)
    own = box.translated(-east, -south)
    last = round(WORLD_UNITS / size) - 1
    columns = range(max(0, floor(own.left() / size)), min(last, floor(own.right() / size)) + 1)
    rows = range(max(0, floor(own.top() / size)), min(last, floor(own.bottom() / size)) + 1)
    if len(columns) * len(rows) > _MOST_TILES:
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for column in columns:
        for row in rows:
            picture = source.picture(level, column, row)
            if picture is not None:
                painter.drawImage(QRectF(column * size + east, row * size + south, size, size), picture)

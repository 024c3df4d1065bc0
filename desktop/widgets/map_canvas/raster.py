"""Pictures of a tile service under the map: which tiles a box needs, and painting those that have come. Fetching is not here."""

from __future__ import annotations

from math import ceil, exp2, floor
from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from desktop.widgets.map_canvas.projection import UNIT_ZOOM, WORLD_UNITS, lat_of, lon_of, unit_x, unit_y
from domain.geo.datum import Datum, convert
from domain.geo.tiling import Tiling, corner_of_degrees, degrees_across, tiles_of_degrees

_MOST_TILES = 64
_STRIP_DEGREES = 0.75
"""Degrees of latitude are not equally high on this map: a tile of degrees is laid in strips that are, within a part of a pixel."""


class RasterSource(Protocol):
    """`picture` gives a tile at once or None, and then fetches it; whoever owns the source calls the canvas when it came."""

    @property
    def datum(self) -> Datum: ...
    @property
    def zooms(self) -> tuple[int, int]: ...
    @property
    def tiling(self) -> Tiling: ...
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
    east, south = datum_shift(source.datum, box)
    own = box.translated(-east, -south)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.save()
    painter.translate(east, south)
    paint = _paint_degrees if source.tiling is Tiling.DEGREES else _paint_mercator
    paint(painter, source, level, own)
    painter.restore()


def _paint_mercator(painter: QPainter, source: RasterSource, level: int, box: QRectF) -> None:
    size = 256.0 * exp2(UNIT_ZOOM - level)
    last = round(WORLD_UNITS / size) - 1
    columns = range(max(0, floor(box.left() / size)), min(last, floor(box.right() / size)) + 1)
    rows = range(max(0, floor(box.top() / size)), min(last, floor(box.bottom() / size)) + 1)
    if len(columns) * len(rows) > _MOST_TILES:
        return
    for column in columns:
        for row in rows:
            picture = source.picture(level, column, row)
            if picture is not None:
                painter.drawImage(QRectF(column * size, row * size, size, size), picture)


def _paint_degrees(painter: QPainter, source: RasterSource, level: int, box: QRectF) -> None:
    columns, rows = tiles_of_degrees(
        level, lon_of(box.left()), lat_of(box.bottom()), lon_of(box.right()), lat_of(box.top())
    )
    if len(columns) * len(rows) > _MOST_TILES:
        return
    size = degrees_across(level)
    strips = max(1, ceil(size / _STRIP_DEGREES))
    for column in columns:
        for row in rows:
            picture = source.picture(level, column, row)
            if picture is None:
                continue
            west, north = corner_of_degrees(level, column, row)
            left, wide = unit_x(west), unit_x(west + size) - unit_x(west)
            edges = [unit_y(north - size * strip / strips) for strip in range(strips + 1)]
            high = picture.height() / strips
            for strip in range(strips):
                top, low = edges[strip], edges[strip + 1]
                part = QRectF(0, strip * high, picture.width(), high)
                painter.drawImage(QRectF(left, top, wide, low - top), picture, part)

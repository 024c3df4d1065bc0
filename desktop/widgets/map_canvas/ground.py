"""The still part of the map: streets, blocks, water and the borders of areas, painted tile by tile.

Paths are made once, in units around an origin; a tile asks for what touches it and paints it in the order of the classes.
What is too small to be seen at a zoom is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop.theme.theme import Theme
from desktop.widgets.map_canvas.projection import UNIT_ZOOM, unit_x, unit_y, units_per_meter
from domain.geo.ground import CLASSES, GroundFeature
from domain.geo.polygons import AreaShape, Vertex

_FROM_ZOOM = {"green": 11.0, "block": 13.4, "building": 15.6, "water": 3.0, "road_minor": 13.6, "road_major": 11.0}
_LANE_FROM_ZOOM = 15.2
_LANE_M = 10.0
_DASH_FROM_ZOOM = 15.0
_LEAST_AREA_PX = 12.0
"""Borders of areas narrower than this on the screen are a grey veil that says nothing: they are left out."""
_FAR_ALPHA = 0.45
"""Of grid borders from afar, where they would cover everything else."""


@dataclass(frozen=True, slots=True)
class _Item:
    path: QPainterPath
    width: float
    """Of a line, in units; 0 = a filled polygon."""
    lane: bool = False


class _Items:
    """Items with their boxes in columns: which touch a box is one numpy step."""

    def __init__(self, items: Sequence[_Item]) -> None:
        self.items = tuple(items)
        boxes = [item.path.controlPointRect().adjusted(*(s * item.width / 2 for s in (-1, -1, 1, 1))) for item in items]
        self._west = np.array([box.left() for box in boxes])
        self._north = np.array([box.top() for box in boxes])
        self._east = np.array([box.right() for box in boxes])
        self._south = np.array([box.bottom() for box in boxes])

    def touching(self, box: QRectF) -> Iterable[_Item]:
        if not self.items:
            return ()
        hit = (self._west <= box.right()) & (self._east >= box.left())
        hit &= (self._north <= box.bottom()) & (self._south >= box.top())
        return (self.items[index] for index in np.flatnonzero(hit))


_MADE_KEPT = 2
_MADE: list[tuple[tuple[GroundFeature, ...], QPointF | None, dict[str, _Items]]] = []
"""Paths by the very features they were made of. A worker may add to it (`prepare`): what it adds is whole by then, and never changed."""


def prepare(features: tuple[GroundFeature, ...]) -> None:
    """Makes the paths of a package ahead, so that the first map does not hold the windows up meanwhile. Any thread may do this."""
    GroundPainter(features)


class GroundPainter:
    """Paints ground and borders of one map. Immutable but for the borders shown (`set_borders`)."""

    def __init__(self, features: tuple[GroundFeature, ...] = ()) -> None:
        self._origin: QPointF | None = None
        self._ground = self._prepared(features)
        self._borders: list[tuple[str, _Items, float]] = []
        self.has_ground = bool(features)

    def set_borders(self, levels: Sequence[tuple[str, Sequence[AreaShape]]]) -> None:
        """Borders to draw, finest level first: (style, areas), style grid · community · town."""
        self._borders = [(style, _Items(self._border_items(areas)), _typical_width(areas)) for style, areas in levels]

    # -- making -----------------------------------------------------------------------------------

    def _prepared(self, features: tuple[GroundFeature, ...]) -> dict[str, _Items]:
        """Paths take a second for a district: desk and wall, which show the same package, share them."""
        for known, origin, items in tuple(_MADE):
            if known is features:
                self._origin = origin
                return items
        by_class: dict[str, list[_Item]] = {kind: [] for kind in CLASSES}
        for feature in features:
            by_class[feature.kind] += self._items_of(feature)
        made = {kind: _Items(items) for kind, items in by_class.items()}
        if features:
            _MADE.append((features, self._origin, made))
            del _MADE[:-_MADE_KEPT]
        return made

    def _local(self, lon: float, lat: float) -> QPointF:
        x, y = unit_x(lon), unit_y(lat)
        if self._origin is None:
            self._origin = QPointF(x, y)
        return QPointF(x - self._origin.x(), y - self._origin.y())

    def _items_of(self, feature: GroundFeature) -> list[_Item]:
        items = []
        if feature.polygons:
            path = QPainterPath()
            for ring in (ring for polygon in feature.polygons for ring in polygon):
                path.addPolygon(QPolygonF([self._local(*place) for place in ring]))
            items.append(_Item(path, 0.0))
        for line in feature.lines:
            path = QPainterPath(self._local(*line[0]))
            for place in line[1:]:
                path.lineTo(self._local(*place))
            items.append(_Item(path, feature.width_m * units_per_meter(line[0][1]), feature.width_m <= _LANE_M))
        return items

    def _border_items(self, areas: Sequence[AreaShape]) -> list[_Item]:
        """Every border once, though two areas share it: a dashed line drawn twice is no longer dashed."""
        drawn: set[tuple[Vertex, Vertex]] = set()
        items = []
        for area in areas:
            path = QPainterPath()
            for ring in area.rings():
                pen_down = False
                for one, other in pairwise(ring):
                    edge = (one, other) if one < other else (other, one)
                    if edge in drawn:
                        pen_down = False
                        continue
                    drawn.add(edge)
                    if not pen_down:
                        path.moveTo(self._local(*one))
                        pen_down = True
                    path.lineTo(self._local(*other))
            if not path.isEmpty():
                items.append(_Item(path, 0.0))
        return items

    # -- painting ---------------------------------------------------------------------------------

    def paint(self, painter: QPainter, theme: Theme, zoom: float, box: QRectF, ground: bool = True) -> None:
        """Paint the part inside `box` (units); the painter is already scaled to pixels of `zoom` with units' origin at 0,0."""
        if self._origin is None:
            return
        painter.save()
        painter.translate(self._origin)
        local = box.translated(-self._origin.x(), -self._origin.y())
        px = 2.0 ** (UNIT_ZOOM - zoom)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ground:
            for kind in CLASSES:
                if zoom >= _FROM_ZOOM[kind]:
                    self._paint_class(painter, theme, kind, zoom, local, px)
        for style, items, width in self._borders:
            if width < _LEAST_AREA_PX * px:
                continue
            self._paint_borders(painter, theme, style, zoom, items.touching(local))
        painter.restore()

    def _paint_class(self, painter: QPainter, theme: Theme, kind: str, zoom: float, box: QRectF, px: float) -> None:
        color = theme.component("map", kind)
        items = [i for i in self._ground[kind].touching(box) if not i.lane or zoom >= _LANE_FROM_ZOOM]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for item in items:
            if not item.width:
                painter.drawPath(item.path)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        lines = [item for item in items if item.width]
        if kind == "road_major" or theme.name == "light":
            # A street must end against its block: without an edge two greys run together.
            edge = theme.component("map", "land" if theme.name == "dark" else "building")
            for item in lines:
                painter.setPen(_road_pen(edge, max(item.width, px) + 3 * px))
                painter.drawPath(item.path)
        for item in lines:
            painter.setPen(_road_pen(color, max(item.width, px)))
            painter.drawPath(item.path)

    def _paint_borders(self, painter: QPainter, theme: Theme, style: str, zoom: float, items: Iterable[_Item]) -> None:
        width = {"grid": 1.0, "community": 1.4, "town": 2.0, "district": 2.6}[style] * theme.pen("hair")
        color = theme.component("map", "grid_edge")
        if style == "grid" and zoom < _DASH_FROM_ZOOM:
            color.setAlphaF(_FAR_ALPHA)
        pen = QPen(color, width)
        pen.setCosmetic(True)
        if zoom >= _DASH_FROM_ZOOM and style == "grid":
            pen.setDashPattern([8, 5])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for item in items:
            painter.drawPath(item.path)


def _typical_width(areas: Sequence[AreaShape]) -> float:
    """Median width of the areas in units."""
    boxes = [area.bounds() for area in areas]
    return float(np.median([unit_x(east) - unit_x(west) for west, _, east, _ in boxes])) if boxes else 0.0


def _road_pen(color: QColor, width: float) -> QPen:
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)

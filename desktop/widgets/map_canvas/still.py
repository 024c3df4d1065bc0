"""What stands still on the map and is painted with the ground: streets, borders, pictures of a tile service, camera sectors."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp2

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop.theme.theme import Theme
from desktop.widgets.map_canvas.ground import GroundPainter
from desktop.widgets.map_canvas.projection import UNIT_ZOOM
from desktop.widgets.map_canvas.raster import RasterSource, paint_raster
from desktop.widgets.map_canvas.scene import Scene, sector_radius_px
from desktop.widgets.map_canvas.sprites import camera_color
from desktop.widgets.map_canvas.values import CameraMark, Layer
from domain.geo.ground import GroundFeature
from domain.geo.polygons import AreaShape

_SECTOR_FROM_PX = 14.0
_EDGE_ALPHA = 0.45
Levels = Sequence[tuple[str, Sequence[AreaShape]]]


class Still:
    """Paints one tile at a time; whoever changes it has the tiles painted anew."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._ground = GroundPainter()
        self._features: tuple[GroundFeature, ...] = ()
        self._levels: Levels = ()
        self.raster: RasterSource | None = None

    def rebuild(self, features: tuple[GroundFeature, ...], levels: Levels) -> None:
        """Other streets or areas."""
        if features is not self._features:
            self._ground, self._features = GroundPainter(features), features
        self._levels = tuple(levels)
        self.show_borders()

    def show_borders(self) -> None:
        """Grid borders only while their layer is on."""
        grids = Layer.GRIDS in self._scene.layers
        self._ground.set_borders([level for level in self._levels if grids or level[0] != "grid"])

    def paint(self, painter: QPainter, theme: Theme, zoom: float, box: QRectF) -> None:
        """The part in `box`; the painter's coordinates are units."""
        self._ground.paint(painter, theme, zoom, box)
        if self.raster is not None:
            # Over the drawn ground: where a picture has not come, the streets stay.
            painter.save()
            paint_raster(painter, self.raster, zoom, box)
            painter.restore()
            self._ground.paint(painter, theme, zoom, box, ground=False)
        if Layer.CAMERAS in self._scene.layers:
            self._paint_sectors(painter, theme, zoom, box)

    def _paint_sectors(self, painter: QPainter, theme: Theme, zoom: float, box: QRectF) -> None:
        scale = exp2(zoom - UNIT_ZOOM)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in self._scene.sectors_in(box):
            camera = self._scene.cameras[index]
            if sector_radius_px(camera, scale) >= _SECTOR_FROM_PX:
                self._paint_sector(painter, theme, camera)
        self._paint_dots(painter, theme, 1 / scale, box)

    def _paint_dots(self, painter: QPainter, theme: Theme, px: float, box: QRectF) -> None:
        """Each camera as a dot: all that is seen of it from afar; nearer, its mark covers the dot."""
        side = theme.glyph_px / 4
        at, margin = self._scene.camera_at, side * px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for state, indexes in self._scene.dots.items():
            x, y = at.x[indexes], at.y[indexes]
            near = (x > box.left() - margin) & (x < box.right() + margin)
            near &= (y > box.top() - margin) & (y < box.bottom() + margin)
            pen = QPen(camera_color(theme, state, False), side, c=Qt.PenCapStyle.SquareCap)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawPoints(
                QPolygonF([QPointF(*place) for place in zip(x[near].tolist(), y[near].tolist(), strict=True)])
            )

    def _paint_sector(self, painter: QPainter, theme: Theme, camera: CameraMark) -> None:
        """Filled where the camera sees; only a dashed edge where it does not."""
        color = camera_color(theme, camera.state, False)
        pen = QPen(color, theme.pen("hair"))
        pen.setCosmetic(True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if camera.sees:
            color.setAlphaF(_EDGE_ALPHA)
            pen.setColor(color)
            color.setAlphaF(theme.number("map", "sector_alpha"))
            painter.setBrush(color)
        else:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawPolygon(QPolygonF(self._scene.sector(camera)))

"""A map on which one place is pointed out: a click, or Enter for the middle. The chosen place is marked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.maps.package import MapPackage
from desktop.theme.theme import Theme
from desktop.views.map.describe import ground_text
from desktop.widgets.labels import plain_label
from desktop.widgets.map_canvas.canvas import MapCanvas
from desktop.widgets.map_canvas.values import Layer, PlaceMark
from domain.geo.index import AreaIndex
from domain.ids import AreaCode
from domain.ticket import Point

CLOSE_ZOOM = 16.5


class PickPane(QWidget):
    """The map, and above it a sentence where it has no ground."""

    def __init__(self, theme: Theme, package: MapPackage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = PickMap(theme, package)
        self.note = plain_label(theme, self._missing(package), "small", "text.secondary", wrap=True)
        self.note.setHidden(not self.note.text())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("s"))
        column.addWidget(self.note)
        column.addWidget(self.map, 1)

    def _missing(self, package: MapPackage) -> str:
        """What is missing, why, and what to do all the same; "" where nothing is."""
        if package.ground is not None:
            return ground_text(package) if package.faults else ""
        if package.areas:
            return self.tr("没有底图，只画网格边界：请对照网格名点选，或在左边按道路、社区、网格查找。")
        return self.tr("没有底图包，这里只有比例尺：请在左边按社区或网格名选地点；底图包由管理员装到本机。")


class PickMap(MapCanvas):
    """`picked` carries longitude and latitude (WGS-84)."""

    picked = Signal(float, float)

    def __init__(self, theme: Theme, package: MapPackage, parent=None) -> None:
        super().__init__(theme, None, parent)
        self.set_ground(package.ground.features if package.ground else (), "")
        styles = (("grids", "grid"), ("communities", "community"), ("towns", "town"))
        self.set_areas([(style, package.areas[layer]) for layer, style in styles if layer in package.areas])
        self.set_layers(frozenset({Layer.GRIDS, Layer.SITES, Layer.TICKETS}))
        finest = next((package.areas[layer] for layer, _ in styles if layer in package.areas), ())
        self._index = AreaIndex(finest)
        self._has_areas = bool(finest)
        self.setAccessibleName(self.tr("地图，点击选择地点"))

    def area_at(self, point: Point) -> AreaCode | None:
        """The finest area that a point lies in; None outside of all, or on a border of two."""
        return self._index.assign(point).area if self._has_areas else None

    def mark(self, point: Point | None, name: str = "") -> None:
        """Show the chosen place."""
        marks = [] if point is None else [PlaceMark("chosen", name, point.lon, point.lat)]
        self.set_places(Layer.SITES, marks)
        if point is not None:
            self.show_place(point.lon, point.lat, CLOSE_ZOOM)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        still = self._press is not None and not self._dragged and self._band is None
        super().mouseReleaseEvent(event)
        if still and event.button() == Qt.MouseButton.LeftButton:
            self._pick(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(QPointF(self.rect().center()))
        else:
            super().keyPressEvent(event)

    def _pick(self, place: QPointF) -> None:
        lon, lat = self.place_at(place)
        self.picked.emit(lon, lat)

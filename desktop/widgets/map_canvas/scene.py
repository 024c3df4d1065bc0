"""What lives on the map, with everything that a frame needs computed beforehand: places in units, clusters, names, heat.

`settle` recomputes what depends on the zoom; it is called when a zoom has come to rest and, seldom, when data changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from desktop.theme.theme import Theme
from desktop.widgets.map_canvas.clusters import Clusters, clustered
from desktop.widgets.map_canvas.heat import heat_picture
from desktop.widgets.map_canvas.labels import Names, area_names, street_names
from desktop.widgets.map_canvas.projection import Floats, Viewport, unit_x, unit_xy, unit_y, units_per_meter
from desktop.widgets.map_canvas.values import (
    Callout,
    CameraMark,
    ComponentMark,
    Layer,
    PlaceMark,
    TicketColumns,
    UnitMark,
)
from domain.geo.ground import GroundFeature
from domain.geo.polygons import AreaShape
from domain.geo.sectors import Sector
from domain.ticket import Point

_CELL_PX, _NEAR_CELL_PX = 84.0, 20.0
_NEAR_ZOOM = 16.6
"""From here on only tickets on top of each other are put together."""
ALL_LAYERS = frozenset((Layer.TICKETS, Layer.GRIDS, Layer.CAMERAS, Layer.COMPONENTS, Layer.UNITS, Layer.SITES))


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen ticket: its place, who sees it, what lies near it."""

    ticket: str
    lon: float
    lat: float
    state: int = 2
    urgency: int = 2
    cameras: frozenset[str] = frozenset()
    components: frozenset[str] = frozenset()
    ring_m: float = 50.0
    ring_text: str = ""
    callout: Callout | None = None


@dataclass(slots=True)
class Columns:
    """Places of a list in units."""

    x: Floats = field(default_factory=lambda: np.empty(0))
    y: Floats = field(default_factory=lambda: np.empty(0))

    def inside(self, view: Viewport, margin_px: float) -> list[int]:
        """Indexes of what is in sight."""
        west, north, east, south = view.box(margin_px)
        hit = (self.x >= west) & (self.x <= east) & (self.y >= north) & (self.y <= south)
        found: list[int] = np.flatnonzero(hit).tolist()
        return found


def _columns(marks: Sequence[CameraMark | ComponentMark | UnitMark | PlaceMark]) -> Columns:
    if not marks:
        return Columns()
    return Columns(*unit_xy(np.array([mark.lon for mark in marks]), np.array([mark.lat for mark in marks])))


class Scene:
    """Plain holder; the canvas changes it, the overlay reads it."""

    def __init__(self) -> None:
        self.layers: frozenset[str] = ALL_LAYERS
        self.tickets = TicketColumns()
        self.ticket_at = Columns()
        self.grouped = self.tickets
        self.grouped_at = self.ticket_at
        """The tickets that `clusters` speaks of: newer ones are grouped with the next settling."""
        self.clusters: Clusters = clustered(np.empty(0), np.empty(0), np.empty(0, np.int8), np.empty(0, np.int8), 1.0)
        self.paint_order = np.empty(0, np.int64)
        self.paint_at = Columns()
        """Places of the clusters in the order in which they are painted."""
        self.cameras: tuple[CameraMark, ...] = ()
        self.camera_at = Columns()
        self._reach: Floats = np.empty(0)
        self.dots: dict[str, npt.NDArray[np.int64]] = {}
        """Indexes of cameras by state."""
        self.components: tuple[ComponentMark, ...] = ()
        self.component_at = Columns()
        self.component_index: dict[str, int] = {}
        self.units: tuple[UnitMark, ...] = ()
        self.unit_at = Columns()
        self.places: dict[str, tuple[PlaceMark, ...]] = {}
        self.place_at: dict[str, Columns] = {}
        self.names = Names()
        self.heat: QImage | None = None
        self.heat_box = QRectF()
        self.selection: Selection | None = None
        self.cursor: str = ""
        """Id of the mark that the keyboard stands on."""
        self._sectors: dict[str, tuple[QPointF, ...]] = {}
        self._index: dict[str, int] | None = None

    # -- data -------------------------------------------------------------------------------------

    def set_names(self, features: Sequence[GroundFeature], levels: Sequence[tuple[str, Sequence[AreaShape]]]) -> None:
        areas = [name for style, areas in reversed(levels) for name in area_names(style, areas)]
        self.names = Names(areas, street_names(features))

    def set_tickets(self, tickets: TicketColumns) -> None:
        self.tickets = tickets
        self.ticket_at = Columns(*unit_xy(tickets.lon, tickets.lat))

    def ticket_index(self, ticket: str) -> int | None:
        """Its place among the grouped tickets."""
        if self._index is None:
            self._index = {known: number for number, known in enumerate(self.grouped.ids)}
        return self._index.get(ticket)

    def tickets_in(self, box: tuple[float, float, float, float]) -> TicketColumns:
        """Tickets inside west, north, east, south (units)."""
        at, tickets = self.ticket_at, self.tickets
        inside = (at.x >= box[0]) & (at.x <= box[2]) & (at.y >= box[1]) & (at.y <= box[3])
        return tickets.at(np.flatnonzero(inside))

    def set_cameras(self, cameras: Sequence[CameraMark]) -> None:
        self.cameras = tuple(cameras)
        self.camera_at = _columns(self.cameras)
        self._sectors = {}
        self.dots = {
            state: np.array([number for number, camera in enumerate(self.cameras) if camera.state == state])
            for state in {camera.state for camera in self.cameras}
        }
        reach = [camera.radius_m * units_per_meter(camera.lat) if camera.angle else 0.0 for camera in self.cameras]
        self._reach = np.array(reach)

    def sectors_in(self, box: QRectF) -> list[int]:
        """Cameras whose sector may touch a box of units."""
        at, reach = self.camera_at, self._reach
        hit = (at.x + reach >= box.left()) & (at.x - reach <= box.right())
        hit &= (at.y + reach >= box.top()) & (at.y - reach <= box.bottom()) & (reach > 0)
        found: list[int] = np.flatnonzero(hit).tolist()
        return found

    def set_components(self, components: Sequence[ComponentMark]) -> None:
        self.components = tuple(components)
        self.component_at = _columns(self.components)
        self.component_index = {component.id: number for number, component in enumerate(self.components)}

    def set_units(self, units: Sequence[UnitMark]) -> None:
        self.units = tuple(units)
        self.unit_at = _columns(self.units)

    def set_places(self, kind: str, places: Sequence[PlaceMark]) -> None:
        self.places[kind] = tuple(places)
        self.place_at[kind] = _columns(self.places[kind])

    def sector(self, camera: CameraMark) -> tuple[QPointF, ...]:
        """Outline of a camera's sector in units; empty where it has none."""
        known = self._sectors.get(camera.id)
        if known is None:
            known = self._sectors[camera.id] = _sector(camera)
        return known

    # -- what depends on the view -------------------------------------------------------------------

    def settle(self, view: Viewport, theme: Theme) -> None:
        """Group tickets and paint heat for this zoom."""
        cell = (_NEAR_CELL_PX if view.zoom >= _NEAR_ZOOM else _CELL_PX) * theme.glyph_px / 12
        tickets = self.grouped = self.tickets
        self.grouped_at = self.ticket_at
        self._index = None
        self.clusters = clustered(self.ticket_at.x, self.ticket_at.y, tickets.state, tickets.urgency, cell / view.scale)
        # The worst are painted last, so that they lie on top.
        self.paint_order = np.argsort(-tickets.state[self.clusters.worst].astype(int), kind="stable")
        self.paint_at = Columns(self.clusters.x[self.paint_order], self.clusters.y[self.paint_order])
        self.heat = None
        if Layer.HEAT in self.layers:
            west, north, east, south = view.box(max(view.width, view.height) / 2)
            self.heat_box = QRectF(west, north, east - west, south - north)
            self.heat = heat_picture(self.ticket_at.x, self.ticket_at.y, self.heat_box, theme.color("sla.overdue"))


def _sector(camera: CameraMark) -> tuple[QPointF, ...]:
    if not camera.radius_m or not camera.angle:
        return ()
    sector = Sector(Point(camera.lon, camera.lat), camera.direction, camera.angle, camera.radius_m)
    return tuple(QPointF(unit_x(place.lon), unit_y(place.lat)) for place in sector.outline())


def sector_radius_px(camera: CameraMark, zoom_scale: float) -> float:
    return camera.radius_m * units_per_meter(camera.lat) * zoom_scale

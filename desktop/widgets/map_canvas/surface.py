"""`MapSurface`: what the map shows, and which part of the world; no hand yet (canvas.py adds mouse and keys).

A frame copies ground pictures and marks (1–5 ms). Whatever takes longer – painting ground, grouping, choosing names – happens
between frames in small steps, or when a zoom has come to rest. Refreshed data never move what a hand has set.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.map_canvas.hud import ScaleBar
from desktop.widgets.map_canvas.labels import LabelBlocks
from desktop.widgets.map_canvas.overlay import Overlay
from desktop.widgets.map_canvas.projection import Viewport, lat_of, lon_of, unit_x, unit_y
from desktop.widgets.map_canvas.raster import RasterSource
from desktop.widgets.map_canvas.scene import Scene, Selection
from desktop.widgets.map_canvas.still import Still
from desktop.widgets.map_canvas.tiles import TileCache
from desktop.widgets.map_canvas.values import CameraMark, ComponentMark, Layer, PlaceMark, TicketColumns, UnitMark
from domain.geo.ground import GroundFeature
from domain.geo.polygons import AreaShape

SETTLE_MS = 80
WORK_BUDGET_S = 0.0015
FRAME_S = 0.05
"""While ground is being painted a frame comes this often: each step alone would cost as much again for the frame that shows it."""
START = (114.35, 22.69, 12.0)
HOME_MARGIN_PX = 24.0
CHOSEN_ZOOM = 17.2


class MapSurface(ThemedWidget):
    """Values in by `set_*`. Places are degrees WGS-84 everywhere on this interface."""

    view_locked_changed = Signal(bool)
    view_changed = Signal()
    settled = Signal()

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._scene = Scene()
        self._still = Still(self._scene)
        self._features: tuple[GroundFeature, ...] = ()
        self._levels: tuple[tuple[str, Sequence[AreaShape]], ...] = ()
        self._note = ""
        self._tiles = TileCache(self._paint_tile)
        self._overlay = Overlay(theme, 1.0)
        lon, lat, zoom = START
        self._view = Viewport(unit_x(lon), unit_y(lat), zoom, 1, 1)
        self._home: tuple[float, float, float, float] | None = None
        self._insets = (0.0, 0.0)
        self._locked = False
        self._names: LabelBlocks | None = None
        self._names_to_be: LabelBlocks | None = None
        self._names_key: tuple[object, ...] = ()
        self._regrouped = False
        self._framed_at = 0.0
        self._work = self._timer(0, self._on_work)
        self._settle = self._timer(SETTLE_MS, self._on_settled)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("地图"))
        self.restyle()

    def _timer(self, interval_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer

    # -- what it shows ------------------------------------------------------------------------------

    def set_ground(self, features: Sequence[GroundFeature], note: str = "") -> None:
        """Streets, blocks and water; `note` is printed beside the scale bar (演示, derived, date)."""
        self._features, self._note = tuple(features), note
        self._rebuild_ground()

    def set_areas(self, levels: Sequence[tuple[str, Sequence[AreaShape]]]) -> None:
        """Borders and names, finest level first: (style, areas), style grid · community · town."""
        self._levels = tuple(levels)
        boxes = [area.bounds() for _, areas in levels for area in areas]
        if boxes:
            west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
            east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
            self._home = (unit_x(west), unit_y(north), unit_x(east), unit_y(south))
        self._rebuild_ground()
        self._follow()

    def set_insets(self, top_px: float, bottom_px: float) -> None:
        """Room at the edges that panels cover: the framed district keeps out of it."""
        if (top_px, bottom_px) != self._insets:
            self._insets = (top_px, bottom_px)
            self._follow()

    def set_raster(self, source: RasterSource | None) -> None:
        """Tiles of a service instead of the drawn ground; None = the drawn ground again."""
        self._still.raster = source
        self.refresh_ground()

    def refresh_ground(self) -> None:
        """Paint the ground anew (a tile came, a camera's state changed); what is shown stays until then."""
        self._tiles.refresh()
        self._start_work()

    def set_tickets(self, tickets: TicketColumns) -> None:
        """All tickets that have a place. Grouping follows with the next settling, at most every SETTLE_MS."""
        known = self._scene.tickets
        same = tickets.ids == known.ids and all(
            np.array_equal(new, old)
            for new, old in (
                (tickets.lon, known.lon),
                (tickets.lat, known.lat),
                (tickets.state, known.state),
                (tickets.urgency, known.urgency),
            )
        )
        if not same:
            self._scene.set_tickets(tickets)
            self._touch_data()

    def set_cameras(self, cameras: Sequence[CameraMark]) -> None:
        if tuple(cameras) != self._scene.cameras:
            self._scene.set_cameras(cameras)
            self.refresh_ground()

    def set_components(self, components: Sequence[ComponentMark]) -> None:
        self._scene.set_components(components)
        self.update()

    def set_units(self, units: Sequence[UnitMark]) -> None:
        if tuple(units) != tuple(self._scene.units):
            self._scene.set_units(units)
            self.update()

    def set_places(self, kind: str, places: Sequence[PlaceMark]) -> None:
        """Sites, repeat spots or facilities (names of Layer)."""
        self._scene.set_places(kind, places)
        self.update()

    def set_layers(self, layers: frozenset[str]) -> None:
        """Which layers are shown."""
        before, self._scene.layers = self._scene.layers, layers
        if (before ^ layers) & {Layer.GRIDS, Layer.CAMERAS, Layer.SATELLITE}:
            self._still.show_borders()
            self.refresh_ground()
        self._touch_data()

    def layers(self) -> frozenset[str]:
        return self._scene.layers

    def select(self, selection: Selection | None, bring: bool = False) -> None:
        """Mark a ticket. `bring`: show its place, unless a hand has locked the view."""
        if selection == self._scene.selection and not bring:
            return
        self._scene.selection = selection
        if selection is not None and bring and not self._locked:
            self.show_place(selection.lon, selection.lat, max(self._view.zoom, CHOSEN_ZOOM))
        self.update()

    def selection(self) -> Selection | None:
        return self._scene.selection

    # -- the view -------------------------------------------------------------------------------------

    def view(self) -> Viewport:
        return self._view

    def is_locked(self) -> bool:
        """Whether a hand has set the view; then nothing but a hand moves it."""
        return self._locked

    def lock(self, locked: bool = True) -> None:
        if locked != self._locked:
            self._locked = locked
            self.view_locked_changed.emit(locked)

    def rearm(self) -> None:
        """R: let the view follow again, and frame what there is now."""
        self.lock(False)
        self._follow()

    def show_place(self, lon: float, lat: float, zoom: float) -> None:
        """Bring a place to the middle (a search, a ticket from another window)."""
        view = self._view
        self._set_view(Viewport(unit_x(lon), unit_y(lat), zoom, view.width, view.height))

    def show_box(self, west: float, south: float, east: float, north: float) -> None:
        """Frame a box of degrees."""
        self._set_view(self._framed((unit_x(west), unit_y(north), unit_x(east), unit_y(south))))

    def pan(self, dx_px: float, dy_px: float) -> None:
        """By hand: locks the view."""
        self.lock()
        self._set_view(self._view.moved(dx_px, dy_px))

    def zoom_by(self, step: float, at: QPointF | None = None) -> None:
        """By hand, around a pixel or the middle: locks the view."""
        self.lock()
        place = at if at is not None else QPointF(self.width() / 2, self.height() / 2)
        self._set_view(self._view.zoomed(self._view.zoom + step, place.x(), place.y()))

    def is_complete(self) -> bool:
        """Whether everything in sight is painted at its final sharpness."""
        return not self._settle.isActive() and not self._work.isActive() and self._tiles.complete(self._view)

    def finish(self) -> None:
        """Paint everything now, for a picture or a printout; may take some hundred milliseconds."""
        self._on_settled()
        while self._work_once(perf_counter() + 1.0):
            pass
        self._work.stop()
        self.repaint()
        self.settled.emit()

    def _follow(self) -> None:
        """Frame the chosen ticket, else the whole district. Only while no hand has set the view."""
        selection = self._scene.selection
        if self._locked or self.width() < 2:
            return
        if selection is not None:
            self.show_place(selection.lon, selection.lat, CHOSEN_ZOOM)
        elif self._home is not None:
            self._set_view(self._framed(self._home))

    def _framed(self, box: tuple[float, float, float, float]) -> Viewport:
        """A box of units in the part that no panel covers."""
        top, bottom = self._insets
        room = Viewport(0.0, 0.0, 0.0, self.width(), max(1, round(self.height() - top - bottom)))
        view = room.fitted(box, HOME_MARGIN_PX)
        middle = (bottom - top) / 2 / view.scale
        return Viewport(view.x, view.y + middle, view.zoom, self.width(), self.height())

    def _set_view(self, view: Viewport) -> None:
        zoomed = view.zoom != self._view.zoom
        self._view = view
        if zoomed:
            self._settle.start()
        else:
            self._start_work()
        self.view_changed.emit()
        self.update()

    def place_at(self, px: QPointF) -> tuple[float, float]:
        """Longitude and latitude under a pixel."""
        x, y = self._view.units(px.x(), px.y())
        return lon_of(x), lat_of(y)

    def tickets_in(self, band: QRectF) -> tuple[str, ...]:
        """Ids of the tickets inside a rectangle of pixels."""
        return self._scene.tickets_in(self._units_of(band)).ids

    def tickets_in_sight(self) -> TicketColumns:
        """The tickets inside the view."""
        return self._scene.tickets_in(self._view.box())

    def _units_of(self, band: QRectF) -> tuple[float, float, float, float]:
        west, north = self._view.units(band.left(), band.top())
        east, south = self._view.units(band.right(), band.bottom())
        return west, north, east, south

    # -- between frames ---------------------------------------------------------------------------------

    def _touch_data(self) -> None:
        """Group and choose anew soon; not at once, so that a burst of changes costs one grouping."""
        if not self._settle.isActive():
            self._settle.start()

    def _start_work(self) -> None:
        if not self._settle.isActive() and not self._work.isActive():
            self._work.start()

    def _on_settled(self) -> None:
        self._settle.stop()
        self._tiles.set_zoom(self._view.zoom, self.devicePixelRatioF())
        self._scene.settle(self._view, self._theme)
        self._regrouped = True
        grids = Layer.GRIDS in self._scene.layers
        key = (self._view.zoom, grids, id(self._scene.names), id(self._overlay))
        if key != self._names_key:
            # Names of another zoom stay on the map until the first of the new ones are ready.
            self._names_key = key
            self._names_to_be = LabelBlocks(
                self._scene.names, self._theme, self._view.zoom, grids, self._overlay.sprites
            )
        self._work.start()
        self.update()

    def _on_work(self) -> None:
        if self._work_once(perf_counter() + WORK_BUDGET_S):
            self._work.start()
        else:
            self.settled.emit()

    def _work_once(self, until: float) -> bool:
        """Paint some ground and make some names; True while there is more to do."""
        names = self._names_to_be or self._names
        more = self._tiles.work(self._view, until)
        more |= names is not None and names.work(self._view, max(until, perf_counter() + WORK_BUDGET_S / 3))
        if not more and self._names_to_be is not None:
            self._names, self._names_to_be = self._names_to_be, None
        if not more and self._names is not None and self._regrouped:
            # Only with new groups: a name that stepped aside in the middle of a pan would seem to jump.
            self._regrouped = False
            self._names.keep_clear(self._overlay.mark_boxes(self._view, self._scene))
        if not more or perf_counter() - self._framed_at > FRAME_S:
            self._framed_at = perf_counter()
            self.update()
        return more

    def _rebuild_ground(self) -> None:
        self._still.rebuild(self._features, self._levels)
        self._scene.set_names(self._features, self._levels)
        self._tiles.clear()
        self._touch_data()

    def _paint_tile(self, painter: QPainter, zoom: float, box: QRectF) -> None:
        self._still.paint(painter, self._theme, zoom, box)

    # -- Qt ---------------------------------------------------------------------------------------------

    def restyle(self) -> None:
        self._overlay = Overlay(self._theme, self.devicePixelRatioF())
        self._scale_bar = ScaleBar(self._theme, (self.tr("米"), self.tr("公里")))
        self._tiles.set_land(self._theme.component("map", "land"))
        self._touch_data()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 40, self._theme.space("xl") * 28)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, self._theme.space("xl") * 10)

    def resizeEvent(self, event) -> None:
        view = self._view
        self._view = Viewport(view.x, view.y, view.zoom, self.width(), self.height())
        if not self._locked:
            self._follow()
        self._touch_data()

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        self._tiles.paint(painter, self._view)
        self._overlay.paint(painter, self._view, self._scene, self._names)
        if not self._theme.is_wall:
            self._scale_bar.paint(painter, self._view, self._note)
        self.paint_above(painter)
        painter.end()

    def paint_above(self, painter: QPainter) -> None:
        """What a subclass paints over everything."""

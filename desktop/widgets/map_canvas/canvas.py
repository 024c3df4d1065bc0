"""`MapCanvas`: the widget. It holds the viewport, hears mouse and keys, keeps the view lock, and asks the others to paint.

A frame copies ground pictures and marks (1–5 ms). Whatever takes longer – painting ground, grouping, choosing names – happens
between frames in small steps, or when a zoom has come to rest. Refreshed data never move what a hand has set.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import hypot
from time import perf_counter

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.map_canvas.hud import paint_band, paint_scale
from desktop.widgets.map_canvas.labels import LabelBlocks
from desktop.widgets.map_canvas.markers import MarkerList
from desktop.widgets.map_canvas.marks import Describe, hit_under, in_order, next_ticket, spoken
from desktop.widgets.map_canvas.overlay import CAMERA, CLUSTER, COMPONENT, TICKET, UNIT, Hit, Overlay
from desktop.widgets.map_canvas.projection import Viewport, lat_of, lon_of, unit_x, unit_y
from desktop.widgets.map_canvas.raster import RasterSource
from desktop.widgets.map_canvas.scene import Scene, Selection
from desktop.widgets.map_canvas.still import Still
from desktop.widgets.map_canvas.tiles import TileCache
from desktop.widgets.map_canvas.values import CameraMark, ComponentMark, Layer, PlaceMark, TicketColumns, UnitMark
from desktop.widgets.painting import paint_focus
from domain.geo.ground import GroundFeature
from domain.geo.polygons import AreaShape

SETTLE_MS = 80
SPEAK_MS = 300
WORK_BUDGET_S = 0.0015
KEY_STEP_PX = 120
ZOOM_STEP = 0.5
START = (114.35, 22.69, 12.0)
HOME_MARGIN_PX = 24.0
_DRAG_FROM_PX = 4.0
_PICK_PX = 16.0


class MapCanvas(ThemedWidget):
    """Values in by `set_*`; signals out. Places are degrees WGS-84 everywhere on this interface."""

    ticket_clicked = Signal(str)
    camera_clicked = Signal(str)
    component_clicked = Signal(str)
    unit_clicked = Signal(str)
    ground_clicked = Signal()
    area_selected = Signal(tuple)
    view_locked_changed = Signal(bool)
    view_changed = Signal()
    settled = Signal()

    def __init__(self, theme: Theme, describe: Describe | None = None, parent=None) -> None:
        super().__init__(theme, parent)
        self._describe = describe or (lambda _kind, ident, _count: ident)
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
        self._locked = False
        self._stale_data = False
        self._names: LabelBlocks | None = None
        self._names_to_be: LabelBlocks | None = None
        self._names_key: tuple[object, ...] = ()
        self._press: QPointF | None = None
        self._dragged = self._banding = False
        self._band: QRectF | None = None
        self._markers = MarkerList(self, theme.glyph_px * 2)
        self._work = self._timer(0, self._on_work)
        self._settle = self._timer(SETTLE_MS, self._on_settled)
        self._speak = self._timer(SPEAK_MS, self._name_markers)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if not theme.is_wall else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
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
        self._scene.selection = selection
        if selection is not None and bring and not self._locked:
            self.show_place(selection.lon, selection.lat, max(self._view.zoom, 17.2))
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
        self._set_view(self._view.fitted((unit_x(west), unit_y(north), unit_x(east), unit_y(south)), HOME_MARGIN_PX))

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
        self._name_markers()

    def _follow(self) -> None:
        """Frame the chosen ticket, else the whole district. Only while no hand has set the view."""
        selection = self._scene.selection
        if self._locked or self.width() < 2:
            return
        if selection is not None:
            self.show_place(selection.lon, selection.lat, 17.2)
        elif self._home is not None:
            self._set_view(self._view.fitted(self._home, HOME_MARGIN_PX))

    def _set_view(self, view: Viewport) -> None:
        zoomed = view.zoom != self._view.zoom
        self._view = view
        if zoomed:
            self._settle.start()
        else:
            self._start_work()
        self.view_changed.emit()
        self.update()

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
            self._speak.start()
            self.settled.emit()

    def _work_once(self, until: float) -> bool:
        """Paint some ground and make some names; True while there is more to do."""
        names = self._names_to_be or self._names
        more = self._tiles.work(self._view, until)
        more |= names is not None and names.work(self._view, max(until, perf_counter() + WORK_BUDGET_S / 3))
        if not more and self._names_to_be is not None:
            self._names, self._names_to_be = self._names_to_be, None
        self.update()
        return more

    def _rebuild_ground(self) -> None:
        self._still.rebuild(self._features, self._levels)
        self._scene.set_names(self._features, self._levels)
        self._tiles.clear()
        self._touch_data()

    def _paint_tile(self, painter: QPainter, zoom: float, box: QRectF) -> None:
        self._still.paint(painter, self._theme, zoom, box)

    # -- marks ----------------------------------------------------------------------------------------

    def hit_at(self, place: QPointF) -> Hit | None:
        """The topmost mark under a pixel."""
        return hit_under(self._overlay.hits, place, max(_PICK_PX, self._theme.hit_px / 2))

    def visible_marks(self) -> list[Hit]:
        """Marks in sight, in the order in which Tab walks them."""
        return in_order(self._overlay.hits, self._scene, self._view)

    def marker_names(self) -> tuple[str, ...]:
        """What a screen reader finds as children of the map."""
        return self._markers.names()

    def _name_markers(self) -> None:
        self._markers.show(spoken(self.visible_marks(), self._scene, self._describe))

    def _activate(self, hit: Hit | None) -> None:
        if hit is None:
            self.ground_clicked.emit()
            return
        kind, ident, index, _, _ = hit
        if kind == CLUSTER:
            self._open_cluster(ident, index)
            return
        signals = {
            TICKET: self.ticket_clicked,
            CAMERA: self.camera_clicked,
            COMPONENT: self.component_clicked,
            UNIT: self.unit_clicked,
        }
        if kind in signals:
            self._scene.cursor = ident
            signals[kind].emit(ident)

    def _open_cluster(self, worst: str, cluster: int) -> None:
        """Nearer, so that it falls apart; where nothing falls apart any more, its worst ticket."""
        members = self._scene.clusters.members(cluster)
        xs, ys = self._scene.ticket_at.x[members], self._scene.ticket_at.y[members]
        if float(xs.max() - xs.min()) + float(ys.max() - ys.min()) < 4.0 or self._view.zoom >= 19:
            self.ticket_clicked.emit(worst)
            return
        self.lock()
        box = (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))
        self._set_view(self._view.fitted(box, HOME_MARGIN_PX * 4, most=min(19.0, self._view.zoom + 2.5)))

    # -- Qt ---------------------------------------------------------------------------------------------

    def restyle(self) -> None:
        self._overlay = Overlay(self._theme, self.devicePixelRatioF())
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
            paint_scale(painter, self._theme, self._view, self.tr("米"), self.tr("公里"), self._note)
        if self._band is not None:
            paint_band(painter, self._theme, self._band)
        if self.hasFocus():
            paint_focus(painter, self._theme, QRectF(self.rect()))
        painter.end()

    def set_banding(self, on: bool) -> None:
        """The next drag draws a rectangle instead of moving the map (also with Shift)."""
        self._banding = on
        self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._press, self._dragged = event.position(), False
        if self._banding or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._band = QRectF(event.position(), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        moved = event.position() - self._press
        if self._band is not None:
            self._band.setBottomRight(event.position())
            self.update()
        elif self._dragged or hypot(moved.x(), moved.y()) >= _DRAG_FROM_PX:
            self._dragged = True
            self._press = event.position()
            self.pan(-moved.x(), -moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        self._press = None
        if self._band is not None:
            band, self._band = self._band.normalized(), None
            self.set_banding(False)
            self.area_selected.emit(self.tickets_in(band))
            self.update()
        elif not self._dragged:
            self._activate(self.hit_at(event.position()))

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(event.angleDelta().y() / 120 * ZOOM_STEP, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pans = {
            Qt.Key.Key_Left: (-KEY_STEP_PX, 0),
            Qt.Key.Key_Right: (KEY_STEP_PX, 0),
            Qt.Key.Key_Up: (0, -KEY_STEP_PX),
            Qt.Key.Key_Down: (0, KEY_STEP_PX),
        }
        zooms = {Qt.Key.Key_Plus: ZOOM_STEP, Qt.Key.Key_Equal: ZOOM_STEP, Qt.Key.Key_Minus: -ZOOM_STEP}
        key = Qt.Key(event.key())
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
        elif key in pans:
            self.pan(*pans[key])
        elif key in zooms:
            self.zoom_by(zooms[key])
        elif key == Qt.Key.Key_R:
            self.rearm()
        else:
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the marks by urgency, then distance from the middle; past the last one it leaves the map."""
        self._scene.cursor = next_ticket(self.visible_marks(), self._scene.cursor, forward)
        self.update()
        return bool(self._scene.cursor) or super().focusNextPrevChild(forward)

    def activate_cursor(self) -> bool:
        """Enter on the mark that the keyboard stands on; False where it stands on none."""
        hit = next((hit for hit in self._overlay.hits if hit[1] == self._scene.cursor), None)
        if hit is not None:
            self._activate(hit)
        return hit is not None

    def place_at(self, px: QPointF) -> tuple[float, float]:
        """Longitude and latitude under a pixel."""
        x, y = self._view.units(px.x(), px.y())
        return lon_of(x), lat_of(y)

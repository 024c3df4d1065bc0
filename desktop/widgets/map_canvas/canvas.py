"""`MapCanvas`: the map under a hand. Mouse, wheel and keys; picking; Tab from mark to mark; the marks as children for screen readers."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent

from desktop.theme.theme import Theme
from desktop.widgets.map_canvas.hud import paint_band
from desktop.widgets.map_canvas.markers import MarkerList
from desktop.widgets.map_canvas.marks import Describe, hit_under, in_order, next_ticket, spoken
from desktop.widgets.map_canvas.measure import MeasureLine
from desktop.widgets.map_canvas.overlay import CAMERA, CLUSTER, COMPONENT, SPOT, TICKET, UNIT, Hit
from desktop.widgets.map_canvas.surface import HOME_MARGIN_PX, MapSurface
from desktop.widgets.painting import paint_focus

SPEAK_MS = 300
KEY_STEP_PX = 120
ZOOM_STEP = 0.5
CLOSEST = 19.0
_DRAG_FROM_PX = 4.0
_PICK_PX = 16.0
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class MapCanvas(MapSurface):
    """A click on a mark is told by its signal; on a group it comes nearer; on the ground `ground_clicked`."""

    ticket_clicked = Signal(str)
    camera_clicked = Signal(str)
    component_clicked = Signal(str)
    unit_clicked = Signal(str)
    ground_clicked = Signal()
    area_selected = Signal(tuple)
    spot_clicked = Signal(str)
    ground_pointed = Signal(QPointF)
    """A pixel that was clicked while a line is measured; marks do not take the click then."""

    def __init__(self, theme: Theme, describe: Describe | None = None, parent=None) -> None:
        super().__init__(theme, parent)
        self._describe = describe or (lambda _kind, ident, _count: ident)
        self._press: QPointF | None = None
        self._dragged = self._banding = self._ringed = False
        self._band: QRectF | None = None
        self._framed_back = False
        self._measure: MeasureLine | None = None
        self._measure_words: Callable[[float], str] = str
        self._markers = MarkerList(self, theme.glyph_px * 2)
        self._speak = self._timer(SPEAK_MS, self._name_markers)
        self.settled.connect(self._speak.start)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if theme.is_wall else Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

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
            SPOT: self.spot_clicked,
        }
        if kind in signals:
            self._scene.cursor = ident
            signals[kind].emit(ident)

    def _open_cluster(self, worst: str, cluster: int) -> None:
        """Nearer, so that it falls apart; where nothing falls apart any more, its worst ticket."""
        members = self._scene.clusters.members(cluster)
        xs, ys = self._scene.grouped_at.x[members], self._scene.grouped_at.y[members]
        if float(xs.max() - xs.min()) + float(ys.max() - ys.min()) < 4.0 or self._view.zoom >= CLOSEST:
            self.ticket_clicked.emit(worst)
            return
        self.lock()
        box = (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))
        self._set_view(self._view.fitted(box, HOME_MARGIN_PX * 4, most=min(CLOSEST, self._view.zoom + 2.5)))

    # -- Qt ---------------------------------------------------------------------------------------------

    def set_framed(self, on: bool) -> None:
        """An accent frame: what is shown is not live."""
        if on != self._framed_back:
            self._framed_back = on
            self.update()

    def set_measure(self, line: MeasureLine | None, words: Callable[[float], str]) -> None:
        """A line to be measured over the map, None = none; `words` says a length in metres."""
        self._measure, self._measure_words = line, words
        self.setCursor(Qt.CursorShape.ArrowCursor if line is None else Qt.CursorShape.CrossCursor)
        self.update()

    def paint_above(self, painter: QPainter) -> None:
        if self._framed_back:
            pen = self._theme.pen("series")
            painter.setPen(QPen(self._theme.color("accent.base"), pen))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2))
        if self._measure is not None:
            self._measure.paint(painter, self._theme, self._view, self._measure_words)
        if self._band is not None:
            paint_band(painter, self._theme, self._band)
        if self._ringed:
            paint_focus(painter, self._theme, QRectF(self.rect()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for those who came by key; a click needs none."""
        self._ringed = event.reason() in _BY_KEY
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        super().focusOutEvent(event)

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
        elif not self._dragged and self._measure is not None:
            self.ground_pointed.emit(event.position())
        elif not self._dragged:
            self._activate(self.hit_at(event.position()))

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

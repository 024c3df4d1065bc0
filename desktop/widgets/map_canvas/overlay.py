"""Everything that is painted anew in each frame: heat, cameras, components, units, tickets, names, the selection.

Pictures are copied (sprites.py), never drawn from scratch; only what is in sight is touched. `hits` remembers where things were
painted, for the pointer and the keyboard.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from desktop.theme.theme import Theme
from desktop.widgets.map_canvas.hud import paint_callout
from desktop.widgets.map_canvas.projection import Viewport, unit_x, unit_y
from desktop.widgets.map_canvas.scene import Scene, Selection
from desktop.widgets.map_canvas.sprites import Sprites, camera_color
from desktop.widgets.map_canvas.values import UNIT_GONE_S, UNIT_GREY_S, Layer

TICKET, CLUSTER, CAMERA, COMPONENT, UNIT, PLACE = "ticket", "cluster", "camera", "component", "unit", "place"
ICONS_FROM_ZOOM = 15.0
COMPONENTS_FROM_ZOOM = 17.0
_MOST_ICONS = 300
_MOST_COMPONENTS = 400
_EDGE_PX = 60.0


@dataclass(frozen=True, slots=True)
class Hit:
    """Something painted at (x, y); `index` into its list (for a cluster: of the clusters)."""

    kind: str
    id: str
    index: int
    x: float
    y: float


class Overlay:
    """Paints one scene with one theme."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        self.theme = theme
        self.sprites = Sprites(theme, ratio)
        self.hits: list[Hit] = []

    def paint(self, painter: QPainter, view: Viewport, scene: Scene) -> None:
        """One frame; the painter is in pixels of the canvas."""
        self.hits = []
        layers = scene.layers
        self._paint_heat(painter, view, scene)
        if scene.selection is not None:
            self._paint_ring(painter, view, scene, scene.selection)
        self._paint_labels(painter, view, scene)
        if Layer.COMPONENTS in layers:
            self._paint_components(painter, view, scene)
        if Layer.CAMERAS in layers:
            self._paint_cameras(painter, view, scene)
        for kind in (Layer.FACILITIES, Layer.SPOTS, Layer.SITES):
            if kind in layers and kind in scene.places:
                self._paint_places(painter, view, scene, kind)
        if Layer.TICKETS in layers:
            self._paint_tickets(painter, view, scene)
        if Layer.UNITS in layers:
            self._paint_units(painter, view, scene)
        if scene.selection is not None:
            self._paint_selection(painter, view, scene.selection)

    def _copy(self, painter: QPainter, picture: QPixmap, x: float, y: float) -> None:
        ratio = picture.devicePixelRatio()
        painter.drawPixmap(round(x - picture.width() / ratio / 2), round(y - picture.height() / ratio / 2), picture)

    def _paint_heat(self, painter: QPainter, view: Viewport, scene: Scene) -> None:
        if scene.heat is None:
            return
        box = scene.heat_box
        left, top = view.screen(box.left(), box.top())
        right, low = view.screen(box.right(), box.bottom())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(left, top, right - left, low - top), scene.heat)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)

    def _paint_labels(self, painter: QPainter, view: Viewport, scene: Scene) -> None:
        for label in scene.labels:
            x, y = view.screen(label.x, label.y)
            if -_EDGE_PX < x < view.width + _EDGE_PX and -_EDGE_PX < y < view.height + _EDGE_PX:
                picture = self.sprites.label(label.text, label.size, label.role, label.angle, label.upright)
                self._copy(painter, picture, x, y)

    # -- tickets ------------------------------------------------------------------------------------

    def _paint_tickets(self, painter: QPainter, view: Viewport, scene: Scene) -> None:
        clusters, tickets = scene.clusters, scene.tickets
        scale, left, top = view.scale, view.left, view.top
        xs, ys = clusters.x * scale - left, clusters.y * scale - top
        seen = (xs > -_EDGE_PX) & (xs < view.width + _EDGE_PX) & (ys > -_EDGE_PX) & (ys < view.height + _EDGE_PX)
        chosen = scene.selection.ticket if scene.selection else ""
        # The worst are painted last, so that they lie on top.
        order = sorted(seen.nonzero()[0].tolist(), key=lambda k: -int(tickets.state[clusters.worst[k]]))
        for cluster in order:
            worst, count = int(clusters.worst[cluster]), int(clusters.count[cluster])
            ticket, state = tickets.ids[worst], int(tickets.state[worst])
            if count == 1 and ticket == chosen:
                continue
            x, y = float(xs[cluster]), float(ys[cluster])
            if count == 1:
                picture = self.sprites.ticket(state, int(tickets.urgency[worst]))
            else:
                picture = self.sprites.cluster(state, count)
            self._copy(painter, picture, x, y)
            self.hits.append(Hit(CLUSTER if count > 1 else TICKET, ticket, cluster, x, y))
            if ticket == scene.cursor:
                self._paint_cursor(painter, x, y, picture)

    def _paint_cursor(self, painter: QPainter, x: float, y: float, picture: QPixmap) -> None:
        width = self.theme.pen("focus")
        if not width:
            return
        ratio = picture.devicePixelRatio()
        wide, high = picture.width() / ratio + 6, picture.height() / ratio + 6
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("line.focus"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(x - wide / 2, y - high / 2, wide, high), 4, 4)

    # -- cameras --------------------------------------------------------------------------------------

    def _paint_cameras(self, painter: QPainter, view: Viewport, scene: Scene) -> None:
        inside = scene.camera_at.inside(view, _EDGE_PX)
        hits = scene.selection.cameras if scene.selection else frozenset()
        if view.zoom < ICONS_FROM_ZOOM or len(inside) > _MOST_ICONS:
            self._paint_camera_dots(painter, view, scene, inside)
            inside = [index for index in inside if scene.cameras[index].id in hits]
        for index in inside:
            camera = scene.cameras[index]
            x, y = view.screen(float(scene.camera_at.x[index]), float(scene.camera_at.y[index]))
            hit = camera.id in hits
            self._copy(painter, self.sprites.camera(camera.state, hit), x, y)
            self.hits.append(Hit(CAMERA, camera.id, index, x, y))

    def _paint_camera_dots(self, painter: QPainter, view: Viewport, scene: Scene, inside: list[int]) -> None:
        side = max(3.0, self.theme.glyph_px / 4)
        xs = scene.camera_at.x * view.scale - view.left
        ys = scene.camera_at.y * view.scale - view.top
        by_state: dict[str, list[QPointF]] = {}
        for index in inside:
            by_state.setdefault(scene.cameras[index].state, []).append(QPointF(float(xs[index]), float(ys[index])))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for state, points in by_state.items():
            painter.setPen(QPen(camera_color(self.theme, state, False), side, c=Qt.PenCapStyle.SquareCap))
            painter.drawPoints(QPolygonF(points))

    def _paint_ring(self, painter: QPainter, view: Viewport, scene: Scene, selection: Selection) -> None:
        """Sectors that hold the ticket, filled brighter, and the ring of what lies near it."""
        theme = self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = theme.component("map", "camera_hit")
        for camera in scene.cameras if Layer.CAMERAS in scene.layers else ():
            if camera.id in selection.cameras:
                fill = theme.component("map", "camera_hit")
                fill.setAlphaF(theme.number("map", "sector_hit_alpha"))
                painter.setPen(QPen(color, theme.pen("series") * 0.75))
                painter.setBrush(fill)
                scale = view.scale
                outline = QPolygonF(
                    [QPointF(p.x() * scale - view.left, p.y() * scale - view.top) for p in scene.sector(camera)]
                )
                painter.drawPolygon(outline)
        radius = selection.ring_m * view.px_per_meter()
        if radius < theme.glyph_px:
            return
        x, y = view.screen(unit_x(selection.lon), unit_y(selection.lat))
        pen = QPen(theme.color("text.secondary"), theme.pen("hair"))
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, y), radius, radius)
        if selection.ring_text:
            picture = self.sprites.label(selection.ring_text, "caption", "text.secondary")
            self._copy(painter, picture, x + radius * 0.72 + theme.space("m"), y + radius * 0.72 + theme.space("s"))

    # -- the rest ---------------------------------------------------------------------------------------

    def _paint_components(self, painter: QPainter, view: Viewport, scene: Scene) -> None:
        """Near the chosen ticket at any zoom; all of them only where they do not cover everything else."""
        near = scene.selection.components if scene.selection else frozenset()
        inside = scene.component_at.inside(view, 0)
        if scene.selection is not None or view.zoom < COMPONENTS_FROM_ZOOM or len(inside) > _MOST_COMPONENTS:
            inside = [index for index in inside if scene.components[index].id in near]
        for index in inside:
            x, y = view.screen(float(scene.component_at.x[index]), float(scene.component_at.y[index]))
            self._copy(painter, self.sprites.component(scene.components[index].id == scene.cursor), x, y)
            self.hits.append(Hit(COMPONENT, scene.components[index].id, index, x, y))

    def _paint_units(self, painter: QPainter, view: Viewport, scene: Scene) -> None:
        for index in scene.unit_at.inside(view, _EDGE_PX):
            unit = scene.units[index]
            if unit.age_s > UNIT_GONE_S:
                continue
            x, y = view.screen(float(scene.unit_at.x[index]), float(scene.unit_at.y[index]))
            grey = unit.age_s > UNIT_GREY_S
            self._copy(painter, self.sprites.unit(grey), x, y)
            self.hits.append(Hit(UNIT, unit.id, index, x, y))
            if view.zoom >= ICONS_FROM_ZOOM:
                line = self.theme.px("caption")
                for text, role, dy in (
                    (unit.name, "text.tertiary" if grey else "text.primary", -0.35),
                    (unit.age_text, "text.tertiary", 0.65),
                ):
                    picture = self.sprites.label(text, "caption", role)
                    wide = picture.width() / picture.devicePixelRatio()
                    self._copy(painter, picture, x + self.theme.glyph_px * 0.7 + wide / 2, y + line * dy)

    def _paint_places(self, painter: QPainter, view: Viewport, scene: Scene, kind: str) -> None:
        columns = scene.place_at[kind]
        inside = columns.inside(view, _EDGE_PX)
        for index in inside[:_MOST_ICONS]:
            x, y = view.screen(float(columns.x[index]), float(columns.y[index]))
            self._copy(painter, self.sprites.place(kind), x, y)
            self.hits.append(Hit(PLACE, scene.places[kind][index].id, index, x, y))

    def _paint_selection(self, painter: QPainter, view: Viewport, selection: Selection) -> None:
        x, y = view.screen(unit_x(selection.lon), unit_y(selection.lat))
        picture = self.sprites.ticket(selection.state, selection.urgency, chosen=True)
        self._copy(painter, picture, x, y)
        self.hits.append(Hit(TICKET, selection.ticket, -1, x, y))
        if selection.callout is not None:
            paint_callout(painter, self.theme, QPointF(x, y), selection.callout, view.width)

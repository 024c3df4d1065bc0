"""Everything that is painted anew in each frame: heat, cameras, components, units, tickets, names, the selection.

Pictures are copied (sprites.py), never drawn from scratch; only what is in sight is touched. `hits` remembers where things were
painted, for the pointer and the keyboard.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from desktop.theme.theme import Theme
from desktop.widgets.map_canvas.hud import paint_callout
from desktop.widgets.map_canvas.labels import LabelBlocks
from desktop.widgets.map_canvas.projection import Floats, Viewport, unit_x, unit_y
from desktop.widgets.map_canvas.scene import Scene, Selection
from desktop.widgets.map_canvas.sprites import Sprites
from desktop.widgets.map_canvas.values import UNIT_GONE_S, UNIT_GREY_S, Layer

TICKET, CLUSTER, CAMERA, COMPONENT, UNIT, PLACE = "ticket", "cluster", "camera", "component", "unit", "place"
SPOT = "spot"
"""A repeat spot: a place that leads to its tickets."""
ICONS_FROM_ZOOM = 15.5
COMPONENTS_FROM_ZOOM = 17.0
_MOST_ICONS = 300
_MOST_COMPONENTS = 400
_EDGE_PX = 60.0
_BESIDE = 1.7
"""How far, in glyph sizes, a unit that has no position of its own stands from the ticket at which it checked in."""


Hit = tuple[str, str, int, float, float]
"""Something painted: (kind, id, index into its list – for a cluster: of the clusters –, x, y in pixels). A plain tuple: hundreds a frame."""


class _Looks:
    """Pictures of the clusters of one grouping, in the order in which they are painted: each is looked up when it first comes into
    sight, not in every frame."""

    def __init__(self, scene: Scene, sprites: Sprites) -> None:
        self.clusters, self._tickets, self._order = scene.clusters, scene.grouped, scene.paint_order
        self._worst, self._counts = self.clusters.worst[self._order], self.clusters.count[self._order]
        self._sprites = sprites
        self._known = np.zeros(len(self._order), bool)
        self.pictures = [QPixmap()] * len(self._order)
        self.half = np.zeros((len(self._order), 2))

    def look_up(self, seen: npt.NDArray[np.int64]) -> None:
        fresh = seen[~self._known[seen]]
        if not len(fresh):
            return
        worst, tickets = self._worst[fresh], self._tickets
        looks = zip(
            tickets.state[worst].tolist(),
            tickets.urgency[worst].tolist(),
            self._counts[fresh].tolist(),
            strict=True,
        )
        for place, look in zip(fresh.tolist(), looks, strict=True):
            picture, half_width, half_height = self._sprites.mark(*look)
            self.pictures[place], self.half[place] = picture, (half_width, half_height)
        self._known[fresh] = True

    def place(self, ticket: int | None) -> int:
        """Where a ticket leads a mark, by its index among the grouped tickets; -1 where it leads none."""
        if ticket is None:
            return -1
        places = np.flatnonzero(self._worst == ticket)
        return int(places[0]) if len(places) else -1

    def is_single(self, place: int) -> bool:
        return place >= 0 and int(self._counts[place]) == 1

    def hits(self, seen: npt.NDArray[np.int64], xs: Floats, ys: Floats, but: int) -> list[Hit]:
        ids, worst = self._tickets.ids, self._worst[seen].tolist()
        counts, order = self._counts[seen].tolist(), self._order[seen].tolist()
        rows = zip(seen.tolist(), worst, counts, order, xs.tolist(), ys.tolist(), strict=True)
        return [
            (CLUSTER if count > 1 else TICKET, ids[ticket], cluster, x, y)
            for place, ticket, count, cluster, x, y in rows
            if place != but
        ]


class Overlay:
    """Paints one scene with one theme."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        self.theme = theme
        self.sprites = Sprites(theme, ratio)
        self._hits: list[Hit] = []
        self._ticket_hits: Callable[[], list[Hit]] | None = None
        self._tickets_at = 0
        self._looks: _Looks | None = None

    @property
    def hits(self) -> list[Hit]:
        """What was painted, in that order. Hundreds of tickets are listed when somebody asks, not in every frame of a pan."""
        if self._ticket_hits is not None:
            self._hits[self._tickets_at : self._tickets_at] = self._ticket_hits()
            self._ticket_hits = None
        return self._hits

    def paint(self, painter: QPainter, view: Viewport, scene: Scene, names: LabelBlocks | None) -> None:
        """One frame; the painter is in pixels of the canvas."""
        self._hits, self._ticket_hits = [], None
        layers = scene.layers
        self._paint_heat(painter, view, scene)
        if scene.selection is not None:
            self._paint_ring(painter, view, scene, scene.selection)
        if names is not None:
            names.paint(painter, view)
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

    def mark_boxes(self, view: Viewport, scene: Scene) -> Floats:
        """Boxes of the ticket marks in sight (left, top, right, bottom in world pixels): names keep clear of them."""
        if Layer.TICKETS not in scene.layers:
            return np.empty((0, 4))
        clusters, tickets = scene.clusters, scene.grouped
        shown = scene.paint_order[scene.paint_at.inside(view, view.width / 8)]
        worst = clusters.worst[shown]
        looks = zip(
            tickets.state[worst].tolist(), tickets.urgency[worst].tolist(), clusters.count[shown].tolist(), strict=True
        )
        half = np.array([self.sprites.mark(*look)[1:] for look in looks]).reshape(-1, 2)
        x, y = clusters.x[shown] * view.scale, clusters.y[shown] * view.scale
        return np.stack((x - half[:, 0], y - half[:, 1], x + half[:, 0], y + half[:, 1]), axis=1)

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

    def _paint_tickets(self, painter: QPainter, view: Viewport, scene: Scene) -> None:
        looks = self._looks
        if looks is None or looks.clusters is not scene.clusters:
            looks = self._looks = _Looks(scene, self.sprites)
        seen = np.array(scene.paint_at.inside(view, _EDGE_PX), np.int64)
        looks.look_up(seen)
        xs = scene.paint_at.x[seen] * view.scale - view.left
        ys = scene.paint_at.y[seen] * view.scale - view.top
        lefts = np.rint(xs - looks.half[seen, 0]).astype(int).tolist()
        tops = np.rint(ys - looks.half[seen, 1]).astype(int).tolist()
        chosen = looks.place(scene.ticket_index(scene.selection.ticket)) if scene.selection else -1
        chosen = chosen if looks.is_single(chosen) else -1
        draw, pictures = painter.drawPixmap, looks.pictures
        for index, left, top in zip(seen.tolist(), lefts, tops, strict=True):
            if index != chosen:
                draw(left, top, pictures[index])
        under = looks.place(scene.ticket_index(scene.cursor)) if scene.cursor else -1
        if under >= 0 and under != chosen:
            for at in np.flatnonzero(seen == under).tolist():
                self._paint_cursor(painter, float(xs[at]), float(ys[at]), pictures[under])
        self._tickets_at = len(self._hits)
        self._ticket_hits = lambda: looks.hits(seen, xs, ys, chosen)

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
            # The dots are part of the ground then (still.py).
            inside = [index for index in inside if scene.cameras[index].id in hits] if hits else []
        at, cameras, sprites, draw = scene.camera_at, scene.cameras, self.sprites, painter.drawPixmap
        xs, ys = (at.x[inside] * view.scale - view.left).tolist(), (at.y[inside] * view.scale - view.top).tolist()
        for index, x, y in zip(inside, xs, ys, strict=True):
            camera = cameras[index]
            picture, half = sprites.camera_mark(camera.state, camera.id in hits)
            draw(round(x - half), round(y - half), picture)
            self._hits.append((CAMERA, camera.id, index, x, y))

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
        few = scene.selection is not None or view.zoom < COMPONENTS_FROM_ZOOM
        inside = [] if few else scene.component_at.inside(view, 0)
        if few or len(inside) > _MOST_COMPONENTS:
            inside = sorted(scene.component_index[each] for each in near if each in scene.component_index)
        for index in inside:
            x, y = view.screen(float(scene.component_at.x[index]), float(scene.component_at.y[index]))
            self._copy(painter, self.sprites.component(scene.components[index].id == scene.cursor), x, y)
            self._hits.append((COMPONENT, scene.components[index].id, index, x, y))

    def _paint_units(self, painter: QPainter, view: Viewport, scene: Scene) -> None:
        for index in scene.unit_at.inside(view, _EDGE_PX):
            unit = scene.units[index]
            if unit.age_s > UNIT_GONE_S or (unit.beside and view.zoom < ICONS_FROM_ZOOM):
                # From afar its ticket stands for a unit that is known by its check-in only.
                continue
            x, y = view.screen(float(scene.unit_at.x[index]), float(scene.unit_at.y[index]))
            if unit.beside:
                x += self.theme.glyph_px * _BESIDE
                y += self.theme.line_px("caption") * 2 * (unit.beside - 1)
            grey = unit.age_s > UNIT_GREY_S
            self._copy(painter, self.sprites.unit(grey), x, y)
            self._hits.append((UNIT, unit.id, index, x, y))
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
            # Below its oldest ticket, whose mark would hide it.
            y += self.theme.glyph_px * _BESIDE if kind == Layer.SPOTS else 0.0
            self._copy(painter, self.sprites.place(kind), x, y)
            place = scene.places[kind][index]
            if place.id == scene.cursor:
                self._paint_cursor(painter, x, y, self.sprites.place(kind))
            if place.count and view.zoom >= ICONS_FROM_ZOOM:
                words = self.sprites.label(place.name, "caption", "text.primary")
                beside = self.theme.glyph_px + words.width() / words.devicePixelRatio() / 2
                self._copy(painter, words, x + beside, y)
            self._hits.append((SPOT if kind == Layer.SPOTS else PLACE, place.id, index, x, y))

    def _paint_selection(self, painter: QPainter, view: Viewport, selection: Selection) -> None:
        x, y = view.screen(unit_x(selection.lon), unit_y(selection.lat))
        picture = self.sprites.ticket(selection.state, selection.urgency, chosen=True)
        self._copy(painter, picture, x, y)
        self._hits.append((TICKET, selection.ticket, -1, x, y))
        if selection.callout is not None:
            paint_callout(painter, self.theme, QPointF(x, y), selection.callout, view.width)

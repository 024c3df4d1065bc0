"""What of a map goes to the wall: the ticket or camera under the pointer, else a part of the map (domain.wall.targets)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF

from desktop.widgets.map_canvas.canvas import MapCanvas
from desktop.widgets.map_canvas.overlay import CAMERA, TICKET
from domain.wall import targets
from domain.wall.values import Content


def content_in_view(canvas: MapCanvas) -> Content:
    """The part of the map that is seen now."""
    return _around(canvas, canvas.place_at(QPointF(canvas.width() / 2, canvas.height() / 2)))


def content_at(canvas: MapCanvas, at: QPoint) -> Content:
    """What is drawn at this pixel of the canvas, else the place."""
    hit = canvas.hit_at(QPointF(at))
    if hit is not None and hit[0] == TICKET:
        return Content(targets.MAP, hit[1])
    if hit is not None and hit[0] == CAMERA:
        return targets.camera_on_wall(hit[1])
    return _around(canvas, canvas.place_at(QPointF(at)))


def _around(canvas: MapCanvas, middle: tuple[float, float]) -> Content:
    return targets.place_on_wall(targets.Place(*middle, canvas.view().zoom))

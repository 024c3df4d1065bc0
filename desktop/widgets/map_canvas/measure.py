"""A line over the map that is being measured: its points, its length in metres, and how it is painted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop.theme.theme import Theme
from desktop.widgets.map_canvas.projection import Viewport, unit_x, unit_y
from desktop.widgets.painting import CENTER, draw_text, text_width
from domain.geo.measure import distance_m
from domain.ticket import Point


class MeasureLine:
    """Points in degrees WGS-84, in the order in which they were set."""

    def __init__(self) -> None:
        self._points: list[Point] = []

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(self._points)

    def add(self, lon: float, lat: float) -> None:
        self._points.append(Point(lon, lat))

    def take_back(self) -> None:
        """The last point away; nothing where there is none."""
        del self._points[-1:]

    def lengths_m(self) -> tuple[float, ...]:
        """From the start along the line to each point, great-circle metres; the first is 0."""
        total, lengths = 0.0, []
        for place, point in enumerate(self._points):
            total += distance_m(self._points[place - 1], point) if place else 0.0
            lengths.append(total)
        return tuple(lengths)

    def paint(self, painter: QPainter, theme: Theme, view: Viewport, words: Callable[[float], str]) -> None:
        """The line with the length so far at each point, and the cross at which Enter sets the next one."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = theme.color("accent.base")
        painter.setPen(QPen(color, theme.pen("series")))
        spots = [QPointF(*view.screen(unit_x(each.lon), unit_y(each.lat))) for each in self._points]
        painter.drawPolyline(QPolygonF(spots))
        painter.setBrush(theme.color("surface.app"))
        radius = theme.glyph_px / 3
        for spot in spots:
            painter.drawEllipse(spot, radius, radius)
        middle, arm = QPointF(view.width / 2, view.height / 2), theme.glyph_px * 0.8
        painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
        painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))
        for spot, length in list(zip(spots, self.lengths_m(), strict=True))[1:]:
            _paint_plate(painter, theme, spot, words(length), view.width)


def _paint_plate(painter: QPainter, theme: Theme, spot: QPointF, text: str, width: int) -> None:
    font = theme.font("small", "number")
    wide, high = text_width(font, text) + 2 * theme.space("s"), theme.line_px("small") + theme.space("xs")
    left = spot.x() + theme.glyph_px / 2
    if spot.x() < width < left + wide:
        left = spot.x() - theme.glyph_px / 2 - wide  # the end of the line is in sight: so is what it says
    box = QRectF(left, spot.y() - high - theme.space("xs"), wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface.app", 0.9))
    painter.drawRoundedRect(box, theme.radius("control"), theme.radius("control"))
    draw_text(painter, box, text, font, theme.color("text.primary"), CENTER)

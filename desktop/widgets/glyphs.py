"""Every status shape of tokens.toml as vector painting, and the `Glyph` widget. No colour is chosen here.

Shapes are drawn in a unit square of 24 and scaled, so they stay sharp at any size. Fill says the state of an alarm:
solid (unacknowledged), tinted (acknowledged), hollow (shelved or cleared); other shapes ignore it.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget

_UNIT = 24.0
Shape = Callable[[QPainter, QColor, str, QColor], None]


def paint_glyph(
    painter: QPainter,
    shape: str,
    rect: QRectF,
    color: QColor,
    fill: str = "solid",
    inner: QColor | None = None,
) -> None:
    """Paint `shape` centred in `rect`. `inner` colours the mark inside a filled alarm shape. Raises KeyError."""
    draw = SHAPES[shape]
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2)
    painter.scale(side / _UNIT, side / _UNIT)
    mark = inner if inner is not None else QColor(Qt.GlobalColor.black)
    draw(painter, color, fill, mark)
    painter.restore()


def paint_status(painter: QPainter, theme: Theme, kind: str, state: str, rect: QRectF, fill: str = "") -> None:
    """Paint the glyph of a status in its own colour."""
    look = theme.status(kind, state)
    paint_glyph(painter, look.shape, rect, look.color, fill or look.fill, theme.color("text.on_alarm"))


def _stroke(painter: QPainter, color: QColor, width: float) -> None:
    painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _solid(painter: QPainter, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)


def _polygon(*points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def _chevron(painter: QPainter, y: float) -> None:
    painter.drawPolyline(_polygon((3.5, y + 7.5), (12, y), (20.5, y + 7.5)))


def _chevron_double(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _stroke(painter, color, 3.6)
    _chevron(painter, 4)
    _chevron(painter, 12.5)


def _chevron_single(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _stroke(painter, color, 3.8)
    _chevron(painter, 8.5)


def _disc(painter: QPainter, color: QColor, radius: float) -> None:
    _solid(painter, color)
    painter.drawEllipse(QPointF(12, 12), radius, radius)


def _dot_small(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _disc(painter, color, 4.2)


def _circle(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _disc(painter, color, 8.2)


def _diamond(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _solid(painter, color)
    painter.drawPolygon(_polygon((12, 1.8), (22.2, 12), (12, 22.2), (1.8, 12)))


def _square(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _solid(painter, color)
    painter.drawRoundedRect(QRectF(3.2, 3.2, 17.6, 17.6), 1.2, 1.2)


def _two_bars(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _solid(painter, color)
    painter.drawRoundedRect(QRectF(4.4, 3.4, 5.4, 17.2), 0.8, 0.8)
    painter.drawRoundedRect(QRectF(14.2, 3.4, 5.4, 17.2), 0.8, 0.8)


def _ringed_dot(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _stroke(painter, color, 2.5)
    painter.drawEllipse(QPointF(12, 12), 9.6, 9.6)
    _disc(painter, color, 4.6)


def _turn_arrow(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _stroke(painter, color, 2.9)
    painter.drawArc(QRectF(3.2, 3.2, 17.6, 17.6), 30 * 16, 300 * 16)
    painter.drawPolyline(_polygon((20.6, 2.4), (20.6, 8.2), (14.8, 8.2)))


def _clock(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _stroke(painter, color, 2.5)
    painter.drawEllipse(QPointF(12, 12), 9.6, 9.6)
    painter.drawPolyline(_polygon((12, 6.6), (12, 12.4), (16.4, 14.6)))


def _broken_link(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    painter.save()
    painter.translate(12, 12)
    painter.rotate(45)
    _stroke(painter, color, 2.7)
    for side in (-1, 1):
        painter.drawRoundedRect(QRectF(-5.2, 0.6 if side > 0 else -12.6, 10.4, 12.0), 5.2, 5.2)
    painter.restore()
    _stroke(painter, color, 2.7)  # restore() took the pen away with the rotation
    painter.drawLine(QPointF(3.2, 3.2), QPointF(20.8, 20.8))


def _dashed_ring(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    pen = QPen(color, 2.7)
    pen.setDashPattern([1.6, 1.55])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(12, 12), 9.4, 9.4)


def _alarm_body(painter: QPainter, body: QPolygonF, color: QColor, fill: str) -> None:
    if fill == "solid":
        _solid(painter, color)
        painter.drawPolygon(body)
        return
    painter.setPen(QPen(color, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    ground = QColor(color)
    ground.setAlphaF(0.28)
    painter.setBrush(ground if fill == "tinted" else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(body)


def _bang(painter: QPainter, color: QColor, top: float, bottom: float) -> None:
    _stroke(painter, color, 2.7)
    painter.drawLine(QPointF(12, top), QPointF(12, bottom - 4.8))
    _solid(painter, color)
    painter.drawEllipse(QPointF(12, bottom), 1.6, 1.6)


def _octagon(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    radius = 11.4 if fill == "solid" else 10.4
    corners = [math.pi / 8 + k * math.pi / 4 for k in range(8)]
    body = _polygon(*((12 + radius * math.cos(a), 12 + radius * math.sin(a)) for a in corners))
    _alarm_body(painter, body, color, fill)
    _bang(painter, inner if fill == "solid" else color, 6.6, 17.2)


def _triangle_up(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    solid = fill == "solid"
    body = _polygon((12, 1.6), (23, 21.8), (1, 21.8)) if solid else _polygon((12, 3.2), (21.8, 20.8), (2.2, 20.8))
    _alarm_body(painter, body, color, fill)
    _bang(painter, inner if solid else color, 9.2, 18.2)


def _triangle_down(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    body = (
        _polygon((12, 22.4), (23, 2.2), (1, 2.2)) if fill == "solid" else _polygon((12, 20.8), (21.8, 3.2), (2.2, 3.2))
    )
    _alarm_body(painter, body, color, fill)


def _ring_i(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _stroke(painter, color, 2.4)
    painter.drawEllipse(QPointF(12, 12), 9.8, 9.8)
    painter.drawLine(QPointF(12, 11.4), QPointF(12, 17))
    _solid(painter, color)
    painter.drawEllipse(QPointF(12, 7.4), 1.6, 1.6)


def _play(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _solid(painter, color)
    painter.drawPolygon(_polygon((4.6, 2.8), (21.4, 12), (4.6, 21.2)))


def _image(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _stroke(painter, color, 2.5)
    painter.drawRoundedRect(QRectF(2.4, 4.2, 19.2, 15.6), 2.2, 2.2)
    painter.drawPolyline(_polygon((4, 18), (10, 12.4), (13.4, 15.6), (16.4, 12.8), (20.4, 16.8)))
    _solid(painter, color)
    painter.drawEllipse(QPointF(15.6, 8.8), 1.7, 1.7)


def _snowflake(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _stroke(painter, color, 2.8)
    for step in range(3):
        angle = math.pi / 2 + step * math.pi / 3
        dx, dy = 10 * math.cos(angle), 10 * math.sin(angle)
        painter.drawLine(QPointF(12 - dx, 12 - dy), QPointF(12 + dx, 12 + dy))


def _padlock(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _stroke(painter, color, 2.7)
    shackle = QPainterPath(QPointF(7.2, 11))
    shackle.lineTo(7.2, 7.8)
    shackle.arcTo(QRectF(7.2, 3, 9.6, 9.6), 180, -180)
    shackle.lineTo(16.8, 11)
    painter.drawPath(shackle)
    _solid(painter, color)
    painter.drawRoundedRect(QRectF(3.4, 10.4, 17.2, 11.6), 1.8, 1.8)


def _flag(painter: QPainter, color: QColor, filled: bool) -> None:
    cloth = _polygon((4.4, 3.2), (20.8, 3.2), (16.8, 8.8), (20.8, 14.4), (4.4, 14.4))
    _stroke(painter, color, 2.4)
    if filled:
        painter.setBrush(color)
    painter.drawPolygon(cloth)
    painter.drawLine(QPointF(4.4, 2.6), QPointF(4.4, 22))


def _flag_filled(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _flag(painter, color, True)


def _flag_hollow(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _flag(painter, color, False)


def _plus(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _stroke(painter, color, 2.9)
    painter.drawLine(QPointF(3.4, 12), QPointF(20.6, 12))
    painter.drawLine(QPointF(12, 3.4), QPointF(12, 20.6))


def _delta(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _stroke(painter, color, 2.6)
    painter.drawPolygon(_polygon((12, 4), (21.4, 20.2), (2.6, 20.2)))


def _minus(painter: QPainter, color: QColor, fill: str, inner: QColor) -> None:
    _stroke(painter, color, 2.9)
    painter.drawLine(QPointF(3.4, 12), QPointF(20.6, 12))


SHAPES: dict[str, Shape] = {
    "chevron_double": _chevron_double,
    "chevron_single": _chevron_single,
    "dot_small": _dot_small,
    "circle": _circle,
    "diamond": _diamond,
    "square": _square,
    "two_bars": _two_bars,
    "ringed_dot": _ringed_dot,
    "turn_arrow": _turn_arrow,
    "clock": _clock,
    "broken_link": _broken_link,
    "dashed_ring": _dashed_ring,
    "octagon": _octagon,
    "triangle_up": _triangle_up,
    "triangle_down": _triangle_down,
    "ring_i": _ring_i,
    "play": _play,
    "image": _image,
    "snowflake": _snowflake,
    "padlock": _padlock,
    "flag_filled": _flag_filled,
    "flag_hollow": _flag_hollow,
    "plus": _plus,
    "delta": _delta,
    "minus": _minus,
}


class Glyph(ThemedWidget):
    """The glyph of one status, in its colour; its word is the accessible name.

    `size` names a text size whose px the glyph takes, so that it follows a change of theme; empty = the profile's glyph size.
    """

    def __init__(self, theme: Theme, kind: str = "", state: str = "", size: str = "", parent=None) -> None:
        super().__init__(theme, parent)
        self._size = size
        self.set_status(kind, state)

    def set_status(self, kind: str, state: str) -> None:
        """Show another status; an empty kind shows nothing."""
        self._kind, self._state = kind, state
        self.setAccessibleName(self._theme.status(kind, state).word if kind else "")
        self.update()

    def restyle(self) -> None:
        self.set_status(self._kind, self._state)

    def _side(self) -> int:
        return self._theme.px(self._size) if self._size else self._theme.glyph_px

    def sizeHint(self) -> QSize:
        return QSize(self._side(), self._side())

    def paintEvent(self, event) -> None:
        if not self._kind:
            return
        painter = QPainter(self)
        side, center = self._side(), QRectF(self.rect()).center()
        box = QRectF(center.x() - side / 2, center.y() - side / 2, side, side)
        paint_status(painter, self._theme, self._kind, self._state, box)
        painter.end()

"""Marks of the map as small pictures, painted once per look and then only copied. Shapes and colours come from the theme."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from desktop.theme.theme import Theme
from desktop.widgets.glyphs import paint_glyph
from desktop.widgets.map_canvas.values import SLA_STATES, URGENCIES
from desktop.widgets.painting import draw_text, text_width

MARK = 1.5
"""Diameter of a ticket's mark in glyph sizes."""
_TOP = 1.75
_CHOSEN = 2.6
_CAMERA = 1.42
_COMPONENT = 0.5
_RIM = ((-1, 0), (1, 0), (0, -1), (0, 1), (-0.7, -0.7), (0.7, -0.7), (-0.7, 0.7), (0.7, 0.7))
_KEPT = 4000
_MANY = 9999


class Sprites:
    """Pictures for one theme and one screen. Each is asked for by its look and anchored at its middle."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        self._theme = theme
        self._ratio = ratio
        self._made: dict[tuple[object, ...], QPixmap] = {}
        self._cameras: dict[tuple[str, bool], tuple[QPixmap, float]] = {}
        self._marks: dict[tuple[int, int, int], tuple[QPixmap, float, float]] = {}

    def _get(self, key: tuple[object, ...], size: QSizeF, paint: Callable[[QPainter, QRectF], None]) -> QPixmap:
        known = self._made.get(key)
        if known is not None:
            return known
        if len(self._made) >= _KEPT:
            self._made.clear()
        picture = QPixmap(round(size.width() * self._ratio), round(size.height() * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, QRectF(0, 0, size.width(), size.height()))
        painter.end()
        self._made[key] = picture
        return picture

    def _square(self, key: tuple[object, ...], share: float, paint: Callable[[QPainter, QRectF], None]) -> QPixmap:
        side = round(self._theme.glyph_px * share) + 2
        return self._get(key, QSizeF(side, side), paint)

    def mark(self, state: int, urgency: int, count: int) -> tuple[QPixmap, float, float]:
        """The picture of a ticket or of several, with half its width and height; the fast way for hundreds in a frame."""
        key = (state, urgency if count == 1 else -1, count)
        known = self._marks.get(key)
        if known is None:
            picture = self.ticket(state, urgency) if count == 1 else self.cluster(state, count)
            half = picture.deviceIndependentSize() / 2
            known = self._marks[key] = (picture, half.width(), half.height())
        return known

    # -- tickets ------------------------------------------------------------------------------------

    def ticket(self, state: int, urgency: int, chosen: bool = False) -> QPixmap:
        """A ringed SLA shape; 特急 has a red ring; the chosen one an accent ring around it."""
        top = URGENCIES[urgency] == "top"
        share = _CHOSEN if chosen else _TOP if top else MARK
        return self._square(
            ("ticket", state, top, chosen), share, lambda p, box: self._ticket(p, box, state, top, chosen)
        )

    def _ticket(self, painter: QPainter, box: QRectF, state: int, top: bool, chosen: bool) -> None:
        theme = self._theme
        glyph = theme.glyph_px
        look = _look(theme, state)
        ring = theme.color("urgency.top") if top else look[0]
        inner = glyph * (_TOP if top else MARK) / 2 - 0.5
        middle = box.center()
        if chosen:
            painter.setPen(QPen(theme.color("accent.base"), glyph / 5))
            painter.setBrush(theme.color("surface.app"))
            painter.drawEllipse(middle, box.width() / 2 - glyph / 8 - 1, box.width() / 2 - glyph / 8 - 1)
        painter.setPen(QPen(ring, glyph / (6 if top else 9)))
        painter.setBrush(theme.color("surface.app"))
        painter.drawEllipse(middle, inner - glyph / 12, inner - glyph / 12)
        side = glyph * (0.86 if state != 2 else 0.8)
        paint_glyph(painter, look[1], QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), look[0])

    def cluster(self, state: int, count: int) -> QPixmap:
        """A pill with the worst state and the number."""
        text = str(count) if count <= _MANY else f"{count // 1000}k"
        theme = self._theme
        glyph = theme.glyph_px
        font = theme.font("body", "number")
        width = text_width(font, text) + glyph * 2.0
        size = QSizeF(max(width, glyph * 2.6) + 2, glyph * 1.75 + 2)
        return self._get(("cluster", state, text), size, lambda p, box: self._pill(p, box, state, text, font))

    def _pill(self, painter: QPainter, box: QRectF, state: int, text: str, font: QFont) -> None:
        theme = self._theme
        color, shape = _look(theme, state)
        pen = theme.glyph_px / 8
        pill = box.adjusted(pen, pen, -pen, -pen)
        painter.setPen(QPen(color, pen))
        painter.setBrush(theme.color("surface.app"))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        side = theme.glyph_px * 0.72
        total = side + theme.glyph_px * 0.3 + text_width(font, text)
        left = pill.center().x() - total / 2
        paint_glyph(painter, shape, QRectF(left, pill.center().y() - side / 2, side, side), color)
        room = QRectF(left + side + theme.glyph_px * 0.3, pill.top(), text_width(font, text) + 2, pill.height())
        draw_text(painter, room, text, font, theme.color("text.primary"))

    def camera_mark(self, state: str, hit: bool) -> tuple[QPixmap, float]:
        """The picture of a camera and half its side, the fast way."""
        known = self._cameras.get((state, hit))
        if known is None:
            picture = self.camera(state, hit)
            known = self._cameras[state, hit] = (picture, picture.deviceIndependentSize().width() / 2)
        return known

    # -- the others -----------------------------------------------------------------------------------

    def camera(self, state: str, hit: bool) -> QPixmap:
        """A ringed camera; one that covers the chosen ticket is filled the other way round."""
        return self._square(
            ("camera", state, hit), _CAMERA * (1.15 if hit else 1.0), lambda p, box: self._camera(p, box, state, hit)
        )

    def _camera(self, painter: QPainter, box: QRectF, state: str, hit: bool) -> None:
        theme = self._theme
        color = camera_color(theme, state, hit)
        middle, radius = box.center(), box.width() / 2 - 1.5
        painter.setPen(QPen(color, theme.glyph_px / 8))
        painter.setBrush(theme.color("surface.app"))
        painter.drawEllipse(middle, radius, radius)
        side = radius * 1.05
        body = QRectF(middle.x() - side * 0.52, middle.y() - side * 0.34, side * 0.68, side * 0.68)
        pen = QPen(color, theme.glyph_px / 10)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(body, 1, 1)
        lens = QPainterPath(QPointF(body.right(), middle.y() - side * 0.05))
        lens.lineTo(middle.x() + side * 0.52, middle.y() - side * 0.28)
        lens.lineTo(middle.x() + side * 0.52, middle.y() + side * 0.28)
        lens.lineTo(body.right(), middle.y() + side * 0.05)
        painter.drawPath(lens)

    def component(self, chosen: bool) -> QPixmap:
        return self._square(("component", chosen), _COMPONENT * (1.7 if chosen else 1.0), self._component)

    def _component(self, painter: QPainter, box: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(self._theme.component("map", "land"), 1))
        painter.setBrush(self._theme.component("map", "component"))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def unit(self, grey: bool) -> QPixmap:
        return self._square(("unit", grey), 1.0, lambda p, box: self._unit(p, box, grey))

    def _unit(self, painter: QPainter, box: QRectF, grey: bool) -> None:
        theme = self._theme
        color = theme.color("text.disabled") if grey else theme.component("map", "patrol")
        painter.setPen(QPen(color, theme.glyph_px / 8))
        painter.setBrush(theme.color("surface.app"))
        painter.drawRect(box.adjusted(1.5, 1.5, -1.5, -1.5))
        side = box.width() * 0.36
        painter.fillRect(QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side), color)

    def place(self, kind: str) -> QPixmap:
        """A joint-inspection site (flag), a repeat spot (turn arrow), a facility (ring)."""
        return self._square(("place", kind), MARK, lambda p, box: self._place(p, box, kind))

    def _place(self, painter: QPainter, box: QRectF, kind: str) -> None:
        theme = self._theme
        color = theme.color("joint.lead") if kind == "sites" else theme.color("text.secondary")
        painter.setPen(QPen(color, 1))
        painter.setBrush(theme.color("surface.app"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
        inner = box.adjusted(*(theme.glyph_px / 3 * s for s in (1, 1, -1, -1)))
        shape = {"sites": "flag_filled", "spots": "turn_arrow"}.get(kind, "plus")
        paint_glyph(painter, shape, inner, color)

    # -- words ----------------------------------------------------------------------------------------

    def label(self, text: str, size: str, role: str, angle: float = 0.0, upright: bool = False) -> QPixmap:
        """Words with a rim in the colour of the ground, turned by an angle, or one character under the other."""
        theme = self._theme
        font = theme.font(size)
        rim = max(2.0, theme.px(size) / 5)
        line = theme.px(size) * 1.18
        if upright:
            size_px = QSizeF(theme.px(size) + 2 * rim, line * len(text) + 2 * rim)
        else:
            width, turn = text_width(font, text) + 2 * rim, radians(abs(angle))
            high = line + 2 * rim
            size_px = QSizeF(width * cos(turn) + high * sin(turn), width * sin(turn) + high * cos(turn))

        def paint(painter: QPainter, box: QRectF) -> None:
            painter.translate(box.center())
            painter.rotate(angle)
            painter.setFont(font)
            # A rim of eight copies costs a fifth of stroking the outline.
            painter.setPen(theme.component("map", "land"))
            for dx, dy in _RIM:
                self._words(painter, text, font, line, upright, dx * rim / 2, dy * rim / 2)
            painter.setPen(_label_color(theme, role))
            self._words(painter, text, font, line, upright, 0.0, 0.0)

        return self._get(("label", text, size, role, round(angle), upright), size_px, paint)

    def _words(
        self, painter: QPainter, text: str, font: QFont, line: float, upright: bool, dx: float, dy: float
    ) -> None:
        drop = QFontMetricsF(font).capHeight() / 2
        if not upright:
            painter.drawText(QPointF(dx - text_width(font, text) / 2, dy + drop), text)
            return
        for number, character in enumerate(text):
            y = (number - (len(text) - 1) / 2) * line + drop
            painter.drawText(QPointF(dx - text_width(font, character) / 2, dy + y), character)


def camera_color(theme: Theme, state: str, hit: bool) -> QColor:
    """Cameras that see take the map's own colour; all others their state's."""
    if state in ("live", "still"):
        return theme.component("map", "camera_hit" if hit else "camera")
    return theme.status("camera", state).color


def _look(theme: Theme, state: int) -> tuple[QColor, str]:
    name = SLA_STATES[state]
    if name == "none":
        return theme.color("text.tertiary"), "dot_small"
    look = theme.status("sla", name)
    return look.color, look.shape


def _label_color(theme: Theme, role: str) -> QColor:
    return theme.component("map", "label") if role == "map.label" else theme.color(role)

"""What is painted on top of the map in pixels of the window: the callout of the chosen ticket, scale bar, rubber band, note."""

from __future__ import annotations

from math import floor, log10

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from desktop.theme.theme import Theme
from desktop.widgets.glyphs import paint_status
from desktop.widgets.map_canvas.projection import Viewport
from desktop.widgets.map_canvas.values import Callout
from desktop.widgets.painting import draw_text, text_width

_BAR_PX = 130.0


def paint_callout(painter: QPainter, theme: Theme, at: QPointF, callout: Callout, width: int) -> None:
    """Two lines in a box above and to the right of the ticket (to the left where there is no room)."""
    pad, gap, side = theme.space("m"), theme.space("s"), theme.px("body")
    strong, body = theme.font("body", "title"), theme.font("body")
    first = side + gap + text_width(strong, callout.number) + gap + text_width(body, callout.title)
    second = side + gap + text_width(strong, callout.remaining) + gap + text_width(body, callout.note)
    wide, line = max(first, second) + 2 * pad, theme.line_px("body") + theme.space("xs")
    high = 2 * line + pad
    left = at.x() + theme.glyph_px * 2.6
    if left + wide > width:
        left = at.x() - theme.glyph_px * 2.6 - wide
    box = QRectF(round(left) + 0.5, round(at.y() - theme.glyph_px * 5 - high) + 0.5, round(wide), round(high))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("accent.base"), theme.pen("hair")))
    painter.setBrush(theme.color("surface.raised"))
    painter.drawRoundedRect(box, theme.radius("control"), theme.radius("control"))
    y = box.top() + pad / 2
    _callout_line(
        painter,
        theme,
        QRectF(box.left() + pad, y, wide, line),
        ("urgency", callout.urgency),
        callout.number,
        callout.title,
    )
    state = ("sla", callout.state) if callout.state != "none" else None
    _callout_line(
        painter, theme, QRectF(box.left() + pad, y + line, wide, line), state, callout.remaining, callout.note
    )


def _callout_line(
    painter: QPainter, theme: Theme, box: QRectF, status: tuple[str, str] | None, strong: str, text: str
) -> None:
    side = theme.px("body")
    if status is not None:
        paint_status(painter, theme, *status, QRectF(box.left(), box.center().y() - side / 2, side, side))
    box = box.adjusted(side + theme.space("s"), 0, 0, 0)
    used = draw_text(painter, box, strong, theme.font("body", "title"), theme.color("text.primary"))
    box = box.adjusted(used + theme.space("s"), 0, 0, 0)
    draw_text(painter, box, text, theme.font("body"), theme.color("text.secondary"))


def scale_step(meters_per_px: float, most_px: float = _BAR_PX) -> tuple[float, float]:
    """Length of the scale bar as (metres, pixels): the largest 1, 2 or 5 × 10ⁿ that fits."""
    most = most_px * meters_per_px
    power: float = 10.0 ** floor(log10(most))
    meters = next(power * step for step in (5, 2, 1) if power * step <= most)
    return meters, meters / meters_per_px


class ScaleBar:
    """The scale bar with its words, painted when it changes and copied in every frame. `units`: the words for m and km."""

    def __init__(self, theme: Theme, units: tuple[str, str]) -> None:
        self._theme, self._units = theme, units
        self._key: tuple[object, ...] = ()
        self._picture = QPixmap()

    def paint(self, painter: QPainter, view: Viewport, note: str) -> None:
        """At the lower left; `note` beside it says what the ground is (演示, derived)."""
        theme, gap = self._theme, self._theme.space("xs")
        meters, width = scale_step(1 / view.px_per_meter(), _BAR_PX * theme.glyph_px / 12)
        unit_m, unit_km = self._units
        text = f"{meters / 1000:g} {unit_km}" if meters >= 1000 else f"{meters:g} {unit_m}"
        ratio = painter.device().devicePixelRatioF()
        # A pan to the north changes the width by parts of a pixel.
        key = (text, round(width), note, ratio)
        if key != self._key:
            self._key, self._picture = key, self._painted(float(round(width)), text, note, ratio)
        height = self._picture.deviceIndependentSize().height()
        low = view.height - theme.space("page") - theme.space("xs")
        painter.drawPixmap(QPointF(theme.space("page") - gap, low + gap - height), self._picture)

    def _painted(self, width: float, text: str, note: str, ratio: float) -> QPixmap:
        theme, gap = self._theme, self._theme.space("xs")
        font, line = theme.font("caption"), theme.line_px("caption")
        said = text_width(font, note) + theme.space("l") if note else 0.0
        size = QSizeF(width + theme.space("s") + text_width(font, text) + said + 2 * gap, line + 1.5 * gap)
        picture = QPixmap((size * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        _paint_scale(painter, theme, QPointF(gap, line + gap / 2), width, (text, note), size)
        painter.end()
        return picture


def _paint_scale(
    painter: QPainter, theme: Theme, foot: QPointF, width: float, said: tuple[str, str], size: QSizeF
) -> None:
    """`foot`: the lower left end of the bar in a plate of `size`; `said`: the length in words, the note."""
    (text, note), left, low = said, foot.x(), foot.y()
    font, line = theme.font("caption"), theme.line_px("caption")
    plate = QRectF(QPointF(0, 0), size)
    ground = theme.component("map", "land")
    ground.setAlphaF(0.72)
    painter.fillRect(plate, ground)
    painter.setPen(QPen(theme.color("text.secondary"), theme.pen("hair")))
    tick = theme.space("xs")
    painter.drawLine(QPointF(left, low), QPointF(left + width, low))
    painter.drawLine(QPointF(left, low - tick), QPointF(left, low))
    painter.drawLine(QPointF(left + width, low - tick), QPointF(left + width, low))
    box = QRectF(left + width + theme.space("s"), low - line * 0.75, size.width(), line)
    used = draw_text(painter, box, text, font, theme.color("text.secondary"))
    if note:
        draw_text(painter, box.adjusted(used + theme.space("l"), 0, 0, 0), note, font, theme.color("text.tertiary"))


def paint_band(painter: QPainter, theme: Theme, band: QRectF) -> None:
    """The rectangle that a hand draws to select an area."""
    pen = QPen(theme.color("accent.base"), theme.pen("hair"))
    pen.setStyle(Qt.PenStyle.DashLine)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(pen)
    painter.setBrush(theme.color("accent.base", 0.12))
    painter.drawRect(band)

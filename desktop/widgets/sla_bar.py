"""The SLA bar of a stage: track = limit, notch at 80 %, end tick at 100 %, hatch beyond = overrun, stripes = paused.

`paint_sla_bar` and `paint_sla_cell` serve table delegates; `SlaBar` is the same as a widget. No clock is read here.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QColor, QPainter

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import draw_text, hatch_brush, text_width
from desktop.widgets.values import DASH

LABEL_EM = 5.95
"""Room of the time: 剩 12天23时 and 2d 23h over must not be cut."""
LIMIT_SHARE = 0.82  # of the width stands for the limit; the rest shows the overrun
NO_LIMIT = "none"


def format_remaining(seconds: float | None, state: str) -> str:
    """Remaining or overrun time in words.

    Rule: "剩 0:06" = hours and minutes left, "超 1:52" = hours and minutes past the limit, both rounded down to the
    minute; below one minute "剩 <1分" / "超 <1分"; from 24 h in days and hours, "剩 2天3时". `seconds` may be signed or
    absolute: the state decides the word. Paused shows "暂停", no limit shows "无时限", no value "–".
    """
    translate = QCoreApplication.translate
    if state == "paused":
        return translate("sla", "暂停")
    if state == NO_LIMIT:
        return translate("sla", "无时限")
    if seconds is None:
        return DASH
    pattern = translate("sla", "超 {time}") if state == "overdue" else translate("sla", "剩 {time}")
    return pattern.format(time=duration_text(abs(seconds)))


def duration_text(seconds: float) -> str:
    """0:06 in hours and minutes, <1分, from 24 hours 2天3时. Seconds are not negative."""
    translate = QCoreApplication.translate
    minutes = int(seconds // 60)
    if minutes < 1:
        return translate("sla", "<1分")
    if minutes < 1440:
        return f"{minutes // 60}:{minutes % 60:02d}"
    days, hours = minutes // 1440, minutes % 1440 // 60
    return translate("sla", "{days}天{hours}时").format(days=days, hours=hours)


def _fill_color(theme: Theme, state: str) -> QColor:
    if state == "ok":
        return theme.component("sla_bar", "ok_fill")
    return theme.status("sla", state).color


def paint_sla_bar(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    state: str,
    fraction_used: float | None,
    overrun_fraction: float = 0.0,
) -> None:
    """Paint the bar centred in `rect`. `fraction_used` of the limit (1.0 = limit); `overrun_fraction` beyond it, capped."""
    if state == NO_LIMIT or fraction_used is None:
        return
    height = theme.number("sla_bar", "height")
    top = round(rect.center().y() - height / 2)
    left, limit = round(rect.left()), round(rect.width() * LIMIT_SHARE)
    used = round(limit * min(1.0, max(0.0, fraction_used)))
    color = _fill_color(theme, state)
    painter.fillRect(QRectF(left, top, limit, height), theme.component("sla_bar", "track"))
    hatch = hatch_brush(color, round(height * 0.75), height / 4.2)
    painter.setBrushOrigin(left, top)
    painter.fillRect(QRectF(left, top, used, height), hatch if state == "paused" else color)
    # The notch is a cut in the bar, so it shows the ground, at any fill.
    notch = left + round(limit * theme.number("sla_bar", "tick_at"))
    painter.fillRect(QRectF(notch, top, max(1.0, height / 6), height), theme.color("surface.app", 0.7))
    if state == "overdue":
        beyond = max(height, round((rect.width() - limit) * min(1.0, max(0.0, overrun_fraction))))
        painter.setBrushOrigin(left + limit, top)
        painter.fillRect(QRectF(left + limit + 1, top, beyond, height), hatch)
    tick = max(1.0, height / 6)
    painter.fillRect(QRectF(left + limit, top - height / 3, tick, height * 5 / 3), theme.color("text.secondary"))


def label_width(theme: Theme, width: float, text: str) -> float:
    """Room of the time in a cell of `width` px. Bars of a column are as long as one another; only a time that would lose a digit
    takes room of its own bar."""
    usual = min(width * 0.46, theme.px("body") * LABEL_EM)
    return max(usual, min(text_width(theme.font("body", "number"), text) + 1, width * 0.7))


def paint_sla_cell(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    state: str,
    fraction_used: float | None,
    overrun_fraction: float,
    text: str,
) -> None:
    """Glyph, bar and time side by side, as in the queue's column 阶段时限."""
    side, gap = theme.glyph_px, theme.space("s")
    font = theme.font("body", "number")
    room = label_width(theme, rect.width(), text)
    bar_left = rect.left() + side + gap
    bar = QRectF(bar_left, rect.top(), max(0.0, rect.right() - room - gap - bar_left), rect.height())
    if state != NO_LIMIT:
        paint_status(painter, theme, "sla", state, QRectF(rect.left(), rect.center().y() - side / 2, side, side))
    paint_sla_bar(painter, bar, theme, state, fraction_used, overrun_fraction)
    role = "text.tertiary" if state == NO_LIMIT else "text.primary"
    label = QRectF(bar.right() + gap, rect.top(), rect.right() - bar.right() - gap, rect.height())
    draw_text(painter, label, text, font, theme.color(role))


class SlaBar(ThemedWidget):
    """The bar alone, as a widget."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._state: str = NO_LIMIT
        self._used: float | None = None
        self._overrun = 0.0

    def set_value(self, state: str, fraction_used: float | None, overrun_fraction: float = 0.0) -> None:
        """Show a state and the share of the limit that is used."""
        self._state, self._used, self._overrun = state, fraction_used, overrun_fraction
        word = self._theme.status("sla", state).word if state != NO_LIMIT else format_remaining(None, NO_LIMIT)
        share = "" if fraction_used is None else f" {fraction_used:.0%}"
        self.setAccessibleName(f"{word}{share}")
        self.update()

    def restyle(self) -> None:
        self.set_value(self._state, self._used, self._overrun)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 4, self._theme.line_px("body"))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        paint_sla_bar(painter, QRectF(self.rect()), self._theme, self._state, self._used, self._overrun)
        painter.end()

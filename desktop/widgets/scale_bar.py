"""A rate on a scale with printed floor and ceiling and a target tick. Painting only."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.theme.chart_pens import target_tick_pen
from desktop.theme.theme import Theme
from desktop.widgets.painting import fill_rounded

DIMMED_FILL = 0.7


def bar_height(theme: Theme) -> float:
    """Thickness of a scale bar."""
    return theme.space("s")


def paint_scale_bar(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    share: float | None,
    target_share: float | None,
    dimmed: bool = False,
) -> None:
    """Track over the width of `rect`, filled to `share` (0..1) with a tick at `target_share`; None draws no fill / tick."""
    height = bar_height(theme)
    track = QRectF(rect.left(), round(rect.center().y() - height / 2), rect.width(), height)
    radius = height / 5
    fill_rounded(painter, track, radius, theme.color("sla.track", 0.6 if dimmed else 1.0))
    if share is not None:
        used = QRectF(track)
        used.setWidth(track.width() * min(1.0, max(0.0, share)))
        fill_rounded(painter, used, radius, theme.color("chart.s1", DIMMED_FILL if dimmed else 1.0))
    if target_share is not None and 0.0 <= target_share <= 1.0:
        x = track.left() + track.width() * target_share
        painter.setPen(target_tick_pen(theme))
        over = height * 0.38
        painter.drawLine(QPointF(x, track.top() - over), QPointF(x, track.bottom() + over))


def share_of(value: float | None, floor: float, ceiling: float) -> float | None:
    """Where `value` lies between floor and ceiling, 0..1; None stays None."""
    if value is None or ceiling <= floor:
        return None
    return min(1.0, max(0.0, (value - floor) / (ceiling - floor)))

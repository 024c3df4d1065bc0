"""A line of the last days without axis: end dot, dashed target. Painted by ours: eighteen points need no chart library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop.theme.chart_pens import series_color, target_pen
from desktop.theme.theme import Theme


def paint_sparkline(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    values: Sequence[float | None],
    target: float | None = None,
    dimmed: bool = False,
) -> None:
    """Values from old to new over the width of `rect`; a None breaks the line."""
    known = [v for v in values if v is not None]
    if len(known) < 2:
        return
    bounds = [*known, *([target] if target is not None else [])]
    low, high = min(bounds), max(bounds)
    # A flat line lies in the middle instead of on an edge.
    span = (high - low) or 1.0
    middle = high == low
    step = rect.width() / (len(values) - 1)

    def y(value: float) -> float:
        return rect.center().y() if middle else rect.bottom() - (value - low) / span * rect.height()

    if target is not None:
        painter.setPen(target_pen(theme, dimmed))
        painter.drawLine(QPointF(rect.left() - step / 2, y(target)), QPointF(rect.right(), y(target)))
    color = series_color(theme, 0, dimmed)
    width = theme.pen("series") * 0.9
    painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    run: list[QPointF] = []
    for index, value in enumerate([*values, None]):
        if value is not None:
            run.append(QPointF(rect.left() + index * step, y(value)))
            continue
        if len(run) > 1:
            painter.drawPolyline(QPolygonF(run))
        run = []
    last = max(i for i, v in enumerate(values) if v is not None)
    end = values[last]
    if end is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("chart.s1"))
        painter.drawEllipse(QPointF(rect.left() + last * step, y(end)), width * 1.35, width * 1.35)

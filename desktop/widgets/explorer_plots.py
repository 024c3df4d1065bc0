"""The plots of the chart that is zoomed and panned, as pyqtgraph items in the pens and fonts of a theme."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyqtgraph as pg

from desktop.theme.chart_pens import axis_pen, series_color, series_pen, target_pen
from desktop.theme.theme import Theme
from desktop.widgets.charts.explored import Explored
from desktop.widgets.painting import text_width

LEAST_DAYS = 7
"""No closer: a week is read day by day."""


@dataclass
class ExplorerPlot:
    """One plot, of counts or of rates, and what lies in it."""

    plot: Any
    rate: bool
    cross: Any
    curves: dict[int, Any] = field(default_factory=dict)
    alone: dict[int, Any] = field(default_factory=dict)
    """Days between two gaps: a line has no length there, so they are points."""
    lines: list[Any] = field(default_factory=list)


def make_plot(theme: Theme, layout: Any, row: int, below: float) -> Any:
    """An empty plot in a row of its own; `below` = room for the days, in px."""
    plot = layout.addPlot(row=row, col=0)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    left, bottom = plot.getAxis("left"), plot.getAxis("bottom")
    for axis in (left, bottom):
        axis.setPen(axis_pen(theme))
        axis.setTextPen(theme.color("text.tertiary"))
        axis.setStyle(tickFont=theme.font("caption"), tickLength=0, hideOverlappingLabels=False)
    left.setWidth(round(text_width(theme.font("caption"), "00,000")) + 2 * theme.space("s"))
    bottom.setStyle(showValues=below > 0)
    bottom.setHeight(round(below) + theme.space("s") if below else theme.space("xs"))
    return plot


def add_series(theme: Theme, found: ExplorerPlot, index: int, dimmed: bool) -> None:
    """The line of a series and its lone days, still without values."""
    pen = series_pen(theme, index, dimmed)
    curve = pg.PlotCurveItem(pen=pen, connect="finite")
    colour = series_color(theme, index, dimmed)
    alone = pg.ScatterPlotItem(pen=None, brush=colour, size=2 * theme.pen("series"))
    for item in (curve, alone):
        found.plot.addItem(item)
    found.curves[index], found.alone[index] = curve, alone


def limit(plot: Any, low: float, high: float) -> None:
    """Keeps zoom and pan inside these days."""
    least = min(high - low, float(LEAST_DAYS))
    plot.getViewBox().setLimits(xMin=low, xMax=high, minXRange=least, maxXRange=high - low)


def draw_levels(theme: Theme, found: ExplorerPlot, data: Explored, dimmed: bool) -> None:
    """Hair lines at the printed heights, and the target."""
    for line in found.lines:
        found.plot.removeItem(line)
    ticks = data.y_ticks(found.rate)
    found.plot.getAxis("left").setTicks([[*ticks]])
    found.lines = [pg.InfiniteLine(value, angle=0, pen=axis_pen(theme)) for value, _ in ticks]
    for line in found.lines:
        line.setZValue(-2)
    if found.rate and data.target is not None:
        words, percent = data.target
        target = pg.InfiniteLine(percent, angle=0, pen=target_pen(theme, dimmed))
        label = pg.InfLineLabel(
            target, words, position=0.01, anchors=[(0, 0), (0, 1)], fill=theme.color("surface.panel")
        )
        label.setColor(theme.color("text.secondary"))
        label.textItem.setFont(theme.font("caption"))
        found.lines.append(target)
    for line in found.lines:
        found.plot.addItem(line, ignoreBounds=True)

"""Pens and brushes of charts from the [chart] tokens: dash and width per series and profile. No chart lives here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from desktop.theme.theme import Theme

DIMMED_ALPHA = 0.6


def series_color(theme: Theme, index: int, dimmed: bool = False) -> QColor:
    """Colour of the series at `index` (0 first); dimmed when its data are late."""
    return theme.color(theme.tokens.chart.series[index], DIMMED_ALPHA if dimmed else 1.0)


def series_pen(theme: Theme, index: int, dimmed: bool = False) -> QPen:
    """Pen of the series at `index`, cosmetic, with the dash of the tokens."""
    pen = QPen(series_color(theme, index, dimmed), theme.pen("series"))
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    word, *lengths = theme.tokens.chart.dash[index].split()
    if word == "dash":
        # Token lengths are px; Qt wants multiples of the pen width.
        pen.setDashPattern([float(px) / theme.pen("series") for px in lengths])
    return pen


def target_pen(theme: Theme, dimmed: bool = False) -> QPen:
    """Thin dashed pen of a target line."""
    pen = QPen(theme.color(theme.tokens.chart.target, 0.55 if dimmed else 0.7), theme.pen("hair"))
    pen.setCosmetic(True)
    pen.setDashPattern([4.0, 3.0])
    return pen


def target_tick_pen(theme: Theme) -> QPen:
    """Solid pen of a target tick on a scale."""
    pen = QPen(theme.color(theme.tokens.chart.target), theme.pen("target"))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def axis_pen(theme: Theme) -> QPen:
    """Pen of axis and grid lines: quieter than the axis role's own frame lines."""
    pen = QPen(theme.color("line.hair"), theme.pen("hair"))
    pen.setCosmetic(True)
    return pen


def now_pen(theme: Theme) -> QPen:
    """Dashed pen of the "now" line."""
    pen = QPen(theme.color(theme.tokens.chart.axis), theme.pen("hair"))
    pen.setCosmetic(True)
    pen.setDashPattern([3.0, 3.0])
    return pen


def band_brush(theme: Theme) -> QBrush:
    """Fill of the usual range behind a series."""
    return QBrush(theme.color(theme.tokens.chart.band))

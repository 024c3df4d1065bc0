"""What the pyqtgraph charts share: a bare view box without mouse, axes painted by ours, redraw only while visible.

Curves reuse their items through setData; a hidden chart only remembers its data and draws when shown again.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPolygonItem, QSizePolicy

from desktop.theme.chart_pens import band_brush, series_color, series_pen
from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import CENTER, RIGHT, draw_text, hair_line, text_width

SMOOTH_POINTS = 80  # beyond it antialiasing of a thick line costs more than it shows


class ChartBase(ThemedWidget):
    """Subclasses implement `_draw` (update the curves) and `_paint_front` (labels)."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._dimmed = False
        self._dirty = True
        self._x_range = (0.0, 1.0)
        self._y_range = (0.0, 1.0)
        self._y_ticks: tuple[tuple[float, str], ...] = ()
        self._x_ticks: tuple[tuple[float, str], ...] = ()
        self._curves: list[pg.PlotCurveItem] = []
        self._dots: list[pg.ScatterPlotItem] = []
        self._view = pg.GraphicsView(self, useOpenGL=False, background=None)
        # A cached background is filled with the palette's window colour; ours must let the grid below shine through.
        self._view.setCacheMode(self._view.CacheModeFlag.CacheNone)
        self._view.viewport().setAutoFillBackground(False)
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self._view.setCentralItem(self._box)
        self._band = QGraphicsPolygonItem()
        self._band.setPen(QPen(Qt.PenStyle.NoPen))
        self._band.setZValue(-10)
        self._box.addItem(self._band, ignoreBounds=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_dimmed(self, dimmed: bool) -> None:
        """Late data."""
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self._refresh()

    def twin(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The chart as a table (Alt T): header and rows as printed."""
        raise NotImplementedError

    def curves(self) -> tuple[pg.PlotCurveItem, ...]:
        """The curve items drawn so far, for tests of reuse."""
        return tuple(self._curves)

    def restyle(self) -> None:
        self._place()
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, self._theme.line_px("caption") * 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 6, self._theme.line_px("caption") * 4)

    def _draw(self) -> None:
        raise NotImplementedError

    def _paint_front(self, painter: QPainter, plot: QRectF) -> None:
        """Labels painted over the grid."""

    def _right_margin(self) -> float:
        return self._theme.space("s")

    def _refresh(self) -> None:
        if not self.isVisible():
            self._dirty = True
            return
        self._dirty = False
        self._place()
        self._draw()
        self._box.setRange(xRange=self._x_range, yRange=self._y_range, padding=0, update=True)
        self.update()

    def _plot_rect(self) -> QRectF:
        theme = self._theme
        font = theme.font("caption")
        left = max((text_width(font, text) for _, text in self._y_ticks), default=0.0) + theme.space("s")
        top = theme.px("caption") * 0.6
        bottom = theme.line_px("caption") * 1.05 if self._x_ticks else theme.space("xs")
        width = max(1.0, self.width() - left - self._right_margin())
        return QRectF(round(left), round(top), round(width), round(max(1.0, self.height() - top - bottom)))

    def _place(self) -> None:
        self._view.setGeometry(self._plot_rect().toRect())

    def _x_px(self, value: float) -> float:
        plot = self._plot_rect()
        low, high = self._x_range
        return plot.left() + (value - low) / (high - low) * plot.width()

    def _y_px(self, value: float) -> float:
        plot = self._plot_rect()
        low, high = self._y_range
        return plot.bottom() - (value - low) / (high - low) * plot.height()

    def _set_curves(self, xs: Sequence[float], series: Sequence[Sequence[float | None]]) -> None:
        """Update one curve and one end dot per series; a None breaks the line."""
        self._ensure_items(len(series))
        x = np.asarray(xs, dtype=float)
        for index, (curve, dot) in enumerate(zip(self._curves, self._dots, strict=True)):
            shown = index < len(series)
            curve.setVisible(shown)
            dot.setVisible(shown)
            if not shown:
                continue
            y = np.asarray([np.nan if v is None else v for v in series[index]], dtype=float)
            smooth = len(y) <= SMOOTH_POINTS
            curve.setData(x[: len(y)], y, connect="finite", antialias=smooth)
            curve.setPen(series_pen(self._theme, index, self._dimmed))
            known = np.flatnonzero(np.isfinite(y))
            last = known[-1:] if len(known) else known
            dot.setData(x[last], y[last])
            dot.setBrush(series_color(self._theme, index, self._dimmed))
            dot.setSize(self._theme.pen("series") * 2.8)

    def _ensure_items(self, count: int) -> None:
        while len(self._curves) < count:
            curve = pg.PlotCurveItem()
            dot = pg.ScatterPlotItem(pen=None, antialias=True)
            # The first series is the one read first: it lies on top.
            curve.setZValue(-len(self._curves))
            dot.setZValue(-len(self._curves) + 0.5)
            self._box.addItem(curve, ignoreBounds=True)
            self._box.addItem(dot, ignoreBounds=True)
            self._curves.append(curve)
            self._dots.append(dot)

    def _set_band(self, xs: Sequence[float], low: Sequence[float | None], high: Sequence[float | None]) -> None:
        """The usual range as one polygon; hours without history are left out."""
        upper = [QPointF(x, v) for x, v in zip(xs, high, strict=False) if v is not None]
        lower = [QPointF(x, v) for x, v in zip(xs, low, strict=False) if v is not None]
        self._band.setPolygon(QPolygonF([*upper, *reversed(lower)]))
        self._band.setBrush(band_brush(self._theme))
        self._band.setOpacity(0.6 if self._dimmed else 1.0)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self._dirty:
            self._refresh()

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._plot_rect()
        font, color = theme.font("caption"), theme.color("text.tertiary")
        line = theme.line_px("caption")
        for value, text in self._y_ticks:
            y = self._y_px(value)
            hair_line(painter, theme, plot.left(), y - theme.pen("hair") / 2, plot.right())
            draw_text(
                painter, QRectF(0, y - line / 2, plot.left() - theme.space("s") + 1, line), text, font, color, RIGHT
            )
        right = 0.0
        for value, text in self._x_ticks:
            width = text_width(font, text)
            left = min(max(plot.left(), self._x_px(value) - width / 2), self.width() - width)
            if left < right:
                continue  # a label that would touch its neighbour is left out
            draw_text(painter, QRectF(left, plot.bottom(), width + 1, line * 1.05), text, font, color, CENTER)
            right = left + width + theme.space("s")
        self._paint_front(painter, plot)
        painter.end()

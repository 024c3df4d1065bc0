"""The chart that a person zooms and pans through hundreds of days, drawn by pyqtgraph. Import it where it is opened: it is slow to load.

Counts and rates have a plot each over the same days; the strip below shows the whole history and which part of it is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.theme.chart_pens import axis_pen, band_brush, now_pen, series_color, target_pen
from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.charts.explored import Explored, day_ticks
from desktop.widgets.charts.plot import SMOOTH_POINTS, Twin
from desktop.widgets.explorer_plots import LEAST_DAYS, ExplorerPlot, add_series, draw_levels, limit, make_plot
from desktop.widgets.explorer_readout import ExplorerReadout
from desktop.widgets.painting import paint_focus, text_width
from desktop.widgets.wording import listed

ZOOM = 1.5
PAN = 0.2
"""Of what is seen."""
EDGE = 0.5
"""Days of room before the first and after the last."""
STRIP_LINES = 3
TICK_ROOM = 1.3
"""Of the width of a day in words."""


class ExplorerChart(ThemedWidget):
    """← → read day by day, Shift ← → pan, + − zoom, Home shows all; wheel and drag do the same. Drawn anew only on change."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._data = Explored()
        self._dimmed = False
        self._reading: int | None = None
        self._plots: list[ExplorerPlot] = []
        self._strip: Any = None
        self._overview: Any = None
        self._region: Any = None
        self._moving = False
        self._readout = ExplorerReadout(theme, self)
        self._scene = pg.GraphicsView(self, background=theme.color("surface.panel"))
        self._scene.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scene.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self._layout = pg.GraphicsLayout()
        self._scene.setCentralItem(self._layout)
        column = QVBoxLayout(self)
        edge = theme.space("xs")
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self._readout)
        column.addWidget(self._scene, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._describe()

    # -- values ---------------------------------------------------------------------------------

    def data(self) -> Explored:
        """What is shown."""
        return self._data

    def twin(self) -> Twin:
        """The chart as a table (Alt T)."""
        return self._data.twin()

    def set_data(self, data: Explored) -> None:
        """Other values; the part that is seen stays where the days still are."""
        if data == self._data:
            return
        seen, whole, before = self.seen(), self._whole(), self._data
        self._data = data
        if self._reading is not None and self._reading >= data.count:
            self._reading = None
        if self._shape(before) != self._shape(data) or not self._plots:
            self._build()
        self._fill()
        self._see(*(self._whole() if seen == whole or before.origin != data.origin else seen))
        self._describe()

    def set_dimmed(self, dimmed: bool) -> None:
        """Late data."""
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self._rebuild()

    def restyle(self) -> None:
        self._scene.setBackground(self._theme.color("surface.panel"))
        self._rebuild()

    def _rebuild(self) -> None:
        seen = self.seen()
        self._build()
        self._fill()
        self._see(*seen)
        self._describe()

    @staticmethod
    def _shape(data: Explored) -> tuple[bool, ...]:
        return tuple(series.is_rate for series in data.series)

    # -- items ----------------------------------------------------------------------------------

    def _build(self) -> None:
        """Plots, pens and fonts; no values yet."""
        self._layout.clear()
        self._plots, self._strip, self._region = [], None, None
        kinds = [rate for rate in (False, True) if self._data.of_kind(rate)]
        if not kinds:
            return
        self._layout.setSpacing(self._theme.space("s"))
        for row, rate in enumerate(kinds):
            plot = make_plot(
                self._theme, self._layout, row, self._theme.line_px("caption") if row == len(kinds) - 1 else 0
            )
            plot.setMouseEnabled(x=True, y=False)
            cross = pg.InfiniteLine(angle=90, pen=now_pen(self._theme))
            cross.setVisible(False)
            plot.addItem(cross, ignoreBounds=True)
            found = ExplorerPlot(plot, rate, cross)
            for index in reversed(self._data.of_kind(rate)):
                add_series(self._theme, found, index, self._dimmed)
            self._plots.append(found)
        lead = self._plots[0].plot
        for other in self._plots[1:]:
            other.plot.setXLink(lead)
        lead.sigXRangeChanged.connect(self._on_range_changed)
        self._build_strip(len(kinds))

    def _build_strip(self, row: int) -> None:
        theme = self._theme
        self._strip = make_plot(self._theme, self._layout, row, 0)
        self._strip.setMouseEnabled(x=False, y=False)
        self._strip.setMaximumHeight(STRIP_LINES * theme.line_px("caption"))
        self._strip.getAxis("left").setStyle(showValues=False)
        self._overview = pg.PlotCurveItem(pen=axis_pen(theme), connect="finite")
        self._overview.setPen(series_color(theme, 0, self._dimmed), width=theme.pen("hair"))
        self._strip.addItem(self._overview)
        self._region = pg.LinearRegionItem(
            brush=band_brush(theme), hoverBrush=band_brush(theme), pen=target_pen(theme), swapMode="block"
        )
        self._region.setZValue(-1)
        self._region.sigRegionChanged.connect(self._on_region_changed)
        self._strip.addItem(self._region, ignoreBounds=True)

    def _fill(self) -> None:
        """Values into the plots that are there."""
        data = self._data
        if not self._plots:
            return
        days = np.arange(data.origin, data.origin + data.count, dtype=float)
        low, high = self._whole()
        for found in self._plots:
            for index, curve in found.curves.items():
                values = self._values(index)
                # A thick smoothed line of thousands of points is what makes a pan stutter.
                curve.setData(days, values, antialias=data.count <= SMOOTH_POINTS)
                known = np.isfinite(values)
                beside = np.concatenate(([False], known[:-1])) | np.concatenate((known[1:], [False]))
                found.alone[index].setData(days[known & ~beside], values[known & ~beside])
            draw_levels(self._theme, found, data, self._dimmed)
            bottom, top = data.y_range(found.rate)
            found.plot.setYRange(bottom, top, padding=0.03)
            limit(found.plot, low, high)
        values = self._values(0)
        self._overview.setData(days, values)
        self._strip.setYRange(*data.y_range(data.series[0].is_rate), padding=0.05)
        self._strip.setXRange(low, high, padding=0)
        self._region.setBounds((low, high))

    def _values(self, index: int) -> np.ndarray[Any, np.dtype[np.float64]]:
        series = self._data.series[index]
        found = (series.value(i) for i in range(self._data.count))
        return np.array([np.nan if value is None else value for value in found], dtype=float)

    # -- what is seen ---------------------------------------------------------------------------

    def _whole(self) -> tuple[float, float]:
        first = self._data.origin
        return first - EDGE, first + max(1, self._data.count) - 1 + EDGE

    def seen(self) -> tuple[float, float]:
        """First and last seen place on the axis of days (ordinals)."""
        if not self._plots:
            return self._whole()
        low, high = self._plots[0].plot.getViewBox().viewRange()[0]
        return float(low), float(high)

    def zoom(self, factor: float) -> None:
        """`factor` above 1 shows fewer days; the day that is read stays where it is."""
        low, high = self.seen()
        middle = (low + high) / 2
        if self._reading is not None and low <= self._data.origin + self._reading <= high:
            middle = self._data.origin + self._reading
        self._see(middle - (middle - low) / factor, middle + (high - middle) / factor)

    def pan(self, share: float) -> None:
        """Moves by a share of what is seen, to later days above 0."""
        low, high = self.seen()
        self._see(low + share * (high - low), high + share * (high - low))

    def show_all(self) -> None:
        """The whole history."""
        self._see(*self._whole())

    def _see(self, low: float, high: float) -> None:
        """These days, moved inside the history and not closer than a week."""
        if not self._plots:
            return
        first, last = self._whole()
        width = min(last - first, max(high - low, float(LEAST_DAYS)))
        low = max(first, min((low + high - width) / 2, last - width))
        self._plots[0].plot.setXRange(low, low + width, padding=0)
        self._on_range_changed()

    def _on_range_changed(self, *_: object) -> None:
        low, high = self.seen()
        if self._region is None or self._moving:
            return
        self._moving = True
        self._region.setRegion((low, high))
        self._moving = False
        self._show_days()

    def _on_region_changed(self, *_: object) -> None:
        if self._moving:
            return
        low, high = self._region.getRegion()
        self._moving = True
        self._plots[0].plot.setXRange(low, high, padding=0)
        self._moving = False
        self._show_days()

    def _show_days(self) -> None:
        low, high = self.seen()
        room = self._theme.px("caption") + text_width(self._theme.font("caption"), "0000-00-00") * TICK_ROOM
        ticks = day_ticks(low, high, max(2, round(self.width() / room)))
        self._plots[-1].plot.getAxis("bottom").setTicks([ticks])
        self._show_words()

    def _show_words(self) -> None:
        day = "" if self._reading is None else self._data.day(self._reading)
        self._readout.show_words(day, self.seen_words(), self._data.texts(self._reading), self._dimmed)

    def seen_words(self) -> str:
        """2025-09-01 — 2026-03-18 · 200 天"""
        if not self._data.count:
            return ""
        low, high = self.seen()
        first = max(0, int(np.ceil(low)) - self._data.origin)
        last = min(self._data.count - 1, int(np.floor(high)) - self._data.origin)
        days = self.tr("{n} 天").format(n=f"{last - first + 1:,}")
        return f"{self._data.day(first)} — {self._data.day(last)} · {days}"

    # -- reading --------------------------------------------------------------------------------

    def reading(self) -> int | None:
        """The day whose values are printed, counted from the first."""
        return self._reading

    def read(self, index: int | None) -> None:
        """Prints the values of a day; None prints none."""
        if index is not None:
            index = max(0, min(index, self._data.count - 1)) if self._data.count else None
        if index == self._reading:
            return
        self._reading = index
        for found in self._plots:
            found.cross.setVisible(index is not None)
            if index is not None:
                found.cross.setValue(self._data.origin + index)
        self.setAccessibleDescription(self._keys() if index is None else self.spoken(index))
        self._show_words()

    def spoken(self, index: int) -> str:
        """2026-03-18，受理量 77，结案率 96.20% 152 / 158"""
        return listed((self._data.day(index), *self._data.texts(index)))

    def step(self, step: int) -> None:
        """The next day with the keys, from the newest that is seen when none is read; what is seen follows."""
        low, high = self.seen()
        newest = min(self._data.count - 1, int(np.floor(high)) - self._data.origin)
        self.read(newest if self._reading is None else self._reading + step)
        if self._reading is None:
            return
        place = self._data.origin + self._reading
        if not low <= place <= high:
            shift = place - EDGE - low if place < low else place + EDGE - high
            self._see(low + shift, high + shift)

    def _on_mouse_moved(self, at: QPointF) -> None:
        for found in self._plots:
            box = found.plot.getViewBox()
            if box.sceneBoundingRect().contains(at):
                self.read(round(box.mapSceneToView(at).x()) - self._data.origin)
                return

    # -- events ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._acts().get((Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)))
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if act is None or held:
            super().keyPressEvent(event)
        else:
            act()

    def _acts(self) -> dict[tuple[Qt.Key, bool], Callable[[], None]]:
        """By key, and whether Shift is held: + is typed with it on most keyboards."""
        closer, wider = (lambda: self.zoom(ZOOM)), (lambda: self.zoom(1 / ZOOM))
        return {
            (Qt.Key.Key_Left, False): lambda: self.step(-1),
            (Qt.Key.Key_Right, False): lambda: self.step(1),
            (Qt.Key.Key_Left, True): lambda: self.pan(-PAN),
            (Qt.Key.Key_Right, True): lambda: self.pan(PAN),
            (Qt.Key.Key_Plus, True): closer,
            (Qt.Key.Key_Plus, False): closer,
            (Qt.Key.Key_Equal, False): closer,
            (Qt.Key.Key_Minus, False): wider,
            (Qt.Key.Key_Home, False): self.show_all,
        }

    def _keys(self) -> str:
        return self.tr("← → 逐日读数，Shift ← → 平移，+ − 缩放，Home 全部，Alt T 换成表格")

    def _describe(self) -> None:
        names = listed(self._data.texts(None)) or self.tr("没有数据")
        self.setAccessibleName(" ".join(part for part in (names, self.seen_words()) if part))
        reading = self._reading
        self.setAccessibleDescription(self._keys() if reading is None else self.spoken(reading))
        for found in self._plots:
            found.cross.setVisible(reading is not None)
            if reading is not None:
                found.cross.setValue(self._data.origin + reading)
        self._show_words()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if self._plots:
            self._show_days()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            paint_focus(painter, self._theme, QRectF(self.rect()))
            painter.end()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 24, self._theme.line_px("caption") * 16)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, self._theme.line_px("caption") * 10)

"""The widget of a day by hours. What it looks like is in desktop.widgets.charts.hourly."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from desktop.theme.theme import Theme
from desktop.widgets.chart_base import ChartBase
from desktop.widgets.charts.hourly import STEP, XS, HourlySeries, axis_top, paint_hourly, plot_of, top_of
from desktop.widgets.charts.plot import Plot, Twin
from desktop.widgets.painting import format_count
from desktop.widgets.wording import listed

__all__ = ["HourlyChart", "HourlySeries", "axis_top"]


class HourlyChart(ChartBase):
    """The axis grows by itself but shrinks only through `reset_axis` (midnight), so the eye can trust heights."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._data = HourlySeries()
        self._top = STEP

    def set_data(self, data: HourlySeries) -> None:
        """Another day, or another minute of it."""
        self._data = data
        self._top = max(self._top, top_of(data))
        words = listed(f"{name} {format_count(total)}" for name, total in data.names())
        self.setAccessibleName(self.tr("每小时受理与结案，{words}").format(words=words))
        self.update()

    def reset_axis(self) -> None:
        """A new day begins."""
        self._top = STEP
        self.set_data(self._data)

    def twin(self) -> Twin:
        return self._data.twin()

    def xs(self) -> Sequence[float]:
        return XS

    def plot(self) -> Plot:
        return plot_of(self._theme, QRectF(self.rect()), self._data, self._top)

    def paint(self, painter: QPainter) -> None:
        paint_hourly(
            painter,
            QRectF(self.rect()),
            self._theme,
            self._data,
            top=self._top,
            dimmed=self._dimmed,
            reading=self._reading,
        )

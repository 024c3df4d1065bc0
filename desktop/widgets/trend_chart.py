"""The widget of a trend: rates or counts over days. What it looks like is in desktop.widgets.charts.trend."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from desktop.theme.theme import Theme
from desktop.widgets.chart_base import ChartBase
from desktop.widgets.charts.plot import Plot, Twin, Value
from desktop.widgets.charts.trend import MOST_SERIES, Trend, TrendSeries, paint_trend, plot_of
from desktop.widgets.wording import listed

__all__ = ["MOST_SERIES", "TrendChart", "TrendSeries"]


class TrendChart(ChartBase):
    """Lines are labelled at their end; the fifth series is 其他 by the caller's grouping."""

    def __init__(self, theme: Theme, unit: str = "%", parent=None) -> None:
        super().__init__(theme, parent)
        self._unit = unit
        self._trend = Trend(unit=unit)

    def set_data(
        self,
        series: Sequence[TrendSeries],
        x_labels: Sequence[str],
        target: float | None = None,
        y_range: tuple[float, float] | None = None,
        band: tuple[Sequence[Value], Sequence[Value]] = ((), ()),
        days: Sequence[str] = (),
    ) -> None:
        """Lines over the same days, see `Trend`. `band` = least and greatest usual of the first line."""
        low, high = band
        self._trend = Trend(
            tuple(series), tuple(x_labels), self._unit, target, y_range, tuple(low), tuple(high), tuple(days)
        )
        words = listed(f"{s.name} {self._trend.end_text(s)}" for s in self._trend.series)
        goal = "" if target is None else self.tr("，目标 {target}").format(target=f"{target:g}{self._unit}")
        self.setAccessibleName(words + goal)
        if self._reading is not None and self._reading >= self._trend.count:
            self.read(None)
        self.update()

    def trend(self) -> Trend:
        """What is shown."""
        return self._trend

    def twin(self) -> Twin:
        return self._trend.twin()

    def xs(self) -> Sequence[float]:
        return self._trend.xs()

    def plot(self) -> Plot:
        return plot_of(self._theme, QRectF(self.rect()), self._trend)

    def paint(self, painter: QPainter) -> None:
        paint_trend(painter, QRectF(self.rect()), self._theme, self._trend, dimmed=self._dimmed, reading=self._reading)

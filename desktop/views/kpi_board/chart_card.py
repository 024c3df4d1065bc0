"""A panel with a chart that can be read as a table instead (Alt T), reached by Tab and by arrow keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QTableView, QWidget

from desktop.theme.theme import Theme
from desktop.views.kpi_board.board_values import Twin
from desktop.widgets.chart_base import READ_KEYS, ChartBase
from desktop.widgets.level_meter import LevelMeter
from desktop.widgets.painting import paint_focus
from desktop.widgets.panel import Panel
from desktop.widgets.table_style import style_table
from desktop.widgets.twin_table import TwinModel, TwinTable

READABLE = (ChartBase, LevelMeter)
"""Charts whose points are walked with Shift ← →, and opened with Enter or a click."""
OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TwinStack(QStackedWidget):
    """The chart and, once asked for, its table. Dims like the chart it stands for."""

    def __init__(self, chart: QWidget) -> None:
        super().__init__()
        self.chart = chart
        self.addWidget(chart)

    def set_dimmed(self, dimmed: bool) -> None:
        dim = getattr(self.chart, "set_dimmed", None)
        if dim is not None:
            dim(dimmed)


class ChartCard(Panel):
    """`twin` gives the table of the chart; it is called when the table is opened and when `refresh_twin` is.

    `row_opened`: Enter on a row of the table or on the point that is read, or a click on a point.
    """

    row_opened = Signal(int)

    def __init__(
        self, theme: Theme, title: str, chart: QWidget, twin: Callable[[], Twin], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, title, parent)
        self._twin = twin
        self._table: QTableView | None = None
        self._model = TwinModel(self)
        self._pages = TwinStack(chart)
        self.set_body(self._pages)
        if isinstance(chart, READABLE):
            chart.point_clicked.connect(self.row_opened)
        if not theme.is_wall:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setAccessibleDescription(self.tr("Alt T 换成表格，Shift ← → 逐点读数"))

    @property
    def shows_table(self) -> bool:
        return self._table is not None and self._pages.currentWidget() is self._table

    @property
    def chart(self) -> QWidget:
        return self._pages.chart

    def twin(self) -> Twin:
        """The numbers of the chart as printed."""
        return self._twin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift ← → read the chart point by point, Enter opens what is behind the point, Esc ends that."""
        chart, step = self.chart, READ_KEYS.get(Qt.Key(event.key()), 0)
        if self.shows_table or not isinstance(chart, READABLE):
            super().keyPressEvent(event)
        elif step and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            chart.step(step)
            self.setAccessibleDescription(chart.accessibleDescription())
        elif event.key() == Qt.Key.Key_Escape and chart.reading() is not None:
            chart.read(None)
        elif event.key() in OPEN_KEYS and (point := chart.reading()) is not None:
            self.row_opened.emit(point)
        else:
            super().keyPressEvent(event)

    def toggle_twin(self) -> None:
        """Chart ↔ table."""
        if self.shows_table:
            self._pages.setCurrentIndex(0)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._model.set_twin(self._twin())
        if self._table is None:
            self._table = self._make_table()
        self._pages.setCurrentWidget(self._table)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh_twin(self) -> None:
        """The chart has other data."""
        if self.shows_table:
            self._model.set_twin(self._twin())

    def twin_model(self) -> TwinModel:
        return self._model

    def restyle(self) -> None:
        super().restyle()
        # Panel dresses itself before there is a table.
        table: QTableView | None = getattr(self, "_table", None)
        if table is not None:
            style_table(table, self.theme, "compact")

    def _make_table(self) -> QTableView:
        table = TwinTable(self.theme, self._model)
        table.activated.connect(self._on_activated)
        self._pages.addWidget(table)
        return table

    def _on_activated(self, index: QModelIndex) -> None:
        self.row_opened.emit(index.row())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_focus(painter, self.theme, QRectF(self.rect()), "panel")
            painter.end()

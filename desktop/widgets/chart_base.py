"""What chart widgets share: painted by desktop.widgets.charts, read point by point with the pointer or the keys.

A chart keeps its values and paints them when Qt asks; a hidden one costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.charts.plot import Plot, Twin
from desktop.widgets.wording import listed


class ChartBase(ThemedWidget):
    """Subclasses paint, and say where their points lie. A wall has no pointer: nothing is read there.

    `point_clicked(index)`: the tickets behind a point are wanted.
    """

    point_clicked = Signal(int)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._dimmed = False
        self._reading: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(not theme.is_wall)

    def set_dimmed(self, dimmed: bool) -> None:
        """Late data."""
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self.update()

    def twin(self) -> Twin:
        """The chart as a table (Alt T): header and rows as printed; one row a point."""
        raise NotImplementedError

    def plot(self) -> Plot:
        """Where the points lie now."""
        raise NotImplementedError

    def xs(self) -> Sequence[float]:
        """Places of the points, in values of the x axis."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        """The whole chart into the widget's rectangle."""
        raise NotImplementedError

    # -- reading --------------------------------------------------------------------------------

    def reading(self) -> int | None:
        """The point whose values are printed."""
        return self._reading

    def read(self, index: int | None) -> None:
        """Prints the values of a point; None prints none."""
        count = len(self.xs())
        index = None if index is None or not count else max(0, min(index, count - 1))
        if index != self._reading:
            self._reading = index
            self.setAccessibleDescription("" if index is None else self.spoken(index))
            self.update()

    def step(self, step: int) -> None:
        """The next point with the keys: from the newest backwards, when none is read yet."""
        here = len(self.xs()) if self._reading is None else self._reading
        self.read(max(0, here + step))

    def spoken(self, index: int) -> str:
        """日期 10-4，受理 77，结案 0"""
        header, rows = self.twin()
        return listed(f"{name} {cell}" for name, cell in zip(header, rows[index], strict=True))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.read(self._point_at(event))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self._point_at(event)
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.point_clicked.emit(index)

    def _point_at(self, event: QMouseEvent) -> int | None:
        plot, at = self.plot(), event.position()
        inside = plot.rect.left() <= at.x() <= plot.rect.right() and not self._theme.is_wall
        return plot.nearest(at.x(), self.xs()) if inside else None

    def leaveEvent(self, event: QEvent) -> None:
        self.read(None)
        super().leaveEvent(event)

    # -- size and paint -------------------------------------------------------------------------

    def restyle(self) -> None:
        self.setMouseTracking(not self._theme.is_wall)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, self._theme.line_px("caption") * 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 6, self._theme.line_px("caption") * 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter)
        painter.end()


# Qt's enum is named here so that cards know which keys read a chart without knowing the charts.
READ_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}

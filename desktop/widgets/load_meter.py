"""Alarm load of a seat: bell, ten cells, "负荷 3/10". Full = flood."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import draw_text, text_width


class LoadMeter(ThemedWidget):
    """A value with a scale of `limit` cells; cells past the limit are not drawn, the number tells them."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._count: int | None = None
        self._limit = 0
        self.set_load(None, 10)

    def set_load(self, count: int | None, limit: int) -> None:
        """Alarms in ten minutes, and how many are a flood."""
        if (count, limit) == (self._count, self._limit):
            return
        self._count, self._limit = count, limit
        self.setAccessibleName(self._text())
        self.updateGeometry()
        self.update()

    def _text(self) -> str:
        count = "–" if self._count is None else str(self._count)
        return self.tr("负荷 {count}/{limit}").format(count=count, limit=self._limit)

    def _cell(self) -> tuple[float, float, float]:
        """Width, gap and height of one cell."""
        unit = self._theme.space("xs")
        return unit * 1.25, unit * 0.5, unit * 3.0

    def sizeHint(self) -> QSize:
        theme = self._theme
        width, gap, _ = self._cell()
        text = text_width(theme.font("small"), self._text())
        total = theme.px("title") + theme.space("s") + self._limit * (width + gap) + theme.space("s") + text
        return QSize(int(total) + 2, theme.line_px("small"))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        side = theme.px("title")
        center = self.height() / 2
        pixmap = theme.icon_pixmap("bell", "text.secondary", side, self.devicePixelRatioF())
        painter.drawPixmap(0, round(center - side / 2), pixmap)
        x = float(side + theme.space("s"))
        width, gap, height = self._cell()
        flood = self._count is not None and self._count >= self._limit
        for index in range(self._limit):
            filled = self._count is not None and index < self._count
            role = ("alarm.critical" if flood else "text.primary") if filled else "line.strong"
            painter.fillRect(QRectF(x, center - height / 2, width, height), theme.color(role))
            x += width + gap
        x += theme.space("s") - gap
        room = QRectF(x, 0, self.width() - x, self.height())
        draw_text(painter, room, self._text(), theme.font("small"), theme.color("text.secondary"))
        painter.end()

"""What stands over the chart that is zoomed and panned: the day that is read, the days that are seen, the series and their values."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import RIGHT, draw_text
from desktop.widgets.series_label import paint_series_label


class ExplorerReadout(ThemedWidget):
    """Two lines over the plots: the day and the days that are seen; the series, with their values on that day."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._words: tuple[str, str, tuple[str, ...]] = ("", "", ())
        self._dimmed = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, day: str, seen: str, texts: tuple[str, ...], dimmed: bool) -> None:
        if ((day, seen, texts), dimmed) != (self._words, self._dimmed):
            self._words, self._dimmed = (day, seen, texts), dimmed
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(
            self._theme.space("xl") * 12, self._theme.line_px("small") + round(1.4 * self._theme.line_px("caption"))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, (day, seen, texts) = self._theme, self._words
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = theme.line_px("small")
        row = QRectF(0, 0, self.width(), line)
        draw_text(painter, row, day, theme.font("small", "number"), theme.color("text.primary"))
        draw_text(painter, row, seen, theme.font("small"), theme.color("text.tertiary"), RIGHT)
        # Equal columns: nothing jumps while the reading moves.
        width = self.width() / max(1, len(texts))
        for index, text in enumerate(texts):
            box = QRectF(index * width, line, width - theme.space("s"), theme.line_px("caption"))
            paint_series_label(painter, box, theme, index, text, self._dimmed)
        painter.end()

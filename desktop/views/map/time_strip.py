"""The strip below the map: how many reports came in each quarter of an hour of this day, and where "now" is.

It follows live. Replaying the day needs the log's history and comes with it; until then there is no button that does nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import CENTER, draw_text, text_width

QUARTERS = 96
_MARKS = (0, 6, 12, 18, 24)


class TimeStrip(ThemedWidget):
    """One bar per quarter; bars behind the instant are quiet, the instant is a line."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._counts: tuple[int, ...] = ()
        self._hour = 0.0
        self._time, self._state = "", "never"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("今日上报时间分布"))

    def set_counts(self, counts: Sequence[int]) -> None:
        """Reports of the site's day, one number per quarter of an hour."""
        self._counts = tuple(counts)
        self.update()

    def set_now(self, hour: float, time_text: str, freshness: str) -> None:
        """The instant as hours of the day, as printed, and how fresh the tickets are."""
        self._hour, self._time, self._state = hour, time_text, freshness
        self.setAccessibleDescription(f"{time_text} {self.tr('跟随实时')}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 20, self._theme.row("normal") + self._theme.line_px("caption"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface.app"))
        painter.fillRect(QRectF(0, 0, self.width(), theme.pen("hair")), theme.color("line.hair"))
        left, right = self._paint_words(painter)
        line = theme.line_px("caption")
        low, top = self.height() - line - theme.space("xs") / 2, theme.space("s")
        wide = right - left
        painter.fillRect(QRectF(left, low - 1, wide, 1), theme.color("line.strong"))
        self._paint_bars(painter, left, wide, top, low)
        for hour in _MARKS:
            box = QRectF(left + wide * hour / 24 - 40, low, 80, line)
            text = self.tr("{n} 时").format(n=hour)
            draw_text(painter, box, text, theme.font("caption"), theme.color("text.tertiary"), CENTER)
        x = left + wide * self._hour / 24
        painter.fillRect(QRectF(x, top / 2, theme.pen("series"), low - top / 2), theme.color("accent.base"))
        painter.end()

    def _paint_bars(self, painter: QPainter, left: float, wide: float, top: float, low: float) -> None:
        most = max(self._counts, default=0) or 1
        slot = wide / QUARTERS
        color = self._theme.color("text.disabled")
        for index, count in enumerate(self._counts):
            if count:
                high = max(1.0, (low - top) * count / most)
                painter.fillRect(QRectF(left + index * slot, low - high, max(1.0, slot - 1), high), color)

    def _paint_words(self, painter: QPainter) -> tuple[float, float]:
        """今日上报 at the left, 跟随实时 at the right; returns where the bars may lie."""
        theme = self._theme
        pad, middle = theme.space("page"), self.height() / 2
        title = self.tr("今日上报")
        box = QRectF(pad, 0, self.width(), self.height())
        used = draw_text(painter, box, title, theme.font("small"), theme.color("text.secondary"))
        words, font = self.tr("跟随实时"), theme.font("small")
        strong = theme.font("small", "number")
        room = text_width(strong, "00:00 ") + text_width(font, words) + theme.glyph_px + theme.space("s")
        x = self.width() - pad - room
        side = theme.glyph_px
        paint_status(painter, theme, "freshness", self._state, QRectF(x, middle - side / 2, side, side))
        x += side + theme.space("s")
        x += draw_text(
            painter, QRectF(x, 0, room, self.height()), f"{self._time} ", strong, theme.color("text.primary")
        )
        draw_text(painter, QRectF(x, 0, room, self.height()), words, font, theme.color("text.secondary"))
        return pad + used + theme.space("xl"), self.width() - pad - room - theme.space("xl")

"""The strip below the map: how many reports came in each quarter of an hour of this day, where "now" is, and looking back.

A click or a drag on the bars picks an instant; the buttons at the left run the day. What is then shown is the window's (replay.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.views.map.hud import IconButton
from desktop.views.words import filled
from desktop.widgets.base import ThemedWidget
from desktop.widgets.chip import Chip
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import CENTER, draw_text, text_width

QUARTERS = 96
_MARKS = (0, 6, 12, 18, 24)


class TimeStrip(ThemedWidget):
    """One bar per quarter, the instant as a line. `hour_picked(hours of the day)`, `play_clicked`, `speed_clicked`."""

    hour_picked = Signal(float)
    play_clicked = Signal()
    speed_clicked = Signal()

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._counts: tuple[int, ...] = ()
        self._hour = 0.0
        self._time, self._state = "", "never"
        self._back: float | None = None
        self._span = (0.0, 1.0)
        self._play = IconButton(theme, "play", self.tr("回放今日（空格）"), self)
        self._play.clicked.connect(self.play_clicked)
        self._speed = Chip(theme, "", parent=self)
        self._speed.clicked.connect(self.speed_clicked)
        self._drags = False
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

    def set_replay(self, hour: float | None, *, playing: bool, speed: int) -> None:
        """Which instant is looked at (None = live), whether it runs on, and how fast (business seconds per second)."""
        self._back = hour
        self._play.set_icon(
            "pause" if playing else "play", self.tr("暂停（空格）") if playing else self.tr("回放今日（空格）")
        )
        self._speed.set_text(filled(self.tr("×{n}"), {"n": speed}))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._place_buttons()
        self.update()

    def _place_buttons(self) -> None:
        gap, middle = self._theme.space("s"), self.height() / 2
        left = self._theme.space("m")
        for part in (self._play, self._speed):
            size = part.sizeHint()
            part.setGeometry(left, round(middle - size.height() / 2), size.width(), size.height())
            left += size.width() + gap

    def _buttons_end(self) -> int:
        return self._speed.geometry().right() + self._theme.space("m")

    def resizeEvent(self, event) -> None:
        self._place_buttons()
        super().resizeEvent(event)

    def _pick(self, x: float) -> None:
        left, right = self._span
        self.hour_picked.emit(24 * min(1.0, max(0.0, (x - left) / (right - left))))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left, right = self._span
        self._drags = event.button() == Qt.MouseButton.LeftButton and left <= event.position().x() <= right
        if self._drags:
            self._pick(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drags:
            self._pick(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drags = False

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 20, self._theme.row("normal") + self._theme.line_px("caption"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface.app"))
        painter.fillRect(QRectF(0, 0, self.width(), theme.pen("hair")), theme.color("line.hair"))
        left, right = self._span = self._paint_words(painter)
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
        now = "line.strong" if self._back is not None else "accent.base"
        painter.fillRect(QRectF(x, top / 2, theme.pen("series"), low - top / 2), theme.color(now))
        if self._back is not None:
            x = left + wide * self._back / 24
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
        start = self._buttons_end()
        box = QRectF(start, 0, self.width(), self.height())
        used = draw_text(painter, box, title, theme.font("small"), theme.color("text.secondary"))
        words = self.tr("跟随实时") if self._back is None else self.tr("实时")
        font = theme.font("small")
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
        return start + used + theme.space("xl"), self.width() - pad - room - theme.space("xl")

"""墙面回看: the last hours as a strip, a dot per change; a click, or the arrow keys, looks back at what hung there then."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from desktop.theme.theme import Theme
from desktop.views.site_time import SiteTime
from desktop.views.wall_director.feed import REPLAY_H
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import draw_text, fill_rounded

STEP = timedelta(minutes=5)
TICK_H = 1


class ReplayStrip(ThemedWidget):
    """`looked_back(at)`: an aware instant, or None for now. Left and Right go five minutes, Esc or End back to now."""

    looked_back = Signal(object)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._now: datetime | None = None
        self._at: datetime | None = None
        self._changes: tuple[datetime, ...] = ()
        self._scenes: tuple[tuple[datetime, str], ...] = ()
        self._site = SiteTime()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(self.tr("墙面回看"))

    def set_times(self, site: SiteTime, now: datetime, at: datetime | None, changes: tuple[datetime, ...]) -> None:
        self._site, self._now, self._at, self._changes = site, now, at, changes
        self.update()

    def set_scenes(self, scenes: tuple[tuple[datetime, str], ...]) -> None:
        """(since when, name), oldest first; "" = set by hand."""
        if scenes != self._scenes:
            self._scenes = scenes
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(
            self._theme.space("xl") * 20,
            self._theme.line_px("small") + self._theme.space("l") * 2 + self._theme.space("s"),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._now is not None:
            share = min(max(event.position().x() / max(self.width(), 1), 0.0), 1.0)
            at = self._now - timedelta(hours=REPLAY_H) * (1 - share)
            self.looked_back.emit(at.replace(second=0, microsecond=0) if share < 1 else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, now = event.key(), self._now
        if now is not None and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            at = (self._at or now) + (STEP if key == Qt.Key.Key_Right else -STEP)
            oldest = now - timedelta(hours=REPLAY_H)
            self.looked_back.emit(None if at >= now else max(at, oldest))
        elif key == Qt.Key.Key_End:
            self.looked_back.emit(None)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event) -> None:
        if self._now is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        bar = QRectF(0, theme.space("s"), self.width(), theme.line_px("caption") + theme.space("xs"))
        fill_rounded(painter, bar, theme.radius("control"), theme.color("surface.control"))
        self._paint_scenes(painter, bar)
        dot = theme.space("xs")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text.secondary"))
        for change in self._changes:
            x = self._x(change)
            if 0 <= x <= self.width():
                painter.drawEllipse(QPointF(x, bar.bottom() + theme.space("s")), dot, dot)
        self._paint_hours(painter, bar)
        for at, role in ((self._now, "text.tertiary"), (self._at, "accent.base")):
            if at is not None:
                x = min(max(self._x(at), 1.0), self.width() - 1.0)
                painter.setPen(QPen(theme.color(role), theme.pen("series")))
                painter.drawLine(QPointF(x, bar.top() - dot), QPointF(x, bar.bottom() + dot))
        painter.end()

    def _paint_scenes(self, painter: QPainter, bar: QRectF) -> None:
        """Which scene hung there from when to when; its name where there is room for it."""
        theme, font = self._theme, self._theme.font("caption")
        ends = [*(at for at, _ in self._scenes), self._now][1:]
        for (at, name), end in zip(self._scenes, ends, strict=True):
            assert end is not None
            left, right = max(self._x(at), 0.0), min(self._x(end), float(self.width()))
            if not name or right - left < 1:
                continue
            band = QRectF(left, bar.top(), right - left, bar.height())
            assert self._now is not None
            looked = self._at or self._now
            here = at <= looked < end or looked == end == self._now
            painter.fillRect(
                band.adjusted(theme.pen("focus"), 0, 0, 0), theme.color("surface.selected" if here else "line.hair")
            )
            if right - left > theme.space("xl"):
                words = band.adjusted(theme.space("s"), 0, 0, 0)
                draw_text(painter, words, name, font, theme.color("text.secondary"))

    def _paint_hours(self, painter: QPainter, bar: QRectF) -> None:
        theme, now = self._theme, self._now
        assert now is not None
        hour = now.replace(minute=0, second=0, microsecond=0)
        font = theme.font("caption")
        top = self.height() - theme.line_px("caption")
        for back in range(0, REPLAY_H, TICK_H):
            at = hour - timedelta(hours=back)
            place = QRectF(self._x(at), top, theme.space("xl") * 3, theme.line_px("caption"))
            if place.right() <= self.width():
                draw_text(painter, place, self._site.clock(at)[:5], font, theme.color("text.tertiary"))

    def _x(self, at: datetime) -> float:
        assert self._now is not None
        return self.width() * (1 - (self._now - at) / timedelta(hours=REPLAY_H))

"""The line at the foot of a desk window: each source with its freshness, commands queued here, and a note at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, QTimer
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.freshness_badge import freshness_text, freshness_width, paint_freshness
from desktop.widgets.painting import RIGHT, draw_text, text_width
from desktop.widgets.values import Freshness
from desktop.widgets.wording import listed


@dataclass(frozen=True, slots=True)
class StatusSource:
    """One source of data. `tip`: the whole sentence, for the pointer and for readers."""

    name: str
    freshness: Freshness
    tip: str = ""


PASSING_MS = 4000


class StatusBar(ThemedWidget):
    """Painted in one pass."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._sources: tuple[StatusSource, ...] = ()
        self._says: tuple[str, ...] = ()
        self._pending: int | None = None
        self._right = ""
        self._message = ""
        self._trouble = ""
        self._passing = ""
        self._passing_timer = QTimer(self)
        self._passing_timer.setSingleShot(True)
        self._passing_timer.setInterval(PASSING_MS)
        self._passing_timer.timeout.connect(self._on_passed)
        self._places: tuple[tuple[QRectF, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_sources(self, sources: Sequence[StatusSource]) -> None:
        """联动服务, 12345, 视频平台, 定位 …"""
        self._sources = tuple(sources)
        self._describe()

    def set_pending(self, count: int | None) -> None:
        """Commands queued on this machine."""
        self._pending = count
        self._describe()

    def set_right(self, text: str) -> None:
        """The note at the right end: 演示数据 · 云泽区为虚构."""
        self._right = text
        self._describe()

    def set_message(self, text: str) -> None:
        """A further entry in the middle, for example 底图 离线包 2026-03-01."""
        self._message = text
        self._describe()

    def say(self, text: str) -> None:
        """What was just done, for a few seconds: 已复制 …"""
        self._passing = text
        self._passing_timer.start()
        self._describe()

    def said(self) -> str:
        """What was just done, "" once it is no news."""
        return self._passing

    def set_trouble(self, text: str) -> None:
        """What is wrong with this program itself; first in the line, "" for nothing."""
        self._trouble = text
        self._describe()

    def _on_passed(self) -> None:
        self._passing = ""
        self._describe()

    def _pending_text(self) -> str:
        return "" if self._pending is None else self.tr("本机待发 {n} 条").format(n=self._pending)

    def _describe(self) -> None:
        parts = [freshness_text(self._theme, s.freshness, "source", s.name) for s in self._sources]
        words = (self._trouble, *parts, self._pending_text(), self._passing, self._message, self._right)
        self.setAccessibleDescription("\n".join(source.tip for source in self._sources if source.tip))
        says = (*words, *(s.freshness.state for s in self._sources))
        if says != self._says:
            self._says = says
            self.setAccessibleName(listed(words))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 10, round(self._theme.row("compact") * 28 / 30))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def tip_at(self, x: float) -> str:
        """The sentence of the source that is painted there, "" where there is none."""
        return next((tip for place, tip in self._places if place.left() <= x < place.right()), "")

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos().x()), self)
            return True
        return super().event(event)

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface.app"))
        painter.fillRect(QRectF(0, 0, self.width(), theme.pen("hair")), theme.color("line.hair"))
        font = theme.font("caption")
        box = QRectF(self.rect()).adjusted(theme.space("l"), 1, -theme.space("l"), 0)
        if self._right:
            width = min(text_width(font, self._right), box.width() / 3)
            draw_text(
                painter,
                QRectF(box.right() - width - 1, box.top(), width + 1, box.height()),
                self._right,
                font,
                theme.color("text.tertiary"),
                RIGHT,
            )
            box.setRight(box.right() - width - theme.space("l"))
        x = box.left()
        if self._trouble:
            x += draw_text(painter, box, self._trouble, font, theme.color("alarm.critical")) + theme.space("l")
        places = []
        for source in self._sources:
            room = QRectF(x, box.top(), max(0.0, box.right() - x), box.height())
            if room.width() <= theme.glyph_px * 2:
                break
            paint_freshness(painter, room, theme, source.freshness, "source", source.name)
            x += freshness_width(theme, source.freshness, "source", source.name) + theme.space("l")
            places.append((QRectF(room.left(), room.top(), x - room.left(), room.height()), source.tip))
        self._places = tuple(places)
        role = "accent.base" if self._pending else "text.secondary"
        for text, text_role in (
            (self._pending_text(), role),
            (self._passing, "text.primary"),
            (self._message, "text.secondary"),
        ):
            if text and x < box.right():
                room = QRectF(x, box.top(), box.right() - x, box.height())
                x += draw_text(painter, room, text, font, theme.color(text_role)) + theme.space("l")
        painter.end()

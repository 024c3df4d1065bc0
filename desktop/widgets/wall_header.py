"""The first line of every wall view: title, place, 演示数据, freshness, date and clock. No input on a wall."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.freshness_badge import freshness_runs, freshness_text
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import draw_runs, draw_text, runs_width, text_width
from desktop.widgets.tag import paint_tag, tag_size
from desktop.widgets.values import Freshness, Run


class WallHeader(ThemedWidget):
    """Painted in one pass; a clock tick repaints only this line."""

    def __init__(self, theme: Theme, title: str = "", parent=None) -> None:
        super().__init__(theme, parent)
        self._title, self._subtitle, self._demo = title, "", ""
        self._date, self._time = "", ""
        self._freshness, self._detail = Freshness(), ""
        self._says: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_title(self, title: str, subtitle: str = "") -> None:
        """What this wall shows and whose it is."""
        self._title, self._subtitle = title, subtitle
        self._describe()

    def set_demo(self, text: str) -> None:
        """演示数据, or 演示 ×60; empty for real operation."""
        self._demo = text
        self._describe()

    def set_freshness(self, freshness: Freshness, detail: str = "") -> None:
        """State of the link; `detail` such as "延迟 0.8 秒" or "第 9 次重连，4 秒后"."""
        self._freshness, self._detail = freshness, detail
        self._describe()

    def set_clock(self, date_text: str, time_text: str) -> None:
        """Site date and time as printed."""
        if (date_text, time_text) != (self._date, self._time):
            self._date, self._time = date_text, time_text
            self.update()

    def _describe(self) -> None:
        """Painted again only when it says something else: an age grows all the while, its words seldom."""
        age = freshness_text(self._theme, self._freshness, "full")
        says = (self._title, self._subtitle, self._demo, age, self._freshness.state, self._detail)
        if says != self._says:
            self._says = says
            self.setAccessibleName(" ".join(p for p in says[:4] if p))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, self._theme.line_px("number_m"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect())
        right = self._paint_right(painter, box)
        box.setRight(right - theme.space("l"))
        x = box.left()
        x += draw_text(painter, box, self._title, theme.font("heading", "number"), theme.color("text.primary"))
        x += theme.space("l")
        tag_room = tag_size(theme, self._demo)[0] + theme.space("l") if self._demo else 0.0
        rest = QRectF(x, box.top(), max(0.0, box.right() - x - tag_room), box.height())
        x += draw_text(painter, rest, self._subtitle, theme.font("title"), theme.color("text.secondary"))
        if self._demo:
            paint_tag(painter, theme, x + theme.space("l"), box.center().y(), self._demo)
        painter.end()

    def _paint_right(self, painter: QPainter, box: QRectF) -> float:
        """Clock, date and freshness from the right edge; returns where they begin."""
        theme = self._theme
        clock, date = theme.font("number_m", "number"), theme.font("body")
        # The room of a clock does not depend on its digits, so nothing shakes.
        x = box.right() - (text_width(clock, "00:00:00") if self._time else 0.0)
        draw_text(
            painter,
            QRectF(x, box.top(), box.right() - x + 1, box.height()),
            self._time,
            clock,
            theme.color("text.primary"),
        )
        if self._date:
            x -= theme.space("l") + text_width(date, self._date)
            room = QRectF(x, box.top(), text_width(date, self._date) + 1, box.height())
            draw_text(painter, room, self._date, date, theme.color("text.secondary"))
        runs: tuple[Run, ...] = (Run(theme.status("freshness", self._freshness.state).word, role="text.primary"),)
        if self._detail:
            runs += (Run(f" {self._detail}", role="text.tertiary"),)
        elif self._freshness.state != "live":
            runs = freshness_runs(theme, self._freshness, "full")
        width = runs_width(runs, theme, "body")
        x -= theme.space("l") + width
        draw_runs(painter, QRectF(x, box.top(), width + 1, box.height()), runs, theme, "body")
        side = theme.glyph_px
        x -= theme.space("s") + side
        glyph = QRectF(x, box.center().y() - side / 2, side, side)
        paint_status(painter, theme, "freshness", self._freshness.state, glyph)
        return x

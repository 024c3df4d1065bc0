"""One of the two clocks of a ticket: title, remaining time with glyph and bar, limit and due time."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import draw_text, fill_rounded, text_width
from desktop.widgets.sla_bar import NO_LIMIT, paint_sla_bar
from desktop.widgets.values import DASH
from desktop.widgets.wording import listed


class ClockCard(ThemedWidget):
    """阶段时钟 / 业务时钟 in the detail pane."""

    def __init__(self, theme: Theme, title: str = "", parent=None) -> None:
        super().__init__(theme, parent)
        self._title, self._state, self._text, self._note = title, NO_LIMIT, DASH, ""
        self._used: float | None = None
        self._overrun = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_clock(
        self,
        title: str,
        state: str,
        remaining_text: str,
        fraction_used: float | None = None,
        overrun_fraction: float = 0.0,
        note: str = "",
    ) -> None:
        """Title, SLA state, "剩 0:06", share of the limit, and a note such as "限 2 小时 · 14:38 到"."""
        self._title, self._state, self._text, self._note = title, state, remaining_text, note
        self._used, self._overrun = fraction_used, overrun_fraction
        self.setAccessibleName(listed((title, remaining_text, note)))
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        height = 2 * theme.line_px("caption") + theme.line_px("number_m") + 2 * theme.space("s")
        return QSize(theme.space("xl") * 8, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 5, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_rounded(painter, QRectF(self.rect()), theme.radius("panel"), theme.color("surface.panel"))
        inner = QRectF(self.rect()).adjusted(theme.space("m"), theme.space("s"), -theme.space("m"), -theme.space("s"))
        small = theme.line_px("caption")
        line = QRectF(inner.left(), inner.top(), inner.width(), small)
        draw_text(painter, line, self._title, theme.font("small"), theme.color("text.secondary"))
        middle = QRectF(inner.left(), inner.top() + small, inner.width(), inner.height() - 2 * small)
        self._paint_value(painter, middle)
        foot = QRectF(inner.left(), inner.bottom() - small, inner.width(), small)
        draw_text(painter, foot, self._note_for(foot.width()), theme.font("caption"), theme.color("text.tertiary"))
        painter.end()

    def _note_for(self, width: float) -> str:
        """The whole note, or its last part where only that fits: by when it is due is never cut."""
        whole = text_width(self._theme.font("caption"), self._note) <= width
        return self._note if whole else self._note.split(" · ")[-1]

    def _paint_value(self, painter: QPainter, box: QRectF) -> None:
        theme, side = self._theme, self._theme.glyph_px
        x = box.left()
        if self._state != NO_LIMIT:
            paint_status(painter, theme, "sla", self._state, QRectF(x, box.center().y() - side / 2, side, side))
            x += side + theme.space("s")
        font = theme.font("number_m", "number")
        x += draw_text(
            painter, QRectF(x, box.top(), box.right() - x, box.height()), self._text, font, theme.color("text.primary")
        )
        x += theme.space("m")
        least = text_width(font, "00")
        if box.right() - x > least:
            bar = QRectF(x, box.top(), min(box.right() - x, theme.space("xl") * 5), box.height())
            paint_sla_bar(painter, bar, theme, self._state, self._used, self._overrun)

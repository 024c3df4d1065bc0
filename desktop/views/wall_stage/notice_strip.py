"""墙面通知 on a screen of the wall: one line at its lower edge, on its own ground, below the view and never over it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.widgets.painting import draw_text, fill_rounded


class NoticeStrip(QWidget):
    """A child of the stage, at the lower edge of `area`; as high as a line of the wall's title type, nothing while there is no notice."""

    def __init__(self, theme: Theme, parent: QWidget, area: Callable[[], QRect]) -> None:
        super().__init__(parent)
        self._area, self._theme, self._words = area, theme, ""
        self.hide()

    def words(self) -> str:
        return self._words

    def say(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.place()

    def high(self) -> int:
        return self._theme.line_px("heading") + self._theme.space("m") if self._words else 0

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.place()

    def place(self) -> None:
        high, area = self.high(), self._area()
        self.setGeometry(area.left(), area.top() + area.height() - high, area.width(), high)
        self.raise_()
        self.update()

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        fill_rounded(painter, box, 0, theme.color("surface.raised"))
        painter.fillRect(QRectF(0, 0, box.width(), theme.pen("focus")), theme.color("accent.base"))
        side, x = theme.px("heading"), theme.space("page")
        pixmap = theme.icon_pixmap("megaphone", "text.primary", side, self.devicePixelRatioF())
        painter.drawPixmap(x, round(box.center().y() - side / 2), pixmap)
        words = box.adjusted(x + side + theme.space("l"), 0, -x, 0)
        draw_text(painter, words, self._words, theme.font("heading", "title"), theme.color("text.primary"))
        painter.end()

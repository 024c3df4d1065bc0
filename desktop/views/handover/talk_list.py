"""The read-back in the middle: one row per item to be said, with the words, their confirmation and questions; then the checks. Painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import RIGHT, draw_text, hair_line, wrapped_text
from desktop.widgets.wording import listed


@dataclass(frozen=True, slots=True)
class TalkRow:
    """`mark`: done · said · asked · open. `lines` = (text, colour role), below the title."""

    id: str
    number: str
    title: str
    mark: str
    note: str
    lines: tuple[tuple[str, str], ...] = ()


NUMBER_EM = 1.75
"""Room of a number, so that all titles begin at one place."""
_MARKS = {
    "done": ("check", "sla.ok"),
    "said": ("check", "text.tertiary"),
    "asked": ("circle-question-mark", "sla.risk"),
    "open": ("circle", "text.tertiary"),
}


class TalkList(ThemedWidget):
    """`chosen` tells a row's id."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, lined: bool = True) -> None:
        super().__init__(theme, parent)
        self._lined = lined
        self._rows: tuple[TalkRow, ...] = ()
        self._current = ""
        self._places: list[tuple[QRectF, TalkRow]] = []

    def set_rows(self, rows: Sequence[TalkRow], current: str, name: str) -> None:
        if (tuple(rows), current) == (self._rows, self._current):
            return
        self._rows, self._current = tuple(rows), current
        self.setAccessibleName(name)
        self.setAccessibleDescription(listed(f"{row.number} {row.title} {row.note}" for row in rows))
        self._lay_out()
        self.update()

    def _lay_out(self) -> None:
        theme, top = self._theme, 0.0
        self._places = []
        room = max(60.0, self.width() - self.text_x() - theme.space("m"))
        for row in self._rows:
            height = theme.line_px("body") + theme.space("m") * 1.6
            for text, _ in row.lines:
                height += wrapped_text(theme.font("small"), text, room).boundingRect().height() + theme.space("xs")
            self._places.append((QRectF(0, top, self.width(), height), row))
            top += height
        self.setFixedHeight(max(1, round(top)))

    def text_x(self) -> float:
        """Where the titles begin, in pixels from the left."""
        return self._theme.space("m") + self._theme.px("body") * 1.7

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 18, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 6, self.height())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def restyle(self) -> None:
        self._lay_out()

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        for rect, row in self._places:
            self._paint_row(painter, rect, row)
        painter.end()

    def _paint_row(self, painter: QPainter, rect: QRectF, row: TalkRow) -> None:
        theme = self._theme
        if row.id == self._current:
            painter.fillRect(rect, theme.color("surface.selected"))
        line = QRectF(
            theme.space("m"), rect.top() + theme.space("s"), rect.width() - 2 * theme.space("m"), theme.line_px("body")
        )
        icon, role = _MARKS[row.mark]
        side = theme.px("body")
        pixmap = theme.icon_pixmap(icon, role, side, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(line.left(), line.center().y() - side / 2), pixmap)
        title = QRectF(self.text_x(), line.top(), line.right() - self.text_x(), line.height())
        used = draw_text(painter, title, row.note, theme.font("caption"), theme.color("text.tertiary"), RIGHT)
        title.setRight(title.right() - used - theme.space("m"))
        if row.number:
            draw_text(painter, title, row.number, theme.font("body"), theme.color("text.primary"))
            title.setLeft(title.left() + theme.px("body") * NUMBER_EM)
        draw_text(painter, title, row.title, theme.font("body"), theme.color("text.primary"))
        y = line.bottom() + theme.space("xs")
        for words, color in row.lines:
            layout = wrapped_text(theme.font("small"), words, line.right() - self.text_x())
            painter.setPen(theme.color(color))
            layout.draw(painter, QPointF(self.text_x(), y))
            y += layout.boundingRect().height() + theme.space("xs")
        if self._lined:
            hair_line(painter, theme, theme.space("m"), rect.bottom() - 1, self.width() - theme.space("m"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = next((row for rect, row in self._places if rect.contains(event.position())), None)
        if hit is not None:
            self.chosen.emit(hit.id)

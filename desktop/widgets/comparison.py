"""What differs, field by field: a name, the value then, the value now; or names with one value. Values wrap, nothing is cut off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import draw_text, hair_line, wrapped_text
from desktop.widgets.wording import listed

NAME_SHARE = 0.24


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, as printed."""

    name: str
    before: str
    after: str


class Comparison(ThemedWidget):
    """Three columns with a head, two without `after`; grows with its rows. Without rows it takes no room."""

    def __init__(self, theme: Theme, before: str, after: str = "", parent=None) -> None:
        super().__init__(theme, parent)
        self._head = ("", before, after)
        self._rows: tuple[Difference, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_rows(self, rows: Sequence[Difference]) -> None:
        """All of them, in order."""
        self._rows = tuple(rows)
        said = [" ".join((row.name, self._head[1], row.before, self._head[2], row.after)) for row in self._rows]
        self.setAccessibleName(listed(said))
        self.updateGeometry()
        self.update()

    def _columns(self, width: float) -> tuple[tuple[float, float], ...]:
        gap = self._theme.space("m")
        name = width * NAME_SHARE
        if not self._head[2]:
            return ((0, name - gap), (name, width - name))
        value = (width - name) / 2
        return ((0, name - gap), (name, value - gap), (name + value, value))

    def _row_height(self, row: Difference, width: float) -> float:
        font = self._theme.font("small")
        columns = self._columns(width)
        texts = (row.name, row.before, row.after)
        heights = [
            wrapped_text(font, text, room).boundingRect().height()
            for text, (_, room) in zip(texts, columns, strict=False)
        ]
        return max(heights) + self._theme.space("s")

    def _head_height(self) -> int:
        return self._theme.line_px("caption") + self._theme.space("xs")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self._rows:
            return 0
        return int(self._head_height() + sum(self._row_height(row, width) for row in self._rows)) + 1

    def sizeHint(self) -> QSize:
        wish = self._theme.space("xl") * 14
        return QSize(wish, self.heightForWidth(self.width() or wish))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, self.heightForWidth(max(self.width(), self._theme.space("xl") * 8)))

    def paintEvent(self, event) -> None:
        if not self._rows:
            return
        theme = self._theme
        painter = QPainter(self)
        columns = self._columns(self.width())
        for text, (x, width) in zip(self._head, columns, strict=False):
            box = QRectF(x, 0, width, theme.line_px("caption"))
            draw_text(painter, box, text, theme.font("caption"), theme.color("text.tertiary"))
        top = float(self._head_height())
        for row in self._rows:
            hair_line(painter, theme, 0, top, self.width())
            roles = ("text.secondary", "text.primary" if len(columns) == 2 else "text.secondary", "text.primary")
            for text, (x, width), role in zip((row.name, row.before, row.after), columns, roles, strict=False):
                painter.setPen(theme.color(role))
                lines = wrapped_text(theme.font("small"), text, width)
                lines.draw(painter, QPointF(x, top + theme.space("xs")))
            top += self._row_height(row, self.width())
        painter.end()

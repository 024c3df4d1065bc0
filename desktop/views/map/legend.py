"""The legend of the map: the same shapes as on it, with their words. A column in the left pane, one line on the wall."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.views.words import clock_word
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_glyph, paint_status
from desktop.widgets.painting import draw_text, fill_rounded, text_width

SECTOR, COMPONENT, PATROL = "sector", "component", "patrol"
_ON_DESK = ("ok", "at_risk", "overdue", "paused", "top", COMPONENT, SECTOR, PATROL)
_ON_WALL = ("ok", "at_risk", "overdue", COMPONENT, SECTOR, PATROL)


class Legend(ThemedWidget):
    """`in_line` = the short one of the wall, on a ground of its own."""

    def __init__(self, theme: Theme, in_line: bool = False, parent=None) -> None:
        super().__init__(theme, parent)
        self._in_line = in_line
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("图例"))

    def _entries(self) -> list[tuple[str, str]]:
        words = {
            "top": self.tr("红环为特急"),
            COMPONENT: self.tr("部件"),
            SECTOR: self.tr("视频扇区"),
            PATROL: self.tr("到场力量，按报到"),
        }
        kinds = _ON_WALL if self._in_line else _ON_DESK
        return [(kind, words.get(kind) or clock_word(kind)) for kind in kinds]

    def _row(self) -> int:
        return self._theme.line_px("small") + self._theme.space("xs")

    def sizeHint(self) -> QSize:
        theme = self._theme
        if not self._in_line:
            return QSize(theme.space("xl") * 8, self._row() * (len(self._entries()) + 1) + theme.space("s"))
        font = theme.font("small")
        wide = sum(
            text_width(font, text) + theme.glyph_px + theme.space("s") + theme.space("l") for _, text in self._entries()
        )
        return QSize(round(wide) + theme.space("l"), theme.line_px("small") + 2 * theme.space("m"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._in_line:
            fill_rounded(painter, QRectF(self.rect()), theme.radius("panel"), theme.color("surface.app"))
        pad, side = theme.space("l" if self._in_line else "page"), theme.glyph_px
        left, top = float(pad), 0.0
        if not self._in_line:
            head = QRectF(pad, 0, self.width() - 2 * pad, self._row())
            draw_text(painter, head, self.tr("图例"), theme.font("small"), theme.color("text.secondary"))
            top = float(self._row())
        for kind, text in self._entries():
            high = self.height() if self._in_line else self._row()
            box = QRectF(left, top + high / 2 - side / 2, side, side)
            self._paint_mark(painter, kind, box)
            words = QRectF(box.right() + theme.space("s"), top, self.width(), high)
            used = draw_text(painter, words, text, theme.font("small"), theme.color("text.primary"))
            if self._in_line:
                left = words.left() + used + theme.space("l")
            else:
                top += self._row()
        painter.end()

    def _paint_mark(self, painter: QPainter, kind: str, box: QRectF) -> None:
        theme = self._theme
        if kind == "top":
            paint_status(painter, theme, "urgency", "top", box)
        elif kind == COMPONENT:
            small = box.adjusted(*(box.width() * 0.25 * s for s in (1, 1, -1, -1)))
            painter.fillRect(small, theme.component("map", "component"))
        elif kind == SECTOR:
            fan = [QPointF(box.left(), box.bottom()), QPointF(box.right(), box.top() + box.height() * 0.25)]
            fan.append(QPointF(box.right(), box.bottom()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.component("map", "camera"))
            painter.drawPolygon(QPolygonF(fan))
        elif kind == PATROL:
            painter.setPen(QPen(theme.component("map", "patrol"), theme.glyph_px / 8))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1.5, 1.5, -1.5, -1.5))
        else:
            look = theme.status("sla", kind)
            paint_glyph(painter, look.shape, box, look.color)

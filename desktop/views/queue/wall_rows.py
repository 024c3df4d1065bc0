"""The rows of the wall's queue. What a row shows decides whether it is painted again, not which event touched it.

A row that shows the same as before is one copy of pixels: of a wall that changes thirty times a second most rows say what they said.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPixmap

from desktop.models.queue_values import NowLine
from desktop.models.ticket_row import PAUSED, TicketRow, clock_look
from desktop.models.ticket_table import TicketTable
from desktop.theme.theme import Theme
from desktop.views.queue.line_text import line_runs
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import LEFT, draw_runs, draw_text, hair_line
from desktop.widgets.sla_bar import format_remaining, paint_sla_bar
from domain.ids import TicketId

ROWS_ABOVE = 3
LEAST_ROW = 0.94
"""Of the profile's relaxed row: so many rows are spread that none is lower."""
BAR_SHARE = 0.42
"""Of the column of the stage's limit."""

_COLUMNS = (  # left edge as a share of the width
    ("urgency", 0.0),
    ("category", 0.028),
    ("matter", 0.166),
    ("town", 0.418),
    ("unit", 0.508),
    ("joint", 0.678),
    ("sla", 0.738),
)


class _Shown(NamedTuple):
    """What a row says."""

    id: TicketId
    words: tuple[object, ...]
    left_for: str
    dimmed: bool
    clock: str | None
    remaining: str
    used_px: int
    beyond_px: int


class WallRows(ThemedWidget):
    """Whole rows only, as many as fit, spread over the height; the line "now" between them."""

    resized = Signal()

    def __init__(self, theme: Theme, table: TicketTable, parent=None) -> None:
        super().__init__(theme, parent)
        self._table = table
        self._dimmed = False
        self._now_ms = table.now_ms
        self._line = table.line()
        self._said: list[_Shown | NowLine] = []
        self._pictures: dict[TicketId, tuple[_Shown, QPixmap]] = {}
        self._painted_for: tuple[object, ...] = ()

    def hold(self, now_ms: int, line: NowLine) -> None:
        """The instant at which clocks are read, and what the line said then."""
        self._now_ms, self._line = now_ms, line

    def set_dimmed(self, dimmed: bool) -> None:
        """Values of an old picture are painted quieter."""
        self._dimmed = dimmed

    def restyle(self) -> None:
        self._pictures.clear()

    def refresh(self) -> None:
        """Rows may say something else now: those that do are painted."""
        said: list[_Shown | NowLine] = [self._line if row is None else self._shown(row) for row in self.shown()]
        if len(said) != len(self._said):
            self.update()
        else:
            for box, old, new in zip(self._boxes(), self._said, said, strict=False):
                if old != new:
                    self.update(box)
        self._said = said

    def shown(self) -> list[TicketRow | None]:
        """Entries from the top; None is the line."""
        count = self._table.rowCount()
        line = self._table.line_position()
        size = min(count, self._room() + (line is not None))
        top = 0 if line is None else max(0, min(line - ROWS_ABOVE, count - size))
        return [self._table.ticket_row(place) for place in range(top, top + size)]

    def _room(self) -> int:
        """How many tickets fit."""
        least = self._theme.row("relaxed") * LEAST_ROW
        return max(1, int((self.height() - self._head() - self._line_height()) / least))

    def _row_height(self) -> int:
        """Whole pixels, so that the picture of a row fits wherever the row stands."""
        return max(1, (self.height() - self._head() - self._line_height()) // self._room())

    def _boxes(self) -> list[QRect]:
        """Where the entries stand, from the top."""
        boxes, top = [], self._head()
        for row in self.shown():
            height = self._line_height() if row is None else self._row_height()
            boxes.append(QRect(0, top, self.width(), height))
            top += height
        return boxes

    def _shown(self, row: TicketRow) -> _Shown:
        """All that the picture of a row depends on, beside size and theme."""
        gone = self._table.has_left(row.id)
        look = clock_look(row, self._now_ms)
        width = self._cell(QRectF(0, 0, self.width(), 1), "sla").width() * BAR_SHARE
        return _Shown(
            row.id,
            (row.urgency, row.category, row.matter, row.town, row.unit, row.parts_in, row.parts_total),
            row.stage if gone else "",
            self._dimmed,
            None if row.kind > PAUSED else look.state,
            format_remaining(look.remaining_s, look.state),
            round((look.used or 0.0) * width),
            round(look.beyond * width),
        )

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _head(self) -> int:
        return round(self._theme.row("compact") * 1.2)

    def _line_height(self) -> int:
        return self._theme.row("normal")

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 20, self._theme.row("relaxed") * 6)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        touched = event.rect()
        if touched.top() < self._head():
            self._paint_head(painter)
        for box, row in zip(self._boxes(), self.shown(), strict=True):
            if not box.intersects(touched):
                continue
            if row is None:
                self._paint_line(painter, QRectF(box))
            else:
                painter.drawPixmap(box.topLeft(), self._picture(row))
        painter.end()

    def _picture(self, row: TicketRow) -> QPixmap:
        """The row as it looks now; painted when it says something else than in its last picture."""
        ground, ratio = self._theme.color("surface.app"), self.devicePixelRatioF()
        layout = (self.width(), self._row_height(), ratio, ground.rgba())
        if layout != self._painted_for:
            self._painted_for = layout
            self._pictures.clear()
        shown = self._shown(row)
        kept = self._pictures.get(row.id)
        if kept is not None and kept[0] == shown:
            return kept[1]
        box = QRectF(0, 0, self.width(), self._row_height())
        made = QPixmap(round(box.width() * ratio), round(box.height() * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(ground)
        painter = QPainter(made)
        self._paint_row(painter, box, row)
        painter.end()
        if len(self._pictures) >= 2 * self._room():
            self._pictures.clear()
        self._pictures[row.id] = (shown, made)
        return made

    def _cell(self, box: QRectF, name: str) -> QRectF:
        names = [column for column, _ in _COLUMNS]
        place = names.index(name)
        left = _COLUMNS[place][1] * box.width()
        right = _COLUMNS[place + 1][1] * box.width() if place + 1 < len(_COLUMNS) else box.width()
        return QRectF(left, box.top(), right - left - self._theme.space("s"), box.height())

    def _paint_head(self, painter: QPainter) -> None:
        theme = self._theme
        box = QRectF(0, 0, self.width(), self._head())
        words = {
            "category": self.tr("类别"),
            "matter": self.tr("事项"),
            "town": self.tr("街道"),
            "unit": self.tr("责任单位"),
            "joint": self.tr("协办"),
            "sla": self.tr("阶段时限"),
        }
        for name, word in words.items():
            draw_text(painter, self._cell(box, name), word, theme.font("body"), theme.component("table", "header_text"))
        hair_line(painter, theme, 0, box.bottom() - theme.pen("hair"), box.width())

    def _paint_line(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        painter.fillRect(box, theme.color("surface.panel"))
        painter.fillRect(QRectF(0, box.top(), box.width(), theme.pen("hair")), theme.color("accent.base"))
        hair_line(painter, theme, 0, box.bottom() - theme.pen("hair"), box.width())
        runs = line_runs(self._line, "", False, wall=True)
        left = self._cell(box, "category").left()
        draw_runs(painter, box.adjusted(left, 0, 0, 0), runs, theme, "caption", "text.tertiary")

    def _paint_row(self, painter: QPainter, box: QRectF, row: TicketRow) -> None:
        theme, side = self._theme, self._theme.glyph_px
        hair_line(painter, theme, 0, box.bottom() - theme.pen("hair"), box.width())
        gone = self._table.has_left(row.id)
        quiet = theme.color("text.disabled" if gone else "text.secondary")
        loud = quiet if gone or self._dimmed else theme.color("text.primary")
        font = theme.font("title")
        glyph = self._cell(box, "urgency")
        paint_status(
            painter, theme, "urgency", row.urgency, QRectF(glyph.left(), box.center().y() - side / 2, side, side)
        )
        draw_text(painter, self._cell(box, "category"), row.category, font, quiet, LEFT)
        draw_text(painter, self._cell(box, "matter"), row.matter, font, loud, LEFT)
        draw_text(painter, self._cell(box, "town"), row.town, font, quiet, LEFT)
        draw_text(painter, self._cell(box, "unit"), row.unit, font, quiet, LEFT)
        self._paint_joint(painter, self._cell(box, "joint"), row)
        if gone:
            draw_text(painter, self._cell(box, "sla"), row.stage, font, quiet, LEFT)
        else:
            self._paint_sla(painter, self._cell(box, "sla"), row)

    def _paint_joint(self, painter: QPainter, box: QRectF, row: TicketRow) -> None:
        if not row.parts_total:
            return
        theme, side = self._theme, self._theme.glyph_px
        paint_status(painter, theme, "joint", "assist", QRectF(box.left(), box.center().y() - side / 2, side, side))
        words = box.adjusted(side + theme.space("s"), 0, 0, 0)
        text = f"{row.parts_in}/{row.parts_total}"
        draw_text(painter, words, text, theme.font("title"), theme.color("text.secondary"), LEFT)

    def _paint_sla(self, painter: QPainter, box: QRectF, row: TicketRow) -> None:
        if row.kind > PAUSED:
            return
        theme, side = self._theme, self._theme.glyph_px
        look = clock_look(row, self._now_ms)
        paint_status(painter, theme, "sla", look.state, QRectF(box.left(), box.center().y() - side / 2, side, side))
        left = box.left() + side + theme.space("m")
        bar = QRectF(left, box.top(), box.width() * BAR_SHARE, box.height())
        paint_sla_bar(painter, bar, theme, look.state, look.used, look.beyond)
        words = QRectF(bar.right() + theme.space("m"), box.top(), box.right() - bar.right(), box.height())
        text = format_remaining(look.remaining_s, look.state)
        draw_text(painter, words, text, theme.font("title", "number"), theme.color("text.primary"), LEFT)

"""The wall to scale: small true pictures, number, title and state of each screen, staged views over them. Takes drops and clicks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPen

from desktop.theme.theme import Theme
from desktop.views.wall_director.thumb import SHAPE, paint_thumb
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import draw_text, fill_rounded, hatch_brush, text_width
from domain.wall.values import Content

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
STAGED_SHARE = 0.55
"""Of a screen's width: the picture of what will hang there, over what does."""


@dataclass(frozen=True, slots=True)
class ScreenCell:
    """One screen as drawn. `rect`: left, top, width, height on the wall, any unit; `staged`: what will hang there, "" = as now.

    `state`: a freshness; `progress` of its turn in a rotation, 0 to 1, None = it stays. `sender`: who or what put there what it
    shows, and when; `paused`: who made its rotation stand still, and since when, "" = it turns.
    """

    number: int
    rect: tuple[float, float, float, float]
    title: str
    note: str
    state: str
    image: QImage | None = None
    staged: str = ""
    staged_image: QImage | None = None
    locked: bool = False
    progress: float | None = None
    sender: str = ""
    paused: str = ""
    blank: str = ""
    """What stands there without an image."""


class WallCanvas(ThemedWidget):
    """`view_dropped(number, content)`; `selected(number)`. Colour says nothing alone: each state has its glyph and word."""

    view_dropped = Signal(int, object)
    selected = Signal(int)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._cells: tuple[ScreenCell, ...] = ()
        self._selected, self._over, self._empty = 0, 0, ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMinimumHeight(theme.space("xl") * 10)

    def set_cells(self, cells: tuple[ScreenCell, ...], selected: int, empty: str) -> None:
        """`empty` is the sentence for a wall that is not there."""
        self._cells, self._selected, self._empty = cells, selected, empty
        self._fit_height()
        self.setAccessibleName(" · ".join(map(_spoken, cells)) or empty)
        self.update()

    def cells(self) -> tuple[ScreenCell, ...]:
        """The screens as they are drawn."""
        return self._cells

    def places(self) -> Mapping[int, QRectF]:
        """Where each screen is drawn: true proportions, as large as fits."""
        if not self._cells:
            return {}
        left = min(c.rect[0] for c in self._cells)
        top = min(c.rect[1] for c in self._cells)
        width = max(c.rect[0] + c.rect[2] for c in self._cells) - left
        height = max(c.rect[1] + c.rect[3] for c in self._cells) - top
        columns = max(1, round(width / min(c.rect[2] for c in self._cells)))
        rows = max(1, round(height / min(c.rect[3] for c in self._cells)))
        gap, foot = self._theme.space("m"), self._foot()
        room_w, room_h = self.width() - gap * (columns - 1), self.height() - gap * (rows - 1) - foot * rows
        scale = max(min(room_w / width, room_h / height), 0.0)
        found = {}
        for cell in self._cells:
            x, y, w, h = cell.rect
            column, row = round((x - left) / (width / columns)), round((y - top) / (height / rows))
            found[cell.number] = QRectF(
                (x - left) * scale + gap * column, (y - top) * scale + (gap + foot) * row, w * scale, h * scale + foot
            )
        return found

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 30, self._theme.space("xl") * 18)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        """Not taller than the wall drawn at full width: what is left over belongs to what stands below."""
        if not self._cells or not self.width():
            return
        width = max(c.rect[0] + c.rect[2] for c in self._cells) - min(c.rect[0] for c in self._cells)
        height = max(c.rect[1] + c.rect[3] for c in self._cells) - min(c.rect[1] for c in self._cells)
        rows = max(1, round(height / min(c.rect[3] for c in self._cells)))
        high = self.width() * height / width + rows * self._foot() + (rows - 1) * self._theme.space("m")
        self.setMaximumHeight(max(round(high), self.minimumHeight()))

    # -- input --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position())
        if number:
            self.selected.emit(number)

    def hover(self, point: QPointF | None) -> None:
        """A view is dragged over this place; None = it left. Qt's own drag would run an event loop of its own."""
        self._over = self._at(point) if point is not None else 0
        self.update()

    def drop(self, point: QPointF, content: Content) -> None:
        """It was let go there."""
        number, self._over = self._at(point), 0
        self.update()
        if number:
            self.view_dropped.emit(number, content)

    def _at(self, point: QPointF) -> int:
        return next((number for number, rect in self.places().items() if rect.contains(point)), 0)

    # -- painting -----------------------------------------------------------------------------------

    def _foot(self) -> int:
        """What it shows in one line, who put it there in a second one."""
        return self._theme.line_px("body") + self._theme.line_px("caption") + self._theme.space("xs")

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        theme = self._theme
        if not self._cells:
            draw_text(
                painter, QRectF(self.rect()), self._empty, theme.font("body"), theme.color("text.tertiary"), CENTER
            )
        places = self.places()
        for cell in self._cells:
            self._paint_cell(painter, cell, places[cell.number])
        painter.end()

    def _paint_cell(self, painter: QPainter, cell: ScreenCell, rect: QRectF) -> None:
        theme = self._theme
        fill_rounded(painter, rect, theme.radius("panel"), theme.color("surface.panel"))
        picture = rect.adjusted(1, 1, -1, -self._foot())
        if cell.image is not None:
            painter.drawImage(picture, cell.image)
        else:
            words = cell.blank or self.tr("还没有画面")
            draw_text(painter, picture, words, theme.font("small"), theme.color("text.tertiary"), CENTER)
        if cell.state not in ("live", "catching_up"):
            painter.fillRect(
                picture, hatch_brush(theme.color("text.tertiary", 0.35), theme.space("m"), theme.pen("hair"))
            )
        if cell.progress is not None:
            bar = QRectF(picture.left(), picture.bottom() - 3, picture.width() * cell.progress, 3)
            painter.fillRect(bar, theme.color("text.secondary"))
        if cell.paused:
            self._paint_paused(painter, cell, picture)
        if cell.staged:
            self._paint_staged(painter, cell, picture)
        self._paint_foot(painter, cell, rect)
        chosen, over = cell.number == self._selected, cell.number == self._over
        if chosen or over or cell.staged:
            role = "accent.base" if over or cell.staged else "line.focus"
            painter.setPen(QPen(theme.color(role), theme.pen("focus")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), theme.radius("panel"), theme.radius("panel"))

    def _paint_paused(self, painter: QPainter, cell: ScreenCell, picture: QRectF) -> None:
        """A band over the lower edge of the picture."""
        theme, side = self._theme, self._theme.px("small")
        high = theme.line_px("small") + theme.space("xs")
        band = QRectF(picture.left(), picture.bottom() - high, picture.width(), high)
        painter.fillRect(band, theme.color("surface.raised", 0.92))
        pixmap = theme.icon_pixmap("pause", "text.primary", side, self.devicePixelRatioF())
        painter.drawPixmap(round(band.left() + theme.space("s")), round(band.center().y() - side / 2), pixmap)
        words = band.adjusted(side + 2 * theme.space("s"), 0, -theme.space("s"), 0)
        draw_text(painter, words, cell.paused, theme.font("small"), theme.color("text.primary"))

    def _paint_staged(self, painter: QPainter, cell: ScreenCell, picture: QRectF) -> None:
        theme = self._theme
        painter.fillRect(picture, theme.color("surface.app", 0.6))
        text = f"{cell.staged} → {cell.number}"
        line = theme.line_px("body") + 2 * theme.space("s")
        width = min(text_width(theme.font("body", "title"), text) + 2 * theme.space("l"), picture.width() * 0.9)
        high = 0.0
        if cell.staged_image is not None:
            width = picture.width() * STAGED_SHARE
            high = min(width * SHAPE, picture.height() * 0.9 - line)
        box = QRectF(0, 0, width, line + high)
        box.moveCenter(picture.center())
        fill_rounded(painter, box, theme.radius("control"), theme.color("surface.raised"))
        if cell.staged_image is not None:
            thumb = QRectF(box.left(), box.top(), box.width(), high)
            paint_thumb(painter, theme, thumb, cell.staged_image, "monitor", self.devicePixelRatioF())
        words = QRectF(box.left(), box.top() + high, box.width(), line).adjusted(
            theme.space("s"), 0, -theme.space("s"), 0
        )
        draw_text(painter, words, text, theme.font("body", "title"), theme.color("text.primary"), CENTER)
        painter.setPen(QPen(theme.color("accent.base"), theme.pen("focus")))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, theme.radius("control"), theme.radius("control"))

    def _paint_foot(self, painter: QPainter, cell: ScreenCell, rect: QRectF) -> None:
        theme = self._theme
        low = theme.line_px("caption")
        foot = QRectF(rect.left(), rect.bottom() - self._foot(), rect.width(), self._foot() - low)
        inner = foot.adjusted(theme.space("s"), 0, -theme.space("s"), 0)
        side = theme.line_px("body")
        badge = QRectF(inner.left(), foot.center().y() - side / 2, side, side)
        fill_rounded(painter, badge, theme.radius("control"), theme.color("surface.control"))
        draw_text(painter, badge, str(cell.number), theme.font("small"), theme.color("text.secondary"), CENTER)
        note_font = theme.font("small")
        lock = theme.px("body") + theme.space("xs") if cell.locked else 0
        glyph = theme.glyph_px
        room = inner.right() - badge.right() - lock - glyph - 2 * theme.space("xs")
        note_w = min(text_width(note_font, cell.note), max(room, 0.0))
        x = inner.right() - note_w - lock
        draw_text(
            painter,
            QRectF(x, foot.top(), note_w + 1, foot.height()),
            cell.note,
            note_font,
            theme.color("text.secondary"),
        )
        mark = QRectF(x - glyph - theme.space("xs"), foot.center().y() - glyph / 2, glyph, glyph)
        paint_status(painter, theme, "freshness", cell.state, mark)
        if cell.locked:
            side_px = theme.px("body")
            pixmap = theme.icon_pixmap("lock", "text.secondary", side_px, self.devicePixelRatioF())
            painter.drawPixmap(round(inner.right() - side_px), round(foot.center().y() - side_px / 2), pixmap)
        title = QRectF(
            badge.right() + theme.space("s"),
            foot.top(),
            mark.left() - badge.right() - 2 * theme.space("s"),
            foot.height(),
        )
        draw_text(painter, title, cell.title, theme.font("body", "title"), theme.color("text.primary"))
        below = QRectF(title.left(), foot.bottom() - theme.space("xs") / 2, inner.right() - title.left(), low)
        draw_text(painter, below, cell.sender, theme.font("caption"), theme.color("text.tertiary"))


def _spoken(cell: ScreenCell) -> str:
    said = (str(cell.number), cell.title, cell.note, cell.sender, cell.paused, cell.staged)
    return " ".join(part for part in said if part)

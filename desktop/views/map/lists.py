"""Painted lists of the right pane: cameras with their picture, tables of a few columns, the thirty-day bars, number chips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_glyph, paint_status
from desktop.widgets.key_hint import key_hint_width, paint_key_hint
from desktop.widgets.painting import LEFT, RIGHT, draw_text, text_width


@dataclass(frozen=True, slots=True)
class CameraRow:
    """One camera: `meta` = id, distance, cover; `state` of status kind camera; `state_text` = its word with the age."""

    id: str
    name: str
    meta: str
    state: str
    state_text: str


class CameraList(ThemedWidget):
    """Rows with a picture; the number at the right is the key that opens it."""

    activated = Signal(str)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[CameraRow, ...] = ()
        self._pictures: dict[str, QImage] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: Sequence[CameraRow]) -> None:
        self._rows = tuple(rows)
        # A day of looking at tickets would keep a picture of every camera of the district.
        shown = {row.id for row in rows}
        self._pictures = {camera: picture for camera, picture in self._pictures.items() if camera in shown}
        self.setAccessibleName("; ".join(f"{row.name} {row.meta} {row.state_text}" for row in rows))
        self.updateGeometry()
        self.update()

    def rows(self) -> tuple[CameraRow, ...]:
        return self._rows

    def set_picture(self, camera: str, picture: QImage) -> None:
        """The newest still of a camera."""
        self._pictures[camera] = picture
        self.update()

    def row_rect(self, index: int) -> QRectF:
        high = self._high()
        return QRectF(0, index * (high + self._theme.space("s")), self.width(), high)

    def _high(self) -> int:
        theme = self._theme
        return theme.line_px("small") + 2 * theme.line_px("caption") + theme.space("m")

    def sizeHint(self) -> QSize:
        gap = self._theme.space("s")
        return QSize(self._theme.space("xl") * 12, max(0, len(self._rows) * (self._high() + gap) - gap))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        for index, row in enumerate(self._rows):
            self._paint_row(painter, self.row_rect(index), index, row)
        painter.end()

    def _paint_row(self, painter: QPainter, box: QRectF, index: int, row: CameraRow) -> None:
        theme = self._theme
        picture = QRectF(box.left(), box.top(), box.height() * 1.75, box.height())
        self._paint_picture(painter, picture, row)
        key = str(index + 1)
        paint_key_hint(painter, theme, box.right() - key_hint_width(theme, key), box.center().y(), key)
        text = QRectF(picture.right() + theme.space("m"), box.top() + theme.space("xs"), 0, theme.line_px("small"))
        text.setRight(box.right() - key_hint_width(theme, key) - theme.space("s"))
        draw_text(painter, text, row.name, theme.font("small", "title"), theme.color("text.primary"))
        text = QRectF(text.left(), text.bottom(), text.width(), theme.line_px("caption"))
        draw_text(painter, text, row.meta, theme.font("caption"), theme.color("text.tertiary"))
        text.translate(0, text.height())
        side = theme.px("caption") * 0.9
        paint_status(painter, theme, "camera", row.state, QRectF(text.left(), text.center().y() - side / 2, side, side))
        text.setLeft(text.left() + side + theme.space("xs"))
        draw_text(painter, text, row.state_text, theme.font("caption"), theme.color("text.primary"))

    def _paint_picture(self, painter: QPainter, box: QRectF, row: CameraRow) -> None:
        theme = self._theme
        painter.fillRect(box, theme.color("surface.video"))
        picture = self._pictures.get(row.id)
        if picture is None or row.state == "restricted":
            side = theme.glyph_px * 1.3
            look = theme.status("camera", row.state)
            place = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            color = theme.with_axes(name="dark").status("camera", row.state).color
            paint_glyph(painter, look.shape, place, color)
            return
        scale = max(box.width() / picture.width(), box.height() / picture.height())
        wide, high = box.width() / scale, box.height() / scale
        source = QRectF((picture.width() - wide) / 2, (picture.height() - high) / 2, wide, high)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, picture, source)

    def mouseReleaseEvent(self, event) -> None:
        for index, row in enumerate(self._rows):
            if self.row_rect(index).contains(event.position()):
                self.activated.emit(row.id)


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    role: str = "text.primary"


class LineTable(ThemedWidget):
    """A few lines in columns of fixed shares; the last may be right-aligned. No scrolling, no selection: a click tells the line."""

    activated = Signal(str)

    def __init__(
        self, theme: Theme, shares: Sequence[float], heads: Sequence[str] = (), last_right: bool = False, parent=None
    ) -> None:
        super().__init__(theme, parent)
        self._shares, self._heads, self._last_right = tuple(shares), tuple(heads), last_right
        self._lines: tuple[tuple[str, tuple[Cell, ...]], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_lines(self, lines: Sequence[tuple[str, Sequence[Cell]]]) -> None:
        """(id, cells) per line."""
        self._lines = tuple((ident, tuple(cells)) for ident, cells in lines)
        self.setAccessibleName("; ".join(" ".join(cell.text for cell in cells) for _, cells in self._lines))
        self.updateGeometry()
        self.update()

    def lines(self) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
        return self._lines

    def _row(self) -> int:
        return self._theme.line_px("small") + self._theme.space("xs")

    def sizeHint(self) -> QSize:
        head = self._row() if self._heads and self._lines else 0
        return QSize(self._theme.space("xl") * 12, head + self._row() * len(self._lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        top = 0
        if self._heads and self._lines:
            self._paint_line(painter, top, [Cell(head, "text.tertiary") for head in self._heads], "caption")
            top += self._row()
        for _, cells in self._lines:
            self._paint_line(painter, top, cells, "small")
            top += self._row()
        painter.end()

    def _paint_line(self, painter: QPainter, top: int, cells: Sequence[Cell], size: str) -> None:
        theme = self._theme
        left, gap = 0.0, theme.space("s")
        for number, (cell, share) in enumerate(zip(cells, self._shares, strict=True)):
            wide = self.width() * share
            align = RIGHT if self._last_right and number == len(cells) - 1 else LEFT
            box = QRectF(left, top, wide - (0 if align == RIGHT else gap), self._row())
            draw_text(painter, box, cell.text, theme.font(size), theme.color(cell.role), align)
            left += wide

    def mouseReleaseEvent(self, event) -> None:
        head = self._row() if self._heads else 0
        index = int((event.position().y() - head) // self._row())
        if 0 <= index < len(self._lines):
            self.activated.emit(self._lines[index][0])


class HistoryBars(ThemedWidget):
    """How many matters of this kind were here on each of the last days; dates at both ends."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._counts: tuple[int, ...] = ()
        self._first, self._last = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_counts(self, counts: Sequence[int], first: str, last: str) -> None:
        """One number per day, oldest first."""
        self._counts, self._first, self._last = tuple(counts), first, last
        self.setAccessibleName(f"{first} – {last}: {sum(counts)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, self._theme.space("xl") + self._theme.line_px("caption"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        low = self.height() - theme.line_px("caption")
        slot = self.width() / max(1, len(self._counts))
        most = max(self._counts, default=0) or 1
        for index, count in enumerate(self._counts):
            left, wide = round(index * slot), max(2, round(slot * 0.68))
            high = round((low - 2) * count / most) if count else 0
            painter.fillRect(left, low - 1, wide, 1, theme.color("line.strong"))
            painter.fillRect(left, low - high, wide, high, theme.color("accent.base"))
        box = QRectF(0, low, self.width(), theme.line_px("caption"))
        font, color = theme.font("caption"), theme.color("text.tertiary")
        draw_text(painter, box, self._first, font, color)
        draw_text(painter, box, self._last, font, color, RIGHT)
        painter.end()


class NumberRow(ThemedWidget):
    """Ticket numbers side by side; a click tells which."""

    activated = Signal(str)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._items: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor if not theme.is_wall else Qt.CursorShape.BlankCursor)

    def set_items(self, items: Sequence[tuple[str, str]]) -> None:
        """(id, number as printed)."""
        self._items = tuple(items)
        self.setAccessibleName(" ".join(text for _, text in items))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, self._theme.line_px("small") + self._theme.space("xs"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def _places(self) -> list[tuple[str, str, QRectF]]:
        font = self._theme.font("small", ids=True)
        left, found = 0.0, []
        for ident, text in self._items:
            wide = text_width(font, text) + self._theme.space("m")
            found.append((ident, text, QRectF(left, 0, wide, self.height())))
            left += wide
        return found

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        for _, text, box in self._places():
            draw_text(painter, box, text, self._theme.font("small", ids=True), self._theme.color("accent.base"))
        painter.end()

    def mouseReleaseEvent(self, event) -> None:
        for ident, _, box in self._places():
            if box.contains(event.position()):
                self.activated.emit(ident)

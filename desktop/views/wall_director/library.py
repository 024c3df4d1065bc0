"""Views that may hang on a wall, each with a small picture: chosen by arrow keys, dragged by the mouse. One painted widget."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication

from desktop.theme.theme import Theme
from desktop.views.launch_entries import LaunchEntry
from desktop.views.wall_director.thumb import SHAPE, paint_thumb
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import draw_text, paint_focus
from domain.wall import targets
from domain.wall.values import Content

COLUMNS = 2


class Library(ThemedWidget):
    """`chosen(content, add)`: Enter, or Shift Enter to add it to the rotation of the selected screen. `dragged(content, point)` and
    `let_go(content, point)` carry global points.
    """

    chosen = Signal(object, bool)
    dragged = Signal(object, QPointF)
    let_go = Signal(object, QPointF)

    def __init__(self, theme: Theme, entries: tuple[LaunchEntry, ...], parent=None) -> None:
        super().__init__(theme, parent)
        self._entries, self._row = entries, 0
        self._previews: dict[str, tuple[QImage, str]] = {}
        self._pressed: QPointF | None = None
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._describe()

    @property
    def current(self) -> LaunchEntry:
        return self._entries[self._row]

    @property
    def content(self) -> Content:
        return Content(self.current.id)

    def set_previews(self, previews: Mapping[str, tuple[QImage, str]]) -> None:
        """View → its small picture, and a word about where it is from and how old it is."""
        self._previews = dict(previews)
        self._describe()

    def note_of(self, entry: LaunchEntry) -> str:
        """Privacy class of the view, and whose picture stands above it."""
        known = self._previews.get(entry.id)
        privacy = self.tr("按权限") if entry.id == targets.CAMERAS else self.tr("脱敏")
        words = (privacy, known[1] if known is not None else self.tr("还没有画面"))
        return " · ".join(words)

    def sizeHint(self) -> QSize:
        width = self._theme.space("xl") * 9
        return QSize(width, self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._entries) // COLUMNS)
        return round(rows * self._height(width) - self._theme.space("m"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Down: COLUMNS,
            Qt.Key.Key_Up: -COLUMNS,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
        }.get(Qt.Key(event.key()))
        if step is not None:
            if 0 <= self._row + step < len(self._entries):
                self._row += step
            self._describe()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not _with_control(event):
            self.chosen.emit(self.content, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = next((n for n in range(len(self._entries)) if self._rect(n).contains(event.position())), None)
        if found is not None:
            self._row, self._pressed = found, event.position()
            self._describe()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far or self._dragging:
            self._dragging = True
            self.dragged.emit(self.content, event.globalPosition())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was, self._dragging, self._pressed = self._dragging, False, None
        if was:
            self.let_go.emit(self.content, event.globalPosition())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.content, False)

    def _rect(self, place: int) -> QRectF:
        gap = self._theme.space("m")
        row, column = divmod(place, COLUMNS)
        width = (self.width() - gap * (COLUMNS - 1)) / COLUMNS
        high = self._height(self.width())
        return QRectF(column * (width + gap), row * high, width, high - gap)

    def _height(self, width: int) -> float:
        """Of one row with the gap below it, in a library so wide."""
        theme, gap = self._theme, self._theme.space("m")
        picture = (width - gap * (COLUMNS - 1)) / COLUMNS * SHAPE
        return picture + theme.space("xs") + theme.line_px("body") + theme.line_px("caption") + gap

    def _describe(self) -> None:
        self.setAccessibleName(self.tr("画面：{title}").format(title=self.current.title))
        self.setAccessibleDescription(self.note_of(self.current))
        self.update()

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, entry in enumerate(self._entries):
            self._paint_entry(painter, entry, self._rect(place), chosen=place == self._row)
        painter.end()

    def _paint_entry(self, painter: QPainter, entry: LaunchEntry, box: QRectF, *, chosen: bool) -> None:
        theme, known = self._theme, self._previews.get(entry.id)
        picture = QRectF(box.left(), box.top(), box.width(), box.width() * SHAPE)
        image = known[0] if known is not None else None
        paint_thumb(painter, theme, picture, image, entry.icon, self.devicePixelRatioF())
        if chosen:
            painter.setPen(QPen(theme.color("accent.base"), theme.pen("focus")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(picture.adjusted(1, 1, -1, -1), theme.radius("control"), theme.radius("control"))
            if self.hasFocus():
                paint_focus(painter, theme, box)
        upper = QRectF(box.left(), picture.bottom() + theme.space("xs"), box.width(), theme.line_px("body"))
        lower = QRectF(box.left(), upper.bottom(), box.width(), theme.line_px("caption"))
        draw_text(painter, upper, entry.title, theme.font("body"), theme.color("text.primary"))
        draw_text(painter, lower, self.note_of(entry), theme.font("caption"), theme.color("text.tertiary"))


def _with_control(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)

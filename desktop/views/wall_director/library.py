"""Views that may hang on a wall: chosen by arrow keys, dragged by the mouse. Painted rows, one widget."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication

from desktop.theme.theme import Theme
from desktop.views.launch_entries import LaunchEntry
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import draw_text, fill_rounded, paint_focus
from domain.wall.values import Content

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


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

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 9, self._height() * len(self._entries))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self._row = min(max(self._row + step, 0), len(self._entries) - 1)
            self._describe()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not _with_control(event):
            self.chosen.emit(self.content, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y() // self._height())
        if 0 <= row < len(self._entries):
            self._row, self._pressed = row, event.position()
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

    def _height(self) -> int:
        return self._theme.line_px("body") + self._theme.line_px("caption") + self._theme.space("m")

    def _describe(self) -> None:
        self.setAccessibleName(self.tr("画面：{title}").format(title=self.current.title))
        self.update()

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, height = self._theme, self._height()
        for row, entry in enumerate(self._entries):
            box = QRectF(0, row * height, self.width(), height).adjusted(0, 1, 0, -1)
            if row == self._row:
                fill_rounded(painter, box, theme.radius("control"), theme.color("surface.selected"))
                if self.hasFocus():
                    paint_focus(painter, theme, box)
            side = theme.px("heading")
            pixmap = theme.icon_pixmap(entry.icon, "text.secondary", side, self.devicePixelRatioF())
            painter.drawPixmap(theme.space("s"), round(box.center().y() - side / 2), pixmap)
            words = box.adjusted(theme.space("s") * 2 + side, theme.space("xs"), -theme.space("s"), -theme.space("xs"))
            upper = QRectF(words.left(), words.top(), words.width(), theme.line_px("body"))
            lower = QRectF(words.left(), upper.bottom(), words.width(), theme.line_px("caption"))
            draw_text(painter, upper, entry.title, theme.font("body"), theme.color("text.primary"))
            draw_text(painter, lower, self.tr("脱敏"), theme.font("caption"), theme.color("text.tertiary"))
        painter.end()


def _with_control(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)

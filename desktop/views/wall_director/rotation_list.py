"""轮播 of one screen: what comes in turn, and for how many seconds each. Every change is staged; nothing on the wall moves by it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter

from desktop.theme.theme import Theme
from desktop.views.wall_director.thumb import SHAPE, paint_thumb
from desktop.views.words import filled
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import RIGHT, draw_text, fill_rounded, paint_focus, text_width
from domain.wall.values import DWELL_S, Contents

STEP_S = 5
PICTURED = 4
"""A longer rotation has lines without pictures, so that what is below it keeps its place."""
Thumb = tuple[QImage | None, str]
"""Small picture of a view, and the icon that stands for it where there is none."""


class RotationList(ThemedWidget):
    """`changed(contents)` by a hand: + and − seconds, Alt with an arrow moves, Delete takes out. The last view stays."""

    changed = Signal(object)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._contents: Contents = ()
        self._names: tuple[str, ...] = ()
        self._thumbs: tuple[Thumb, ...] = ()
        self._turn, self._left_s, self._row = -1, 0.0, 0
        self._paused = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._describe()

    def set_contents(
        self,
        contents: Contents,
        names: Sequence[str],
        turn: int,
        left_s: float,
        thumbs: Sequence[Thumb] = (),
        *,
        paused: bool = False,
    ) -> None:
        """`turn`: place of the one on the screen now, -1 = none of these hangs there; `left_s` until the next; `paused`: it stays."""
        self._thumbs, self._paused = tuple(thumbs), paused
        grew = len(contents) != len(self._contents)
        self._contents, self._names, self._turn, self._left_s = contents, tuple(names), turn, left_s
        self._row = min(self._row, max(len(contents) - 1, 0))
        if grew:
            self.updateGeometry()
        self._describe()

    @property
    def row(self) -> int:
        return self._row

    def note_of(self, row: int) -> str:
        """Behind the name: how long it stays, and how long it still does."""
        if len(self._contents) == 1:
            return self.tr("常驻")
        values = {"seconds": self._contents[row].seconds, "left": round(self._left_s)}
        if row == self._turn and self._paused:
            return filled(self.tr("暂停 / {seconds} 秒"), values)
        return filled(self.tr("剩 {left} / {seconds} 秒") if row == self._turn else self.tr("{seconds} 秒"), values)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 9, self._height() * max(1, len(self._contents)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 5, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
        if not self._contents:
            super().keyPressEvent(event)
        elif step is not None and alt:
            self._move(step)
        elif step is not None:
            self._row = min(max(self._row + step, 0), len(self._contents) - 1)
            self._describe()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._lengthen(STEP_S)
        elif key == Qt.Key.Key_Minus:
            self._lengthen(-STEP_S)
        elif key == Qt.Key.Key_Delete and len(self._contents) > 1:
            rest = (*self._contents[: self._row], *self._contents[self._row + 1 :])
            self.changed.emit(rest)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y() // self._height())
        if 0 <= row < len(self._contents):
            self._row = row
            self._describe()

    def _lengthen(self, by_s: int) -> None:
        content = self._contents[self._row]
        seconds = min(max(content.seconds + by_s, DWELL_S[0]), DWELL_S[1])
        if len(self._contents) > 1 and seconds != content.seconds:
            changed = list(self._contents)
            changed[self._row] = type(content)(content.view, content.target, seconds)
            self.changed.emit(tuple(changed))

    def _move(self, by: int) -> None:
        to = self._row + by
        if 0 <= to < len(self._contents):
            changed = list(self._contents)
            changed[self._row], changed[to] = changed[to], changed[self._row]
            self._row = to
            self.changed.emit(tuple(changed))

    def _height(self) -> int:
        pictured = 0 < len(self._contents) <= PICTURED
        return self._theme.row("relaxed" if pictured else "compact")

    def _describe(self) -> None:
        said = [f"{name} {self.note_of(row)}" for row, name in enumerate(self._names)]
        self.setAccessibleName(self.tr("轮播"))
        here = said[self._row] if said else self.tr("没有画面")
        self.setAccessibleDescription(here)
        self.update()

    def paintEvent(self, event) -> None:
        theme, height = self._theme, self._height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._contents:
            box = QRectF(0, 0, self.width(), height)
            draw_text(painter, box, self.tr("没有画面"), theme.font("small"), theme.color("text.tertiary"))
        for row, name in enumerate(self._names):
            box = QRectF(0, row * height, self.width(), height).adjusted(0, 1, 0, -1)
            if row == self._turn and len(self._contents) > 1:
                fill_rounded(painter, box, theme.radius("control"), theme.color("surface.selected"))
            if self.hasFocus() and row == self._row:
                paint_focus(painter, theme, box)
            inner = box.adjusted(theme.space("s"), 0, -theme.space("s"), 0)
            if self._height() > theme.row("compact") and row < len(self._thumbs):
                image, icon = self._thumbs[row]
                high = inner.height() - theme.space("s")
                place = QRectF(inner.left(), inner.top() + theme.space("xs"), high / SHAPE, high)
                paint_thumb(painter, theme, place, image, icon, self.devicePixelRatioF())
                inner.setLeft(place.right() + theme.space("s"))
            note, font = self.note_of(row), theme.font("small")
            draw_text(painter, inner, note, font, theme.color("text.secondary"), RIGHT)
            room = inner.adjusted(0, 0, -text_width(font, note) - theme.space("m"), 0)
            draw_text(painter, room, name, font, theme.color("text.primary"))
        painter.end()

"""W: the wall's screens on a sheet over the window that sends. A number stages, Ctrl Enter applies, Esc leaves what is staged staged."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.site_time import SiteTime
from desktop.views.wall_director import words
from desktop.views.wall_director.canvas import WallCanvas
from desktop.views.wall_director.cells import cells_of
from desktop.views.wall_director.feed import WallFeed
from desktop.views.words import filled
from desktop.widgets.base import ThemedWidget
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import paint_sheet
from domain.wall.values import Content

WIDTH_STEPS, CANVAS_STEPS = 34, 14


class SendSheet(ThemedWidget):
    """A child of the window that sends. `left` when it closes; `own_screen_asked`: 0, a wall window of this machine shows it."""

    left = Signal()
    own_screen_asked = Signal()

    def __init__(self, theme: Theme, feed: WallFeed, content: Content, site: SiteTime, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._feed, self.content, self._site = feed, content, site
        self._marked = 1
        self._said = ""
        self.canvas = WallCanvas(theme)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas.selected.connect(self.stage)
        self._title = plain_label(theme, size="title", weight="title", elide=True)
        self._control = plain_label(theme, size="small", role="text.secondary", elide=True)
        self._hint = plain_label(theme, size="small", role="text.secondary", wrap=True)
        column = QVBoxLayout(self)
        pad = theme.space("l")
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.space("s"))
        for part in (self._title, self._control):
            column.addWidget(part)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        feed.changed.connect(self._refresh)
        feed.pictures_changed.connect(self._refresh)
        feed.refused.connect(self._on_refused)
        self._refresh()
        self.hide()

    def open_sheet(self) -> None:
        """In the middle of the window."""
        window = self.parentWidget()
        assert window is not None
        box = QRect(QPoint(0, 0), self.sizeHint().boundedTo(window.size()))
        box.moveCenter(window.rect().center())
        self.setGeometry(box)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hint(self) -> str:
        """The sentence at the foot: what the next key will do, or why nothing came of the last."""
        return self._hint.text()

    def stage(self, number: int, add: bool = False) -> None:
        """Put it on a screen, or into its rotation; nothing on the wall changes yet."""
        wall = self._feed.wall()
        if wall is None or number not in wall.numbers():
            self._said = filled(self.tr("大屏没有屏 {number}"), {"number": number})
        else:
            self._marked = number
            self._said = filled(self.tr("屏 {number} 待应用，墙上未变。Ctrl Enter 应用到墙"), {"number": number})
            self._feed.stage(number, self.content, add=add)
        self._refresh()

    def sizeHint(self) -> QSize:
        step = self._theme.space("xl")
        text = 3 * self._theme.line_px("body") + 4 * self._theme.space("l")
        return QSize(step * WIDTH_STEPS, step * CANVAS_STEPS + text)

    # -- showing --------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        feed = self._feed
        self._title.set_text(filled(self.tr("送大屏：{what}"), {"what": feed.titles.of(self.content)}))
        self.canvas.set_cells(cells_of(feed, self._clock), self._marked, words.no_wall())
        wall = feed.wall()
        self._control.set_text(words.control_text(feed))
        hint = self.tr("数字选屏，Shift 数字加入轮播，方向键加回车亦可；Ctrl Enter 应用到墙，Esc 关闭")
        if wall is None:
            hint = self.tr("0 在本机的大屏窗口打开，Esc 关闭")
        self._hint.set_text(self._said or hint)
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._hint.text())

    def _clock(self, at: datetime) -> str:
        return self._site.clock(at)[:5]

    def _on_refused(self, code: str, detail: dict[str, object]) -> None:
        self._said = words.refusal(code, detail)
        self._refresh()

    # -- Qt -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        number = digit_of(event)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held & Qt.KeyboardModifier.ControlModifier:
            self._apply()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stage(self._marked, shift)
        elif key in steps:
            self._step(steps[Qt.Key(key)])
        elif number == 0:
            self.own_screen_asked.emit()
        elif number is not None:
            self.stage(number, shift)

    def _step(self, by: int) -> None:
        wall = self._feed.wall()
        numbers = sorted(wall.numbers()) if wall is not None else []
        if numbers:
            at = numbers.index(self._marked) if self._marked in numbers else 0
            self._marked = numbers[(at + by) % len(numbers)]
            self._refresh()

    def _apply(self) -> None:
        if not self._feed.directs:
            self._said = words.control_text(self._feed)
            self._refresh()
        elif not self._feed.mine:
            self._said = filled(
                self.tr("{control}。F6 大屏导播里按 T 申请"), {"control": words.control_text(self._feed)}
            )
            self._refresh()
        elif not self._feed.staged:
            self._said = self.tr("还没有选屏")
            self._refresh()
        elif self._feed.apply():
            self.left.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._feed.watch(self, True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._feed.watch(self, False)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        paint_sheet(painter, self._theme, QRectF(self.rect()))
        painter.end()


def digit_of(event: QKeyEvent) -> int | None:
    """The digit key that was pressed, with or without Shift (on which the text is another sign)."""
    key = event.key()
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return int(key) - int(Qt.Key.Key_0)
    shifted = ")!@#$%^&*("
    return shifted.index(event.text()) if event.text() and event.text() in shifted else None

"""The window that fills one screen of a wall. It never blanks: a view is made, sized and painted once before it is seen.

What it shows is told by `set_contents`; where views come from and how fresh they are is given. No input, no cursor.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QPoint, QRect, QRectF, QSize, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QCloseEvent, QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.views.wall_stage.notice_strip import NoticeStrip
from desktop.views.wall_stage.rotation import Rotation
from desktop.widgets.painting import draw_text, fill_rounded, text_width
from domain.wall.values import Content, Contents, Pause

log = logging.getLogger("desktop")
TICK_MS = 250
DEAD_S = 300.0
SHIFT_EVERY_S = 600.0
SHIFT_PX = 2
SHIFTS = ((0, 0), (SHIFT_PX, 0), (SHIFT_PX, SHIFT_PX), (0, SHIFT_PX))
READY_S = 3.0
"""A view is made so long before its turn, so that what it asks for has come."""

MakeView = Callable[[Content, Theme, QWidget], QWidget | None]
"""(what, look, parent) → the view as a child, or None for a view that this version does not know."""


class Stage(QWidget):
    """`swapped` carries the content that came on. `fresh` says of a content live · catching_up · stale · offline · never."""

    swapped = Signal(object)
    skipped = Signal(object)

    def __init__(
        self, theme: Theme, number: int, make: MakeView, fresh: Callable[[Content], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self.number, self._make, self._fresh = theme, number, make, fresh
        self.rotation: Rotation | None = None
        self._views: dict[Content, QWidget] = {}
        self._shown: QWidget | None = None
        self._words = ""
        self._paused = False
        self._shift, self._still_s = 0, 0.0
        self._dead: dict[Content, float] = {}
        """Contents that could not be made, and for how many seconds they are not tried again."""
        self.setWindowTitle(self.tr("大屏 {number}").format(number=number))
        self.setAccessibleName(self.windowTitle())
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAutoFillBackground(True)
        self._veil = _Veil(self)
        self._mark = _Mark(theme, self)
        self._notice = NoticeStrip(theme, self, self.area)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()
        self.apply_theme(theme)

    # -- what it shows ------------------------------------------------------------------------------

    def set_contents(self, contents: Contents, pause: Pause | None = None) -> None:
        """Another view or rotation; the one that hangs there already goes on without a jump, or stands still while there is a pause:
        on the view that was in sight when it was asked for, after a start too."""
        self._paused = pause is not None
        held = pause.content if pause is not None else None
        first = contents.index(held) if held in contents else None
        rotation = self.rotation
        if rotation is None or rotation.contents != contents:
            self._begin(contents, first or 0)
        elif first is not None and rotation.current != held:
            self._swap(first)

    def _begin(self, contents: Contents, first: int) -> None:
        before = self.rotation
        self.rotation = Rotation(contents, first) if contents else None
        if self.rotation is None:
            self._forget(frozenset())
            self.update()
            return
        self._dead = {}
        if (before is None or before.current != self.rotation.current) and not self._swap(first):
            self.rotation.left_s = 0.0  # what cannot be shown has no turn: the next tick goes on to the next
        self._forget(frozenset(contents))

    def set_waiting(self, words: str) -> None:
        """What stands on a screen that the director has set nothing for."""
        self._words = words
        self.update()

    def set_notice(self, words: str) -> None:
        """A line below the view, which gives it the room; "" = none."""
        if words != self._notice.words():
            self._notice.say(words)
            self._place()

    def state(self) -> str:
        """How fresh the screen is; `never` while it cannot show what it should."""
        rotation = self.rotation
        if rotation is None:
            return "live"
        return self._fresh(rotation.current) if self._is_on(rotation.current) else "never"

    def _is_on(self, content: Content) -> bool:
        return self._shown is not None and self._views.get(content) is self._shown

    def set_mark(self, words: str) -> None:
        """A line below the view: why what is seen may be old, or stands still. "" = none."""
        before = self._mark.high()
        self._mark.say(words)
        if self._mark.high() != before:
            self._place()

    def notice_high(self) -> int:
        """Pixels at the lower edge that the notice takes."""
        return self._notice.high()

    def view(self) -> QWidget | None:
        """The view on the screen."""
        return self._shown

    def hangs(self) -> Content | None:
        """What is on the screen, which is not what should be there while that cannot be made."""
        return next((content for content, view in self._views.items() if view is self._shown), None)

    def picture(self, size: QSize) -> QImage:
        """A small picture of the screen as it is, in true proportions, painted at its small size."""
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(self._theme.color("surface.app"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(size.width() / max(self.width(), 1), size.height() / max(self.height(), 1))
        self.render(painter, QPoint())
        painter.end()
        return image

    @property
    def theme(self) -> Theme:
        return self._theme

    def wear(self, theme: Theme) -> None:
        """Another type size or a night scene; the same look costs nothing."""
        if theme is not self._theme:
            self.apply_theme(theme)
            self._place()

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setPalette(theme.palette())
        self._mark.apply_theme(theme)
        self._notice.apply_theme(theme)
        for view in self._views.values():
            view.apply_theme(theme)  # type: ignore[attr-defined] # every view has it

    # -- care ---------------------------------------------------------------------------------------

    def area(self) -> QRect:
        """The screen but for a rim of two pixels, within which all that is seen moves a little every ten minutes."""
        dx, dy = SHIFTS[self._shift]
        return self.rect().adjusted(0, 0, -SHIFT_PX, -SHIFT_PX).translated(dx, dy)

    def _care(self) -> None:
        """Against burn-in (screens.md §5). What moves keeps its size, so nothing is laid out anew."""
        self._still_s += TICK_MS / 1000
        if self._still_s >= SHIFT_EVERY_S:
            self._still_s, self._shift = 0.0, (self._shift + 1) % len(SHIFTS)
            self._place()
            self.update()

    # -- swapping -----------------------------------------------------------------------------------

    def _on_tick(self) -> None:
        self._care()
        rotation = self.rotation
        if rotation is None:
            return
        self._dead = {content: left - TICK_MS / 1000 for content, left in self._dead.items() if left > 0}
        if self._paused and self._is_on(rotation.current):
            return  # not before: what cannot be made is no view to stand still on
        due, stale = rotation.tick(TICK_MS / 1000, self._state_of)
        for content in stale:
            log.info("screen %d: %s passed over, it is %s", self.number, content.view, self._state_of(content))
            self.skipped.emit(content)
        if due is not None:
            self._swap(due)
        elif len(rotation.contents) > 1 and rotation.left_s <= READY_S:
            self._view_of(rotation.contents[(rotation.index + 1) % len(rotation.contents)])

    def _state_of(self, content: Content) -> str:
        return "never" if content in self._dead else self._fresh(content)

    def _swap(self, index: int) -> bool:
        """False where there is no such view: what hangs there stays, and a rotation goes on to the next."""
        assert self.rotation is not None
        content = self.rotation.contents[index]
        view = self._view_of(content)
        if view is None:
            return False
        self.rotation.swapped(index)
        if view is self._shown:
            return True
        before = self.grab() if self.isVisible() and self._shown is not None else QPixmap()
        # Laid out and painted once while nobody sees it: what comes on is complete.
        view.setGeometry(self._room())
        view.ensurePolished()
        view.grab()
        view.show()
        view.raise_()
        if self._shown is not None:
            self._shown.hide()
        self._shown = view
        self._mark.raise_()
        self._notice.raise_()
        self._veil.lift(before, self._theme.tokens.profiles["wall"].motion_ms["rotate_fade"])
        self.swapped.emit(content)
        return True

    def _view_of(self, content: Content) -> QWidget | None:
        known = self._views.get(content)
        if known is not None:
            return known
        if content in self._dead:
            return None
        try:
            view = self._make(content, self._theme, self)
        except Exception:
            # One broken view must not stop the wall: it is passed over, and tried again later.
            log.exception("screen %d: view %r could not be made", self.number, content.view)
            view = None
        if view is None:
            log.error("screen %d: no view %r; what hangs there stays", self.number, content.view)
            self._dead[content] = DEAD_S
            return None
        view.setGeometry(self._room())
        view.hide()
        self._views[content] = view
        return view

    def _forget(self, wanted: frozenset[Content]) -> None:
        """Views that are no longer in the rotation go; the one on the screen stays until another hangs there."""
        for content in [each for each in self._views if each not in wanted]:
            view = self._views[content]
            if view is self._shown and self.rotation is not None:
                continue
            if view is self._shown:
                self._shown = None
            del self._views[content]
            view.close()  # as a window that is closed: what it asked the program to keep up to date ends
            view.deleteLater()

    # -- Qt -----------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        for view in self._views.values():
            view.close()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _room(self) -> QRect:
        """What is seen of the screen, without the lines of the notice and of a lost connection: neither covers a panel."""
        return self.area().adjusted(0, 0, 0, -self._notice.high() - self._mark.high())

    def _place(self) -> None:
        for view in self._views.values():
            view.setGeometry(self._room())
        self._veil.setGeometry(self.rect())
        self._notice.place()
        self._mark.place()

    def paintEvent(self, event) -> None:
        if self._shown is not None or not self._words:
            return
        painter = QPainter(self)
        theme = self._theme
        middle = QRectF(self.area()).adjusted(0, 0, 0, -theme.line_px("number_xl"))
        number = str(self.number)
        draw_text(
            painter, middle, number, theme.font("number_xl", "number"), theme.color("text.tertiary"),
            Qt.AlignmentFlag.AlignCenter,
        )  # fmt: skip
        below = middle.translated(0, theme.line_px("number_xl"))
        draw_text(
            painter, below, self._words, theme.font("heading"), theme.color("text.tertiary"),
            Qt.AlignmentFlag.AlignCenter,
        )  # fmt: skip
        painter.end()


class _Veil(QWidget):
    """The view that was, fading over the one that is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture = QPixmap()
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._fade.valueChanged.connect(self._on_step)
        self._fade.finished.connect(self._on_done)
        self.hide()

    def lift(self, picture: QPixmap, ms: int) -> None:
        if picture.isNull():
            return
        self._picture = picture
        self.setGeometry(self._stage.rect())
        self.show()
        self.raise_()
        self._fade.stop()
        self._fade.setDuration(ms)
        self._fade.start()

    def _on_step(self, _value: object) -> None:
        self.update()

    def _on_done(self) -> None:
        self._picture = QPixmap()
        self.hide()

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        value = self._fade.currentValue()
        painter.setOpacity(1.0 if value is None else float(value))
        painter.drawPixmap(0, 0, self._picture)
        painter.end()


class _Mark(QWidget):
    """One line in the lower left corner, on its own ground; the view leaves it the room."""

    def __init__(self, theme: Theme, parent: Stage) -> None:
        super().__init__(parent)
        self._stage = parent
        self._theme, self._words = theme, ""
        self.hide()

    def say(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.place()
        self.setVisible(bool(words))
        self.raise_()

    def high(self) -> int:
        """Pixels that it takes; nothing while there is a line."""
        return self._theme.line_px("body") + self._theme.space("s") if self._words else 0

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.place()

    def place(self) -> None:
        theme = self._theme
        width = text_width(theme.font("body", "title"), self._words) + 2 * theme.space("l")
        height = theme.line_px("body") + theme.space("s")
        area = self._stage.area()
        bottom = area.top() + area.height() - self._stage.notice_high()
        self.setGeometry(area.left(), bottom - height, round(width), height)
        self.update()

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect())
        fill_rounded(painter, box, 0, theme.color("surface.raised"))
        words = box.adjusted(theme.space("l"), 0, 0, 0)
        draw_text(painter, words, self._words, theme.font("body", "title"), theme.color("text.primary"))
        painter.end()

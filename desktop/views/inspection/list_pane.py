"""The list at the left: inspections by group, two lines and a progress each; arrows walk it. Selecting is telling; nothing is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.inspection.values import ListLine
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.glyphs import paint_status
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import RIGHT, draw_text, hair_line, paint_focus, text_width
from desktop.widgets.scrolled import scrolled_list
from desktop.widgets.wording import listed


@dataclass(frozen=True, slots=True)
class ListGroup:
    title: str
    lines: tuple[ListLine, ...]


class InspectionList(ThemedWidget):
    """`selected` tells the id; the selection stays with its inspection when the order changes."""

    selected = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._groups: tuple[ListGroup, ...] = ()
        self._current = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMouseTracking(True)

    def set_groups(self, groups: Sequence[ListGroup], current: str) -> None:
        if (tuple(groups), current) == (self._groups, self._current):
            return
        self._groups, self._current = tuple(groups), current
        line = self._line(current)
        spoken = "" if line is None else listed((line.title, line.who, f"{line.progress} {line.when}"))
        self.setAccessibleName(self.tr("联检与协办，{n} 次").format(n=len(self._lines())))
        self.setAccessibleDescription(spoken)
        self.updateGeometry()
        self.update()

    def ids(self) -> tuple[str, ...]:
        """From the top."""
        return tuple(line.id for line in self._lines())

    def _lines(self) -> list[ListLine]:
        return [line for group in self._groups for line in group.lines]

    def _line(self, inspection_id: str) -> ListLine | None:
        return next((line for line in self._lines() if line.id == inspection_id), None)

    # -- geometry -----------------------------------------------------------------------------------

    def _head(self) -> int:
        return round(self._theme.row("compact") * 1.1)

    def _entry(self) -> int:
        theme = self._theme
        return round(theme.line_px("body") + theme.line_px("caption") * 2 + theme.space("m") * 1.6)

    def _boxes(self) -> list[tuple[QRectF, ListGroup | ListLine]]:
        top = 0.0
        boxes: list[tuple[QRectF, ListGroup | ListLine]] = []
        for group in self._groups:
            if not group.lines:
                continue
            boxes.append((QRectF(0, top, self.width(), self._head()), group))
            top += self._head()
            for line in group.lines:
                boxes.append((QRectF(0, top, self.width(), self._entry()), line))
                top += self._entry()
        return boxes

    def current_rect(self) -> QRectF:
        return next(
            (box for box, what in self._boxes() if isinstance(what, ListLine) and what.id == self._current), QRectF()
        )

    def sizeHint(self) -> QSize:
        boxes = self._boxes()
        return QSize(self._theme.space("xl") * 11, round(boxes[-1][0].bottom()) + 1 if boxes else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, self.sizeHint().height())

    # -- painting -----------------------------------------------------------------------------------

    def paintEvent(self, event: QEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        pad = theme.space("l")
        for box, what in self._boxes():
            if isinstance(what, ListGroup):
                inner = box.adjusted(pad, 0, -pad, 0)
                small, tertiary = theme.font("small"), theme.color("text.tertiary")
                draw_text(painter, inner, what.title, small, theme.color("text.secondary"))
                draw_text(painter, inner, str(len(what.lines)), small, tertiary, RIGHT)
            else:
                self._paint_entry(painter, box, what)
                hair_line(painter, theme, 0, box.bottom() - theme.pen("hair"), box.width())
        painter.end()

    def _paint_entry(self, painter: QPainter, box: QRectF, line: ListLine) -> None:
        theme = self._theme
        if line.id == self._current:
            painter.fillRect(box, theme.component("table", "selected"))
            edge = QRectF(box.left(), box.top(), theme.pen("focus") * 1.5, box.height())
            painter.fillRect(edge, theme.component("table", "selected_edge"))
            if self.hasFocus():
                paint_focus(painter, theme, box)
        inner = box.adjusted(theme.space("l"), theme.space("m") * 0.8, -theme.space("l"), 0)
        title = QRectF(inner.left(), inner.top(), inner.width(), theme.line_px("body"))
        draw_text(painter, title, line.title, theme.font("body", "title"), theme.color("text.primary"))
        second = QRectF(inner.left(), title.bottom(), inner.width(), theme.line_px("caption"))
        draw_text(painter, second, line.who, theme.font("caption"), theme.color("text.tertiary"))
        third = second.translated(0, theme.line_px("caption"))
        font = theme.font("caption")
        draw_text(painter, third, line.when, font, theme.color("text.primary"), RIGHT)
        used = text_width(font, line.when)
        if line.glyph:
            side = theme.glyph_px * 0.7
            x = third.right() - used - theme.space("s") - side
            paint_status(painter, theme, "sla", line.glyph, QRectF(x, third.center().y() - side / 2, side, side))
            used += side + theme.space("m")
        words = third.adjusted(0, 0, -used - theme.space("s"), 0)
        draw_text(painter, words, line.progress, font, theme.color("text.secondary"))

    # -- hands --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        ids = self.ids()
        if not step or not ids:
            super().keyPressEvent(event)
            return
        at = ids.index(self._current) + step if self._current in ids else 0
        if 0 <= at < len(ids):
            self.selected.emit(ids[at])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for box, what in self._boxes():
            if isinstance(what, ListLine) and box.contains(event.position()):
                self.selected.emit(what.id)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.update()


class ListPane(ThemedWidget):
    """Heading with the button 发起, and the list in a scroll area."""

    plan_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.list = InspectionList(theme)
        self._title = plain_label(theme, self.tr("联检与协办"), "title", weight="title", elide=True)
        self.plan_button = ActionButton(theme, self.tr("发起"), "X", icon="plus")
        self.plan_button.clicked.connect(self.plan_requested)
        self.plan_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head = self._head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.plan_button)
        self._empty = plain_label(theme, size="small", role="text.tertiary", wrap=True)
        self._scroll = scrolled_list(self.list)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self._empty)
        outer.addWidget(self._scroll, 1)
        self.restyle()

    def set_groups(self, groups: Sequence[ListGroup], current: str) -> None:
        self.list.set_groups(groups, current)
        rect = self.list.current_rect()
        if not rect.isNull():
            self._scroll.ensureVisible(0, round(rect.center().y()), 0, round(rect.height() / 2))

    def set_empty(self, sentence: str) -> None:
        """In place of the list; "" = there is one, or it is said elsewhere why there is none."""
        self._empty.set_text(sentence)
        set_shown(self._empty, bool(sentence))

    def set_may_plan(self, reason: str) -> None:
        """ "" = this seat may plan now, else why not."""
        self.plan_button.set_availability(not reason, reason)

    def restyle(self) -> None:
        pad = self._theme.space("l")
        self._head.setContentsMargins(pad, self._theme.space("s"), self._theme.space("m"), self._theme.space("s"))
        self._empty.setContentsMargins(pad, self._theme.space("s"), pad, 0)

    def sizeHint(self) -> QSize:
        return QSize(round(self._theme.space("xl") * 11.4), self._theme.space("xl") * 20)

"""The report at the left: critical, watch, stable, and what was removed. Painted; arrows walk it. Selecting is telling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.views.handover.words import ItemWords
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import RIGHT, draw_text, hair_line, paint_focus, wrapped_text
from desktop.widgets.wording import listed


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as shown. `number` = its place among those read back, 0 = none. `removed` = by whom and why."""

    id: str
    number: int
    severity: str
    words: ItemWords
    changed: str = ""
    removed: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """`status` = its glyph; `note` at the right."""

    title: str
    note: str
    status: tuple[str, str]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line to paint: text at (x, y) of a row."""

    layout: QTextLayout
    x: float
    y: float
    role: str
    labels: tuple[tuple[int, int], ...] = ()
    """(start, length) of what is set back, as 谁 before who it is."""


def _span(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    span = QTextLayout.FormatRange()
    span.start, span.length, span.format = start, length, look
    return span


class _Box:
    """A group's head, or an entry with its lines."""

    def __init__(self, what: Group | Entry, rect: QRectF, lines: tuple[_Line, ...] = ()) -> None:
        self.what, self.rect, self.lines = what, rect, lines


class ReportList(ThemedWidget):
    """`selected` tells an item's id; `opened` comes by Enter and double click. A refresh moves nothing a person selected."""

    selected = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._groups: tuple[Group, ...] = ()
        self._current = ""
        self._boxes: list[_Box] = []
        self._laid_for: tuple[object, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def set_groups(self, groups: Sequence[Group], current: str) -> None:
        if (tuple(groups), current) == (self._groups, self._current):
            return
        self._groups, self._current = tuple(groups), current
        entry = self._entry(current)
        spoken = (
            "" if entry is None else listed((entry.words.title, entry.words.state, entry.words.who, entry.words.action))
        )
        self.setAccessibleName(self.tr("交班报告，{n} 项").format(n=len(self.ids())))
        self.setAccessibleDescription(spoken)
        self._lay_out()
        self.update()

    def ids(self) -> tuple[str, ...]:
        """From the top, the removed ones at the end."""
        return tuple(entry.id for group in self._groups for entry in group.entries)

    def current_rect(self) -> QRectF:
        return next((b.rect for b in self._boxes if isinstance(b.what, Entry) and b.what.id == self._current), QRectF())

    def _entry(self, item: str) -> Entry | None:
        return next((entry for group in self._groups for entry in group.entries if entry.id == item), None)

    # -- geometry ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        key = (self._groups, self.width(), self._theme)
        if key == self._laid_for:
            return
        self._laid_for = key
        theme, top = self._theme, 0.0
        self._boxes = []
        for group in self._groups:
            height = theme.line_px("body") + theme.space("m") * 2
            self._boxes.append(_Box(group, QRectF(0, top, self.width(), height)))
            top += height
            for entry in group.entries:
                lines, bottom = self._lines_of(entry)
                rect = QRectF(0, top, self.width(), bottom + theme.space("m"))
                self._boxes.append(_Box(entry, rect, lines))
                top = rect.bottom()
            top += theme.space("s")
        self.setMinimumHeight(round(top))
        self.updateGeometry()

    def _lines_of(self, entry: Entry) -> tuple[tuple[_Line, ...], float]:
        """(what is painted below the title, the height so far)"""
        theme = self._theme
        x, y = self._text_x(), theme.space("m") + theme.line_px("body") * 1.05
        room = self._right() - x
        words = entry.words
        act, labels = self._act(words)
        arrow = f"↳ {words.response}" if words.response else ""
        found = []
        for text, role in (
            (words.state, "text.secondary"),
            (act, "text.primary"),
            (arrow, "text.primary"),
            (entry.changed, "text.tertiary"),
            (entry.removed, "text.tertiary"),
        ):
            if text and (not entry.removed or text == entry.removed):
                layout = wrapped_text(theme.font("small"), text, room)
                found.append(_Line(layout, x, y, role, labels if text == act else ()))
                y += layout.boundingRect().height() + theme.space("xs")
        return tuple(found), y

    def _act(self, words: ItemWords) -> tuple[str, tuple[tuple[int, int], ...]]:
        """谁 …　做什么 …, and where the labels stand in it."""
        text, labels = "", []
        for label, what in ((self.tr("谁"), words.who), (self.tr("做什么"), words.action)):
            if what:
                text += "　" if text else ""
                labels.append((len(text), len(label)))
                text += f"{label} {what}"
        return text, tuple(labels)

    def _text_x(self) -> float:
        return self._left() + self._theme.px("body") * 3.4

    def _left(self) -> int:
        """Numbers and heads stand below the title of the pane; the ground of the selected one goes from edge to edge."""
        return self._theme.space("l")

    def _right(self) -> int:
        return self.width() - self._theme.space("m")

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 24, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 14, self.minimumHeight())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def restyle(self) -> None:
        self._laid_for = ()
        self._lay_out()

    # -- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        visible = QRectF(event.rect())
        for box in self._boxes:
            if box.rect.intersects(visible):
                if isinstance(box.what, Group):
                    self._paint_head(painter, box.rect, box.what)
                else:
                    self._paint_entry(painter, box, box.what)
        painter.end()

    def _paint_head(self, painter: QPainter, rect: QRectF, group: Group) -> None:
        theme, side = self._theme, self._theme.px("body")
        left, right = self._left(), self._right()
        inner = QRectF(left, rect.top() + theme.space("s"), right - left, rect.height() - theme.space("s"))
        mark = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        paint_status(painter, theme, *group.status, mark)
        inner.setLeft(mark.right() + theme.space("s"))
        used = draw_text(painter, inner, group.title, theme.font("body", "title"), theme.color("text.primary"))
        note = inner.adjusted(used + theme.space("m"), 0, 0, 0)
        draw_text(painter, note, group.note, theme.font("caption"), theme.color("text.tertiary"), RIGHT)
        hair_line(painter, theme, left, rect.bottom() - 1, right, "line.strong")

    def _paint_entry(self, painter: QPainter, box: _Box, entry: Entry) -> None:
        theme, rect = self._theme, box.rect
        chosen = entry.id == self._current
        if chosen:
            painter.fillRect(rect, theme.color("surface.selected"))
        left, right = self._left(), self._right()
        row = QRectF(left, rect.top() + theme.space("s"), right - left, theme.line_px("body"))
        number = QRectF(row.left(), row.top(), theme.px("body") * 1.6, row.height())
        if entry.number:
            draw_text(painter, number, str(entry.number), theme.font("body"), theme.color("text.tertiary"))
        side = theme.px("body")
        mark = QRectF(number.right(), row.center().y() - side / 2, side, side)
        paint_status(painter, theme, "handover", entry.severity, mark)
        title = QRectF(self._text_x(), row.top(), right - self._text_x(), row.height())
        caption = theme.font("caption", ids=True)
        used = draw_text(painter, title, entry.words.ref, caption, theme.color("text.tertiary"), RIGHT)
        title.setRight(title.right() - used - theme.space("m"))
        role = "text.tertiary" if entry.removed else "text.primary"
        font = theme.font("body", "title")
        font.setStrikeOut(bool(entry.removed))
        draw_text(painter, title, entry.words.title, font, theme.color(role))
        quiet = QTextCharFormat()
        quiet.setForeground(theme.color("text.tertiary"))
        for line in box.lines:
            painter.setPen(theme.color(line.role))
            line.layout.draw(painter, QPointF(line.x, rect.top() + line.y), [_span(*at, quiet) for at in line.labels])
        hair_line(painter, theme, left, rect.bottom() - 1, right)
        if chosen and self.hasFocus():
            paint_focus(painter, theme, rect.adjusted(1, 1, -1, -1))

    # -- hands ------------------------------------------------------------------------------------

    def select_step(self, by: int) -> None:
        """The next or previous item."""
        ids = self.ids()
        if ids:
            place = ids.index(self._current) + by if self._current in ids else 0
            self.selected.emit(ids[min(max(place, 0), len(ids) - 1)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
        steps |= {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.select_step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        hit = next((b for b in self._boxes if isinstance(b.what, Entry) and b.rect.contains(at)), None)
        if hit is not None and isinstance(hit.what, Entry):
            self.selected.emit(hit.what.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self._current)

"""The list of alarms: groups with a heading, rows with a painted button, and room for one inline form below a row. Painting only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.glyphs import paint_glyph
from desktop.widgets.key_hint import key_hint_width, paint_key_hint
from desktop.widgets.painting import CENTER, RIGHT, draw_text, fill_rounded, hair_line, paint_focus, text_width
from desktop.widgets.wording import listed

WIDTHS = {"severity": 3.4, "origin": 5.6, "time": 4.0, "lasting": 5.4, "who": 10.5, "action": 5.4}
"""Widths of the columns in steps of the theme; the sentence takes the rest."""
GIVEN_UP = ("origin", "who", "time")
"""Columns that a narrow list does without, the first first: the detail pane tells them."""
LEAST_TITLE = 9.0
FILL = {"unacked": "solid", "acked": "tinted"}
"""Every other state is hollow: fill says the state, colour and shape the severity."""


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """One alarm, as printed. `state`: unacked | acked | shelved | cleared | suppressed. `action`: id of the row's button."""

    id: str
    severity: str
    state: str
    title: str
    origin: str
    time: str
    lasting: str
    who: str
    action: str
    action_text: str
    pending: str = ""


@dataclass(frozen=True, slots=True)
class AlarmGroup:
    id: str
    title: str
    note: str
    rows: tuple[AlarmRow, ...]


class AlarmColumns:
    """Where the columns stand in a row of a given width."""

    def __init__(self, theme: Theme, width: float) -> None:
        step, gap = theme.space("xl"), theme.space("l")
        right = width - gap
        left = gap + theme.px("title") + gap
        spans = {}
        room = width - left - gap - sum(WIDTHS.values()) * step
        dropped: set[str] = set()
        for name in GIVEN_UP:
            if room >= LEAST_TITLE * step:
                break
            dropped.add(name)
            room += WIDTHS[name] * step
        for name in ("action", "who", "lasting", "time", "origin"):
            share = 0.0 if name in dropped else WIDTHS[name] * step
            spans[name] = (right - share, right)
            right -= share
        spans["severity"] = (left, left + WIDTHS["severity"] * step)
        spans["title"] = (left + WIDTHS["severity"] * step, right - gap)
        self._spans = spans
        self.glyph_x = float(gap)

    def box(self, name: str, row: QRectF) -> QRectF:
        left, right = self._spans[name]
        return QRectF(left, row.top(), max(0.0, right - left - 1), row.height())

    def shows(self, name: str) -> bool:
        left, right = self._spans[name]
        return right > left


class AlarmListHeader(ThemedWidget):
    """Names of the columns; does not scroll."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("列名"))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 20, self._theme.row("compact"))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        row = QRectF(self.rect())
        columns = AlarmColumns(theme, self.width())
        names = {
            "severity": self.tr("级别"),
            "title": self.tr("内容"),
            "origin": self.tr("来源"),
            "time": self.tr("发生"),
            "lasting": self.tr("已持续"),
            "who": self.tr("处置人 / 原因"),
        }
        for name, text in names.items():
            if columns.shows(name):
                draw_text(painter, columns.box(name, row), text, theme.font("small"), theme.color("text.tertiary"))
        hair_line(painter, theme, 0, self.height() - theme.pen("hair"), self.width())
        painter.end()


class AlarmList(ThemedWidget):
    """`selected(id)` when another row is current; `action(id, command)` for a row's button; `opened(id)` on a double click."""

    selected = Signal(str)
    action = Signal(str, str)
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._groups: tuple[AlarmGroup, ...] = ()
        self._current = ""
        self._inset: QWidget | None = None
        self._inset_below = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMouseTracking(True)

    def set_groups(self, groups: Sequence[AlarmGroup], current: str) -> None:
        """What to show, and which row is current."""
        if (tuple(groups), current) == (self._groups, self._current):
            return
        taller = [len(group.rows) for group in groups] != [len(group.rows) for group in self._groups]
        self._groups, self._current = tuple(groups), current
        row = self.row(current)
        count = sum(len(group.rows) for group in self._groups)
        self.setAccessibleName(self.tr("告警列表，{n} 条").format(n=count))
        self.setAccessibleDescription("" if row is None else self._spoken(row))
        if taller:
            self.updateGeometry()
        self._place_inset()
        self.update()

    def ids(self) -> tuple[str, ...]:
        """From the top."""
        return tuple(row.id for group in self._groups for row in group.rows)

    def row(self, row_id: str) -> AlarmRow | None:
        return next((row for group in self._groups for row in group.rows if row.id == row_id), None)

    def groups(self) -> tuple[AlarmGroup, ...]:
        return self._groups

    def set_inset(self, widget: QWidget, below: str) -> None:
        """Show `widget` under a row; it becomes a child."""
        self._inset, self._inset_below = widget, below
        if widget.parentWidget() is not self:
            widget.setParent(self)
        set_shown(widget, True)
        self.updateGeometry()
        self._place_inset()
        self.update()

    def clear_inset(self) -> None:
        if self._inset is not None:
            self._inset.setHidden(True)
        self._inset, self._inset_below = None, ""
        self.updateGeometry()
        self.update()

    def current_rect(self) -> QRectF:
        """Of the current row and what stands below it, in this widget."""
        for box, what in self._boxes():
            if isinstance(what, AlarmRow) and what.id == self._current:
                return box.adjusted(0, 0, 0, self._inset_height() if what.id == self._inset_below else 0)
        return QRectF()

    def under_pointer(self) -> bool:
        return self.underMouse()

    # -- geometry -------------------------------------------------------------------------------------

    def _head(self) -> int:
        return self._theme.row("compact")

    def _entry(self) -> int:
        return self._theme.row("normal")

    def _inset_height(self) -> int:
        return self._inset.sizeHint().height() if self._inset is not None else 0

    def _boxes(self) -> Iterator[tuple[QRectF, AlarmGroup | AlarmRow]]:
        top, width = 0.0, float(self.width())
        for group in self._groups:
            yield QRectF(0, top, width, self._head()), group
            top += self._head()
            for row in group.rows:
                yield QRectF(0, top, width, self._entry()), row
                top += self._entry()
                if row.id == self._inset_below:
                    top += self._inset_height()

    def _place_inset(self) -> None:
        if self._inset is None:
            return
        for box, what in self._boxes():
            if isinstance(what, AlarmRow) and what.id == self._inset_below:
                self._inset.setGeometry(0, round(box.bottom()), self.width(), self._inset_height())
                return

    def sizeHint(self) -> QSize:
        height = sum(self._head() + len(group.rows) * self._entry() for group in self._groups)
        return QSize(self._theme.space("xl") * 30, height + self._inset_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 24, self.sizeHint().height())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._place_inset()

    def restyle(self) -> None:
        self._place_inset()

    # -- painting -------------------------------------------------------------------------------------

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        visible = QRectF(event.rect())
        columns = AlarmColumns(self._theme, self.width())
        for box, what in self._boxes():
            if not box.intersects(visible):
                continue
            if isinstance(what, AlarmGroup):
                self._paint_head(painter, box, what)
            else:
                self._paint_row(painter, box, what, columns)
        painter.end()

    def _paint_head(self, painter: QPainter, box: QRectF, group: AlarmGroup) -> None:
        theme = self._theme
        painter.fillRect(box, theme.component("table", "header"))
        inner = box.adjusted(theme.space("l"), 0, -theme.space("l"), 0)
        used = draw_text(painter, inner, group.title, theme.font("small"), theme.color("text.primary"))
        count = QRectF(inner.left() + used + theme.space("s"), inner.top(), theme.space("xl") * 2, inner.height())
        draw_text(painter, count, str(len(group.rows)), theme.font("small"), theme.color("text.tertiary"))
        draw_text(painter, inner, group.note, theme.font("caption"), theme.color("text.tertiary"), RIGHT)
        hair_line(painter, theme, 0, box.bottom() - theme.pen("hair"), box.width())

    def _paint_row(self, painter: QPainter, box: QRectF, row: AlarmRow, columns: AlarmColumns) -> None:
        theme = self._theme
        self._paint_ground(painter, box, row)
        look = theme.status("alarm", row.severity)
        side = float(theme.px("title"))
        spot = QRectF(columns.glyph_x, box.center().y() - side / 2, side, side)
        color = theme.color("alarm.cleared") if row.state == "cleared" else look.color
        paint_glyph(painter, look.shape, spot, color, FILL.get(row.state, "hollow"), theme.color("text.on_alarm"))
        loud = row.state == "unacked"
        primary, secondary = theme.color("text.primary"), theme.color("text.secondary")
        draw_text(painter, columns.box("severity", box), look.word, theme.font("body"), secondary)
        draw_text(
            painter, columns.box("title", box), row.title, theme.font("body", "title" if loud else "body"), primary
        )
        small = theme.font("small")
        mark = theme.color("accent.base") if row.pending else secondary
        for name, text, font, color in (
            ("origin", row.origin, small, secondary),
            ("time", row.time, small, secondary),
            ("lasting", row.lasting, theme.font("small", "label"), primary),
            ("who", row.pending or row.who, small, mark),
        ):
            if columns.shows(name):
                draw_text(painter, columns.box(name, box), text, font, color)
        if row.action:
            self._paint_button(painter, self._button_box(box), row)
        hair_line(painter, theme, 0, box.bottom() - theme.pen("hair"), box.width())

    def _paint_ground(self, painter: QPainter, box: QRectF, row: AlarmRow) -> None:
        theme = self._theme
        current = row.id == self._current
        if row.state == "unacked" and row.severity == "critical":
            painter.fillRect(box, theme.component("alarm_row", "unacked_ground"))
        elif current:
            painter.fillRect(box, theme.component("table", "selected"))
        if current:
            edge = QRectF(box.left(), box.top(), theme.pen("focus") * 1.5, box.height())
            painter.fillRect(edge, theme.component("table", "selected_edge"))
            if self.hasFocus():
                paint_focus(painter, theme, box)

    def _button_box(self, row: QRectF) -> QRectF:
        theme = self._theme
        box = AlarmColumns(theme, self.width()).box("action", row)
        height = min(row.height() - theme.space("xs"), float(theme.row("compact")))
        return QRectF(
            box.left() + theme.space("s"), row.center().y() - height / 2, box.width() - theme.space("s"), height
        )

    def _paint_button(self, painter: QPainter, box: QRectF, row: AlarmRow) -> None:
        theme = self._theme
        primary = row.id == self._current and row.action == "acknowledge"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "accent.base" if primary else "surface.control"
        fill_rounded(painter, box, theme.radius("control"), theme.color(ground))
        if not primary:
            painter.setPen(QPen(theme.color("line.strong"), theme.pen("hair")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                box.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("control"), theme.radius("control")
            )
        role = "text.on_accent" if primary else "text.primary"
        font = theme.font("small", "title" if primary else "body")
        if not primary:
            draw_text(painter, box, row.action_text, font, theme.color(role), CENTER)
            return
        key = "A"
        width = text_width(font, row.action_text) + theme.space("s") + key_hint_width(theme, key)
        left = box.center().x() - width / 2
        text = QRectF(left, box.top(), box.right() - left, box.height())
        draw_text(painter, text, row.action_text, font, theme.color(role))
        x = left + width - key_hint_width(theme, key)
        paint_key_hint(painter, theme, x, box.center().y(), key, "text.on_accent", "text.on_accent", 0.2)

    def _spoken(self, row: AlarmRow) -> str:
        theme = self._theme
        word = theme.status("alarm", row.severity).word
        state = theme.status("alarm_state", row.state).word
        return listed(part for part in (word, state, row.title, row.origin, row.time, row.lasting, row.who) if part)

    # -- hands ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ids = self.ids()
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}
        if not ids or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps:
            at = ids.index(self._current) + steps[Qt.Key(key)] if self._current in ids else 0
            if 0 <= at < len(ids):
                self.selected.emit(ids[at])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.selected.emit(ids[0 if key == Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row, box = self._at(event.position())
        if row is None:
            return
        self.selected.emit(row.id)
        if row.action and self._button_box(box).contains(event.position()):
            self.action.emit(row.id, row.action)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row, _ = self._at(event.position())
        if row is not None:
            self.opened.emit(row.id)

    def _at(self, point: QPointF) -> tuple[AlarmRow | None, QRectF]:
        for box, what in self._boxes():
            if isinstance(what, AlarmRow) and box.contains(point):
                return what, box
        return None, QRectF()

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.update()

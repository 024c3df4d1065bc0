"""The command palette: an input and what it finds, over the top of a window. Painting and keys only; it knows no service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.key_hint import key_hint_width, paint_key_hint
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import RIGHT, draw_text, paint_sheet, text_width

WIDTH_STEPS = 30
MOST_ROWS = 14


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """`kind` as printed: 操作, 窗口, 工单 …"""

    kind: str
    text: str
    note: str = ""
    key: str = ""


class PaletteRows(ThemedWidget):
    """The finds; the current one is what Enter takes. At most MOST_ROWS are seen: the rest comes as one steps on."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[PaletteRow, ...] = ()
        self._current = 0
        self._first = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: Sequence[PaletteRow]) -> None:
        self._rows, self._current, self._first = tuple(rows), 0, 0
        self._describe()
        self.updateGeometry()

    def rows(self) -> tuple[PaletteRow, ...]:
        return self._rows

    def current(self) -> int:
        return self._current

    def step(self, by: int) -> None:
        if self._rows:
            self._current = (self._current + by) % len(self._rows)
            self._first = min(max(self._first, self._current - MOST_ROWS + 1), self._current)
            self._describe()

    def seen(self) -> tuple[PaletteRow, ...]:
        return self._rows[self._first : self._first + MOST_ROWS]

    def _describe(self) -> None:
        row = self._rows[self._current] if self._rows else None
        self.setAccessibleName(self.tr("找到 {n} 项").format(n=len(self._rows)))
        self.setAccessibleDescription("" if row is None else f"{row.kind} {row.text} {row.note} {row.key}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * WIDTH_STEPS, self._theme.row("compact") * len(self.seen()))

    def paintEvent(self, event: QEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        height, pad = theme.row("compact"), theme.space("m")
        for place, row in enumerate(self.seen()):
            box = QRectF(0, place * height, self.width(), height)
            if place == self._current - self._first:
                painter.fillRect(box, theme.component("table", "selected"))
            inner = box.adjusted(pad, 0, -pad, 0)
            kind = QRectF(inner.left(), inner.top(), theme.space("xl") * 3, inner.height())
            draw_text(painter, kind, row.kind, theme.font("caption"), theme.color("text.tertiary"))
            right = inner.right()
            if row.key:
                right -= key_hint_width(theme, row.key)
                paint_key_hint(painter, theme, right, inner.center().y(), row.key)
                right -= theme.space("m")
            note = QRectF(kind.right(), inner.top(), right - kind.right(), inner.height())
            draw_text(painter, note, row.note, theme.font("caption"), theme.color("text.tertiary"), RIGHT)
            room = note.adjusted(0, 0, -text_width(theme.font("caption"), row.note) - theme.space("m"), 0)
            draw_text(painter, room, row.text, theme.font("small"), theme.color("text.primary"))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().y() // self._theme.row("compact"))
        if 0 <= place < len(self.seen()):
            self.chosen.emit(self._first + place)


class PaletteBox(ThemedWidget):
    """`text_changed`, `chosen(n)` of the rows, `left` when it was closed by Esc or by going elsewhere."""

    text_changed = Signal(str)
    stepped = Signal()
    chosen = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._top = 0
        self.input = QLineEdit()
        self.input.setAccessibleName(self.tr("查找或命令"))
        self.input.setPlaceholderText(self.tr("单号、地点、视频、窗口、操作，可用拼音；/ 开头只看操作"))
        self.input.textChanged.connect(self.text_changed)
        self.input.installEventFilter(self)
        self.rows = PaletteRows(theme)
        self.rows.chosen.connect(self.chosen)
        self._sentence = plain_label(theme, size="caption", role="text.secondary", elide=True)
        column = self._column = QVBoxLayout(self)
        for part in (self.input, self.rows, self._sentence):
            column.addWidget(part)
        self.restyle()
        self.hide()

    def open_at(self, top: int) -> None:
        """Centred in the window, below its top bar."""
        self._top = top
        self.input.clear()
        self.show()
        self.raise_()
        self.fit()
        self.input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fit(self) -> None:
        """As high as what was found."""
        window = self.parentWidget()
        if window is None or not self.isVisible():
            return
        hint = self.sizeHint()
        width = min(hint.width(), window.width())
        self.setGeometry((window.width() - width) // 2, self._top, width, hint.height())

    def set_rows(self, rows: Sequence[PaletteRow], sentence: str) -> None:
        """What was found, and what Enter will do with the current one."""
        self.rows.set_rows(rows)
        self.set_sentence(sentence)
        self.fit()

    def set_sentence(self, text: str) -> None:
        self._sentence.set_text(text)

    def sentence(self) -> str:
        return self._sentence.text()

    def sizeHint(self) -> QSize:
        theme = self._theme
        height = theme.row("normal") + self.rows.sizeHint().height() + theme.line_px("caption") + theme.space("l") * 2
        return QSize(theme.space("xl") * WIDTH_STEPS, height)

    def restyle(self) -> None:
        theme = self._theme
        pad = theme.space("s")
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(theme.space("xs"))
        self.input.setFont(theme.font("body"))
        self.input.setFixedHeight(theme.row("normal"))

    def eventFilter(self, watched, event) -> bool:
        if watched is self.input and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.rows.step(1 if key == Qt.Key.Key_Down else -1)
                self.stepped.emit()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.chosen.emit(self.rows.current())
                return True
            if key == Qt.Key.Key_Tab:
                self.completion()
                return True
        if watched is self.input and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.left.emit()
        return super().eventFilter(watched, event)

    def completion(self) -> None:
        """Tab: the words of the current find into the input."""
        rows = self.rows.rows()
        if rows:
            lead = "/" if self.input.text().startswith("/") else ""
            self.input.setText(lead + rows[self.rows.current()].text)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        paint_sheet(painter, self._theme, QRectF(self.rect()), "line.focus")
        painter.end()

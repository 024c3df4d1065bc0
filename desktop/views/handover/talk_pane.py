"""The middle: rows of the read-back, the card in which the selected one is said, and the checks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.handover.talk_list import TalkList, TalkRow
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import paint_sheet
from desktop.widgets.scrolled import Column
from desktop.widgets.section import SectionHeader


class ShareBar(ThemedWidget):
    """How far the read-back is: a bar and 3 / 6."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._done = self._all = 0

    def set_share(self, done: int, total: int) -> None:
        self._done, self._all = done, total
        self.setAccessibleName(f"{done} / {total}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 6, self._theme.line_px("body"))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        bar = QRectF(0, self.height() / 2 - theme.space("xs") / 2, self.width(), theme.space("xs") * 1.4)
        painter.fillRect(bar, theme.color("sla.track"))
        if self._all:
            bar.setWidth(bar.width() * self._done / self._all)
            painter.fillRect(bar, theme.color("accent.base"))
        painter.end()


class SayCard(ThemedWidget):
    """Where one item is said, asked about, or answered. Enter sends, Esc leaves the words standing and gives the keys back."""

    sent = Signal(str)
    left = Signal()
    asked = Signal()
    read = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.row = TalkList(theme, lined=False)
        self._note = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self.input = QPlainTextEdit()
        self.input.setTabChangesFocus(True)
        self.input.installEventFilter(self)
        self.send = ActionButton(theme, "", "Enter", "primary")
        self.ask = ActionButton(theme, self.tr("有疑问"), "Q")
        self.send.clicked.connect(self._on_send)
        self.ask.clicked.connect(self.asked)
        self.speak = ActionButton(theme, self.tr("朗读"), "V")
        self.speak.clicked.connect(self.read)
        self._error = plain_label(theme, size="caption", role="urgency.top", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.send)
        row.addWidget(self.ask)
        row.addStretch(1)
        row.addWidget(self.speak)
        inner = self._inner = QVBoxLayout()
        for widget in (self._note, self.input):
            inner.addWidget(widget)
        inner.addLayout(row)
        inner.addWidget(self._error)
        column = self._column = QVBoxLayout(self)
        column.addWidget(self.row)
        column.addLayout(inner)
        self.restyle()

    def show_for(self, title: str, note: str, button: str, *, can_type: bool, can_ask: bool, why_not: str = "") -> None:
        """`why_not` != "": what the buttons would do is refused now, and they say so."""
        self._note.set_text(note)
        set_shown(self._note, bool(note))
        set_shown(self.input, can_type)
        self.send.set_label(button, "Enter")
        set_shown(self.send, bool(button))
        set_shown(self.ask, can_ask)
        for one in (self.send, self.ask):
            one.set_availability(not why_not, why_not)
        self.input.setAccessibleName(title)

    def set_error(self, text: str) -> None:
        self._error.set_text(text)
        set_shown(self._error, bool(text))

    def error(self) -> str:
        return self._error.text()

    def _on_send(self) -> None:
        self.sent.emit(self.input.toPlainText())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self._on_send()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        theme, pad = self._theme, self._theme.space("m")
        # The row brings its own margins, so that it stands where it stood in the list; the rest begins below its title.
        self._column.setContentsMargins(0, theme.space("xs"), 0, pad)
        self._column.setSpacing(0)
        self._inner.setContentsMargins(round(self.row.text_x()), 0, pad, 0)
        self._inner.setSpacing(theme.space("s"))
        self.input.setFont(theme.font("body"))
        self.input.setFixedHeight(theme.row("compact") * 2 + theme.space("s"))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        paint_sheet(painter, self._theme, QRectF(self.rect()), "accent.base")
        painter.end()


class TalkPane(ThemedWidget):
    """`chosen` tells an item's id, `check_toggled` the name of a check."""

    chosen = Signal(str)
    check_toggled = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = plain_label(theme, self.tr("接班复述"), "heading", weight="title")
        self.share = ShareBar(theme)
        self._count = plain_label(theme, weight="title")
        self.before, self.after = TalkList(theme), TalkList(theme)
        self.card = SayCard(theme)
        self._nothing = plain_label(theme, size="small", role="text.tertiary", wrap=True)
        self._nothing.set_text(self.tr("没有要逐项复述的事项，核对完即可签名。"))
        self._checks_head = SectionHeader(theme, self.tr("核对"))
        self.checks = TalkList(theme)
        for rows in (self.before, self.after):
            rows.chosen.connect(self.chosen)
        self.checks.chosen.connect(self._on_check)
        head = self._head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.share)
        head.addWidget(self._count)
        inside = QWidget()
        body = self._body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 0, 0)
        for widget in (self._nothing, self.before, self.card, self.after):
            body.addWidget(widget)
        self._scroll = Column(inside)
        checks = self._checks = QHBoxLayout()
        checks.addWidget(self._checks_head)
        foot = QVBoxLayout()
        foot.setSpacing(0)
        foot.addLayout(checks)
        foot.addWidget(self.checks)
        column = self._column = QVBoxLayout(self)
        column.addLayout(head)
        # The checks stand below the rows, and stay in sight where those are too many: what is missing is asked for.
        column.addWidget(self._scroll)
        column.addLayout(foot)
        column.addStretch(1)
        self.restyle()

    def set_rows(self, rows: tuple[TalkRow, ...], current: str, done: int) -> None:
        """The card stands in the place of the selected row and holds it."""
        place = next((n for n, row in enumerate(rows) if row.id == current), -1)
        name = self.tr("接班复述")
        self.before.set_rows(rows[: max(place, 0)], "", name)
        self.card.row.set_rows(rows[place : place + 1] if place >= 0 else (), "", name)
        self.after.set_rows(rows[place + 1 :], "", name)
        set_shown(self.card, place >= 0)
        set_shown(self._nothing, not rows)
        self.share.set_share(done, len(rows))
        self._count.set_text(f"{done} / {len(rows)}")

    def set_checks(self, rows: tuple[TalkRow, ...], *, can_tick: bool = True) -> None:
        done = sum(1 for row in rows if row.mark == "done")
        keys = f"　1–{len(rows)}" if can_tick else ""
        self._checks_head.set_note(f"{done} / {len(rows)}{keys}")
        self.checks.set_rows(rows, "", self.tr("核对"))

    def show_card(self) -> None:
        self._scroll.ensureWidgetVisible(self.card)

    def _on_check(self, row: str) -> None:
        self.check_toggled.emit(row.removeprefix("check:"))

    def restyle(self) -> None:
        theme, pad, own = self._theme, self._theme.space("l"), self._theme.space("m")
        # Rows bring their own margins: their marks stand below the title, and the card stands out a little.
        self._column.setContentsMargins(pad - own, pad, pad - own, own)
        for row in (self._head, self._checks):
            row.setContentsMargins(own, 0, own, 0)
        self._column.setSpacing(theme.space("m"))
        self._body.setSpacing(theme.space("s"))
        self._head.setSpacing(theme.space("m"))

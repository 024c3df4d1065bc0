"""The foot: who gives, who takes, what is missing, and the one button that signs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import hair_line


class SideCard(ThemedWidget):
    """One side: 交班 白班, 已签 19:39, and a note."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._icon, self._role = "circle", "text.tertiary"
        self._who = plain_label(theme, size="small", role="text.secondary", elide=True)
        self._state = plain_label(theme, size="title", weight="title")
        self._note = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(0)
        for label in (self._who, self._state):
            column.addWidget(label)
        row = self._row = QHBoxLayout(self)
        row.addLayout(column)
        row.addWidget(self._note, 1)
        self.restyle()

    def set_side(self, who: str, state: str, note: str, *, signed: bool, late: bool) -> None:
        self._who.set_text(who)
        self._state.set_text(state)
        self._state.set_role("urgency.top" if late else "text.primary")
        self._note.set_text(note)
        self._note.set_role("urgency.top" if late else "text.tertiary")
        self._icon, self._role = ("check", "sla.ok") if signed else ("circle", "text.tertiary")
        self.setAccessibleName(f"{who} {state} {note}")
        self.update()

    def who(self) -> str:
        return self._who.text()

    def state(self) -> str:
        return self._state.text()

    def note(self) -> str:
        return self._note.text()

    def restyle(self) -> None:
        pad = self._theme.space("l")
        self._row.setContentsMargins(pad + self._theme.px("title") * 2, pad, pad, pad)
        self._row.setSpacing(self._theme.space("l"))

    def paintEvent(self, event) -> None:
        theme, side = self._theme, self._theme.px("title")
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface.raised"))
        pixmap = theme.icon_pixmap(self._icon, self._role, side, self.devicePixelRatioF())
        painter.drawPixmap(theme.space("l"), (self.height() - side) // 2, pixmap)
        hair_line(painter, theme, 0, 0, self.width(), "line.strong")
        painter.end()


class SignCard(ThemedWidget):
    """The button, and below it why it is off or what stays as it is until both have signed."""

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.button = ActionButton(theme, "", "Ctrl Enter", "primary")
        self.button.clicked.connect(self.clicked)
        self._note = plain_label(theme, size="small", role="text.secondary", wrap=True)
        column = self._column = QVBoxLayout(self)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._note)
        self.restyle()

    def set_action(self, text: str, why_not: str, note: str) -> None:
        self.button.set_label(text, "Ctrl Enter")
        self.button.set_availability(not why_not, why_not)
        self._note.set_text(why_not or note)

    def set_done(self, text: str, why_not: str, note: str) -> None:
        """Nothing is to be done any more; the note says what became of it, beside the reason."""
        self.set_action(text, why_not, "")
        self._note.set_text(f"{why_not} · {note}")

    def note(self) -> str:
        return self._note.text()

    def restyle(self) -> None:
        pad = self._theme.space("l")
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(self._theme.space("s"))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 14, super().sizeHint().height())

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.raised"))
        hair_line(painter, self._theme, 0, 0, self.width(), "line.strong")
        painter.end()

"""One line about the own command: sent, retrying, rejected with its reason, or done with a way back. It never hides anything."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.glyphs import Glyph
from desktop.widgets.labels import plain_label


class PendingLine(ThemedWidget):
    """Takes no room while nothing is pending. How long it stays is the view's matter."""

    undo_requested = Signal()

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._glyph = Glyph(theme)
        self._text = plain_label(theme, size="small", role="accent.base", elide=True)
        self._undo = ActionButton(theme, self.tr("撤回"), "Ctrl Z")
        self._undo.clicked.connect(self.undo_requested)
        row = self._row = QHBoxLayout(self)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        row.addWidget(self._undo)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()
        self.clear()

    def show_pending(self, text: str) -> None:
        """派遣中…"""
        self._show(text, "accent.base", "freshness", "catching_up", False)

    def show_retrying(self, text: str = "") -> None:
        """After 5 s without an answer."""
        self._show(text or self.tr("服务器未回应，重试中"), "text.primary", "freshness", "stale", False)

    def show_rejected(self, reason: str) -> None:
        """The server refused; the reason also stays in the record."""
        self._show(self.tr("未执行：{reason}").format(reason=reason), "text.primary", "sla", "overdue", False)

    def show_done(self, text: str, can_undo: bool = False) -> None:
        """Confirmed by the stream; `can_undo` while a withdraw is still accepted."""
        self._show(text, "text.primary", "sla", "ok", can_undo)

    def clear(self) -> None:
        """Nothing pending."""
        self._text.set_text("")
        self.setAccessibleName("")
        set_shown(self, False)

    def text(self) -> str:
        """What is shown."""
        return self._text.text()

    def restyle(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self._theme.space("s"))

    def _show(self, text: str, role: str, kind: str, state: str, can_undo: bool) -> None:
        self._glyph.set_status(kind, state)
        self._text.set_role(role)
        self._text.set_text(text)
        set_shown(self._undo, can_undo)
        self.setAccessibleName(text)
        set_shown(self, True)

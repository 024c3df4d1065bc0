"""What stands in a panel instead of its content: a sentence, a detail, a progress line, chips that can be removed, one action."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout

from desktop.theme.theme import Theme
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.chip import ChipRow, ChipValue
from desktop.widgets.glyphs import Glyph
from desktop.widgets.labels import PlainLabel, plain_label


class ProgressLine(ThemedWidget):
    """A thin line filled to a share; no movement of its own."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._share: float | None = None

    def set_share(self, share: float | None) -> None:
        """0 to 1, or None for nothing."""
        self._share = share
        set_shown(self, share is not None)
        self.setAccessibleName("" if share is None else f"{share:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, self._theme.space("xs"))

    def paintEvent(self, event) -> None:
        if self._share is None:
            return
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.fillRect(box, self._theme.color("sla.track"))
        box.setWidth(box.width() * min(1.0, max(0.0, self._share)))
        painter.fillRect(box, self._theme.color("accent.base"))
        painter.end()


class PanelMessage(ThemedWidget):
    """Centred message; on a wall action and chips are left out because nobody can press them."""

    action_requested = Signal()
    chip_removed = Signal(str)
    """By the cross, by Delete, or by pressing the chip: there is nothing else that it could do here."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._glyph = Glyph(theme, size="heading")
        self._text = plain_label(theme, size="body", role="text.secondary", wrap=True)
        self._detail = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self._footnote = plain_label(theme, size="caption", role="text.tertiary")
        self._progress = ProgressLine(theme)
        self._chips = ChipRow(theme)
        self._chips.clicked.connect(self.chip_removed)
        self._chips.removed.connect(self.chip_removed)
        self._action = ActionButton(theme, "")
        self._action.clicked.connect(self.action_requested)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._text, self._detail, self._footnote):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._chips, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.set_message("")
        self.restyle()

    def set_message(
        self,
        text: str,
        detail: str = "",
        footnote: str = "",
        action: str = "",
        status: tuple[str, str] | None = None,
        progress: float | None = None,
        chips: Sequence[ChipValue] = (),
    ) -> None:
        """Replace the whole message; empty parts take no room."""
        kind, state = status or ("", "")
        self._glyph.set_status(kind, state)
        set_shown(self._glyph, bool(kind))
        for label, value in ((self._text, text), (self._detail, detail), (self._footnote, footnote)):
            _show(label, value)
        self._progress.set_share(progress)
        self._chips.set_chips(() if self._theme.is_wall else chips)
        set_shown(self._chips, bool(chips) and not self._theme.is_wall)
        self._action.set_label(action)
        set_shown(self._action, bool(action) and not self._theme.is_wall)
        self.setAccessibleName(" ".join(part for part in (text, detail, footnote) if part))

    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    @property
    def chips(self) -> ChipRow:
        return self._chips

    def restyle(self) -> None:
        self._column.setSpacing(self._theme.space("s"))


def _show(label: PlainLabel, text: str) -> None:
    label.set_text(text)
    set_shown(label, bool(text))

"""One command that needs a person: what it was, why it was not done, who was quicker and what differs, and what may be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.attention.values import Card
from desktop.widgets.action_button import Action
from desktop.widgets.action_row import ActionRow
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.comparison import Comparison, Difference
from desktop.widgets.labels import PlainLabel, plain_label
from desktop.widgets.scrolled import scrolled
from desktop.widgets.section import SectionHeader

WIDEST = 46
"""Of the card, in units of the largest space: lines longer than that are not read."""
RETRY, DISCARD, OPEN = "retry", "discard", "open"
_KEYS = {RETRY: "R", DISCARD: "Delete", OPEN: "O"}


class CaseCard(ThemedWidget):
    """`chosen` carries retry, discard or open. Empty until `show_card`."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = plain_label(theme, size="heading", weight="title", wrap=True)
        self._given = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self._reason = plain_label(theme, size="title", role="alarm.major", wrap=True)
        self._by = plain_label(theme, size="body", wrap=True)
        self._differ_head = SectionHeader(theme, self.tr("差在哪里"))
        self._differ = Comparison(theme, self.tr("给出时"), self.tr("现在"))
        self._more = plain_label(theme, size="caption", role="text.tertiary", wrap=True)
        self._own_head = SectionHeader(theme, self.tr("本席的命令"))
        self._own = Comparison(theme, self.tr("内容"))
        self._message = plain_label(theme, size="small", role="alarm.major", wrap=True)
        self._hint = plain_label(theme, size="small", role="text.secondary", wrap=True)
        self._actions = ActionRow(theme, columns=3)
        self._actions.triggered.connect(self.chosen)
        self._enabled: frozenset[str] = frozenset()
        self._lay_out()
        self._shortcuts = {}
        for action, key in _KEYS.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(self._on_key)
            self._shortcuts[shortcut] = action
        self.restyle()

    def _lay_out(self) -> None:
        inner = QWidget()
        column = self._column = QVBoxLayout(inner)
        for widget in (self._title, self._given, self._reason, self._by, self._differ_head, self._differ, self._more):
            column.addWidget(widget)
        for widget in (self._own_head, self._own):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = scrolled(inner, self.tr("这件事"))
        outer = self._outer = QVBoxLayout(self)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._message)
        outer.addWidget(self._hint)
        outer.addWidget(self._actions)

    def show_card(self, card: Card, *, opens: bool, online_reason: str) -> None:
        """`opens`: there is a ticket to look at. `online_reason`: why nothing can be given now, "" where it can."""
        _say(self._title, card.title)
        _say(self._given, card.given)
        _say(self._reason, card.reason)
        self._reason.set_role("text.secondary" if card.waits else "alarm.major")
        _say(self._by, card.by)
        set_shown(self._differ_head, bool(card.differences))
        set_shown(self._differ, bool(card.differences))
        self._differ.set_rows(card.differences)
        _say(self._more, card.more)
        set_shown(self._own_head, bool(card.own))
        set_shown(self._own, bool(card.own))
        self._own.set_rows([Difference(name, value, "") for name, value in card.own])
        _say(self._hint, card.hint)
        _say(self._message, "")
        can_retry = not card.waits and not online_reason
        self._actions.set_actions(
            (
                Action(
                    RETRY,
                    self.tr("重做"),
                    _KEYS[RETRY],
                    "primary",
                    can_retry,
                    self.tr("还在等联机") if card.waits else online_reason,
                ),
                Action(
                    DISCARD,
                    self.tr("放弃"),
                    "Del",
                    "danger",
                    not card.waits,
                    self.tr("还在等联机") if card.waits else "",
                ),
                Action(
                    OPEN, self.tr("打开工单"), _KEYS[OPEN], "plain", opens, "" if opens else self.tr("没有关联工单")
                ),
            )
        )
        enabled = {RETRY: can_retry, DISCARD: not card.waits, OPEN: opens}
        self._enabled = frozenset(action for action, may in enabled.items() if may)

    def show_refused(self, reason: str) -> None:
        """Why doing it again was not taken."""
        _say(self._message, reason)

    def action_row(self) -> ActionRow:
        """The buttons, for tests and focus."""
        return self._actions

    def restyle(self) -> None:
        theme = self._theme
        pad = theme.space("xl")
        self.setMaximumWidth(pad * WIDEST)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space("s"))
        self._outer.setContentsMargins(pad, pad, pad, pad)
        self._outer.setSpacing(theme.space("m"))

    def _on_key(self) -> None:
        for shortcut, action in self._shortcuts.items():
            if shortcut is self.sender() and action in self._enabled and self.isVisible():
                self.chosen.emit(action)


def _say(label: PlainLabel, text: str) -> None:
    label.set_text(text)
    set_shown(label, bool(text))

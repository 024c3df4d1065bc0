"""The small window from which the others are opened: what there is, how the link stands, language, colours, text size.

It opens nothing itself: the composition root answers its signals.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPainter, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.services.values import TICKETS
from desktop.theme.theme import Theme
from desktop.views.launch_entries import LaunchEntry, entries
from desktop.views.shell import demo_text
from desktop.views.site_time import DEFAULT_ZONE, SiteTime
from desktop.views.window_place import OWN_SIZE
from desktop.views.words import filled, role_word
from desktop.widgets.base import apply_to_children
from desktop.widgets.chip import ChipRow, ChipValue
from desktop.widgets.freshness_badge import FreshnessBadge
from desktop.widgets.key_hint import key_hint_width, paint_key_hint
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import draw_text, fill_rounded, text_width
from desktop.widgets.scrolled import Column
from desktop.widgets.tag import Tag
from protocol import reference

if TYPE_CHECKING:
    from desktop.bridge import Bridge

LAYOUT_NAME_MOST = 24


class LaunchButton(QAbstractButton):
    """Icon, title, what it answers, key; "已打开" when the window stands somewhere."""

    def __init__(self, theme: Theme, entry: LaunchEntry, parent=None) -> None:
        super().__init__(parent)
        self._theme, self._entry, self._open = theme, entry, False
        self.setText(entry.title)
        self.setAccessibleName(f"{entry.title} {entry.key}".strip())
        self.setAccessibleDescription(entry.note)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_open(self, is_open: bool) -> None:
        """Whether the window is open now."""
        self._open = is_open
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words, so that nothing is cut in any language."""
        theme, entry = self._theme, self._entry
        title = text_width(theme.font("title", "title"), entry.title)
        if entry.key:
            title += theme.space("l") + key_hint_width(theme, entry.key)
        note = text_width(theme.font("caption"), filled(self.tr("{note} · 已打开"), {"note": entry.note}))
        width = 3 * theme.space("l") + theme.px("number_m") + max(title, note)
        return QSize(math.ceil(width) + 1, theme.line_px("title") + theme.line_px("caption") + 16)

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = "surface.hover" if self.underMouse() else "surface.panel"
        fill_rounded(painter, box, theme.radius("panel"), theme.color(ground))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("line.focus"), theme.pen("focus")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.radius("panel"), theme.radius("panel"))
        side = theme.px("number_m")
        pixmap = theme.icon_pixmap(self._entry.icon, "text.secondary", side, self.devicePixelRatioF())
        painter.drawPixmap(theme.space("l"), round(box.center().y() - side / 2), pixmap)
        words = box.adjusted(theme.space("l") * 2 + side, theme.space("s"), -theme.space("l"), -theme.space("s"))
        upper = QRectF(words.left(), words.top(), words.width(), theme.line_px("title"))
        lower = QRectF(words.left(), upper.bottom(), words.width(), theme.line_px("caption"))
        draw_text(painter, upper, self._entry.title, theme.font("title", "title"), theme.color("text.primary"))
        note = filled(self.tr("{note} · 已打开"), {"note": self._entry.note}) if self._open else self._entry.note
        draw_text(painter, lower, note, theme.font("caption"), theme.color("text.tertiary"))
        if self._entry.key:
            width = key_hint_width(theme, self._entry.key)
            paint_key_hint(painter, theme, words.right() - width, upper.center().y(), self._entry.key)
        painter.end()


class Launcher(QWidget):
    """`open_requested` carries the id of an entry; `language_requested` zh or en; `theme_requested` dark or light;
    `layout_requested` and `layout_kept` the name of an arrangement of windows.
    """

    open_requested = Signal(str)
    layout_requested = Signal(str)
    layout_kept = Signal(str)
    language_requested = Signal(str)
    theme_requested = Signal(str)
    scale_requested = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._bridge = theme, bridge
        self.setObjectName("launcher")
        self.setProperty(OWN_SIZE, True)
        self.setWindowTitle(self.tr("联动"))
        self._title = plain_label(theme, self.tr("联动"), "number_l", weight="title")
        self._site = plain_label(theme, size="small", role="text.secondary", elide=True)
        self._demo = Tag(theme)
        self._badge = FreshnessBadge(theme, "full", size="small")
        self._who = plain_label(theme, size="small", role="text.tertiary")
        self._buttons = {entry.id: LaunchButton(theme, entry) for entry in entries()}
        self._choices = ChipRow(theme)
        self._choices.clicked.connect(self._on_choice)
        self._layouts = ChipRow(theme)
        self._layouts.clicked.connect(self.layout_requested)
        self._layout_name = QLineEdit()
        self._layout_name.setPlaceholderText(self.tr("布局名称，回车保存当前窗口"))
        self._layout_name.setMaxLength(LAYOUT_NAME_MOST)
        self._layout_name.setAccessibleName(self.tr("布局名称"))
        self._layout_name.returnPressed.connect(self._on_layout_named)
        for button in self._buttons.values():
            button.clicked.connect(self._on_button_clicked)
        self._keys = {}
        for entry in entries():
            if entry.key:
                shortcut = QShortcut(QKeySequence(entry.key), self)
                shortcut.activated.connect(self._on_key)
                self._keys[shortcut] = entry.id
        self._lay_out()
        self._dress()
        bridge.freshness_changed.connect(self._refresh)
        bridge.topic_changed.connect(self._refresh)
        bridge.clock_ticked.connect(self._refresh)
        self._refresh()

    def knows(self, window_id: str) -> bool:
        """Whether there is an entry for this window."""
        return window_id in self._buttons

    def set_open(self, window_id: str, is_open: bool) -> None:
        """Say that a window is open. Raises KeyError for an unknown one."""
        self._buttons[window_id].set_open(is_open)

    def set_layouts(self, names: tuple[str, ...]) -> None:
        """The arrangements that are kept on this workstation."""
        self._layouts.set_chips(tuple(ChipValue(name, name) for name in names))
        self._layouts.setVisible(bool(names))

    def button(self, window_id: str) -> LaunchButton:
        """One entry, for tests and focus."""
        return self._buttons[window_id]

    def apply_theme(self, theme: Theme) -> None:
        """Another colour theme or text size."""
        self._theme = theme
        self._dress()
        apply_to_children(self, theme)
        self._refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._site, 1)
        head.addWidget(self._demo)
        state = QHBoxLayout()
        state.addWidget(self._badge)
        state.addStretch(1)
        state.addWidget(self._who)
        column = self._column = QVBoxLayout(self)
        column.addLayout(head)
        column.addLayout(state)
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(self._lay_out_buttons())
        rows.addStretch(1)
        column.addWidget(Column(body), 1)
        column.addWidget(self._layouts)
        column.addWidget(self._layout_name)
        column.addWidget(self._choices)

    def _lay_out_buttons(self) -> QGridLayout:
        """Desk windows in two columns, wall windows in the third."""
        grid = self._grid = QGridLayout()
        for first, columns, profile, title in ((0, 2, "desk", self.tr("席位")), (2, 1, "wall", self.tr("大屏"))):
            grid.addWidget(plain_label(self._theme, title, "small", role="text.tertiary"), 0, first)
            mine = [entry for entry in entries() if entry.profile == profile]
            for place, entry in enumerate(mine):
                row, column = divmod(place, columns)
                grid.addWidget(self._buttons[entry.id], row + 1, first + column)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        return grid

    def _dress(self) -> None:
        theme = self._theme
        self.setPalette(theme.palette())
        self.setStyleSheet(theme.stylesheet())
        self.setAutoFillBackground(True)
        pad = theme.space("xl")
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(theme.space("s"))
        self._grid.setSpacing(theme.space("s"))
        self._choices.set_chips(
            (
                ChipValue("zh", "中文", selected=theme.language == "zh"),
                ChipValue("en", "English", selected=theme.language == "en"),
                ChipValue("dark", self.tr("深色"), selected=theme.name == "dark"),
                ChipValue("light", self.tr("浅色"), selected=theme.name == "light"),
                ChipValue("smaller", "A−"),
                ChipValue("larger", "A+"),
            )
        )

    def _refresh(self) -> None:
        topic = self._bridge.topics.get(reference.TOPIC)
        known = topic.value if topic is not None else None
        site = SiteTime(known.zone if known else DEFAULT_ZONE, self._theme.language)
        self._site.set_text(known.site if known else "")
        self._demo.set_text(demo_text(self._bridge.clock.rate) if known and known.demo else "")
        now = self._bridge.clock.now_business()
        self._badge.set_freshness(site.freshness(self._bridge.freshness.of(TICKETS), now))
        actor = self._bridge.actor
        self._who.set_text(role_word(actor.role) if actor else self.tr("未登录"))

    def _on_button_clicked(self) -> None:
        for window_id, button in self._buttons.items():
            if button is self.sender():
                self.open_requested.emit(window_id)

    def _on_layout_named(self) -> None:
        name = self._layout_name.text().strip()
        if name:
            self._layout_name.clear()
            self.layout_kept.emit(name)

    def _on_key(self) -> None:
        for shortcut, window_id in self._keys.items():
            if shortcut is self.sender():
                self.open_requested.emit(window_id)

    def _on_choice(self, choice: str) -> None:
        if choice in ("zh", "en"):
            self.language_requested.emit(choice)
        elif choice in ("dark", "light"):
            self.theme_requested.emit(choice)
        else:
            self.scale_requested.emit(1 if choice == "larger" else -1)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(hint.width(), self._theme.space("xl") * 31), hint.height() + self._theme.space("xl") * 2)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            self.closed.emit()

"""The centre of the alarm window: filters, sound, column names, the list, and what stands there when it is empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.alarms.bell import SoundState, sound_text
from desktop.views.alarms.values import ListFilter
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.alarm_list import AlarmGroup, AlarmList, AlarmListHeader
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.chip import Chip
from desktop.widgets.freshness_badge import FreshnessBadge
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import format_count
from desktop.widgets.panel_message import PanelMessage
from desktop.widgets.scrolled import scrolled_list
from desktop.widgets.values import Freshness

SEVERITIES = ("", "critical", "major", "minor", "info")


class AlarmListPane(ThemedWidget):
    """`filter_changed` when other alarms are to be shown; `mute_requested` from the button that says it rings."""

    filter_changed = Signal()
    mute_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._severity, self._origin, self._mine = "", "", False
        self._origins: tuple[str, ...] = ()
        self._shown = ""
        self._title = plain_label(theme, self.tr("告警列表"), "title", weight="title")
        self._count = plain_label(theme, size="small", role="text.tertiary")
        self.severity_chip = Chip(theme, "", icon="funnel", key="F")
        self.severity_chip.clicked.connect(self.next_severity)
        self.origin_chip = Chip(theme, "", icon="funnel", key="R")
        self.origin_chip.clicked.connect(self.next_origin)
        self.mine_chip = Chip(theme, self.tr("本席"))
        self.mine_chip.clicked.connect(self._on_mine)
        self.mute_button = ActionButton(theme, "", "M", icon="volume-2")
        self.mute_button.clicked.connect(self.mute_requested)
        self._badge = FreshnessBadge(theme, "panel", size="caption")
        self.header = AlarmListHeader(theme)
        self.list = AlarmList(theme)
        self.message = PanelMessage(theme)
        self._late = plain_label(theme, size="small", role="text.primary", elide=True)
        self._hidden = plain_label(theme, size="small", role="text.primary", elide=True)
        self._lay_out()
        self._show_chips()
        self.show_sound(None)

    def _lay_out(self) -> None:
        head = self._head = QHBoxLayout()
        for part in (self._title, self._count, self.severity_chip, self.origin_chip, self.mine_chip):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.mute_button)
        head.addWidget(self._badge)
        self._scroll = scrolled_list(self.list)
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self.message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._late)
        column.addWidget(self._hidden)
        column.addWidget(self.header)
        column.addWidget(stack, 1)
        self.restyle()

    # -- showing --------------------------------------------------------------------------------------

    def show_groups(
        self, groups: Sequence[AlarmGroup], current: str, freshness: Freshness, empty: str, known: bool
    ) -> None:
        """`empty` is the sentence where there is none; `known` False: there is no number either."""
        count = sum(len(group.rows) for group in groups)
        moved, self._shown = current != self._shown, current
        self.list.set_groups(groups, current)
        self._count.set_text(filled(self.tr("{n} 条"), {"n": format_count(count if count or known else None)}))
        self._badge.set_freshness(freshness)
        text = ""
        if freshness.late:
            text = filled(self.tr("以下为 {time} 的告警，确认先存本机、联机后送出"), {"time": freshness.as_of})
        self._late.set_text(text)
        set_shown(self._late, bool(text))
        if not count:
            told = freshness.state in ("live", "stale", "offline")
            self.message.set_message(empty, status=None if told else ("freshness", freshness.state))
        self._stack.setCurrentIndex(0 if count else 1)
        if moved:
            self.show_current()

    def show_hidden(self, count: int, critical: int) -> None:
        """What the filter keeps out of sight while it still rings; nothing is said of none."""
        pattern = self.tr("筛选隐藏了 {n} 条未确认告警，Esc 显示全部")
        if critical:
            pattern = self.tr("筛选隐藏了 {n} 条未确认告警，其中严重 {critical} 条，Esc 显示全部")
        self._hidden.set_text(filled(pattern, {"n": count, "critical": critical}) if count else "")
        self._hidden.set_role("alarm.critical" if critical else "text.primary")
        set_shown(self._hidden, bool(count))

    def hidden_text(self) -> str:
        return self._hidden.text()

    def show_current(self) -> None:
        """Bring the current row into sight."""
        rect = self.list.current_rect()
        if not rect.isNull():
            self._scroll.ensureVisible(0, round(rect.center().y()), 0, round(rect.height() / 2) + 1)

    def show_sound(self, state: SoundState | None) -> None:
        """The button says what M does now."""
        text = self.tr("静音 2 分")
        if state is not None and state.word == "ringing":
            text = self.tr("响铃中，静音 2 分")
        elif state is not None and state.word == "muted":
            text = filled(self.tr("{state}，恢复"), {"state": sound_text(state)})
        if self.mute_button.text() != text:
            self.mute_button.set_label(text, "M")
        no_sound = state is None or state.word == "no_sound"
        self.mute_button.set_availability(not no_sound, self.tr("本机无声音") if no_sound else "")

    # -- filter ---------------------------------------------------------------------------------------

    def chosen(self) -> ListFilter:
        return ListFilter(severity=self._severity, origin=self._origin, mine=self._mine)

    def set_origins(self, origins: Sequence[str]) -> None:
        """Where the open alarms come from, in words: what R walks through."""
        self._origins = tuple(origins)

    def is_filtered(self) -> bool:
        return bool(self._severity or self._origin) or self._mine

    def clear_filter(self) -> None:
        self._severity, self._origin, self._mine = "", "", False
        self._show_chips()
        self.filter_changed.emit()

    def next_severity(self) -> None:
        """F: all, 严重, 重要, 轻微, 提示, and round."""
        self._severity = SEVERITIES[(SEVERITIES.index(self._severity) + 1) % len(SEVERITIES)]
        self._show_chips()
        self.filter_changed.emit()

    def next_origin(self) -> None:
        """R: all, each source that has an open alarm, and round."""
        ring = ("", *self._origins)
        self._origin = ring[(ring.index(self._origin) + 1) % len(ring)] if self._origin in ring else ""
        self._show_chips()
        self.filter_changed.emit()

    def _on_mine(self) -> None:
        self._mine = not self._mine
        self._show_chips()
        self.filter_changed.emit()

    def _show_chips(self) -> None:
        word = self.theme.status("alarm", self._severity).word if self._severity else self.tr("全部")
        self.severity_chip.set_text(filled(self.tr("级别：{word}"), {"word": word}))
        self.severity_chip.set_selected(bool(self._severity))
        self.origin_chip.set_text(filled(self.tr("来源：{word}"), {"word": self._origin or self.tr("全部")}))
        self.origin_chip.set_selected(bool(self._origin))
        self.mine_chip.set_selected(self._mine)

    def restyle(self) -> None:
        theme = self.theme
        self._head.setContentsMargins(theme.space("l"), theme.space("s"), theme.space("l"), theme.space("s"))
        self._head.setSpacing(theme.space("s"))
        for line in (self._late, self._hidden):
            line.setContentsMargins(theme.space("l"), 0, theme.space("l"), theme.space("xs"))

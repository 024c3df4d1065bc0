"""The head of the director: which wall, who has the control, how old its pictures are, what waits, and the three buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.theme.theme import Theme
from desktop.views.wall_director import words
from desktop.views.wall_director.feed import WallFeed
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.chip import ChipRow, ChipValue
from desktop.widgets.glyph_line import LOCKED
from desktop.widgets.glyphs import Glyph
from desktop.widgets.labels import plain_label


class Head(ThemedWidget):
    """`wall_chosen(id)`. With one wall its name is not asked for."""

    wall_chosen = Signal(str)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._control = plain_label(theme, size="small", role="text.secondary", elide=True)
        self._lock = Glyph(theme)
        self._lock.set_status(*LOCKED)
        self._note = plain_label(theme, size="small", role="text.secondary", elide=True)
        self._walls = ChipRow(theme)
        self._walls.clicked.connect(self.wall_chosen)
        self.control_button = ActionButton(theme, self.tr("申请控制"), "T")
        self.undo_button = ActionButton(theme, self.tr("还原"), "Ctrl Z")
        self.apply_button = ActionButton(theme, self.tr("应用到墙"), "Ctrl Enter", "primary")
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(plain_label(theme, self.tr("墙面"), "heading", weight="title"))
        row.addSpacing(theme.space("m"))
        row.addWidget(self._lock)
        row.addWidget(self._control, 5)
        row.addWidget(self._note, 2)
        for button in (self.control_button, self.undo_button, self.apply_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._walls)

    def text(self) -> str:
        """Who has the control, and how old the pictures are."""
        return self._control.text()

    def show_state(self, feed: WallFeed, said: str) -> None:
        """`said`: the answer to the last key, in the place of how old the pictures are."""
        wall, parts = feed.wall(), (words.control_text(feed), said or words.host_text(feed))
        self._control.set_text(" · ".join(part for part in parts if part))
        set_shown(self._lock, not feed.directs)
        self._show_control(feed)
        count, undo_s = len(feed.staged), feed.undo_left_s()
        note = filled(self.tr("{count} 处待应用"), {"count": count}) if count else ""
        if not note and undo_s > 0:
            note = filled(self.tr("{left} 秒内可还原"), {"left": round(undo_s)})
        self._note.set_text(note)
        set_shown(self._note, bool(note))
        only = filled(self.tr("只有{roles}可导播"), {"roles": words.directors()})
        self.control_button.set_availability(
            wall is not None and feed.directs, self.tr("没有登记的大屏") if feed.directs else only
        )
        self.undo_button.set_availability(undo_s > 0, self.tr("没有可还原的更改"))
        reason = "" if feed.mine else self.tr("控制权在别的席位") if feed.directs else only
        self.apply_button.set_availability(bool(count) and feed.mine, reason or self.tr("没有待应用的更改"))
        walls = feed.walls()
        self._walls.set_chips([ChipValue(each.id, each.name, selected=each.id == feed.id) for each in walls])
        set_shown(self._walls, len(walls) > 1)

    def _show_control(self, feed: WallFeed) -> None:
        wall, left = feed.wall(), feed.take_over_in_s()
        text = self.tr("申请控制")
        if wall is not None and not wall.holder:
            text = self.tr("取得控制")
        elif wall is not None and wall.holder == feed.seat:
            text = self.tr("移交控制") if wall.asked_by else self.tr("放下控制")
        elif left is not None:
            text = self.tr("等待答复") if left > 0 else self.tr("接管控制")
        self.control_button.set_label(text, "T")

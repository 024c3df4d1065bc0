"""大屏导播, F6. Library · the wall with staged changes, scenes and replay · the selected screen. Everything has a key.

Here is what a key or a hand does; what is seen is made by the three columns from one `Look`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.theme.theme import Theme
from desktop.views.link_words import not_yet
from desktop.views.shell import DIRECTOR, DeskWindow
from desktop.views.wall_director import words
from desktop.views.wall_director.feed import WallFeed
from desktop.views.wall_director.find_content import content_for
from desktop.views.wall_director.left import Left
from desktop.views.wall_director.look import Look
from desktop.views.wall_director.middle import CHANGES_EVERY_S, Middle
from desktop.views.wall_director.rule_form import RuleChoices
from desktop.views.wall_director.side import Side
from desktop.views.words import filled
from domain.alarms.rules import TOPIC as ALARM_RULES
from domain.alarms.rules import AlarmRules, enabled
from domain.wall.values import Content, Contents

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class DirectorWindow(DeskWindow):
    def __init__(
        self, theme: Theme, bridge: Bridge, feed: WallFeed | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, bridge, DIRECTOR, self.tr("大屏导播"), parent)
        self.feed = WallFeed(bridge, self) if feed is None else feed
        self.selected = 1
        self._said = ""
        self._ticks = 0
        self._add_columns(theme)
        self._connect_columns()
        self._add_director_keys()
        self.refresh()

    # -- building -----------------------------------------------------------------------------------

    def _add_columns(self, theme: Theme) -> None:
        self.left, self.middle, self.side = Left(theme), Middle(theme), Side(theme)
        self.library, self.thing = self.left.library, self.left.thing
        self.head, self.canvas, self.staged = self.middle.head, self.middle.canvas, self.middle.staged
        self.notice, self.scenes, self.replay = self.middle.notice, self.middle.scenes, self.middle.replay
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left)
        row.addWidget(self.middle, 1)
        row.addWidget(self.side)
        self.set_central(body)

    def _connect_columns(self) -> None:
        feed = self.feed
        for news in (feed.changed, feed.pictures_changed, feed.past_changed):
            news.connect(self.refresh)
        feed.refused.connect(self._on_refused)
        self.library.chosen.connect(self._on_view_chosen)
        self.library.dragged.connect(self._on_view_dragged)
        self.library.let_go.connect(self._on_view_let_go)
        self.left.named.connect(self._on_thing_named)
        self.head.wall_chosen.connect(feed.choose)
        self.head.control_button.clicked.connect(feed.control)
        self.head.undo_button.clicked.connect(feed.undo)
        self.head.apply_button.clicked.connect(feed.apply)
        self.canvas.selected.connect(self._select)
        self.canvas.view_dropped.connect(self._on_view_dropped)
        self.notice.given.connect(self._on_notice_given)
        self.notice.taken_down.connect(feed.clear_notice)
        self.scenes.chosen.connect(feed.stage_scene)
        self.scenes.dropped.connect(feed.drop_scene)
        self.scenes.night_turned.connect(feed.turn_night)
        self.middle.scene_named.connect(feed.keep_scene)
        self.replay.looked_back.connect(feed.look_back)
        self.side.rotation.changed.connect(self._on_rotation_changed)
        self.side.rules.switched.connect(self._on_rule_switched)
        self.side.rules.dropped.connect(feed.drop_rule)
        self.side.rules.opened.connect(self._open_rule)
        self.side.add_rule.clicked.connect(self._open_rule)
        self.side.rule_form.kept.connect(feed.keep_rule)
        self.side.rule_form.kept.connect(self.refresh)
        self.side.rule_form.cancelled.connect(self.refresh)

    def _add_director_keys(self) -> None:
        keys = {
            "Ctrl+Return": self._on_apply_key,
            "Ctrl+Enter": self._on_apply_key,
            "Ctrl+Z": self.feed.undo,
            "Escape": self._on_escape,
        }
        for key, slot in keys.items():
            self._shortcut(key).activated.connect(slot)
        self._scene_keys = {self._shortcut(f"Ctrl+{number}"): number for number in range(1, 10)}
        for shortcut in self._scene_keys:
            shortcut.activated.connect(self._on_scene_key)

    # -- showing ------------------------------------------------------------------------------------

    def said(self) -> str:
        """The answer to the last key that was refused, "" = none."""
        return self._said

    def refresh(self) -> None:
        wall = self.feed.wall()
        if wall is not None and self.selected not in wall.numbers():
            self.selected = min(wall.numbers())
        unknown = not_yet(self.bridge.freshness.of()) if wall is None else ""
        now = self.bridge.clock.now_business()
        look = Look(self.feed, self.selected, self.site, now, self._said, unknown)
        for column in (self.left, self.middle, self.side):
            column.show_look(look)

    # -- doing --------------------------------------------------------------------------------------

    def _select(self, number: int) -> None:
        self.selected = number
        self.refresh()

    def _on_view_chosen(self, content: Content, add: bool) -> None:
        self._said = ""
        self.feed.stage(self.selected, content, add=add)

    def _on_view_dragged(self, _content: Content, point: QPointF) -> None:
        self.setCursor(Qt.CursorShape.DragCopyCursor)
        self.canvas.hover(self.canvas.mapFromGlobal(point))

    def _on_view_let_go(self, content: Content, point: QPointF) -> None:
        self.unsetCursor()
        self.canvas.drop(self.canvas.mapFromGlobal(point), content)

    def _on_view_dropped(self, number: int, content: Content) -> None:
        self._said = ""
        self.selected = number
        self.feed.stage(number, content)

    def _on_rotation_changed(self, contents: Contents) -> None:
        self._said = ""
        self.feed.stage_all(self.selected, contents)

    def _on_thing_named(self, text: str) -> None:
        content = content_for(text, self.bridge.mirror.tickets, self.feed.titles)
        if content is None:
            self._say(filled(self.tr("没有工单、视频或地点叫 {text}"), {"text": text}))
            return
        self.thing.clear()
        self._said = ""
        self.feed.stage(self.selected, content)

    def _on_notice_given(self, text: str, minutes: int, only_selected: bool) -> None:
        self._said = ""
        self.feed.set_notice(text, minutes, (self.selected,) if only_selected else ())
        self.canvas.setFocus()

    def _open_rule(self, name: str | bool = "") -> None:
        """`name` of the rule to change; a button tells whether it is checked, and means a new one."""
        wall = self.feed.wall()
        if wall is None or not self.side.add_rule.isEnabled():
            self._say(self.side.add_rule.reason())
            return
        choices = RuleChoices(tuple(wall.scenes), wall.rules, self._alarm_rules())
        self.side.rule_form.open_rule(choices, name if isinstance(name, str) else "")
        self.refresh()

    def _alarm_rules(self) -> tuple[tuple[str, str], ...]:
        """(number, name) of the site's rules of alarms."""
        topic = self.bridge.topics.get(ALARM_RULES)
        if topic is None or not isinstance(topic.value, AlarmRules):
            return ()
        english = self.theme.language == "en"
        return tuple((rule.id, (english and rule.name_en) or rule.name) for rule in enabled(topic.value))

    def _on_apply_key(self) -> None:
        """In an open form Ctrl Enter sends what was written."""
        if self.side.rule_form.isAncestorOf(self.focusWidget()):
            self.side.rule_form.submit()
        else:
            self.feed.apply()

    def _on_rule_switched(self, name: str) -> None:
        wall = self.feed.wall()
        rule = wall.rules.get(name) if wall is not None else None
        if rule is not None:
            self.feed.keep_rule(replace(rule, on=not rule.on))

    def _on_space(self) -> None:
        self._said = ""
        if self.feed.past_at is not None:
            self._say(self.tr("正在回看，Esc 回到现在"))
        else:
            self.feed.turn_pause(self.selected)

    def _next_wall(self, by: int) -> None:
        ids = [wall.id for wall in self.feed.walls()]
        if self.feed.id in ids:
            self.feed.choose(ids[(ids.index(self.feed.id) + by) % len(ids)])

    def _on_scene_key(self) -> None:
        wall = self.feed.wall()
        names = tuple(wall.scenes) if wall is not None else ()
        for shortcut, number in self._scene_keys.items():
            if shortcut is self.sender() and number <= len(names):
                self._said = ""
                self.feed.stage_scene(names[number - 1])

    def _on_escape(self) -> None:
        if not self.side.rule_form.isHidden():
            self.side.rule_form.cancel()
        elif isinstance(self.focusWidget(), QLineEdit):
            self.canvas.setFocus()
        elif self.feed.past_at is not None:
            self.feed.look_back(None)
        else:
            self._said = ""
            self.feed.unstage()

    def _on_refused(self, code: str, detail: dict[str, object]) -> None:
        self._say(words.refusal(code, detail))

    def _say(self, text: str) -> None:
        self._said = text
        self.refresh()

    def _on_clock_ticked(self) -> None:
        super()._on_clock_ticked()
        if not hasattr(self, "side"):
            return  # the frame shows its clock before the window is built
        self._ticks += 1
        if self.isVisible() and self._ticks % CHANGES_EVERY_S == 1:
            self.feed.ask_changes()
        self.refresh()

    # -- Qt -----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.feed.watch(self, True)
        self.feed.ask_changes()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.feed.watch(self, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and digits while no text field has the focus."""
        key = event.key()
        if event.modifiers() or isinstance(self.focusWidget(), QLineEdit):
            super().keyPressEvent(event)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            wall = self.feed.wall()
            number = int(key) - int(Qt.Key.Key_0)
            if wall is not None and number in wall.numbers():
                self._select(number)
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self._next_wall(1 if key == Qt.Key.Key_BracketRight else -1)
        elif key == Qt.Key.Key_G:
            self.notice.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif key == Qt.Key.Key_D:
            self.notice.down.click()
        elif key == Qt.Key.Key_T:
            self.feed.control()
        elif key == Qt.Key.Key_N:
            self.feed.refuse_control()
        elif key == Qt.Key.Key_Space:
            self._on_space()
        elif key == Qt.Key.Key_R:
            self.side.add_rule.click()
        elif key == Qt.Key.Key_L:
            self.feed.toggle_lock(self.selected)
        else:
            super().keyPressEvent(event)

"""大屏导播, F6. Library · the wall with staged changes, scenes and replay · the selected screen. Everything has a key."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.link_words import not_yet
from desktop.views.shell import DIRECTOR, DeskWindow
from desktop.views.wall_director import words
from desktop.views.wall_director.canvas import WallCanvas
from desktop.views.wall_director.cells import cells_of, hangs, plan_of, screens_of, staged_changes, thumb_of
from desktop.views.wall_director.feed import WallFeed
from desktop.views.wall_director.find_content import content_for
from desktop.views.wall_director.head import Head
from desktop.views.wall_director.library import Library
from desktop.views.wall_director.notice_pane import NoticePane
from desktop.views.wall_director.replay import ReplayStrip
from desktop.views.wall_director.rule_line import read_rule
from desktop.views.wall_director.scenes import SceneCard, SceneCards
from desktop.views.wall_director.side import Side
from desktop.views.wall_director.staged_list import ROWS as STAGED_ROWS
from desktop.views.wall_director.staged_list import StagedList
from desktop.views.words import filled
from desktop.widgets.glyph_line import GlyphLine
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import format_count, format_percent
from desktop.widgets.section import SectionHeader
from domain.wall.values import NAME_MOST, Content, Contents, Shown, Wall

if TYPE_CHECKING:
    from desktop.bridge import Bridge

LIBRARY_W, SIDE_W = 312, 360
CHANGES_SHOWN = 6
CANVAS_SHARE = 100
"""The wall takes all the height that it can use; only what is over stays empty below."""
CHANGES_EVERY_S = 5


class DirectorWindow(DeskWindow):
    def __init__(
        self, theme: Theme, bridge: Bridge, feed: WallFeed | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, bridge, DIRECTOR, self.tr("大屏导播"), parent)
        self.feed = WallFeed(bridge, self) if feed is None else feed
        self.selected = 1
        self._said = ""
        self._unknown = ""
        """Why nobody knows what hangs on the wall."""
        self._ticks = 0
        self._build(theme)
        self._add_director_keys()
        self.feed.changed.connect(self.refresh)
        self.feed.pictures_changed.connect(self.refresh)
        self.feed.past_changed.connect(self.refresh)
        self.feed.refused.connect(self._on_refused)
        self.refresh()

    # -- building -----------------------------------------------------------------------------------

    def _build(self, theme: Theme) -> None:
        self.library = Library(theme, words.library())
        self.library.chosen.connect(self._on_view_chosen)
        self.library.dragged.connect(self._on_view_dragged)
        self.library.let_go.connect(self._on_view_let_go)
        self.thing = QLineEdit()
        self.thing.setPlaceholderText(self.tr("工单号、视频名或地名，回车送选中屏"))
        self.thing.setAccessibleName(self.tr("要上墙的工单、视频或地点"))
        self.thing.returnPressed.connect(self._on_thing_named)
        self._trouble = GlyphLine(theme)
        self.canvas = WallCanvas(theme)
        self.canvas.selected.connect(self._select)
        self.canvas.view_dropped.connect(self._on_view_dropped)
        self.scenes = SceneCards(theme)
        self.scenes.chosen.connect(self.feed.stage_scene)
        self.scenes.dropped.connect(self.feed.drop_scene)
        self.scenes.night_turned.connect(self.feed.turn_night)
        self.scene_name = QLineEdit()
        self.scene_name.setMaxLength(NAME_MOST)
        self.scene_name.setPlaceholderText(self.tr("场景名称，回车保存现在的画面"))
        self.scene_name.setAccessibleName(self.tr("场景名称"))
        self.scene_name.returnPressed.connect(self._on_scene_named)
        self.replay = ReplayStrip(theme)
        self.replay.looked_back.connect(self.feed.look_back)
        self.side = Side(theme)
        self.side.rule.returnPressed.connect(self._on_rule_written)
        self.side.rules.switched.connect(self._on_rule_switched)
        self.side.rules.dropped.connect(self.feed.drop_rule)
        self._staged_head = SectionHeader(theme, self.tr("待应用"))
        self.staged = StagedList(theme)
        self.side.rotation.changed.connect(self._on_rotation_changed)
        self.notice = NoticePane(theme)
        self.notice.given.connect(self._on_notice_given)
        self.notice.taken_down.connect(self.feed.clear_notice)
        self._replay_note = plain_label(theme, size="small", role="text.tertiary", elide=True)
        self.head = Head(theme)
        self.head.wall_chosen.connect(self.feed.choose)
        self.head.control_button.clicked.connect(self.feed.control)
        self.head.undo_button.clicked.connect(self.feed.undo)
        self.head.apply_button.clicked.connect(self.feed.apply)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left(theme))
        row.addWidget(self._middle_column(theme), 1)
        self.side.setFixedWidth(round(SIDE_W * theme.scale))
        row.addWidget(self.side)
        self.set_central(body)

    def _left(self, theme: Theme) -> QWidget:
        box = QWidget()
        box.setFixedWidth(round(LIBRARY_W * theme.scale))
        column = QVBoxLayout(box)
        pad = theme.space("l")
        column.setContentsMargins(pad, pad, pad, pad)
        column.addWidget(plain_label(theme, self.tr("画面"), "body", weight="title"))
        column.addWidget(self.library)
        column.addSpacing(theme.space("s"))
        column.addWidget(self.thing)
        hint = self.tr(
            "拖到屏上，或按数字选屏、回车送上；Shift 回车加入轮播。上墙内容自动脱敏：来电人、电话、门牌不显示。"
        )
        column.addWidget(plain_label(theme, hint, "caption", role="text.tertiary", wrap=True))
        column.addStretch(1)
        return box

    def _middle_column(self, theme: Theme) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        pad = theme.space("l")
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.space("s"))
        column.addWidget(self.head)
        column.addWidget(self._trouble)
        column.addWidget(self.canvas, CANVAS_SHARE)
        below = QHBoxLayout()
        below.setSpacing(theme.space("xl"))
        waiting = QVBoxLayout()
        waiting.setSpacing(theme.space("s"))
        waiting.addWidget(self._staged_head)
        waiting.addWidget(self.staged)
        below.addLayout(waiting, 1)
        below.addWidget(self.notice, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(below)
        column.addSpacing(theme.space("m"))
        line = QHBoxLayout()
        line.addWidget(plain_label(theme, self.tr("场景"), "body", weight="title"))
        line.addStretch(1)
        self.scene_name.setFixedWidth(theme.space("xl") * 10)
        line.addWidget(self.scene_name)
        column.addLayout(line)
        column.addWidget(self.scenes)
        column.addSpacing(theme.space("m"))
        line = QHBoxLayout()
        line.addWidget(plain_label(theme, self.tr("墙面回看"), "body", weight="title"))
        line.addWidget(self._replay_note, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(line)
        column.addWidget(self.replay)
        column.addStretch(1)
        return box

    def _add_director_keys(self) -> None:
        keys = {
            "Ctrl+Return": self.feed.apply,
            "Ctrl+Enter": self.feed.apply,
            "Ctrl+Z": self.feed.undo,
            "Escape": self._on_escape,
        }
        for key, slot in keys.items():
            self._shortcut(key).activated.connect(slot)
        self._scene_keys = {self._shortcut(f"Ctrl+{number}"): number for number in range(1, 10)}
        for shortcut in self._scene_keys:
            shortcut.activated.connect(self._on_scene_key)

    def said(self) -> str:
        """The answer to the last key that was refused, "" = none."""
        return self._said

    def refresh(self) -> None:
        wall = self.feed.wall()
        shown = self.feed.shown()
        if wall is not None and self.selected not in wall.numbers():
            self.selected = min(wall.numbers())
        self._unknown = not_yet(self.bridge.freshness.of()) if wall is None else ""
        self.canvas.set_cells(cells_of(self.feed, self._clock), self.selected, self._unknown or words.no_wall())
        self.head.show_state(self.feed, self._said)
        self._trouble.set_text(self._pictures_trouble())
        self._show_staged()
        self._show_notice(wall)
        self._show_scenes(wall)
        self._show_library()
        self._show_side(wall, shown.get(self.selected))
        now = self.bridge.clock.now_business()
        changes = self.feed.changes
        self.replay.set_times(self.site, now, self.feed.past_at, tuple(change.at for change in changes))
        self.replay.set_scenes(words.scenes_since(changes))
        self._show_replay()

    def _show_library(self) -> None:
        feed, shown = self.feed, {}
        views = [Content(entry.id) for entry in words.library()]
        coming = [content for contents in feed.staged.values() for content in contents]
        feed.previews.want((*coming, *views))
        for content in views:
            preview = feed.previews.of(content)
            if preview is not None:
                shown[content.view] = (preview.image, words.preview_text(preview, feed.previews.age_s(preview)))
        self.library.set_previews(shown)

    def _show_staged(self) -> None:
        self.staged.set_changes(staged_changes(self.feed), self._unknown)
        count = len(self.feed.staged)
        note = filled(self.tr("{count} 处，墙上未变"), {"count": count}) if count else ""
        if count > STAGED_ROWS:
            note = filled(self.tr("{count} 处，列出前 {rows} 处，墙上未变"), {"count": count, "rows": STAGED_ROWS})
        self._staged_head.set_note(note)

    def _show_notice(self, wall: Wall | None) -> None:
        hangs, reason = "", ""
        now = self.feed.past_at or self.bridge.clock.now_business()
        then = self.feed.past if self.feed.past_at is not None else wall
        notice = then.notice if then is not None else None
        if notice is not None and now < notice.until:
            who = words.seat_word(notice.role, notice.seat)
            values = {"text": notice.text, "until": self._clock(notice.until), "who": who}
            now_words, then_words = (
                self.tr("墙上：{text} · 到 {until} · {who}"),
                self.tr("当时：{text} · 到 {until} · {who}"),
            )
            hangs = filled(now_words if self.feed.past_at is None else then_words, values)
        if wall is None:
            reason = self._unknown or self.tr("没有登记的大屏")
        elif self.feed.past_at is not None:
            reason = self.tr("正在回看，Esc 回到现在")
        elif not self.feed.mine:
            reason = self.tr("控制权在别的席位")
        self.notice.set_state(hangs, self.selected, reason, self._unknown)

    def _show_scenes(self, wall: Wall | None) -> None:
        then = self.feed.past if self.feed.past_at is not None else wall
        if wall is None or then is None:
            self.scenes.set_cards((), self._unknown)
            return
        self.scenes.set_cards(
            [
                SceneCard(
                    name,
                    words.scene_note(scene),
                    words.scene_more(wall, scene),
                    hangs(then, scene),
                    plan_of(then, scene),
                )
                for name, scene in wall.scenes.items()
            ]
        )

    def _show_side(self, wall: Wall | None, shown: Shown | None) -> None:
        feed, number, past = self.feed, self.selected, self.feed.past_at is not None
        self.side.set_head(
            filled(self.tr("屏 {number}"), {"number": number})
            if wall is not None
            else self._unknown or self.tr("没有大屏"),
            words.screen_state(feed, number, self.site.clock),
            words.cause_text(shown, self._clock(shown.since)) if shown is not None else "",
        )
        contents = shown.contents if shown is not None else ()
        live = not past and not feed.host_lost
        image = None if past else feed.images.get(number)
        self.side.picture.show_image(image, words.icon_of(contents), feed.titles.of_all(contents), live=live)
        picture = feed.pictures.get(number)
        coming = feed.coming(number)
        hangs = live and contents == coming and picture is not None
        names = [feed.titles.of(content) for content in coming]
        turn, left_s = (picture.index, picture.left_s) if hangs and picture is not None else (-1, 0.0)
        thumbs = [thumb_of(feed, content) for content in coming]
        self.side.set_rotation(coming, names, turn, left_s, thumbs)
        screen = next((each for each in screens_of(wall) if each.number == number), None)
        then = feed.past if past else wall
        locked = wall is not None and number in wall.locked
        self.side.set_screen(screen, locked, then is not None and then.night_on(number), self._unknown)
        running = frozenset(layer.rule for layer in wall.picture.layers) if wall is not None else frozenset()
        self.side.set_rules(tuple(wall.rules.values()) if wall is not None else (), running, self._unknown)
        last = self.feed.changes[-CHANGES_SHOWN:][::-1]
        self.side.set_changes(
            [f"{self._clock(change.at)}  {words.change_text(change, self.feed.titles)}" for change in last]
        )

    def _show_replay(self) -> None:
        at = self.feed.past_at
        if trouble := self._replay_trouble():
            self._replay_note.set_text(trouble)
            return
        if at is None:
            self._replay_note.set_text(self.tr("每次变更都有记录，点击或左右键可看当时墙上显示什么"))
            return
        text = filled(self.tr("正在看 {clock} 的墙面，Esc 回到现在"), {"clock": self._clock(at)})
        overview = self.feed.past_overview
        if overview is not None:
            rate = next((rate.kpi.value for rate in overview.rates if rate.kpi.id == "on_time_rate"), None)
            values = {
                "open": format_count(overview.open.total),
                "overdue": format_count(overview.open.overdue),
                "rate": format_percent(None if rate is None else rate * 100),
            }
            text += filled(self.tr(" · 当时在办 {open} · 超期 {overdue} · 按期结案率 {rate}%"), values)
        self._replay_note.set_text(text)

    def _replay_trouble(self) -> str:
        """Why the strip or the moment that is looked at may lack something."""
        if self.feed.past_at is not None and self.feed.past_trouble:
            what = filled(self.tr("{clock} 的墙面没有取到"), {"clock": self._clock(self.feed.past_at)})
            return self.feed.past_trouble.text(what, self.tr("再点这一刻重取，Esc 回到现在。"), self.site)
        then = filled(self.tr("{n} 秒后自动再取。"), {"n": CHANGES_EVERY_S})
        return self.feed.changes_trouble.text(self.tr("变更记录没有取到"), then, self.site)

    def _pictures_trouble(self) -> str:
        return self.feed.pictures_trouble.text(self.tr("墙面图没有取到"), self.tr("随后自动再取。"), self.site)

    def _clock(self, at: datetime) -> str:
        return self.site.clock(at)[:5]

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

    def _on_thing_named(self) -> None:
        text = self.thing.text().strip()
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

    def _on_scene_named(self) -> None:
        name = self.scene_name.text().strip()
        if name:
            self.scene_name.clear()
            self.feed.keep_scene(name)

    def _on_rule_written(self) -> None:
        wall = self.feed.wall()
        found = read_rule(self.side.rule.text(), wall.scenes if wall is not None else ())
        if found is None:
            self._say(self.tr("写法：20:00-07:30 场景名，或告警类别（严重、重要、轻微、R-01）加场景名；场景须先保存"))
            return
        self.side.rule.clear()
        if isinstance(found, str):
            self.feed.drop_rule(found)
        else:
            self.feed.keep_rule(found)

    def _on_rule_switched(self, name: str) -> None:
        wall = self.feed.wall()
        rule = wall.rules.get(name) if wall is not None else None
        if rule is not None:
            self.feed.keep_rule(replace(rule, on=not rule.on))

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
        if isinstance(self.focusWidget(), QLineEdit):
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
        if not hasattr(self, "replay"):
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

    def keyPressEvent(self, event) -> None:
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
        elif key == Qt.Key.Key_L:
            self.feed.toggle_lock(self.selected)
        else:
            super().keyPressEvent(event)

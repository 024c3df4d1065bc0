"""大屏导播, F6. Library · the wall with staged changes, scenes and replay · the selected screen. Everything has a key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.link_words import not_yet
from desktop.views.refusal_words import reason_text
from desktop.views.shell import DIRECTOR, DeskWindow
from desktop.views.wall_director import words
from desktop.views.wall_director.canvas import ScreenCell, WallCanvas
from desktop.views.wall_director.feed import WallFeed
from desktop.views.wall_director.library import Library
from desktop.views.wall_director.replay import ReplayStrip
from desktop.views.wall_director.rule_line import read_rule
from desktop.views.wall_director.scenes import SceneCard, SceneCards
from desktop.views.wall_director.side import Section, Side
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.labels import plain_label
from desktop.widgets.painting import format_age, format_count, format_percent
from domain.wall.values import NAME_MOST, Content, Screen, Shown, Wall
from protocol.walls import LOST_S

if TYPE_CHECKING:
    from desktop.bridge import Bridge

LIBRARY_W, SIDE_W = 280, 340
CHANGES_SHOWN = 6
STAGED_SHOWN = 4
CHANGES_EVERY_S = 5


class DirectorWindow(DeskWindow):
    def __init__(
        self, theme: Theme, bridge: Bridge, feed: WallFeed | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, bridge, DIRECTOR, self.tr("大屏导播"), parent)
        self.feed = WallFeed(bridge, self) if feed is None else feed
        self.selected = 1
        self._said = ""
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
        self.ticket = QLineEdit()
        self.ticket.setPlaceholderText(self.tr("工单号，回车送地图到选中屏"))
        self.ticket.setAccessibleName(self.tr("要上墙的工单号"))
        self.ticket.returnPressed.connect(self._on_ticket_given)
        self.canvas = WallCanvas(theme)
        self.canvas.selected.connect(self._select)
        self.canvas.view_dropped.connect(self._on_view_dropped)
        self.scenes = SceneCards(theme)
        self.scenes.chosen.connect(self.feed.stage_scene)
        self.scenes.dropped.connect(self.feed.drop_scene)
        self.scene_name = QLineEdit()
        self.scene_name.setMaxLength(NAME_MOST)
        self.scene_name.setPlaceholderText(self.tr("场景名称，回车保存现在的画面"))
        self.scene_name.setAccessibleName(self.tr("场景名称"))
        self.scene_name.returnPressed.connect(self._on_scene_named)
        self.replay = ReplayStrip(theme)
        self.replay.looked_back.connect(self.feed.look_back)
        self.side = Side(theme)
        self.side.rule.returnPressed.connect(self._on_rule_written)
        self._staged_lines = Section(theme, self.tr("待应用"), self.tr("没有待应用的更改，墙上即此"))
        self._control = plain_label(theme, size="small", role="text.secondary", elide=True)
        self._note = plain_label(theme, size="small", role="text.secondary", elide=True)
        self._replay_note = plain_label(theme, size="small", role="text.tertiary", elide=True)
        self.control_button = ActionButton(theme, self.tr("申请控制"), "T")
        self.control_button.clicked.connect(self.feed.control)
        self.undo_button = ActionButton(theme, self.tr("还原"), "Ctrl Z")
        self.undo_button.clicked.connect(self.feed.undo)
        self.apply_button = ActionButton(theme, self.tr("应用到墙"), "Ctrl Enter", "primary")
        self.apply_button.clicked.connect(self.feed.apply)
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
        column.addWidget(self.ticket)
        hint = self.tr("拖到屏上，或按数字选屏、回车送上；Shift 回车加入轮播。上墙内容自动脱敏。")
        column.addWidget(plain_label(theme, hint, "caption", role="text.tertiary", wrap=True))
        column.addStretch(1)
        return box

    def _middle_column(self, theme: Theme) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        pad = theme.space("l")
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.space("s"))
        head = QHBoxLayout()
        head.addWidget(plain_label(theme, self.tr("墙面"), "heading", weight="title"))
        head.addSpacing(theme.space("m"))
        head.addWidget(self._control, 3)
        head.addWidget(self._note, 2)
        for button in (self.control_button, self.undo_button, self.apply_button):
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(self.canvas, 8)
        column.addWidget(self._staged_lines, 1)
        column.addStretch(1)
        line = QHBoxLayout()
        line.addWidget(plain_label(theme, self.tr("场景"), "body", weight="title"))
        line.addStretch(1)
        self.scene_name.setFixedWidth(theme.space("xl") * 10)
        line.addWidget(self.scene_name)
        column.addLayout(line)
        column.addWidget(self.scenes)
        line = QHBoxLayout()
        line.addWidget(plain_label(theme, self.tr("墙面回看"), "body", weight="title"))
        line.addWidget(self._replay_note, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(line)
        column.addWidget(self.replay)
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

    def control_text(self) -> str:
        """The sentence of the head: who has the control, and how old the pictures are."""
        return self._control.text()

    # -- showing ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        wall = self.feed.wall()
        shown = self.feed.shown()
        if wall is not None and self.selected not in wall.numbers():
            self.selected = min(wall.numbers())
        cells = tuple(self._cell(wall, screen, shown.get(screen.number)) for screen in self._screens(wall))
        nobody = self.tr("没有大屏登记。在大屏主机上运行 liandong desktop --wall 名称。")
        empty = not_yet(self.bridge.freshness.of()) or nobody
        self.canvas.set_cells(cells, self.selected, empty)
        self._show_control(wall)
        self._show_staged(shown)
        self._show_scenes(wall)
        self._show_side(wall, shown.get(self.selected))
        now = self.bridge.clock.now_business()
        self.replay.set_times(self.site, now, self.feed.past_at, tuple(change.at for change in self.feed.changes))
        self._show_replay()

    @staticmethod
    def _screens(wall: Wall | None) -> tuple[Screen, ...]:
        return tuple(sorted(wall.screens, key=lambda screen: screen.number)) if wall is not None else ()

    def _cell(self, wall: Wall | None, screen: Screen, shown: Shown | None) -> ScreenCell:
        number = screen.number
        picture = self.feed.pictures.get(number)
        lost = self.feed.seen_s is None or self.feed.seen_s > LOST_S
        age_s = self.feed.image_age_s(number)
        state, note, progress = "never", self.tr("未接通"), None
        if self.feed.past_at is not None:
            state, note = "stale", self._clock(shown.since) if shown else ""
        elif lost and age_s is not None:
            state, note = "offline", filled(self.tr("主机断开 · 画面 {age}前"), {"age": format_age(age_s)})
        elif not lost and picture is not None:
            state, note = picture.fresh, self.tr("常驻") if shown is not None else self.tr("等待导播")
            if shown is not None and len(shown.contents) > 1:
                values = {"n": picture.index + 1, "of": len(shown.contents), "left": round(picture.left_s)}
                note = filled(self.tr("轮播 {n}/{of} · 剩 {left} 秒"), values)
                dwell = shown.contents[min(picture.index, len(shown.contents) - 1)].seconds
                progress = 1 - min(picture.left_s / dwell, 1.0)
        staged = self.feed.staged.get(number)
        return ScreenCell(
            number=number,
            rect=(screen.left, screen.top, screen.width, screen.height),
            title=words.contents_name(shown.contents) if shown else self.tr("空"),
            note=note,
            state=state,
            image=None if self.feed.past_at is not None else self.feed.images.get(number),
            staged=words.contents_name(staged) if staged else "",
            locked=wall is not None and number in wall.locked,
            progress=progress,
        )

    def _show_control(self, wall: Wall | None) -> None:
        feed = self.feed
        text, button = "", self.tr("申请控制")
        if wall is not None and not wall.holder:
            text = self.tr("控制权空闲，应用即取得")
            button = self.tr("取得控制")
        elif wall is not None and wall.holder == feed.seat:
            text, button = self.tr("控制权在本席"), self.tr("放下控制")
            if wall.asked_by:
                who = words.seat_word(wall.asked_role, wall.asked_by)
                text = filled(self.tr("{who} 申请控制权：T 移交，N 不移交，30 秒未答即移交"), {"who": who})
                button = self.tr("移交控制")
        elif wall is not None:
            who = words.seat_word(wall.holder_role, wall.holder)
            text = filled(self.tr("控制权 {who} · 本席只读"), {"who": who})
            left = feed.take_over_in_s()
            if left is not None:
                pattern = self.tr("已申请，{left} 秒后可接管") if left > 0 else self.tr("对方未答，按 T 接管")
                text = filled(pattern, {"left": round(left)})
                button = self.tr("等待答复") if left > 0 else self.tr("接管控制")
        if wall is not None and feed.seen_s is not None and feed.seen_s <= LOST_S:
            ages = [feed.image_age_s(screen.number) for screen in wall.screens]
            known = [age for age in ages if age is not None]
            text += filled(self.tr(" · 主机 {count} 屏在线"), {"count": len(wall.screens)})
            if known:  # of the oldest one: what is said holds for every picture below
                text += filled(self.tr("，画面 {age}前"), {"age": format_age(max(known))})
        elif wall is not None:
            text += self.tr(" · 主机未接通，画面是最后的")
        self._control.set_text(text)
        self.control_button.set_label(button, "T")
        self.control_button.set_availability(wall is not None, self.tr("没有登记的大屏"))
        reason = "" if feed.mine else self.tr("控制权在别的席位")
        count = len(feed.staged)
        note = self._said or (filled(self.tr("{count} 处待应用"), {"count": count}) if count else "")
        undo_s = feed.undo_left_s()
        if not note and undo_s > 0:
            note = filled(self.tr("{left} 秒内可还原"), {"left": round(undo_s)})
        self._note.set_text(note)
        self._note.setVisible(bool(note))
        self.undo_button.set_availability(undo_s > 0, self.tr("没有可还原的更改"))
        self.apply_button.set_availability(bool(count) and feed.mine, reason or self.tr("没有待应用的更改"))

    def _show_staged(self, shown: Mapping[int, Shown]) -> None:
        lines = []
        for number, contents in sorted(self.feed.staged.items())[:STAGED_SHOWN]:
            before = words.contents_name(shown[number].contents) if number in shown else self.tr("空")
            values = {"number": number, "before": before, "after": words.contents_name(contents)}
            lines.append(filled(self.tr("屏 {number}　{before} → {after}"), values))
        more = len(self.feed.staged) - len(lines)
        if more > 0:
            lines[-1] += filled(self.tr("　另有 {more} 屏"), {"more": more})
        self._staged_lines.set_lines(lines)

    def _show_scenes(self, wall: Wall | None) -> None:
        cards = []
        for name, scene in wall.scenes.items() if wall is not None else ():
            note = filled(self.tr("{count} 屏"), {"count": len(scene.screens)})
            on = wall is not None and wall.picture.scene == name
            cards.append(SceneCard(name, filled(self.tr("{note} · 墙上"), {"note": note}) if on else note, on))
        self.scenes.set_cards(cards)

    def _show_side(self, wall: Wall | None, shown: Shown | None) -> None:
        self.side.set_head(
            filled(self.tr("屏 {number}"), {"number": self.selected}) if wall is not None else self.tr("没有大屏"),
            words.cause_text(shown, self._clock(shown.since)) if shown is not None else "",
        )
        picture = self.feed.pictures.get(self.selected)
        contents = self.feed.staged.get(self.selected, shown.contents if shown is not None else ())
        self.side.set_rotation(contents, picture.index if picture else 0, picture.left_s if picture else 0.0)
        screen = next((each for each in self._screens(wall) if each.number == self.selected), None)
        self.side.set_screen(screen, wall is not None and self.selected in wall.locked)
        running = frozenset(layer.rule for layer in wall.picture.layers) if wall is not None else frozenset()
        self.side.set_rules(tuple(wall.rules.values()) if wall is not None else (), running)
        last = self.feed.changes[-CHANGES_SHOWN:][::-1]
        self.side.set_changes([f"{self._clock(change.at)}  {words.change_text(change)}" for change in last])

    def _show_replay(self) -> None:
        at = self.feed.past_at
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
                "rate": format_percent(rate),
            }
            text += filled(self.tr(" · 当时在办 {open} · 超期 {overdue} · 按期结案率 {rate}"), values)
        self._replay_note.set_text(text)

    def _clock(self, at: datetime) -> str:
        return self.site.clock(at)[:5]

    # -- doing --------------------------------------------------------------------------------------

    def _select(self, number: int) -> None:
        self.selected = number
        self.refresh()

    def _on_view_chosen(self, view: str, add: bool) -> None:
        self._said = ""
        self.feed.stage(self.selected, Content(view), add=add)

    def _on_view_dragged(self, _view: str, point: QPointF) -> None:
        self.setCursor(Qt.CursorShape.DragCopyCursor)
        self.canvas.hover(self.canvas.mapFromGlobal(point))

    def _on_view_let_go(self, view: str, point: QPointF) -> None:
        self.unsetCursor()
        self.canvas.drop(self.canvas.mapFromGlobal(point), view)

    def _on_view_dropped(self, number: int, view: str) -> None:
        self._said = ""
        self.selected = number
        self.feed.stage(number, Content(view))

    def _on_ticket_given(self) -> None:
        ticket = self.ticket.text().strip()
        if ticket not in self.bridge.mirror.tickets:
            self._say(filled(self.tr("本席没有工单 {ticket}"), {"ticket": ticket}))
            return
        self.ticket.clear()
        self.feed.stage(self.selected, Content("wall_map", ticket))

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

    def _on_scene_key(self) -> None:
        wall = self.feed.wall()
        names = tuple(wall.scenes) if wall is not None else ()
        for shortcut, number in self._scene_keys.items():
            if shortcut is self.sender() and number <= len(names):
                self._said = ""
                self.feed.stage_scene(names[number - 1])

    def _on_escape(self) -> None:
        if self.feed.past_at is not None:
            self.feed.look_back(None)
        else:
            self._said = ""
            self.feed.unstage()

    def _on_refused(self, code: str, detail: dict[str, object]) -> None:
        own = words.reason(code)
        self._say(filled(own, detail) if own is not None else reason_text(code, detail))

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
        self.feed.watch(True)
        self.feed.ask_changes()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.feed.watch(False)

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
        elif key == Qt.Key.Key_T:
            self.feed.control()
        elif key == Qt.Key.Key_N:
            self.feed.refuse_control()
        elif key == Qt.Key.Key_L:
            self.feed.toggle_lock(self.selected)
        else:
            super().keyPressEvent(event)

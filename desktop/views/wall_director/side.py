"""The right column: the selected screen, its rotation, its measures, the wall's rules and the last changes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.theme import Theme, smallest_text_px, wall_scale
from desktop.views.wall_director import words
from desktop.views.wall_director.cells import screens_of, thumb_of
from desktop.views.wall_director.fact_table import FactTable
from desktop.views.wall_director.line_list import LineList
from desktop.views.wall_director.look import Look
from desktop.views.wall_director.rotation_list import RotationList
from desktop.views.wall_director.rule_form import RuleForm
from desktop.views.wall_director.rule_list import RuleList, RuleRow
from desktop.views.wall_director.screen_picture import ScreenPicture
from desktop.views.words import filled
from desktop.widgets.action_button import ActionButton
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.glyph_line import GlyphLine
from desktop.widgets.labels import plain_label
from desktop.widgets.room import Room
from desktop.widgets.section import SectionHeader
from domain.wall.values import Contents

WIDTH = 360
CHANGES_SHOWN = 6


class Side(ThemedWidget):
    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self.setFixedWidth(round(WIDTH * theme.scale))
        content = QWidget()
        column = self._column = QVBoxLayout(content)
        pad = theme.space("l")
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.space("xs"))
        self._head = plain_label(theme, size="heading", weight="title")
        self._state = plain_label(theme, size="small", role="text.secondary")
        head = QHBoxLayout()
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self._state)
        column.addLayout(head)
        self.picture = ScreenPicture(theme)
        column.addWidget(self.picture)
        self._cause = plain_label(theme, size="small", role="text.tertiary", elide=True)
        column.addWidget(self._cause)
        column.addSpacing(theme.space("s"))
        self._rotation_title = SectionHeader(theme, self.tr("轮播"))
        self.rotation = RotationList(theme)
        self._rotation_hint = plain_label(
            theme,
            self.tr("淡入 0.25 秒，陈旧时跳过。+ − 改秒数，Alt ↑ ↓ 换次序，Delete 移出；应用后上墙"),
            "caption",
            role="text.tertiary",
            wrap=True,
        )
        self._screen_title = SectionHeader(theme, self.tr("屏设置"))
        self._screen = FactTable(theme)
        self._rules_title = SectionHeader(theme, self.tr("规则"))
        self.rules = RuleList(theme)
        self._changes_title = SectionHeader(theme, self.tr("最近变更"))
        self._changes = LineList(theme, self.tr("没有变更"), CHANGES_SHOWN)
        self.add_rule = ActionButton(theme, self.tr("加规则"), "R")
        self.rule_form = RuleForm(theme)
        self._paused = GlyphLine(theme, None)
        for part in (self._rotation_title, self.rotation, self._paused, self._rotation_hint):
            column.addWidget(part)
        for parts in (
            (self._screen_title, self._screen),
            (self._rules_title, self.rules, self.add_rule, self.rule_form),
            (self._changes_title, self._changes),
        ):
            column.addSpacing(theme.space("s"))
            for widget in parts:
                column.addWidget(widget)
        column.setStretchFactor(self._changes, 1)
        column.addStretch()
        column.setAlignment(self.add_rule, Qt.AlignmentFlag.AlignLeft)
        self._room = Room(content, QSize(0, 0))
        around = QVBoxLayout(self)
        around.setContentsMargins(round(theme.pen("hair")), 0, 0, 0)
        around.addWidget(self._room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A long rotation or an open form in a low window: the column scrolls, and nothing lies over anything. Sentences wrap, so that
        the height follows from the width."""
        high = self._column.minimumHeightForWidth(self._room.viewport().width())
        self._room.set_least(QSize(0, max(high, self._column.minimumSize().height())))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self._theme.pen("hair"), self.height()), self._theme.color("line.hair"))
        painter.end()

    def show_look(self, look: Look) -> None:
        feed, number = look.feed, look.selected
        shown = look.shown.get(number)
        head = filled(self.tr("屏 {number}"), {"number": number})
        self._head.set_text(head if look.wall is not None else look.unknown or self.tr("没有大屏"))
        self._state.set_text(words.screen_state(feed, number, look.site.clock))
        self._cause.set_text(words.cause_text(shown, look.stamp(shown.since)) if shown is not None else "")
        contents = shown.contents if shown is not None else ()
        live = not look.past and not feed.host_lost
        image = None if look.past else feed.images.get(number)
        self.picture.show_image(image, words.icon_of(contents), feed.titles.of_all(contents), live=live)
        self._show_rotation(look, contents, live)
        self._show_screen(look)
        self._show_rules(look)
        self._fit()
        last = feed.changes[-CHANGES_SHOWN:][::-1]
        self._changes.set_lines(
            [f"{look.stamp(change.at)}  {words.change_text(change, feed.titles)}" for change in last]
        )

    def _show_rotation(self, look: Look, contents: Contents, live: bool) -> None:
        """What comes on this screen once applied; whose turn it is only where it hangs already."""
        feed, picture = look.feed, look.feed.pictures.get(look.selected)
        coming = feed.coming(look.selected)
        turn, left_s = -1, 0.0
        if live and contents == coming and picture is not None:
            turn, left_s = picture.index, picture.left_s
        names = [feed.titles.of(content) for content in coming]
        thumbs = [thumb_of(feed, content) for content in coming]
        shown = look.shown.get(look.selected)
        pause = shown.pause if shown is not None else None
        self.rotation.set_contents(coming, names, turn, left_s, thumbs, paused=pause is not None)
        turns = not look.past and len(contents) > 1
        word = self.tr("暂停") if pause is None else self.tr("继续")
        self._rotation_title.set_note(word if turns else "", self.tr("空格") if turns else "")
        self._paused.set_text(words.pause_text(pause, look.stamp(pause.since)) if pause is not None else "", None)
        set_shown(self._rotation_hint, len(coming) > 1)

    def _show_screen(self, look: Look) -> None:
        number, now, then = look.selected, look.wall, look.then
        screen = next((each for each in screens_of(now) if each.number == number), None)
        if screen is None or now is None:
            self._screen.set_facts(((self.tr("大屏"), look.unknown or self.tr("没有大屏")),))
            return
        locked, night = number in now.locked, then is not None and then.night_on(number)
        wall = self._theme.tokens.profiles["wall"]
        pitch, distance = screen.pitch_mm or wall.pitch_mm, screen.distance_mm or wall.distance_mm
        measured = screen.pitch_mm > 0 and screen.distance_mm > 0
        values = {
            "pitch": f"{pitch:.2f}",
            "distance": f"{distance / 1000:g}",
            "px": smallest_text_px(wall, pitch, distance),
            "percent": round(100 * wall_scale(self._theme.tokens, pitch, distance)),
        }
        pattern = self.tr("{pitch} 毫米 / {distance} 米 → 最小字 {px} px")
        light = self.tr("夜间，正文降到次级亮度") if night else self.tr("日间")
        lock = self.tr("已锁，规则不换（L 解锁）") if locked else self.tr("未锁，规则可换（L 锁定）")
        self._screen.set_facts(
            (
                (self.tr("像素 / 视距"), filled(pattern, values)),
                (
                    self.tr("字号"),
                    filled(self.tr("墙面 {percent}%"), values) + ("" if measured else self.tr("，未实测")),
                ),
                (self.tr("分辨率"), f"{screen.width}×{screen.height}"),
                (self.tr("亮度"), light),
                (self.tr("权限"), self.tr("公开区，限制视频不显示")),
                (self.tr("断电恢复"), self.tr("按本机保存，自动回到本画面")),
                (self.tr("锁定"), lock),
            )
        )

    def _show_rules(self, look: Look) -> None:
        wall, rows = look.wall, []
        running = frozenset(layer.rule for layer in wall.picture.layers) if wall is not None else frozenset()
        for rule in wall.rules.values() if wall is not None else ():
            runs = rule.name in running
            state = self.tr("执行中") if runs else self.tr("待命") if rule.on else self.tr("停用")
            rows.append(RuleRow(rule.name, words.rule_when(rule), rule.scene, state, rule.on, runs))
        self.rules.set_rules(rows, look.unknown)
        hint = self.tr("空格 开关 · 回车 修改 · Delete 删除")
        self._rules_title.set_note(hint if rows else self.tr("整面墙"))
        reason = "" if look.feed.makes_rules else self.tr("只有值班长可定规则")
        if wall is None:
            reason = look.unknown or self.tr("没有大屏")
        elif not wall.scenes:
            reason = self.tr("先存一个场景")
        self.add_rule.set_availability(not reason, reason)
        # The form needs the room of what is only read meanwhile.
        open_ = not self.rule_form.isHidden()
        for part in (self._screen_title, self._screen, self._changes_title, self._changes, self.add_rule):
            set_shown(part, not open_)

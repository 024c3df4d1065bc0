"""The middle column: the wall, what is staged for it, its notice, its scenes and its past."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.views.wall_director import words
from desktop.views.wall_director.canvas import WallCanvas
from desktop.views.wall_director.cells import cells_of, hangs, plan_of, staged_changes
from desktop.views.wall_director.head import Head
from desktop.views.wall_director.look import Look
from desktop.views.wall_director.notice_pane import NoticePane
from desktop.views.wall_director.replay import ReplayStrip
from desktop.views.wall_director.scenes import SceneCard, SceneCards
from desktop.views.wall_director.staged_list import ROWS as STAGED_ROWS
from desktop.views.wall_director.staged_list import StagedList
from desktop.views.words import filled
from desktop.widgets.glyph_line import GlyphLine
from desktop.widgets.labels import PlainLabel, plain_label
from desktop.widgets.painting import format_count, format_percent
from desktop.widgets.section import SectionHeader
from domain.wall.values import NAME_MOST

CANVAS_SHARE = 100
"""The wall takes all the height that it can use; only what is over stays empty below."""
CHANGES_EVERY_S = 5


class Middle(QWidget):
    """`scene_named(name)`: keep what hangs, with what is staged, under this name."""

    scene_named = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = Head(theme)
        self._trouble = GlyphLine(theme)
        self.canvas = WallCanvas(theme)
        self._staged_head = SectionHeader(theme, self.tr("待应用"))
        self.staged = StagedList(theme)
        self.notice = NoticePane(theme)
        self.scenes = SceneCards(theme)
        self.scene_name = QLineEdit()
        self.scene_name.setMaxLength(NAME_MOST)
        self.scene_name.setPlaceholderText(self.tr("场景名称，回车保存现在的画面"))
        self.scene_name.setAccessibleName(self.tr("场景名称"))
        self.scene_name.returnPressed.connect(self._on_scene_named)
        self.replay = ReplayStrip(theme)
        self._replay_note = plain_label(theme, size="small", role="text.tertiary", elide=True)
        self._lay_out(theme)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        pad = theme.space("l")
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.space("s"))
        column.addWidget(self.head)
        column.addWidget(self._trouble)
        column.addWidget(self.canvas, CANVAS_SHARE)
        waiting = QVBoxLayout()
        waiting.setSpacing(theme.space("s"))
        waiting.addWidget(self._staged_head)
        waiting.addWidget(self.staged)
        below = QHBoxLayout()
        below.setSpacing(theme.space("xl"))
        below.addLayout(waiting, 1)
        below.addWidget(self.notice, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(below)
        column.addSpacing(theme.space("s"))
        self.scene_name.setFixedWidth(theme.space("xl") * 10)
        line = QHBoxLayout()
        line.addWidget(_title(theme, self.tr("场景")))
        line.addStretch(1)
        line.addWidget(self.scene_name)
        column.addLayout(line)
        column.addWidget(self.scenes)
        column.addSpacing(theme.space("s"))
        line = QHBoxLayout()
        line.addWidget(_title(theme, self.tr("墙面回看")))
        line.addWidget(self._replay_note, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(line)
        column.addWidget(self.replay)
        column.addStretch(1)

    def show_look(self, look: Look) -> None:
        feed = look.feed
        self.canvas.set_cells(cells_of(feed, look.stamp), look.selected, look.unknown or words.no_wall())
        self.head.show_state(feed, look.said)
        failed, then = self.tr("墙面图没有取到"), self.tr("随后自动再取。")
        self._trouble.set_text(feed.pictures_trouble.text(failed, then, look.site))
        self._show_staged(look)
        self._show_notice(look)
        self._show_scenes(look)
        self.replay.set_times(look.site, look.now, feed.past_at, tuple(change.at for change in feed.changes))
        self.replay.set_scenes(words.scenes_since(feed.changes))
        self._replay_note.set_text(self._replay_trouble(look) or self._replay_words(look))

    def _show_staged(self, look: Look) -> None:
        self.staged.set_changes(staged_changes(look.feed), look.unknown)
        count = len(look.feed.staged)
        note = filled(self.tr("{count} 处，墙上未变"), {"count": count}) if count else ""
        if count > STAGED_ROWS:
            note = filled(self.tr("{count} 处，列出前 {rows} 处，墙上未变"), {"count": count, "rows": STAGED_ROWS})
        self._staged_head.set_note(note)

    def _show_notice(self, look: Look) -> None:
        hung, reason = "", ""
        notice = look.then.notice if look.then is not None else None
        if notice is not None and look.at < notice.until:
            who = words.seat_word(notice.role, notice.seat)
            pattern = self.tr("墙上：{text} · 到 {until} · {who}")
            if look.past:
                pattern = self.tr("当时：{text} · 到 {until} · {who}")
            hung = filled(pattern, {"text": notice.text, "until": look.stamp(notice.until), "who": who})
        if look.wall is None:
            reason = look.unknown or self.tr("没有登记的大屏")
        elif look.past:
            reason = self.tr("正在回看，Esc 回到现在")
        elif not look.feed.mine:
            reason = self.tr("控制权在别的席位")
        self.notice.set_state(hung, look.selected, reason, look.unknown)

    def _show_scenes(self, look: Look) -> None:
        wall, then = look.wall, look.then
        if wall is None or then is None:
            self.scenes.set_cards((), look.unknown)
            return
        cards = []
        for name, scene in wall.scenes.items():
            note, more = words.scene_note(scene), words.scene_more(wall, scene)
            cards.append(SceneCard(name, note, more, hangs(then, scene), plan_of(then, scene)))
        self.scenes.set_cards(cards)

    def _replay_words(self, look: Look) -> str:
        feed = look.feed
        if feed.past_at is None:
            return self.tr("每次变更都有记录，点击或左右键可看当时墙上显示什么")
        text = filled(self.tr("正在看 {clock} 的墙面，Esc 回到现在"), {"clock": look.stamp(feed.past_at)})
        overview = feed.past_overview
        if overview is not None:
            rate = next((rate.kpi.value for rate in overview.rates if rate.kpi.id == "on_time_rate"), None)
            values = {
                "open": format_count(overview.open.total),
                "overdue": format_count(overview.open.overdue),
                "rate": format_percent(None if rate is None else rate * 100),
            }
            text += filled(self.tr(" · 当时在办 {open} · 超期 {overdue} · 按期结案率 {rate}%"), values)
        return text

    def _replay_trouble(self, look: Look) -> str:
        """Why the strip or the moment that is looked at may lack something."""
        feed = look.feed
        if feed.past_at is not None and feed.past_trouble:
            what = filled(self.tr("{clock} 的墙面没有取到"), {"clock": look.stamp(feed.past_at)})
            return feed.past_trouble.text(what, self.tr("再点这一刻重取，Esc 回到现在。"), look.site)
        then = filled(self.tr("{n} 秒后自动再取。"), {"n": CHANGES_EVERY_S})
        return feed.changes_trouble.text(self.tr("变更记录没有取到"), then, look.site)

    def _on_scene_named(self) -> None:
        name = self.scene_name.text().strip()
        if name:
            self.scene_name.clear()
            self.scene_named.emit(name)


def _title(theme: Theme, text: str) -> PlainLabel:
    return plain_label(theme, text, "body", weight="title")

"""The right column: the selected screen, its rotation, its measures, the wall's rules and the last changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from desktop.theme.theme import Theme, smallest_text_px
from desktop.views.wall_director.rotation_list import RotationList
from desktop.views.wall_director.rule_line import class_word
from desktop.views.words import filled
from desktop.widgets.base import ThemedWidget, set_shown
from desktop.widgets.labels import PlainLabel, plain_label
from domain.wall.values import Contents, Rule, RuleKind, Screen


class Section(ThemedWidget):
    """A heading with lines of text below; as many as there are."""

    def __init__(self, theme: Theme, title: str, empty: str, parent=None) -> None:
        super().__init__(theme, parent)
        self._empty = empty
        self._lines: list[PlainLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.space("m"))
        self._column.setSpacing(theme.space("xs"))
        self._title = plain_label(theme, title, "body", weight="title")
        self._column.addWidget(self._title)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def set_lines(self, lines: Sequence[str]) -> None:
        shown = list(lines) or [self._empty]
        while len(self._lines) < len(shown):
            label = plain_label(self._theme, size="small", role="text.secondary", elide=True)
            self._lines.append(label)
            self._column.addWidget(label)
        for label, text in zip(self._lines, shown, strict=False):
            label.set_text(text)
            label.setToolTip(text)
            label.show()
        for label in self._lines[len(shown) :]:
            label.hide()


class Side(ThemedWidget):
    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        column = QVBoxLayout(self)
        pad = theme.space("l")
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.space("xs"))
        self._head = plain_label(theme, size="heading", weight="title")
        column.addWidget(self._head)
        self._cause = plain_label(theme, size="small", role="text.tertiary", elide=True)
        column.addWidget(self._cause)
        self._rotation_title = plain_label(theme, self.tr("轮播"), "body", weight="title")
        self.rotation = RotationList(theme)
        self._rotation_hint = plain_label(
            theme,
            self.tr("+ − 改秒数，Alt ↑ ↓ 换次序，Delete 移出；应用后上墙"),
            "caption",
            role="text.tertiary",
            wrap=True,
        )
        self._screen = Section(theme, self.tr("屏设置"), self.tr("没有大屏"))
        self._rules = Section(theme, self.tr("规则"), self.tr("没有规则"))
        self._changes = Section(theme, self.tr("最近变更"), self.tr("没有变更"))
        self.rule = QLineEdit()
        self.rule.setPlaceholderText(self.tr("20:00-07:30 场景，或 严重 场景，-名称 删除"))
        self.rule.setAccessibleName(self.tr("写一条规则"))
        for part in (self._rotation_title, self.rotation, self._rotation_hint):
            column.addWidget(part)
        column.addSpacing(theme.space("m"))
        for section in (self._screen, self._rules):
            column.addWidget(section)
        column.addWidget(self.rule)
        column.addWidget(self._changes)
        column.addStretch(1)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self._theme.pen("hair"), self.height()), self._theme.color("line.hair"))
        painter.end()

    def set_head(self, text: str, cause: str) -> None:
        self._head.set_text(text)
        self._cause.set_text(cause)

    def set_rotation(self, contents: Contents, names: Sequence[str], turn: int, left_s: float) -> None:
        """What comes on this screen once applied; `turn` -1 where it is staged and hangs nowhere yet."""
        self.rotation.set_contents(contents, names, turn, left_s)
        set_shown(self._rotation_hint, len(contents) > 1)

    def set_screen(self, screen: Screen | None, locked: bool) -> None:
        if screen is None:
            self._screen.set_lines(())
            return
        wall = self._theme.tokens.profiles["wall"]
        pitch, distance = screen.pitch_mm or wall.pitch_mm, screen.distance_mm or wall.distance_mm
        values = {
            "pitch": f"{pitch:.2f}",
            "distance": f"{distance / 1000:g}",
            "px": smallest_text_px(wall, pitch, distance),
            "width": screen.width,
            "height": screen.height,
        }
        self._screen.set_lines(
            (
                filled(self.tr("像素间距 {pitch} 毫米 · 视距 {distance} 米"), values),
                filled(self.tr("最小字 {px} px · 分辨率 {width}×{height}"), values),
                self.tr("断电恢复 按本机保存，自动回到本画面"),
                self.tr("已锁，规则不换此屏（L 解锁）") if locked else self.tr("规则可换此屏（L 锁定）"),
            )
        )

    def set_rules(self, rules: Sequence[Rule], running: frozenset[str]) -> None:
        lines = []
        for rule in rules:
            when = f"{rule.start}–{rule.end}" if rule.kind is RuleKind.TIME else class_word(rule.alarm_class)
            state = self.tr("执行中") if rule.name in running else self.tr("待命") if rule.on else self.tr("停用")
            pattern = self.tr("{name} · {when} → {scene} · {state}")
            lines.append(filled(pattern, {"name": rule.name, "when": when, "scene": rule.scene, "state": state}))
        self._rules.set_lines(lines)

    def set_changes(self, lines: Sequence[str]) -> None:
        self._changes.set_lines(lines)

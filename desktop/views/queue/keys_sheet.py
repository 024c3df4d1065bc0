"""? : the keys of this window, on a sheet over it. Any key or click closes it."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.views.queue.action_specs import SLOTS
from desktop.views.words import command_word
from desktop.widgets.base import ThemedWidget
from desktop.widgets.key_hint import paint_key_hint
from desktop.widgets.painting import draw_text, fill_rounded, text_width
from desktop.widgets.wording import listed

COLUMNS = 3
KEY_SHARE = 0.36
"""Of a column stands for the key."""


def key_list() -> list[tuple[str, str]]:
    """(key, what it does), in reading order."""
    translate = QCoreApplication.translate
    moving = [
        ("J K ↑ ↓", translate("queue", "上下移动")),
        ("Home", translate("queue", "超期最久的")),
        ("N", translate("queue", "载入新到")),
        ("Esc", translate("queue", "关闭最内层，回到现在线")),
        ("1–9", translate("queue", "打开视图")),
        ("F", translate("queue", "筛选")),
        ("/", translate("queue", "命令")),
        ("Ctrl K", translate("queue", "查找")),
        ("L", translate("queue", "全部记录")),
        ("Enter", translate("queue", "在工单窗口打开")),
        (translate("queue", "空格"), translate("queue", "选中，批量办理")),
        ("Ctrl B", translate("queue", "批量办理")),
        ("Ctrl E", translate("queue", "导出列表")),
        ("Ctrl P", translate("queue", "打印列表")),
        ("Ctrl Z", translate("queue", "撤回派遣")),
        ("Ctrl + −", translate("queue", "字号")),
        ("Ctrl Shift L", translate("queue", "深色浅色")),
    ]
    slash = translate("queue", " / ")
    return moving + [(key, slash.join(command_word(name) for name in names)) for key, names in SLOTS]


class KeysSheet(ThemedWidget):
    """A child of the window, sized by its rows."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._keys = key_list()
        self.setAccessibleName(self.tr("本窗口的按键"))
        self.setAccessibleDescription(listed(f"{key} {text}" for key, text in self._keys))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def toggle(self) -> None:
        """Show it in the middle of the window, or hide it."""
        if self.isVisible():
            self.hide()
            return
        window = self.parentWidget()
        assert window is not None
        box = QRect(QPoint(0, 0), self.sizeHint())
        box.moveCenter(window.rect().center())
        self.setGeometry(box)
        self.show()
        self.raise_()

    def _row(self) -> int:
        return self._theme.row("compact")

    def sizeHint(self) -> QSize:
        theme = self._theme
        rows = -(-len(self._keys) // COLUMNS)
        width = max(theme.space("xl") * 34, math.ceil(COLUMNS * self._column_width()) + 2 * theme.space("xl"))
        return QSize(width, self._row() * (rows + 2) + theme.space("l"))

    def _column_width(self) -> float:
        """Room of a key and the longest words of this language."""
        theme = self._theme
        words = max(text_width(theme.font("small"), text) for _, text in self._keys)
        return (words + theme.space("l")) / (1 - KEY_SHARE)

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill_rounded(painter, box, theme.radius("panel"), theme.color("surface.raised"))
        painter.setPen(QPen(theme.color("line.strong"), theme.pen("hair")))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, theme.radius("panel"), theme.radius("panel"))
        pad = theme.space("xl")
        head = QRectF(pad, theme.space("s"), box.width() - 2 * pad, self._row())
        draw_text(painter, head, self.accessibleName(), theme.font("title", "title"), theme.color("text.primary"))
        rows = -(-len(self._keys) // COLUMNS)
        width = (box.width() - 2 * pad) / COLUMNS
        for place, (key, text) in enumerate(self._keys):
            line = QRectF(
                pad + place // rows * width, theme.space("s") + (place % rows + 1.4) * self._row(), width, self._row()
            )
            paint_key_hint(painter, theme, line.left(), line.center().y(), key)
            words = line.adjusted(width * KEY_SHARE, 0, 0, 0)
            draw_text(painter, words, text, theme.font("small"), theme.color("text.secondary"))
        painter.end()

    def mousePressEvent(self, event: QEvent) -> None:
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.hide()

"""? : the keys of this window, on a sheet over it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.key_hint import paint_key_hint
from desktop.widgets.painting import draw_text, fill_rounded
from desktop.widgets.wording import listed

COLUMNS = 3


def key_list() -> list[tuple[str, str]]:
    """(key, what it does), in reading order."""
    translate = QCoreApplication.translate
    return [
        ("↑ ↓ J K", translate("handover", "走项")),
        ("Enter", translate("handover", "复述、确认、回答")),
        ("Q", translate("handover", "有疑问")),
        ("E", translate("handover", "编辑")),
        ("N", translate("handover", "添加")),
        ("Del", translate("handover", "移除，写明原因")),
        ("U", translate("handover", "恢复已移除的")),
        ("D", translate("handover", "按现在的数重新起草")),
        ("1–5", translate("handover", "核对")),
        ("A", translate("handover", "全部变化")),
        ("P", translate("handover", "打印、预览、存文件")),
        ("R", translate("handover", "排班、换班")),
        ("B", translate("handover", "开始一次交接")),
        ("Ctrl Enter", translate("handover", "签名")),
        ("Esc", translate("handover", "关闭最内层")),
    ]


class KeysSheet(ThemedWidget):
    """A child of the window. Any key or click closes it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._keys = key_list()
        self.setAccessibleName(self.tr("本窗口的按键"))
        self.setAccessibleDescription(listed(f"{key} {text}" for key, text in self._keys))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def toggle(self) -> None:
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

    def sizeHint(self) -> QSize:
        rows = -(-len(self._keys) // COLUMNS)
        return QSize(self._theme.space("xl") * 34, self._theme.row("compact") * (rows + 2) + self._theme.space("l"))

    def paintEvent(self, event) -> None:
        theme, row = self._theme, self._theme.row("compact")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill_rounded(painter, box, theme.radius("panel"), theme.color("surface.raised"))
        painter.setPen(QPen(theme.color("line.strong"), theme.pen("hair")))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, theme.radius("panel"), theme.radius("panel"))
        pad, top = theme.space("xl"), theme.space("s")
        head = QRectF(pad, top, box.width() - 2 * pad, row)
        draw_text(painter, head, self.accessibleName(), theme.font("title", "title"), theme.color("text.primary"))
        rows = -(-len(self._keys) // COLUMNS)
        width = (box.width() - 2 * pad) / COLUMNS
        for place, (key, text) in enumerate(self._keys):
            line = QRectF(pad + place // rows * width, top + (place % rows + 1.4) * row, width, row)
            paint_key_hint(painter, theme, line.left(), line.center().y(), key)
            words = line.adjusted(width * 0.3, 0, 0, 0)
            draw_text(painter, words, text, theme.font("small"), theme.color("text.secondary"))
        painter.end()

    def mousePressEvent(self, event) -> None:
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.hide()

"""The rail at the left of every desk window: F1–F8 raise their windows; badges count what waits there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import CENTER, draw_text, fill_rounded, paint_focus, text_width


@dataclass(frozen=True, slots=True)
class RailItem:
    """One window: id, icon name, short word, key."""

    id: str
    icon: str
    text: str
    key: str = ""


class RailButton(QAbstractButton):
    """Icon above word, an edge when current, a badge with a number."""

    def __init__(self, theme: Theme, item: RailItem, parent=None) -> None:
        super().__init__(parent)
        self._theme, self._item = theme, item
        self._badge = 0
        self._current = False
        self.setText(item.text)
        self.setToolTip(f"{item.text} {item.key}".strip())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._describe()

    def item(self) -> RailItem:
        """What it stands for."""
        return self._item

    def set_badge(self, count: int) -> None:
        """0 hides the badge."""
        if count != self._badge:
            self._badge = count
            self._describe()

    def set_current(self, current: bool) -> None:
        """Mark as the window of this rail."""
        if current != self._current:
            self._current = current
            self._describe()

    def apply_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        name = f"{self._item.text} {self._item.key}".strip()
        if self._badge:
            name += self.tr("，{n} 条待处理").format(n=self._badge)
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.tr("当前窗口") if self._current else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(
            self._theme.row("normal") + self._theme.space("xl"), self._theme.row("normal") + self._theme.space("xl") - 2
        )

    def minimumSizeHint(self) -> QSize:
        """Low screen or large text: icon and word stand closer; where even that is too high the word is left to tip and reader."""
        theme = self._theme
        return QSize(self.sizeHint().width(), theme.px("number_m") + theme.space("xs"))

    def _has_room_for_word(self) -> bool:
        theme = self._theme
        return self.height() >= theme.px("number_m") + theme.line_px("caption") + theme.space("xs")

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        role = "text.primary" if self._current else "text.secondary" if self.underMouse() else "text.tertiary"
        if self._current:
            edge = QRectF(0, box.top() + theme.space("s"), 3, box.height() - 2 * theme.space("s"))
            painter.fillRect(edge, theme.component("table", "selected_edge"))
        side = theme.px("number_m")
        word = self._has_room_for_word()
        content = side + (theme.line_px("caption") + theme.space("xs") if word else 0)
        top = box.top() + min(float(theme.space("s")), max(0.0, (box.height() - content) / 2))
        x = box.center().x() - side / 2
        pixmap = theme.icon_pixmap(self._item.icon, role, side, self.devicePixelRatioF())
        painter.drawPixmap(round(x), round(top), pixmap)
        line = QRectF(box.left(), top + side, box.width(), theme.line_px("caption") + theme.space("xs"))
        if word:
            draw_text(painter, line, self._item.text, theme.font("caption"), theme.color(role), CENTER)
        if self._badge:
            self._paint_badge(painter, box, top)
        if self.hasFocus():
            paint_focus(painter, theme, box.adjusted(2, 2, -2, -2))
        painter.end()

    def _paint_badge(self, painter: QPainter, box: QRectF, top: float) -> None:
        theme = self._theme
        text = str(self._badge) if self._badge < 100 else "99+"
        height = theme.px("title")
        width = max(height, text_width(theme.font("caption", "number"), text) + theme.space("s"))
        left = min(box.center().x() + theme.space("xs"), box.right() - width - 2)
        badge = QRectF(left, top - theme.space("xs"), width, height)
        fill_rounded(painter, badge, height / 2, theme.color("alarm.critical"))
        draw_text(painter, badge, text, theme.font("caption", "number"), theme.color("text.on_alarm"), CENTER)


class Rail(ThemedWidget):
    """Items from the top, `bottom` items at the foot."""

    activated = Signal(str)

    def __init__(self, theme: Theme, items: Sequence[RailItem], bottom: Sequence[RailItem] = (), parent=None) -> None:
        super().__init__(theme, parent)
        self._buttons: dict[str, RailButton] = {}
        column = self._column = QVBoxLayout(self)
        for item in items:
            column.addWidget(self._add(item))
        column.addStretch(1)
        for item in bottom:
            column.addWidget(self._add(item))
        self.setAccessibleName(self.tr("窗口栏"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.restyle()

    def set_current(self, item_id: str) -> None:
        """Which window this is."""
        for button_id, button in self._buttons.items():
            button.set_current(button_id == item_id)

    def set_badge(self, item_id: str, count: int) -> None:
        """How many things wait there; 0 hides it. Raises KeyError."""
        self._buttons[item_id].set_badge(count)

    def button(self, item_id: str) -> RailButton:
        """One button, for tests and focus."""
        return self._buttons[item_id]

    def restyle(self) -> None:
        column = self._column
        column.setContentsMargins(0, self._theme.space("xs"), round(self._theme.pen("hair")), self._theme.space("xs"))
        column.setSpacing(0)

    def _add(self, item: RailItem) -> RailButton:
        button = RailButton(self._theme, item, self)
        button.clicked.connect(self._on_button_clicked)
        self._buttons[item.id] = button
        return button

    def _on_button_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, RailButton):
            self.activated.emit(sender.item().id)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface.app"))
        hair = self._theme.pen("hair")
        painter.fillRect(QRectF(self.width() - hair, 0, hair, self.height()), self._theme.color("line.hair"))
        painter.end()

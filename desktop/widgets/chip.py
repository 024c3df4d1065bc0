"""Filter chips: a value that can be clicked, shown as selected, or removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget, tab_after
from desktop.widgets.key_hint import key_hint_width, paint_key_hint
from desktop.widgets.painting import draw_text, fill_rounded, paint_focus, text_width


@dataclass(frozen=True, slots=True)
class ChipValue:
    """One chip of a row."""

    id: str
    text: str
    removable: bool = False
    selected: bool = False
    icon: str = ""
    key: str = ""


class Chip(QAbstractButton):
    """A chip; Delete or a click on the cross removes it when it is removable."""

    removed = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str,
        removable: bool = False,
        selected: bool = False,
        icon: str = "",
        key: str = "",
        parent=None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._removable, self._selected, self._icon, self._key = theme, removable, selected, icon, key
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Another text."""
        self.setText(text)
        self.setAccessibleName(self.tr("{text}，可移除").format(text=text) if self._removable else text)
        self.updateGeometry()
        self.update()

    def set_selected(self, selected: bool) -> None:
        """Paint as chosen."""
        self._selected = selected
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def _cross(self) -> QRectF:
        side = self._theme.px("caption")
        return QRectF(self.width() - self._theme.space("s") - side, (self.height() - side) / 2, side, side)

    def sizeHint(self) -> QSize:
        theme = self._theme
        width = 2 * theme.space("s") + text_width(theme.font("small"), self.text())
        width += theme.px("body") + theme.space("xs") if self._icon else 0
        width += key_hint_width(theme, self._key) + theme.space("xs") if self._key else 0
        width += theme.px("caption") + theme.space("xs") if self._removable else 0
        return QSize(int(width) + 2, max(theme.px("small") * 2, theme.hit_px - 2))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event) -> None:
        theme = self._theme
        accent = self._selected or self._removable
        ground = "accent.quiet" if accent else ("surface.hover" if self.underMouse() else "surface.control")
        text_role = "text.disabled" if not self.isEnabled() else "accent.base" if accent else "text.primary"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        fill_rounded(painter, box, theme.radius("control"), theme.color(ground))
        inner = box.adjusted(theme.space("s"), 0, -theme.space("s"), 0)
        if self._icon:
            side = theme.px("body")
            pixmap = theme.icon_pixmap(self._icon, text_role, side, self.devicePixelRatioF())
            painter.drawPixmap(int(inner.left()), int(inner.center().y() - side / 2), pixmap)
            inner.setLeft(inner.left() + side + theme.space("xs"))
        used = draw_text(painter, inner, self.text(), theme.font("small"), theme.color(text_role))
        left = inner.left() + used + theme.space("xs")
        if self._key and left + key_hint_width(theme, self._key) <= box.right():  # half a key would be a wrong key
            paint_key_hint(painter, theme, left, inner.center().y(), self._key, ground)
        if self._removable:
            self._paint_cross(painter)
        if self.hasFocus():
            paint_focus(painter, theme, box)
        painter.end()

    def _paint_cross(self, painter: QPainter) -> None:
        box = self._cross().adjusted(2.5, 2.5, -2.5, -2.5)
        painter.setPen(QPen(self._theme.color("accent.base"), 1.5))
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(QPointF(box.right(), box.top()), QPointF(box.left(), box.bottom()))

    def mouseReleaseEvent(self, event) -> None:
        on_cross = self._removable and event.position().x() >= self._cross().left() - self._theme.space("xs")
        if on_cross and self.rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)


class ChipRow(ThemedWidget):
    """Chips side by side, by id."""

    clicked = Signal(str)
    removed = Signal(str)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._chips: dict[str, Chip] = {}
        self._values: tuple[ChipValue, ...] = ()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        self.restyle()

    def set_chips(self, values: Sequence[ChipValue]) -> None:
        """Show these chips; the same ones again stay as they are, with focus and pointer, also when another one is chosen."""
        if tuple(values) == self._values:
            return
        if [replace(each, selected=False) for each in values] == [replace(e, selected=False) for e in self._values]:
            self._values = tuple(values)
            for value in values:
                self._chips[value.id].set_selected(value.selected)
            return
        self._values = tuple(values)
        row = self._row
        for chip in self._chips.values():
            row.removeWidget(chip)
            chip.hide()  # deleted only when the event loop comes round: nothing of it may be painted meanwhile
            chip.deleteLater()
        self._chips = {}
        for index, value in enumerate(values):
            chip = Chip(self._theme, value.text, value.removable, value.selected, value.icon, value.key, self)
            chip.clicked.connect(self._on_chip_clicked)
            chip.removed.connect(self._on_chip_removed)
            self._chips[value.id] = chip
            row.insertWidget(index, chip)
        tab_after(self, self._chips.values())

    def chip(self, chip_id: str) -> Chip:
        """One chip, for tests and focus."""
        return self._chips[chip_id]

    def restyle(self) -> None:
        self._row.setSpacing(self._theme.space("s"))

    def _sender_id(self) -> str | None:
        return next((key for key, chip in self._chips.items() if chip is self.sender()), None)

    def _on_chip_clicked(self) -> None:
        chip_id = self._sender_id()
        if chip_id is not None:
            self.clicked.emit(chip_id)

    def _on_chip_removed(self) -> None:
        chip_id = self._sender_id()
        if chip_id is not None:
            self.removed.emit(chip_id)

"""Small panels that lie on the map: the view lock, what is in sight, and the buttons. They take clicks; the map takes the rest."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.freshness_badge import freshness_text, freshness_width, paint_freshness
from desktop.widgets.glyphs import paint_status
from desktop.widgets.key_hint import key_hint_width, paint_key_hint
from desktop.widgets.painting import draw_text, format_count, paint_focus, text_width
from desktop.widgets.values import Freshness
from desktop.widgets.wording import listed


def paint_plate(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """The ground of a panel on the map."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("line.hair"), theme.pen("hair")))
    painter.setBrush(theme.color("surface.app"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("control"), theme.radius("control"))


class KeyBanner(QAbstractButton):
    """A state of the map in words, the key that ends it, and what that does. A click is as good as the key."""

    def __init__(self, theme: Theme, icon: str, text: str, key: str, action: str, parent=None) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._key = theme, icon, key
        self._texts = (text, action)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(listed(self._texts))

    def text_shown(self) -> str:
        return self._texts[0]

    def set_text(self, text: str) -> None:
        self._texts = (text, self._texts[1])
        self.setAccessibleName(listed(self._texts))
        self.updateGeometry()
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        wide = text_width(theme.font("small", "title"), self._texts[0]) + text_width(
            theme.font("small"), self._texts[1]
        )
        wide += key_hint_width(theme, self._key) + theme.px("small") + theme.space("m") * 4
        return QSize(round(wide) + theme.space("s"), theme.row("normal"))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint_plate(painter, theme, box)
        side = theme.px("small") + 2
        left = theme.space("m")
        picture = theme.icon_pixmap(self._icon, "text.primary", side, self.devicePixelRatioF())
        painter.drawPixmap(left, round(box.center().y() - side / 2), picture)
        text = box.adjusted(left + side + theme.space("s"), 0, 0, 0)
        used = draw_text(painter, text, self._texts[0], theme.font("small", "title"), theme.color("text.primary"))
        x = text.left() + used + theme.space("m")
        x += paint_key_hint(painter, theme, x, box.center().y(), self._key) + theme.space("s")
        rest = QRectF(x, 0, box.right() - x, box.height())
        draw_text(painter, rest, self._texts[1], theme.font("small"), theme.color("text.secondary"))
        if self.hasFocus():
            paint_focus(painter, theme, box)
        painter.end()


class LockBanner(KeyBanner):
    """视图已锁定，刷新不移动地图 · R 恢复自动取景. A click re-arms like the key."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, "lock", self.tr("视图已锁定，刷新不移动地图"), "R", self.tr("恢复自动取景"), parent)


class CountPlate(ThemedWidget):
    """图内在办 128 · 临期 17 · 超期 6, what is on the map without being counted (待受理), how many have no place, and how fresh it is."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._counts: tuple[int | None, int | None, int | None] = (None, None, None)
        self._note = ""
        self._freshness = Freshness()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_counts(self, shown: int | None, at_risk: int | None, overdue: int | None, note: str = "") -> None:
        if (shown, at_risk, overdue, note) != (*self._counts, self._note):
            self._counts, self._note = (shown, at_risk, overdue), note
            self._describe()

    def set_freshness(self, freshness: Freshness) -> None:
        said = freshness_text(self._theme, self._freshness), self._freshness.state
        self._freshness = freshness
        if said != (freshness_text(self._theme, freshness), freshness.state):
            self._describe()

    def _describe(self) -> None:
        shown, at_risk, overdue = self._counts
        words = (
            (self.tr("图内在办"), shown),
            (self._theme.status("sla", "at_risk").word, at_risk),
            (self._theme.status("sla", "overdue").word, overdue),
        )
        self.setAccessibleName(
            " ".join([*(f"{word} {format_count(count)}" for word, count in words), self._note]).strip()
        )
        self.updateGeometry()
        self.adjustSize()
        self.update()

    def _parts(self) -> list[tuple[str, str, tuple[str, str] | None]]:
        """(text, weight, status before it)."""
        shown, at_risk, overdue = (format_count(count) for count in self._counts)
        parts: list[tuple[str, str, tuple[str, str] | None]] = [
            (self.tr("图内在办"), "body", None),
            (shown, "number", None),
            (at_risk, "body", ("sla", "at_risk")),
            (overdue, "body", ("sla", "overdue")),
        ]
        return [*parts, (self._note, "body", None)] if self._note else parts

    def sizeHint(self) -> QSize:
        theme = self._theme
        wide = sum(self._part_width(*part) for part in self._parts()) + 2 * theme.space("m")
        wide += freshness_width(theme, self._freshness, "full") + theme.space("l")
        return QSize(round(wide) + 2, theme.row("normal"))

    def _part_width(self, text: str, weight: str, status: tuple[str, str] | None) -> float:
        theme = self._theme
        glyph = theme.px("small") + theme.space("xs") if status else 0
        return text_width(theme.font("small", weight), text) + glyph + theme.space("s")

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint_plate(painter, theme, box)
        x, side = float(theme.space("m")), theme.px("small") * 0.9
        for text, weight, status in self._parts():
            start = x
            if status is not None:
                paint_status(painter, theme, *status, QRectF(x, box.center().y() - side / 2, side, side))
                x += theme.px("small") + theme.space("xs")
            role = "text.primary" if weight == "number" or status else "text.secondary"
            draw_text(
                painter,
                QRectF(x, 0, box.right() - x, box.height()),
                text,
                theme.font("small", weight),
                theme.color(role),
            )
            x = start + self._part_width(text, weight, status)
        line = theme.space("s")
        painter.fillRect(QRectF(x, line, theme.pen("hair"), box.height() - 2 * line), theme.color("line.hair"))
        x += theme.space("m")
        paint_freshness(painter, QRectF(x, 0, box.right() - x, box.height()), theme, self._freshness, "full")
        painter.end()


class IconButton(QAbstractButton):
    """A small square with an icon; its name is its tool tip."""

    def __init__(self, theme: Theme, icon: str, name: str, parent=None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.set_icon(icon, name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str, name: str) -> None:
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.row("normal") - self._theme.space("xs") // 2
        return QSize(side, side)

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.isDown() or self.isChecked():
            painter.fillRect(box, theme.color("accent.quiet"))
        side = theme.px("title")
        role = "accent.base" if self.isChecked() else "text.secondary"
        picture = theme.icon_pixmap(self._icon, role, side, self.devicePixelRatioF())
        painter.drawPixmap(round(box.center().x() - side / 2 + 0.5), round(box.center().y() - side / 2 + 0.5), picture)
        if self.hasFocus():
            paint_focus(painter, theme, box)
        painter.end()


class MapButtons(ThemedWidget):
    """Nearer, farther, frame all, select an area, measure."""

    zoom_requested = Signal(float)
    rearm_requested = Signal()
    band_toggled = Signal(bool)
    measure_toggled = Signal(bool)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self.plus = IconButton(theme, "plus", self.tr("放大"))
        self.minus = IconButton(theme, "minus", self.tr("缩小"))
        self.home = IconButton(theme, "locate", self.tr("恢复自动取景"))
        self.band = IconButton(theme, "maximize", self.tr("框选工单"))
        self.measure = IconButton(theme, "ruler", self.tr("量距 M"))
        for button in (self.band, self.measure):
            button.setCheckable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for button in (self.plus, self.minus, self.home, self.band, self.measure):
            column.addWidget(button)
        self.plus.clicked.connect(self._on_plus)
        self.minus.clicked.connect(self._on_minus)
        self.home.clicked.connect(self.rearm_requested)
        self.band.toggled.connect(self.band_toggled)
        self.measure.toggled.connect(self.measure_toggled)

    def _on_plus(self) -> None:
        self.zoom_requested.emit(0.5)

    def _on_minus(self) -> None:
        self.zoom_requested.emit(-0.5)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        paint_plate(painter, self._theme, QRectF(self.rect()))
        painter.end()

"""The screens of a machine as outlines with their numbers; windows are dragged onto them. Choosing by keyboard is the view's matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import CENTER, draw_text, fill_rounded, text_width
from desktop.widgets.wording import listed

MOST_HIGH = 8
"""Height of all outlines together, in large spaces."""


@dataclass(frozen=True, slots=True)
class ScreenOutline:
    """One screen; left, top, width and height in any one unit."""

    name: str
    number: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class WindowChip:
    """A window that may be dragged."""

    id: str
    title: str


class ScreenOutlines(ThemedWidget):
    """`dropped(screen, window)`. Without chips it only shows what stands where."""

    dropped = Signal(str, str)

    def __init__(self, theme: Theme, screens: Sequence[ScreenOutline], parent=None) -> None:
        super().__init__(theme, parent)
        self._screens = tuple(screens)
        self._chips: tuple[WindowChip, ...] = ()
        self._placed: dict[str, str] = {}
        self._held: WindowChip | None = None
        self._at = QPointF()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_chips(self, chips: Sequence[WindowChip]) -> None:
        """The windows that there are."""
        self._chips = tuple(chips)
        self.updateGeometry()
        self.update()

    def set_placed(self, titles: Mapping[str, str]) -> None:
        """What stands on each screen, by its name."""
        self._placed = dict(titles)
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleName(
            listed(
                " ".join(part for part in (str(screen.number), screen.name, self._placed.get(screen.name, "")) if part)
                for screen in self._screens
            )
        )
        self.update()

    # -- where things are -----------------------------------------------------------------------------

    def _chip_height(self) -> int:
        return self._theme.row("compact")

    def chip_rects(self) -> list[QRectF]:
        """Where each chip stands, in lines as wide as the widget."""
        theme = self._theme
        pad, gap, high = theme.space("m"), theme.space("s"), self._chip_height()
        rects, x, y = [], 0.0, 0.0
        for chip in self._chips:
            wide = text_width(theme.font("small"), chip.title) + 2 * pad
            if x and x + wide > self.width():
                x, y = 0.0, y + high + gap
            rects.append(QRectF(x, y, wide, high))
            x += wide + gap
        return rects

    def _field(self) -> QRectF:
        rects = self.chip_rects()
        top = rects[-1].bottom() + self._theme.space("m") if rects else 0.0
        return QRectF(0, top, self.width(), self.height() - top)

    def _bounds(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of all screens together, in their own unit."""
        left = min((each.left for each in self._screens), default=0.0)
        top = min((each.top for each in self._screens), default=0.0)
        wide = max((each.left + each.width for each in self._screens), default=1.0) - left
        high = max((each.top + each.height for each in self._screens), default=1.0) - top
        return left, top, max(wide, 1.0), max(high, 1.0)

    def screen_rect(self, name: str) -> QRectF:
        """Where a screen is drawn; empty for one that there is not."""
        field = self._field()
        left, top, wide, high = self._bounds()
        scale = min(field.width() / wide, field.height() / high)
        gap = self._theme.space("xs")
        for each in self._screens:
            if each.name == name:
                box = QRectF(
                    field.left() + (field.width() - wide * scale) / 2 + (each.left - left) * scale,
                    field.top() + (each.top - top) * scale,
                    each.width * scale,
                    each.height * scale,
                )
                return box.adjusted(gap, gap, -gap, -gap)
        return QRectF()

    def _screen_at(self, at: QPointF) -> str:
        return next((each.name for each in self._screens if self.screen_rect(each.name).contains(at)), "")

    def sizeHint(self) -> QSize:
        rects = self.chip_rects()
        chips = rects[-1].bottom() + self._theme.space("m") if rects else 0.0
        wish, most = self._theme.space("xl") * 20, self._theme.space("xl") * MOST_HIGH
        _, _, wide, high = self._bounds()
        return QSize(wish, round(chips + min(most, max(self.width(), wish) * high / wide)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 10, self.sizeHint().height())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    # -- painting -------------------------------------------------------------------------------------

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self._screen_at(self._at) if self._held is not None else ""
        for screen in self._screens:
            self._paint_screen(painter, screen, screen.name == over)
        for chip, box in zip(self._chips, self.chip_rects(), strict=True):
            self._paint_chip(painter, box, chip)
        if self._held is not None:
            rect = QRectF(0, 0, text_width(self._theme.font("small"), self._held.title), self._chip_height())
            rect.adjust(0, 0, 2 * self._theme.space("m"), 0)
            rect.moveCenter(self._at)
            self._paint_chip(painter, rect, self._held, held=True)
        painter.end()

    def _paint_screen(self, painter: QPainter, screen: ScreenOutline, is_target: bool) -> None:
        theme, box = self._theme, self.screen_rect(screen.name)
        title = self._placed.get(screen.name, "")
        ground = "accent.quiet" if is_target else "surface.raised" if title else "surface.panel"
        painter.setBrush(theme.color(ground))
        painter.setPen(QPen(theme.color("accent.base" if is_target else "line.strong"), theme.pen("hair")))
        painter.drawRoundedRect(box, theme.radius("panel"), theme.radius("panel"))
        line = theme.line_px("title")
        upper = QRectF(box.left(), box.center().y() - line, box.width(), line)
        draw_text(
            painter, upper, str(screen.number), theme.font("title", "number"), theme.color("text.primary"), CENTER
        )
        lower = QRectF(box.left(), box.center().y(), box.width(), theme.line_px("small"))
        draw_text(painter, lower, title or "–", theme.font("small"), theme.color("text.secondary"), CENTER)

    def _paint_chip(self, painter: QPainter, box: QRectF, chip: WindowChip, *, held: bool = False) -> None:
        theme = self._theme
        fill_rounded(painter, box, theme.radius("control"), theme.color("accent.quiet" if held else "surface.control"))
        draw_text(painter, box, chip.title, theme.font("small"), theme.color("text.primary"), CENTER)

    # -- the hand -------------------------------------------------------------------------------------

    def _chip_at(self, at: QPointF) -> WindowChip | None:
        return next(
            (chip for chip, box in zip(self._chips, self.chip_rects(), strict=True) if box.contains(at)),
            None,
        )

    def mousePressEvent(self, event) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held, self._at = self._chip_at(event.position()), event.position()
            self.update()

    def mouseMoveEvent(self, event) -> None:
        if self._held is not None:
            self._at = event.position()
            self.update()
            return
        over = self._chip_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event) -> None:
        held, self._held = self._held, None
        screen = self._screen_at(event.position())
        self.update()
        if held is not None and screen:
            self.dropped.emit(screen, held.id)

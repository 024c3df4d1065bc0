"""Share of closed tickets per level against its target: name, number, share, bar with tick, gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import RIGHT, draw_runs, draw_text, format_count, format_percent, format_signed
from desktop.widgets.scale_bar import bar_height, paint_scale_bar, share_of
from desktop.widgets.values import DASH, Run
from desktop.widgets.wording import listed


@dataclass(frozen=True, slots=True)
class LevelShare:
    """One level; share and target in percent."""

    name: str
    n: int | None
    share: float | None
    target: float | None = None


class LevelMeter(ThemedWidget):
    """Levels from top to bottom, evenly spread over the height. Walked like the points of a chart (`ChartBase`): `read`, `step`.

    `point_clicked(index)`: the tickets of a level are wanted.
    """

    point_clicked = Signal(int)

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._levels: tuple[LevelShare, ...] = ()
        self._dimmed = False
        self._reading: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_levels(self, levels: Sequence[LevelShare]) -> None:
        """All levels in their fixed order."""
        self._levels = tuple(levels)
        self.setAccessibleName(listed(self._words(level) for level in self._levels))
        if self._reading is not None and self._reading >= len(self._levels):
            self.read(None)
        self.updateGeometry()
        self.update()

    def _words(self, level: LevelShare) -> str:
        share = DASH if level.share is None else f"{format_percent(level.share, 1)}%"
        target = "" if level.target is None else self.tr("目标 {target}").format(target=f"{level.target:g}%")
        return f"{level.name} {format_count(level.n)} {share} {target}".strip()

    # -- reading --------------------------------------------------------------------------------

    def reading(self) -> int | None:
        """The level that the keys stand on."""
        return self._reading

    def read(self, index: int | None) -> None:
        """Marks a level; None marks none."""
        count = len(self._levels)
        index = None if index is None or not count else max(0, min(index, count - 1))
        if index != self._reading:
            self._reading = index
            self.setAccessibleDescription("" if index is None else self._words(self._levels[index]))
            self.update()

    def step(self, step: int) -> None:
        """The next level with the keys; the first one when none is marked yet."""
        self.read(0 if self._reading is None else self._reading + step)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        hit = next((index for index, box in enumerate(self._boxes()) if box.contains(event.position())), None)
        if hit is not None and event.button() == Qt.MouseButton.LeftButton and not self._theme.is_wall:
            self.point_clicked.emit(hit)

    # -- size and paint -------------------------------------------------------------------------

    def set_dimmed(self, dimmed: bool) -> None:
        """Late data."""
        self._dimmed = dimmed
        self.update()

    def _block(self, level: LevelShare) -> float:
        theme = self._theme
        # Without a target there is no line below the bar.
        foot = 0.0 if level.target is None else theme.line_px("caption") * 0.9
        return theme.line_px("body") + bar_height(theme) * 1.8 + foot

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 7, int(sum(self._block(level) for level in self._levels)) + 1)

    def paintEvent(self, event) -> None:
        if not self._levels:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, (level, box) in enumerate(zip(self._levels, self._boxes(), strict=True)):
            if index == self._reading:
                painter.fillRect(box, self._theme.component("table", "selected"))
            self._paint_level(painter, box, level)
        painter.end()

    def _boxes(self) -> list[QRectF]:
        """Where the levels stand. Spread, but not without end: three levels on a tall panel still read as one group."""
        blocks = [self._block(level) for level in self._levels]
        spread = min(1.35, self.height() / sum(blocks)) if blocks else 1.0
        tops = accumulate((block * spread for block in blocks), initial=0.0)
        return [
            QRectF(0, top, self.width(), min(block, block * spread)) for top, block in zip(tops, blocks, strict=False)
        ]

    def _paint_level(self, painter: QPainter, box: QRectF, level: LevelShare) -> None:
        theme = self._theme
        lines = theme.line_px("body"), bar_height(theme) * 1.8, theme.line_px("caption") * 0.9
        # On a panel that lends a line to a notice the lines stand closer; the last one stays whole.
        squeeze = min(1.0, box.height() / self._block(level))
        head = QRectF(box.left(), box.top(), box.width(), lines[0] * squeeze)
        runs = (Run(f"{level.name} ", role="text.primary"), Run(format_count(level.n), role="text.tertiary"))
        share = DASH if level.share is None else f"{format_percent(level.share, 1)}%"
        size = "title" if theme.is_wall else "body"
        used = draw_text(painter, head, share, theme.font(size, "number"), theme.color(self._value_role()), RIGHT)
        draw_runs(painter, head.adjusted(0, 0, -used - theme.space("s"), 0), runs, theme, "body")
        bar = QRectF(box.left(), head.bottom(), box.width(), lines[1] * squeeze)
        paint_scale_bar(
            painter, bar, theme, share_of(level.share, 0, 100), share_of(level.target, 0, 100), self._dimmed
        )
        if level.target is None:
            return
        foot = QRectF(box.left(), bar.bottom(), box.width(), lines[2] * squeeze)
        font, color = theme.font("caption"), theme.color("text.tertiary")
        draw_text(painter, foot, self.tr("目标 {target}").format(target=f"{level.target:g}%"), font, color)
        gap = None if level.share is None else level.share - level.target
        draw_text(painter, foot, format_signed(gap, 1), font, color, RIGHT)

    def _value_role(self) -> str:
        return "text.secondary" if self._dimmed else "text.primary"

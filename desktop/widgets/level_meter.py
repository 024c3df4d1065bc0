"""Share of closed tickets per level against its target: name, number, share, bar with tick, gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
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
    """Levels from top to bottom, evenly spread over the height."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._levels: tuple[LevelShare, ...] = ()
        self._dimmed = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_levels(self, levels: Sequence[LevelShare]) -> None:
        """All levels in their fixed order."""
        self._levels = tuple(levels)
        words = []
        for level in self._levels:
            share = DASH if level.share is None else f"{format_percent(level.share, 1)}%"
            target = "" if level.target is None else self.tr("目标 {target}").format(target=f"{level.target:g}%")
            words.append(f"{level.name} {format_count(level.n)} {share} {target}".strip())
        self.setAccessibleName(listed(words))
        self.updateGeometry()
        self.update()

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
        # Spread, but not without end: three levels on a tall panel still read as one group.
        blocks = [self._block(level) for level in self._levels]
        spread = min(1.35, self.height() / sum(blocks))
        top = 0.0
        for level, block in zip(self._levels, blocks, strict=True):
            self._paint_level(painter, QRectF(0, top, self.width(), min(block, block * spread)), level)
            top += block * spread
        painter.end()

    def _paint_level(self, painter: QPainter, box: QRectF, level: LevelShare) -> None:
        theme = self._theme
        head = QRectF(box.left(), box.top(), box.width(), theme.line_px("body"))
        runs = (Run(f"{level.name} ", role="text.primary"), Run(format_count(level.n), role="text.tertiary"))
        share = DASH if level.share is None else f"{format_percent(level.share, 1)}%"
        size = "title" if theme.is_wall else "body"
        used = draw_text(painter, head, share, theme.font(size, "number"), theme.color(self._value_role()), RIGHT)
        draw_runs(painter, head.adjusted(0, 0, -used - theme.space("s"), 0), runs, theme, "body")
        bar = QRectF(box.left(), head.bottom(), box.width(), bar_height(theme) * 1.8)
        paint_scale_bar(
            painter, bar, theme, share_of(level.share, 0, 100), share_of(level.target, 0, 100), self._dimmed
        )
        if level.target is None:
            return
        foot = QRectF(box.left(), bar.bottom(), box.width(), theme.line_px("caption") * 0.9)
        font, color = theme.font("caption"), theme.color("text.tertiary")
        draw_text(painter, foot, self.tr("目标 {target}").format(target=f"{level.target:g}%"), font, color)
        gap = None if level.share is None else level.share - level.target
        draw_text(painter, foot, format_signed(gap, 1), font, color, RIGHT)

    def _value_role(self) -> str:
        return "text.secondary" if self._dimmed else "text.primary"

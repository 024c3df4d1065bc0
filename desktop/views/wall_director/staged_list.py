"""待应用: each screen that will change, as small pictures before → after, with where the pictures are from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.views.wall_director.thumb import SHAPE, paint_thumb
from desktop.widgets.base import ThemedWidget
from desktop.widgets.painting import CENTER, draw_text, fill_rounded

ROWS = 3


@dataclass(frozen=True, slots=True)
class StagedChange:
    """One screen: what hangs there, what will, their pictures, and a note about these."""

    number: int
    before: str
    after: str
    before_image: QImage | None
    after_image: QImage | None
    note: str
    before_icon: str = "monitor"
    after_icon: str = "monitor"


class StagedList(ThemedWidget):
    """As high as three rows whatever is staged, a little less in a low window: the wall above it does not jump. One change alone is
    shown larger."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._changes: tuple[StagedChange, ...] = ()
        self._empty = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.set_changes(())

    def set_changes(self, changes: Sequence[StagedChange], unknown: str = "") -> None:
        """The first three are drawn; the heading says how many there are. `unknown`: why nobody knows what hangs on the wall."""
        self._empty = unknown or self.tr("没有待应用的更改，墙上即此")
        self._changes = tuple(changes[:ROWS])
        self.setAccessibleName(" · ".join(f"{c.number} {c.before} → {c.after}" for c in self._changes) or self._empty)
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        return QSize(theme.space("xl") * 14, ROWS * self._row())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 10, (ROWS - 1) * self._row())

    def _row(self) -> int:
        return self._theme.line_px("small") + self._theme.line_px("caption")

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        if not self._changes:
            line = QRectF(0, 0, self.width(), theme.line_px("body"))
            draw_text(painter, line, self._empty, theme.font("small"), theme.color("text.tertiary"))
        most = theme.line_px("small") * 4
        high = min(self.height() / max(len(self._changes), 1), most)
        for row, change in enumerate(self._changes):
            self._paint_change(painter, change, QRectF(0, row * high, self.width(), high - theme.space("xs")))
        painter.end()

    def _paint_change(self, painter: QPainter, change: StagedChange, box: QRectF) -> None:
        theme, dpr = self._theme, self.devicePixelRatioF()
        side, gap = theme.line_px("body"), theme.space("s")
        badge = QRectF(0, box.center().y() - side / 2, side, side)
        fill_rounded(painter, badge, theme.radius("control"), theme.color("surface.control"))
        draw_text(painter, badge, str(change.number), theme.font("small"), theme.color("text.secondary"), CENTER)
        wide = box.height() / SHAPE
        before = QRectF(badge.right() + gap, box.top(), wide, box.height())
        arrow = QRectF(before.right(), box.top(), side + gap, box.height())
        after = QRectF(arrow.right(), box.top(), wide, box.height())
        paint_thumb(painter, theme, before, change.before_image, change.before_icon, dpr)
        draw_text(painter, arrow, "→", theme.font("body"), theme.color("text.secondary"), CENTER)
        paint_thumb(painter, theme, after, change.after_image, change.after_icon, dpr)
        x = after.right() + theme.space("m")
        high = theme.line_px("small") + theme.line_px("caption")
        upper = QRectF(x, box.center().y() - high / 2, box.width() - x, theme.line_px("small"))
        lower = QRectF(x, upper.bottom(), upper.width(), theme.line_px("caption"))
        used = draw_text(
            painter, upper, f"{change.before} → ", theme.font("small"), theme.color("text.secondary"),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        )  # fmt: skip
        rest = upper.adjusted(min(used, upper.width()), 0, 0, 0)
        draw_text(painter, rest, change.after, theme.font("small", "title"), theme.color("text.primary"))
        draw_text(painter, lower, change.note, theme.font("caption"), theme.color("text.tertiary"))

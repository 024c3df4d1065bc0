"""The one sentence on top of the wall: at most three findings, or calm, or that the link is down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import (
    draw_runs,
    draw_text,
    fill_rounded,
    header_hatch,
    runs_text,
    runs_width,
    text_width,
)
from desktop.widgets.values import Run
from desktop.widgets.wording import sentences

MOST_FINDINGS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a named rule, worst first in the list."""

    runs: tuple[Run, ...]


class Headline(ThemedWidget):
    """Findings line; the lead word says how many things need a look."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._status: tuple[str, str] | None = None
        self._lead = ""
        self._parts: tuple[tuple[Run, ...], ...] = ()
        self._hatched = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_findings(self, findings: Sequence[Finding], status: tuple[str, str] = ("sla", "at_risk")) -> None:
        """Up to three findings; none means calm. `status` is the glyph of the worst one."""
        shown = tuple(finding.runs for finding in findings[:MOST_FINDINGS])
        if not shown:
            self.set_calm()
            return
        self._set(status, self._lead_word(len(shown)), shown, False)

    def set_calm(self, text: str = "") -> None:
        """运行平稳."""
        self._set(("sla", "ok"), text or self.tr("运行平稳"), (), False)

    def set_offline(self, lead: str, runs: Sequence[Run]) -> None:
        """The link is down: "与联动服务断开 6 分钟", then whose numbers are shown."""
        self._set(("freshness", "offline"), lead, (tuple(runs),), True)

    def set_never(self, lead: str) -> None:
        """Nothing was ever received."""
        self._set(("freshness", "never"), lead, (), True)

    def _lead_word(self, count: int) -> str:
        return (self.tr("一项需关注"), self.tr("两项需关注"), self.tr("三项需关注"))[count - 1]

    def text(self) -> str:
        """The whole sentence, plain."""
        return sentences([self._lead, *(runs_text(part) for part in self._parts)])

    def _set(self, status: tuple[str, str], lead: str, parts: tuple[tuple[Run, ...], ...], hatched: bool) -> None:
        self._status, self._lead, self._parts, self._hatched = status, lead, parts, hatched
        self.setAccessibleName(self.text())
        self.update()

    def _size(self) -> str:
        return "heading" if self._theme.is_wall else "title"

    def _fitting(self, width: float) -> tuple[str, tuple[tuple[Run, ...], ...]]:
        """(size, findings that are shown): one step smaller when they would not all fit; what does not fit even then is counted
        at the end, never cut in the middle.
        """
        theme, size = self._theme, self._size()
        if self._wish(self._parts, size) <= width:
            return size, self._parts
        size = "title" if theme.is_wall else "body"
        for count in range(len(self._parts), 1, -1):
            parts = self._parts[:count]
            if count < len(self._parts):
                left_out = (Run(self.tr("另 {n} 项").format(n=len(self._parts) - count)),)
                parts = (*parts, left_out)
            if self._wish(parts, size) <= width:
                return size, parts
        return size, self._parts[:1]

    def _wish(self, parts: Sequence[tuple[Run, ...]], size: str) -> float:
        theme = self._theme
        wish = text_width(theme.font(size, "number"), self._lead) + theme.px(size) + theme.space("m")
        return wish + sum(runs_width(part, theme, size) + 2 * theme.space("l") for part in parts)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 10, self._theme.line_px(self._size()) + self._theme.space("m"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        fill_rounded(painter, box, theme.radius("panel"), theme.color("surface.panel"))
        if self._hatched:
            fill_rounded(painter, box, theme.radius("panel"), header_hatch(theme))
        if self._status is not None:
            self._paint_words(painter, box.adjusted(theme.space("l"), 0, -theme.space("l"), 0))
        painter.end()

    def _paint_words(self, painter: QPainter, inner: QRectF) -> None:
        theme = self._theme
        size, parts = self._fitting(inner.width())
        side = theme.px(size) * 0.72
        kind, state = self._status or ("sla", "ok")
        paint_status(painter, theme, kind, state, QRectF(inner.left(), inner.center().y() - side / 2, side, side))
        x = inner.left() + side + theme.space("m")
        lead = QRectF(x, inner.top(), inner.right() - x, inner.height())
        x += draw_text(painter, lead, self._lead, theme.font(size, "number"), theme.color("text.primary"))
        for index, part in enumerate(parts):
            x += theme.space("l")
            if index:
                height = theme.px(size)
                line = QRectF(round(x), inner.center().y() - height / 2, theme.pen("hair"), height)
                painter.fillRect(line, theme.color("line.hair"))
                x += theme.space("l")
            rest = QRectF(x, inner.top(), max(0.0, inner.right() - x), inner.height())
            x += draw_runs(painter, rest, part, theme, size, "text.primary")

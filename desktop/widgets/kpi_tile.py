"""A rate with its truth: value, numerator / denominator, exclusions, definition, scale with target, verdict in words, last days."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.freshness_badge import freshness_text
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import (
    RIGHT,
    baseline,
    draw_runs,
    draw_text,
    fill_rounded,
    format_count,
    format_percent,
    format_signed,
    paint_focus,
    runs_width,
    text_width,
)
from desktop.widgets.panel_header import header_height, paint_panel_header
from desktop.widgets.scale_bar import paint_scale_bar, share_of
from desktop.widgets.sparkline import paint_sparkline
from desktop.widgets.values import DASH, Freshness, Run
from desktop.widgets.wording import listed

TIGHT_LINE = 1.08
"""Least distance of text lines, in sizes of the text."""


@dataclass(frozen=True, slots=True)
class RateValue:
    """A rate in percent. None = not computable (N = 0) and prints as "–". `excluded` = (word, number) pairs.

    `compared`: the change against the period before, in words, printed at the right end of the verdict line.
    """

    value: float | None
    numerator: int | None
    denominator: int | None
    excluded: tuple[tuple[str, int], ...] = ()
    formula: str = ""
    period: str = ""
    target: float | None = None
    floor: float = 0.0
    ceiling: float = 100.0
    history: tuple[float | None, ...] = ()
    compared: str = ""

    @property
    def gap(self) -> float | None:
        """Value minus target in percentage points."""
        return None if self.value is None or self.target is None else self.value - self.target


EMPTY = RateValue(None, None, None)


class RateTile(ThemedWidget):
    """One rate. Click, Enter or Space asks for the tickets behind it (desk)."""

    clicked = Signal()

    def __init__(self, theme: Theme, title: str, parent=None) -> None:
        super().__init__(theme, parent)
        self._title = title
        self._value = EMPTY
        self._freshness = Freshness()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()
        self._describe()

    def set_value(self, value: RateValue) -> None:
        """Another value."""
        if value != self._value:
            self._value = value
            self._describe()

    def set_freshness(self, freshness: Freshness) -> None:
        """Its age; without any value ever received the numbers print as "–"."""
        self._freshness = freshness
        self._describe()

    def value(self) -> RateValue:
        """What is shown: the last value, or only its definition and target when none was ever received."""
        if self._freshness.has_values:
            return self._value
        return replace(self._value, value=None, numerator=None, denominator=None, excluded=(), history=(), compared="")

    def restyle(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if self._theme.is_wall else Qt.FocusPolicy.TabFocus)

    def _describe(self) -> None:
        shown = self.value()
        percent = DASH if shown.value is None else f"{format_percent(shown.value)}%"
        parts = [f"{self._title} {percent}"]
        if shown.denominator is not None:
            parts.append(self.tr("{n} 除以 {m}").format(n=shown.numerator, m=shown.denominator))
        parts += [f"{word} {number}" for word, number in shown.excluded]
        if shown.target is not None:
            parts += [self.tr("目标 {target}").format(target=f"{shown.target:g}"), self._verdict()[1]]
        parts.append(shown.compared)
        parts.append(freshness_text(self._theme, self._freshness, "panel"))
        self.setAccessibleName(listed(parts))
        self.update()

    def _verdict(self) -> tuple[str, str]:
        """SLA state of the glyph, and the words with the gap."""
        gap = self.value().gap
        if gap is None:
            return "", ""
        # The printed digits decide: never "未达标 ±0.00".
        met = round(gap, 2) >= 0
        word = self.tr("达标") if met else self.tr("未达标")
        return ("ok" if met else "at_risk"), f"{word} {format_signed(gap)}"

    def sizeHint(self) -> QSize:
        theme = self._theme
        height = header_height(theme) + self._value_height() + 2 * theme.line_px("caption") + theme.space("s")
        return QSize(theme.space("xl") * 14, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 10, self.sizeHint().height())

    def _value_height(self) -> int:
        return max(math.ceil(self._theme.px("number_l") * 1.15), 2 * self._theme.line_px("caption"))

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        fill_rounded(painter, box, theme.radius("panel"), theme.component("panel", "ground"))
        header = QRectF(0, 0, box.width(), header_height(theme))
        paint_panel_header(painter, header, theme, self._title, self.value().period, self._freshness)
        pad = theme.space("l")
        inner = box.adjusted(pad, header.height(), -pad, -theme.space("s"))
        line = theme.line_px("caption")
        self._paint_value(painter, QRectF(inner.left(), inner.top(), inner.width(), self._value_height()))
        lower = QRectF(inner.left(), inner.bottom() - 2 * line, inner.width(), 2 * line)
        self._paint_lower(painter, lower)
        if self.hasFocus():
            paint_focus(painter, theme, box, "panel")
        painter.end()

    def _paint_value(self, painter: QPainter, box: QRectF) -> None:
        theme, shown = self._theme, self.value()
        role = "text.secondary" if self._freshness.late else "text.primary"
        big = theme.font("number_l", "number")
        # Sits on the line of its own digits: the unit shares the baseline, not the middle.
        if shown.value is None:
            big, role = theme.font("number_l"), "text.tertiary"
        used = draw_text(painter, box, format_percent(shown.value), big, theme.color(role))
        x = box.left() + used
        if shown.value is not None:
            unit = theme.font("heading" if theme.is_wall else "body", "body")
            painter.setFont(unit)
            painter.setPen(theme.color(role))
            painter.drawText(int(x + 2), int(baseline(big, box)), "%")
            x += text_width(unit, "%") + 2
        x += theme.space("m")
        half = box.height() / 2
        upper = QRectF(
            x,
            box.center().y() - min(half, theme.line_px("caption")),
            box.right() - x,
            min(half, theme.line_px("caption")),
        )
        lower = upper.translated(0, upper.height())
        self._paint_fraction(painter, upper, lower)

    def _paint_fraction(self, painter: QPainter, upper: QRectF, lower: QRectF) -> None:
        """Numerator / denominator and exclusions; a number is never cut, rather the definition gives way."""
        theme, shown = self._theme, self.value()
        fraction = (
            Run(format_count(shown.numerator), role="text.primary"),
            Run(" / ", role="text.tertiary"),
            Run(format_count(shown.denominator), role="text.primary"),
        )
        excluded = tuple(Run(f" {word} {format_count(n)}", role="text.tertiary") for word, n in shown.excluded)
        font, color = theme.font("caption"), theme.color("text.secondary")
        if runs_width(fraction + excluded, theme, "caption") <= upper.width():
            draw_runs(painter, upper, fraction + excluded, theme, "caption")
            draw_text(painter, lower, shown.formula, font, color)
            return
        whole = text_width(font, shown.formula) + runs_width(excluded, theme, "caption") <= lower.width()
        if not whole and self._value_height() >= 3 * TIGHT_LINE * theme.px("caption"):
            # Long words, and room for three close lines: nothing has to give way.
            line = self._value_height() / 3
            first = QRectF(upper.left(), upper.bottom() - 1.5 * line, upper.width(), line)
            draw_runs(painter, first, fraction, theme, "caption")
            draw_text(painter, first.translated(0, line), shown.formula, font, color)
            blank = text_width(font, " ")
            draw_runs(painter, first.translated(-blank, 2 * line), excluded, theme, "caption")
            return
        draw_runs(painter, upper, fraction, theme, "caption")
        used = draw_runs(painter, lower, excluded, theme, "caption", align=RIGHT)
        draw_text(painter, lower.adjusted(0, 0, -used, 0), shown.formula, font, color)

    def _paint_lower(self, painter: QPainter, box: QRectF) -> None:
        theme, shown = self._theme, self.value()
        line = box.height() / 2
        spark_width = box.width() * 0.26 if shown.history else 0.0
        left = box.adjusted(0, 0, -(spark_width + theme.space("xl") if spark_width else 0), 0)
        self._paint_scale(painter, QRectF(left.left(), left.top(), left.width(), line))
        self._paint_verdict(painter, QRectF(left.left(), left.top() + line, left.width(), line))
        if spark_width:
            area = QRectF(box.right() - spark_width, box.top(), spark_width, box.height())
            area.adjust(0, theme.space("s"), -theme.pen("series") * 1.3, -theme.space("s"))
            paint_sparkline(painter, area, theme, shown.history, shown.target, self._freshness.late)

    def _paint_scale(self, painter: QPainter, box: QRectF) -> None:
        theme, shown = self._theme, self.value()
        font, color = theme.font("caption"), theme.color("text.tertiary")
        floor, ceiling = f"{shown.floor:g}", f"{shown.ceiling:g}"
        left = text_width(font, floor)
        right = text_width(font, ceiling)
        draw_text(painter, box, floor, font, color)
        draw_text(painter, box, ceiling, font, color, RIGHT)
        bar = box.adjusted(left + theme.space("s"), 0, -(right + theme.space("s")), 0)
        value_share = share_of(shown.value, shown.floor, shown.ceiling)
        target_share = share_of(shown.target, shown.floor, shown.ceiling)
        paint_scale_bar(painter, bar, theme, value_share, target_share, self._freshness.late)

    def _paint_verdict(self, painter: QPainter, box: QRectF) -> None:
        theme, shown = self._theme, self.value()
        font = theme.font("caption")
        used = draw_text(painter, box, shown.compared, font, theme.color("text.tertiary"), RIGHT)
        box = box.adjusted(0, 0, -used - (theme.space("s") if used else 0), 0)
        if shown.target is None:
            return
        target = self.tr("目标 {target}").format(target=f"{shown.target:g}%")
        x = box.left() + draw_text(painter, box, target, font, theme.color("text.secondary")) + theme.space("l")
        state, words = self._verdict()
        if not state:
            return
        side = theme.glyph_px * 0.75
        paint_status(painter, theme, "sla", state, QRectF(x, box.center().y() - side / 2, side, side))
        x += side + theme.space("s")
        # In the light theme amber has no text contrast: there the glyph alone carries the colour.
        role = "sla.risk" if state == "at_risk" and theme.name == "dark" else "text.primary"
        draw_text(painter, QRectF(x, box.top(), box.right() - x, box.height()), words, font, theme.color(role))

    def mouseReleaseEvent(self, event) -> None:
        if not self._theme.is_wall and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

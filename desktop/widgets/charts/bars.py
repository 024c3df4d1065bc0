"""Parts of a whole, or things side by side, as lines: name, bar, number, and a note such as the share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from desktop.theme.theme import Theme
from desktop.widgets.painting import RIGHT, draw_text, hair_line, text_width
from desktop.widgets.scale_bar import paint_scale_bar

NAME_SHARE = 0.45
MOST_SPREAD = 1.4


@dataclass(frozen=True, slots=True)
class Bar:
    """`share` 0..1 fills the bar; None leaves it empty. `value` and `note` are printed as they are."""

    name: str
    value: str
    share: float | None
    note: str = ""


def least_line(theme: Theme) -> float:
    """The least height of a line."""
    return theme.line_px("body") + theme.space("xs")


def bars_height(theme: Theme, count: int) -> int:
    """Room of `count` lines."""
    return int(least_line(theme) * count) + 1


def paint_bars(painter: QPainter, rect: QRectF, theme: Theme, bars: Sequence[Bar], *, dimmed: bool = False) -> None:
    """All of them, from the top; more room spreads them a little. Whoever has less room gives fewer."""
    if not bars:
        return
    height = min(rect.height() / len(bars), least_line(theme) * MOST_SPREAD)
    for index in range(len(bars)):
        box = QRectF(rect.left(), rect.top() + index * height, rect.width(), height)
        paint_bar(painter, box, theme, bars, index, dimmed=dimmed)
        if index < len(bars) - 1:
            hair_line(painter, theme, rect.left(), box.bottom() - theme.pen("hair") / 2, rect.right())


def paint_bar(
    painter: QPainter, box: QRectF, theme: Theme, bars: Sequence[Bar], index: int, *, dimmed: bool = False
) -> None:
    """One of `bars` in `box`; the columns are those of all of them."""
    bar = bars[index]
    body, strong, small = theme.font("body"), theme.font("body", "number"), theme.font("caption")
    gap = theme.space("s")
    note = max(text_width(small, one.note) for one in bars)
    number = max(text_width(strong, one.value) for one in bars)
    name = min(max(text_width(body, one.name) for one in bars), box.width() * NAME_SHARE)
    draw_text(painter, box, bar.note, small, theme.color("text.tertiary"), RIGHT)
    value = box.adjusted(0, 0, -(note + gap if note else 0), 0)
    draw_text(painter, value, bar.value, strong, theme.color("text.secondary" if dimmed else "text.primary"), RIGHT)
    draw_text(painter, QRectF(box.left(), box.top(), name, box.height()), bar.name, body, theme.color("text.primary"))
    track = QRectF(box.left() + name + gap, box.top(), 0, box.height())
    track.setRight(value.right() - number - gap)
    if track.width() >= theme.space("xl"):
        paint_scale_bar(painter, track, theme, bar.share, None, dimmed)

"""The label of a chart series. Painting only.

A series colour colours its word only where it reads as text (4.5 : 1 on a panel); elsewhere a dot carries the colour.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from desktop.theme.chart_pens import series_color
from desktop.theme.theme import Theme
from desktop.theme.tokens import contrast_ratio
from desktop.widgets.painting import draw_text, text_width

TEXT_CONTRAST = 4.5


def colours_its_word(theme: Theme, index: int, dimmed: bool) -> bool:
    """Whether the series at `index` may colour text in this theme; dimmed colours never do."""
    role = theme.tokens.roles[theme.tokens.chart.series[index]]
    ground = theme.tokens.roles["surface.panel"]
    return not dimmed and contrast_ratio(role.hex(theme.name), ground.hex(theme.name)) >= TEXT_CONTRAST


def _dot_room(theme: Theme) -> float:
    return theme.space("s") + theme.space("xs")


def series_label_width(theme: Theme, text: str) -> float:
    """Room of a label with its dot, the same for every series so that labels align."""
    return text_width(theme.font("caption", "number"), text) + _dot_room(theme)


def paint_series_label(
    painter: QPainter, rect: QRectF, theme: Theme, index: int, text: str, dimmed: bool = False
) -> None:
    """Text in the colour of its series, or behind a dot of that colour."""
    font = theme.font("caption", "number")
    if colours_its_word(theme, index, dimmed):
        draw_text(painter, rect, text, font, series_color(theme, index))
        return
    side = theme.space("s")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(series_color(theme, index, dimmed))
    painter.drawEllipse(QPointF(rect.left() + side / 2, rect.center().y()), side / 2, side / 2)
    role = "text.secondary" if dimmed else "text.primary"
    draw_text(painter, rect.adjusted(_dot_room(theme), 0, 0, 0), text, font, theme.color(role))

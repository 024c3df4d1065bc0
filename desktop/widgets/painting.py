"""Drawing helpers shared by painted widgets and table delegates: text, runs, hatches, number and age words.

Everything is cheap enough for a wall at 3 Hz and a table delegate. No widget class here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)

from desktop.theme.theme import Theme
from desktop.widgets.values import DASH, Run

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
MINUS = "−"


_MOST_FACES = 128
_MOST_TEXTS = 8192


class _Face:
    """What one font measured so far: asking Qt costs more than drawing. Holds its font, so that the id stays its own."""

    __slots__ = ("cap_height", "cuts", "font", "metrics", "widths")

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.cap_height = self.metrics.capHeight()
        self.widths: dict[str, float] = {}
        self.cuts: dict[tuple[str, float, Qt.TextElideMode], str] = {}

    def width(self, text: str) -> float:
        known = self.widths.get(text)
        if known is None:
            if len(self.widths) >= _MOST_TEXTS:
                self.widths.clear()
            known = self.widths[text] = self.metrics.horizontalAdvance(text)
        return known

    def cut(self, text: str, width: float, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> str:
        key = (text, width, mode)
        known = self.cuts.get(key)
        if known is None:
            if len(self.cuts) >= _MOST_TEXTS:
                self.cuts.clear()
            known = self.cuts[key] = self.metrics.elidedText(text, mode, width)
        return known


_faces: dict[int, _Face] = {}


def _face(font: QFont) -> _Face:
    face = _faces.get(id(font))
    if face is None:
        if len(_faces) >= _MOST_FACES:
            _faces.clear()
        face = _faces[id(font)] = _Face(font)
    return face


def text_width(font: QFont, text: str) -> float:
    """Width of `text` in px. A font is not changed after it was first measured."""
    return _face(font).width(text)


def elided(font: QFont, text: str, width: float) -> str:
    """`text`, cut with an ellipsis when it is wider than `width`."""
    face = _face(font)
    # A fraction of a pixel too little must not cost a whole character.
    return text if face.width(text) <= width + 0.5 else face.cut(text, width)


def elided_inside(font: QFont, text: str, width: float) -> str:
    """`text`, cut in its middle: for names that differ at their end, as of sub-classes (服务…扰民)."""
    face = _face(font)
    return text if face.width(text) <= width + 0.5 else face.cut(text, width, Qt.TextElideMode.ElideMiddle)


def baseline(font: QFont, rect: QRectF) -> float:
    """The baseline that centres one line of digits and Chinese characters in `rect`."""
    # Cap height, not ascent: ascent of the Latin and the Chinese font differ, digits would sit too low.
    return rect.center().y() + _face(font).cap_height / 2


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    color: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """One line of plain text, optically centred, elided to `rect`. Returns its width."""
    shown = elided(font, text, rect.width())
    width = text_width(font, shown)
    x = rect.left()
    if align & Qt.AlignmentFlag.AlignRight:
        x = rect.right() - width
    elif align & Qt.AlignmentFlag.AlignHCenter:
        x = rect.center().x() - width / 2
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(QPointF(x, baseline(font, rect)), shown)
    return width


def wrapped_text(font: QFont, text: str, width: float) -> QTextLayout:
    """`text` laid out in lines of at most `width`: at word boundaries, inside a word only when it is longer than a line."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout


def runs_width(runs: Sequence[Run], theme: Theme, size: str) -> float:
    """Width of `runs` as `draw_runs` paints them."""
    return sum(text_width(_run_font(run, theme, size), run.text) for run in runs)


def draw_runs(
    painter: QPainter,
    rect: QRectF,
    runs: Sequence[Run],
    theme: Theme,
    size: str,
    role: str = "text.secondary",
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Several pieces of text on one baseline; strong ones in number weight. Returns the width used."""
    total = runs_width(runs, theme, size)
    x = rect.left()
    if align & Qt.AlignmentFlag.AlignRight:
        x = max(rect.left(), rect.right() - total)
    y = baseline(theme.font(size), rect)
    start = x
    for run in runs:
        font = _run_font(run, theme, size)
        shown = elided(font, run.text, rect.right() - x)
        painter.setFont(font)
        painter.setPen(theme.color(run.role or ("text.primary" if run.strong else role)))
        painter.drawText(QPointF(x, y), shown)
        x += text_width(font, shown)
        if shown != run.text:
            break
    return x - start


def _run_font(run: Run, theme: Theme, size: str) -> QFont:
    return theme.font(size, "number" if run.strong else "body")


def runs_text(runs: Sequence[Run]) -> str:
    """The runs as one plain string, for accessible names."""
    return "".join(run.text for run in runs)


@lru_cache(maxsize=64)
def _hatch_tile(rgba: int, step: int, line: float, backward: bool) -> QPixmap:
    tile = QPixmap(step, step)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor.fromRgba(rgba), line)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    painter.setPen(pen)
    for shift in (-step, 0, step):
        if backward:
            painter.drawLine(QPointF(shift, 0), QPointF(shift + step, step))
        else:
            painter.drawLine(QPointF(shift, step), QPointF(shift + step, 0))
    painter.end()
    return tile


def hatch_brush(color: QColor, step: int, line: float, backward: bool = False) -> QBrush:
    """Diagonal stripes `step` px apart, `line` px thick; the tile is cached, painting is one fill."""
    return QBrush(_hatch_tile(color.rgba(), max(3, step), line, backward))


def header_hatch(theme: Theme) -> QBrush:
    """The hatch behind the header of a panel whose data are late."""
    step = theme.space("m") + theme.space("xs")
    return hatch_brush(theme.color("line.hair", 0.8), step, step / 2.8)


def rounded(rect: QRectF, radius: float, top_only: bool = False) -> QPainterPath:
    """A rounded rectangle as a path; `top_only` keeps the lower corners square (headers)."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    if top_only:
        low = QPainterPath()
        low.addRect(rect.adjusted(0, radius, 0, 0))
        path = path.united(low)
    return path


def fill_rounded(painter: QPainter, rect: QRectF, radius: float, brush: QBrush | QColor) -> None:
    """Fill a rounded rectangle without an outline."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawRoundedRect(rect, radius, radius)


def paint_sheet(painter: QPainter, theme: Theme, rect: QRectF, line: str = "line.strong") -> None:
    """The ground of what lies over a window or asks for something: raised, rounded, with a hair line of the role `line`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(line), theme.pen("hair")))
    painter.setBrush(theme.color("surface.raised"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("panel"), theme.radius("panel"))


def paint_focus(painter: QPainter, theme: Theme, rect: QRectF, radius: str = "control") -> None:
    """The keyboard focus ring just inside `rect`; a wall has no focus and paints none."""
    width = theme.pen("focus")
    if not width:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("line.focus"), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), theme.radius(radius), theme.radius(radius))


def hair_line(painter: QPainter, theme: Theme, x1: float, y: float, x2: float, role: str = "line.hair") -> None:
    """A horizontal separator, pixel sharp."""
    width = theme.pen("hair")
    painter.fillRect(QRectF(x1, round(y), x2 - x1, width), theme.color(role))


def format_count(number: int | None) -> str:
    """1283 -> "1,283"; None -> "–"."""
    return DASH if number is None else f"{number:,}"


def format_percent(value: float | None, digits: int = 2) -> str:
    """97.934 -> "97.93" (no sign); None or NaN -> "–"."""
    if value is None or math.isnan(value):
        return DASH
    return f"{value:.{digits}f}"


def format_signed(value: float | None, digits: int = 2, unit: str = "") -> str:
    """0.934 -> "+0.93", −2.6 -> "−2.6" with a true minus; None -> "–"."""
    if value is None or math.isnan(value):
        return DASH
    rounded_value = round(value, digits)
    sign = "+" if rounded_value > 0 else MINUS if rounded_value < 0 else "±"
    return f"{sign}{abs(rounded_value):.{digits}f}{unit}"


def format_age(seconds: float | None) -> str:
    """An age in words: "0.8 秒", "16 秒", "27 分钟", "6 小时", "2 天"; None -> "–"."""
    if seconds is None:
        return DASH
    translate = QCoreApplication.translate
    if seconds < 10:
        return translate("age", "{n} 秒").format(n=f"{max(0.0, seconds):.1f}")
    if seconds < 60:
        return translate("age", "{n} 秒").format(n=int(seconds))
    if seconds < 3600:
        return translate("age", "{n} 分钟").format(n=int(seconds // 60))
    if seconds < 172800:
        return translate("age", "{n} 小时").format(n=int(seconds // 3600))
    return translate("age", "{n} 天").format(n=int(seconds // 86400))

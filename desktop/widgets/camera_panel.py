"""The column beside a camera wall: how many cells are in which state, how many streams run of how many, and the whole register."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import draw_text, fill_rounded, format_count, hair_line, text_width, wrapped_text
from desktop.widgets.wording import listed, sentences

STATES = ("live", "still", "connecting", "frozen", "lost", "restricted", "never")


@dataclass(frozen=True, slots=True)
class CameraCounts:
    """`states`: cells per state. `allowed` streams now of `limit`; `notes` below them. `reached` of `total` in the register."""

    shown: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    live: int = 0
    allowed: int = 0
    stream_notes: tuple[str, ...] = ()
    reached: int | None = None
    total: int | None = None
    register_notes: tuple[str, ...] = ()


class CameraPanel(ThemedWidget):
    """Painted in one pass; its rows stand still, states without a cell are left out."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._counts = CameraCounts()

    def set_counts(self, counts: CameraCounts) -> None:
        if counts == self._counts:
            return
        self._counts = counts
        states = listed(f"{self._word(state)} {counts.states[state]}" for state in STATES if counts.states.get(state))
        parts = (
            self.tr("本屏 {n} 路").format(n=counts.shown),
            states,
            self.tr("实时码流 {n} / {limit} 路").format(n=counts.live, limit=counts.allowed),
            *counts.stream_notes,
            self.tr("全区视频 {n} / {total}").format(n=format_count(counts.reached), total=format_count(counts.total)),
            *counts.register_notes,
        )
        self.setAccessibleName(sentences(parts))
        self.update()

    def _word(self, state: str) -> str:
        return self._theme.status("camera", state).word

    def sizeHint(self) -> QSize:
        theme = self._theme
        word = max(text_width(theme.font("body"), self._word(state)) for state in STATES)
        number = text_width(theme.font("title", "number"), "00")
        row = theme.glyph_px + theme.space("m") + word + theme.space("s") + number
        return QSize(max(theme.px("body") * 8, math.ceil(row)), theme.line_px("body") * 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px("body") * 7, 0)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        y = self._paint_states(painter, 0.0)
        y = self._paint_streams(painter, self._rule(painter, y))
        self._paint_register(painter, self._rule(painter, y))
        painter.end()

    def _line(self, painter: QPainter, y: float, text: str, size: str, role: str, weight: str = "body") -> float:
        height = self._theme.line_px(size)
        room = QRectF(0, y, self.width(), height)
        draw_text(painter, room, text, self._theme.font(size, weight), self._theme.color(role))
        return y + height

    def _rule(self, painter: QPainter, y: float) -> float:
        gap = self._theme.space("m")
        hair_line(painter, self._theme, 0, y + gap, self.width(), "line.strong")
        return y + 2 * gap

    def _paint_states(self, painter: QPainter, y: float) -> float:
        theme, counts, side = self._theme, self._counts, self._theme.glyph_px
        y = self._line(painter, y, self.tr("本屏 {n} 路").format(n=counts.shown), "body", "text.secondary")
        row = theme.line_px("title") + theme.space("xs")
        for state in STATES:
            number = counts.states.get(state, 0)
            if not number and state not in ("live", "still"):
                continue
            paint_status(painter, theme, "camera", state, QRectF(0, y + (row - side) / 2, side, side))
            left = side + theme.space("m")
            room = QRectF(left, y, self.width() - left, row)
            number_font = theme.font("title", "number")
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            used = draw_text(painter, room, str(number), number_font, theme.color("text.primary"), right)
            room.setRight(room.right() - used - theme.space("xs"))
            draw_text(painter, room, self._word(state), theme.font("body"), theme.color("text.primary"))
            y += row
        return y

    def _paint_streams(self, painter: QPainter, y: float) -> float:
        theme, counts = self._theme, self._counts
        y = self._line(painter, y, self.tr("实时码流"), "body", "text.secondary")
        y = self._paint_of(painter, y, str(counts.live), self.tr("/ {n} 路").format(n=counts.allowed))
        bar = QRectF(0, y + theme.space("xs"), self.width(), theme.number("sla_bar", "height"))
        radius = theme.radius("control") / 2
        fill_rounded(painter, bar, radius, theme.color("sla.track"))
        if counts.live and counts.allowed:
            part = QRectF(bar)
            part.setWidth(bar.width() * min(1.0, counts.live / counts.allowed))
            fill_rounded(painter, part, radius, theme.color("accent.base"))
        return self._paint_notes(painter, bar.bottom() + theme.space("s"), counts.stream_notes)

    def _paint_register(self, painter: QPainter, y: float) -> None:
        counts = self._counts
        y = self._line(painter, y, self.tr("全区视频"), "body", "text.secondary")
        y = self._paint_of(painter, y, format_count(counts.reached), f"/ {format_count(counts.total)}")
        self._paint_notes(painter, y + self._theme.space("xs"), counts.register_notes)

    def _paint_of(self, painter: QPainter, y: float, number: str, rest: str) -> float:
        """4 / 8 路: the number large, what it is of beside it on the same line."""
        theme = self._theme
        font, height = theme.font("number_m", "number"), theme.line_px("number_m")
        room = QRectF(0, y, self.width(), height)
        draw_text(painter, room, number, font, theme.color("text.primary"))
        left = text_width(font, number) + theme.space("s")
        draw_text(painter, room.adjusted(left, 0, 0, 0), rest, theme.font("body"), theme.color("text.secondary"))
        return y + height

    def _paint_notes(self, painter: QPainter, y: float, notes: tuple[str, ...]) -> float:
        theme = self._theme
        painter.setPen(theme.color("text.secondary"))
        for note in notes:
            layout = wrapped_text(theme.font("caption"), note, self.width())
            layout.draw(painter, QRectF(0, y, 0, 0).topLeft())
            y += layout.boundingRect().height() + theme.space("xs")
        return y

"""The stages of a ticket on one line: done, current, future, each with start and used / limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import CENTER, draw_text, text_width
from desktop.widgets.wording import listed

STATES = ("done", "current", "future")
GAP = 2
"""Pixels between the words of two stages."""
TIGHT = 0.95
"""Lines under a stage stand closer than lines of running text."""


@dataclass(frozen=True, slots=True)
class StageStep:
    """One stage. start: "12:38 起". used: "14 / 15 分". sla: state of the current stage."""

    name: str
    state: str = "future"
    start: str = ""
    used: str = ""
    sla: str = "ok"


def folded(text: str) -> tuple[str, str]:
    """A text of a stage on two lines: after a slash, at the blank that leaves the shorter lines, else in the middle (信息 / 收集)."""
    if "/" in text:
        place = text.index("/") + 1
    else:
        blanks = [at for at, letter in enumerate(text) if letter == " "]
        place = min(blanks, key=lambda at: max(at, len(text) - at - 1), default=(len(text) + 1) // 2)
    return text[:place].strip(), text[place:].strip()


class StageTrack(ThemedWidget):
    """Stages from left to right; several may be current at once. Where a column is too narrow for its words, they take two lines."""

    def __init__(self, theme: Theme, parent=None) -> None:
        super().__init__(theme, parent)
        self._steps: tuple[StageStep, ...] = ()
        self._lines = (1, 1, 1)
        """Lines of name, start and used."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_stages(self, steps: Sequence[StageStep]) -> None:
        """All stages in order."""
        self._steps = tuple(steps)
        words = {"done": self.tr("已完成"), "current": self.tr("进行中"), "future": self.tr("未开始")}
        self.setAccessibleName(listed(f"{s.name} {words[s.state]} {s.start} {s.used}".strip() for s in self._steps))
        self._fit()
        self.update()

    def lines(self) -> tuple[int, int, int]:
        """How many lines names, starts and used times take at this width."""
        return self._lines

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() / max(1, len(self._steps)) - GAP
        caption = self._theme.font("caption")
        widths = (
            [text_width(self._name_font(step), step.name) for step in self._steps],
            [text_width(caption, step.start) for step in self._steps],
            [text_width(caption, step.used) for step in self._steps],
        )
        lines = tuple(2 if any(width > room for width in row) else 1 for row in widths)
        if lines != self._lines:
            self._lines = (lines[0], lines[1], lines[2])
            self.updateGeometry()

    def _name_font(self, step: StageStep) -> QFont:
        return self._theme.font("small", "title" if step.state == "current" else "body")

    def _radius(self) -> float:
        return self._theme.px("title") / 2

    def _track_height(self) -> float:
        return self._radius() * 3

    def sizeHint(self) -> QSize:
        theme = self._theme
        names, starts, used = self._lines
        words = names * theme.line_px("body") + (starts + used) * theme.line_px("caption")
        height = self._track_height() + words * TIGHT
        return QSize(theme.space("xl") * 18, int(height) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 12, self.sizeHint().height())

    def paintEvent(self, event) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / len(self._steps)
        middle = self._track_height() / 2
        for index in range(len(self._steps) - 1):
            self._paint_link(painter, index, width, middle)
        for index, step in enumerate(self._steps):
            center = QPointF((index + 0.5) * width, middle)
            self._paint_mark(painter, center, step)
            self._paint_words(painter, QRectF(index * width, self._track_height(), width, 0), step)
        painter.end()

    def _paint_link(self, painter: QPainter, index: int, width: float, y: float) -> None:
        theme = self._theme
        done = self._steps[index].state == "done"
        pen = QPen(theme.color("text.secondary" if done else "line.strong"), theme.pen("series") * 0.75)
        if not done:
            pen.setDashPattern([2.0, 2.6])
        painter.setPen(pen)
        radius = self._radius()
        left = radius * (1.35 if self._steps[index].state == "current" else 0.85)
        right = radius * (1.35 if self._steps[index + 1].state == "current" else 0.85)
        painter.drawLine(QPointF((index + 0.5) * width + left, y), QPointF((index + 1.5) * width - right, y))

    def _paint_mark(self, painter: QPainter, center: QPointF, step: StageStep) -> None:
        theme, radius = self._theme, self._radius()
        if step.state == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("text.secondary"))
            painter.drawEllipse(center, radius * 0.9, radius * 0.9)
            painter.setPen(QPen(theme.color("surface.app"), radius * 0.24))
            tick = [(-0.4, 0.05), (-0.1, 0.35), (0.42, -0.28)]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF([center + QPointF(x * radius, y * radius) for x, y in tick]))
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if step.state == "future":
            painter.setPen(QPen(theme.color("line.strong"), theme.pen("series")))
            painter.drawEllipse(center, radius * 0.82, radius * 0.82)
            return
        painter.setPen(QPen(theme.status("sla", step.sla).color, theme.pen("series")))
        painter.drawEllipse(center, radius * 1.3, radius * 1.3)
        side = radius * 1.5
        paint_status(painter, theme, "sla", step.sla, QRectF(center.x() - side / 2, center.y() - side / 2, side, side))

    def _paint_words(self, painter: QPainter, box: QRectF, step: StageStep) -> None:
        theme = self._theme
        name_role = "text.tertiary" if step.state == "future" else "text.primary"
        small_role = "text.secondary" if step.state == "current" else "text.tertiary"
        top = box.top()
        caption = theme.font("caption")
        for text, font, row, role, lines in (
            (step.name, self._name_font(step), "body", name_role, self._lines[0]),
            (step.start, caption, "caption", small_role, self._lines[1]),
            (step.used, caption, "caption", small_role, self._lines[2]),
        ):
            height = theme.line_px(row) * TIGHT
            line = QRectF(box.left() + GAP / 2, top, box.width() - GAP, height)
            whole = lines == 1 or text_width(font, text) <= line.width()
            for part in (text,) if whole else folded(text):
                draw_text(painter, line, part, font, theme.color(role), CENTER)
                line.translate(0, height)
            top += lines * height

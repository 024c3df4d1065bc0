"""参与单位 with check-in, items, feedback and score, one row each. Painted; lead first, then as asked; the score prints its parts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.views.inspection.values import UnitLine
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import LEFT, RIGHT, draw_text, elided_inside, hair_line, text_width
from desktop.widgets.values import DASH
from desktop.widgets.wording import sentences
from domain.inspection.values import Score
from domain.rules import ScoreWeights

_COLUMNS = (("unit", 0.0), ("arrived", 0.27), ("items", 0.452), ("state", 0.535), ("bars", 0.645), ("split", 0.765))
"""Left edge as a share of the width."""


class UnitsTable(ThemedWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[UnitLine, ...] = ()
        self._due = ""
        self._weights = ScoreWeights()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_units(self, lines: Sequence[UnitLine], due: str) -> None:
        """`due` = when they should have been there, as printed in the heading."""
        if (tuple(lines), due) == (self._lines, self._due):
            return
        self._lines, self._due = tuple(lines), due
        self.setAccessibleName(sentences(self._spoken(line) for line in self._lines))
        self.updateGeometry()
        self.update()

    def lines(self) -> tuple[UnitLine, ...]:
        return self._lines

    def _spoken(self, line: UnitLine) -> str:
        role = self._theme.status("joint", "lead" if line.lead else "assist").word
        score = f"{line.score.total:g}" if line.score is not None else line.why_no_score
        return f"{role} {line.name} {line.arrived} {line.note} {line.items} {line.word} {score}".strip()

    def _row(self) -> int:
        return self._theme.row("compact")

    def _head(self) -> int:
        return round(self._row() * 0.82)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 24, self._head() + self._row() * len(self._lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 16, self.sizeHint().height())

    def _cell(self, box: QRectF, name: str) -> QRectF:
        names = [column for column, _ in _COLUMNS]
        at = names.index(name)
        left = _COLUMNS[at][1] * box.width()
        right = _COLUMNS[at + 1][1] * box.width() if at + 1 < len(_COLUMNS) else box.width()
        return QRectF(left, box.top(), right - left - self._theme.space("xs"), box.height())

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = QRectF(0, 0, self.width(), self._head())
        painter.fillRect(head, theme.component("table", "header"))
        indent = theme.glyph_px + theme.space("s")
        heads = {
            "unit": self.tr("单位"),
            "arrived": self.tr("报到（应到 {at}）").format(at=self._due) if self._due else self.tr("报到"),
            "items": self.tr("责任项"),
            "state": self.tr("反馈"),
            "bars": self.tr("得分"),
        }
        for name, word in heads.items():
            box = self._cell(head, name).adjusted(indent if name in ("unit",) else 0, 0, 0, 0)
            draw_text(painter, box, word, theme.font("caption"), theme.component("table", "header_text"))
        for place, line in enumerate(self._lines):
            top = self._head() + place * self._row()
            self._paint_row(painter, QRectF(0, top, self.width(), self._row()), line)
        painter.end()

    def _paint_row(self, painter: QPainter, box: QRectF, line: UnitLine) -> None:
        theme, side = self._theme, self._theme.glyph_px
        hair_line(painter, theme, 0, box.bottom() - theme.pen("hair"), box.width())
        body, caption = theme.font("body"), theme.font("caption")
        primary, tertiary = theme.color("text.primary"), theme.color("text.tertiary")
        flag = "lead" if line.lead else "assist"
        paint_status(painter, theme, "joint", flag, QRectF(box.left() + 2, box.center().y() - side / 2, side, side))
        unit = self._cell(box, "unit").adjusted(side + theme.space("s"), 0, 0, 0)
        draw_text(painter, unit, elided_inside(body, line.name, unit.width()), body, primary)
        arrived = self._cell(box, "arrived")
        missing = line.late and not line.there
        colour = theme.color("sla.overdue") if missing else primary if line.there else tertiary
        used = draw_text(painter, arrived, line.arrived, body, colour)
        note = arrived.adjusted(used + theme.space("xs"), 0, 0, 0)
        draw_text(painter, note, line.note, caption, _late_colour(theme) if line.late else tertiary)
        draw_text(painter, self._cell(box, "items"), line.items, theme.font("body", "number"), primary)
        state = self._cell(box, "state")
        if line.glyph:
            dot = side * 0.72
            paint_status(painter, theme, "sla", line.glyph, QRectF(state.left(), box.center().y() - dot / 2, dot, dot))
        draw_text(painter, state.adjusted(side + theme.space("xs"), 0, 0, 0), line.word, body, primary)
        self._paint_score(painter, box, line)

    def _paint_score(self, painter: QPainter, box: QRectF, line: UnitLine) -> None:
        theme = self._theme
        split = self._cell(box, "split")
        total = RIGHT
        number = theme.font("title", "number")
        if line.score is None:
            text = DASH if line.why_no_score else ""
            draw_text(painter, split, text, number, theme.color("text.tertiary"), total)
            draw_text(painter, split, line.why_no_score, theme.font("caption"), theme.color("text.tertiary"), LEFT)
            return
        self._paint_bars(painter, self._cell(box, "bars"), line.score)
        points = f"{line.score.total:g}"
        draw_text(painter, split, points, number, theme.color("text.primary"), total)
        words = split.adjusted(0, 0, -text_width(number, points) - theme.space("s"), 0)
        draw_text(painter, words, split_text(line.score), theme.font("caption"), theme.color("text.tertiary"), LEFT)

    def _paint_bars(self, painter: QPainter, box: QRectF, score: Score) -> None:
        """Four bars as long as their weight; the filled part is what was earned."""
        theme, weights = self._theme, self._weights
        gap, height = theme.pen("series"), theme.space("s")
        width = box.width() - theme.space("m") - 3 * gap
        x = box.left()
        earned = (
            (score.check_in, weights.check_in),
            (score.on_time, weights.on_time),
            (score.complete, weights.complete),
            (score.quality, weights.accepted_first),
        )
        whole = sum(weight for _, weight in earned)
        for points, weight in earned:
            room = QRectF(x, box.center().y() - height / 2, width * weight / whole, height)
            painter.fillRect(room, theme.color("sla.track"))
            room.setWidth(room.width() * points / weight if weight else 0)
            painter.fillRect(room, theme.color("chart.s1"))
            x += width * weight / whole + gap


def split_text(score: Score) -> str:
    """20＋30＋30＋16: check-in, on time, complete, quality."""
    plus = QCoreApplication.translate("inspection", "＋")
    return plus.join(f"{points:g}" for points in (score.check_in, score.on_time, score.complete, score.quality))


def _late_colour(theme: Theme):
    """Amber is readable as a word only in the dark theme (tokens [contrast])."""
    return theme.color("sla.risk") if theme.name == "dark" else theme.color("text.primary")

"""Painted parts of the ticket window: the story line by line, and the table of clocks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.theme import Theme
from desktop.views.inspection.side_parts import Photo, PhotoRow
from desktop.views.ticket.story import ClockRun, StoryLine
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import draw_text, hair_line, text_width, wrapped_text
from desktop.widgets.wording import sentences


class StoryView(ThemedWidget):
    """Oldest first, as it happened; a line down the side, a mark where a limit was kept or broken."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[StoryLine, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_lines(self, lines: Sequence[StoryLine]) -> None:
        self._lines = tuple(lines)
        self.setAccessibleName(self.tr("经过 {n} 条").format(n=len(self._lines)))
        self.setAccessibleDescription(sentences(f"{line.time} {line.text} {line.note}" for line in self._lines))
        self.updateGeometry()
        self.update()

    def lines(self) -> tuple[StoryLine, ...]:
        return self._lines

    def _indents(self) -> tuple[float, float]:
        """(where the marks stand, where the words begin)"""
        theme = self._theme
        font = theme.font("small", "number")
        time = max((text_width(font, line.time) for line in self._lines), default=0.0)
        mark = time + theme.space("m")
        return mark, mark + theme.glyph_px + theme.space("m")

    def _heights(self, line: StoryLine, width: float) -> tuple[float, float]:
        words = wrapped_text(self._theme.font("body"), line.text, width).boundingRect().height()
        note = wrapped_text(self._theme.font("caption"), line.note, width).boundingRect().height() if line.note else 0.0
        return words, note

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = max(1.0, width - self._indents()[1])
        return round(sum(sum(self._heights(line, room)) + self._theme.space("m") for line in self._lines)) + 1

    def sizeHint(self) -> QSize:
        width = self.width() or self._theme.space("xl") * 24
        return QSize(self._theme.space("xl") * 24, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, 0)

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        mark, words = self._indents()
        room = max(1.0, self.width() - words)
        side, top = theme.glyph_px, 0.0
        capital = QFontMetricsF(theme.font("body")).capHeight()
        for place, line in enumerate(self._lines):
            text_height, note_height = self._heights(line, room)
            text = wrapped_text(theme.font("body"), line.text, room)
            foot = text.lineAt(0).ascent()
            middle = top + foot - capital / 2
            painter.setFont(theme.font("small", "number"))
            painter.setPen(theme.color("text.tertiary"))
            painter.drawText(QPointF(0, top + foot), line.time)
            x = mark + side / 2
            below = top + text_height + note_height + theme.space("m")
            painter.setPen(theme.color("line.strong"))
            if place + 1 < len(self._lines):
                painter.drawLine(QPointF(x, middle + side / 2), QPointF(x, below + middle - top - side / 2))
            if line.sla:
                paint_status(painter, theme, "sla", line.sla, QRectF(mark, middle - side / 2, side, side))
            else:
                painter.setBrush(theme.color("text.tertiary"))
                painter.drawEllipse(QPointF(x, middle), side / 6, side / 6)
            painter.setPen(theme.color("text.primary"))
            text.draw(painter, QPointF(words, top))
            if line.note:
                painter.setPen(theme.color("text.secondary"))
                wrapped_text(theme.font("caption"), line.note, room).draw(painter, QPointF(words, top + text_height))
            top = below
        painter.end()


class PairRow(PhotoRow):
    """Photos in pairs, as high as its width asks for: a scroll area does not ask its children."""

    def set_photos(self, photos: Sequence[Photo]) -> None:
        super().set_photos(photos)
        self._fit()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self.heightForWidth(self.width())
        if height != self.height():
            self.setFixedHeight(height)


class ClockTable(ThemedWidget):
    """One row a clock: stage, limit, began, due, and what became of it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._runs: tuple[ClockRun, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_runs(self, runs: Sequence[ClockRun]) -> None:
        grew = len(runs) != len(self._runs)
        self._runs = tuple(runs)
        self.setAccessibleName(sentences(f"{run.name} {run.limit} {run.due} {run.word}" for run in self._runs))
        if grew:
            self.updateGeometry()
        self.update()

    def runs(self) -> tuple[ClockRun, ...]:
        return self._runs

    def _row(self) -> int:
        return self._theme.row("compact")

    def sizeHint(self) -> QSize:
        rows = len(self._runs) + 1 if self._runs else 0
        return QSize(self._theme.space("xl") * 20, self._row() * rows)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 8, self.sizeHint().height())

    def _columns(self, heads: tuple[str, ...]) -> list[float]:
        font, gap = self._theme.font("small"), self._theme.space("m")
        cells = [(run.name, run.limit, run.began, run.due) for run in self._runs]
        widths = [
            max(text_width(font, text) for text in (head, *(row[place] for row in cells))) + gap
            for place, head in enumerate(heads[:4])
        ]
        return [sum(widths[:place]) for place in range(5)]

    def paintEvent(self, event) -> None:
        if not self._runs:
            return
        theme = self._theme
        painter = QPainter(self)
        translate = QCoreApplication.translate
        heads = (
            translate("story", "时钟"),
            translate("story", "时限"),
            translate("story", "起"),
            translate("story", "到期"),
            translate("story", "结果"),
        )
        edges = self._columns(heads)
        font, side = theme.font("small"), theme.glyph_px
        for place, head in enumerate(heads):
            box = QRectF(edges[place], 0, self.width() - edges[place], self._row())
            draw_text(painter, box, head, font, theme.component("table", "header_text"))
        hair_line(painter, theme, 0, self._row() - theme.pen("hair"), self.width())
        for number, run in enumerate(self._runs, 1):
            top = number * self._row()
            for place, text in enumerate((run.name, run.limit, run.began, run.due)):
                box = QRectF(edges[place], top, self.width() - edges[place], self._row())
                role = "text.primary" if place == 0 else "text.secondary"
                draw_text(painter, box, text, font, theme.color(role))
            glyph = QRectF(edges[4], top + (self._row() - side) / 2, side, side)
            if run.state != "none":
                paint_status(painter, theme, "sla", run.state, glyph)
            left = glyph.right() + theme.space("s")
            words = QRectF(left, top, self.width() - left, self._row())
            draw_text(painter, words, run.word, font, theme.color("text.primary"))
        painter.end()

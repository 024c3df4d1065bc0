"""What changed since I left, at the right: counts then → now, the changes nearest to me, and the hours. Painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.theme.chart_pens import series_color
from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import CENTER, LEFT, RIGHT, draw_text, hair_line, text_width
from desktop.widgets.wording import listed

WIDEST = 5.0
"""A bar and its room, in heights of the text."""


@dataclass(frozen=True, slots=True)
class CountRow:
    name: str
    then: str
    now: str
    difference: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """`sign`: added · changed · removed (the glyph)."""

    sign: str
    what: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class HourBar:
    label: str
    count: int


class CountTable(ThemedWidget):
    """离开时 → 现在, 差."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[CountRow, ...] = ()

    def set_rows(self, rows: Sequence[CountRow]) -> None:
        self._rows = tuple(rows)
        self.setAccessibleName(self.tr("离开时与现在"))
        self.setAccessibleDescription(listed(f"{r.name} {r.then} {r.now} {r.difference}" for r in rows))
        self.setFixedHeight(self._row() * (len(rows) + 1))
        self.update()

    def _row(self) -> int:
        return round(self._theme.row("compact") * 1.15)

    def restyle(self) -> None:
        self.set_rows(self._rows)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 14, self._row() * (len(self._rows) + 1))

    def paintEvent(self, event) -> None:
        theme, height = self._theme, self._row()
        painter = QPainter(self)
        width = self.width()
        cuts = (0.0, width * 0.36, width * 0.58, width * 0.66, width * 0.86, float(width))
        heads = ("", self.tr("离开时"), "", self.tr("现在"), self.tr("差"))
        for place, text in enumerate(heads):
            box = QRectF(cuts[place], 0, cuts[place + 1] - cuts[place], height)
            draw_text(painter, box, text, theme.font("caption"), theme.color("text.tertiary"), RIGHT)
        for number, row in enumerate(self._rows, 1):
            top = number * height
            cells = (
                (row.name, theme.font("body"), "text.primary", LEFT),
                (row.then, theme.font("body"), "text.tertiary", RIGHT),
                ("→" if row.then else "", theme.font("body"), "text.tertiary", CENTER),
                (row.now, theme.font("body", "title"), "text.primary", RIGHT),
                (row.difference, theme.font("body"), "text.secondary", RIGHT),
            )
            for place, (text, font, role, align) in enumerate(cells):
                # What has no "then" has its room, too.
                left = cuts[1] if place == 3 and not row.then else cuts[place]
                box = QRectF(left, top, cuts[place + 1] - left, height)
                draw_text(painter, box, text, font, theme.color(role), align)
            hair_line(painter, theme, 0, top + height - 1, width)
        painter.end()


class ChangeList(ThemedWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[ChangeRow, ...] = ()

    def set_rows(self, rows: Sequence[ChangeRow]) -> None:
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self.setAccessibleName(self.tr("变化，{n} 条").format(n=len(rows)))
        self.setAccessibleDescription(listed(f"{r.what} {r.text} {r.at}" for r in rows[:20]))
        self._size()
        self.update()

    def _size(self) -> None:
        self.setFixedHeight(max(1, self._row() * len(self._rows)))

    def _row(self) -> int:
        return round(self._theme.row("compact") * 1.1)

    def restyle(self) -> None:
        self._size()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 14, self._row() * len(self._rows))

    def paintEvent(self, event) -> None:
        theme, height, side = self._theme, self._row(), self._theme.px("caption")
        painter = QPainter(self)
        first = max(0, event.rect().top() // height)
        # One column for all rows: at least five characters, wider where the words of the language are longer.
        longest = max((text_width(theme.font("small"), row.what) for row in self._rows), default=0.0)
        kinds = max(float(theme.px("body") * 5), longest + theme.space("m"))
        for number in range(first, min(len(self._rows), event.rect().bottom() // height + 1)):
            row, top = self._rows[number], number * height
            mark = QRectF(theme.space("xs"), top + (height - side) / 2, side, side)
            paint_status(painter, theme, "diff", row.sign, mark)
            what = QRectF(mark.right() + theme.space("m"), top, kinds, height)
            draw_text(painter, what, row.what, theme.font("small"), theme.color("text.secondary"))
            at = QRectF(self.width() - theme.px("body") * 7, top, theme.px("body") * 7, height)
            used = draw_text(painter, at, row.at, theme.font("caption"), theme.color("text.tertiary"), RIGHT)
            text = QRectF(what.right(), top, self.width() - what.right() - used - theme.space("m"), height)
            draw_text(painter, text, row.text, theme.font("small"), theme.color("text.primary"))
            hair_line(painter, theme, 0, top + height - 1, self.width())
        painter.end()


class HourBars(ThemedWidget):
    """每小时受理."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._bars: tuple[HourBar, ...] = ()

    def set_bars(self, bars: Sequence[HourBar]) -> None:
        self._bars = tuple(bars)
        self.setAccessibleName(self.tr("每小时受理"))
        self.setAccessibleDescription(listed(f"{bar.label} {bar.count}" for bar in bars))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 14, self._theme.row("compact") * 5)

    def paintEvent(self, event) -> None:
        if not self._bars:
            return
        theme, caption = self._theme, self._theme.font("caption")
        painter = QPainter(self)
        line = theme.line_px("caption")
        plot = QRectF(self.rect()).adjusted(0, line, 0, -line)
        most = max(1, *(bar.count for bar in self._bars))
        # Two or three hours are no wall of colour.
        slot = min(plot.width() / len(self._bars), theme.px("body") * WIDEST)
        every = max(1, round(theme.px("caption") * 3 / slot))
        for place, bar in enumerate(self._bars):
            height = plot.height() * bar.count / most
            left = plot.left() + slot * (place + 0.16)
            painter.fillRect(QRectF(left, plot.bottom() - height, slot * 0.68, height), series_color(theme, 4))
            box = QRectF(plot.left() + slot * place, plot.bottom() - height - line, slot, line)
            if every == 1:
                draw_text(painter, box, str(bar.count), caption, theme.color("text.secondary"), CENTER)
            if place % every == 0:
                below = QRectF(box.left() - slot, plot.bottom(), slot * 3, line)
                draw_text(painter, below, bar.label, caption, theme.color("text.tertiary"), CENTER)
        hair_line(painter, theme, plot.left(), plot.bottom(), plot.right(), "line.strong")
        painter.end()

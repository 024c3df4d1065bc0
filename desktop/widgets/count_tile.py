"""A count with its sub-line, and the open tickets with their SLA split. Painted without a panel ground, a line at the left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.theme.theme import Theme
from desktop.widgets.base import ThemedWidget
from desktop.widgets.freshness_badge import freshness_text
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import (
    RIGHT,
    draw_runs,
    draw_text,
    format_count,
    paint_focus,
    runs_text,
    runs_width,
    text_width,
)
from desktop.widgets.values import DASH, Freshness, Run
from desktop.widgets.wording import listed

SPLIT = ("ok", "at_risk", "overdue", "paused")

FOOT_SIZES = ("body", "small", "caption")


class _NumberTile(ThemedWidget):
    """Label, big number, foot; what stands beside and below is the subclass's."""

    clicked = Signal()

    def __init__(self, theme: Theme, title: str, separator: bool, parent=None) -> None:
        super().__init__(theme, parent)
        self._title, self._separator = title, separator
        self._number: int | None = None
        self._freshness = Freshness()
        self._status: tuple[str, str] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_freshness(self, freshness: Freshness) -> None:
        """Late dims the number, never shows "–"."""
        said = freshness_text(self._theme, self._freshness, "panel"), self._freshness.state
        self._freshness = freshness
        if said != (freshness_text(self._theme, freshness, "panel"), freshness.state):
            self._describe()

    def restyle(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if self._theme.is_wall else Qt.FocusPolicy.TabFocus)

    def number(self) -> int | None:
        """What is shown."""
        return self._number if self._freshness.has_values else None

    def _spoken(self) -> str:
        return ""

    def _describe(self) -> None:
        self.updateGeometry()
        age = freshness_text(self._theme, self._freshness, "panel")
        parts = (f"{self._title} {format_count(self.number())}", self._spoken(), age)
        self.setAccessibleName(listed(parts))
        self.update()

    def _number_height(self) -> float:
        return self._theme.px("number_xl") * 1.08

    def sizeHint(self) -> QSize:
        theme = self._theme
        height = theme.line_px("title") + self._number_height() + theme.line_px("title")
        title = text_width(theme.font("title"), self._title) + (
            theme.glyph_px + theme.space("s") if self._status else 0
        )
        width = self._left() + max(title, self._middle_width(), self._foot_width()) + theme.space("l")
        return QSize(int(width), int(height) + theme.space("s"))

    def _left(self) -> float:
        """Where the text begins: a tile behind a separator keeps some distance from it."""
        if not self._separator:
            return 0.0
        return float(self._theme.space("l") + (self._theme.space("s") if self._theme.is_wall else 0))

    def _middle_width(self) -> float:
        """Room of the number and of what stands beside it."""
        number = text_width(self._theme.font("number_xl", "number"), format_count(self.number()))
        beside = self._beside_width()
        return number + (self._theme.space("l") + beside if beside else 0.0)

    def _beside_width(self) -> float:
        return 0.0

    def _foot_width(self) -> float:
        return 0.0

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 3, self.sizeHint().height())

    def _number_role(self) -> str:
        return "text.secondary" if self._freshness.late else "text.primary"

    def paintEvent(self, event) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._left()
        if self._separator:
            painter.fillRect(QRectF(0, 0, theme.pen("hair"), self.height()), theme.color("line.hair"))
        box = QRectF(left, 0, self.width() - left - theme.space("s"), self.height())
        line = theme.line_px("title")
        self._paint_title(painter, QRectF(box.left(), 0, box.width(), line))
        middle = QRectF(box.left(), line, box.width(), self._number_height())
        font = theme.font("number_xl", "number")
        if self.number() is None:
            draw_text(painter, middle, DASH, theme.font("number_l"), theme.color("text.tertiary"))
        else:
            used = draw_text(painter, middle, format_count(self.number()), font, theme.color(self._number_role()))
            self._paint_beside(painter, middle.adjusted(used + theme.space("l"), 0, 0, 0))
        self._paint_foot(painter, QRectF(box.left(), middle.bottom(), box.width(), box.bottom() - middle.bottom()))
        if self.hasFocus():
            paint_focus(painter, theme, QRectF(self.rect()))
        painter.end()

    def _paint_title(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        if self._status is not None:
            side = theme.glyph_px
            glyph = QRectF(box.left(), box.center().y() - side / 2, side, side)
            paint_status(painter, theme, *self._status, glyph)
            box = box.adjusted(side + theme.space("s"), 0, 0, 0)
        draw_text(painter, box, self._title, theme.font("title", "body"), theme.color("text.secondary"))

    def _paint_beside(self, painter: QPainter, box: QRectF) -> None:
        """Right of the number."""

    def _paint_foot(self, painter: QPainter, box: QRectF) -> None:
        """Below the number."""

    def mouseReleaseEvent(self, event) -> None:
        if not self._theme.is_wall and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class CountTile(_NumberTile):
    """今日受理 1,046, 较前四周同刻 +6.5%. `status` puts a glyph before the title; `value_role` colours a live number."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        status: tuple[str, str] | None = None,
        value_role: str = "text.primary",
        separator: bool = True,
        parent=None,
    ) -> None:
        super().__init__(theme, title, separator, parent)
        self._status, self._value_role = status, value_role
        self._sub: tuple[Run, ...] = ()
        self._side: tuple[tuple[Run, ...], ...] = ()
        self._note = ""
        self._describe()

    def set_note(self, note: str) -> None:
        """A few words at the right end of the title line; left out whole where they do not fit."""
        if note != self._note:
            self._note = note
            self._describe()

    def set_value(self, number: int | None, sub: Sequence[Run] = (), side: Sequence[Sequence[Run]] = ()) -> None:
        """The number, the line below and up to two lines beside it."""
        value = (number, tuple(sub), tuple(tuple(line) for line in side[:2]))
        if value != (self._number, self._sub, self._side):
            self._number, self._sub, self._side = value
            self._describe()

    def _spoken(self) -> str:
        if self.number() is None:
            return ""
        return listed((runs_text(self._sub), *(runs_text(line) for line in self._side), self._note))

    def _paint_title(self, painter: QPainter, box: QRectF) -> None:
        super()._paint_title(painter, box)
        theme = self._theme
        used = text_width(theme.font("title", "body"), self._title) + theme.glyph_px + theme.space("s")
        if self._note and self.number() is not None:
            room = box.adjusted(used + theme.space("m"), 0, 0, 0)
            if text_width(theme.font("caption"), self._note) <= room.width():
                draw_text(painter, room, self._note, theme.font("caption"), theme.color("text.tertiary"), RIGHT)

    def _number_role(self) -> str:
        return super()._number_role() if self._freshness.late or not self.number() else self._value_role

    def _paint_beside(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        line = theme.line_px("body")
        top = box.center().y() - line * len(self._side) / 2
        for index, runs in enumerate(self._side):
            # A cut name would mislead: a line that does not fit is left out whole.
            if runs_width(runs, theme, "body") <= box.width():
                draw_runs(painter, QRectF(box.left(), top + index * line, box.width(), line), runs, theme, "body")

    def _beside_width(self) -> float:
        return max((runs_width(line, self._theme, "body") for line in self._side), default=0.0)

    def _foot_width(self) -> float:
        return runs_width(self._sub, self._theme, "body")

    def _paint_foot(self, painter: QPainter, box: QRectF) -> None:
        if self.number() is None:
            return  # a comparison with nothing would be a lie
        line = QRectF(box.left(), box.top(), box.width(), self._theme.line_px("title"))
        # Smaller rather than cut: half a sentence of figures says something else.
        fits = (size for size in FOOT_SIZES if runs_width(self._sub, self._theme, size) <= box.width())
        draw_runs(painter, line, self._sub, self._theme, next(fits, FOOT_SIZES[-1]))


class OpenTile(_NumberTile):
    """在办 with its SLA split in words and as one stacked bar."""

    def __init__(self, theme: Theme, title: str, separator: bool = True, parent=None) -> None:
        super().__init__(theme, title, separator, parent)
        self._split: dict[str, int] = {}
        self._describe()

    def set_value(self, total: int | None, split: Mapping[str, int]) -> None:
        """Total and its parts by SLA state: ok, at_risk, overdue, paused (no limit counts to none of them)."""
        parts = {state: split.get(state, 0) for state in SPLIT if split}
        if (total, parts) != (self._number, self._split):
            self._number, self._split = total, parts
            self._describe()

    def _spoken(self) -> str:
        return listed(f"{self._theme.status('sla', s).word} {n}" for s, n in self._shown_split().items())

    def _shown_split(self) -> dict[str, int]:
        return self._split if self._freshness.has_values else {}

    def _entries(self) -> list[tuple[str, tuple[Run, ...]]]:
        word = self._theme.status
        split = self._shown_split().items()
        return [(state, (Run(f"{word('sla', state).word} "), Run(format_count(n), strong=True))) for state, n in split]

    def _column_width(self, column: int) -> float:
        theme = self._theme
        widest = max((runs_width(runs, theme, "body") for _, runs in self._entries()[column::2]), default=0.0)
        return widest + theme.glyph_px * 0.8 + theme.space("s") + theme.space("l")

    def _beside_width(self) -> float:
        return self._column_width(0) + self._column_width(1)

    def _paint_beside(self, painter: QPainter, box: QRectF) -> None:
        theme, size = self._theme, "body"
        line, side, gap = theme.line_px(size), theme.glyph_px * 0.8, theme.space("s")
        widths = [self._column_width(0), self._column_width(1)]
        if sum(widths) - theme.space("l") > box.width():
            widths = [box.width() * width / sum(widths) for width in widths]
        top = box.center().y() - line
        for index, (state, runs) in enumerate(self._entries()):
            x, y = box.left() + (index % 2) * widths[0], top + (index // 2) * line
            paint_status(painter, theme, "sla", state, QRectF(x, y + (line - side) / 2, side, side))
            draw_runs(painter, QRectF(x + side + gap, y, widths[index % 2] - side - gap, line), runs, theme, size)

    def _paint_foot(self, painter: QPainter, box: QRectF) -> None:
        theme, split = self._theme, self._shown_split()
        total = sum(split.values())
        height = theme.space("s") * 1.15
        track = QRectF(box.left(), box.top() + (theme.line_px("title") - height) / 2, box.width(), height)
        if not total:
            painter.fillRect(track, theme.color("sla.track", 0.6))
            return
        gap, x = theme.pen("hair"), track.left()
        room = track.width() - gap * (sum(1 for n in split.values() if n) - 1)
        for state, count in split.items():
            if not count:
                continue
            width = max(gap, room * count / total)
            color = theme.component("sla_bar", "ok_fill") if state == "ok" else theme.status("sla", state).color
            painter.fillRect(QRectF(x, track.top(), width, height), color)
            x += width + gap


def least_width(theme: Theme, number: int) -> float:
    """Room a tile needs for `number` alone, for layouts that must not cut it."""
    return text_width(theme.font("number_xl", "number"), format_count(number)) + theme.space("l")

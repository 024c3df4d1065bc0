"""Paints every cell of the queue's rows: glyphs, numbers, SLA bar, marks, and the line "now". No widget in a cell, no style sheet.

Fonts and colours are taken from the theme once per theme; painting a cell is a few draw calls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.models.queue_values import Column
from desktop.models.ticket_row import TicketRow, clock_look
from desktop.models.ticket_table import TicketTable
from desktop.theme.theme import Theme
from desktop.views.queue.line_text import line_runs
from desktop.views.words import age_word, seats_mark
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import LEFT, RIGHT, draw_runs, draw_text, elided_inside, text_width
from desktop.widgets.sla_bar import format_remaining, paint_sla_cell
from desktop.widgets.tag import paint_tag


@dataclass(frozen=True, slots=True)
class _Look:
    """Fonts and colours of a theme, taken once."""

    body: QFont
    small: QFont
    caption: QFont
    ids: QFont
    number: QFont
    primary: QColor
    secondary: QColor
    tertiary: QColor
    gone: QColor
    accent: QColor
    selected: QColor
    hover: QColor
    edge: QColor
    new_edge: QColor
    line: QColor
    raised: QColor
    rejected: QColor


def _look(theme: Theme) -> _Look:
    part = lambda name: theme.component("table", name)  # noqa: E731
    return _Look(
        body=theme.font("body"),
        small=theme.font("small"),
        caption=theme.font("caption"),
        ids=theme.font("small", ids=True),
        number=theme.font("small", "number"),
        primary=theme.color("text.primary"),
        secondary=theme.color("text.secondary"),
        tertiary=theme.color("text.tertiary"),
        gone=part("disabled_text"),
        accent=part("pending_text"),
        selected=part("selected"),
        hover=part("hover"),
        edge=part("selected_edge"),
        new_edge=part("new_row_edge"),
        line=part("row_line"),
        raised=theme.color("surface.raised"),
        rejected=theme.color("urgency.top"),
    )


EDGE_PX = 3
SEATS_SHARE = 0.4
"""Most of the matter's cell that the seats who look on may take."""
BAR_STEPS = 240
"""Steps of an SLA bar that can be told apart: half a pixel of a desk's bar."""
CellIndex = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """`minute` formats the instant of the line "now". `dimmed` paints values of an old picture quieter."""

    def __init__(self, theme: Theme, table: TicketTable, minute: Callable[[int], str], parent=None) -> None:
        super().__init__(parent)
        self._table = table
        self._minute = minute
        self._dimmed = False
        self._hover_row = -1
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._look = _look(theme)
        self._pad = theme.space("s")

    def set_dimmed(self, dimmed: bool) -> None:
        """Late data: text goes one step quieter."""
        self._dimmed = dimmed

    def set_hover(self, row: int) -> None:
        self._hover_row = row

    def line_height(self) -> int:
        return round(self._theme.row("compact") * 0.84)

    def sla_text(self, row: TicketRow, now_ms: int) -> tuple[str, str, float, float]:
        """(text, state, used, beyond) as the SLA cell shows it: what decides whether the cell must be repainted."""
        look = clock_look(row, now_ms)
        if self._table.has_left(row.id) or look.state == "none":
            return "", "none", 0.0, 0.0
        return format_remaining(look.remaining_s, look.state), look.state, look.used, look.beyond

    def age_text(self, row: TicketRow, now_ms: int) -> str:
        return age_word(max(0, now_ms - row.changed_ms) / 1000)

    # -- Qt -------------------------------------------------------------------------------------

    def sizeHint(self, option: QStyleOptionViewItem, index: CellIndex) -> QSize:
        return QSize(self._theme.space("xl"), self._theme.row("normal"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: CellIndex) -> None:
        row = self._table.ticket_row(index.row())
        rect = QRectF(option.rect)
        if row is None:
            self.paint_line(painter, rect)
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_cell(painter, rect, row, Column(index.column()), selected, index.row() == self._hover_row)

    def paint_row(
        self,
        painter: QPainter,
        cells: Sequence[tuple[Column, QRectF]],
        row: TicketRow,
        selected: bool,
        hovered: bool,
    ) -> None:
        """A whole row at once, cell by cell."""
        for column, rect in cells:
            self._paint_cell(painter, rect, row, column, selected, hovered)

    def shown_of(self, row: TicketRow, now_ms: int) -> tuple[object, ...]:
        """Everything of a row that the painted cells show: rows with equal values look the same."""
        table, ticket = self._table, row.ticket
        mark = table.mark(row.id)
        text, state, used, beyond = self.sla_text(row, now_ms)
        return (
            row.cells,
            row.unit_is_waiting,
            row.kind > 1,
            ticket.is_open,
            ticket.problem,
            now_ms > row.part_late_ms,
            (text, state, round(used * BAR_STEPS), round(beyond * BAR_STEPS)),
            self.age_text(row, now_ms),
            None if mark is None else (mark.kind, mark.text),
            table.seats(row.id),
            table.has_left(row.id),
            table.is_fresh(row.id),
            self._dimmed,
        )

    # -- parts ----------------------------------------------------------------------------------

    def _paint_cell(
        self, painter: QPainter, rect: QRectF, row: TicketRow, column: Column, selected: bool, hovered: bool
    ) -> None:
        look = self._look
        if selected:
            painter.fillRect(rect, look.selected)
        elif hovered:
            painter.fillRect(rect, look.hover)
        hair = self._theme.pen("hair")
        painter.fillRect(QRectF(rect.left(), rect.bottom() - hair, rect.width(), hair), look.line)
        if column == Column.URGENCY and (selected or self._table.is_fresh(row.id)):
            edge = QRectF(rect.left(), rect.top(), EDGE_PX, rect.height())
            painter.fillRect(edge, look.edge if selected else look.new_edge)
        box = rect.adjusted(self._pad, 0, -self._pad / 2, 0)
        _PAINTERS[column](self, painter, box, row, self._table.has_left(row.id))

    def paint_line(self, painter: QPainter, rect: QRectF) -> None:
        """The line "now": one sentence over all columns; painted by cells, every cell paints its own part of it."""
        theme, look = self._theme, self._look
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, look.raised)
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), look.accent)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.line)
        view = self.parent()
        assert isinstance(view, QTableView)
        left = view.columnViewportPosition(Column.NUMBER) + self._pad
        whole = QRectF(left, rect.top(), view.viewport().width() - left, rect.height())
        line = self._table.line()
        runs = line_runs(line, self._minute(line.at_ms), self._table.locked, theme.is_wall)
        draw_runs(painter, whole, runs, theme, "caption", "text.secondary")
        painter.restore()

    def _color(self, color: QColor, gone: bool) -> QColor:
        if gone:
            return self._look.gone
        return self._look.secondary if self._dimmed and color == self._look.primary else color

    def _urgency(self, painter: QPainter, box: QRectF, row: TicketRow, gone: bool) -> None:
        side = self._theme.glyph_px
        glyph = QRectF(box.left() + EDGE_PX, box.center().y() - side / 2, side, side)
        paint_status(painter, self._theme, "urgency", "normal" if gone else row.urgency, glyph)

    def _number(self, painter: QPainter, box: QRectF, row: TicketRow, gone: bool) -> None:
        draw_text(painter, box, row.number, self._look.ids, self._color(self._look.secondary, gone), LEFT)

    def _category(self, painter: QPainter, box: QRectF, row: TicketRow, gone: bool) -> None:
        text = elided_inside(self._look.small, row.category, box.width())
        draw_text(painter, box, text, self._look.small, self._color(self._look.secondary, gone), LEFT)

    def _matter(self, painter: QPainter, box: QRectF, row: TicketRow, gone: bool) -> None:
        mark = self._table.mark(row.id)
        if mark is not None and mark.kind == "rejected":
            # The widest cell, for 8 seconds: a reason that is cut off explains nothing.
            draw_text(painter, box, mark.text, self._look.small, self._look.rejected, LEFT)
            return
        seats = self._table.seats(row.id)
        if seats:
            box = box.adjusted(0, 0, -self._paint_seats(painter, box, seats), 0)
        used = draw_text(painter, box, row.matter, self._look.body, self._color(self._look.primary, gone), LEFT)
        if row.ticket.problem:
            paint_tag(painter, self._theme, box.left() + used + self._pad, box.center().y(), self.tr("问题"))

    def _paint_seats(self, painter: QPainter, box: QRectF, seats: tuple[str, ...]) -> float:
        """An eye and the seat that has the ticket open, or how many have, at the right of the cell. Returns the width taken."""
        theme, small = self._theme, self._look.caption
        text, side = seats_mark(seats), theme.px("small")
        gap = theme.space("xs")
        room = min(text_width(small, text), box.width() * SEATS_SHARE)
        left = box.right() - room - gap - side
        device = painter.device()
        eye = theme.icon_pixmap(
            "eye", "text.secondary", side, device.devicePixelRatioF() if device is not None else 1.0
        )
        painter.drawPixmap(round(left), round(box.center().y() - side / 2), eye)
        words = QRectF(left + side + gap, box.top(), room + 1, box.height())
        draw_text(painter, words, text, small, self._look.secondary, LEFT)
        return room + gap + side + theme.space("s")

    def _place(self, painter: QPainter, box: QRectF, row: TicketRow, gone: bool) -> None:
        draw_text(painter, box, row.place, self._look.small, self._color(self._look.secondary, gone), LEFT)

    def _stage(self, painter: QPainter, box: QRectF, row: TicketRow, gone: bool) -> None:
        text = row.stage
        if gone:
            text = row.stage if not row.ticket.is_open else self.tr("已移出")
        draw_text(painter, box, text, self._look.small, self._color(self._look.primary, gone), LEFT)

    def _sla(self, painter: QPainter, box: QRectF, row: TicketRow, gone: bool) -> None:
        if gone:
            return
        text, state, used, beyond = self.sla_text(row, self._table.now_ms)
        if row.kind <= 1:
            paint_sla_cell(painter, box, self._theme, state, used, beyond, text)
        elif row.ticket.is_open:
            draw_text(painter, box, format_remaining(None, "none"), self._look.small, self._look.tertiary, LEFT)

    def _unit(self, painter: QPainter, box: QRectF, row: TicketRow, gone: bool) -> None:
        mark = self._table.mark(row.id)
        if mark is not None and mark.kind != "rejected":
            draw_text(painter, box, mark.text, self._look.small, self._look.accent, LEFT)
            return
        color = self._look.tertiary if row.unit_is_waiting else self._look.primary
        # Cut at the end: offices of one name differ by the town that follows it, not by their last words.
        draw_text(painter, box, row.unit, self._look.small, self._color(color, gone), LEFT)

    def _joint(self, painter: QPainter, box: QRectF, row: TicketRow, gone: bool) -> None:
        if not row.parts_total:
            return
        side = self._theme.glyph_px
        flag = QRectF(box.left(), box.center().y() - side / 2, side, side)
        paint_status(painter, self._theme, "joint", "assist", flag)
        words = box.adjusted(side + self._theme.space("xs"), 0, 0, 0)
        text = f"{row.parts_in}/{row.parts_total}"
        used = draw_text(painter, words, text, self._look.small, self._color(self._look.secondary, gone), LEFT)
        if self._table.now_ms > row.part_late_ms and not gone:
            small = side * 0.62
            dot = QRectF(words.left() + used + self._theme.space("xs"), box.center().y() - small / 2, small, small)
            paint_status(painter, self._theme, "sla", "overdue", dot)

    def _age(self, painter: QPainter, box: QRectF, row: TicketRow, gone: bool) -> None:
        text = self.age_text(row, self._table.now_ms)
        draw_text(
            painter,
            box.adjusted(0, 0, -self._pad / 2, 0),
            text,
            self._look.small,
            self._color(self._look.tertiary, gone),
            RIGHT,
        )


_PAINTERS = {
    Column.URGENCY: RowDelegate._urgency,
    Column.NUMBER: RowDelegate._number,
    Column.CATEGORY: RowDelegate._category,
    Column.MATTER: RowDelegate._matter,
    Column.PLACE: RowDelegate._place,
    Column.STAGE: RowDelegate._stage,
    Column.SLA: RowDelegate._sla,
    Column.UNIT: RowDelegate._unit,
    Column.JOINT: RowDelegate._joint,
    Column.AGE: RowDelegate._age,
}

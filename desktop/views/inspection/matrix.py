"""The checklist as a matrix of items × premises: walked with the arrows, set with Y, X and -. Painted whole; it tells, never sends.

The selected cell stays under the hand: others' findings appear in place and move nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.names import Names
from desktop.theme.theme import Theme
from desktop.views.inspection.words import result_word
from desktop.widgets.base import ThemedWidget
from desktop.widgets.glyphs import paint_status
from desktop.widgets.painting import draw_text, elided_inside, hair_line
from desktop.widgets.scrolled import scrolled_list
from desktop.widgets.wording import listed
from domain.inspection.values import Cell, CheckItem, Finding, Inspection
from domain.inspection.words import Result

ICONS = {Result.OK: "check", Result.VIOLATION: "x", Result.NOT_APPLICABLE: "minus"}
_ICON_ROLES = {Result.OK: "text.secondary", Result.VIOLATION: "sla.overdue", Result.NOT_APPLICABLE: "text.tertiary"}
_NUMBER, _NAME, _UNIT = 0.0, 0.032, 0.3
"""Left edges as shares of the width; the premises share the rest from here on."""
_CELLS_FROM = 0.494


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A heading of a group (no item), or an item with its number."""

    title: str
    item: CheckItem | None = None
    n: int = 0


def matrix_rows(inspection: Inspection) -> tuple[MatrixRow, ...]:
    """Items by group, in the order of the list."""
    rows: list[MatrixRow] = []
    group = ""
    for n, item in enumerate(inspection.plan.items, 1):
        if item.group != group:
            group = item.group
            rows.append(MatrixRow(group))
        rows.append(MatrixRow(item.name, item, n))
    return tuple(rows)


class MatrixGrid(ThemedWidget):
    """`cell_selected` and `marked` tell item code and letter, `marked` with the result of the key."""

    cell_selected = Signal(str, str)
    marked = Signal(str, str, str)
    opened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._inspection: Inspection | None = None
        self._names = Names()
        self._rows: tuple[MatrixRow, ...] = ()
        self._current: Cell | None = None
        self._pending: frozenset[Cell] = frozenset()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    # -- what is shown ------------------------------------------------------------------------------

    def show_inspection(self, inspection: Inspection | None, names: Names, pending: frozenset[Cell]) -> None:
        """The cell under the hand stays, unless it is another inspection."""
        other = (self._inspection.id if self._inspection else "") != (inspection.id if inspection else "")
        self._inspection, self._names, self._pending = inspection, names, pending
        self._rows = matrix_rows(inspection) if inspection else ()
        cells = list(inspection.cells()) if inspection else []
        if other or self._current not in cells:
            self._current = _first_of_interest(inspection) if inspection else None
            self._tell()
        self.updateGeometry()
        self._describe()

    def current(self) -> Cell | None:
        return self._current

    def select(self, item: str, letter: str) -> None:
        """Put the frame on a cell; Raises KeyError for one that is not there."""
        if self._inspection is None or (item, letter) not in list(self._inspection.cells()):
            raise KeyError((item, letter))
        self._current = (item, letter)
        self._tell()
        self._describe()

    def step(self, rows: int, columns: int) -> None:
        """Walk by items and premises; the borders hold."""
        if self._inspection is None or self._current is None:
            return
        items = [item.code for item in self._inspection.plan.items]
        letters = [one.letter for one in self._inspection.plan.premises]
        row = min(max(items.index(self._current[0]) + rows, 0), len(items) - 1)
        column = min(max(letters.index(self._current[1]) + columns, 0), len(letters) - 1)
        self.select(items[row], letters[column])

    def _tell(self) -> None:
        if self._current is not None:
            self.cell_selected.emit(*self._current)

    def _describe(self) -> None:
        inspection = self._inspection
        if inspection is None or self._current is None:
            self.setAccessibleName(self.tr("检查清单"))
        else:
            code, letter = self._current
            item, premises = inspection.item(code), inspection.premises(letter)
            assert item is not None
            assert premises is not None
            word = result_word(_result(inspection.finding(code, letter)))
            place = f"{letter} {premises.name}"
            self.setAccessibleName(listed((item.name, place, word, self._names.unit(item.unit))))
        self.update()

    # -- geometry -----------------------------------------------------------------------------------

    def row_height(self, row: MatrixRow) -> int:
        compact = self._theme.row("compact")
        return compact if row.item is not None else round(compact * 0.7)

    def column(self, place: int) -> tuple[float, float]:
        """(left, width) of the cell of a premises."""
        count = len(self._inspection.plan.premises) if self._inspection else 1
        left = _CELLS_FROM * self.width()
        width = (self.width() - left) / max(1, count)
        return left + place * width, width

    def _boxes(self) -> list[tuple[QRectF, MatrixRow]]:
        top, boxes = 0.0, []
        for row in self._rows:
            height = self.row_height(row)
            boxes.append((QRectF(0, top, self.width(), height), row))
            top += height
        return boxes

    def current_rect(self) -> QRectF:
        if self._current is None or self._inspection is None:
            return QRectF()
        letters = [one.letter for one in self._inspection.plan.premises]
        left, width = self.column(letters.index(self._current[1]))
        for box, row in self._boxes():
            if row.item is not None and row.item.code == self._current[0]:
                return QRectF(left, box.top(), width, box.height())
        return QRectF()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 24, sum(self.row_height(row) for row in self._rows) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 16, self.sizeHint().height())

    # -- painting -----------------------------------------------------------------------------------

    def paintEvent(self, event) -> None:
        inspection = self._inspection
        if inspection is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box, row in self._boxes():
            if not box.intersects(QRectF(event.rect())):
                continue
            if row.item is None:
                self._paint_group(painter, box, row)
            else:
                self._paint_item(painter, box, row, row.item, inspection)
        self._paint_frame(painter)
        painter.end()

    def _paint_group(self, painter: QPainter, box: QRectF, row: MatrixRow) -> None:
        theme = self._theme
        painter.fillRect(box, theme.component("table", "header"))
        inner = box.adjusted(theme.space("s"), 0, 0, 0)
        draw_text(painter, inner, row.title, theme.font("caption"), theme.color("text.secondary"))

    def _paint_item(
        self, painter: QPainter, box: QRectF, row: MatrixRow, item: CheckItem, inspection: Inspection
    ) -> None:
        theme, width = self._theme, self.width()
        if self._current is not None and self._current[0] == item.code:
            painter.fillRect(box, theme.component("table", "selected"))
        hair_line(painter, theme, 0, box.bottom() - theme.pen("hair"), width)
        small, body = theme.font("small"), theme.font("body")
        number = QRectF(theme.space("s"), box.top(), _NAME * width, box.height())
        draw_text(painter, number, str(row.n), small, theme.color("text.tertiary"))
        name = QRectF(_NAME * width, box.top(), (_UNIT - _NAME) * width - theme.space("s"), box.height())
        draw_text(painter, name, row.title, body, theme.color("text.primary"))
        unit = QRectF(_UNIT * width, box.top(), (_CELLS_FROM - _UNIT) * width - theme.space("s"), box.height())
        who = elided_inside(small, self._names.unit(item.unit), unit.width())
        draw_text(painter, unit, who, small, theme.color("text.secondary"))
        for place, premises in enumerate(inspection.plan.premises):
            left, room = self.column(place)
            cell = QRectF(left + theme.space("s"), box.top(), room - theme.space("s"), box.height())
            pending = (item.code, premises.letter) in self._pending
            self._paint_cell(painter, cell, inspection.finding(item.code, premises.letter), pending)

    def _paint_cell(self, painter: QPainter, box: QRectF, finding: Finding | None, pending: bool) -> None:
        theme = self._theme
        side = theme.px("body")
        words = box.adjusted(side + theme.space("s"), 0, 0, 0)
        if pending:
            draw_text(painter, words, self.tr("记录中…"), theme.font("body"), theme.color("accent.base"))
            return
        if finding is None:
            dot = theme.glyph_px * 0.85
            glyph = QRectF(box.left() + (side - dot) / 2, box.center().y() - dot / 2, dot, dot)
            paint_status(painter, theme, "sla", "at_risk", glyph)
            draw_text(painter, words, result_word("open"), theme.font("body"), theme.color("text.secondary"))
            return
        pixmap = theme.icon_pixmap(ICONS[finding.result], _ICON_ROLES[finding.result], side, self.devicePixelRatioF())
        painter.drawPixmap(round(box.left()), round(box.center().y() - side / 2), pixmap)
        failed = finding.result is Result.VIOLATION
        font = theme.font("body", "title") if failed else theme.font("body")
        colour = theme.color("text.primary" if failed else "text.secondary")
        used = draw_text(painter, words, result_word(finding.result.value), font, colour)
        note = self._after(finding)
        if note:
            rest = words.adjusted(used + theme.space("s"), 0, 0, 0)
            draw_text(painter, rest, note, theme.font("caption"), theme.color("text.tertiary"))

    def _after(self, finding: Finding) -> str:
        """What became of a failed cell."""
        if finding.result is not Result.VIOLATION:
            return ""
        if finding.passed_at is not None:
            return self.tr("复查通过")
        return self.tr("已整改") if finding.rectified_at is not None else ""

    def _paint_frame(self, painter: QPainter) -> None:
        rect = self.current_rect()
        if rect.isNull():
            return
        theme = self._theme
        role = "line.focus" if self.hasFocus() else "line.strong"
        width = theme.pen("focus") if self.hasFocus() else theme.pen("hair")
        painter.setPen(QPen(theme.color(role), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(width / 2, width / 2, -width / 2, -width))

    # -- hands --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Home: (-9999, 0),
            Qt.Key.Key_End: (9999, 0),
        }
        marks = {"Y": Result.OK, "X": Result.VIOLATION, "-": Result.NOT_APPLICABLE, "－": Result.NOT_APPLICABLE}
        step = steps.get(Qt.Key(event.key()))
        mark = marks.get(event.text().upper())
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(*step)
        elif mark is not None and self._current is not None:
            self.marked.emit(*self._current, mark.value)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._inspection is None:
            return
        for box, row in self._boxes():
            if row.item is None or not box.contains(event.position()):
                continue
            for place, premises in enumerate(self._inspection.plan.premises):
                left, width = self.column(place)
                if left <= event.position().x() < left + width:
                    self.select(row.item.code, premises.letter)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.update()


class MatrixHead(ThemedWidget):
    """检查项 · 责任单位 · 甲 湖畔餐饮店 …, above the scrolled grid."""

    def __init__(self, theme: Theme, grid: MatrixGrid, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._grid = grid
        self._inspection: Inspection | None = None

    def show_inspection(self, inspection: Inspection | None) -> None:
        self._inspection = inspection
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space("xl") * 24, round(self._theme.row("compact") * 0.8))

    def paintEvent(self, event) -> None:
        theme, width = self._theme, self._grid.width()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.component("table", "header"))
        font, colour = theme.font("caption"), theme.component("table", "header_text")
        heads = ((_NAME, _UNIT, self.tr("检查项")), (_UNIT, _CELLS_FROM, self.tr("责任单位")))
        for left, right, word in heads:
            draw_text(painter, QRectF(left * width, 0, (right - left) * width, self.height()), word, font, colour)
        if self._inspection is not None:
            for place, premises in enumerate(self._inspection.plan.premises):
                left, room = self._grid.column(place)
                box = QRectF(left + theme.space("s"), 0, room - theme.space("m"), self.height())
                draw_text(painter, box, f"{premises.letter} {premises.name}", font, colour)
        painter.end()


class Matrix(ThemedWidget):
    """Head and grid; the grid scrolls and keeps its cell in sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.grid = MatrixGrid(theme)
        self._head = MatrixHead(theme, self.grid)
        self._scroll = scrolled_list(self.grid)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head)
        outer.addWidget(self._scroll, 1)
        self.setFocusProxy(self.grid)
        self.grid.cell_selected.connect(self._on_cell_selected)

    def show_inspection(self, inspection: Inspection | None, names: Names, pending: frozenset[Cell]) -> None:
        self._head.show_inspection(inspection)
        self.grid.show_inspection(inspection, names, pending)

    def _on_cell_selected(self) -> None:
        rect = self.grid.current_rect()
        if not rect.isNull():
            self._scroll.ensureVisible(0, round(rect.center().y()), 0, round(rect.height() * 1.5))


def _result(finding: Finding | None) -> str:
    return "open" if finding is None else finding.result.value


def _first_of_interest(inspection: Inspection) -> Cell | None:
    """The first open cell while the checking runs, else the first that failed, else the first of all."""
    return next(iter((*inspection.open_cells(), *inspection.violations(), *inspection.cells())), None)

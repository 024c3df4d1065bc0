"""Rows of prepared texts for a table view: what a cell shows is made once, `data()` is a look-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.theme.theme import Theme
from desktop.widgets.painting import LEFT, RIGHT, draw_text

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """`characters` = width in letters of the body size; 0 takes the rest. `least`: never narrower (a code cut off says nothing).
    `spare`: shown only where there is room for all."""

    title: str
    characters: int = 0
    right: bool = False
    least: int = 0
    spare: bool = False


@dataclass(frozen=True, slots=True)
class TextRow:
    """`quiet`: shown in the colour of what does not count (a retired item); `wrong`: has to be put right."""

    id: str
    cells: tuple[str, ...]
    quiet: bool = False
    wrong: bool = False


class TextModel(QAbstractTableModel):
    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns: tuple[Column, ...] = ()
        self._rows: tuple[TextRow, ...] = ()

    def set_listing(self, columns: Sequence[Column], rows: Sequence[TextRow]) -> bool:
        """Another content; False where it is what is shown already, so that nothing moves."""
        if (tuple(columns), tuple(rows)) == (self._columns, self._rows):
            return False
        self.beginResetModel()
        self._columns, self._rows = tuple(columns), tuple(rows)
        self.endResetModel()
        return True

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def columns(self) -> tuple[Column, ...]:
        return self._columns

    def rows(self) -> tuple[TextRow, ...]:
        return self._rows

    def row_of(self, row_id: str) -> int:
        return next((place for place, row in enumerate(self._rows) if row.id == row_id), -1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self._columns[index.column()].right else LEFT
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self._theme.color(self._role(row)))
        return None

    def _role(self, row: TextRow) -> str:
        return "urgency.top" if row.wrong else "text.tertiary" if row.quiet else "text.primary"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        return (RIGHT if column.right else LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None


class TextDelegate(QStyledItemDelegate):
    """Text under its heading, elided; the row under the cursor has the colour and the edge of every list here."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, box = self._theme, QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.component("table", "selected"))
            if index.column() == 0:
                edge = QRectF(box.left(), box.top(), 3, box.height())
                painter.fillRect(edge, theme.component("table", "selected_edge"))
        pad = theme.space("s")
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        color = index.data(Qt.ItemDataRole.ForegroundRole)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        draw_text(painter, box.adjusted(pad, 0, -pad, 0), text, theme.font("body"), color, align)

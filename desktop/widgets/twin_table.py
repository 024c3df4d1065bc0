"""The table that stands for a chart (Alt T): its numbers as printed."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.charts.plot import Twin
from desktop.widgets.painting import LEFT, RIGHT
from desktop.widgets.table_style import style_table

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class TwinModel(QAbstractTableModel):
    """The numbers of a chart as printed; exchanged as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._twin: Twin = ((), ())

    def set_twin(self, twin: Twin) -> None:
        if twin != self._twin:
            self.beginResetModel()
            self._twin = twin
            self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._twin[1])

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._twin[0])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._twin[1][index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._twin[0]):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._twin[0][section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None


def _alignment(column: int) -> Qt.AlignmentFlag:
    return LEFT if column == 0 else RIGHT


class TwinTable(QTableView):
    """One row a point; nothing can be written in it."""

    def __init__(self, theme: Theme, model: TwinModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        style_table(self, theme, "compact")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        header = self.horizontalHeader()
        header.setFont(theme.font("body"))
        header.setMinimumSectionSize(2 * theme.space("xl"))
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

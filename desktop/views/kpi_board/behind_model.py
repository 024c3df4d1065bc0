"""The tickets of one list behind a figure, as rows: number, matter, street, state or reason. Texts are made when they are painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from desktop.models.names import Names
from desktop.models.ticket_row import short_number
from desktop.views import kpi_words, words
from desktop.widgets.painting import LEFT
from desktop.widgets.values import DASH
from domain.ids import TicketId
from domain.ticket import Ticket

Index = QModelIndex | QPersistentModelIndex
NUMBER, MATTER, TOWN, STATE = range(4)
NOWHERE = QModelIndex()


class BehindModel(QAbstractTableModel):
    def __init__(self, find: Callable[[TicketId], Ticket | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._ids: tuple[TicketId, ...] = ()
        self._reasons: tuple[str, ...] = ()
        self._names = Names()

    def set_names(self, names: Names) -> None:
        self._names = names
        self.details_changed()

    def set_ids(self, ids: Sequence[TicketId], reasons: Sequence[str] = ()) -> None:
        """Another list; the same list again moves nothing, a longer one only grows. `reasons` stand in place of the state."""
        known, new = len(self._ids), tuple(ids)
        if known and new[:known] == self._ids and tuple(reasons[:known]) == self._reasons[:known]:
            if len(new) > known:
                self.beginInsertRows(NOWHERE, known, len(new) - 1)
                self._ids, self._reasons = new, tuple(reasons)
                self.endInsertRows()
            return
        self.beginResetModel()
        self._ids, self._reasons = new, tuple(reasons)
        self.endResetModel()

    def ids(self) -> tuple[TicketId, ...]:
        return self._ids

    def details_changed(self) -> None:
        """Names or tickets have come: rows are the same, their words are not."""
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, STATE))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else STATE + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self._text(index.row(), index.column())

    def _text(self, row: int, column: int) -> str:
        ticket_id = self._ids[row]
        if column == NUMBER:
            return short_number(ticket_id)
        if column == STATE and row < len(self._reasons):
            return kpi_words.exclusion_name(self._reasons[row])
        ticket = self._find(ticket_id)
        if ticket is None:
            return DASH
        if column == MATTER:
            return self._names.matter(ticket.item, ticket.item_version)[1]
        return self._names.town(ticket.area) if column == TOWN else words.state_word(ticket.state)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("单号"),
                self.tr("事项"),
                self.tr("街道"),
                self.tr("原因") if self._reasons else self.tr("状态"),
            )[section]
        return LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

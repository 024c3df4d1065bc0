"""The table of the queue: keyed by ticket, self-ordered, with exact row operations and the line "now" as a row of its own.

Rows stand where their *placed* key says. While the table is locked (a hand has scrolled, selected or sorted) placed keys
stay: rows update in place, arrivals wait, rows that left stay greyed; `load_new` brings everything up to date.
After the first load the model is reset only when a person asks for another view. It owns no clock: `sync` gets the instant.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.models.queue_values import Column, NowLine, RowMark
from desktop.models.row_ops import merged, runs, runs_descending
from desktop.models.ticket_book import BookChange, Mask, TicketBook
from desktop.models.ticket_filter import VIEW_BY_ID, QueueFilter, ViewContext, filter_mask
from desktop.models.ticket_order import KEY_OF, REMAINING, Key, line_key
from desktop.models.ticket_row import TicketRow
from domain.ids import TicketId

_MOVES_SINGLY = 40
"""More moves than this in one batch are told as one layout change: a view does work for all its rows at each single move."""

_MANY = 1000
"""From here on a batch looks rows up in one index made for it, and the view is told of all rows at once."""

_CUT_COLUMNS = frozenset({Column.CATEGORY, Column.MATTER, Column.PLACE, Column.UNIT})
"""Cells that may be cut: their whole text is the tool tip."""

ParentIndex = QModelIndex | QPersistentModelIndex


class TicketTable(QAbstractTableModel):
    """See the module text. `describe` gives the accessible name of a row at an instant, seats that look on included."""

    arrivals_changed = Signal(int)
    lock_changed = Signal(bool)
    synced = Signal()

    def __init__(
        self,
        book: TicketBook,
        headers: Sequence[str],
        describe: Callable[[TicketRow, int, Sequence[str]], str] | None = None,
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._headers = tuple(headers)
        self._describe = describe
        self._filter, self._sort = QueueFilter(), REMAINING
        self._context = ViewContext(0, 0)
        self._rows: list[TicketRow | None] = []  # None = the line "now"
        self._keys: list[Key] = []
        self._placed: dict[TicketId, Key] = {}
        self._member: Mask = np.zeros_like(book.used)
        self._arrivals: set[TicketId] = set()
        self._waiting = (0, 0)
        self._left: set[TicketId] = set()
        self._displaced: set[TicketId] = set()
        self._marks: dict[TicketId, RowMark] = {}
        self._seats: dict[TicketId, tuple[str, ...]] = {}
        self._fresh: set[TicketId] = set()
        self._line: Key | None = None
        self._line_shown = NowLine(0, 0, 0)
        self._locked = False

    # -- what views read ------------------------------------------------------------------------

    @property
    def locked(self) -> bool:
        return self._locked

    @property
    def arrivals(self) -> int:
        """Tickets that wait to be let in."""
        return len(self._arrivals)

    @property
    def urgent_arrivals(self) -> int:
        """How many of them are of the highest urgency."""
        rows = (self._book.get(ticket_id) for ticket_id in self._arrivals)
        return sum(row is not None and row.urgency_rank == 0 for row in rows)

    @property
    def filter(self) -> QueueFilter:
        return self._filter

    @property
    def sort_by(self) -> str:
        return self._sort

    @property
    def now_ms(self) -> int:
        return self._context.now_ms

    @property
    def ticket_count(self) -> int:
        """Tickets shown, without the line."""
        return len(self._placed)

    def ticket_row(self, row: int) -> TicketRow | None:
        """The ticket at a row; None for the line."""
        return self._rows[row]

    def position(self, ticket_id: TicketId) -> int | None:
        """The row of a ticket; None where it is not shown."""
        key = self._placed.get(ticket_id)
        return None if key is None else bisect_left(self._keys, key)

    def line_position(self) -> int | None:
        """The row of the line "now"; None when the order has no such line."""
        return None if self._line is None else bisect_left(self._keys, self._line)

    def line(self) -> NowLine:
        return self._line_shown

    def seats(self, ticket_id: TicketId) -> tuple[str, ...]:
        """Other seats that have it open."""
        return self._seats.get(ticket_id, ())

    def mark(self, ticket_id: TicketId) -> RowMark | None:
        return self._marks.get(ticket_id)

    def has_left(self, ticket_id: TicketId) -> bool:
        """Whether a shown ticket does not belong to the view any more (greyed until `load_new`)."""
        return ticket_id in self._left

    def fresh(self) -> frozenset[TicketId]:
        """Rows that came a moment ago."""
        return frozenset(self._fresh)

    def is_fresh(self, ticket_id: TicketId) -> bool:
        """Whether the row came a moment ago."""
        return ticket_id in self._fresh

    # -- what views ask for ---------------------------------------------------------------------

    def show_view(self, chosen: QueueFilter, context: ViewContext, sort: str | None = None) -> None:
        """Another view, filter or order by a person's hand: the one thing that resets. Raises KeyError for unknown names."""
        KEY_OF[sort or self._sort], VIEW_BY_ID[chosen.view]
        self.beginResetModel()
        self._filter, self._context, self._sort = chosen, context, sort or self._sort
        self._arrivals.clear()
        self._left.clear()
        self._displaced.clear()
        self._fresh.clear()
        self._member = filter_mask(self._book, chosen, context)
        key_of = KEY_OF[self._sort]
        rows = [row for slot in np.flatnonzero(self._member) if (row := self._book.rows[slot]) is not None]
        self._placed = {row.id: key_of(row) for row in rows}
        entries: list[tuple[Key, TicketRow | None]] = [(self._placed[row.id], row) for row in rows]
        self._line = line_key(context.now_ms) if self._has_line() else None
        if self._line is not None:
            entries.append((self._line, None))
        entries.sort(key=lambda entry: entry[0])
        self._keys = [key for key, _ in entries]
        self._rows = [row for _, row in entries]
        self._line_shown = self._read_line()
        self.endResetModel()
        self._waiting = (0, 0)
        self.arrivals_changed.emit(0)
        self._set_locked(False)
        self.synced.emit()

    def sync(self, change: BookChange | None, context: ViewContext) -> None:
        """Follow the book after a batch, or only the instant (`change` None). Exact row operations, no reset."""
        self._context = context
        self._fit_member()
        dirty: set[TicketId] = set()
        leaving: list[TicketId] = []
        if change is not None:
            leaving += self._forget_dropped(change)
        wanted = filter_mask(self._book, self._filter, context)
        changed = np.flatnonzero(wanted != self._member)
        entering = [row for slot in changed if wanted[slot] and (row := self._book.rows[slot]) is not None]
        leaving += [row.id for slot in changed if not wanted[slot] and (row := self._book.rows[slot]) is not None]
        self._member = wanted
        self._take_out(leaving, dirty)
        if change is not None:
            self._update(change.touched, dirty)
        self._let_in(entering, dirty)
        self._follow_now()
        self._report(dirty)
        waiting = len(self._arrivals), self.urgent_arrivals
        if waiting != self._waiting:  # also when one that waits was raised
            self._waiting = waiting
            self.arrivals_changed.emit(len(self._arrivals))
        self.synced.emit()

    def lock(self) -> None:
        """Freeze the order: a hand is at work."""
        self._set_locked(True)

    def unlock(self) -> None:
        """Let the table live again and bring it up to date."""
        self._set_locked(False)
        self.load_new()

    def load_new(self) -> None:
        """Let waiting arrivals in, take greyed rows out, put changed rows where they belong. The lock stays as it is."""
        locked, self._locked = self._locked, False
        dirty: set[TicketId] = set()
        left = list(self._left)
        self._left.clear()
        self._remove(left)
        slots = [self._book.slot_of(ticket_id) for ticket_id in self._displaced]
        self._displaced.clear()
        self._update([slot for slot in slots if slot is not None], dirty)
        arrivals = [row for ticket_id in self._arrivals if (row := self._book.get(ticket_id)) is not None]
        self._arrivals.clear()
        self._insert(arrivals)
        self._follow_now()
        self._locked = locked
        self._line_shown = self._read_line()
        self._report(dirty)
        self._waiting = (0, 0)
        self.arrivals_changed.emit(0)
        self.synced.emit()

    def set_marks(self, marks: Mapping[TicketId, RowMark]) -> None:
        """What is said on rows from now on; rows whose mark changed are repainted."""
        touched = {key for key in {*marks, *self._marks} if marks.get(key) != self._marks.get(key)}
        self._marks = dict(marks)
        self._report(touched)

    def set_seats(self, seats: Mapping[TicketId, tuple[str, ...]]) -> None:
        """Which other seats have which ticket open; rows where that changed are repainted."""
        touched = {key for key in {*seats, *self._seats} if seats.get(key, ()) != self._seats.get(key, ())}
        self._seats = dict(seats)
        self._report(touched)

    def settle_fresh(self, ticket_ids: Iterable[TicketId]) -> None:
        """These rows are no news any more."""
        gone = self._fresh.intersection(ticket_ids)
        self._fresh -= gone
        self._report(gone)

    # -- row operations -------------------------------------------------------------------------

    def _has_line(self) -> bool:
        return self._sort == REMAINING and not (self._filter.ids is None and VIEW_BY_ID[self._filter.view].ended)

    def _fit_member(self) -> None:
        missing = len(self._book.used) - len(self._member)
        if missing:
            self._member = np.concatenate([self._member, np.zeros(missing, bool)])

    def _forget_dropped(self, change: BookChange) -> list[TicketId]:
        """Tickets that left the book. Their slot may already hold another ticket, which then counts as entering."""
        for slot, _ in change.dropped:
            self._member[slot] = False
        return [ticket_id for _, ticket_id in change.dropped if self._book.slot_of(ticket_id) is None]

    def _take_out(self, leaving: Iterable[TicketId], dirty: set[TicketId]) -> None:
        gone = [ticket_id for ticket_id in leaving if ticket_id in self._placed]
        self._arrivals.difference_update(leaving)
        if self._locked:
            self._left.update(gone)
            dirty.update(gone)
        else:
            self._left.difference_update(gone)
            self._remove(gone)

    def _let_in(self, entering: Sequence[TicketRow], dirty: set[TicketId]) -> None:
        back = [row.id for row in entering if row.id in self._placed]
        self._left.difference_update(back)
        dirty.update(back)
        new = [row for row in entering if row.id not in self._placed]
        if self._locked:
            self._arrivals.update(row.id for row in new)
        else:
            self._insert(new)

    def _remove(self, ticket_ids: Sequence[TicketId]) -> None:
        places = sorted(bisect_left(self._keys, self._placed.pop(ticket_id)) for ticket_id in ticket_ids)
        self._fresh.difference_update(ticket_ids)
        for first, last in runs_descending(places):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._keys[first : last + 1]
            del self._rows[first : last + 1]
            self.endRemoveRows()

    def _insert(self, new: Sequence[TicketRow]) -> None:
        key_of = KEY_OF[self._sort]
        pairs = sorted(((key_of(row), row) for row in new), key=itemgetter(0))
        self._fresh.update(row.id for row in new)
        start = len(pairs)
        # From the back, so that places in front stay true; rows with the same place go in as one operation.
        while start:
            end, place = start, bisect_left(self._keys, pairs[start - 1][0])
            while start and (not place or self._keys[place - 1] < pairs[start - 1][0]):
                start -= 1
            block = pairs[start:end]
            self.beginInsertRows(QModelIndex(), place, place + len(block) - 1)
            self._keys[place:place] = [key for key, _ in block]
            self._rows[place:place] = [row for _, row in block]
            self._placed.update((row.id, key) for key, row in block)
            self.endInsertRows()

    def _update(self, slots: Sequence[int], dirty: set[TicketId]) -> None:
        """New values of shown tickets: in place, and moved when the order is free and the key changed."""
        key_of = KEY_OF[self._sort]
        moves: list[tuple[TicketId, Key]] = []
        index = {} if len(slots) < _MANY else {key: place for place, key in enumerate(self._keys)}
        for slot in slots:
            row = self._book.rows[slot]
            if row is None or row.id not in self._placed:
                continue
            placed = self._placed[row.id]
            self._rows[index[placed] if index else bisect_left(self._keys, placed)] = row
            dirty.add(row.id)
            if (key := key_of(row)) == placed:
                self._displaced.discard(row.id)
            elif self._locked:
                self._displaced.add(row.id)
            else:
                moves.append((row.id, key))
        if len(moves) > _MOVES_SINGLY:
            self._reorder(moves)
            return
        for ticket_id, key in moves:
            self._move(bisect_left(self._keys, self._placed[ticket_id]), key)
            self._placed[ticket_id] = key

    def _reorder(self, moves: Sequence[tuple[TicketId, Key]]) -> None:
        """Many moves as one layout change: selection and current row go with their tickets, as in single moves."""
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        held = [self._rows[index.row()] for index in kept]
        self._placed.update(moves)
        line = self._line or (0, 0, "")
        moving = {ticket_id for ticket_id, _ in moves}
        still = [place for place, row in enumerate(self._rows) if row is None or row.id not in moving]
        moved_rows = [(key, self._book.get(ticket_id)) for ticket_id, key in moves]
        self._keys, self._rows = merged(self._keys, self._rows, still, moved_rows)
        places = [bisect_left(self._keys, line if row is None else self._placed[row.id]) for row in held]
        moved = [self.index(place, index.column()) for place, index in zip(places, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def _move(self, place: int, key: Key) -> None:
        target = bisect_left(self._keys, key)
        if target in (place, place + 1):
            self._keys[place] = key
            return
        self.beginMoveRows(QModelIndex(), place, place, QModelIndex(), target)
        row = self._rows.pop(place)
        del self._keys[place]
        final = target - 1 if target > place else target
        self._rows.insert(final, row)
        self._keys.insert(final, key)
        self.endMoveRows()

    def _follow_now(self) -> None:
        """The line goes with the instant, but stays where it is while a hand holds the table."""
        if self._line is not None and not self._locked:
            key = line_key(self._context.now_ms)
            self._move(bisect_left(self._keys, self._line), key)
            self._line = key
        shown = self._read_line()
        if shown != self._line_shown:
            self._line_shown = shown
            place = self.line_position()
            if place is not None:
                self._emit_changed(place, place)

    def _read_line(self) -> NowLine:
        place = self.line_position()
        if place is None or self._line is None:
            return NowLine(0, 0, 0)
        greyed = sum(1 for ticket_id in self._left if self._placed[ticket_id] < self._line)
        now = bisect_left(self._keys, line_key(self._context.now_ms))
        return NowLine(self._line[1], place - greyed, max(0, now - place - 1))

    def _report(self, ticket_ids: Collection[TicketId]) -> None:
        if len(ticket_ids) >= _MANY and self._rows:
            self._emit_changed(0, len(self._rows) - 1)
            return
        places = sorted(bisect_left(self._keys, key) for key in map(self._placed.get, ticket_ids) if key is not None)
        for first, last in runs(places):
            self._emit_changed(first, last)

    def _emit_changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._headers) - 1))

    def _set_locked(self, locked: bool) -> None:
        if locked != self._locked:
            self._locked = locked
            self._line_shown = self._read_line()
            self.lock_changed.emit(locked)

    # -- Qt -------------------------------------------------------------------------------------

    def rowCount(self, parent: ParentIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: ParentIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: ParentIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            row = self._rows[index.row()]
            return "" if row is None else row.cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in _CUT_COLUMNS:
            row = self._rows[index.row()]
            return None if row is None else row.cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole and self._describe is not None:
            row = self._rows[index.row()]
            return None if row is None else self._describe(row, self._context.now_ms, self.seats(row.id))
        return None

    def flags(self, index: ParentIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if self._rows[index.row()] is None:
            return base
        return base | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.AGE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

"""From the feed of rows into the marks of a map. Much at once goes in in pieces, a few milliseconds in a turn of the loop; the map shows
what it had until all of it is in."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.services.values import ChangeSet
from desktop.views.map.mark_book import MarkBook
from desktop.views.queue.feed import MUCH, PIECE, PIECE_S, TicketFeed
from domain.ids import TicketId

if TYPE_CHECKING:
    from desktop.bridge import Bridge


class MarkFeed(QObject):
    """`filled` when the book is as the rows are. While `busy` nobody reads the book."""

    filled = Signal()

    def __init__(self, bridge: Bridge, feed: TicketFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._feed = bridge, feed
        self.book = MarkBook()
        self.book.reset(feed.book)
        self._todo: dict[TicketId, None] = {}
        feed.applied.connect(self._on_applied)

    @property
    def busy(self) -> bool:
        return bool(self._todo)

    def _on_applied(self, changes: ChangeSet) -> None:
        self._todo.update(dict.fromkeys(changes.removed))
        self._todo.update((ticket.id, None) for ticket in changes.upserted)
        if len(self._todo) < MUCH:
            self._put(len(self._todo))
            self.filled.emit()
        else:
            self._bridge.turns.ask(self._put_some)

    def _put_some(self) -> None:
        until = perf_counter() + PIECE_S
        while self._todo and perf_counter() < until:
            self._put(PIECE)
        if self._todo:
            self._bridge.turns.ask(self._put_some)
        else:
            self.filled.emit()

    def _put(self, most: int) -> None:
        for _ in range(min(most, len(self._todo))):
            ticket_id, _none = self._todo.popitem()
            row = self._feed.row(ticket_id)
            if row is None:
                self.book.remove(ticket_id)
            else:
                self.book.put(row)

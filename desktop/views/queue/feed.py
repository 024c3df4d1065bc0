"""From the bridge into one book of rows, shared by all queue windows, and on to their tables. One place says "now" for all of them.

Much at once (a snapshot of 20,000 tickets) is made ready in pieces, a few milliseconds in a turn of the loop, beside the book; then the
book takes it whole and each table follows in a turn of its own. Until then all show what was before, and freshness says so.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from desktop.models.names import Names
from desktop.models.ticket_book import BookChange, Prepared, TicketBook
from desktop.models.ticket_filter import ViewContext
from desktop.models.ticket_row import RowMaker, TicketRow
from desktop.models.ticket_table import TicketTable
from desktop.services.values import ChangeSet
from desktop.views.site_time import DEFAULT_ZONE, SiteTime
from desktop.views.words import row_words
from domain.ids import TicketId
from domain.lifecycle import allowed
from domain.ticket import Ticket
from domain.vocabulary import Role, State
from protocol import reference
from protocol.reference import Reference
from protocol.snapshot import millis

if TYPE_CHECKING:
    from desktop.bridge import Bridge

NEXT_STEPS: dict[State, tuple[str, ...]] = {
    State.REPORTED: ("request_verification", "file"),
    State.VERIFYING: ("record_verification",),
    State.FILED: ("dispatch",),
    State.DISPATCHED: ("sign",),
    State.HANDLING: ("report_result",),
    State.HANDLED: ("request_check",),
    State.CHECKING: ("record_check",),
    State.READY_TO_CLOSE: ("close",),
}
"""The steps of the main path: what a role may do next makes its 我的待办."""


MUCH = 500
"""Tickets that are made ready in pieces: so many at once would hold the windows up for 20 ms."""
PIECE_S = 0.008
PIECE = 20
SHARE = 0.5
"""Of what the rest of the loop took since the last piece: where the windows are busy a piece is longer, so that it gets done."""


@dataclass(slots=True)
class _Making:
    """What is being made ready: all of it, what is still to do, and what is done."""

    changes: ChangeSet
    todo: list[Ticket]
    done: dict[TicketId, Prepared] = field(default_factory=dict)
    paused_at: float = field(default_factory=perf_counter)


class TicketFeed(QObject):
    """Keeps the book true and syncs every table once per batch and once per second.

    `applied(ChangeSet)`: the book has these tickets now, and no longer those that are `removed`; tables follow.
    """

    applied = Signal(object)
    refreshed = Signal()
    reference_changed = Signal()
    ticket_changed = Signal(str)

    def __init__(self, bridge: Bridge, language: str = "zh", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._language = language
        self._tables: list[TicketTable] = []
        self._watched: dict[int, TicketId] = {}
        self.reference: Reference | None = None
        self.names = Names()
        self.site = SiteTime(DEFAULT_ZONE, language)
        self._making: _Making | None = None
        self._later: deque[ChangeSet] = deque()
        """What came while much was made ready."""
        self._to_sync: list[TicketTable] = []
        """Tables that have not followed yet; their clock stands meanwhile."""
        self._synced: BookChange | None = None
        self._read_reference()
        self.book = TicketBook(RowMaker(self.names, row_words()))
        self.book.apply(bridge.mirror.tickets.values())
        bridge.tickets_changed.connect(self._on_tickets_changed)
        bridge.topic_changed.connect(self._on_topic_changed)
        bridge.clock_ticked.connect(self._on_clock_ticked)

    @property
    def bridge(self) -> Bridge:
        return self._bridge

    def now(self) -> datetime:
        """Business time, aware UTC."""
        return self._bridge.clock.now_business()

    def now_ms(self) -> int:
        return millis(self.now()) or 0

    def context(self) -> ViewContext:
        """What saved views depend on, at this instant."""
        now = self.now()
        midnight = self.site.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
        actor = self._bridge.actor
        return ViewContext(
            now_ms=millis(now) or 0,
            day_start_ms=millis(midnight) or 0,
            my_states=my_states(actor.role) if actor else frozenset(),
            my_unit=actor.unit if actor and actor.role is Role.HANDLER else None,
        )

    def add_table(self, table: TicketTable) -> None:
        """A table that follows from now on, until its window closes and calls `remove_table`."""
        self._tables.append(table)

    def remove_table(self, table: TicketTable) -> None:
        self._tables = [known for known in self._tables if known is not table]

    def watch(self, ticket_id: TicketId | None, owner: QObject) -> None:
        """Tell `ticket_changed` when this ticket changes (the one that a detail pane, `owner`, shows)."""
        if ticket_id is None:
            self._watched.pop(id(owner), None)
        else:
            self._watched[id(owner)] = ticket_id

    def row(self, ticket_id: TicketId) -> TicketRow | None:
        return self.book.get(ticket_id)

    def _sync(self, change: BookChange | None) -> None:
        context = self.context()
        for table in self._tables:
            table.sync(change, context)

    def _read_reference(self) -> None:
        topic = self._topic = self._bridge.topics.get(reference.TOPIC)
        self.reference = topic.value if topic is not None else None
        self.names = Names.of(self.reference)
        self.site = SiteTime(self.reference.zone if self.reference else DEFAULT_ZONE, self._language)

    def _on_tickets_changed(self, changes: ChangeSet) -> None:
        if self._making is not None:
            self._later.append(changes)
            return
        if changes.reset and self._has_new_reference():
            self._use_reference()  # no row is made twice: at a start the names come with the tickets
            changes = self._whole(changes)
        else:
            changes = self._differing(changes)
        if (
            len(changes.upserted) + len(changes.removed) < MUCH or not self._tables
        ):  # without a table nobody waits: a start
            change = self.book.apply(changes.upserted, changes.removed)
            self.applied.emit(changes)
            self._sync(change)
            self._finish(changes)
            return
        self._making = _Making(changes, list(changes.upserted))
        self._bridge.set_preparing(True, picture=changes.reset)
        self._bridge.turns.ask(self._make_some)

    def _whole(self, changes: ChangeSet) -> ChangeSet:
        """A whole picture, and what is gone with it."""
        kept = {ticket.id for ticket in changes.upserted}
        return replace(changes, removed=tuple(row.id for row in self.book if row.id not in kept))

    def _differing(self, changes: ChangeSet) -> ChangeSet:
        """Of a whole picture what is not in the book already."""
        if not changes.reset:
            return changes
        known = self.book.get
        new = tuple(t for t in changes.upserted if (row := known(t.id)) is None or row.ticket is not t)
        return replace(self._whole(changes), upserted=new)

    def _make_some(self) -> None:
        making = self._making
        if making is None:
            return
        now = perf_counter()
        until = now + max(PIECE_S, SHARE * (now - making.paused_at))
        while making.todo and perf_counter() < until:
            for ticket in making.todo[-PIECE:]:
                making.done[ticket.id] = self.book.prepare(ticket)
            del making.todo[-PIECE:]
        making.paused_at = perf_counter()
        self._bridge.turns.ask(self._make_some if making.todo else self._take_made)

    def _take_made(self) -> None:
        making = self._making
        if making is None:
            return
        self._synced = self.book.apply(making.changes.upserted, making.changes.removed, making.done)
        self._to_sync = list(self._tables)
        self.applied.emit(making.changes)
        self._bridge.turns.ask(self._sync_next)

    def _sync_next(self) -> None:
        if self._to_sync:
            table = self._to_sync.pop(0)
            if table in self._tables:
                table.sync(self._synced, self.context())
            self._bridge.turns.ask(self._sync_next)
            return
        making, self._making, self._synced = self._making, None, None
        self._bridge.set_preparing(False)
        if making is not None:
            self._finish(making.changes)
        while self._later and self._making is None:
            self._on_tickets_changed(self._later.popleft())
        if self._making is None:
            self._follow_reference()

    def _finish(self, changes: ChangeSet) -> None:
        if changes.reset:
            # A whole picture is no news: only what comes after it is marked as new.
            for table in self._tables:
                table.settle_fresh(table.fresh())
        watched = set(self._watched.values())
        if watched:
            touched = watched.intersection((*changes.removed, *(ticket.id for ticket in changes.upserted)))
            for ticket_id in touched:
                self.ticket_changed.emit(ticket_id)
        self.refreshed.emit()

    def _on_topic_changed(self, name: str) -> None:
        if name == reference.TOPIC and self._making is None:  # else it is looked at when that is done
            self._follow_reference()

    def _follow_reference(self) -> None:
        """Every row anew where names are others."""
        if self._has_new_reference():
            self._use_reference()
            every = tuple(row.ticket for row in self.book)
            self._on_tickets_changed(ChangeSet(upserted=every, seq=self._bridge.mirror.seq))

    def _has_new_reference(self) -> bool:
        return self._bridge.topics.get(reference.TOPIC) is not self._topic

    def _use_reference(self) -> None:
        self._read_reference()
        self.book.use(RowMaker(self.names, row_words()))
        self.reference_changed.emit()

    def _on_clock_ticked(self) -> None:
        if not self._bridge.clock.frozen and not self._to_sync:
            self._sync(None)


def my_states(role: Role) -> frozenset[State]:
    """States whose next step on the main path this role may take."""
    return frozenset(state for state, steps in NEXT_STEPS.items() if any(allowed(step, state, role) for step in steps))


def age_s(now: datetime, then_ms: int) -> float:
    """Business seconds since an instant, never negative."""
    return max(0.0, (now - datetime.fromtimestamp(then_ms / 1000, now.tzinfo)) / timedelta(seconds=1))

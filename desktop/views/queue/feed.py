"""From the bridge into one book of rows, shared by all queue windows, and on to their tables. One place says "now" for all of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.models.names import Names
from desktop.models.ticket_book import BookChange, TicketBook
from desktop.models.ticket_filter import ViewContext
from desktop.models.ticket_row import RowMaker, TicketRow
from desktop.models.ticket_table import TicketTable
from desktop.services.values import ChangeSet
from desktop.views.site_time import DEFAULT_ZONE, SiteTime
from desktop.views.words import row_words
from domain.ids import TicketId
from domain.lifecycle import allowed
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


class TicketFeed(QObject):
    """Keeps the book true and syncs every table once per batch and once per second."""

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
        topic = self._bridge.topics.get(reference.TOPIC)
        self.reference = topic.value if topic is not None else None
        self.names = Names.of(self.reference)
        self.site = SiteTime(self.reference.zone if self.reference else DEFAULT_ZONE, self._language)

    def _on_tickets_changed(self, changes: ChangeSet) -> None:
        removed = changes.removed
        if changes.reset:
            kept = {ticket.id for ticket in changes.upserted}
            removed = tuple(row.id for row in self.book if row.id not in kept)
        self._sync(self.book.apply(changes.upserted, removed))
        if changes.reset:
            # A whole picture is no news: only what comes after it is marked as new.
            for table in self._tables:
                table.settle_fresh(table.fresh())
        watched = set(self._watched.values())
        if watched:
            touched = watched.intersection((*removed, *(ticket.id for ticket in changes.upserted)))
            for ticket_id in touched:
                self.ticket_changed.emit(ticket_id)
        self.refreshed.emit()

    def _on_topic_changed(self, name: str) -> None:
        if name != reference.TOPIC:
            return
        self._read_reference()
        self._sync(self.book.remake(RowMaker(self.names, row_words())))
        self.reference_changed.emit()
        self.refreshed.emit()

    def _on_clock_ticked(self) -> None:
        if not self._bridge.clock.frozen:
            self._sync(None)


def my_states(role: Role) -> frozenset[State]:
    """States whose next step on the main path this role may take."""
    return frozenset(state for state, steps in NEXT_STEPS.items() if any(allowed(step, state, role) for step in steps))


def age_s(now: datetime, then_ms: int) -> float:
    """Business seconds since an instant, never negative."""
    return max(0.0, (now - datetime.fromtimestamp(then_ms / 1000, now.tzinfo)) / timedelta(seconds=1))

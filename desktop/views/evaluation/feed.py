"""Closed tickets of the last days and spot checks, out of the cache: the working set alone forgets what was closed yesterday."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.services.values import ChangeSet, PageQuery
from desktop.views.alive import while_alive
from domain.documents import DocumentState
from domain.evaluation.hollow import AGAIN_WITHIN
from domain.evaluation.spot_check import NAME, SpotCheck
from domain.ids import TicketId
from domain.ticket import Ticket
from domain.vocabulary import State

if TYPE_CHECKING:
    from desktop.bridge import Bridge

PAGE = 2_000
MOST = 20_000
"""Closed tickets looked at: about a month of a district. What is older is said to be left out."""
CHECKS = 200
SETTLE_MS = 400


class EvaluationFeed(QObject):
    """`changed` when tickets or checks are others; `cut` says that there were more closings than are looked at."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._tickets: dict[TicketId, Ticket] = {}
        self._checks: dict[str, SpotCheck] = {}
        self._offset = 0
        self._since: datetime | None = None
        self.cut = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.changed)
        bridge.tickets_changed.connect(self._on_tickets_changed)
        bridge.documents_changed.connect(self._on_documents_changed)
        self.load()

    def tickets(self) -> list[Ticket]:
        """Closed ones, and those that were closed once and are open again."""
        return list(self._tickets.values())

    def ticket(self, ticket_id: TicketId) -> Ticket | None:
        return self._tickets.get(ticket_id) or self._bridge.mirror.tickets.get(ticket_id)

    def checks(self) -> list[SpotCheck]:
        return list(self._checks.values())

    def check(self, check_id: str) -> SpotCheck | None:
        return self._checks.get(check_id)

    def closed_in(self, start: datetime, end: datetime, area: str) -> list[Ticket]:
        """The frame of a draw: closed in [start, end) in the area."""
        return [
            ticket
            for ticket in self._tickets.values()
            if ticket.state is State.CLOSED
            and ticket.closed_at is not None
            and start <= ticket.closed_at < end
            and ticket.area.startswith(area)
        ]

    def load(self) -> None:
        """From the cache, the newest closing first, until thirty days are there."""
        self._offset, self.cut = 0, False
        self._since = self._bridge.clock.now_business() - AGAIN_WITHIN - timedelta(days=1)
        self._ask_page()
        self._bridge.document_page_then(NAME, 0, CHECKS, self._on_checks)

    def _ask_page(self) -> None:
        query = PageQuery(states=(State.CLOSED,), order="closed_at")
        self._bridge.page_then(query, self._offset, PAGE, self._on_page)

    @while_alive
    def _on_page(self, tickets: list[Ticket]) -> None:
        for ticket in tickets:
            self._tickets.setdefault(ticket.id, ticket)
        self._offset += len(tickets)
        oldest = tickets[-1].closed_at if tickets else None
        more = len(tickets) == PAGE and oldest is not None and self._since is not None and oldest > self._since
        if more and self._offset < MOST:
            self._ask_page()
            return
        self.cut = more
        for ticket in self._bridge.mirror.tickets.values():
            self._take(ticket)
        self.changed.emit()

    @while_alive
    def _on_checks(self, found: list[DocumentState]) -> None:
        self._checks.update((one.id, one) for one in found if isinstance(one, SpotCheck))
        self._on_documents_changed(NAME)

    def _take(self, ticket: Ticket) -> None:
        if ticket.state is State.CLOSED or ticket.first_closed_at is not None:
            self._tickets[ticket.id] = ticket

    def _on_tickets_changed(self, changes: ChangeSet) -> None:
        before = len(self._tickets)
        touched = False
        for ticket in changes.upserted:
            touched = touched or ticket.id in self._tickets
            self._take(ticket)
        if (touched or len(self._tickets) != before) and not self._settle.isActive():
            self._settle.start()

    def _on_documents_changed(self, kind: str) -> None:
        if kind != NAME:
            return
        states = self._bridge.mirror.documents.get(NAME, {}).values()
        self._checks.update((one.id, one) for one in states if isinstance(one, SpotCheck))
        self.changed.emit()

"""When the next ticket changes by time alone: a heap with one live entry per open ticket. Knows no rule but `judge.instants`."""

import heapq
from datetime import datetime

from domain import kpi_judges as judge
from domain.ids import TicketId
from domain.kpi_parts import KpiRules
from domain.ticket import Ticket

_SLACK = 1024


class Wakes:
    """Entries of the past are skipped when they come up; the heap is made anew when most of it is past."""

    def __init__(self, rules: KpiRules) -> None:
        self._rules = rules
        self._next: dict[TicketId, float] = {}
        self._heap: list[tuple[float, TicketId]] = []

    def put(self, ticket: Ticket, as_of: datetime) -> None:
        """Sets (or drops) the next moment after `as_of` at which `ticket` may be judged differently."""
        coming = [at for at in judge.instants(ticket, self._rules) if at >= as_of]
        if not coming:
            self._next.pop(ticket.id, None)
            return
        at = min(coming).timestamp()
        if self._next.get(ticket.id) != at:
            self._next[ticket.id] = at
            heapq.heappush(self._heap, (at, ticket.id))
        if len(self._heap) > 2 * len(self._next) + _SLACK:
            self._heap = [(when, ticket_id) for ticket_id, when in self._next.items()]
            heapq.heapify(self._heap)

    def drop(self, ticket_id: TicketId) -> None:
        self._next.pop(ticket_id, None)

    def due(self, now: datetime) -> list[TicketId]:
        """Tickets that something may have happened to before `now`. Each is forgotten until it is `put` again."""
        limit = now.timestamp()
        found: list[TicketId] = []
        while self._heap and self._heap[0][0] < limit:
            at, ticket_id = heapq.heappop(self._heap)
            if self._next.get(ticket_id) == at:
                del self._next[ticket_id]
                found.append(ticket_id)
        return found

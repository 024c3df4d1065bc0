"""What the centre does by itself: a suspension ends on its day, and (if set) a passed stage limit escalates.

Holds a heap of instants taken from open tickets and gives SYSTEM commands through the same door as everybody. Who decides
whether they may happen is the lifecycle, not this file.
"""

import asyncio
import heapq
import itertools
import logging
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from backend.clock import ServerClock
from backend.handlers import SYSTEM, CommandService
from backend.store.records import LogRecord
from domain import commands
from domain.ids import TicketId
from domain.ticket import Ticket
from domain.vocabulary import Level, State
from protocol.messages import Submit

log = logging.getLogger(__name__)
LOOK_S = 1.0
"""Longest real time between two looks at the heap: business time may run at any rate."""
RETRY_S = 5.0
DUE_AT_ONCE = 200


class Automation:
    """Feed it with `load` once and with `on_records` ever after; `run` is its task."""

    def __init__(self, service: CommandService, clock: ServerClock, *, escalate: bool) -> None:
        self._service = service
        self._clock = clock
        self._escalate = escalate
        self._outbox_id = secrets.token_hex(16)
        self._numbers = itertools.count(1)
        self._order = itertools.count()
        self._heap: list[tuple[datetime, int, TicketId]] = []
        self._tickets: dict[TicketId, Ticket] = {}

    def load(self, tickets: Iterable[Ticket]) -> None:
        for ticket in tickets:
            self._watch(ticket)

    def on_records(self, records: Sequence[LogRecord]) -> None:
        for record in records:
            if record.after is not None:
                self._watch(record.after)

    async def run(self) -> None:
        while True:
            due = self.due(self._clock.now_business())
            outcomes = await asyncio.gather(*(self._service.submit(SYSTEM, submit) for submit in due))
            again = [outcome for outcome in outcomes if outcome.status not in ("applied", "conflict")]
            for outcome in again:
                log.warning("automatic command n=%d refused: %s", outcome.n, outcome.code)
            waits = any(outcome.status in ("busy", "storage_full", "unavailable") for outcome in again)
            if waits:
                self.load(list(self._tickets.values()))
            await asyncio.sleep(RETRY_S if waits else 0 if len(due) == DUE_AT_ONCE else self._pause_s())

    def _watch(self, ticket: Ticket) -> None:
        """Remembers the next instant at which this ticket wants an act; only the newest version of a ticket counts."""
        at = self._instant(ticket)
        if at is None:
            self._tickets.pop(ticket.id, None)
            return
        self._tickets[ticket.id] = ticket
        heapq.heappush(self._heap, (at, next(self._order), ticket.id))

    def _instant(self, ticket: Ticket) -> datetime | None:
        if ticket.state is State.SUSPENDED:
            return ticket.suspended_until
        if not self._escalate or ticket.stage is None or ticket.stage.clock.paused_at is not None:
            return None
        # A record that ended is judged at no later moment, and the district is the last backstop.
        if ticket.recorded_until is not None or ticket.level is not Level.TOWN:
            return None
        return ticket.stage.clock.due_at

    def due(self, now: datetime) -> list[Submit]:
        """What must be given now; each is given out once."""
        found: list[Submit] = []
        while self._heap and self._heap[0][0] <= now and len(found) < DUE_AT_ONCE:
            at, _, ticket_id = heapq.heappop(self._heap)
            ticket = self._tickets.get(ticket_id)
            if ticket is not None and self._instant(ticket) == at:
                found.append(self._submit(ticket))
        return found

    def _submit(self, ticket: Ticket) -> Submit:
        suspended = ticket.state is State.SUSPENDED
        return Submit(
            outbox_id=self._outbox_id,
            n=next(self._numbers),
            ticket_id=ticket.id,
            expected_version=ticket.version,
            command=commands.Resume() if suspended else commands.Escalate(),
            created_at=datetime.now(UTC),
        )

    def _pause_s(self) -> float:
        """Real seconds until the next look: exact when the next instant is near, else LOOK_S."""
        if not self._heap:
            return LOOK_S
        wait = (self._heap[0][0] - self._clock.now_business()) / timedelta(seconds=1) / self._clock.business.rate
        return min(max(wait, 0.01), LOOK_S)
